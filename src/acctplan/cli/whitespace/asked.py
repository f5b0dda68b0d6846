"""What `whitespace` was asked about, and the words that its answers share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING

from acctplan.analysis.amounts import money, short
from acctplan.analysis.revenue import EXACT
from acctplan.analysis.white_space.book import WHOLE, WhiteSpaceBook, white_space_book
from acctplan.cli.loading import Texts
from acctplan.diagnostic import closest, plan_name
from acctplan.errors import UserError
from acctplan.render.view.words import CELL, OPPORTUNITY
from acctplan.report.wrapping import Word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from acctplan.analysis.white_space.book import AccountSpace, Place, SolutionRow
    from acctplan.book import Book
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan


@dataclass(frozen=True)
class Asked:
    """The white space of some plans, and how to speak of it."""

    book: Book
    found: WhiteSpaceBook
    solutions: tuple[SolutionRow, ...]
    """All of them, or those of the id that was asked for."""
    places: tuple[Place, ...]
    """Those of `solutions`, in the order of plans, units and solutions."""
    best: tuple[Place, ...]
    """White space among `places`, the best first."""
    today: date
    _texts: Texts

    @classmethod
    def of(cls, book: Book, sound: Mapping[str, tuple[Path, Plan]], today: date, solution: str | None) -> Asked:
        """Lay out some plans.

        Args:
            book: whose settings hold.
            sound: the path and the plan, by what to call it.
            today: for contracts.
            solution: only those of this id.

        Raises:
            UserError: no plan knows the solution, or the settings have no rate for a plan's currency.
        """
        found = white_space_book([(name, plan) for name, (_, plan) in sound.items()], book.config, today)
        known = {row.solution.id for row in found.solutions}
        if solution is not None and solution not in known:
            near = closest(solution, known)
            there = f"one of {', '.join(sorted(known))}" if known else "name your solutions under [solutions] in acctplan.toml"
            raise UserError(f"no solution '{solution}'", f"did you mean {near}?" if near else there)
        return cls(
            book=book,
            found=found,
            solutions=tuple(row for row in found.solutions if solution in (None, row.solution.id)),
            places=tuple(place for account in found.accounts for place in account.places if solution in (None, place.solution.id)),
            best=tuple(place for place in found.best if solution in (None, place.solution.id)),
            today=today,
            _texts=Texts(book, {name: path for name, (path, _) in sound.items()}),
        )

    @property
    def currency(self) -> str:
        """What amounts over several plans are in."""
        return self.book.config.currency

    @property
    def soon(self) -> int:
        """Within so many days a contract ends soon."""
        return self.book.config.limits.contract_days

    @cached_property
    def ranks(self) -> Mapping[tuple[str, str, str], int]:
        """The place of each cell of white space among all that was asked for, from 1, by plan, unit and solution."""
        return {(place.plan, place.cell.unit, place.cell.solution): number for number, place in enumerate(self.best, 1)}

    def rank(self, place: Place) -> int | None:
        """See `ranks`; None of a cell that is no white space."""
        return self.ranks.get((place.plan, place.cell.unit, place.cell.solution))

    @cached_property
    def by_name(self) -> Mapping[str, AccountSpace]:
        """The accounts by what their plans were handed in as."""
        return {account.name: account for account in self.found.accounts}

    @cached_property
    def accounts(self) -> Mapping[str, str]:
        """What to call each account: its name, with the plan's where several accounts have it."""
        names = {name: account.plan.profile.name for name, account in self.by_name.items()}
        often = Counter(names.values())
        return {plan: f"{name} ({plan_name(plan)})" if often[name] > 1 else name for plan, name in names.items()}

    def plan(self, place: Place) -> Plan:
        """The plan of a place."""
        return self.by_name[place.plan].plan

    def unit(self, place: Place) -> str:
        """The name of a place's unit."""
        return "The account as a whole" if place.cell.unit == WHOLE else self.plan(place).units[place.cell.unit].name

    def competitor(self, place: Place) -> str | None:
        """The name of who has it; None where the plan names nobody."""
        entry = place.cell.entry
        return None if entry is None or entry.competitor is None else self.plan(place).competitors[entry.competitor].name

    def spend(self, place: Place) -> str | None:
        """What is spent in a year, in the plan's currency and, where it is another, in the book's. None where it is unknown."""
        entry, currency = place.cell.entry, self.by_name[place.plan].currency
        if entry is None or entry.spend is None or place.spend is None:
            return None
        own = money(entry.spend, currency)
        return own if currency == self.currency else f"{money(rounded(place.spend), self.currency)} ({own})"

    @property
    def known_spend(self) -> Decimal | None:
        """What is spent in a year on all white space that was asked for, as far as that is known, in the book's currency."""
        known = [place.spend for place in self.best if place.spend is not None]
        return reduce(EXACT.add, known) if known else None

    def amount(self, place: Place) -> str:
        """What is spent on a place in a year, in three digits: in the plan's currency where it is the only one, else in the book's."""
        entry = place.cell.entry
        is_one = len(self.found.accounts) == 1
        spend = place.spend if not is_one else None if entry is None else entry.spend
        return "–" if spend is None else f"{short(spend)} {self.by_name[place.plan].currency if is_one else self.currency}"

    def own_spend(self, place: Place) -> str | None:
        """What is spent in a year, in the plan's currency. None where it is unknown."""
        entry = place.cell.entry
        return None if entry is None or entry.spend is None else money(entry.spend, self.by_name[place.plan].currency)

    def contract(self, place: Place) -> str | None:
        """When the contract ends, with `!` where that is soon or past."""
        entry = place.cell.entry
        if entry is None or entry.contract_ends is None:
            return None
        return f"{'! ' if place.ends_soon else ''}{entry.contract_ends}"

    def opportunities(self, place: Place) -> list[str]:
        """Those over a place, each with the sign and word of its status."""
        over = [self.plan(place).opportunities[key] for key in place.cell.opportunities]
        return [f"{OPPORTUNITY[one.status].symbol} {OPPORTUNITY[one.status].word}: {one.name}" for one in over]

    def tried(self, place: Place) -> list[str]:
        """The opportunities over white space that were lost or dropped: name, what became of it, and when."""
        ids = place.opening.tried if place.opening else ()
        past = [self.plan(place).opportunities[key] for key in ids]
        return [f"{one.name}, {one.status}{f' {one.close_date}' if one.close_date else ''}" for one in past]

    def line(self, plan: str, pointer: Pointer) -> int:
        """The line that something stands on, from 1."""
        return self._texts.line(plan, pointer)


def status(place: Place) -> str:
    """Sign and word of what a place's plan says."""
    sign = CELL[None if place.cell.entry is None else place.cell.entry.status]
    return f"{sign.symbol} {sign.word}"


def glued(text: str) -> list[Word]:
    """The words of a visible text; a symbol stays on the line of the word after it."""
    found: list[Word] = []
    symbol = ""
    for each in text.split(" "):
        if len(each) == 1 and not each.isalnum():
            symbol += f"{each} "
        else:
            found.append(Word(symbol + each))
            symbol = ""
    return [*found, Word(symbol.rstrip())] if symbol else found


def rounded(amount: Decimal) -> Decimal:
    """Converted at a rate, an amount is no more exact than to the unit."""
    return amount.quantize(amount.__class__(1)) if abs(amount) >= 1 else amount


def points(number: float) -> str:
    """Points of a score, without what is nothing: 10, 4.1."""
    return f"{number:.1f}".removesuffix(".0")


def why(asked: Asked, place: Place) -> str:
    """Every term of an opening with its points, what was tried before, and what the plan notes."""
    opening = place.opening
    assert opening is not None
    parts = [f"{term.reason} ({'?' if term.value is None else points(term.points)} of {points(term.out_of)})" for term in opening.terms]
    parts += [f"tried before: {words}" for words in asked.tried(place)]
    note = place.cell.entry.notes if place.cell.entry else None
    return "; ".join([*parts, *([f"note: {note}"] if note else [])])
