"""What is to be done when, what is late, and when both sides meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from acctplan.analysis.calendar import first_of_month, months_later
from acctplan.render import text
from acctplan.render.pictures import svg
from acctplan.render.pictures.lettering import shortened, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acctplan.analysis.signs import Sign

_WIDE = 960.0
_NAMES = 320.0
_RIGHT = 96.0
"""Room for the last dates."""
_TOP, _ROW, _HEADING, _MARK = 40.0, 24.0, 30.0, 5.0
_TEXT, _SMALL = 11.5, 10.5
_DAY = timedelta(days=1)
_TICKS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000)
"""Months between two ticks."""
_YEAR = 12
_MOST_TICKS = 9
_LIST, _OWNER = 18, 80
_ROWS = 30
"""Rows of a picture at most: what fits a sheet of paper."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do."""

    what: str
    owner: str | None
    due: date | None
    done: date | None
    """The day on which it was done; None where it is not, or on a day that nobody noted."""
    status: Sign
    is_late: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Track:
    """Steps that belong together."""

    heading: str
    """May be empty."""
    due: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A day that stands for itself, such as a relationship meeting."""

    day: date
    what: str


class _Scale:
    """Where days are."""

    def __init__(self, days: Sequence[date]) -> None:
        self.first = first_of_month(min(days))
        last = max(days)
        months = (last.year - self.first.year) * 12 + last.month - self.first.month + 1
        self.step = next((step for step in _TICKS if months / step <= _MOST_TICKS), _TICKS[-1])
        self.ticks = [months_later(self.first, number) for number in range(0, months + 1, self.step) if self._is_day(number)]
        self.last = max(last, self.ticks[-1])

    def _is_day(self, months: int) -> bool:
        return self.first.year + (self.first.month - 1 + months) // 12 <= date.max.year

    def x(self, day: date) -> float:
        """The place of a day, in px."""
        share = (day - self.first) / max(self.last - self.first, _DAY)
        return _NAMES + (_WIDE - _NAMES - _RIGHT) * share


def timeline(tracks: Sequence[Track], events: Sequence[Event], today: date) -> str:
    """The timeline as SVG; empty where nothing has a date. Many steps take several pictures, one after the other, to one scale.

    A bar runs from today to what is due, one of another kind from what is late to today.
    """
    dated = [step for track in tracks for step in track.steps if step.due or step.done]
    days = [day for step in dated for day in (step.due, step.done) if day]
    days += [track.due for track in tracks if track.due] + [event.day for event in events]
    if not days:
        return ""
    scale = _Scale([*days, today])
    sheets = list(_sheets(tracks))
    drawn = []
    for number, sheet in enumerate(sheets, 1):
        rows, tall = _rows(sheet, events if number == 1 else (), scale, today)
        of = f" ({number} of {len(sheets)})" if len(sheets) > 1 else ""
        name = "timeline" if number == 1 else f"timeline-{number}"
        said = _described([step for track in sheet for step in track.steps if step.due or step.done])
        ground = _ground(scale, tall, today)
        drawn.append(
            svg.picture(name, _WIDE, tall, f"Timeline of actions{of}", said, *ground, *rows, kind="" if number == 1 else "timeline")
        )
    return "".join(drawn)


def _sheets(tracks: Sequence[Track]) -> Iterator[list[Track]]:
    """The tracks in runs of so many rows that each fits a sheet. One that fits none by itself is continued on the next."""
    sheet: list[Track] = []
    room = _ROWS
    for track in tracks:
        if room < _ROWS and len(track.steps) + 1 > room:
            yield sheet
            sheet, room = [], _ROWS
        rest = track
        while len(rest.steps) + 1 > room:
            yield [*sheet, Track(rest.heading, rest.due, rest.steps[: room - 1])]
            rest = Track(f"{track.heading} (continued)", track.due, rest.steps[room - 1 :])
            sheet, room = [], _ROWS
        sheet.append(rest)
        room -= len(rest.steps) + 1
    yield sheet


def _rows(tracks: Sequence[Track], events: Sequence[Event], scale: _Scale, today: date) -> tuple[list[str], float]:
    """What stands on one sheet, and how tall it is."""
    rows: list[str] = []
    y = _TOP
    if events:
        rows += _events(events, scale, y)
        y += _HEADING
    for track in tracks:
        if track.heading:
            rows += _heading(track, scale, y)
            y += _HEADING
        for step in track.steps:
            rows += _step(step, scale, y, today)
            y += _ROW
    return rows, y + 14


def _ground(scale: _Scale, tall: float, today: date) -> Iterator[str]:
    for tick in scale.ticks:
        x = scale.x(tick)
        yield svg.line(x, _TOP - 12, x, tall - 14, "tick")
        words = str(tick.year) if scale.step >= _YEAR else f"{text.day(tick.isoformat()).split()[1]} {tick.year}"
        yield svg.text(x + 3, _TOP - 18, words, "soft", size=_SMALL)
    x = scale.x(today)
    yield svg.line(x, _TOP - 12, x, tall - 14, "today")
    yield svg.text(x, tall - 2, "today", "today-name", anchor="middle", size=_SMALL)


def _heading(track: Track, scale: _Scale, y: float) -> Iterator[str]:
    base = y + _HEADING - 10
    yield svg.titled(track.heading, svg.text(0, base, shortened(track.heading, _NAMES - 20, _TEXT, bold=True), "heading", size=_TEXT))
    if track.due is not None:
        yield _mark(scale.x(track.due), base - 4, "goal")
        yield svg.text(scale.x(track.due) + _MARK + 5, base, _day(track.due), "soft", size=_SMALL)


def _step(step: Step, scale: _Scale, y: float, today: date) -> Iterator[str]:
    base = y + _ROW - 8
    middle = base - 4
    owner = "" if step.owner is None else "\N{NO-BREAK SPACE}· " + shortened(step.owner, _OWNER, _SMALL)
    room = _NAMES - 20 - _LIST - width(owner, _SMALL)
    words = f"{step.status.symbol} {shortened(step.what, room, _TEXT)}"
    told = ", ".join(filter(None, [step.what, step.owner, step.status.word])) + (f", due {_day(step.due)}" if step.due else ", no date")
    kind = f"is-{step.status.key}"
    name = svg.element(
        "text",
        svg.words(words),
        svg.element("tspan", svg.words(owner), class_="soft", font_size=_SMALL) if owner else "",
        x=8,
        y=base,
        class_=f"step {kind}",
        font_size=_TEXT,
    )
    yield svg.titled(told, name)
    day = step.done or step.due
    if day is None:
        yield svg.text(scale.x(today) + 8, base, "no date", "soft", size=_SMALL)
        return
    if step.is_open and step.due is not None:
        start, end = sorted((scale.x(today), scale.x(step.due)))
        yield svg.rect(start, middle - 3, end - start, 6, "bar-late" if step.is_late else "bar-left", round_=2)
    x = scale.x(day)
    yield _mark(x, middle, _mark_of(step))
    after = max(x, scale.x(today)) if step.is_late else x
    yield svg.text(after + _MARK + 5, base, _day(day) + (" late" if step.is_late else ""), f"day {kind}", size=_SMALL)


def _events(events: Sequence[Event], scale: _Scale, y: float) -> Iterator[str]:
    base = y + _HEADING - 10
    yield svg.text(0, base, "Relationship meetings", "heading", size=_TEXT)
    for event in events:
        yield svg.titled(f"{_day(event.day)}: {event.what}", svg.circle(scale.x(event.day), base - 4, _MARK, "event"))


def _mark_of(step: Step) -> str:
    if step.is_late:
        return "late"
    return "left" if step.is_open else "done" if step.status.key == "done" else "off"


def _mark(x: float, y: float, kind: str) -> str:
    steps = (("M", x - _MARK, y), ("L", x, y - _MARK), ("L", x + _MARK, y), ("L", x, y + _MARK), ("L", x - _MARK, y))
    return svg.path(steps, f"mark mark-{kind}")


def _day(day: date) -> str:
    return text.day(day.isoformat())


def _described(steps: Sequence[Step]) -> str:
    late, open_ = sum(step.is_late for step in steps), sum(step.is_open for step in steps)
    return f"{len(steps)} actions with a date: {open_} open, {late} of them late. The table of actions says the same."
