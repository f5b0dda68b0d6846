"""How much of what is expected of a plan it has, and what would help most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acctplan.diagnostic import Diagnostic
    from acctplan.rules.base import Level, Result, Rule

HELPS_MOST = 3


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many rules are met."""

    passed: int
    applicable: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means all; None where nothing applies."""
        return None if not self.applicable else 100 * self.passed // self.applicable


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a plan has of what is expected at a level."""

    level: Level
    total: Share
    sections: dict[str, Share]
    """By family of rules; those that do not apply are left out."""
    applied: frozenset[str]
    """The names of the rules that apply."""
    helps_most: tuple[Diagnostic, ...]
    """One finding of each of the rules that count most, at most three."""


def completeness(rules: Sequence[Rule], results: Iterable[Result], standing: Sequence[Diagnostic], level: Level) -> Completeness:
    """Rules met ÷ rules that apply. A rule is met where nothing it found is left standing: a waived finding is settled.

    Args:
        rules: those that were run.
        results: what they found.
        standing: the findings that are left after waivers.
        level: at which they were run.
    """
    failing = {diagnostic.rule for diagnostic in standing}
    applied = {result.rule for result in results}
    applicable = [rule for rule in rules if rule.name in applied]
    by_family: dict[str, list[Rule]] = {}
    for rule in applicable:
        by_family.setdefault(rule.family, []).append(rule)
    sections = {family: _share(members, failing) for family, members in by_family.items()}
    wanting = sorted((rule for rule in applicable if rule.name in failing), key=lambda rule: (-rule.weight, rule.severity.rank))
    first = {diagnostic.rule: diagnostic for diagnostic in reversed(standing)}
    return Completeness(
        level, _share(applicable, failing), sections, frozenset(applied), tuple(first[rule.name] for rule in wanting[:HELPS_MOST])
    )


def _share(rules: Sequence[Rule], failing: set[str]) -> Share:
    return Share(sum(rule.name not in failing for rule in rules), len(rules))
