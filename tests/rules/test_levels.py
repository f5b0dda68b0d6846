"""How far along a plan is."""

from __future__ import annotations

import pytest

from acctplan.config import Checks
from acctplan.document import parse
from acctplan.model import Plan
from acctplan.rules import Level
from acctplan.rules.levels import level_of

NAMED = "profile: {name: X}\n"
OBJECTIVE = "objectives: {o: {category: revenue, what: Win}}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NAMED, Level.START),
        (NAMED + "contacts: {a: {name: A}}\nopportunities: {o: {name: O}}\nmeetings: {next: 2026-01-01}\n", Level.START),
        (NAMED + "risks: {r: {what: R}}\n", Level.START),
        (NAMED + "risks: {r: {what: R}}\ncompetitors: {c: {name: C}}\n", Level.WORKING),
        (NAMED + OBJECTIVE, Level.WORKING),
        (NAMED + "team: {p: {name: P}}\nreviews: {2026-01-01: {by: p}}\n", Level.REVIEW),
        ("profile: {name: X, level: review}\n", Level.REVIEW),
        ("profile: {name: X, level: start}\n" + OBJECTIVE, Level.START),
    ],
)
def test_a_plan_says_or_shows_it(text, expected):
    assert level_of(Plan.model_validate(parse(text).data), Checks()) is expected


def test_the_settings_go_before_growth_and_after_the_plan():
    checks = Checks(level="working")
    assert level_of(Plan.model_validate({"profile": {"name": "X"}}), checks) is Level.WORKING
    assert level_of(Plan.model_validate({"profile": {"name": "X", "level": "review"}}), checks) is Level.REVIEW
