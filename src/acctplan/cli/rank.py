"""`acctplan rank`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from acctplan.cli.options import Json, Plans, Today, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from acctplan.analysis.ranking import Score, Term
    from acctplan.book import Book
    from acctplan.config import Weights
    from acctplan.loader import Loaded

Places: TypeAlias = "dict[tuple[str, str], int]"
"""The rank of each opportunity, by plan and id, among all that were ranked."""


def rank(
    plans: Plans = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Show every term of the score. Name an opportunity to see its own: rank --explain OPPORTUNITY."),
    ] = False,
    weight: Annotated[
        list[str] | None,
        typer.Option("--weight", "-w", metavar="FACTOR=N", help="Another weight for this answer, such as access=30. May be repeated."),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, metavar="N", help="Only the first N.", show_default=False)] = None,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """Which opportunities to pursue, best first, and why.

    Seven factors give a score from 0 to 100. What is unknown counts as nothing; the ceiling says how high the score could go if all
    that is unknown turned out well. Weights and scales stand in acctplan.toml.

    \b
    Examples:
      acctplan rank
      acctplan rank meridian --explain
      acctplan rank --explain platform-logistics
      acctplan rank --weight access=30 --weight lead_in=0 -n 10
    """
    from acctplan.analysis import ranking
    from acctplan.cli import console
    from acctplan.cli.loading import load, load_sound

    book, paths, wanted = _resolve(plans or [], names_opportunities=explain)
    # Of a whole book only the plans are kept: the texts are read again for the few that are explained.
    sound = {one.path: (path, one.plan) for path, one in load_sound(book, paths) if one.plan}
    weights = _weights(book.config.ranking.weights, weight or [])
    scores = ranking.rank([(name, plan) for name, (_, plan) in sound.items()], book.config, weights)
    places = {(score.plan, score.id): place for place, score in enumerate(scores, 1)}
    shown = [score for score in scores if not wanted or score.id in wanted][:limit]
    _all_found(wanted, scores)
    texts = {name: load(book, sound[name][0]) for name in dict.fromkeys(score.plan for score in shown)} if as_json or explain else {}
    if as_json:
        console.write(_json(shown, places, texts))
    elif explain:
        _explain(shown, places, texts)
    else:
        _table(shown, places, day_asked_for(today))
    if not scores and sound:
        console.say("no opportunity is potential or open")
    raise typer.Exit(0 if len(sound) == len(paths) else 1)


def _resolve(names: list[str], *, names_opportunities: bool) -> tuple[Book, list[Path], set[str]]:
    """The plans that were named and, where that is asked for, the opportunities: names that are no plan's."""
    from acctplan.book import find_for
    from acctplan.errors import UserError

    book = find_for(names)
    paths, wanted = [], set()
    for name in names:
        try:
            paths += book.resolve([name])
        except UserError:
            if not names_opportunities or "/" in name or "." in name:
                raise
            wanted.add(name)
    return book, paths or book.resolve(()), wanted


def _all_found(wanted: set[str], scores: Sequence[Score]) -> None:
    from acctplan.diagnostic import closest
    from acctplan.errors import UserError

    known = {score.id for score in scores}
    for name in sorted(wanted - known):
        near = closest(name, known)
        hint = f"did you mean {near}?" if near else "it must be the id of a potential or open opportunity"
        raise UserError(f"no plan and no opportunity {name} that could be won", hint)


def _weights(configured: Weights, overrides: list[str]) -> Weights:
    from pydantic import ValidationError

    from acctplan.config import Weights
    from acctplan.diagnostic import closest
    from acctplan.errors import UserError

    changed: dict[str, Any] = configured.model_dump()
    for override in overrides:
        name, equals, number = override.partition("=")
        if name not in changed or not equals:
            near = closest(name, changed)
            raise UserError(
                f"no weight '{override}'", f"did you mean {near}=30?" if near else f"write FACTOR=N with one of {', '.join(changed)}"
            )
        changed[name] = number
    try:
        return Weights.model_validate(changed)
    except ValidationError:
        raise UserError("weights are numbers from 0 up, at least one above 0", "for example --weight access=30") from None


def _table(scores: Sequence[Score], places: Places, today: date) -> None:
    from acctplan.analysis import factors
    from acctplan.cli import console
    from acctplan.cli.console import Column
    from acctplan.diagnostic import plan_name

    if not console.is_terminal():
        titles = [
            "rank",
            "score",
            "ceiling",
            "plan",
            "account",
            "opportunity",
            "name",
            "status",
            "stage",
            "value",
            "currency",
            "close_date",
        ]
        columns = [Column(title) for title in [*titles, *(f"{factor.name}_reading" for factor in factors.ALL)]]
        console.table(columns, [_full_row(score, places) for score in scores])
    elif scores:
        columns = [
            Column("", is_number=True),
            Column("Score", is_number=True),
            Column("Opportunity", wraps=True),
            Column("Account", wraps=True),
            Column("Value", is_number=True),
            Column("Unknown or past", wraps=True),
        ]
        accounts = _accounts(scores)
        console.table(columns, [_row(score, places, accounts[score.plan], today) for score in scores])
        if unsure := next((score for score in scores if score.score < score.ceiling), None):
            console.hint(f"\n{_reach(unsure)}: the score now, and if all that is unknown turned out well")
        best = scores[0]
        console.hint(f"\nwhy is it first? acctplan rank {plan_name(best.plan)} --explain {best.id}")


def _accounts(scores: Sequence[Score]) -> dict[str, str]:
    """What to call the account of each plan: its name, with the plan's where several accounts have it."""
    from collections import Counter

    from acctplan.diagnostic import plan_name

    names = {score.plan: score.account for score in scores}
    often = Counter(names.values())
    return {plan: f"{name} ({plan_name(plan)})" if often[name] > 1 else name for plan, name in names.items()}


def _row(score: Score, places: Places, account: str, today: date) -> list[str]:
    unknown = dict.fromkeys(
        term.factor.partition("_to_")[0].replace("_", "-") for term in score.terms if term.value is None and term.weight
    )
    value = "?" if score.opportunity.value is None else f"{_short(score.opportunity.value)} {score.currency}"
    closes = score.opportunity.close_date
    past = [f"close date {closes}"] if closes is not None and closes < today else []
    return [str(places[score.plan, score.id]), _reach(score), score.opportunity.name, account, value, ", ".join([*unknown, *past]) or "-"]


def _reach(score: Score) -> str:
    return f"{score.score:.1f}" if score.score == score.ceiling else f"{score.score:.1f} … {score.ceiling:.1f}"


def _short(amount: Decimal) -> str:
    """An amount in three digits or so: 420, 61 k, 1.3 M."""
    for unit, size in (("M", 1_000_000), ("k", 1_000)):
        if amount >= size:
            return f"{amount / size:.3g} {unit}" if amount < size * 1000 else f"{amount / size:,.0f} {unit}"
    return f"{amount:.0f}"


def _full_row(score: Score, places: Places) -> list[str]:
    opportunity = score.opportunity
    readings = ["" if term.value is None else f"{term.value:.4f}" for term in score.terms]
    value = "" if opportunity.value is None else format(opportunity.value, "f")
    return [
        str(places[score.plan, score.id]),
        f"{score.score:.2f}",
        f"{score.ceiling:.2f}",
        score.plan,
        score.account,
        score.id,
        opportunity.name,
        opportunity.status,
        opportunity.stage or "",
        value,
        score.currency,
        "" if opportunity.close_date is None else opportunity.close_date.isoformat(),
        *readings,
    ]


def _explain(scores: Sequence[Score], places: Places, loaded: dict[str, Loaded]) -> None:
    """A table of terms for each opportunity; elsewhere than on a terminal one for all."""
    from acctplan.cli import console
    from acctplan.cli.console import Column
    from acctplan.report.visible import visible

    if not console.is_terminal():
        titles = ["plan", "opportunity", "factor", "weight", "value", "points", "out_of", "reason", "line"]
        console.table([Column(title) for title in titles], [_full_term(score, term, loaded) for score in scores for term in score.terms])
        return
    columns = [
        Column("Factor"),
        Column("Reading", is_number=True),
        Column("Points", is_number=True),
        Column("Why", wraps=True),
        Column("Read from"),
    ]
    for number, score in enumerate(scores):
        header = f"{places[score.plan, score.id]}. {visible(score.opportunity.name)} · {visible(score.account)}"
        line = loaded[score.plan].locate(("opportunities", score.id))[0].line
        if number:
            console.write("\n")
        console.write(f"{console.paint('path', header)}\n{console.paint('dim', f'{visible(score.plan)}:{line}')}\n")
        best = f"{score.ceiling:.1f}, if all that is unknown turned out well" if score.score < score.ceiling else ""
        console.table(
            columns, [*(_term(score, term, loaded) for term in score.terms), ["score", "", f"{score.score:.1f} of 100.0", best, ""]]
        )


def _term(score: Score, term: Term, loaded: dict[str, Loaded]) -> list[str]:
    line = loaded[score.plan].locate(term.pointer)[0].line
    reading = "?" if term.value is None else f"{term.value:.2f}"
    return [term.factor, reading, f"{term.points:.1f} of {term.out_of:>5.1f}", term.reason, f"line {line}"]


def _full_term(score: Score, term: Term, loaded: dict[str, Loaded]) -> list[str]:
    line = loaded[score.plan].locate(term.pointer)[0].line
    reading = "" if term.value is None else f"{term.value:.4f}"
    return [
        score.plan,
        score.id,
        term.factor,
        f"{term.weight:g}",
        reading,
        f"{term.points:.4f}",
        f"{term.out_of:.4f}",
        term.reason,
        str(line),
    ]


def _json(scores: Sequence[Score], places: Places, loaded: dict[str, Loaded]) -> str:
    import json

    from acctplan.diagnostic import format_pointer

    def term(score: Score, one: Term) -> dict[str, Any]:
        return {
            "factor": one.factor,
            "weight": one.weight,
            "value": one.value,
            "points": one.points,
            "out_of": one.out_of,
            "reason": one.reason,
            "pointer": format_pointer(one.pointer),
            "line": loaded[score.plan].locate(one.pointer)[0].line,
        }

    opportunities = [
        {
            "rank": places[score.plan, score.id],
            "plan": score.plan,
            "account": score.account,
            "opportunity": score.id,
            "name": score.opportunity.name,
            "status": score.opportunity.status,
            "stage": score.opportunity.stage,
            "value": None if score.opportunity.value is None else format(score.opportunity.value, "f"),
            "currency": score.currency,
            "score": score.score,
            "ceiling": score.ceiling,
            "unknown": [one.factor for one in score.terms if one.value is None],
            "terms": [term(score, one) for one in score.terms],
        }
        for score in scores
    ]
    return json.dumps({"version": 1, "opportunities": opportunities}, indent=2) + "\n"
