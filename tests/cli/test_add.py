"""`acctplan add`: what is new gets an id and its place, and everything else stays."""

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
contacts:
  tom: {name: Tom}   # the plant
opportunities:
  sensors: {name: Sensors, status: open}
objectives:
  win: {category: revenue, what: Win, opportunities: [sensors], strategies: {show: {what: Show}, call: {what: Call}}}
  keep: {category: revenue, what: Keep}
meetings:
  held:
    2026-11-01: {}
"""


@pytest.fixture
def acme(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "acme")


def added(path: Path) -> list[str]:
    """The lines that are new; none may have gone but those that were added to."""
    before = PLAN.splitlines()
    return [line for line in path.read_text("utf-8").splitlines() if line not in before]


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["contact", "acme", "Lena Vos", "title=CFO"], ["  lena-vos:", "    name: Lena Vos", "    title: CFO"]),
        (["contact", "acme", "Lena Vos", "--id", "cfo"], ["  cfo:", "    name: Lena Vos"]),
        (["member", "acme", "Amira Haddad"], ["team: {ines: {name: Ines}, amira-haddad: {name: Amira Haddad}}"]),
        (
            ["insight", "acme", "Cut write-offs", "kind=goal", "as_of=today"],
            ["insights:", "  cut-write-offs: {what: Cut write-offs, kind: goal, as_of: 2026-11-21}"],
        ),
        (
            ["risk", "acme", "Plant IT blocks it", "likelihood=high"],
            ["risks:", "  plant-it-blocks-it: {what: Plant IT blocks it, likelihood: high}"],
        ),
        (
            ["question", "acme", "Who signs?", "contact=tom", "asked=today"],
            ["questions:", "  who-signs: {what: 'Who signs?', contact: tom, asked: 2026-11-21}"],
        ),
        (["meeting", "acme", "+2w"], ["  next: 2026-12-05"]),
        (["meeting", "acme", "today", "attended=tom,ines"], ["    2026-11-21:", "      attended: [tom, ines]"]),
        (
            ["action", "acme", "Send it", "meeting=2026-11-01", "due=fri"],
            ["    2026-11-01:", "      actions:", "        send-it:", "          what: Send it", "          due: 2026-11-27"],
        ),
    ],
)
def test_what_is_added(run: Run, acme: Path, arguments: list[str], lines: list[str]):
    answer = run("add", *arguments, *TODAY)
    assert (answer.status, answer.out) == (0, "")
    assert added(acme) == lines


@pytest.mark.parametrize(("place", "strategy"), [("for=sensors", "show"), ("to=win", "show"), ("to=win.call", "call")])
def test_an_action_finds_its_place(run: Run, acme: Path, place: str, strategy: str):
    assert run("add", "action", "acme", "Send it", place, "owner=ines", *TODAY).status == 0
    (line,) = added(acme)
    named = {"show": "Show", "call": "Call"}[strategy]
    assert f"{strategy}: {{what: {named}, actions: {{send-it: {{what: Send it, owner: ines}}}}}}" in line


def test_a_field_inside_a_field(run: Run, acme: Path):
    run("add", "opportunity", "acme", "Service", "importance.customer=4", "importance.us=5", "competition.position=ahead")
    assert "    importance: {customer: 4, us: 5}\n    competition: {position: ahead}\n" in acme.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["contct", "acme", "X"], "nothing called 'contct' can be added\n  did you mean contact?"),
        (["contact", "acme"], "What is their name?"),
        (["contact", "acme", "Tom"], "there is a contact tom already\n  give another: --id ID"),
        (["contact", "acme", "Lena Vos", "--id", "tom"], "there is a contact tom already\n  give another: --id ID"),
        (["contact", "acme", "Lena", "titel=CFO"], "has no field 'titel'"),
        (["contact", "acme", "Lena", "CFO"], "'CFO' is no field"),
        (["contact", "acme", "山田"], "an id cannot be made from these words"),
        (["contact", "acme", "Lena", "for=sensors"], "a contact has no 'for'"),
        (["insight", "acme", "Grow"], "'kind' is missing"),
        (["action", "acme", "Do"], "where does it belong?"),
        (["action", "acme", "Do", "for=nothing"], "no opportunity nothing"),
        (["action", "acme", "Do", "to=keep"], "the objective keep has no strategy yet"),
        (["action", "acme", "Do", "to=win.shw"], "no strategy shw\n  did you mean show?"),
        (["action", "acme", "Do", "meeting=2026-10-01"], "no meeting was held on 2026-10-01"),
        (["meeting", "acme", "2026-11-01"], "the meeting of 2026-11-01 is noted already"),
        (["meeting", "acme", "soon"], "'soon' is no day"),
        (["contact", "acme", "Lena", "reports_to=nobody"], "'nobody' is not in contacts"),
    ],
)
def test_what_cannot_be_added(run: Run, acme: Path, arguments: list[str], message: str):
    answer = run("add", *arguments, *TODAY)
    assert (answer.status, answer.out) == (2, "")
    assert message in answer.err
    assert acme.read_text("utf-8") == PLAN


def test_a_diff_writes_nothing(run: Run, acme: Path):
    assert "+  lena-vos:\n+    name: Lena Vos\n" in run("add", "contact", "acme", "Lena Vos", "--diff").out
    assert acme.read_text("utf-8") == PLAN
