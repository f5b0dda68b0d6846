"""`acctplan rank --segment`: what matters to the customer, to us, to both or to neither."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.report.visible import columns as wide_as

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

EDGES = ("┌", "├", "└", "│")
PLAN = """\
profile: {name: Meridian Foods}
opportunities:
  both: {name: Platform, importance: {customer: 5, us: 4}}
  theirs: {name: Training, importance: {customer: 4, us: 2}}
  ours: {name: Reference, importance: {customer: 1, us: 5}}
  nobodys: {name: Spares, importance: {customer: 3, us: 3}}
  half: {name: Half, importance: {customer: 5}}
  none: {name: None yet}
"""


@pytest.fixture
def meridian(plan: Callable[..., Path]) -> Path:
    return plan(PLAN)


def segments(run: Run, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(run("rank", "--segment", "--json", *arguments).out)["segments"]


def test_json_has_every_segment_and_its_terms(run: Run, meridian: Path):
    found = segments(run)
    assert {one["segment"]: sorted(each["opportunity"] for each in one["opportunities"]) for one in found} == {
        "A": ["both"],
        "B": ["theirs"],
        "C": ["ours"],
        "D": ["nobodys"],
        None: ["half", "none"],
    }
    assert found[0]["opportunities"][0]["terms"] == [
        {"factor": "importance_to_customer", "grade": 5, "pointer": "opportunities.both.importance.customer", "line": 3},
        {"factor": "importance_to_us", "grade": 4, "pointer": "opportunities.both.importance.us", "line": 3},
    ]
    half = next(one for one in found[4]["opportunities"] if one["opportunity"] == "half")
    assert [(term["grade"], term["pointer"]) for term in half["terms"]] == [
        (5, "opportunities.half.importance.customer"),
        (None, "opportunities.half.importance"),
    ]


def test_piped_it_is_one_table(run: Run, meridian: Path):
    titles, *lines = [line.split("\t") for line in run("rank", "--segment").out.splitlines()]
    rows = {row["opportunity"]: row for row in (dict(zip(titles, line, strict=True)) for line in lines)}
    assert {key: row["segment"] for key, row in rows.items()} == {
        "both": "A",
        "theirs": "B",
        "ours": "C",
        "nobodys": "D",
        "half": "unknown",
        "none": "unknown",
    }
    assert (rows["theirs"]["importance_to_customer"], rows["theirs"]["importance_to_us"]) == ("4", "2")
    assert (rows["half"]["importance_to_customer"], rows["half"]["importance_to_us"]) == ("5", "")


def test_people_see_four_quadrants(run: Run, meridian: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    drawing, beneath = run("rank", "--segment").out.split("└")
    upper, lower = drawing.split("├")
    quadrants = []
    for part in (upper, lower):
        pairs = [line.strip("│").split("│") for line in part.splitlines() if line.startswith("│")]
        quadrants += [" ".join(" ".join(lines).split()) for lines in zip(*pairs, strict=True)]
    assert [re.sub(r"\d\. ", "", text) for text in quadrants] == [
        "B matters to the customer: 1 Serve it well: it builds trust. Training",
        "A matters to both: 1 Invest: here both sides gain. Platform",
        "D matters to neither: 1 Let it go, unless it comes by itself. Spares",
        "C matters to us: 1 Only if it is cheap, or find a reason for the customer. Reference",
    ]
    assert re.search(r"Half +Meridian Foods +importance to us", beneath)
    assert re.search(r"None yet +Meridian Foods +both", beneath)


@pytest.mark.parametrize("columns", [50, 60, 80, 100, 200])
def test_every_line_of_the_drawing_is_as_wide(run: Run, book: Path, terminal: Callable[[int], None], columns: int):
    terminal(columns)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", run("rank", "--segment").out)
    drawn = [wide_as(line) for line in plain.splitlines() if line.startswith(EDGES)]
    assert len(set(drawn)) == 1
    assert drawn[0] in (min(columns, 120), min(columns, 120) - 1)


def test_wide_characters_keep_the_lines_straight(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan("profile: {name: A}\nopportunities: {a: {name: 東京のポンプ場の省エネ診断 é e\u0301, importance: {customer: 5, us: 5}}}\n")
    terminal(80)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", run("rank", "--segment").out)
    assert len({wide_as(line) for line in plain.splitlines() if line.startswith(EDGES)}) == 1


def test_what_has_no_room_in_its_quadrant_is_listed_beneath(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    many = "".join(f"  o{number}: {{name: Number {number}, importance: {{customer: 5, us: 5}}}}\n" for number in range(30))
    plan(f"profile: {{name: Acme}}\nopportunities:\n{many}  one: {{name: Alone, importance: {{customer: 1, us: 1}}}}\n")
    terminal(80)
    out = run("rank", "--segment").out
    drawing, beneath = out.split("└")
    assert "and 19 more: all of A beneath" in drawing
    assert all(f"Number {number} " in beneath for number in range(30))
    assert "Alone" in drawing
    assert "Alone" not in beneath


def test_a_narrow_terminal_gets_lists(run: Run, meridian: Path, terminal: Callable[[int], None]):
    terminal(49)
    out = run("rank", "--segment").out
    assert "┌" not in out
    assert all(name in out for name in ("Platform", "Training", "Reference", "Spares"))


def test_without_any_grades_nothing_is_drawn(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan("profile: {name: Acme}\nopportunities: {a: {name: A}}\n")
    terminal(80)
    answer = run("rank", "--segment")
    assert "┌" not in answer.out
    assert "importance: {customer: 4, us: 3}" in answer.err
