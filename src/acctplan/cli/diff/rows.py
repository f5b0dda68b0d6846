"""Changes for spreadsheets and scripts: a row each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.diff.as_json import fit
from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acctplan.analysis.differences import Value
    from acctplan.cli.diff.compared import Compared

_TITLES = ("plan", "account", "commit", "committed", "section", "id", "entry", "pointer", "kind", "sentence", "before", "after")


def show(found: Sequence[Compared], gone: Sequence[str]) -> None:
    """Every change, with the values before and after in full. Standard error says what could not be compared."""
    console.table([Column(title) for title in _TITLES], [row for one in found for row in _rows(one)])
    for one in found:
        if one.earlier.remark:
            console.say(f"{one.loaded.path}: {one.earlier.remark}")
    for path in gone:
        console.say(f"{path}: was there then, and is gone")


def _rows(one: Compared) -> Iterator[list[str]]:
    version = one.earlier.version
    state = ["", ""] if version is None else [version.commit, version.day.isoformat()]
    for each in one.renamed:
        place = [each.section, each.after, each.after, f"{each.section}.{each.after}"]
        yield [one.loaded.path, one.account, *state, *place, "renamed", f"{each.before} is {each.after} now", each.before, each.after]
    for change in one.changes:
        place = [change.section, change.id, change.entry, format_pointer(change.pointer)]
        said = [change.kind, change.sentence, _cell(change.before), _cell(change.after)]
        yield [one.loaded.path, one.account, *state, *place, *said]


def _cell(value: Value) -> str:
    """A value as it is; what has parts as JSON."""
    fitting = fit(value)
    if isinstance(fitting, bool | list | dict):
        return json.dumps(fitting, ensure_ascii=False)
    return "" if fitting is None else str(fitting)
