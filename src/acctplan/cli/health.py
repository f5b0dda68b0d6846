"""`acctplan health`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from acctplan.cli.options import Json, Plans, Today, day_asked_for

if TYPE_CHECKING:
    from acctplan.health import Health, Score
    from acctplan.loader import Loaded


def health(
    plans: Plans = None,
    every: Annotated[
        bool, typer.Option("--list", help="What each score counts, good or not. On a terminal one plan alone always lists what is not.")
    ] = False,
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
    from acctplan import rules
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import load_sound
    from acctplan.health import health as healths

    book = find_for(plans or ())
    paths = book.resolve(plans or ())
    day = day_asked_for(today)
    chosen = rules.configured(book.config.check)
    context = rules.Context(book.config, day)
    found = [
        (one, healths(one.plan, rules.check(one, chosen, context), chosen, book.config.limits, day))
        for _, one in load_sound(book, paths)
        if one.plan
    ]
    if as_json:
        console.write(_json(found))
    elif not console.is_terminal() and every:
        _items(found)
    else:
        _table(found)
        for one, scores in found if console.is_terminal() and (every or len(found) == 1) else ():
            _lists(one, scores)
    raise typer.Exit(0 if len(found) == len(paths) else 1)


def _table(found: list[tuple[Loaded, Health]]) -> None:
    from acctplan.cli import console
    from acctplan.cli.console import Column

    names = [score.name for score in found[0][1].scores] if found else []
    if console.is_terminal():
        columns = [Column("Account", wraps=True), *(Column(name.capitalize()) for name in names)]
        rows = [[account, *map(_short, scores.scores)] for account, (_, scores) in zip(_accounts(found), found, strict=True)]
    else:
        columns = [Column(title) for title in ("plan", "account", *(name + part for name in names for part in _PARTS))]
        rows = [
            [one.path, one.plan.profile.name, *(cell for score in scores.scores for cell in _cells(score))]
            for one, scores in found
            if one.plan
        ]
    console.table(columns, rows)


def _items(found: list[tuple[Loaded, Health]]) -> None:
    """What each score counts, a line each, for programs."""
    from acctplan.cli import console
    from acctplan.cli.console import Column
    from acctplan.diagnostic import format_pointer

    columns = [Column(title) for title in ("plan", "account", "score", "good", "what", "pointer", "line")]
    rows = []
    for one, scores in found:
        for score in scores.scores:
            for item in score.items:
                line = str(one.locate(item.pointer)[0].line) if item.pointer else ""
                account = one.plan.profile.name if one.plan else ""
                good = "yes" if item.is_good else "no"
                rows.append([one.path, account, score.name, good, item.words, format_pointer(item.pointer), line])
    console.table(columns, rows)


def _accounts(found: list[tuple[Loaded, Health]]) -> list[str]:
    """The names of the accounts, with the plan's file where others have the same name."""
    from collections import Counter

    named = [(one.plan.profile.name if one.plan else "", one.path.rpartition("/")[2]) for one, _ in found]
    often = Counter(name for name, _ in named)
    return [f"{name} ({file})" if often[name] > 1 else name for name, file in named]


_PARTS = ("", "_of", "_percent", "_band")


def _cells(score: Score) -> list[str]:
    """A score in its parts, for programs; blank where nothing applies."""
    if score.percent is None:
        return [""] * len(_PARTS)
    return [str(score.good), str(len(score.items)), str(score.percent), str(score.band)]


def _in_words(score: Score) -> str:
    if score.percent is None:
        return "nothing applies"
    return f"{score.good} of {len(score.items)} ({score.percent} %) {score.band}"


def _short(score: Score) -> str:
    return "" if score.percent is None else f"{score.band} {score.good}/{len(score.items)}"


def _lists(one: Loaded, scores: Health) -> None:
    from acctplan.cli import console
    from acctplan.diagnostic import plan_name
    from acctplan.report.visible import visible
    from acctplan.report.wrapping import Word, words, wrap

    width, painter = console.width(), console.painter()
    console.write(f"\n{painter('path', visible(one.path))}\n")
    for score in scores.scores:
        console.write(f"  {score.name}: {_in_words(score)}\n")
        if score is scores.completeness:
            if score.good < len(score.items):
                text = words(f"what is open: acctplan check {visible(plan_name(one.path))}")
                console.write("".join(f"{each}\n" for each in wrap(text, width, painter, indent=4, hanging=6)))
            continue
        for item in score.items:
            if not item.is_good:
                line = f"line {one.locate(item.pointer)[0].line}: " if item.pointer else ""
                parts = [Word("x", "warning"), *words(line + visible(item.words))]
                console.write("".join(f"{each}\n" for each in wrap(parts, width, painter, indent=4, hanging=6)))


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
