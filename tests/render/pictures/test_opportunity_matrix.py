"""The opportunity matrix: every bubble has its number, and no words lie over others."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.render.pictures.lettering import width
from acctplan.render.pictures.opportunity_matrix import HEIGHT, WIDTH, Range, Spot, opportunity_matrix
from acctplan.render.pictures.placing import Area

SHARES = st.floats(0, 1)
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    low, high = sorted((draw(SHARES), draw(SHARES)))
    return Range(low, high)


@st.composite
def spots(draw: st.DrawFn, most: int = 40) -> list[Spot]:
    values = st.none() | st.floats(0, 1e9)
    count = draw(st.integers(1, most))
    return [Spot(number, draw(NAMES), draw(ranges()), draw(ranges()), draw(values), "1.34 M EUR") for number in range(1, count + 1)]


def areas(drawn: str) -> list[Area]:
    """What pins and labels take."""
    found = []
    for node in ET.fromstring(drawn).iter():
        kind = node.attrib.get("class")
        if kind == "pin":
            x, y, r = (float(node.attrib[key]) for key in ("cx", "cy", "r"))
            found.append(Area(x - r, y - r, r * 2, r * 2))
        elif kind == "label":
            size = float(node.attrib["font-size"])
            wide = width(node.text or "", size)
            start = float(node.attrib["x"]) - wide * {"end": 1, "middle": 0.5}.get(node.attrib.get("text-anchor", ""), 0)
            found.append(Area(start, float(node.attrib["y"]) - size, wide, size))
    return found


def shrunk(area: Area) -> Area:
    return Area(area.x + 0.05, area.y + 0.05, area.width - 0.1, area.height - 0.1)


@given(spots())
def test_numbers_and_names_never_lie_over_each_other(found: list[Spot]):
    drawn = opportunity_matrix(found)
    taken = [shrunk(area) for area in areas(drawn)]
    assert drawn.count('class="pin"') == len(found)
    for number, area in enumerate(taken):
        assert not any(area.overlaps(other) for other in taken[number + 1 :])
        assert area.lies_in(Area(0, 0, WIDTH, HEIGHT))


def bubble(drawn: str, number: int = 0) -> dict[str, float]:
    circles = [node.attrib for node in ET.fromstring(drawn).iter("circle") if node.attrib["class"] == "bubble"]
    return {key: float(circles[number][key]) for key in ("cx", "cy", "r")}


def spot(position: float, attraction: float, value: float | None = 1.0, could_be: float | None = None) -> Spot:
    return Spot(1, "Sensors", Range(position, could_be or position), Range(attraction, attraction), value, "1 EUR")


def test_better_placed_is_further_right_and_more_attractive_further_up():
    low, high = bubble(opportunity_matrix([spot(0.2, 0.2)])), bubble(opportunity_matrix([spot(0.8, 0.9)]))
    assert low["cx"] < high["cx"]
    assert low["cy"] > high["cy"]


def test_the_area_of_a_bubble_is_its_value():
    drawn = opportunity_matrix([spot(0.2, 0.2, 400_000.0), spot(0.8, 0.8, 100_000.0)])
    assert bubble(drawn, 0)["r"] == pytest.approx(2 * bubble(drawn, 1)["r"])


def test_what_is_unknown_is_drawn_as_how_far_it_could_come():
    assert 'class="reach"' not in opportunity_matrix([spot(0.2, 0.2)])
    (line,) = [
        node.attrib
        for node in ET.fromstring(opportunity_matrix([spot(0.2, 0.2, could_be=0.6)])).iter("line")
        if node.attrib["class"] == "reach"
    ]
    assert float(line["x2"]) > float(line["x1"])
    assert line["y2"] == line["y1"]


def test_it_is_told_in_words():
    titles = [node.text for node in ET.fromstring(opportunity_matrix([spot(0.6, 0.72, could_be=0.8)])).iter("title")]
    assert "1. Sensors, 1 EUR: placed 60 to 80, attractive 72 of 100" in titles


def test_none_no_matrix():
    assert opportunity_matrix([]) == ""


def labels(drawn: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(drawn).iter("text") if node.attrib.get("class") == "label"]


def test_a_name_that_says_nothing_any_more_is_left_out():
    crowd = [Spot(number, "Monitoring", Range(0.3, 0.3), Range(0.4, 0.4), None, "value unknown") for number in range(1, 41)]
    assert all(label.startswith("Monit") for label in labels(opportunity_matrix(crowd)))
    assert labels(opportunity_matrix(crowd[:1])) == ["Monitoring (value unknown)"]


def test_names_keep_away_from_the_bubbles_of_others():
    big = Spot(1, "Big", Range(0.4, 0.4), Range(0.5, 0.5), 9e6, "9 M EUR")
    near = Spot(2, "Near", Range(0.34, 0.34), Range(0.46, 0.46), 1e5, "1 EUR")
    names = [node.attrib for node in ET.fromstring(opportunity_matrix([big, near])).iter("text") if node.text == "Near (1 EUR)"]
    assert [name.get("text-anchor") for name in names] == ["end"]


def test_lines_are_drawn_for_the_first_in_rank_only():
    many = [Spot(number, "X", Range(0.1, 0.9), Range(0.1, 0.9), None, "?") for number in range(1, 31)]
    assert opportunity_matrix(many).count('class="reach"') == 15
