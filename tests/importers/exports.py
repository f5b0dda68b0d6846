"""Invented exports with Salesforce's headers, and a book in memory to bring them into."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from acctplan.config import Config
from acctplan.edit import apply
from acctplan.importers import ALL, Options, Wishes, reconcile
from acctplan.loader import Loaded, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from acctplan.importers import Extract, Import, Memory

HEADERS = {
    "Account.csv": (
        "Id,IsDeleted,Name,Type,BillingCity,BillingState,BillingCountry,Website,Industry,AnnualRevenue,NumberOfEmployees,Ownership,"
        "TickerSymbol,Description,CurrencyIsoCode,LastModifiedDate"
    ),
    "Contact.csv": (
        "Id,IsDeleted,AccountId,LastName,FirstName,Name,Title,ReportsToId,Email,Phone,MobilePhone,Department,LastActivityDate,Description,LastModifiedDate"
    ),
    "Opportunity.csv": (
        "Id,IsDeleted,AccountId,Name,Description,StageName,Amount,Probability,CloseDate,Type,NextStep,LeadSource,IsClosed,IsWon,"
        "CurrencyIsoCode,LastModifiedDate"
    ),
    "OpportunityContactRole.csv": "Id,IsDeleted,OpportunityId,ContactId,Role,IsPrimary",
}
PREFIXES = {"Account.csv": "001", "Contact.csv": "003", "Opportunity.csv": "006", "OpportunityContactRole.csv": "00K"}
KINDS = {"accounts": "Account.csv", "contacts": "Contact.csv", "opportunities": "Opportunity.csv", "roles": "OpportunityContactRole.csv"}


def short_id(prefix: str, number: int) -> str:
    """An id of 15 characters."""
    return f"{prefix}5g0000{number:06d}"


def long_id(prefix: str, number: int) -> str:
    """The same of 18. The last three letters say that there are no capitals, but for the third letter of 00K."""
    return short_id(prefix, number) + ("EAA" if prefix == "00K" else "AAA")


def account_id(number: int) -> str:
    return long_id("001", number)


def contact_id(number: int) -> str:
    return long_id("003", number)


def opportunity_id(number: int) -> str:
    return long_id("006", number)


def csv_file(name: str, rows: Iterable[Mapping[str, str]], header: str | None = None) -> tuple[str, bytes]:
    """A file with the usual header (or another); rows name only what they say. Rows without an Id are numbered from 1."""
    columns = (header or HEADERS[name]).split(",")
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(rows, 1):
        default = {"Id": long_id(PREFIXES[name], number)} if name in PREFIXES else {}
        writer.writerow(default | dict(row))
    return name, out.getvalue().encode()


def files(**kinds: Iterable[Mapping[str, str]]) -> list[tuple[str, bytes]]:
    """The files of an export: `accounts`, `contacts`, `opportunities`, `roles`."""
    return [csv_file(KINDS[kind], rows) for kind, rows in kinds.items()]


def extract(*given: tuple[str, bytes], date_format: str | None = None, today: Any = None, **kinds: Iterable[Mapping[str, str]]) -> Extract:
    """What Salesforce's importer makes of files."""
    (importer,) = [each for each in ALL if each.system.key == "salesforce"]
    return importer.extract([*given, *files(**kinds)], Options(date_format, today))


@dataclass
class Book:
    """Plans in memory, by path."""

    texts: dict[str, str] = field(default_factory=dict)
    memory: dict[str, Memory] = field(default_factory=dict)
    config: Config = field(default_factory=Config)

    def plans(self) -> dict[str, Loaded]:
        return {path: load(text, path, self.config) for path, text in self.texts.items()}

    def dry_run(self, export: Extract, **terms: Any) -> Import:
        """What an import would do. `memory` is kept from one to the next; see `Wishes` for the other terms."""
        own = {name: terms.pop(name) for name in ("today", "folder") if name in terms}
        terms = {"accounts": tuple(terms.pop("accounts", ())), **terms}
        return reconcile(self.plans(), export, self.config, memory=self.memory, wishes=Wishes(**terms), **own)

    def bring_in(self, export: Extract, **terms: Any) -> Import:
        """Do what the import says."""
        imported = self.dry_run(export, **terms)
        plans = self.plans()
        for plan in imported.plans:
            if plan.text is not None:
                path = f"plans/{plan.path}"
                assert path not in self.texts
                self.texts[path] = plan.text
            elif plan.edits:
                self.texts[plan.path] = apply(plans[plan.path].read(), plan.edits).text
            self.memory[plan.path if plan.path in self.texts else f"plans/{plan.path}"] = plan.memory
        return imported

    def data(self, path: str) -> Any:
        """What a plan's text says."""
        return load(self.texts[path], path, self.config).read().data


def whats(imported: Import) -> list[str]:
    """What the notes say."""
    return [note.what for note in imported.notes]
