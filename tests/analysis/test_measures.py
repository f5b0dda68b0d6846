"""Measures of objectives: computed where the plan has the figures, stated elsewhere, unknown where neither knows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from acctplan.analysis.measures import Measured, measured, metric_of
from acctplan.config import Config, parse
from acctplan.model import Plan

TODAY = date(2026, 11, 21)
OPPORTUNITIES: dict[str, Any] = {
    "won": {"name": "Won", "status": "won", "value": "148_000", "close_date": "2026-05-19"},
    "won-too": {"name": "Won too", "status": "won", "value": "0.50", "close_date": "2026-06-01"},
    "won-unknown": {"name": "Won, value unknown", "status": "won", "close_date": "2026-06-01"},
    "proposal": {"name": "Proposal", "status": "open", "stage": "proposal", "value": "10"},
    "qualifying": {"name": "Qualifying", "status": "open", "stage": "qualification"},
    "no-stage": {"name": "No stage", "status": "open"},
    "maybe": {"name": "Maybe", "status": "potential"},
    "lost": {"name": "Lost", "status": "lost", "stage": "proposal"},
}
CONTACTS: dict[str, Any] = {
    "lena": {"name": "Lena", "roles": ["decision_maker"], "coverage": "multiple", "stance": "neutral"},
    "tom": {"name": "Tom", "influence": "high", "coverage": "in_depth"},
    "eva": {"name": "Eva", "coverage": "brief", "stance": "supportive"},
}


def found(metric: str, *, target: str | None = "100", current: str | None = None, config: Config | None = None, **given: Any) -> Measured:
    sections = {name: given.pop(name) for name in ("revenue", "meetings", "contacts") if name in given}
    profile = {"name": "Acme", **given.pop("profile", {})}
    measure = {key: value for key, value in (("metric", metric), ("target", target), ("current", current)) if value is not None}
    objective = {"category": "revenue", "what": "Win", "measure": measure, **given}
    plan = Plan.model_validate(
        {"profile": profile, "opportunities": OPPORTUNITIES, "contacts": CONTACTS, "objectives": {"win": objective}, **sections}
    )
    answer = measured(plan, plan.objectives["win"], config or Config(), TODAY)
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("words", "metric"),
    [
        ("revenue", "revenue"),
        ("Orders booked", "revenue"),
        ("contacts_covered", "contacts_covered"),
        (" Opportunities-Qualified ", "opportunities_qualified"),
        ("meetings held", "meetings_held"),
        ("Supporters", "supporters"),
        ("mentions in the press", None),
        ("revenue per head", None),
    ],
)
def test_a_metric_is_known_by_what_people_call_it(words: str, metric: str | None):
    assert metric_of(words) == metric


@pytest.mark.parametrize(
    ("metric", "given", "current", "reason"),
    [
        ("revenue", {"opportunities": ["won", "won-too", "maybe"]}, "148000.50", "2 of 3 opportunities are won"),
        ("revenue", {"opportunities": ["proposal"]}, "0", "none of 1 opportunity is won"),
        ("revenue", {"opportunities": ["won-unknown"]}, None, "1 of 1 opportunity is won"),
        ("revenue", {"opportunities": ["won", "won-unknown"]}, "148000", "2 of 2 opportunities are won"),
        (
            "revenue",
            {"revenue": {"FY2026-Q1": {"actual": "100"}, "FY2026-Q2": {"goal": "1"}}},
            "148100.50",
            "booked in the plan's periods: actuals, and what was won where there are none",
        ),
        ("revenue", {"category": "marketing"}, None, "it names no opportunities to add up"),
        ("contacts covered", {"contacts": {}}, None, "there is no key player to count"),
        ("contacts covered", {}, "1", "1 of 2 key players is covered"),
        (
            "opportunities qualified",
            {"opportunities": ["won", "proposal", "qualifying", "maybe", "lost"]},
            "2",
            "2 of 5 opportunities are qualified",
        ),
        ("opportunities qualified", {"opportunities": ["no-stage"]}, None, "none of 1 opportunity is qualified, of 1 it is not known"),
        ("opportunities qualified", {}, "4", "4 of 8 opportunities are qualified, of 1 it is not known"),
        ("supporters", {}, "0", "none of 2 key players is supportive, of 1 it is not known"),
        ("meetings held", {}, "0", "none was held"),
        (
            "meetings held",
            {
                "profile": {"starts": "2026-02-01"},
                "due": "2026-09-30",
                "meetings": {"held": {"2026-01-31": {}, "2026-02-01": {}, "2026-09-30": {}, "2026-10-01": {}}},
            },
            "2",
            "2 were held since 2026-02-01",
        ),
        ("NPS", {}, None, "the plan does not say"),
    ],
)
def test_what_it_reads_now(metric: str, given: dict[str, Any], current: str | None, reason: str):
    answer = found(metric, **given)
    assert (None if answer.current is None else str(answer.current), answer.reason) == (current, reason)


def test_the_people_of_the_objective_count_before_key_players():
    plan = Plan.model_validate(
        {
            "profile": {"name": "Acme"},
            "contacts": CONTACTS,
            "objectives": {"win": {"category": "revenue", "what": "W", "contacts": ["eva", "tom"], "measure": {"metric": "supporters"}}},
        }
    )
    answer = measured(plan, plan.objectives["win"], Config(), TODAY)
    assert answer is not None
    assert [(term.what, term.amount, term.reason) for term in answer.terms] == [
        ("Eva", 1, "stance supportive"),
        ("Tom", None, "stance unknown"),
    ]
    assert (answer.current, answer.is_at_least, answer.share) == (1, True, None)


def test_without_a_stage_of_qualifying_everything_open_is_qualified():
    config = parse("[stages.offer]\nprobability = 0.5\n[stages.proposal]\nprobability = 0.6\n[stages.talks]\nprobability = 0.7\n")
    assert found("opportunities qualified", opportunities=["no-stage", "proposal", "maybe"], config=config).current == 2


@pytest.mark.parametrize(
    ("target", "share"),
    [("148_000", "1.0000"), ("444_000", "0.3333"), ("100_000", "1.4800"), ("0", None), ("-5", None), (None, None)],
)
def test_the_share_is_of_the_target_rounded_down(target: str | None, share: str | None):
    answer = found("revenue", target=target, opportunities=["won"])
    assert (None if answer.share is None else str(answer.share)) == share


def test_what_the_plan_states_is_shown_where_it_differs():
    assert found("revenue", current="1", opportunities=["won"]).differs
    assert not found("revenue", current="148_000", opportunities=["won"]).differs
    assert not found("revenue", opportunities=["won"]).differs
    assert not found("NPS", current="40").differs


def test_what_cannot_be_computed_is_as_the_plan_states_it():
    named, unknown = found("NPS", current="40"), found("revenue", current="12", opportunities=["won-unknown"])
    assert (named.current, named.computed_as, named.share) == (40, None, Decimal("0.4"))
    assert (unknown.current, unknown.computed_as, unknown.terms) == (12, None, ())
    assert unknown.reason == "as the plan states it: 1 of 1 opportunity is won"


def test_an_objective_without_a_measure_has_none():
    plan = Plan.model_validate({"profile": {"name": "A"}, "objectives": {"x": {"category": "revenue", "what": "W"}}})
    assert measured(plan, plan.objectives["x"], Config(), TODAY) is None
