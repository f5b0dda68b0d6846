"""Salesforce's exports: CSV files with API names (Data Loader, Data Export, SFDMU), reports, trees of JSON, and tables of warehouses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.errors import UserError
from acctplan.importers import entities, tables
from acctplan.importers.entities import Given
from acctplan.importers.records import Importer, System
from acctplan.importers.salesforce import ids, tree
from acctplan.importers.salesforce.objects import OBJECTS
from acctplan.importers.salesforce.relations import expanded
from acctplan.importers.salesforce.rows import Export
from acctplan.importers.salesforce.telling import identify
from acctplan.importers.salesforce.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.importers.records import Extract, Options

__all__ = ["IMPORTER", "SYSTEM", "extract", "identify"]


def extract(files: Sequence[tuple[str, bytes]], options: Options) -> Extract:
    """What some files of an export say.

    Args:
        files: name and content of each.
        options: how dates are written, and what day it is.

    Raises:
        UserError: a file cannot be read at all, dates could be read in two ways, or there is nothing here to import.
    """
    trees = [(name, content) for name, content in files if tree.sniff(name, content)]
    read = (expanded(table) for name, content in files if (name, content) not in trees for table in tables.read_all(name, content))
    found = [Given(table, _entity(table)) for table in read] + tree.given(trees)
    if not any(each.entity and each.entity.kind for each in found):
        raise UserError(
            "none of these files is a Salesforce export of accounts, contacts, opportunities, contact roles or activities",
            "export them as CSV with the API names as columns (Id, AccountId, StageName, ...), as a report, or with sf data export tree",
        )
    export = Export(found)
    return export.noting_lost_zeros(entities.extract(SYSTEM, export.found, export.readers(), options))


def _entity(table: tables.Table) -> entities.Entity | None:
    name = identify(table.columns, f"{table.name}, sheet {table.sheet}" if table.sheet else table.name)
    return None if name is None else OBJECTS[name]


SYSTEM = System("salesforce", "Salesforce", ids.id_key, WORDS)
IMPORTER = Importer(SYSTEM, identify, extract, tree.sniff)
