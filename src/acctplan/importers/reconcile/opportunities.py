"""Opportunities into a plan, with who plays which part in them and since when they are in their stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from acctplan.importers.linking import Nowhere
from acctplan.importers.outcome import Outcome
from acctplan.importers.reconcile.base import Keyed, Part, Target, choose, filled, heavier, shown
from acctplan.importers.reconcile.roles import first_roles, merge_roles, merge_standing_roles
from acctplan.importers.records import Note, Opportunity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from acctplan.edit import Value
    from acctplan.importers.memory import Said
    from acctplan.importers.records import Role, StageChange
    from acctplan.importers.vocabulary import Field

FIELDS = (
    *("name", "status", "stage", "stage_since", "probability", "kind", "value", "close_date", "next_step", "closed_because", "notes"),
    "role",
)
"""What of an opportunity can come from a CRM, in the plan's words."""

_OPEN = ("open", "potential")


def merge(target: Target) -> Part:
    """The account's opportunities and buying roles into its plan."""
    part = Part()
    roles, histories = first_roles(target, part), _histories(target, part)
    for keyed in target.rows.opportunities:
        if (path := target.left_behind_in(keyed.record)) is not None:
            part.done(keyed.record, Outcome.SKIPPED, f"it is over and stands in {path}, the plan of an earlier period")
        elif not part.leave(target, keyed, target.opportunities):
            identifier = target.opportunities.ids[keyed.key]
            _merge(target, part, keyed, histories.pop(identifier, ()), roles)
    for identifier, buyers in roles.items():
        merge_standing_roles(target, identifier, buyers, part)
    for identifier, history in histories.items():
        _only_history(target, part, identifier, history)
    return part


def _merge(
    target: Target, part: Part, keyed: Keyed[Opportunity], history: tuple[StageChange, ...], roles: dict[str, dict[str, Role]]
) -> None:
    opportunity, at = keyed.record, ("opportunities", keyed.key)
    identifier = target.opportunities.ids[keyed.key]
    values = _values(target, opportunity, part)
    values["stage_since"] = _since(target, history, values["stage"])
    standing = target.entries("opportunities").get(identifier)
    if standing is None:
        part.remember(target, at, identifier, values, as_of=opportunity.as_of)
        part.added[identifier] = _entry(target, opportunity, values, merge_roles(target, identifier, roles.pop(identifier, {}), part))
        part.notes.extend(target.about_new("opportunities", opportunity))
        part.done(opportunity, Outcome.NEW)
    else:
        known = dict(part.remember(target, at, identifier, values, as_of=opportunity.as_of))
        base = target.memory.of(*at)
        implied = _implied(target, standing, known, base)
        if _after(target, standing, known, "status", base) not in _OPEN:
            known["probability"] = None
        pointer, source = ("opportunities", identifier), opportunity.source
        outcome = part.identify(target, pointer, standing, opportunity.id, source)
        if _after(target, standing, known, "stage", base) != values["stage"]:
            probability = known["probability"]
            known["stage_since"] = known["probability"] = None  # they go with the source's stage
            outcome = heavier(outcome, part.hold((*pointer, "probability"), standing.probability, probability, source, base))
        outcome = heavier(outcome, part.compare(target, pointer, standing, known, opportunity.source, at=at, implied=implied))
        part.done(opportunity, part.refresh(target, pointer, standing, opportunity.as_of, opportunity.source, outcome))
    for change in history:
        part.done(change, Outcome.NEW if standing is None else Outcome.SAME)


def _values(target: Target, opportunity: Opportunity, part: Part) -> dict[str, Value]:
    status = _status(target, opportunity, part)
    is_open = status is None or status in _OPEN
    if opportunity.next_step is not None and not is_open:
        part.notes.append(Note("the next step of an opportunity that is closed; left out", "", opportunity.source))
    return {
        "name": opportunity.name,
        "status": status,
        "stage": _stage(target, opportunity, part) if is_open else None,
        "stage_since": None,
        "probability": opportunity.probability if is_open else None,
        "kind": _word(target, part, opportunity, "kinds", opportunity.kind),
        "value": _value(target, opportunity, part),
        "close_date": opportunity.close_date,
        "next_step": opportunity.next_step if is_open else None,
        "closed_because": None if is_open else opportunity.closed_because,
        "notes": opportunity.notes,
    }


def _entry(target: Target, opportunity: Opportunity, values: dict[str, Value], buyers: Mapping[str, Value]) -> dict[str, Value]:
    """A new entry, in the order in which people write one."""
    if _stage_probability(target, values["stage"]) == opportunity.probability:
        values["probability"] = None
    later = {name: values.pop(name) for name in ("next_step", "closed_because", "notes")}
    crm = {target.terms.system.key: opportunity.id} if opportunity.id else None
    roles = {"buying_roles": buyers} if buyers else {}
    return filled({**values, "crm": crm, **target.provenance(opportunity.as_of), **roles, **later})


def _status(target: Target, opportunity: Opportunity, part: Part) -> str | None:
    status = target.status_of(opportunity)
    if status is None and opportunity.status is not None:
        _unknown(target, part, opportunity, "statuses", opportunity.status)
    return status


def _stage(target: Target, opportunity: Opportunity, part: Part) -> str | None:
    """Our name of the CRM's stage; None where the settings do not say, or where it only says the outcome."""
    stage = _word(target, part, opportunity, "stages", opportunity.stage)
    return stage if stage in target.terms.config.stages else None


def _word(target: Target, part: Part, opportunity: Opportunity, field: Field, text: str | None) -> str | None:
    if text is None:
        return None
    word = target.terms.vocabulary.word(field, text)
    if word is None and not target.terms.vocabulary.is_silent(field, text):
        _unknown(target, part, opportunity, field, text)
    return word


_WORDS: Mapping[Field, tuple[str, str]] = {
    "stages": ("stage", "none of the settings' stages"),
    "statuses": ("status", "none that a plan knows"),
    "kinds": ("kind", "none that a plan knows"),
}


def _unknown(target: Target, part: Part, opportunity: Opportunity, field: Field, text: str) -> None:
    one, none = _WORDS[field]
    words = target.terms.vocabulary
    what = f"the {one} '{shown(text)}' is {none}; left out"
    hint = f"say in acctplan.toml which it is, {words.line(field, text)}, then import again"
    part.notes.append(Note(what, hint, opportunity.source, word=words.unknown(field, text)))


def _stage_probability(target: Target, stage: Value) -> Decimal | None:
    known = target.terms.config.stages.get(str(stage))
    return None if known is None else known.probability


def _implied(target: Target, standing: Any, values: Mapping[str, Value], base: Said | None) -> dict[str, Value]:
    """The probability that an opportunity has by its stage.

    Where plan and CRM are in the same stage and the CRM has another probability all the same, that is news and gets filled in.
    """
    stage = _after(target, standing, values, "stage", base)
    own = _stage_probability(target, stage)
    return {} if own is None or (stage == values["stage"] and own != values["probability"]) else {"probability": own}


def _after(target: Target, standing: Any, values: Mapping[str, Value], name: str, base: Said | None) -> Any:
    """What a field of a standing opportunity says after the import."""
    written = name in standing.model_fields_set and getattr(standing, name) is not None
    current = getattr(standing, name) if written else None
    if values[name] is None or current == values[name]:
        return getattr(standing, name)
    last = None if base is None else base.fields.get(name)
    is_taken = choose(current, values[name], last, prefer=target.terms.prefer.of(name)) == "take"
    return values[name] if is_taken else getattr(standing, name)


def plan_currency(target: Target) -> str | None:
    """What a plan's amounts are in: its own word, the account's, or what all of the account's opportunities are in."""
    if target.plan is not None:
        return target.plan.profile.currency
    if target.rows.account is not None and target.rows.account.currency is not None:
        return target.rows.account.currency
    named = {keyed.record.currency for keyed in target.rows.opportunities}
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


def _histories(target: Target, part: Part) -> dict[str, tuple[StageChange, ...]]:
    """The changes of stage by opportunity, in order; those of nothing here are accounted for."""
    found: dict[str, list[StageChange]] = {}
    for change in target.rows.stage_changes:
        opportunity = target.opportunity(change.opportunity)
        if isinstance(opportunity, Nowhere):
            part.done(change, Outcome.SKIPPED, f"its opportunity {'' if opportunity.is_several else 'is '}{opportunity.why}")
        elif target.terms.today is not None and change.day > target.terms.today:
            part.done(change, Outcome.SKIPPED, "its day is still to come")
        else:
            found.setdefault(opportunity, []).append(change)
    return {identifier: tuple(sorted(changes, key=lambda each: (each.day, each.source))) for identifier, changes in found.items()}


def _since(target: Target, history: tuple[StageChange, ...], stage: Value) -> date | None:
    """Since when an opportunity has been in a stage, of its own last stay there; None where its history ends elsewhere."""
    words, since = target.terms.vocabulary, None
    for change in reversed(history):
        if stage is None or words.word("stages", change.stage) != stage:
            break
        since = change.day
    return since


def _only_history(target: Target, part: Part, identifier: str, history: tuple[StageChange, ...]) -> None:
    """Changes of stage of an opportunity that is not in the export itself."""
    standing = target.entries("opportunities")[identifier]
    at = ("stage_changes", identifier)
    known = part.remember(target, at, identifier, {"stage_since": _since(target, history, standing.stage)})
    outcome = part.compare(target, ("opportunities", identifier), standing, known, history[-1].source, at=at)
    for change in history:
        part.done(change, outcome if change is history[-1] else Outcome.SAME)
