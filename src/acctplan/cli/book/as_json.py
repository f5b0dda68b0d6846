"""The accounts for programs, with everything that their figures are made of."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeAlias

from acctplan.analysis.revenue import Amounts
from acctplan.diagnostic import format_pointer
from acctplan.portfolio import ENOUGH, LONG_OVERDUE

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from acctplan.analysis.overdue import Due
    from acctplan.analysis.revenue import LeftOut, Term
    from acctplan.cli.book.shown import Shown
    from acctplan.diagnostic import Pointer
    from acctplan.portfolio import Hour, Late, Line, Mark, Move, Reason


Place: TypeAlias = "Callable[[Pointer], dict[str, Any]]"
"""Where something stands: its pointer and, where one plan was asked for, its line."""


def document(shown: Shown, line_of: Callable[[Pointer], int] | None) -> str:
    """Every account that is shown, and what they come to.

    Args:
        shown: the accounts.
        line_of: says on which line something stands, where they are one.
    """

    def place(pointer: Pointer) -> dict[str, Any]:
        return {"pointer": format_pointer(pointer), "line": None if line_of is None else line_of(pointer)}

    total = shown.total
    said = {
        "version": 1,
        "today": shown.today.isoformat(),
        "currency": shown.currency,
        "at_risk_if": {"forecast_of_goal_under": _exact(ENOUGH), "overdue_for_more_than_days": LONG_OVERDUE},
        "total": {
            "accounts": total.accounts,
            **_amounts(total.amounts),
            "accounts_without_goal": total.without_goal,
            "overdue": total.late,
            "accounts_at_risk": total.at_risk,
        },
        "accounts": [_account(shown, line, place) for line in shown.lines],
        "where_an_hour_pays_most": [{"plan": line.plan, "account": line.account, **_hour(line.hour, place)} for line in shown.by_hour],
    }
    return json.dumps(said, indent=2) + "\n"


def _account(shown: Shown, line: Line, place: Place) -> dict[str, Any]:
    return {
        "plan": line.plan,
        "account": line.account,
        "type": line.plan_type,
        "manager": line.manager_id and {"id": line.manager_id, "name": line.manager},
        "currency": line.money.revenue.currency,
        "revenue": {
            **_amounts(line.figures),
            "in_book_currency": _amounts(line.amounts),
            "terms": [_term(term, place) for term in line.figures.terms] if line.figures is not None else [],
            "not_counted": [_left_out(one, place) for one in line.money.revenue.left_out],
        },
        "health": {mark.name: _mark(mark) for mark in line.health},
        "top_opportunity": line.top
        and {
            "rank": shown.ranks[line.plan],
            "opportunity": line.top.id,
            "name": line.top.name,
            "score": line.top.score,
            "ceiling": line.top.ceiling,
        },
        "overdue": [_late(one) for one in line.late],
        "next_meeting": {"state": shown.meeting(line.meeting), **_due(line.meeting, place)},
        "next_review": {"state": shown.review(line.review), **_due(line.review, place)},
        "at_risk": [_reason(one) for one in line.reasons],
    }


def _amounts(amounts: Amounts | None) -> dict[str, Any]:
    figures = {field.name: None if amounts is None else _exact(getattr(amounts, field.name)) for field in fields(Amounts)}
    return {**figures, "forecast_of_goal": None if amounts is None else _exact(amounts.expected)}


def _term(term: Term, place: Place) -> dict[str, Any]:
    return {
        "kind": term.kind,
        "id": term.id,
        "value": _exact(term.value),
        "probability": _exact(term.probability),
        "amount": _exact(term.amount),
        **place(term.pointer),
    }


def _left_out(one: LeftOut, place: Place) -> dict[str, Any]:
    return {**_term(one.term, place), "lacks": list(one.lacks), "outside": one.outside and one.outside.isoformat()}


def _mark(mark: Mark) -> dict[str, Any]:
    return {"good": mark.good, "of": mark.of, "percent": mark.percent, "band": mark.band}


def _due(due: Due | None, place: Place) -> dict[str, Any]:
    return {"due": None, "pointer": None, "line": None} if due is None else {"due": due.due.isoformat(), **place(due.pointer)}


def _late(one: Late) -> dict[str, Any]:
    due = one.due
    return {
        "kind": due.kind,
        "what": due.what,
        "owner": due.owner,
        "due": due.due.isoformat(),
        "days": one.days,
        "pointer": format_pointer(due.pointer),
        "line": one.line,
    }


def _reason(one: Reason) -> dict[str, Any]:
    return {"reason": one.concern, "words": one.words, "pointer": format_pointer(one.pointer), "line": one.line}


def _hour(hour: Hour, place: Place) -> dict[str, Any]:
    return {"amount": _exact(hour.amount), "without_a_value": hour.unknown, "steps": [_move(move, place) for move in hour.best]}


def _move(move: Move, place: Place) -> dict[str, Any]:
    return {
        "opportunity": move.id,
        "name": move.name,
        "step": move.words,
        "gain": move.gain,
        "contribution": _exact(move.contribution),
        "amount": _exact(move.moves),
        **place(move.pointer),
    }


def _exact(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
