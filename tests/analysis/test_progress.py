"""How objectives come along: one word, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from acctplan.analysis.progress import SYMBOLS, Progress, progress
from acctplan.model import Plan

TODAY = date(2026, 11, 21)
DONE = {"what": "Done", "status": "done"}
SOON = {"what": "Soon", "due": "2026-11-21"}
LATE = {"what": "Late", "due": "2026-11-20"}
LATER = {"what": "Later", "due": "2027-02-01"}
NO_DAY = {"what": "No day"}
CANCELLED = {"what": "Cancelled", "status": "cancelled", "due": "2026-01-01"}


def found(*actions: dict[str, Any], **fields: Any) -> Progress:
    entries = {f"a{number}": action for number, action in enumerate(actions)}
    objective = {"category": "revenue", "what": "Win", **fields, "strategies": {"s": {"what": "So", "actions": entries}}}
    other = {"category": "revenue", "what": "Other", "strategies": {"s": {"what": "So", "actions": {"late": LATE}}}}
    return progress(Plan.model_validate({"profile": {"name": "A"}, "objectives": {"other": other, "win": objective}}), "win", TODAY)


@pytest.mark.parametrize(
    ("actions", "fields", "word", "why"),
    [
        ([DONE, SOON], {"due": "2026-12-31"}, "on track", "nothing is late; 40 days left"),
        ([SOON], {"due": "2026-11-21"}, "on track", "nothing is late; its day is today"),
        ([SOON], {}, "on track", "nothing is late; it has no day of its own"),
        ([NO_DAY], {"due": "2026-11-22"}, "on track", "nothing is late; 1 day left"),
        ([SOON], {"due": "2026-11-20"}, "late", "its day was 2026-11-20, 1 day ago"),
        ([LATE], {"due": "2026-01-01", "status": "deferred"}, "late", "its day was 2026-01-01, 324 days ago"),
        ([LATE, DONE, CANCELLED], {"due": "2026-12-31"}, "at risk", "1 of 2 actions is late, the longest since 2026-11-20"),
        ([LATE, {**LATE, "due": "2026-10-01"}], {}, "at risk", "2 of 2 actions are late, the longest since 2026-10-01"),
        ([LATER], {"due": "2026-12-31"}, "at risk", "1 of 1 action is due only after its own day, 2026-12-31"),
        ([DONE], {"due": "2026-11-22"}, "at risk", "all its actions are done, and it is not reached; 1 day left"),
        ([], {"due": "2026-12-31"}, "at risk", "nobody has anything to do for it; 40 days left"),
        ([], {}, "unknown", "nobody has anything to do for it, and it has no day"),
        ([NO_DAY], {}, "unknown", "neither it nor what is to be done has a day"),
        ([LATE], {"status": "deferred"}, "deferred", "it was put off"),
        ([LATE], {"status": "achieved", "due": "2026-01-01"}, "done", "it is achieved"),
        ([LATE], {"status": "cancelled"}, "cancelled", "it was cancelled"),
    ],
)
def test_a_word_and_why(actions: list[dict[str, Any]], fields: dict[str, Any], word: str, why: str):
    answer = found(*actions, **fields)
    assert (answer.word, answer.why) == (word, why)
    assert SYMBOLS[answer.word]


def test_what_is_cancelled_counts_aside():
    answer = found(DONE, LATE, CANCELLED, {**LATE, "done": "2026-11-21"}, due="2026-12-31")
    assert (answer.done, answer.of, answer.cancelled, str(answer.share), answer.days_left) == (2, 3, 1, "0.6666", 40)
    assert [one.action.what for one in answer.late] == ["Late"]


def test_without_anything_to_do_there_is_no_share():
    assert (found(CANCELLED).share, found(CANCELLED).of) == (None, 0)


def test_a_closed_objective_has_nothing_late():
    answer = found(LATE, status="achieved", due="2026-01-01")
    assert (answer.late, answer.days_left) == ((), None)
