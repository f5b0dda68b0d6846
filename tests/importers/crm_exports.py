"""Invented exports with the headers of HubSpot, Dynamics 365, Pipedrive and Zoho CRM, as those systems write them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from acctplan.importers import ALL, Options

if TYPE_CHECKING:
    from datetime import date

    from acctplan.importers import Extract, Importer

EXPORTS = {
    folder.name: {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.csv"))}
    for folder in sorted((Path(__file__).parent / "data").iterdir())
    if folder.name in ("hubspot", "dynamics", "pipedrive", "zoho")
}
"""By system: its files, by name."""


def importer(key: str) -> Importer:
    """The importer of a system."""
    (found,) = [each for each in ALL if each.system.key == key]
    return found


def extract(key: str, *names: str, today: date | None = None, date_format: str | None = None, **others: str) -> Extract:
    """What an importer makes of some of a system's files, and of others: `deals="..."`."""
    files = {name: EXPORTS[key][f"{name}.csv"] for name in names} | others
    return importer(key).extract([(f"{name}.csv", text.encode()) for name, text in files.items()], Options(date_format, today))
