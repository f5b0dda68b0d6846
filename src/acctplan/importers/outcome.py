"""What an import would do: plain values. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from acctplan.importers.memory import Memory

if TYPE_CHECKING:
    from acctplan.diagnostic import Pointer
    from acctplan.edit import Edit
    from acctplan.importers.matching import Candidate
    from acctplan.importers.records import Column, File, Kind, Note, Source, System


NOT_ASKED_FOR = "its account was not asked for"
"""Why rows are skipped that nobody wanted."""


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    """An entry that was not in a plan."""
    CHANGED = "changed"
    """An entry that gets something."""
    SAME = "same"
    """Plan and export agree."""
    KEPT = "kept"
    """They do not: a person has changed the plan since, or the plan's word goes first, and it stays."""
    CONFLICT = "conflict"
    """They do not, and nobody knows which is right, or both have changed: the plan's word stays, and a person should look."""
    UNSURE = "unsure"
    """It may be something that stands in the plan already; left out until a person says."""
    SKIPPED = "skipped"
    """Left out as a whole, with a reason."""


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """One row of the export, and what becomes of it."""

    source: Source
    kind: Kind
    outcome: Outcome
    reason: str = ""
    """Why it is skipped or unsure; of a row that is about somebody of an earlier row, which."""


Changed: TypeAlias = Literal["plan", "source", "both"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a plan and the export differ, as text."""

    pointer: Pointer
    plan: str | None
    """None where the plan says nothing."""
    export: str
    source: Source
    changed: Changed | None = None
    """Which side has changed since the last import; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A row that may be something which stands already."""

    source: Source
    kind: Kind
    name: str
    crm_id: str | None
    plan: str
    """The plan's path; empty where it is the account that nobody is sure of."""
    why: str
    candidates: tuple[Candidate, ...] = ()
    """What it may be: ids of the plan's entries, or names of plans."""


@dataclass(frozen=True, slots=True)
class PlanImport:
    """What becomes of one account: a new plan, or edits of a standing one."""

    path: str
    """Of a standing plan, as it was given; of a new one in the folder for new plans: `plans/meridian-foods.yaml`."""
    name: str
    """The account's name, as the plan has it."""
    crm_id: str | None
    """The source's id of it, if there is one."""
    text: str | None
    """All of a new plan's text; None for a standing plan."""
    edits: tuple[Edit, ...] = ()
    """For a standing plan, in this order; see `acctplan.edit.apply`."""
    edited: str | None = None
    """A standing plan's text after the edits; None where there are none."""
    taken: tuple[Difference, ...] = ()
    """Fields of standing entries that get the export's word."""
    kept: tuple[Difference, ...] = ()
    """Fields in which a person has changed the plan, and the plan's word stays."""
    conflicts: tuple[Difference, ...] = ()
    """Fields in which nobody knows which is right; the plan's word stays."""
    unsure: tuple[Undecided, ...] = ()
    memory: Memory = field(default_factory=Memory)
    """What the source said of the account, now and before: kept for the next import."""
    rows: tuple[RowOutcome, ...] = ()
    absent: tuple[Pointer, ...] = ()
    """Entries of a standing plan that an earlier import brought and these files do not have. They stay."""

    @property
    def is_new(self) -> bool:
        """Whether there is no plan yet."""
        return self.text is not None

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return self.is_new or bool(self.edits)

    def count(self, outcome: Outcome, kind: Kind | None = None) -> int:
        """How many rows of this account, or of one kind of it, end so."""
        return sum(row.outcome is outcome and kind in (None, row.kind) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would do, with every row of the files that were used accounted for."""

    system: System
    files: tuple[File, ...]
    plans: tuple[PlanImport, ...]
    rows: tuple[RowOutcome, ...]
    """Every row that is not blank, of every file that was used, in the order of the files."""
    notes: tuple[Note, ...]
    unused: tuple[Column, ...]
    unsure: tuple[Undecided, ...] = ()
    """All that is undecided, of every plan."""

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows end how."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def left_out(self) -> int:
        """How many rows were left out though their account was asked for."""
        return sum(row.outcome in (Outcome.SKIPPED, Outcome.UNSURE) for row in self.asked_for)

    @property
    def asked_for(self) -> tuple[RowOutcome, ...]:
        """The rows of the accounts that were asked for."""
        return tuple(row for row in self.rows if row.reason != NOT_ASKED_FOR)
