"""What we do about it: what they drive at and what we want, actions, meetings, risks, open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.render.deck.paper import SMALL, TEXT, Line, as_large_as_fits
from acctplan.render.deck.tables import Cell, Column, table_slides
from acctplan.render.pictures.placing import Area
from acctplan.render.text import UNKNOWN, day, days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.render.deck.paper import Paper
    from acctplan.render.view import PlanView
    from acctplan.render.view.execution import HeldMeeting, Meetings

_GAP = 24.0
_MOST_NEWS = 4


def execution_slides(paper: Paper, view: PlanView) -> None:
    """Each only where the plan has something to say."""
    _objectives(paper, view)
    _actions(paper, view)
    if view.meetings is not None:
        _meetings(paper, view.meetings)
    _risks(paper, view)
    _questions(paper, view)


def _objectives(paper: Paper, view: PlanView) -> None:
    columns = (Column("Objective", 5), Column("How we will know", 3), Column("Owner", 2), Column("Due", 1.8), Column("Status", 1.8))
    rows = [
        [
            Cell(one.what, one.category, bold=True),
            Cell("? unknown" if one.measure is None else one.measure.metric),
            Cell(one.owner or "? unknown"),
            Cell(_day(one.due)),
            Cell(f"{one.state.symbol} {one.state.word}", f"by {days(one.days_late)}" if one.days_late else ""),
        ]
        for one in view.objectives
    ]
    notes = [f"{one.what}: {text}" for one in view.objectives for text in (one.relevance, one.notes) if text]
    table_slides(paper, "Objectives", columns, rows, notes)


def _actions(paper: Paper, view: PlanView) -> None:
    columns = (Column("To do, the late first", 6), Column("Owner", 2), Column("Due", 1.8), Column("Status", 1.8))
    rows = [
        [
            Cell(
                one.action.what, one.purpose or (f"agreed on {_day(one.meeting)}" if one.meeting else ""), bold=bool(one.action.days_late)
            ),
            Cell(one.action.owner or "? unknown"),
            Cell(_day(one.action.due)),
            Cell(f"{one.action.state.symbol} {one.action.state.word}", f"by {days(one.action.days_late)}" if one.action.days_late else ""),
        ]
        for one in view.open_actions
    ]
    notes = [f"{one.action.what}: {one.action.notes}" for one in view.open_actions if one.action.notes]
    table_slides(paper, "Actions", columns, rows, notes)


def _meetings(paper: Paper, found: Meetings) -> None:
    notes = [note for held in found.held for note in _told(held)]
    sheet = paper.slide("Relationship meetings", notes)
    room = sheet.room
    wide = (room.width - _GAP) / 2
    when = "? none planned" if found.next is None else f"{_day(found.next)}{' (! past)' if found.next_is_past else ''}"
    lines = [
        Line("Next", SMALL, soft=True),
        Line(when, TEXT + 4, bold=True),
        Line("How often", SMALL, soft=True, gap=8),
        Line(f"every {found.every_months} months{', assumed' if found.cadence_assumed else ''}", TEXT),
        Line("With", SMALL, soft=True, gap=8),
        Line(", ".join(found.participants) or "? unknown", TEXT, most=4),
        Line("Held", SMALL, soft=True, gap=8),
        Line(", ".join(_day(held.held) for held in found.held) or "none yet", TEXT, most=3),
    ]
    columns = [lines, list(_last(found.held[0]))] if found.held else [lines]
    for place, sized in enumerate(as_large_as_fits(columns, wide, room.height)):
        sheet.text(Area(room.x + place * (wide + _GAP), room.y, wide, room.height), sized)


def _last(held: HeldMeeting) -> Iterator[Line]:
    yield Line("Last time", SMALL, soft=True)
    yield Line(_day(held.held), TEXT + 4, bold=True)
    if held.attended:
        yield Line(", ".join(held.attended), SMALL + 1, soft=True, most=2)
    yield Line(f"{held.expectations.symbol} {held.expectations.word}", TEXT, gap=6)
    yield Line(f"{held.purchasing.symbol} purchasing {held.purchasing.word}", TEXT)
    invoices = "? overdue invoices unknown"
    if held.overdue_invoices is not None:
        invoices = f"{held.overdue_invoices} overdue invoice{'' if held.overdue_invoices == 1 else 's'}"
    yield Line(invoices, TEXT)
    for heading, texts in (("News from them", held.news_from_them), ("Ideas", held.ideas), ("Goals", held.goals)):
        if texts:
            yield Line(heading, SMALL, soft=True, gap=8)
            yield from (Line(text, TEXT, most=2, point=True) for text in texts[:_MOST_NEWS])
    if held.actions:
        yield Line("Agreed", SMALL, soft=True, gap=8)
        for action in held.actions[:_MOST_NEWS]:
            yield Line(f"{action.state.symbol} {action.state.word}: {action.what}", TEXT, most=2)


def _told(held: HeldMeeting) -> Iterator[str]:
    yield f"{_day(held.held)}: {held.expectations.word}; purchasing {held.purchasing.word}"
    for text in (held.our_notes, held.their_notes, held.finance_notes, held.notes):
        if text:
            yield text
    yield from (f"News from us: {text}" for text in held.news_from_us)
    yield from (f"News from them: {text}" for text in held.news_from_them)
    yield from (f"Idea: {text}" for text in held.ideas)
    yield from (f"Goal: {text}" for text in held.goals)
    yield from (f"Agreed: {action.what} ({action.state.word})" for action in held.actions)


def _risks(paper: Paper, view: PlanView) -> None:
    columns = (
        Column("Risk", 4),
        Column("Likelihood", 1.8),
        Column("Impact", 1.5),
        Column("What we do", 4),
        Column("Owner", 1.8),
        Column("Status", 1.3),
    )
    rows = [
        [
            Cell(one.what, bold=one.status.key == "open"),
            Cell(f"{one.likelihood.symbol} {one.likelihood.word}"),
            Cell(f"{one.impact.symbol} {one.impact.word}"),
            Cell(one.response or "? nothing yet"),
            Cell(one.owner or "? unknown"),
            Cell(f"{one.status.symbol} {one.status.word}"),
        ]
        for one in view.risks
    ]
    table_slides(paper, "Risks", columns, rows)


def _questions(paper: Paper, view: PlanView) -> None:
    columns = (Column("What we do not know", 4), Column("For", 4), Column("Could lift the scores by", 1.8, is_number=True))
    rows = [
        [Cell(one.question, one.at_best, bold=True), Cell(", ".join(lifted.name for lifted in one.lifts)), Cell(f"{one.points}")]
        for one in view.questions
    ]
    table_slides(paper, "Open questions", columns, rows, ["Points are counted for the best answer, which no question promises."])


def _day(when: object) -> str:
    return UNKNOWN if when is None else day(str(when))
