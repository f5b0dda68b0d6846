"""`acctplan rank`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from acctplan.cli.options import Json, Plans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from acctplan.analysis.ranking import Score
    from acctplan.book import Book
    from acctplan.config import Weights
    from acctplan.loader import Loaded


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
    from acctplan.cli.loading import load_sound

    book, paths, wanted = _resolve(plans or [], names_opportunities=explain)
    loaded = load_sound(book, paths)
    scores = ranking.rank([(one.path, one.plan) for one in loaded if one.plan], book.config, _weights(book.config.ranking.weights, weight or []))
    places = {(score.plan, score.id): place for place, score in enumerate(scores, 1)}
    shown = [score for score in scores if not wanted or score.id in wanted][:limit]
    _all_found(wanted, scores)
    if as_json:
        console.write(_json(shown, places, {one.path: one for one in loaded}))
    elif explain:
        _explain(shown, places, {one.path: one for one in loaded}, book)
    else:
        _table(shown, places, book)


def _resolve(names: list[str], *, names_opportunities: bool) -> tuple[Book, list[Any], set[str]]:
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
            raise UserError(f"no weight '{override}'", f"did you mean {near}=30?" if near else f"write FACTOR=N with one of {', '.join(changed)}")
        changed[name] = number
    try:
        return Weights.model_validate(changed)
    except ValidationError:
        raise UserError("weights are numbers from 0 up, at least one above 0", "for example --weight access=30") from None


def _table(scores: Sequence[Score], places: dict[tuple[str, str], int], book: Book) -> None:
    from acctplan.cli import console
    from acctplan.cli.console import Column

    if not scores:
        console.say("no opportunity is potential or open")
        return
    if console.is_terminal():
        columns = [
            Column("", is_number=True),
            Column("Score … ceiling", is_number=True),
            Column("Opportunity", wraps=22),
            Column("Account", wraps=12),
            Column("Value", is_number=True),
            Column("Unknown", wraps=12),
        ]
        console.table(columns, [_row(score, places) for score in scores])
        best = scores[0]
        console.hint(f"why is it first? acctplan rank --explain {best.id}")
        return
    factors = [term.factor for term in scores[0].terms]
    titles = ["rank", "score", "ceiling", "plan", "account", "opportunity", "name", "status", "stage", "value", "currency", *factors]
    console.table([Column(title) for title in titles], [_full_row(score, places) for score in scores])
    del book


def _row(score: Score, places: dict[tuple[str, str], int]) -> list[str]:
    unknown = dict.fromkeys(term.factor.partition("_to_")[0].replace("_", "-") for term in score.terms if term.value is None and term.weight)
    reach = f"{score.score:.1f}" if score.score == score.ceiling else f"{score.score:.1f} … {score.ceiling:.1f}"
    value = "?" if score.opportunity.value is None else f"{_short(score.opportunity.value)} {score.currency}"
    return [str(places[score.plan, score.id]), reach, score.opportunity.name, score.account, value, ", ".join(unknown) or "-"]


def _short(amount: Decimal) -> str:
    """An amount in three digits or so: 420, 61 k, 1.3 M."""
    for unit, size in (("M", 1_000_000), ("k", 1_000)):
        if amount >= size:
            return f"{amount / size:.3g} {unit}" if amount < size * 1000 else f"{amount / size:,.0f} {unit}"
    return f"{amount:.0f}"


def _full_row(score: Score, places: dict[tuple[str, str], int]) -> list[str]:
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
        *readings,
    ]


def _explain(scores: Sequence[Score], places: dict[tuple[str, str], int], loaded: dict[str, Loaded], book: Book) -> None:
    """A table of terms for each opportunity; piped, one table for all."""
    from acctplan.cli import console
    from acctplan.cli.console import Column
    from acctplan.report.visible import visible

    titles = [Column("Factor"), *(Column(title, is_number=True) for title in ("Weight", "Value", "Points")), Column("Why", wraps=20), Column("Read from")]
    if not console.is_terminal():
        rows = [[score.plan, score.id, *_term_row(term, loaded[score.plan])] for score in scores for term in score.terms]
        console.table([Column("Plan"), Column("Opportunity"), *titles], rows)
        return
    for score in scores:
        header = f"{places[score.plan, score.id]}. {visible(score.opportunity.name)} · {visible(score.account)}"
        location = loaded[score.plan].locate(("opportunities", score.id))[0]
        console.write(f"{console.paint('path', header)}\n{console.paint('dim', f'{score.plan}:{location.line}')}\n")
        rows = [_term_row(term, loaded[score.plan]) for term in score.terms]
        rows.append(["score", "", "", f"{score.score:.1f}", f"at most {score.ceiling:.1f}, if all that is unknown turned out well", ""])
        console.table(titles, rows)
    del book


def _term_row(term: Any, loaded: Loaded) -> list[str]:
    location = loaded.locate(term.pointer)[0]
    value = "?" if term.value is None else f"{term.value:.2f}"
    return [term.factor, f"{term.weight:g}", value, f"{term.points:.1f}", term.reason, f"line {location.line}"]


def _json(scores: Sequence[Score], places: dict[tuple[str, str], int], loaded: dict[str, Loaded]) -> str:
    import json

    from acctplan.diagnostic import format_pointer

    def term(score: Score, one: Any) -> dict[str, Any]:
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
