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
    from acctplan.model import Plan

__all__ = ["SYSTEM", "InCrm", "SalesforceFiles", "salesforce_files", "short_id"]

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


def salesforce_files(
    plans: Sequence[tuple[str, Plan]], config: Config, today: date, in_crm: Mapping[str, InCrm] | None = None
) -> SalesforceFiles:
    """Plans as files for Salesforce.

    Args:
        plans: each with its name.
        config: has the stages, and what Salesforce calls them.
        today: the day as of which a plan is active.
        in_crm: what Salesforce says of its opportunities, by `short_id`: then only what differs is written. None: everything is.
    """
    notes: list[str] = []
    trees = account_plans(plans, today, notes)
    updates = opportunity_updates(plans, config, in_crm, notes)
    found = {name: rows for name, rows in (*trees.items(), ("Opportunity", updates)) if rows}
    files = [(f"{name}.csv", csv_file(rows)) for name, rows in found.items()]
    files += tree_files({name: rows for name, rows in trees.items() if rows})
    return SalesforceFiles(files, {name: len(rows) for name, rows in found.items()}, notes)
