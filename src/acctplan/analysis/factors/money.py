"""What an opportunity would bring, itself and by what it leads to."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.amounts import money
from acctplan.analysis.factors.base import Account, Reading, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan


class Contribution(NamedTuple):
    """What an opportunity would bring: value x margin."""

    amount: Decimal
    """In the book's currency."""
    margin_assumed: bool
    reason: str


def contribution(account: Account, identifier: str) -> Contribution | None:
    """What an opportunity would bring; None where it has no value. Without a margin, the configured one is assumed.

    Raises:
        UserError: the configuration has no rate for the plan's currency.
    """
    if identifier not in account.contributions:
        account.contributions[identifier] = _contribution(account, identifier)
    return account.contributions[identifier]


def _contribution(account: Account, identifier: str) -> Contribution | None:
    opportunity, config = account.plan.opportunities[identifier], account.config
    if opportunity.value is None:
        return None
    assumed = opportunity.margin is None
    margin = config.ranking.assumed_margin if opportunity.margin is None else opportunity.margin
    rate = config.rate(account.currency)
    worth = money(opportunity.value, account.currency)
    reason = f"{worth} \N{MULTIPLICATION SIGN} {percent(margin)} margin{' (assumed)' if assumed else ''}"
    if account.currency != config.currency:
        as_of = config.rates[account.currency].as_of
        reason += f", at {rate.normalize():f} {config.currency} per {account.currency} of {as_of}"
    return Contribution(opportunity.value * margin * rate, assumed, reason)


def on_scale(amount: Decimal, anchors: Sequence[tuple[Decimal, float]]) -> float:
    """Read an amount off a scale: linear between its anchors (amount, value), flat before the first and after the last."""
    if amount <= anchors[0][0]:
        return anchors[0][1]
    for (low, bottom), (high, top) in pairwise(anchors):
        if amount <= high:
            # The limit keeps the scale rising where the sum of floats ends a hair above the anchor.
            return min(top, bottom + float((amount - low) / (high - low)) * (top - bottom))
    return anchors[-1][1]


def value(account: Account, identifier: str) -> Reading:
    """What it would bring us: value x margin, in the book's currency, on the configured scale.

    0 brings nothing, 1 is at the top of the scale or past it. Unknown without a value.
    """
    brings = contribution(account, identifier)
    if brings is None:
        return Reading(None, "needs a value", ("opportunities", identifier))
    return Reading(on_scale(brings.amount, account.config.ranking.value_scale), brings.reason, ("opportunities", identifier, "value"))


def lead_in(account: Account, identifier: str) -> Reading:
    """What it opens the door to: the contributions of all that it leads to, added up on the scale of `value`.

    0 leads to nothing that can still be won, 1 to the top of the scale or past it. Unknown where it leads on but none of that has a
    value.
    """
    if not account.plan.opportunities[identifier].leads_to:
        return Reading(0.0, "leads to nothing else", ("opportunities", identifier))
    pointer: Pointer = ("opportunities", identifier, "leads_to")
    ahead = led_to(account, identifier)
    if not ahead:
        return Reading(0.0, "what it leads to is closed", pointer)
    known = [brings for key in ahead if (brings := contribution(account, key))]
    if not known:
        return Reading(None, "what it leads to needs a value", pointer)
    total = sum((brings.amount for brings in known), Decimal(0))
    if len(ahead) == 1:
        reason = f"leads to {account.plan.opportunities[ahead[0]].name}: {known[0].reason}"
    else:
        reason = f"leads to {len(ahead)} others: {total:,.0f} {account.config.currency} of margin"
        if any(brings.margin_assumed for brings in known):
            reason += " (assumed)" if all(brings.margin_assumed for brings in known) else " (partly assumed)"
        if len(known) < len(ahead):
            reason += f", {len(ahead) - len(known)} without a value"
    return Reading(on_scale(total, account.config.ranking.value_scale), reason, pointer)


def led_to(account: Account, identifier: str) -> list[str]:
    """The live opportunities that one leads to, over all steps. A closed one leads no further: its door is open or shut for good."""
    if identifier not in account.ahead:
        account.ahead[identifier] = _led_to(account.plan, identifier)
    return account.ahead[identifier]


def _led_to(plan: Plan, identifier: str) -> list[str]:
    found = {identifier}
    pending = [identifier]
    while pending:
        for after in plan.opportunities[pending.pop()].leads_to:
            if after not in found and plan.opportunities[after].is_live:
                found.add(after)
                pending.append(after)
    return sorted(found - {identifier})
