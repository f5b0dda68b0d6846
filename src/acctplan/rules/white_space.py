"""Rules about white space: what each unit has of what we could sell, and what ends soon."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from acctplan.analysis.white_space import known_solutions, opportunities_over, renews, solution_names
from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import days, listed, short

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from acctplan.model import Cell, Opportunity, Plan

_NAMED = 3
"""How many solutions a message names."""


@rule("white-space/no-renewal", severity=Severity.WARNING, level=Level.WORKING, weight=4)
def no_renewal(plan: Plan, context: Context) -> Iterator[Finding]:
    """A contract of ours ends soon or has ended, and no opportunity renews it.

    Why: Nothing is cheaper to win than what we have, and nothing hurts more to lose. Whoever starts talking when the
    contract ends finds the others at the table.

    Fix: Add an opportunity with `kind: renewal` for this unit and solution. If it is renewed already, write the new
    `contract_ends`. How soon is soon stands in `limits.contract_days`.
    """
    limit = context.config.limits.contract_days
    for unit, solution, cell, over in _contracts(plan, "ours"):
        assert cell.contract_ends is not None
        pursued = any(one.is_live and one.kind in ("renewal", "up_sell", None) for one in over)
        renewed = pursued or any(renews(one, cell.contract_ends, limit) for one in over)
        about = f"our contract for {_place(plan, context, unit, solution)}"
        message = None if renewed else _ending(about, cell.contract_ends, context, "no opportunity renews it")
        yield ("white_space", unit, solution, "contract_ends"), message


@rule("white-space/contract-ending", severity=Severity.WARNING, level=Level.WORKING, weight=3)
def contract_ending(plan: Plan, context: Context) -> Iterator[Finding]:
    """A competitor's contract ends soon or has ended, and no opportunity is after it.

    Why: This is when the customer looks around. If we are not in the talks before the notice period, the next chance
    comes when the next contract ends.

    Fix: Add an opportunity for this unit and solution, or note in the cell who has it now and until when. Where you
    do not want to sell, write `target: false` with the unit. How soon is soon stands in `limits.contract_days`.
    """
    for unit, solution, cell, over in _contracts(plan, "competitor"):
        if plan.units[unit].target is not False:
            holder = "a competitor" if cell.competitor is None else short(plan.competitors[cell.competitor].name)
            about = f"the contract of {holder} for {_place(plan, context, unit, solution)}"
            pursued = any(one.is_live for one in over)
            message = None if pursued else _ending(about, cell.contract_ends, context, "no opportunity is after it")
            yield ("white_space", unit, solution, "contract_ends"), message


@rule("white-space/half-said", severity=Severity.ADVICE, level=Level.WORKING, weight=1)
def half_said(plan: Plan, context: Context) -> Iterator[Finding]:
    """A cell says that it is blocked and not why, or that a competitor has it and not who.

    Why: A reason can go away and a competitor can be beaten, but only if you know which. Without it the cell is
    crossed out for good.

    Fix: Write `reason` with what is blocked, best with until when, and `competitor` with what somebody else has.
    """
    for unit, row in plan.white_space.items():
        for solution, cell in row.items():
            if cell.status == "blocked":
                message = f"{_place(plan, context, unit, solution)} is blocked, and nothing says why"
                yield ("white_space", unit, solution, "reason"), None if cell.reason else message
            elif cell.status == "competitor":
                message = f"a competitor has {_place(plan, context, unit, solution)}, and nothing says who"
                yield ("white_space", unit, solution, "competitor"), message if cell.competitor is None else None


@rule("white-space/unknown", severity=Severity.ADVICE, level=Level.REVIEW, weight=2)
def unknown(plan: Plan, context: Context) -> Iterator[Finding]:
    """Of a target unit we do not know what it has of something that we could sell.

    Why: White space is the first place to look for the next opportunity. What is unknown is not white: it may be a
    competitor's, or open, or never needed.

    Fix: Ask, and write a cell for each: ours, competitor, in_house, open, blocked or not_needed. The people who use
    it know best what is there.
    """
    names, known = solution_names(plan, context.config), known_solutions(plan)
    if not names:
        return
    for identifier, unit in plan.units.items():
        if unit.target:
            told = known.get(identifier, set())
            left = len(names) - len(told)
            some = [short(name) for name in islice((name for solution, name in names.items() if solution not in told), _NAMED)]
            more = [f"{left - _NAMED} more"] if left > _NAMED else []
            message = f"nothing says what {short(unit.name)} has of {listed([*some, *more])}" if left else None
            yield ("white_space", identifier), message


@rule("white-space/untapped", severity=Severity.ADVICE, level=Level.REVIEW, weight=2)
def untapped(plan: Plan, context: Context) -> Iterator[Finding]:
    """A target unit is open for something that we sell, and no opportunity is after it.

    Why: We want to sell there, and nobody has it yet. Either there is a reason not to, or it is the easiest
    opportunity that you have not written down.

    Fix: Add a potential opportunity for this unit and solution. If there is a reason not to, make the cell `blocked`
    with that `reason`, or `not_needed`.
    """
    over = opportunities_over(plan)
    for unit, row in plan.white_space.items():
        spots = [solution for solution, cell in row.items() if cell.status == "open"] if plan.units[unit].target else []
        if spots:
            left = [solution for solution in spots if (unit, solution) not in over]
            some = [_solution(plan, context, solution) for solution in left[:_NAMED]]
            more = [f"{len(left) - _NAMED} more"] if len(left) > _NAMED else []
            message = (
                f"{short(plan.units[unit].name)} is open for {listed([*some, *more])}, and no opportunity is after it" if left else None
            )
            yield ("white_space", unit, (left or spots)[0]), message


def _contracts(plan: Plan, status: str) -> Iterator[tuple[str, str, Cell, list[Opportunity]]]:
    """The cells of a status that say when the contract ends: unit, solution, cell, and the opportunities over it, won ones too."""
    over = opportunities_over(plan)
    for unit, row in plan.white_space.items():
        for solution, cell in row.items():
            if cell.status == status and cell.contract_ends is not None:
                yield unit, solution, cell, [plan.opportunities[identifier] for identifier in over.get((unit, solution), ())]


def _ending(about: str, ends: date | None, context: Context, wanting: str) -> str | None:
    """What to say of a contract that ends soon or has ended; None where there is time."""
    assert ends is not None
    left = (ends - context.today).days
    if left > context.config.limits.contract_days:
        return None
    if left < 0:
        when = f"ended on {ends}, {days(-left)} ago"
    elif left == 0:
        when = f"ends today, on {ends}"
    else:
        when = f"ends on {ends}, in {days(left)}"
    return f"{about} {when}, and {wanting}"


def _place(plan: Plan, context: Context, unit: str, solution: str) -> str:
    """A cell in words: the solution, and the unit in brackets."""
    return f"{_solution(plan, context, solution)} ({short(plan.units[unit].name)})"


def _solution(plan: Plan, context: Context, identifier: str) -> str:
    own = plan.solutions.get(identifier)
    return short(context.config.solutions[identifier].name if own is None else own.name)
