"""A row to records, or to the reason why it is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from acctplan.importers.records import Account, Activity, AnyRecord, Contact, Link, Opportunity, Role
from acctplan.importers.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from acctplan.importers.entities.fields import Fields

    Records: TypeAlias = Sequence[AnyRecord] | str
    """The records of a row, the one that it is about first; or why it is none."""

_CLOSED = frozenset(("won", "lost"))
_NO_NAME = "it has no name"
_NO_TALK = {
    **dict.fromkeys(("note", "comment"), "it is a note, and nobody was in touch"),
    **dict.fromkeys(("task", "todo", "deadline"), "it is a task, and nobody was in touch"),
}
_NOT_DONE = frozenset(
    (
        *("open", "scheduled", "planned", "todo", "notstarted", "inprogress", "pending", "waiting", "deferred", "draft", "overdue", "no"),
        *("false", "0", "canceled", "cancelled", "rescheduled", "noshow", "noanswer", "noresponse", "noresponsebusy", "busy"),
        *("wrongnumber", "leftvoicemail", "leftlivemessage", "missed", "failed"),
    )
)
"""States in which nobody was in touch: it is still to come, was called off, or nobody answered."""


def account(fields: Fields) -> Account | str:
    """A row about a customer."""
    name = fields.name("name")
    if name is None:
        return _NO_NAME
    places = ", ".join(filter(None, map(fields.line, ("city", "state", "country"))))
    return Account(
        fields.source,
        name,
        id=fields.key("id"),
        as_of=fields.day("modified"),
        currency=fields.currency("currency"),
        industry=fields.line("industry"),
        website=fields.line("website"),
        headquarters=places or fields.line("address"),
        employees=fields.count("employees"),
        ownership=fields.line("ownership"),
        ticker=fields.line("ticker"),
        background=fields.paragraphs("description"),
    )


def contact(fields: Fields) -> Contact | str:
    """A row about somebody at a customer."""
    name = fields.name("name") or " ".join(filter(None, map(fields.name, ("first_name", "last_name"))))
    if not name:
        return _NO_NAME
    manager = fields.link("manager")
    if len(set(fields.all("phone"))) > 1:
        fields.note("there are several phone numbers, and a plan has one; the first was taken")
    return Contact(
        fields.source,
        name,
        account=fields.link("company"),
        id=fields.key("id"),
        as_of=fields.day("modified"),
        title=fields.line("title"),
        reports_to=None if manager.is_blank else manager,
        email=_email(fields),
        phone=fields.line("phone"),
        last_contact=fields.past_day("last_contact"),
        notes=fields.paragraphs("description"),
    )


def _email(fields: Fields) -> str | None:
    emails = [address for text in fields.all("email") for address in re.split(r"[,;\s]+", text) if address]
    if len(set(map(str.casefold, emails))) > 1:
        fields.note("there are several e-mail addresses, and a plan has one; the first was taken")
    return emails[0] if emails else None


def opportunity(fields: Fields, *, percent: bool = True) -> Opportunity | str:
    """A row about a deal.

    Args:
        fields: the row.
        percent: whether its probability is written as 40, not as 0.4.
    """
    name = fields.name("name")
    if name is None:
        return _NO_NAME
    people = fields.links("contact")
    status = fields.line("status")
    outcome = folded(status or "")
    value = fields.number("won_value") if outcome == "won" else None
    return Opportunity(
        fields.source,
        name,
        account=fields.link("company"),
        contact=people[0] if people else None,
        id=fields.key("id"),
        as_of=fields.day("modified"),
        status=status,
        stage=fields.line("stage"),
        probability=fields.share("probability", percent=percent),
        kind=fields.line("kind"),
        value=fields.number("value") if value is None else value,
        currency=fields.currency("currency"),
        close_date=(fields.day(outcome) or fields.day("closed") if outcome in _CLOSED else None) or fields.day("close"),
        next_step=fields.line("next_step"),
        closed_because=None if outcome == "open" else fields.paragraphs("because"),
        notes=fields.paragraphs("description"),
    )


def with_roles(fields: Fields, deal: Opportunity | str) -> Records:
    """A deal, and the parts of all whom its row names in it."""
    if isinstance(deal, str):
        return deal
    opportunity, role = Link(deal.id, deal.name), fields.line("role")
    return [deal, *(Role(fields.source, opportunity, person, role, account=deal.account) for person in fields.links("contact"))]


def no_talk(kind: str | None) -> str:
    """Why nobody was in touch in an activity of some kind; empty where somebody was, or may have been."""
    return _NO_TALK.get(folded(kind or ""), "")


def activities(fields: Fields, people: Sequence[Link], account: Link) -> Records:
    """A row about a call, a meeting or an e-mail: one record for each who took part.

    Args:
        fields: the row.
        people: who took part, of the customer's.
        account: which customer.
    """
    if reason := no_talk(fields.line("type")):
        return reason
    day = fields.day("day")
    if day is None:
        return "it has no date"
    if not people:
        return "it names no contact"
    done = not any(folded(state) in _NOT_DONE for state in fields.all("state"))
    subject = fields.line("subject")
    return [Activity(fields.source, person, day, account=account, subject=subject, done=done) for person in people]


def one(record: AnyRecord | str) -> Records:
    """A row that gives one record."""
    return record if isinstance(record, str) else [record]


def person(fields: Fields) -> Link:
    """The contact that a row names: by id, by the whole name, or by its parts."""
    said = fields.link("contact")
    parts = " ".join(filter(None, map(fields.name, ("contact_first", "contact_last"))))
    return said if said.id or said.name or not parts else said._replace(name=parts)


def role(fields: Fields) -> Records:
    """What a row says of somebody's part in an opportunity."""
    deal, contact_link = fields.link("deal"), person(fields)
    if deal.is_blank or contact_link.is_blank:
        return "it names no opportunity" if deal.is_blank else "it names no contact"
    return [Role(fields.source, deal, contact_link, fields.line("role"), account=fields.link("company"))]
