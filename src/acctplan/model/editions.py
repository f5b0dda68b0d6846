"""The customer's edition of a plan: everything internal is taken out before anything else sees it.

What stays is marked in the model, field by field; whatever has no mark is internal. Of insights, open opportunities, objectives and
their actions, and of the mutual value, only that stays which says `shared: true`; of what was agreed in a relationship meeting all but
what says `shared: false`. People, units and solutions stay where something that stays names them: whom we watch is internal too.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from acctplan.model import Plan, Section
from acctplan.model.fields import Shareable
from acctplan.model.references import Shape, references, shape

_NAMED = ("team", "units", "solutions", "contacts")
"""Sections whose entries stay where they are named."""


class Kept(NamedTuple):
    """A field that the customer's edition keeps."""

    attribute: str
    mark: Shareable
    shape: Shape


def customer_edition(plan: Plan) -> Plan:
    """A plan without anything internal. Ids of entries that were taken out are taken out of what refers to them, too."""
    entries = {section: _entries(plan, section) for section in _SECTIONS}
    kept = _section(plan, entries)
    named = {(section, reference.id) for reference in references(kept) for section in reference.sections}
    rest = {
        section: {identifier: entry for identifier, entry in getattr(kept, section).items() if (section, identifier) in named}
        for section in _NAMED
    }
    edition: Plan = _made(Plan, kept.__dict__ | rest)
    return edition


@cache
def kept_fields(section: type[Section]) -> tuple[Kept, ...]:
    """The fields of a section that the customer's edition keeps."""
    found = []
    for attribute, info in section.model_fields.items():
        marks = [mark for mark in info.metadata if isinstance(mark, Shareable)]
        if marks:
            found.append(Kept(attribute, marks[0], shape(info.annotation, info)))
    return tuple(found)


_SECTIONS = tuple(name for name, info in Plan.model_fields.items() if shape(info.annotation, info).inside is not None)


def _entries(plan: Plan, section: str) -> frozenset[str]:
    """The ids of the entries of a section that may stay."""
    marks = [kept.mark for kept in kept_fields(Plan) if kept.attribute == section]
    return frozenset(_staying(getattr(plan, section), marks[0])) if marks else frozenset()


def _staying(entries: dict[str, Any], mark: Shareable) -> dict[str, Any]:
    return {key: entry for key, entry in entries.items() if _stays(entry, mark)}


def _stays(entry: Any, mark: Shareable) -> bool:
    """Whether an entry is shared. What was won or lost is no plan any more."""
    said = getattr(entry, "shared", None)
    return (said is True or (said is None and not mark.on_request)) and getattr(entry, "is_live", True)


def _section(section: Section, entries: dict[str, frozenset[str]]) -> Any:
    values = {}
    for attribute, mark, form in kept_fields(type(section)):
        value = mark.instead if mark.instead is not None else _value(getattr(section, attribute), mark, form, entries)
        values[attribute] = value
    return _made(type(section), values)


def _value(value: Any, mark: Shareable, form: Shape, entries: dict[str, frozenset[str]]) -> Any:
    if isinstance(value, Section):
        return _section(value, entries) if _stays(value, mark) else None
    if isinstance(value, dict):
        inside = form.inside or Shape()
        return {key: _value(entry, mark, inside, entries) for key, entry in _staying(value, mark).items()}
    if isinstance(value, tuple):
        inside = form.inside or Shape()
        items = (_value(item, mark, inside, entries) for item in value)
        return tuple(item for item in items if item is not None)
    return value if not form.ref or _is_there(value, form.ref, entries) else None


def _is_there(identifier: str, sections: tuple[str, ...], entries: dict[str, frozenset[str]]) -> bool:
    # Solutions may be the book's, which no plan lists.
    return "solutions" in sections or any(identifier in entries[section] for section in sections)


def _made(section: type[Section], values: dict[str, Any]) -> Any:
    """A section of values that were validated already; the rest are its defaults."""
    made = section.__new__(section)
    fields = {
        "__dict__": _defaults(section) | values,
        "__pydantic_fields_set__": {name for name, value in values.items() if value not in (None, (), {})},
        "__pydantic_extra__": None,
        "__pydantic_private__": None,
    }
    for name, value in fields.items():  # as `model_construct` does, which works out every default anew
        object.__setattr__(made, name, value)
    return made


@cache
def _defaults(section: type[Section]) -> dict[str, Any]:
    """What the fields of a section hold where nothing is said; nothing in it is ever changed."""
    return {name: info.get_default(call_default_factory=True) for name, info in section.model_fields.items()}
