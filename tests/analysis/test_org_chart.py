"""The org chart: who stands where, who is kept, and what it adds up to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from acctplan.analysis.relationships.org_chart import Opponent, OrgChart, Thread, org_chart, units_within
from acctplan.analysis.relationships.team_coverage import team_coverage
from acctplan.config import Config, Limits
from acctplan.loader import load
from acctplan.model import Plan

TODAY = date(2026, 11, 21)
ACME = """
profile: {name: Acme}
units: {group: {name: Group}, plant: {name: Plant, parent: group}, line: {name: Line 1, parent: plant}, sales: {name: Sales, parent: group}}
team: {amira: {name: Amira}, joris: {name: Joris}, noor: {name: Noor}}
contacts:
  ceo: {name: Cato, title: CEO, unit: group, roles: [decision_maker], stance: neutral, coverage: brief,
    relationship: {now: vendor, target: problem_solver, with: amira}}
  coo: {name: Carla, title: COO, unit: group, reports_to: ceo, influence: high, stance: supportive, coverage: in_depth,
    relationship: {now: credible_source, target: trusted_advisor, with: joris}}
  plant-manager: {title: Plant manager, unit: plant, reports_to: coo, roles: [decision_maker]}
  fitter: {name: Femke, unit: line, reports_to: plant-manager, stance: negative, coverage: brief, last_contact: 2026-01-01}
  seller: {name: Sami, unit: sales, reports_to: ceo, influences: [coo], stance: supportive, coverage: multiple, last_contact: 2026-11-01}
  chair: {name: Chris}
opportunities:
  pilot: {name: Pilot, status: open, unit: line,
    buying_roles: {seller: {role: sponsor}, chair: {}, coo: {coverage: none, stance: negative}}}
  study: {name: Study, status: won, buying_roles: {chair: {role: decision_maker, stance: negative}}}
"""


def plan(text: str = ACME) -> Plan:
    loaded = load(text, "plan.yaml", Config())
    assert loaded.plan is not None, loaded.diagnostics
    return loaded.plan


def chart(text: str = ACME, *arguments: Any, **named: Any) -> OrgChart:
    return org_chart(plan(text), Limits(), TODAY, *arguments, **named)


def drawn(found: OrgChart) -> list[tuple[str, int, bool]]:
    return [(seat.id, seat.place.depth, seat.is_asked_for) for seat in found.seats]


def test_the_chart_runs_from_the_top_down_with_every_root():
    assert [(key, depth) for key, depth, _ in drawn(chart())] == [
        ("ceo", 0),
        ("coo", 1),
        ("plant-manager", 2),
        ("fitter", 3),
        ("seller", 1),
        ("chair", 0),
    ]


def test_a_seat_without_a_name_is_vacant_and_called_by_its_title():
    assert [(seat.id, seat.called) for seat in chart().seats if seat.is_vacant] == [("plant-manager", "Plant manager")]


def test_key_players_decide_speak_for_us_or_have_high_influence():
    assert [seat.id for seat in chart().seats if seat.is_key] == ["ceo", "coo", "plant-manager", "seller"]


def test_roles_in_opportunities_that_can_still_be_won_join_their_own():
    roles = {seat.id: seat.roles for seat in chart().seats}
    assert (roles["ceo"], roles["seller"], roles["chair"]) == (("decision_maker",), ("sponsor",), ())


@pytest.mark.parametrize(
    ("last_contact", "days", "is_stale"),
    [(None, None, False), ("2026-11-21", 0, False), ("2026-08-23", 90, False), ("2026-08-22", 91, True)],
)
def test_a_contact_is_stale_after_the_limit(last_contact: str | None, days: int | None, is_stale: bool):
    made = Plan.model_validate({"profile": {"name": "Acme"}, "contacts": {"a": {"name": "A", "last_contact": last_contact}}})
    (seat,) = org_chart(made, Limits(contact_days=90), TODAY).seats
    assert (seat.days_since_contact, seat.is_stale) == (days, is_stale)


def test_key_players_alone_keep_those_above_them_so_that_the_chart_stands():
    text = ACME.replace("stance: negative, coverage: brief,", "influence: high,").replace("roles: [decision_maker]}", "}")
    assert drawn(chart(text, only_key=True)) == [
        ("ceo", 0, True),
        ("coo", 1, True),
        ("plant-manager", 2, False),
        ("fitter", 3, True),
        ("seller", 1, True),
    ]


def test_a_unit_alone_has_the_units_below_it_and_keeps_those_above():
    assert drawn(chart(ACME, "plant")) == [("ceo", 0, False), ("coo", 1, False), ("plant-manager", 2, True), ("fitter", 3, True)]


@pytest.mark.parametrize(
    ("unit", "within"), [("group", {"group", "plant", "line", "sales"}), ("plant", {"plant", "line"}), ("line", {"line"})]
)
def test_units_lie_within_each_other_at_any_depth(unit: str, within: set[str]):
    assert units_within(plan(), unit) == within


def test_the_coverage_of_a_unit_counts_those_below_it():
    assert {one.unit: (one.contacts, one.coverage.covered, one.coverage.key_players) for one in chart().units} == {
        "group": (5, ("coo", "seller"), ("ceo", "coo", "plant-manager", "seller")),
        "plant": (2, (), ("plant-manager",)),
        "line": (1, (), ()),
        "sales": (1, ("seller",), ("seller",)),
    }


@pytest.mark.parametrize(
    ("contact", "is_covered"),
    [
        ("stance: neutral, coverage: multiple", True),
        ("stance: negative, coverage: in_depth", True),
        ("stance: supportive, coverage: brief", False),
        ("coverage: in_depth", False),
        ("stance: supportive", False),
    ],
)
def test_a_key_player_is_covered_with_multiple_coverage_and_a_known_stance(contact: str, is_covered: bool):
    found = chart(f"profile: {{name: Acme}}\ncontacts: {{a: {{name: A, influence: high, {contact}}}}}\n")
    assert found.coverage.percent == (100 if is_covered else 0)


def test_coverage_is_rounded_down_and_blank_without_key_players():
    two_of_three = ", ".join(
        f"{key}: {{influence: high, coverage: multiple, {stance}}}"
        for key, stance in zip("abc", ["stance: neutral"] * 2 + [""], strict=True)
    )
    assert chart(f"profile: {{name: Acme}}\ncontacts: {{{two_of_three}}}\n").coverage.percent == 66
    assert chart("profile: {name: Acme}\ncontacts: {a: {name: A}}\n").coverage.percent is None


def test_figures_do_not_hang_on_showing_key_players_alone():
    every, key = chart(), chart(only_key=True)
    assert (key.people, key.coverage, key.opponents, key.known) == (every.people, every.coverage, every.opponents, every.known)


def test_who_is_against_us_is_told_in_general_or_for_what_can_still_be_won():
    assert chart().opponents == (Opponent("fitter", None), Opponent("coo", "pilot"))
    assert chart(ACME, "plant").opponents == (Opponent("fitter", None),)


def test_who_is_against_us_in_general_is_not_told_again_for_an_opportunity():
    assert chart(ACME.replace("chair: {}, coo: {coverage: none,", "fitter: {")).opponents == (Opponent("fitter", None),)


def test_an_open_opportunity_that_hangs_on_one_person_is_told_with_whom():
    assert chart().threads == (Thread("pilot", ("seller",)),)
    assert chart(ACME, "sales").threads == ()
    assert chart(ACME.replace("seller: {role: sponsor}", "seller: {coverage: none}")).threads == (Thread("pilot", ()),)
    assert chart(ACME.replace("chair: {},", "ceo: {},")).threads == ()


@pytest.mark.parametrize(
    ("contacts", "expected"), [("a: {coverage: brief}, b: {}", True), ("a: {coverage: brief}, b: {last_contact: 2026-11-01}", False)]
)
def test_an_account_is_single_threaded_with_fewer_than_two_whom_we_know(contacts: str, expected: bool):
    assert chart(f"profile: {{name: Acme}}\ncontacts: {{{contacts}}}\n").is_single_threaded is expected


def test_deep_charts_have_no_more_guides_than_asked_for():
    chain = ", ".join(f"c{number}: {{reports_to: c{number - 1}}}" for number in range(1, 60))
    found = chart(f"profile: {{name: Acme}}\ncontacts: {{c0: {{}}, {chain}}}\n", deepest=4)
    assert [len(seat.place.guides) for seat in found.seats] == [min(depth, 4) for depth in range(60)]
    assert [seat.place.depth for seat in found.seats] == list(range(60))


def test_our_team_has_those_whom_it_holds_and_those_whom_nobody_does():
    found = team_coverage(plan())
    assert {member: [one.id for one in found.held_by(member)] for member in (*found.holding, None)} == {
        "amira": ["ceo"],
        "joris": ["coo"],
        None: ["plant-manager", "seller"],
    }
    assert found.idle == ("noor",)
    assert [(one.now, one.target) for one in found.held_by("joris")] == [("credible_source", "trusted_advisor")]


def test_our_team_may_be_looked_at_for_a_unit():
    assert [one.id for one in team_coverage(plan(), "plant").relationships] == ["plant-manager"]
