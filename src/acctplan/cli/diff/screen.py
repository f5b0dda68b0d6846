"""Changes for people: entry by entry, the most telling first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.differences import grouped
from acctplan.cli import console
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, words, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.differences import Change, Group
    from acctplan.cli.diff.compared import Compared
    from acctplan.report import Role

_MARKS: dict[str, tuple[str, Role]] = {"added": ("+", "advice"), "removed": ("-", "error"), "changed": ("~", "warning")}
_FEW = 5
"""Of more plans than this that have nothing to tell, their number is told."""


def show(found: Sequence[Compared], gone: Sequence[str]) -> None:
    """Each plan with its changes, then those that have none."""
    with_changes = [one for one in found if one.changes or one.renamed]
    for number, one in enumerate(with_changes):
        console.write("\n" * bool(number))
        _plan(one)
    told: dict[str, list[str]] = {}
    for one in sorted((one for one in found if not one.changes and not one.renamed), key=lambda one: bool(one.earlier.remark)):
        told.setdefault(one.earlier.remark or f"nothing changed {one.earlier.words}", []).append(one.name)
    rest = [line for said, names in told.items() for line in _together(said, names)]
    rest += [f"{path}: was there then, and is gone" for path in gone]
    console.write("\n" * bool(with_changes and rest))
    for line in rest:
        console.paragraph(visible(line))


def _together(said: str, names: Sequence[str]) -> list[str]:
    """The same of a few plans by their names, of many in one line."""
    return [f"{len(names)} plans: {said}"] if len(names) > _FEW else [f"{name}: {said}" for name in names]


def _plan(one: Compared) -> None:
    painter = console.painter()
    told = [change for change in one.changes if not change.is_implied]
    many = f"{len(told)} {'change' if len(told) == 1 else 'changes'}"
    heading = Word(visible(one.account), "path", ":")
    console.write(
        "".join(f"{line}\n" for line in wrap([heading, *words(visible(f"{many} {one.earlier.words}"))], console.width(), painter))
    )
    for renamed in one.renamed:
        console.paragraph(visible(f"~ {renamed.section}.{renamed.before} is {renamed.section}.{renamed.after} now"), indent=2)
    for group in grouped(told):
        _group(group)


def _group(group: Group) -> None:
    if group.changes[0].is_entry:
        _line(group.changes[0], group.changes[0].sentence, 2)
        return
    console.write(
        "".join(f"{line}\n" for line in wrap([Word(visible(group.entry), "path")], console.width(), console.painter(), indent=2, hanging=4))
    )
    for change in group.changes:
        _line(change, change.phrase, 4)


def _line(change: Change, text: str, indent: int) -> None:
    mark, role = _MARKS[change.kind]
    parts = [Word(mark, role), *words(visible(text))]
    console.write("".join(f"{line}\n" for line in wrap(parts, console.width(), console.painter(), indent=indent, hanging=indent + 2)))
