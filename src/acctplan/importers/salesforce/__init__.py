"""Salesforce's own exports: CSV files with API names (Data Loader, Data Export, `sf data export`), one file an object."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from acctplan.errors import UserError
from acctplan.importers import amounts, tables, texts
from acctplan.importers.cells import Cells, date_orders
from acctplan.importers.records import AnyRecord, Column, Extract, File, Importer, Kind, Note, Options, Skipped, Source, System
from acctplan.importers.salesforce import ids, rows
from acctplan.importers.salesforce.objects import DATES, NAMED, NUMBERS, Object, folded, identify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["IMPORTER", "SYSTEM", "extract", "identify"]

_Record = TypeVar("_Record", bound=AnyRecord)
_Read: TypeAlias = "Callable[[Cells, str], _Record | str]"
"""A row and its id to a record, or to the reason why it is none."""


@dataclass
class _Export:
    """What has been read so far."""

    options: Options
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    seen: dict[tuple[Kind, str], Source] = field(default_factory=dict)

    def records(self, found: Sequence[tuple[Object, tables.Table]], kind: Kind, read: _Read[_Record]) -> Iterator[_Record]:
        """The records of one kind, of whichever files hold them."""
        for about, table in found:
            if about.kind != kind:
                continue
            self.skipped.extend(Skipped(Source(table.name, bad.number), kind, bad.reason) for bad in table.bad)
            orders, decided = date_orders(table, [column for column in DATES if column in about.used], self.options)
            self.notes.extend(decided)
            marks = {column: amounts.decimal_mark(text for _, text in table.values(column)) for column in NUMBERS}
            for row in table.rows:
                record = self._record(Cells(table, row, orders, marks, self.notes), kind, read)
                if isinstance(record, str):
                    self.skipped.append(Skipped(Source(table.name, row.number), kind, record))
                else:
                    yield record

    def _record(self, cells: Cells, kind: Kind, read: _Read[_Record]) -> _Record | str:
        if cells.flag("IsDeleted"):
            return "it is deleted in Salesforce"
        crm_id = cells.raw("Id").strip()
        if not crm_id and kind == "role":  # some exports leave it out, and nothing refers to it
            return read(cells, "")
        if not ids.PATTERN.match(crm_id):
            return "its Id is not a Salesforce id (15 or 18 letters and digits)"
        if first := self.seen.get((kind, ids.id_key(crm_id))):
            return f"its Id stands in {first.file}, row {first.row} already"
        self.seen[kind, ids.id_key(crm_id)] = cells.source
        long = ids.id_key(crm_id) + ids.check_letters(crm_id)
        if len(crm_id) > ids.SHORT and crm_id != long:
            cells.note(
                "the last three letters of Id do not fit the others; it was taken as it is",
                "the file may have lost capitals and small letters: export it again",
            )
            long = crm_id
        return read(cells, long)


def extract(files: Sequence[tuple[str, bytes]], options: Options) -> Extract:
    """What some files of an export say.

    Args:
        files: name and content of each.
        options: how dates are written, and what day it is.

    Raises:
        UserError: a file cannot be read at all, dates could be read in two ways, or there is nothing here to import.
    """
    read = [tables.read(name, content) for name, content in files]
    named = [(table, identify(table.columns, table.name)) for table in read]
    found = [(NAMED[name], table) for table, name in named if name is not None]
    if not found:
        raise UserError(
            "none of these files is a Salesforce export of accounts, contacts, opportunities or contact roles",
            "export them as CSV with the API names as columns: Id, AccountId, StageName, ...",
        )
    export = _Export(options)
    accounts = tuple(export.records(found, "account", rows.account))
    contacts = tuple(export.records(found, "contact", lambda cells, crm_id: rows.contact(cells, crm_id, options)))
    opportunities = tuple(export.records(found, "opportunity", rows.opportunity))
    roles = tuple(export.records(found, "role", rows.role))
    return Extract(
        SYSTEM,
        tuple(_file(table, name) for table, name in named),
        accounts,
        contacts,
        opportunities,
        roles,
        tuple(export.skipped),
        tuple(export.notes),
        tuple(column for about, table in found for column in _unused(about, table)),
    )


def _file(table: tables.Table, name: str | None) -> File:
    count = len(table.rows) + len(table.bad)
    if name is not None:
        return File(table.name, count, table.blank, NAMED[name].kind)
    reason = f"its columns are not those of {', '.join(list(NAMED)[:-1])} or {list(NAMED)[-1]}"
    return File(table.name, count, table.blank, None, reason)


def _unused(about: Object, table: tables.Table) -> Iterator[Column]:
    used = folded(about.used)
    reasons = {column.casefold(): reason for column, reason in about.reasons.items()}
    for position, column in enumerate(table.columns):
        filled = sum(1 for row in table.rows if texts.is_value(row.cells[position]))
        if filled and column.casefold() not in used:
            shown = column or f"(column {position + 1}, without a name)"
            yield Column(table.name, shown, filled, reasons.get(column.casefold(), ""))


SYSTEM = System("salesforce", "Salesforce", ids.id_key)
IMPORTER = Importer(SYSTEM, identify, extract)
