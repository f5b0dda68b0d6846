"""From a CRM's export into plans: files to records, records and plans to edits.

`ALL` is every importer there is. An importer's `extract` reads files into records; `reconcile` compares those with the standing
plans and says what to do; `summary` says it in words. All are pure: bytes and plans come in, nothing is written.
"""

from __future__ import annotations

from acctplan.importers import dynamics, hubspot, linkedin, pipedrive, salesforce, sec, vcard, zoho
from acctplan.importers.drift import Drift, drift, drift_data
from acctplan.importers.memory import Memory
from acctplan.importers.outcome import Difference, Import, Outcome, PlanImport, RowOutcome
from acctplan.importers.reconcile import FIELDS, Preference, Wishes, reconcile
from acctplan.importers.records import Extract, Importer, Note, Options, Source, System
from acctplan.importers.summary import as_data, summary

__all__ = [
    "ALL",
    "FIELDS",
    "Difference",
    "Drift",
    "Extract",
    "Import",
    "Importer",
    "Memory",
    "Note",
    "Options",
    "Outcome",
    "PlanImport",
    "Preference",
    "RowOutcome",
    "Source",
    "System",
    "Wishes",
    "as_data",
    "drift",
    "drift_data",
    "reconcile",
    "summary",
]

ALL: tuple[Importer, ...] = (
    salesforce.IMPORTER,
    linkedin.IMPORTER,
    vcard.IMPORTER,
    sec.IMPORTER,
    hubspot.IMPORTER,
    dynamics.IMPORTER,
    pipedrive.IMPORTER,
    zoho.IMPORTER,
)
