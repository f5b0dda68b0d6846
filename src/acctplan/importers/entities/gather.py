"""Files to records: which entity each table is of, and what its rows say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from acctplan.errors import UserError
from acctplan.importers import tables
from acctplan.importers.cells import notes_on
from acctplan.importers.entities.entity import Entity, columns_said, identify
from acctplan.importers.entities.fields import DATES, NUMBERS, Fields, Said
from acctplan.importers.reading import Reading, not_used, unused_columns, used
from acctplan.importers.records import (
    Account,
    Activity,
    AnyRecord,
    Column,
    Contact,
    Extract,
    File,
    Opportunity,
    Options,
    Role,
    StageChange,
    System,
)
from acctplan.importers.vocabulary import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from acctplan.importers.cells import Cells
    from acctplan.importers.entities.rows import Records
    from acctplan.importers.records import Kind
    from acctplan.importers.tables import Table

    Read: TypeAlias = Callable[[Fields], Records]

_Record = TypeVar("_Record", bound=AnyRecord)


class Given(NamedTuple):
    """A table that was given, or some rows of it."""

    table: Table
    entity: Entity | None
    """What it is of; None where it is none of the source's."""


def given(files: Iterable[tuple[str, bytes]], entities: Sequence[Entity], said: Mapping[str, str]) -> list[Given]:
    """The tables of some files, each with the entity that it is of.

    Args:
        files: name and content of each.
        entities: those of the source.
        said: what a column is called in the source's own English; see `columns_said`.

    Raises:
        UserError: a file cannot be read at all.
    """
    read = (table for name, content in files for table in tables.read_all(name, content))
    plain = (replace(table, columns=columns_said(table.columns, said)) for table in read)
    return [Given(table, identify(entities, table.columns)) for table in plain]


def extract(system: System, found: Sequence[Given], readers: Mapping[str, Read], options: Options) -> Extract:
    """What some tables say.

    Args:
        system: whose they are.
        found: the tables.
        readers: the name of an entity to what makes records of its rows, in the order in which they are read.
        options: how dates are written, and what day it is.

    Raises:
        UserError: dates could be read in two ways, or none of the tables is one of the source's.
    """
    if not any(each.entity and each.entity.kind for each in found):
        names = ", ".join(name.lower() if name.isascii() else name for name in readers)
        raise UserError(
            f"none of these files is a {system.name} export of {names}",
            f"export them from {system.name} as CSV or .xlsx with its own column names{_header_to_explain(system, found)}",
        )
    reading = Reading(system, options)
    gathered: list[AnyRecord] = []
    for table, _ in found:
        reading.notes.extend(notes_on(table))
    for name, read in readers.items():
        for table, entity in found:
            if entity and entity.kind and entity.name == name:
                gathered.extend(_records(reading, table, entity, entity.kind, read))
    return Extract(
        system,
        tuple(_file(system, each) for each in found),
        _of(gathered, Account),
        _of(gathered, Contact),
        _of(gathered, Opportunity),
        _of(gathered, Role),
        tuple(reading.skipped),
        tuple(dict.fromkeys(reading.notes)),  # a cell may be asked twice
        tuple(_unused(found)),
        activities=_of(gathered, Activity),
        stage_changes=_of(gathered, StageChange),
    )


def _header_to_explain(system: System, found: Sequence[Given]) -> str:
    """What to write into the settings, for the first header, where they are in another language."""
    column = next((column for column in found[0].table.columns if column), None) if found else None
    if column is None:
        return ""
    line = f'{quoted(column)} = "…"'
    return f"; are they in another language, say each in English below [import.{system.key}.columns] of acctplan.toml: {line}"


def _records(reading: Reading, table: Table, entity: Entity, kind: Kind, read: Read) -> Iterator[AnyRecord]:
    entity = entity.in_table(table.columns)
    others: list[AnyRecord] = []
    said: Said = {}

    def first(cells: Cells) -> AnyRecord | str:
        records = read(Fields(cells, entity, reading.options, said))
        if isinstance(records, str):
            return records
        others[:] = records[1:]
        return records[0]

    for record in reading.records(table, kind, first, dates=entity.meaning(DATES), numbers=entity.meaning(NUMBERS)):
        yield record
        yield from others


def _of(records: Iterable[AnyRecord], kind: type[_Record]) -> tuple[_Record, ...]:
    return tuple(record for record in records if isinstance(record, kind))


def _file(system: System, each: Given) -> File:
    if each.entity is None:
        return not_used(each.table, f"its columns are not those of a {system.name} export")
    if each.entity.kind is None:
        return not_used(each.table, each.entity.why_none)
    return used(each.table, each.entity.kind)


def _unused(found: Iterable[Given]) -> Iterator[Column]:
    """The columns that were not read; of a table that was read in parts, once."""
    filled: dict[tuple[str, str, str], int] = defaultdict(int)
    for table, entity in found:
        if entity and entity.kind:
            for column in unused_columns(table, entity.known, entity.reasons):
                filled[column.file, column.name, column.reason] += column.filled
    return (Column(file, name, count, reason) for (file, name, reason), count in filled.items())
