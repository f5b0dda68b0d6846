"""`acctplan explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Json

if TYPE_CHECKING:
    from acctplan.rules import Rule


def _complete(incomplete: str) -> list[str]:
    from acctplan.rules import ALL

    return [rule.name for rule in ALL if rule.name.startswith(incomplete)]


def explain(
    rule: Annotated[
        str | None,
        typer.Argument(metavar="[RULE]", help="A rule or a family. None: a list of all.", show_default=False, autocompletion=_complete),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All of it, as a page of Markdown.")] = False,
    as_json: Json = False,
) -> None:
    """What a rule of `check` looks for, why that matters and what to do.

    \b
    Examples:
      acctplan explain
      acctplan explain contacts
      acctplan explain contacts/no-decision-maker
    """
    from acctplan.cli import console
    from acctplan.cli.console import Column
    from acctplan.rules import ALL, choose, find
    from acctplan.rules.documentation import page

    if every:
        console.write(page(ALL))
        return
    named = [find(ALL, rule)] if rule and "/" in rule else list(choose(ALL, [rule] if rule else []))
    if as_json:
        console.write(_json(named))
    elif len(named) == 1 and rule and "/" in rule:
        _one(named[0])
    else:
        columns = [Column("Rule"), Column("Level"), Column("Severity"), Column("What it reports", wraps=True)]
        console.table(columns, [[one.name, one.level, one.severity, one.summary] for one in named])


def _one(rule: Rule) -> None:
    from textwrap import fill

    from acctplan.cli import console

    console.write(
        f"{console.paint('path', rule.name)}  {rule.severity}, from level {rule.level}, weight {rule.weight}\n\n{fill(rule.summary, 96)}\n"
    )
    console.write(f"\n{fill('Why: ' + rule.why, 96)}\n\n{fill('Fix: ' + rule.fix, 96)}\n")


def _json(rules: list[Rule]) -> str:
    import json

    return (
        json.dumps(
            {
                "version": 1,
                "rules": [
                    {
                        "name": rule.name,
                        "severity": rule.severity,
                        "level": rule.level,
                        "weight": rule.weight,
                        "summary": rule.summary,
                        "why": rule.why,
                        "fix": rule.fix,
                    }
                    for rule in rules
                ],
            },
            indent=2,
        )
        + "\n"
    )
