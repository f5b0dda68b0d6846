"""Who an opportunity matters to: the customer, us, both or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

if TYPE_CHECKING:
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity

Segment: TypeAlias = Literal["A", "B", "C", "D"]
"""A matters to both, B to the customer alone, C to us alone, D to neither."""
SEGMENTS: tuple[Segment, ...] = get_args(Segment)
Side: TypeAlias = Literal["customer", "us"]
HIGH = 4
"""The lowest grade, of 5, of what matters."""


class Placed(NamedTuple):
    """Where an opportunity stands, and the two grades that say so."""

    segment: Segment | None
    """None where a grade is not known."""
    customer: int | None
    """What it matters to the customer, 1 (nothing) to 5 (vital)."""
    us: int | None
    """What it matters to us, in the same way."""


def segment(opportunity: Opportunity) -> Placed:
    """Place an opportunity by its two grades of importance. One grade alone places nothing: the other is not guessed."""
    graded = opportunity.importance
    customer, us = (None, None) if graded is None else (graded.customer, graded.us)
    if customer is None or us is None:
        return Placed(None, customer, us)
    by_grades: dict[tuple[bool, bool], Segment] = {(True, True): "A", (True, False): "B", (False, True): "C", (False, False): "D"}
    return Placed(by_grades[customer >= HIGH, us >= HIGH], customer, us)


def pointer(opportunity: Opportunity, identifier: str, side: Side) -> Pointer:
    """Where the grade of a side stands; where it is missing, the nearest thing that exists."""
    nearest: Pointer = ("opportunities", identifier)
    if opportunity.importance is None:
        return nearest
    return (*nearest, "importance", side) if getattr(opportunity.importance, side) is not None else (*nearest, "importance")
