"""What an import would do, in words for people and in data for programs."""

from __future__ import annotations

import re
import shlex
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from acctplan.diagnostic import format_pointer
from acctplan.importers import vocabulary
from acctplan.importers.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acctplan.importers.outcome import Difference, Import, PlanImport, Undecided
    from acctplan.importers.records import Kind, Source

VERSION = 1
"""Of the data that `as_data` gives."""

_MOST = 15
"""Reasons, words and notes shown; the data has all of them."""
_MOST_COLUMNS = 6
"""Of a file; the data has all of them."""
_MOST_FILES = 3
"""That were left out for the same reason."""
_FIRST_ROW = re.compile(r", row \d+( already)")
"""Which row has something already: rows are told together whichever it is."""
_PLAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*")
"""A word, a number or a date: what reads well without quotes."""
_KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("contact", "contact", "contacts"),
    ("opportunity", "opportunity", "opportunities"),
    ("role", "buying role", "buying roles"),
    ("year", "year's figures", "years' figures"),
)


def summary(imported: Import, longest: int = 10) -> list[str]:
    """Lines that say what an import would do, and what it leaves out and why; details are indented.

    Args:
        imported: what `reconcile` said.
        longest: how many lines to give to a list before the rest is only counted.
    """
    if _is_quiet(imported):
        return [*_kept(imported), *_notes(imported, of_rows=False), *_absent(imported), *_totals(imported)]
    blocks = [
        _new_plans(imported, longest),
        _changed_plans(imported, longest),
        _conflicts(imported, longest),
        _kept(imported),
        _unsure(imported, longest),
        _skipped(imported),
        _words(imported),
        _notes(imported),
        _absent(imported),
        _unused(imported),
        _totals(imported),
    ]
    return [line for block in blocks for line in block]


def _is_quiet(imported: Import) -> bool:
    """Whether every row says what the plans say already, as it was told before: then nothing more is to be said."""
    quiet = {Outcome.SAME, Outcome.KEPT}
    return bool(imported.rows) and all(row.outcome in quiet for row in imported.rows) and all(file.kind for file in imported.files)


def _new_plans(imported: Import, longest: int) -> Iterator[str]:
    plans = [plan for plan in imported.plans if plan.is_new]
    if plans:
        yield f"New plans: {len(plans)}"
        yield from _folded([f"  {plan.path}: {', '.join((plan.name, *_added(plan)))}" for plan in plans], longest)


def _changed_plans(imported: Import, longest: int) -> Iterator[str]:
    plans = [plan for plan in imported.plans if plan.edits]
    if plans:
        yield f"Changed plans: {len(plans)}"
    for plan in plans[:longest]:
        fields = [difference for difference in plan.taken if not is_entry(difference)]
        told = [counted(len(fields), "field", "fields") + " filled in or changed"] if fields else []
        yield f"  {plan.path}: {', '.join([*(f'{words} added' for words in _added(plan)), *told])}"
        yield from _folded([f"    {_taken(difference)}" for difference in plan.taken], longest)
    if len(plans) > longest:
        yield f"  and {len(plans) - longest} more"
    if same := sum(not plan.changes for plan in imported.plans):
        yield f"Nothing to change: {counted(same, 'plan', 'plans')}"


def _added(plan: PlanImport) -> Iterator[str]:
    """What of each kind is new in a plan: `2 contacts`."""
    for kind, one, many in _KINDS:
        if count := plan.count(Outcome.NEW, kind):
            yield counted(count, one, many)


def is_entry(difference: Difference) -> bool:
    """Whether it is a whole entry that the plan lacks, not a field: its row counts as one that is new."""
    return difference.plan is None and difference.pointer[-2] in ("buying_roles", "revenue_history")


def _taken(difference: Difference) -> str:
    new = quoted(difference.export)
    change = new if difference.plan is None else f"{quoted(difference.plan)} → {new}"
    return f"{format_pointer(difference.pointer)}: {change} ({_rows([difference.source])})"


def _conflicts(imported: Import, longest: int) -> Iterator[str]:
    found = [(plan, difference) for plan in imported.plans for difference in plan.conflicts]
    if found:
        name = imported.system.name
        yield f"Plan and {name} differ, and the plan's word stays: {counted(len(found), 'field', 'fields')}"
        yield from _folded([f"  {plan.path}: {_both(one, name)} ({_rows([one.source])})" for plan, one in found], longest)
        yield f"  to take {name}'s word: --prefer crm:{','.join(sorted({str(one.pointer[-1]) for _, one in found}))}"


def _both(difference: Difference, name: str) -> str:
    """What either side says: `contacts.lena.title: plan CFO, Salesforce COO`."""
    plan = "nothing" if difference.plan is None else quoted(difference.plan)
    return f"{format_pointer(difference.pointer)}: plan {plan}, {name} {quoted(difference.export)}"


def _kept(imported: Import) -> Iterator[str]:
    if count := sum(len(plan.kept) for plan in imported.plans):
        yield f"Changed in the plan by a person, and it stays so: {counted(count, 'field', 'fields')} (acctplan drift shows them)"


def _unsure(imported: Import, longest: int) -> Iterator[str]:
    if imported.unsure:
        yield f"Not sure who or what is meant, and left out until you say: {len(imported.unsure)}"
    for one in imported.unsure[:longest]:
        where = f" of {one.plan}" if one.plan else ""
        yield f"  {one.kind} {one.name}{where}: {one.why} ({_rows([one.source])})"
        yield f"    {how_to_decide(one)}"
    if len(imported.unsure) > longest:
        yield f"  and {len(imported.unsure) - longest} more"


def how_to_decide(one: Undecided) -> str:
    """What to add to the command so that something is no longer undecided."""
    said = one.crm_id or one.name
    ways = [f"--match {shlex.quote(f'{said}={candidate.key}')} ({candidate.name})" for candidate in one.candidates]
    return ", or ".join([*ways, f"--match {shlex.quote(f'{said}=new')}"])


def _skipped(imported: Import) -> Iterator[str]:
    called = {kind: one for kind, one, _ in kinds()}
    by_reason: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for row in imported.rows:
        if row.outcome is Outcome.SKIPPED:
            by_reason[called[row.kind], _FIRST_ROW.sub(r"\1", row.reason)].append(row.source)
    if by_reason:
        yield f"Rows left out: {len({source for sources in by_reason.values() for source in sources})}"
    yield from _folded([f"  {kind}: {reason} ({_rows(sources)})" for (kind, reason), sources in by_reason.items()], _MOST)
    files: dict[str, list[str]] = defaultdict(list)
    for file in imported.files:
        if file.kind is None:
            files[file.reason].append(f"{file.name}, {counted(file.rows, 'row', 'rows')}")
    for reason, names in files.items():
        shown = "; ".join(names[:_MOST_FILES]) + (f"; and {len(names) - _MOST_FILES} more" if len(names) > _MOST_FILES else "")
        yield f"File{'s' if len(names) > 1 else ''} left out: {shown}: {reason}"


def _words(imported: Import) -> Iterator[str]:
    """The words that nobody has explained, as settings have them: to be copied and filled in."""
    found: dict[tuple[str, tuple[str, ...]], dict[str, list[Source]]] = defaultdict(lambda: defaultdict(list))
    for note in imported.notes:
        if note.word is not None and note.source is not None:
            found[note.word.field, note.word.known][note.word.text].append(note.source)
    if not found:
        return
    yield f"Words of {imported.system.name} that no plan knows; say in acctplan.toml what they mean, then import again:"
    for (name, known), words in found.items():
        also = ", or won, lost, dropped" if name == "stages" else ""
        yield f"  [import.{imported.system.key}.{name}]"
        yield f'  # each is one of {", ".join(known)}{also}, or "" if it says nothing'
        yield from _folded([_line(word, sources) for word, sources in words.items()], _MOST)


def _line(word: str, sources: Sequence[Source]) -> str:
    """A word as settings have it, with where it stands."""
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return f'  {vocabulary.quoted(word)} = "…"  # row {min(sources).row}{more}'


def _notes(imported: Import, *, of_rows: bool = True) -> Iterator[str]:
    grouped: dict[tuple[str, str], list[Source]] = defaultdict(list)
    for note in imported.notes:
        if note.word is None and (of_rows or note.source is None):
            grouped[note.what, note.hint].extend([] if note.source is None else [note.source])
    if grouped:
        yield "To know:"
    by_hint: dict[str, list[str]] = {}
    for (what, hint), sources in islice(grouped.items(), _MOST):
        by_hint.setdefault(hint or what, []).append(f"  {what}: {_rows(sources)}" if sources else f"  {what}")
    for hint, lines in by_hint.items():
        yield from lines
        if any(hint == said for _, said in grouped):
            yield f"    {hint}"
    if len(grouped) > _MOST:
        yield f"  and {len(grouped) - _MOST} more"


def _absent(imported: Import) -> Iterator[str]:
    counts = Counter(pointer[0] for plan in imported.plans for pointer in plan.absent)
    if counts:
        names = {"contacts": ("contact", "contacts"), "opportunities": ("opportunity", "opportunities")}
        told = " and ".join(counted(counts[section], *names[section]) for section in names if counts[section])
        yield f"Not in these files, and nothing happens to them: {told} of earlier imports (--json names them)"


def _unused(imported: Import) -> Iterator[str]:
    by_file: dict[str, list[str]] = defaultdict(list)
    for column in imported.unused:
        by_file[column.file].append(column.name)
    if by_file:
        yield f"Columns that a plan has no place for: {len(imported.unused)}"
    for file, columns in by_file.items():
        more = f" and {len(columns) - _MOST_COLUMNS} more" if len(columns) > _MOST_COLUMNS else ""
        yield f"  {file}: {', '.join(columns[:_MOST_COLUMNS])}{more}"
    for name, reason in dict.fromkeys((column.name, column.reason) for column in imported.unused if column.reason):
        yield f"    {name}: {reason}"


def _totals(imported: Import) -> Iterator[str]:
    counts = imported.counts
    told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)
    rows = len({row.source for row in imported.rows})
    entries = f" with {len(imported.rows)} entries" if rows < len(imported.rows) else ""
    yield f"{counted(rows, 'row', 'rows')}{entries}: {told}" if told else "no rows"


def quoted(text: str) -> str:
    """A value so that one sees where it ends."""
    if _PLAIN.fullmatch(text) or text.startswith("{"):
        return text
    mark = '"' if "'" in text else "'"
    return f"{mark}{text}{mark}"


def kinds() -> tuple[tuple[Kind, str, str], ...]:
    """What rows are about, in words: of one, and of several."""
    return (
        ("account", "account", "accounts"),
        *_KINDS,
        ("activity", "activity", "activities"),
        ("stage_change", "change of stage", "changes of stage"),
    )


def counted(number: int, one: str, many: str) -> str:
    """A number of things: `2 contacts`."""
    return f"{number} {one if number == 1 else many}"


def _folded(lines: Sequence[str], longest: int) -> Iterator[str]:
    """The first lines, then how many more there are. One more is shown rather than counted."""
    fits = len(lines) <= longest + 1
    yield from lines if fits else lines[:longest]
    if not fits:
        indent = " " * (len(lines[0]) - len(lines[0].lstrip()))
        yield f"{indent}and {len(lines) - longest} more"


def _rows(sources: Iterable[Source], most: int = 3) -> str:
    """Where something stands: `Account.csv, rows 3, 4, 5 and 49 more; Contact.csv, row 2`."""
    by_file: dict[str, list[int]] = defaultdict(list)
    for source in sources:
        if source.row not in by_file[source.file]:
            by_file[source.file].append(source.row)
    parts = []
    for file, rows in by_file.items():
        shown = ", ".join(map(str, sorted(rows)[:most]))
        more = f" and {len(rows) - most} more" if len(rows) > most else ""
        parts.append(f"{file}, {'row' if len(rows) == 1 else 'rows'} {shown}{more}")
    return "; ".join(parts)


def as_data(imported: Import) -> dict[str, Any]:
    """The same as plain data, ready for JSON: nothing folded. Values are text, as a plan writes them."""
    return {
        "version": VERSION,
        "system": imported.system.key,
        "files": [
            {"name": file.name, "kind": file.kind, "rows": file.rows, "blank": file.blank, "reason": file.reason} for file in imported.files
        ],
        "counts": {str(outcome): count for outcome, count in imported.counts.items()},
        "plans": [_plan_data(plan) for plan in imported.plans],
        "skipped": [
            {**row.source._asdict(), "kind": row.kind, "reason": row.reason} for row in imported.rows if row.outcome is Outcome.SKIPPED
        ],
        "unsure": [_undecided_data(one) for one in imported.unsure],
        "notes": [
            {"what": note.what, "hint": note.hint, **(note.source._asdict() if note.source else {"file": None, "row": None})}
            for note in imported.notes
        ],
        "unused_columns": [
            {"file": column.file, "name": column.name, "filled": column.filled, "reason": column.reason} for column in imported.unused
        ],
    }


def _plan_data(plan: PlanImport) -> dict[str, Any]:
    return {
        "path": plan.path,
        "name": plan.name,
        "id": plan.crm_id,
        "is_new": plan.is_new,
        "changes": plan.changes,
        "counts": {str(outcome): plan.count(outcome) for outcome in Outcome},
        "taken": [difference_data(difference) for difference in plan.taken],
        "kept": [difference_data(difference) for difference in plan.kept],
        "conflicts": [difference_data(difference) for difference in plan.conflicts],
        "absent": [format_pointer(pointer) for pointer in plan.absent],
    }


def _undecided_data(one: Undecided) -> dict[str, Any]:
    return {
        **one.source._asdict(),
        "kind": one.kind,
        "name": one.name,
        "id": one.crm_id,
        "plan": one.plan or None,
        "reason": one.why,
        "candidates": [{"id": candidate.key, "name": candidate.name} for candidate in one.candidates],
    }


def difference_data(difference: Difference) -> dict[str, Any]:
    """A difference as plain data."""
    return {
        "pointer": format_pointer(difference.pointer),
        "plan": difference.plan,
        "export": difference.export,
        "changed": difference.changed,
        **difference.source._asdict(),
    }
