"""What a column of somebody's own file may mean: the fields, and which kind of rows a choice of them makes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from acctplan.importers.entities import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from acctplan.importers.records import Kind

_OF: Mapping[str, Mapping[str, str]] = {
    "account": {
        **{same: same for same in ("id", "name", "industry", "website", "city", "state", "country", "employees", "ownership", "ticker")},
        "currency": "currency",
        "headquarters": "address",
        "background": "description",
        "parent": "parent",
        "changed": "modified",
    },
    "contact": {
        **{same: same for same in ("id", "name", "first_name", "last_name", "title", "email", "phone", "last_contact", "role")},
        "reports_to": "manager",
        "notes": "description",
        "changed": "modified",
    },
    "opportunity": {
        **{same: same for same in ("id", "name", "status", "stage", "probability", "kind", "value", "currency", "next_step")},
        "close_date": "close",
        "closed_because": "because",
        "notes": "description",
        "changed": "modified",
    },
    "activity": {"date": "day", "subject": "subject", "type": "type", "status": "state"},
}
"""By what it is of, each field and what rows are asked for to get it."""

FIELDS = tuple(f"{of}.{field}" for of, fields in _OF.items() for field in fields)
"""Every field: `account.name`, `contact.email` and so on."""
LINKS_ONLY = {
    "account": frozenset(("id", "name")),
    "contact": frozenset(("id", "name", "first_name", "last_name", "company", "company_id", "company_domain", "role")),
}
"""What a row only names something by that it belongs to. Where its table says more of it, it is about that as well."""
SEVERAL = frozenset(("contact.phone", "contact.email"))
"""What several columns may say."""
_LINKING = frozenset(("opportunity.id", "opportunity.name"))


def kind_of(fields: Iterable[str]) -> Kind | None:
    """What rows are about in which columns say some fields; None where that is nothing to import."""
    there = set(fields)
    of = {field.partition(".")[0] for field in there}
    if "activity" in of:
        return "activity" if "activity.date" in there and "contact" in of else None
    if "opportunity" in of:
        deal = {field for field in there if field.startswith("opportunity.")}
        if deal <= _LINKING and "contact.role" in there:
            return "role"
        return "opportunity" if "opportunity.name" in there else None
    if there & {"contact.name", "contact.last_name", "contact.first_name"}:
        return "contact"
    return "account" if "account.name" in there else None


def wanted(fields: Iterable[str]) -> str:
    """The field without which rows of some others are nothing to import."""
    of = {field.partition(".")[0] for field in fields}
    if "activity" in of:
        return "contact.name" if "activity.date" in fields else "activity.date"
    return next((f"{each}.name" for each in ("opportunity", "contact") if each in of), "account.name")


def entity(columns: Mapping[str, str], kind: Kind) -> Entity:
    """What the columns of a table mean, for what makes records of its rows.

    Args:
        columns: by column, its field.
        kind: what the rows are about.
    """
    said: dict[str, list[str]] = defaultdict(list)
    for column, field in columns.items():
        said[field].append(column)
    own = {of: {what: tuple(said[f"{of}.{field}"]) for field, what in fields.items()} for of, fields in _OF.items()}
    company = {"company": own["account"]["name"], "company_id": own["account"]["id"], "company_domain": own["account"]["website"]}
    person = {
        "contact": own["contact"]["name"],
        "contact_id": own["contact"]["id"],
        "contact_email": own["contact"]["email"],
        "contact_first": own["contact"]["first_name"],
        "contact_last": own["contact"]["last_name"],
        "role": own["contact"]["role"],
    }
    deal = {"deal": own["opportunity"]["name"], "deal_id": own["opportunity"]["id"]}
    accounts = Entity("account", "account", own["account"], telling=())
    contacts = Entity("contact", "contact", {**own["contact"], **company}, telling=(), also=(accounts,))
    made = {
        "account": accounts,
        "contact": contacts,
        "opportunity": Entity(
            "opportunity", "opportunity", {**own["opportunity"], **company, **person}, telling=(), also=(accounts, contacts)
        ),
        "role": Entity("role", "role", {**deal, **company, **person}, telling=(), also=(contacts,)),
        "activity": Entity("activity", "activity", {**own["activity"], **company, **person}, telling=(), also=(accounts, contacts)),
    }
    return made[kind]
