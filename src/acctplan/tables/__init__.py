"""Plans as tidy tables: a row an entry, a column a field, with the ids for the way back.

Each row begins with its plan, account, id and pointer, and ends with the day and the revision of the export. Whatever stands in a plan has
a `Column.field`: the row's pointer and that field together are the place to write to. Amounts are exact decimals in the currency of
their row, days are days, and nothing is None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.tables.base import CURRENCY, PLACE, SEPARATOR, STAMP, Column, Filled, Kind, Row, Table, Value
from acctplan.tables.cells import from_text, guarded, to_text, unguarded
from acctplan.tables.entries import Computed, Key, entry_table, solutions
from acctplan.tables.lists import CRM_IDS, WORDS
from acctplan.tables.source import Account, Source, Stamp
from acctplan.tables.worked_out import EXPORTS, FACTORS, FINDINGS, ceiling, place, points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = [
    "CURRENCY",
    "PLACE",
    "SEPARATOR",
    "STAMP",
    "TABLES",
    "Account",
    "Column",
    "Filled",
    "Kind",
    "Row",
    "Source",
    "Stamp",
    "Table",
    "Value",
    "fill",
    "from_text",
    "guarded",
    "to_text",
    "unguarded",
]

_OPPORTUNITY = Key("opportunity", refers="opportunities")
_OBJECTIVE = Key("objective", refers="objectives")

TABLES: tuple[Table, ...] = (
    EXPORTS,
    entry_table("accounts", "The profile of each account.", ("profile",)),
    entry_table("team", "Our side.", ("team", Key())),
    entry_table("units", "The parts of the customer that buy.", ("units", Key())),
    Table(
        "solutions",
        "What could be sold to each account: the book's solutions, and the plan's own.",
        (*PLACE, Column("name", "text", field=("name",)), Column("notes", "text", field=("notes",)), *STAMP),
        ("plan", "id"),
        solutions,
    ),
    entry_table("contacts", "The people at the customer.", ("contacts", Key())),
    entry_table("competitors", "Who else sells there.", ("competitors", Key())),
    entry_table("insights", "What drives the customer.", ("insights", Key())),
    entry_table(
        "white_space",
        "What each unit has of each solution, from whom.",
        ("white_space", Key("unit", refers="units"), Key("solution", refers="solutions")),
        money=True,
    ),
    entry_table(
        "opportunities",
        "What we could win, and what we won or lost.",
        ("opportunities", Key()),
        money=True,
        more=(
            Computed(Column("place", "integer", "The rank among all that are exported and can still be won, from 1."), place),
            Computed(Column("score", "decimal", "0 to 100, unknown counted as 0."), points),
            Computed(Column("ceiling", "decimal", "0 to 100, unknown counted as 1."), ceiling),
        ),
    ),
    entry_table(
        "roles",
        "Who has which part in which opportunity.",
        ("opportunities", _OPPORTUNITY, "buying_roles", Key("contact", refers="contacts")),
    ),
    entry_table(
        "criteria", "What the customer decides by.", ("opportunities", _OPPORTUNITY, "decision_criteria", Key("number", "integer"))
    ),
    entry_table(
        "answers",
        "The answers to the questions of scorecards.",
        ("opportunities", _OPPORTUNITY, "scorecards", Key("card"), Key("question")),
    ),
    entry_table(
        "competitor_answers",
        "The same answers for those we stand against.",
        ("opportunities", _OPPORTUNITY, "scorecards", Key("card"), Key("question"), "competitors", Key("competitor", refers="competitors")),
        leaf="answer",
    ),
    FACTORS,
    entry_table("objectives", "What we want to reach.", ("objectives", Key())),
    entry_table("strategies", "How we want to reach it.", ("objectives", _OBJECTIVE, "strategies", Key())),
    entry_table(
        "actions",
        "What is to be done, for an objective or as a relationship meeting agreed.",
        ("objectives", _OBJECTIVE, "strategies", Key("strategy"), "actions", Key()),
        ("meetings", "held", Key("meeting", "date"), "actions", Key()),
    ),
    entry_table("cadences", "How often there should be relationship meetings, and the next one.", ("meetings",)),
    entry_table("meetings", "The relationship meetings that were held.", ("meetings", "held", Key("day", "date"))),
    entry_table("revenue", "Ours, by fiscal period.", ("revenue", Key("period")), money=True),
    entry_table("customer_history", "The customer's own figures, by year.", ("profile", "revenue_history", Key("year")), money=True),
    entry_table("customer_aims", "What the customer aims at, by year.", ("profile", "revenue_objectives", Key("year")), money=True),
    entry_table("risks", "What could go wrong.", ("risks", Key())),
    entry_table("questions", "What we still have to ask.", ("questions", Key())),
    entry_table("reviews", "The manager's reviews.", ("reviews", Key("day", "date"))),
    WORDS,
    CRM_IDS,
    FINDINGS,
)
"""Every table, in an order in which what is referred to comes first."""


def fill(source: Source, tables: Iterable[Table] = TABLES, done: Callable[[], object] = lambda: None) -> Iterator[Filled]:
    """Tables with their rows, in the order given; the rows in the order of the plans, and there in theirs.

    Args:
        source: the plans.
        tables: which ones.
        done: called after each table, so that somebody can be told how far it is.

    Raises:
        UserError: the settings have no rate for the currency of a plan with values, or name a rule that there is not.
    """
    stamp = (source.stamp.on, source.stamp.revision, source.stamp.is_changed)
    for table in tables:
        yield Filled(table, tuple((*row, *stamp) for row in table.rows(source)))
        done()
