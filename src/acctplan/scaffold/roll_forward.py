"""Last period's plan as the start of the next one. What is over is left behind; what must be thought through again is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis import fiscal
from acctplan.analysis.actions import placed_actions
from acctplan.analysis.calendar import end_of_year_from
from acctplan.document import Mapping
from acctplan.edit import Annotate, Delete, Edit, Set, apply
from acctplan.model.references import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.document import Document
    from acctplan.model import Plan

MARK = "review: "
"""How a comment begins that asks for something to be thought through again."""


def roll_forward(document: Document, plan: Plan, starts: date, config: Config, name: str | None = None) -> str:
    """The text of the plan for the twelve months from `starts`, with every comment of the old one.

    Left behind: what was won, lost, dropped, achieved, cancelled, done or closed, all held meetings but the last (which stays as it
    was held), reviews, revenue of other periods. Marked with a comment `# review: ...` above: the profile, insights, contacts,
    opportunities, objectives, risks and white space that come along. Entries that share a line share a mark.

    Args:
        document: the standing plan's text.
        plan: the same, loaded.
        starts: first day of the new period.
        config: says when the fiscal year starts where the plan does not.
        name: the customer's name, where it is another.

    Raises:
        RefusedError: the text is written so unusually that it cannot be changed safely.
    """
    marks = dict.fromkeys(mark for pointer, question in _to_review(plan) for mark in _mark(document, pointer, question))
    return apply(document, [*_left_behind(plan), *_new_period(plan, starts, config, name), *marks]).text


def _left_behind(plan: Plan) -> Iterator[Edit]:
    closed = {key for key, opportunity in plan.opportunities.items() if not opportunity.is_live}
    reached = {key for key, objective in plan.objectives.items() if not objective.is_open}
    gone: list[Pointer] = [
        *(("opportunities", key) for key in closed),
        *(("objectives", key) for key in reached),
        *(("risks", key) for key, risk in plan.risks.items() if risk.status == "closed"),
        *(pointer for pointer, action, objective, _ in placed_actions(plan) if objective is not None and not action.is_open),
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


def _is_below(pointer: Pointer, parents: Iterable[Pointer]) -> bool:
    return any(pointer[: len(parent)] == parent for parent in parents)


def _new_period(plan: Plan, starts: date, config: Config, name: str | None) -> Iterator[Edit]:
    if name is not None and name != plan.profile.name:
        yield Set(("profile", "name"), name)
    yield Set(("profile", "starts"), starts)
    ends = end_of_year_from(starts)
    yield Set(("profile", "ends"), ends)
    if plan.meetings and plan.meetings.next and plan.meetings.next < starts:
        yield Delete(("meetings", "next"))
    year_starts = fiscal.year_starts(plan.profile, config)
    parts = dict.fromkeys(period[6:] for period in plan.revenue) or ("",)
    keys = (f"{year}{part}" for year in fiscal.years(starts, ends, year_starts) for part in parts)
    periods = [key for key in keys if (one := fiscal.period(key, year_starts)).starts <= ends and one.ends >= starts]
    yield from (Set(("revenue", period), {"goal": None}) for period in periods if period not in plan.revenue)
    yield from (Delete(("revenue", period)) for period in plan.revenue if period not in periods)


def _to_review(plan: Plan) -> Iterator[tuple[Pointer, str]]:
    """What must be thought through again, and the question to ask."""
    yield ("profile",), "is this still who they are, and what they want?"
    for key in plan.insights:
        yield ("insights", key), "does this still drive them?"
    for key, contact in plan.contacts.items():
        held = "still in this seat? stance, coverage and agenda still right?"
        yield ("contacts", key), "is the seat still there?" if contact.name is None else held
    for key in plan.white_space:
        yield ("white_space", key), "what do they have now, from whom, until when?"
    for key, opportunity in plan.opportunities.items():
        if opportunity.status in ("potential", "open"):
            yield ("opportunities", key), "still real? value, date, importance, competition and next step"
    for key, objective in plan.objectives.items():
        if objective.is_open:
            yield ("objectives", key), "still what we want? new date, new actions"
    yield ("revenue",), "the goals of the new period; what was sold stays in the old plan"
    for key, risk in plan.risks.items():
        if risk.status == "open":
            yield ("risks", key), "still a risk? likelihood and response"


def _mark(document: Document, pointer: Pointer, question: str) -> Iterator[Annotate]:
    """The mark above an entry, unless it stands there since the last time. Inside braces there is room above the whole section only."""
    section = document.node(pointer[:1])
    if isinstance(section, Mapping) and section.flow:
        pointer = pointer[:1]
    above = document.lines.place(document.span(pointer, key=True)[0])[0] - 1
    while above and (line := document.lines.line(above).strip()).startswith("#"):
        if line == f"# {MARK}{question}":
            return
        above -= 1
    yield Annotate(pointer, MARK + question)
