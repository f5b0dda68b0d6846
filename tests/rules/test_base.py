"""The runner: lines, severities, levels, and rules that break down."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from acctplan.config import Config
from acctplan.diagnostic import Pointer, Severity
from acctplan.loader import load
from acctplan.rules import Context, Finding, Level, Outcome, Result, rule, run

if TYPE_CHECKING:
    from acctplan.model import Plan

CONFIG = Config()
CONTEXT = Context(CONFIG, date(2026, 11, 21))
PLAN = load("# first\nprofile:\n  name: Acme\n  industry: Food\ncontacts:\n  lena: {name: Lena Vos}\n", "plans/acme.yaml", CONFIG)


def made(*findings: Finding, name: str = "test/made", severity: Severity = Severity.WARNING, level: Level = Level.START):
    @rule(name, severity=severity, level=level)
    def check(plan: Plan, context: Context):
        """What it reports.

        Why: It
        matters.

        Fix: Give Lena `roles: [user]`. Or do not.
        """
        yield from findings

    return check


@rule("test/broken", severity=Severity.ADVICE, level=Level.START)
def broken(plan: Plan, context: Context):
    """Breaks down after its first finding."""
    yield ("profile",), "found before it broke"
    raise KeyError(plan.contacts["lena"].name)


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        (("profile", "industry"), (4, 13, 17)),
        (("contacts", "lena"), (6, 3, 7)),
        # What is missing is reported at its nearest parent.
        (("contacts", "lena", "stance"), (6, 3, 7)),
        # A section that is missing, and the plan as a whole, are reported at the account's name.
        (("meetings", "next"), (3, 9, 13)),
        ((), (3, 9, 13)),
    ],
)
def test_a_finding_stands_on_its_line(pointer: Pointer, place: tuple[int, int, int]):
    (diagnostic,) = run(PLAN, [made((pointer, "wrong"))], CONTEXT, Level.START).diagnostics
    assert diagnostic.location == ("plans/acme.yaml", *place)
    assert diagnostic.pointer == pointer
    assert diagnostic.source == {3: "  name: Acme", 4: "  industry: Food", 6: "  lena: {name: Lena Vos}"}[place[0]]


@pytest.mark.parametrize("severity", Severity)
def test_a_diagnostic_has_the_rule_s_severity_and_its_shortest_advice(severity: Severity):
    (diagnostic,) = run(PLAN, [made((("profile",), "wrong"), severity=severity)], CONTEXT, Level.START).diagnostics
    assert (diagnostic.rule, diagnostic.severity, diagnostic.message) == ("test/made", severity, "wrong")
    assert diagnostic.hint == "give Lena 'roles: [user]'"


def test_diagnostics_come_in_the_order_of_reading():
    rules = [made((("contacts", "lena"), "third"), (("profile",), "first")), made((("profile", "name"), "second"), name="test/other")]
    assert [one.message for one in run(PLAN, rules, CONTEXT, Level.START).diagnostics] == ["first", "second", "third"]


def test_passes_are_kept_and_a_rule_that_yields_nothing_does_not_apply():
    mixed = made((("profile", "name"), None), (("contacts", "lena"), "wrong"))
    outcome = run(PLAN, [mixed, made(name="test/silent")], CONTEXT, Level.START)
    assert outcome.results == (Result("test/made", passed=(("profile", "name"),), failed=(("contacts", "lena"),)),)


@pytest.mark.parametrize(
    ("level", "ran"),
    [
        (Level.START, ["test/start"]),
        (Level.WORKING, ["test/start", "test/working"]),
        (Level.REVIEW, ["test/start", "test/working", "test/review"]),
    ],
)
def test_a_level_expects_all_of_the_ones_before_it(level: Level, ran: list[str]):
    rules = [made((("profile",), None), name=f"test/{each}", level=each) for each in Level]
    assert [result.rule for result in run(PLAN, rules, CONTEXT, level).results] == ran


def test_a_rule_that_breaks_down_is_reported_in_place_of_its_findings_and_stops_no_other():
    outcome = run(PLAN, [broken, made((("profile",), "found"))], CONTEXT, Level.START)
    found = {one.rule: one for one in outcome.diagnostics}
    assert set(found) == {"internal/rule-failed", "test/made"}
    assert [result.rule for result in outcome.results] == ["test/made"]
    failure = found["internal/rule-failed"]
    assert (failure.severity, failure.location.line) == (Severity.ERROR, 3)
    assert failure.message == "the rule test/broken broke down (KeyError), so its findings are missing"


def test_what_broke_a_rule_is_not_quoted_because_plans_are_confidential():
    (diagnostic,) = run(PLAN, [broken], CONTEXT, Level.START).diagnostics
    assert "Lena" not in diagnostic.message + diagnostic.hint


@pytest.mark.parametrize("text", ["profile: {", "profile: {nmae: Acme}\n"])
def test_no_rule_is_run_on_a_plan_that_could_not_be_loaded(text: str):
    assert run(load(text, "bad.yaml", CONFIG), [broken, made((("profile",), "wrong"))], CONTEXT, Level.REVIEW) == Outcome()


def test_documentation_comes_from_the_docstring():
    documented = made()
    assert (documented.family, documented.summary, documented.why) == ("test", "What it reports.", "It matters.")
    assert documented.fix == "Give Lena `roles: [user]`. Or do not."


def test_a_rule_works_without_its_docstring_which_python_drops_on_request():
    bare = rule("test/bare", severity=Severity.ADVICE, level=Level.START)(lambda *_: iter([(("profile",), "wrong")]))
    assert (bare.summary, bare.why, bare.fix, bare.hint) == ("", "", "", "")
    assert len(run(PLAN, [bare], CONTEXT, Level.START).diagnostics) == 1
