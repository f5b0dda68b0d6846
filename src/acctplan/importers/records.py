"""What an import knows: plain values in the plan's own words, whichever CRM they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from decimal import Decimal

Kind: TypeAlias = Literal["account", "contact", "opportunity", "role"]
"""What a row of an export is about."""

AnyRecord: TypeAlias = "Account | Contact | Opportunity | Role"


@dataclass(frozen=True, slots=True)
class Options:
    """What the export itself does not say."""

    date_format: str | None = None
    """The order of day, month and year where numbers alone do not tell: `d/m/y`, `m/d/y` or `y/m/d`."""
    today: date | None = None
    """The day it is. Nobody was in touch with a contact after it: such dates are left out. None: they are taken."""


@dataclass(frozen=True, slots=True)
class System:
    """A CRM."""

    key: str
    """Under which a plan's `crm` holds its ids, and what the command calls it: `salesforce`."""
    name: str
    """As people write it: `Salesforce`."""
    id_key: Callable[[str], str]
    """What counts of an id: two ids with the same key are of the same thing."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of export. To add one: a module with an `IMPORTER`, a line in `ALL`, a case in the tests."""

    system: System
    identify: Callable[[Sequence[str], str], str | None]
    """Columns and name of a file to what the CRM calls its rows (`Account`), or None where it is none of its exports."""
    extract: Callable[[Sequence[tuple[str, bytes]], Options], Extract]
    """Names and contents of files to records. Raises UserError where a file cannot be read at all, or none can be used."""


class Source(NamedTuple):
    """Where something stands in an export."""

    file: str
    row: int
    """As a spreadsheet numbers it: the header is row 1."""


@dataclass(frozen=True, slots=True)
class Account:
    """A customer. What is None is not known."""

    source: Source
    id: str
    name: str
    currency: str | None = None
    industry: str | None = None
    website: str | None = None
    headquarters: str | None = None
    employees: int | None = None
    ownership: str | None = None
    ticker: str | None = None
    background: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at a customer."""

    source: Source
    id: str
    account: str
    """The account's id."""
    name: str
    title: str | None = None
    reports_to: str | None = None
    """The id of another contact."""
    email: str | None = None
    phone: str | None = None
    last_contact: date | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Something that a customer could buy, or has bought."""

    source: Source
    id: str
    account: str
    """The account's id."""
    name: str
    status: Literal["open", "won", "lost"]
    stage: str | None = None
    """What the CRM calls it; None where the opportunity is closed."""
    probability: Decimal | None = None
    """0 to 1; None where the opportunity is closed."""
    kind: str | None = None
    value: Decimal | None = None
    currency: str | None = None
    close_date: date | None = None
    next_step: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A contact's part in an opportunity."""

    source: Source
    opportunity: str
    """The opportunity's id."""
    contact: str
    """The contact's id."""
    role: str | None = None
    """A buying role of the plan; None where the export names none, or none that is known."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that did not make it into a plan as it stood, or was decided on the way. Notes that say the same are told together."""

    what: str
    hint: str = ""
    source: Source | None = None
    of_file: bool = False
    """Whether it is about the whole file, and the row only shows it."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out as a whole."""

    source: Source
    kind: Kind
    reason: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column that holds something, none of which was used."""

    file: str
    name: str
    filled: int
    """How many rows say something in it."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was given."""

    name: str
    rows: int
    """Rows below the header that are not blank."""
    blank: int
    kind: Kind | None
    """What its rows are about; None where it was not used."""
    reason: str = ""
    """Why it was not used."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What the files of an export say. Each row is a record or was skipped."""

    system: System
    files: tuple[File, ...]
    accounts: tuple[Account, ...] = ()
    contacts: tuple[Contact, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    roles: tuple[Role, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Note, ...] = ()
    unused: tuple[Column, ...] = ()
