"""What would move each opportunity up, and the best question to ask next."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from acctplan.analysis.amounts import short
from acctplan.analysis.ranking.what_would import as_promising, best_question, steps
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.amounts import exact
from acctplan.cli.rank.as_json import document
from acctplan.cli.rank.ranked import accounts
from acctplan.diagnostic import format_pointer
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, words, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from acctplan.analysis.ranking import Score
    from acctplan.analysis.ranking.changes import Change
    from acctplan.analysis.ranking.what_would import Effect, Step
    from acctplan.cli.rank.ranked import Ranked

_FIRST = 3
"""Steps shown to people for each of several opportunities; one alone has all of its own."""
_INDENT = 3


def show(ranked: Ranked, scores: Sequence[Score], *, are_named: bool, as_json: bool) -> None:
    """The steps that gain most for each opportunity shown, and the best question; piped all steps in full.

    Args:
        ranked: all that was ranked.
        scores: those to show.
        are_named: whether somebody named them: the best question is then one about these, else it is that of the whole list.
        as_json: answer in JSON.
    """
    found = steps(ranked.plans.items(), ranked.config, ranked.weights, ranked.scores)
    if are_named:
        found = {(score.plan, score.id): found[score.plan, score.id] for score in scores}
    best = best_question(found)
    if as_json:
        several = [{"plan": one.plan, "opportunity": one.id, "steps": [*map(_step, found[one.plan, one.id])]} for one in scores]
        question = None if best is None else _question(ranked, found, best)
        console.write(document(ranked, scores, what_would=several, best_question=question))
    elif console.is_terminal():
        _list(ranked, scores, found)
        if best is not None:
            _say_best(ranked, found, best)
        if len(ranked.plans) == 1 and len(ranked.book.plans()) > 1:
            console.write("\n")
            console.paragraph(visible(f"Ranks are those within {next(iter(ranked.plans.values())).profile.name} alone."))
    else:
        rows = [_row(ranked, score, step) for score in scores for step in found[score.plan, score.id]]
        console.table([Column(title) for title in _TITLES], rows)


# For people.


def _list(ranked: Ranked, scores: Sequence[Score], found: Mapping[tuple[str, str], Sequence[Step]]) -> None:
    names, painter, width = accounts(scores), console.painter(), console.width()
    shown = {(one.plan, one.id): found[one.plan, one.id][: _FIRST if len(scores) > 1 else None] for one in scores}
    heads = {id(step): _head(step) for some in shown.values() for step in some}
    wide = max(map(len, heads.values()), default=0)
    for number, score in enumerate(scores):
        title = f"{ranked.place(score)}. {visible(score.opportunity.name)} · {visible(names[score.plan])}"
        parts = [*(Word(one.text, "path") for one in words(title)), Word(f"{score.score:.1f}")]
        lines = [*wrap(parts, width, painter, hanging=_INDENT)]
        for step in shown[score.plan, score.id]:
            text = f"{step.words} ({step.detail}){_others(step)}".replace(" %", "\N{NO-BREAK SPACE}%")
            head = Word(heads[id(step)].ljust(wide + 1), "advice")
            lines += wrap([head, *words(visible(text))], width, painter, indent=_INDENT, hanging=_INDENT + wide + 2)
        if not shown[score.plan, score.id]:
            lines += wrap(words("no single step would raise it"), width, indent=_INDENT, hanging=_INDENT)
        console.write("\n" * bool(number) + "".join(f"{line}\n" for line in lines))


def _head(step: Step) -> str:
    """`up to +20.0 → 63.7, rank 3`, the numbers below each other."""
    return f"{'up to' if step.is_best_case else '':5} {f'+{step.gain:.1f}':>5} → {step.score:4.1f}, rank {step.place}"


def _others(step: Step) -> str:
    count = len(step.also_helps)
    return f"; helps {count + 1} opportunities" if count else ""


def _say_best(ranked: Ranked, found: Mapping[tuple[str, str], Sequence[Step]], best: Step) -> None:
    whose = f"{ranked.plans[best.plan].opportunities[best.opportunity].name} · {accounts(ranked.scores)[best.plan]}"
    text = f"The best question to ask next: {best.question} ({whose}), because {_because(ranked, found, best)}."
    console.write("\n")
    console.paragraph(visible(text))


def _because(ranked: Ranked, found: Mapping[tuple[str, str], Sequence[Step]], best: Step) -> str:
    """Why no other question is better."""
    points = f"up to {best.total_gain:.1f} points"
    if best.also_helps:
        points += f", over {len(best.also_helps) + 1} opportunities"
    rise = f"rank {best.place}, as today" if best.place == best.place_before else f"rank {best.place} instead of {best.place_before}"
    equals = as_promising(found, best)
    if not equals:
        return f"no other answer could add as much: {points}, {rise}"
    why = f"no answer could add more: {points}, {rise}"
    if best.at_stake is None:
        return why
    margin = f"{short(best.at_stake)} {ranked.config.currency} of margin"
    return f"{why}. Of the {equals + 1} that could add as much, none is known to have more money behind it: {margin}"


# For programs.

_TITLES = (
    "rank",
    "plan",
    "account",
    "opportunity",
    "name",
    "score",
    "kind",
    "factor",
    "step",
    "detail",
    "best_case",
    "gain",
    "new_score",
    "new_ceiling",
    "new_rank",
    "also_helps",
    "changes",
)


def _row(ranked: Ranked, score: Score, step: Step) -> list[str]:
    return [
        str(ranked.place(score)),
        score.plan,
        score.account,
        score.id,
        score.opportunity.name,
        f"{score.score:.2f}",
        step.kind,
        step.factor,
        step.words,
        step.detail,
        "yes" if step.is_best_case else "no",
        f"{step.gain:.2f}",
        f"{step.score:.2f}",
        f"{step.ceiling:.2f}",
        str(step.place),
        " ".join(effect.opportunity for effect in step.also_helps),
        " ".join(f"{format_pointer(change.pointer)}={_plain(change)}" for change in step.changes),
    ]


def _plain(change: Change) -> str | int:
    """A value as JSON has it: amounts as text, so that no digit is lost."""
    return format(change.value, "f") if isinstance(change.value, Decimal) else change.value


def _step(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "factor": step.factor,
        "step": step.words,
        "detail": step.detail,
        "why": step.why,
        "best_case": step.is_best_case,
        "gain": step.gain,
        "score": step.score,
        "ceiling": step.ceiling,
        "rank": step.place,
        "rank_before": step.place_before,
        "changes": [{"pointer": format_pointer(change.pointer), "value": _plain(change)} for change in step.changes],
        "also": [*map(_effect, step.also)],
        "at_stake": None if step.at_stake is None else exact(step.at_stake),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "opportunity": effect.opportunity,
        "gain": effect.gain,
        "score": effect.score,
        "ceiling": effect.ceiling,
        "rank": effect.place,
        "rank_before": effect.place_before,
    }


def _question(ranked: Ranked, found: Mapping[tuple[str, str], Sequence[Step]], best: Step) -> dict[str, Any]:
    return {
        "plan": best.plan,
        "opportunity": best.opportunity,
        "question": best.question,
        "because": _because(ranked, found, best),
        "total_gain": round(best.total_gain, 9),
        "as_promising": as_promising(found, best),
        "currency": ranked.config.currency,
        **_step(best),
    }
