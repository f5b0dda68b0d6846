"""What an import knows: plain values in the plan's own words, whichever source they come from."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

Kind: TypeAlias = Literal["account", "contact", "opportunity", "role", "activity", "stage_change", "year"]
"""What a row of an export is about."""

AnyRecord: TypeAlias = "Account | Contact | Opportunity | Role | Activity | StageChange | YearFigures"


@dataclass(frozen=True, slots=True)
class Options:
    """What the export itself does not say."""

    date_format: str | None = None
    """The order of day, month and year where numbers alone do not tell: `d/m/y`, `m/d/y` or `y/m/d`."""
    today: date | None = None
    """The day it is. Nobody was in touch with a contact after it: such dates are left out. None: they are taken."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What a column is called in the source's own English, where its files have other headers: in another language, or one's own."""


def _same(crm_id: str) -> str:
    return crm_id


def _never(name: str, content: bytes) -> bool:
    """Nothing but tables comes from most sources."""
    del name, content
    return False


@dataclass(frozen=True, slots=True)
class Words:
    """What a source's standard pick lists mean, in the plan's words. How a word is spelt in capitals, blanks and signs is of no matter.

    What a book says in `[import.SYSTEM]` goes before; a plan's own words are understood without being listed.
    """

    stages: Mapping[str, str] = field(default_factory=dict)
    """To stages of the settings, or to `won`, `lost` and so on where a stage says the outcome. Stages that a book lacks do not count."""
    statuses: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    ownerships: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class System:
    """A CRM, or another source."""

    key: str
    """Under which a plan's `crm` holds its ids, and what the command calls it: `salesforce`."""
    name: str
    """As people write it: `Salesforce`."""
    id_key: Callable[[str], str] = _same
    """What counts of an id: two ids with the same key are of the same thing."""
    words: Words = Words()
    accounts_in: str = "the file of accounts"
    """What brings the accounts that its other files name; empty: nothing does, so they need a plan first."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of export. To add one: a module with an `IMPORTER`, a line in `ALL`, a case in the tests."""

    system: System
    identify: Callable[[Sequence[str], str], str | None]
    """Columns and name of a table to what the source calls its rows (`Account`), or None where it is none of its exports."""
    extract: Callable[[Sequence[tuple[str, bytes]], Options], Extract]
    """Names and contents of files to records. Raises UserError where a file cannot be read at all, or none can be used."""
    sniff: Callable[[str, bytes], bool] = _never
    """Whether a file that is no table (a vCard, JSON) comes from this source, by its name and content. Must not raise."""


class Source(NamedTuple):
    """Where something stands in an export."""

    file: str
    row: int
    """As a spreadsheet numbers it: the header is row 1. Of files without rows: which entry it is, or the line."""


class Link(NamedTuple):
    """What a row says of something else that it belongs to: whatever the export has of these, as it stands there.

    An id goes first, then an e-mail or a domain that only one has, then the name.
    """

    id: str | None = None
    name: str | None = None
    email: str | None = None
    domain: str | None = None
    """Or a whole web address; of accounts."""

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return not (self.id or self.name or self.email or self.domain)


NOBODY = Link()
"""The row does not say. With a plan named on the command line, it is about that plan's account."""


@dataclass(frozen=True, slots=True)
class Account:
    """A customer. What is None is not known."""

    source: Source
    name: str
    _: KW_ONLY
    id: str | None = None
    """None where the source has no ids: then the name tells."""
    as_of: date | None = None
    """When the row was last changed in the source, if it says. The same of the other records."""
    currency: str | None = None
    industry: str | None = None
    website: str | None = None
    headquarters: str | None = None
    employees: int | None = None
    ownership: str | None = None
    """The source's word; see `Words`."""
    ticker: str | None = None
    background: str | None = None
    owner: Link | None = None
    """Who of ours it belongs to in the source."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at a customer."""

    source: Source
    name: str
    _: KW_ONLY
    account: Link = NOBODY
    id: str | None = None
    as_of: date | None = None
    title: str | None = None
    reports_to: Link | None = None
    email: str | None = None
    phone: str | None = None
    last_contact: date | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Something that a customer could buy, or has bought."""

    source: Source
    name: str
    _: KW_ONLY
    account: Link = NOBODY
    contact: Link | None = None
    """Somebody whom it is about; where `account` does not say, it is a matter of their account."""
    id: str | None = None
    as_of: date | None = None
    status: str | None = None
    """The source's word; None: whatever its stage says, else open. See `Words`."""
    stage: str | None = None
    """The source's word."""
    probability: Decimal | None = None
    """0 to 1."""
    kind: str | None = None
    """The source's word."""
    value: Decimal | None = None
    currency: str | None = None
    close_date: date | None = None
    next_step: str | None = None
    closed_because: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A contact's part in an opportunity."""

    source: Source
    opportunity: Link
    contact: Link
    role: str | None = None
    """The source's word; None where the export names none."""
    account: Link = NOBODY
    """Where it is known: then both are looked for there only."""


@dataclass(frozen=True, slots=True)
class Activity:
    """A call, a meeting, an e-mail. Its day moves the contact's `last_contact` on."""

    source: Source
    contact: Link
    day: date
    _: KW_ONLY
    account: Link = NOBODY
    """Where it is known: then the contact is looked for there only."""
    subject: str | None = None
    done: bool = True
    """False: it is planned, and nobody was in touch yet."""


@dataclass(frozen=True, slots=True)
class StageChange:
    """An opportunity came to a stage. The one that it is in by now says since when."""

    source: Source
    opportunity: Link
    stage: str
    """The source's word."""
    day: date
    account: Link = NOBODY
    """Where it is known: then the opportunity is looked for there only."""


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A customer's own figures of a year."""

    source: Source
    account: Link
    year: str
    """Four digits: the year in which the fiscal year ends."""
    _: KW_ONLY
    revenue: Decimal | None = None
    net_income: Decimal | None = None
    currency: str | None = None
    reported_in: str | None = None
    """Where it is from, for the plan's `source`: `10-K for FY2025, filed 2025-03-21`."""
    as_of: date | None = None


class UnknownWord(NamedTuple):
    """A word of a source's pick lists that settings can explain."""

    field: str
    """The table of `[import.SYSTEM]` that it goes into: `stages`."""
    text: str
    known: tuple[str, ...]
    """The plan's words that it may mean."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that did not make it into a plan as it stood, or was decided on the way. Notes that say the same are told together."""

    what: str
    hint: str = ""
    source: Source | None = None
    of_file: bool = False
    """Whether it is about the whole file, and the row only shows it."""
    word: UnknownWord | None = None
    """The word that nobody has explained, where it is about one."""


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
    """What the files of an export say. Each row is a record (or several) or was skipped."""

    system: System
    files: tuple[File, ...]
    accounts: tuple[Account, ...] = ()
    contacts: tuple[Contact, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    roles: tuple[Role, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Note, ...] = ()
    unused: tuple[Column, ...] = ()
    _: KW_ONLY
    activities: tuple[Activity, ...] = ()
    stage_changes: tuple[StageChange, ...] = ()
    figures: tuple[YearFigures, ...] = ()
