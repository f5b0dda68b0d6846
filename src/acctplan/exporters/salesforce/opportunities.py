"""What plans say of opportunities that Salesforce has, as updates by Id."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.amounts import currency_of
from acctplan.exporters.salesforce.files import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from acctplan.config import Config
    from acctplan.model import Opportunity, Plan

_SYSTEM = "salesforce"
_SHORT = 15
_LONGEST_STEP = 255
"""Characters of Opportunity.NextStep."""
_CLOSED = {"won": "Closed Won", "lost": "Closed Lost"}
"""The stages that end an opportunity, as Salesforce ships them."""


class InCrm(NamedTuple):
    """What Salesforce says of an opportunity."""

    status: str | None
    """`open`, `won` or `lost`."""
    stage: str | None
    """The book's stage that its StageName means; None where it is closed, or the book has no such stage."""
    probability: Decimal | None
    """0 to 1."""
    amount: Decimal | None
    currency: str | None
    """None where the org has one currency."""
    close_date: date | None
    next_step: str | None


def short_id(crm_id: str) -> str:
    """What counts of an id: the other three characters are for programs to which capitals do not matter."""
    return crm_id[:_SHORT]


def opportunity_updates(
    plans: Sequence[tuple[str, Plan]], config: Config, in_crm: Mapping[str, InCrm] | None, notes: list[str]
) -> list[Record]:
    """The rows of Opportunity.csv: of opportunities with a Salesforce id, the fields of which the plan says something.

    Args:
        plans: each with its name.
        config: has the stages, and what Salesforce calls them.
        in_crm: what Salesforce says now, by `short_id`: what is the same there is left out. None: nothing is known of that.
        notes: takes what was left out, and why.
    """
    found, why = [], Counter[str]()
    for name, plan in plans:
        for identifier, one in plan.opportunities.items():
            if _SYSTEM not in one.crm:
                continue
            crm_id = one.crm[_SYSTEM]
            there = None if in_crm is None else in_crm.get(short_id(crm_id))
            if in_crm is not None and there is None:
                notes.append(f"{name}: {identifier} is not among the opportunities that Salesforce has")
                continue
            fields = _fields(one, currency_of(plan, config), config, there, why)
            if fields:
                account = {"AccountId": plan.profile.crm[_SYSTEM]} if _SYSTEM in plan.profile.crm else {}
                found.append(Record("", {"Id": crm_id, **account, "Name": one.name, **fields}))
    notes += [f"{reason}, left out: {count} opportunit{'y' if count == 1 else 'ies'}" for reason, count in why.items()]
    return found


def _fields(one: Opportunity, currency: str, config: Config, there: InCrm | None, why: Counter[str]) -> dict[str, str]:
    """What is to be written, by API name."""
    fields = {}
    if stage := _stage(one, config, there, why):
        fields["StageName"] = stage
    if one.close_date is not None and (there is None or there.close_date != one.close_date):
        fields["CloseDate"] = one.close_date.isoformat()
    if one.value is not None and (there is None or there.amount != one.value):
        if there is not None and there.currency not in (None, currency):
            why[f"Amount: Salesforce has {there.currency}, the plan {currency}"] += 1
        else:
            fields["Amount"] = format(one.value, "f")
    if not one.is_live:
        return fields
    if one.probability is not None and (there is None or there.probability != one.probability):
        fields["Probability"] = format((one.probability * 100).normalize(), "f")
    step = " ".join((one.next_step or "").split())
    if step and (there is None or there.next_step != step):
        if len(step) > _LONGEST_STEP:
            why[f"NextStep: longer than the {_LONGEST_STEP} characters that Salesforce takes"] += 1
        else:
            fields["NextStep"] = step
    return fields


def _stage(one: Opportunity, config: Config, there: InCrm | None, why: Counter[str]) -> str | None:
    """The StageName to write; None where there is nothing to say, or nobody knows which."""
    meant = one.stage if one.is_live else one.status
    if meant is None or (there is not None and meant in (there.stage if there.status == "open" else None, there.status)):
        return None
    own = config.imports.get(_SYSTEM)
    names = [*(config.stages[meant].salesforce if meant in config.stages else ())]
    names += [word for word, stage in (own.stages.items() if own else ()) if stage == meant and word not in names]
    names = names or [_CLOSED[meant]] if meant in _CLOSED else names
    if not names:
        why[f"StageName: Salesforce has no name for {meant}"] += 1
    elif len(names) > 1 and there is None:
        why[f"StageName: Salesforce has several names for {meant}, and --changed-from does not tell which it is"] += 1
    else:
        return names[0]
    return None
