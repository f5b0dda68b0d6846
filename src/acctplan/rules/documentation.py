"""What the rules are about, in words: for `acctplan explain` and for docs/rules.md."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from acctplan.rules.base import Rule


def page(rules: Iterable[Rule]) -> str:
    """Every rule, by family, as a page of Markdown."""
    parts = [_HEAD]
    for family, members in groupby(sorted(rules, key=lambda rule: rule.family), key=lambda rule: rule.family):
        parts.append(f"## {family}\n")
        parts += [_section(rule) for rule in members]
    return "\n".join(parts)


_HEAD = """\
# Rules

What `acctplan check` looks for. A rule at a level is asked for at that level and above: start, working, review. Made from the rules
themselves by `acctplan explain --all`.
"""


def _section(rule: Rule) -> str:
    return (
        f"### {rule.name}\n\n"
        f"{rule.summary}\n\n"
        f"*{rule.severity}, from level {rule.level}, weight {rule.weight}*\n\n"
        f"**Why:** {rule.why}\n\n"
        f"**Fix:** {rule.fix}\n"
    )
