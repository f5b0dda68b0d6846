"""From a CRM's export into plans: files to records, records and plans to edits.

`ALL` is every importer there is. An importer's `extract` reads files into records; `reconcile` compares those with the standing
plans and says what to do; `summary` says it in words. All are pure: bytes and plans come in, nothing is written.
"""

from __future__ import annotations

from acctplan.importers import salesforce
from acctplan.importers.outcome import Difference, Import, Outcome, PlanImport, RowOutcome
from acctplan.importers.reconcile import FIELDS, reconcile
from acctplan.importers.records import Extract, Importer, Note, Options, Source, System
from acctplan.importers.summary import as_data, summary

__all__ = [
    "ALL",
    "FIELDS",
    "Difference",
    "Extract",
    "Import",
    "Importer",
    "Note",
    "Options",
    "Outcome",
    "PlanImport",
    "RowOutcome",
    "Source",
    "System",
    "as_data",
    "reconcile",
    "summary",
]

ALL: tuple[Importer, ...] = (salesforce.IMPORTER,)
