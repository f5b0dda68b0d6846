"""`acctplan health`."""

from __future__ import annotations

import json

TODAY = ("--today", "2026-11-21")


def test_a_line_an_account(run, book):
    titles, *rows = [line.split("\t") for line in run("health", *TODAY).out.splitlines()]
    assert titles[:6] == ["plan", "account", "completeness", "completeness_of", "completeness_percent", "completeness_band"]
    assert titles[6::4] == ["freshness", "coverage", "execution"]
    assert [row[:2] for row in rows] == [
        ["plans/brannhaven-terminals.yaml", "Brannhaven Terminals"],
        ["plans/stadtwerke-auenfurt.yaml", "Stadtwerke Auenfurt"],
        ["plans/tallmo-bruk.yaml", "Tallmo Bruk"],
    ]
    assert rows[2][10:] == ["1", "3", "33", "poor", "3", "8", "37", "fair"]
    assert rows[1][14:] == [""] * 4


def test_accounts_of_one_name_are_told_apart(run, plan, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    for name, file in (("Acme", "acme"), ("Acme", "acme-2"), ("Bolt", "bolt")):
        plan(f"profile: {{name: {name}}}\n", file)
    terminal(100)
    accounts = [line.partition("  ")[0] for line in run("health", *TODAY).out.splitlines()[2:]]
    assert accounts == ["Acme (acme-2.yaml)", "Acme (acme.yaml)", "Bolt"]


def test_one_plan_lists_what_is_wanting(run, book, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(100)
    out = run("health", "tallmo-bruk", *TODAY).out
    assert "x line 71: Eva Sandell, last contact 2026-03-19" in out
    completeness = out.partition("  completeness: ")[2].partition("  freshness: ")[0]
    assert completeness.splitlines()[1:] == ["    what is open: acctplan check tallmo-bruk"]


def test_a_list_for_all_on_request(run, book, terminal):
    titles, *rows = [line.split("\t") for line in run("health", "--list", *TODAY).out.splitlines()]
    assert titles == ["plan", "account", "score", "good", "what", "pointer", "line"]
    plans = json.loads(run("health", "--json", *TODAY).out)["plans"]
    scores = ("completeness", "freshness", "coverage", "execution")
    assert len(rows) == sum(plan[score]["of"] for plan in plans for score in scores)
    assert ["no", "Eva Sandell, last contact 2026-03-19", "contacts.eva-sandell.last_contact", "71"] in [row[3:] for row in rows]
    assert len(run("health", "tallmo-bruk", *TODAY).out.splitlines()) == 2
    terminal(100)
    assert run("health", "--list", *TODAY).out.count("completeness: ") == 3


def test_json(run, book):
    plans = json.loads(run("health", "--json", *TODAY).out)["plans"]
    assert [plan["account"] for plan in plans] == ["Brannhaven Terminals", "Stadtwerke Auenfurt", "Tallmo Bruk"]
    assert plans[1]["execution"] == {"good": 0, "of": 0, "percent": None, "band": None, "items": []}


def test_a_broken_plan_does_not_stop_the_others(run, book):
    (book / "plans" / "broken.yaml").write_text("profile: [", encoding="utf-8")
    answer = run("health", "--json", *TODAY)
    assert len(json.loads(answer.out)["plans"]) == 3
    assert "plans/broken.yaml: left out" in answer.err


def test_on_a_terminal(run, book, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    assert all(len(line) <= 80 for line in run("health", *TODAY).out.splitlines())
    terminal(50)
    assert all(len(line) <= 50 for line in run("health", "tallmo-bruk", *TODAY).out.splitlines())
