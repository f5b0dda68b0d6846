"""`acctplan explain`."""

from __future__ import annotations

import json

import pytest

from acctplan.rules import ALL
from acctplan.rules.documentation import FAMILIES


def test_all_rules(run):
    lines = run("explain").out.splitlines()
    assert [line.split("\t")[0] for line in lines[1:]] == [rule.name for rule in ALL]


def test_a_person_sees_the_families_first(run, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    out = run("explain").out
    counts = {line.split()[0]: line.split()[1] for line in out.partition("\n\n")[0].splitlines()[2:]}
    families = [rule.family for rule in ALL]
    assert counts == {family: str(families.count(family)) for family in families}
    assert "acctplan explain contacts." in out
    assert "explain --all" in " ".join(out.split())
    assert len(out.splitlines()) < 24


def test_a_family(run):
    assert {line.split("/")[0] for line in run("explain", "contacts").out.splitlines()[1:]} == {"contacts"}


def test_one_rule_in_full(run):
    rule = ALL[0]
    out = " ".join(run("explain", rule.name).out.split())
    assert all(words in out for words in (rule.name, rule.summary, rule.why, rule.fix))


def test_json(run):
    assert [one["name"] for one in json.loads(run("explain", "--json").out)["rules"]] == [rule.name for rule in ALL]


def test_an_unknown_rule(run):
    answer = run("explain", "contacts/no-decison-maker")
    assert (answer.status, answer.err) == (2, "acctplan: no rule 'contacts/no-decison-maker'\n  did you mean contacts/no-decision-maker?\n")


def test_the_page(run):
    assert run("explain", "--all").out.startswith("# Rules\n")


def test_a_list_on_a_terminal_has_what_is_reported_below_the_name(run, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    assert run("explain", "risks").out.startswith("risks/none advice, from level review\n  No open risk is named.\n")
    assert max(map(len, run("explain").out.splitlines())) <= 80


@pytest.mark.parametrize(("columns", "widest"), [(40, 40), (200, 96)])
def test_one_rule_fits_the_terminal_and_is_easily_read(run, terminal, monkeypatch, columns, widest):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(columns)
    _, *lines = run("explain", "contacts/unknown-stance").out.splitlines()
    assert widest - 12 < max(map(len, lines)) <= widest


@pytest.mark.parametrize(
    "name", ["schema/wrong-value", "syntax/tab", "reference/unknown", "file/unreadable", "waivers/unused", "internal/rule-failed", "schema"]
)
def test_what_check_prints_and_is_no_rule_is_explained_by_family(run, name):
    about = FAMILIES[name.partition("/")[0]]
    answer = run("explain", name)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith(f"{name}\n\n")
    assert " ".join(answer.out.split()) == f"{name} {about}"
    assert json.loads(run("explain", name, "--json").out)["family"]["about"] == about


def test_a_family_without_rules_has_none():
    assert not {rule.family for rule in ALL} & set(FAMILIES)
