"""Builds a document's data from the parser's events, and refuses on the way what no plan needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from acctplan.document.places import Places
from acctplan.document.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.document.nodes import Data

MAX_DEPTH = 32
MAX_PROBLEMS = 1_000
"""After so many nothing more is read: nobody mends them one by one."""

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_ODD_KEYS = _NULLS | {"<<"}
_MAX_LOOKED_UP = 100
"""For so many problems the other place is looked up: that takes a walk through the mapping."""


class Builder:
    """Builds the data, notes where each value stands, and guards on the way."""

    def __init__(self) -> None:
        self.data: Data = None
        self.places = Places()
        self.problems: list[Problem] = []

    def run(self, events: Iterator[Any], most: int) -> None:  # noqa: PLR0912, PLR0915  the hot loop: calls would double its time
        """Consume the events. Stops early at what makes the rest meaningless or dangerous.

        Args:
            events: of the parser.
            most: how many keys and values there may be.
        """
        problems = self.problems
        starts, ends, after = self.places.starts, self.places.ends, self.places.after
        add_start, add_end = starts.append, ends.append
        # The open collection: its data (None outside of any), its slot and, in a mapping, the key that waits for its value.
        data: Any = None
        slot = 0
        is_mapping = False
        key: str | None = None
        stack: list[tuple[Any, int, bool]] = []
        documents = 0
        value: Any
        for event in events:
            if len(starts) > most or len(problems) >= MAX_PROBLEMS:
                return
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor is not None or event.ctag is not None:
                    self._refuse_decoration(event)
                value = event.value
                if is_mapping and key is None:
                    key = value if value not in data and value not in _ODD_KEYS else self._odd_key(event, slot, data)
                    add_start(event.start_mark.index)
                    add_end(event.end_mark.index)
                    continue
                add_start(event.start_mark.index)
                add_end(event.end_mark.index)
                if value in _NULLS and not event.style:
                    value = None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor is not None or event.ctag is not None:
                    self._refuse_decoration(event)
                if len(stack) >= MAX_DEPTH:
                    self._problem("syntax/too-deep", event, f"more than {MAX_DEPTH} levels deep", "no plan needs that many")
                    return
                if is_mapping and key is None:
                    self._problem("syntax/key-not-text", event, "a key must be text, not a list or a mapping", "write 'key: value'")
                    return
                value = {} if kind is MappingStartEvent else []
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                ends[slot] = event.end_mark.index
                after[slot] = len(starts)
                data, slot, is_mapping = stack.pop()
                continue
            elif kind is AliasEvent:
                self._problem(
                    "syntax/alias",
                    event,
                    "aliases (*name) are not part of a plan",
                    "write the value out; quote a text that starts with '*'",
                )
                return
            elif kind is DocumentStartEvent:
                documents += 1
                if event.version or event.tags:
                    self._problem("syntax/directive", event, "directives (%YAML, %TAG) are not part of a plan", "delete the line")
                if documents > 1:
                    self._problem(
                        "syntax/several-documents", event, "a second document starts here", "one file holds one plan; delete the '---'"
                    )
                    return
                continue
            else:
                continue

            if is_mapping:
                data[key] = value
                key = None
            elif data is None:
                self.data = value
                # The two parsers disagree about `#` and `...` in such a text.
                if kind is ScalarEvent and event.style in ("|", ">"):
                    self._problem("syntax/invalid", event, "a plan is not one block of text", "start with 'profile: {name: The customer}'")
            else:
                data.append(value)
            if kind is not ScalarEvent:
                stack.append((data, slot, is_mapping))
                data, slot, is_mapping = value, len(starts), kind is MappingStartEvent
                if event.flow_style:
                    self.places.in_flow.add(slot)
                add_start(event.start_mark.index)
                add_end(event.end_mark.index)

    def _odd_key(self, event: Any, mapping: int, data: dict[str, Any]) -> str:
        """Refuse a key that is null, `<<` or there already. The one returned is new, so that every slot has its entry in the data."""
        key: str = event.value
        if not event.style and key in _NULLS:
            hint = "write 'key: value'; put quotes around a key such as null"
            self._problem("syntax/key-not-text", event, "a key is missing here", hint)
        elif not event.style and key == "<<":
            self._problem("syntax/merge-key", event, "merge keys (<<) are not part of a plan", "write the values out")
        elif key in data:
            looked_up = len(self.problems) < _MAX_LOOKED_UP
            *_, slot = self.places.children(mapping, list(data).index(key) + 1, 2) if looked_up else (None,)
            first = None if slot is None else self.places.starts[slot]
            message = "this key is already in the mapping"
            self.problems.append(Problem("syntax/duplicate-key", event.start_mark.index, message, "keep one of the two", first))
        else:
            return key
        return f"{key}\0{len(self.places.starts)}"

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor is not None:
            self._problem(
                "syntax/anchor", event, "anchors (&name) are not part of a plan", "delete the anchor; quote a text that starts with '&'"
            )
        else:
            self._problem("syntax/tag", event, "tags (!name) are not part of a plan", "delete the tag; quote a text that starts with '!'")

    def _problem(self, code: str, event: Any, message: str, hint: str) -> None:
        self.problems.append(Problem(code, event.start_mark.index, message, hint))
