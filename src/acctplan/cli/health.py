"""`acctplan health`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from acctplan.cli.options import Json, Plans, Today

if TYPE_CHECKING:
    from acctplan.health import Health, Score
    from acctplan.loader import Loaded


def health(
    plans: Plans = None,
    every: Annotated[bool, typer.Option("--list", help="Also what each score counts. One plan alone always lists it.")] = False,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """How well plans are doing: completeness, freshness, coverage and execution, each as so many of so many.

    Completeness: checks met of those that apply. Freshness: dated facts and contacts younger than their limit. Coverage: key players whom
    we know well enough, stance known. Execution: actions and meetings due so far that are done. 67 % and over is good, 34 to 66 fair,
    below poor; where nothing applies a score is blank.

    \b
    Examples:
      acctplan health
      acctplan health meridian
      acctplan health --json
    """
    from datetime import date

    from acctplan import rules
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import load_sound
    from acctplan.health import health as healths

    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    day = today or date.today()  # noqa: DTZ011  the day where the user is
    settings = book.config.check
    chosen = rules.choose(rules.ALL, settings.select, settings.ignore, settings.severities)
    context = rules.Context(book.config, day)
    found = [
        (one, healths(one.plan, rules.check(one, chosen, context), chosen, book.config.limits, day))
        for _, one in load_sound(book, paths)
        if one.plan
    ]
    if as_json:
        console.write(_json(found))
    else:
        _table(found)
        for one, scores in found if every or len(found) == 1 else ():
            _lists(one, scores)
    raise typer.Exit(0 if len(found) == len(paths) else 1)


def _table(found: list[tuple[Loaded, Health]]) -> None:
    from acctplan.cli import console
    from acctplan.cli.console import Column

    names = [score.name for score in found[0][1].scores] if found else []
    titles = [name.capitalize() for name in names] if console.is_terminal() else names
    columns = [Column("Account", wraps=True), *(Column(title) for title in titles)]
    cell = _short if console.is_terminal() else _cell
    rows = [[one.plan.profile.name, *map(cell, scores.scores)] for one, scores in found if one.plan]
    console.table(columns, rows)


def _cell(score: Score) -> str:
    return "" if score.percent is None else f"{score.good} of {len(score.items)} ({score.percent} %) {score.band}"


def _short(score: Score) -> str:
    return "" if score.percent is None else f"{score.band} {score.good}/{len(score.items)}"


def _lists(one: Loaded, scores: Health) -> None:
    from acctplan.cli import console
    from acctplan.report.visible import visible

    console.write(f"\n{console.paint('path', visible(one.path))}\n")
    for score in scores.scores:
        console.write(f"  {score.name}: {_cell(score) or 'nothing applies'}\n")
        for item in score.items:
            if not item.is_good:
                line = f"line {one.locate(item.pointer)[0].line}: " if item.pointer else ""
                console.write(f"    {console.paint('warning', 'x')} {line}{visible(item.words)}\n")


def _json(found: list[tuple[Loaded, Health]]) -> str:
    import json

    from acctplan.diagnostic import format_pointer

    def score(one: Score) -> dict[str, Any]:
        items = [{"pointer": format_pointer(item.pointer), "what": item.words, "good": item.is_good} for item in one.items]
        return {"good": one.good, "of": len(one.items), "percent": one.percent, "band": one.band, "items": items}

    plans = [
        {"plan": one.path, "account": one.plan.profile.name, **{each.name: score(each) for each in scores.scores}}
        for one, scores in found
        if one.plan
    ]
    return json.dumps({"version": 1, "plans": plans}, indent=2) + "\n"
