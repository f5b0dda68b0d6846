"""Opportunities by unit, solution, owner or account, each group with what it is worth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis.amounts import currency_of
from acctplan.analysis.ranking.expected import EXACT
from acctplan.analysis.ranking.focus import owner_of, spaced
from acctplan.analysis.revenue import probability_of
from acctplan.analysis.white_space import solution_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from acctplan.analysis.ranking import Score
    from acctplan.config import Config
    from acctplan.model import Plan

By: TypeAlias = Literal["unit", "solution", "owner", "account"]
"""What opportunities may be grouped by."""


class Key(NamedTuple):
    """What the opportunities of a group have in common."""

    plan: str | None
    """As the scores call it, where what they have in common is one plan's own; None where plans share it."""
    id: str | None
    """The id of the unit or solution, where there is one for all of the group."""
    name: str | None
    """For people; None: the opportunities name no unit, solution or owner."""


class Member(NamedTuple):
    """An opportunity of a group, with its amounts in the book's currency."""

    score: Score
    value: Decimal | None
    probability: Decimal | None
    """Its own, else its stage's."""
    weighted: Decimal | None
    """Probability x value; None where either is unknown."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some opportunities. What is unknown adds nothing to its sums, and is counted."""

    key: Key
    members: tuple[Member, ...]
    """In the order of the scores."""
    best_rank: int

    @property
    def value(self) -> Decimal:
        """All values that are known, in the book's currency."""
        return _sum(member.value for member in self.members)

    @property
    def weighted(self) -> Decimal:
        """All of probability x value that is known, in the book's currency."""
        return _sum(member.weighted for member in self.members)

    @property
    def without_value(self) -> int:
        """How many have no value."""
        return sum(member.value is None for member in self.members)

    @property
    def without_weighted(self) -> int:
        """How many have no value or no probability."""
        return sum(member.weighted is None for member in self.members)


def groups(
    scores: Sequence[Score], plans: Mapping[str, Plan], config: Config, by: By, places: Mapping[tuple[str, str], int]
) -> list[Group]:
    """Group opportunities: the group with the greatest weighted value first, of equal ones that with the best rank.

    The sum comes before the best rank because a group is chosen for all that is in it: one good opportunity stands first in the ranking
    already. Last come those that name no unit, solution or owner.

    Args:
        scores: by rank, or in another order that the groups keep.
        plans: by the name that the scores have for them.
        config: for solutions that plans share, probabilities and rates.
        by: what to group by.
        places: the rank of each opportunity by plan and id.

    Raises:
        UserError: the configuration has no rate for a plan's currency.
    """
    sorted_into: defaultdict[Key, list[Score]] = defaultdict(list)
    namings = {name: _Naming(name, plan, config) for name, plan in plans.items()}
    for score in scores:
        sorted_into[namings[score.plan].key(score, by)].append(score)
    found = []
    for key, some in sorted_into.items():
        members = tuple(_member(score, plans[score.plan], config) for score in some)
        found.append(Group(key, members, min(places[score.plan, score.id] for score in some)))
    return sorted(found, key=lambda group: (group.key.name is None, -group.weighted, group.best_rank, group.key.name or ""))


class _Naming:
    """What a plan's opportunities have in common with those of others."""

    def __init__(self, name: str, plan: Plan, config: Config) -> None:
        self.name, self.plan, self.config = name, plan, config
        self.solutions = solution_names(plan, config)

    def key(self, score: Score, by: By) -> Key:
        opportunity = score.opportunity
        if by == "account":
            return Key(self.name, None, score.account)
        if by == "unit":
            unit = opportunity.unit
            return Key(None, None, None) if unit is None else Key(self.name, unit, self.plan.units[unit].name)
        if by == "owner":
            return Key(None, None, owner_of(self.plan, opportunity))
        return self._solution(opportunity.solution)

    def _solution(self, identifier: str | None) -> Key:
        """A solution of the book is known by its id. Plans that name their own by the same name mean the same thing."""
        if identifier is None:
            return Key(None, None, None)
        if identifier in self.config.solutions:
            return Key(None, identifier, self.config.solutions[identifier].name)
        return Key(None, None, spaced(self.solutions[identifier]))


def _member(score: Score, plan: Plan, config: Config) -> Member:
    opportunity = score.opportunity
    probability = probability_of(opportunity, config)
    if opportunity.value is None:
        return Member(score, None, probability, None)
    with localcontext(EXACT):
        value = opportunity.value * config.rate(currency_of(plan, config))
        return Member(score, value, probability, None if probability is None else value * probability)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    with localcontext(EXACT):
        return sum((amount for amount in amounts if amount is not None), Decimal(0))
