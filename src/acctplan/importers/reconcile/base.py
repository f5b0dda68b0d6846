"""What the parts of reconciling share: the terms, the plan that records go into, and how fields are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from acctplan.edit import Set
from acctplan.edit.emit import as_data, flow
from acctplan.importers import names
from acctplan.importers.outcome import Difference, Outcome, RowOutcome
from acctplan.importers.records import Account, Contact, Note, Opportunity, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.edit import Value
    from acctplan.importers.records import AnyRecord, Kind, Source, System
    from acctplan.loader import Loaded
    from acctplan.model import Plan

_KINDS: dict[type, Kind] = {Account: "account", Contact: "contact", Opportunity: "opportunity", Role: "role"}
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Rows:
    """All that an export says about one account."""

    account: Account | None
    """None where only contacts, opportunities or roles of it were exported."""
    contacts: Sequence[Contact] = ()
    opportunities: Sequence[Opportunity] = ()
    roles: Sequence[Role] = ()

    def all(self) -> tuple[AnyRecord, ...]:
        """Every one of them."""
        return (*(() if self.account is None else (self.account,)), *self.contacts, *self.opportunities, *self.roles)


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every account of an import."""

    system: System
    config: Config
    prefer: frozenset[str]
    """Fields in which the export's word goes before the plan's."""
    contact_accounts: Mapping[str, str]
    """The contacts of the whole export: key of the id to that of the account's."""
    standing: Mapping[tuple[str, str], str]
    """Where contacts and opportunities stand by now: section and key of the id to the plan's path."""


@dataclass(frozen=True)
class Target:
    """The plan that the records of one account go into."""

    terms: Terms
    rows: Rows
    path: str
    loaded: Loaded | None
    """None for a plan that is yet to be made."""
    earlier: Sequence[str] = ()
    """The paths of the account's plans of earlier periods, which are left alone."""

    @cached_property
    def plan(self) -> Plan | None:
        """The plan as it stands."""
        return None if self.loaded is None else self.loaded.plan

    def entries(self, section: str) -> Mapping[str, Any]:
        """The standing entries of a section, by id."""
        return {} if self.plan is None else getattr(self.plan, section)

    def written(self, pointer: Pointer) -> Mapping[str, Any]:
        """What the plan's text says at a pointer; nothing where it says nothing."""
        data: Any = None if self.loaded is None or self.loaded.document is None else self.loaded.document.data
        for step in pointer:
            data = data.get(step) if isinstance(data, Mapping) else None
        return data if isinstance(data, Mapping) else {}

    @cached_property
    def contact_ids(self) -> Mapping[str, str]:
        """The plan's ids of contacts, by the key of their CRM id: those that stand, and those that the export adds."""
        return self._ids("contacts", self.rows.contacts)

    @cached_property
    def opportunity_ids(self) -> Mapping[str, str]:
        """The same of opportunities, but for those that are left behind."""
        return self._ids("opportunities", (each for each in self.rows.opportunities if self.left_behind_in(each) is None))

    def left_behind_in(self, opportunity: Opportunity) -> str | None:
        """The plan of an earlier period that an opportunity stays in: it is over, and the plan was rolled forward without it."""
        path = self.terms.standing.get(("opportunities", self.terms.system.id_key(opportunity.id)))
        return path if path in self.earlier and opportunity.status != "open" else None

    def _ids(self, section: str, records: Iterable[Contact | Opportunity]) -> dict[str, str]:
        entries, system = self.entries(section), self.terms.system
        found: dict[str, str] = {}
        for identifier, entry in entries.items():
            if system.key in entry.crm:
                found.setdefault(system.id_key(entry.crm[system.key]), identifier)
        taken = set(entries)
        numbers: dict[str, int] = {}
        for record in records:
            key = system.id_key(record.id)
            if key not in found:
                found[key] = names.identifier(record.name, kind_of(record), key, taken, numbers)
                taken.add(found[key])
        return found

    def about_new(self, section: str, record: Contact | Opportunity) -> list[Note]:
        """What to say of an entry that is added: it may stand somewhere already, which only a person can tell."""
        system, notes = self.terms.system, []
        other = self.terms.standing.get((section, system.id_key(record.id)))
        if other is not None and other not in self.earlier:
            hint = f"if it has moved, take it out of {other}"
            notes.append(Note(f"stands in {other} as well, by its {system.name} id", hint, record.source))
        for identifier, entry in self.entries(section).items():
            if system.key not in entry.crm and entry.name is not None and is_same(entry.name.casefold(), record.name.casefold()):
                what = f"{section}.{identifier} in {self.path} has the same name and no {system.name} id; a second entry was made"
                hint = f"if it is the same, delete the second and add crm: {{{system.key}: {record.id}}} to {identifier}"
                notes.append(Note(what, hint, record.source))
        return notes


@dataclass
class Part:
    """What came of some records of an account."""

    added: dict[str, dict[str, Value]] = field(default_factory=dict)
    """Entries that the plan does not have yet, by id."""
    edits: list[Set] = field(default_factory=list)
    """Of entries that it has."""
    taken: list[Difference] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    outcomes: list[RowOutcome] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def done(self, record: AnyRecord, outcome: Outcome, reason: str = "") -> None:
        """Account for a row."""
        self.outcomes.append(RowOutcome(record.source, kind_of(record), outcome, reason))

    def take(self, pointer: Pointer, current: Value, value: Value, source: Source) -> None:
        """Write a value into a standing entry."""
        self.edits.append(Set(pointer, value))
        self.taken.append(Difference(pointer, None if current is None else shown(current), shown(value), source))

    def compare(
        self, target: Target, pointer: Pointer, standing: Any, values: Mapping[str, Value], source: Source, implied: Mapping[str, Value]
    ) -> Outcome:
        """Bring what an export says to an entry that stands: fill in what is absent, keep what differs unless told otherwise.

        Args:
            target: the plan.
            pointer: the entry.
            standing: the entry, as the model has it.
            values: what the export says, by field; None where it says nothing.
            source: from where.
            implied: what the entry says of fields without writing them.
        """
        written = target.written(pointer)
        outcome = Outcome.SAME
        for name, value in values.items():
            current = implied.get(name) if written.get(name) is None else getattr(standing, name)
            if value is None or (current is not None and is_same(current, value)):
                continue
            if current is None or name in target.terms.prefer:
                self.take((*pointer, name), current, value, source)
                outcome = Outcome.CHANGED
            else:
                self.kept.append(Difference((*pointer, name), shown(current), shown(value), source))
                outcome = outcome if outcome is Outcome.CHANGED else Outcome.KEPT
        return outcome


def kind_of(record: AnyRecord) -> Kind:
    """What a record is about."""
    return _KINDS[type(record)]


def filled(values: Mapping[str, Value]) -> dict[str, Value]:
    """Without what is unknown."""
    return {name: value for name, value in values.items() if value is not None}


def is_same(current: object, value: object) -> bool:
    """Whether two values say the same; how a text is broken into lines says nothing."""
    if isinstance(current, str) and isinstance(value, str):
        return current.split() == value.split()
    return current == value


def shown(value: Value) -> str:
    """A value as a plan writes it, on one line of a readable length."""
    text = flow(value) if isinstance(value, Mapping) else " ".join(str(as_data(value)).split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1].rstrip() + "…"
