"""Goal, booked revenue, pipeline and forecast: for each fiscal period of a plan, and for the plan as a whole.

Amounts are exact, in the plan's currency. What is unknown adds nothing to any figure and stays among the terms, so that a figure can
say what it leaves out. Periods may lie inside each other: a goal or an actual inside a longer one is a part of it, and is not counted
twice.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_UP, Context, Decimal, localcontext
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis import fiscal
from acctplan.analysis.amounts import currency_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity, Plan

ENOUGH_CLOSED = 5
"""So many opportunities have to be won or lost before their share says something."""

# Products of two of the longest amounts that a plan can hold, added up, stay exact.
EXACT = Context(prec=100)
"""Arithmetic of amounts."""
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
class Amounts:
    """The figures, in one currency."""

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

    @property
    def achieved(self) -> Decimal | None:
        """Booked ÷ goal, to a hundredth of a percent; None without a goal above 0."""
        return _share(self.booked, self.goal)

    @property
    def expected(self) -> Decimal | None:
        """Forecast ÷ goal, in the same way."""
        return _share(self.forecast, self.goal)


@dataclass(frozen=True, slots=True)
class Figures(Amounts):
    """What the terms add up to, in the plan's currency."""

    terms: tuple[Term, ...]

    @property
    def won(self) -> Decimal:
        """The part of `booked` that was won and that no actual covers."""
        with localcontext(EXACT):
            return sum((term.amount for term in self.terms if term.kind == "won" and term.amount is not None), _NOTHING)

    @property
    def is_booked_known(self) -> bool:
        """Whether there is an actual or a won value: without either, `booked` is 0 because nothing is known."""
        return any(term.kind in ("actual", "won") and term.amount is not None for term in self.terms)

    @property
    def unknown(self) -> tuple[Term, ...]:
        """Terms that add nothing because their value or probability is not known."""
        return tuple(term for term in self.terms if term.amount is None)


FIGURES = ("goal", "booked", "achieved", "weighted_pipeline", "forecast", "expected", "best_case", "gap", "potential")
"""What programs are told of amounts."""


def known(amounts: Amounts, *, booked: bool, forecast: bool) -> dict[str, Decimal | None]:
    """The figures by name, None where nothing is known: unknown is never 0.

    Args:
        amounts: the figures.
        booked: whether anything is known of what is booked.
        forecast: whether there is anything to forecast for, such as a period.
    """
    unknown = {*(() if booked else ("booked", "achieved"))}
    unknown.update(() if forecast else ("weighted_pipeline", "forecast", "expected", "best_case", "gap"))
    return {name: None if name in unknown else getattr(amounts, name) for name in FIGURES}


class PeriodFigures(NamedTuple):
    """One of the plan's fiscal periods."""

    period: fiscal.Period
    figures: Figures
    depth: int
    """In how many of the plan's other periods it lies."""
    has_actual: bool
    """Whether an actual says at least in part how it went: its own, that of a period in it, or of one around it."""


class LeftOut(NamedTuple):
    """An opportunity that the figures leave out, in part or altogether."""

    term: Term
    lacks: tuple[str, ...]
    """What is not known of it: `value`, `probability`, `close date`."""
    outside: date | None
    """Its close date, where that lies in none of the periods."""

    @property
    def is_open(self) -> bool:
        """Whether it is missing from the forecast. What was won or may come one day is missing elsewhere."""
        return self.term.kind == "open"

    @property
    def pointer(self) -> Pointer:
        """What is to be put right: the close date that lies outside, else the opportunity."""
        return (*self.term.pointer, "close_date") if self.outside else self.term.pointer


class WinRate(NamedTuple):
    """How many of the plan's opportunities were won, of those that were won or lost."""

    won: int
    lost: int
    assumed: Decimal
    """What the settings assume as long as too few are closed."""

    @property
    def is_known(self) -> bool:
        """Whether enough of them are closed to say something."""
        return self.won + self.lost >= ENOUGH_CLOSED

    @property
    def share(self) -> Decimal:
        """Won ÷ closed, to a hundredth of a percent; what is assumed where it is not known."""
        return EXACT.divide(self.won, self.won + self.lost).quantize(_SHARE, context=EXACT) if self.is_known else self.assumed

    def pipeline_to_create(self, gap: Decimal | None) -> Decimal | None:
        """Gap ÷ win rate, rounded up to the cent: the value of the opportunities that it takes to close a gap.

        0 without a gap. None where the gap is not known, and where everything was lost: no pipeline would be enough.
        """
        if gap is None or gap <= 0:
            return None if gap is None else _NOTHING
        with localcontext(EXACT):
            if not self.is_known:
                return (gap / self.assumed).quantize(_CENT, ROUND_UP)
            return (gap * (self.won + self.lost) / self.won).quantize(_CENT, ROUND_UP) if self.won else None


@dataclass(frozen=True, slots=True)
class Revenue:
    """The revenue of a plan."""

    currency: str
    periods: tuple[PeriodFigures, ...]
    """By their start, the longer one first. Each counts what lies in it, whatever lies around it."""
    years: tuple[PeriodFigures, ...]
    """What the plan counts, by the fiscal years that it falls in, listed as periods or not. Potential opportunities without a close
    date fall in none; all the rest adds up to `plan`."""
    plan: Figures
    """Over all periods. Potential opportunities without a close date are among them."""
    win_rate: WinRate
    pipeline_to_create: Decimal | None
    """What `WinRate.pipeline_to_create` says of the plan's gap."""
    left_out: tuple[LeftOut, ...]
    """First what a figure leaves out, then open and won opportunities that no period counts."""
    covered: tuple[Term, ...]
    """Won opportunities that are no part of what is booked: an actual holds them already."""


def revenue(plan: Plan, config: Config) -> Revenue:
    """What a plan's goals, actuals and opportunities add up to. An opportunity belongs where its close date lies.

    Args:
        plan: with `revenue` by fiscal period; without any, every figure is that of no period.
        config: names the probabilities of stages, the win rate until that of the plan is known, and when fiscal years start.
    """
    with localcontext(EXACT):
        placed = _placed(plan, config)
        start = fiscal.year_starts(plan.profile, config)
        periods = sorted((fiscal.period(key, start) for key in plan.revenue), key=lambda period: (period.first, -period.months))
        whole, rate = _figures(placed.terms[_PLAN]), win_rate(plan, config)
        return Revenue(
            currency=currency_of(plan, config),
            periods=tuple(_period(plan, period, placed.terms[period.key]) for period in periods),
            years=tuple(_years(plan, whole.terms, start)),
            plan=whole,
            win_rate=rate,
            pipeline_to_create=rate.pipeline_to_create(whole.gap),
            left_out=tuple(_left_out(plan, (*whole.unknown, *placed.nowhere), {term.id for term in placed.nowhere})),
            covered=tuple(placed.covered),
        )


def plan_figures(plan: Plan, config: Config) -> Figures:
    """The figures of the plan as a whole, without those of its periods."""
    with localcontext(EXACT):
        return _figures(_placed(plan, config).terms[_PLAN])


def win_rate(plan: Plan, config: Config) -> WinRate:
    """How many of a plan's opportunities were won and lost."""
    statuses = [opportunity.status for opportunity in plan.opportunities.values()]
    return WinRate(statuses.count("won"), statuses.count("lost"), config.revenue.win_rate)


def probability_of(opportunity: Opportunity, config: Config) -> Decimal | None:
    """An opportunity's own probability, else its stage's; None where it has neither."""
    if opportunity.probability is None and opportunity.stage is not None:
        return config.stages[opportunity.stage].probability
    return opportunity.probability


_PLAN = ""
"""Stands for the whole plan among the keys of periods."""


class _Placed(NamedTuple):
    """Where the terms of a plan belong."""

    terms: defaultdict[str, list[Term]]
    """By period, and of the plan."""
    nowhere: list[Term]
    """Of open and won opportunities that no period counts."""
    covered: list[Term]


def _placed(plan: Plan, config: Config) -> _Placed:
    placed = _Placed(defaultdict(list), [], [])
    for key, entry in plan.revenue.items():
        outer = fiscal.around(key)
        if entry.goal is not None:
            term = Term("goal", key, entry.goal, None, entry.goal, ("revenue", key, "goal"))
            placed.terms[key].append(term)
            if not any(around in plan.revenue and plan.revenue[around].goal is not None for around in outer):
                placed.terms[_PLAN].append(term)
        if entry.actual is not None:
            term = Term("actual", key, entry.actual, None, entry.actual, ("revenue", key, "actual"))
            for place in (key, *_without_actual(plan, outer)):
                placed.terms[place].append(term)
    start = fiscal.year_starts(plan.profile, config)
    for identifier, opportunity in plan.opportunities.items():
        adds = _term(identifier, opportunity, config)
        if adds is None:
            continue
        closes = opportunity.close_date
        listed = [] if closes is None else [key for key in fiscal.holding(closes, start) if key in plan.revenue]
        if listed:
            places = [*_without_actual(plan, listed)] if adds.kind == "won" else [*listed, _PLAN]
            for place in places:
                placed.terms[place].append(adds)
            if _PLAN not in places:
                placed.covered.append(adds)
        elif adds.kind != "potential":
            placed.nowhere.append(adds)
        elif closes is None:
            placed.terms[_PLAN].append(adds)
    return placed


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
    """Rounded down, so that 1 means all."""
    return EXACT.divide(amount, goal).quantize(_SHARE, ROUND_FLOOR, context=EXACT) if goal else None


def _period(plan: Plan, period: fiscal.Period, terms: Sequence[Term]) -> PeriodFigures:
    outer = [key for key in fiscal.around(period.key) if key in plan.revenue]
    has_actual = any(term.kind == "actual" for term in terms) or any(plan.revenue[key].actual is not None for key in outer)
    return PeriodFigures(period, _figures(terms), len(outer), has_actual)


def _years(plan: Plan, terms: Iterable[Term], start: int) -> Iterator[PeriodFigures]:
    """The terms of the plan, by fiscal year."""
    by_year: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms:
        if term.kind in ("goal", "actual"):
            by_year[fiscal.period(term.id, start).year].append(term)
        elif closes := plan.opportunities[term.id].close_date:
            by_year[fiscal.holding(closes, start)[-1]].append(term)
    for year in sorted(by_year):
        yield PeriodFigures(fiscal.period(year, start), _figures(by_year[year]), 0, any(term.kind == "actual" for term in by_year[year]))


def _left_out(plan: Plan, terms: Iterable[Term], nowhere: Collection[str]) -> Iterator[LeftOut]:
    for term in terms:
        closes = plan.opportunities[term.id].close_date
        known = {
            "value": term.value is not None,
            "probability": term.kind != "open" or term.probability is not None,
            "close date": term.kind == "potential" or closes is not None,
        }
        yield LeftOut(term, tuple(name for name, is_known in known.items() if not is_known), closes if term.id in nowhere else None)
