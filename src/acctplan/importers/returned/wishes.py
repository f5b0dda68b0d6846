"""What people want changed: each edited cell against what stood there and what the plan says now, and each row that is new."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from acctplan.edit import Delete, Set
from acctplan.importers import texts
from acctplan.importers.returned import values
from acctplan.importers.returned.workbook import Cell
from acctplan.model.fields import ID_PATTERN
from acctplan.naming import slug
from acctplan.tables.workbooks import LONGEST, POINTER, heading, is_placing

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from acctplan.diagnostic import Pointer
    from acctplan.edit import Edit
    from acctplan.edit.emit import Value as Written
    from acctplan.importers.returned.workbook import Line, Returned, Section
    from acctplan.loader import Loaded
    from acctplan.tables import Account, Column, Filled, Value

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_OPTIONAL = frozenset({"id", "strategy"})
"""What a new row need not say of where it belongs: an id is made, and an objective's first strategy is meant."""


class Wish(NamedTuple):
    """Something to be written into a plan."""

    cell: Cell
    plan: str
    pointer: Pointer
    edit: Edit
    was: str | None
    """What the plan says now, as text; None where it says nothing, and of entries that are new."""
    now: str | None
    """What it is to say; None where it is to say nothing."""
    is_new: bool = False
    """Whether it is an entry that the plan does not have."""
    part_of: Pointer = ()
    """The entry that an edited cell is of; what a new entry belongs to, which may have to be there."""


class Conflict(NamedTuple):
    """A cell that people edited, and that has changed in the plan since."""

    cell: Cell
    plan: str
    pointer: Pointer
    field: str
    """The name of its column, for which `preferred` asks."""
    says: str | None
    """What the plan says, which stays."""
    edited: str | None
    """What the workbook says."""


class Skipped(NamedTuple):
    """A cell or a row that was left out."""

    cell: Cell
    plan: str
    reason: str
    hint: str = ""


class Gone(NamedTuple):
    """A row that is no longer in the workbook. The plan keeps it."""

    sheet: str
    plan: str
    pointer: str


@dataclass
class Wished:
    """All of it."""

    wishes: list[Wish] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    same: int = 0
    """Edited cells and new rows that the plans have already."""


class Now:
    """The plans as they are.

    Args:
        accounts: by the name that the workbook has for a plan.
        tables: by their names.
    """

    def __init__(self, accounts: Mapping[str, Account], tables: Mapping[str, Filled]) -> None:
        self.accounts, self._tables = accounts, tables
        self._rows: dict[str, dict[tuple[str, str], dict[str, Value]]] = {}
        self._named: dict[str, dict[tuple[str, str], list[str]]] = {}

    def rows(self, table: str) -> dict[tuple[str, str], dict[str, Value]]:
        """The rows of a table, by plan and pointer."""
        if table not in self._rows:
            filled = self._tables[table]
            names = [column.name for column in filled.table.columns]
            found = (dict(zip(names, row, strict=True)) for row in filled.rows)
            self._rows[table] = {(str(row["plan"]), str(row["pointer"])): row for row in found}
        return self._rows[table]

    def meant(self, said: Value, plan: str, table: str) -> Value:
        """The id of what is called so in a plan, where one thing alone is; else what was said."""
        if table not in self._tables or not isinstance(said, str):
            return said
        if table not in self._named:
            self._named[table] = {}
            for (of, _), row in self.rows(table).items():
                for word in {str(row["id"]), str(row.get("name") or "").casefold()}:
                    self._named[table].setdefault((of, word), []).append(str(row["id"]))
        found = self._named[table].get((plan, said)) or self._named[table].get((plan, said.casefold()), [])
        return found[0] if len(found) == 1 else said


def wished(returned: Returned, now: Now, preferred: Container[str]) -> Wished:
    """What people want changed.

    Args:
        returned: the workbook.
        now: the plans as they are.
        preferred: the fields in which the workbook's word goes before what the plan has come to say since.
    """
    found = Wished()
    for section in returned.sections:
        _Reader(section, now, preferred, found).read()
    found.wishes.sort(key=lambda wish: not wish.is_new)  # what is new may be named in the other cells
    return found


class _Reader:
    """Reads one section."""

    def __init__(self, section: Section, now: Now, preferred: Container[str], found: Wished) -> None:
        self.section, self.now, self.preferred, self.found = section, now, preferred, found
        self.columns = {column.name: column for column in section.table.columns}
        self.rows = now.rows(section.table.name)

    def read(self) -> None:
        places = [(self._said(line, "plan"), self._said(line, "pointer")) for line in self.section.lines]
        times = Counter(place for place in places if place[1])
        added: dict[tuple[str, Pointer], int] = {}
        for line, place in zip(self.section.lines, places, strict=True):
            if not place[1]:
                self._new(line, added)
            elif place not in self.section.was:
                self._skip(
                    line, place[0], f"there was no {place[1]} in the workbook when it was made", f"leave '{POINTER}' empty for a new row"
                )
            elif times[place] > 1:
                if any(self._changes(line, self.section.was[place])):
                    self._skip(
                        line, place[0], f"{times[place]} rows are {place[1]}", f"clear '{POINTER}' and the id in the row that is new"
                    )
            else:
                self._edited(line, place, self.section.was[place])
        there = set(places)
        self.found.gone += [
            Gone(self.section.sheet.title, plan, pointer) for plan, pointer in self.section.was if (plan, pointer) not in there
        ]

    def _said(self, line: Line, name: str) -> str:
        _, cell = line.cells.get(name, (0, ""))
        return str(values.value(cell, self.columns[name]) or "")

    def _skip(self, line: Line, plan: str, reason: str, hint: str = "", at: int = -1) -> None:
        self.found.skipped.append(Skipped(Cell(self.section.sheet.title, line.row, at), plan, reason, hint))

    def _changes(self, line: Line, was: Mapping[str, str]) -> Iterator[tuple[Column, int, Value | ValueError]]:
        """The cells of a row that people edited: where they stand, and what they say or why that cannot be read."""
        for name, (at, cell) in line.cells.items():
            column = self.columns[name]
            try:
                now = values.value(cell, column)
            except ValueError as error:
                yield column, at, error
                continue
            if not values.is_same(now, values.remembered(was.get(name, ""), column), column):
                yield column, at, now

    def _edited(self, line: Line, place: tuple[str, str], was: Mapping[str, str]) -> None:
        plan, pointer = place
        there = self.rows.get(place)
        for column, at, now in self._changes(line, was):
            name = heading(column.name)
            if plan not in self.now.accounts:
                return self._skip(line, plan, f"this book has no plan {plan} without errors, or several of that name")
            if there is None:
                return self._skip(line, plan, f"the plan has no {pointer} any more")
            if column.field is None:
                moved = is_placing(column, self.section.sheet)
                why = "says where the row belongs, which cannot be changed here" if moved else "is worked out: it is not brought back"
                self._skip(line, plan, f"{name} {why}", at=at)
            elif isinstance(now, ValueError):
                self._skip(line, plan, f"{name} {now}", at=at)
            elif len(was.get(column.name, "")) >= LONGEST or not values.is_held(there[column.name]):
                self._skip(
                    line, plan, f"{name} is longer than a cell can hold, or has characters that it cannot", "change it in the plan", at
                )
            else:
                self._wish(Cell(self.section.sheet.title, line.row, at), place, column, there[column.name], now, was)
        return None

    def _wish(self, cell: Cell, place: tuple[str, str], column: Column, there: Value, now: Value, was: Mapping[str, str]) -> None:
        assert column.field is not None
        plan, entry = place
        pointer = (*entry.split("."), *column.field)
        now = self.now.meant(now, plan, column.refers) if column.refers else values.chosen(now, pointer)
        if isinstance(now, str) and texts.has_invisible(now.replace("\n", " ")):
            self.found.skipped.append(Skipped(cell, plan, f"{heading(column.name)} has characters that nobody can see", "type it again"))
            return
        if values.is_same(now, there, column) or (now is None and not _is_there(self.now.accounts[plan].loaded, pointer)):
            self.found.same += 1
            return
        if not values.is_same(there, values.remembered(was.get(column.name, ""), column), column) and column.name not in self.preferred:
            self.found.conflicts.append(Conflict(cell, plan, pointer, column.name, values.shown(there), values.shown(now)))
            return
        edit: Edit = Delete(pointer) if now is None else Set(pointer, _written(now, column))
        told = values.shown(there), values.shown(now)
        self.found.wishes.append(Wish(cell, plan, pointer, edit, *told, part_of=tuple(entry.split("."))))

    def _new(self, line: Line, added: dict[tuple[str, Pointer], int]) -> None:
        """A row that people added."""
        cell = Cell(self.section.sheet.title, line.row, -1)
        try:
            said = self._values(line)
            if said.keys() <= {"account", "plan"}:
                return None
            plan = self._plan(said)
            said = {name: self.now.meant(one, plan, self.columns[name].refers) for name, one in said.items()}
            pointer = self._place(said, plan)
            said = {name: self._chosen(one, name, pointer) for name, one in said.items()}
        except _UnfitError as error:
            return self._skip(line, error.plan, error.reason, error.hint, error.at)
        standing = self.rows.get((plan, ".".join(pointer)))
        given = {name: one for name, one in said.items() if self.columns[name].field is not None}
        if standing is not None:
            if all(values.is_same(one, standing[name], self.columns[name]) for name, one in given.items()):
                self.found.same += 1
                return None
            return self._skip(
                line, plan, f"the plan has {'.'.join(pointer)} already, and it says something else", "edit its own row, or give another id"
            )
        if (plan, pointer) in added:
            return self._skip(line, plan, f"row {added[plan, pointer]} adds {'.'.join(pointer)} already", "give another id")
        added[plan, pointer] = line.row
        needs = pointer[: max((at for at, step in enumerate(pointer) if step in ("buying_roles", "actions")), default=0)]
        entry: dict[str, Any] = {}
        for column in self.section.table.columns:
            if column.name in given and column.field is not None:
                _put(entry, column.field, _written(given[column.name], column))
        self.found.wishes.append(Wish(cell, plan, pointer, Set(pointer, entry), None, None, is_new=True, part_of=needs))
        return None

    def _chosen(self, said: Value, name: str, pointer: Pointer) -> Value:
        column = self.columns[name]
        return said if column.field is None or column.refers else values.chosen(said, (*pointer, *column.field))

    def _values(self, line: Line) -> dict[str, Value]:
        """What a new row says, by column; not what is worked out."""
        said: dict[str, Value] = {}
        for name, (at, cell) in line.cells.items():
            column = self.columns[name]
            if column.field is None and not is_placing(column, self.section.sheet):
                continue
            try:
                one = values.value(cell, column)
            except ValueError as error:
                raise _UnfitError(f"{heading(name)} {error}", at=at) from None
            if isinstance(one, str) and texts.has_invisible(one.replace("\n", " ")):
                raise _UnfitError(f"{heading(name)} has characters that nobody can see", "type it again", at=at)
            if one is not None:
                said[name] = one
        return said

    def _plan(self, said: Mapping[str, Value]) -> str:
        if not self.section.sheet.adds_to:
            what = "acctplan new" if self.section.table.name == "accounts" else ""
            raise _UnfitError("rows cannot be added to this sheet", f"a new account is a new plan: {what}" if what else "")
        if "plan" in said:
            if said["plan"] in self.now.accounts:
                return str(said["plan"])
            raise _UnfitError(f"this book has no plan {said['plan']} without errors, or several of that name")
        called = str(said.get("account") or "")
        named = [name for name, one in self.now.accounts.items() if called and one.plan.profile.name.casefold() == called.casefold()]
        if len(named) != 1:
            why = f"{len(named) or 'no'} plans are about {called}" if called else "a new row has to say of which plan it is"
            raise _UnfitError(why, "fill in Plan")
        return named[0]

    def _place(self, said: Mapping[str, Value], plan: str) -> tuple[str, ...]:
        """Where a new entry goes."""
        sheet = self.section.sheet
        needed = [[name for name in _PLACEHOLDER.findall(way) if name not in _OPTIONAL] for way in sheet.adds_to]
        fitting = [way for way, names in zip(sheet.adds_to, needed, strict=True) if all(name in said for name in names)]
        if not fitting:
            told = ", or ".join(" and ".join(map(heading, names)) for names in needed)
            raise _UnfitError("it does not say where it belongs", f"fill in {told}", plan)
        steps = {name: values.shown(one) or "" for name, one in said.items()}
        if "{strategy}" in fitting[0]:
            objective = self.now.accounts[plan].plan.objectives.get(steps["objective"])
            first = next(iter(objective.strategies), None) if objective else None
            if "strategy" not in said and first is None:
                raise _UnfitError(f"the objective {steps['objective']} has no strategy yet", "add one: acctplan add strategy", plan)
            steps.setdefault("strategy", str(first))
        if "{id}" in fitting[0]:
            steps["id"] = steps.get("id") or slug(steps.get(sheet.called, ""))
            if not re.match(ID_PATTERN, steps["id"]):
                raise _UnfitError("an id cannot be made for it", "give one: lower-case letters, digits and hyphens", plan)
        return tuple(step.format(**steps) for step in fitting[0].split("."))


class _UnfitError(Exception):
    """A new row that cannot be one."""

    def __init__(self, reason: str, hint: str = "", plan: str = "", at: int = -1) -> None:
        super().__init__()
        self.reason, self.hint, self.plan, self.at = reason, hint, plan, at


def _written(now: Value, column: Column) -> Written:
    return values.ids(now) if column.is_list else now


def _put(entry: dict[str, Any], way: Pointer, written: Written) -> None:
    for step in way[:-1]:
        entry = entry.setdefault(str(step), {})
    entry[str(way[-1])] = written


def _is_there(loaded: Loaded, pointer: Sequence[str | int]) -> bool:
    data: Any = loaded.read().data
    for step in pointer:
        if not isinstance(data, dict) or step not in data:
            return False
        data = data[step]
    return data is not None
