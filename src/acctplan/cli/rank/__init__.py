"""`acctplan rank`: the command, and the choice of what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from acctplan.cli.options import Json, Today, complete_ranked, day_asked_for

if TYPE_CHECKING:
    from pathlib import Path

    from acctplan.analysis.ranking import Score
    from acctplan.book import Book
    from acctplan.cli.rank.ranked import Ranked


def rank(
    plans: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PLAN]...",
            help="Plans, by name or path, or folders of plans. None: every plan of the book.",
            show_default=False,
            autocompletion=complete_ranked,
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show every term of the score. Name an opportunity, by id, rank or a part of its name: rank --explain 2."
        ),
    ] = False,
    what_would: Annotated[
        bool,
        typer.Option("--what-would", help="The single steps that gain most for each, and the best question to ask next."),
    ] = False,
    robust: Annotated[
        bool,
        typer.Option("--robust", help="How far the order hangs on the weights and on what is unknown: 10,000 tries with others."),
    ] = False,
    capacity: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DAYS",
            help="What to focus on with so many days: 120d, 24w, or one person's: ines=60d. May be repeated.",
            show_default=False,
        ),
    ] = None,
    by_owner: Annotated[bool, typer.Option("--by-owner", help="With --capacity: everybody has so many days of their own.")] = False,
    segment: Annotated[bool, typer.Option("--segment", help="What matters to the customer, to us, to both, to neither.")] = False,
    group_by: Annotated[
        Literal["unit", "solution", "owner", "account"] | None, typer.Option(help="One list for each, with totals.", show_default=False)
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="FACTOR", help="In the order of one factor's reading.", show_default=False)] = None,
    weights: Annotated[
        str | None, typer.Option(metavar="NAME", help="A set of weights from acctplan.toml, such as hunting.", show_default=False)
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option("--weight", "-w", metavar="FACTOR=N", help="Another weight for this answer, such as access=30. May be repeated."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", min=1, metavar="N", help="Only the first N. With --robust: who stays among the first N.", show_default=False
        ),
    ] = None,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """Which opportunities to pursue, best first, and why.

    Seven factors, and the scorecards that you give a weight, make a score from 0 to 100. What is unknown counts as nothing; the ceiling
    says how high the score could go if all that is unknown turned out well. Weights and scales stand in acctplan.toml.

    \b
    Examples:
      acctplan rank
      acctplan rank meridian --explain
      acctplan rank --explain platform-logistics
      acctplan rank --explain 2
      acctplan rank --what-would -n 5
      acctplan rank --capacity 120d
      acctplan rank --weights hunting --weight access=30 -n 10
    """
    from acctplan.cli import console
    from acctplan.cli.loading import load_sound
    from acctplan.cli.rank.ranked import Ranked
    from acctplan.cli.rank.weights import chosen, say

    _one_at_a_time(
        explain=explain, what_would=what_would, robust=robust, capacity=bool(capacity), segment=segment, group_by=group_by is not None
    )
    _fits("--by-owner", by_owner and not capacity, "it goes with --capacity: rank --capacity 60d --by-owner")
    whole = bool(capacity) or segment or group_by is not None
    _fits("--limit", limit is not None and whole, "this answer says what all of them come to; name plans for fewer")
    _fits("--by", by is not None and bool(capacity or robust), "leave it out: this answer has an order of its own")
    book, paths, wanted = _resolve(plans or [], names_opportunities=explain or what_would)
    # Of a whole book only the plans are kept: the texts are read again for the few that are explained.
    sound = {one.path: (path, one.plan) for path, one in load_sound(book, paths) if one.plan}
    by_weights = chosen(book.config.ranking, weights, weight or [], list(book.config.cards))
    options = [*(["--weights", weights] if weights else ()), *(option for one in weight or () for option in ("-w", one))]
    ranked = Ranked.of(book, sound, by_weights, day_asked_for(today), options)
    named = {(score.plan, score.id) for name in wanted for score in _named(name, ranked)}
    if (weights or weight) and console.is_terminal() and not as_json:
        say(ranked.config.ranking.weights, ranked.weights, weights)
    shown = [score for score in _sorted(ranked, by) if not wanted or (score.plan, score.id) in named][:limit]
    if what_would:
        from acctplan.cli.rank import what_would as view

        view.show(ranked, shown, are_named=bool(wanted), as_json=as_json)
    elif robust:
        from acctplan.cli.rank import robust as draws

        draws.show(ranked, limit, as_json=as_json)
    elif capacity:
        from acctplan.cli.rank import focus

        focus.show(ranked, capacity, by_owner=by_owner, as_json=as_json)
    elif segment:
        from acctplan.cli.rank import segments

        segments.show(ranked, shown, as_json=as_json)
    elif group_by is not None:
        from acctplan.cli.rank import groups

        groups.show(ranked, shown, group_by, as_json=as_json)
    elif as_json:
        from acctplan.cli.rank.as_json import document

        console.write(document(ranked, shown))
    elif explain:
        from acctplan.cli.rank import waterfall

        waterfall.show(ranked, shown)
    else:
        from acctplan.cli.rank import listing

        listing.show(ranked, shown, by)
    if not ranked.scores and sound:
        console.say("no opportunity is potential or open")
    raise typer.Exit(0 if len(sound) == len(paths) else 1)


def _one_at_a_time(**views: bool) -> None:
    from acctplan.errors import UserError

    asked = [f"--{name.replace('_', '-')}" for name, is_asked in views.items() if is_asked]
    if len(asked) > 1:
        raise UserError(f"{' and '.join(asked)} are different answers", "ask for one at a time")


def _fits(option: str, is_out_of_place: bool, hint: str) -> None:
    from acctplan.errors import UserError

    if is_out_of_place:
        raise UserError(f"{option} has no meaning here", hint)


def _resolve(names: list[str], *, names_opportunities: bool) -> tuple[Book, list[Path], list[str]]:
    """The plans that were named and, where that is asked for, the opportunities: names that are no plan's.

    An opportunity goes before a part of a plan's name: by its id anywhere, by its name at the end.
    """
    from acctplan.book import find_for
    from acctplan.errors import UserError

    book = find_for(names)
    paths, wanted = [], []
    for number, name in enumerate(names, 1):
        try:
            paths += book.resolve([name], in_full=names_opportunities)
        except UserError:
            if not names_opportunities or "/" in name or "." in name:
                raise
            part = _of_part(book, name, is_last=number == len(names))
            paths += part
            wanted += [] if part else [name]
    return book, paths or book.resolve(()), wanted


def _of_part(book: Book, word: str, *, is_last: bool) -> list[Path]:
    """The plan that a word is a part of the name of; none where it is an opportunity. Looks into plans only where there is a choice."""
    from acctplan.cli.entries import alike, entries
    from acctplan.cli.loading import load
    from acctplan.errors import UserError

    try:
        found = [] if word.isdecimal() else book.resolve([word])
    except UserError:
        return []
    plans = (load(book, path).plan for path in (book.plans() if found else ()))
    known = [one for plan in plans if plan is not None for one in entries(plan, "opportunity")]
    is_one = any(word == one.id for one in known) or (is_last and alike(word, known, lambda one: (one.id, one.name)))
    return [] if is_one else found


def _named(name: str, ranked: Ranked) -> list[Score]:
    """Those of an id or a rank, or the one in whose id or name the word stands."""
    from acctplan.cli.entries import alike, say_which
    from acctplan.diagnostic import closest
    from acctplan.errors import UserError

    scores = ranked.scores
    if exact := [score for score in scores if name == score.id]:
        return exact
    if at := [score for score in scores if name == str(ranked.place(score))]:
        return at
    found = alike(name, scores, lambda score: (score.id, score.opportunity.name))
    if len(found) == 1:
        return found
    near = None if found else closest(name, [score.id for score in scores])
    if not near and scores:
        say_which([(score.id, score.opportunity.name, score.account) for score in found or scores])
    if found:
        raise UserError(f"{len(found)} may be meant by {name}", "give the id or the rank of one, or more of its name")
    hint = f"did you mean {near}?" if near else "give the id, the rank or a part of the name of one that is potential or open"
    raise UserError(f"no plan and no opportunity {name} that could be won", hint)


def _sorted(ranked: Ranked, by: str | None) -> list[Score]:
    """The scores by rank, or by the reading of one factor: the unknown ones last."""
    if by is None:
        return ranked.scores
    from acctplan.diagnostic import closest
    from acctplan.errors import UserError

    names = [factor.name for factor, _, _ in ranked.weighing]
    if by not in names:
        near = closest(by, names)
        raise UserError(f"no factor '{by}'", f"did you mean {near}?" if near else f"one of {', '.join(names)}")
    place = names.index(by)

    def reading(score: Score) -> float:
        value = score.terms[place].value
        return -1 if value is None else value

    return sorted(ranked.scores, key=reading, reverse=True)
