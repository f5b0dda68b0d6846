"""Which rules are run, and how grave they are."""

from __future__ import annotations

import pytest

from acctplan.diagnostic import Severity
from acctplan.errors import UserError
from acctplan.rules import Level, Rule, choose, find


def _rule(name: str, severity: Severity = Severity.ADVICE) -> Rule:
    return Rule(name, severity, Level.START, 1, "", "", "", lambda _plan, _context: iter(()))


RULES = (_rule("contacts/one"), _rule("contacts/two", Severity.WARNING), _rule("meetings/one"))


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), ["contacts/one", "contacts/two", "meetings/one"]),
        (("contacts",), (), ["contacts/one", "contacts/two"]),
        (("contacts/two", "meetings"), (), ["contacts/two", "meetings/one"]),
        ((), ("contacts",), ["meetings/one"]),
        (("contacts",), ("contacts/one",), ["contacts/two"]),
        (("contacts/one",), ("contacts",), ["contacts/one"]),
        (("contacts/one",), ("contacts/one",), []),
    ],
)
def test_names_and_families(select, ignore, expected):
    assert [rule.name for rule in choose(RULES, select, ignore)] == expected


def test_a_name_wins_over_its_family_in_severities_too():
    chosen = choose(RULES, severities={"contacts": "error", "contacts/two": "advice"})
    assert [rule.severity for rule in chosen] == [Severity.ERROR, Severity.ADVICE, Severity.ADVICE]


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        (lambda: choose(RULES, ["contcts"]), "did you mean contacts?"),
        (lambda: choose(RULES, ignore=["contacts/tow"]), "did you mean contacts/two?"),
        (lambda: choose(RULES, severities={"zzz": "error"}), "acctplan explain lists them all"),
        (lambda: find(RULES, "meetings/on"), "did you mean meetings/one?"),
        (lambda: find(RULES, "zzz"), "acctplan explain lists them all"),
    ],
)
def test_unknown_names_are_refused(call, hint):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.hint == hint


def test_find():
    assert find(RULES, "contacts/two") is RULES[1]
