"""What to ask in each plan, and of whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from acctplan import rules
from acctplan.analysis.questions.customer import ToAsk, headings, opportunity_of, to_ask
from acctplan.cli.entries import alike
from acctplan.cli.loading import load_sound
from acctplan.diagnostic import closest
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.model import Plan


@dataclass(frozen=True)
class Found:
    """A plan, and what to ask."""

    path: str
    plan: Plan
    questions: tuple[ToAsk, ...]
    headings: Mapping[str, str]
    """What a list to take along calls each opportunity."""

    def opportunity(self, question: ToAsk) -> str | None:
        """The id of the opportunity that a question is about."""
        return opportunity_of(self.plan, question.about)

    def by_heading(self, some: Sequence[ToAsk]) -> Iterator[tuple[str, list[ToAsk]]]:
        """Some questions under what a list to take along calls what they are about: first, under nothing, those about no opportunity."""
        groups: dict[str, list[ToAsk]] = {"": []}
        for one in some:
            groups.setdefault(self.headings.get(self.opportunity(one) or "", ""), []).append(one)
        return ((heading, inside) for heading, inside in groups.items() if inside)

    @property
    def by_contact(self) -> Iterator[tuple[str, list[ToAsk]]]:
        """The questions under whom to ask: a name with its title, whoever we meet, or ourselves."""
        for (contact, ours), some in groupby(self.questions, key=lambda one: (one.contact, one.is_ours)):
            yield self._called(contact, ours=ours), list(some)

    def _called(self, contact: str | None, *, ours: bool) -> str:
        if ours:
            return "For ourselves to find out"
        if contact is None:
            return "Whoever we meet"
        entry = self.plan.contacts[contact]
        return ", ".join(filter(None, (entry.name or contact, entry.title)))


def found_in(book: Book, paths: Sequence[Path], today: date) -> list[Found]:
    """What to ask in each plan that has no errors; of the others standard error says so."""
    chosen, context = rules.configured(book.config.check), rules.Context(book.config, today)
    found = []
    for _, loaded in load_sound(book, paths):
        if loaded.plan is not None:
            waived = [(one.rule, one.pointer) for one, _ in rules.check(loaded, chosen, context).waived]
            found.append(
                Found(loaded.path, loaded.plan, tuple(to_ask(loaded.plan, book.config, today, waived)), headings(loaded.plan, book.config))
            )
    return found


def asked_of(found: Sequence[Found], word: str) -> list[Found]:
    """What to ask the contacts that somebody named.

    Raises:
        UserError: no contact of the plans is called so.
    """
    everybody = [(one.path, key, contact.name or key) for one in found for key, contact in one.plan.contacts.items()]
    named = [one for one in everybody if one[1] == word] or alike(word, everybody, lambda one: one[1:])
    if found and not named:
        near = closest(word, [key for _, key, _ in everybody])
        raise UserError(f"no contact {word}", f"did you mean {near}?" if near else "see who there is: acctplan contacts PLAN")
    chosen = {(path, key) for path, key, _ in named}
    asked = (replace(one, questions=tuple(each for each in one.questions if (one.path, each.contact) in chosen)) for one in found)
    return [one for one in asked if any(path == one.path for path, _ in chosen)]
