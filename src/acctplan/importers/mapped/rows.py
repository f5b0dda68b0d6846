"""A row of a table of somebody's own to records, or to the reason why it is none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from acctplan.importers.entities import rows
from acctplan.importers.mapped.fields import LINKS_ONLY
from acctplan.importers.records import Account, AnyRecord, Contact, Link, Role
from acctplan.importers.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acctplan.importers.entities import Fields
    from acctplan.importers.entities.gather import Read
    from acctplan.importers.entities.rows import Records


@dataclass
class Export:
    """What the tables of a source have named by now.

    Args:
        percent: whether probabilities are written as 40, not as 0.4.
    """

    percent: bool
    _named: set[tuple[str, ...]] = field(default_factory=set)

    def readers(self) -> Mapping[str, Read]:
        """What reads the rows of each kind, in the order in which they are read."""
        return {
            "account": self._account,
            "contact": self._contact,
            "opportunity": self._opportunity,
            "role": rows.role,
            "activity": self._activity,
        }

    def _account(self, fields: Fields) -> Records:
        account = _in_its_group(fields, rows.account(fields))
        if not isinstance(account, str):
            self._is_new(account)
        return rows.one(account)

    def _contact(self, fields: Fields) -> Records:
        contact = rows.contact(fields)
        others = list(self._also(fields))
        if isinstance(contact, str):
            return others or contact
        self._is_new(contact)
        return [contact, *others]

    def _opportunity(self, fields: Fields) -> Records:
        deal = rows.opportunity(fields, percent=self.percent)
        if isinstance(deal, str):
            return deal
        person = rows.person(fields)
        if person.is_blank:
            return [replace(deal, contact=None), *self._also(fields)]
        role = Role(fields.source, Link(deal.id, deal.name), person, fields.line("role"), account=deal.account)
        return [replace(deal, contact=person), role, *self._also(fields)]

    def _activity(self, fields: Fields) -> Records:
        person = rows.person(fields)
        records = rows.activities(fields, [] if person.is_blank else [person], fields.link("company"))
        return records if isinstance(records, str) else [*records, *self._also(fields)]

    def _also(self, fields: Fields) -> Iterator[AnyRecord]:
        """What else a row is about, if no row was before."""
        for name, other in fields.also().items():
            if not other.can_say_more_than(LINKS_ONLY[name]):
                continue
            record = _in_its_group(other, rows.account(other)) if name == "account" else rows.contact(other)
            if not isinstance(record, str) and self._is_new(record):
                yield record

    def _is_new(self, record: Account | Contact) -> bool:
        """Whether no row before was about it, by its id, or, of one without, by its name, and the e-mail of a person."""
        email = (record.email or "") if isinstance(record, Contact) else ""
        kind, named = type(record).__name__, (folded(record.name), email.casefold())
        is_new = ((kind, record.id) if record.id else (kind, *named)) not in self._named
        self._named.add((kind, *named))
        if record.id:
            self._named.add((kind, record.id))
        return is_new


def _in_its_group(fields: Fields, account: Account | str) -> Account | str:
    """An account that belongs to another is a subsidiary, unless its row says what it is."""
    parent = fields.name("parent")
    if isinstance(account, str) or parent is None:
        return account
    fields.note(f"its parent account is {parent}", "a plan of the whole group can have it as one of its units")
    return replace(account, ownership=account.ownership or "subsidiary")
