"""Rows of one source that are surely about the same person, taken together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.importers.matching import forms
from acctplan.importers.records import Contact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from acctplan.importers.records import Source

_TWO = 2


class Double(NamedTuple):
    """A row about somebody whom an earlier row is about."""

    record: Contact
    first: Source
    """Of the earlier row."""


def taken_together(contacts: Sequence[Contact], id_key: Callable[[str], str]) -> tuple[list[Contact], list[Double]]:
    """The people of one account, each once as far as that is sure: the first row of each, with what only later rows say of them.

    Rows are of one person if the names are one and so are the e-mails; or if the names are one, no other row has them, and nothing of
    the two speaks against it while an e-mail or an id of one of them is missing on the other.

    Args:
        contacts: in the order of the files. Two rows never have the same id.
        id_key: what counts of an id.

    Returns:
        The people, in that order, and the rows that were taken together with an earlier one.
    """
    merged: dict[int, Contact] = {}
    doubles: list[Double] = []
    for places in _namesakes(contacts):
        for one, *others in _people([(place, contacts[place]) for place in places], id_key):
            place, first = one
            merged[place] = _filled([first, *(other for _, other in others)])
            doubles.extend(Double(other, first.source) for _, other in others)
    return [merged[place] for place in sorted(merged)], doubles


def _namesakes(contacts: Sequence[Contact]) -> list[list[int]]:
    """The places of the rows whose names are one."""
    groups: dict[str, list[int]] = {}
    found: list[list[int]] = []
    for place, contact in enumerate(contacts):
        known = forms(contact.name, "person")
        group = next((groups[form] for form in known if form in groups), [])
        if not group:
            found.append(group)
        group.append(place)
        for form in filter(None, known):
            groups.setdefault(form, group)
    return found


def _people(rows: list[tuple[int, Contact]], id_key: Callable[[str], str]) -> list[list[tuple[int, Contact]]]:
    """Rows of one name, by person."""
    by_email: dict[str, list[tuple[int, Contact]]] = defaultdict(list)
    people = []
    for row in rows:
        if email := (row[1].email or "").strip().casefold():
            by_email[email].append(row)
        else:
            people.append([row])
    for several in by_email.values():
        is_one = len(_ids(several, id_key)) <= 1
        people.extend([several] if is_one else [[row] for row in several])
    ids = _ids(rows, id_key)
    is_clear = len(people) <= _TWO and len(by_email) <= 1 and len(ids) <= 1 and (by_email or ids)
    return [rows] if is_clear else people


def _ids(rows: list[tuple[int, Contact]], id_key: Callable[[str], str]) -> set[str]:
    return {id_key(contact.id) for _, contact in rows if contact.id}


def _filled(contacts: list[Contact]) -> Contact:
    """The first, with what only the others say. Of the days of the last contact the latest is right."""
    first, *others = contacts
    said: dict[str, Any] = {
        each.name: next((value for other in others if (value := getattr(other, each.name)) is not None), None)
        for each in fields(Contact)
        if others and getattr(first, each.name) is None
    }
    said["last_contact"] = max((contact.last_contact for contact in contacts if contact.last_contact is not None), default=None)
    return replace(first, **said) if others else first
