"""What bringing a workbook back would do, in words for people and in data for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from acctplan.diagnostic import format_pointer
from acctplan.importers.summary import counted, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from acctplan.importers.returned import Brought
    from acctplan.importers.returned.wishes import Wish

VERSION = 1
"""Of the data that `as_data` gives."""
_WIDEST = 60
"""Characters of a value that is told."""
_MOST_CELLS = 5
"""Cells that are told of those which are left out for one reason; the data has all of them."""


def summary(brought: Brought, longest: int = 20) -> list[str]:
    """Lines that say what people's edits do, and what is left out and why; details are indented.

    Args:
        brought: what `bring_back` said.
        longest: how many lines to give to a list before the rest is only counted. Of what was left out, every reason is said.
    """
    lines = []
    if brought.changed:
        lines.append(f"Changed: {counted(len(brought.changed), 'cell', 'cells')} in {_plans(brought.changed)}")
        lines += _by_plan([(one.plan, f"{_change(one)} ({one.cell})") for one in brought.changed], longest)
    if brought.added:
        lines.append(f"New: {counted(len(brought.added), 'entry', 'entries')} in {_plans(brought.added)}")
        lines += _by_plan([(one.plan, f"{format_pointer(one.pointer)} ({one.cell})") for one in brought.added], longest)
    return [*lines, *_conflicts(brought), *_left_out(brought, longest)]


def _conflicts(brought: Brought) -> Iterator[str]:
    if not brought.conflicts:
        return
    yield f"Edited in the workbook, and changed in the plan since, whose word stays: {counted(len(brought.conflicts), 'cell', 'cells')}"
    told = [
        (one.plan, f"{format_pointer(one.pointer)}: plan {_told(one.says)}, workbook {_told(one.edited)} ({one.cell})")
        for one in brought.conflicts
    ]
    yield from _by_plan(told, len(told))
    yield f"  to take the workbook's word: --prefer xlsx:{','.join(sorted({one.field for one in brought.conflicts}))}"


def _left_out(brought: Brought, longest: int) -> Iterator[str]:
    reasons: dict[tuple[str, str], list[str]] = {}
    for one in brought.skipped:
        reasons.setdefault((one.reason, one.hint), []).append(str(one.cell))
    if reasons:
        yield f"Left out: {len(brought.skipped)}"
    for (reason, hint), cells in reasons.items():
        more = f" and {len(cells) - _MOST_CELLS} more" if len(cells) > _MOST_CELLS else ""
        yield f"  {'; '.join(cells[:_MOST_CELLS])}{more}: {reason}"
        if hint:
            yield f"    {hint}"
    if brought.gone:
        yield f"Deleted in the workbook, and the plans keep them: {counted(len(brought.gone), 'row', 'rows')}"
        yield from _by_plan([(one.plan, f"{one.pointer} ({one.sheet})") for one in brought.gone], longest)
    if brought.notes:
        yield "To know:"
        yield from (f"  {note}" for note in brought.notes)
    if brought.same:
        yield f"Edited as the plans say already: {brought.same}"


def _change(wish: Wish) -> str:
    change = _told(wish.now) if wish.was is None else f"{_told(wish.was)} → {_told(wish.now)}"
    return f"{format_pointer(wish.pointer)}: {change}"


def _told(text: str | None) -> str:
    if text is None:
        return "nothing"
    line = " ".join(text.split())
    return quoted(line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…")


def _plans(wishes: Sequence[Wish]) -> str:
    return counted(len({one.plan for one in wishes}), "plan", "plans")


def _by_plan(told: Sequence[tuple[str, str]], longest: int) -> Iterator[str]:
    """Lines below the plans that they are about: the first ones, then how many more there are. One more is shown rather than counted."""
    shown = told if len(told) <= longest + 1 else told[:longest]
    by_plan: dict[str, list[str]] = {}
    for plan, line in shown:
        by_plan.setdefault(plan, []).append(line)
    for plan, lines in by_plan.items():
        yield f"  {plan}"
        yield from (f"    {line}" for line in lines)
    if len(told) > len(shown):
        yield f"  and {len(told) - len(shown)} more"


def as_data(brought: Brought, paths: Mapping[str, str]) -> dict[str, Any]:
    """The same as plain data, ready for JSON: nothing folded. Values are text.

    Args:
        brought: what `bring_back` said.
        paths: of the plans, by the workbook's names for them.
    """

    def place(one: Any) -> dict[str, Any]:
        return {"plan": paths.get(one.plan), "sheet": one.cell.sheet, "row": one.cell.row, "cell": one.cell.address}

    changed = Counter(one.plan for one in brought.changed)
    added = Counter(one.plan for one in brought.added)
    return {
        "version": VERSION,
        "system": "xlsx",
        "plans": [{"path": paths[plan], "changed": changed[plan], "added": added[plan]} for plan in brought.plans],
        "changed": [{**place(one), "pointer": format_pointer(one.pointer), "was": one.was, "now": one.now} for one in brought.changed],
        "added": [{**place(one), "pointer": format_pointer(one.pointer)} for one in brought.added],
        "same": brought.same,
        "conflicts": [
            {**place(one), "pointer": format_pointer(one.pointer), "plan_says": one.says, "workbook_says": one.edited}
            for one in brought.conflicts
        ],
        "skipped": [{**place(one), "reason": one.reason, "hint": one.hint} for one in brought.skipped],
        "gone": [{"plan": paths.get(one.plan), "sheet": one.sheet, "pointer": one.pointer} for one in brought.gone],
        "notes": list(brought.notes),
    }
