"""The accounts for programs, with everything that their figures are made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from acctplan.analysis.revenue import FIGURES, known
from acctplan.diagnostic import format_pointer
from acctplan.portfolio import LONG_OVERDUE, YOUNG

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from acctplan.analysis.overdue import Due
    from acctplan.analysis.revenue import Amounts, LeftOut, Term
    from acctplan.cli.book.shown import Shown
    from acctplan.diagnostic import Pointer
    from acctplan.portfolio import Expiring, Hour, Late, Line, Mark, Move, Reason


Place: TypeAlias = "Callable[[Pointer], dict[str, Any]]"
"""Where something stands: its pointer and its line."""


def _places(line: Line) -> Place:
    return lambda pointer: {"pointer": format_pointer(pointer), "line": line.lines[pointer]}


def document(shown: Shown) -> str:
    """Every account that is shown, and what they come to."""
    total = shown.total
    said = {
        "version": 1,
        "today": shown.today.isoformat(),
        "currency": shown.currency,
        "rates": {currency: {"rate": _exact(one.rate), "as_of": one.as_of.isoformat()} for currency, one in shown.rates.items()},
        "sorted_by": shown.sort,
        "at_risk_if": {
            "forecast_of_goal_under": _exact(shown.at_risk_below),
            "overdue_for_more_than_days": LONG_OVERDUE,
            "health_is_poor_after_days": YOUNG,
        },
        "total": {
            "accounts": total.accounts,
            **_amounts(total.amounts, booked=any(line.is_booked_known for line in shown.lines)),
            "accounts_without_goal": total.without_goal,
            "overdue": total.late,
            "accounts_at_risk": total.at_risk,
            "accounts_to_act_on_now": total.act_now,
        },
        "accounts": [_account(shown, line, _places(line)) for line in shown.lines],
        "what_cannot_wait": [{"plan": line.plan, "account": line.account, **_expiring(one)} for line, one in shown.expiring],
        "where_an_hour_pays_most": [
            {"plan": line.plan, "account": line.account, **_hour(line.hour, _places(line))} for line in shown.by_hour
        ],
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
            **_amounts(line.figures, booked=line.is_booked_known),
            "in_book_currency": _amounts(line.amounts, booked=line.is_booked_known),
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
        "grade": line.grade,
        "at_risk": [_reason(one) for one in line.reasons],
    }


def _amounts(amounts: Amounts | None, *, booked: bool) -> dict[str, Any]:
    """Figures by name, null where they are not known; the shares as this command calls them."""
    figures = dict.fromkeys(FIGURES) if amounts is None else known(amounts, booked=booked, forecast=True)
    shown = {name: _exact(amount) for name, amount in figures.items() if name not in ("achieved", "expected")}
    return {**shown, "forecast_of_goal": _exact(figures["expected"])}


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
    return {"reason": one.concern, "grade": one.grade, "words": one.words, "pointer": format_pointer(one.pointer), "line": one.line}


def _expiring(one: Expiring) -> dict[str, Any]:
    pointer = format_pointer(one.pointer)
    return {"due": one.due.isoformat(), "words": one.words, "amount": _exact(one.amount), "pointer": pointer, "line": one.line}


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
