"""From the plans that somebody named to what tables are filled from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from acctplan.book.git import changed_since, version
from acctplan.cli import console
from acctplan.config import FILE_NAME
from acctplan.errors import UserError
from acctplan.tables import TABLES, Account, Filled, Source, Stamp, Table, fill

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from acctplan.cli.export.plans import Gathered


def source(gathered: Gathered, today: date) -> Source:
    """What tables are filled from. A plan is called by the name of its file or, where two have the same, by its path in the book."""
    names = Counter(one.path.stem for one in gathered.plans)
    accounts = [Account(one.path.stem if names[one.path.stem] == 1 else one.name, one.loaded, one.plan) for one in gathered.plans]
    return Source(accounts, gathered.book.config, _stamp(gathered, today))


def _stamp(gathered: Gathered, today: date) -> Stamp:
    """Which state of the plans this is, as far as git knows."""
    root = gathered.book.root
    try:
        commit = version(root, "HEAD").commit
        changed = changed_since(root, commit)
    except UserError:  # no git, no repository, or nothing committed
        return Stamp(today, None, None)
    relevant = {root / FILE_NAME, *(Path(one.path).absolute() for one in gathered.plans)}
    return Stamp(today, commit, not changed.isdisjoint(relevant))


def filled(exported: Source, tables: Iterable[Table] = TABLES) -> list[Filled]:
    """Tables with their rows. People are told how far it is."""
    chosen = list(tables)
    with console.progress("filling tables", len(chosen)) as step:
        return list(fill(exported, chosen, step))


def table_named(name: str) -> Table:
    """The table that somebody named.

    Raises:
        UserError: there is none of that name.
    """
    from acctplan.diagnostic import closest

    tables = {table.name: table for table in TABLES}
    if name in tables:
        return tables[name]
    near = closest(name, tables)
    raise UserError(f"no table '{name}'", f"did you mean {near}?" if near else f"one of {', '.join(tables)}")
