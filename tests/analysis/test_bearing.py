"""What a plan says elsewhere that bears on a question of the shipped scorecard."""

from __future__ import annotations

from typing import Any

import pytest

from acctplan.analysis import scorecards
from acctplan.analysis.scorecards.bearing import plan_says
from acctplan.config import SHIPPED, Config
from acctplan.model import Plan

CONTACTS = {
    "lena": {"name": "Lena Vos", "roles": ["decision_maker"], "stance": "supportive", "coverage": "in_depth"},
    "tom": {"name": "Tom Bakker", "roles": ["decision_maker"]},
    "ada": {"name": "Ada", "roles": ["sponsor"], "stance": "supportive"},
    "bea": {"name": "Bea", "roles": ["sponsor"], "stance": "neutral"},
    "pim": {"name": "Pim", "roles": ["purchaser"]},
}


def said(question: str, config: Config | None = None, card: str = "meddpicc", **opportunity: Any) -> str | None:
    data = {
        "profile": {"name": "Acme"},
        "contacts": CONTACTS,
        "competitors": {"knarr": {"name": "Knarr"}, "halsen": {"name": "Halsen"}},
        "opportunities": {"o": {"name": "Monitoring", **opportunity}},
    }
    return plan_says(Plan.model_validate(data), "o", card, question, config or Config())


def everybody(**others: Any) -> dict[str, Any]:
    return {"buying_roles": {**{contact: {} for contact in CONTACTS}, **others}}


@pytest.mark.parametrize(
    ("question", "opportunity", "words"),
    [
        ("metrics", {"customer_impact": "Worth 900,000 a year"}, "Worth 900,000 a year"),
        (
            "economic-buyer",
            everybody(),
            "Lena Vos decides: supportive, coverage in-depth; Tom Bakker decides: stance unknown, coverage unknown",
        ),
        ("economic-buyer", {"buying_roles": {"lena": {"stance": "negative"}}}, "Lena Vos decides: negative, coverage in-depth"),
        ("economic-buyer", {"buying_roles": {"ada": {}}}, None),
        (
            "decision-criteria",
            {"decision_criteria": [{"what": "a", "position": one} for one in ("better", "worse", "equal", "better")]},
            "4 criteria: 2 better, 1 equal, 1 worse",
        ),
        ("decision-criteria", {"decision_criteria": [{"what": "a"}]}, "1 criterion: 1 unknown"),
        (
            "decision-process",
            {"next_step": "Pilot figures", "next_step_due": "2026-12-02", "close_date": "2027-02-26"},
            "next step: Pilot figures, by 2026-12-02; closes 2027-02-26",
        ),
        ("decision-process", {"next_step": "Pilot figures"}, "next step: Pilot figures"),
        ("paper-process", everybody() | {"close_date": "2027-02-26"}, "Pim in purchasing; closes 2027-02-26"),
        ("identify-pain", {"need": "Fewer stops"}, "Fewer stops"),
        ("champion", everybody(), "Ada, supportive sponsor"),
        ("champion", everybody(bea={"stance": "supportive"}), "Ada and Bea, supportive sponsors"),
        ("champion", everybody(ada={"role": "user"}), None),
        (
            "competition",
            {"competition": {"position": "locked_out", "competitors": ["knarr", "halsen"], "strategy": "Wait"}},
            "locked out, against Knarr and Halsen; Wait",
        ),
        ("competition", {"competition": {"competitors": ["knarr"]}}, "position unknown, against Knarr"),
        ("competition", {"competition": {"position": "sole"}}, "sole"),
        ("competition", {"competition": {"strategy": "Wait"}}, "Wait"),
    ],
)  # fmt: skip
def test_what_the_plan_says(question: str, opportunity: dict[str, Any], words: str | None):
    assert said(question, **opportunity) == words


@pytest.mark.parametrize("question", SHIPPED["meddpicc"].questions)
def test_where_the_plan_says_nothing_neither_does_this(question: str):
    assert said(question) is None


def test_it_is_about_the_shipped_card_alone():
    own = Config(scorecards={"meddpicc": SHIPPED["meddpicc"]})
    assert said("identify-pain", need="Fewer stops") == "Fewer stops"
    assert said("identify-pain", own, need="Fewer stops") is None
    assert said("identify-pain", card="tas", need="Fewer stops") is None
    assert said("nothing", need="Fewer stops") is None


def test_it_never_answers_by_itself():
    plan = Plan.model_validate(
        {"profile": {"name": "Acme"}, "opportunities": {"o": {"name": "O", "need": "Fewer stops", "customer_impact": "Much"}}}
    )
    assert scorecards.result(plan, "o", "meddpicc", Config()).answered == 0
