"""Plans as they would be: some of their values set to others, nothing written anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.model import Answer, Buyer, Competition, Contact, Section
from acctplan.model.opportunities import Importance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan


class Change(NamedTuple):
    """One value of a plan set to another. What it stands in is made where it is missing, as `edit.Set` makes it."""

    pointer: Pointer
    """Of a scalar in `contacts` or `opportunities`."""
    value: str | int | Decimal


def applied(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan after some changes. The values must fit their fields: nothing is checked."""
    for pointer, value in changes:
        plan = _changed(plan, pointer, 0, value)
    return plan


def _changed(inside: Any, pointer: Pointer, depth: int, value: str | int | Decimal) -> Any:
    key = pointer[depth]
    entries: Mapping[Any, Any] = inside.__dict__ if isinstance(inside, Section) else inside
    after: Any = value
    if depth < len(pointer) - 1:
        entry = entries.get(key)
        after = _changed(_empty(pointer[: depth + 1]) if entry is None else entry, pointer, depth + 1, value)
    return inside.model_copy(update={str(key): after}) if isinstance(inside, Section) else {**entries, key: after}


def _empty(pointer: Pointer) -> Section | dict[str, Any]:
    """What a change inside something that is missing begins with."""
    match pointer:
        case ("contacts", _):
            return Contact()
        case ("opportunities", _, "importance"):
            return Importance()
        case ("opportunities", _, "competition"):
            return Competition()
        case ("opportunities", _, "buying_roles", _):
            return Buyer()
        case ("opportunities", _, "scorecards", _, _):
            return Answer(answer="?")
        case _:
            return {}
