"""The elements of pictures: well-formed whatever they are given."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.render.pictures import svg

PAYLOADS = ["<script>alert(1)</script>", '"><image href=x onerror=alert(1)>', "]]>", "&lt;b&gt;", "\x00\x1b[31m", "\u202eabc", "\ud800"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_stay_words(payload: str):
    drawn = svg.picture("test", 10, 10, payload, payload, svg.titled(payload, svg.text(1, 2, payload, payload)))
    tree = ET.fromstring(drawn)
    assert [node.tag for node in tree.iter()] == ["svg", "title", "desc", "g", "title", "text"]


@given(st.text(), st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_any_text_at_any_place_is_well_formed(text: str, place: float):
    ET.fromstring(svg.text(place, -place, text))


@pytest.mark.parametrize(("value", "written"), [(1.0, "1"), (0.004, "0"), (-0.001, "0"), (12.345, "12.35"), (100, "100"), (-3.5, "-3.5")])
def test_coordinates_are_short(value: float, written: str):
    assert svg.number(value) == written


def test_a_picture_says_what_it_is_to_whoever_cannot_see_it():
    tree = ET.fromstring(svg.picture("org-chart", 100, 50.5, "Org chart", "12 people", svg.rect(0, 0, 5, 5, "box")))
    assert tree.attrib["role"] == "img"
    ids = tree.attrib["aria-labelledby"].split()
    assert [node.text for node in tree.iter() if node.attrib.get("id") in ids] == ["Org chart", "12 people"]
    assert tree.attrib["viewBox"] == "0 0 100 50.5"
