"""Results of scorecards for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.analysis.scorecards import probability
from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.scorecards import Result, Term
    from acctplan.cli.score.scored import Scored


def document(scored: Scored, results: Sequence[Result]) -> str:
    """The results with every term, as JSON."""
    found, opportunity = scored.found, scored.found.opportunity
    odds = probability(opportunity, found.config)
    data = {
        "version": 1,
        "plan": found.loaded.path,
        "account": found.plan.profile.name,
        "opportunity": found.id,
        "name": opportunity.name,
        "status": opportunity.status,
        "stage": opportunity.stage,
        "probability": None if odds is None else format(odds, "f"),
        "line": scored.line(("opportunities", found.id)),
        "cards": [_result(scored, result) for result in results],
    }
    return json.dumps(data, indent=2) + "\n"


def _result(scored: Scored, result: Result) -> dict[str, Any]:
    names = scored.found.plan.competitors
    return {
        "card": result.card,
        "name": result.name,
        **_sums(result),
        "gates_failed": [term.question for term in result.gates_failed],
        "minima_missed": [term.question for term in result.minima_missed],
        "terms": [_term(scored, result, term) for term in result.terms],
        "competitors": [
            {
                "competitor": rival.competitor,
                "name": names[str(rival.competitor)].name,
                **_sums(rival),
                "terms": [_term(scored, rival, term) for term in rival.terms],
            }
            for rival in scored.rivals(result.card)
        ],
    }


def _sums(result: Result) -> dict[str, Any]:
    return {
        "points": result.points,
        "ceiling": result.ceiling,
        "known": result.known,
        "answered": result.answered,
        "of": len(result.terms),
        "band": result.band,
        "possible_bands": list(result.possible),
        "settled": result.is_settled,
        "open": [term.question for term in result.open],
    }


def _term(scored: Scored, result: Result, term: Term) -> dict[str, Any]:
    return {
        "question": term.question,
        "ask": term.ask,
        "part": term.part,
        "weight": term.weight,
        "answer": term.mark,
        "value": term.value,
        "points": term.points,
        "out_of": term.out_of,
        "words": term.words,
        "evidence": term.evidence,
        "plan_says": scored.plan_says(result, term),
        "as_of": None if term.as_of is None else term.as_of.isoformat(),
        "stale": scored.is_stale(term),
        "gate": term.is_gate,
        "least": term.least,
        "pointer": format_pointer(term.pointer),
        "line": scored.line(term.pointer),
    }
