"""Who sees to something: whoever owns it, else the account manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from acctplan.model import Plan


def responsible(plan: Plan, owner: str | None) -> str | None:
    """The id in the team of whoever should see to what has this owner; None where the plan names nobody."""
    return owner or plan.profile.account_manager


def responsible_words(plan: Plan, owner: str | None) -> str:
    """Their name, with why where it is nobody's own: `Nora Key, as account manager`. Empty where the plan names nobody."""
    identifier = responsible(plan, owner)
    if identifier is None:
        return ""
    name = plan.team[identifier].name
    return name if owner else f"{name}, as account manager"
