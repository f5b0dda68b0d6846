"""`acctplan check`, `explain` and `health`: what their options do. What the checks find has tests of its own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.rules import ALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")


def found(run: Run, *arguments: object) -> list[dict[str, Any]]:
    return json.loads(run("check", *TODAY, *arguments, "--json").out)["diagnostics"]


def test_every_plan_is_checked_or_those_that_are_named(run: Run, book: Path):
    everything = found(run)
    for names in (["tallmo-bruk"], ["plans/tallmo-bruk.yaml"], ["tallmo-bruk", "plans/tallmo-bruk.yaml"]):
        assert found(run, *names) == [one for one in everything if one["path"] == "plans/tallmo-bruk.yaml"]
    assert found(run, "plans") == everything
    assert found(run, book) == everything


def test_diagnostics_come_by_file_and_down_the_page(run: Run, book: Path):
    places = [(one["path"], one["line"], one["column"]) for one in found(run)]
    assert places == sorted(places)


def test_the_day_may_be_another(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme, ends: 2026-06-30}\n")
    over = ("check", "--select", "profile/period-over", "--level", "review")
    assert run(*over, "--today", "2026-06-30").status == 0
    assert run(*over, "--today", "2026-07-01").status == 1


def test_rules_may_be_chosen_and_left_out(run: Run, book: Path):
    everything = {one["rule"] for one in found(run, "--level", "review")}
    contacts = {one["rule"] for one in found(run, "--level", "review", "--select", "contacts")}
    assert contacts == {rule for rule in everything if rule.startswith("contacts/")}
    fewer = {one["rule"] for one in found(run, "--level", "review", "--select", "contacts", "--ignore", "contacts/not-contacted")}
    assert fewer == contacts - {"contacts/not-contacted"}


def test_a_higher_level_expects_more(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\n")
    numbers = [len(found(run, "--level", level)) for level in ("start", "working", "review")]
    assert numbers == sorted(numbers)
    assert numbers[0] < numbers[-1]


def test_json_is_short_for_the_format(run: Run, book: Path):
    assert run("check", *TODAY, "--json") == run("check", *TODAY, "--format", "json")


def test_every_rule_is_explained(run: Run):
    titles, *rows = [line.split("\t") for line in run("explain").out.splitlines()]
    assert titles == ["rule", "level", "severity", "what_it_reports"]
    assert [row[0] for row in rows] == [rule.name for rule in ALL]
    assert [one["name"] for one in json.loads(run("explain", "--json").out)["rules"]] == [row[0] for row in rows]


@pytest.mark.parametrize("rule", [rule.name for rule in ALL[:3]])
def test_one_rule_is_explained_in_full(run: Run, rule: str):
    answer = run("explain", rule)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith(f"{rule}  ")
    assert "\nWhy: " in answer.out
    assert "\nFix: " in answer.out
    assert max(map(len, answer.out.splitlines())) <= 100


def test_a_family_is_explained_as_a_list(run: Run):
    rows = run("explain", "contacts").out.splitlines()[1:]
    assert len(rows) == sum(rule.family == "contacts" for rule in ALL)


def test_all_of_it_is_a_page(run: Run):
    page = run("explain", "--all").out
    assert page.startswith("# ")
    assert all(rule.name in page for rule in ALL)


def test_health_is_so_many_of_so_many(run: Run, book: Path):
    plans = json.loads(run("health", *TODAY, "--json").out)["plans"]
    assert [plan["account"] for plan in plans] == ["Brannhaven Terminals", "Stadtwerke Auenfurt", "Tallmo Bruk"]
    for plan in plans:
        for score in ("completeness", "freshness", "coverage", "execution"):
            one = plan[score]
            assert one["good"] == sum(item["good"] for item in one["items"])
            assert one["of"] == len(one["items"])
    assert plans[1]["execution"]["percent"] is None


def test_health_of_one_plan_lists_what_is_behind_it(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(80)
    assert "  execution: nothing applies\n" in run("health", "stadtwerke-auenfurt", *TODAY).out
    assert "execution:" not in run("health", *TODAY).out
    assert "  execution: nothing applies\n" in run("health", "--list", *TODAY).out


def test_a_terminal_shows_a_screenful_of_one_plan(run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    piped = run("check", "tallmo-bruk", *TODAY)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("LINES", "60")
    terminal(200)
    answer = run("check", "tallmo-bruk", *TODAY)
    assert answer.status == piped.status == 1
    assert answer.out.startswith("plans/tallmo-bruk.yaml is ")
    assert len(answer.out.splitlines()) <= 60
    shown = answer.out.count(" warning ")
    assert shown > 3
    rest = re.search(r"\n… and (\d+) more warnings\n", answer.out)
    assert rest is not None
    assert shown + int(rest[1]) == piped.out.count(" warning ")
    assert "\nadvice: 2 × objectives/no-measure, " in answer.out
    assert "'acctplan check PLAN --all'" in answer.out
    everything = run("check", "tallmo-bruk", "--all", *TODAY).out
    assert everything.count(" advice ") == piped.out.count(" advice ")
    assert "--all" not in everything
    assert " advice contacts/" in run("check", "tallmo-bruk", "--select", "contacts", *TODAY).out
    monkeypatch.setenv("LINES", "5000")
    assert "more warnings" not in run("check", "tallmo-bruk", *TODAY).out
