"""An account into a plan's profile, with the customer's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.importers.matching import is_same
from acctplan.importers.outcome import Outcome
from acctplan.importers.reconcile.base import Part, Target, filled, heavier, shown
from acctplan.importers.reconcile.opportunities import plan_currency
from acctplan.importers.records import Account, Note, YearFigures

if TYPE_CHECKING:
    from acctplan.edit import Value

FIELDS = (
    *("name", "account_manager", "industry", "website", "headquarters", "employees", "ownership", "ticker", "background"),
    *("revenue", "net_income"),
)
"""What of an account can come from a CRM, in the plan's words."""

_AT = ("profile", "account")
"""Where the memory has what was said of the account itself."""


def merge(target: Target) -> Part:
    """The account into its plan's profile; only its figures where the export has no row of it."""
    part = Part()
    figures = _by_year(target, part)
    if target.rows.account is not None:
        _merge(target, part, target.rows.account)
    for year, row in figures.items():
        _merge_year(target, part, year, row)
    return part


def _merge(target: Target, part: Part, account: Account) -> None:
    values: dict[str, Value] = {
        "name": account.name,
        "account_manager": _manager(target, account, part),
        "industry": account.industry,
        "website": account.website,
        "headquarters": account.headquarters,
        "employees": account.employees,
        "ownership": _ownership(target, account, part),
        "ticker": account.ticker,
        "background": account.background,
    }
    known = part.remember(target, _AT, "", values, as_of=account.as_of)
    system = target.terms.system
    if target.plan is None:
        # The currency only of a new plan: in a standing one it would give other amounts another meaning.
        crm = {system.key: account.id} if account.id else None
        start = {"name": account.name, "currency": plan_currency(target), "crm": crm, **target.provenance(account.as_of)}
        part.added["profile"] = filled(start | values)
        part.done(account, Outcome.NEW)
        return
    profile = target.plan.profile
    outcome = part.identify(target, ("profile",), profile, account.id, account.source)
    compared = part.compare(target, ("profile",), profile, known, account.source, at=_AT)
    part.done(account, part.refresh(target, ("profile",), profile, account.as_of, account.source, heavier(outcome, compared)))


def _manager(target: Target, account: Account, part: Part) -> str | None:
    """Who of the plan's team owns the account in the source; noted where nobody there is clearly it."""
    owner = account.owner
    if owner is None or owner.is_blank:
        return None
    team = {} if target.plan is None else target.plan.team
    by_email = [key for key, member in team.items() if owner.email and (member.email or "").casefold() == owner.email.casefold()]
    by_name = [key for key, member in team.items() if owner.name and is_same(member.name, owner.name, "person")]
    for found in (by_email, by_name):
        if len(found) == 1:
            return found[0]
    what = f"its owner in {target.terms.system.name} is {shown(owner.name or owner.email or owner.id)}, and nobody in the plan's team"
    part.notes.append(Note(what, "write them into `team`, and the next import makes them the account manager", account.source))
    return None


def _ownership(target: Target, account: Account, part: Part) -> str | None:
    if account.ownership is None:
        return None
    words = target.terms.vocabulary
    word = words.word("ownerships", account.ownership)
    if word is None and not words.is_silent("ownerships", account.ownership):
        what = f"the ownership '{shown(account.ownership)}' is none that a plan knows; left out"
        hint = f"say in acctplan.toml which it is, {words.line('ownerships', account.ownership)}, then import again"
        part.notes.append(Note(what, hint, account.source, word=words.unknown("ownerships", account.ownership)))
    return word


def _by_year(target: Target, part: Part) -> dict[str, YearFigures]:
    """One row a year, the newest; the others are accounted for."""
    found: dict[str, YearFigures] = {}
    for row in target.rows.figures:
        other = found.setdefault(row.year, row)
        if other is row:
            continue
        older, newer = (other, row) if other.as_of and row.as_of and row.as_of > other.as_of else (row, other)
        found[row.year] = newer
        part.done(older, Outcome.SKIPPED, f"the figures of {row.year} stand in row {newer.source.row} already")
    return dict(sorted(found.items()))


def _merge_year(target: Target, part: Part, year: str, row: YearFigures) -> None:
    ours = plan_currency(target) or target.terms.config.currency
    if row.currency is not None and row.currency != ours:
        way_out = f"they stay out, unless the plan is begun in {row.currency} (acctplan new NAME --currency {row.currency})"
        part.done(row, Outcome.SKIPPED, f"its figures are in {row.currency}, the plan in {ours}: {way_out}")
        return
    pointer, at = ("profile", "revenue_history", year), ("figures", year)
    values: dict[str, Value] = {"revenue": row.revenue, "net_income": row.net_income}
    known = part.remember(target, at, year, values, as_of=row.as_of)
    source, day = row.reported_in or target.terms.system.name, row.as_of or target.terms.today
    made = filled({**values, "source": source, "as_of": day})
    standing = None if target.plan is None else target.plan.profile.revenue_history.get(year)
    if target.plan is None:
        years = part.added.setdefault("profile", {}).setdefault("revenue_history", {})
        assert isinstance(years, dict)
        years[year] = made
        part.done(row, Outcome.NEW)
    elif standing is None and target.memory.of(*at) is not None:
        part.done(row, Outcome.SKIPPED, f"the figures of {year} were taken out of {target.path}; they stay out")
    elif standing is None:
        part.take(pointer, None, made, row.source)
        part.done(row, Outcome.NEW)
    else:
        outcome = part.compare(target, pointer, standing, known, row.source, at=at)
        if outcome is Outcome.CHANGED:
            part.take_all(pointer, standing, {"source": source, "as_of": day}, row.source)
        part.done(row, outcome)
