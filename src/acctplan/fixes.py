"""Mend what has one safe answer: a value that says clearly what was meant, in a form that a plan does not take.

`Decision Maker` for `decision_maker`, `yes` for `true`, `31.12.2026` for `2026-12-31`, `38 %` for `0.38`, `1,200,000` for `1_200_000`,
an id in capitals. A mended value is kept only if loading the plan again says that the problem is gone and no other has come.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from pydantic import ValidationError

from acctplan.diagnostic import Pointer
from acctplan.document import Scalar
from acctplan.edit import RefusedError, Set, Value, apply
from acctplan.edit.emit import as_data
from acctplan.loader import load
from acctplan.loader.schema import day_first
from acctplan.model import Plan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from acctplan.config import Config
    from acctplan.diagnostic import Diagnostic
    from acctplan.document import Data
    from acctplan.loader import Loaded

_Problem: TypeAlias = tuple[str, Pointer]
"""Rule and place."""
_MORE = "/too-many"
"""How the rule ends that tells how many problems are not shown."""

FIXABLE = frozenset(("schema/unknown-value", "schema/wrong-value", "reference/unknown", "reference/unknown-stage"))
_YES, _NO = frozenset(("yes", "on", "true", "y")), frozenset(("no", "off", "false", "n"))
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})\Z")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?) ?%\Z")
# One group, as in 1,200, may be a decimal comma. Two of them cannot.
_GROUPED = re.compile(r"[0-9]{1,3}(?:([, '.\u00a0\u2019\u202f])[0-9]{3})(?:\1[0-9]{3})+\Z")


def mend(loaded: Loaded, config: Config) -> tuple[Loaded, tuple[Pointer, ...]]:
    """The plan with all that can safely be mended mended, and the places that were.

    Args:
        loaded: a plan, whole or not.
        config: names the stages and the shared solutions.
    """
    mended: list[Pointer] = []
    tried: set[_Problem] = set()
    # What is not shown for now, and what is said of references once the schema is content, comes up in a later round.
    while found := [one for one in loaded.diagnostics if one.rule in FIXABLE and _problem(one) not in tried]:
        tried.update(map(_problem, found))
        answers = {_problem(one): answer for one in found if (answer := _answer(loaded, one, config)) is not None}
        if answers and (after := _mended(loaded, answers, config)) is not None:
            loaded = after
            mended.extend(pointer for _, pointer in answers)
        elif len(answers) > 1:
            for problem, answer in answers.items():
                if (after := _mended(loaded, {problem: answer}, config)) is not None:
                    loaded = after
                    mended.append(problem[1])
    # While something else is wrong nobody has looked at references yet; a stage needs no other entry to be known.
    for problem, answer in _stages(loaded, config).items() if loaded.plan is None else ():
        if (after := _mended(loaded, {problem: answer}, config)) is not None:
            loaded = after
            mended.append(problem[1])
    return loaded, tuple(mended)


def _stages(loaded: Loaded, config: Config) -> dict[_Problem, Value]:
    """The stages that are written otherwise than in the settings, and how those write them."""
    if loaded.document is None:
        return {}
    data = loaded.document.data
    opportunities = data.get("opportunities") if isinstance(data, dict) else None
    found: dict[_Problem, Value] = {}
    for key, entry in opportunities.items() if isinstance(opportunities, Mapping) else ():
        stage = entry.get("stage") if isinstance(entry, Mapping) else None
        if isinstance(stage, str) and stage not in config.stages:
            meant = next((one for one in _candidates(stage.strip()) if one in config.stages), None)
            if meant is not None:
                found["reference/unknown-stage", ("opportunities", str(key), "stage")] = meant
    return found


def _problem(diagnostic: Diagnostic) -> _Problem:
    return diagnostic.rule, diagnostic.pointer


def _answer(loaded: Loaded, found: Diagnostic, config: Config) -> Value:
    """What fits in the place of what is written; None where nothing does."""
    document = loaded.read()
    node = document.node(found.pointer)
    if not isinstance(node, Scalar) or node.value is None:
        return None
    candidates = _candidates(node.value.strip())
    if found.rule.startswith("schema/"):
        return next((one for one in candidates if _fits(found.pointer, one)), None)
    return next((one for one in candidates if _is_known(document.data, one, config)), None)


def _fits(pointer: Pointer, value: Value) -> bool:
    """Whether the schema takes a value at a place, tried in a plan that holds nothing else."""
    data = as_data(value)
    for step in reversed(pointer):
        data = [data] if isinstance(step, int) else {step: data}
    place = tuple(0 if isinstance(step, int) else step for step in pointer)
    try:
        Plan.model_validate(data)
    except ValidationError as error:
        return all(problem["loc"] != place for problem in error.errors(include_url=False, include_input=False))
    return True


def _is_known(data: Data, name: Value, config: Config) -> bool:
    """Whether something in the plan or the settings is called so; of the right kind or not is seen when the plan is loaded."""
    sections = data.values() if isinstance(data, dict) else ()
    return any(name in entries for entries in (config.stages, config.solutions, *sections) if isinstance(entries, Mapping))


def _mended(loaded: Loaded, answers: Mapping[_Problem, Value], config: Config) -> Loaded | None:
    """The plan with these answers; None where one of them does not help."""
    try:
        document = apply(loaded.read(), [Set(pointer, answer) for (_, pointer), answer in answers.items()])
    except RefusedError:
        return None
    after = load(document.text, loaded.path, config)
    return after if _is_better(loaded, after, answers.keys()) else None


def _is_better(before: Loaded, after: Loaded, mended: Collection[_Problem]) -> bool:
    """Whether what was mended is gone, and no other problem has come."""
    known, told = ({_problem(one) for one in loaded.diagnostics} for loaded in (before, after))
    if not told.isdisjoint(mended):
        return False
    if _is_about_references(told) and not _is_about_references(known):
        # Once the schema is content the references are looked at for the first time: what they say is not new.
        return True
    # Of very many problems some were there before without being shown.
    return told <= known or (_hidden(before) > 0 and _count(after) <= _count(before) - len(mended))


def _is_about_references(problems: Iterable[_Problem]) -> bool:
    return any(rule.startswith("reference/") for rule, _ in problems)


def _count(loaded: Loaded) -> int:
    """How many problems a plan has, those that are not shown included."""
    return sum(not one.rule.endswith(_MORE) for one in loaded.diagnostics) + _hidden(loaded)


def _hidden(loaded: Loaded) -> int:
    counts = (re.search("[0-9,]+", one.message) for one in loaded.diagnostics if one.rule.endswith(_MORE))
    return sum(int(count[0].replace(",", "")) for count in counts if count)


def _candidates(written: str) -> Iterator[Value]:
    """What may have been meant. At most one of them fits the field."""
    folded = written.casefold()
    if folded in _YES or folded in _NO:
        yield folded in _YES
    if match := _YEAR_FIRST.match(written):
        try:
            yield date(*map(int, match.groups()))
        except ValueError:
            return
    if (day := day_first(written)) is not None:
        yield day
    if match := _PERCENT.match(written):
        yield Decimal(match[1]) / 100
    if _GROUPED.match(written):
        yield int(re.sub("[^0-9]", "", written))
    for glue in "_-":
        yield re.sub(r"[\s_-]+", glue, folded)
