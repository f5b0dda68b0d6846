"""A row of Salesforce's to a record, or to the reason why it is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from acctplan.importers import texts
from acctplan.importers.records import Account, Contact, Opportunity, Options, Role
from acctplan.importers.salesforce import ids
from acctplan.importers.salesforce.objects import letters

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from acctplan.importers.cells import Cells

_OWNERSHIP = {"public": "public", "private": "private", "subsidiary": "subsidiary", "government": "government", "other": "other"}
_KINDS = {
    **dict.fromkeys(("new", "newcustomer", "newbusiness", "newlogo"), "new"),
    **dict.fromkeys(("crosssell", "crossselling", "existingcustomercrosssell"), "cross_sell"),
    **dict.fromkeys(("upsell", "upselling", "upgrade", "existingcustomerupgrade", "existingcustomerupsell"), "up_sell"),
    **dict.fromkeys(("renewal", "contractrenewal", "existingcustomerrenewal"), "renewal"),
}
_ROLES = {
    **dict.fromkeys(("decisionmaker", "economicdecisionmaker", "economicbuyer"), "decision_maker"),
    **dict.fromkeys(("sponsor", "executivesponsor", "champion"), "sponsor"),
    **dict.fromkeys(("evaluator", "technicalbuyer", "technicalevaluator"), "evaluator"),
    "influencer": "influencer",
    **dict.fromkeys(("purchaser", "procurement", "purchasing"), "purchaser"),
    **dict.fromkeys(("user", "businessuser", "enduser"), "user"),
}
_WON, _LOST = "closed won", "closed lost"


def _word(cells: Cells, column: str, known: Mapping[str, str], what: str) -> str | None:
    """The plan's word for an entry of a picklist. One that nobody knows is noted, as it is spelt."""
    text = cells.line(column)
    if text is None:
        return None
    word = known.get(letters(text))
    if word is None:
        shown = text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004  a readable length
        cells.note(f"{column} '{shown}' is no {what} that a plan knows; left out", f"plans know {', '.join(dict.fromkeys(known.values()))}")
    return word


def account(cells: Cells, crm_id: str) -> Account | str:
    """A row of Account."""
    name = cells.name("Name")
    if name is None:
        return "it has no name"
    places = [cells.line(column) for column in ("BillingCity", "BillingState", "BillingCountry")]
    return Account(
        cells.source,
        crm_id,
        name,
        currency=_currency(cells),
        industry=cells.line("Industry"),
        website=cells.line("Website"),
        headquarters=", ".join(filter(None, places)) or None,
        employees=cells.count("NumberOfEmployees"),
        ownership=_word(cells, "Ownership", _OWNERSHIP, "ownership"),
        ticker=cells.line("TickerSymbol"),
        background=cells.paragraphs("Description"),
    )


def contact(cells: Cells, crm_id: str, options: Options) -> Contact | str:
    """A row of Contact."""
    name = cells.name("Name") or " ".join(filter(None, map(cells.name, ("FirstName", "LastName"))))
    account = _lookup(cells, "AccountId")
    if not name:
        return "it has no name"
    if account is None:
        return "it belongs to no account"
    last_contact = cells.day("LastActivityDate")
    if last_contact is not None and options.today is not None and last_contact > options.today:
        cells.note("LastActivityDate is a day still to come; left out")
        last_contact = None
    phone, mobile = cells.line("Phone"), cells.line("MobilePhone")
    if phone and mobile and phone != mobile:
        cells.note("MobilePhone stands beside Phone, and a plan has one number; left out")
    return Contact(
        cells.source,
        crm_id,
        account,
        name,
        title=cells.line("Title"),
        reports_to=_lookup(cells, "ReportsToId"),
        email=cells.line("Email"),
        phone=phone or mobile,
        last_contact=last_contact,
        notes=cells.paragraphs("Description"),
    )


def opportunity(cells: Cells, crm_id: str) -> Opportunity | str:
    """A row of Opportunity."""
    name, account = cells.name("Name"), _lookup(cells, "AccountId")
    if name is None:
        return "it has no name"
    if account is None:
        return "it belongs to no account"
    status = _status(cells)
    is_open = status == "open"
    next_step = cells.line("NextStep")
    if next_step and not is_open:
        cells.note("NextStep of an opportunity that is closed; left out")
    return Opportunity(
        cells.source,
        crm_id,
        account,
        name,
        status,
        stage=cells.line("StageName") if is_open else None,
        probability=_probability(cells) if is_open else None,
        kind=_word(cells, "Type", _KINDS, "kind"),
        value=cells.number("Amount"),
        currency=_currency(cells),
        close_date=cells.day("CloseDate"),
        next_step=next_step if is_open else None,
        notes=cells.paragraphs("Description"),
    )


def role(cells: Cells, _: str) -> Role | str:
    """A row of OpportunityContactRole."""
    opportunity, contact = _lookup(cells, "OpportunityId"), _lookup(cells, "ContactId")
    if opportunity is None or contact is None:
        return "it names no opportunity" if opportunity is None else "it names no contact"
    return Role(cells.source, opportunity, contact, _word(cells, "Role", _ROLES, "buying role"))


def _status(cells: Cells) -> Literal["open", "won", "lost"]:
    stage = (cells.line("StageName") or "").casefold()
    if cells.flag("IsWon") or stage == _WON:
        return "won"
    return "lost" if cells.flag("IsClosed") or stage == _LOST else "open"


def _probability(cells: Cells) -> Decimal | None:
    percent = cells.number("Probability")
    if percent is not None and percent > 100:  # noqa: PLR2004  per cent
        cells.note("Probability is above 100; left out")
        return None
    return None if percent is None else percent / 100


def _currency(cells: Cells) -> str | None:
    code = (cells.line("CurrencyIsoCode") or "").upper()
    return code if re.fullmatch("[A-Z]{3}", code) else None


def _lookup(cells: Cells, column: str) -> str | None:
    """The id of something else."""
    text = cells.raw(column).strip()
    if not texts.is_value(text):
        return None
    if not ids.PATTERN.match(text):
        cells.note(f"{column} is not a Salesforce id; left out")
        return None
    return ids.id_key(text)
