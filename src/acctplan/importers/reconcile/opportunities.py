"""Opportunities into a plan, with who plays which part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from acctplan.importers.outcome import Outcome
from acctplan.importers.reconcile.base import Part, Target, filled, shown
from acctplan.importers.records import Note

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from acctplan.edit import Value
    from acctplan.importers.records import Opportunity, Role

FIELDS = ("name", "status", "stage", "probability", "kind", "value", "close_date", "next_step", "notes", "role")
"""What of an opportunity can come from a CRM, in the plan's words."""

_OPEN = ("open", "potential")


def merge(target: Target) -> Part:
    """The account's opportunities and buying roles into its plan."""
    part = Part()
    system, roles = target.terms.system, _first_roles(target, part)
    for opportunity in target.rows.opportunities:
        if (path := target.left_behind_in(opportunity)) is not None:
            part.done(opportunity, Outcome.SKIPPED, f"it is over and stands in {path}, the plan of an earlier period")
            continue
        identifier = target.opportunity_ids[system.id_key(opportunity.id)]
        values = _values(target, opportunity, part)
        standing = target.entries("opportunities").get(identifier)
        if standing is None:
            part.added[identifier] = _entry(target, opportunity, values, roles.pop(identifier, {}), part)
            part.notes.extend(target.about_new("opportunities", opportunity))
            part.done(opportunity, Outcome.NEW)
        else:
            implied = _implied(target, standing, values)
            if not _is_open_after(target, standing, values):
                values["probability"] = None
            outcome = part.compare(target, ("opportunities", identifier), standing, values, opportunity.source, implied)
            part.done(opportunity, outcome)
    for identifier, buyers in roles.items():
        _compare_roles(target, identifier, buyers, part)
    return part


def _values(target: Target, opportunity: Opportunity, part: Part) -> dict[str, Value]:
    return {
        "name": opportunity.name,
        "status": opportunity.status,
        "stage": _stage(target, opportunity, part),
        "probability": opportunity.probability,
        "kind": opportunity.kind,
        "value": _value(target, opportunity, part),
        "close_date": opportunity.close_date,
        "next_step": opportunity.next_step,
        "notes": opportunity.notes,
    }


def _entry(target: Target, opportunity: Opportunity, values: dict[str, Value], buyers: Mapping[str, Role], part: Part) -> dict[str, Value]:
    """A new entry, in the order in which people write one."""
    if _stage_probability(target, values["stage"]) == opportunity.probability:
        values["probability"] = None
    later = {name: values.pop(name) for name in ("next_step", "notes")}
    made: dict[str, Value] = {**values, "crm": {target.terms.system.key: opportunity.id}}
    if buyers:
        made["buying_roles"] = {contact: _role(role) for contact, role in buyers.items()}
    for role in buyers.values():
        part.done(role, Outcome.NEW)
    return filled(made | later)


def _stage(target: Target, opportunity: Opportunity, part: Part) -> str | None:
    """Our name of the CRM's stage; None where the settings do not say, or the opportunity is closed."""
    if opportunity.stage is None:
        return None
    system, wanted = target.terms.system, opportunity.stage.casefold()
    for identifier, stage in target.terms.config.stages.items():
        if any(name.strip().casefold() == wanted for name in getattr(stage, system.key, ())):
            return identifier
    quoted = '"' + opportunity.stage.replace("\\", "\\\\").replace('"', '\\"') + '"'
    what = f"the stage '{shown(opportunity.stage)}' is not in acctplan.toml; left out"
    part.notes.append(Note(what, f"add {quoted} to `{system.key}` of the stage that it is, then import again", opportunity.source))
    return None


def _stage_probability(target: Target, stage: Value) -> Decimal | None:
    known = target.terms.config.stages.get(str(stage))
    return None if known is None else known.probability


def _implied(target: Target, standing: Any, values: Mapping[str, Value]) -> dict[str, Value]:
    """The probability that an opportunity has by its stage.

    Where plan and CRM are in the same stage and the CRM has another probability all the same, that is news and gets filled in.
    Where the plan stays in another stage, it is a disagreement.
    """
    stage = _after(target, standing, values, "stage")
    own = _stage_probability(target, stage)
    return {} if own is None or (stage == values["stage"] and own != values["probability"]) else {"probability": own}


def _is_open_after(target: Target, standing: Any, values: Mapping[str, Value]) -> bool:
    return _after(target, standing, values, "status") in _OPEN


def _after(target: Target, standing: Any, values: Mapping[str, Value], name: str) -> Any:
    """What a field of a standing opportunity says after the import."""
    current = getattr(standing, name)
    is_written = name in standing.model_fields_set and current is not None
    return current if values[name] is None or (is_written and name not in target.terms.prefer) else values[name]


def plan_currency(target: Target) -> str | None:
    """What a plan's amounts are in: its own word, the account's, or what all of the account's opportunities are in."""
    if target.plan is not None:
        return target.plan.profile.currency
    if target.rows.account is not None and target.rows.account.currency is not None:
        return target.rows.account.currency
    named = {opportunity.currency for opportunity in target.rows.opportunities}
    return named.pop() if len(named) == 1 else None


def _value(target: Target, opportunity: Opportunity, part: Part) -> Decimal | None:
    """The amount, if it is in the plan's currency."""
    if opportunity.value is None:
        return None
    ours = plan_currency(target) or target.terms.config.currency
    account = target.rows.account
    theirs = opportunity.currency or (None if account is None else account.currency)
    if theirs is None:
        hint = "if it is another, correct `currency` in acctplan.toml or in the plan's profile"
        part.notes.append(Note(f"the amount names no currency; taken to be {ours}", hint, opportunity.source))
    elif theirs != ours:
        part.notes.append(Note(f"the amount is in {theirs}, the plan in {ours}; left out", "", opportunity.source))
        return None
    return opportunity.value


def _first_roles(target: Target, part: Part) -> dict[str, dict[str, Role]]:
    """By opportunity and contact, the role to bring in: the first that the export names, as a contact has one in an opportunity."""
    id_key = target.terms.system.id_key
    found: dict[str, dict[str, Role]] = {}
    for role in target.rows.roles:
        contact = target.contact_ids.get(id_key(role.contact))
        opportunity = target.opportunity_ids.get(id_key(role.opportunity))
        if opportunity is None:
            part.done(role, Outcome.SKIPPED, "its opportunity stands in the plan of an earlier period")
            continue
        buyers = found.setdefault(opportunity, {})
        if contact is None:
            is_elsewhere = id_key(role.contact) in target.terms.contact_accounts
            where = "of another account" if is_elsewhere else "not in the export, nor in the plan"
            part.done(role, Outcome.SKIPPED, f"its contact is {where}")
        elif contact in buyers:
            part.done(role, Outcome.SKIPPED, f"its contact has a role in this opportunity already, by row {buyers[contact].source.row}")
        else:
            buyers[contact] = role
    return found


def _compare_roles(target: Target, identifier: str, buyers: Mapping[str, Role], part: Part) -> None:
    """Roles in an opportunity that stands in the plan."""
    for contact, role in buyers.items():
        pointer = ("opportunities", identifier, "buying_roles", contact)
        standing = target.entries("opportunities")[identifier].buying_roles.get(contact)
        if standing is None:
            part.take(pointer, None, _role(role), role.source)
            part.done(role, Outcome.NEW)
        else:
            part.done(role, part.compare(target, pointer, standing, _role(role), role.source, {}))


def _role(role: Role) -> dict[str, Value]:
    return {} if role.role is None else {"role": role.role}
