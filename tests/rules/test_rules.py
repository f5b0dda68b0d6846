"""Every rule has documentation, a place in the registry, and cases on both sides (as data, in `cases/`)."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pytest
from ruamel.yaml import YAML

import acctplan.rules
from acctplan.config import Config, parse
from acctplan.diagnostic import Severity, format_pointer
from acctplan.loader import load
from acctplan.rules import ALL, Context, Level, Rule, check, run

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 21)
Case: TypeAlias = dict[str, Any]
RULES = {rule.name: rule for rule in ALL}


def cases(rule: Rule, side: Literal["pass", "fail"]) -> list[Case]:
    file = CASES / f"{rule.name}.yaml"
    return YAML(typ="safe").load(file.read_text("utf-8")).get(side, []) if file.exists() else []


def every_case(side: Literal["pass", "fail"]):
    return [pytest.param(rule, case, id=f"{rule.name}-{number}") for rule in ALL for number, case in enumerate(cases(rule, side), 1)]


def run_case(rule: Rule, case: Case):
    unknown = case.keys() - {"plan", "today", "config", "line", "message", "pointer", "applies"}
    assert not unknown
    config = parse(case.get("config", ""))
    loaded = load(case["plan"], "plan.yaml", config)
    assert loaded.diagnostics == ()
    return run(loaded, [rule], Context(config, case.get("today", TODAY)), Level.REVIEW)


@pytest.mark.parametrize(("rule", "case"), every_case("fail"))
def test_a_rule_reports_what_is_wrong_on_its_line(rule: Rule, case: Case):
    outcome = run_case(rule, case)
    found = [(diagnostic.rule, diagnostic.severity, diagnostic.location.line) for diagnostic in outcome.diagnostics]
    assert found == [(rule.name, rule.severity, case["line"])]
    (diagnostic,) = outcome.diagnostics
    assert case.get("message", diagnostic.message) == diagnostic.message
    assert case.get("pointer", format_pointer(diagnostic.pointer)) == format_pointer(diagnostic.pointer)


@pytest.mark.parametrize(("rule", "case"), every_case("pass"))
def test_a_rule_is_silent_where_all_is_well(rule: Rule, case: Case):
    outcome = run_case(rule, case)
    assert outcome.diagnostics == ()
    assert bool(outcome.results) == case.get("applies", True)


@pytest.mark.parametrize("rule", ALL, ids=RULES)
def test_a_rule_has_a_case_that_says_its_message_and_one_that_passes(rule: Rule):
    assert any("message" in case for case in cases(rule, "fail"))
    assert any(case.get("applies", True) for case in cases(rule, "pass"))


def test_every_file_of_cases_belongs_to_a_rule():
    assert {file.relative_to(CASES).with_suffix("").as_posix() for file in CASES.rglob("*.yaml")} == set(RULES)


def test_all_is_every_rule_in_the_tree():
    modules = [importlib.import_module(f"acctplan.rules.{module.name}") for module in pkgutil.iter_modules(acctplan.rules.__path__)]
    found = {value.name: module.__name__ for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    assert {name: f"acctplan.rules.{RULES[name].family.replace('-', '_')}" for name in RULES} == found


def test_names_are_unique_and_readable():
    assert len(RULES) == len(ALL)
    assert [name for name in RULES if not re.fullmatch(r"[a-z]+(?:-[a-z]+)?/[a-z]+(?:-[a-z]+)*", name)] == []


@pytest.mark.parametrize("rule", ALL, ids=RULES)
def test_a_rule_is_documented(rule: Rule):
    assert re.fullmatch(r"[A-Z].{10,130}\.", rule.summary)
    assert re.fullmatch(r"[A-Z].{30,}[.?]", rule.why)
    assert re.fullmatch(r"[A-Z].{30,}[.?]", rule.fix)
    assert 15 <= len(rule.hint) <= 110
    assert "`" not in rule.hint


def fresh(text: str, level: Level):
    config = parse("")
    return run(load(text, "plan.yaml", config), ALL, Context(config, TODAY), level).diagnostics


@pytest.mark.parametrize("level", [Level.START, Level.WORKING])
def test_a_young_plan_is_not_buried(level: Level):
    found = fresh("profile: {name: Acme}\n", level)
    assert {diagnostic.severity for diagnostic in found} == {Severity.ADVICE}
    assert 3 <= len(found) <= 7


def test_a_secret_is_not_printed_again():
    config = Config()
    loaded = load("profile: {name: X, background: 'the password: hunter2secret'}", "x.yaml", config)
    diagnostics = check(loaded, ALL, Context(config, date(2026, 11, 21)), Level.START).diagnostics
    (found,) = [one for one in diagnostics if one.rule == "plan/secret"]
    assert found.source == ""
    assert "hunter2" not in repr(found)
