"""Goal, booked revenue, pipeline and forecast: for each fiscal period of a plan, and for the plan as a whole.

Amounts are exact, in the plan's currency. What is unknown adds nothing to any figure and stays among the terms, so that a figure can
say what it leaves out. Periods may lie inside each other: a goal or an actual inside a longer one is a part of it, and is not counted
twice.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_UP, Context, Decimal, localcontext
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis import fiscal
from acctplan.analysis.amounts import currency_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity, Plan

ENOUGH_CLOSED = 5
"""So many opportunities have to be won or lost before their share says something."""

# Products of two of the longest amounts that a plan can hold, added up, stay exact.
_EXACT = Context(prec=100)
_SHARE = Decimal("0.0001")
_CENT = Decimal("0.01")
_NOTHING = Decimal(0)

Kind: TypeAlias = Literal["goal", "actual", "won", "open", "potential"]


class Term(NamedTuple):
    """What one entry of the plan gives to the figures."""

    kind: Kind
    id: str
    """Of the period (goal, actual) or of the opportunity."""
    value: Decimal | None
    """None: the opportunity does not say."""
    probability: Decimal | None
    """Of an open opportunity: its own, else its stage's; None where it has neither, and of everything else."""
    amount: Decimal | None
    """What it adds: the value, of an open opportunity value x probability. None where that is unknown."""
    pointer: Pointer


@dataclass(frozen=True, slots=True)
class Figures:
    """What the terms add up to, in the plan's currency."""

    goal: Decimal | None
    """None where there is none."""
    booked: Decimal
    """Actuals, and what was won where no actual covers it."""
    weighted_pipeline: Decimal
    """Open opportunities: value x probability, added up."""
    forecast: Decimal
    """Booked and weighted pipeline."""
    best_case: Decimal
    """Booked, and the full value of everything open."""
    gap: Decimal | None
    """Goal less forecast: below 0 where the forecast is past the goal. None without a goal."""
    potential: Decimal
    """Potential opportunities at full value. No part of the forecast."""
    terms: tuple[Term, ...]

    @property
    def achieved(self) -> Decimal | None:
        """Booked ÷ goal, to a hundredth of a percent; None without a goal above 0."""
        return _share(self.booked, self.goal)

    @property
    def expected(self) -> Decimal | None:
        """Forecast ÷ goal, in the same way."""
        return _share(self.forecast, self.goal)

    @property
    def won(self) -> Decimal:
        """The part of `booked` that was won and that no actual covers."""
        with localcontext(_EXACT):
            return sum((term.amount for term in self.terms if term.kind == "won" and term.amount is not None), _NOTHING)

    @property
    def is_booked_known(self) -> bool:
        """Whether there is an actual or a won value: without either, `booked` is 0 because nothing is known."""
        return any(term.kind in ("actual", "won") and term.amount is not None for term in self.terms)

    @property
    def unknown(self) -> tuple[Term, ...]:
        """Terms that add nothing because their value or probability is not known."""
        return tuple(term for term in self.terms if term.amount is None)


class PeriodFigures(NamedTuple):
    """One of the plan's fiscal periods."""

    period: fiscal.Period
    figures: Figures


class WinRate(NamedTuple):
    """How many of the plan's opportunities were won, of those that were won or lost."""

    won: int
    lost: int

    @property
    def is_known(self) -> bool:
        """Whether there are enough of them to say something."""
        return self.won + self.lost >= ENOUGH_CLOSED


@dataclass(frozen=True, slots=True)
class Revenue:
    """The revenue of a plan."""

    currency: str
    periods: tuple[PeriodFigures, ...]
    """By their start, the longer one first. Each counts what lies in it, whatever lies around it."""
    plan: Figures
    """Over all periods. Potential opportunities without a close date are among them."""
    win_rate: WinRate
    pipeline_to_create: Decimal | None
    """Gap ÷ win rate, rounded up to the cent; as long as too few are closed, gap x `limits.pipeline_cover`. 0 without a gap, None
    without a goal, and None where everything was lost: no pipeline would be enough."""
    not_counted: tuple[str, ...]
    """Ids of open and won opportunities that no period counts: they have no close date, or one outside every period."""


def revenue(plan: Plan, config: Config) -> Revenue:
    """What a plan's goals, actuals and opportunities add up to. An opportunity belongs where its close date lies.

    Args:
        plan: with `revenue` by fiscal period; without any, every figure is that of no period.
        config: names the probabilities of stages, and how much pipeline a gap needs until the win rate is known.
    """
    with localcontext(_EXACT):
        terms, not_counted = _placed(plan, config)
        start = fiscal.year_starts(plan.profile)
        periods = sorted((fiscal.period(key, start) for key in plan.revenue), key=lambda period: (period.first, -period.months))
        whole, rate = _figures(terms[_PLAN]), _win_rate(plan)
        return Revenue(
            currency=currency_of(plan, config),
            periods=tuple(PeriodFigures(period, _figures(terms[period.key])) for period in periods),
            plan=whole,
            win_rate=rate,
            pipeline_to_create=_to_create(whole.gap, rate, config.limits.pipeline_cover),
            not_counted=not_counted,
        )


def plan_figures(plan: Plan, config: Config) -> Figures:
    """The figures of the plan as a whole, without those of its periods."""
    with localcontext(_EXACT):
        terms, _ = _placed(plan, config)
        return _figures(terms[_PLAN])


def probability_of(opportunity: Opportunity, config: Config) -> Decimal | None:
    """An opportunity's own probability, else its stage's; None where it has neither."""
    if opportunity.probability is None and opportunity.stage is not None:
        return config.stages[opportunity.stage].probability
    return opportunity.probability


_PLAN = ""
"""Stands for the whole plan among the keys of periods."""


def _placed(plan: Plan, config: Config) -> tuple[Mapping[str, list[Term]], tuple[str, ...]]:
    """The terms of each period and of the plan, and the opportunities that belong nowhere."""
    placed: defaultdict[str, list[Term]] = defaultdict(list)
    for key, entry in plan.revenue.items():
        outer = fiscal.around(key)
        if entry.goal is not None:
            term = Term("goal", key, entry.goal, None, entry.goal, ("revenue", key, "goal"))
            placed[key].append(term)
            if not any(around in plan.revenue and plan.revenue[around].goal is not None for around in outer):
                placed[_PLAN].append(term)
        if entry.actual is not None:
            term = Term("actual", key, entry.actual, None, entry.actual, ("revenue", key, "actual"))
            for place in (key, *_without_actual(plan, outer)):
                placed[place].append(term)
    not_counted = []
    start = fiscal.year_starts(plan.profile)
    for identifier, opportunity in plan.opportunities.items():
        adds = _term(identifier, opportunity, config)
        if adds is None:
            continue
        closes = opportunity.close_date
        listed = [] if closes is None else [key for key in fiscal.holding(closes, start) if key in plan.revenue]
        if listed:
            for place in _without_actual(plan, listed) if adds.kind == "won" else (*listed, _PLAN):
                placed[place].append(adds)
        elif adds.kind != "potential":
            not_counted.append(identifier)
        elif closes is None:
            placed[_PLAN].append(adds)
    return placed, tuple(not_counted)


def _without_actual(plan: Plan, keys: Iterable[str]) -> Iterator[str]:
    """From the shortest period outwards, up to one that has an actual, which holds all that lies inside; the plan where none has."""
    for key in keys:
        if key in plan.revenue:
            if plan.revenue[key].actual is not None:
                return
            yield key
    yield _PLAN


def _term(identifier: str, opportunity: Opportunity, config: Config) -> Term | None:
    """What an opportunity adds; None where it is lost or dropped."""
    pointer, value = ("opportunities", identifier), opportunity.value
    if opportunity.status == "open":
        probability = probability_of(opportunity, config)
        amount = None if value is None or probability is None else value * probability
        return Term("open", identifier, value, probability, amount, pointer)
    if opportunity.status in ("won", "potential"):
        return Term(opportunity.status, identifier, value, None, value, pointer)
    return None


def _figures(terms: Sequence[Term]) -> Figures:
    goal: Decimal | None = None
    booked = weighted = open_value = potential = _NOTHING
    for term in terms:
        amount = term.amount or _NOTHING
        if term.kind == "goal":
            goal = amount + (goal or _NOTHING)
        elif term.kind == "open":
            weighted += amount
            open_value += term.value or _NOTHING
        elif term.kind == "potential":
            potential += amount
        else:
            booked += amount
    forecast = booked + weighted
    return Figures(
        goal=goal,
        booked=booked,
        weighted_pipeline=weighted,
        forecast=forecast,
        best_case=booked + open_value,
        gap=None if goal is None else goal - forecast,
        potential=potential,
        terms=tuple(terms),
    )


def _share(amount: Decimal, goal: Decimal | None) -> Decimal | None:
    return _EXACT.divide(amount, goal).quantize(_SHARE, context=_EXACT) if goal else None


def _win_rate(plan: Plan) -> WinRate:
    statuses = [opportunity.status for opportunity in plan.opportunities.values()]
    return WinRate(statuses.count("won"), statuses.count("lost"))


def _to_create(gap: Decimal | None, rate: WinRate, cover: Decimal) -> Decimal | None:
    if gap is None or gap <= 0:
        return None if gap is None else _NOTHING
    if not rate.is_known:
        return (gap * cover).quantize(_CENT, ROUND_UP)
    return (gap * (rate.won + rate.lost) / rate.won).quantize(_CENT, ROUND_UP) if rate.won else None
