"""What a Tab offers is told from the lines of plans, so that it comes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import typer
from typer.core import TyperCommand

from acctplan import loader
from acctplan.analysis.actions import placed_actions
from acctplan.cli import completion
from acctplan.cli.options import complete_noted, complete_places
from acctplan.config import parse
from paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path


CONFIG = parse((ROOT / "acctplan.toml").read_text(encoding="utf-8"))


@pytest.fixture
def here(book: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample book, from one of its folders."""
    monkeypatch.chdir(book / "plans")
    return book


def context(**said: object) -> typer.Context:
    """What has been typed so far, as a completer is told."""
    found = typer.Context(TyperCommand("some"))
    found.params = said
    return found


def write(here: Path, text: str, name: str = "one.yaml") -> None:
    for plan in (here / "plans").iterdir():
        plan.unlink()
    (here / "plans" / name).write_bytes(text.encode())


@pytest.mark.parametrize(("kind", "section"), [("contact", "contacts"), ("opportunity", "opportunities")])
def test_ids_are_those_of_the_plans(here: Path, kind: str, section: str):
    for path in sorted((here / "plans").iterdir()):
        plan = loader.load(path.read_text(encoding="utf-8"), path.name, CONFIG).plan
        assert plan is not None
        assert completion.entry_ids(kind, path.stem) == list(getattr(plan, section))


def test_actions_are_those_that_have_still_to_be_done(here: Path):
    for path in sorted((here / "plans").iterdir()):
        plan = loader.load(path.read_text(encoding="utf-8"), path.name, CONFIG).plan
        assert plan is not None
        still = [str(one.pointer[-1]) for one in placed_actions(plan) if one.action.is_open]
        assert completion.entry_ids("action", path.stem) == list(dict.fromkeys(still))


CASES = {
    "comments and empty lines": (
        "contacts:  # who\n\n  # first\n  ann:\n    name: Ann\n\n# between\n  bo: {name: Bo}\nteam: {}\n",
        ["ann", "bo"],
    ),
    "line ends of Windows": ("contacts:\r\n  ann:\r\n    name: Ann\r\nteam:\r\n  me: {name: Me}\r\n", ["ann"]),
    "deeper indents": ("contacts:\n      ann:\n            name: Ann\n      bo:\n            name: Bo\n", ["ann", "bo"]),
    "a byte order mark": ("\ufeffcontacts:\n  ann: {name: Ann}\n", ["ann"]),
    "all in braces": ("contacts: {ann: {name: Ann}}\n", []),
    "an empty section": ("contacts:\nteam:\n  me: {name: Me}\n", []),
    "no such section": ("profile: {name: X}\n", []),
    "the end without a newline": ("contacts:\n  ann: {name: Ann}", ["ann"]),
    "text that looks like a section": ("profile:\n  background: |\n    contacts:\n      nobody: x\ncontacts:\n  ann: {}\n", ["ann"]),
    "nonsense": ("\t:::{{{[\ncontacts:\n\t- x\n", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_lines_as_people_write_them(here: Path, text: str, expected: list[str]):
    write(here, text)
    assert completion.entry_ids("contact") == expected


ACTIONS = {
    "below each other": (
        "objectives:\n  o:\n    strategies:\n      s:\n        actions:\n          a: {what: A}\n          b:\n            what: B\n",
        ["a", "b"],
    ),
    "in braces": (
        "objectives:\n  o:\n    strategies: {s: {what: S, actions: {a: {what: A}, b: {what: B,\n      due: 2026-12-01}}}}\n",
        ["a", "b"],
    ),
    "some settled": (
        "meetings:\n  held:\n    2026-01-01:\n      actions:\n        a: {what: A, status: done}\n        b: {what: B}\n",
        ["b"],
    ),
    "braces never closed": ("meetings:\n  held: {2026-01-01: {actions: {a: {what: A}, b: {\n", ["a"]),
}


@pytest.mark.parametrize(("text", "expected"), ACTIONS.values(), ids=ACTIONS)
def test_actions_as_people_write_them(here: Path, text: str, expected: list[str]):
    write(here, text)
    assert completion.entry_ids("action") == expected


def test_of_many_plans_ids_are_offered_once_the_plan_is_named(here: Path):
    for number in range(101):
        (here / "plans" / f"p{number}.yaml").write_text("contacts:\n  ann: {name: Ann}\n", encoding="utf-8")
    assert completion.entry_ids("contact") == []
    assert completion.entry_ids("contact", "p7") == ["ann"]


def test_pointers_are_sections_and_entries(here: Path):
    write(here, "profile:\n  name: X\ncontacts:\n  ann: {name: Ann}\n")
    assert completion.entry_pointers("one") == ["profile", "profile.name", "contacts", "contacts.ann"]


NOTED = """\
contacts:
  ann: {name: Ann}
risks:
  fire: {what: Fire}
meetings:
  held:
    2026-01-01:
      actions:
        call: {what: Call}
"""


@pytest.mark.parametrize(
    ("said", "begun", "offered"),
    [
        ([], "", ["ann", "call", "one"]),
        ([], "o", ["one"]),
        (["one"], "", ["ann", "call"]),
        (["one"], "a", ["ann"]),
        (["one", "ann"], "z", []),
    ],
)
def test_whatever_has_notes_is_offered_to_note(here: Path, said: list[str], begun: str, offered: list[str]):
    write(here, NOTED)
    assert sorted(complete_noted(context(words=said), begun)) == offered


def test_places_of_the_plan_are_offered_to_edit(here: Path):
    write(here, NOTED)
    assert complete_places(context(plan="one"), "contacts.") == ["contacts.ann"]


def test_a_plan_that_is_not_there_offers_nothing(here: Path):
    assert completion.entry_ids("contact", "nobody") == []
    assert completion.entry_pointers("nobody") == []


def test_outside_a_book_nothing_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert (completion.plan_names(), completion.entry_ids("contact"), completion.stages()) == ([], [], [])
