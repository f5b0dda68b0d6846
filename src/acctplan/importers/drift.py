"""Where plans and a source disagree, read off what an import would do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.diagnostic import format_pointer
from acctplan.importers.outcome import Outcome
from acctplan.importers.summary import VERSION, counted, difference_data, how_to_decide, is_entry, kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.importers.outcome import Difference, Import, PlanImport, RowOutcome, Undecided

_SECTIONS = ("profile", "contacts", "opportunities")
_CHANGED = {"plan": "plan", "source": "{name}", "both": "both", None: "not known"}


class Field(NamedTuple):
    """A field in which a plan and the source disagree."""

    plan: str
    """The plan's path."""
    difference: Difference


@dataclass(frozen=True, slots=True)
class Drift:
    """What plans and a source disagree in."""

    source: str
    """What people call it."""
    fields: tuple[Field, ...]
    only_there: tuple[RowOutcome, ...]
    """Rows of things that no plan has."""
    undecided: tuple[Undecided, ...]
    compared: int
    """Rows that were not left out."""
    left_out: int
    """Rows that no plan was compared with, and nobody has to decide."""

    @property
    def is_any(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.fields or self.only_there or self.undecided)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """A line a field, for a table: plan, field, what either side says, and which of them has changed since the last import."""
        for path, one in self.fields:
            said = "–" if one.plan is None else one.plan
            yield path, format_pointer(one.pointer), said, one.export, _CHANGED[one.changed].format(name=self.source)

    def lines(self) -> Iterator[str]:
        """What there is besides the fields, and what to do about it."""
        if self.left_out:
            yield f"{counted(self.left_out, 'row was', 'rows were')} left out: acctplan import --diff says why"
        if not self.is_any:
            yield f"no drift: the plans and {self.source} say the same" if self.compared else "nothing could be compared"
            return
        if self.only_there:
            counts = Counter(row.kind for row in self.only_there)
            told = ", ".join(counted(counts[kind], one, many) for kind, one, many in kinds() if counts[kind])
            yield f"only in {self.source}: {told}"
        for one in self.undecided:
            yield f"not sure: {one.kind} {one.name}: {one.why}; {how_to_decide(one)}"
        yield f"{counted(len(self.fields), 'field differs', 'fields differ')}; acctplan import brings what only {self.source} has changed"


def drift(imported: Import) -> Drift:
    """What plans and a source disagree in.

    Args:
        imported: what bringing the export in would do.
    """
    fields = tuple(Field(plan.path, one) for plan in imported.plans for one in _differences(plan))
    only_there = tuple(row for row in imported.rows if row.outcome is Outcome.NEW)
    left_out = sum(row.outcome is Outcome.SKIPPED for row in imported.asked_for)
    compared = sum(row.outcome not in (Outcome.SKIPPED, Outcome.UNSURE) for row in imported.rows)
    return Drift(imported.system.name, fields, only_there, imported.unsure, compared, left_out)


def _differences(plan: PlanImport) -> Iterator[Difference]:
    """What is said differently; not an id that is to be written down, nor the day of an entry that is still so."""
    for one in sorted((*plan.conflicts, *plan.kept, *plan.taken), key=lambda one: (_SECTIONS.index(one.pointer[0]), one.source)):
        if one.pointer[-1] not in ("as_of", "source") and "crm" not in one.pointer and not is_entry(one):
            yield one


def drift_data(imported: Import, found: Drift) -> dict[str, Any]:
    """The same as plain data, ready for JSON."""
    return {
        "version": VERSION,
        "system": imported.system.key,
        "fields": [{"path": path, **difference_data(one)} for path, one in found.fields],
        "only_there": [{**row.source._asdict(), "kind": row.kind} for row in found.only_there],
        "unsure": [{**one.source._asdict(), "kind": one.kind, "name": one.name, "reason": one.why} for one in found.undecided],
    }
