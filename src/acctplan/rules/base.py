"""What a rule is, and the one place that runs them.

A rule says what and where: for each thing that it is about it yields a pointer, with a message where something is wrong
and None where all is well. The runner says how bad and on which line. A rule that yields nothing does not apply.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from inspect import cleandoc
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from acctplan.diagnostic import Diagnostic, Pointer, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from acctplan.config import Config
    from acctplan.loader import Loaded
    from acctplan.model import Plan

RULE_FAILED = "internal/rule-failed"
"""The name under which a rule that broke down is reported."""

Finding: TypeAlias = tuple[Pointer, str | None]
"""Where a rule looked, and what is wrong there; None where all is well. The pointer may name something that is missing."""

Check: TypeAlias = "Callable[[Plan, Context], Iterator[Finding]]"
"""The function of a rule."""


class Level(StrEnum):
    """How far along a plan should be before a rule speaks up. Each level expects all of the ones before it."""

    START = "start"
    """The ten-minute plan."""
    WORKING = "working"
    """A plan that people work with."""
    REVIEW = "review"
    """A plan that is ready to be shown."""

    def includes(self, other: Level) -> bool:
        """Whether a plan at this level is expected to have what `other` asks for."""
        return _RANKS[other] <= _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know besides the plan."""

    config: Config
    today: date


@dataclass(frozen=True, slots=True)
class Rule:
    """One check, with its documentation. Made by `rule()`."""

    name: str
    """Family and name, such as `contacts/no-decision-maker`. Never reused for something else."""
    severity: Severity
    level: Level
    weight: int
    """How much it counts in a plan's completeness, 1 to 5."""
    summary: str
    """What it reports, in one line."""
    why: str
    fix: str
    check: Check
    shows_line: bool = True
    """Whether a report may quote the line."""
    family: str = field(init=False)
    """The part of the name before the slash. Its module has the same name, with underscores for hyphens."""
    hint: str = field(init=False)
    """The first sentence of `fix`, in the form that diagnostics have: no capital, no full stop, plain quotes."""

    def __post_init__(self) -> None:
        sentence = self.fix.partition(". ")[0].removesuffix(".").replace("`", "'")
        object.__setattr__(self, "family", self.name.partition("/")[0])
        object.__setattr__(self, "hint", sentence[:1].lower() + sentence[1:])


class Result(NamedTuple):
    """What one rule found in a plan that it applies to."""

    rule: str
    passed: tuple[Pointer, ...]
    failed: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules found in one plan, as plain values."""

    diagnostics: tuple[Diagnostic, ...] = ()
    """In the order of reading."""
    results: tuple[Result, ...] = ()
    """Of the rules that apply, in the order in which they ran: what passed is kept too, for the plan's completeness."""


def rule(name: str, *, severity: Severity, level: Level, weight: int = 1, shows_line: bool = True) -> Callable[[Check], Rule]:
    """Make a rule of a function whose docstring is its documentation.

    The docstring's first line says what is reported; a paragraph `Why:` says why it matters and a paragraph `Fix:` what
    to do, with the shortest advice as its first sentence.

    Args:
        name: family and name, such as `contacts/no-decision-maker`.
        severity: ADVICE for what is missing, WARNING for what is risky, stale or contradictory, ERROR for a contradiction
            that makes results wrong.
        level: how far along a plan should be before this matters.
        weight: how much it counts in a plan's completeness: 1 for a detail, 5 for what a plan is made for.
        shows_line: whether a report may quote the line.
    """

    def made(check: Check) -> Rule:
        summary, why, fix = _documentation(check)
        return Rule(name, severity, level, weight, summary, why, fix, check, shows_line)

    return made


def _documentation(check: Check) -> tuple[str, str, str]:
    """Summary, why and fix, each on one line; empty where the docstring does not say (python -OO drops docstrings)."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in cleandoc(check.__doc__ or "").split("\n\n")]
    why, fix = (
        next((paragraph.removeprefix(label).strip() for paragraph in paragraphs if paragraph.startswith(label)), "")
        for label in ("Why:", "Fix:")
    )
    return paragraphs[0], why, fix


def run(loaded: Loaded, rules: Iterable[Rule], context: Context, level: Level) -> Outcome:
    """Check a plan. One that could not be loaded has no findings: its own diagnostics say why.

    A rule that raises is reported in place of its findings, and the others go on.

    Args:
        loaded: the plan, with the lines that it stands on.
        rules: what to check; those above the level are left out.
        context: the settings, and the day it is.
        level: how far along the plan is expected to be.
    """
    if loaded.plan is None:
        return Outcome()
    diagnostics: list[Diagnostic] = []
    results: list[Result] = []
    for each in rules:
        if not level.includes(each.level):
            continue
        try:
            findings = list(each.check(loaded.plan, context))
        except Exception as error:  # noqa: BLE001  whatever one rule trips over, the others still have their say
            diagnostics.append(_broken(loaded, each, error))
            continue
        if findings:
            passed = tuple(pointer for pointer, message in findings if message is None)
            failed = tuple(pointer for pointer, message in findings if message is not None)
            results.append(Result(each.name, passed, failed))
            diagnostics.extend(_diagnostic(loaded, each, pointer, message) for pointer, message in findings if message is not None)
    return Outcome(tuple(sorted(diagnostics, key=lambda one: one.sort_key)), tuple(results))


_ACCOUNT: Pointer = ("profile", "name")


def _diagnostic(loaded: Loaded, source: Rule, pointer: Pointer, message: str) -> Diagnostic:
    # A section that is missing altogether has no line. The account's name says more than the first line, often a comment.
    stands = pointer and loaded.read().stands(pointer[:1])
    location, line = loaded.locate(pointer if stands else _ACCOUNT)
    return Diagnostic(location, source.name, source.severity, message, source.hint, pointer, line if source.shows_line else "")


def _broken(loaded: Loaded, source: Rule, error: Exception) -> Diagnostic:
    """What kind of error it was and no more: its words may quote the plan."""
    location, line = loaded.locate(_ACCOUNT)
    message = f"the rule {source.name} broke down ({type(error).__name__}), so its findings are missing"
    hint = "this is a mistake in acctplan, not in the plan: please report it"
    return Diagnostic(location, RULE_FAILED, Severity.ERROR, message, hint, (), line)
