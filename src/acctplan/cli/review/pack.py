"""All that a manager and a seller want before them when they go through a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan import rules
from acctplan.analysis.overdue import next_review, overdue
from acctplan.analysis.ranking import places, rank
from acctplan.analysis.reviewing import Unreviewed, unreviewed
from acctplan.analysis.reviewing.questions import questions
from acctplan.cli.review.reviewed import reviewed
from acctplan.health import health

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from acctplan.analysis.overdue import Due
    from acctplan.analysis.ranking import Score
    from acctplan.analysis.reviewing.questions import Question
    from acctplan.book import Book
    from acctplan.cli.review.reviewed import Reviewed
    from acctplan.health import Health
    from acctplan.loader import Loaded
    from acctplan.model import Plan


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan, its last review, and what nobody has reviewed yet."""

    loaded: Loaded
    plan: Plan
    today: date
    reviewed: Reviewed
    unreviewed: Unreviewed | None
    """None where that cannot be told."""
    due: date | None
    """When the next review should be."""

    @property
    def days_ago(self) -> int | None:
        """Days since the last review."""
        return None if self.reviewed.day is None else (self.today - self.reviewed.day).days


@dataclass(frozen=True, slots=True)
class Pack:
    """The pack for a review."""

    standing: Standing
    health: Health
    scores: Sequence[Score]
    """Of this plan's opportunities."""
    ranks: Mapping[str, int]
    """By opportunity."""
    ranks_then: Mapping[str, int] | None
    """The same at the last review; None where that cannot be told."""
    late: Sequence[Due]
    questions: Sequence[Question]


def standing(book: Book, path: Path, loaded: Loaded, plan: Plan, today: date) -> Standing:
    """What a plan's last review is worth today."""
    then = reviewed(path, plan, today)
    found = None if then.plan is None else unreviewed(then.plan, plan, book.config, then.review)
    due = next_review(plan, book.config.limits, today)
    return Standing(loaded, plan, today, then, found, None if due is None else due.due)


def pack(book: Book, one: Standing) -> Pack:
    """All that a review of a plan wants.

    Raises:
        UserError: the configuration has no rate for the plan's currency.
    """
    plan, today, config = one.plan, one.today, book.config
    scores = rank([(one.loaded.path, plan)], config)
    then = one.reviewed.plan
    chosen = rules.configured(config.check)
    checkup = rules.check(one.loaded, chosen, rules.Context(config, today))
    return Pack(
        one,
        health(plan, checkup, chosen, config.limits, today),
        scores,
        _ranks(scores),
        None if then is None else _ranks(rank([(one.loaded.path, then)], config)),
        [due for due in overdue(plan, config.limits, today) if due.kind != "review"],  # the header says it
        questions(plan, config, today, scores, one.unreviewed.suspects if one.unreviewed else ()),
    )


def _ranks(scores: Sequence[Score]) -> dict[str, int]:
    return {identifier: place for (_, identifier), place in places(scores).items()}
