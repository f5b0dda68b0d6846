"""How far an objective is by its own measure: computed from the plan where its metric is one that we know, else what the plan states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis import relationships
from acctplan.analysis.amounts import currency_of, money
from acctplan.analysis.revenue import EXACT, plan_figures
from acctplan.analysis.signs import COVERAGE, STANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Objective, Opportunity, Plan

Metric: TypeAlias = Literal["revenue", "contacts_covered", "opportunities_qualified", "meetings_held", "supporters"]

NAMES: Mapping[str, Metric] = {
    "revenue": "revenue",
    "revenue won": "revenue",
    "revenue booked": "revenue",
    "orders": "revenue",
    "orders won": "revenue",
    "orders booked": "revenue",
    "bookings": "revenue",
    "contacts covered": "contacts_covered",
    "key players covered": "contacts_covered",
    "opportunities qualified": "opportunities_qualified",
    "qualified opportunities": "opportunities_qualified",
    "meetings held": "meetings_held",
    "relationship meetings": "meetings_held",
    "relationship meetings held": "meetings_held",
    "supporters": "supporters",
    "supportive contacts": "supporters",
    "contacts supportive": "supporters",
}
"""What people call a metric that can be computed, in small letters, with blanks between the words."""
_SHARE = Decimal("0.0001")
_NOTHING, _ONE = Decimal(0), Decimal(1)


class Term(NamedTuple):
    """What an entry of the plan gives to a measure."""

    what: str
    """In the plan's words."""
    amount: Decimal | None
    """What it adds; None where that is not known."""
    reason: str
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Measured:
    """The measure of an objective, as of a day."""

    metric: str
    """As the plan says it."""
    computed_as: Metric | None
    """None: no metric that can be computed, so that the plan's own `current` stands."""
    target: Decimal | None
    current: Decimal | None
    """None: not known."""
    stated: Decimal | None
    """What the plan itself says of it."""
    terms: tuple[Term, ...]
    reason: str
    """Where `current` comes from, as the end of a sentence: `1 of 3 opportunities is won`."""
    currency: str | None
    """Of an amount; None of a number."""

    @property
    def share(self) -> Decimal | None:
        """Current ÷ target, rounded down, so that 1 means all; None where one of them is not known, or the target is 0."""
        if self.current is None or not self.target or self.target < 0:
            return None
        return EXACT.divide(self.current, self.target).quantize(_SHARE, ROUND_FLOOR, context=EXACT)

    @property
    def is_at_least(self) -> bool:
        """Whether what is not known could only add to `current`."""
        return self.current is not None and any(term.amount is None for term in self.terms)

    @property
    def differs(self) -> bool:
        """Whether the plan states something else than what it adds up to."""
        return self.computed_as is not None and None not in (self.stated, self.current) and self.stated != self.current


def metric_of(words: str) -> Metric | None:
    """The metric that can be computed of this name; None of any other."""
    return NAMES.get(" ".join(re.split(r"[\s_-]+", words.strip().casefold())))


def measured(plan: Plan, objective: Objective, config: Config, today: date) -> Measured | None:
    """How far an objective is by its measure; None where it has none.

    Args:
        plan: the plan.
        objective: one of its objectives.
        config: names the stages of the sales process and the currency.
        today: the day it is.
    """
    measure = objective.measure
    if measure is None:
        return None
    metric = metric_of(measure.metric)
    if metric is None:
        reason = "as the plan states it" if measure.current is not None else "the plan does not say"
        return Measured(measure.metric, None, measure.target, measure.current, measure.current, (), reason, None)
    found = _COMPUTED[metric](plan, objective, config, today)
    known = [term.amount for term in found.terms if term.amount is not None]
    with localcontext(EXACT):
        current = sum(known, _NOTHING) if known or not found.terms else None
    if not found.is_known:
        current = None
    stated, computed_as = measure.current, metric
    if current is None and stated is not None:
        return Measured(measure.metric, None, measure.target, stated, stated, (), f"as the plan states it: {found.reason}", found.currency)
    return Measured(measure.metric, computed_as, measure.target, current, stated, found.terms, found.reason, found.currency)


class _Found(NamedTuple):
    """What a metric reads in the plan."""

    terms: tuple[Term, ...]
    reason: str
    currency: str | None = None
    is_known: bool = True
    """False where there is nothing to read it from."""


def _revenue(plan: Plan, objective: Objective, config: Config, today: date) -> _Found:
    """What was won of the objective's opportunities; of a revenue objective that names none, what the plan has booked."""
    del today
    currency = currency_of(plan, config)
    if objective.opportunities:
        named = [(key, plan.opportunities[key]) for key in objective.opportunities]
        terms = tuple(_won(key, entry, currency) for key, entry in named if entry.status == "won")
        return _Found(terms, f"{_of(len(terms), len(named), 'opportunity')} won", currency)
    if objective.category != "revenue":
        return _Found((), "it names no opportunities to add up", currency, is_known=False)
    figures = plan_figures(plan, config)
    terms = tuple(
        Term(plan.opportunities[term.id].name if term.kind == "won" else term.id, term.amount, term.kind, term.pointer)
        for term in figures.terms
        if term.kind in ("actual", "won")
    )
    reason = "booked in the plan's periods: actuals, and what was won where there are none"
    return _Found(terms, reason, currency, is_known=figures.is_booked_known)


def _won(identifier: str, entry: Opportunity, currency: str) -> Term:
    said = "won, its value is not known" if entry.value is None else f"won, {money(entry.value, currency)}"
    return Term(entry.name, entry.value, said, ("opportunities", identifier, "value"))


def _contacts_covered(plan: Plan, objective: Objective, config: Config, today: date) -> _Found:
    """Of the objective's contacts, else of the key players: those known well enough whose stance is known."""
    del config, today
    people = _people(plan, objective)
    terms = []
    for key in people:
        level, stance = relationships.coverage(plan, None, key), relationships.stance(plan, None, key)
        is_covered = relationships.is_covered(level, stance)
        reason = f"coverage {COVERAGE[level].word}, stance {STANCE[stance].word}"
        terms.append(Term(relationships.called(plan, key), _ONE if is_covered else _NOTHING, reason, ("contacts", key, "coverage")))
    return _counted(terms, _whom(objective), "covered")


def _supporters(plan: Plan, objective: Objective, config: Config, today: date) -> _Found:
    """Of the same people: those who are for us."""
    del config, today
    terms = []
    for key in _people(plan, objective):
        stance = relationships.stance(plan, None, key)
        amount = None if stance is None else _ONE if stance == "supportive" else _NOTHING
        terms.append(Term(relationships.called(plan, key), amount, f"stance {STANCE[stance].word}", ("contacts", key, "stance")))
    return _counted(terms, _whom(objective), "supportive")


def _people(plan: Plan, objective: Objective) -> Sequence[str]:
    return objective.contacts or [key for key, _ in relationships.key_players(plan)]


def _whom(objective: Objective) -> str:
    return "contact" if objective.contacts else "key player"


def _opportunities_qualified(plan: Plan, objective: Objective, config: Config, today: date) -> _Found:
    """Of the objective's opportunities, else of all: those won, and those open past the stage of qualifying."""
    del today
    named = objective.opportunities or tuple(plan.opportunities)
    terms = [_qualified(key, plan.opportunities[key], config) for key in named]
    return _counted(terms, "opportunity", "qualified")


def _qualified(identifier: str, entry: Opportunity, config: Config) -> Term:
    pointer = ("opportunities", identifier, "stage" if entry.status == "open" else "status")
    if entry.status != "open":
        return Term(entry.name, _ONE if entry.status == "won" else _NOTHING, entry.status, pointer)
    stages = list(config.stages)
    qualifying = next((number for number, name in enumerate(stages) if "qualif" in name), None)
    if qualifying is None:
        return Term(entry.name, _ONE, "open", pointer)
    if entry.stage is None:
        return Term(entry.name, None, "open, its stage is not known", pointer)
    is_past = stages.index(entry.stage) > qualifying
    return Term(entry.name, _ONE if is_past else _NOTHING, f"in the stage {entry.stage}", pointer)


def _meetings_held(plan: Plan, objective: Objective, config: Config, today: date) -> _Found:
    """Relationship meetings since the plan began, up to the objective's day."""
    del config
    starts, last = plan.profile.starts, min(today, objective.due or today)
    held = plan.meetings.held if plan.meetings is not None else {}
    days = [day for day in sorted(held) if day <= last and (starts is None or day >= starts)]
    terms = tuple(Term(f"relationship meeting of {day}", _ONE, "held", ("meetings", "held", day.isoformat())) for day in days)
    count = "none was" if not days else "1 was" if len(days) == 1 else f"{len(days)} were"
    return _Found(terms, f"{count} held{f' since {starts}' if starts else ''}")


def _counted(terms: Sequence[Term], what: str, word: str) -> _Found:
    if not terms:
        return _Found((), f"there is no {what} to count", is_known=False)
    good = sum(term.amount == 1 for term in terms)
    unknown = sum(term.amount is None for term in terms)
    more = f", of {unknown} it is not known" if unknown else ""
    return _Found(tuple(terms), f"{_of(good, len(terms), what)} {word}{more}")


def _of(count: int, total: int, what: str) -> str:
    """`1 of 3 opportunities is`, `none of 2 contacts is`."""
    many = what if total == 1 else f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{count or 'none'} of {total} {many} {'are' if count > 1 else 'is'}"


_COMPUTED: Mapping[Metric, Callable[[Plan, Objective, Config, date], _Found]] = {
    "revenue": _revenue,
    "contacts_covered": _contacts_covered,
    "opportunities_qualified": _opportunities_qualified,
    "meetings_held": _meetings_held,
    "supporters": _supporters,
}
