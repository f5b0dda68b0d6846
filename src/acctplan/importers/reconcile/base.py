"""What the parts of reconciling share: the terms, the plan that records go into, and how fields are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar

from acctplan import naming
from acctplan.edit import Set
from acctplan.edit.emit import as_data, flow
from acctplan.importers.linking import Index, Nowhere
from acctplan.importers.matching import Named, New, Unsure, match
from acctplan.importers.memory import Memory, Said, text_of
from acctplan.importers.outcome import Changed, Difference, Outcome, RowOutcome, Undecided
from acctplan.importers.records import Account, Activity, Contact, Note, Opportunity, Role, StageChange, YearFigures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.edit import Value
    from acctplan.importers.matching import Match, Sort
    from acctplan.importers.reconcile.doubles import Double
    from acctplan.importers.reconcile.preference import Decisions, Preference
    from acctplan.importers.records import AnyRecord, Kind, Link, Source, System
    from acctplan.importers.vocabulary import Vocabulary
    from acctplan.loader import Loaded
    from acctplan.model import Plan

_KINDS: dict[type, Kind] = {
    Account: "account",
    Contact: "contact",
    Opportunity: "opportunity",
    Role: "role",
    Activity: "activity",
    StageChange: "stage_change",
    YearFigures: "year",
}
_LONGEST_SHOWN = 60
_R = TypeVar("_R", Contact, Opportunity)
Choice: TypeAlias = Literal["same", "take", "kept", "conflict"]
LATER_WINS = ("last_contact",)
"""Days of which the later one is right: that somebody was in touch later takes nothing back."""


@dataclass(frozen=True, slots=True)
class Keyed(Generic[_R]):
    """A record with what tells it from the others of its account."""

    key: str
    record: _R


@dataclass(frozen=True, slots=True)
class Rows:
    """All that an export says about one account."""

    account: Account | None
    """None where only contacts, opportunities or roles of it were exported."""
    contacts: Sequence[Keyed[Contact]] = ()
    opportunities: Sequence[Keyed[Opportunity]] = ()
    roles: Sequence[Role] = ()
    activities: Sequence[Activity] = ()
    stage_changes: Sequence[StageChange] = ()
    figures: Sequence[YearFigures] = ()
    doubles: Sequence[Double] = ()
    """Rows about contacts that are above already."""

    def all(self) -> tuple[AnyRecord, ...]:
        """Every one of them."""
        account = () if self.account is None else (self.account,)
        people, deals = (each.record for each in self.contacts), (each.record for each in self.opportunities)
        return (
            *account,
            *people,
            *deals,
            *self.roles,
            *self.activities,
            *self.stage_changes,
            *self.figures,
            *(each.record for each in self.doubles),
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every account of an import."""

    system: System
    config: Config
    vocabulary: Vocabulary
    prefer: Preference
    decisions: Decisions
    today: date | None
    """The day it is; None: no day is noted."""
    contact_accounts: Mapping[str, str]
    """The contacts of the whole export that have ids: key of the id to their account."""
    standing: Mapping[tuple[str, str], str]
    """Where contacts and opportunities stand by now: section and key of the id to the plan's path."""
    kinds: frozenset[Kind]
    """What the export has files of."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the records of a section are."""

    ids: Mapping[str, str]
    """By the record's key, the plan's id: one that stands, or the one that it will get."""
    unsure: Mapping[str, Unsure]
    deleted: Mapping[str, str]
    """Those that a person has taken out of the plan: the record's key, to the id that it had."""


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
    memory: Memory = field(default_factory=Memory)

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
            data = data.get(step) if isinstance(data, dict | Mapping) else None
        return data if isinstance(data, dict | Mapping) else {}

    @cached_property
    def contacts(self) -> Found:
        """What the contacts are."""
        return self._found("contacts", self.rows.contacts, "person")

    @cached_property
    def opportunities(self) -> Found:
        """What the opportunities are, but for those that are left behind."""
        return self._found("opportunities", [each for each in self.rows.opportunities if self.left_behind_in(each.record) is None], "deal")

    def left_behind_in(self, opportunity: Opportunity) -> str | None:
        """The plan of an earlier period that an opportunity stays in: it is over, and the plan was rolled forward without it."""
        if opportunity.id is None:
            return None
        path = self.terms.standing.get(("opportunities", self.terms.system.id_key(opportunity.id)))
        return path if path in self.earlier and self.status_of(opportunity) not in ("open", "potential") else None

    def status_of(self, opportunity: Opportunity) -> str | None:
        """An opportunity's status in the plan's words: its own, else what its stage says, else open. None: nobody knows the word."""
        words = self.terms.vocabulary
        by_stage = None if opportunity.stage is None else words.word("stages", opportunity.stage)
        if by_stage in words.known("stages"):
            by_stage = None
        if opportunity.status is None or words.is_silent("statuses", opportunity.status):
            return by_stage or "open"
        said = words.word("statuses", opportunity.status)
        return by_stage if by_stage is not None and said in (None, "open") else said

    def _found(self, section: str, keyed: Sequence[Keyed[Any]], sort: Sort) -> Found:
        entries, system = self.entries(section), self.terms.system
        standing = [
            Named(identifier, entry.name or "", getattr(entry, "email", None), _crm_key(system, entry))
            for identifier, entry in entries.items()
        ]
        records = [
            Named(
                each.key, each.record.name, getattr(each.record, "email", None), system.id_key(each.record.id) if each.record.id else None
            )
            for each in keyed
        ]
        decided: dict[str, str | New] = {}
        for each in keyed:
            if (decision := self.terms.decisions.of(each.record.id, each.record.name, sort, entries)) is not None:
                decided[each.key] = decision
        remembered = self.memory.keys(section)
        known: dict[str, str | New] = {**remembered, **decided}
        matches = match(records, standing, sort, known)
        deleted = {
            each.key: remembered[each.key]
            for each in keyed
            if isinstance(matches[each.key], New) and each.key in remembered and each.key not in decided
        }
        unsure = {key: found for key, found in matches.items() if isinstance(found, Unsure)}
        return Found(self._ids(keyed, entries, matches, {*deleted, *unsure}), unsure, deleted)

    def _ids(
        self, keyed: Sequence[Keyed[Any]], entries: Mapping[str, Any], matches: Mapping[str, Match], without: set[str]
    ) -> dict[str, str]:
        found: dict[str, str] = {}
        taken = set(entries)
        numbers: dict[str, int] = {}
        for each in keyed:
            matched = matches[each.key]
            if isinstance(matched, str):
                found[each.key] = matched
            elif each.key not in without:
                end = self.terms.system.id_key(each.record.id) if each.record.id else ""
                found[each.key] = naming.identifier(each.record.name, kind_of(each.record), end, taken, numbers)
                taken.add(found[each.key])
        return found

    @cached_property
    def contact_index(self) -> Index:
        """The contacts that links may mean."""
        index = Index("person", self.terms.system.id_key, "not in the export, nor in the plan")
        self._fill(index, "contacts", self.rows.contacts, self.contacts)
        return index

    @cached_property
    def opportunity_index(self) -> Index:
        """The opportunities that links may mean."""
        index = Index("deal", self.terms.system.id_key, "not in the export, nor in the plan")
        self._fill(index, "opportunities", self.rows.opportunities, self.opportunities)
        return index

    def _fill(self, index: Index, section: str, keyed: Sequence[Keyed[Any]], found: Found) -> None:
        system = self.terms.system
        for identifier, entry in self.entries(section).items():
            index.add(identifier, [entry.name], crm_id=entry.crm.get(system.key), email=getattr(entry, "email", None))
        for each in keyed:
            key = found.ids.get(each.key, _OUT + each.key)
            index.add(key, [each.record.name], crm_id=each.record.id, email=getattr(each.record, "email", None))

    def contact(self, link: Link) -> str | Nowhere:
        """The plan's id of a contact that a row names, or why there is none."""
        found = self.contact_index.find(link)
        if isinstance(found, Nowhere):
            is_elsewhere = link.id is not None and self.terms.system.id_key(link.id) in self.terms.contact_accounts
            return Nowhere("of another account") if is_elsewhere else found
        return Nowhere("left out itself") if found.startswith(_OUT) else found

    def opportunity(self, link: Link) -> str | Nowhere:
        """The plan's id of an opportunity that a row names, or why there is none."""
        found = self.opportunity_index.find(link)
        return Nowhere("left out itself") if isinstance(found, str) and found.startswith(_OUT) else found

    def about_new(self, section: str, record: Contact | Opportunity) -> list[Note]:
        """What to say of an entry that is added: it may stand in another plan."""
        system = self.terms.system
        other = self.terms.standing.get((section, system.id_key(record.id))) if record.id else None
        if other is None or other in self.earlier:
            return []
        hint = f"if it has moved, take it out of {other}"
        return [Note(f"stands in {other} as well, by its {system.name} id", hint, record.source)]

    def provenance(self, as_of: date | None) -> dict[str, Value]:
        """Where a new entry is from, and of which day: the row's own, else the day of the import."""
        return {"source": self.terms.system.name, "as_of": as_of or self.terms.today}


_OUT = "?"
"""Before the keys of records that get no entry. No id has it."""


def _crm_key(system: System, entry: Any) -> str | None:
    return system.id_key(entry.crm[system.key]) if system.key in entry.crm else None


@dataclass
class Part:
    """What came of some records of an account."""

    added: dict[str, dict[str, Value]] = field(default_factory=dict)
    """Entries that the plan does not have yet, by id."""
    edits: list[Set] = field(default_factory=list)
    """Of entries that it has."""
    taken: list[Difference] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    unsure: list[Undecided] = field(default_factory=list)
    outcomes: list[RowOutcome] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    said: dict[tuple[str, str], Said] = field(default_factory=dict)
    """For the memory."""

    def done(self, record: AnyRecord, outcome: Outcome, reason: str = "") -> None:
        """Account for a row."""
        self.outcomes.append(RowOutcome(record.source, kind_of(record), outcome, reason))

    def leave(self, target: Target, keyed: Keyed[Contact] | Keyed[Opportunity], found: Found) -> bool:
        """Account for a row that gets no entry. Whether it is one."""
        record = keyed.record
        if (why := found.unsure.get(keyed.key)) is not None:
            self.unsure.append(Undecided(record.source, kind_of(record), record.name, record.id, target.path, why.why, why.candidates))
            self.done(record, Outcome.UNSURE, why.why)
            return True
        if keyed.key in found.deleted:
            section = "contacts" if isinstance(record, Contact) else "opportunities"
            self.done(record, Outcome.SKIPPED, f"{section}.{found.deleted[keyed.key]} was taken out of {target.path}; it stays out")
            return True
        return False

    def take(self, pointer: Pointer, current: Value, value: Value, source: Source, changed: Changed | None = None) -> None:
        """Write a value into a standing entry."""
        self.edits.append(Set(pointer, value))
        self.taken.append(Difference(pointer, None if current is None else shown(current), shown(value), source, changed))

    def take_all(self, pointer: Pointer, standing: Any, values: Mapping[str, Value], source: Source) -> None:
        """Write those values that an entry has otherwise."""
        for name, value in values.items():
            if value is not None and (current := getattr(standing, name)) != value:
                self.take((*pointer, name), current, value, source)

    def remember(
        self, target: Target, at: tuple[str, str], entry: str, values: Mapping[str, Value], *, as_of: date | None = None
    ) -> Mapping[str, Value]:
        """Keep what the source says of a thing for the next import. An older export than the last one changes nothing of it.

        What is compared with an entry that stands is remembered as that comes out: see `compare`.

        Args:
            target: the plan, with what was said before.
            at: section, and key of the thing in the source.
            entry: the plan's id of it.
            values: what the source says, by field; None where it says nothing.
            as_of: the row's own stamp.

        Returns:
            The values that are to be compared: of an older export, what the source said last.
        """
        before = target.memory.of(*at)
        said = {name: text_of(value) for name, value in values.items() if value not in (None, "")}
        if before is None:
            self.said[at] = Said(entry, said, _iso(as_of), _iso(target.terms.today))
            return values
        if as_of is not None and before.as_of is not None and as_of.isoformat() < before.as_of:
            self.said[at] = before._replace(entry=entry, fields={**said, **before.fields})
            return {name: None if name in before.fields else value for name, value in values.items()}
        fields = {**before.fields, **said}
        since = before.since if fields == before.fields else _iso(target.terms.today) or before.since
        self.said[at] = Said(entry, fields, _iso(as_of) or before.as_of, since)
        return values

    def compare(
        self,
        target: Target,
        pointer: Pointer,
        standing: Any,
        values: Mapping[str, Value],
        source: Source,
        *,
        at: tuple[str, str],
        implied: Mapping[str, Value] | None = None,
    ) -> Outcome:
        """Bring what an export says to an entry that stands: fill in what is absent, bring what only the source changed, keep the rest.

        Args:
            target: the plan.
            pointer: the entry.
            standing: the entry, as the model has it.
            values: what the export says, by field; None where it says nothing.
            source: from where.
            at: where the memory has what the source said of it; `remember` was asked before.
            implied: what the entry says of fields without writing them.
        """
        written, base, now = target.written(pointer), target.memory.of(*at), self.said[at]
        outcome, said = Outcome.SAME, {} if base is None else dict(base.fields)
        is_stamped = now.as_of is not None and (base is None or base.as_of is None or now.as_of > base.as_of)
        for name, value in values.items():
            if value in (None, ""):
                continue
            current = (implied or {}).get(name) if written.get(name) is None else getattr(standing, name)
            last = None if base is None else base.fields.get(name)
            prefer = target.terms.prefer.of(name)
            choice = "same" if current == value else choose(current, value, last, prefer=prefer, later_wins=name in LATER_WINS)
            if not keeps_last(choice, current, value, last, is_stamped=is_stamped):
                said[name] = now.fields[name]
            if choice == "same":
                continue
            changed = _changed(current, value, last)
            if choice == "take":
                self.take((*pointer, name), current, value, source, changed)
                outcome = Outcome.CHANGED
                continue
            difference = Difference((*pointer, name), None if current is None else shown(current), shown(value), source, changed)
            (self.conflicts if choice == "conflict" else self.kept).append(difference)
            outcome = max(outcome, Outcome.CONFLICT if choice == "conflict" else Outcome.KEPT, key=_WEIGHT.index)
        since = base.since if base is not None and base.fields == said else _iso(target.terms.today) or (base.since if base else None)
        self.said[at] = now._replace(fields=said, since=since)
        return outcome

    def hold(self, pointer: Pointer, current: Value, value: Value, source: Source, base: Said | None) -> Outcome:
        """Tell a field in which the plan's word stays whatever was asked for: the source's goes with another word, which stays out."""
        if current is None or value is None or is_same(current, value):
            return Outcome.SAME
        changed = _changed(current, value, None if base is None else base.fields.get(str(pointer[-1])))
        self.kept.append(Difference(pointer, shown(current), shown(value), source, changed))
        return Outcome.KEPT

    def refresh(self, target: Target, pointer: Pointer, standing: Any, as_of: date | None, source: Source, outcome: Outcome) -> Outcome:
        """Move on the day of an entry that came from this source: to the row's own, or to today where something else was brought.

        A day never goes back, and what people wrote themselves, or have from elsewhere, keeps theirs.
        """
        if standing.source != target.terms.system.name:
            return outcome
        day = as_of or (target.terms.today if outcome is Outcome.CHANGED else None)
        if day is None or (standing.as_of is not None and standing.as_of >= day):
            return outcome
        self.take((*pointer, "as_of"), standing.as_of, day, source)
        return Outcome.CHANGED

    def identify(self, target: Target, pointer: Pointer, standing: Any, crm_id: str | None, source: Source) -> Outcome:
        """Write down the source's id of an entry that was found without one."""
        system = target.terms.system
        if crm_id is None or system.key in standing.crm:
            return Outcome.SAME
        if target.written((*pointer, "crm")):
            self.take((*pointer, "crm", system.key), None, crm_id, source)
        else:
            self.edits.append(Set((*pointer, "crm"), {system.key: crm_id}))
            self.taken.append(Difference((*pointer, "crm", system.key), None, shown(crm_id), source))
        return Outcome.CHANGED


_WEIGHT = (Outcome.SAME, Outcome.KEPT, Outcome.CONFLICT, Outcome.CHANGED, Outcome.NEW)
"""What a row is called of which several things are true: the last of these."""


def heavier(one: Outcome, other: Outcome) -> Outcome:
    """What a row is called of which both are true."""
    return max(one, other, key=_WEIGHT.index)


def choose(current: Value, value: Value, last: str | None, *, prefer: str | None = None, later_wins: bool = False) -> Choice:
    """Whose word a field gets.

    Args:
        current: what the plan says; None: nothing.
        value: what the source says; None: nothing.
        last: what the source said when it was last imported; None: not known.
        prefer: the side whose word goes first, if one does.
        later_wins: whether a later day is right whoever says it.
    """
    if value in (None, "") or (current is not None and is_same(current, value)):
        return "same"
    if prefer == "crm":
        return "take"
    is_changed_here = last is not None and (current is None or text_of(current) != last)
    is_changed_there = last is not None and text_of(value) != last
    if later_wins and isinstance(current, date) and isinstance(value, date) and not (is_changed_here and not is_changed_there):
        return "take" if value > current and prefer != "plan" else "same"
    if last is None and current is None:
        return "take"
    if prefer == "plan" or (is_changed_here and not is_changed_there):
        return "kept"
    return "take" if is_changed_there and not is_changed_here else "conflict"


def keeps_last(choice: Choice, current: Value, value: Value, last: str | None, *, is_stamped: bool) -> bool:
    """Whether the memory keeps what the source said before, whatever it says now.

    It does in a conflict, so that it is told until somebody has settled it. It does too where plan and row agree on something that
    the source has not said before: the row may come from the plan itself, and only a row's own stamp shows that it does not.

    Args:
        choice: whose word the field gets.
        current: what the plan says.
        value: what the source says.
        last: what it said when it was last imported; None: not known.
        is_stamped: whether the row says that it has changed since.
    """
    if choice == "conflict":
        return True
    return choice == "same" and last is not None and not is_stamped and is_same(current, value)


def _changed(current: Value, value: Value, last: str | None) -> Changed | None:
    """Which side has changed since the last import."""
    if last is None:
        return None
    here, there = current is None or text_of(current) != last, text_of(value) != last
    return "both" if here and there else "plan" if here else "source"


def kind_of(record: AnyRecord) -> Kind:
    """What a record is about."""
    return _KINDS[type(record)]


def filled(values: Mapping[str, Value]) -> dict[str, Value]:
    """Without what is unknown."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def is_same(current: object, value: object) -> bool:
    """Whether two values say the same; how a text is broken into lines says nothing."""
    if current == value:
        return True
    return isinstance(current, str) and isinstance(value, str) and current.split() == value.split()


def shown(value: Value) -> str:
    """A value as a plan writes it, on one line of a readable length."""
    text = flow(value) if isinstance(value, Mapping) else " ".join(str(as_data(value)).split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1].rstrip() + "…"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
