"""Who an opportunity matters to."""

from __future__ import annotations

from itertools import product

import pytest

from acctplan.analysis.ranking.segments import Placed, pointer, segment
from acctplan.model import Opportunity


def graded(**grades: str) -> Opportunity:
    return Opportunity.model_validate({"name": "A", "importance": grades})


@pytest.mark.parametrize(
    ("customer", "us", "expected"),
    [(4, 4, "A"), (5, 5, "A"), (4, 3, "B"), (5, 1, "B"), (3, 4, "C"), (1, 5, "C"), (3, 3, "D"), (1, 1, "D")],
)
def test_four_and_five_matter(customer: int, us: int, expected: str):
    assert segment(graded(customer=str(customer), us=str(us))) == Placed(expected, customer, us)


def test_every_pair_of_grades_has_a_place():
    grades = range(1, 6)
    found = [segment(graded(customer=str(customer), us=str(us))).segment for customer, us in product(grades, grades)]
    assert {name: found.count(name) for name in found} == {"A": 4, "B": 6, "C": 6, "D": 9}


@pytest.mark.parametrize(
    ("opportunity", "customer", "us"),
    [(Opportunity(name="A"), None, None), (graded(customer="5"), 5, None), (graded(us="1"), None, 1)],
    ids=["none", "customer", "us"],
)
def test_one_grade_places_nothing(opportunity: Opportunity, customer: int | None, us: int | None):
    assert segment(opportunity) == Placed(None, customer, us)


def test_a_grade_is_pointed_at_and_a_missing_one_by_what_is_nearest():
    assert pointer(graded(customer="5"), "a", "customer") == ("opportunities", "a", "importance", "customer")
    assert pointer(graded(customer="5"), "a", "us") == ("opportunities", "a", "importance")
    assert pointer(Opportunity(name="A"), "a", "us") == ("opportunities", "a")
