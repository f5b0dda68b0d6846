"""Records and plans to what an import would do: new plans, and edits of standing ones.

Plans are matched by the CRM ids that they hold and by nothing else; whether two things of one name are the same is for a
person to say. What a plan says stays, unless the field was named as one in which the export goes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from acctplan.diagnostic import closest
from acctplan.edit import Set
from acctplan.edit.emit import entry
from acctplan.errors import UserError
from acctplan.importers import names
from acctplan.importers.outcome import Import, Outcome, PlanImport, RowOutcome
from acctplan.importers.reconcile import contacts, opportunities, profile
from acctplan.importers.reconcile.base import Rows, Target, Terms, kind_of
from acctplan.importers.records import Account, Contact, Note, Opportunity, Role
from acctplan.loader import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acctplan.config import Config
    from acctplan.edit import Value
    from acctplan.importers.records import Extract, System
    from acctplan.loader import Loaded

__all__ = ["FIELDS", "reconcile"]

FIELDS = tuple(dict.fromkeys((*profile.FIELDS, *contacts.FIELDS, *opportunities.FIELDS)))
"""The fields that an import can fill in, in the plan's words: those that `prefer_crm` may name."""

_HEADER = "# yaml-language-server: $schema=../.acctplan/plan.schema.json"


def reconcile(
    plans: Mapping[str, Loaded], extract: Extract, config: Config, *, accounts: Iterable[str] = (), prefer_crm: Iterable[str] = ()
) -> Import:
    """What bringing an export into a book would do.

    Args:
        plans: the standing plans, by path. One that could not be loaded is never touched.
        extract: what the export says.
        config: names the stages.
        accounts: names or ids of the accounts to bring in; none named: all of them.
        prefer_crm: fields in which the export's word goes before the plan's, see `FIELDS`; `all` names all of them.

    Raises:
        UserError: there is no such account or field.
    """
    terms = Terms(
        extract.system,
        config,
        _preferred(prefer_crm),
        {extract.system.id_key(contact.id): extract.system.id_key(contact.account) for contact in extract.contacts},
        _standing(plans, extract.system),
    )
    groups = _by_account(extract, plans, terms)
    book = _Book(terms, plans, _owners(plans, extract.system))
    wanted = _wanted(accounts, groups, book)
    outcomes = [RowOutcome(skipped.source, skipped.kind, Outcome.SKIPPED, skipped.reason) for skipped in extract.skipped]
    notes = list(extract.notes)
    done = []
    for key, rows in groups.items():
        target = book.target(key, rows) if key in wanted else "its account was not asked for"
        made = target if isinstance(target, str) else _merged(target, config)
        if isinstance(made, str):
            outcomes.extend(RowOutcome(record.source, kind_of(record), Outcome.SKIPPED, made) for record in rows.all())
            continue
        result, found = made
        done.append(result)
        outcomes.extend(result.rows)
        notes.extend(found)
        if result.is_new and rows.account is not None:
            notes.extend(book.add(result, rows.account))
    files = {file.name: place for place, file in enumerate(extract.files)}
    outcomes.sort(key=lambda row: (files[row.source.file], row.source.row))
    return Import(extract.system, extract.files, tuple(done), tuple(outcomes), (*notes, *book.notes()), extract.unused)


def _preferred(fields: Iterable[str]) -> frozenset[str]:
    named = frozenset(fields)
    for field in sorted(named - {*FIELDS, "all"}):
        near = closest(field, (*FIELDS, "all"))
        raise UserError(f"no field {field} comes from a CRM", f"did you mean {near}?" if near else f"all, or some of {', '.join(FIELDS)}")
    return frozenset(FIELDS) if "all" in named else named


def _by_account(extract: Extract, plans: Mapping[str, Loaded], terms: Terms) -> dict[str, Rows]:
    """All rows by their account's id key: the accounts of the export first, then those that only their contacts and so on name."""
    id_key = extract.system.id_key
    found = {id_key(account.id): Rows(account, [], [], []) for account in extract.accounts}
    lists: dict[str, tuple[list[Contact], list[Opportunity], list[Role]]] = defaultdict(lambda: ([], [], []))
    for contact in extract.contacts:
        lists[id_key(contact.account)][0].append(contact)
    owner = {}
    for opportunity in extract.opportunities:
        owner[id_key(opportunity.id)] = id_key(opportunity.account)
        lists[id_key(opportunity.account)][1].append(opportunity)
    for role in extract.roles:
        key = owner.get(id_key(role.opportunity))
        if key is None:
            path = terms.standing.get(("opportunities", id_key(role.opportunity)))
            key = _account_key(plans[path], extract.system) if path is not None else None
        lists[key or ""][2].append(role)
    for key, (people, deals, roles) in lists.items():
        found[key] = Rows(found[key].account if key in found else None, people, deals, roles)
    return found


def _account_key(loaded: Loaded, system: System) -> str | None:
    """The key of the account id in a plan's text, even where the text is no good plan."""
    data: Any = None if loaded.document is None else loaded.document.data
    for step in ("profile", "crm", system.key):
        data = data.get(step) if isinstance(data, AnyMapping) else None
    return system.id_key(data.strip()) if isinstance(data, str) else None


def _owners(plans: Mapping[str, Loaded], system: System) -> dict[str, list[str]]:
    """The paths of the plans that hold an account's id, by its key."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, loaded in plans.items():
        if key := _account_key(loaded, system):
            found[key].append(path)
    return found


def _standing(plans: Mapping[str, Loaded], system: System) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for path, plan in ((path, loaded.plan) for path, loaded in plans.items()):
        if plan is not None:
            sections: tuple[tuple[str, Mapping[str, Any]], ...] = (("contacts", plan.contacts), ("opportunities", plan.opportunities))
            for section, entries in sections:
                for each in entries.values():
                    if system.key in each.crm:
                        found.setdefault((section, system.id_key(each.crm[system.key])), path)
    return found


def _stem(path: str) -> str:
    return PurePath(path).stem.casefold()


@dataclass
class _Book:
    """The standing plans, and the file names that are taken."""

    terms: Terms
    plans: Mapping[str, Loaded]
    owners: Mapping[str, list[str]]

    def __post_init__(self) -> None:
        self.taken = {_stem(path) for path in self.plans}
        self.unreadable = {_stem(path): path for path, loaded in self.plans.items() if loaded.document is None}
        self.called = {_folded(loaded.plan.profile.name): path for path, loaded in self.plans.items() if loaded.plan is not None}

    def target(self, key: str, rows: Rows) -> Target | str:
        """The plan that an account's rows go into, or why they go nowhere."""
        paths = self.owners.get(key, [])
        if len(paths) > 1:
            return f"its account's id stands in several plans: {', '.join(paths)}"
        if paths and self.plans[paths[0]].plan is None:
            return f"{paths[0]} has mistakes; correct them first"
        if paths:
            return Target(self.terms, rows, paths[0], self.plans[paths[0]])
        if rows.account is None:
            return "its account is not in the export, nor in a plan" if key else "its opportunity is not in the export, nor in a plan"
        if path := self.unreadable.get(names.slug(rows.account.name)):
            return f"{path} cannot be read and may be its account's plan; correct it first"
        return Target(self.terms, rows, f"{names.file_name(rows.account.name, key, self.taken)}.yaml", None)

    def names_of(self, key: str, rows: Rows) -> Iterator[str]:
        """What an account is called in the export and in its plan."""
        if rows.account is not None:
            yield rows.account.name
        for path in self.owners.get(key, []):
            if (plan := self.plans[path].plan) is not None:
                yield plan.profile.name

    def add(self, made: PlanImport, account: Account) -> Iterator[Note]:
        """A new plan: keep its file name for it, and say where there is another of that name."""
        system, name = self.terms.system, _folded(account.name)
        other = self.called.setdefault(name, made.path)
        self.taken.add(_stem(made.path))
        if other == made.path:
            return
        if other in self.plans and _account_key(self.plans[other], system) is None:
            what = f"{other} has the same name and no {system.name} id; {made.path} was made besides"
            hint = f"if it is the same, delete the new plan and add to the profile of {other}: crm: {{{system.key}: {account.id}}}"
        else:
            what = f"{other} has the same name and another {system.name} id; {made.path} was made besides"
            hint = f"see whether one of the two is a duplicate in {system.name}"
        yield Note(what, hint, account.source)

    def notes(self) -> Iterator[Note]:
        """What to say of plans that nobody could look into."""
        for path in self.unreadable.values():
            yield Note(
                f"{path} cannot be read, so nobody knows which account it is of; it was left alone", "see what `acctplan check` says"
            )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _wanted(accounts: Iterable[str], groups: Mapping[str, Rows], book: _Book) -> frozenset[str]:
    """The keys of the accounts that were asked for."""
    asked = tuple(accounts)
    if not asked:
        return frozenset(groups)
    by_name: dict[str, list[str]] = defaultdict(list)
    for key, rows in groups.items():
        for name in book.names_of(key, rows):
            by_name[_folded(name)].append(key)
    wanted: set[str] = set()
    for account in asked:
        key = book.terms.system.id_key(account.strip())
        found = [key] if key in groups else by_name.get(_folded(account), [])
        if not found:
            near = closest(account, [name for key, rows in groups.items() for name in book.names_of(key, rows)])
            raise UserError(f"no account {account} in these files", f"did you mean {near}?" if near else "give its name, or its id")
        wanted.update(found)
    return frozenset(wanted)


def _merged(target: Target, config: Config) -> tuple[PlanImport, list[Note]] | str:
    """What becomes of an account's plan, or why nothing can."""
    about, people, deals = profile.merge(target), contacts.merge(target), opportunities.merge(target)
    parts = (about, people, deals)
    notes = [note for part in parts for note in part.notes]
    result = PlanImport(
        target.path,
        target.plan.profile.name if target.plan is not None else str(about.added["profile"]["name"]),
        _crm_id(target),
        None,
        (),
        tuple(difference for part in parts for difference in part.taken),
        tuple(difference for part in parts for difference in part.kept),
        tuple(outcome for part in parts for outcome in part.outcomes),
    )
    if target.plan is not None:
        edits = [
            *about.edits,
            *_additions(target, "contacts", people.added),
            *people.edits,
            *_additions(target, "opportunities", deals.added),
            *deals.edits,
        ]
        return replace(result, edits=tuple(edits)), notes
    text = _new_plan({"profile": about.added["profile"], "contacts": people.added, "opportunities": deals.added})
    read_back = load(text, target.path, config)
    if read_back.plan is None:
        return f"its account's plan could not be read back: {read_back.diagnostics[0].message}"
    return replace(result, text=text), notes


def _crm_id(target: Target) -> str:
    if target.rows.account is not None:
        return target.rows.account.id
    assert target.plan is not None
    return target.plan.profile.crm[target.terms.system.key]


def _additions(target: Target, section: str, entries: Mapping[str, Mapping[str, Value]]) -> Iterator[Set]:
    """One edit for all of a section that the plan does not have, else one for each entry."""
    if entries and not target.written((section,)):
        yield Set((section,), entries)
    else:
        yield from (Set((section, identifier), each) for identifier, each in entries.items())


def _new_plan(sections: Mapping[str, Mapping[str, Value]]) -> str:
    """A plan's text, with a blank line between the sections."""
    blocks = [[_HEADER, "acctplan: 1"], *(entry(name, section, 0) for name, section in sections.items() if section)]
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"
