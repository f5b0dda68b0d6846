"""One solution: a line for each unit of each account, white space first and what is unknown last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.whitespace import best
from acctplan.cli.whitespace.asked import status
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from acctplan.analysis.white_space.book import Place, SolutionRow
    from acctplan.cli.whitespace.asked import Asked

_COLUMNS = (
    Column("Account", wraps=True),
    Column("Unit", wraps=True),
    Column("They have", wraps=True),
    Column("Spend a year", wraps=True),
    Column("Contract ends"),
    Column("Opportunity", wraps=True),
)


def show(asked: Asked, limit: int) -> None:
    """A table for each solution of that id, then the best cells."""
    for row in asked.solutions:
        head = f"{visible(row.solution.name)} ({row.solution.id})"
        console.write(f"{console.paint('path', head)}\n")
        console.paragraph(_summary(row))
        console.write("\n")
        console.table(_COLUMNS, [_row(asked, place) for place in sorted(row.places, key=lambda place: _order(asked, place))])
    best.show(asked, limit)
    if any(place.ends_soon for place in asked.places):
        console.hint(f"\n! contract over, or ends within {asked.soon} days")


def _summary(row: SolutionRow) -> str:
    parts = (
        (row.ours, "ours"),
        (row.competitor, "a competitor's"),
        (row.in_house, "in house"),
        (row.open, "open"),
        (row.ruled_out, "blocked or not needed"),
        (row.unknown, "unknown"),
    )
    said = ", ".join(f"{len(holding.places)} {words}" for holding, words in parts if holding.places)
    return f"{said or 'no unit'}; white space {len(row.white.places)}, with an opportunity {len(row.pursued.places)}"


def _order(asked: Asked, place: Place) -> tuple[bool, int, bool]:
    """White space by rank, then whatever is pursued or held, then what is unknown."""
    rank = asked.rank(place)
    return (rank is None, rank or 0, place.is_unknown)


def _row(asked: Asked, place: Place) -> list[str]:
    competitor = asked.competitor(place)
    return [
        asked.accounts[place.plan],
        asked.unit(place),
        f"{status(place)}{f': {competitor}' if competitor else ''}",
        asked.spend(place) or "?",
        asked.contract(place) or "-",
        "; ".join(asked.opportunities(place)) or "-",
    ]
