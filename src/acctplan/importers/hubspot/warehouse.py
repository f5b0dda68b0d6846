"""What a warehouse keeps in tables of its own, and an export in columns: what belongs to what, and what a stage is called."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from acctplan.importers import texts
from acctplan.importers.records import Note, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from acctplan.importers.entities import Given


class Stage(NamedTuple):
    """A step of a pipeline."""

    label: str
    status: str | None
    """How deals in it ended; None where they did not."""


@dataclass(frozen=True)
class Warehouse:
    """The tables that say what belongs to what.

    Args:
        found: all tables that were given.
    """

    found: Sequence[Given]

    def joined(self, name: str, from_column: str, to_column: str) -> dict[str, list[str]]:
        """What each of the ones belongs to.

        Args:
            name: of the tables.
            from_column: has the id of the one.
            to_column: has the id of what it belongs to.
        """
        pairs: dict[str, list[str]] = defaultdict(list)
        for _, row in self._rows(name):
            one, other = (row(column) for column in (from_column, to_column))
            if one and other and other not in pairs[one]:
                pairs[one].append(other)
        return pairs

    def stages(self) -> dict[str, Stage]:
        """The steps of all pipelines, by id."""
        return {row("stage_id"): _stage(row) for _, row in self._rows("Pipeline stages") if row("stage_id") and row("label")}

    def kinds(self) -> dict[str, str]:
        """Whether an engagement is a call, a meeting and so on, by id."""
        return {row("id"): row("type") for _, row in self._rows("Kinds of engagements") if row("id") and row("type")}

    def unresolved(self, name: str, column: str, what: str, known: Iterable[str]) -> Iterator[Note]:
        """A note on each row that says what something belongs to that is not in these files.

        Args:
            name: of the tables.
            column: has the id.
            what: what it is the id of.
            known: the ids in these files.
        """
        ids = set(known)
        for source, row in self._rows(name):
            if row(column) not in ids:
                article = "an" if what[0] in "aeiou" else "a"
                yield Note(f"it is about {article} {what} that is not in these files; left out", f"export the {what}s as well", source)

    def _rows(self, name: str) -> Iterator[tuple[Source, _Row]]:
        for table, entity in self.found:
            if entity and entity.name == name:
                for row in table.rows:
                    cells = {column.casefold(): cell.strip() for column, cell in zip(table.columns, row.cells, strict=True)}
                    yield Source(table.name, row.number), _Row(cells)


@dataclass(frozen=True)
class _Row:
    cells: Mapping[str, str]

    def __call__(self, column: str) -> str:
        text = self.cells.get(column, "")
        return text if texts.is_value(text) else ""


def _stage(row: _Row) -> Stage:
    if _is_yes(row("closed_won")):
        return Stage(row("label"), "won")
    return Stage(row("label"), "lost" if _is_yes(row("is_closed")) else None)


def _is_yes(text: str) -> bool:
    try:
        return texts.flag(text)
    except ValueError:
        return False
