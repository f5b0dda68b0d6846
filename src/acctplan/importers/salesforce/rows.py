"""A row of Salesforce's to records, or to the reason why it is none."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from acctplan.importers import texts
from acctplan.importers.entities import Directory, Given, rows
from acctplan.importers.records import (
    NOBODY,
    Account,
    Activity,
    AnyRecord,
    Contact,
    Extract,
    Link,
    Note,
    Opportunity,
    Role,
    StageChange,
)
from acctplan.importers.salesforce import ids
from acctplan.importers.salesforce.objects import LINKS_ONLY, OWNERS
from acctplan.importers.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from acctplan.importers.entities import Fields
    from acctplan.importers.entities.gather import Read
    from acctplan.importers.entities.rows import Records
    from acctplan.importers.tables import Row, Table

_Named = TypeVar("_Named", Account, Contact, Opportunity)
_WON, _LOST = "closedwon", "closedlost"
_COMPLETED = frozenset(("completed", "closed", "done", "abgeschlossen", "erledigt", "terminé", "completado", "voltooid"))
_TALKS = frozenset(("call", "email", "meeting", "anruf", "besprechung", "appel"))
"""What a task without a type may have for its subject, that says somebody was in touch."""
_LEADS = "00Q"


class Export:
    """What one table of an export takes from another.

    Args:
        found: all tables that were given.
    """

    def __init__(self, found: Sequence[Given]) -> None:
        self._named = Directory()
        self._users = _named(found, "User")
        self._seen: dict[tuple[Hashable, ...], int] = {}
        self._given = found
        self.found = list(found) if self._users else [_without_owners(each) for each in found]

    @cached_property
    def _accounts(self) -> Mapping[str, Link]:
        """What accounts are called, those included that no row was read of so far."""
        return _named(self._given, "Account")

    def readers(self) -> Mapping[str, Read]:
        """What reads the rows of each object, in the order in which they are read."""
        return {
            "Account": _unless_deleted(self._account),
            "Contact": _unless_deleted(self._contact),
            "Opportunity": _unless_deleted(self._opportunity),
            "OpportunityContactRole": _unless_deleted(rows.role),
            "OpportunityHistory": _unless_deleted(_stage_change),
            "OpportunityFieldHistory": _unless_deleted(_field_change),
            "Task": _unless_deleted(self._task),
            "Event": _unless_deleted(self._event),
        }

    def _account(self, fields: Fields) -> Records:
        account = _identified(fields, rows.account(fields))
        if isinstance(account, str):
            return account
        self._is_new(account)
        return rows.one(self._named.add(self._in_its_group(fields, account)))

    def _in_its_group(self, fields: Fields, account: Account) -> Account:
        """An account with its owner. One that belongs to another is a subsidiary, unless it is said what it is."""
        said = fields.link("owner")
        owner = said if said.name or said.email else self._users.get(ids.id_key(said.id or ""))
        if owner is not None:
            account = replace(account, owner=owner)
        parent = fields.link("parent")
        if parent.is_blank:
            return account
        key = ids.id_key(parent.id or "")
        if account.id and key == ids.id_key(account.id):
            fields.note(f"{fields.column('parent_id')} says that it belongs to itself; left out")
            return account
        if name := parent.name or self._accounts.get(key, NOBODY).name:
            fields.note(f"its parent account is {name}", "a plan of the whole group can have it as one of its units")
        else:
            fields.note("its parent account is not in these files", "export that account as well")
        return replace(account, ownership=account.ownership or "subsidiary")

    def _contact(self, fields: Fields) -> Records:
        contact = _identified(fields, rows.contact(fields))
        account = self._account_of(fields)
        if isinstance(contact, str):
            said = fields.also()["Account"].name("name")
            if account is None:
                return "it has no name, and its account stands in another row" if said else contact
            return [account]
        self._named.add(contact)
        return [contact, *([account] if account else [])]

    def _account_of(self, fields: Fields) -> Account | None:
        """The account that a row about a contact is about as well, if it stood in no row before."""
        other = fields.also()["Account"]
        if not other.can_say_more_than(LINKS_ONLY) or other.name("name") is None:
            return None
        account = rows.account(other)
        if isinstance(account, str) or (account.id and not ids.is_id(account.id)) or not self._is_new(account):
            return None
        account = self._in_its_group(other, account)
        self._named.add(account)
        return account

    def _is_new(self, account: Account) -> bool:
        """Whether an account stood in no row before, by its id, or, of one without, by its name."""
        key = ids.id_key(account.id) if account.id else folded(account.name)
        is_new = ("account", key) not in self._seen
        self._seen["account", key] = account.source.row
        return is_new

    def _opportunity(self, fields: Fields) -> Records:
        deal = _identified(fields, rows.opportunity(fields))
        if isinstance(deal, str):
            return deal
        deal = _with_outcome(fields, deal)
        self._named.add(deal)
        person, link = rows.person(fields), Link(deal.id, deal.name)
        role = None if person.is_blank else Role(fields.source, link, person, fields.line("role"), account=deal.account)
        what = ("opportunity", deal.id or (deal.name, deal.account, deal.stage, deal.value, deal.close_date))
        if role is not None and what in self._seen:  # a report has a row for each contact of an opportunity
            return [role]
        self._seen[what] = fields.source.row
        contact = None if person.is_blank else person
        records: list[AnyRecord] = [deal if deal.contact == contact else replace(deal, contact=contact)]
        since = fields.day("day")
        if since is not None and deal.stage is not None:
            records.append(StageChange(fields.source, link, deal.stage, since, deal.account))
        return [*records, role] if role else records

    def _task(self, fields: Fields) -> Records:
        if fields.line("is_closed") is not None:
            return self._activity(fields, done=fields.flag("is_closed"))
        state = fields.line("state")
        return self._activity(fields, done=state is None or folded(state) in _COMPLETED)

    def _event(self, fields: Fields) -> Records:
        return self._activity(fields, done=True)

    def _activity(self, fields: Fields, *, done: bool) -> Records:
        subject, subtype = fields.line("subject"), folded(fields.line("subtype") or "")
        kind = fields.line("type") or (None if folded(subject or "") in _TALKS else subtype)
        if subtype == "listemail":
            return "it is an e-mail to a whole list, and nobody was in touch"
        if reason := rows.no_talk(kind):
            return reason
        day, who, what = fields.day("day"), fields.link("contact"), fields.link("related")
        if day is None:
            return "it has no date"
        if who.is_blank:
            return "it names no contact"
        if (who.id or "").startswith(_LEADS):
            return "it is about a lead, who belongs to no account yet"
        account = fields.link("company")
        return [
            Activity(
                fields.source, who, day, account=self._named.account(what) if account.is_blank else account, subject=subject, done=done
            )
        ]

    def noting_lost_zeros(self, extract: Extract) -> Extract:
        """The same, with a note on each account that rows refer to, and that would be there with more or fewer zeros before it."""
        known = {ids.id_key(account.id) for account in extract.accounts if account.id}
        linked: tuple[Contact | Opportunity, ...] = (*extract.contacts, *extract.opportunities)
        lost = texts.lost_zeros({each.account.id for each in linked if each.account.id}, known)
        notes = tuple(
            Note(
                f"its account's id is {each.account.id}, which no account has; {lost[each.account.id]} is meant, probably",
                "a spreadsheet takes zeros away from the front of ids: export it again and do not save it in one",
                each.source,
            )
            for each in linked
            if each.account.id in lost
        )
        return replace(extract, notes=(*extract.notes, *notes))


def _unless_deleted(read: Read) -> Read:
    return lambda fields: "it is deleted in Salesforce" if fields.flag("deleted") else read(fields)


def _identified(fields: Fields, record: _Named | str) -> _Named | str:
    """A record with its id in the long form, or why its id is none."""
    if isinstance(record, str) or record.id is None:
        return record
    crm_id = record.id
    if not ids.is_id(crm_id):
        return f"its {fields.column('id')} is not a Salesforce id (15 or 18 letters and digits)"
    if not ids.PATTERN.match(crm_id):
        return record
    long = ids.id_key(crm_id) + ids.check_letters(crm_id)
    if len(crm_id) > ids.SHORT and crm_id != long:
        fields.note(
            f"the last three letters of {fields.column('id')} do not fit the others; it was taken as it is",
            "the file may have lost capitals and small letters: export it again",
        )
        return record
    return record if crm_id == long else replace(record, id=long)


def _with_outcome(fields: Fields, deal: Opportunity) -> Opportunity:
    """An opportunity with what its flags say of how it ended. Of one that is closed, what only an open one has is left out."""
    stage = folded(deal.stage or "")
    is_won = fields.flag("is_won") or stage == _WON
    if not is_won and not fields.flag("is_closed") and stage != _LOST:
        return replace(deal, status="open", closed_because=None)
    if deal.next_step:
        fields.note(f"{fields.column('next_step')} of an opportunity that is closed; left out")
    return replace(deal, status="won" if is_won else "lost", stage=None, probability=None, next_step=None)


def _stage_change(fields: Fields) -> Records:
    opportunity, stage, day = fields.link("deal"), fields.line("stage"), fields.day("day")
    if opportunity.is_blank or stage is None or day is None:
        return "it does not say which opportunity came to which stage, and when"
    return [StageChange(fields.source, opportunity, stage, day, fields.link("company"))]


def _field_change(fields: Fields) -> Records:
    if folded(fields.line("field") or "") not in ("stagename", "stage"):
        return "it is about another field than the stage"
    return _stage_change(fields)


def _named(found: Sequence[Given], name: str) -> dict[str, Link]:
    """What the things of an object are called, by what counts of their ids."""
    made: dict[str, Link] = {}
    for table, entity in found:
        if entity is None or entity.name != name:
            continue
        there = entity.in_table(table.columns).columns
        for row in table.rows:
            said = {what: _said(table, row, columns, texts.is_value) for what, columns in there.items()}
            whole = said["name"] or " ".join(filter(None, (said.get("first_name"), said.get("last_name"))))
            if said["id"] and whole:
                made[ids.id_key(said["id"])] = Link(name=whole, email=said.get("email") or None)
    return made


def _said(table: Table, row: Row, columns: Sequence[str], says_something: Callable[[str], bool]) -> str:
    """What the first of some columns says that says something."""
    places = map(table.position, columns)
    cells = (row.cells[place].strip() for place in places if place is not None)
    return next((texts.line(cell) for cell in cells if says_something(cell)), "")


def _without_owners(each: Given) -> Given:
    """A table of accounts whose owners' ids nothing explains."""
    if each.entity is None or "owner_id" not in each.entity.columns:
        return each
    reasons = dict.fromkeys(each.entity.columns["owner_id"], OWNERS)
    return Given(each.table, replace(each.entity.reading({"owner_id": ()}), reasons={**each.entity.reasons, **reasons}))
