"""Which rules are run, and how grave their findings are: names and families, from the settings and the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from acctplan.diagnostic import Severity, closest
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from acctplan.rules.base import Rule


def choose(
    rules: Sequence[Rule], select: Iterable[str] = (), ignore: Iterable[str] = (), severities: Mapping[str, str] | None = None
) -> tuple[Rule, ...]:
    """The rules to run, with the severities asked for.

    Args:
        rules: all there are.
        select: names, or families such as `contacts`; none: all.
        ignore: names or families to leave out. What is named in full wins over its family.
        severities: name or family to `error`, `warning` or `advice`.

    Raises:
        UserError: a name that no rule and no family has.
    """
    selected, ignored, graded = list(select), list(ignore), dict(severities or {})
    for name in (*selected, *ignored, *graded):
        _known(rules, name)
    chosen = [rule for rule in rules if not selected or covers(selected, rule)]
    kept = [rule for rule in chosen if not covers(ignored, rule) or (rule.name in selected and rule.name not in ignored)]
    return tuple(replace(rule, severity=_severity(rule, graded)) for rule in kept)


def covers(names: Iterable[str], rule: Rule) -> bool:
    """Whether a rule is among some names and families."""
    return any(name in (rule.name, rule.family) for name in names)


def _severity(rule: Rule, graded: Mapping[str, str]) -> Severity:
    return Severity(graded.get(rule.name) or graded.get(rule.family) or rule.severity)


def _known(rules: Sequence[Rule], name: str) -> None:
    known = {rule.name for rule in rules} | {rule.family for rule in rules}
    if name not in known:
        near = closest(name, known)
        raise UserError(f"no rule or family '{name}'", f"did you mean {near}?" if near else "acctplan explain lists them all")


def find(rules: Sequence[Rule], name: str) -> Rule:
    """The rule of a name.

    Raises:
        UserError: there is none.
    """
    for rule in rules:
        if rule.name == name:
            return rule
    near = closest(name, [rule.name for rule in rules])
    raise UserError(f"no rule '{name}'", f"did you mean {near}?" if near else "acctplan explain lists them all")
