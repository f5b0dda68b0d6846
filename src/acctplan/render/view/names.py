"""From the ids that a plan's sections refer to each other by, to what people call things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.white_space import solution_names
from acctplan.render.view.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acctplan.config import Config
    from acctplan.model import Plan


class Names:
    """The names of a plan's entries, by id. The loader has seen to it that each id exists."""

    def __init__(self, plan: Plan, config: Config) -> None:
        self._plan = plan
        self.solutions = solution_names(plan, config)
        """Every solution that could be sold here: the book's, then the plan's own."""

    def contact(self, identifier: str) -> str:
        """A person's name, or the title of a seat whose holder we do not know yet."""
        contact = self._plan.contacts[identifier]
        return contact.name or contact.title or spoken(identifier)

    def contacts(self, identifiers: Iterable[str]) -> tuple[str, ...]:
        """The same of several."""
        return tuple(self.contact(identifier) for identifier in identifiers)

    def member(self, identifier: str | None) -> str | None:
        """Somebody on our side; None of nobody."""
        return None if identifier is None else self._plan.team[identifier].name

    def attendee(self, identifier: str) -> str:
        """Somebody of either side. An id that both sides have is the customer's."""
        return self.contact(identifier) if identifier in self._plan.contacts else self._plan.team[identifier].name

    def unit(self, identifier: str | None) -> str | None:
        """A plan unit; None of none."""
        return None if identifier is None else self._plan.units[identifier].name

    def solution(self, identifier: str | None) -> str | None:
        """Something that we sell; None of nothing."""
        return None if identifier is None else self.solutions[identifier]

    def competitor(self, identifier: str | None) -> str | None:
        """Somebody else who sells here; None of nobody."""
        return None if identifier is None else self._plan.competitors[identifier].name

    def opportunity(self, identifier: str) -> str:
        """Something that we could win."""
        return self._plan.opportunities[identifier].name

    def insight(self, identifier: str) -> str:
        """Something that drives the customer."""
        return self._plan.insights[identifier].what
