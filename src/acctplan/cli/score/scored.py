"""What `score` was asked about: the opportunity, its plan, and the results of its scorecards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.analysis import scorecards
from acctplan.analysis.scorecards import DERIVED
from acctplan.book import UnreadableError, find_for
from acctplan.cli import console
from acctplan.cli.loading import load, load_one, load_sound
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

_MAX_NAMED = 6
"""Of many plans or opportunities."""


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
        asked: its id, or a plan and its id.

    Raises:
        UserError: there is none, several plans have one, or its plan has errors.
    """
    *named, identifier = asked
    if len(named) > 1:
        raise UserError(f"{len(asked)} names, and one opportunity is wanted", "write: acctplan score PLAN OPPORTUNITY")
    book = find_for(named)
    if named:
        loaded = load_one(book, named[0])
        return _in(book, book.resolve(named)[0], loaded, asked)
    paths = [path for path in book.resolve(()) if _mentions(book, path, identifier)]
    every = [(path, load(book, path)) for path in paths]
    sound = [(path, loaded) for path, loaded in every if loaded.plan and identifier in loaded.plan.opportunities]
    broken = [loaded.path for _, loaded in every if loaded.plan is None]
    if len(sound) > 1:
        plans = [plan_name(loaded.path) for _, loaded in sound]
        raise UserError(
            f"{len(sound)} plans have an opportunity {identifier}: {_some(plans)}",
            f"name the plan: acctplan score {plans[0]} {identifier}",
        )
    if not sound:
        raise _nowhere(book, identifier, broken)
    for name in broken:
        console.say(f"{name}: left out, it has errors: acctplan check {name}")
    (path, loaded), *_ = sound
    return _in(book, path, loaded, asked, left_out=bool(broken))


def _in(book: Book, path: Path, loaded: Loaded, asked: Sequence[str], *, left_out: bool = False) -> Found:
    assert loaded.plan is not None
    identifier = asked[-1]
    if identifier not in loaded.plan.opportunities:
        near = closest(identifier, loaded.plan.opportunities)
        there = f"it has {_some(list(loaded.plan.opportunities))}" if loaded.plan.opportunities else "it has none yet"
        raise UserError(f"no opportunity {identifier} in {loaded.path}", f"did you mean {near}?" if near else there)
    return Found(book, path, loaded, loaded.plan, identifier, f"acctplan score {' '.join(asked)}", left_out)


def _mentions(book: Book, path: Path, identifier: str) -> bool:
    """Whether a plan may have an opportunity of this id, so that only few are loaded."""
    try:
        return identifier in book.read(path)
    except UnreadableError:
        return True


def _nowhere(book: Book, identifier: str, broken: Sequence[str]) -> UserError:
    if broken:
        message = f"no opportunity {identifier} in the plans that can be read"
        return UserError(message, f"it may be in {broken[0]}: acctplan check {broken[0]}")
    every = {plan_name(loaded.path): loaded.plan.opportunities for _, loaded in load_sound(book, book.resolve(())) if loaded.plan}
    if identifier in every:
        return which(identifier, list(every[identifier]))
    near = closest(identifier, [key for opportunities in every.values() for key in opportunities])
    return UserError(f"no opportunity {identifier}", f"did you mean {near}?" if near else "acctplan rank --json lists their ids")


def _some(names: Sequence[str]) -> str:
    """The first of many names, and that there are more."""
    return ", ".join(names[:_MAX_NAMED]) + (" …" if len(names) > _MAX_NAMED else "")


def which(plan: str, opportunities: Sequence[str]) -> UserError:
    """What to say where a plan was named and no opportunity of it."""
    return UserError(f"which opportunity of {plan}?", f"one of {_some(opportunities)}" if opportunities else "it has none yet")


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
