"""`acctplan book`: the command, and the choice of what it shows."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from acctplan.cli.options import Json, Plans, Today, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.cli.people import Person
    from acctplan.portfolio import Line
    from acctplan.rules import Context, Rule


class PlanTypes(StrEnum):
    """What a plan is for."""

    acquisition = "acquisition"
    expansion = "expansion"
    retention = "retention"


def book(
    plans: Plans = None,
    sort: Annotated[
        Literal["attention", "gap", "forecast", "health", "overdue", "account"],
        typer.Option(help="What comes first: most reasons for being at risk, largest gap or forecast, poorest health, most overdue, name."),
    ] = "attention",
    owner: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only the accounts of this account manager, by name, id or e-mail.", show_default=False),
    ] = None,
    plan_type: Annotated[
        list[PlanTypes] | None,
        typer.Option("--type", help="Only plans of this type. May be repeated.", show_default=False),
    ] = None,
    at_risk: Annotated[bool, typer.Option("--at-risk", help="Only accounts at risk, and why they are.")] = False,
    as_json: Json = False,
    today: Today = None,
) -> None:
    """Every account in one line: money, health, best opportunity, what is late; and where an hour of yours pays most.

    Act now: a relationship meeting is overdue, anything else is for more than 30 days, or a contract of ours ends soon (contract_days)
    and is not renewed. Watch: the forecast for the fiscal year is below 80 % (at_risk_below) of its goal, a score of health is poor
    (of plans older than 90 days), an open opportunity hangs on one person, or a risk is likely and grave. An hour pays most where most
    margin hangs on the best step of each opportunity; what ends or is late comes first.

    \b
    Examples:
      acctplan book
      acctplan book --sort gap
      acctplan book --owner ines --type expansion
      acctplan book --at-risk
      acctplan book --json
    """
    from acctplan import portfolio, rules
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.book.shown import Shown
    from acctplan.cli.loading import say_left_out, spread

    found = find_for(plans or ())
    paths = found.resolve(plans or ())
    checks = rules.configured(found.config.check)
    context = rules.Context(found.config, day_asked_for(today))
    answers = spread(partial(_line, found, checks, context), paths)
    for answer in answers:
        if isinstance(answer, str):
            say_left_out(answer)
    managed = [answer for answer in answers if not isinstance(answer, str)]
    lines = [line for line, _ in managed]
    chosen = _of_owner(managed, owner) if owner is not None else lines
    chosen = [line for line in chosen if (not plan_type or line.plan_type in plan_type) and (line.reasons or not at_risk)]
    shown = Shown(
        currency=found.config.currency,
        today=context.today,
        lines=tuple(portfolio.in_order(chosen, sort)),
        ranks=portfolio.ranks(lines),
        total=portfolio.total(chosen, found.config),
        by_hour=tuple(portfolio.by_hour(chosen)),
        shows_reasons=at_risk,
        sort=sort,
        rates={currency: found.config.rates[currency] for currency in sorted(_currencies(chosen) - {found.config.currency})},
        at_risk_below=found.config.limits.at_risk_below,
    )
    if as_json:
        from acctplan.cli.book.as_json import document

        console.write(document(shown))
    elif console.is_terminal():
        from acctplan.cli.book import screen

        screen.show(shown)
    else:
        from acctplan.cli.book import rows

        rows.show(shown)
    if lines and not chosen:
        console.say("no account is at risk" if at_risk else "no account is of that kind")
    raise typer.Exit(0 if len(lines) == len(paths) else 1)


def _line(book: Book, checks: tuple[Rule, ...], context: Context, path: Path) -> tuple[Line, Person | None] | str:
    """A plan summed up, and its manager; the path of one that has errors."""
    from acctplan import portfolio
    from acctplan.cli.loading import load
    from acctplan.cli.people import people

    loaded = load(book, path)
    if loaded.plan is None:
        return loaded.path
    managers = [one for one in people(loaded.path, loaded.plan.team) if one.id == loaded.plan.profile.account_manager]
    return portfolio.line(loaded, loaded.plan, checks, context), next(iter(managers), None)


def _currencies(lines: Sequence[Line]) -> set[str]:
    return {line.money.revenue.currency for line in lines}


def _of_owner(managed: Sequence[tuple[Line, Person | None]], owner: str) -> list[Line]:
    """The accounts of a manager."""
    from acctplan.cli.people import meant
    from acctplan.diagnostic import closest
    from acctplan.errors import UserError

    plans = {one.plan for one in meant(owner, [manager for _, manager in managed if manager is not None])}
    if not plans:
        near = closest(owner, sorted({manager.id for _, manager in managed if manager is not None}))
        hint = f"did you mean {near}?" if near else "give the name or the id that a plan has for its account manager"
        raise UserError(f"nobody called {owner} manages an account", hint)
    return [line for line, _ in managed if line.plan in plans]
