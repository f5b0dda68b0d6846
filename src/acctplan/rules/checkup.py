"""A plan checked: what is to be reported, what is waived, how complete it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from acctplan.rules.base import Context, Level, Rule, run
from acctplan.rules.completeness import Completeness, completeness
from acctplan.rules.levels import level_of
from acctplan.rules.waivers import Names, Waiver, of_settings, sift

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.diagnostic import Diagnostic
    from acctplan.loader import Loaded


@dataclass(frozen=True, slots=True)
class Checkup:
    """What came of checking one plan, as plain values."""

    path: str
    diagnostics: tuple[Diagnostic, ...]
    """What is to be reported, in the order of reading."""
    waived: tuple[tuple[Diagnostic, Waiver], ...] = ()
    completeness: Completeness | None = None
    """None where the plan has errors of syntax or schema."""
    waivers_used: frozenset[int] = frozenset()
    """The positions of the settings' waivers that covered something."""


def check(loaded: Loaded, rules: Sequence[Rule], context: Context, level: Level | None = None) -> Checkup:
    """Check a plan.

    Args:
        loaded: the plan. One that could not be loaded has its own diagnostics and nothing else.
        rules: what to check, at any level.
        context: the settings, and the day it is.
        level: how much to expect; None: what the plan or the settings say, or what it has grown to.
    """
    if loaded.plan is None:
        return Checkup(loaded.path, loaded.diagnostics)
    expected = level or level_of(loaded.plan, context.config.check)
    outcome = run(loaded, rules, context, expected)
    waivers = of_settings(context.config.check.waivers, loaded.path)
    names = Names((*_listed(), *rules), (rule for rule in rules if expected.includes(rule.level)))
    sifted = sift(loaded, (*loaded.diagnostics, *outcome.diagnostics), waivers, names, context.today)
    standing = tuple(sorted(sifted.standing, key=lambda one: one.sort_key))
    used = frozenset(waiver.number for waiver in sifted.used if waiver.number is not None)
    return Checkup(loaded.path, standing, sifted.waived, completeness(rules, outcome.results, standing, expected), used)


def _listed() -> tuple[Rule, ...]:
    from acctplan.rules import ALL  # noqa: PLC0415  the package that lists the rules offers this module too

    return ALL
