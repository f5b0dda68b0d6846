"""What a Tab offers is told from the lines of plans, so that it comes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args, get_origin

import pytest
import typer
from typer.core import TyperCommand

from acctplan import loader
from acctplan.analysis.actions import placed_actions
from acctplan.cli import completion
from acctplan.cli.fields import FIELDS, fields_of, refers_to, words_of
from acctplan.cli.options import (
    complete_added,
    complete_deals,
    complete_moves,
    complete_noted,
    complete_people,
    complete_places,
    complete_pointers,
    complete_ranked,
    complete_team,
)
from acctplan.config import Config, parse
from acctplan.model.references import fields_at, shape, type_at
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
    assert (completion.plan_names(), completion.entry_ids("contact"), completion.stages()) == ([], [], list(completion.STAGES))


def test_the_stages_of_a_book_that_names_none_are_those_that_come_along(here: Path):
    assert tuple(Config().stages) == completion.STAGES
    (here / "acctplan.toml").write_text("currency = 'EUR'\n", encoding="utf-8")
    assert complete_moves(context(opportunity=["crane-rollout"]), "ne") == ["needs-analysis", "negotiation"]


ENTRIES = {
    **{name: (name,) for name in ("insights", "team", "units", "solutions", "contacts", "competitors", "opportunities")},
    **{name: (name,) for name in ("objectives", "risks", "questions")},
    "buying_roles": ("opportunities", "x", "buying_roles"),
    "strategies": ("objectives", "x", "strategies"),
    "actions": ("objectives", "x", "strategies", "x", "actions"),
}


@pytest.mark.parametrize(("section", "above"), ENTRIES.items())
def test_fields_are_those_of_the_model(section: str, above: tuple[str, ...]):
    assert set(FIELDS) == set(ENTRIES)
    assert fields_of(section) == fields_at((*above, "x"))
    for field in fields_of(section):
        kind = type_at((*above, "x", field))
        kind = get_args(kind)[0] if get_origin(kind) is tuple else kind
        words = list(get_args(kind)) if get_origin(kind) is Literal else ["true", "false"] if kind is bool else []
        assert words_of(section, field) == words
        info = {one.alias or name: one for name, one in type_at((*above, "x")).model_fields.items()}[field]
        form = shape(info.annotation, info)
        referred = form.ref or (form.inside.ref if form.inside else ())
        assert refers_to(section, field) == (referred[0] if referred else None)


ONE = """\
team:
  nora: {name: Nora}
contacts:
  anna: {name: Anna}
opportunities:
  sensors: {name: Sensors}
objectives:
  win: {what: Win}
"""


@pytest.mark.parametrize(
    ("kind", "words", "incomplete", "offered"),
    [
        ("action", [], "o", ["one"]),
        ("action", ["one"], "", []),
        ("action", ["one", "Do"], "o", ["owner="]),
        ("action", ["one", "Do"], "t", ["to="]),
        ("action", ["one", "Do"], "for=", ["for=sensors"]),
        ("action", ["on", "Do"], "for=s", ["for=sensors"]),
        ("action", ["one", "Do", "for"], "=", ["sensors"]),
        ("action", ["one", "Do", "for", "="], "se", ["sensors"]),
        ("action", ["one", "Do"], "to=", ["to=win"]),
        ("action", ["one", "Do"], "owner=", ["owner=nora"]),
        ("contact", ["one", "Bo"], "reports_to=", ["reports_to=anna"]),
        ("contact", ["one", "Bo"], "stance=n", ["stance=neutral", "stance=negative"]),
        ("contact", ["one", "Bo"], "for=", []),
        ("opportunity", ["one", "Bo"], "stage=pro", ["stage=proposal"]),
        ("role", ["one"], "", ["sensors"]),
        ("role", ["one", "sensors"], "", ["anna"]),
        ("role", ["one", "sensors", "anna"], "role=e", ["role=evaluator"]),
    ],
)
def test_what_is_added(here: Path, kind: str, words: list[str], incomplete: str, offered: list[str]):
    write(here, ONE)
    assert complete_added(context(kind=kind, words=words), incomplete) == offered


@pytest.mark.parametrize(
    ("said", "incomplete", "offered"),
    [
        (["one"], "contacts.anna.st", ["contacts.anna.stance"]),
        (["one"], "contacts.an", ["contacts.anna"]),
        (["one", "contacts.anna.stance"], "s", ["supportive"]),
        (["one", "opportunities.sensors.owner"], "", ["nora"]),
        (["one", "opportunities.sensors"], "", []),
        (["one"], "objectives.win.strategies.s.actions.a.d", [f"objectives.win.strategies.s.actions.a.{name}" for name in ("due", "done")]),
    ],
)
def test_fields_and_values_to_set(here: Path, said: list[str], incomplete: str, offered: list[str]):
    write(here, ONE)
    assert complete_pointers(context(plans=said), incomplete) == offered


def test_people_and_deals_that_options_name(here: Path):
    write(here, ONE)
    assert complete_team(context(), "") == complete_team(context(plans=["one"]), "n") == ["nora"]
    assert complete_people(context(plan="one"), "") == ["anna"]
    assert complete_deals(context(plan="one"), "s") == ["sensors"]
    assert complete_ranked(context(explain=True), "") == ["sensors", "one"]
    assert complete_ranked(context(), "") == ["one"]
    assert complete_moves(context(opportunity=["on"]), "") == ["sensors"]
