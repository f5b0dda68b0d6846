"""Four scores with their lists; blank where nothing applies."""

from __future__ import annotations

from datetime import date

import pytest

from acctplan.config import Config
from acctplan.health import Band, Score, health
from acctplan.health import Item as HealthItem
from acctplan.loader import load
from acctplan.rules import ALL, Context, check

TODAY = date(2026, 11, 21)
CONFIG = Config()


def scores(text: str):
    loaded = load(text, "x.yaml", CONFIG)
    assert loaded.plan is not None, loaded.diagnostics
    return health(loaded.plan, check(loaded, ALL, Context(CONFIG, TODAY)), ALL, CONFIG.limits, TODAY)


def listed(score: Score) -> list[tuple[str, bool]]:
    return [(".".join(map(str, item.pointer)), item.is_good) for item in score.items]


def test_a_plan_of_a_name_has_blank_scores_but_completeness():
    found = scores("profile: {name: X}")
    assert [score.percent is None for score in found.scores] == [False, True, True, True]
    assert found.freshness.band is None


def test_freshness_counts_dated_facts_and_contacts():
    text = """
profile:
  name: X
  revenue_history: {2024: {revenue: 1, as_of: 2025-11-20}, 2025: {revenue: 1, as_of: 2025-11-21}, 2023: {revenue: 1}}
insights: {a: {kind: goal, what: A, as_of: 2026-01-01}, b: {kind: goal, what: B}}
contacts: {ann: {name: Ann, last_contact: 2026-08-23}, bob: {name: Bob, last_contact: 2026-08-22}, cy: {name: Cy}}
"""
    assert listed(scores(text).freshness) == [
        ("insights.a.as_of", True),
        ("profile.revenue_history.2024.as_of", False),
        ("profile.revenue_history.2025.as_of", True),
        ("contacts.ann.last_contact", True),
        ("contacts.bob.last_contact", False),
    ]


def test_freshness_counts_what_was_imported_as_of_a_day():
    text = """
profile: {name: X, as_of: 2025-11-20}
opportunities:
  a: {name: A, status: open, as_of: 2026-01-01}
  b: {name: B, status: won, as_of: 2020-01-01}
"""
    assert listed(scores(text).freshness) == [("profile.as_of", False), ("opportunities.a.as_of", True)]


def test_coverage_counts_key_players_known_well_enough():
    text = """
profile: {name: X}
contacts:
  a: {name: A, roles: [decision_maker], coverage: multiple, stance: negative}
  b: {name: B, roles: [sponsor], coverage: in_depth}
  c: {name: C, influence: high, coverage: brief, stance: supportive}
  d: {name: D, roles: [user], coverage: in_depth, stance: supportive}
"""
    assert listed(scores(text).coverage) == [("contacts.a", True), ("contacts.b", False), ("contacts.c", False)]


def test_execution_counts_what_was_due_so_far():
    text = """
profile: {name: X}
objectives:
  o:
    category: revenue
    what: Win
    strategies:
      s:
        what: How
        actions:
          late: {what: A, due: 2026-11-20}
          today: {what: B, due: 2026-11-21}
          later: {what: C, due: 2026-11-22}
          done: {what: D, status: done, due: 2027-01-01}
          dropped: {what: E, status: cancelled, due: 2026-01-01}
meetings:
  next: 2026-11-01
  held:
    2026-05-01: {actions: {x: {what: X, due: 2026-06-01, status: done}}}
    2027-05-01: {}
"""
    found = scores(text).execution
    assert [(pointer.rpartition(".")[2], good) for pointer, good in listed(found)] == [
        ("late", False),
        ("today", True),
        ("done", True),
        ("x", True),
        ("2026-05-01", True),
        ("next", False),
    ]
    assert (found.good, found.percent, found.band) == (4, 66, Band.FAIR)


def test_a_meeting_that_was_moved_and_held_since_is_not_late():
    found = scores("profile: {name: X}\nmeetings: {next: 2026-09-01, held: {2026-10-01: {}}}").execution
    assert listed(found) == [("meetings.held.2026-10-01", True)]


def test_completeness_lists_the_rules_that_apply():
    found = scores("profile: {name: X}\ncontacts: {a: {name: A, roles: [decision_maker]}}")
    by_rule = {item.words.rpartition("(")[2].rstrip(")"): item.is_good for item in found.completeness.items}
    assert by_rule["contacts/no-decision-maker"] is True
    assert by_rule["opportunities/none"] is False


@pytest.mark.parametrize(
    ("good", "of", "band"), [(67, 100, Band.GOOD), (66, 100, Band.FAIR), (34, 100, Band.FAIR), (33, 100, Band.POOR), (0, 1, Band.POOR)]
)
def test_bands(good, of, band):
    items = tuple(HealthItem((), str(number), number < good) for number in range(of))
    assert Score("any", items).band is band
