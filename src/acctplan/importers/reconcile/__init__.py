"""Records and plans to what an import would do: new plans, and edits of standing ones.

Plans are matched by the CRM ids that they hold and by nothing else; whether two things of one name are the same is for a
person to say. What a plan says stays, unless the field was named as one in which the export goes first.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from acctplan.diagnostic import closest
from acctplan.edit import RefusedError, Set, apply
from acctplan.edit.emit import entry
from acctplan.errors import UserError
from acctplan.importers.outcome import NOT_ASKED_FOR, Import, Outcome, PlanImport, RowOutcome
from acctplan.importers.reconcile import contacts, opportunities, profile
from acctplan.importers.reconcile.base import Rows, Target, Terms, kind_of
from acctplan.importers.reconcile.standing import Standing, folded
from acctplan.importers.records import Note
from acctplan.loader import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acctplan.config import Config
    from acctplan.edit import Value
    from acctplan.importers.records import Contact, Extract, Opportunity, Role
    from acctplan.loader import Loaded

__all__ = ["FIELDS", "reconcile"]

FIELDS = tuple(dict.fromkeys((*profile.FIELDS, *contacts.FIELDS, *opportunities.FIELDS)))
"""The fields that an import can fill in, in the plan's words: those that `prefer_crm` may name."""

_Sections: TypeAlias = "Mapping[str, Mapping[str, Value]]"
_Changed: TypeAlias = "tuple[str | None, tuple[Set, ...]]"
"""The text that is to be written, if any, and by which edits it came of a standing plan's."""

_HEADER = "# yaml-language-server: $schema=../.acctplan/plan.schema.json"


def reconcile(
    plans: Mapping[str, Loaded],
    extract: Extract,
    config: Config,
    *,
    accounts: Iterable[str] = (),
    prefer_crm: Iterable[str] = (),
    folder: str = "",
) -> Import:
    """What bringing an export into a book would do.

    Args:
        plans: the standing plans, by path. One that could not be loaded is never touched.
        extract: what the export says.
        config: names the stages.
        accounts: names or ids of the accounts to bring in; none named: all of them.
        prefer_crm: fields in which the export's word goes before the plan's, see `FIELDS`; `all` names all of them.
        folder: where new plans go.

    Raises:
        UserError: there is no such account or field.
    """
    id_key, standing = extract.system.id_key, Standing(plans, extract, folder)
    contact_accounts = {id_key(contact.id): id_key(contact.account) for contact in extract.contacts}
    terms = Terms(extract.system, config, _preferred(prefer_crm), contact_accounts, standing.entries())
    groups = _by_account(extract, standing, terms)
    wanted = _wanted(accounts, groups, standing, terms)
    outcomes = [RowOutcome(skipped.source, skipped.kind, Outcome.SKIPPED, skipped.reason) for skipped in extract.skipped]
    notes = []
    done = []
    for key, rows in groups.items():
        made = _account(key, rows, standing, terms) if key in wanted else NOT_ASKED_FOR
        if isinstance(made, str):
            outcomes.extend(RowOutcome(record.source, kind_of(record), Outcome.SKIPPED, made) for record in rows.all())
        else:
            done.append(made[0])
            outcomes.extend(made[0].rows)
            notes.extend(made[1])
    files = {file.name: place for place, file in enumerate(extract.files)}
    outcomes.sort(key=lambda row: (files[row.source.file], row.source.row))
    left_out = {row.source for row in outcomes if row.outcome is Outcome.SKIPPED}
    read = [note for note in extract.notes if note.of_file or note.source not in left_out]
    return Import(extract.system, extract.files, tuple(done), tuple(outcomes), (*read, *notes, *standing.unread()), extract.unused)


def _preferred(fields: Iterable[str]) -> frozenset[str]:
    named = frozenset(fields)
    for field in sorted(named - {*FIELDS, "all"}):
        near = closest(field, (*FIELDS, "all"))
        raise UserError(f"no field {field} comes from a CRM", f"did you mean {near}?" if near else f"all, or some of {', '.join(FIELDS)}")
    return frozenset(FIELDS) if "all" in named else named


def _by_account(extract: Extract, standing: Standing, terms: Terms) -> dict[str, Rows]:
    """All rows by the key of their account: those of the export first, then those that only their contacts and so on name."""
    id_key = extract.system.id_key
    contacts_of: dict[str, list[Contact]] = defaultdict(list)
    opportunities_of: dict[str, list[Opportunity]] = defaultdict(list)
    roles_of: dict[str, list[Role]] = defaultdict(list)
    for contact in extract.contacts:
        contacts_of[id_key(contact.account)].append(contact)
    for opportunity in extract.opportunities:
        opportunities_of[id_key(opportunity.account)].append(opportunity)
    owners = {id_key(opportunity.id): id_key(opportunity.account) for opportunity in extract.opportunities}
    for role in extract.roles:
        key = id_key(role.opportunity)
        roles_of[owners.get(key) or standing.account_of(terms.standing.get(("opportunities", key))) or ""].append(role)
    accounts = {id_key(account.id): account for account in extract.accounts}
    keys = dict.fromkeys((*accounts, *contacts_of, *opportunities_of, *roles_of))
    return {key: Rows(accounts.get(key), contacts_of[key], opportunities_of[key], roles_of[key]) for key in keys}


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


def _account(key: str, rows: Rows, standing: Standing, terms: Terms) -> tuple[PlanImport, list[Note]] | str:
    """What becomes of an account, or why its rows go nowhere."""
    place = standing.path(key, rows)
    if isinstance(place, str):
        return place
    path, stands = place
    earlier = standing.earlier(key)
    target = Target(terms, rows, path, standing.plans[path] if stands else None, earlier)
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
        rows=tuple(outcome for part in parts for outcome in part.outcomes),
    )
    notes = [note for part in parts for note in part.notes]
    if earlier:
        notes.append(Note(f"{', '.join(earlier)}: of an earlier period and left alone; {path} is the account's latest plan"))
    if not stands and rows.account is not None:
        notes.extend(standing.add(path, rows.account))
    return made, notes


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


def _crm_id(target: Target) -> str:
    if target.plan is not None:
        return target.plan.profile.crm[target.terms.system.key]
    assert target.rows.account is not None
    return target.rows.account.id
