"""A plan as it was reviewed, found in git by its fingerprint; or why it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from acctplan.analysis.overdue import last_review
from acctplan.analysis.reviewing import fingerprint, is_comparable
from acctplan.cli.diff.earlier import earlier
from acctplan.errors import UserError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from acctplan.model import Plan, Review

Basis: TypeAlias = Literal["same", "signed", "day", "unknown", "never"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is known of the last review of a plan."""

    basis: Basis
    """same: the plan means what was signed. signed: what was signed is in git. day: what git had at the end of that day stands in for it.
    unknown: what has changed since cannot be told. never: there was no review."""
    day: date | None = None
    review: Review | None = None
    plan: Plan | None = None
    """As it was reviewed."""
    since: date | None = None
    """The day that it was so: of the review, or of the first state that git has."""
    commit: str | None = None
    """Where git has that."""
    remark: str = ""
    """What people should know of it."""

    @property
    def is_signed(self) -> bool:
        """Whether the review says what was reviewed."""
        return self.review is not None and self.review.fingerprint is not None


def reviewed(path: Path, plan: Plan, today: date) -> Reviewed:
    """The state of a plan that was reviewed last.

    Args:
        path: the plan's file.
        plan: what it says now.
        today: reviews of later days do not count.
    """
    day = last_review(plan, today)
    if day is None:
        return Reviewed("never", remark="nobody has reviewed it yet")
    review = plan.reviews[day]
    signed = review.fingerprint
    if signed == fingerprint(plan):
        return Reviewed("same", day, review, plan, day)
    try:
        then = earlier(path, plan, None, today)
    except UserError as error:
        return Reviewed("unknown", day, review, remark=_untold(signed, error.message))
    if then.plan is None:
        return Reviewed("unknown", day, review, remark=_untold(signed, then.remark))
    commit = then.version.commit if then.version else None
    if then.is_signed:
        return Reviewed("signed", day, review, then.plan, day, commit)
    why = _why(signed)
    first = then.version.day if then.version and then.is_first else None
    against = f"the first that git has of it, of {first}" if first else "what git has of the end of that day"
    return Reviewed("day", day, review, then.plan, first or day, commit, f"{why}: compared with {against}")


def _why(signed: str | None) -> str:
    """Why it is not known what was reviewed."""
    if signed is None:
        return "that review is not signed"
    if not is_comparable(signed):
        return "that review was signed with another version of acctplan"
    return "what was signed is in no commit around that day"


def _untold(signed: str | None, why: str) -> str:
    what = "it has changed since it was signed, but what has changed" if signed and is_comparable(signed) else "what has changed since"
    return f"{what} cannot be told: {why}"
