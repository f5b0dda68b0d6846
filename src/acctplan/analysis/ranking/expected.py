"""What pursuing an opportunity can be expected to bring, in the book's currency."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.factors.money import contribution, led_to
from acctplan.analysis.revenue import probability_of

if TYPE_CHECKING:
    from acctplan.analysis.factors import Account

# Products of five of the longest numbers that plans and settings can hold, added up, stay exact.
EXACT = Context(prec=400)
"""To calculate in where nothing may be rounded."""


class Part(NamedTuple):
    """What one opportunity adds to what is expected."""

    id: str
    """The opportunity itself, or one that it leads to."""
    probability: Decimal
    contribution: Decimal
    """Value x margin."""
    reason: str
    """Where the contribution comes from, in words."""
    margin_assumed: bool
    amount: Decimal
    """Probability x contribution; of one that it leads to, also x the probability of the opportunity itself."""


class Expected(NamedTuple):
    """The expected contribution of an opportunity."""

    amount: Decimal
    """All of it: its own, and that of what it leads to."""
    ahead: Decimal
    """The part of what it leads to."""
    not_counted: int
    """How many of those that it leads to have no value or no probability: they add nothing."""
    margin_assumed: bool
    """Whether a part of it rests on the configured margin."""


def expected(account: Account, identifier: str) -> Expected | None:
    """What pursuing an opportunity can be expected to bring: probability x value x margin, and the same of what it leads to, times its own.

    What an opportunity leads to counts for it although it may be pursued for its own sake too: a door is worth what lies behind it.
    None where the opportunity itself has no value or no probability.

    Args:
        account: the plan and its settings.
        identifier: of the opportunity.

    Raises:
        UserError: the configuration has no rate for the plan's currency.
    """
    found, not_counted = parts(account, identifier)
    if not found:
        return None
    with localcontext(EXACT):
        ahead = sum((part.amount for part in found[1:]), Decimal(0))
        return Expected(found[0].amount + ahead, ahead, len(not_counted), any(part.margin_assumed for part in found))


def parts(account: Account, identifier: str) -> tuple[list[Part], list[str]]:
    """What `expected` adds up: the opportunity's own part, then one for each live opportunity that it leads to, over all steps, each once.

    Also the ids of those that it leads to and that have no value or no probability. None of either where it has none itself.

    Raises:
        UserError: the configuration has no rate for the plan's currency.
    """
    with localcontext(EXACT):
        own = _part(account, identifier, Decimal(1))
        if own is None:
            return [], []
        found, not_counted = [own], []
        for after in led_to(account, identifier):
            part = _part(account, after, own.probability)
            if part is None:
                not_counted.append(after)
            else:
                found.append(part)
        return found, not_counted


def _part(account: Account, identifier: str, before: Decimal) -> Part | None:
    probability = probability_of(account.plan.opportunities[identifier], account.config)
    brings = contribution(account, identifier)
    if probability is None or brings is None:
        return None
    amount = before * probability * brings.amount
    return Part(identifier, probability, brings.amount, brings.reason, brings.margin_assumed, amount)
