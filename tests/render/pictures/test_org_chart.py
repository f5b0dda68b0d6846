"""The org chart: everybody is on it, nothing lies over anything else, and it fits."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.analysis.signs import COVERAGE, INFLUENCE, STANCE
from acctplan.render.pictures.org_chart import ROOM, Seat, org_chart


def seat(identifier: str, boss: str | None = None, name: str | None = "Lena Vos", **fields: object) -> Seat:
    usual = {"title": "CFO", "part": "", "stance": STANCE[None], "influence": INFLUENCE[None], "coverage": COVERAGE[None], "influences": ()}
    return Seat(**{"id": identifier, "reports_to": boss, "name": name, **usual, **fields})  # type: ignore[arg-type]


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        beside = self.x + self.width <= other.x or other.x + other.width <= self.x
        above = self.y + self.height <= other.y or other.y + other.height <= self.y
        return not (beside or above)


def boxes(drawn: str) -> list[Box]:
    found = [node.attrib for node in ET.fromstring(drawn).iter("rect") if node.attrib["class"].startswith("seat")]
    return [Box(*(float(box[key]) for key in ("x", "y", "width", "height"))) for box in found]


def size(drawn: str) -> tuple[float, float]:
    root = ET.fromstring(drawn)
    return float(root.attrib["width"]), float(root.attrib["height"])


@st.composite
def staffs(draw: st.DrawFn, most: int = 40) -> list[Seat]:
    """Charts of every shape: each reports to nobody or to somebody before them."""
    count = draw(st.integers(1, most))
    bosses = [None, *(draw(st.none() | st.integers(0, number - 1)) for number in range(1, count))]
    names = st.none() | st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
    ids = st.integers(0, count - 1).map(lambda number: f"p{number}")
    return [
        seat(f"p{number}", None if boss is None else f"p{boss}", draw(names), influences=tuple(draw(st.lists(ids, max_size=1))))
        for number, boss in enumerate(bosses)
    ]


@given(staffs())
def test_nothing_overlaps_and_everybody_is_there(staff: list[Seat]):
    drawn = org_chart(staff)
    found = sorted(boxes(drawn))
    assert len(found) == len(staff)
    for number, box in enumerate(found):
        assert not any(box.overlaps(other) for other in found[number + 1 :])
    width, height = size(drawn)
    assert all(box.x >= 0 and box.y >= 0 and box.x + box.width <= width and box.y + box.height <= height for box in found)


@given(staffs())
def test_it_fits_its_room(staff: list[Seat]):
    assert size(org_chart(staff))[0] <= ROOM


@pytest.mark.parametrize("room", [360, 700, 1136])
def test_a_wide_staff_stands_in_columns(room: float):
    drawn = org_chart([seat("boss"), *(seat(f"p{number}", "boss") for number in range(59))], room)
    assert size(drawn)[0] <= room
    assert len(boxes(drawn)) == 60


@pytest.mark.parametrize("count", [30, 500, 3000])
def test_a_chain_of_command_of_any_length(count: int):
    drawn = org_chart([seat(f"p{number}", f"p{number - 1}" if number else None) for number in range(count)])
    assert len(boxes(drawn)) == count
    assert size(drawn)[0] <= ROOM


def test_managers_stand_above_their_people():
    drawn = org_chart([seat("a"), seat("b", "a"), seat("c", "a"), seat("d", "b")])
    a, b, c, d = boxes(drawn)
    assert a.y < b.y == c.y < d.y
    assert b.x <= a.x <= c.x


def test_what_a_box_says_it_says_in_words_too():
    told = seat(
        "a", title="Chief", part="decision maker", stance=STANCE["negative"], influence=INFLUENCE["high"], coverage=COVERAGE["brief"]
    )
    drawn = org_chart([told, seat("b", "a", None, title="Manager")])
    titles = [node.text for node in ET.fromstring(drawn).iter("title")]
    assert titles[1:] == [
        "Lena Vos, Chief, decision maker, stance negative, influence high, coverage brief",
        "vacant, Manager, stance unknown, influence unknown, coverage unknown",
    ]
    assert "✕ negative" in drawn


def test_informal_lines_are_drawn_unless_there_are_too_many():
    few = org_chart([seat("a"), seat("b", "a", influences=("a",))])
    many = org_chart([seat("a"), *(seat(f"p{number}", "a", influences=("a",)) for number in range(40))])
    assert (few.count('class="informal"'), many.count('class="informal"')) == (1, 0)
    assert "has the ear of" in few
    assert "has the ear of" not in many


def test_those_outside_the_lines_are_said_to_be():
    assert "outside the reporting lines" in org_chart([seat("a"), seat("b", "a"), seat("alone")])
    assert "outside the reporting lines" not in org_chart([seat("a"), seat("alone")])


def test_nobody_no_chart():
    assert org_chart([]) == ""


def test_the_same_people_make_the_same_chart():
    staff = [seat("a"), seat("b", "a", influences=("a",)), seat("c")]
    assert org_chart(staff) == org_chart(list(staff))


def test_words_stay_words():
    drawn = org_chart([seat("a", name="<script>alert(1)</script>", title='" onload="x')])
    assert not re.search(r"<script|onload=\"x", drawn)
