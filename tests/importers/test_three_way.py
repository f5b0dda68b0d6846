"""Whose word a field gets: the plan's, the source's, and what the source said when it was last imported."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.importers.memory import text_of
from acctplan.importers.reconcile.base import choose, keeps_last


@pytest.mark.parametrize(
    ("plan", "crm", "last", "expected"),
    [
        (None, "B", None, "take"),
        ("A", "B", None, "conflict"),
        ("A", "A", None, "same"),
        ("A", "B", "A", "take"),
        ("A", "B", "B", "kept"),
        ("A", "B", "C", "conflict"),
        ("A", "A", "C", "same"),
        (None, "B", "B", "kept"),
        (None, "B", "C", "conflict"),
        ("A", None, "A", "same"),
        (None, None, None, "same"),
    ],
)
def test_who_has_changed_what(plan, crm, last, expected):
    assert choose(plan, crm, last) == expected


@pytest.mark.parametrize(
    ("plan", "crm", "last", "prefer", "expected"),
    [
        ("A", "B", "B", "crm", "take"),
        ("A", "B", "C", "crm", "take"),
        ("A", "A", "C", "crm", "same"),
        ("A", "B", "A", "plan", "kept"),
        ("A", "B", None, "plan", "kept"),
        (None, "B", None, "plan", "take"),
        ("A", None, None, "crm", "same"),
    ],
)
def test_whose_word_was_asked_for_goes_first(plan, crm, last, prefer, expected):
    assert choose(plan, crm, last, prefer=prefer) == expected


EARLY, LATE = date(2026, 1, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("plan", "crm", "last", "expected"),
    [
        (EARLY, LATE, None, "take"),
        (LATE, EARLY, None, "same"),
        (EARLY, LATE, "2026-06-01", "kept"),
        (EARLY, LATE, "2025-01-01", "take"),
        (LATE, EARLY, "2025-01-01", "same"),
        (None, LATE, None, "take"),
        (None, LATE, "2026-06-01", "kept"),
    ],
)
def test_of_days_of_contact_the_later_one_is_right(plan, crm, last, expected):
    assert choose(plan, crm, last, later_wins=True) == expected


VALUES = st.one_of(st.none(), st.sampled_from(["A", "B", "C", EARLY, LATE]))
LAST = st.one_of(st.none(), st.sampled_from(["A", "B", "C", "2026-01-01", "2026-06-01"]))


@given(VALUES, VALUES, LAST, st.booleans(), st.booleans())
def test_laws(plan, crm, last, later_wins, is_stamped):
    choice = choose(plan, crm, last, later_wins=later_wins)
    after = crm if choice == "take" else plan
    said = last if crm is None or keeps_last(choice, plan, crm, last, is_stamped=is_stamped) else text_of(crm)
    again = choose(after, crm, said, later_wins=later_wins)
    assert again == choice if choice == "conflict" else again in ("same", "kept")  # the same again changes nothing, and says so again
    if plan == crm:
        assert choice == "same"
    if plan is not None and last is not None and text_of(plan) != last and not later_wins:
        assert after == plan  # what a person has changed stays
    if last is not None and plan is not None and text_of(plan) == last and crm is not None and not later_wins:
        assert after == crm  # what only the source has changed comes
