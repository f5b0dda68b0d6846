"""One kind of rows of a source: what tells its tables, and what their columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from acctplan.importers.records import Kind


@dataclass(frozen=True)
class Entity:
    """One kind of rows. Columns are matched without regard to capitals."""

    name: str
    """What the source calls them: `Companies`."""
    kind: Kind | None
    """None: they are no records; see `why_none`."""
    columns: Mapping[str, tuple[str, ...]]
    """What it means, to the columns that say it; the first of them that says something counts."""
    telling: tuple[tuple[str, ...], ...]
    """Its tables have a column of each of these."""
    never: tuple[str, ...] = ()
    """And none of these."""
    separator: str = ""
    """What stands between several things in a cell that links; empty: there is one."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a column is not used, where there is more to say than that a plan has no place for it."""

    why_none: str = ""
    """Why its rows are no records: they only say what belongs to what, and that goes into the records of other tables."""
    also: tuple[Entity, ...] = ()
    """What else its rows may be about, in columns of their own."""

    @property
    def known(self) -> frozenset[str]:
        """Every column that is read."""
        return frozenset(column for each in (self, *self.also) for columns in each.columns.values() for column in columns)

    def reading(self, columns: Mapping[str, tuple[str, ...]]) -> Entity:
        """The same, with other columns for some of what it means."""
        return replace(self, columns={**self.columns, **columns})

    def in_table(self, header: Iterable[str]) -> Entity:
        """The same, with those columns only that a table has."""
        have = {column.casefold() for column in header}
        there = {what: tuple(one for one in columns if one.casefold() in have) for what, columns in self.columns.items()}
        return replace(self, columns=there, also=tuple(each.in_table(have) for each in self.also))

    def meaning(self, whats: Iterable[str]) -> list[str]:
        """The columns that mean one of some things, here or in what else its rows are about."""
        wanted = set(whats)
        found = (one for each in (self, *self.also) for what, columns in each.columns.items() if what in wanted for one in columns)
        return list(dict.fromkeys(found))

    def has(self, columns: Iterable[str]) -> bool:
        """Whether these are the columns of one of its tables."""
        have = {column.casefold() for column in columns}
        return all(any(one.casefold() in have for one in group) for group in self.telling) and not any(
            one.casefold() in have for one in self.never
        )


def identify(entities: Iterable[Entity], columns: Sequence[str]) -> Entity | None:
    """The first of some entities that a header is of; None where it is of none."""
    return next((each for each in entities if each.has(columns)), None)


def names_of(entities: Sequence[Entity]) -> Callable[[Sequence[str], str], str | None]:
    """What an importer identifies its tables with: columns and file name to the name of the entity that they are of."""

    def name(columns: Sequence[str], _file_name: str) -> str | None:
        found = identify(entities, columns_said(columns, {}))
        return None if found is None else found.name

    return name


def columns_said(header: Sequence[str], said: Mapping[str, str]) -> tuple[str, ...]:
    """A header in the source's own English, without the stars that mark what is required.

    Args:
        header: as it stands in the file.
        said: what a column of the file is called in English, for headers in another language or with names of one's own.
    """
    known = {_plain(column).casefold(): meaning for column, meaning in said.items()}
    return tuple(known.get(_plain(column).casefold(), _plain(column)) for column in header)


def _plain(column: str) -> str:
    return " ".join(column.replace("*", " ").split())
