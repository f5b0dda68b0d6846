"""The deck, slide by slide."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from acctplan.render.deck.execution import execution_slides
from acctplan.render.deck.house import house_of
from acctplan.render.deck.money import revenue_slides
from acctplan.render.deck.package import settled
from acctplan.render.deck.paper import SMALL, TEXT, Line, Paper, as_large_as_fits, height_of
from acctplan.render.deck.people import people_slides
from acctplan.render.deck.pipeline import pipeline_slides
from acctplan.render.deck.white_space import white_space_slides
from acctplan.render.deck.wording import fitted, one_line
from acctplan.render.pictures.placing import Area
from acctplan.render.text import clean, day, money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acctplan.render.view import PlanView
    from acctplan.render.view.summary import Point, Sentence

_EDITION = "Internal edition"
_FIGURES = 64.0
_GAP = 12.0
_MOST_LINES = 5
_PARTS: tuple[Callable[[Paper, PlanView], None], ...] = (
    revenue_slides,
    pipeline_slides,
    people_slides,
    white_space_slides,
    execution_slides,
)


def drawn(view: PlanView, house: bytes | None) -> bytes:
    """As `deck`."""
    looks = house_of(house)
    name = one_line(view.name, looks.wide * 0.5, SMALL)
    paper = Paper(looks, f"{_EDITION} · {name} · as of {day(view.today.isoformat())}")
    _opening(paper, view)
    _in_short(paper, view)
    for part in _PARTS:
        part(paper, view)
    _described(paper.presentation, view)
    out = io.BytesIO()
    paper.presentation.save(out)
    return settled(out.getvalue(), view.today)


def _described(presentation: Any, view: PlanView) -> None:
    """What the file says about itself."""
    moment = datetime(view.today.year, view.today.month, view.today.day)  # noqa: DTZ001  python-pptx takes it as UTC
    about = presentation.core_properties
    about.title = one_line(f"Account plan: {view.name}", 1000, SMALL)
    about.author = one_line(clean(view.manager or ""), 1000, SMALL)
    about.last_modified_by, about.comments, about.keywords, about.category, about.subject = "", "", "", "", _EDITION
    about.created = about.modified = moment
    about.revision = 1


def _opening(paper: Paper, view: PlanView) -> None:
    kind = f"Account plan · {view.plan_type}" if view.plan_type else "Account plan"
    period = "" if view.starts is None and view.ends is None else f"{_day(view.starts)} to {_day(view.ends)}"
    lines = [kind, *filter(None, [period, view.manager]), f"As of {day(view.today.isoformat())} · {_EDITION}"]
    paper.opening(view.name, lines, ["Stance, influence, competition, margins and scores are for us alone: not for the customer."])


def _day(when: object) -> str:
    return day(None if when is None else str(when))


def _in_short(paper: Paper, view: PlanView) -> None:
    """The figures that a reader wants to know first, and the summary."""
    notes = [f"{point.about}: {' '.join(_said(sentence) for sentence in point.sentences)}" for point in view.summary if point.sentences]
    notes += [f"{point.about}: not in the plan: {', '.join(point.missing)}" for point in view.summary if point.missing]
    sheet = paper.slide("In short", notes)
    room = sheet.room
    figures = list(_figures(view))
    wide = (room.width - _GAP * (len(figures) - 1)) / len(figures)
    sizes = (18.0, 16.0, 14.0, 12.0)
    size = next((size for size in sizes if all(fitted(figure, wide - 20, size, 2, bold=True).lines == 1 for _, figure, _ in figures)), 11.0)
    for place, (name, figure, more) in enumerate(figures):
        area = Area(room.x + place * (wide + _GAP), room.y, wide, _FIGURES)
        sheet.box(area, [Line(name, SMALL, soft=True), Line(figure, size, bold=True), Line(more or " ", SMALL, soft=True)])
    top = room.y + _FIGURES + _GAP * 1.5
    tall, column = room.y + room.height - top, (room.width - _GAP * 2) / 2
    said = [list(_point(point)) for point in view.summary if point.sentences or point.missing]
    for place, lines in enumerate(as_large_as_fits(_halves(said, column), column, tall)):
        sheet.text(Area(room.x + place * (column + _GAP * 2), top, column, tall), lines)


def _halves(points: list[list[Line]], width: float) -> tuple[list[Line], list[Line]]:
    """The points in two columns, in their order, as equally tall as they can be."""
    heights = [height_of(lines, width) for lines in points]
    cut = min(range(len(points) + 1), key=lambda cut: max(sum(heights[:cut]), sum(heights[cut:])))
    return [line for lines in points[:cut] for line in lines], [line for lines in points[cut:] for line in lines]


def _said(sentence: Sentence) -> str:
    return f"{sentence.lead} {sentence.text}" if sentence.lead else sentence.text


def _point(point: Point) -> Iterator[Line]:
    yield Line(point.about, TEXT, bold=True, gap=9)
    for sentence in point.sentences:
        yield Line(_said(sentence), TEXT, most=_MOST_LINES, gap=2)
    if point.missing:
        yield Line(f"? Not in the plan: {', '.join(point.missing)}", TEXT - 1, soft=True, most=2, gap=2)


def _figures(view: PlanView) -> Iterator[tuple[str, str, str]]:
    found, figures = view.revenue, view.figures
    if found is not None:
        goal = None if found.goal is None else f"{found.goal:f}"
        yield "Goal", money(goal, view.currency), ""
        booked = None if found.booked is None else f"{found.booked:f}"
        yield "Booked", money(booked, view.currency), ""
        yield "Forecast", money(f"{found.forecast:f}", view.currency), ""
    without = f", {figures.open_without_value} without a value" if figures.open_without_value else ""
    yield "Open pipeline", money(f"{figures.open_value:f}", view.currency), f"{figures.open_count} open{without}"
    late = f"! {figures.late_actions} late" if figures.late_actions else "none late"
    yield "Actions to do", str(figures.open_actions), late
