"""`acctplan explain`."""

from __future__ import annotations

import json

from acctplan.rules import ALL


def test_all_rules(run):
    lines = run("explain").out.splitlines()
    assert [line.split("\t")[0] for line in lines[1:]] == [rule.name for rule in ALL]


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
