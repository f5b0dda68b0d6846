"""The plans that could be asked about, where none was named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from acctplan.analysis.relationships.org_chart import org_chart
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.contacts.as_json import coverage_json
from acctplan.cli.contacts.phrases import percent
from acctplan.cli.loading import load_sound
from acctplan.diagnostic import plan_name

if TYPE_CHECKING:
    from datetime import date

    from acctplan.analysis.relationships.org_chart import OrgChart
    from acctplan.book import Book

_TITLES = ("Plan", "Account", "Contacts", "Key players covered")


def show(book: Book, today: date, *, as_json: bool) -> bool:
    """A line for each plan of the book: how many people it names, and how many key players are covered.

    Returns:
        Whether every plan could be read.
    """
    paths = book.resolve(())
    charts: list[tuple[str, str, OrgChart]] = []
    for _, loaded in load_sound(book, paths):
        if loaded.plan is not None:
            charts.append((loaded.path, loaded.plan.profile.name, org_chart(loaded.plan, book.config.limits, today)))
    if as_json:
        plans = [
            {"plan": plan, "account": account, "contacts": len(chart.people), "coverage": coverage_json(chart.coverage)}
            for plan, account, chart in charts
        ]
        console.write(json.dumps({"version": 1, "today": today.isoformat(), "plans": plans}, indent=2) + "\n")
    else:
        columns = [Column(title, is_number=title == "Contacts", wraps=title == "Account") for title in _TITLES]
        rows = [[plan_name(plan), account, str(len(chart.people)), percent(chart.coverage)] for plan, account, chart in charts]
        console.table(columns, rows)
        if charts:
            console.hint(f"\nthe people of one account: acctplan contacts {plan_name(charts[0][0])}")
    return len(charts) == len(paths)
