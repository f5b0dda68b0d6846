"""The customer's edition: what stays of a plan, and that nothing else can."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic_core import PydanticUndefined

from acctplan.config import Config
from acctplan.document import parse
from acctplan.loader import load
from acctplan.model import Plan, Section
from acctplan.model.editions import customer_edition, kept_fields
from acctplan.model.references import references
from paths import DATA, ROOT
from shape import sections

PLAN = """
profile:
  name: Brannhaven
  account_manager: ines
  industry: Port
  background: They owe the bank
  mutual_value: {field_of_play: The quays, what_we_gain: A reference, shared: true}
team: {ines: {name: Ines Kolb, role: Manager}, gesa: {name: Gesa Roth}, bram: {name: Bram}}
units: {quay: {name: Quay, target: true, notes: unit secret}, inland: {name: Inland}}
contacts:
  tobias: {name: Tobias Renner, title: COO, stance: negative, influence: high, notes: weak, reports_to: ruth}
  ruth: {name: Ruth, title: CEO}
  pavel: {name: Pavel}
competitors: {knarr: {name: Knarr}}
insights:
  uptime: {kind: goal, what: Fewer stops, shared: true, leads_to: [debt], source: gossip}
  debt: {kind: pressure, what: The bank presses}
opportunities:
  rollout: {name: All cranes, shared: true, status: open, stage: proposal, value: 612_000, margin: 0.4, unit: quay, need: Warning,
    approach: cheap, competition: {position: ahead, competitors: [knarr]}, leads_to: [service], owner: ines}
  service: {name: Full service, value: 1_000_000}
objectives:
  win:
    category: revenue
    what: Cranes monitored
    shared: true
    opportunities: [rollout, service]
    contacts: [pavel]
    owner: ines
    measure: {metric: Orders, target: 5}
    notes: objective secret
    strategies:
      pilot:
        what: Outflank Knarr
        actions:
          page: {what: One page, owner: gesa, due: 2026-12-02, shared: true, notes: action secret}
          trick: {what: Take Uwe to dinner, owner: bram}
  reach: {category: cross_account, what: Reach the fund}
revenue: {FY2026: {goal: 5_000}}
meetings:
  every_months: 3
  with: [tobias]
  next: 2026-12-09
  held:
    2026-09-16:
      attended: [tobias, ines]
      ours: {expectations_met: true, notes: ours secret}
      finances: {overdue_invoices: 2}
      goals: [Decide in February]
      notes: meeting secret
      actions:
        list: {what: The list, owner: ines}
        price: {what: Check the price, owner: gesa, shared: false}
risks: {late: {what: Late}}
reviews: {2026-10-01: {by: gesa, notes: review secret}}
"""


def plan_of(text: str) -> Plan:
    loaded = load(text, "plan.yaml", Config())
    assert loaded.plan is not None, [diagnostic.message for diagnostic in loaded.diagnostics]
    return loaded.plan


def said(value: Any) -> Any:
    """A section without what it leaves out."""
    if isinstance(value, Section):
        defaults = {name: info.get_default(call_default_factory=True) for name, info in type(value).model_fields.items()}
        return {name: said(item) for name, item in value.__dict__.items() if item != defaults[name]}
    if isinstance(value, dict):
        return {key: said(item) for key, item in value.items()}
    return value


def test_what_a_customer_may_see():
    assert said(customer_edition(plan_of(PLAN))) == {
        "profile": {
            "name": "Brannhaven",
            "account_manager": "ines",
            "mutual_value": {"shared": True, "field_of_play": "The quays", "what_we_gain": "A reference"},
        },
        "insights": {"uptime": {"kind": "goal", "what": "Fewer stops", "shared": True}},
        "team": {"ines": {"name": "Ines Kolb", "role": "Manager"}, "gesa": {"name": "Gesa Roth"}},
        "units": {"quay": {"name": "Quay"}},
        "contacts": {"tobias": {"name": "Tobias Renner", "title": "COO"}, "pavel": {"name": "Pavel"}},
        "opportunities": {"rollout": {"name": "All cranes", "unit": "quay", "owner": "ines", "need": "Warning", "shared": True}},
        "objectives": {
            "win": {
                "category": "cross_account",
                "what": "Cranes monitored",
                "opportunities": ("rollout",),
                "contacts": ("pavel",),
                "owner": "ines",
                "shared": True,
                "strategies": {
                    "pilot": {
                        "what": "Next steps",
                        "actions": {"page": {"what": "One page", "owner": "gesa", "due": date(2026, 12, 2), "shared": True}},
                    }
                },
            }
        },
        "meetings": {
            "every_months": 3,
            "with_": ("tobias",),
            "next": date(2026, 12, 9),
            "held": {
                date(2026, 9, 16): {
                    "attended": ("tobias", "ines"),
                    "goals": ("Decide in February",),
                    "actions": {"list": {"what": "The list", "owner": "ines"}},
                }
            },
        },
    }


SECTIONS = [Plan, *(section for section in sections() if section is not Plan)]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.__name__)
def test_a_section_that_stays_keeps_what_it_cannot_be_without(section: type[Section]):
    kept = {field.attribute for field in kept_fields(section)}
    needed = {name for name, info in section.model_fields.items() if info.get_default(call_default_factory=True) is PydanticUndefined}
    assert needed <= kept or not kept


NEVER = (
    "stance",
    "influence",
    "coverage",
    "margin",
    "value",
    "probability",
    "stage",
    "competition",
    "risks",
    "reviews",
    "revenue",
    "notes",
)


def test_politics_and_money_are_internal_everywhere():
    for section in SECTIONS:
        assert not {field.attribute for field in kept_fields(section)}.intersection(NEVER)


def whole_plans() -> list[Plan]:
    paths = [DATA / "full-plan.yaml", *sorted((ROOT / "plans").glob("*.yaml"))]
    return [Plan.model_validate(parse(path.read_text(encoding="utf-8")).data) for path in paths]


@pytest.mark.parametrize("plan", whole_plans(), ids=lambda plan: plan.profile.name)
def test_an_edition_of_an_edition_is_itself(plan: Plan):
    edition = customer_edition(plan)
    assert customer_edition(edition) == edition
    assert Plan.model_fields.keys() == edition.__dict__.keys()
    assert edition.profile.name == plan.profile.name


@pytest.mark.parametrize("plan", whole_plans(), ids=lambda plan: plan.profile.name)
def test_every_id_that_stays_leads_somewhere(plan: Plan):
    edition = customer_edition(plan)
    for reference in references(edition):
        assert "solutions" in reference.sections or any(reference.id in getattr(edition, section) for section in reference.sections)


@pytest.mark.parametrize("said", ["", ", shared: false"])
def test_a_charter_that_is_not_shared_stays_with_us(said: str):
    edition = customer_edition(plan_of(f"profile: {{name: Acme, mutual_value: {{what_we_gain: A reference{said}}}}}"))
    assert edition.profile.mutual_value is None


@pytest.mark.parametrize("status", ["won", "lost", "dropped"])
def test_what_is_closed_is_no_plan_any_more(status: str):
    edition = customer_edition(plan_of(f"profile: {{name: Acme}}\nopportunities: {{a: {{name: A, status: {status}, shared: true}}}}"))
    assert edition.opportunities == {}
