"""What has changed in a plan since it was reviewed, and what may no longer hold because of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from acctplan.analysis.differences import aligned, differences
from acctplan.analysis.reviewing.fingerprints import SCHEME, fingerprint, is_comparable
from acctplan.analysis.reviewing.suspects import Suspect, suspects

if TYPE_CHECKING:
    from collections.abc import Callable

    from acctplan.analysis.differences import Change
    from acctplan.config import Config
    from acctplan.model import Plan, Review

__all__ = ["SCHEME", "Suspect", "Unreviewed", "fingerprint", "is_comparable", "suspects", "unreviewed"]


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """What nobody has reviewed yet."""

    changes: tuple[Change, ...]
    """Entry by entry, the most telling first; reviews themselves left out, and what another change says too."""
    suspects: tuple[Suspect, ...]
    """What may no longer hold, and nobody has confirmed."""
    confirmed: tuple[Suspect, ...]
    """What somebody has confirmed since."""


def unreviewed(before: Plan, after: Plan, config: Config, review: Review | None, day: Callable[[date], str] = date.isoformat) -> Unreviewed:
    """What has changed since a review.

    Editing an entry does not confirm it: it cannot be told whether that was done with the change in mind.

    Args:
        before: the plan as it was reviewed.
        after: the plan as it is.
        config: names the solutions that the book shares.
        review: that review, with what was confirmed since.
        day: how a date is written.
    """
    before, _ = aligned(before, after)
    changes = tuple(one for one in differences(before, after, config, day) if one.section != "reviews" and not one.is_implied)
    found = suspects(before, after, changes)
    confirmed = {} if review is None else review.confirmed
    standing = tuple(one for one in found if one.key in confirmed)
    return Unreviewed(changes, tuple(one for one in found if one not in standing), standing)
