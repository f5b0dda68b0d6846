from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticUndefined

from acctplan.document import parse
from acctplan.model import Action, Objective, Opportunity, Plan, Section
from paths import DATA
from shape import Place, matches, places, sections

DATA_OF_FULL_PLAN = parse((DATA / "full-plan.yaml").read_text(encoding="utf-8")).data
FULL = Plan.model_validate(DATA_OF_FULL_PLAN)
SECTIONS = [Plan, *(section for section in sections() if section is not Plan)]


def test_the_walk_over_the_model_sees_it_all():
    patterns = {place.pattern for place in places()}
    assert {
        ("acctplan",),
        ("meetings", "held", "*", "actions", "*", "due"),
        ("opportunities", "*", "decision_criteria", "*", "held_by", "*"),
    } <= patterns
    assert len(SECTIONS) > 20


@pytest.mark.parametrize("place", list(places()), ids=lambda place: ".".join(place.pattern))
def test_the_full_plan_of_the_tests_uses_every_field(place: Place):
    assert list(matches(DATA_OF_FULL_PLAN, place.pattern))


def test_values_have_their_types():
    profile = FULL.profile
    assert profile.starts == date(2026, 1, 1)
    assert profile.employees == 8400
    assert profile.fiscal_year_starts == 1
    assert profile.revenue_history["2025"].revenue == Decimal("1362500000.50")
    assert profile.revenue_history["2024"].net_income == Decimal(-4200000)
    assert profile.crm["hubspot"] == "4411902"
    assert FULL.insights["more-operations"].confirmed is True
    assert FULL.insights["central-sterilisation"].confirmed is False
    assert FULL.insights["houses-decide"].confirmed is None
    assert FULL.contacts["yara-costa"].relationship.with_ == "ines"
    assert FULL.contacts["yara-costa"].roles == ("sponsor", "evaluator")
    assert FULL.opportunities["tracking-plants"].probability == Decimal("0.6")
    assert list(FULL.meetings.held) == [date(2026, 6, 4)]
    assert FULL.meetings.with_ == ("marc-aubert", "yara-costa")
    assert FULL.reviews[date(2026, 7, 1)].by == "okan"


def test_the_order_of_the_file_is_kept():
    assert list(FULL.opportunities) == ["tracking-plants", "tracking-houses", "service-renewal"]
    assert list(FULL.contacts)[:2] == ["marc-aubert", "yara-costa"]


SAYS_SOMETHING_ANYWAY = {
    ("Plan", "acctplan"): "1",
    ("Opportunity", "status"): "potential",
    ("Action", "status"): "not_started",
    ("Objective", "status"): "not_started",
    ("Risk", "status"): "open",
    ("Question", "status"): "open",
}
"""What a plan says without saying it. Everything else that is left out is unknown."""


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.__name__)
def test_what_is_left_out_is_unknown(section: type[Section]):
    for name, info in section.model_fields.items():
        default = info.get_default(call_default_factory=True)
        assert default in (PydanticUndefined, None, (), {}) or default == SAYS_SOMETHING_ANYWAY[section.__name__, name]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.__name__)
def test_every_section_is_frozen_closed_and_discreet(section: type[Section]):
    assert section.__doc__
    assert section.model_config["frozen"]
    assert section.model_config["hide_input_in_errors"]
    with pytest.raises(ValidationError) as caught:
        section.model_validate({"no_such_field": "a secret"})
    assert "extra_forbidden" in [problem["type"] for problem in caught.value.errors()]
    assert "secret" not in str(caught.value)


def test_a_plan_cannot_be_changed():
    with pytest.raises(ValidationError):
        FULL.profile = None


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.__name__)
def test_fields_are_named_as_people_write_them(section: type[Section]):
    for name, info in section.model_fields.items():
        assert re.fullmatch("[a-z]+(_[a-z]+)*", info.alias or name)


@pytest.mark.parametrize(
    ("status", "done", "is_open"),
    [
        ("not_started", None, True),
        ("in_progress", None, True),
        ("deferred", None, True),
        ("done", None, False),
        ("cancelled", None, False),
        ("in_progress", "2026-01-31", False),
    ],
)
def test_an_action_is_open_until_it_is_done_or_cancelled(status: str, done: str | None, *, is_open: bool):
    assert Action.model_validate({"what": "Call", "status": status, "done": done}).is_open == is_open


@pytest.mark.parametrize(
    ("status", "is_open"), [("not_started", True), ("in_progress", True), ("deferred", True), ("achieved", False), ("cancelled", False)]
)
def test_an_objective_is_open_until_it_is_achieved_or_cancelled(status: str, *, is_open: bool):
    assert Objective.model_validate({"category": "revenue", "what": "Win", "status": status}).is_open == is_open


@pytest.mark.parametrize(("status", "is_live"), [("potential", True), ("open", True), ("won", False), ("lost", False), ("dropped", False)])
def test_an_opportunity_is_live_until_it_is_decided(status: str, *, is_live: bool):
    assert Opportunity.model_validate({"name": "Tracking", "status": status}).is_live == is_live
