"""White space over several plans: whose it is by solution, and who could still buy it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from acctplan.analysis.white_space.book import WHOLE, Holding, SolutionRow, WhiteSpaceBook, white_space_book
from acctplan.config import parse
from acctplan.errors import UserError
from acctplan.model import Plan

TODAY = date(2026, 11, 21)
CONFIG = parse('[solutions]\naudit = {name = "Audit"}\nplatform = {name = "Platform"}\n[rates]\nSEK = {rate = 0.1, as_of = 2026-10-30}\n')
UNITS = {"retail": {"name": "Retail", "target": "true"}, "labs": {"name": "Labs"}}
PARTS = ("ours", "competitor", "in_house", "open", "ruled_out", "unknown")


def book(**plans: dict[str, Any]) -> WhiteSpaceBook:
    made = [(name, Plan.model_validate({"profile": {"name": name}, "units": UNITS, **plan})) for name, plan in plans.items()]
    return white_space_book(made, CONFIG, TODAY)


def row(found: WhiteSpaceBook, solution: str) -> SolutionRow:
    (one,) = [row for row in found.solutions if row.solution.id == solution]
    return one


def where(holding: Holding) -> list[tuple[str, str]]:
    return [(place.plan, place.cell.unit) for place in holding.places]


def test_a_solution_is_parted_by_who_has_it():
    found = book(
        one={"white_space": {"retail": {"audit": {"status": "ours"}}, "labs": {"audit": {"status": "in_house"}}}},
        two={"white_space": {"retail": {"audit": {"status": "competitor"}}, "labs": {"audit": {"status": "open"}}}},
        three={"white_space": {"retail": {"audit": {"status": "blocked"}}, "labs": {"audit": {"status": "not_needed"}}}},
        four={},
    )
    audit = row(found, "audit")
    assert where(audit.ours) == [("one", "retail")]
    assert where(audit.in_house) == [("one", "labs")]
    assert where(audit.competitor) == [("two", "retail")]
    assert where(audit.open) == [("two", "labs")]
    assert where(audit.ruled_out) == [("three", "retail"), ("three", "labs")]
    assert where(audit.unknown) == [("four", "retail"), ("four", "labs")]
    assert where(audit.white) == [("two", "retail"), ("two", "labs")]
    assert audit.pursued.places == ()
    assert sum(len(getattr(audit, part).places) for part in PARTS) == len(audit.places) == 8
    assert audit.ruled_out.accounts == ("three",)


@pytest.mark.parametrize(
    ("status", "pursued", "ours"), [("potential", 1, 0), ("open", 1, 0), ("won", 0, 1), ("lost", 0, 0), ("dropped", 0, 0)]
)
def test_an_opportunity_says_something_where_the_plan_says_nothing(status: str, pursued: int, ours: int):
    audit = row(book(one={"opportunities": {"a": {"name": "A", "unit": "retail", "solution": "audit", "status": status}}}), "audit")
    assert (len(audit.pursued.places), len(audit.ours.places)) == (pursued, ours)
    assert len(audit.unknown.places) == 2 - pursued - ours


def test_what_the_plan_says_counts_more_than_what_was_won_once():
    won = {"a": {"name": "A", "unit": "retail", "solution": "audit", "status": "won"}}
    audit = row(book(one={"opportunities": won, "white_space": {"retail": {"audit": {"status": "competitor"}}}}), "audit")
    assert (len(audit.ours.places), len(audit.competitor.places)) == (0, 1)


def test_spend_is_added_up_in_the_book_s_currency():
    audit = row(
        book(
            one={"white_space": {"retail": {"audit": {"status": "ours", "spend": "100"}}, "labs": {"audit": {"status": "ours"}}}},
            two={"profile": {"name": "Two", "currency": "SEK"}, "white_space": {"retail": {"audit": {"status": "ours", "spend": "55"}}}},
        ),
        "audit",
    )
    assert audit.ours.spend == Decimal("105.5")
    assert [place.spend for place in audit.ours.places] == [100, None, Decimal("5.5")]
    assert audit.competitor.spend is None


def test_a_rate_is_needed_only_where_there_is_spend():
    krone = {"profile": {"name": "One", "currency": "NOK"}}
    assert book(one={**krone, "white_space": {"retail": {"audit": {"status": "open"}}}}).best
    with pytest.raises(UserError, match="no rate from NOK"):
        book(one={**krone, "white_space": {"retail": {"audit": {"status": "ours", "spend": "5"}}}})


def test_an_opportunity_without_a_unit_is_over_the_account_as_a_whole():
    found = book(one={"opportunities": {"a": {"name": "A", "solution": "audit"}}})
    audit = row(found, "audit")
    assert where(audit.pursued) == [("one", WHOLE)]
    assert audit.pursued.places[0].pointer == ("opportunities", "a")
    assert where(row(found, "platform").pursued) == []
    assert len(row(found, "platform").places) == 2


def test_a_plan_without_units_is_one_question_for_each_solution():
    found = book(one={"units": {}})
    assert [(row.solution.id, where(row.unknown)) for row in found.solutions] == [
        ("audit", [("one", WHOLE)]),
        ("platform", [("one", WHOLE)]),
    ]
    assert row(found, "audit").places[0].pointer == ("profile",)


def test_solutions_of_two_plans_are_the_same_only_where_id_and_name_agree():
    def own(name: str) -> dict[str, Any]:
        return {"solutions": {"extra": {"name": name}}, "white_space": {"retail": {"extra": {"status": "open"}}}}

    found = book(one=own("Extra"), two=own("Extra"), three=own("Extra care"))
    assert [(row.solution.id, row.solution.name, row.white.accounts) for row in found.solutions[2:]] == [
        ("extra", "Extra", ("one", "two")),
        ("extra", "Extra care", ("three",)),
    ]


def test_a_plan_that_renames_a_solution_of_the_book_means_another():
    found = book(one={"solutions": {"audit": {"name": "Audit of drains"}}}, two={})
    assert [(row.solution.name, len(row.places)) for row in found.solutions] == [("Audit", 2), ("Platform", 4), ("Audit of drains", 2)]


def test_solutions_of_the_book_come_first_even_where_nobody_says_anything():
    assert [(row.solution.id, row.places) for row in book().solutions] == [("audit", ()), ("platform", ())]


def test_the_best_cells_of_all_plans_are_in_one_order():
    small = {"status": "competitor", "spend": "20_000", "contract_ends": "2026-12-31"}
    large = {"status": "competitor", "spend": "900_000", "contract_ends": "2026-12-31"}
    found = book(
        b={"white_space": {"retail": {"audit": small}, "labs": {"audit": large}}},
        a={"white_space": {"retail": {"audit": small, "platform": large}}},
    )
    assert [(place.plan, place.cell.unit, place.solution.id) for place in found.best] == [
        ("a", "retail", "platform"),
        ("a", "retail", "audit"),
        ("b", "retail", "audit"),
        ("b", "labs", "audit"),
    ]


def test_a_place_points_to_the_nearest_thing_that_exists():
    over = {"a": {"name": "A", "unit": "retail", "solution": "platform"}}
    found = book(one={"white_space": {"retail": {"audit": {"status": "open"}}}, "opportunities": over})
    assert [place.pointer for place in found.accounts[0].places] == [
        ("white_space", "retail", "audit"),
        ("opportunities", "a"),
        ("units", "labs"),
        ("units", "labs"),
    ]
