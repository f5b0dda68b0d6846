"""The columns of a part of a plan, read off the model: a new field needs no code here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_origin

from acctplan.model import Section
from acctplan.model.references import shape, type_at
from acctplan.tables.base import SEPARATOR, Column

if TYPE_CHECKING:
    from acctplan.diagnostic import Pointer
    from acctplan.tables.base import Kind, Row, Value

_KINDS: dict[Any, Kind] = {str: "text", Decimal: "decimal", int: "integer", date: "date", bool: "boolean"}


class Field(NamedTuple):
    """A field with a column of its own."""

    column: Column
    attributes: tuple[str, ...]
    """The way to it from the part of the plan that a row is."""


@cache
def fields(place: Pointer) -> tuple[Field, ...]:
    """The fields of the part of a plan at a place, those of parts inside too. Left out: what has a table of its own.

    Args:
        place: a pointer to such a part, whatever its keys.
    """
    return tuple(_fields(place, (), ()))


def _fields(place: Pointer, way: Pointer, attributes: tuple[str, ...]) -> list[Field]:
    section = type_at((*place, *way))
    found = []
    for attribute, info in section.model_fields.items():
        name = info.alias or attribute
        further, path = (*way, name), (*attributes, attribute)
        inside = type_at((*place, *further))
        form = shape(info.annotation, info)
        if isinstance(inside, type) and issubclass(inside, Section):
            found += _fields(place, further, path)
        elif (kind := _kind(inside)) is not None:
            refers = form.ref[0] if len(form.ref) == 1 else ""
            found.append(Field(Column(_name(further), kind, info.description or "", further, refers), path))
        elif get_origin(inside) is tuple and lists_ids(place, further):
            found.append(Field(Column(_name(further), "text", info.description or "", further, is_list=True), path))
    return found


def _name(way: Pointer) -> str:
    """What a column of a field is called. `with` alone is a word of SQL's own."""
    name = "_".join(map(str, way))
    return "with_whom" if name == "with" else name


def _kind(kind: Any) -> Kind | None:
    return "text" if get_origin(kind) is Literal else _KINDS.get(kind)


def lists_ids(place: Pointer, way: Pointer) -> bool:
    """Whether a list holds ids or choices; else it holds words, or parts of the plan."""
    item = type_at((*place, *way, 0))
    if get_origin(item) is Literal:
        return True
    *above, last = way
    section = type_at((*place, *above))
    info = next(info for attribute, info in section.model_fields.items() if (info.alias or attribute) == last)
    inside = shape(info.annotation, info).inside
    return item is str and inside is not None and bool(inside.ref)


def values(part: Any, columns: tuple[Field, ...]) -> Row:
    """What a part of a plan says in its columns."""
    return tuple(_value(part, field) for field in columns)


def _value(part: Any, field: Field) -> Value:
    for attribute in field.attributes:
        if part is None:
            return None
        part = getattr(part, attribute)
    if field.column.is_list:
        return SEPARATOR.join(part) or None if part is not None else None
    value: Value = part
    return value
