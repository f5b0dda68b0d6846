"""Whom we know at the customer, and with whom something is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from acctplan.analysis.relationships import is_known, known, planned_with
from acctplan.config import Config
from acctplan.loader import load

if TYPE_CHECKING:
    from acctplan.model import Plan


def plan(text: str) -> Plan:
    loaded = load(text, "plan.yaml", Config())
    assert loaded.plan is not None, loaded.diagnostics
    return loaded.plan


@pytest.mark.parametrize(
    ("contact", "buyer", "expected"),
    [
        ("coverage: brief", "", True),
        ("coverage: none", "", False),
        ("", "", False),
        ("last_contact: 2026-11-01", "", True),
        # That they were talked to once says less than what somebody wrote about it.
        ("coverage: none, last_contact: 2026-11-01", "", False),
        # What the opportunity says wins.
        ("coverage: none", "coverage: multiple", True),
        ("coverage: in_depth", "coverage: none", False),
        ("last_contact: 2026-11-01", "coverage: none", False),
    ],
)
def test_somebody_is_known_in_a_deal_by_coverage_or_else_by_a_last_contact(contact: str, buyer: str, expected: bool):
    made = plan(f"""
profile: {{name: Acme}}
contacts: {{lena: {{name: Lena Vos, {contact}}}}}
opportunities: {{pilot: {{name: Pilot, buying_roles: {{lena: {{{buyer}}}}}}}}}
""")
    assert is_known(made, made.opportunities["pilot"], "lena") is expected


def test_somebody_known_in_any_deal_is_known():
    made = plan("""
profile: {name: Acme}
contacts:
  lena: {name: Lena Vos, coverage: in_depth}
  tom: {name: Tom Bakker}
  sara: {name: Sara Smit, coverage: none}
opportunities:
  pilot: {name: Pilot, status: lost, buying_roles: {tom: {coverage: brief}, lena: {coverage: none}}}
""")
    assert known(made) == {"lena", "tom"}


def test_something_is_planned_with_whom_an_open_action_or_objective_names():
    made = plan("""
profile: {name: Acme}
contacts: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}}
objectives:
  open:
    category: revenue
    what: Win
    contacts: [a]
    strategies:
      ask:
        what: Ask
        actions: {one: {what: Call, contact: b}, two: {what: Call, contact: c, status: done}, three: {what: Call}}
  over:
    category: revenue
    what: Won
    status: achieved
    contacts: [d]
    strategies: {ask: {what: Ask, actions: {one: {what: Call, contact: e}}}}
meetings:
  with: [g]
  held:
    2026-09-10: {attended: [g], actions: {one: {what: Call, contact: f}, two: {what: Call, contact: g, done: 2026-09-11}}}
""")
    assert planned_with(made) == {"a", "b", "f"}
