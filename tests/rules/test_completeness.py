"""Rules met of rules that apply, and what would help most."""

from __future__ import annotations

from datetime import date

import pytest

from acctplan.config import Config
from acctplan.diagnostic import Severity
from acctplan.loader import load
from acctplan.rules import Context, Level, Share, check, rule


def _rule(name: str, message: str | None, *, weight: int = 1, applies: bool = True, level: Level = Level.START):
    @rule(name, severity=Severity.ADVICE, level=level, weight=weight)
    def made(_plan, _context):
        """Says the same of every plan."""
        if applies:
            yield ("profile", "name"), message
            yield ("profile",), None

    return made


RULES = (
    _rule("contacts/met", None),
    _rule("contacts/minor", "minor", weight=1),
    _rule("meetings/major", "major", weight=5),
    _rule("meetings/middle", "middle", weight=3),
    _rule("profile/second", "second", weight=3),
    _rule("profile/idle", "never", applies=False),
    _rule("risks/later", "later", level=Level.REVIEW),
)


def _complete(text: str = "profile: {name: X}", level: Level | None = Level.START):
    config = Config()
    return check(load(text, "x.yaml", config), RULES, Context(config, date(2026, 11, 21)), level).completeness


def test_a_rule_counts_once_however_much_it_finds():
    found = _complete()
    assert found.total == Share(1, 5)
    assert found.total.percent == 20
    assert found.sections == {"contacts": Share(1, 2), "meetings": Share(0, 2), "profile": Share(0, 1)}


def test_the_next_three_by_weight():
    assert [one.message for one in _complete().helps_most] == ["major", "middle", "second"]


def test_a_waived_finding_is_settled():
    found = _complete("profile: {name: X}  # acctplan: ignore[meetings]: we live with it")
    assert found.sections["meetings"] == Share(2, 2)
    assert "major" not in [one.message for one in found.helps_most]


def test_more_is_expected_at_a_higher_level():
    assert _complete(level=Level.REVIEW).total == Share(1, 6)


def test_the_plan_says_its_own_level():
    assert _complete("profile: {name: X, level: review}", None).level is Level.REVIEW


def test_a_plan_with_errors_has_none():
    assert _complete("profile: {}") is None


@pytest.mark.parametrize(("passed", "applicable", "percent"), [(0, 0, None), (1, 3, 33), (2, 3, 66), (199, 200, 99), (3, 3, 100)])
def test_percent_is_rounded_down_so_that_100_means_all(passed, applicable, percent):
    assert Share(passed, applicable).percent == percent
