from __future__ import annotations

import importlib.util
import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acctplan.document import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_PROBLEMS,
    MAX_VALUES,
    Document,
    Entry,
    MalformedError,
    Mapping,
    Node,
    Scalar,
    Sequence,
    TextLines,
    parse,
    parsing,
)
from damage import PIECES, damaged
from paths import DATA, corpus, shared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

FULL_PLAN = (DATA / "full-plan.yaml").read_text(encoding="utf-8")


@pytest.fixture(params=["compiled", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers in turn: the compiled one, and the one for machines without it."""
    if request.param == "pure":
        monkeypatch.setattr(parsing, "CParser", None)
    elif parsing.CParser is None:
        pytest.skip("the compiled parser is not installed")
    return str(request.param)


def read(text: str, *, compiled: bool) -> Document | MalformedError:
    """What one of the two parsers makes of a text, without a fixture: hypothesis calls it many times."""
    with pytest.MonkeyPatch.context() as patch:
        if not compiled:
            patch.setattr(parsing, "CParser", None)
        try:
            return parse(text)
        except MalformedError as error:
            return error


def problems(text: str) -> list[tuple[str, int, int]]:
    with pytest.raises(MalformedError) as caught:
        parse(text)
    lines = TextLines(text)
    return [(problem.code, *lines.place(problem.offset)) for problem in caught.value.problems]


def scalars(node: Node) -> Iterator[tuple[int, int, str, str]]:
    """Place and text of what is written. Where nothing is written, the two parsers see the nothing in different places."""
    if isinstance(node, Scalar):
        if node.value is not None:
            yield node.start, node.end, node.style, node.value
    elif isinstance(node, Mapping):
        for key, value in node.entries.values():
            yield from scalars(key)
            yield from scalars(value)
    else:
        for item in node.items:
            yield from scalars(item)


# What a text says


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("\n\n", None),
        ("# only a comment\n", None),
        ("---\n", None),
        ("--- \na: 1\n...\n", {"a": "1"}),
        ("just text", "just text"),
        ("- a\n- b\n", ["a", "b"]),
        ("a:\nb: ~\nc: null\nd: Null\ne: NULL\n", {"a": None, "b": None, "c": None, "d": None, "e": None}),
        ("a: 'null'\nb: \"~\"\nc: ''\nd: \"\"\n", {"a": "null", "b": "~", "c": "", "d": ""}),
        ("a: nULL\nb: none\n", {"a": "nULL", "b": "none"}),
        ("a: [~, null, '']\n", {"a": [None, None, ""]}),
        ("a: NO\nb: yes\nc: on\nd: true\n", {"a": "NO", "b": "yes", "c": "on", "d": "true"}),
        ("a: 012\nb: 1_200.50\nc: 1e3\nd: 0x1F\ne: .inf\n", {"a": "012", "b": "1_200.50", "c": "1e3", "d": "0x1F", "e": ".inf"}),
        ("a: 2026-02-30\nb: 12:30:00\n", {"a": "2026-02-30", "b": "12:30:00"}),
        ("2026: 1\ntrue: 2\n1.5: 3\n", {"2026": "1", "true": "2", "1.5": "3"}),
        ("'<<': 1\n", {"<<": "1"}),
        ("'null': 1\n'': 2\n", {"null": "1", "": "2"}),
        ("a: |\n  one # no\n\n  two\nb: >-\n  one\n  two\n", {"a": "one # no\n\ntwo\n", "b": "one two"}),
        ("a: |+\n  one\n\nb: |2\n    one\n", {"a": "one\n\n", "b": "  one\n"}),
        ("a: one\n  two\n\n  three\n", {"a": "one two\nthree"}),
        ('a: "one\n  two\\n\\u00e9\\x41\\/"\n', {"a": "one two\né" + "A/"}),
        ("a: 'it''s'\n", {"a": "it's"}),
        ("a: {b: c, d: [e, {f: g}], h: }\n", {"a": {"b": "c", "d": ["e", {"f": "g"}], "h": None}}),
        ("a: []\nb: {}\n", {"a": [], "b": {}}),
        ("a: [x: y, z]\n", {"a": [{"x": "y"}, "z"]}),
        ("? a\n: b\n? c\n", {"a": "b", "c": None}),
        ("a:\r\n  b: 1\r\n  c: |\r\n    x\r\n", {"a": {"b": "1", "c": "x\n"}}),
        ("a: 1\rb: 2\r", {"a": "1", "b": "2"}),
        ("\ufeffa: 1\n", {"a": "1"}),
        ("a: 😀\n名: 日本\n", {"a": "😀", "名": "日本"}),
        ("a: x\u200by\u202e\n", {"a": "x\u200by\u202e"}),
        ('a: "\\0\\e\\u0085\\u2028\\ufeff"\n', {"a": "\0\x1b\x85\u2028\ufeff"}),
        ("a: https://x.example/?q=1#top\n", {"a": "https://x.example/?q=1#top"}),
        ("a: x ======= y\nb: <<<<<<<\n# =======\n", {"a": "x ======= y", "b": "<<<<<<<"}),
        ("a: |\n  =======\n  <<<<<<< HEAD\n  >>>>>>> theirs\n", {"a": "=======\n<<<<<<< HEAD\n>>>>>>> theirs\n"}),
    ],
)
def test_scalars_stay_text_and_only_empty_values_are_none(text: str, data: Any):
    assert parse(text).data == data


@pytest.mark.usefixtures("parser")
def test_keys_keep_the_order_of_the_file():
    found = parse("b: 1\na: {d: 1, c: 2}\n")
    assert isinstance(found.data, dict)
    assert list(found.data) == ["b", "a"]
    assert isinstance(found.root, Mapping)
    assert list(found.root.entries) == ["b", "a"]


# What is refused

DEEPEST = "[" * MAX_DEPTH + "]" * MAX_DEPTH
TOO_DEEP = "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        # keys
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
        ('a: {b: 1, "b": 2}\n', "duplicate-key", 1, 11),
        ("- x: 1\n  'x': 2\n", "duplicate-key", 2, 3),
        ("'': 1\n\"\": 2\n", "duplicate-key", 2, 1),
        ("a:\n  null: 1\n", "key-not-text", 2, 3),
        ("~: 1\n", "key-not-text", 1, 1),
        ("? \n: 1\n", "key-not-text", 1, 2),
        ("[a]: 1\n", "key-not-text", 1, 1),
        ("x: {{a: 1}: 2}\n", "key-not-text", 1, 5),
        ("? - a\n: 1\n", "key-not-text", 1, 3),
        ("a:\n  <<: {b: 1}\n", "merge-key", 2, 3),
        # what YAML has and a plan has not
        ("a: &x 1\n", "anchor", 1, 4),
        ("a: &x [1]\n", "anchor", 1, 4),
        ("&x a: 1\n", "anchor", 1, 1),
        ("a: &x !!str 1\n", "anchor", 1, 4),
        ("a: 1\nb: *a\n", "alias", 2, 4),
        ("*a : 1\n", "alias", 1, 1),
        ("a: !!str 1\n", "tag", 1, 4),
        ("a: ! 1\n", "tag", 1, 4),
        ("a: !mine {b: 1}\n", "tag", 1, 4),
        ("a: !important text\n", "tag", 1, 4),
        ("a: 1\n---\nb: 1\n", "several-documents", 2, 1),
        ("a: 1\n...\n---\n", "several-documents", 3, 1),
        # too much
        (TOO_DEEP, "too-deep", 1, MAX_DEPTH + 1),
        ("- " * (MAX_DEPTH + 1) + "a", "too-deep", 1, 2 * MAX_DEPTH + 1),
        ("".join(f"{'  ' * level}a:\n" for level in range(MAX_DEPTH + 1)) + "  " * (MAX_DEPTH + 1) + "b: 1\n", "too-deep", 33, 65),
        ("#" * (MAX_CHARACTERS + 1), "too-large", 1, 1),
        # characters
        ("a: b\0c\n", "control-character", 1, 5),
        ("# \x01\na: 1\n", "control-character", 1, 3),
        ("a: 1\n...\n\x08", "control-character", 3, 1),
        ("a: 'b\x1b[31m'\n", "control-character", 1, 6),
        ("a: |\n  b\x7f\n", "control-character", 2, 4),
        ("a: b\x85c: d\n", "control-character", 1, 5),
        ("é: 1\nb: c\u2028d\n", "control-character", 2, 5),
        ("a: c\u2029d\n", "control-character", 1, 5),
        ("a: b\ufeffc\n", "control-character", 1, 5),
        ("\ufeff\ufeffa: 1\n", "control-character", 1, 2),
        ("a: \ud800\n", "control-character", 1, 4),
        ("a: \uffff\n", "control-character", 1, 4),
        ("a: [\x02", "control-character", 1, 5),
        # merges half done
        ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n", "merge-conflict", 2, 1),
        ("a: |\n  text\n<<<<<<< HEAD\n  more\n", "merge-conflict", 3, 1),
        ("a: |\n  text\n>>>>>>> theirs\n", "merge-conflict", 3, 1),
        ("a: 1\n=======\nb: 2\n", "merge-conflict", 2, 1),
        ("a: 1\r\n=======\r\nb: 2\r\n", "merge-conflict", 2, 1),
        ("\ufeff<<<<<<< HEAD\na: 1\n", "merge-conflict", 1, 1),
        # tabs
        ("\ta: 1\n", "tab", 1, 1),
        ("a:\n\tb: 1\n", "tab", 2, 1),
        ("a:\n  - 1\n\t- 2\n", "tab", 3, 1),
        ("a: |\n\tb\n", "tab", 2, 1),
        # not YAML
        ("a: b: c\n", "invalid", 1, 5),
        ("a: 1\n b: 2\n", "invalid", 2, 3),
        ("a: 1\nb\nc: 1\n", "invalid", 3, 1),
        ("a: @x\n", "invalid", 1, 4),
        ("a: 5\nb: %x\n", "invalid", 2, 4),
        ("a: [1\n", "invalid", 2, 1),
        ("a: 'b\n", "invalid", 2, 1),
        ("a: - b\n", "invalid", 1, 4),
        ("a: 'b' c\n", "invalid", 1, 8),
        ("a: * b\n", "invalid", 1, 5),
        ("- a\nb: 1\n", "invalid", 2, 1),
        # a block of text alone: the two parsers disagree about `#` in it, and it is no plan anyway
        ("|\n# text\n", "invalid", 1, 1),
        ("# c\n--- >-\n  text\n", "invalid", 2, 5),
    ],
)
def test_refused_with_its_place(text: str, code: str, line: int, column: int):
    assert problems(text)[0] == (f"syntax/{code}", line, column)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("%YAML 1.2\n---\na: 1\n", 1),
        ("%YAML 1.1\n---\na: 1\n", 1),
        ("# c\n%TAG ! tag:x,2026:\n---\na: 1\n", 2),
        ("a: 1\n...\n%YAML 1.2\n---\n", 3),
    ],
)
def test_directives_are_refused(parser: str, text: str, line: int):
    found = problems(text)
    assert found[0][0] == "syntax/directive"
    assert found[0][1] == (line if parser == "compiled" else line + 1)  # the pure parser knows the place of the `---` only


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", [DEEPEST, "#" * MAX_CHARACTERS], ids=["depth", "characters"])
def test_the_limits_themselves_are_allowed(text: str):
    assert parse(text).text == text


@pytest.mark.parametrize("text", ["a: [b, c, d, e, f, g]\n", "a: {b: {c: [d, e]}}\n", "- []\n- {}\n- [[], [], {}, [], {}]\n"])
def test_keys_and_values_are_counted(text: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parsing, "MAX_VALUES", 9)
    assert parse(text).text == text
    monkeypatch.setattr(parsing, "MAX_VALUES", 8)
    with pytest.raises(MalformedError) as caught:
        parse(text)
    assert [problem.message for problem in caught.value.problems] == ["the file has more than 8 keys and values; no plan needs that many"]


def test_nothing_is_read_behind_more_values_than_a_plan_needs(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parsing, "MAX_VALUES", 3)
    assert problems("[a, b, c, &x d]\n") == [("syntax/too-large", 1, 1)]


@pytest.mark.usefixtures("parser")
def test_nothing_is_read_behind_a_great_many_problems():
    assert len(problems("?\n" * (MAX_PROBLEMS + 50))) == MAX_PROBLEMS


def test_what_is_found_last_is_told_where_it_stands(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parsing, "MAX_VALUES", 2)
    assert problems("a: &x [b, c]\n") == [("syntax/too-large", 1, 1), ("syntax/anchor", 1, 4)]


def test_the_limit_of_values_is_above_what_a_plan_needs():
    assert len(re.findall(r"[:,\n]", FULL_PLAN)) * 100 < MAX_VALUES


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("escape", ["\\ud800", "\\ud83d\\ude00", "\\udfff", "\\U00110000"])
def test_half_characters_are_refused_as_escapes_too(escape: str):
    assert problems(f'a: "{escape}"\n')[0][0] == "syntax/invalid"


def test_both_places_of_a_duplicate_key_are_named():
    with pytest.raises(MalformedError) as caught:
        parse("\ufeffa: 1\nb: 2\na: 3\na: 4\n")
    assert [(problem.related, problem.offset) for problem in caught.value.problems] == [(1, 11), (1, 16)]


def test_every_problem_is_told_in_the_order_of_the_file():
    text = "a: &x 1\nb: !y 2\na: 3\nnull: 4\n<<: 5\nc: [\n"
    assert problems(text) == [
        ("syntax/anchor", 1, 4),
        ("syntax/tag", 2, 4),
        ("syntax/duplicate-key", 3, 1),
        ("syntax/key-not-text", 4, 1),
        ("syntax/merge-key", 5, 1),
        ("syntax/invalid", 7, 1),
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a: b: c\n", "put quotes around a text that contains ': ', or check the indentation"),
        ("a: 1\nb\nc: 1\n", "a key needs a colon and a space after it; check the indentation of this line and the one before"),
        ("a: {b: https://x.example}\n", "inside { } and [ ] put quotes around a text that contains ':', such as a web address"),
        ("a: `b`\n", "put quotes around a text that starts with @, ` or %"),
        ("a: **bold**\n", "put quotes around a text that starts with * or &"),
        ("a: & co\n", "put quotes around a text that starts with * or &"),
        ("a: [b, c\n", "a bracket was opened and not closed, or a text inside it needs quotes"),
        ("a: {b: c\n", "a bracket was opened and not closed, or a text inside it needs quotes"),
        ('a: "b\n', "a quote or a bracket was opened and not closed"),
        ("a: 'it's'\n", "check the indentation, the quotes and the brackets on this line and the one before"),
        ("\ta: 1\n", "indent with spaces"),
        ("a: b\x07\n", "delete it; it often comes with text pasted from elsewhere"),
    ],
)
def test_what_to_do_about_it(text: str, hint: str):
    if parsing.CParser is None and "https" in text:
        pytest.skip("only the compiled parser refuses it")
    with pytest.raises(MalformedError) as caught:
        parse(text)
    assert caught.value.problems[0].hint == hint


def test_a_text_that_cannot_be_read_is_not_quoted_by_the_exception():
    with pytest.raises(MalformedError) as caught:
        parse("secret: [secret\nsecret: secret\n")
    assert "secret" not in str(caught.value) + repr(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "{" * 20_000,
        "[" * 2_000 + "]" * 2_000,
        "{a: " * 1_000 + "}" * 1_000,
        "- " * 10_000,
        "? " * 50_000,
        "a: " * 50_000,
        "&a " * 20_000,
        "!" * 10_000,
        ":" * 50_000,
        "'" * 100_001,
        '"' * 100_001,
        "%" * 100_000,
        "".join(f"{' ' * level}a:\n" for level in range(1_000)),
        "a: &a [x]\n" + "".join(f"a{n}: &b{n} [*a, *a, *a, *a]\n" for n in range(100)),
        "a: &a\n  b: *a\n",
        "a: {" + "<<: {b: 1}, " * 60 + "}",
        "a: 1\n" * 2_000,
        "- &a b\n" * 2_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_files_come_to_an_end(text: str):
    assert problems(text)


# Where things stand


def at(text: str, pointer: tuple[str | int, ...], *, key: bool = False) -> str:
    start, end = parse(text).span(pointer, key=key)
    return text[start:end]


EMOJI = "a: 😀😀\nb: {c: ü, 😀: [x, 'y z']}\n"


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "pointer", "underlined"),
    [
        ("a: 1\nb:\n  c: 'two words'\n", ("b", "c"), "'two words'"),
        ("a: 1\nb:\n  c: 'two words'\n", ("b",), "b"),
        ("a: [x, y]\n", ("a",), "a"),
        ("a: [x, y]\n", ("a", 1), "y"),
        ("a:\n  - x\n  - b: y\n", ("a", 1, "b"), "y"),
        ("a:\n  - x\n  - b: y\n", ("a", 1), ""),
        ("a: |\n  text\n", ("a",), "a"),
        ("a: >\n  text\n", ("a",), "a"),
        ("a:\nb: 1\n", ("a",), "a"),
        ("a: ''\n", ("a",), "''"),
        ("a: one\n  two\n", ("a",), "one\n  two"),
        ("a: {b: 1}\n", ("a", "missing"), "a"),
        ("a: {b: 1}\n", ("a", "b", "missing", "deeper"), "1"),
        ("a: [x]\n", ("a", 1), "a"),
        ("a: [x]\n", ("a", "b"), "a"),
        ("a: {1: x}\n", ("a", 1), "a"),
        ("a: 1\n", ("missing",), ""),
        ("a: 1\n", (), ""),
        ("just text", ("a",), ""),
        (EMOJI, ("a",), "😀😀"),
        (EMOJI, ("b", "c"), "ü"),
        (EMOJI, ("b", "😀"), "😀"),
        (EMOJI, ("b", "😀", 1), "'y z'"),
        ("\ufeff" + EMOJI, ("b", "😀", 1), "'y z'"),
        (EMOJI.replace("\n", "\r\n"), ("b", "😀", 1), "'y z'"),
        (EMOJI.replace("\n", "\r"), ("b", "😀", 1), "'y z'"),
    ],
)
def test_span_of_a_value_else_its_key_else_the_nearest_parent(text: str, pointer: tuple[str | int, ...], underlined: str):
    assert at(text, pointer) == underlined


@pytest.mark.parametrize(
    ("pointer", "underlined"), [(("a",), "a"), (("a", "b"), "b"), (("a", "c"), "c"), (("a", "b", 0), "x"), (("a", "z"), "a")]
)
def test_span_of_the_key(pointer: tuple[str | int, ...], underlined: str):
    assert at("a:\n  b: [x]\n  c: y\n", pointer, key=True) == underlined


@pytest.mark.usefixtures("parser")
def test_entries_and_nodes():
    found = parse("a:\n  b: [x, {c: d}]\n")
    entry = found.entry(("a", "b"))
    assert isinstance(entry, Entry)
    assert (entry.key.value, type(entry.value)) == ("b", Sequence)
    assert found.node(("a", "b")) is entry.value
    item = found.entry(("a", "b", 0))
    assert isinstance(item, Scalar)
    assert item.value == "x"
    assert found.entry(()) is found.node(()) is found.root
    for nowhere in (("a", "nothing"), ("nothing",), ("a", "b", 2), ("a", "b", -1), ("a", "b", "c"), ("a", "b", 0, "c"), ("a", 0)):
        assert found.entry(nowhere) is found.node(nowhere) is None
        assert not found.stands(nowhere)
    assert all(found.stands(somewhere) for somewhere in ((), ("a",), ("a", "b"), ("a", "b", 1), ("a", "b", 1, "c")))
    assert found.node(("a", "b", 1, "c", "d")) is None


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_moves_every_offset_by_one(mark: str):
    text = mark + FULL_PLAN
    for start, end, style, value in scalars(parse(text).root):
        if not style and "\n" not in text[start:end]:
            assert text[start:end] == value


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "flow", "written"),
    [
        ("a: {b: c}  # d\n", True, "{b: c}"),
        ("a: [b,\n  c]\n", True, "[b,\n  c]"),
        ("a:\n  b: c\nd: e\n", False, "b: c\n"),
        ("a:\n  - b\n  - c\n", False, "- b\n  - c\n"),
    ],
)
def test_collections_know_their_place(text: str, *, flow: bool, written: str):
    node = parse(text).node(("a",))
    assert isinstance(node, Mapping | Sequence)
    assert (node.flow, text[node.start : node.end]) == (flow, written)


@pytest.mark.parametrize(
    ("text", "offset", "place", "line"),
    [
        ("", 0, (1, 1), ""),
        ("ab", 2, (1, 3), "ab"),
        ("a\nbc\n", 3, (2, 2), "bc"),
        ("a\nbc\n", 5, (3, 1), ""),
        ("a\r\nbc", 3, (2, 1), "bc"),
        ("a\rbc", 2, (2, 1), "bc"),
        ("a\n\n\rb", 4, (4, 1), "b"),
        ("a\u2028b\x0cc\n", 4, (1, 5), "a\u2028b\x0cc"),
    ],
)
def test_lines_and_columns_count_from_one(text: str, offset: int, place: tuple[int, int], line: str):
    lines = TextLines(text)
    assert lines.place(offset) == place
    assert lines.line(place[0]) == lines.around(offset) == line


def test_however_many_places_are_asked_for_they_are_the_same():
    text = "a\n\nbc\n" * 20
    lines = TextLines(text)
    assert [lines.place(offset) for offset in range(len(text) + 1)] == [TextLines(text).place(offset) for offset in range(len(text) + 1)]


class CountedText(str):
    """A text that knows how often something was counted in it."""

    __slots__ = ("counted",)

    def __init__(self, _: str) -> None:
        self.counted = 0

    def count(self, *arguments: Any) -> int:
        self.counted += 1
        return super().count(*arguments)


def test_only_for_a_few_places_are_the_lines_counted():
    text = CountedText("a\n" * 1_000)
    lines = TextLines(text)
    assert [lines.place(2 * number) for number in range(1_000)] == [(number + 1, 1) for number in range(1_000)]
    assert 0 < text.counted < 100


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("a: 1\n", []),
        ("", []),
        ("# one\n# two\n", ["# one", "# two"]),
        ("#\na: 1 #\n", ["#", "#"]),
        ("\ufeff# one\na: 1\n", ["# one"]),
        ("a: 1 # one # same\r\nb: 2 # two\r\n", ["# one # same", "# two"]),
        ("a: b#c\nd: 'e # f'\ng: \"h # i\"\n", []),
        ("a: 'b # c' # one\n", ["# one"]),
        ('"a # b": "c # d" # one\n', ["# one"]),
        ("a: |  # one\n  text # not\n  # not\n # two\n# three\nb: 1\n", ["# one", "# two", "# three"]),
        ("a: >-\n  text # not\n\n  # not\n\n# one\n", ["# one"]),
        ("a: | # one", ["# one"]),
        ("a: >- # one\n  text # not\n", ["# one"]),
        ("a: [b, # one\n  'c # d', e#f\n] # two\n", ["# one", "# two"]),
        ("a: {b: c} # one\n", ["# one"]),
        ("a: { # one\n  b: c # two\n}\nd: [ # three\n  e] # four\n", ["# one", "# two", "# three", "# four"]),
        ("a: # one\n  b # two\n", ["# one", "# two"]),
        ("a: one\n  two # one\n", ["# one"]),
        ("a: 'one\n  # not\n  two' # one\n", ["# one"]),
        ("- # one\n- b # two\n", ["# one", "# two"]),
        ("--- # one\na: 1\n... # two\n", ["# one", "# two"]),
        ("a: 😀 # 😀\n", ["# 😀"]),
        ("a: [b,#one\nc]#two\n", ["#one", "#two"]),
    ],
)
def test_comments_are_found_and_text_is_not_taken_for_one(text: str, comments: list[str]):
    found = list(parse(text).comments())
    assert [comment.text for comment in found] == comments
    assert [text[comment.start :][: len(comment.text)] for comment in found] == comments


# Two parsers, one meaning


def test_the_compiled_parser_is_the_one_in_use_where_it_is_installed(monkeypatch: pytest.MonkeyPatch):
    compiled = pytest.importorskip("_ruamel_yaml").CParser
    assert parsing.CParser is compiled
    texts = []
    monkeypatch.setattr(parsing, "CParser", lambda text: texts.append(text) or compiled(text))
    assert parse("a: 1\n").data == {"a": "1"}
    assert texts == ["a: 1\n"]


@pytest.fixture
def without_compiled(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module as a machine without the compiled parser imports it."""
    assert parsing.__file__
    spec = importlib.util.spec_from_file_location("document_without_compiled", parsing.__file__)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_a_machine_without_the_compiled_parser_reads_the_same(without_compiled: ModuleType):
    assert without_compiled.CParser is None
    assert without_compiled.parse(FULL_PLAN).data == parse(FULL_PLAN).data


def agree(text: str) -> tuple[Document | MalformedError, Document | MalformedError]:
    """Either parser may be the stricter one, but where both read a text they read the same in the same places."""
    compiled, pure = read(text, compiled=True), read(text, compiled=False)
    if isinstance(compiled, Document) and isinstance(pure, Document):
        assert compiled.data == pure.data
        assert sorted(scalars(compiled.root)) == sorted(scalars(pure.root))
        assert list(compiled.comments()) == list(pure.comments())
    return compiled, pure


def test_both_parsers_read_a_full_plan_alike():
    for text in (FULL_PLAN, "\ufeff" + FULL_PLAN, FULL_PLAN.replace("\n", "\r\n")):
        compiled, pure = agree(text)
        assert isinstance(compiled, Document)
        assert isinstance(pure, Document)


def test_both_parsers_read_the_example_of_the_design_alike():
    text = shared("design", "example-plan.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(customer_impact: )(.*,.*)", r"\1'\2'", text)
    assert all(
        isinstance(found, Document) for found in agree(text.replace("Volumes 6 % under plan, so no", "Volumes 6 % under plan so no"))
    )


SUITE = {case["id"]: case for case in corpus("yaml-test-suite.json")}

LENIENT = {
    "9C9N": "a list that goes on without indentation",
    "9JBA": "a comment right behind a bracket",
    "CVW2": "a comment right behind a comma",
    "DK95/01": "a tab that indents a quoted text",
    "G5U8": "a list of dashes",
    "S98Z": "an empty block of text with uneven blank lines",
    "QB6E": "a quoted text that goes on without indentation",
    "SU5Z": "a comment right behind a quote",
    "X4QW": "a comment right behind `>`",
    "Y79Y/003": "a tab that indents inside brackets",
    "YJV2": "a list of one dash",
}
"""What YAML forbids and we read all the same, since it can mean one thing only."""


@pytest.mark.parametrize("case", SUITE.values(), ids=SUITE.keys())
def test_both_parsers_agree_on_the_test_suite_of_yaml(case: dict[str, Any]):
    found = agree(case["yaml"])
    if case["error"] and case["id"] not in LENIENT:
        assert not any(isinstance(one, Document) for one in found)


LENIENT_DATA = {
    "9C9N": {"flow": ["a", "b", "c"]},
    "9JBA": ["a", "b", "c"],
    "CVW2": ["a", "b", "c"],
    "DK95/01": {"foo": "bar baz"},
    "G5U8": [["-", "-"]],
    "QB6E": {"quoted": "a b c"},
    "SU5Z": {"key": "value"},
    "Y79Y/003": [["foo", "foo"]],
    "YJV2": ["-"],
    "S98Z": {"empty block scalar": ""},
    "X4QW": {"block": "scalar\n"},
}


@pytest.mark.parametrize("name", sorted(LENIENT.keys() & SUITE.keys()))
def test_lenient_reading_gives_what_was_meant(name: str):
    read_as = [found.data for found in agree(SUITE[name]["yaml"]) if isinstance(found, Document)]
    assert read_as
    assert all(data == LENIENT_DATA[name] for data in read_as)


MISREAD = {
    "652Z": {"foo": "bar", "bar": "42"},  # `{ ?foo: bar }`: both parsers take the `?` for YAML's mark of a key
    "HM87/01": [{"x": None}],  # `[?x]`: the same
    "JEF9/02": [""],  # a line of blanks at the very end of the file, without a line end
    "L24T/01": {"foo": "x\n "},
}
"""What both parsers read otherwise than YAML 1.2 has it."""


def same_text(ours: Any, expected: Any) -> bool:
    """Whether data says what JSON says, scalars as text. What JSON has as a number, a truth or null, we have as its text or None."""
    if isinstance(expected, dict):
        return isinstance(ours, dict) and ours.keys() == expected.keys() and all(same_text(ours[key], expected[key]) for key in ours)
    if isinstance(expected, list):
        return isinstance(ours, list) and len(ours) == len(expected) and all(map(same_text, ours, expected))
    if isinstance(expected, str):
        return bool(ours == expected)
    return isinstance(ours, str) if expected is not None else ours is None


READABLE = {name: case for name, case in SUITE.items() if case["json"] and not case["error"]}


@pytest.mark.parametrize("case", READABLE.values(), ids=READABLE.keys())
def test_what_is_read_is_what_the_test_suite_of_yaml_expects(case: dict[str, Any]):
    for found in agree(case["yaml"]):
        if isinstance(found, Document):
            assert found.data == MISREAD[case["id"]] if case["id"] in MISREAD else same_text(found.data, json.loads(case["json"]))


def test_most_of_the_test_suite_without_special_features_is_read():
    """A parser that refuses everything would pass the tests above."""
    read_by_compiled = sum(isinstance(read(case["yaml"], compiled=True), Document) for case in READABLE.values())
    assert not SUITE or read_by_compiled > 140


# Whatever comes, nothing but `MalformedError`


NAUGHTY = corpus("blns.json")


def writable(text: str) -> bool:
    return not re.search("[\ud800-\udfff]", text)


@pytest.mark.parametrize(
    "shape", ["{}", "a: {}\n", "a: {}: b\n", "{}: a\n", "a: [{}]\n", "a: {{b: {}}}\n", "a: |\n  {}\n", "a: '{}'\n", '"{}": b\n']
)
def test_naughty_strings_anywhere(shape: str):
    for text in NAUGHTY:
        agree(shape.replace("{}", text, 1))


@pytest.mark.usefixtures("parser")
def test_naughty_strings_in_quotes_are_read_as_they_are():
    for text in filter(writable, NAUGHTY):
        quoted = json.dumps(text)
        if not re.search(r"\\ud[89a-f]", quoted):  # JSON writes characters beyond 16 bits as two halves
            assert parse(f"- {quoted}\n").data == [text]
            assert len(quoted) > 1000 or parse(f"{quoted}: a\n").data == {text: "a"}  # YAML's keys have at most 1024 characters


@given(st.text())
@example("a: '\ud800")
def test_any_text_gives_a_document_or_its_problems(text: str):
    agree(text)


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_any_heap_of_punctuation_gives_a_document_or_its_problems(text: str):
    agree(text)


@given(damaged(FULL_PLAN))
def test_a_damaged_plan_gives_a_document_or_its_problems(text: str):
    found = read(text, compiled=True)
    if isinstance(found, MalformedError):
        assert all(0 <= problem.offset <= len(text) and problem.message and problem.hint for problem in found.problems)
    else:
        assert all(text[comment.start :].startswith(comment.text) for comment in found.comments())


@given(damaged(FULL_PLAN[:1500]))
def test_both_parsers_agree_on_a_damaged_plan(text: str):
    agree(text)
