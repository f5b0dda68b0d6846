"""Records and plans to what an import would do: new plans, and edits of standing ones.

Things are matched by the source's ids, else by what tells them apart for certain; where nothing does, a person is asked. What a
person wrote stays; what only the source has changed since the last import comes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from acctplan.diagnostic import closest
from acctplan.edit import RefusedError, Set, apply
from acctplan.edit.emit import entry
from acctplan.errors import UserError
from acctplan.importers.accounts_named import with_accounts_named
from acctplan.importers.matching import Unsure
from acctplan.importers.memory import Memory
from acctplan.importers.outcome import NOT_ASKED_FOR, Import, Outcome, PlanImport, RowOutcome, Undecided
from acctplan.importers.reconcile import contacts, opportunities, profile
from acctplan.importers.reconcile.base import Rows, Target, Terms, kind_of
from acctplan.importers.reconcile.grouping import Grouping
from acctplan.importers.reconcile.preference import Decisions, Preference, Wishes
from acctplan.importers.reconcile.standing import Standing, folded
from acctplan.importers.records import Account, Note
from acctplan.importers.vocabulary import Vocabulary
from acctplan.loader import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.edit import Value
    from acctplan.importers.reconcile.grouping import Lost
    from acctplan.importers.records import Extract, Kind
    from acctplan.loader import Loaded

__all__ = ["FIELDS", "Preference", "Wishes", "reconcile"]

FIELDS = tuple(dict.fromkeys((*profile.FIELDS, *contacts.FIELDS, *opportunities.FIELDS)))
"""The fields that an import can fill in, in the plan's words: those that a preference may name."""

_Sections: TypeAlias = "Mapping[str, Mapping[str, Value]]"
_Changed: TypeAlias = "tuple[str | None, tuple[Set, ...]]"
"""The text that is to be written, if any, and by which edits it came of a standing plan's."""

_HEADER = "# yaml-language-server: $schema=../.acctplan/plan.schema.json"


def reconcile(
    plans: Mapping[str, Loaded],
    extract: Extract,
    config: Config,
    *,
    today: date | None = None,
    memory: Mapping[str, Memory] | None = None,
    wishes: Wishes | None = None,
    folder: str = "",
) -> Import:
    """What bringing an export into a book would do.

    Args:
        plans: the standing plans, by path. One that could not be loaded is never touched.
        extract: what the export says.
        config: names the stages, and what the source's words mean.
        today: the day of the import; None: it is noted nowhere.
        memory: what the source said before, by the path of the plan.
        wishes: what was asked for; None: all of it.
        folder: where new plans go.

    Raises:
        UserError: there is no such account, or a decision is about nothing.
    """
    asked, id_key, standing = wishes or Wishes(), extract.system.id_key, Standing(plans, extract, folder)
    if asked.new:
        extract = with_accounts_named(extract, standing.named())
    terms = Terms(
        extract.system,
        config,
        Vocabulary(extract.system, config),
        asked.prefer,
        Decisions(asked.decisions, id_key),
        today,
        {id_key(contact.id): id_key(contact.account.id or "") for contact in extract.contacts if contact.id},
        standing.entries(),
        frozenset(file.kind for file in extract.files if file.kind is not None),
    )
    groups = Grouping(extract, standing, terms.decisions, asked.plan).all()
    wanted = frozenset([standing.key_of(asked.plan)]) if asked.plan else _wanted(asked.accounts, groups.rows, standing, terms)
    outcomes = [RowOutcome(skipped.source, skipped.kind, Outcome.SKIPPED, skipped.reason) for skipped in extract.skipped]
    outcomes.extend(_lost(lost) for lost in groups.lost)
    unsure = list(_undecided(groups.lost, id_key))
    notes = []
    done = []
    for key, rows in groups.rows.items():
        made = _account(key, rows, standing, terms, memory or {}) if key in wanted else _other(key, rows, standing, groups.rows, asked)
        if isinstance(made, str):
            outcomes.extend(RowOutcome(record.source, kind_of(record), Outcome.SKIPPED, made) for record in rows.all())
        else:
            done.append(made[0])
            outcomes.extend(made[0].rows)
            unsure.extend(made[0].unsure)
            notes.extend(made[1])
    terms.decisions.check()
    files = {file.name: place for place, file in enumerate(extract.files)}
    outcomes.sort(key=lambda row: (files[row.source.file], row.source.row))
    left_out = {row.source for row in outcomes if row.outcome in (Outcome.SKIPPED, Outcome.UNSURE)}
    read = [note for note in extract.notes if note.of_file or note.source not in left_out]
    every = (*read, *notes, *standing.unread())
    return Import(extract.system, extract.files, tuple(done), tuple(outcomes), every, extract.unused, tuple(unsure))


def _other(key: str, rows: Rows, standing: Standing, groups: Mapping[str, Rows], asked: Wishes) -> str:
    """Why the rows of an account are left out that was not asked for: nobody wanted them, or nothing here is about the plan that was."""
    if asked.plan is None or standing.key_of(asked.plan) in groups:
        return NOT_ASKED_FOR
    name = next(standing.names(key, rows), "another account")
    return f"it is about {name}, and {asked.plan} was asked for"


def _lost(lost: Lost) -> RowOutcome:
    is_unsure = isinstance(lost.why, Unsure)
    why = lost.why.why if isinstance(lost.why, Unsure) else lost.why
    return RowOutcome(lost.record.source, kind_of(lost.record), Outcome.UNSURE if is_unsure else Outcome.SKIPPED, why)


def _undecided(lost: Iterable[Lost], id_key: Callable[[str], str]) -> Iterator[Undecided]:
    """The accounts that may be one that there is, each once: what belongs to one is undecided with it."""
    seen = set()
    for one in lost:
        if not isinstance(one.why, Unsure):
            continue
        record = one.record
        crm_id, name = (record.id, record.name) if isinstance(record, Account) else (record.account.id, record.account.name)
        key = id_key(crm_id) if crm_id else folded(name or "")
        if key not in seen:
            seen.add(key)
            yield Undecided(record.source, "account", name or crm_id or "", crm_id, "", one.why.why, one.why.candidates)


def _wanted(accounts: Iterable[str], groups: Mapping[str, Rows], standing: Standing, terms: Terms) -> frozenset[str]:
    """The keys of the accounts that were asked for."""
    asked = tuple(accounts)
    if not asked:
        return frozenset(groups)
    by_name: dict[str, list[str]] = defaultdict(list)
    for key, rows in groups.items():
        for name in standing.names(key, rows):
            by_name[folded(name)].append(key)
    wanted: set[str] = set()
    for account in asked:
        key = terms.system.id_key(account.strip())
        found = [key] if key in groups else by_name.get(folded(account), [])
        if not found:
            near = closest(account, (name for key, rows in groups.items() for name in standing.names(key, rows)))
            raise UserError(f"no account {account} in these files", f"did you mean {near}?" if near else "give its name, or its id")
        wanted.update(found)
    return frozenset(wanted)


def _account(key: str, rows: Rows, standing: Standing, terms: Terms, memory: Mapping[str, Memory]) -> tuple[PlanImport, list[Note]] | str:
    """What becomes of an account, or why its rows go nowhere."""
    place = standing.path(key, rows)
    if isinstance(place, str):
        return place
    path, stands = place
    earlier = standing.earlier(key)
    before = memory.get(path, Memory()) if stands else Memory()
    target = Target(terms, rows, path, standing.plans[path] if stands else None, earlier, before)
    about, people, deals = profile.merge(target), contacts.merge(target), opportunities.merge(target)
    sections: _Sections = {"profile": about.added.get("profile", {}), "contacts": people.added, "opportunities": deals.added}
    changed = _new(target, sections) if target.plan is None else _edited(target, sections, (*about.edits, *people.edits, *deals.edits))
    if isinstance(changed, str):
        return changed
    text, edits = changed
    parts = (about, people, deals)
    made = PlanImport(
        path=path,
        name=_name(target),
        crm_id=_crm_id(target),
        text=text if target.loaded is None else None,
        edits=edits,
        edited=None if target.loaded is None else text,
        taken=tuple(difference for part in parts for difference in part.taken),
        kept=tuple(difference for part in parts for difference in part.kept),
        conflicts=tuple(difference for part in parts for difference in part.conflicts),
        unsure=tuple(undecided for part in parts for undecided in part.unsure),
        memory=Memory({**before.entries, **{at: said for part in parts for at, said in part.said.items()}}),
        rows=tuple(outcome for part in parts for outcome in part.outcomes),
        absent=tuple(_absent(target)),
    )
    notes = [note for part in parts for note in part.notes]
    if earlier:
        notes.append(Note(f"{', '.join(earlier)}: of an earlier period and left alone; {path} is the account's latest plan"))
    if not stands and rows.account is not None:
        notes.extend(standing.add(path, rows.account))
    return made, notes


def _absent(target: Target) -> Iterator[Pointer]:
    """What the source had when it was last imported, and has not in these files. It stays."""
    parts: tuple[tuple[str, Kind, Iterable[str]], ...] = (
        ("contacts", "contact", (each.key for each in target.rows.contacts)),
        ("opportunities", "opportunity", (each.key for each in target.rows.opportunities)),
    )
    for section, kind, keys in parts:
        remembered = target.memory.keys(section)
        gone = {remembered[key] for key in remembered.keys() - set(keys)} & set(target.entries(section))
        if kind in target.terms.kinds:
            yield from ((section, identifier) for identifier in sorted(gone))


def _new(target: Target, sections: _Sections) -> _Changed | str:
    """A plan's text, with a blank line between the sections."""
    blocks = [[_HEADER, "acctplan: 1"], *(entry(name, section, 0) for name, section in sections.items() if section)]
    text = "\n\n".join("\n".join(lines) for lines in blocks) + "\n"
    return _refused(target, text) or (text, ())


def _edited(target: Target, sections: _Sections, edits: Iterable[Set]) -> _Changed | str:
    """The edits of a standing plan: what is added to it, then what is filled in. Tried here, so that one refusal stops one plan."""
    added = [edit for name, section in sections.items() for edit in _additions(target, name, section)]
    every = (*added, *edits)
    if not every:
        return None, ()
    assert target.loaded is not None
    try:
        text = apply(target.loaded.read(), every).text
    except RefusedError as error:
        return f"{target.path}: {error.message}; {error.hint}"
    return _refused(target, text) or (text, every)


def _additions(target: Target, section: str, entries: Mapping[str, Value]) -> Iterator[Set]:
    """One edit for all of a section that the plan does not have, else one for each entry."""
    if entries and not target.written((section,)):
        yield Set((section,), entries)
    else:
        yield from (Set((section, identifier), each) for identifier, each in entries.items())


def _refused(target: Target, text: str) -> str:
    """Why a text must not be written; empty where it is a plan."""
    loaded = load(text, target.path, target.terms.config)
    return "" if loaded.plan is not None else f"{target.path} could not be read afterwards: {loaded.diagnostics[0].message}"


def _name(target: Target) -> str:
    if target.plan is not None:
        return target.plan.profile.name
    assert target.rows.account is not None
    return target.rows.account.name


def _crm_id(target: Target) -> str | None:
    known = None if target.plan is None else target.plan.profile.crm.get(target.terms.system.key)
    return known or (None if target.rows.account is None else target.rows.account.id)
