"""Why an account is at risk."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan import rules
from acctplan.analysis.amounts import currency_of, money
from acctplan.analysis.white_space import opportunities_over, solution_names
from acctplan.health import Band
from acctplan.rules import contacts, meetings
from acctplan.rules.words import days, quoted, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from acctplan.analysis.overdue import Due
    from acctplan.analysis.revenue import Figures
    from acctplan.diagnostic import Pointer
    from acctplan.health import Health
    from acctplan.loader import Loaded
    from acctplan.model import Opportunity, Plan
    from acctplan.rules import Context

ENOUGH = Decimal("0.8")
"""An account is at risk where its forecast is less than this share of the goal."""
LONG_OVERDUE = 30
"""And where something is overdue for more than so many days."""


Concern: TypeAlias = Literal["forecast", "health", "meeting", "overdue", "single-threaded", "contract", "risk"]
"""What can put an account at risk."""


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


def reasons(loaded: Loaded, plan: Plan, context: Context, figures: Figures, scores: Health, late: Sequence[Late]) -> Iterator[Reason]:
    """Why an account is at risk. What a rule reports too is none where it is waived.

    Args:
        loaded: the plan's file.
        plan: the plan that was read from it.
        context: the settings, and the day it is.
        figures: its revenue over all periods.
        scores: its health.
        late: what is overdue, the latest first.
    """
    currency = currency_of(plan, context.config)
    yield from _of_goal(loaded, currency, figures)
    yield from _of_health(loaded, scores)
    yield from _of_rules(loaded, context)
    yield from _of_late(late)
    yield from _of_contracts(loaded, plan, context)
    yield from _of_risks(loaded, plan)


def _reason(loaded: Loaded, concern: Concern, words: str, pointer: Pointer) -> Reason:
    return Reason(concern, words, pointer, loaded.locate(pointer)[0].line)


def _of_goal(loaded: Loaded, currency: str, figures: Figures) -> Iterator[Reason]:
    if figures.goal is not None and figures.expected is not None and figures.expected < ENOUGH:
        forecast, goal = money(figures.forecast, currency), money(figures.goal, currency)
        yield _reason(loaded, "forecast", f"the forecast of {forecast} is {percent(figures.expected)} of the goal of {goal}", ("revenue",))


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
    """Contracts of ours that end within the limit, or have ended, and are not renewed yet."""
    over = opportunities_over(plan)
    names = solution_names(plan, context.config)
    for unit, row in plan.white_space.items():
        for solution, cell in row.items():
            if cell.status == "ours" and cell.contract_ends is not None:
                renewals = [plan.opportunities[key] for key in over.get((unit, solution), ())]
                renewals = [one for one in renewals if one.kind in ("renewal", "up_sell", None)]
                is_soon = (cell.contract_ends - context.today).days <= context.config.limits.contract_days
                if is_soon and all(one.status != "won" for one in renewals):
                    place = f"{short(names[solution])} ({short(plan.units[unit].name)})"
                    words = f"our contract for {place} {_ending(cell.contract_ends, context.today)}, and {_renewing(renewals)}"
                    yield _reason(loaded, "contract", words, ("white_space", unit, solution, "contract_ends"))


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


def percent(share: Decimal) -> str:
    """A share in whole percent, rounded down, so that 100 means all."""
    return f"{(share * 100).to_integral_value(ROUND_FLOOR):f} %"
