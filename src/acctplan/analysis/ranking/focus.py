"""Which opportunities to pursue where there are not days enough for all.

Pursued is the set with the greatest expected contribution whose effort fits: exact, not greedy. Of equal sets it is the one of less
effort, then the one with the best-ranked opportunity that the other has not. What an opportunity leads to counts for it too, see
`expected`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis.factors import Account
from acctplan.analysis.ranking.expected import EXACT, Expected, expected
from acctplan.analysis.ranking.picking import Candidate, Pick, pick
from acctplan.analysis.revenue import probability_of
from acctplan.analysis.scorecards import decided_against
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from acctplan.analysis.ranking import Score
    from acctplan.config import Config
    from acctplan.model import Opportunity, Plan

MOST_DAYS = 10_000
"""The largest capacity that is weighed: what 45 people have in a year."""

Missing: TypeAlias = Literal["value", "probability", "effort_days", "owner", "capacity"]
"""What is needed to weigh an opportunity; `capacity`: how many days its owner has."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many days there are."""

    together: int | None
    """For everybody together; None: people have days of their own."""
    each: int | None = None
    """For everybody who is not in `people`; None: nobody else's is known."""
    people: Mapping[str, int] | None = None
    """By the name of a person, as `spaced` gives it."""

    def days(self, owner: str | None) -> int | None:
        """How many days a person has; None where that is not known."""
        if owner is None:
            return None
        return (self.people or {}).get(owner, self.each)


class Weighed(NamedTuple):
    """An opportunity of which everything is known that it takes."""

    score: Score
    days: int
    expected: Expected


class Later(NamedTuple):
    """One that is left for later, and how close it was."""

    weighed: Weighed
    cost: Decimal | None
    """How much less could be expected with it than without; None where it takes more days than there are."""
    instead_of: tuple[Weighed, ...]
    """What would have to give way to it."""
    then_too: tuple[Weighed, ...]
    """What would fit beside it in their stead."""


class MoreDays(NamedTuple):
    """The fewest days more with which something that is left for later would be pursued."""

    days: int
    """How many more."""
    come: tuple[Weighed, ...]
    """What would then be pursued that is not now. By rank."""
    gone: tuple[Weighed, ...]
    """What would give way to it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do with some days."""

    owner: str | None
    """Whose days they are; None: everybody's together."""
    capacity: int
    pursue: tuple[Weighed, ...]
    """By rank."""
    later: tuple[Later, ...]
    """The closest first; last those that take more days than there are."""
    more: MoreDays | None
    """None where nothing that is left for later brings anything, or it takes more than `MOST_DAYS`."""

    @property
    def used(self) -> int:
        """The days that are taken."""
        return sum(one.days for one in self.pursue)

    @property
    def expected(self) -> Decimal:
        """What can be expected of all that is pursued, in the book's currency."""
        return total(self.pursue)


class Unweighed(NamedTuple):
    """An opportunity that cannot be weighed."""

    score: Score
    missing: tuple[Missing, ...]
    owner: str | None
    """Whose days it would take; None where nobody owns it, or the days are everybody's."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What to pursue."""

    choices: tuple[Choice, ...]
    """One where the days are everybody's; otherwise one for each person, by name."""
    unweighed: tuple[Unweighed, ...]
    """By rank. Among them those of people whose days are not known: nobody asked about them."""
    against: tuple[Score, ...]
    """Those that an answer on a scorecard decides against, by rank: they take no days."""

    @property
    def capacity(self) -> int:
        """All days that there are."""
        return sum(choice.capacity for choice in self.choices)

    @property
    def used(self) -> int:
        """The days of them that are taken."""
        return sum(choice.used for choice in self.choices)

    @property
    def expected(self) -> Decimal:
        """What can be expected of all that is pursued, in the book's currency."""
        return total([one for choice in self.choices for one in choice.pursue])


def focus(scores: Sequence[Score], plans: Mapping[str, Plan], config: Config, capacity: Capacity) -> Focus:
    """Choose what to pursue.

    Args:
        scores: by rank.
        plans: by the name that the scores have for them.
        config: for probabilities, the assumed margin and rates.
        capacity: how many days there are, and whose.

    Raises:
        UserError: a capacity of more than `MOST_DAYS`; or no rate for a plan's currency.
    """
    for days in (capacity.together, capacity.each, *(capacity.people or {}).values()):
        if days is not None and days > MOST_DAYS:
            raise UserError(f"a capacity of more than {MOST_DAYS:,} days", "that is 45 people for a year: ask for one team or one person")
    accounts = {name: Account(plan, config) for name, plan in plans.items()}
    shares: defaultdict[str | None, list[Weighed]] = defaultdict(list)
    unweighed = []
    against = tuple(score for score in scores if decided_against(plans[score.plan], score.id, config))
    refused = {(score.plan, score.id) for score in against}
    for score in scores:
        if (score.plan, score.id) in refused:
            continue
        account = accounts[score.plan]
        brings, days = expected(account, score.id), score.opportunity.effort_days
        owner = None if capacity.together is not None else owner_of(account.plan, score.opportunity)
        missing = _missing(account, score.opportunity, capacity, owner)
        if brings is None or days is None or missing:
            unweighed.append(Unweighed(score, missing, owner))
        else:
            shares[owner].append(Weighed(score, days, brings))
    if capacity.together is not None:
        return Focus((_choose(None, capacity.together, shares[None]),), tuple(unweighed), against)
    owners = sorted({*(capacity.people or {}), *filter(None, shares)}, key=lambda name: (name.casefold(), name))
    return Focus(tuple(_choose(owner, capacity.days(owner) or 0, shares[owner]) for owner in owners), tuple(unweighed), against)


def spaced(name: str) -> str:
    """What tells people apart over several plans: the name, however it is spaced. The same name is the same person."""
    return " ".join(name.split())


def owner_of(plan: Plan, opportunity: Opportunity) -> str | None:
    """The name of the person who owns an opportunity."""
    return None if opportunity.owner is None else spaced(plan.team[opportunity.owner].name)


def total(weighed: Sequence[Weighed]) -> Decimal:
    """What can be expected of some together."""
    with localcontext(EXACT):
        return sum((one.expected.amount for one in weighed), Decimal(0))


def _missing(account: Account, opportunity: Opportunity, capacity: Capacity, owner: str | None) -> tuple[Missing, ...]:
    found: list[Missing] = []
    if opportunity.value is None:
        found.append("value")
    if probability_of(opportunity, account.config) is None:
        found.append("probability")
    if opportunity.effort_days is None:
        found.append("effort_days")
    if capacity.together is None:
        if owner is None:
            found.append("owner")
        elif capacity.days(owner) is None:
            found.append("capacity")
    return tuple(found)


def _choose(owner: str | None, days: int, weighed: Sequence[Weighed]) -> Choice:
    unit = min([0, *(_exponent(one.expected.amount) for one in weighed)])
    with localcontext(EXACT):
        candidates = [Candidate(one.days, int(one.expected.amount.scaleb(-unit))) for one in weighed]
        picked = pick(candidates, days)
        later = []
        for place, forced in picked.left_out.items():
            if forced is None:
                later.append(Later(weighed[place], None, (), ()))
                continue
            gone, come = (tuple(weighed[each] for each in places) for places in (forced.gone, forced.come))
            later.append(Later(weighed[place], Decimal(forced.cost).scaleb(unit), gone, come))
    later.sort(key=lambda one: (one.cost is None, one.cost or 0))
    pursued = tuple(weighed[place] for place in sorted(picked.chosen))
    return Choice(owner, days, pursued, tuple(later), _more(weighed, candidates, picked, days))


def _more(weighed: Sequence[Weighed], candidates: Sequence[Candidate], picked: Pick, capacity: int) -> MoreDays | None:
    """How many more days it takes until the best choice is another one, which is worth more."""
    used = sum(candidates[place].days for place in picked.chosen)
    enough = min((used + candidates[place].days for place in picked.left_out if candidates[place].worth), default=MOST_DAYS + 1)
    if enough > MOST_DAYS:
        return None
    best = [0] * (enough + 1)  # what the best choice is worth, by days
    for days, worth in candidates:
        with_it = [rest + worth for rest in best[: max(len(best) - days, 0)]]
        best[days:] = map(max, with_it, best[days:])
    needed = next(days for days in range(capacity + 1, enough + 1) if best[days] > best[capacity])
    chosen = pick(candidates, needed).chosen
    come, gone = (tuple(weighed[place] for place in sorted(some)) for some in (chosen - picked.chosen, picked.chosen - chosen))
    return MoreDays(needed - capacity, come, gone)


def _exponent(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
