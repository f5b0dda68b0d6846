"""Set, where something already stands: the text before, the edit, the text after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from acctplan.document import parse
from acctplan.edit import Set, Value, apply


@pytest.mark.parametrize(
    ("before", "pointer", "value", "after"),
    [
        pytest.param("stance: neutral\n", ("stance",), "supportive", "stance: supportive\n", id="plain"),
        pytest.param(
            "stance:   neutral   # in May\n", ("stance",), "negative", "stance:   negative   # in May\n", id="blanks and comment stay"
        ),
        pytest.param("name: 'Lena'\n", ("name",), "Tom", "name: 'Tom'\n", id="single quotes stay"),
        pytest.param('name: "Lena"\n', ("name",), "Tom", 'name: "Tom"\n', id="double quotes stay"),
        pytest.param("name: 'Lena'\n", ("name",), "O'Hara", "name: 'O''Hara'\n", id="single quotes are doubled"),
        pytest.param('name: "Lena"\n', ("name",), 'a "b" \\', 'name: "a \\"b\\" \\\\"\n', id="double quotes are escaped"),
        pytest.param("spend: '180'\n", ("spend",), 180, "spend: 180\n", id="a number needs no quotes"),
        pytest.param("{name: 'Lena', title: \"CFO\"}\n", ("name",), "Tom", "{name: 'Tom', title: \"CFO\"}\n", id="quotes stay in braces"),
        pytest.param('{"a":1}\n', ("a",), 2, '{"a":2}\n', id="no blank after the colon"),
        pytest.param("['x']\n", (0,), "y, z", "['y, z']\n", id="quotes stay in brackets"),
        pytest.param("a: one\n  two\nb: 1\n", ("a",), "three", "a: three\nb: 1\n", id="plain on several lines"),
        pytest.param("a: 'one\n\n  two'\nb: 1\n", ("a",), "three", "a: 'three'\nb: 1\n", id="quoted on several lines"),
        pytest.param("a:\nb: 1\n", ("a",), "x", "a: x\nb: 1\n", id="nothing after the colon"),
        pytest.param("a: # later\nb: 1\n", ("a",), "x", "a: x # later\nb: 1\n", id="only a comment after the colon"),
        pytest.param("a:      # later\n", ("a",), "x", "a: x    # later\n", id="a comment stays in its column"),
        pytest.param("a:      # later\n", ("a",), "xyzuv", "a: xyzuv  # later\n", id="as far as there is room"),
        pytest.param("- a\n-     # later\n", (1,), "x", "- a\n- x   # later\n", id="of an item too"),
        pytest.param("a: ~\nb: null\n", ("b",), "x", "a: ~\nb: x\n", id="null"),
        pytest.param("- a\n-\n- c\n", (1,), "b", "- a\n- b\n- c\n", id="an empty item"),
        pytest.param("{a: , b: 1}\n", ("a",), "x", "{a: x, b: 1}\n", id="an empty value in braces"),
        pytest.param("- a\n- b # two\n", (1,), "x", "- a\n- x # two\n", id="an item"),
        pytest.param("a: [x, y]\n", ("a", 1), "z", "a: [x, z]\n", id="an item in brackets"),
        pytest.param("a: {b: {c: 1}}\n", ("a", "b", "c"), 2, "a: {b: {c: 2}}\n", id="deep in braces"),
        pytest.param("a: 1\n", ("a",), None, "a: null\n", id="to nothing"),
        pytest.param("'a: b': 1\n", ("a: b",), 2, "'a: b': 2\n", id="a quoted key"),
        pytest.param("a:\n  - b: 1\n    c: 2\n", ("a", 0, "c"), 3, "a:\n  - b: 1\n    c: 3\n", id="in an item of a list"),
        pytest.param("? a\n: b\n", ("a",), "c", "? a\n: c\n", id="an explicit key"),
    ],
)
def test_a_scalar(before: str, pointer: tuple[str | int, ...], value: Value, after: str):
    assert apply(parse(before), [Set(pointer, value)]).text == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        pytest.param("a: |\n  one\n  two\nb: 1\n", "three", "a: three\nb: 1\n", id="to one line"),
        pytest.param("a: >-\n  one\n  two\n\nb: 1\n", "three", "a: three\n\nb: 1\n", id="the blank line below stays"),
        pytest.param("a: |\n  one\nb: 1\n", "two\nthree\n", "a: |\n  two\n  three\nb: 1\n", id="to several lines"),
        pytest.param("a: |+\n  one\n\nb: 1\n", "two", "a: two\nb: 1\n", id="kept line ends belong to the text"),
        pytest.param("a: |  # said\n  one\nb: 1\n", "two", "a: two  # said\nb: 1\n", id="a comment behind the head stays"),
        pytest.param("a: >  # said\n  one\nb: 1\n", "two\nthree", "a: |-  # said\n  two\n  three\nb: 1\n", id="and behind a new head"),
        pytest.param("a: |\nb: 1\n", "two", "a: two\nb: 1\n", id="without a line"),
        pytest.param("a: |\n  one", "two", "a: two", id="at the end, no final line end"),
        pytest.param("a: |+\n  one", "two", "a: two", id="kept line ends, but there is none"),
        pytest.param("a: |\n  one\u3000\nb: 1\n", "two", "a: two\nb: 1\n", id="a wide blank at its end"),
        pytest.param("a: |\n  one\nb: 1\n", {"c": {"d": "e"}}, "a:\n  c: {d: e}\nb: 1\n", id="to a mapping"),
        pytest.param("a: |\n  one\nb: 1\n", ["x", "z"], "a: [x, z]\nb: 1\n", id="to a list"),
    ],
)
def test_a_block_of_text(before: str, value: Value, after: str):
    assert apply(parse(before), [Set(("a",), value)]).text == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        pytest.param("a: 1\nb: 2\n", "x\ny", "a: |-\n  x\n  y\nb: 2\n", id="several lines of text"),
        pytest.param("a: 1\nb: 2\n", "x\n\ny\n", "a: |\n  x\n\n  y\nb: 2\n", id="with a final line end and an empty line"),
        pytest.param("a: 1  # why\nb: 2\n", "x\ny", "a: |-  # why\n  x\n  y\nb: 2\n", id="a comment stays behind the key"),
        pytest.param("a: 'old'\n", "x\ny", "a: |-\n  x\n  y\n", id="several lines lose the quotes"),
        pytest.param("a: 1\n", " x\ny", 'a: " x\\ny"\n', id="a leading blank needs escapes"),
        pytest.param("a: 1\n", "x \ny", "a: |-\n  x \n  y\n", id="a trailing blank stays readable"),
        pytest.param("a: 1\n", "x\n \ny", 'a: "x\\n \\ny"\n', id="a line of blanks needs escapes"),
        pytest.param("a: 1\n", "x\ty\nz", 'a: "x\\ty\\nz"\n', id="a tab needs escapes"),
        pytest.param("a: 1\n", "\nx", 'a: "\\nx"\n', id="a leading line end needs escapes"),
        pytest.param("a: 1\n", "x\n\n", 'a: "x\\n\\n"\n', id="two final line ends need escapes"),
        pytest.param("a: 1\n", "\n", 'a: "\\n"\n', id="a line end alone needs escapes"),
        pytest.param("a: 1", "x\ny\n", "a: |\n  x\n  y\n", id="the line end that the file lacks"),
        pytest.param("{a: 1}\n", "x\ny", '{a: "x\\ny"}\n', id="escapes inside braces"),
        pytest.param("a: 'old'\n", ["x"], "a: [x]\n", id="a list loses the quotes"),
        pytest.param("a: 1\nb: 2\n", {}, "a: {}\nb: 2\n", id="an empty mapping"),
        pytest.param("a: 1\nb: 2\n", [], "a: []\nb: 2\n", id="an empty list"),
        pytest.param("a: 1\nb: 2\n", {"now": "vendor", "with": "petra"}, "a: {now: vendor, with: petra}\nb: 2\n", id="a small mapping"),
        pytest.param("a: 1\nb: 2\n", ["x", 2, None, True], "a: [x, 2, null, true]\nb: 2\n", id="a small list"),
        pytest.param(
            "a: 1  # why\nb: 2\n",
            dict.fromkeys("wxyz", 1),
            "a:  # why\n  w: 1\n  x: 1\n  y: 1\n  z: 1\nb: 2\n",
            id="a mapping of many entries",
        ),
        pytest.param("a:\nb: 2\n", {"x": {"y": 1}}, "a:\n  x: {y: 1}\nb: 2\n", id="a deep mapping for nothing"),
        pytest.param("a: 1", {"x": {"y": 1}}, "a:\n  x: {y: 1}", id="no final line end"),
        pytest.param(
            "a: 1\n",
            [{"what": "Ask", "due": date(2026, 12, 4)}, {"what": "A" * 60}],
            f"a:\n  - {{what: Ask, due: 2026-12-04}}\n  - what: {'A' * 60}\n",
            id="a list of mappings",
        ),
        pytest.param("a: 1\n", dict.fromkeys("wxz", 1), "a: {w: 1, x: 1, z: 1}\n", id="three entries fit on a line"),
        pytest.param("a: 1\n", ["x" * 58], f"a: [{'x' * 58}]\n", id="sixty characters do"),
        pytest.param("a: 1\n", ["x" * 59], f"a:\n  - {'x' * 59}\n", id="sixty-one do not"),
        pytest.param("a: 1\n", ["x" * 40, "y" * 40], f"a:\n  - {'x' * 40}\n  - {'y' * 40}\n", id="a long list"),
        pytest.param("a: 1\n", [["x"], {}], "a:\n  - [x]\n  - {}\n", id="lists in a list"),
        pytest.param("a: 1\n", [[["x"]]], "a:\n  -\n    - [x]\n", id="lists in a list in a list"),
        pytest.param("a: 1\n", {"x": "one\ntwo\n"}, "a:\n  x: |\n    one\n    two\n", id="several lines in a mapping"),
        pytest.param("a: 1\n", {"b": {"c": "d"}, "e": ["f\ng"]}, "a:\n  b: {c: d}\n  e:\n    - |-\n      f\n      g\n", id="and in a list"),
    ],
)
def test_a_scalar_to_something_larger(before: str, value: Value, after: str):
    assert apply(parse(before), [Set(("a",), value)]).text == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        pytest.param("a:\n  - x\n  - y\nb: 1\n", "z", "a: z\nb: 1\n", id="list to scalar"),
        pytest.param("a:\n- x\n- y\nb: 1\n", "z", "a: z\nb: 1\n", id="list without indentation"),
        pytest.param("a:\n  x: 1\n  y: 2\nb: 1\n", None, "a: null\nb: 1\n", id="mapping to nothing"),
        pytest.param(
            "a:  # why\n  - x  # one\n  - y  # two\n# about b\nb: 1\n", "z", "a: z  # why\n# about b\nb: 1\n", id="comments around stay"
        ),
        pytest.param("a:\n  # to do\n  - x\nb: 1\n", "z", "a: z\n  # to do\nb: 1\n", id="and one between key and list"),
        pytest.param("a:\n  - x\nb: 1\n", {"y": {"z": 1}}, "a:\n  y: {z: 1}\nb: 1\n", id="list to mapping"),
        pytest.param("a:  # why\n  - x\nb: 1\n", "y\nz", "a: |-  # why\n  y\n  z\nb: 1\n", id="list to several lines of text"),
        pytest.param("b: 1\na:\n  - x\n  - y", "z", "b: 1\na: z", id="no final line end"),
        pytest.param("b: 1\na:\n  - x", {"y": {"z": 1}}, "b: 1\na:\n  y: {z: 1}", id="no final line end, lines below"),
        pytest.param("a:\n\n  - x\n\n\nb: 1\n", "z", "a: z\n\n\n\nb: 1\n", id="blank lines stay"),
        pytest.param("a: [x,  # one\n  y]  # two\nb: 1\n", "z", "a: z  # two\nb: 1\n", id="brackets over two lines"),
        pytest.param("a: {x: 1}\nb: 1\n", {"y": {"z": 1}}, "a:\n  y: {z: 1}\nb: 1\n", id="braces to lines"),
    ],
)
def test_a_collection(before: str, value: Value, after: str):
    assert apply(parse(before), [Set(("a",), value)]).text == after


@pytest.mark.parametrize(
    ("before", "pointer", "value", "after"),
    [
        pytest.param("- a: 1\n  b: 2\n- c\n", (0,), "x", "- x\n- c\n", id="a mapping behind a dash"),
        pytest.param(
            "- x  # note\n- c\n", (0,), {"a": {"b": 1}, "d": 2}, "- a: {b: 1}  # note\n  d: 2\n- c\n", id="a deep mapping behind it"
        ),
        pytest.param("-\n- c\n", (0,), {"a": {"b": 1}}, "- a: {b: 1}\n- c\n", id="behind an empty dash"),
        pytest.param("-   a: 1\n    b: 2\n", (0,), {"x": {"y": 1}, "z": 1}, "-   x: {y: 1}\n    z: 1\n", id="a wide dash"),
        pytest.param("- x\n- c\n", (0,), [["w"], ["z"]], "-\n  - [w]\n  - [z]\n- c\n", id="lists behind a dash"),
        pytest.param("- x\n", (0,), "y\nz", "- |-\n  y\n  z\n", id="several lines behind a dash"),
        pytest.param(
            "a:\n  - >\n    x\n  - c\n", ("a", 0), {"y": {"z": 1}}, "a:\n  - y: {z: 1}\n  - c\n", id="a block of text behind a dash"
        ),
    ],
)
def test_an_item_of_a_list(before: str, pointer: tuple[str | int, ...], value: Value, after: str):
    assert apply(parse(before), [Set(pointer, value)]).text == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        pytest.param("old", "new", "new", id="scalar"),
        pytest.param("# a plan\na: 1\nb: 2\n", {"c": 3}, "# a plan\n{c: 3}\n", id="mapping"),
        pytest.param("--- {a: 1} # all\n", {}, "--- {} # all\n", id="behind the marker"),
        pytest.param("", ["x"], "[x]", id="an empty file"),
    ],
)
def test_the_whole_plan(before: str, value: Value, after: str):
    assert apply(parse(before), [Set((), value)]).text == after


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param("{}", id="unix"),
        pytest.param("\ufeff{}", id="byte order mark"),
        pytest.param("---\n{}", id="document marker"),
        pytest.param("---\n{}...\n", id="document end"),
        pytest.param("# a plan\n\n{}# the end\n", id="comments around"),
        pytest.param("# Zoë 🍅 計画\n{}", id="wide characters before"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_frame_of_the_file_stays(frame: str, newline: str):
    before = frame.format("a: 1  # one\nb:\n  - x\n  - y\nc: z\n").replace("\n", newline)
    after = frame.format("a: |-  # one\n  p\n  q\nb: [r]\nc: z\n").replace("\n", newline)
    assert apply(parse(before), [Set(("a",), "p\nq"), Set(("b",), ["r"])]).text == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("a: {x: 1}\n\nb: {y: 2}\n", "a: {x: 1}\n\nb: {y: 2}\n\nc:\n  z: 3\n", id="sections apart stay apart"),
        pytest.param("a: {x: 1}\nb: {y: 2}\n", "a: {x: 1}\nb: {y: 2}\nc:\n  z: 3\n", id="sections below each other"),
        pytest.param(
            "a:\n  x: 1\n  # more\n\n# b\nb:\n  y: 2\n", "a:\n  x: 1\n  # more\n\n# b\nb:\n  y: 2\n\nc:\n  z: 3\n", id="with comments"
        ),
        pytest.param("a: |\n  text\n\nb: 1", "a: |\n  text\n\nb: 1\n\nc:\n  z: 3", id="at the end, no final line end"),
        pytest.param("a: {x: 1}\n", "a: {x: 1}\nc:\n  z: 3\n", id="only one"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_new_section(before: str, after: str, newline: str):
    text = before.replace("\n", newline)
    assert apply(parse(text), [Set(("c",), {"z": 3}, spread=True)]).text == after.replace("\n", newline)


@pytest.mark.parametrize(
    ("pointer", "after"),
    [
        pytest.param(("b",), "a: 1\nb:\n  y: {z: 2}\n", id="the mapping itself, not what is inside"),
        pytest.param(("b", "c"), "a: 1\nb:\n  c:\n    y: {z: 2}\n", id="and those that it is in"),
    ],
)
def test_a_mapping_that_is_spread(pointer: tuple[str, ...], after: str):
    assert apply(parse("a: 1\n"), [Set(pointer, {"y": {"z": 2}}, spread=True)]).text == after


def test_an_empty_mapping_has_no_lines_of_its_own():
    assert apply(parse("a: 1\n"), [Set(("b",), {}, spread=True)]).text == "a: 1\nb: {}\n"


@pytest.mark.parametrize("value", [Decimal("0.38"), date(2026, 12, 4), True, 7, "x"])
def test_the_same_value_again_changes_nothing(value: Value):
    once = apply(parse("a: 1\n"), [Set(("a",), value)])
    assert apply(once, [Set(("a",), value)]).text == once.text


def test_edits_are_made_one_after_the_other():
    before = parse("a: 1\n")
    after = apply(before, [Set(("a",), {"b": 1}), Set(("a", "c"), 2), Set(("a", "b"), 3)])
    assert after.text == "a: {b: 3, c: 2}\n"
    assert before.text == "a: 1\n"


def test_no_edits_no_change():
    before = parse("a: 1\n")
    assert apply(before, []) is before
