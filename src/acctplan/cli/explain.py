"""`acctplan explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.rules import Rule

_READABLE = 96
"""Longer lines are hard to read."""


def _complete(incomplete: str) -> list[str]:
    from acctplan.rules import ALL

    return [rule.name for rule in ALL if rule.name.startswith(incomplete)]


def explain(
    rule: Annotated[
        str | None,
        typer.Argument(metavar="[RULE]", help="A rule or a family. None: the families.", show_default=False, autocompletion=_complete),
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
    from acctplan.report.visible import visible
    from acctplan.rules import ALL, choose, find
    from acctplan.rules.documentation import FAMILIES, page

    if every:
        console.write(page(ALL))
        return
    family = (rule or "").partition("/")[0]
    if rule and family in FAMILIES:
        if as_json:
            console.write(_json([], {"name": family, "about": FAMILIES[family]}))
        else:
            console.write(f"{console.paint('path', visible(rule))}\n\n")
            console.paragraph(FAMILIES[family], widest=_READABLE)
        return
    if rule is None and not as_json and console.is_terminal():
        _families(ALL)
        return
    named = [find(ALL, rule)] if rule and "/" in rule else list(choose(ALL, [rule] if rule else []))
    if as_json:
        console.write(_json(named))
    elif len(named) == 1 and rule and "/" in rule:
        _one(named[0])
    else:
        _list(named)


def _families(rules: Sequence[Rule]) -> None:
    """What rules there are, by family, and how to see them."""
    from collections import Counter

    from acctplan.cli import console
    from acctplan.cli.console import Column
    from acctplan.rules.documentation import FAMILIES

    counts = Counter(rule.family for rule in rules)
    severities = Counter((rule.family, rule.severity) for rule in rules)
    kinds = list(dict.fromkeys(severity for _, severity in severities))
    columns = [Column("Family"), Column("Rules", is_number=True), *(Column(str(kind).capitalize(), is_number=True) for kind in kinds)]
    console.table(columns, [[name, str(counts[name]), *(str(severities[name, kind] or "-") for kind in kinds)] for name in sorted(counts)])
    console.write("\n")
    console.paragraph(f"Not rules, but what can be wrong with a file: {', '.join(FAMILIES)}.", widest=_READABLE)
    first = min(counts)
    console.paragraph(
        f"One family: acctplan explain {first}. One rule: acctplan explain {rules[0].name}. Everything: acctplan explain --all.",
        widest=_READABLE,
    )


def _list(rules: list[Rule]) -> None:
    from acctplan.cli import console
    from acctplan.cli.console import Column
    from acctplan.report.wrapping import Word, words, wrap

    if not console.is_terminal():
        columns = [Column("Rule"), Column("Level"), Column("Severity"), Column("What it reports")]
        console.table(columns, [[rule.name, rule.level, rule.severity, rule.summary] for rule in rules])
        return
    width, painter = console.width(), console.painter()
    for rule in rules:
        head = [Word(rule.name, "path"), *words(f"{rule.severity}, from level {rule.level}")]
        console.write("".join(f"{line}\n" for line in wrap(head, width, painter, hanging=4)))
        console.paragraph(rule.summary, indent=2, widest=_READABLE)


def _one(rule: Rule) -> None:
    from acctplan.cli import console

    console.write(f"{console.paint('path', rule.name)}  {rule.severity}, from level {rule.level}, weight {rule.weight}\n")
    for text in (rule.summary, f"Why: {rule.why}", f"Fix: {rule.fix}"):
        console.write("\n")
        console.paragraph(text, widest=_READABLE)


def _json(rules: list[Rule], family: dict[str, str] | None = None) -> str:
    """The rules; and what a family is about whose checks are not rules."""
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
                **({"family": family} if family else {}),
            },
            indent=2,
        )
        + "\n"
    )
