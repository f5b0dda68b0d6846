"""What to pursue: whose days they are, what cannot be weighed, and how close the others were."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.analysis.ranking import rank
from acctplan.analysis.ranking.expected import Expected
from acctplan.analysis.ranking.focus import MOST_DAYS, Capacity, Choice, Focus, focus, total
from acctplan.config import Config, Question, Scorecard
from acctplan.errors import UserError
from acctplan.model import Plan

CONFIG = Config()
TEAM = {"ines": {"name": "Ines Carvalho"}, "yusuf": {"name": "Yusuf Demir"}}


def plan_of(opportunities: dict[str, dict[str, Any]], team: dict[str, Any] | None = None) -> Plan:
    named = {key: {"name": key, "status": "open", "margin": "1", **fields} for key, fields in opportunities.items()}
    return Plan.model_validate({"profile": {"name": "Meridian"}, "team": team or TEAM, "opportunities": named})


def chosen(capacity: Capacity, **plans: Plan) -> Focus:
    return focus(rank(plans.items(), CONFIG), plans, CONFIG, capacity)


def one(value: int, days: int, **more: Any) -> dict[str, Any]:
    return {"value": str(value), "probability": "0.5", "effort_days": str(days), **more}


def pursued(choice: Choice) -> list[str]:
    return [weighed.score.id for weighed in choice.pursue]


def test_what_fits_and_brings_most_is_pursued_in_the_order_of_the_ranking():
    plan = plan_of({"small": one(400_000, 60), "large": one(500_000, 60), "apart": one(620_000, 70)})
    (choice,) = chosen(Capacity(120), meridian=plan).choices
    assert pursued(choice) == ["large", "small"]
    assert (choice.owner, choice.capacity, choice.used, choice.expected) == (None, 120, 120, Decimal(450_000))


def test_what_is_left_for_later_says_how_close_it_was():
    plan = plan_of({"a": one(500, 60), "b": one(400, 50), "near": one(390, 50), "spare": one(10, 10), "far": one(900, 200)})
    (choice,) = chosen(Capacity(115), meridian=plan).choices
    assert pursued(choice) == ["a", "b"]
    told = [
        (later.weighed.score.id, later.cost, [gone.score.id for gone in later.instead_of], [come.score.id for come in later.then_too])
        for later in choice.later
    ]
    assert told == [("near", 5, ["b"], []), ("spare", 50, ["a"], ["near"]), ("far", None, [], [])]


def test_what_gives_way_may_leave_room_for_another():
    plan = plan_of({"large": one(1000, 10), "half": one(300, 5), "other": one(200, 5)})
    (choice,) = chosen(Capacity(10), meridian=plan).choices
    (half, other) = choice.later
    assert (half.weighed.score.id, half.cost) == ("half", 250)
    assert [gone.score.id for gone in half.instead_of] == ["large"]
    assert [come.score.id for come in half.then_too] == ["other"]
    assert (other.weighed.score.id, other.cost) == ("other", 250)


@pytest.mark.parametrize(
    ("lacks", "missing"),
    [
        ({"value"}, ("value",)),
        ({"probability"}, ("probability",)),
        ({"effort_days"}, ("effort_days",)),
        ({"value", "effort_days"}, ("value", "effort_days")),
        ({"margin"}, None),
    ],
    ids=lambda some: "+".join(sorted(some)) if some else "nothing",
)
def test_what_cannot_be_weighed_stands_apart_with_what_is_missing(lacks: set[str], missing: tuple[str, ...] | None):
    fields = {key: text for key, text in one(500, 5).items() if key not in lacks}
    plan = Plan.model_validate({"profile": {"name": "Meridian"}, "opportunities": {"a": {"name": "A", "status": "open", **fields}}})
    found = chosen(Capacity(100), meridian=plan)
    if missing is None:
        (weighed,) = found.choices[0].pursue
        assert weighed.expected == Expected(Decimal(100), Decimal(0), 0, margin_assumed=True)
    else:
        assert [(apart.score.id, apart.missing) for apart in found.unweighed] == [("a", missing)]
        assert found.choices[0].pursue == ()


def test_of_equal_sets_it_is_the_one_of_less_effort_and_then_of_the_better_rank():
    plan = plan_of(
        {
            "b": one(500, 8),
            "best": {**one(500, 9), "importance": {"us": "5", "customer": "5"}},
            "z": {**one(500, 8), "importance": {"us": "5"}},
        }
    )
    (choice,) = chosen(Capacity(9), meridian=plan).choices
    assert pursued(choice) == ["z"]
    assert [later.cost for later in choice.later] == [0, 0]


def test_what_takes_no_days_is_free_and_what_takes_ages_does_no_harm():
    plan = plan_of({"free": one(5, 0), "ages": one(10**20, 10**23), "a": one(500, 5)})
    (choice,) = chosen(Capacity(5), meridian=plan).choices
    assert pursued(choice) == ["a", "free"]
    assert [(later.weighed.score.id, later.cost) for later in choice.later] == [("ages", None)]


def test_amounts_that_differ_in_their_last_digit_are_told_apart():
    almost = {key: {**one(1, 5), "value": f"{10**21}.{tenths}"} for key, tenths in (("b", 1), ("c", 2))}
    plan = plan_of({"a": one(10**22, 5), **almost})
    (choice,) = chosen(Capacity(10), meridian=plan).choices
    assert set(pursued(choice)) == {"a", "c"}
    assert choice.later[0].cost == Decimal("0.05")


OWNED = {
    "i1": one(500, 30, owner="ines"),
    "i2": one(400, 30, owner="ines"),
    "y1": one(300, 30, owner="yusuf"),
    "nobody": one(900, 1),
}


def by_owner(found: Focus) -> dict[str | None, list[str]]:
    return {choice.owner: pursued(choice) for choice in found.choices}


def test_everybody_has_days_of_their_own():
    found = chosen(Capacity(None, each=40), meridian=plan_of(OWNED))
    assert by_owner(found) == {"Ines Carvalho": ["i1"], "Yusuf Demir": ["y1"]}
    assert [choice.capacity - choice.used for choice in found.choices] == [10, 10]
    assert [(apart.score.id, apart.missing) for apart in found.unweighed] == [("nobody", ("owner",))]


def test_whoever_is_named_has_other_days_than_the_rest():
    found = chosen(Capacity(None, each=30, people={"Ines Carvalho": 60}), meridian=plan_of(OWNED))
    assert by_owner(found) == {"Ines Carvalho": ["i1", "i2"], "Yusuf Demir": ["y1"]}


def test_where_only_one_is_named_nothing_is_said_about_the_others():
    found = chosen(Capacity(None, people={"Ines Carvalho": 30}), meridian=plan_of(OWNED))
    assert by_owner(found) == {"Ines Carvalho": ["i1"]}
    assert [(apart.score.id, apart.missing) for apart in found.unweighed] == [("nobody", ("owner",)), ("y1", ("capacity",))]


def test_whoever_is_named_and_owns_nothing_has_all_days_left():
    found = chosen(Capacity(None, people={"Gesa Thomsen": 30}), meridian=plan_of({}))
    assert [(choice.owner, choice.capacity, choice.used) for choice in found.choices] == [("Gesa Thomsen", 30, 0)]


def test_the_same_name_in_several_plans_is_the_same_person():
    first = plan_of({"a": one(500, 30, owner="ines")})
    second = plan_of({"b": one(400, 30, owner="ic")}, {"ic": {"name": "Ines  Carvalho"}})
    found = chosen(Capacity(None, each=40), first=first, second=second)
    assert by_owner(found) == {"Ines Carvalho": ["a"]}


def test_an_absurd_capacity_is_refused():
    for capacity in (Capacity(MOST_DAYS + 1), Capacity(None, each=MOST_DAYS + 1), Capacity(None, people={"Ines": MOST_DAYS + 1})):
        with pytest.raises(UserError, match="a capacity of more than 10,000 days"):
            chosen(capacity, meridian=plan_of({}))
    assert chosen(Capacity(MOST_DAYS), meridian=plan_of({"a": one(1, 1)})).choices[0].used == 1


OPPORTUNITIES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.fixed_dictionaries(
        {
            "value": st.sampled_from(["0", "10", "10.25", "999_999", "1_000_000.5"]),
            "margin": st.sampled_from(["0", "0.5", "0.333"]),
            "probability": st.sampled_from(["0", "0.1", "0.55", "1"]),
            "effort_days": st.integers(0, 9).map(str),
        }
    ),
)


@given(OPPORTUNITIES, st.integers(0, 20))
def test_no_set_that_fits_brings_more(opportunities: dict[str, dict[str, str]], days: int):
    plan = plan_of(opportunities)
    (choice,) = chosen(Capacity(days), meridian=plan).choices
    weighed = [*choice.pursue, *(later.weighed for later in choice.later)]
    assert len(weighed) == len(opportunities)
    fitting = (some for size in range(len(weighed) + 1) for some in combinations(weighed, size) if sum(each.days for each in some) <= days)
    assert choice.expected == max(map(total, fitting))
    assert choice.used <= days


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 8)), max_size=6), st.integers(0, 12))
def test_the_days_more_that_let_another_in_are_the_fewest(drawn: list[tuple[int, int]], days: int):
    plan = plan_of({f"o{number}": one(value, takes) for number, (value, takes) in enumerate(drawn)})
    whole = sum(takes for _, takes in drawn)

    def best(capacity: int) -> Choice:
        (choice,) = chosen(Capacity(capacity), meridian=plan).choices
        return choice

    now = best(days)
    better = next((more for more in range(1, whole + 1) if best(days + more).expected > now.expected), None)
    assert (now.more and now.more.days) == better
    if now.more is not None:
        then = set(pursued(best(days + now.more.days)))
        assert {weighed.score.id for weighed in now.more.come} == then - set(pursued(now))
        assert {weighed.score.id for weighed in now.more.gone} == set(pursued(now)) - then
        assert now.more.come


def test_more_days_than_are_weighed_are_not_named():
    (choice,) = chosen(Capacity(5), meridian=plan_of({"far": one(900, MOST_DAYS + 1)})).choices
    assert (pursued(choice), choice.more) == ([], None)
    (choice,) = chosen(Capacity(5), meridian=plan_of({"far": one(900, MOST_DAYS)})).choices
    assert choice.more is not None
    assert choice.more.days == MOST_DAYS - 5


def test_what_an_answer_decides_against_is_not_chosen():
    card = Scorecard(name="Fit", questions={"near": Question(ask="Is it near?", gate=True)})
    config = Config(scorecards={"fit": card})
    plan = plan_of(
        {
            "a": one(500, 5, scorecards={"fit": {"near": {"answer": "-"}}}),
            "b": one(400, 5),
            "c": {"scorecards": {"fit": {"near": {"answer": "-"}}}},
        }
    )
    plans = {"meridian": plan}
    found = focus(rank(plans.items(), config), plans, config, Capacity(5))
    assert pursued(found.choices[0]) == ["b"]
    assert [score.id for score in found.against] == ["a", "c"]
    assert found.unweighed == ()
