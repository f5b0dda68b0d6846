"""The facilitator's guide: its minutes, and what it says of the accounts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.cli.workshop.agenda import BREAK, EXERCISES, LUNCH, Slot, agenda
from acctplan.cli.workshop.guide import _STEPS
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")


@given(
    accounts=st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=12, unique=True),
    more=st.integers(30, 700),
    start=st.integers(0, 24 * 60),
)
def test_the_minutes_add_up_exactly_and_no_gap_is_left(accounts: list[str], more: int, start: int):
    minutes = 60 * len(accounts) + more
    start = min(start, 24 * 60 - minutes) if minutes <= 24 * 60 else 0
    slots = agenda(accounts, min(minutes, 24 * 60), start)
    minutes = min(minutes, 24 * 60)
    assert sum(slot.minutes for slot in slots) == minutes
    assert all(before.start + before.minutes == after.start for before, after in pairwise(slots))
    assert slots[0].start == start
    assert all(slot.minutes > 0 for slot in slots)
    assert {slot.account for slot in slots if slot.account} == set(accounts)


def minutes_of(slots: list[Slot], account: str) -> int:
    return sum(slot.minutes for slot in slots if slot.account == account)


def test_accounts_get_the_same_time():
    slots = agenda(["A", "B", "C"], 300, 540)
    assert max(minutes_of(slots, one) for one in "ABC") - min(minutes_of(slots, one) for one in "ABC") <= 5


@pytest.mark.parametrize(
    ("minutes", "pauses"),
    [(60, []), (120, []), (180, [BREAK]), (240, [BREAK]), (300, [BREAK, BREAK]), (480, [BREAK, LUNCH, BREAK])],
)
def test_people_need_breaks(minutes: int, pauses: list[str]):
    slots = agenda(["A"], minutes, 540)
    assert [slot.what for slot in slots if slot.what in (BREAK, LUNCH)] == pauses
    assert slots[0].what not in pauses
    assert slots[-1].what not in pauses


def test_half_a_day_in_whole_five_minutes():
    assert all(slot.minutes % 5 == 0 for slot in agenda(["A", "B"], 240, 540))


@pytest.mark.parametrize(
    ("accounts", "minutes", "start", "message", "hint"),
    [
        (3, 60, 540, "3 accounts and 60 minutes: too little time", "name at most 1 of them or take more time: --hours 2"),
        (1, 30, 540, "1 account and 30 minutes: too little time", "take more time: --hours 1"),
        (80, 240, 540, "80 accounts and 240 minutes: too little time", "name at most 9 of them"),
        (0, 240, 540, "a workshop needs an account", "name plans that have no errors"),
        (1, 240, 21 * 60, "the workshop would go on past midnight", "begin earlier with --start, or take fewer --hours"),
    ],
)
def test_what_does_not_fit(accounts: int, minutes: int, start: int, message: str, hint: str):
    with pytest.raises(UserError) as error:
        agenda([str(number) for number in range(accounts)], minutes, start)
    assert (error.value.message, error.value.hint) == (message, hint)


def test_the_hours_that_are_proposed_do():
    assert agenda(["A", "B", "C"], 120, 540)


def test_every_exercise_says_what_to_do():
    assert list(_STEPS) == list(EXERCISES)
    assert sum(EXERCISES.values()) == 100


def test_the_guide_of_the_book(run: Run, book: Path):
    answer = run("workshop", "tallmo-bruk", "brannhaven-terminals", "--start", "08:30", *TODAY)
    assert (answer.status, answer.err) == (0, "")
    assert [line for line in answer.out.splitlines() if line.startswith(("# ", "## "))] == [
        "# Planning workshop: facilitator's guide",
        "## Purpose",
        "## Whom to invite",
        "## Preparation",
        "## Agenda",
        "## Materials, and what to hand out",
        "## The exercises",
        "## Tallmo Bruk",
        "## Brannhaven Terminals",
        "## Afterwards",
    ]
    assert "08:30 to 12:30, 240 minutes." in answer.out
    assert "| Tallmo Bruk | Mats Ekdahl (Account manager)," in answer.out
    assert "acctplan next tallmo-bruk brannhaven-terminals" in answer.out
    assert "- Where does Göran Hellqvist stand?" in answer.out


def test_into_a_file(run: Run, book: Path):
    assert run("workshop", "tallmo-bruk", "-o", "guide.md", *TODAY).err == "wrote guide.md\n"
    assert (book / "guide.md").read_text("utf-8").startswith("# Planning workshop")


def test_a_time_that_there_is_not(run: Run, book: Path):
    assert "a time like 09:00 is wanted" in run("workshop", "tallmo-bruk", "--start", "25:00").err


def test_the_guide_says_which_deal_a_question_is_about(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\nopportunities: {push: {name: Push Knarr out, status: open}}\n", "acme")
    asked = run("workshop", "acme", *TODAY).out.partition("To ask the customer afterwards:")[2]
    assert "this project" in asked
    assert all("(Push Knarr out)" in line for line in asked.splitlines() if "this project" in line)
