"""Plans as files for Salesforce: account plans with objectives and measures to be created, and what has changed of opportunities.

Objects and fields as in Salesforce's Object Reference (API version 62.0 and later; "if sales account plans are turned on"): AccountPlan,
AccountPlanObjective, AccountPlanObjectiveMeasure. New records have no Ids to refer to, so the CSV files name what a row belongs to by
`AccountPlan.Name` and `AccountPlanObjective.Name`: the Bulk API finds a related record by an indexed field, and the Object Reference
marks both names idLookup. For that, each name is given once. The JSON files hold the same records for `sf data import tree --plan
AccountPlan-plan.json`, which resolves `@references` and needs no unique names.

Not there on purpose: AccountPlanObjective.Priority, which asks for a Financial Services licence; owners, who are Users of theirs; and
CurrencyIsoCode, which orgs with one currency do not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from acctplan.exporters.salesforce.account_plans import account_plans
from acctplan.exporters.salesforce.files import csv_file, tree_files
from acctplan.exporters.salesforce.opportunities import InCrm, opportunity_updates, short_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from acctplan.config import Config
    from acctplan.exporters.salesforce.files import Record
    from acctplan.model import Plan

__all__ = ["SYSTEM", "InCrm", "Known", "SalesforceFiles", "salesforce_files", "short_id"]

SYSTEM = "salesforce"
"""What a plan's `crm` calls it."""


class SalesforceFiles(NamedTuple):
    """What is to be written."""

    files: Sequence[tuple[str, str]]
    """Names and texts, in the order in which they are to be loaded. A file without records is left out."""
    records: Mapping[str, int]
    """How many of each object."""
    notes: Sequence[str]
    """What was left out, and why."""


class Known(NamedTuple):
    """What Salesforce has, as far as its exports were given: only what differs is written."""

    opportunities: Mapping[str, InCrm] | None
    """By `short_id`; None: all of them are written."""
    account_plans: frozenset[tuple[str, str]] | None
    """By name and `short_id` of the account; None: nobody knows which there are, and none is written."""


def salesforce_files(plans: Sequence[tuple[str, Plan]], config: Config, today: date, known: Known | None = None) -> SalesforceFiles:
    """Plans as files for Salesforce.

    Args:
        plans: each with its name.
        config: has the stages, and what Salesforce calls them.
        today: the day as of which a plan is active.
        known: what Salesforce has; None: everything is written.
    """
    notes: list[str] = []
    trees = account_plans(plans, today, notes)
    if known is not None:
        trees, notes = _not_there(trees, known.account_plans, notes)
    updates = opportunity_updates(plans, config, None if known is None else known.opportunities, notes)
    found = {name: rows for name, rows in (*trees.items(), ("Opportunity", updates)) if rows}
    files = [(f"{name}.csv", csv_file(rows)) for name, rows in found.items()]
    files += tree_files({name: rows for name, rows in trees.items() if rows})
    return SalesforceFiles(files, {name: len(rows) for name, rows in found.items()}, notes)


def _not_there(
    trees: Mapping[str, Sequence[Record]], there: frozenset[tuple[str, str]] | None, notes: list[str]
) -> tuple[dict[str, list[Record]], list[str]]:
    """The account plans that Salesforce does not have, with what belongs to them; and what is to be said of the others."""
    if there is None:
        line = (
            "account plans are left out: --changed-from AccountPlan.csv, beside it, says which there are, and only the others are written"
        )
        return {}, [line] if any(trees.values()) else []
    left_out: set[str] = set()
    kept: dict[str, list[Record]] = {}
    for name, records in trees.items():  # those that others belong to come first
        is_there = [_is_there(one, there) or (one.parent is not None and one.parent.reference in left_out) for one in records]
        left_out |= {one.reference for one, old in zip(records, is_there, strict=True) if old}
        kept[name] = [one for one, old in zip(records, is_there, strict=True) if not old]
    if count := sum(_is_there(one, there) for records in trees.values() for one in records):
        one = "1 account plan is in Salesforce already, by its name and account, and left out with its objectives"
        several = f"{count} account plans are in Salesforce already, by their names and accounts, and left out with their objectives"
        notes = [*notes, one if count == 1 else several]
    return kept, notes


def _is_there(record: Record, there: frozenset[tuple[str, str]]) -> bool:
    return record.parent is None and (record.fields.get("Name", ""), short_id(record.fields.get("AccountId", ""))) in there
