"""Which of Salesforce's objects are read, and what tells their files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from acctplan.importers.records import Kind

DATES = ("LastActivityDate", "CloseDate")
NUMBERS = ("NumberOfEmployees", "Amount", "Probability")


@dataclass(frozen=True)
class Object:
    """What tells an object's file by its columns, and which of them are read."""

    name: str
    kind: Kind
    needs: tuple[str, ...]
    one_of: tuple[str, ...]
    """One of these besides, unless the file has the object's name."""
    never: tuple[str, ...]
    used: tuple[str, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a column is not used, where there is more to say than that a plan has no place for it."""


OBJECTS = (
    Object(
        name="Account",
        kind="account",
        needs=("Id", "Name"),
        one_of=("Industry", "Website", "BillingCity", "BillingCountry", "NumberOfEmployees", "AnnualRevenue", "Ownership", "TickerSymbol"),
        never=("AccountId", "Company", "IsConverted", "StageName", "Username"),
        used=(
            *("Id", "IsDeleted", "Name", "CurrencyIsoCode", "Industry", "Website", "BillingCity", "BillingState", "BillingCountry"),
            *("NumberOfEmployees", "Ownership", "TickerSymbol", "Description"),
        ),
        reasons={"AnnualRevenue": "it does not say of which year; write it in the plan's revenue_history"},
    ),
    Object(
        name="Contact",
        kind="contact",
        needs=("Id", "AccountId"),
        one_of=("FirstName", "LastName", "Email", "Title", "ReportsToId"),
        never=("Company", "OpportunityId", "StageName", "Subject", "Username"),
        used=(
            *("Id", "IsDeleted", "AccountId", "Name", "FirstName", "LastName", "Title", "ReportsToId", "Email", "Phone", "MobilePhone"),
            *("LastActivityDate", "Description"),
        ),
    ),
    Object(
        name="Opportunity",
        kind="opportunity",
        needs=("Id", "AccountId", "Name"),
        one_of=("StageName",),
        never=("OpportunityId",),
        used=(
            *("Id", "IsDeleted", "AccountId", "Name", "StageName", "IsClosed", "IsWon", "Probability", "Type", "Amount"),
            *("CurrencyIsoCode", "CloseDate", "NextStep", "Description"),
        ),
    ),
    Object(
        name="OpportunityContactRole",
        kind="role",
        needs=("OpportunityId", "ContactId"),
        one_of=("Role", "IsPrimary"),
        never=("StageName",),
        used=("Id", "IsDeleted", "OpportunityId", "ContactId", "Role"),
    ),
)
NAMED = {each.name: each for each in OBJECTS}


def identify(columns: Sequence[str], name: str) -> str | None:
    """Which of Account, Contact, Opportunity and OpportunityContactRole a file holds; None where it is none of them.

    Args:
        columns: its header.
        name: what it is called; it only decides where the columns do not.
    """
    # Some programs write headers in capitals. Small letters are no spelling of these names: warehouses have names of their own.
    shouted = all(column.isupper() for column in columns if column)
    have = folded(columns) if shouted else frozenset(columns)
    stem = letters(re.split(r"[/\\]", name)[-1].rpartition(".")[0])
    named = [each for each in OBJECTS if stem in (letters(each.name), letters(each.name) + "s")]
    spelt = folded if shouted else frozenset[str]
    possible = [each for each in OBJECTS if spelt(each.needs) <= have and not spelt(each.never) & have]
    sure = [each for each in possible if spelt(each.one_of) & have or each in named]
    return sure[0].name if sure else None


def folded(columns: Iterable[str]) -> frozenset[str]:
    """Columns without regard to case: some programs write all of them in capitals."""
    return frozenset(column.casefold() for column in columns)


def letters(text: str) -> str:
    """The letters of a word, however it is spaced: `Decision-Maker` and `decision maker` are one."""
    return re.sub("[^a-z]", "", text.casefold())
