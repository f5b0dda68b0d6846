"""Reviews for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.analysis.owners import responsible
from acctplan.cli.diff.as_json import fit
from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.differences import Change
    from acctplan.analysis.reviewing import Suspect
    from acctplan.cli.review.pack import Pack, Standing
    from acctplan.diagnostic import Pointer


def of_book(found: Sequence[Standing]) -> str:
    """The reviews of several plans, with every change and suspect."""
    return json.dumps({"version": 1, "plans": [_standing(one) for one in found]}, indent=2) + "\n"


def of_pack(pack: Pack) -> str:
    """The pack for one review, in full."""
    one = pack.standing
    health = {
        score.name: {"good": score.good, "of": len(score.items), "percent": score.percent, "band": score.band}
        for score in pack.health.scores
    }
    ranked = [
        {
            "id": score.id,
            "name": score.opportunity.name,
            "rank": pack.ranks[score.id],
            "rank_at_review": None if pack.ranks_then is None else pack.ranks_then.get(score.id),
            "score": score.score,
            "value": fit(score.opportunity.value),
            "currency": score.currency,
            "stage": score.opportunity.stage,
            "status": score.opportunity.status,
        }
        for score in pack.scores
    ]
    late = [
        {
            "kind": due.kind,
            "what": due.what,
            "owner": responsible(one.plan, due.owner),
            "due": due.due.isoformat(),
            "days_late": due.days_late(one.today),
            **_place(one, due.pointer),
        }
        for due in pack.late
    ]
    questions = [
        {"kind": question.kind, "question": question.words, "why": question.why, **_place(one, question.pointer)}
        for question in pack.questions
    ]
    said = {"health": health, "opportunities": ranked, "late": late, "questions": questions}
    return json.dumps({"version": 1, "today": one.today.isoformat(), **_standing(one), **said}, indent=2) + "\n"


def _standing(one: Standing) -> dict[str, Any]:
    then, review, found = one.reviewed, one.reviewed.review, one.unreviewed
    last = None
    if review is not None and then.day is not None:
        last = {
            "day": then.day.isoformat(),
            "days_ago": one.days_ago,
            "by": review.by,
            "by_name": one.plan.team[review.by].name,
            "verdict": review.verdict,
            "notes": review.notes,
            "fingerprint": review.fingerprint,
        }
    return {
        "plan": one.loaded.path,
        "account": one.plan.profile.name,
        "last_review": last,
        "next_due": None if one.due is None else one.due.isoformat(),
        "basis": then.basis,
        "commit": then.commit,
        "remark": then.remark or None,
        "not_yet_reviewed": None if found is None else [_change(one, change) for change in found.changes],
        "suspects": None if found is None else [_suspect(one, suspect) for suspect in found.suspects],
        "confirmed": None if found is None else [format_pointer(suspect.pointer) for suspect in found.confirmed],
    }


def _change(one: Standing, change: Change) -> dict[str, Any]:
    place = {"pointer": format_pointer(change.pointer), "line": None} if change.kind == "removed" else _place(one, change.pointer)
    said = {"kind": change.kind, "sentence": change.sentence, "before": fit(change.before), "after": fit(change.after)}
    return {**place, **said, "importance": change.importance}


def _suspect(one: Standing, suspect: Suspect) -> dict[str, Any]:
    relied = [format_pointer(change.pointer) for change in suspect.changes]
    return {**_place(one, suspect.pointer), "name": suspect.name, "why": suspect.why, "relies_on": relied}


def _place(one: Standing, pointer: Pointer) -> dict[str, Any]:
    return {"pointer": format_pointer(pointer), "line": one.loaded.locate(pointer)[0].line}
