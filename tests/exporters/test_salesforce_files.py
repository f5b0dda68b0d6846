"""Files for Salesforce: exact API names and values, names that lead back, and only what there is to say."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.config import Config
from acctplan.exporters.salesforce import InCrm, Known, salesforce_files, short_id
from acctplan.importers import ALL, Options, Wishes, reconcile
from acctplan.loader import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from acctplan.exporters.salesforce import SalesforceFiles

TODAY = date(2026, 11, 21)
ID = "0068d00000AbCdeAAD"
ACCOUNT = "0018d00000QrStuAAB"
PLAN = f"""\
profile: {{name: Acme, starts: 2026-01-01, ends: 2026-12-31, currency: EUR, crm: {{salesforce: {ACCOUNT}}}, background: "two\\nlines"}}
insights: {{a: {{kind: goal, what: Grow}}, b: {{kind: obstacle, what: No people}}, c: {{kind: initiative, what: One plant}}}}
competitors: {{h: {{name: Halsen}}}}
risks: {{r: {{what: They move}}}}
opportunities:
  sensors: {{name: "=Sensors, \\"new\\"", status: open, stage: negotiation, value: 420_000.50, probability: 0.425, close_date: 2026-12-15,
    next_step: Call Lena, crm: {{salesforce: {ID}}}}}
  pumps: {{name: Pumps}}
objectives:
  grow: {{category: revenue, what: Grow, status: in_progress, due: 2026-12-01, relevance: They pay less,
    measure: {{metric: Orders, target: 5_000_000, current: 2}}, strategies: {{show: {{what: Show it}}}}}}
  wait: {{category: marketing, what: Wait, status: deferred}}
"""
STAGES = Config.model_validate({"stages": {"negotiation": {"probability": "0.9", "salesforce": ["Negotiation/Review"]}}})
SAME = InCrm("open", "negotiation", Decimal("0.425"), Decimal("420000.50"), None, date(2026, 12, 15), "Call Lena")


def made(*texts: str, config: Config = STAGES, in_crm: Mapping[str, InCrm] | None = None, today: date = TODAY) -> SalesforceFiles:
    """The files of some plans."""
    plans = []
    for number, text in enumerate(texts):
        loaded = load(text, f"plans/p{number}.yaml", config)
        assert loaded.plan is not None, loaded.diagnostics
        plans.append((f"p{number}", loaded.plan))
    known = None if in_crm is None else Known(in_crm, frozenset())
    return salesforce_files(plans, config, today, known)


def rows(files: SalesforceFiles, name: str) -> list[dict[str, str]]:
    """The rows of a CSV file, without empty cells."""
    text = dict(files.files)[f"{name}.csv"]
    return [{key: cell for key, cell in row.items() if cell} for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_an_opportunity_is_updated_by_its_id_with_exact_values():
    assert rows(made(PLAN), "Opportunity") == [
        {
            "Id": ID,
            "AccountId": ACCOUNT,
            "Name": '=Sensors, "new"',
            "StageName": "Negotiation/Review",
            "CloseDate": "2026-12-15",
            "Amount": "420000.50",
            "Probability": "42.5",
            "NextStep": "Call Lena",
        }
    ]


@pytest.mark.parametrize(
    ("there", "written"),
    [
        (SAME, None),
        (SAME._replace(stage="proposal"), {"StageName": "Negotiation/Review"}),
        (SAME._replace(status="won", stage=None), {"StageName": "Negotiation/Review"}),
        (SAME._replace(amount=Decimal("420000.5")), None),
        (SAME._replace(amount=None), {"Amount": "420000.50"}),
        (SAME._replace(close_date=date(2027, 1, 1)), {"CloseDate": "2026-12-15"}),
        (SAME._replace(probability=Decimal("0.9")), {"Probability": "42.5"}),
        (SAME._replace(next_step=None), {"NextStep": "Call Lena"}),
        (SAME._replace(currency="USD", amount=Decimal(1)), None),
    ],
)
def test_only_what_differs_is_written_where_salesforce_is_known(there: InCrm, written: dict[str, str] | None):
    files = made(PLAN, in_crm={short_id(ID): there})
    if written is None:
        assert "Opportunity" not in files.records
    else:
        assert rows(files, "Opportunity") == [{"Id": ID, "AccountId": ACCOUNT, "Name": '=Sensors, "new"', **written}]


def test_an_opportunity_that_salesforce_does_not_have_is_told():
    files = made(PLAN, in_crm={})
    assert "Opportunity" not in files.records
    assert "p0: sensors is not among the opportunities that Salesforce has" in files.notes


@pytest.mark.parametrize(
    ("config", "status", "there", "stage", "note"),
    [
        ({}, "status: won", None, "Closed Won", None),
        ({}, "status: lost", None, "Closed Lost", None),
        ({}, "status: dropped", None, None, "StageName: Salesforce has no name for dropped, left out: 1 opportunity"),
        ({"salesforce": {"stages": {"Gone": "dropped"}}}, "status: dropped", None, "Gone", None),
        ({"salesforce": {"stages": {"Signed": "won"}}}, "status: won", None, "Signed", None),
        (
            {"salesforce": {"stages": {"Legal": "negotiation"}}},
            "status: open, stage: negotiation",
            None,
            None,
            "several names for negotiation",
        ),
        (
            {"salesforce": {"stages": {"Legal": "negotiation"}}},
            "status: open, stage: negotiation",
            SAME._replace(stage=None),
            "Negotiation/Review",
            None,
        ),
        ({}, "status: potential", None, None, None),
    ],
)
def test_stages_are_said_in_salesforces_words(
    config: dict[str, Any], status: str, there: InCrm | None, stage: str | None, note: str | None
):
    settings = Config.model_validate(
        {"stages": {"negotiation": {"probability": "0.9", "salesforce": ["Negotiation/Review"]}}, "import": config}
    )
    text = PLAN.replace("status: open, stage: negotiation", status)
    files = made(text, config=settings, in_crm=None if there is None else {short_id(ID): there})
    assert [row.get("StageName") for row in rows(files, "Opportunity")] == [stage] if "Opportunity" in files.records else stage is None
    told = [one for one in files.notes if "StageName" in one]
    assert bool(told) == (note is not None)
    assert note is None or note in told[0]


def test_a_next_step_that_is_too_long_is_left_out_and_told():
    files = made(PLAN.replace("Call Lena", "x" * 256))
    assert "NextStep" not in rows(files, "Opportunity")[0]
    assert any("NextStep" in note for note in files.notes)


def test_account_plans_objectives_and_measures_name_what_they_belong_to():
    files = made(PLAN)
    called = "Acme 2026-01-01 to 2026-12-31"
    assert rows(files, "AccountPlan") == [
        {
            "Name": called,
            "AccountId": ACCOUNT,
            "StartDate": "2026-01-01",
            "EndDate": "2026-12-31",
            "Status": "Active",
            "AccountStrategicPriorities": "Grow\nOne plant",
            "AccountChallenges": "No people",
            "AccountCompetitors": "Halsen",
            "RelationshipOpportunities": '=Sensors, "new"\nPumps',
            "RelationshipThreats": "They move",
            "Notes": "two\nlines",
        }
    ]
    assert rows(files, "AccountPlanObjective") == [
        {
            "AccountPlan.Name": called,
            "Name": "Grow",
            "Description": "They pay less\nShow it",
            "EndDate": "2026-12-01",
            "Status": "In Progress",
        },
        {"AccountPlan.Name": called, "Name": "Wait"},
    ]
    assert rows(files, "AccountPlanObjectiveMeasure") == [
        {"AccountPlanObjective.Name": "Grow", "Name": "Orders", "TargetValue": "5000000", "CurrentValue": "2", "ValueType": "Number"}
    ]
    assert "p0: the objective wait has no Status, Salesforce has no word for deferred" in files.notes
    names = [name for name, _ in files.files]
    assert names[:4] == ["AccountPlan.csv", "AccountPlanObjective.csv", "AccountPlanObjectiveMeasure.csv", "Opportunity.csv"]


@pytest.mark.parametrize(("today", "status"), [("2025-12-31", "Not Started"), ("2026-01-01", "Active"), ("2027-01-01", "Inactive")])
def test_a_plan_is_active_in_its_period(today: str, status: str):
    assert rows(made(PLAN, today=date.fromisoformat(today)), "AccountPlan")[0]["Status"] == status


def test_names_that_others_refer_to_are_given_once():
    files = made(PLAN, PLAN, PLAN.replace("what: Grow, status", f"what: {'long ' * 30}, status"))
    for name in ("AccountPlan", "AccountPlanObjective"):
        called = [row["Name"] for row in rows(files, name)]
        assert len(set(called)) == len(called)
        assert sum(name.startswith("p1") for name in called) == len(called) // 3
        assert max(map(len, called)) <= 80
    assert ("long " * 30).strip() in rows(files, "AccountPlanObjective")[4]["Description"]


def test_the_tree_resolves_every_reference():
    files = dict(made(PLAN, PLAN).files)
    known: set[str] = set()
    for step in json.loads(files["AccountPlan-plan.json"]):
        (name,) = step["files"]
        for record in json.loads(files[name])["records"]:
            assert record["attributes"]["type"] == step["sobject"]
            assert {value[1:] for value in record.values() if isinstance(value, str) and value.startswith("@")} <= known
            assert all(isinstance(value, str) for key, value in record.items() if key != "attributes")
        known |= {record["attributes"]["referenceId"] for record in json.loads(files[name])["records"]}
    assert len(known) == 2 + 4 + 2


def test_an_account_without_an_id_is_left_out_and_told():
    files = made("profile: {name: Acme}\nobjectives: {a: {category: revenue, what: Grow}}\n")
    assert (files.files, files.records) == ([], {})
    assert files.notes == ["p0: no account plan, its account has no Salesforce id; write it as profile.crm.salesforce"]


def test_what_is_exported_and_brought_in_again_changes_nothing():
    (importer,) = [one for one in ALL if one.system.key == "salesforce"]
    content = dict(made(PLAN).files)["Opportunity.csv"].encode()
    extract = importer.extract([("Opportunity.csv", content)], Options(None, TODAY))
    assert len(extract.opportunities) == 1
    plans = {"plans/acme.yaml": load(PLAN, "plans/acme.yaml", STAGES)}
    imported = reconcile(plans, extract, STAGES, today=TODAY, memory={}, wishes=Wishes(), folder="plans")
    assert [(one.edits, one.taken, one.conflicts, one.is_new) for one in imported.plans] == [((), (), (), False)]
