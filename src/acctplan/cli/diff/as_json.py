"""Changes for programs."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from acctplan.cli.diff.earlier import Commit, Day, Review, Revision
from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.differences import Change, Value
    from acctplan.cli.diff.compared import Compared
    from acctplan.cli.diff.earlier import Since
    from acctplan.loader import Loaded


def document(found: Sequence[Compared], gone: Sequence[str]) -> str:
    """The plans with every change, values before and after in full, as JSON."""
    return json.dumps({"version": 1, "plans": [_plan(one) for one in found], "gone": list(gone)}, indent=2) + "\n"


def _plan(one: Compared) -> dict[str, Any]:
    version = one.earlier.version
    return {
        "plan": one.loaded.path,
        "account": one.account,
        "since": _since(one.earlier.since),
        "commit": None if version is None else version.commit,
        "committed": None if version is None else version.day.isoformat(),
        "first_that_git_knows": one.earlier.is_first,
        "not_compared": one.earlier.missing,
        "renamed": [{"from": f"{each.section}.{each.before}", "to": f"{each.section}.{each.after}"} for each in one.renamed],
        "changes": [_change(one.loaded, change) for change in one.changes],
    }


def _since(since: Since) -> dict[str, str]:
    match since:
        case Review(day):
            return {"review": day.isoformat()}
        case Day(day):
            return {"day": day.isoformat()}
        case Revision(name):
            return {"revision": name}
        case Commit():
            return {"revision": "HEAD"}


def _change(loaded: Loaded, change: Change) -> dict[str, Any]:
    return {
        "section": change.section,
        "id": change.id or None,
        "entry": change.entry,
        "pointer": format_pointer(change.pointer),
        "line": None if change.kind == "removed" else loaded.locate(change.pointer)[0].line,
        "kind": change.kind,
        "importance": change.importance,
        "implied": change.is_implied,
        "sentence": change.sentence,
        "before": fit(change.before),
        "after": fit(change.after),
    }


def fit(value: Value) -> Any:
    """A value as JSON has it: amounts as text, so that they stay exact, and dates as ISO 8601 writes them."""
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple():
            return [fit(one) for one in value]
        case dict():
            return {key: fit(one) for key, one in value.items()}
    return value
