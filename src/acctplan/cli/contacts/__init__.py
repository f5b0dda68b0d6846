"""`acctplan contacts`: the command, and the choice of what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Json, Today, complete_deals, complete_people, complete_plans, day_asked_for

if TYPE_CHECKING:
    from datetime import date


def contacts(
    plan: Annotated[
        str | None,
        typer.Argument(
            metavar="[PLAN]", help="A plan, by name or path. None: a list of the plans.", show_default=False, autocompletion=complete_plans
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="UNIT", help="Only the people of this unit and of the units below it.", show_default=False),
    ] = None,
    key: Annotated[
        bool, typer.Option("--key", help="Only key players: decision makers, sponsors, and whoever has high influence.")
    ] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Who of us holds which key player, what we are to them and want to be.")
    ] = False,
    path_to: Annotated[
        str | None,
        typer.Option(
            metavar="CONTACT",
            help="Who can introduce us: the shortest way from somebody who is for us.",
            show_default=False,
            autocompletion=complete_people,
        ),
    ] = None,
    opportunity: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="OPPORTUNITY",
            help="Its buying group: who has a part in it, and who is missing.",
            show_default=False,
            autocompletion=complete_deals,
        ),
    ] = None,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """The people at a customer: who reports to whom, where they stand, and who can introduce us.

    Contacts, units and opportunities are named by their id, or by their name where only one has it. A key player is covered if we know
    where they stand and our coverage is multiple or in depth.

    \b
    Examples:
      acctplan contacts
      acctplan contacts meridian
      acctplan contacts meridian --key --unit retail
      acctplan contacts meridian --coverage
      acctplan contacts meridian --path-to lena-vos
      acctplan contacts meridian --for platform-logistics
    """
    from acctplan.book import find_for
    from acctplan.cli.contacts.asked import Asked
    from acctplan.cli.loading import load_one

    _one_at_a_time(coverage=coverage, path_to=path_to is not None, opportunity=opportunity is not None, unit=unit is not None, key=key)
    if plan is None:
        _plans(has_view=bool(coverage or path_to or opportunity or unit or key), as_json=as_json, today=today)
        return
    book = find_for([plan])
    asked = Asked(load_one(book, plan), book.config, day_asked_for(today))
    if path_to is not None:
        from acctplan.cli.contacts import paths

        paths.show(asked, asked.contact(path_to), as_json=as_json)
    elif opportunity is not None:
        from acctplan.cli.contacts import group

        group.show(asked, asked.opportunity(opportunity), as_json=as_json)
    elif coverage:
        from acctplan.cli.contacts import matrix

        matrix.show(asked, asked.unit(unit), as_json=as_json)
    else:
        from acctplan.cli.contacts import chart

        chart.show(asked, asked.unit(unit), only_key=key, as_json=as_json)


def _plans(*, has_view: bool, as_json: bool, today: date | None) -> None:
    """List what could be asked about."""
    from acctplan.book import find_for
    from acctplan.cli.contacts import plans
    from acctplan.errors import UserError

    if has_view:
        raise UserError("of which plan?", "name it: acctplan contacts PLAN; without anything else, acctplan contacts lists the plans")
    if not plans.show(find_for(()), day_asked_for(today), as_json=as_json):
        raise typer.Exit(1)


def _one_at_a_time(*, coverage: bool, path_to: bool, opportunity: bool, unit: bool, key: bool) -> None:
    """Refuse what cannot be asked together."""
    from acctplan.errors import UserError

    views = [name for name, is_asked in (("--coverage", coverage), ("--path-to", path_to), ("--for", opportunity)) if is_asked]
    if len(views) > 1:
        raise UserError(f"{' and '.join(views)} are different answers", "ask for one at a time")
    narrowed = [name for name, is_asked in (("--unit", unit), ("--key", key)) if is_asked]
    if narrowed and (path_to or opportunity):
        raise UserError(f"{narrowed[0]} does not go with {views[0]}", f"leave out {narrowed[0]}: {views[0]} looks at the whole plan")
