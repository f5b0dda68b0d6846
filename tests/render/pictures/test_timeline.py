"""The timeline: days where they belong, what is late said so, everything on it."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.render.pictures.timeline import Event, Step, Track, timeline
from acctplan.render.view.words import ACTION

TODAY = date(2026, 11, 21)


def step(due: date | None, status: str = "in_progress", what: str = "The list", done: date | None = None) -> Step:
    is_open = status in ("in_progress", "not_started")
    is_late = is_open and due is not None and due < TODAY
    return Step(what, "Ines", due, done, ACTION["late" if is_late else status], is_late, is_open)


def drawn(*steps: Step, events: tuple[Event, ...] = (), due: date | None = None) -> str:
    return timeline([Track("Win", due, steps)], events, TODAY)


def sheets(picture: str) -> list[ET.Element]:
    return list(ET.fromstring(f"<all>{picture}</all>"))


def nodes(picture: str, kind: str) -> list[dict[str, str]]:
    return [node.attrib for sheet in sheets(picture) for node in sheet.iter() if node.attrib.get("class") == kind]


def words(picture: str) -> str:
    return " | ".join("".join(node.itertext()) for sheet in sheets(picture) for node in sheet.iter("text"))


def test_what_is_left_runs_from_today_and_what_is_late_to_today():
    (today,) = nodes(drawn(step(date(2026, 12, 20))), "today")
    (left,) = nodes(drawn(step(date(2026, 12, 20))), "bar-left")
    assert float(left["x"]) == float(today["x1"])
    late_picture = drawn(step(date(2026, 10, 1)), step(date(2026, 12, 20)))
    (today,), (late,) = nodes(late_picture, "today"), nodes(late_picture, "bar-late")
    assert float(late["x"]) + float(late["width"]) == pytest.approx(float(today["x1"]), abs=0.02)
    assert "1 Oct 2026 late" in words(late_picture)


def test_what_is_done_has_a_mark_and_no_bar():
    picture = drawn(step(date(2026, 10, 1), "done", done=date(2026, 9, 28)))
    assert not nodes(picture, "bar-late")
    assert len(nodes(picture, "mark mark-done")) == 1
    assert "28 Sep 2026" in words(picture)


def test_later_is_further_right():
    marks = nodes(drawn(*(step(date(2026, 12, 1) + timedelta(weeks=week)) for week in range(5))), "mark mark-left")
    starts = [float(mark["d"][1:].split()[0]) for mark in marks]
    assert starts == sorted(starts)
    assert len(set(starts)) == 5


def test_what_has_no_date_says_so():
    picture = drawn(step(None), step(date(2026, 12, 1)))
    assert "no date" in words(picture)


def test_meetings_and_goals_are_on_it():
    picture = drawn(step(date(2026, 12, 1)), events=(Event(date(2026, 12, 9), "planned"),), due=date(2027, 2, 26))
    assert len(nodes(picture, "event")) == 1
    assert "9 Dec 2026: planned" in [node.text for sheet in sheets(picture) for node in sheet.iter("title")]
    assert len(nodes(picture, "mark mark-goal")) == 1
    assert "26 Feb 2027" in words(picture)


def test_without_a_date_there_is_no_line():
    assert drawn(step(None)) == ""
    assert timeline([], [], TODAY) == ""


DAYS = st.dates(date(1900, 1, 1), date(9999, 12, 31))


@given(
    st.lists(st.builds(step, st.none() | DAYS, st.sampled_from(["in_progress", "done", "cancelled"]), st.text(max_size=90)), max_size=80)
)
def test_any_days_are_on_the_picture(steps: list[Step]):
    picture = drawn(*steps, due=date(2027, 1, 1))
    for sheet in sheets(picture):
        wide, tall = float(sheet.attrib["width"]), float(sheet.attrib["height"])
        for node in sheet.iter("rect"):
            assert 0 <= float(node.attrib["x"]) <= float(node.attrib["x"]) + float(node.attrib["width"]) <= wide
        assert all(0 <= float(node.attrib["x1"]) <= wide for node in sheet.iter("line"))
        assert all(float(node.attrib["y"]) <= tall for node in sheet.iter("text"))
        ticks = [float(node.attrib["x1"]) for node in sheet.iter("line") if node.attrib["class"] == "tick"]
        assert len(ticks) <= 11
        assert ticks == sorted(ticks)


@pytest.mark.parametrize(("counts", "rows"), [((10, 10), [20]), ((29,), [29]), ((28, 2), [28, 2]), ((70,), [29, 29, 12])])
def test_many_steps_take_several_sheets_to_one_scale(counts: tuple[int, ...], rows: list[int]):
    steps = tuple(step(TODAY + timedelta(days=day), what=f"Step {day}") for day in range(1, max(counts) + 1))
    picture = timeline([Track(f"Track {number}", None, steps[:count]) for number, count in enumerate(counts)], (), TODAY)
    found = sheets(picture)
    assert [len([node for node in sheet.iter("text") if "step" in node.attrib.get("class", "").split()]) for sheet in found] == rows
    assert len({sheet.attrib["aria-labelledby"] for sheet in found}) == len(rows)
    assert len({tuple(line["x1"] for line in nodes(ET.tostring(sheet, encoding="unicode"), "tick")) for sheet in found}) == 1
