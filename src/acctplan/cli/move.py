"""`acctplan move`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.completion import CLOSED
from acctplan.cli.options import Diff, Today, complete_moves, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.config import Config
    from acctplan.edit import Edit
    from acctplan.loader import Loaded


def move(
    opportunity: Annotated[
        list[str],
        typer.Argument(
            metavar="[PLAN] OPPORTUNITY STAGE",
            help="The id of an opportunity, with its plan where several have it, then a stage of "
            "acctplan.toml, or potential, open, won, lost, dropped.",
            show_default=False,
            autocompletion=complete_moves,
        ),
    ],
    because: Annotated[str | None, typer.Option(metavar="TEXT", help="Why it was won, lost or dropped.", show_default=False)] = None,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """Move an opportunity to another stage, or close it.

    A stage opens what was only potential. Won, lost and dropped want to know why: it is the cheapest lesson there is. What closes gets
    today as its close date.

    \b
    Examples:
      acctplan move crane-rollout negotiation
      acctplan move oil-renewal won --because "Nobody else looked after the samples"
      acctplan move meridian platform-retail dropped
    """
    from acctplan.cli import console
    from acctplan.cli.asking import ask
    from acctplan.cli.editing import change
    from acctplan.cli.entries import locate
    from acctplan.cli.values import text_said
    from acctplan.diagnostic import plan_name
    from acctplan.errors import UserError

    *named, target = opportunity
    if not named:
        raise UserError("where to?", f"write acctplan move {target} STAGE")
    found = locate(named, "opportunity")
    _known(target, found.book.config)
    name = found.entry.name
    if because is not None and target not in CLOSED:
        raise UserError("--because goes with won, lost and dropped", "leave it out, or close the opportunity")
    if target in CLOSED and because is None and not show_diff:
        because = ask(f"Why was '{name}' {target}?", "--because TEXT says why")
    reason = None if because is None else text_said(because)
    day = day_asked_for(today)

    def edits(loaded: Loaded) -> Iterator[Edit]:
        from acctplan.edit import Set

        entry = None if loaded.plan is None else loaded.plan.opportunities.get(found.entry.id)
        if entry is None:
            raise UserError(f"{loaded.path} has no opportunity {found.entry.id} any more", "see what changed in the plan")
        pointer = found.entry.pointer
        if target in found.book.config.stages:
            if entry.status != "open":
                yield Set((*pointer, "status"), "open")
            yield Set((*pointer, "stage"), target)
            if entry.stage != target:
                yield Set((*pointer, "stage_since"), day)
        else:
            yield Set((*pointer, "status"), target)
        if target in CLOSED:
            yield Set((*pointer, "close_date"), day)
            if reason:
                yield Set((*pointer, "closed_because"), reason)

    change(found.book, [found.path], edits, show_diff=show_diff, said=f"{name}: {target}{f', closed on {day}' if target in CLOSED else ''}")
    own = found.plan.opportunities[found.entry.id].probability
    if own is not None and target in found.book.config.stages:
        field = f"opportunities.{found.entry.id}.probability"
        console.say(
            f"it keeps its own probability, {own}; to use the stage's: acctplan set {plan_name(found.loaded.path)} {field} --remove"
        )


def _known(target: str, config: Config) -> None:
    from acctplan.diagnostic import closest
    from acctplan.errors import UserError

    known = [*config.stages, "potential", "open", *CLOSED]
    if target not in known:
        near = closest(target, known)
        raise UserError(f"no stage '{target}'", f"did you mean {near}?" if near else f"one of {', '.join(known)}")
