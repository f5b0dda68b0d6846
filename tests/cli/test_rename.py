"""`acctplan rename`: another id for an entry, there and wherever it is referred to."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from acctplan import loader
from acctplan.config import parse
from acctplan.model.references import references, renamed
from paths import DATA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

PLAN = """\
profile: {name: Acme}
contacts:
  decision-maker:   # who signs
    name: Lena Vos
  'tom': {name: Tom, reports_to: decision-maker, influences: [decision-maker]}
units: {yard: {name: Yard}}
white_space:
  yard:   # the yard
    sensors: {status: open}
solutions: {sensors: {name: Sensors}}
opportunities:
  best:
    name: Best
    unit: yard
    solution: sensors
    buying_roles:
      decision-maker: {role: decision_maker}   # signs
questions:
  q: {what: 'Where does Lena stand?', about: contacts.decision-maker.stance, contact: tom}
meetings: {with: [decision-maker, tom]}
"""


@pytest.mark.parametrize(
    ("pointer", "new", "lines"),
    [
        (
            "contacts.decision-maker",
            "lena-vos",
            [
                "  lena-vos:   # who signs",
                "  'tom': {name: Tom, reports_to: lena-vos, influences: [lena-vos]}",
                "      lena-vos: {role: decision_maker}   # signs",
                "  q: {what: 'Where does Lena stand?', about: contacts.lena-vos.stance, contact: tom}",
                "meetings: {with: [lena-vos, tom]}",
            ],
        ),
        ("contacts.tom", "tom-b", ["  tom-b: {name: Tom, reports_to: decision-maker, influences: [decision-maker]}", None, None]),
        ("units.yard", "yard-2", ["units: {yard-2: {name: Yard}}", "  yard-2:   # the yard", "    unit: yard-2"]),
        ("solutions.sensors", "probes", ["    probes: {status: open}", "solutions: {probes: {name: Sensors}}", "    solution: probes"]),
    ],
)
def test_an_entry_is_renamed_everywhere_and_nothing_else_changes(run: Run, plan: Callable[..., Path], pointer: str, new: str, lines: list):
    path = plan(PLAN, "acme")
    assert run("rename", "acme", pointer, new).status == 0
    text = path.read_text(encoding="utf-8")
    changed = [now for was, now in zip(PLAN.splitlines(), text.splitlines(), strict=True) if was != now]
    assert len(changed) == len(lines)
    assert [line for line in lines if line is not None and line not in changed] == []
    assert run("check", "acme", "--fail-on", "error").status == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("acme", "contacts.nobody", "x"), "has no contacts.nobody"),
        (("acme", "contacts.tom", "Tom B"), "'Tom B' cannot be an id"),
        (("acme", "contacts.tom", "decision-maker"), "there is a contacts.decision-maker already"),
        (("acme", "contacts.tom.name", "x"), "contacts.tom.name"),
        (("acme", "contacts.tom"), "what is to be renamed, and how?"),
    ],
)
def test_what_cannot_be_renamed(run: Run, plan: Callable[..., Path], words: tuple[str, ...], said: str):
    path = plan(PLAN, "acme")
    answer = run("rename", *words)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err
    assert path.read_text(encoding="utf-8") == PLAN


def every_entry():
    """The entries of the fullest plan that others refer to."""
    data = YAML(typ="safe", pure=True).load((DATA / "full-plan.yaml").read_text(encoding="utf-8"))
    sections = ("insights", "team", "units", "solutions", "contacts", "competitors", "opportunities", "objectives", "risks")
    return [(section, key) for section in sections for key in data[section]]


@pytest.mark.parametrize(("section", "old"), every_entry())
def test_the_command_and_the_model_rename_alike(run: Run, plan: Callable[..., Path], tmp_path: Path, section: str, old: str):
    text = (DATA / "full-plan.yaml").read_text(encoding="utf-8")
    path = plan(text, "full")
    (tmp_path / "acctplan.toml").write_text("", encoding="utf-8")
    config = parse("")
    before = loader.load(text, "full.yaml", config).plan
    assert run("rename", "full", f"{section}.{old}", "other-id").status == 0
    after = loader.load(path.read_text(encoding="utf-8"), "full.yaml", config).plan
    assert before is not None
    assert after is not None
    expected = renamed(before, section, old, "other-id")
    assert after.model_copy(update={"questions": {}}) == expected.model_copy(update={"questions": {}})
    assert [one for one in references(after) if one.id == old and section in one.sections] == []


def test_a_review_knows_an_entry_again_that_was_only_renamed(run: Run, book: Path):
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "x")):
        subprocess.run(["git", "-c", "user.email=a@b.example", *words], cwd=book, check=True)
    day = ("--today", "2026-11-21")
    assert run("review", "tallmo-bruk", "--sign", "fine", "--by", "mats", *day).status == 0
    subprocess.run(["git", "-c", "user.email=a@b.example", "commit", "-q", "-a", "-m", "signed"], cwd=book, check=True)
    assert run("rename", "tallmo-bruk", "contacts.eva-sandell", "eva").status == 0
    shown = run("review", "tallmo-bruk", *day).out
    assert "Eva" not in shown.split("Health")[0].split("Not yet reviewed")[-1]


def test_diff_tells_of_a_new_id_and_of_nothing_else(run: Run, book: Path, terminal: Callable[[int], None]):
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "x")):
        subprocess.run(["git", "-c", "user.email=a@b.example", *words], cwd=book, check=True)
    assert run("rename", "tallmo-bruk", "contacts.eva-sandell", "eva").status == 0
    (row,) = run("diff", "tallmo-bruk", "--since", "HEAD").out.splitlines()[1:]
    assert row.endswith("\trenamed\teva-sandell is eva now\teva-sandell\teva")
    terminal(100)
    shown = run("diff", "tallmo-bruk", "--since", "HEAD").out
    assert "contacts.eva-sandell is contacts.eva now" in shown
    assert "0 changes" in shown
    assert "contacts.eva-sandell is contacts.eva now" in run("undo", "tallmo-bruk").out
