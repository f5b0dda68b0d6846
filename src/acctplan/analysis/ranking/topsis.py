"""A second opinion on the order: how near each opportunity is to the ideal one, and how far from the worst (TOPSIS).

A weighted mean lets a strong reading make up for a weak one, whatever the two are. Distances are made of squares, so that what stands out
counts for more: one bad reading of a strong opportunity, one good reading of a weak one, a heavy weight. Where both methods agree, the
order does not hang on the method.

The ideal reads 1 and the worst 0 on every factor, whatever the list holds. So opportunities that come and go do not reorder the rest, as
they do where ideal and worst are taken from the list.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def topsis(values: Sequence[float], weights: Sequence[float]) -> float:
    """The closeness to the ideal: 0 where everything is at its worst, 1 where everything is ideal.

    Args:
        values: the readings, 0 to 1.
        weights: what each counts, at least one above 0. Only the proportions matter.
    """
    largest = max(weights)  # squares of very small weights would be lost
    shares = [weight / largest for weight in weights]
    from_worst = hypot(*(share * value for share, value in zip(shares, values, strict=True)))
    from_ideal = hypot(*(share * (1 - value) for share, value in zip(shares, values, strict=True)))
    return from_worst / (from_worst + from_ideal)
