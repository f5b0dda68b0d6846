"""What `sf data export tree` and `sf data query --json` write: objects with their children inside, and references instead of ids."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from acctplan.errors import UserError
from acctplan.importers import json_files
from acctplan.importers.entities import Given
from acctplan.importers.salesforce.objects import OBJECTS, PLAN_FILE, of_no_use
from acctplan.importers.tables import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_HEAD = 4096
_NAMED_BY = ("Name", "Email", "Website")
"""What tells what a reference means to whoever reads the row that has it."""


def sniff(name: str, content: bytes) -> bool:
    """Whether a file is one of these, by how it starts."""
    del name
    head = content[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head[:1] in (b"{", b"[") and any(word in head for word in (b'"attributes"', b'"sobject"'))


@dataclass
class _Node:
    """One record, wherever in a file it stands."""

    type: str
    file: str
    number: int
    """Which record of its file it is, from 1, children after their parents."""
    ref: str
    parent: _Node | None
    cells: dict[str, str] = field(default_factory=dict)

    @cached_property
    def told(self) -> tuple[str, Mapping[str, str]]:
        """What those that refer to it say of it: its id, or what else tells which it is."""
        folded = {name.casefold(): text for name, text in reversed(self.cells.items())}
        said = {what: self.cells.get(what, folded.get(what.casefold(), "")) for what in ("Id", "FirstName", "LastName", *_NAMED_BY)}
        whole = said["Name"] or " ".join(filter(None, (said["FirstName"], said["LastName"])))
        return said["Id"], {what: text for what in _NAMED_BY if (text := whole if what == "Name" else said[what])}


def given(files: Iterable[tuple[str, bytes]]) -> list[Given]:
    """The records of some files as tables, one an object and file, with names in place of references.

    Raises:
        UserError: no JSON, or not of this shape.
    """
    nodes: list[_Node] = []
    found: list[Given] = []
    for name, content in files:
        data = json_files.read(name, content)
        if isinstance(data, list) and data and all(isinstance(each, dict) and "sobject" in each for each in data):
            found.append(Given(Table(name, (), ()), PLAN_FILE))
            continue
        nodes.extend(_nodes(name, _records(name, data)))
    references = _References(nodes)
    by_table: dict[tuple[str, str], list[_Node]] = defaultdict(list)
    for node in nodes:
        references.resolve(node)
        by_table[node.file, node.type].append(node)
    found.extend(Given(_table(file, several), OBJECTS.get(kind) or of_no_use(kind)) for (file, kind), several in by_table.items())
    return found


def _records(name: str, data: Any) -> Sequence[Any]:
    while isinstance(data, dict) and "records" not in data and isinstance(data.get("result"), dict):
        data = data["result"]
    records = data.get("records") if isinstance(data, dict) else None
    if not isinstance(records, list):
        raise UserError(f"{name} holds no list of records, as Salesforce's exports do", "export it with: sf data export tree")
    return records


def _nodes(file: str, records: Sequence[Any]) -> Iterator[_Node]:
    """Every record of a file."""
    counted = iter(range(1, 1 << 31))
    waiting: list[tuple[Any, _Node | None]] = [(record, None) for record in reversed(records)]
    while waiting:
        record, parent = waiting.pop()
        attributes = record.get("attributes") if isinstance(record, dict) else None
        kind = attributes.get("type") if isinstance(attributes, dict) else None
        if not isinstance(attributes, dict) or not isinstance(kind, str) or not kind:
            raise UserError(f"{file}: record {next(counted)} does not say what it is", 'each record needs "attributes": {"type": …}')
        reference = attributes.get("referenceId")
        node = _Node(kind, file, next(counted), reference if isinstance(reference, str) else "", parent)
        children: list[Any] = []
        for column, value in record.items():
            if isinstance(value, str):
                node.cells[column] = value
            elif isinstance(value, dict) and isinstance(value.get("records"), list):
                children.extend(value["records"])
            elif column != "attributes":
                node.cells.update(_cells(column, value))
        yield node
        waiting.extend((child, node) for child in reversed(children))


def _cells(column: str, value: Any) -> Iterator[tuple[str, str]]:
    """A value as the cells that a table has for it: of something that it belongs to, what that says."""
    if isinstance(value, dict):
        for inner, one in value.items():
            if inner != "attributes":
                yield from _cells(f"{column}.{inner}", one)
    elif isinstance(value, bool):
        yield column, "TRUE" if value else "FALSE"
    elif value is not None and not isinstance(value, list):
        yield column, str(value)


class _References:
    """What references mean: records of their own file before those of others.

    Args:
        nodes: every record of every file.
    """

    def __init__(self, nodes: Iterable[_Node]) -> None:
        self._own: dict[tuple[str, str], _Node] = {}
        self._all: dict[str, list[_Node]] = defaultdict(list)
        for node in nodes:
            if node.ref:
                self._own.setdefault((node.file, node.ref), node)
                self._all[node.ref].append(node)

    def resolve(self, node: _Node) -> None:
        """Put names in place of what a record refers to. References that lead nowhere stay, and are told as such later."""
        links = {column: self._find(node.file, text[1:]) for column, text in node.cells.items() if text.startswith("@") and _links(column)}
        if node.parent is not None:
            links.setdefault(_link_to(node.parent, node), node.parent)
        for column, target in links.items():
            if target is not None:
                node.cells.pop(column, None)
                node.cells.update(_told(column, target))

    def _find(self, file: str, ref: str) -> _Node | None:
        there = self._all.get(ref, ())
        return self._own.get((file, ref)) or (there[0] if len(there) == 1 else None)


def _links(column: str) -> bool:
    return column.casefold().endswith("id")


def _link_to(parent: _Node, child: _Node) -> str:
    """The column by which a child says what it belongs to."""
    if child.type in ("Task", "Event"):
        return "WhoId" if parent.type == "Contact" else "WhatId"
    return "ParentId" if child.type == parent.type else f"{parent.type}Id"


def _told(column: str, target: _Node) -> Mapping[str, str]:
    crm_id, texts = target.told
    return {column: crm_id} if crm_id else {f"{column[:-2]}.{what}": text for what, text in texts.items()}


def _table(file: str, nodes: Sequence[_Node]) -> Table:
    spelt = dict.fromkeys(chain.from_iterable(node.cells for node in nodes))
    columns: dict[str, list[str]] = {}
    for column in spelt:
        columns.setdefault(column.casefold(), []).append(column)
    several = [spellings for spellings in columns.values() if len(spellings) > 1]
    names = tuple(spellings[0] for spellings in columns.values())
    for cells in (node.cells for node in nodes) if several else ():
        for spellings in several:
            cells[spellings[0]] = next((cells[one] for one in reversed(spellings) if one in cells), "")
    return Table(file, names, tuple(Row(node.number, tuple([node.cells.get(name, "") for name in names])) for node in nodes))
