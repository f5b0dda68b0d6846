"""Last period's plan as the start of the next one. What is over is left behind; what must be thought through again is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.edit import Annotate, Delete, Edit, Set, apply
from acctplan.model.references import references
from acctplan.scaffold.period import end_of_year_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from acctplan.diagnostic import Pointer
    from acctplan.document import Document
    from acctplan.model import Plan

MARK = "review: "
"""How a comment begins that asks for something to be thought through again."""


def roll_forward(document: Document, plan: Plan, starts: date, name: str | None = None) -> str:
    """The text of the plan for the twelve months from `starts`, with every comment of the old one.

    Left behind: what was won, lost, dropped, achieved, cancelled or done, all held meetings but the last, reviews, revenue by
    period. Marked with a comment `# review: ...` above: the profile, contacts, opportunities, objectives, risks and white space
    that come along.

    Args:
        document: the standing plan's text.
        plan: the same, loaded.
        starts: first day of the new period.
        name: the customer's name, where it is another.

    Raises:
        RefusedError: the text is written so unusually that it cannot be changed safely.
    """
    return apply(document, [*_left_behind(plan), *_new_period(plan, starts, name), *_marks(plan)]).text


def _left_behind(plan: Plan) -> Iterator[Edit]:
    closed = {key for key, opportunity in plan.opportunities.items() if opportunity.status in ("won", "lost", "dropped")}
    reached = {key for key, objective in plan.objectives.items() if not objective.is_open}
    gone: list[Pointer] = [
        *(("opportunities", key) for key in closed),
        *(("objectives", key) for key in reached),
        *_done_actions(plan),
    ]
    if plan.meetings and plan.meetings.held:
        last = max(plan.meetings.held)
        gone += [("meetings", "held", day.isoformat()) for day in plan.meetings.held if day != last]
    gone += [("reviews",)] if plan.reviews else []
    # Ids of what goes, wherever else they stand; from the end of each list, so that positions stay true.
    mentions = [
        reference.pointer
        for reference in references(plan)
        if "opportunities" in reference.sections and reference.id in closed and not _is_below(reference.pointer, gone)
    ]
    yield from (Delete(pointer) for pointer in reversed(mentions))
    yield from (Delete(pointer) for pointer in gone if not _is_below(pointer, [other for other in gone if other != pointer]))


def _done_actions(plan: Plan) -> Iterator[Pointer]:
    for objective_key, objective in plan.objectives.items():
        for strategy_key, strategy in objective.strategies.items():
            for key, action in strategy.actions.items():
                if not action.is_open:
                    yield "objectives", objective_key, "strategies", strategy_key, "actions", key


def _is_below(pointer: Pointer, parents: Iterable[Pointer]) -> bool:
    return any(pointer[: len(parent)] == parent for parent in parents)


def _new_period(plan: Plan, starts: date, name: str | None) -> Iterator[Edit]:
    if name is not None and name != plan.profile.name:
        yield Set(("profile", "name"), name)
    yield Set(("profile", "starts"), starts)
    yield Set(("profile", "ends"), end_of_year_from(starts))
    if plan.meetings and plan.meetings.next and plan.meetings.next < starts:
        yield Delete(("meetings", "next"))
    periods = [f"FY{starts.year}{suffix}" for suffix in dict.fromkeys(period[6:] for period in plan.revenue) or ("",)]
    yield from (Set(("revenue", period), {"goal": None}) for period in periods)
    yield from (Delete(("revenue", period)) for period in plan.revenue if period not in periods)
    yield Annotate(("revenue",), MARK + "the goals of the new period; what was sold stays in the old plan")


def _marks(plan: Plan) -> Iterator[Edit]:
    yield Annotate(("profile",), MARK + "is this still who they are, and what they want?")
    for key, contact in plan.contacts.items():
        who = "is the seat still there?" if contact.name is None else "still in this seat? stance, coverage and agenda still right?"
        yield Annotate(("contacts", key), MARK + who)
    for key in plan.insights:
        yield Annotate(("insights", key), MARK + "does this still drive them?")
    for key in plan.white_space:
        yield Annotate(("white_space", key), MARK + "what do they have now, from whom, until when?")
    for key, opportunity in plan.opportunities.items():
        if opportunity.status in ("potential", "open"):
            yield Annotate(("opportunities", key), MARK + "still real? value, date, importance, competition and next step")
    for key, objective in plan.objectives.items():
        if objective.is_open:
            yield Annotate(("objectives", key), MARK + "still what we want? new date, new actions")
    for key in plan.risks:
        yield Annotate(("risks", key), MARK + "still a risk? likelihood and response")
