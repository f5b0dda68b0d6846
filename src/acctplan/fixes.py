"""Mend what has one safe answer: a value that says clearly what was meant, in a form that a plan does not take.

`Decision Maker` for `decision_maker`, `yes` for `true`, `31.12.2026` for `2026-12-31`, `38 %` for `0.38`, `1,200,000` for `1_200_000`,
an id in capitals. A mended value is kept only if loading the plan again says that the problem is gone and no other has come.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from acctplan.document import Scalar
from acctplan.edit import RefusedError, Set, Value, apply
from acctplan.loader import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.config import Config
    from acctplan.diagnostic import Diagnostic, Pointer
    from acctplan.loader import Loaded

FIXABLE = frozenset(("schema/unknown-value", "schema/wrong-value", "reference/unknown", "reference/unknown-stage"))
_YES, _NO = frozenset(("yes", "on", "true", "y")), frozenset(("no", "off", "false", "n"))
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})\Z")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})\Z")
_MONTHS = 12
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
    tried: set[tuple[str, Pointer]] = set()
    while found := next((one for one in loaded.diagnostics if one.rule in FIXABLE and (one.rule, one.pointer) not in tried), None):
        tried.add((found.rule, found.pointer))
        if (better := _mended(loaded, found, config)) is not None:
            loaded = better
            mended.append(found.pointer)
    return loaded, tuple(mended)


def _mended(loaded: Loaded, found: Diagnostic, config: Config) -> Loaded | None:
    document = loaded.read()
    node = document.node(found.pointer)
    if not isinstance(node, Scalar) or node.value is None:
        return None
    for candidate in _candidates(node.value.strip()):
        try:
            after = load(apply(document, [Set(found.pointer, candidate)]).text, loaded.path, config)
        except RefusedError:
            continue
        remaining = {(one.rule, one.pointer) for one in loaded.diagnostics} - {(found.rule, found.pointer)}
        # Once the schema is content the references are looked at for the first time: what they say is not new.
        if all((one.rule, one.pointer) in remaining or _shows_up_later(loaded, one) for one in after.diagnostics):
            return after
    return None


def _shows_up_later(before: Loaded, diagnostic: Diagnostic) -> bool:
    return diagnostic.rule.startswith("reference/") and not any(one.rule.startswith("reference/") for one in before.diagnostics)


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
    if (match := _DAY_FIRST.match(written)) and int(match[1]) > _MONTHS >= int(match[2]):
        try:
            yield date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            return
    if match := _PERCENT.match(written):
        yield Decimal(match[1]) / 100
    if _GROUPED.match(written):
        yield int(re.sub("[^0-9]", "", written))
    for glue in "_-":
        yield re.sub(r"[\s_-]+", glue, folded)
