"""What `score` was asked about: the opportunity, its plan, and the results of its scorecards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis import scorecards
from acctplan.analysis.scorecards import DERIVED
from acctplan.analysis.scorecards.bearing import plan_says
from acctplan.cli import entries
from acctplan.diagnostic import closest, plan_name
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from acctplan.analysis.scorecards import Result, Term
    from acctplan.book import Book
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.loader import Loaded
    from acctplan.model import Opportunity, Plan


@dataclass(frozen=True)
class Found:
    """An opportunity, and the plan that it is in."""

    book: Book
    path: Path
    loaded: Loaded
    plan: Plan
    id: str
    command: str
    """How to ask about it again: `acctplan score platform-logistics`."""
    left_out: bool = False
    """Whether a plan that may have an opportunity of this id could not be looked into."""

    @property
    def opportunity(self) -> Opportunity:
        """The opportunity itself."""
        return self.plan.opportunities[self.id]

    @property
    def config(self) -> Config:
        """The book's settings."""
        return self.book.config


def locate(asked: Sequence[str]) -> Found:
    """The opportunity that somebody named.

    Args:
        asked: its id, a part of its name, its rank, or a plan and one of these.

    Raises:
        UserError: there is none, several may be meant, or its plan has errors.
    """
    found = entries.locate(asked, "opportunity", by_rank=True)
    identifier = found.entry.id
    again = asked if asked[-1] == identifier else [plan_name(found.loaded.path), identifier]
    return Found(found.book, found.path, found.loaded, found.plan, identifier, f"acctplan score {' '.join(again)}", found.left_out)


@dataclass(frozen=True)
class Scored:
    """The results of an opportunity, and what there is to say of them on this day."""

    found: Found
    today: date

    def cards(self, asked_for: str | None) -> list[Result]:
        """Our result on the card that was asked for; else on each that has answers.

        Raises:
            UserError: there is no such card.
        """
        found = self.found
        if asked_for is not None:
            return [self.result(known_card(found.config, asked_for))]
        return [self.result(card) for card in found.config.cards if found.opportunity.scorecards.get(card)]

    def result(self, card: str, competitor: str | None = None) -> Result:
        """What one card says."""
        return scorecards.result(self.found.plan, self.found.id, card, self.found.config, competitor)

    def rivals(self, card: str) -> list[Result]:
        """The same for each of those we stand against of whom it says something."""
        return [self.result(card, rival) for rival in scorecards.competitors(self.found.opportunity, card)]

    def is_stale(self, term: Term) -> bool:
        """Whether an answer is so old that it should be looked up again."""
        return term.as_of is not None and (self.today - term.as_of).days > self.found.config.limits.fact_days

    def plan_says(self, result: Result, term: Term) -> str | None:
        """What the plan says elsewhere that bears on a question about us."""
        found = self.found
        return None if result.competitor else plan_says(found.plan, found.id, result.card, term.question, found.config)

    def line(self, pointer: Pointer) -> int:
        """The line that something stands on, from 1."""
        return self.found.loaded.locate(pointer)[0].line


def known_card(config: Config, name: str) -> str:
    """The id of a scorecard.

    Raises:
        UserError: there is none.
    """
    every = [DERIVED, *config.cards]
    if name in every:
        return name
    near = closest(name, every)
    raise UserError(f"no scorecard {name}", f"did you mean {near}?" if near else f"there is {', '.join(every)}")
