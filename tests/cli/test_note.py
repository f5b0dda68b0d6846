"""`acctplan note`: a dated note on whatever has notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PLAN = """\
profile: {name: Acme}
team: {ines: {name: Ines}}
insights: {grow: {kind: goal, what: Grow in the north}}
units: {plant: {name: Plant}}
contacts:
  lena-vos:
    name: Lena Vos    # met at the fair
    notes: Reads contracts twice
competitors: {kestrel: {name: Kestrel, notes: Cheap}}
opportunities:
  sensors: {name: Sensors for the plant}
objectives:
  win: {category: revenue, what: Win it, strategies: {show: {what: Show, actions: {visit: {what: Visit them}}}}}
risks: {late: {what: Too late}}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN)


@pytest.mark.parametrize(
    ("words", "new"),
    [
        (["lena-vos"], "notes: |\n      2026-11-21: Said no\n      Reads contracts twice"),
        (["contacts.lena-vos"], "notes: |\n      2026-11-21: Said no\n      Reads contracts twice"),
        (["acme", "sensors"], "plant, notes: '2026-11-21: Said no'}\nobjectives"),
        (["kestrel"], "notes: '2026-11-21: Said no | Cheap'"),
        (["plant"], "{name: Plant, notes: '2026-11-21: Said no'}"),
        (["visit"], "{what: Visit them, notes: '2026-11-21: Said no'}"),
        (["acme", "Win it"], "notes: '2026-11-21: Said no'}\nrisks"),
    ],
)
def test_a_note_stands_above_those_that_were_there(run: Run, acme: Path, words: list[str], new: str):
    answer = run("note", *words, "Said no", *TODAY)
    assert (answer.status, answer.out) == (0, "")
    text = acme.read_text("utf-8")
    assert new in text
    assert text.count("2026-11-21: Said no") == 1
    assert "# met at the fair" in text


def test_diff_and_another_day(run: Run, acme: Path):
    answer = run("note", "visit", "Said no", "--on", "yesterday", "--diff", *TODAY)
    assert "2026-11-20: Said no" in answer.out
    assert acme.read_text("utf-8") == PLAN


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["late", "x"], "a risk has no notes\n  its response: acctplan set acme risks.late.response '…'"),
        (["grow", "x"], "an insight has no notes\n  its source: acctplan set acme insights.grow.source '…'"),
        (["acme", "x"], 'a note on what of acme?\n  name an entry: acctplan note acme ENTRY "…"'),
        (["lena-voss", "x"], "nothing is called lena-voss\n  did you mean lena-vos?"),
        (["acme", "zzz", "x"], "nothing is called zzz in plans/acme.yaml\n  give an id, or a part of a name"),
        (["sensors"], "an entry and a note are wanted"),
        (["acme", "sensors", "x", "y"], "an entry and a note are wanted"),
        (["sensors", " "], "a text without a word"),
    ],
)
def test_what_cannot_be_noted_is_refused(run: Run, acme: Path, words: list[str], message: str):
    answer = run("note", *words, *TODAY)
    assert answer.status == 2
    assert message in answer.err
    assert acme.read_text("utf-8") == PLAN


def test_several_of_a_name_are_listed_with_what_they_are(run: Run, acme: Path, plan: Callable[..., Path]):
    plan(PLAN.replace("profile: {name: Acme}", "profile: {name: Other}"), "other")
    answer = run("note", "the plant", "x", *TODAY)
    assert (answer.status, answer.out) == (2, "")
    assert "opportunities.sensors  Sensors for the plant  acme" in answer.err
    assert "2 may be meant by the plant" in answer.err
    assert run("note", "other", "sensors", "x", *TODAY).status == 0
    assert acme.read_text("utf-8") == PLAN
