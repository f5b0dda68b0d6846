"""The tables of what is worked out from plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.diagnostic import format_pointer
from acctplan.tables.base import PLACE, STAMP, Column, Table, exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.tables.base import Row, Value
    from acctplan.tables.entries import Found
    from acctplan.tables.source import Account, Source


def place(source: Source, account: Account, found: Found) -> Value:
    """The rank of an opportunity among all that are exported, from 1."""
    ranked = source.places.get((account.name, str(found.pointer[-1])))
    return None if ranked is None else ranked[0]


def points(source: Source, account: Account, found: Found) -> Value:
    """The score of an opportunity."""
    ranked = source.places.get((account.name, str(found.pointer[-1])))
    return None if ranked is None else exact(ranked[1].score)


def ceiling(source: Source, account: Account, found: Found) -> Value:
    """What that score could become."""
    ranked = source.places.get((account.name, str(found.pointer[-1])))
    return None if ranked is None else exact(ranked[1].ceiling)


def _factors(source: Source) -> Iterator[Row]:
    accounts = {one.name: one.plan.profile.name for one in source.accounts}
    for score in source.scores:
        for term in score.terms:
            yield (
                score.plan,
                accounts[score.plan],
                term.factor,
                format_pointer(term.pointer),
                score.id,
                exact(term.weight),
                exact(term.value),
                exact(term.points),
                exact(term.out_of),
                term.reason,
            )


def _findings(source: Source) -> Iterator[Row]:
    for account in source.accounts:
        for number, one in enumerate(source.findings(account), 1):
            place_ = (account.name, account.plan.profile.name, one.fingerprint, format_pointer(one.pointer) or None)
            yield (*place_, number, one.rule, one.severity.value, one.location.line, one.location.column, one.message, one.hint or None)


EXPORTS = Table(
    "exports",
    "What was exported, and when.",
    (Column("plans", "integer", "How many plans."), *STAMP),
    ("exported_on",),
    lambda source: [(len(source.accounts),)],
)
FACTORS = Table(
    "factors",
    "What each factor gives to the score of each opportunity that can still be won.",
    (
        *PLACE,
        Column("opportunity", "text", refers="opportunities"),
        Column("weight", "decimal", "As configured: only the proportions matter."),
        Column("value", "decimal", "The reading, 0 to 1; empty where it is unknown."),
        Column("points", "decimal", "What it gives: value × out_of; 0 where it is unknown."),
        Column("out_of", "decimal", "The points of a full reading. Those of an opportunity add up to 100."),
        Column("reason", "text", "Why."),
        *STAMP,
    ),
    ("plan", "opportunity", "id"),
    _factors,
)
FINDINGS = Table(
    "findings",
    "What `acctplan check` says of each plan.",
    (
        *PLACE,
        Column("number", "integer", "From the top of the plan."),
        Column("rule", "text"),
        Column("severity", "text"),
        Column("line", "integer"),
        Column("character", "integer", "Where on the line, from 1."),
        Column("message", "text"),
        Column("hint", "text", "What to do about it."),
        *STAMP,
    ),
    ("plan", "number"),
    _findings,
)
