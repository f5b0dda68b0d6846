"""What the files of an export name, for cells that name something without saying what it is: `Regarding`, `Related To`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TypeVar

from acctplan.importers.records import NOBODY, Account, Contact, Link, Opportunity

_Record = TypeVar("_Record", Account, Contact, Opportunity)


@dataclass
class Directory:
    """Accounts, contacts and deals that were read so far, by id and by name."""

    _accounts: dict[str, set[Link]] = field(default_factory=lambda: defaultdict(set))
    """To the account itself, or that of the contact or deal."""
    _contacts: set[str] = field(default_factory=set)
    _customers: set[str] = field(default_factory=set)
    _waiting: list[Account | Contact | Opportunity] = field(default_factory=list)
    """What nobody has asked about yet: most exports have nothing that asks."""

    def add(self, record: _Record | str) -> _Record | str:
        """Take in a record, if it is one, and hand it on."""
        if not isinstance(record, str):
            self._waiting.append(record)
        return record

    def _take_in(self) -> None:
        for record in self._waiting:
            account = Link(record.id, record.name) if isinstance(record, Account) else record.account
            keys = [key.casefold() for key in (record.id, record.name) if key]
            for key in keys:
                self._accounts[key].add(account)
            if isinstance(record, Contact):
                self._contacts.update(keys)
            elif isinstance(record, Account):
                self._customers.update(keys)
        self._waiting.clear()

    def account(self, thing: Link) -> Link:
        """The account of whatever a link means: the one that it is, or that it belongs to. Nobody where that is unknown or not clear."""
        self._take_in()
        for key in filter(None, (thing.id, thing.name)):
            found = self._accounts.get(key.casefold(), set())
            if len(found) == 1:
                return next(iter(found))
        return NOBODY

    def is_contact(self, thing: Link) -> bool:
        """Whether a link means a contact, and no account of that name."""
        self._take_in()
        keys = [key.casefold() for key in (thing.id, thing.name) if key]
        return any(key in self._contacts for key in keys) and not any(key in self._customers for key in keys)
