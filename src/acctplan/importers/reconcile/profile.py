"""An account into a plan's profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.importers.outcome import Outcome
from acctplan.importers.reconcile.base import Part, Target, filled
from acctplan.importers.reconcile.opportunities import plan_currency

if TYPE_CHECKING:
    from acctplan.edit import Value

FIELDS = ("name", "industry", "website", "headquarters", "employees", "ownership", "ticker", "background")
"""What of an account can come from a CRM, in the plan's words."""


def merge(target: Target) -> Part:
    """The account into its plan's profile; nothing where the export has only contacts or opportunities of it."""
    part, account = Part(), target.rows.account
    if account is None:
        return part
    values: dict[str, Value] = {name: getattr(account, name) for name in FIELDS}
    if target.plan is None:
        # The currency only of a new plan: in a standing one it would give other amounts another meaning.
        start = {"name": account.name, "currency": plan_currency(target), "crm": {target.terms.system.key: account.id}}
        part.added["profile"] = filled(start | values)
        part.done(account, Outcome.NEW)
    else:
        part.done(account, part.compare(target, ("profile",), target.plan.profile, values, account.source, {}))
    return part
