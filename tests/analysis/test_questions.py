"""What is missing and worth asking, in the order of a conversation; and what of it a customer may hear."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from acctplan import rules
from acctplan.analysis.questions import Question, Topic, missing, ten_minutes
from acctplan.analysis.questions.customer import is_ours, to_ask
from acctplan.analysis.questions.fields import Asking
from acctplan.config import Config
from acctplan.loader import load
from acctplan.model.references import type_at
from acctplan.scaffold import Answers, full_plan, starter_plan
from paths import ROOT

if TYPE_CHECKING:
    from acctplan.model import Plan

TODAY = date(2026, 11, 21)
CONFIG = Config()
ANSWERS = Answers("Acme", date(2026, 11, 1), "EUR", "ines", "Ines Kolb")
WHOLE = """
insights: {grow: {kind: goal, what: Grow}}
contacts:
  lena: {name: Lena Vos, title: CFO, roles: [decision_maker], stance: neutral, coverage: multiple, last_contact: 2026-11-20}
  tom: {name: Tom, title: Buyer, roles: [sponsor], stance: supportive, coverage: in_depth, last_contact: 2026-11-20}
opportunities:
  sensors:
    name: Sensors
    status: open
    stage: proposal
    value: 400_000
    need: Less waste
    close_date: 2027-01-31
    importance: {customer: 4, us: 4}
    competition: {position: ahead}
    buying_roles: {lena: {role: decision_maker}}
    owner: ines
    next_step: Show them
    next_step_due: 2026-12-01
objectives:
  win: {category: revenue, what: Win, opportunities: [sensors], owner: ines, due: 2027-01-31, strategies: {s: {what: S, actions: {
    visit: {what: Visit, owner: ines, due: 2026-12-01}}}}}
revenue: {FY2026: {goal: 100_000}}
meetings: {next: 2026-12-09}
"""
"""A plan of which nothing is missing but whose goal it is."""


def plan(text: str) -> Plan:
    text = text if "profile:" in text else f"profile: {{name: Acme, account_manager: ines}}\nteam: {{ines: {{name: Ines}}}}\n{text}"
    loaded = load(text, "x.yaml", CONFIG)
    assert loaded.plan is not None, [one.message for one in loaded.diagnostics]
    return loaded.plan


def asked(text: str, **more: bool) -> list[Question]:
    return list(missing(plan(text), CONFIG, TODAY, **more).questions)


def keys(text: str, **more: bool) -> list[str]:
    return [question.key for question in asked(text, **more)]


def test_a_new_plan_is_asked_for_in_the_order_of_a_conversation():
    found = asked(starter_plan(ANSWERS), is_short=True)
    assert [question.key for question in found] == [
        "insights",
        "contacts.decision-maker.name",
        "contacts.decision-maker.title",
        "opportunities.best-opportunity.name",
        "opportunities.best-opportunity.need",
        "opportunities.best-opportunity.value",
        "opportunities.best-opportunity.stage",
        "opportunities.best-opportunity.close_date",
        "opportunities.best-opportunity.next_step",
        "meetings.next",
        "revenue.FY2027.goal",
    ]
    assert all(question.is_counted for question in found)


@pytest.mark.parametrize("scaffold", [starter_plan, full_plan])
def test_a_new_plan_never_needs_many_answers(scaffold):
    found = missing(plan(scaffold(ANSWERS)), CONFIG, TODAY)
    assert found.counted <= 15


def test_nothing_but_a_name_is_asked_for_too():
    assert keys("profile: {name: Acme}", is_short=True) == [
        "insights",
        "contacts",
        "opportunities",
        "profile.account_manager",
        "meetings.next",
        "revenue.FY2027.goal",
    ]


def test_who_has_a_name_is_asked_about():
    text = starter_plan(ANSWERS).replace("    name:      ", "    name: Lena ")
    assert keys(text, is_short=True)[1:4] == [
        "contacts.decision-maker.title",
        *(f"contacts.decision-maker.{one}" for one in ("stance", "coverage")),
    ]


def test_a_whole_plan_is_asked_almost_nothing():
    found = missing(plan(WHOLE), CONFIG, TODAY)
    assert (found.settled, found.counted) == (15, 15)
    assert [question.key for question in found.questions] == ["insights.grow.owner", "revenue.FY2027.goal"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("stance: neutral, ", "", "contacts.lena.stance"),
        ("coverage: multiple, ", "", "contacts.lena.coverage"),
        ("last_contact: 2026-11-20}\n  tom", "last_contact: 2026-01-20}\n  tom", "contacts.lena.last_contact"),
        (", stance: supportive", "", "contacts.tom.stance"),
        ("name: Tom, ", "", "contacts.tom.name"),
        ("    need: Less waste\n", "", "opportunities.sensors.need"),
        ("    stage: proposal\n", "", "opportunities.sensors.stage"),
        ("    importance: {customer: 4, us: 4}\n", "    importance: {us: 4}\n", "opportunities.sensors.importance.customer"),
        ("    competition: {position: ahead}\n", "", "opportunities.sensors.competition.position"),
        ("buying_roles: {lena: {role: decision_maker}}", "buying_roles: {tom: {}}", "opportunities.sensors.buying_roles"),
        ("close_date: 2027-01-31", "close_date: 2026-11-20", "opportunities.sensors.close_date"),
        ("next_step_due: 2026-12-01", "next_step_due: 2026-11-20", "opportunities.sensors.next_step"),
        ("    next_step_due: 2026-12-01\n", "", "opportunities.sensors.next_step_due"),
        ("    owner: ines\n", "", "opportunities.sensors.owner"),
        ("opportunities: [sensors], ", "", "opportunities.sensors.objective"),
        ("owner: ines, due: 2027-01-31, str", "due: 2027-01-31, str", "objectives.win.owner"),
        ("owner: ines, due: 2027-01-31, str", "owner: ines, str", "objectives.win.due"),
        ("owner: ines, due: 2026-12-01}", "due: 2026-12-01}", "objectives.win.strategies.s.actions.visit.owner"),
        ("due: 2026-12-01}", "due: 2026-11-20}", "objectives.win.strategies.s.actions.visit.due"),
        ("meetings: {next: 2026-12-09}", "", "meetings.next"),
        ("next: 2026-12-09", "next: 2026-11-09", "meetings.next"),
        ("revenue: {FY2026: {goal: 100_000}}", "", "revenue.FY2026.goal"),
        ("{position: ahead}", "{position: behind}", "opportunities.sensors.competition.competitors"),
        ("{position: ahead}", "{position: locked_out}", "opportunities.sensors.competition.competitors"),
        ("account_manager: ines", "industry: Food", "profile.account_manager"),
    ],
)
def test_what_is_missing_is_asked_for(old: str, new: str, key: str):
    text = f"profile: {{name: Acme, account_manager: ines}}\nteam: {{ines: {{name: Ines}}}}\n{WHOLE}"
    assert text.count(old) == 1
    assert key in keys(text.replace(old, new))


@pytest.mark.parametrize("said", ["position: ahead", "position: behind, competitors: [knarr]", "position: behind, incumbent: knarr"])
def test_who_is_ahead_is_not_asked_where_nobody_is_or_it_is_known(said: str):
    text = WHOLE.replace("position: ahead", said) + "competitors: {knarr: {name: Knarr}}\n"
    assert "opportunities.sensors.competition.competitors" not in keys(text)


@pytest.mark.parametrize(
    ("revenue", "ends", "today", "goals"),
    [
        ("", "", "2026-10-02", ["FY2026"]),
        ("", "", "2026-10-03", ["FY2027", "FY2026"]),
        ("FY2026: {goal: 1}", "", "2026-10-02", []),
        ("FY2026: {goal: 1}", "", "2026-11-21", ["FY2027"]),
        ("FY2026: {goal: 1}, FY2027: {}", ", ends: 2027-10-31", "2026-11-21", ["FY2027"]),
        ("FY2026: {goal: 1}, FY2027-H1: {}", "", "2026-11-21", ["FY2027-H1"]),
        ("FY2026-Q4: {goal: 1}, FY2027-Q1: {goal: 1}", "", "2026-11-21", []),
        ("FY2027: {goal: 1}", "", "2026-11-21", []),
        ("FY2026: {}, FY2027: {goal: 1}", "", "2026-11-21", ["FY2026"]),
        ("FY2026: {goal: 1}", ", ends: 2026-12-31", "2026-11-21", []),
        ("FY2026: {goal: 1}", ", fiscal_year_starts: 4", "2026-11-21", []),
        ("", ", fiscal_year_starts: 4", "2027-01-15", ["FY2027", "FY2026"]),
    ],
)
def test_towards_the_end_of_a_fiscal_year_the_next_goal_is_asked_first(revenue: str, ends: str, today: str, goals: list[str]):
    profile = f"profile: {{name: Acme, account_manager: ines{ends}}}\nteam: {{ines: {{name: Ines}}}}\n"
    text = profile + WHOLE.replace("revenue: {FY2026: {goal: 100_000}}", f"revenue: {{{revenue}}}")
    found = missing(plan(text), CONFIG, date.fromisoformat(today)).questions
    assert [str(one.pointer[1]) for one in found if one.topic is Topic.REVENUE] == goals


@pytest.mark.parametrize(("status", "settled", "counted"), [("open", 12, 15), ("potential", 15, 15)])
def test_a_day_that_is_past_is_no_answer_in_what_we_pursue(status: str, settled: int, counted: int):
    late = WHOLE.replace("2026-12-01\nobj", "2026-11-20\nobj").replace("close_date: 2027-01-31", "close_date: 2026-11-20")
    found = missing(plan(late.replace("status: open", f"status: {status}")), CONFIG, TODAY)
    assert (found.settled, found.counted) == (settled, counted)


def test_what_is_late_comes_before_its_turn():
    found = asked(WHOLE.replace("due: 2026-12-01}", "due: 2026-11-20}"))
    assert [question.topic for question in found] == [Topic.WORK, Topic.CUSTOMER, Topic.REVENUE]


def test_of_a_topic_the_most_valuable_question_comes_first():
    found = asked(WHOLE.replace("{position: ahead}", "{}").replace("{customer: 4, us: 4}", "{us: 4}").replace("    need: Less waste\n", ""))
    rest = [question for question in found if not question.is_counted and question.topic is Topic.OPPORTUNITY]
    assert [question.value for question in rest] == sorted((question.value for question in rest), reverse=True)


def noted(day: str, status: str = "open") -> str:
    return f"questions: {{q: {{what: Hm, about: contacts.lena.stance, asked: {day}, status: {status}}}}}\n"


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [
        ("", True),
        (noted("2026-11-21"), False),
        (noted("2026-10-23"), False),
        (noted("2026-10-22"), True),
        (noted("2026-11-20", "answered"), True),
    ],
)
def test_what_nobody_knew_is_left_alone_for_thirty_days(note: str, is_asked: bool):
    found = missing(plan(WHOLE.replace("stance: neutral, ", "") + note), CONFIG, TODAY)
    assert ("contacts.lena.stance" in [question.key for question in found.questions]) is is_asked
    assert found.counted - found.settled == is_asked


def test_what_is_waived_is_not_asked():
    unknown = plan(WHOLE.replace("stance: neutral, ", ""))
    assert missing(unknown, CONFIG, TODAY, waived=[("contacts/unknown-stance", ("contacts", "lena", "stance"))]).counted == 14
    assert missing(unknown, CONFIG, TODAY, waived=[("contacts/unknown-stance", ("contacts", "tom", "stance"))]).counted == 15


def every_question() -> list[Question]:
    """All that are asked of the sample plans, and of plans that say little."""
    texts = [path.read_text("utf-8") for path in (ROOT / "plans").glob("*.yaml")]
    book = [load(text, "x.yaml", CONFIG).plan for text in texts]
    few = [
        plan("profile: {name: Acme}"),
        plan(starter_plan(ANSWERS)),
        plan(WHOLE.replace("stance: neutral, ", "").replace("stage: proposal", "stage: ")),
    ]
    plans = [one for one in (*book, *few) if one is not None]
    items = [item.question for one in plans for item in ten_minutes.items(Asking(one, CONFIG, TODAY))]
    return items + [question for one in plans for question in missing(one, CONFIG, TODAY).questions]


def test_every_question_leads_to_a_field_a_check_and_words():
    names = {rule.name for rule in rules.ALL}
    for question in every_question():
        assert type_at(question.pointer) is not None
        assert question.rule in names
        assert question.asks.strip()
        assert question.why.endswith(".")
        assert (question.kind == "choice") == bool(question.choices)


OURS = ("stance", "coverage", "decision maker", "sponsor", " our ", "opportunity", "competit", "value", "forecast")


def test_nothing_of_ours_is_said_aloud():
    for question in every_question():
        assert not any(word in question.aloud.casefold() for word in OURS), question.aloud


def test_an_opportunity_is_called_by_its_name_only_where_that_is_shared():
    text = WHOLE.replace("competition: {position: ahead}", "notes: x").replace("name: Sensors", "name: Throw out Knarr")
    aloud = [question.aloud for question in asked(text) if question.aloud]
    assert not any("Knarr" in words for words in aloud)
    shared = [question.aloud for question in asked(text.replace("notes: x", "shared: true")) if question.aloud]
    assert any("Knarr" in words for words in shared)


def whom(text: str) -> dict[str, str | None]:
    return {one.what: one.contact for one in to_ask(plan(text), CONFIG, TODAY)}


def test_nobody_is_asked_behind_their_back():
    found = whom(WHOLE.replace("stance: neutral, ", ""))
    assert found["How does Lena Vos see what we do together?"] == "tom"
    found = whom(WHOLE.replace("stance: supportive, ", ""))
    assert found["How does Tom see what we do together?"] == "lena"


def test_what_we_believe_is_confirmed_with_whoever_owns_it():
    text = WHOLE.replace("what: Grow", "what: Grow in Asia., owner: lena")
    assert whom(text)["Is it right that: Grow in Asia?"] == "lena"
    assert "Is it right that: Grow in Asia?" not in whom(text.replace("owner: lena", "owner: lena, confirmed: true"))
    assert "Does this still hold: Grow in Asia?" in whom(text.replace("owner: lena", "owner: lena, confirmed: true, as_of: 2025-01-01"))


def test_whom_to_meet():
    text = WHOLE.replace("  tom:", "  eva: {name: Eva, influence: high, coverage: none}\n  tom:")
    found = whom(text)
    assert found["Could you introduce us to Eva?"] == "tom"
    assert found["Here is how we see your organisation: who on this chart should I meet, and who is missing?"] == "tom"


def test_what_was_noted_is_asked_once_and_stays_ours_where_it_is():
    text = WHOLE.replace("stance: neutral, ", "") + (
        "questions:\n  a: {what: How does Lena see it, about: contacts.lena.stance, contact: tom, asked: 2026-11-20}\n"
        "  b: {what: What do we want to earn, about: revenue.FY2026.goal, asked: 2026-11-20}\n"
        "  c: {what: Old, status: answered}\n"
    )
    found = to_ask(plan(text), CONFIG, TODAY)
    assert [(one.id, one.contact, one.is_ours) for one in found if one.id] == [("a", "tom", False), ("b", None, True)]
    assert not any(one.what.startswith("How does Lena Vos see") for one in found)
    assert found[-1].id == "b"


def test_what_was_noted_long_ago_keeps_its_id():
    words = "what: 'How does Lena Vos see what we do together?', about: contacts.lena.stance"
    note = f"questions: {{a: {{{words}, contact: tom, asked: 2026-01-20}}}}\n"
    found = to_ask(plan(WHOLE.replace("stance: neutral, ", "") + note), CONFIG, TODAY)
    assert [one.id for one in found if one.what.startswith("How does Lena Vos see")] == ["a"]


@pytest.mark.parametrize(
    ("about", "ours"),
    [
        ("revenue.FY2026.goal", True),
        ("contacts.lena.coverage", True),
        ("opportunities.a.importance.us", True),
        ("opportunities.a.scorecards.meddpicc.metrics.answer", True),
        ("profile.account_manager", True),
        ("insights.grow.owner", False),
        ("contacts.lena.stance", False),
        ("", False),
    ],
)
def test_what_only_we_can_find_out(about: str, ours: bool):
    assert is_ours(about) is ours
