"""What fits and is worth most: against every set there is, for ties, and for what had to change for the others."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.analysis.ranking.picking import Candidate, Forced, _contenders, pick

if TYPE_CHECKING:
    from collections.abc import Sequence

CANDIDATES = st.lists(st.builds(Candidate, days=st.integers(0, 7), worth=st.integers(0, 9)), max_size=7)
CAPACITIES = st.integers(0, 16)


def best(candidates: Sequence[Candidate], capacity: int) -> tuple[int, int, tuple[bool, ...]]:
    """The worth, the days (below 0) and the marks of the best set: of all there are, worth first, then few days, then early ones."""

    def told(marks: tuple[bool, ...]) -> tuple[int, int, tuple[bool, ...]]:
        picked = [one for one, is_in in zip(candidates, marks, strict=True) if is_in]
        return sum(one.worth for one in picked), -sum(one.days for one in picked), marks

    return max(one for one in map(told, product((False, True), repeat=len(candidates))) if -one[1] <= capacity)


@given(CANDIDATES, CAPACITIES)
def test_it_is_the_best_of_all_sets_that_fit(candidates: list[Candidate], capacity: int):
    _, _, marks = best(candidates, capacity)
    assert pick(candidates, capacity).chosen == {place for place, is_in in enumerate(marks) if is_in}


@given(CANDIDATES, CAPACITIES)
def test_what_was_left_out_costs_what_the_best_set_with_it_is_short_of(candidates: list[Candidate], capacity: int):
    picked = pick(candidates, capacity)
    whole = best(candidates, capacity)[0]
    assert set(picked.left_out) | picked.chosen == set(range(len(candidates)))
    for place, forced in picked.left_out.items():
        one = candidates[place]
        if one.days > capacity:
            assert forced is None
            continue
        assert forced is not None
        without = [*candidates[:place], *candidates[place + 1 :]]
        assert forced.cost == whole - one.worth - best(without, capacity - one.days)[0]


@given(CANDIDATES, CAPACITIES)
def test_what_goes_and_comes_makes_the_set_with_it(candidates: list[Candidate], capacity: int):
    picked = pick(candidates, capacity)
    whole = sum(candidates[place].worth for place in picked.chosen)
    for place, forced in picked.left_out.items():
        if forced is not None:
            assert picked.chosen.issuperset(forced.gone)
            assert picked.chosen.isdisjoint({*forced.come, place})
            made = [candidates[each] for each in {*picked.chosen.difference(forced.gone), *forced.come, place}]
            assert sum(one.days for one in made) <= capacity
            assert sum(one.worth for one in made) == whole - forced.cost


@pytest.mark.parametrize(
    ("candidates", "capacity", "chosen"),
    [
        # By worth a day, 6 of 10 stands first, and nothing fits beside it.
        ([Candidate(6, 61), Candidate(5, 50), Candidate(5, 50)], 10, {1, 2}),
        ([Candidate(4, 9), Candidate(3, 9)], 4, {1}),
        ([Candidate(3, 9), Candidate(3, 9), Candidate(3, 9)], 6, {0, 1}),
        ([Candidate(2, 4), Candidate(1, 2), Candidate(1, 2)], 2, {0}),
        ([Candidate(0, 5), Candidate(0, 0), Candidate(1, 7)], 0, {0, 1}),
        ([Candidate(3, 0)], 10, set()),
        ([Candidate(10**24, 10**60), Candidate(1, 1)], 5, {1}),
        ([], 10, set()),
    ],
    ids=["not greedy", "less effort", "early ones", "early before many", "free", "brings nothing", "huge", "none"],
)
def test_who_is_picked(candidates: list[Candidate], capacity: int, chosen: set[int]):
    assert pick(candidates, capacity).chosen == chosen


def test_one_that_would_come_in_anyway_with_fewer_days_is_asked_about_without_itself():
    # With 5 days the best is the second; taken in beside it, the third has the other 5.
    assert pick([Candidate(10, 100), Candidate(5, 30), Candidate(5, 20)], 10).left_out == {
        1: Forced(50, (0,), (2,)),
        2: Forced(50, (0,), (1,)),
    }


def test_many_that_can_never_be_picked_change_nothing():
    few = [Candidate(days, worth) for days, worth in ((3, 31), (4, 42), (5, 49), (2, 18))]
    many = [*few, *[Candidate(5, 10)] * 300]
    assert pick(many, 9).chosen == pick(few, 9).chosen
    assert pick(many, 9).left_out[200] == Forced(73 + 18 - 10 - 42, (0, 3), ())


def test_those_that_can_never_be_picked_are_not_looked_at():
    # Of 5 days, two fill 9: with one of them barred there are still two.
    assert _contenders([Candidate(5, 10)] * 300, range(300), 9) == [0, 1]
    assert _contenders([Candidate(5, 1), *[Candidate(5, 10)] * 300], range(301), 14) == [1, 2, 3]
