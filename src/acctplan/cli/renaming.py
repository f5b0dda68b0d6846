"""The edits that give an entry another id, there and wherever the plan refers to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_origin

from acctplan.diagnostic import format_pointer
from acctplan.edit import Rename, Set, value_at
from acctplan.errors import UserError
from acctplan.model.fields import ID_PATTERN, Section
from acctplan.model.references import references, type_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Pointer
    from acctplan.edit import Edit
    from acctplan.loader import Loaded
    from acctplan.model import Plan


def renaming(loaded: Loaded, pointer: Pointer, new: str) -> list[Edit]:
    """What to edit, in this order.

    Args:
        loaded: the plan.
        pointer: the entry.
        new: its id from now on.

    Raises:
        UserError: there is no such entry, it has no id of its own, or the new one cannot be or is taken.
    """
    data = loaded.read().data
    entries, old = value_at(data, pointer[:-1]), str(pointer[-1])
    if not isinstance(entries, dict) or old not in entries:
        raise UserError(f"{loaded.path} has no {format_pointer(pointer)}", "see acctplan show")
    if not _is_entry(pointer):
        raise UserError(f"{format_pointer(pointer)} has no id that could be another", "name an entry, such as contacts.decision-maker")
    if not re.fullmatch(ID_PATTERN, new):
        raise UserError(f"'{new}' cannot be an id", "write lower-case letters, digits and hyphens")
    if new in entries:
        raise UserError(f"there is a {format_pointer((*pointer[:-1], new))} already", "choose another id")
    if old == new:
        return []
    named = [] if loaded.plan is None else list(_references(loaded.plan, data, pointer, new))
    return [*named, Rename(pointer, new)]


def _is_entry(pointer: Pointer) -> bool:
    """Whether what stands there is an entry among others, each with an id."""
    kind = type_at(pointer)
    return get_origin(type_at(pointer[:-1])) is dict and isinstance(kind, type) and issubclass(kind, Section)


def _references(plan: Plan, data: Any, pointer: Pointer, new: str) -> Iterator[Edit]:
    """Those inside of others first: a key that has changed leads nowhere any more."""
    section, old = pointer[0], str(pointer[-1])
    if len(pointer) == 2:  # noqa: PLR2004  section and id: other entries have no ids that are referred to
        found = [one for one in references(plan) if one.id == old and section in one.sections]
        for one in sorted(found, key=lambda one: -len(one.pointer)):
            yield Set(one.pointer, new) if value_at(data, one.pointer) == old else Rename(one.pointer, new)
    place = format_pointer(pointer)
    for identifier, question in plan.questions.items():
        if question.about is not None and (question.about == place or question.about.startswith(f"{place}.")):
            yield Set(("questions", identifier, "about"), format_pointer((*pointer[:-1], new)) + question.about.removeprefix(place))
