"""A ranking for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.ranking import Score, Term
    from acctplan.analysis.scorecards import Against
    from acctplan.cli.rank.ranked import Ranked


def document(ranked: Ranked, scores: Sequence[Score], **more: Any) -> str:
    """The opportunities with every term, and whatever else was worked out about them, as JSON."""
    opportunities = [_opportunity(ranked, score) for score in scores]
    return json.dumps({"version": 1, **more, "opportunities": opportunities}, indent=2) + "\n"


def _opportunity(ranked: Ranked, score: Score) -> dict[str, Any]:
    opportunity = score.opportunity
    return {
        "rank": ranked.place(score),
        "usual_rank": ranked.usual_place(score),
        "plan": score.plan,
        "account": score.account,
        "opportunity": score.id,
        "name": opportunity.name,
        "status": opportunity.status,
        "stage": opportunity.stage,
        "value": None if opportunity.value is None else format(opportunity.value, "f"),
        "currency": score.currency,
        "close_date": None if opportunity.close_date is None else opportunity.close_date.isoformat(),
        "score": score.score,
        "ceiling": score.ceiling,
        "unknown": [term.factor for term in score.terms if term.value is None],
        "decided_against": [against_as_json(ranked, score, one) for one in ranked.against(score)],
        "terms": [_term(ranked, score, term) for term in score.terms],
    }


def against_as_json(ranked: Ranked, score: Score, against: Against) -> dict[str, Any]:
    """An answer that decides against an opportunity."""
    card, term = against
    return {
        "card": card,
        "question": term.question,
        "ask": term.ask,
        "answer": term.mark,
        "words": term.words,
        "evidence": term.evidence,
        "pointer": format_pointer(term.pointer),
        "line": ranked.line(score.plan, term.pointer),
    }


def _term(ranked: Ranked, score: Score, term: Term) -> dict[str, Any]:
    return {
        "factor": term.factor,
        "weight": term.weight,
        "value": term.value,
        "points": term.points,
        "out_of": term.out_of,
        "reason": term.reason,
        "pointer": format_pointer(term.pointer),
        "line": ranked.line(score.plan, term.pointer),
    }
