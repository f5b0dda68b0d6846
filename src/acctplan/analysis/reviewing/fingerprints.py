"""Fingerprints of what a plan says: the same as long as it means the same, however it is written."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from acctplan.analysis.differences.comparing import fields_of
from acctplan.model.fields import Section

if TYPE_CHECKING:
    from acctplan.analysis.differences.comparing import Form
    from acctplan.model import Plan

SCHEME = "p1"
"""Stands before each fingerprint. Another way of making them gets another name, so that two are never compared that cannot be."""
_DIGITS = 16


def fingerprint(plan: Plan) -> str:
    """The fingerprint of what a plan says, reviews left out.

    It stays the same where only comments, layout, the order of entries, the spelling of numbers or the order of ids in a list differ,
    and where a field is left out that says what is so anyway: a field that a later version of the format adds changes nothing.
    """
    said = _section(plan)
    said.pop("reviews", None)
    return of_data(said)


def of_data(said: Any) -> str:
    """The fingerprint of plain data."""
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=_scalar)
    return f"{SCHEME}-{sha256(text.encode()).hexdigest()[:_DIGITS]}"


def is_comparable(one: str) -> bool:
    """Whether a fingerprint was made in the way that they are made now."""
    return one.startswith(f"{SCHEME}-")


def _scalar(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    assert isinstance(value, date)
    return value.isoformat()


def _section(section: Section) -> dict[str, Any]:
    """What a section says: not what it leaves out, nor what would be so if it were left out."""
    fields = type(section).model_fields
    said = {}
    for attribute, name, form in fields_of(type(section)):
        value = getattr(section, attribute)
        info = fields[attribute]
        if value is not None and (info.is_required() or value != info.get_default(call_default_factory=True)):
            said[name] = _value(value, form)
    return {name: value for name, value in said.items() if value not in ({}, [])}


def _value(value: Any, form: Form) -> Any:
    inside = form.inside
    if isinstance(value, Section):
        return _section(value)
    if isinstance(value, dict):
        assert inside is not None
        return {str(key): _value(entry, inside) for key, entry in value.items()}
    if isinstance(value, tuple):
        assert inside is not None
        items = [_value(item, inside) for item in value]
        return sorted(set(items)) if form.is_set else items
    return value
