"""The people: an org chart of shapes, on as many slides as it takes to be read, or a table where there are too many."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from acctplan.render.deck.paper import SMALL, Line
from acctplan.render.deck.tables import Cell, Column, table_slides
from acctplan.render.pictures.org_chart import laid_out
from acctplan.render.pictures.placing import Area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from acctplan.render.deck.paper import Paper, Sheet
    from acctplan.render.pictures.org_chart import Block, Seat
    from acctplan.render.view import PlanView
    from acctplan.render.view.people import Person

_MOST_ON_CHARTS = 60
_DEEPEST = 60
_BOX_WIDE, _BOX_TALL = 184.0, 66.0
"""Of a box before the chart is made to fit, in px of its layout."""
_SMALLEST = 0.52
"""The least that a chart is scaled by: letters of 7 pt."""
_COMFORTABLE = 0.7
_LARGEST = 1.1
_NAME, _UNDER = 12.5, 10.5
_LEGEND = 28.0
_ROOMS = (1.0, 1.3, 1.6, 2.0, 2.6)
_BANDS = {"supportive": "19703F", "negative": "B0261C", "neutral": "9AA5B1", "unknown": "8A5300"}


class _Chart(NamedTuple):
    """What one slide shows."""

    block: Block
    scale: float
    more: Mapping[str, int]
    """How many people a later slide shows below somebody."""


def people_slides(paper: Paper, view: PlanView) -> None:
    """Who decides, and how we stand with each; no slide without people."""
    seats = view.charts.seats
    if not seats:
        return
    notes = _notes(view)
    charts = _charts(paper, seats) if len(seats) <= _MOST_ON_CHARTS else []
    if not charts:
        _table(paper, view.people, notes)
        return
    by_id = {seat.id: seat for seat in seats}
    for number, chart in enumerate(charts, 1):
        sheet = paper.slide("People" if len(charts) == 1 else f"People ({number} of {len(charts)})", notes if number == 1 else ())
        _draw(sheet, chart, by_id)


def _notes(view: PlanView) -> list[str]:
    return [
        f"{person.name or 'vacant'}{f', {person.title}' if person.title else ''}: stance {person.stance.word}, "
        f"influence {person.influence.word}, coverage {person.coverage.word}"
        + (f". What is in it for them: {person.personal_agenda}" if person.personal_agenda else "")
        + (f". {person.notes}" if person.notes else "")
        for person in view.people
    ]


def _charts(paper: Paper, seats: Sequence[Seat]) -> list[_Chart]:
    """Charts that together show everybody. None where some of it would be too small to read."""
    below: defaultdict[str | None, list[str]] = defaultdict(list)
    for seat in seats:
        below[seat.reports_to].append(seat.id)
    return _parts(paper, below, below[None]) or []


def _parts(paper: Paper, below: Mapping[str | None, Sequence[str]], tops: Sequence[str]) -> list[_Chart] | None:
    """As many levels as fit a slide, then what is below them, branch by branch."""
    depth = _DEEPEST
    while depth:
        shown, hidden = _cut(below, tops, depth)
        fit = _fitting(paper, shown)
        if fit is not None:
            break
        depth = min(depth, _levels(shown)) - 1
    else:
        return None
    found = [_Chart(*fit, {identifier: _count(below, identifier) for identifier in hidden})]
    for branches in _groups(paper, below, hidden):
        part = _parts(paper, below, branches)
        if part is None:
            return None
        found += part
    return found


def _groups(paper: Paper, below: Mapping[str | None, Sequence[str]], branches: Sequence[str]) -> list[list[str]]:
    """As many branches to a slide as are comfortable to read there."""
    groups: list[list[str]] = []
    for branch in branches:
        together = [*groups[-1], branch] if groups else [branch]
        fit = _fitting(paper, _cut(below, together, _DEEPEST)[0]) if groups else None
        if fit is not None and fit[1] >= _COMFORTABLE:
            groups[-1] = together
        else:
            groups.append([branch])
    return groups


def _cut(below: Mapping[str | None, Sequence[str]], tops: Sequence[str], depth: int) -> tuple[dict[str | None, Sequence[str]], list[str]]:
    """So many levels below the top, and those at the lowest to whom others report."""
    shown: dict[str | None, Sequence[str]] = {None: tops}
    level = list(tops)
    for _ in range(depth):
        shown.update({identifier: below[identifier] for identifier in level if below.get(identifier)})
        level = [report for identifier in level for report in below.get(identifier, ())]
    return shown, [identifier for identifier in level if below.get(identifier)]


def _levels(below: Mapping[str | None, Sequence[str]]) -> int:
    """How many levels there are below the top."""
    level, count = list(below[None]), 0
    while level := [report for identifier in level for report in below.get(identifier, ())]:
        count += 1
    return count


def _count(below: Mapping[str | None, Sequence[str]], top: str) -> int:
    """How many are below somebody."""
    pending, count = [top], 0
    while pending:
        reports = below.get(pending.pop(), ())
        count += len(reports)
        pending += reports
    return count


def _fitting(paper: Paper, below: Mapping[str | None, Sequence[str]]) -> tuple[Block, float] | None:
    """The layout that can be shown largest, and its scale; None where it would be too small to read."""
    wide, tall = paper.room.width, paper.room.height - _LEGEND
    count = sum(len(reports) for reports in below.values())
    best: tuple[Block, float] | None = None
    for share in _ROOMS:
        block = laid_out(below, _BOX_TALL, count, wide / _LARGEST * share)
        scale = min(wide / block.width, tall / block.height, _LARGEST)
        if best is None or scale > best[1]:
            best = block, scale
    return best if best is not None and best[1] >= _SMALLEST else None


def _draw(sheet: Sheet, chart: _Chart, seats: Mapping[str, Seat]) -> None:
    block, scale = chart.block, chart.scale
    left = sheet.room.x + (sheet.room.width - block.width * scale) / 2
    top = sheet.room.y
    for line in block.lines:
        for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
            sheet.line(left + x1 * scale, top + y1 * scale, left + x2 * scale, top + y2 * scale)
    for identifier, x, y in block.boxes:
        seat = seats[identifier]
        area = Area(left + x * scale, top + y * scale, _BOX_WIDE * scale, _BOX_TALL * scale)
        name, under = _NAME * scale, _UNDER * scale
        more = chart.more.get(identifier, 0)
        lines = [
            Line(seat.name or "vacant", name, bold=True),
            Line(seat.title or seat.part or " ", under),
            Line(seat.part if seat.title and seat.part else " ", under, soft=True),
            Line(_standing(seat) + (f"  +{more} ↓" if more else ""), under),
        ]
        sheet.box(area, lines, band=_BANDS[seat.stance.key], pad=4 * scale, dashed=seat.name is None)
    said = "Edge and first sign: stance (+ supportive, ○ neutral, ✕ negative, ? unknown). Then influence (▲ high, △ medium, ▽ low)."
    said += " Last coverage (●●● in depth, ●●○ multiple, ●○○ brief, ○○○ none)." + (
        " +n ↓: so many below, on a later slide." if chart.more else ""
    )
    area = Area(sheet.room.x, sheet.room.y + sheet.room.height - _LEGEND + 4, sheet.room.width, _LEGEND)
    sheet.text(area, [Line(said, SMALL - 1, soft=True, most=2)])


def _standing(seat: Seat) -> str:
    return f"{seat.stance.symbol} {seat.stance.word}  {seat.influence.symbol} {seat.coverage.symbol}"


def _table(paper: Paper, people: Sequence[Person], notes: Sequence[str]) -> None:
    columns = (Column("Who", 4), Column("Part in buying", 2), Column("Stance", 1.6), Column("Influence", 1.4), Column("Coverage", 1.8))
    rows = [
        [
            Cell("– " * min(person.depth, 5) + (person.name or "vacant"), person.title or "", bold=True),
            Cell(", ".join(person.roles)),
            *(Cell(f"{sign.symbol} {sign.word}") for sign in (person.stance, person.influence, person.coverage)),
        ]
        for person in people
    ]
    table_slides(paper, "People", columns, rows, notes)
