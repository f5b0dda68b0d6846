"""Text to `Document`: plain data plus the place in the text of every value in it.

One pass over the parser's events guards and builds at once, so a hostile file is refused before anything grows from it.
Scalars stay text (`NO` is Norway, `012` keeps its zero, `420_000` its digits); the model gives them types. Only an empty
value, `~` and `null` become None.

The C parser is used where it is installed, ruamel's pure Python parser otherwise; both speak the same events.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

try:
    from _ruamel_yaml import CParser
except ImportError:  # a machine without the compiled parser
    CParser = None

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acctplan.diagnostic import Pointer

MAX_CHARACTERS = 1 << 20
MAX_VALUES = 100_000
MAX_DEPTH = 32

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"
"""What a plan's text says, untyped: mappings, lists, text and None."""

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_UNWANTED = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"\r\n|\n|\r")
_CONFLICT = re.compile(r"^\ufeff?(?:<{7}|={7}|>{7})(?:[ \r]|$)", re.MULTILINE)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Scalar:
    """A single value. `start` and `end` are character offsets into the text, here as below."""

    start: int
    end: int
    style: str
    """How it is quoted: `""` plain, `'`, `"`, `|` or `>`."""
    value: str | None


@dataclass(slots=True)
class Mapping:
    """Keys and values, in the order of the file. The end of a block mapping may lie past blanks and comments."""

    start: int
    end: int
    flow: bool
    entries: dict[str, Entry] = field(default_factory=dict)


@dataclass(slots=True)
class Sequence:
    """A list. The end of a block list may lie past blanks and comments."""

    start: int
    end: int
    flow: bool
    items: list[Node] = field(default_factory=list)


Node: TypeAlias = Scalar | Mapping | Sequence


class Entry(NamedTuple):
    """One key of a mapping with its value."""

    key: Scalar
    value: Node


class Comment(NamedTuple):
    """A comment: its offset, and its text from the `#` to the end of the line."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is not a plan's, at an offset into it."""

    code: str
    offset: int
    message: str
    hint: str
    related: int | None = None
    """The offset of the other place that the message is about."""


class MalformedError(Exception):
    """The text cannot be read as one plain YAML document."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = sorted(problems, key=lambda problem: problem.offset)


class TextLines:
    """The lines of a text: offsets to lines and columns, both from 1."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self._text))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")


class Document:
    """A plan's text, what it says (`data`) and where it says it (`root`, `span`)."""

    def __init__(self, text: str, data: Data, root: Node) -> None:
        self.text = text
        self.data = data
        self.root = root
        self.lines = TextLines(text)

    def entry(self, pointer: Pointer) -> Entry | Node | None:
        """What stands at a pointer: an entry (with its key) in a mapping, a node in a list; None where nothing does."""
        found: Entry | Node = self.root
        for step in pointer:
            node = found.value if isinstance(found, Entry) else found
            if isinstance(node, Mapping) and step in node.entries:
                found = node.entries[str(step)]
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                found = node.items[step]
            else:
                return None
        return found

    def node(self, pointer: Pointer) -> Node | None:
        """The value at a pointer, or None where nothing stands."""
        found = self.entry(pointer)
        return found.value if isinstance(found, Entry) else found

    def span(self, pointer: Pointer, *, key: bool = False) -> tuple[int, int]:
        """Start and end of what to underline for a pointer: a scalar value, else the key, else the nearest parent.

        Args:
            pointer: where to look.
            key: underline the key in any case.
        """
        found = self.entry(pointer)
        while pointer and found is None:
            pointer = pointer[:-1]
            found = self.entry(pointer)
        if not pointer or found is None:
            return 0, 0
        if isinstance(found, Entry):
            name, value = found
            inline = not key and isinstance(value, Scalar) and value.end > value.start and value.style not in ("|", ">")
            return (value.start, value.end) if inline else (name.start, name.end)
        return found.start, found.end if isinstance(found, Scalar) else found.start

    def comments(self) -> Iterator[Comment]:
        """Every comment, in the order of the file."""
        after = 0
        scalars = [node for node in _nodes(self.root) if isinstance(node, Scalar)]
        for scalar in sorted(scalars, key=lambda scalar: scalar.start):
            # After `|` or `>` a comment may stand before the scalar's own text.
            before = self._line_end(scalar.start) if scalar.style in ("|", ">") else scalar.start
            yield from self._comments_between(after, before)
            after = scalar.end
        yield from self._comments_between(after, len(self.text))

    def _line_end(self, offset: int) -> int:
        found = _LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)

    def _comments_between(self, start: int, end: int) -> Iterator[Comment]:
        """The comments in a stretch without scalars: every `#` there begins one."""
        while (start := self.text.find("#", start, end)) >= 0:
            comment = Comment(start, self.text[start : self._line_end(start)])
            yield comment
            start += len(comment.text)


def parse(text: str) -> Document:
    """Read a text as one plain YAML document.

    Raises:
        MalformedError: with every problem found, each at its offset.
    """
    _guard(text)
    builder = _Builder()
    body = text.removeprefix("\ufeff")
    try:
        builder.run(_events(body))
    except MarkedYAMLError as error:
        builder.problems.append(_syntax_problem(body, error))
    except (YAMLError, ValueError, TypeError, AssertionError, NotImplementedError, RecursionError, AttributeError, IndexError):
        # What ruamel lets through on broken input. Its words may quote the plan, so they are not kept.
        builder.problems.append(_unwanted(body) or Problem("syntax/invalid", 0, "this is not YAML", "see whether the file was damaged"))
    shift = len(text) - len(body)
    if len(text) > MAX_VALUES and (values := sum(1 for _ in _nodes(builder.root))) > MAX_VALUES:
        builder.problems.append(_too_large(f"{values:,} keys and values", f"{MAX_VALUES:,}"))
    if builder.problems:
        raise MalformedError([_shifted(problem, shift) for problem in builder.problems])
    if shift:  # the parser does not count a byte order mark
        for node in _nodes(builder.root):
            node.start += shift
            node.end += shift
    return Document(text, builder.data, builder.root)


def _guard(text: str) -> None:
    """Refuse what is cheaper to see in the text than in its events."""
    if len(text) > MAX_CHARACTERS:
        raise MalformedError([_too_large(f"{len(text):,} characters", f"{MAX_CHARACTERS:,}")])
    if ("<<<<<<<" in text or "=======" in text or ">>>>>>>" in text) and (match := _CONFLICT.search(text)):
        raise MalformedError(
            [
                Problem(
                    "syntax/merge-conflict",
                    match.start(),
                    "a merge conflict was left in the file",
                    "keep one side, delete the <<<<<<<, ======= and >>>>>>> lines",
                )
            ]
        )
    if not text.isascii() and (problem := _unwanted(text.removeprefix("\ufeff"))):
        raise MalformedError([_shifted(problem, len(text) - len(text.removeprefix("\ufeff")))])


def _too_large(size: str, most: str) -> Problem:
    return Problem("syntax/too-large", 0, f"the file has {size}; a plan has at most {most}", "split it into one plan per account")


def _unwanted(text: str) -> Problem | None:
    if not (match := _UNWANTED.search(text)):
        return None
    return Problem(
        "syntax/control-character",
        match.start(),
        f"an invisible character (U+{ord(match.group()):04X}) that YAML does not allow",
        "delete it; it often comes with text pasted from elsewhere",
    )


def _events(text: str) -> Iterator[Any]:
    """The parser's events, each with `start_mark` and `end_mark` whose `index` counts characters."""
    if CParser is None:
        from ruamel.yaml import YAML  # noqa: PLC0415  the slow way round, only where it is needed

        for event in YAML(typ="safe", pure=True).parse(text):
            # An escape such as "\ud800" would make half a character, which cannot be written anywhere. The C parser refuses it.
            if type(event) is ScalarEvent and _HALF_CHARACTER.search(event.value):
                raise MarkedYAMLError(problem="found invalid Unicode character escape code", problem_mark=event.start_mark)
            yield event
        return
    parser = CParser(text)
    get_event: Callable[[], Any] = parser.get_event
    while (event := get_event()) is not None:
        yield event


def _syntax_problem(text: str, error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    offset = min(mark.index, len(text)) if mark else 0
    if "\t" in text[max(0, offset - 1) : offset + 1]:
        return Problem("syntax/tab", offset, "a tab where YAML wants spaces", "indent with spaces")
    reasons = ": ".join(filter(None, (error.context, error.problem)))
    return Problem("syntax/invalid", offset, f"not valid YAML: {reasons}", _hint(reasons))


def _hint(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that contains ': ', or check the indentation"
    if "could not find expected ':'" in problem:
        return "a key needs a colon and a space after it; check the indentation of this line and the one before"
    if "unexpected ':'" in problem:
        return "inside { } and [ ] put quotes around a text that contains ':', such as a web address"
    if "cannot start any token" in problem:
        return "put quotes around a text that starts with @, ` or %"
    if "scanning an alias" in problem or "scanning an anchor" in problem:
        return "put quotes around a text that starts with * or &"
    if "',' or" in problem:
        return "a bracket was opened and not closed, or a text inside it needs quotes"
    if "unexpected end of stream" in problem:
        return "a quote or a bracket was opened and not closed"
    return "check the indentation, the quotes and the brackets on this line and the one before"


def _shifted(problem: Problem, by: int) -> Problem:
    related = None if problem.related is None else problem.related + by
    return replace(problem, offset=problem.offset + by, related=related)


class _Builder:
    """Builds data and nodes from events side by side, and guards on the way."""

    def __init__(self) -> None:
        self.data: Data = None
        self.root: Node = Scalar(0, 0, "", None)
        self.problems: list[Problem] = []

    def run(self, events: Iterator[Any]) -> None:  # noqa: PLR0912, PLR0915  the hot loop: calls would double its time
        """Consume the events. Stops early at what makes the rest meaningless or dangerous."""
        # Per open collection: its node, its data and, in a mapping, the key that waits for its value.
        stack: list[tuple[Any, Any]] = []
        node: Any = None
        data: Any = None
        key: Scalar | None = None
        keys: list[Scalar | None] = []
        documents = 0
        for event in events:
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_decoration(event)
                style = event.style or ""
                text: str | None = event.value
                if not style and text in _NULLS:
                    text = None
                made: Any = Scalar(event.start_mark.index, event.end_mark.index, style, text)
                if type(node) is Mapping and key is None:
                    key = self._key(node, made)
                    continue
                value: Any = text
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_decoration(event)
                if len(stack) >= MAX_DEPTH:
                    self._problem("syntax/too-deep", event, f"more than {MAX_DEPTH} levels deep", "no plan needs that many")
                    return
                start, end = event.start_mark.index, event.end_mark.index
                if type(node) is Mapping and key is None:
                    self._problem("syntax/key-not-text", event, "a key must be text, not a list or a mapping", "write 'key: value'")
                    return
                if kind is MappingStartEvent:
                    made, value = Mapping(start, end, bool(event.flow_style)), {}
                else:
                    made, value = Sequence(start, end, bool(event.flow_style)), []
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node.end = event.end_mark.index
                node, data = stack.pop()
                key = keys.pop()
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

            if node is None:
                # The two parsers disagree about `#` and `...` in such a text.
                if made.__class__ is Scalar and made.style in ("|", ">"):
                    self._problem("syntax/invalid", event, "a plan is not one block of text", "start with 'profile: {name: The customer}'")
                self.root, self.data = made, value
            elif type(node) is Mapping:
                assert key is not None
                name = key.value or ""
                if name not in node.entries:  # the first of two equal keys stays; the second was reported
                    node.entries[name] = Entry(key, made)
                    data[name] = value
                key = None
            else:
                node.items.append(made)
                data.append(value)
            if made.__class__ is not Scalar:
                stack.append((node, data))
                keys.append(key)
                node, data, key = made, value, None

    def _key(self, mapping: Mapping, key: Scalar) -> Scalar:
        if key.value is None:
            self._add("syntax/key-not-text", key.start, "a key is missing here", "write 'key: value'; put quotes around a key such as null")
        elif key.value == "<<" and not key.style:
            self._add("syntax/merge-key", key.start, "merge keys (<<) are not part of a plan", "write the values out")
        elif first := mapping.entries.get(key.value):
            message = "this key is already in the mapping"
            self.problems.append(Problem("syntax/duplicate-key", key.start, message, "keep one of the two", first.key.start))
        return key

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor is not None:
            self._problem(
                "syntax/anchor", event, "anchors (&name) are not part of a plan", "delete the anchor; quote a text that starts with '&'"
            )
        else:
            self._problem("syntax/tag", event, "tags (!name) are not part of a plan", "delete the tag; quote a text that starts with '!'")

    def _problem(self, code: str, event: Any, message: str, hint: str) -> None:
        self._add(code, event.start_mark.index, message, hint)

    def _add(self, code: str, offset: int, message: str, hint: str) -> None:
        self.problems.append(Problem(code, offset, message, hint))


def _nodes(node: Node) -> Iterator[Node]:
    """A node and all that it holds, keys too."""
    yield node
    if isinstance(node, Mapping):
        for key, value in node.entries.values():
            yield key
            yield from _nodes(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _nodes(item)
