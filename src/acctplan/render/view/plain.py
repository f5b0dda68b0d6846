"""A view as plain data, so that a template has nothing to reach further from."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from acctplan.render.view import PlanView
    from acctplan.render.view.customer import CustomerView
    from acctplan.render.view.standing import Standing

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"


def plain(view: PlanView | CustomerView | Standing) -> dict[str, Plain]:
    """The view as mappings, lists, text and numbers, fit for JSON. Amounts and shares are text such as `1250.50`, dates ISO 8601.

    What its pictures are drawn from is left out.
    """
    return {field.name: _plain(getattr(view, field.name)) for field in fields(view) if field.name != "charts"}


def _fields(section: Any) -> dict[str, Plain]:
    """Of a frozen dataclass; anything else is a bug, and a TypeError."""
    return {field.name: _plain(getattr(section, field.name)) for field in fields(section)}


def _plain(value: object) -> Plain:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return _fields(value)
