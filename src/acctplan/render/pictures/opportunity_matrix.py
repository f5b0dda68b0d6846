"""How attractive each opportunity is against how well we are placed to win it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

from acctplan.render.pictures import svg
from acctplan.render.pictures.lettering import shortened, width
from acctplan.render.pictures.placing import Area, Taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH, HEIGHT = 960.0, 500.0
"""Of the picture, in px."""
_LEFT, _TOP, _BELOW = 44.0, 8.0, 46.0
_PLOT = Area(_LEFT, _TOP, WIDTH - _LEFT - 30, HEIGHT - _TOP - _BELOW)
_SMALLEST, _LARGEST = 7.0, 26.0
_PIN = 8.5
_SOLID = 0.8
"""How much of a bubble labels of others keep away from."""
_TEXT = 11.5
_LABELS = (360.0, 220.0, 160.0)
"""What the words of a label may take: the most that there is room for."""
_LEAST_NAME = 56.0
"""Less of a name says nothing."""
_MOST_REACHES = 15
"""More lines than that would hide the bubbles: only the first in rank have theirs."""
_ALONG = 12
"""Parts of a line that labels keep away from."""
_TURNS = 64
_QUADRANTS = (("Invest to win", 0, 0), ("Pursue now", 1, 0), ("Let go", 0, 1), ("Quick wins", 1, 1))


@dataclass(frozen=True, slots=True)
class Range:
    """A share of 1, or the range that it lies in where not all is known."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spot:
    """An opportunity on the matrix."""

    rank: int
    name: str
    position: Range
    """How well we are placed: 0 to 1."""
    attraction: Range
    """How attractive it is: 0 to 1."""
    value: float | None
    """In any unit that all share; None where it is not known."""
    value_in_words: str


def opportunity_matrix(spots: Sequence[Spot]) -> str:
    """The matrix as SVG; empty without opportunities.

    The better placed, the further right; the more attractive, the further up; the area of a bubble is its value. A line shows how far
    right and up it could come if what is unknown turned out well. Every bubble has its rank; names are left out where there is no room.
    """
    if not spots:
        return ""
    largest = max((spot.value or 0 for spot in spots), default=0)
    bubbles = [(spot, *_at(spot), _radius(spot, largest)) for spot in spots]
    taken = Taken(_PLOT)
    for words, column, row in _QUADRANTS:
        taken.take(_quadrant_label(words, column, row))
    labels = []
    pins = []
    for spot, x, y, radius in bubbles:
        pin = taken.first_free(_around(x, y)) or Area(x - _PIN, y - _PIN, _PIN * 2, _PIN * 2)
        pins.append((spot, x, y, radius, pin.x + _PIN, pin.y + _PIN))
    for _, x, y, radius in bubbles:
        taken.take(Area(x - radius * _SOLID, y - radius * _SOLID, radius * _SOLID * 2, radius * _SOLID * 2))
    for spot in spots[:_MOST_REACHES]:
        for area in _along(spot):
            taken.take(area)
    for spot, _, _, radius, x, y in pins:
        labels += _label(spot, x, y, max(radius, _PIN), taken)
    drawn_last_first = sorted(pins, key=lambda pin: -pin[3])
    return svg.picture(
        "opportunity-matrix",
        WIDTH,
        HEIGHT,
        "Opportunities: how attractive, how well placed",
        _described(spots),
        *_ground(),
        *(_reach(spot) for spot in spots[:_MOST_REACHES]),
        *(svg.titled(_told(spot), svg.circle(x, y, radius, "bubble")) for spot, x, y, radius, _, _ in drawn_last_first),
        *(_pin(*pin) for pin in pins),
        *labels,
    )


def _x(share: float) -> float:
    return _PLOT.x + _PLOT.width * share


def _y(share: float) -> float:
    return _PLOT.y + _PLOT.height * (1 - share)


def _at(spot: Spot) -> tuple[float, float]:
    """The middle of a bubble, far enough from the edges for its pin."""
    x, y = _x(spot.position.low), _y(spot.attraction.low)
    return min(max(x, _PLOT.x + _PIN), _PLOT.x + _PLOT.width - _PIN), min(max(y, _PLOT.y + _PIN), _PLOT.y + _PLOT.height - _PIN)


def _radius(spot: Spot, largest: float) -> float:
    if not spot.value or not largest:
        return _SMALLEST
    return max(_SMALLEST, _LARGEST * sqrt(spot.value / largest))


def _around(x: float, y: float) -> Iterator[Area]:
    """Places for a pin: where the bubble is, then ever further round it."""
    yield Area(x - _PIN, y - _PIN, _PIN * 2, _PIN * 2)
    for turn in range(1, _TURNS):
        steps = 8 + turn * 2
        for step in range(steps):
            angle, far = 2 * pi * step / steps, turn * _PIN * 0.9
            yield Area(x + far * cos(angle) - _PIN, y + far * sin(angle) - _PIN, _PIN * 2, _PIN * 2)


def _label(spot: Spot, x: float, y: float, radius: float, taken: Taken) -> list[str]:
    """The name beside a pin, on the first side that is free, in full before shortened; nothing where there is no room."""
    tall = _TEXT * 1.3
    value = f" ({spot.value_in_words})"
    for room in _LABELS:
        for_name = room - width(value, _TEXT)
        if for_name < _LEAST_NAME:
            continue
        words = shortened(spot.name, for_name, _TEXT) + value
        wide = width(words, _TEXT)
        left = x - radius - 4 - wide
        places = (
            Area(x + radius + 4, y - tall / 2, wide, tall),
            Area(left, y - tall / 2, wide, tall),
            Area(x - wide / 2, y - radius - 3 - tall, wide, tall),
            Area(x - wide / 2, y + radius + 3, wide, tall),
            Area(x + radius, y - radius - tall, wide, tall),
            Area(x + radius, y + radius, wide, tall),
        )
        place = taken.first_free(places)
        if place is not None:
            number = places.index(place)
            anchor = (None, "end", "middle", "middle", None, None)[number]
            start = place.x + wide * {None: 0, "middle": 0.5, "end": 1}[anchor]
            return [svg.text(start, place.y + _TEXT, words, "label", anchor=anchor, size=_TEXT)]
    return []


def _quadrant_label(words: str, column: int, row: int) -> Area:
    return Area(_x(column / 2) + 8, _y(1 - row / 2) + 6, width(words, 12, bold=True), 16)


def _ground() -> Iterator[str]:
    for _, column, row in _QUADRANTS:
        yield svg.rect(_x(column / 2), _y(1 - row / 2), _PLOT.width / 2, _PLOT.height / 2, f"quadrant quadrant-{column}{row}")
    for words, column, row in _QUADRANTS:
        label = _quadrant_label(words, column, row)
        yield svg.text(label.x, label.y + 12, words, "quadrant-name", size=12)
    bottom = _PLOT.y + _PLOT.height
    yield svg.line(_PLOT.x, bottom, _PLOT.x + _PLOT.width, bottom, "axis")
    yield svg.line(_PLOT.x, _PLOT.y, _PLOT.x, bottom, "axis")
    for tenth in range(0, 11, 2):
        yield svg.text(_x(tenth / 10), bottom + 16, f"{tenth * 10}", "soft", anchor="middle", size=_TEXT)
        yield svg.text(_PLOT.x - 8, _y(tenth / 10) + 4, f"{tenth * 10}", "soft", anchor="end", size=_TEXT)
    yield svg.text(
        _PLOT.x + _PLOT.width / 2, bottom + 34, "how well placed we are: access, stage, competition →", "soft", anchor="middle", size=_TEXT
    )
    middle = _PLOT.y + _PLOT.height / 2
    words = svg.words("how attractive it is: value, importance, lead-in →")
    yield svg.element(
        "text",
        words,
        x=10,
        y=middle,
        class_="soft",
        text_anchor="middle",
        font_size=_TEXT,
        transform=f"rotate(-90 10 {svg.number(middle)})",
    )


def _reach(spot: Spot) -> str:
    """Where it could come to, as a line from where it stands."""
    start, end = _at(spot), _best(spot)
    return "" if start == end else svg.line(*start, *end, "reach")


def _best(spot: Spot) -> tuple[float, float]:
    x, y = _at(spot)
    return max(x, _x(spot.position.high)), min(y, _y(spot.attraction.high))


def _along(spot: Spot) -> Iterator[Area]:
    """What the line to where it could come takes."""
    (x, y), (x2, y2) = _at(spot), _best(spot)
    if (x, y) == (x2, y2):
        return
    wide, tall = (x2 - x) / _ALONG, (y - y2) / _ALONG
    for part in range(_ALONG):
        yield Area(x + wide * part, y - tall * (part + 1) - 0.5, wide + 0.5, tall + 1)


def _pin(spot: Spot, x: float, y: float, _radius: float, pin_x: float, pin_y: float) -> str:
    lead = svg.line(x, y, pin_x, pin_y, "lead") if (x, y) != (pin_x, pin_y) else ""
    number = svg.text(pin_x, pin_y + 3.5, str(spot.rank), "pin-number", anchor="middle", size=10)
    return lead + svg.titled(_told(spot), svg.circle(pin_x, pin_y, _PIN, "pin"), number)


def _told(spot: Spot) -> str:
    return f"{spot.rank}. {spot.name}, {spot.value_in_words}: placed {_range(spot.position)}, attractive {_range(spot.attraction)} of 100"


def _range(share: Range) -> str:
    low, high = round(share.low * 100), round(share.high * 100)
    return f"{low}" if low == high else f"{low} to {high}"


def _described(spots: Sequence[Spot]) -> str:
    count = "1 opportunity" if len(spots) == 1 else f"{len(spots)} opportunities"
    best = [spot.name for spot in spots if spot.position.low >= 1 / 2 and spot.attraction.low >= 1 / 2]
    pursue = f"To pursue now: {', '.join(best)}." if best else "No opportunity is both attractive and well placed yet."
    return f"{count}. {pursue} The table of opportunities has the terms."
