"""`acctplan score`: the command, and the choice of what it shows or writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import AsOf, Diff, Json, Today, complete_opportunities, day_asked_for

if TYPE_CHECKING:
    from acctplan.cli.score.scored import Scored


def score(
    opportunity: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PLAN] [OPPORTUNITY]",
            help="An opportunity by its id, its rank or a part of its name; the plan before it, where several plans have such a one.",
            show_default=False,
            autocompletion=complete_opportunities,
        ),
    ] = None,
    card: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The scorecard. Left out: every one that has answers.", show_default=False),
    ] = None,
    plan: Annotated[str | None, typer.Option(metavar="PLAN", help="The plan, by name or path.", show_default=False)] = None,
    list_cards: Annotated[bool, typer.Option("--cards", help="List the scorecards that there are.")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="Ask for every answer that is missing, and save each as it is given.")] = False,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            metavar="QUESTION=ANSWER",
            help="Write an answer: +, -, ? or 0 to 3, as the scorecard asks. May be repeated.",
            show_default=False,
        ),
    ] = None,
    evidence: Annotated[
        str | None, typer.Option(metavar="TEXT", help="With --answer: how we know. Holds for all answers given.", show_default=False)
    ] = None,
    as_of: AsOf = None,
    competitor: Annotated[
        str | None,
        typer.Option(metavar="ID", help="With --answer or --ask: how they stand, not how we do.", show_default=False),
    ] = None,
    show_diff: Diff = False,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """How an opportunity does on a scorecard: a set of questions, the same for every deal.

    Each answer counts by its weight, out of 100 points. What is unknown is never a minus: it adds nothing yet, and the ceiling says how
    high the points could go. Scorecards that come with acctplan: meddpicc and tas; factors is read off the plan. Your own stand in
    acctplan.toml, under [scorecards].

    \b
    Examples:
      acctplan score
      acctplan score --cards
      acctplan score --card meddpicc
      acctplan score crane-rollout --card meddpicc --ask
      acctplan score crane-rollout --answer champion=2 --evidence "Her notes"
      acctplan score crane-rollout --answer 'champion=?' --diff
      acctplan score tallmo-bruk crane-rollout --answer fit=+ --competitor knarr
    """
    from acctplan.book import find_for
    from acctplan.cli.entries import which_of
    from acctplan.cli.score import cards, choosing, writing
    from acctplan.cli.score.scored import Scored, locate

    asked = [*([plan] if plan else []), *(opportunity or [])]
    writes = writing.Request(answer or [], evidence, as_of, competitor, show_diff=show_diff, asks=ask)
    writes.check()
    if plan and not opportunity:
        raise which_of(find_for([plan]), plan)
    if not asked:
        writes.refuse_without_opportunity()
        if card is None and not list_cards:
            raise typer.Exit(0 if choosing.show(find_for(()), as_json=as_json) else 1)
        cards.show(find_for(()), card, as_json=as_json)
        return
    day = day_asked_for(today)
    found = locate(asked)
    if writes.is_wanted:
        found, card = writing.write(found, card, writes, day)
        if show_diff:
            return
    _show(Scored(found, day), card, as_json=as_json)
    raise typer.Exit(1 if found.left_out else 0)


def _show(scored: Scored, card: str | None, *, as_json: bool) -> None:
    if as_json:
        from acctplan.cli import console
        from acctplan.cli.score.as_json import document

        console.write(document(scored, scored.cards(card)))
    else:
        from acctplan.cli.score import showing

        showing.show(scored, card)
