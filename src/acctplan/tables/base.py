"""What a table is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from acctplan.diagnostic import Pointer
    from acctplan.tables.source import Source

Kind: TypeAlias = Literal["text", "decimal", "integer", "date", "boolean"]
Value: TypeAlias = str | Decimal | int | date | bool | None
"""What a cell holds. None: the plan says nothing, or it is unknown."""
Row: TypeAlias = tuple[Value, ...]


class Column(NamedTuple):
    """A column of a table."""

    name: str
    """Lower-case letters, digits and `_`."""
    kind: Kind
    help: str = ""
    """What it holds, in a sentence or less; empty where the name says it."""
    field: Pointer | None = None
    """Of what stands in the plan: the way to it from the row's pointer. None: it is worked out, or says where the row belongs."""
    refers: str = ""
    """Of an id: the table whose row with that id, in the same plan, is meant."""
    is_list: bool = False
    """Whether it holds several ids or choices, joined by `SEPARATOR`."""


SEPARATOR = ", "
"""Between the ids of a list: no id has a comma."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what its rows are, and how they are found."""

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The columns that tell its rows apart."""
    rows: Callable[[Source], Iterable[Row]]
    """Its rows, a value for each column but those of `STAMP`."""


class Filled(NamedTuple):
    """A table with its rows."""

    table: Table
    rows: tuple[Row, ...]


PLACE = (
    Column("plan", "text", "The plan's name.", refers="accounts"),
    Column("account", "text", "The customer's name."),
    Column("id", "text", "What the plan calls it: the last part of the pointer."),
    Column("pointer", "text", "Where it stands in the plan."),
)
"""What each row begins with."""
STAMP = (
    Column("exported_on", "date", "The day as of which this was exported."),
    Column("revision", "text", "The commit that was exported; empty outside of git."),
    Column("is_changed", "boolean", "Whether plans had changed since that commit."),
)
"""What each row ends with, so that later exports can be put below earlier ones."""
CURRENCY = Column("currency", "text", "What the amounts are in.")


def exact(number: float | None) -> Decimal | None:
    """A number that was worked out, in six digits after the point."""
    return None if number is None else Decimal(f"{number:.6f}")
