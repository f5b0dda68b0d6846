"""Why an account is at risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan import rules
from acctplan.analysis.amounts import currency_of, money, percent
from acctplan.analysis.white_space import opportunities_over, renews, solution_names
from acctplan.health import Band
from acctplan.rules import contacts, meetings
from acctplan.rules.levels import level_of
from acctplan.rules.words import days, quoted, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from acctplan.analysis.overdue import Due
    from acctplan.analysis.revenue import Revenue
    from acctplan.diagnostic import Pointer
    from acctplan.health import Health
    from acctplan.loader import Loaded
    from acctplan.model import Opportunity, Plan
    from acctplan.rules import Context

LONG_OVERDUE = 30
"""An account is at risk where something is overdue for more than so many days."""
YOUNG = 90
"""Days from the start of a plan in which a poor score of health puts nobody at risk: there was no time to make it better."""


Concern: TypeAlias = Literal["forecast", "health", "meeting", "overdue", "single-threaded", "contract", "risk"]
"""What can put an account at risk."""
Grade: TypeAlias = Literal["act now", "watch"]
"""How urgent that is: something is overdue or ends soon; or it can still be planned."""
_NOW: tuple[Concern, ...] = ("meeting", "overdue", "contract")


class Late(NamedTuple):
    """Something that is overdue."""

    due: Due
    days: int
    line: int


class Reason(NamedTuple):
    """Why an account is at risk."""

    concern: Concern
    words: str
    pointer: Pointer
    line: int

    @property
    def grade(self) -> Grade:
        """How urgent it is."""
        return "act now" if self.concern in _NOW else "watch"


class Ending(NamedTuple):
    """A contract of ours that ends within the limit, or has ended, and is not renewed yet."""

    unit: str
    solution: str
    ends: date
    spend: Decimal | None
    """What they pay for it in a year, in the plan's currency."""
    renewals: tuple[str, ...]
    """The opportunities that may renew it and can still be won."""
    words: str

    @property
    def pointer(self) -> Pointer:
        """Where the plan says when it ends."""
        return ("white_space", self.unit, self.solution, "contract_ends")


def reasons(loaded: Loaded, plan: Plan, context: Context, revenue: Revenue, scores: Health, late: Sequence[Late]) -> Iterator[Reason]:
    """Why an account is at risk. What a rule reports too is none where it is waived.

    Args:
        loaded: the plan's file.
        plan: the plan that was read from it.
        context: the settings, and the day it is.
        revenue: its goals and what is forecast.
        scores: its health.
        late: what is overdue, the latest first.
    """
    yield from _of_goal(loaded, plan, context, revenue)
    if _is_grown_up(plan, context):
        yield from _of_health(loaded, scores)
    yield from _of_rules(loaded, context)
    yield from _of_late(late)
    yield from _of_contracts(loaded, plan, context)
    yield from _of_risks(loaded, plan)


def _reason(loaded: Loaded, concern: Concern, words: str, pointer: Pointer) -> Reason:
    return Reason(concern, words, pointer, loaded.locate(pointer)[0].line)


def _of_goal(loaded: Loaded, plan: Plan, context: Context, revenue: Revenue) -> Iterator[Reason]:
    """The fiscal year that it is, where it has a goal; else the plan as a whole."""
    config, figures, about = context.config, revenue.plan, ""
    pointer: Pointer = ("revenue",)
    for year in revenue.years:
        if year.figures.goal is not None and year.period.phase(context.today) == "current":
            figures, about = year.figures, f" for {year.period.key}"
            pointer = ("revenue", year.period.key)[: 2 if year.period.key in plan.revenue else 1]
    if figures.goal is not None and figures.expected is not None and figures.expected < config.limits.at_risk_below:
        currency = currency_of(plan, config)
        forecast, goal = money(figures.forecast, currency), money(figures.goal, currency)
        words = f"the forecast{about} of {forecast} is {percent(figures.expected)} of the goal of {goal}"
        yield _reason(loaded, "forecast", words, pointer)


def _is_grown_up(plan: Plan, context: Context) -> bool:
    """Whether a poor score says something: the plan is known to be some months old, and is more than a first draft."""
    starts = plan.profile.starts
    return starts is not None and (context.today - starts).days > YOUNG and level_of(plan, context.config.check) != rules.Level.START


def _of_health(loaded: Loaded, scores: Health) -> Iterator[Reason]:
    if poor := [score for score in scores.scores if score.band is Band.POOR]:
        words = ", ".join(f"{score.name} {score.good} of {len(score.items)}" for score in poor)
        wanting = next(item.pointer for item in poor[0].items if not item.is_good)
        yield _reason(loaded, "health", f"health is poor: {words}", wanting)


_RULES: Mapping[str, Concern] = {meetings.overdue.name: "meeting", contacts.single_threaded.name: "single-threaded"}
"""Rules whose findings put an account at risk, whatever else is expected of its plan."""


def _of_rules(loaded: Loaded, context: Context) -> Iterator[Reason]:
    checkup = rules.check(loaded, (meetings.overdue, contacts.single_threaded), context, rules.Level.REVIEW)
    for name, concern in _RULES.items():
        if found := [diagnostic for diagnostic in checkup.diagnostics if diagnostic.rule == name]:
            more = f", and {len(found) - 1} more of its kind" if len(found) > 1 else ""
            yield Reason(concern, found[0].message + more, found[0].pointer, found[0].location.line)


def _of_late(late: Sequence[Late]) -> Iterator[Reason]:
    if long := [one for one in late if one.days > LONG_OVERDUE and one.due.kind != "meeting"]:  # of meetings a rule speaks
        others = len(long) - 1
        more = f", and {others} more {'is' if others == 1 else 'are'} overdue for longer than {days(LONG_OVERDUE)}" if others else ""
        yield Reason("overdue", f"{said(long[0].due)}, {days(long[0].days)} ago{more}", long[0].due.pointer, long[0].line)


def _of_contracts(loaded: Loaded, plan: Plan, context: Context) -> Iterator[Reason]:
    for one in ending(plan, context):
        yield _reason(loaded, "contract", one.words, one.pointer)


def ending(plan: Plan, context: Context) -> Iterator[Ending]:
    """Contracts of ours that end within the limit, or have ended, and are not renewed yet.

    What was won over the same unit and solution renews a contract only if it is a renewal that closed about when the contract ends.
    """
    over = opportunities_over(plan)
    names = solution_names(plan, context.config)
    limit = context.config.limits.contract_days
    for unit, row in plan.white_space.items():
        for solution, cell in row.items():
            if cell.status == "ours" and (ends := cell.contract_ends) is not None and (ends - context.today).days <= limit:
                about = {key: plan.opportunities[key] for key in over.get((unit, solution), ())}
                if not any(renews(one, ends, limit) for one in about.values()):
                    renewals = {key: one for key, one in about.items() if one.is_live and one.kind in ("renewal", "up_sell", None)}
                    place = f"{short(names[solution])} ({short(plan.units[unit].name)})"
                    words = f"our contract for {place} {_ending(ends, context.today)}, and {_renewing([*renewals.values()])}"
                    yield Ending(unit, solution, ends, cell.spend, tuple(renewals), words)


def _ending(ends: date, today: date) -> str:
    left = (ends - today).days
    return f"ends on {ends}, in {days(left)}" if left >= 0 else f"ended on {ends}, {days(-left)} ago"


def _renewing(renewals: Sequence[Opportunity]) -> str:
    return f"{quoted(renewals[0].name)} is not won yet" if renewals else "no opportunity renews it"


def _of_risks(loaded: Loaded, plan: Plan) -> Iterator[Reason]:
    for identifier, risk in plan.risks.items():
        if risk.status == "open" and risk.likelihood == "high" and risk.impact == "high":
            answer = "" if risk.response else ", and there is no answer to it"
            yield _reason(loaded, "risk", f"{quoted(risk.what)} is likely and would hurt much{answer}", ("risks", identifier))


def said(due: Due) -> str:
    """Something that is overdue, in words."""
    about = {
        "action": f"{quoted(due.what)} was due",
        "next_step": f"the next step of {quoted(due.what)} was due",
        "close_date": f"{quoted(due.what)} should have closed",
        "objective": f"{quoted(due.what)} should have been reached",
        "meeting": "the relationship meeting was due",
        "review": "the review of the plan was due",
    }
    return f"{about[due.kind]} on {due.due}"
