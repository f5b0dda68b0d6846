"""Importing 10,000 records beside csv and json reading the same files, within one process. `run.py` starts it.

    python benchmarks/importing.py ROUNDS

prints seconds by contestant and round, in JSON. The contestants of a format are called `csv`, `csv: extract` and `csv: again`.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import sys
import time
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import generate
from timing import interleaved

from acctplan import importers, loader
from acctplan.config import Config
from acctplan.importers import Options, reconcile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from acctplan.importers import Extract, Memory
    from acctplan.loader import Loaded

ACCOUNTS, CONTACTS, OPPORTUNITIES = 1_000, 4_000, 5_000
"""Together 10,000."""
TODAY = date(2026, 11, 22)
STAGES = ("Prospecting", "Qualification", "Needs Analysis", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost")
FILLED_IN_BESIDES = ("OwnerId", "CreatedDate", "CreatedById", "LastModifiedById", "SystemModstamp", "PhotoUrl")
"""What Salesforce itself says of each record, and a plan has no place for."""
HARDLY_EVER_FILLED_IN = (
    *("MasterRecordId", "Jigsaw", "JigsawCompanyId", "CampaignId", "Pricebook2Id", "LastViewedDate", "LastReferencedDate", "Fax"),
    *("DunsNumber", "NaicsCode", "Tradestyle", "YearStarted", "SicDesc", "Site", "Rating", "CleanStatus", "OperatingHoursId", "Latitude"),
)
"""A real export has 40 to 66 columns, most of them empty."""
(SALESFORCE,) = [each for each in importers.ALL if each.system.key == "salesforce"]


def records(seed: int = 1) -> dict[str, list[dict[str, str]]]:
    """What an export says, by the name of the object."""
    random = Random(seed)

    def names() -> str:
        return f"{random.choice(generate.COMPANY_NAMES)} {random.choice(generate.COMPANY_KINDS)}"

    stamp = "2026-11-01T09:30:00.000+0000"
    accounts = [
        {
            "Id": f"0015g{number:010d}AAA",
            "IsDeleted": "false",
            "Name": f"{names()} {number}",
            "Industry": random.choice(generate.INDUSTRIES),
            "BillingCity": random.choice(generate.CITIES).partition(",")[0],
            "Website": f"https://www.customer{number}.example",
            "NumberOfEmployees": str(random.randint(50, 90_000)),
            "CurrencyIsoCode": "EUR",
            "LastModifiedDate": stamp,
        }
        for number in range(ACCOUNTS)
    ]
    contacts = [
        {
            "Id": f"0035g{number:010d}AAA",
            "IsDeleted": "false",
            "AccountId": accounts[number % ACCOUNTS]["Id"],
            "FirstName": random.choice(generate.GIVEN_NAMES),
            "LastName": f"{random.choice(generate.FAMILY_NAMES)}-{number}",
            "Title": random.choice(generate.TITLES),
            "ReportsToId": f"0035g{number - ACCOUNTS:010d}AAA" if number >= ACCOUNTS else "",
            "Email": f"person{number}@customer{number % ACCOUNTS}.example",
            "Phone": f"+31 30 {number:07d}",
            "LastActivityDate": (TODAY - timedelta(days=random.randint(1, 300))).isoformat(),
            "LastModifiedDate": stamp,
        }
        for number in range(CONTACTS)
    ]
    opportunities = [
        {
            "Id": f"0065g{number:010d}AAA",
            "IsDeleted": "false",
            "AccountId": accounts[number % ACCOUNTS]["Id"],
            "Name": f"{random.choice(generate.SOLUTIONS)} {number}",
            "StageName": random.choice(STAGES),
            "Amount": f"{random.randint(10, 900) * 1000}.0",
            "Probability": "10",
            "CloseDate": (TODAY + timedelta(days=random.randint(-300, 300))).isoformat(),
            "NextStep": "Send the offer, then call" if number % 3 else "",
            "Description": "Asked for by their logistics people.\nThree sites first, the others later.",
            "CurrencyIsoCode": "EUR",
            "LastModifiedDate": stamp,
        }
        for number in range(OPPORTUNITIES)
    ]
    return {"Account": accounts, "Contact": contacts, "Opportunity": opportunities}


def as_csv(found: Mapping[str, list[dict[str, str]]]) -> list[tuple[str, bytes]]:
    """As the Data Loader writes it."""
    files = []
    for name, rows in found.items():
        out = io.StringIO()
        writer = csv.DictWriter(
            out, [*rows[0], *FILLED_IN_BESIDES, *HARDLY_EVER_FILLED_IN], restval="", lineterminator="\n", quoting=csv.QUOTE_ALL
        )
        writer.writeheader()
        besides = dict.fromkeys(FILLED_IN_BESIDES, "2026-11-01T09:30:00.000+0000")
        writer.writerows({**row, **besides} for row in rows)
        files.append((f"{name}.csv", out.getvalue().encode()))
    return files


def as_json(found: Mapping[str, list[dict[str, str]]]) -> list[tuple[str, bytes]]:
    """As `sf data export tree` writes it."""
    return [
        (f"{name}.json", json.dumps({"records": [_in_tree(name, row) for row in rows]}, indent=4).encode()) for name, rows in found.items()
    ]


def _in_tree(name: str, row: Mapping[str, str]) -> dict[str, Any]:
    links = {"AccountId": "Account", "ReportsToId": "Contact"}
    said = {
        key: f"@{links[key]}Ref{int(value[5:15]) + 1}" if key in links else value for key, value in row.items() if value and key != "Id"
    }
    return {"attributes": {"type": name, "referenceId": f"{name}Ref{int(row['Id'][5:15]) + 1}"}, **said}


def extract(files: list[tuple[str, bytes]]) -> Extract:
    """From files to records."""
    found = SALESFORCE.extract(files, Options(None, TODAY))
    assert len(found.accounts) + len(found.contacts) + len(found.opportunities) == ACCOUNTS + CONTACTS + OPPORTUNITIES
    return found


def book_of(found: Extract, config: Config) -> tuple[dict[str, Loaded], dict[str, Memory]]:
    """The plans and the memory that a first import leaves."""
    made = reconcile({}, found, config, today=TODAY, folder="plans").plans
    plans = {plan.path: loader.load(plan.text or "", plan.path, config) for plan in made}
    return plans, {plan.path: plan.memory for plan in made}


def contestants() -> dict[str, Callable[[], float]]:
    """Reading alone, extracting, and extracting and comparing with the book that has it all already: of each format."""
    config, found = Config(), records()
    forms: dict[str, tuple[list[tuple[str, bytes]], Callable[[bytes], object]]] = {
        "csv": (as_csv(found), lambda content: list(csv.DictReader(io.StringIO(content.decode(), newline="")))),
        "json": (as_json(found), json.loads),
    }
    made: dict[str, Callable[[], float]] = {}
    for form, (files, read) in forms.items():
        plans, memory = book_of(extract(files), config)

        def alone(files: list[tuple[str, bytes]] = files, read: Callable[[bytes], object] = read) -> object:
            return [read(content) for _, content in files]

        def again(files: list[tuple[str, bytes]] = files, plans: Any = plans, memory: Any = memory) -> object:
            imported = reconcile(plans, extract(files), config, today=TODAY, memory=memory, folder="plans")
            assert not any(plan.changes for plan in imported.plans), "a second import changes something"
            return imported

        made[form] = _timed(alone)
        made[f"{form}: extract"] = _timed(lambda files=files: extract(files))
        made[f"{form}: again"] = _timed(again)
    return made


def _timed(work: Callable[[], object]) -> Callable[[], float]:
    def measure() -> float:
        gc.collect()
        gc.disable()  # as the command does
        begun = time.perf_counter()
        kept = work()
        seconds = time.perf_counter() - begun
        gc.enable()
        del kept
        return seconds

    return measure


def main() -> None:
    json.dump(interleaved(contestants(), int(sys.argv[1])), sys.stdout)


if __name__ == "__main__":
    main()
