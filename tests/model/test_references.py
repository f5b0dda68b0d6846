from __future__ import annotations

import pytest

from acctplan.document import parse
from acctplan.model import Plan
from acctplan.model.references import circles, fields_at, references
from paths import DATA
from shape import matches, places

DATA_OF_FULL_PLAN = parse((DATA / "full-plan.yaml").read_text(encoding="utf-8")).data
FULL = Plan.model_validate(DATA_OF_FULL_PLAN)


def test_every_reference_of_a_plan_is_found_once():
    expected = [
        (pointer, place.refers_to, pointer[-1] if place.is_key else parse_at(pointer))
        for place in places()
        if place.refers_to
        for pointer in matches(DATA_OF_FULL_PLAN, place.pattern)
    ]
    assert len(expected) > 50
    assert sorted(map(tuple, references(FULL)), key=repr) == sorted(expected, key=repr)


def parse_at(pointer: tuple[str | int, ...]) -> object:
    value = DATA_OF_FULL_PLAN
    for step in pointer:
        value = value[step]
    return value


def test_references_name_sections_that_exist():
    assert {section for place in places() for section in place.refers_to} <= set(Plan.model_fields)


def test_a_plan_without_references_has_none():
    assert list(references(Plan.model_validate({"profile": {"name": "Acme"}}))) == []


@pytest.mark.parametrize(
    ("pointer", "fields"),
    [
        (("units", "plants"), ["name", "parent", "target", "notes"]),
        (("contacts", "yara-costa", "relationship"), ["now", "target", "with", "every_months"]),
        (("meetings",), ["every_months", "with", "next", "held"]),
        (("meetings", "held", "2026-06-04", "ours"), ["expectations_met", "notes"]),
        (("opportunities", "x", "decision_criteria", 0), ["what", "mandatory", "held_by", "position"]),
        (("opportunities", "x", "buying_roles", "y"), ["role", "stance", "coverage"]),
        (("white_space", "plants", "tracking"), ["status", "competitor", "spend", "contract_ends", "reason", "notes"]),
        (("profile", "revenue_history", "2025"), ["revenue", "net_income", "source", "as_of"]),
        # any key may stand here
        (("contacts",), []),
        (("white_space", "plants"), []),
        (("profile", "crm"), []),
        # nothing is known here
        (("nonsense",), []),
        (("nonsense", "deeper"), []),
        (("profile", "name", "deeper"), []),
        (("profile", "target_markets", 0, "deeper"), []),
        (("profile", 0), []),
    ],
)
def test_the_fields_that_may_stand_at_a_pointer(pointer: tuple[str | int, ...], fields: list[str]):
    assert fields_at(pointer) == fields


def test_the_fields_of_the_whole_plan():
    assert fields_at(()) == list(Plan.model_fields)


def plan_of_contacts(**reports_to: str | None) -> Plan:
    return Plan.model_validate({"profile": {"name": "Acme"}, "contacts": {key: {"reports_to": boss} for key, boss in reports_to.items()}})


def plan_of_insights(**leads_to: list[str]) -> Plan:
    insights = {key: {"kind": "goal", "what": "Grow", "leads_to": after} for key, after in leads_to.items()}
    return Plan.model_validate({"profile": {"name": "Acme"}, "insights": insights})


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (plan_of_contacts(a="b", b="c", c=None), []),
        (plan_of_contacts(a="a"), [["a", "a"]]),
        (plan_of_contacts(a="b", b="a"), [["a", "b", "a"]]),
        (plan_of_contacts(a="b", b="c", c="b"), [["b", "c", "b"]]),
        (plan_of_contacts(a="b", b="a", c="d", d="c", e="a"), [["a", "b", "a"], ["c", "d", "c"]]),
        (plan_of_contacts(a="nobody"), []),
        (plan_of_insights(a=["b", "c"], b=["d"], c=["d"], d=[]), []),
        (plan_of_insights(a=["b"], b=["c"], c=["a"]), [["a", "b", "c", "a"]]),
        (plan_of_insights(a=["b", "c"], b=["a"], c=["a"]), [["a", "c", "a"]]),
        (plan_of_insights(a=["b", "b"], b=[]), []),
        (plan_of_insights(a=["a", "b"], b=["b"]), [["b", "b"], ["a", "a"]]),
        (plan_of_insights(x=["a", "b"], a=["x2"], x2=["y"], y=["a"], b=["b2"], b2=["b"]), [["b", "b2", "b"], ["a", "x2", "y", "a"]]),
    ],
)
def test_circles_without_a_node_in_common(plan: Plan, found: list[list[str]]):
    assert [circle for _, circle in circles(plan)] == found


@pytest.mark.parametrize(
    ("section", "field", "body"),
    [
        ("contacts", "reports_to", {}),
        ("units", "parent", {"name": "U"}),
        ("insights", "leads_to", {"kind": "goal", "what": "W"}),
        ("opportunities", "leads_to", {"name": "O"}),
    ],
)
def test_each_line_that_must_not_go_round(section: str, field: str, body: dict[str, str]):
    many = field == "leads_to"
    entries = {key: {**body, field: [to] if many else to} for key, to in (("a", "b"), ("b", "c"), ("c", "b"))}
    plan = Plan.model_validate({"profile": {"name": "Acme"}, section: entries})
    assert list(circles(plan)) == [((section, "b", field), ["b", "c", "b"])]


def test_what_blocks_or_influences_each_other_is_no_circle():
    contacts = {"a": {"influences": ["b"]}, "b": {"influences": ["a"]}}
    insights = {"a": {"kind": "goal", "what": "W", "blocks": ["b"]}, "b": {"kind": "goal", "what": "W", "blocks": ["a"]}}
    assert list(circles(Plan.model_validate({"profile": {"name": "Acme"}, "contacts": contacts, "insights": insights}))) == []


def test_many_ways_to_the_same_place_are_not_all_walked():
    ladder = {f"{side}{n}": [f"a{n + 1}", f"b{n + 1}"] for n in range(60) for side in "ab"}
    assert list(circles(plan_of_insights(**ladder, a60=[], b60=[]))) == []


def test_long_lines_of_reporting_are_followed_to_the_end():
    chain = {f"c{n}": f"c{n + 1}" for n in range(3000)}
    assert [len(circle) for _, circle in circles(plan_of_contacts(**chain, c3000="c0"))] == [3002]
