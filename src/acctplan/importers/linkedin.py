"""LinkedIn's list of connections (Connections.csv): whom we know at the companies of the book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from acctplan.errors import UserError
from acctplan.importers import tables
from acctplan.importers.cells import notes_on
from acctplan.importers.reading import Reading, not_used, unused_columns, used
from acctplan.importers.records import Contact, Extract, Importer, Link, System

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.importers.cells import Cells
    from acctplan.importers.records import Options
    from acctplan.importers.tables import Table

__all__ = ["IMPORTER", "SYSTEM", "extract", "identify"]

_NAMES = ("First Name", "Last Name")
_NEEDS = frozenset(("first name", "last name", "company", "position", "connected on"))
_USED = (*_NAMES, "Email Address", "Company", "Position")
_REASONS = {
    "Connected On": "it says since when you are connected, not when you last spoke",
    "URL": "a contact has no place for a web address",
}


def identify(columns: Sequence[str], file_name: str) -> str | None:
    """`Connections` where a table has their columns, in whichever order."""
    del file_name
    return "Connections" if {column.casefold() for column in columns} >= _NEEDS else None


def extract(files: Sequence[tuple[str, bytes]], options: Options) -> Extract:
    """What some lists of connections say.

    Args:
        files: name and content of each.
        options: what day it is.

    Raises:
        UserError: a file cannot be read at all, or none of them is a list of connections.
    """
    found = [(table, identify(table.columns, table.name)) for name, content in files for table in tables.read_all(name, content)]
    lists = [table for table, what in found if what]
    if not lists:
        raise UserError(
            "none of these files is LinkedIn's list of connections",
            "LinkedIn, Settings, Data privacy, Get a copy of your data: Connections; the file is Connections.csv",
        )
    reading = Reading(SYSTEM, options)
    contacts: list[Contact] = []
    for table in lists:
        reading.notes.extend(notes_on(_without_preamble(table)))
        contacts.extend(reading.records(table, "contact", _contact))
    return Extract(
        SYSTEM,
        files=tuple(used(table, "contact") if what else not_used(table, "it is no list of connections") for table, what in found),
        contacts=tuple(contacts),
        skipped=tuple(reading.skipped),
        notes=tuple(reading.notes),
        unused=tuple(column for table in lists for column in unused_columns(table, _USED, _REASONS)),
    )


def _without_preamble(table: Table) -> Table:
    """A table without what LinkedIn writes above every header: there is nothing to say about it."""
    first = table.rows[0].number if table.rows else 0
    return replace(table, asides=tuple(aside for aside in table.asides if aside.number > first))


def _contact(row: Cells) -> Contact | str:
    name = " ".join(filter(None, map(row.name, _NAMES)))
    if not name:
        return "it has no name"
    company = row.name("Company")
    if company is None:
        return "it names no company"  # and so is nobody's, whichever plan was asked for
    return Contact(row.source, name, account=Link(name=company), title=row.line("Position"), email=row.line("Email Address"))


SYSTEM = System("linkedin", "LinkedIn", accounts_in="")
IMPORTER = Importer(SYSTEM, identify, extract)
