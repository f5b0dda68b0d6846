"""A workbook that acctplan made, with what people edited in it, back into the plans.

Three words stand against each other for every cell: what it says, what it said when the workbook was made, and what the plan says now.
Only what people edited is of interest. Where the plan says it already, there is nothing to do; where the plan still says what the
workbook did, the edit is made; where both have changed, the plan's word stays and it is told. Rows that are new become entries; rows
that are gone stay in the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from acctplan.diagnostic import format_pointer
from acctplan.importers.returned.settling import settled
from acctplan.importers.returned.summary import as_data, summary
from acctplan.importers.returned.wishes import Conflict, Gone, Now, Skipped, Wish, wished
from acctplan.importers.returned.workbook import Cell, Returned, is_ours, read
from acctplan.model.references import type_at
from acctplan.tables import TABLES, fill
from acctplan.tables.workbooks import SHEETS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from acctplan.diagnostic import Pointer
    from acctplan.loader import Loaded
    from acctplan.tables import Source

__all__ = [
    "FIELDS",
    "Brought",
    "Cell",
    "Conflict",
    "Gone",
    "Returned",
    "Skipped",
    "Wish",
    "as_data",
    "bring_back",
    "is_ours",
    "plan_names",
    "read",
    "summary",
]

FIELDS = tuple(
    dict.fromkeys(
        column.name for sheet in SHEETS for table in TABLES if table.name == sheet.table for column in table.columns if column.field
    )
)
"""The fields that can be edited in a workbook."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a workbook brings back. Nothing is written here."""

    plans: Mapping[str, Loaded]
    """The plans that change, as they would be, by the workbook's names for them."""
    changed: tuple[Wish, ...]
    added: tuple[Wish, ...]
    same: int
    """Edited cells and new rows that the plans have already."""
    conflicts: tuple[Conflict, ...]
    skipped: tuple[Skipped, ...]
    gone: tuple[Gone, ...]
    notes: tuple[str, ...]


def plan_names(returned: Returned) -> frozenset[str]:
    """What the plans of a workbook are called in it."""
    return frozenset(plan for section in returned.sections for plan, _ in section.was)


def bring_back(returned: Returned, source: Source, preferred: Container[str] = ()) -> Brought:
    """What people edited in a workbook, made in the plans as they are now.

    Args:
        returned: the workbook.
        source: the plans, called what the workbook calls them.
        preferred: the fields in which the workbook's word goes first where both have changed.

    Raises:
        UserError: the settings have no rate for the currency of a plan.
    """
    wanted = {
        *(section.table.name for section in returned.sections),
        "solutions",
        "contacts",
        "units",
        "team",
        "competitors",
        "opportunities",
    }
    tables = {one.table.name: one for one in fill(source, [table for table in TABLES if table.name in wanted])}
    accounts = {one.name: one for one in source.accounts}
    asked = wished(returned, Now(accounts, tables), preferred)
    by_plan: dict[str, list[Wish]] = {}
    for wish in asked.wishes:
        by_plan.setdefault(wish.plan, []).append(wish)
    plans: dict[str, Loaded] = {}
    done: list[Wish] = []
    skipped = list(asked.skipped)
    for plan, wishes in by_plan.items():
        made = settled(accounts[plan].loaded, wishes, source.config)
        skipped += [Skipped(one.wish.cell, plan, f"the plan would not be right: {one.reason}", one.hint) for one in made.refused]
        if made.done:
            plans[plan] = made.loaded
            done += made.done
    return Brought(
        plans,
        tuple(wish for wish in done if not wish.is_new),
        tuple(wish for wish in done if wish.is_new),
        asked.same,
        tuple(asked.conflicts),
        tuple(skipped),
        tuple(asked.gone),
        (*returned.notes, *_days_missing(done, plans)),
    )


def _days_missing(done: Iterable[Wish], plans: Mapping[str, Loaded]) -> Iterator[str]:
    """What is done now and does not say since when. The day on which a workbook is read is not the day on which something was done."""
    for wish in done:
        entry = wish.pointer if wish.is_new else wish.pointer[:-1]
        said: Any = plans[wish.plan].read().data
        for step in entry:
            said = said.get(step, {}) if isinstance(said, dict) else {}
        is_done = wish.is_new or wish.pointer[-1] == "status"
        if is_done and isinstance(said, dict) and said.get("status") == "done" and said.get("done") is None and _has_day(entry):
            yield f"{wish.cell}: done, but not since when; say so: acctplan set {wish.plan} {format_pointer(entry)}.done DAY"


def _has_day(entry: Pointer) -> bool:
    return type_at((*entry, "done")) is date
