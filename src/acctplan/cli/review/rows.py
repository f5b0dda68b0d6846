"""The reviews of a book, a plan each: the longest ago first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.cli import console
from acctplan.cli.console import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.cli.review.pack import Standing


def in_order(found: Sequence[Standing]) -> list[Standing]:
    """Those never reviewed first, then the longest ago."""
    return sorted(found, key=lambda one: (one.reviewed.day is not None, one.reviewed.day or one.today, one.loaded.path))


def show(found: Sequence[Standing]) -> None:
    """A table for people, and every column for programs. What cannot be told is a question mark, and said below."""
    if console.is_terminal():
        columns = [
            Column("Account", wraps=True),
            Column("Last review"),
            Column("Days", is_number=True),
            Column("Verdict"),
            Column("Next due"),
            Column("Unreviewed", is_number=True),
            Column("Suspect", is_number=True),
        ]
        console.table(columns, [_shown(one) for one in found])
        unknown = [one for one in found if one.unreviewed is None and one.reviewed.basis != "never"]
        if unknown:
            console.say(f"? {unknown[0].loaded.path}: {unknown[0].reviewed.remark}")
        if any(one.reviewed.basis == "day" for one in found):
            console.say("~ not signed, so compared with what git has of that day")
        console.hint("the pack of one: acctplan review PLAN")
        return
    titles = (
        "plan",
        "account",
        "last_review",
        "by",
        "verdict",
        "signed",
        "days_ago",
        "next_due",
        "basis",
        "unreviewed",
        "suspects",
        "remark",
    )
    console.table([Column(title) for title in titles], [_row(one) for one in found])


def _shown(one: Standing) -> list[str]:
    review, late = one.reviewed.review, one.due is not None and one.due < one.today
    verdict = "" if review is None else (review.verdict or "none").replace("_", " ")
    changes, suspects = _counts(one)
    mark = "~" if one.reviewed.basis == "day" else ""
    return [
        one.plan.profile.name,
        "never" if one.reviewed.day is None else one.reviewed.day.isoformat(),
        "" if one.days_ago is None else str(one.days_ago),
        verdict,
        "" if one.due is None else f"{one.due}{' ! late' if late else ''}",
        "all" if one.reviewed.basis == "never" else f"{mark}{changes or '?'}",
        "" if one.reviewed.basis == "never" else suspects or "?",
    ]


def _row(one: Standing) -> list[str]:
    review = one.reviewed.review
    return [
        one.loaded.path,
        one.plan.profile.name,
        "" if one.reviewed.day is None else one.reviewed.day.isoformat(),
        "" if review is None else one.plan.team[review.by].name,
        "" if review is None else review.verdict or "",
        "" if review is None else "yes" if one.reviewed.is_signed else "no",
        "" if one.days_ago is None else str(one.days_ago),
        "" if one.due is None else one.due.isoformat(),
        one.reviewed.basis,
        *_counts(one),
        one.reviewed.remark,
    ]


def _counts(one: Standing) -> tuple[str, str]:
    """Changes and suspects; empty where they cannot be told."""
    found = one.unreviewed
    return ("", "") if found is None else (str(len(found.changes)), str(len(found.suspects)))
