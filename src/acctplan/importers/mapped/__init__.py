"""Any CSV file or workbook, by what a book's settings say of its columns: `[import.NAME.columns]` of acctplan.toml."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from acctplan.diagnostic import closest
from acctplan.errors import UserError
from acctplan.importers import amounts, entities, tables
from acctplan.importers.entities import Given
from acctplan.importers.mapped.fields import FIELDS, SEVERAL, entity, kind_of, wanted
from acctplan.importers.mapped.proposal import SURE, Proposal, propose
from acctplan.importers.mapped.rows import Export
from acctplan.importers.mapped.settings import lines, with_mapping
from acctplan.importers.records import Importer, System, Words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from acctplan.config import Config, ImportSettings
    from acctplan.importers.records import Extract, Options
    from acctplan.importers.tables import Table

__all__ = [
    "FIELDS",
    "KEY",
    "SEVERAL",
    "SURE",
    "Proposal",
    "check_field",
    "importers",
    "kind_of",
    "lines",
    "propose",
    "there",
    "wanted",
    "with_mapping",
]

KEY = "csv"
"""What the command calls all of these together: whichever of them has the columns of a file."""
_LEAST = 2
_WORDS = Words(
    stages={
        **dict.fromkeys(("Closed Won", "Won", "Gewonnen", "Gagné", "Ganado", "Vinto"), "won"),
        **dict.fromkeys(("Closed Lost", "Lost", "Verloren", "Perdu", "Perdido", "Perso"), "lost"),
    },
    statuses={
        **dict.fromkeys(("Closed Won", "Gewonnen", "Gagné", "Ganado", "Vinto"), "won"),
        **dict.fromkeys(("Closed Lost", "Verloren", "Perdu", "Perdido", "Perso"), "lost"),
        **dict.fromkeys(("Offen", "Ouvert", "Abierto", "Aperto", "In progress"), "open"),
    },
    kinds={"New Business": "new", "Existing Business": "up_sell"},
)


def importers(config: Config, known: Container[str]) -> tuple[Importer, ...]:
    """An importer for each source that a book's settings name with its columns.

    Args:
        config: the settings.
        known: the sources that have an importer of their own; what settings say of their columns is for those.

    Raises:
        UserError: a column is said to mean something that there is not.
    """
    own = {name: each for name, each in config.imports.items() if each.columns and name not in known}
    return tuple(_importer(name, settings) for name, settings in own.items())


def check_field(field: str, where: str) -> None:
    """Make sure that there is a field.

    Raises:
        UserError: there is not.
    """
    if field not in FIELDS:
        near = closest(field, FIELDS)
        raise UserError(f"{where}: there is no field {field}", f"did you mean {near}?" if near else f"fields are {', '.join(FIELDS)}")


def _importer(name: str, settings: ImportSettings) -> Importer:
    for table, fields in (("columns", settings.columns.values()), ("constants", settings.constants)):
        for field in fields:
            check_field(field, f"acctplan.toml: import.{name}.{table}")
    system = System(name, settings.name or name, words=_WORDS)

    def identify(columns: Sequence[str], _file_name: str) -> str | None:
        known = there(settings, columns)
        return kind_of(known.values()) if len(known) >= min(_LEAST, len(settings.columns)) else None

    return Importer(system, identify, partial(_extract, system, settings))


def there(settings: ImportSettings, header: Sequence[str]) -> Mapping[str, str]:
    """The columns of a table that the settings explain, as the table spells them, and what they mean."""
    meanings = {column.casefold(): field for column, field in settings.columns.items()}
    return {column: meanings[column.casefold()] for column in header if column.casefold() in meanings}


def _extract(system: System, settings: ImportSettings, files: Sequence[tuple[str, bytes]], options: Options) -> Extract:
    read = [table for name, content in files for table in tables.read_all(name, content)]
    found = [_given(settings, table) for table in read]
    if not any(each.entity for each in found):
        raise UserError(
            f"none of these files has the columns that [import.{system.key}.columns] of acctplan.toml explains",
            f"explain those that they have: acctplan import --map FILE --as {system.key}",
        )
    export = Export(percent=_is_percent(found))
    return entities.extract(system, found, export.readers(), options)


def _given(settings: ImportSettings, table: Table) -> Given:
    columns = there(settings, table.columns)
    kind = kind_of(columns.values())
    if kind is None:
        return Given(table, None)
    constants = {f"{field} of every row": field for field in settings.constants if field not in columns.values()}
    values = tuple(settings.constants[field] for field in constants.values())
    rows = tuple(row._replace(cells=row.cells + values) for row in table.rows)
    return Given(replace(table, columns=(*table.columns, *constants), rows=rows), entity({**columns, **constants}, kind))


def _is_percent(found: Sequence[Given]) -> bool:
    """Whether some probability is above 1: then all are written as 40, not as 0.4."""
    for table, each in found:
        for column in each.columns.get("probability", ()) if each else ():
            for _, text in table.values(column):
                try:
                    if amounts.number(text, None) > 1:
                        return True
                except ValueError:
                    continue
    return False
