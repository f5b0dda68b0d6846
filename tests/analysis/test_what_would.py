"""What would move an opportunity up: each step is what ranking again says after it, and the best question is one worth asking."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acctplan.analysis.ranking import Score, places, rank
from acctplan.analysis.ranking.changes import Change, applied
from acctplan.analysis.ranking.what_would import Step, as_promising, best_question, steps
from acctplan.config import Config, Weights, parse
from acctplan.loader import load
from acctplan.model import Plan
from paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

CONFIG = Config()
CONFIG_OF_BOOK = parse((ROOT / "acctplan.toml").read_text("utf-8"), "acctplan.toml")


def plan_of(opportunities: dict[str, Any], currency: str = "EUR", **sections: Any) -> Plan:
    named = {key: {"name": key, **fields} for key, fields in opportunities.items()}
    return Plan.model_validate({"profile": {"name": "Meridian", "currency": currency}, "opportunities": named, **sections})


def steps_of(plan: Plan, opportunity: str = "a", config: Config = CONFIG) -> list[Step]:
    return steps([("p", plan)], config)["p", opportunity]


def told(found: Sequence[Step], factor: str) -> list[tuple[str, str, str]]:
    return [(step.kind, step.words, step.detail) for step in found if step.factor == factor]


def values(step: Step) -> dict[str, str]:
    return {".".join(map(str, pointer)): str(value) for pointer, value in step.changes}


LENA = {"name": "Lena Vos", "roles": ["decision_maker"]}
ROLES = {"lena": {}}


# What there is to ask.


@pytest.mark.parametrize(
    ("fields", "factor", "words", "detail", "changed"),
    [
        ({}, "value", "ask how much it is worth", "if 6,250,000 EUR or more", {"value": "6250000"}),
        ({"margin": "0.5"}, "value", "ask how much it is worth", "if 5,000,000 EUR or more", {"value": "5000000"}),
        ({}, "stage", "ask how far they are", "if negotiation, 90 %", {"stage": "negotiation"}),
        ({}, "competition", "find out who else competes", "if nobody else competes", {"competition.position": "sole"}),
        (
            {"competition": {"incumbent": "f"}},
            "competition",
            "find out how we stand against Frostline",
            "if we are ahead",
            {"competition.position": "ahead"},
        ),
        (
            {"competition": {"competitors": ["k", "g"], "incumbent": "f"}},
            "competition",
            "find out how we stand against Frostline and the others",
            "if we are ahead",
            {"competition.position": "ahead"},
        ),
        (
            {"unit": "u", "solution": "s"},
            "competition",
            "find out who else competes",
            "if we are ahead",
            {"competition.position": "ahead"},
        ),
        ({}, "importance_to_customer", "grade how much it matters to the customer", "if 5 of 5", {"importance.customer": "5"}),
        ({}, "importance_to_us", "grade how much it matters to us", "if 5 of 5", {"importance.us": "5"}),
    ],
)
def test_what_is_unknown_is_asked_and_taken_to_turn_out_well(
    fields: dict[str, Any], factor: str, words: str, detail: str, changed: dict[str, str]
):
    plan = plan_of(
        {"a": fields},
        units={"u": {"name": "U"}},
        solutions={"s": {"name": "S"}},
        competitors={key: {"name": name} for key, name in (("f", "Frostline"), ("g", "Gelt"), ("k", "Knarr"))},
        white_space={"u": {"s": {"status": "in_house"}}},
    )
    (step,) = [step for step in steps_of(plan) if step.factor == factor]
    assert (step.kind, step.words, step.detail, step.is_best_case) == ("ask", words, detail, True)
    assert values(step) == {f"opportunities.a.{field}": value for field, value in changed.items()}


def test_an_amount_that_is_asked_for_is_in_the_plans_currency():
    config = Config.model_validate({"rates": {"SEK": {"rate": "0.1", "as_of": "2026-01-01"}}})
    (step,) = [step for step in steps_of(plan_of({"a": {}}, currency="SEK"), config=config) if step.factor == "value"]
    assert step.detail == "if 62,500,000 SEK or more"
    assert step.gain == 20


def test_without_margin_no_value_gains_anything():
    assert not told(steps_of(plan_of({"a": {"margin": "0"}})), "value")


def test_nothing_is_asked_that_is_known_and_nothing_that_weighs_nothing():
    weights = Weights(value=1, access=0, stage=0, competition=0, importance_to_customer=0, importance_to_us=0, lead_in=0)
    assert steps([("p", plan_of({"a": {"value": "5"}}))], CONFIG, weights) == {("p", "a"): []}


@pytest.mark.parametrize(
    ("contacts", "roles", "words", "who"),
    [
        ({}, {}, "ask who decides", "decision-maker"),
        ({"decision-maker": {"title": "Somebody's seat"}}, {"decision-maker": {"role": "user"}}, "ask who decides", "decision-maker-2"),
        ({"tom": {"name": "Tom"}, "lena": LENA}, {"tom": {}}, "ask who decides, Lena Vos or somebody else", "lena"),
        ({"tom": {"name": "Tom"}, "eve": {"name": "Eve", "influence": "high"}}, {}, "ask who decides, Eve or somebody else", "eve"),
        ({"eve": {"name": "Eve", "reports_to": "tom"}, "tom": {"name": "Tom"}}, {}, "ask who decides, Tom or somebody else", "tom"),
        ({"eve": {"name": "Eve"}, "tom": {"name": "Tom"}}, {"eve": {"role": "user"}}, "ask who decides, Tom or somebody else", "tom"),
    ],
)
def test_where_nobody_decides_the_likeliest_one_is_named(contacts: dict[str, Any], roles: dict[str, Any], words: str, who: str):
    plan = plan_of({"a": {"buying_roles": roles}}, contacts=contacts)
    (step,) = [step for step in steps_of(plan) if step.factor == "access"]
    assert (step.kind, step.words, step.gain) == ("ask", words, 20)
    role = f"opportunities.a.buying_roles.{who}"
    seat = {} if who in contacts else {f"contacts.{who}.title": "Decision maker"}
    assert values(step) == {**seat, f"{role}.role": "decision_maker", f"{role}.stance": "supportive", f"{role}.coverage": "in_depth"}


@pytest.mark.parametrize(
    ("person", "expected", "changed"),
    [
        (
            {},
            ("ask", "find out where Lena Vos stands, and how well we know them", "if they know us well and support us"),
            "stance coverage",
        ),
        ({"name": None}, ("ask", "find out who is CFO, and where they stand", "if they know us well and support us"), "stance coverage"),
        ({"coverage": "brief"}, ("ask", "find out where Lena Vos stands", "if supportive"), "stance"),
        ({"stance": "neutral"}, ("ask", "note how well we know Lena Vos", "if in depth"), "coverage"),
        ({"coverage": "none"}, ("act", "meet Lena Vos for the first time", "if they turn out supportive"), "stance coverage"),
        ({"coverage": "none", "stance": "neutral"}, ("act", "meet Lena Vos for the first time", "coverage: none → brief"), "coverage"),
        ({"coverage": "brief", "stance": "supportive"}, ("act", "meet Lena Vos more than once", "coverage: brief → multiple"), "coverage"),
        (
            {"coverage": "multiple", "stance": "supportive"},
            ("act", "get to know Lena Vos in depth", "coverage: multiple → in depth"),
            "coverage",
        ),
        ({"coverage": "in_depth", "stance": "neutral"}, ("act", "win the support of Lena Vos", "stance: neutral → supportive"), "stance"),
        ({"coverage": "in_depth", "stance": "negative"}, ("act", "win Lena Vos over", "stance: negative → neutral"), "stance"),
    ],
)
def test_whoever_decides_is_brought_one_level_further(person: dict[str, Any], expected: tuple[str, str, str], changed: str):
    lena = {key: value for key, value in {**LENA, "title": "CFO", **person}.items() if value is not None}
    (step,) = [step for step in steps_of(plan_of({"a": {"buying_roles": ROLES}}, contacts={"lena": lena})) if step.factor == "access"]
    assert (step.kind, step.words, step.detail) == expected
    assert set(values(step)) == {f"contacts.lena.{field}" for field in changed.split()}
    assert step.is_best_case == step.detail.startswith("if ")


def test_who_stands_well_needs_no_step():
    lena = {**LENA, "stance": "supportive", "coverage": "in_depth"}
    assert not told(steps_of(plan_of({"a": {"buying_roles": ROLES}}, contacts={"lena": lena})), "access")


def test_what_the_buying_role_says_is_changed_there():
    lena = {**LENA, "stance": "supportive", "coverage": "multiple"}
    plan = plan_of({"a": {"buying_roles": {"lena": {"coverage": "brief"}}}}, contacts={"lena": lena})
    (step,) = [step for step in steps_of(plan) if step.factor == "access"]
    assert values(step) == {"opportunities.a.buying_roles.lena.coverage": "multiple"}


def test_what_neither_says_belongs_where_the_rest_is_said():
    plan = plan_of({"a": {"buying_roles": {"lena": {"coverage": "brief"}}}}, contacts={"lena": LENA})
    (step,) = [step for step in steps_of(plan) if step.factor == "access"]
    assert values(step) == {"opportunities.a.buying_roles.lena.stance": "supportive"}


@pytest.mark.parametrize(
    ("tom", "words"),
    [
        ({"coverage": "multiple"}, "find out where Tom stands, who could introduce us to Lena Vos"),
        ({"coverage": "multiple", "stance": "neutral"}, "win the support of Tom, who could introduce us to Lena Vos"),
        ({"coverage": "none", "stance": "supportive"}, "meet Tom for the first time, who could introduce us to Lena Vos"),
    ],
)
def test_somebody_may_introduce_us(tom: dict[str, str], words: str):
    contacts = {"lena": {**LENA, "stance": "neutral", "coverage": "none"}, "tom": {"name": "Tom", "reports_to": "lena", **tom}}
    found = steps_of(plan_of({"a": {"buying_roles": ROLES}}, contacts=contacts))
    assert next((step.words, step.gain) for step in found if step.factor == "access") == (words, 6)


# What there is to do.


@pytest.mark.parametrize(
    ("position", "words", "after"),
    [
        ("locked_out", "get back into the race against Frostline", "behind"),
        ("behind", "draw level with Frostline", "level"),
        ("level", "get ahead of Frostline", "ahead"),
    ],
)
def test_the_position_improves_by_one(position: str, words: str, after: str):
    plan = plan_of({"a": {"competition": {"position": position, "competitors": ["f"]}}}, competitors={"f": {"name": "Frostline"}})
    (step,) = [step for step in steps_of(plan) if step.factor == "competition"]
    assert (step.kind, step.words, step.detail) == ("act", words, f"position: {position.replace('_', ' ')} → {after}")
    assert (step.gain, step.is_best_case) == (3.75, False)


@pytest.mark.parametrize("position", ["ahead", "sole"])
def test_nobody_makes_us_the_only_one(position: str):
    assert not told(steps_of(plan_of({"a": {"competition": {"position": position}}})), "competition")


@pytest.mark.parametrize(
    ("fields", "expected", "changed"),
    [
        (
            {"stage": "prospecting"},
            ("bring it to the stage needs-analysis", "prospecting, 10 % → needs-analysis, 20 %"),
            {"stage": "needs-analysis"},
        ),
        (
            {"stage": "proposal", "probability": "0.4"},
            ("bring it to the stage negotiation", "40 %, its own → negotiation, 90 %"),
            {"stage": "negotiation", "probability": "0.90"},
        ),
        (
            {"probability": "0.55"},
            ("bring it to the stage decision-makers", "55 %, its own → decision-makers, 60 %"),
            {"stage": "decision-makers", "probability": "0.60"},
        ),
    ],
)
def test_it_goes_on_to_the_next_stage_that_is_likelier(fields: dict[str, str], expected: tuple[str, str], changed: dict[str, str]):
    (step,) = [step for step in steps_of(plan_of({"a": fields})) if step.factor == "stage"]
    assert (step.kind, step.words, step.detail) == ("act", *expected)
    assert values(step) == {f"opportunities.a.{field}": value for field, value in changed.items()}


@pytest.mark.parametrize("fields", [{"stage": "negotiation"}, {"stage": "prospecting", "probability": "0.95"}, {"probability": "1"}])
def test_there_may_be_no_stage_to_go_on_to(fields: dict[str, str]):
    assert not told(steps_of(plan_of({"a": fields})), "stage")


# Scorecards.

CARDS = Config.model_validate(
    {
        "ranking": {"weights": {"scorecards": {"fit": 10, "depth": 10}}},
        "scorecards": {
            "fit": {"name": "Fit", "questions": {"urgent": {"ask": "Is it urgent?"}, "budget": {"ask": "Is there a budget?"}}},
            "depth": {
                "name": "Depth",
                "answers": "grades",
                "questions": {"pain": {"ask": "How deep is the pain?", "grades": ["none", "felt", "known", "measured"]}},
            },
        },
    }
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            {},
            {
                "fit.urgent": ("ask", "answer: Is it urgent?", "if +", "+"),
                "fit.budget": ("ask", "answer: Is there a budget?", "if +", "+"),
                "depth.pain": ("ask", "answer: How deep is the pain?", "if 3: measured", "3"),
            },
        ),
        (
            {"fit": {"urgent": {"answer": "-"}, "budget": {"answer": "?"}}, "depth": {"pain": {"answer": "1"}}},
            {
                "fit.budget": ("ask", "answer: Is there a budget?", "if +", "+"),
                "depth.pain": ("act", "work on: How deep is the pain?", "1 → 2: known", "2"),
            },
        ),
        ({"fit": {"urgent": {"answer": "+"}, "budget": {"answer": "-"}}, "depth": {"pain": {"answer": "3"}}}, {}),
    ],
)
def test_scorecards_are_answered_and_graded_up(answers: dict[str, Any], expected: dict[str, tuple[str, ...]]):
    found = {step.factor: step for step in steps_of(plan_of({"a": {"scorecards": answers}}), config=CARDS) if "." in step.factor}
    assert {
        factor: (step.kind, step.words, step.detail, values(step)[f"opportunities.a.scorecards.{factor}.answer"])
        for factor, step in found.items()
    } == expected


# What it does to others.


def test_a_contact_helps_every_opportunity_that_they_decide_on():
    contacts = {"lena": {**LENA, "stance": "supportive", "coverage": "brief"}}
    fields = {"buying_roles": ROLES, "importance": {"us": "1"}}
    plan = plan_of(
        {
            "a": {**fields, "value": "1_000_000"},
            "b": {**fields, "value": "50_000"},
            "c": {"buying_roles": {"lena": {"coverage": "none"}}},
            "d": {},
        },
        contacts=contacts,
    )
    (step,) = [step for step in steps_of(plan) if step.factor == "access"]
    assert [effect.opportunity for effect in step.also_helps] == ["b"]
    assert step.total_gain == pytest.approx(2 * step.gain) == pytest.approx(2 * 20 / 3)
    assert step.at_stake == Decimal(420_000)


def test_what_an_opportunity_leads_to_is_worth_asking_about_from_both_ends():
    plan = plan_of({"a": {"leads_to": ["b"], "value": "5"}, "b": {"leads_to": ["c"], "value": "5"}, "c": {}, "d": {}})
    found = steps([("p", plan)], CONFIG)
    question = ("ask", "ask how much c is worth, which it leads to", "if 6,250,000 EUR or more")
    assert told(found["p", "a"], "lead_in") == told(found["p", "b"], "lead_in") == [question]
    (own,) = [step for step in found["p", "c"] if step.factor == "value"]
    assert [(effect.opportunity, effect.gain) for effect in own.also] == [("b", 10), ("a", 9.9998)]  # a knew of the 5 of b
    (ahead,) = [step for step in found["p", "a"] if step.factor == "lead_in"]
    assert ahead.changes == own.changes


def test_a_step_says_whom_it_costs_something():
    # Tom introduces us while nobody has met Lena. Once somebody has for `a`, nobody knows where she stands on `b`.
    lena = {**LENA, "coverage": "none"}
    tom = {"name": "Tom", "reports_to": "lena", "stance": "supportive", "coverage": "in_depth"}
    roles = {"a": {"lena": {"stance": "supportive"}}, "b": {"lena": {}}}
    plan = plan_of({key: {"buying_roles": role} for key, role in roles.items()}, contacts={"lena": lena, "tom": tom})
    (step,) = [step for step in steps_of(plan) if step.words == "meet Lena Vos for the first time"]
    assert [(effect.opportunity, effect.gain) for effect in step.also] == [("b", -6)]
    assert step.also_helps == ()
    assert step.total_gain == step.gain


# The order, and the best question.


def test_the_greatest_gain_comes_first():
    found = steps_of(plan_of({"a": {"competition": {"position": "level"}, "stage": "proposal"}}))
    assert [(step.factor, step.gain) for step in found] == [
        ("value", 20),
        ("access", 20),
        ("importance_to_customer", 10),
        ("importance_to_us", 10),
        ("competition", 3.75),
        ("stage", 2.25),
    ]


def test_nothing_to_rank_and_nothing_to_ask():
    assert steps([], CONFIG) == {}
    assert steps([("p", plan_of({"a": {"status": "won"}}))], CONFIG) == {}
    assert best_question({}) is None
    assert best_question({("p", "a"): [step for step in steps_of(plan_of({"a": {"stage": "proposal"}})) if step.kind == "act"]}) is None


def best_of(**opportunities: dict[str, Any]) -> tuple[str, str]:
    plan = plan_of(opportunities, contacts={"lena": {**LENA, "coverage": "brief"}})
    step = best_question(steps([("p", plan)], CONFIG))
    assert step is not None
    return step.opportunity, step.factor


@pytest.mark.parametrize(
    ("opportunities", "expected"),
    [
        # The same answer is missing everywhere: it is wanted where most money hangs on it, even from far down the list.
        (
            {"small": {"value": "20_000", "probability": "0.9"}, "large": {"value": "900_000", "margin": "0.1", "probability": "0"}},
            ("large", "access"),
        ),
        ({"unknown": {"probability": "0.9"}, "little": {"value": "1"}}, ("little", "access")),
        # A question that helps three is better than the largest of one.
        (
            {key: {"value": "1", "buying_roles": ROLES, "importance": {"us": "1", "customer": "1"}, "probability": "0"} for key in "abcd"}
            | {"e": {"value": "9_000_000", "buying_roles": {"lena": {"stance": "negative"}}, "probability": "0"}},
            ("a", "access"),
        ),
        # Equal money: where it lifts higher.
        ({"low": {"value": "5", "probability": "0"}, "high": {"value": "5", "probability": "0.9"}}, ("high", "access")),
    ],
)
def test_the_best_question_is_asked_where_most_hangs_on_it(opportunities: dict[str, Any], expected: tuple[str, str]):
    assert best_of(**opportunities) == expected


def test_a_question_of_several_is_put_for_the_one_that_it_lifts_highest():
    contacts = {
        "lena": {**LENA, "coverage": "in_depth"},
        "tom": {"name": "Tom", "roles": ["decision_maker"], "stance": "supportive", "coverage": "multiple"},
    }
    plan = plan_of(
        {
            "more": {"value": "5", "buying_roles": {"lena": {}}},
            "higher": {"value": "5", "buying_roles": {"lena": {}, "tom": {}}, "probability": "0.9"},
        },
        contacts=contacts,
    )
    best = best_question(steps([("p", plan)], CONFIG))
    assert best is not None
    assert (best.opportunity, best.place, best.words) == ("higher", 1, "find out where Lena Vos stands")
    assert [(effect.opportunity, effect.place) for effect in best.also_helps] == [("more", 2)]


def test_a_question_is_named_without_its_verb():
    found = steps([("p", plan_of({"a": {}}, contacts={}))], CONFIG)["p", "a"]
    assert [step.question for step in found] == [
        "how much it is worth",
        "who decides",
        "who else competes",
        "how far they are",
        "how much it matters to the customer",
        "how much it matters to us",
    ]
    by_factor = {step.factor: step.question for step in steps_of(plan_of({"a": {}}), config=CARDS)}
    assert by_factor["fit.urgent"] == "Is it urgent?"
    contacts = {"lena": {**LENA, "stance": "neutral"}}
    by_factor = {step.factor: step.question for step in steps_of(plan_of({"a": {"buying_roles": ROLES}}, contacts=contacts))}
    assert by_factor["access"] == "how well we know Lena Vos"


def test_as_promising_counts_other_questions_once():
    contacts = {"lena": {**LENA, "coverage": "in_depth"}}
    plan = plan_of({key: {"buying_roles": ROLES, "value": "5"} for key in "ab"}, contacts=contacts)
    found = steps([("p", plan), ("q", plan), ("r", plan_of({"a": {"value": "5"}}))], CONFIG)
    best = best_question(found)
    assert best is not None
    assert (best.plan, best.total_gain) == ("p", 40)
    assert as_promising(found, best) == 1


def test_the_sample_book_asks_who_decides_on_its_largest_deal():
    plans = []
    for path in sorted((ROOT / "plans").glob("*.yaml")):
        plan = load(path.read_text("utf-8"), path.name, CONFIG_OF_BOOK).plan
        assert plan is not None
        plans.append((path.name, plan))
    best = best_question(steps(plans, CONFIG_OF_BOOK))
    assert best is not None
    assert (best.plan, best.opportunity) == ("tallmo-bruk.yaml", "pulp-line-monitoring")
    assert best.question == "who decides, Göran Hellqvist or somebody else"


# What a step says is what ranking again says.

COVERAGES = ("none", "brief", "multiple", "in_depth")
STANCES = ("negative", "neutral", "supportive")
POSITIONS = ("locked_out", "behind", "level", "ahead", "sole")
PEOPLE = tuple(f"c{number}" for number in range(4))
NAMES = tuple(f"o{number}" for number in range(5))


def maybe(*some: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(some)


def filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


@st.composite
def a_contact(draw: st.DrawFn, number: int) -> dict[str, Any]:
    others = [other for other in PEOPLE if other != PEOPLE[number]]
    return filled(
        name=draw(maybe("Lena")),
        roles=draw(st.sampled_from([[], ["decision_maker"], ["decision_maker"], ["sponsor"]])),
        stance=draw(maybe(*STANCES)),
        coverage=draw(maybe(*COVERAGES)),
        influence=draw(maybe("high", "low")),
        reports_to=draw(maybe(*PEOPLE[:number])) if number else None,
        influences=draw(st.lists(st.sampled_from(others), max_size=1)),
    )


@st.composite
def an_opportunity(draw: st.DrawFn, after: tuple[str, ...]) -> dict[str, Any]:
    buyer = st.fixed_dictionaries(
        {},
        optional={
            "role": st.sampled_from(["decision_maker", "user"]),
            "stance": st.sampled_from(STANCES),
            "coverage": st.sampled_from(COVERAGES),
        },
    )
    answer = st.fixed_dictionaries({"answer": st.sampled_from(["+", "-", "?"])})
    grade = st.fixed_dictionaries({"answer": st.sampled_from(["0", "1", "2", "3", "?"])})
    return filled(
        name="An opportunity",
        status=draw(st.sampled_from(["open", "open", "potential", "won"])),
        kind=draw(maybe("new", "renewal")),
        unit=draw(maybe("u")),
        solution=draw(maybe("s")),
        value=draw(maybe("0", "9_999", "420_000.50", "80_000_000")),
        margin=draw(maybe("0", "0.38", "1")),
        stage=draw(maybe("prospecting", "proposal", "negotiation")),
        probability=draw(maybe("0", "0.33", "0.75", "1")),
        importance=draw(
            st.none() | st.fixed_dictionaries({}, optional={side: st.sampled_from(["1", "4", "5"]) for side in ("customer", "us")})
        ),
        competition=draw(
            st.none()
            | st.fixed_dictionaries(
                {}, optional={"position": st.sampled_from(POSITIONS), "competitors": st.sampled_from([["f"], ["f", "g"]])}
            )
        ),
        buying_roles=draw(st.dictionaries(st.sampled_from(PEOPLE), buyer, max_size=3)),
        scorecards=draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "fit": st.fixed_dictionaries({}, optional={"urgent": answer, "budget": answer}),
                    "depth": st.fixed_dictionaries({}, optional={"pain": grade}),
                },
            )
        ),
        leads_to=draw(st.lists(st.sampled_from(after), max_size=2, unique=True)) if after else [],
    )


@st.composite
def plan_data(draw: st.DrawFn) -> dict[str, Any]:
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    count = draw(st.integers(0, 1)) * len(PEOPLE)
    opportunities = {name: draw(an_opportunity(names[place + 1 :])) for place, name in enumerate(names)}
    if not count:
        for fields in opportunities.values():
            fields["buying_roles"] = {}
    return {
        "profile": filled(name="Meridian", currency=draw(maybe("SEK"))),
        "units": {"u": {"name": "U"}},
        "solutions": {"s": {"name": "S"}},
        "competitors": {"f": {"name": "F"}, "g": {"name": "G"}},
        "white_space": draw(st.sampled_from([{}, {"u": {"s": {"status": "competitor", "competitor": "f"}}}])),
        "contacts": {person: draw(a_contact(number)) for number, person in enumerate(PEOPLE[:count])},
        "opportunities": opportunities,
    }


BOOK = CARDS.model_copy(update={"rates": Config.model_validate({"rates": {"SEK": {"rate": "0.09", "as_of": "2026-01-01"}}}).rates})


@st.composite
def any_weights(draw: st.DrawFn) -> Weights:
    names = [name for name in Weights.model_fields if name != "scorecards"]
    drawn: dict[str, Any] = {name: draw(st.sampled_from([0, 0.1, 1, 7, 20, 33.3])) for name in names}
    return Weights.model_validate({**drawn, "scorecards": {"fit": draw(st.sampled_from([0, 5, 11])), "depth": 3.5}})


def changed(data: dict[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """The data of a plan with some values set, as an editor would set them: as text, with the parents that are missing."""
    after = copy.deepcopy(data)
    for (*way, last), value in changes:
        inside = after
        for key in way:
            inside = inside.setdefault(key, {})
        inside[last] = str(value)
    return after


@settings(max_examples=60, deadline=None)
@given(st.lists(plan_data(), min_size=1, max_size=3), any_weights(), st.booleans())
def test_a_step_says_what_ranking_again_says(book: list[dict[str, Any]], weights: Weights, has_other_scale: bool):
    config = BOOK
    if has_other_scale:
        scale = ((Decimal(-5), 0.25), (Decimal(100), 0.5), (Decimal("7000.1"), 0.875), (Decimal(8000), 0.875))
        config = BOOK.model_copy(update={"ranking": BOOK.ranking.model_copy(update={"value_scale": scale})})
    plans = {f"plan-{number}": Plan.model_validate(data) for number, data in enumerate(book)}
    before = {(score.plan, score.id): score for score in rank(plans.items(), config, weights)}
    for (name, identifier), some in steps(plans.items(), config, weights).items():
        assert len({step.changes for step in some}) == len(some)
        for step in some:
            after = {**plans, name: Plan.model_validate(changed(book[int(name[-1])], step.changes))}
            again = rank(after.items(), config, weights)
            now, where = {(score.plan, score.id): score for score in again}, places(again)
            mine = now[name, identifier]
            assert (step.score, step.ceiling, step.place) == (mine.score, mine.ceiling, where[name, identifier])
            assert step.gain == pytest.approx(mine.score - before[name, identifier].score, abs=1e-8)
            assert step.gain > 0
            others = {effect.opportunity: (effect.score, effect.ceiling, effect.place) for effect in step.also}
            assert others == {
                key: (score.score, score.ceiling, where[plan, key])
                for (plan, key), score in now.items()
                if (plan, key) != (name, identifier) and standing(score) != standing(before[plan, key])
            }


def standing(score: Score) -> tuple[object, ...]:
    return score.score, score.ceiling, score.book_value


@settings(max_examples=40, deadline=None)
@given(plan_data())
def test_a_changed_plan_is_the_plan_that_would_be_read(data: dict[str, Any]):
    plan = Plan.model_validate(data)
    for some in steps([("p", plan)], BOOK).values():
        for step in some:
            assert applied(plan, step.changes) == Plan.model_validate(changed(data, step.changes))
    assert plan == Plan.model_validate(data)
