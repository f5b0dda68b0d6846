"""What every importer of tables does: rows to records, with each row that is none accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from acctplan.importers import amounts, texts
from acctplan.importers.cells import Cells, date_orders
from acctplan.importers.records import AnyRecord, Column, File, Note, Role, Skipped, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from acctplan.importers.records import Kind, Options, System
    from acctplan.importers.tables import Table

_Record = TypeVar("_Record", bound=AnyRecord)


@dataclass
class Reading:
    """What has been read of an export so far.

    Args:
        system: where it comes from.
        options: how dates are written, and what day it is.
    """

    system: System
    options: Options
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    _seen: dict[tuple[Kind, str], Source] = field(default_factory=dict)

    def records(
        self,
        table: Table,
        kind: Kind,
        read: Callable[[Cells], _Record | str],
        *,
        dates: Iterable[str] = (),
        numbers: Iterable[str] = (),
    ) -> Iterator[_Record]:
        """The records of a table.

        Args:
            table: whose rows are about one kind of thing.
            kind: which.
            read: a row to a record, or to the reason why it is none (`it has no name`). A second row of an id is skipped here.
            dates: the columns in which day, month and year may stand in several orders.
            numbers: the columns in which a comma may mean thousands or decimals.

        Raises:
            UserError: dates could be read in two ways.
        """
        self.skipped.extend(Skipped(Source(table.name, bad.number), kind, bad.reason) for bad in table.bad)
        orders, decided = date_orders(table, tuple(dates), self.options)
        self.notes.extend(decided)
        marks = {column: amounts.decimal_mark({text for _, text in table.values(column)}) for column in numbers}
        for place, row in enumerate(table.rows):
            cells = Cells(table, row, orders, marks, self.notes, place)
            record = read(cells)
            reason = record if isinstance(record, str) else self._again(kind, record)
            if reason:
                self.skipped.append(Skipped(cells.source, kind, reason))
            elif not isinstance(record, str):
                yield record

    def _again(self, kind: Kind, record: AnyRecord) -> str:
        """Why a record is one too many: its id was there."""
        crm_id = getattr(record, "id", None)
        if not crm_id or isinstance(record, Role):
            return ""
        first = self._seen.setdefault((kind, self.system.id_key(crm_id)), record.source)
        return "" if first == record.source else f"its id stands in {first.file}, row {first.row} already"


def used(table: Table, kind: Kind) -> File:
    """A file whose rows were read."""
    return File(table.name, len(table.rows) + len(table.bad), table.blank, kind)


def not_used(table: Table, reason: str) -> File:
    """A file that was left out, and why."""
    return File(table.name, len(table.rows) + len(table.bad), table.blank, None, reason)


def unused_columns(table: Table, known: Iterable[str], reasons: Mapping[str, str] | None = None) -> Iterator[Column]:
    """The columns that hold something and were not read.

    Args:
        table: one that was read.
        known: the columns that were, in any case.
        reasons: why not, where there is more to say than that a plan has no place for it.
    """
    read = {column.casefold() for column in known}
    why = {column.casefold(): reason for column, reason in (reasons or {}).items()}
    for position, column in enumerate(table.columns):
        if column.casefold() in read:
            continue
        said = Counter([row.cells[position] for row in table.rows])
        filled = sum(count for text, count in said.items() if texts.is_value(text))
        if filled:
            shown = column or f"(column {position + 1}, without a name)"
            yield Column(table.name, shown, filled, why.get(column.casefold(), ""))
