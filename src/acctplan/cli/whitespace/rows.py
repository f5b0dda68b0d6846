"""Every cell in full, one a line, for programs and spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.white_space.openings import WEIGHTS
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from decimal import Decimal

    from acctplan.analysis.white_space.book import Place
    from acctplan.cli.whitespace.asked import Asked

_TITLES = (
    *("plan", "account", "unit", "unit_name", "target", "solution", "solution_name", "status", "competitor", "spend", "currency"),
    *("book_spend", "book_currency", "contract_ends", "ends_soon", "opportunities", "tried_before", "reason", "notes"),
    *("white_space_rank", "score", "ceiling", *(f"{name}_points" for name in WEIGHTS), "pointer"),
)


def show(asked: Asked, limit: int | None = None) -> None:
    """The table: every cell, or so many of the best."""
    places = asked.places if limit is None else asked.best[:limit]
    console.table([Column(title) for title in _TITLES], [_row(asked, place) for place in places])


def _row(asked: Asked, place: Place) -> list[str]:
    entry, account, opening = place.cell.entry, asked.by_name[place.plan], place.opening
    unit = account.plan.units.get(place.cell.unit)
    return [
        place.plan,
        account.plan.profile.name,
        place.cell.unit,
        unit.name if unit else "",
        _yes(unit.target if unit else None),
        place.solution.id,
        place.solution.name,
        place.cell.status,
        asked.competitor(place) or "",
        amount(entry.spend if entry else None),
        account.currency,
        amount(place.spend),
        asked.currency,
        entry.contract_ends.isoformat() if entry and entry.contract_ends else "",
        _yes(place.ends_soon if entry and entry.contract_ends else None),
        ", ".join(f"{key} ({account.plan.opportunities[key].status})" for key in place.cell.opportunities),
        ", ".join(f"{key} ({account.plan.opportunities[key].status})" for key in opening.tried) if opening else "",
        (entry.reason if entry else None) or "",
        (entry.notes if entry else None) or "",
        str(asked.rank(place) or ""),
        f"{opening.score:.2f}" if opening else "",
        f"{opening.ceiling:.2f}" if opening else "",
        *(("" if term.value is None else f"{term.points:.2f}" for term in opening.terms) if opening else [""] * len(WEIGHTS)),
        format_pointer(place.pointer),
    ]


def _yes(is_so: bool | None) -> str:
    return "" if is_so is None else ("yes" if is_so else "no")


def amount(exact: Decimal | None) -> str:
    """An amount for programs; nothing where it is unknown."""
    return "" if exact is None else format(exact, "f")
