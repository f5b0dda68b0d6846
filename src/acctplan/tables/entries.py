"""The tables of what stands in plans: a row an entry, a column a field."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from acctplan.analysis.amounts import currency_of
from acctplan.analysis.white_space import solution_names
from acctplan.diagnostic import format_pointer
from acctplan.model import Section
from acctplan.tables.base import CURRENCY, PLACE, STAMP, Column, Table
from acctplan.tables.fields import Field, fields, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.tables.base import Kind, Row, Value
    from acctplan.tables.source import Account, Source


class Key(NamedTuple):
    """A step of a way that is any key: a row for each."""

    name: str = "id"
    """The column that holds it; `id`, and what is known by its own id alone needs no other."""
    kind: Kind = "text"
    refers: str = ""


Way: TypeAlias = "tuple[str | Key, ...]"


class Found(NamedTuple):
    """An entry of a plan."""

    pointer: Pointer
    keys: dict[str, Value]
    """What stood for each `Key` of the way to it."""
    part: Any


def entry_table(name: str, help_: str, *ways: Way, money: bool = False, more: tuple[Computed, ...] = (), leaf: str = "") -> Table:
    """A table of the entries that some ways lead to.

    Args:
        name: of the table.
        help_: what its rows are.
        ways: through a plan. What they lead to is alike.
        money: whether it has amounts in the plan's currency.
        more: what is worked out for each entry.
        leaf: of entries that are a single value, the name of its column.
    """
    sample = tuple("0" if isinstance(step, Key) else step for step in ways[0])
    own = (Field(Column(leaf, "text", field=()), ()),) if leaf else fields(sample)
    named = tuple(dict.fromkeys(step for way in ways for step in way if isinstance(step, Key) and step.name != "id"))
    columns = (
        *PLACE,
        *(Column(one.name, one.kind, refers=one.refers) for one in named),
        *((CURRENCY,) if money else ()),
        *(field.column for field in own),
        *(computed.column for computed in more),
        *STAMP,
    )
    key = ("plan",) if len(ways[0]) == 1 else ("plan", "id") if ways[0][1:] == (Key(),) else ("plan", "pointer")

    def rows(source: Source) -> Iterator[Row]:
        for account in source.accounts:
            currency = (currency_of(account.plan, source.config),) if money else ()
            for way in ways:
                for found in _follow(Found((), {}, account.plan), way):
                    place = _place(account, found.pointer)
                    keyed = (found.keys.get(one.name) for one in named)
                    worked_out = (computed.value(source, account, found) for computed in more)
                    yield (*place, *keyed, *currency, *values(found.part, own), *worked_out)

    return Table(name, help_, columns, key, rows)


class Computed(NamedTuple):
    """A column of what is worked out for an entry."""

    column: Column
    value: Callable[[Source, Account, Found], Value]


def _place(account: Account, pointer: Pointer) -> Row:
    identifier = account.name if pointer == ("profile",) else str(pointer[-1])
    return account.name, account.plan.profile.name, identifier, format_pointer(pointer)


def _follow(found: Found, way: Way) -> Iterator[Found]:
    """Every entry that a way leads to."""
    if not way:
        yield found
        return
    step, rest = way[0], way[1:]
    for key, name, part in _inside(found.part, step):
        keys = found.keys | ({step.name: key} if isinstance(step, Key) else {})
        yield from _follow(Found((*found.pointer, name), keys, part), rest)


def _inside(part: Any, step: str | Key) -> Iterator[tuple[Value, str | int, Any]]:
    """What one step leads to: the key, how it is written in a pointer, and what stands there."""
    if isinstance(step, Key):
        if isinstance(part, tuple):
            yield from ((position + 1, position, inside) for position, inside in enumerate(part))
        else:
            yield from ((key, key.isoformat() if isinstance(key, date) else key, inside) for key, inside in part.items())
    elif isinstance(part, Section) and (inside := getattr(part, step)) is not None:
        yield step, step, inside


def solutions(source: Source) -> Iterator[Row]:
    """What could be sold to each account. The book's solutions have no pointer: they stand in its settings."""
    for account in source.accounts:
        for identifier, name in solution_names(account.plan, source.config).items():
            own = account.plan.solutions.get(identifier)
            pointer = format_pointer(("solutions", identifier)) if own else None
            yield account.name, account.plan.profile.name, identifier, pointer, name, own.notes if own else None
