"""White space for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from decimal import Decimal

    from acctplan.analysis.ranking import Term
    from acctplan.analysis.white_space import Wallet
    from acctplan.analysis.white_space.book import AccountSpace, Holding, Place, SolutionRow
    from acctplan.cli.whitespace.asked import Asked
    from acctplan.diagnostic import Pointer

_HOLDINGS = ("ours", "competitor", "in_house", "open", "ruled_out", "pursued", "white", "unknown")
"""The parts of a solution's places, as `SolutionRow` names them."""


def document(asked: Asked, limit: int | None = None) -> str:
    """Plans with their wallets, solutions with their totals, and every cell with its terms, as JSON. Lines only where it is one plan.

    Args:
        asked: what was asked about.
        limit: only so many of the best cells, and only these; None: all cells.
    """
    return (
        json.dumps(
            {
                "version": 1,
                "currency": asked.currency,
                "contract_days": asked.soon,
                "plans": [_account(account) for account in asked.found.accounts],
                "solutions": [_solution(row) for row in asked.solutions],
                "white_space": {"places": len(asked.best), "known_spend": _amount(asked.known_spend)},
                "best": [_best(asked, place) for place in asked.best[:limit]],
                "cells": [_place(asked, place) for place in (asked.places if limit is None else asked.best[:limit])],
            },
            indent=2,
        )
        + "\n"
    )


def _account(account: AccountSpace) -> dict[str, Any]:
    return {
        "plan": account.name,
        "account": account.plan.profile.name,
        "currency": account.currency,
        "wallet": _wallet(account.space.wallet),
        "white_space": len(account.openings),
        "unknown": sum(place.is_unknown for place in account.places),
        "units": [
            {
                "unit": key,
                "name": unit.name,
                "parent": unit.parent,
                "target": unit.target,
                "wallet": _wallet(account.space.wallets[key]) if key in account.space.wallets else None,
                "unknown": sum(place.is_unknown for place in account.places if place.cell.unit == key),
                "pointer": format_pointer(("units", key)),
            }
            for key, unit in account.plan.units.items()
        ],
    }


def _wallet(wallet: Wallet) -> dict[str, Any]:
    return {
        "ours": _amount(wallet.ours),
        "known": _amount(wallet.known),
        "share": _amount(wallet.share),
        "cells_with_unknown_spend": wallet.unknown,
    }


def _solution(row: SolutionRow) -> dict[str, Any]:
    return {
        "solution": row.solution.id,
        "name": row.solution.name,
        **{name: _holding(getattr(row, name)) for name in _HOLDINGS},
    }


def _holding(holding: Holding) -> dict[str, Any]:
    return {"accounts": len(holding.accounts), "places": len(holding.places), "spend": _amount(holding.spend), "plans": holding.accounts}


def _best(asked: Asked, place: Place) -> dict[str, Any]:
    """Enough to find the cell by."""
    place_of = {"plan": place.plan, "unit": place.cell.unit, "solution": place.solution.id, "pointer": format_pointer(place.pointer)}
    return {"white_space_rank": asked.rank(place), **place_of, "score": place.opening.score if place.opening else None}


def _place(asked: Asked, place: Place) -> dict[str, Any]:
    entry, account, opening = place.cell.entry, asked.by_name[place.plan], place.opening
    return {
        "plan": place.plan,
        "account": account.plan.profile.name,
        "unit": place.cell.unit or None,
        "solution": place.solution.id,
        "solution_name": place.solution.name,
        "status": place.cell.status,
        "competitor": entry.competitor if entry else None,
        "competitor_name": asked.competitor(place),
        "spend": _amount(entry.spend if entry else None),
        "currency": account.currency,
        "book_spend": _amount(place.spend),
        "contract_ends": entry.contract_ends.isoformat() if entry and entry.contract_ends else None,
        "ends_soon": place.ends_soon,
        "reason": entry.reason if entry else None,
        "notes": entry.notes if entry else None,
        "opportunities": [_opportunity(account, key) for key in place.cell.opportunities],
        "tried_before": [_opportunity(account, key) for key in opening.tried] if opening else [],
        "is_unknown": place.is_unknown,
        "white_space_rank": asked.rank(place),
        "score": opening.score if opening else None,
        "ceiling": opening.ceiling if opening else None,
        "terms": [_term(asked, place, term) for term in opening.terms] if opening else [],
        **_where(asked, place, place.pointer),
    }


def _opportunity(account: AccountSpace, key: str) -> dict[str, Any]:
    opportunity = account.plan.opportunities[key]
    return {
        "opportunity": key,
        "name": opportunity.name,
        "status": opportunity.status,
        "value": _amount(opportunity.value),
        "pointer": format_pointer(("opportunities", key)),
    }


def _term(asked: Asked, place: Place, term: Term) -> dict[str, Any]:
    return {
        "factor": term.factor,
        "value": term.value,
        "points": term.points,
        "out_of": term.out_of,
        "reason": term.reason,
        **_where(asked, place, term.pointer),
    }


def _where(asked: Asked, place: Place, pointer: Pointer) -> dict[str, Any]:
    line = {"line": asked.line(place.plan, pointer)} if len(asked.found.accounts) == 1 else {}
    return {"pointer": format_pointer(pointer), **line}


def _amount(exact: Decimal | None) -> str | None:
    return None if exact is None else format(exact, "f")
