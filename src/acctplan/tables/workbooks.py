"""How a workbook is laid out, for whoever writes one and for whoever brings its edits back.

A visible sheet a section, for people: they may sort it, filter it, move and hide its columns, write in its cells, and add rows. A hidden
sheet a section keeps what stood in each cell when the workbook was made, so that an edit can be told from a plan that has moved on since.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from acctplan.tables.base import STAMP, Column
from acctplan.tables.cells import to_text

VERSION = "1"
"""Of this layout."""
MARK = "_acctplan"
"""The hidden sheet that says that acctplan made the workbook: rows of a name and a value."""
HIDDEN = "_"
"""What the name of a hidden sheet begins with; the name of the table follows."""
LONGEST = 32_767
"""Characters of a cell, the most that Excel takes."""
PLAN, POINTER = "Plan", "Place in the plan"
"""The columns that say where a row belongs."""
YES, NO = "yes", "no"

_NOT_IN_XML = re.compile("[^\t\n\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?")


class Sheet(NamedTuple):
    """A visible sheet."""

    table: str
    title: str
    first: tuple[str, ...] = ()
    """The columns that tell most, in their order; the others follow as the table has them."""
    leaves_out: tuple[str, ...] = ()
    """Columns that people have no use for there."""
    adds_to: tuple[str, ...] = ()
    """Where the entry of a new row goes, the first that the row has the columns for: `contacts.{id}`. None: rows cannot be added."""
    called: str = ""
    """The column that a new entry's id is made of."""


SHEETS = (
    Sheet("accounts", "Accounts", ("name", "account_manager", "industry", "plan_type", "level", "starts", "ends"), ("account",)),
    Sheet(
        "opportunities",
        "Opportunities",
        (
            *("name", "status", "stage", "value", "currency", "probability", "close_date", "score", "place", "owner"),
            *("next_step", "next_step_due", "unit", "solution", "kind", "margin", "ceiling"),
        ),
        adds_to=("opportunities.{id}",),
        called="name",
    ),
    Sheet(
        "contacts",
        "Contacts",
        ("name", "title", "unit", "roles", "stance", "influence", "coverage", "last_contact", "reports_to", "email", "phone"),
        adds_to=("contacts.{id}",),
        called="name",
    ),
    Sheet("roles", "Buying roles", adds_to=("opportunities.{opportunity}.buying_roles.{contact}",)),
    Sheet(
        "objectives",
        "Objectives",
        ("what", "category", "status", "due", "owner", "priority", "measure_metric", "measure_target", "measure_current"),
        adds_to=("objectives.{id}",),
        called="what",
    ),
    Sheet(
        "actions",
        "Actions",
        ("what", "owner", "due", "status", "done", "contact", "objective", "strategy", "meeting"),
        adds_to=("objectives.{objective}.strategies.{strategy}.actions.{id}", "meetings.held.{meeting}.actions.{id}"),
        called="what",
    ),
    Sheet("meetings", "Meetings", ("day", "attended", "notes"), adds_to=("meetings.held.{day}",)),
    Sheet("revenue", "Revenue", ("period", "goal", "actual", "currency"), adds_to=("revenue.{period}",)),
    Sheet(
        "white_space",
        "White space",
        ("unit", "solution", "status", "competitor", "spend", "currency", "contract_ends"),
        adds_to=("white_space.{unit}.{solution}",),
    ),
    Sheet("insights", "Insights", ("what", "kind"), adds_to=("insights.{id}",), called="what"),
    Sheet("competitors", "Competitors", adds_to=("competitors.{id}",), called="name"),
    Sheet("risks", "Risks", adds_to=("risks.{id}",), called="what"),
    Sheet("questions", "Questions", ("what", "status", "contact", "asked", "answer"), adds_to=("questions.{id}",), called="what"),
    Sheet("units", "Units", adds_to=("units.{id}",), called="name"),
    Sheet("team", "Team", adds_to=("team.{id}",), called="name"),
    Sheet("factors", "Scores explained", ("opportunity", "id", "points", "out_of", "reason")),
    Sheet("findings", "Findings", ("severity", "message", "hint", "rule"), ("number", "character")),
)
"""The sheets after the overview, in their order."""


def heading(column: str) -> str:
    """What people read above a column: `close_date` as Close date, `relationship_now` as Relationship now."""
    return _HEADINGS.get(column, column.replace("_", " ").capitalize())


_HEADINGS = {
    "plan": PLAN,
    "pointer": POINTER,
    "crm": "CRM",
    **{f"mutual_value_{name}": name.replace("_", " ").capitalize() for name in ("field_of_play", "value_we_bring", "how_they_gain")},
    "mutual_value_what_we_gain": "What we gain",
    "mutual_value_shared": "Charter shared",
    "measure_metric": "Measure",
    "measure_target": "Target",
    "measure_current": "Current",
    "importance_customer": "Importance to customer",
    "importance_us": "Importance to us",
}


def shown(columns: tuple[Column, ...], sheet: Sheet) -> list[Column]:
    """The columns that a sheet shows: the account, what tells most, and where the row belongs last."""
    last = ("id", "plan", "pointer")
    hidden = {*(column.name for column in STAMP), *sheet.leaves_out}
    order = {name: at for at, name in enumerate(("account", *sheet.first))}

    def place(column: Column) -> tuple[int, int]:
        if column.name in order:
            return 0, order[column.name]
        return (2, last.index(column.name)) if column.name in last else (1, 0)

    return sorted((column for column in columns if column.name not in hidden), key=place)


def is_placing(column: Column, sheet: Sheet) -> bool:
    """Whether a column says where a new row belongs: it is filled in there, and never changed in others."""
    return column.name in ("account", "plan", "id") or any(f"{{{column.name}}}" in way for way in sheet.adds_to)


def held(text: str) -> str:
    """A text as a cell of a workbook holds it: without characters that XML has no place for, not too long, with plain line ends.

    What is not the same afterwards cannot be edited in a workbook.
    """
    return _NOT_IN_XML.sub("\ufffd", _LINE_END.sub("\n", text))[:LONGEST]


def in_cell(value: object) -> str:
    """A value as people read it in a cell that holds a text."""
    return held((YES if value else NO) if isinstance(value, bool) else to_text(value))  # type: ignore[arg-type]
