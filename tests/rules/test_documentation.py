"""docs/rules.md is made from the rules, and says what they say."""

from __future__ import annotations

from pathlib import Path

from acctplan.rules import ALL
from acctplan.rules.documentation import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def test_the_page_is_up_to_date(golden):
    golden(PAGE, page(ALL))


def test_every_rule_is_on_it_once():
    headings = [line.removeprefix("### ") for line in page(ALL).splitlines() if line.startswith("### ")]
    assert sorted(headings) == sorted(rule.name for rule in ALL)
