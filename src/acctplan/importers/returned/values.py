"""What stands in a cell as a value of its column, and whether two values are the same."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from acctplan.importers import amounts, days
from acctplan.model.references import type_at
from acctplan.tables import SEPARATOR, from_text, to_text
from acctplan.tables.workbooks import NO, YES, held

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from acctplan.diagnostic import Pointer
    from acctplan.importers.returned.workbook import Raw
    from acctplan.tables import Column, Kind, Value

_PER_CENT = 100


def value(cell: Raw, column: Column) -> Value:
    """The value of a cell, which may have been typed by hand: a day as text, `40 %`, `1.200,50`. None where it holds nothing.

    Raises:
        ValueError: it is none of the column's kind; the message goes on from the column's name.
    """
    if isinstance(cell, str):
        cell = cell.strip()
        if not cell:
            return None
    return _READ[column.kind](cell)


def _text(cell: Raw) -> str:
    if isinstance(cell, str):
        return held(cell)
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute or cell.second) else cell.isoformat(" ", "seconds")
    return str(cell)


def _decimal(cell: Raw) -> Decimal:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise ValueError("is not a number")  # noqa: TRY004  what is typed is at fault, not the code
    if isinstance(cell, str):
        if cell.endswith("%"):
            return (amounts.number(cell.removesuffix("%"), ".") / _PER_CENT).normalize()
        plain = cell.replace("_", "")
        try:  # as this program writes numbers that a spreadsheet cannot hold, with all their digits
            return Decimal(plain) if plain.lstrip("-").replace(".", "", 1).isdigit() else amounts.number(cell)
        except ArithmeticError:
            raise ValueError("is not a number") from None
    number = Decimal(repr(cell))
    if not number.is_finite():
        raise ValueError("is not a number")
    return Decimal(int(number)) if number == number.to_integral_value() else number


def _integer(cell: Raw) -> int:
    number = _decimal(cell)
    if number != number.to_integral_value():
        raise ValueError("is not a whole number")
    return int(number)


def _day(cell: Raw) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if len(days.possible_orders(text)) > 1:
        raise ValueError("is a date that can be read in two ways; write 2026-12-31")
    return days.day(text)


def _flag(cell: Raw) -> bool:
    said = {YES: True, "true": True, "1": True, "y": True, NO: False, "false": False, "0": False, "n": False}.get(_text(cell).casefold())
    if said is None:
        raise ValueError(f"is neither {YES} nor {NO}")
    return said


_READ: Mapping[Kind, Callable[[Raw], Value]] = {"text": _text, "decimal": _decimal, "integer": _integer, "date": _day, "boolean": _flag}


def chosen(said: Value, pointer: Pointer) -> Value:
    """One of the choices of a field, or several of a list, as the plan writes them: `In depth` is `in_depth`.

    Args:
        said: what a cell says.
        pointer: of the field.

    Returns:
        What was said where the field has no choices; of a list each that is none of them as it was said.
    """
    kind = type_at(pointer)
    if get_origin(kind) is tuple:
        return said if said is None else SEPARATOR.join(_choice(one, get_args(kind)[0]) for one in ids(said))
    return _choice(said, kind) if isinstance(said, str) else said


def _choice(said: str, kind: object) -> str:
    words = get_args(kind) if get_origin(kind) is Literal else ()
    return next((word for word in words if isinstance(word, str) and _bare(word) == _bare(said)), said)


def _bare(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter not in " _-")


def remembered(text: str, column: Column) -> Value:
    """The value of what the hidden sheet says."""
    return from_text(text, column.kind)


def is_same(one: Value, other: Value, column: Column) -> bool:
    """Whether two values say the same: numbers by what they are worth, texts as a cell holds them."""
    if one is None or other is None:
        return one is other
    if column.is_list:
        return ids(one) == ids(other)
    if isinstance(one, str) and isinstance(other, str):
        return held(one).strip() == held(other).strip()
    return one == other


def ids(listed: Value) -> list[str]:
    """The ids or choices of a list."""
    return [one.strip() for one in str(listed or "").replace("\n", ",").split(SEPARATOR.strip()) if one.strip()]


def is_held(there: Value) -> bool:
    """Whether a cell holds all of a value: a longer text is cut, and characters that it has no place for are gone."""
    return not isinstance(there, str) or held(there) == there


def shown(there: Value) -> str | None:
    """A value as it is told; None where there is none."""
    return None if there is None else to_text(there)
