"""Who reports to whom, and where each of them stands.

Reporting lines run down. People to whom nobody reports stand in columns below their manager, as many to a column as it takes for the
chart to fit its room; where even that is too wide, whole branches become indented lists.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.signs import COVERAGE, INFLUENCE, STANCE, Sign
from acctplan.render.pictures import svg
from acctplan.render.pictures.lettering import shortened, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOM = 960.0
"""What a page gives a picture, in px."""
_WIDE, _PAD, _BAND = 184.0, 10.0, 5.0
_GAP, _ROW, _DROP, _INDENT = 16.0, 10.0, 22.0, 18.0
_NAME, _SMALL = 12.5, 10.5
_LINE = 14.0
_LEGIBLE = 560.0
"""What the legend takes at least, where there is room."""
_DEEPEST = 12
"""Levels that are drawn side by side at most; below, and in charts of many hundreds, everything is an indented list."""
_DEEPEST_INDENT = 8
_HUNDREDS = 400
_PER_COLUMN = (1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 10_000)
_APART = "outside the reporting lines"
_MOST_CURVES = 24
"""More informal lines than that would hide the chart: they are told in words beside it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody on the chart, or a seat whose holder we do not know."""

    id: str
    reports_to: str | None
    name: str | None
    title: str | None
    part: str
    """In buying, in words; may be empty."""
    stance: Sign
    influence: Sign
    coverage: Sign
    influences: tuple[str, ...]
    """Ids of those whose ear they have."""


class Line(NamedTuple):
    """A line from point to point."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Boxes and lines in a rectangle of their own. Its first box is the one at the top."""

    width: float
    height: float
    boxes: tuple[tuple[str, float, float], ...]
    lines: tuple[Line, ...] = ()

    @property
    def top(self) -> float:
        """The middle of the box at the top."""
        return self.boxes[0][1] + _WIDE / 2

    def at(self, x: float, y: float) -> Block:
        """The same, moved."""
        boxes = tuple((identifier, left + x, above + y) for identifier, left, above in self.boxes)
        lines = tuple(Line(tuple((left + x, above + y) for left, above in line.points)) for line in self.lines)
        return Block(self.width, self.height, boxes, lines)


class _Plan(NamedTuple):
    """How a chart is laid out."""

    below: Mapping[str | None, Sequence[str]]
    tall: float
    """The height of a box."""
    per_column: int
    side_by_side: int
    """Levels whose branches stand side by side."""


def org_chart(seats: Sequence[Seat], room: float = ROOM) -> str:
    """The chart as SVG; empty without anybody to show.

    Args:
        seats: all of them; whom they report to is among them, and there is no circle.
        room: its greatest width, in px. Only a single column of boxes may be wider.
    """
    if not seats:
        return ""
    below: defaultdict[str | None, list[str]] = defaultdict(list)
    for seat in seats:
        below[seat.reports_to].append(seat.id)
    tall = _PAD * 2 + _LINE * (3 if not any(seat.part for seat in seats) else 4) - 4
    chart = laid_out(below, tall, len(seats), room)
    places = {identifier: (x, y) for identifier, x, y in chart.boxes}
    wide = max(chart.width, min(room, _LEGIBLE))
    legend, tall_as = _legend(seats, chart.height, wide)
    return svg.picture(
        "org-chart",
        wide,
        tall_as,
        "Org chart",
        _described(seats),
        *(svg.path(_steps(line), "reporting") for line in chart.lines),
        *_curves(seats, places, tall),
        *(_box(seat, *places[seat.id], tall) for seat in seats),
        *_caption(below, places),
        *legend,
    )


def laid_out(below: Mapping[str | None, Sequence[str]], tall: float, count: int, room: float) -> Block:
    """The lowest layout that fits; else the narrowest."""
    levels = range(_DEEPEST, 0, -1) if count <= _HUNDREDS else range(1)
    tried: list[Block] = []
    for side_by_side in levels:
        for per_column in _PER_COLUMN:
            chart = _rows(_Plan(below, tall, per_column, side_by_side), room)
            if chart.width <= room:
                return chart
            tried.append(chart)
            if per_column >= count:
                break
    return min([*tried, _rows(_Plan(below, tall, count, 0), room)], key=lambda chart: (chart.width > room, chart.width))


def _rows(plan: _Plan, room: float) -> Block:
    """The trees of those who report to nobody, then those to whom nobody reports either, in as many rows as it takes."""
    trees = [_tree(plan, identifier, 1) for identifier in plan.below[None] if plan.below.get(identifier)]
    apart = [Block(_WIDE, plan.tall, ((identifier, 0.0, 0.0),)) for identifier in plan.below[None] if not plan.below.get(identifier)]
    placed = _in_rows(trees, room, 0.0)
    return _together(placed + _in_rows(apart, room, _bottom(placed) + _DROP * 2 if placed else 0.0))


def _in_rows(blocks: Sequence[Block], room: float, y: float) -> list[Block]:
    """Side by side from `y` on, and below each other where the room ends."""
    placed: list[Block] = []
    x = tallest = 0.0
    for block in blocks:
        if x and x + block.width > room:
            x, y, tallest = 0.0, y + tallest + _DROP, 0.0
        placed.append(block.at(x, y))
        x, tallest = x + block.width + _GAP, max(tallest, block.height)
    return placed


def _together(blocks: Sequence[Block]) -> Block:
    boxes = tuple(box for block in blocks for box in block.boxes)
    lines = tuple(line for block in blocks for line in block.lines)
    return Block(max(x for _, x, _ in boxes) + _WIDE, _bottom(blocks), boxes, lines)


def _bottom(blocks: Sequence[Block]) -> float:
    """How far down blocks go that were moved to where they belong."""
    return max(block.height + min(y for _, _, y in block.boxes) for block in blocks)


def _tree(plan: _Plan, identifier: str, depth: int) -> Block:
    reports = plan.below.get(identifier, ())
    if not reports:
        return Block(_WIDE, plan.tall, ((identifier, 0.0, 0.0),))
    if depth > plan.side_by_side:
        return _indented(plan, identifier)
    leaves = [report for report in reports if not plan.below.get(report)]
    branches = [_tree(plan, report, depth + 1) for report in reports if plan.below.get(report)]
    columns = [leaves[start : start + plan.per_column] for start in range(0, len(leaves), plan.per_column)]
    single = all(len(column) == 1 for column in columns)
    parts = branches + [_column(plan, column, is_single=single) for column in columns]
    return _joined(plan, identifier, parts, hangs=[False] * len(branches) + [not single] * len(columns))


def _column(plan: _Plan, identifiers: Sequence[str], *, is_single: bool) -> Block:
    """Boxes one above the other, beside the line that they hang on."""
    if is_single:
        return Block(_WIDE, plan.tall, ((identifiers[0], 0.0, 0.0),))
    step = plan.tall + _ROW
    boxes = tuple((identifier, _INDENT, number * step) for number, identifier in enumerate(identifiers))
    ends = [y + plan.tall / 2 for _, _, y in boxes]
    spine = Line(((_INDENT / 2, -_DROP / 2), (_INDENT / 2, ends[-1])))
    twigs = tuple(Line(((_INDENT / 2, end), (_INDENT, end))) for end in ends)
    return Block(_INDENT + _WIDE, len(boxes) * step - _ROW, boxes, (spine, *twigs))


def _joined(plan: _Plan, identifier: str, parts: Sequence[Block], hangs: Sequence[bool]) -> Block:
    """A manager's box in the middle above what stands below it. What hangs brings the line to it along."""
    top = plan.tall + _DROP
    placed, x = [], 0.0
    for part in parts:
        placed.append(part.at(x, top))
        x += part.width + _GAP
    wide = x - _GAP
    ends = [block.boxes[0][1] - _INDENT / 2 if hang else block.top for block, hang in zip(placed, hangs, strict=True)]
    middle = (ends[0] + ends[-1]) / 2
    shift = max(0.0, _WIDE / 2 - middle)
    placed = [block.at(shift, 0) for block in placed]
    ends, middle = [end + shift for end in ends], middle + shift
    bus = plan.tall + _DROP / 2
    lines = [Line(((middle, plan.tall), (middle, bus)))]
    if len(ends) > 1 or ends[0] != middle:
        lines.append(Line(((min(*ends, middle), bus), (max(*ends, middle), bus))))
    lines += [Line(((end, bus), (end, top))) for end, hang in zip(ends, hangs, strict=True) if not hang]
    box = (identifier, middle - _WIDE / 2, 0.0)
    boxes = (box, *(one for block in placed for one in block.boxes))
    drawn = (*lines, *(line for block in placed for line in block.lines))
    return Block(max(wide + shift, box[1] + _WIDE), _bottom(placed), boxes, tuple(drawn))


def _indented(plan: _Plan, identifier: str) -> Block:
    """A branch as a list, each below and right of its manager."""
    step = plan.tall + _ROW
    boxes: list[tuple[str, float, float]] = []
    lines = []
    pending: list[tuple[str, int, int | None]] = [(identifier, 0, None)]
    while pending:
        current, depth, manager = pending.pop()
        x, y = min(depth, _DEEPEST_INDENT) * _INDENT, len(boxes) * step
        if manager is not None:
            _, left, above = boxes[manager]
            start = (left + _INDENT / 2, above + plan.tall)
            lines.append(Line((start, (start[0], y + plan.tall / 2), (x, y + plan.tall / 2))))
        pending += [(report, depth + 1, len(boxes)) for report in reversed(plan.below.get(current, ()))]
        boxes.append((current, x, y))
    return Block(max(x for _, x, _ in boxes) + _WIDE, len(boxes) * step - _ROW, tuple(boxes), tuple(lines))


def _steps(line: Line) -> Iterator[tuple[str, float, float]]:
    for number, (x, y) in enumerate(line.points):
        yield "L" if number else "M", x, y


def _curves(seats: Sequence[Seat], places: Mapping[str, tuple[float, float]], tall: float) -> list[str]:
    """Informal lines, from who has the ear to whose ear it is."""
    pairs = [(seat.id, other) for seat in seats for other in seat.influences if other in places]
    if len(pairs) > _MOST_CURVES:
        return []
    return [_curve(places[one], places[other], tall) for one, other in pairs]


def _curve(start: tuple[float, float], end: tuple[float, float], tall: float) -> str:
    """A dashed bow between the sides of two boxes that face each other, with a point at its end."""
    (x1, y1), (x2, y2) = start, end
    if abs(x1 - x2) >= _WIDE:
        right = x2 > x1
        a, b = (x1 + _WIDE * right, y1 + tall * 0.7), (x2 + _WIDE * (not right), y2 + tall * 0.3)
        bow = max(_GAP, abs(b[0] - a[0]) / 2) * (1 if right else -1)
        controls = ((a[0] + bow, a[1]), (b[0] - bow, b[1]))
        tip = -5 if right else 5
    else:  # one above the other: round the right-hand side
        a, b = (x1 + _WIDE, y1 + tall * 0.7), (x2 + _WIDE, y2 + tall * 0.3)
        out = max(a[0], b[0]) + _GAP * 0.75
        controls = ((out, a[1]), (out, b[1]))
        tip = 5
    numbers = [svg.number(value) for point in (a, *controls, b) for value in point]
    curve = svg.element("path", d="M{} {}C{} {} {} {} {} {}".format(*numbers), class_="informal")
    head = svg.path((("M", b[0] + tip, b[1] - 3), ("L", *b), ("L", b[0] + tip, b[1] + 3)), "informal-tip")
    return curve + head


def _box(seat: Seat, x: float, y: float, tall: float) -> str:
    room = _WIDE - _BAND - _PAD * 2
    left, base = x + _BAND + _PAD, y + _PAD + 10
    name = shortened(seat.name or "vacant", room, _NAME, bold=True)
    parts = [
        svg.rect(x + 0.5, y + 0.5, _WIDE - 1, tall - 1, "seat" if seat.name else "seat is-vacant", round_=4),
        svg.rect(x, y + 4, _BAND, tall - 8, f"band band-{seat.stance.key}", round_=2),
        svg.text(left, base, name, "name" if seat.name else "name is-vacant", size=_NAME),
    ]
    for words in (seat.title or "", seat.part):
        if words or seat.part:
            base += _LINE
            parts.append(svg.text(left, base, shortened(words, room, _SMALL), "soft", size=_SMALL))
    last = y + tall - _PAD
    parts.append(svg.text(left, last, f"{seat.stance.symbol} {seat.stance.word}", f"is-{seat.stance.key}", size=_SMALL))
    right = f"{seat.influence.symbol} {seat.coverage.symbol}"
    parts.append(svg.text(x + _WIDE - _PAD, last, right, "depth", anchor="end", size=_SMALL))
    return svg.titled(_told(seat), *parts)


def _told(seat: Seat) -> str:
    """What stands on a box, in full and in words."""
    told = [seat.name or "vacant", seat.title, seat.part, f"stance {seat.stance.word}", f"influence {seat.influence.word}"]
    return ", ".join(filter(None, [*told, f"coverage {seat.coverage.word}"]))


def _described(seats: Sequence[Seat]) -> str:
    stances = [seat.stance.key for seat in seats]
    counted = ", ".join(f"{stances.count(key or 'unknown')} {sign.word}" for key, sign in STANCE.items() if (key or "unknown") in stances)
    people = "1 person" if len(seats) == 1 else f"{len(seats)} people"
    return f"{people}: {counted}. The table of people says the same in words."


def _caption(below: Mapping[str | None, Sequence[str]], places: Mapping[str, tuple[float, float]]) -> list[str]:
    """What stands above those who have no place in the lines, where there are lines."""
    apart = [identifier for identifier in below[None] if not below.get(identifier)]
    if not apart or len(apart) == len(below[None]):
        return []
    x, y = places[apart[0]]
    return [svg.text(x, y - 8, _APART, "soft", size=_SMALL)]


def _legend(seats: Sequence[Seat], y: float, room: float) -> tuple[list[str], float]:
    """What the signs mean, in as many lines as it takes below `y`, and how tall the picture is with them."""
    said = [f"{sign.symbol} {sign.word}" for sign in STANCE.values()]
    said += [f"{sign.symbol} {sign.word} influence" for sign in INFLUENCE.values() if sign.key != "unknown"]
    said += [f"{sign.symbol} {sign.word} coverage" for sign in COVERAGE.values() if sign.key not in ("unknown", "none")]
    if 0 < sum(len(seat.influences) for seat in seats) <= _MOST_CURVES:
        said.append("⇢ has the ear of")
    x, base, drawn = 0.0, y + _LINE * 2, []
    for words in said:
        wide = width(words, _SMALL)
        if x and x + wide > room:
            x, base = 0.0, base + _LINE
        drawn.append(svg.text(x, base, words, "soft", size=_SMALL))
        x += wide + _GAP
    return drawn, base + _ROW
