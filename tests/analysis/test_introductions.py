"""Who can introduce whom: shortest ways, their order, and what is missing where there is none."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.analysis.factors import Account
from acctplan.analysis.relationships.introductions import MOST_ALTERNATIVES, Line, Missing, introducers, lines, warm_path
from acctplan.config import Config
from acctplan.model import Plan

if TYPE_CHECKING:
    from acctplan.analysis.relationships.introductions import WarmPath

FRIEND = {"stance": "supportive", "coverage": "brief"}


def plan(contacts: dict[str, dict[str, Any]], **opportunity: Any) -> Plan:
    opportunities = {"pilot": {"name": "Pilot", **opportunity}}
    return Plan.model_validate({"profile": {"name": "Acme"}, "contacts": contacts, "opportunities": opportunities})


def walked(path: WarmPath) -> list[list[str]]:
    return [[way.start, *(step.target for step in way.steps)] for way in path.ways]


def test_a_line_up_or_down_the_chart_can_be_walked_both_ways_and_an_informal_one_forward_only():
    made = plan({"a": {"reports_to": "b", "influences": ["c"]}, "b": {}, "c": {}})
    assert lines(made) == {
        "a": {"b": (Line("manages", ("contacts", "a", "reports_to")),)},
        "b": {"a": (Line("reports_to", ("contacts", "a", "reports_to")),)},
        "c": {"a": (Line("influences", ("contacts", "a", "influences", 0)),)},
    }


def test_two_lines_between_the_same_people_are_both_told():
    made = plan({"a": {"reports_to": "b", "influences": ["b"], **FRIEND}, "b": {}})
    ((step,),) = (way.steps for way in warm_path(made, "b").ways)
    assert [line.kind for line in step.lines] == ["reports_to", "influences"]


def test_the_ranking_looks_at_the_same_lines():
    made = plan({"a": {"reports_to": "b", "influences": ["c"]}, "b": {}, "c": {"influences": ["a"]}})
    assert Account(made, Config()).one_step_away == introducers(made) == {"a": {"b", "c"}, "b": {"a"}, "c": {"a"}}


def test_the_shortest_way_wins_over_a_better_friend_further_off():
    far = {"stance": "supportive", "coverage": "in_depth", "influences": ["mid"]}
    made = plan({"near": {"influences": ["top"], **FRIEND}, "mid": {"influences": ["top"]}, "far": far, "top": {}})
    assert walked(warm_path(made, "top")) == [["near", "top"]]


@pytest.mark.parametrize("stance", ["neutral", "negative", None])
def test_nobody_is_asked_who_is_not_known_to_be_for_us(stance: str | None):
    made = plan({"a": {"influences": ["b"], "coverage": "in_depth", "stance": stance}, "b": {}})
    assert warm_path(made, "b").ways == ()


@pytest.mark.parametrize("coverage", ["none", None])
def test_nobody_is_asked_whom_we_do_not_cover(coverage: str | None):
    made = plan({"a": {"influences": ["b"], "stance": "supportive", "coverage": coverage, "last_contact": "2026-11-01"}, "b": {}})
    assert warm_path(made, "b").ways == ()


def test_equally_short_ways_begin_with_whom_we_cover_best_then_by_id():
    levels = {"d": "brief", "c": "brief", "b": "in_depth", "a": "multiple"}
    made = plan({key: {"stance": "supportive", "coverage": level, "influences": ["top"]} for key, level in levels.items()} | {"top": {}})
    assert walked(warm_path(made, "top")) == [[start, "top"] for start in "bacd"]


def test_of_two_ways_from_the_same_person_the_better_covered_middle_comes_first():
    made = plan(
        {
            "friend": {"influences": ["a", "b", "c"], **FRIEND},
            "a": {"influences": ["top"]},
            "b": {"influences": ["top"], "coverage": "multiple"},
            "c": {"influences": ["top"], "coverage": "multiple", "stance": "negative"},
            "top": {},
        }
    )
    assert walked(warm_path(made, "top")) == [["friend", "b", "top"], ["friend", "c", "top"], ["friend", "a", "top"]]


def test_more_alternatives_are_counted_and_not_listed():
    made = plan({f"c{number}": {"influences": ["top"], **FRIEND} for number in range(9)} | {"top": {}})
    found = warm_path(made, "top")
    assert (len(found.ways), found.count) == (1 + MOST_ALTERNATIVES, 9)


def test_ways_that_no_one_could_list_are_still_counted():
    contacts: dict[str, dict[str, Any]] = {"top": {}}
    for layer in range(40):
        above = ["top"] if layer == 0 else [f"l{layer - 1}-a", f"l{layer - 1}-b"]
        contacts |= {f"l{layer}-a": {"influences": above}, f"l{layer}-b": {"influences": above}}
    contacts["l39-a"] |= FRIEND
    assert warm_path(plan(contacts), "top").count == 2**39


def test_a_chain_of_hundreds_is_walked():
    contacts: dict[str, dict[str, Any]] = {f"c{number}": {"reports_to": f"c{number - 1}"} if number else {} for number in range(1500)}
    contacts["c1499"] |= FRIEND
    assert len(warm_path(plan(contacts), "c0").ways[0].steps) == 1499


@pytest.mark.parametrize(("contact", "expected"), [({}, False), ({"coverage": "brief"}, True), ({"last_contact": "2026-11-01"}, True)])
def test_whether_we_know_them_already_is_said(contact: dict[str, str], expected: bool):
    assert warm_path(plan({"a": contact}), "a").is_known is expected


def test_somebody_who_is_for_us_themselves_still_has_others_who_could_introduce_us():
    made = plan({"a": {"influences": ["b"], **FRIEND}, "b": FRIEND})
    assert walked(warm_path(made, "b")) == [["a", "b"]]


def test_for_an_opportunity_stance_and_coverage_are_those_in_it():
    made = plan({"a": {"influences": ["b"], **FRIEND}, "b": {}}, buying_roles={"a": {"stance": "negative"}})
    assert walked(warm_path(made, "b")) == [["a", "b"]]
    assert walked(warm_path(made, "b", made.opportunities["pilot"])) == []


MISSING = [
    pytest.param({"top": {}}, Missing(False, (), (), (), 0, ()), id="nobody at all"),
    pytest.param({"top": {}, "a": FRIEND}, Missing(False, ("a",), (), (), 0, ()), id="a friend, and no line"),
    pytest.param(
        {"top": {}, "a": {"reports_to": "top", "stance": "supportive"}},
        Missing(True, (), ("a",), (), 0, ()),
        id="a friend whom we do not cover",
    ),
    pytest.param(
        {
            "top": {},
            "a": {"reports_to": "top"},
            "c": {"reports_to": "a", "coverage": "brief"},
            "b": {"reports_to": "a", "coverage": "in_depth", "stance": "negative"},
            "d": {"reports_to": "b", "coverage": "in_depth"},
        },
        Missing(True, (), (), ("b", "c"), 2, ()),
        id="the nearest whom we cover are not for us",
    ),
    pytest.param(
        {"top": {"influences": ["a", "b"], "reports_to": "c"}, "a": {"coverage": "brief"}, "b": {}, "c": {"coverage": "none"}},
        Missing(True, (), (), (), 0, ("a",)),
        id="somebody whom they influence and whom we know",
    ),
]


@pytest.mark.parametrize(("contacts", "expected"), MISSING)
def test_where_nobody_can_introduce_us_what_is_missing_is_said(contacts: dict[str, dict[str, Any]], expected: Missing):
    found = warm_path(plan(contacts), "top")
    assert (found.ways, found.count, found.missing) == ((), 0, expected)


STANCES = st.sampled_from([None, "supportive", "neutral", "negative"])
COVERAGES = st.sampled_from([None, "none", "brief", "multiple", "in_depth"])


@st.composite
def organisations(draw: st.DrawFn) -> Plan:
    size = draw(st.integers(1, 6))
    contacts = {}
    for number in range(size):
        above = draw(st.integers(-1, number - 1))
        contacts[f"c{number}"] = {
            "reports_to": None if above < 0 else f"c{above}",
            "influences": [f"c{one}" for one in draw(st.sets(st.integers(0, size - 1), max_size=2))],
            "stance": draw(STANCES),
            "coverage": draw(COVERAGES),
        }
    return plan(contacts)


def joins(made: Plan, source: str, target: str) -> bool:
    one, other = made.contacts[source], made.contacts[target]
    return one.reports_to == target or other.reports_to == source or target in one.influences


def every_way(made: Plan, target: str) -> list[tuple[str, ...]]:
    """All ways there are, found by trying out every order of people."""
    others = [one for one in made.contacts if one != target]
    tried = ((*people, target) for length in range(1, len(others) + 1) for people in permutations(others, length))
    friends = {one for one in others if made.contacts[one].stance == "supportive" and made.contacts[one].coverage in LEVELS[1:]}
    return [people for people in tried if people[0] in friends and all(joins(made, *pair) for pair in pairwise(people))]


LEVELS = (None, "brief", "multiple", "in_depth")


def level(made: Plan, contact: str) -> int:
    coverage = made.contacts[contact].coverage
    return 0 if coverage in (None, "none") else LEVELS.index(coverage)


@given(organisations())
def test_ways_are_those_that_trying_out_everything_finds(made: Plan):
    for target in made.contacts:
        found = warm_path(made, target)
        every = every_way(made, target)
        shortest = [people for people in every if len(people) == min(map(len, every))]
        expected = sorted(shortest, key=lambda people: [(-level(made, one), one) for one in people])
        assert walked(found) == [list(people) for people in expected[: 1 + MOST_ALTERNATIVES]]
        assert found.count == len(expected)
        assert (found.missing is None) == bool(expected)


@given(organisations())
def test_every_step_stands_in_the_plan(made: Plan):
    for target in made.contacts:
        for way in warm_path(made, target).ways:
            for step in way.steps:
                for line in step.lines:
                    _, holder, field, *place = line.pointer
                    value = getattr(made.contacts[holder], field)
                    ends = (holder, value[place[0]] if place else value)
                    assert ends == ((step.target, step.source) if line.kind == "manages" else (step.source, step.target))
