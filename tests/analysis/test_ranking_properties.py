"""What must hold for the ranking of any book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from acctplan.analysis.ranking import Score, rank
from acctplan.config import Config, Weights
from acctplan.model import Plan

if TYPE_CHECKING:
    from random import Random

CONFIG = Config()
COVERAGES = ("none", "brief", "multiple", "in_depth")
STANCES = ("negative", "neutral", "supportive")
POSITIONS = ("locked_out", "behind", "level", "ahead", "sole")
GRADES = ("1", "2", "3", "4", "5")
PROBABILITIES = tuple(f"0.{tenth}" for tenth in range(10))
MARGINS = ("0", "0.1", "0.38", "0.5", "1")
VALUES = ("0", "9_999", "50_000", "420_000.50", "1_150_000", "80_000_000")
NAMES = tuple(f"o{number}" for number in range(6))
PEOPLE = tuple(f"c{number}" for number in range(4))


@st.composite
def contacts(draw: st.DrawFn) -> dict[str, Any]:
    made = {}
    for number, person in enumerate(PEOPLE):
        above = draw(st.none() | st.sampled_from(PEOPLE[:number])) if number else None
        made[person] = filled(
            roles=draw(st.sampled_from([[], ["decision_maker"], ["sponsor"]])),
            stance=draw(st.none() | st.sampled_from(STANCES)),
            coverage=draw(st.none() | st.sampled_from(COVERAGES)),
            reports_to=above,
            influences=draw(st.lists(st.sampled_from([other for other in PEOPLE if other != person]), max_size=2)),
        )
    return made


@st.composite
def opportunity(draw: st.DrawFn, after: tuple[str, ...]) -> dict[str, Any]:
    buyer = st.fixed_dictionaries(
        {}, optional={"role": st.just("decision_maker"), "stance": st.sampled_from(STANCES), "coverage": st.sampled_from(COVERAGES)}
    )
    return filled(
        name="An opportunity",
        status=draw(st.sampled_from(["open", "open", "potential", "won", "lost"])),
        kind=draw(st.sampled_from([None, "new", "renewal"])),
        value=draw(st.none() | st.sampled_from(VALUES)),
        margin=draw(st.none() | st.sampled_from(MARGINS)),
        probability=draw(st.none() | st.sampled_from(PROBABILITIES)),
        importance=filled(customer=draw(st.none() | st.sampled_from(GRADES)), us=draw(st.none() | st.sampled_from(GRADES))),
        competition=filled(position=draw(st.none() | st.sampled_from(POSITIONS))),
        buying_roles=draw(st.dictionaries(st.sampled_from(PEOPLE), buyer, max_size=3)),
        leads_to=draw(st.lists(st.sampled_from(after), max_size=2)) if after else [],
    )


@st.composite
def plan_data(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, len(NAMES)))
    names = NAMES[:count]
    return {
        "profile": {"name": "Meridian"},
        "contacts": draw(contacts()),
        "opportunities": {name: draw(opportunity(names[position + 1 :])) for position, name in enumerate(names)},
    }


def filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def ranked(*plans: dict[str, Any], weights: Weights | None = None) -> list[Score]:
    return rank([(f"plan-{number}", Plan.model_validate(data)) for number, data in enumerate(plans)], CONFIG, weights)


@st.composite
def any_weights(draw: st.DrawFn) -> Weights:
    drawn = {name: draw(st.sampled_from([0, 0.1, 1, 7, 20, 33.3])) for name in Weights().by_name}
    assume(any(drawn.values()))
    return Weights.model_validate(drawn)


@settings(max_examples=60, deadline=None)
@given(plan_data(), any_weights())
def test_scores_stay_between_0_and_100_and_below_their_ceilings(data: dict[str, Any], weights: Weights):
    for score in ranked(data, weights=weights):
        assert 0 <= score.score <= score.ceiling <= 100
        assert score.score == pytest.approx(sum(term.points for term in score.terms))
        assert score.ceiling == pytest.approx(sum(term.out_of if term.value is None else term.points for term in score.terms))


@settings(max_examples=60, deadline=None)
@given(plan_data())
def test_every_term_points_at_something_that_exists(data: dict[str, Any]):
    for score in ranked(data):
        for term in score.terms:
            found: Any = data
            for step in term.pointer:
                found = found[step]


@settings(max_examples=40, deadline=None)
@given(plan_data(), any_weights(), st.sampled_from([0.01, 1 / 3, 3, 1e6]))
def test_only_the_proportions_of_the_weights_matter(data: dict[str, Any], weights: Weights, by: float):
    scaled = Weights.model_validate({name: by * weight for name, weight in weights.by_name.items()})
    before, after = (
        [(score.id, score.score, score.ceiling, [(term.out_of, term.points) for term in score.terms]) for score in scores]
        for scores in (ranked(data, weights=weights), ranked(data, weights=scaled))
    )
    assert [one[:1] for one in after] == [one[:1] for one in before]
    for one, other in zip(before, after, strict=True):
        assert other[1:3] == pytest.approx(one[1:3], abs=1e-8)
        assert sum(other[3], ()) == pytest.approx(sum(one[3], ()), abs=1e-8)


def shuffled(data: Any, random: Random) -> Any:
    """The same data with the keys of every mapping in another order."""
    if not isinstance(data, dict):
        return data
    keys = list(data)
    random.shuffle(keys)
    return {key: shuffled(data[key], random) for key in keys}


@settings(max_examples=60, deadline=None)
@given(st.lists(plan_data(), min_size=1, max_size=3), any_weights(), st.randoms(use_true_random=False))
def test_the_order_of_plans_and_of_keys_never_matters(book: list[dict[str, Any]], weights: Weights, random: Random):
    plans = [(f"plan-{number}", data) for number, data in enumerate(book)]
    again = [(name, shuffled(data, random)) for name, data in plans]
    random.shuffle(again)
    before, after = (rank([(name, Plan.model_validate(data)) for name, data in some], CONFIG, weights) for some in (plans, again))
    assert after == before


@settings(max_examples=60, deadline=None)
@given(st.lists(plan_data(), min_size=1, max_size=2), st.data())
def test_dropping_an_opportunity_never_reorders_the_rest(book: list[dict[str, Any]], data: st.DataObject):
    plan = data.draw(st.integers(0, len(book) - 1))
    opportunities = book[plan]["opportunities"]
    led_to = {after for fields in opportunities.values() for after in fields["leads_to"]}
    gone = data.draw(st.sampled_from([name for name in opportunities if name not in led_to]))
    before = ranked(*book)
    smaller = {**book[plan], "opportunities": {name: fields for name, fields in opportunities.items() if name != gone}}
    after = ranked(*book[:plan], smaller, *book[plan + 1 :])
    assert after == [score for score in before if (score.plan, score.id) != (f"plan-{plan}", gone)]


LADDERS = {
    ("value",): VALUES,
    ("margin",): MARGINS,
    ("probability",): PROBABILITIES,
    ("importance", "customer"): GRADES,
    ("importance", "us"): GRADES,
    ("competition", "position"): POSITIONS,
    ("buying_roles", "c0", "stance"): STANCES,
    ("buying_roles", "c0", "coverage"): COVERAGES,
}


def replaced(data: dict[str, Any], pointer: tuple[str, ...], value: str) -> dict[str, Any]:
    first, *rest = pointer
    return {**data, first: replaced(data.get(first, {}), tuple(rest), value) if rest else value}


@settings(max_examples=150, deadline=None)
@given(plan_data(), any_weights(), st.sampled_from(list(LADDERS)), st.data())
def test_making_one_thing_better_never_lowers_score_or_rank(
    data: dict[str, Any], weights: Weights, field: tuple[str, ...], more: st.DataObject
):
    chosen = more.draw(st.sampled_from(sorted(data["opportunities"])))
    assume(data["opportunities"][chosen]["status"] in ("open", "potential"))
    rungs = LADDERS[field]
    worse, better = sorted(more.draw(st.lists(st.sampled_from(range(len(rungs))), min_size=2, max_size=2, unique=True)))
    if "c0" in field:  # stance and coverage are both known, before and after: learning is not the same as getting better
        for other in ("stance", "coverage"):
            rung = more.draw(st.sampled_from(LADDERS["buying_roles", "c0", other]))
            data = replaced(data, ("opportunities", chosen, "buying_roles", "c0", other), rung)
        data = replaced(data, ("opportunities", chosen, "buying_roles", "c0", "role"), "decision_maker")
    before, after = (ranked(replaced(data, ("opportunities", chosen, *field), rungs[step]), weights=weights) for step in (worse, better))
    was, now = (next(score for score in scores if score.id == chosen) for scores in (before, after))
    assert now.score >= was.score
    assert now.ceiling >= was.ceiling
    # What leads to it gains with it, and may overtake: nothing is said about that.
    ahead = {name for name in data["opportunities"] if leads_to(data, name, chosen)}
    assert above(after, chosen) - ahead <= above(before, chosen) - ahead


def leads_to(data: dict[str, Any], start: str, end: str) -> bool:
    return any(after == end or leads_to(data, after, end) for after in data["opportunities"][start]["leads_to"])


def above(scores: list[Score], chosen: str) -> set[str]:
    order = [score.id for score in scores]
    return set(order[: order.index(chosen)])
