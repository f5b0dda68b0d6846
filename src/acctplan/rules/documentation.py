"""What the rules are about, in words: for `acctplan explain` and for docs/rules.md."""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from acctplan.rules.base import Rule

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "file": "The file itself could not be read. See that it is there, that you may open it, and that it is saved as UTF-8.",
        "syntax": (
            "The text of the file is not the simple YAML that plans are written in: a quote, a bracket or an indent is wrong, or it uses a "
            "part of YAML that plans do without. Mend the line that the message points at; until then the plan cannot be used."
        ),
        "schema": (
            "The text can be read, but a field is not one that a plan has, is missing, or holds what it cannot hold. The message says what "
            "the field takes; 'acctplan check --fix' mends what has one safe answer, and 'acctplan new NAME --full' shows every field."
        ),
        "reference": (
            "One part of the plan names another that is not there, or things lead round in a circle. Correct the id, or add what it names."
        ),
        "waivers": (
            "A waiver says which finding you live with, and why. This one is written wrongly, has expired, or is needed no more: correct "
            "it, set a new day, or delete it."
        ),
        "internal": "A check broke down. That is a mistake in acctplan, not in your plan: please report it. All other checks were made.",
    }
)
"""What is said by families that `check` prints and that hold no rule: nothing in them can be chosen or graded."""


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
