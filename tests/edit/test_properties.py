"""What holds for every edit of every document.

The oracle knows nothing of splices: it edits plain Python data, and looks at the lines and the comments of the two texts.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from acctplan.document import Document, Entry, MalformedError, Node, Scalar, Sequence, parse
from acctplan.edit import Annotate, Append, Delete, Edit, RefusedError, Set, Value, apply
from paths import shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Pointer = tuple[str | int, ...]

PLAN = """\
# A plan as people write them: every layout, and comments everywhere.
acctplan: 1                       # version of this format

profile:
  name: Norrland Timber
  account_manager: amira          # an id in `team`
  currency: 'SEK'
  employees: 5_200
  background: >
    Three saw mills and a port.
    Family-owned since 1911.

  note: "Ask: who signs? #1"
  markets: [Benelux, DACH]        # where they sell
  history:
    2024: {revenue: 861_500_000, source: annual report 2024}
    2025: {revenue: 904_000_000, source: "annual report, 2025",
      as_of: 2026-02-11}

team:
  amira: {name: Amira Haddad, role: Account manager}
  # the engineers
  jonas: {name: Jonas Weber}

contacts:
  lena-vos:
    name: Lena Vos
    stance:
    roles: [decision_maker]       # decision_maker | sponsor
    relationship: {now: vendor, with: amira}
    # vendor | credible_source
    last_contact: 2026-09-30
  tom-bakker:
      name: Tom Bakker
      roles:
      - sponsor
      - user                      # of the old system
      criteria:
        - {what: Works with sensors, mandatory: true}
        - what: Price per plant
          position: better

        - what: |
            Evidence
            by lot
          position: level
  buyer: {}

ideas: [
  share alarms,                   # with the haulier
  visit Ghent,
]
risks: {
  # none is final
  plant-it: {what: Plant IT blocks, impact: high},
  budget: {what: No budget}       # before 2027
}
reviews: []
# the end
"""


# -- the oracle ------------------------------------------------------------------------------------------------------------------


def text_of(value: Value) -> Any:
    """What a reader without types gets to see of a value."""
    match value:
        case None | str():
            return value
        case bool():
            return str(value).lower()
        case date():
            return f"{value:%Y-%m-%d}"
        case int():
            return f"{value:_}" if value >= 10_000 or value <= -10_000 else f"{value}"
        case Decimal():
            whole, _, rest = f"{value:f}".partition(".")
            return (f"{int(whole):_}" if abs(int(whole)) >= 10_000 else whole) + (f".{rest}" if rest else "")
        case dict():
            return {name: text_of(one) for name, one in value.items()}
    return [text_of(one) for one in value]


def edited(data: Any, edit: Edit) -> Any:
    """The data after an edit that can be made."""
    if isinstance(edit, Annotate):
        return data
    whole = [deepcopy(data)]
    holder: Any = whole
    last: Any = 0
    for step in edit.pointer:
        if (holder.get(last) if isinstance(holder, dict) else holder[last]) is None:
            holder[last] = {}
        holder, last = holder[last], step
    if isinstance(edit, Set):
        holder[last] = text_of(edit.value)
    elif isinstance(edit, Delete):
        del holder[last]
    else:
        old = holder.get(last) if isinstance(holder, dict) else holder[last]
        holder[last] = [*(old or []), text_of(edit.value)]
    return whole[0]


def stretch(document: Document, found: Entry | Node) -> tuple[int, int]:
    """From where to where an entry or item reaches, without the blanks and comments that follow."""
    start = found.key.start if isinstance(found, Entry) else found.start
    last: Any = found
    while not isinstance(last, Scalar) and not getattr(last, "flow", False):
        last = last.value if isinstance(last, Entry) else last.items[-1] if isinstance(last, Sequence) else list(last.entries.values())[-1]
    if isinstance(last, Scalar) and last.style in ("|", ">") and re.match(r".[0-9]?\+", document.text[last.start :]):
        return start, last.end  # the blank lines are part of the text
    return start, max(start, len(document.text[: last.end].rstrip()))


def may_change(document: Document, edit: Edit) -> tuple[int, int]:
    """The stretch of the text beyond which nothing may change: to the end of the line, where something is deleted to its neighbours."""
    found = document.entry(edit.pointer)
    if not edit.pointer or found is None or not isinstance(edit, Set | Delete):
        return 0, len(document.text)
    start, end = stretch(document, found)
    after = re.compile(r"\r\n|\r|\n|\Z").search(document.text, end)
    assert after is not None
    if isinstance(edit, Set):
        return start, after.end()
    parent: Any = document.node(edit.pointer[:-1])
    parts = list(parent.items if isinstance(parent, Sequence) else parent.entries.values())
    position = next(number for number, one in enumerate(parts) if one is found)
    above: Any = document.entry(edit.pointer[:-1])
    return (
        stretch(document, parts[position - 1])[1] if position else stretch(document, above)[0],
        stretch(document, parts[position + 1])[0] if position + 1 < len(parts) else after.end(),
    )


def is_subsequence(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(one in rest for one in few)


def check(document: Document, edit: Edit) -> Document | None:
    """The document after the edit, with all that is promised of it; None where it was refused."""
    text, data = document.text, deepcopy(document.data)
    try:
        after = apply(document, [edit])
    except RefusedError:
        return None
    finally:
        assert (document.text, document.data) == (text, data)

    assert after.data == edited(data, edit)
    assert parse(after.text).data == after.data

    start, end = may_change(document, edit)
    assert after.text.startswith(text[:start].rstrip(" "))
    assert after.text.endswith(text[end:])
    assert len(after.text) >= len(text[:start].rstrip(" ")) + len(text[end:])
    if document.entry(edit.pointer) is None or isinstance(edit, Append | Annotate):
        kept = [line for line in text.splitlines() if line.strip()]
        missing = [line for line in kept if line not in after.text.splitlines()]
        assert len(missing) <= 1, "to add something touches one line at most"

    comments_stand(document, after, edit)
    line_ends = set(re.findall(r"\r\n|\n|\r", text))
    assert set(re.findall(r"\r\n|\n|\r", after.text)) <= (line_ends or {"\n"})
    assert after.text.startswith("\ufeff") == text.startswith("\ufeff")
    if edit.pointer and document.data and after.data:
        needs_one = not isinstance(edit, Delete | Annotate) and "\\n" in repr(edit.value)
        assert after.text.endswith(("\n", "\r")) == text.endswith(("\n", "\r")) or needs_one
    return after


def comments_stand(document: Document, after: Document, edit: Edit) -> None:
    """Every comment stays but those inside what was replaced or deleted, and the one behind it where that had the line to itself."""
    found = document.entry(edit.pointer)
    gone = (0, 0)
    if isinstance(edit, Set | Delete) and found is not None:
        start, end = stretch(document, found)
        is_scalar = isinstance(document.node(edit.pointer), Scalar)
        if isinstance(edit, Delete) or not (is_scalar or getattr(document.node(edit.pointer), "flow", False)):
            end = re.compile(r"\r|\n|\Z").search(document.text, end).start()  # type: ignore[union-attr]
        above = document.node(edit.pointer[:-1])
        if isinstance(edit, Delete) and isinstance(above, Sequence) and not above.flow:
            start = document.text.rindex("-", 0, start)
        gone = (start, end)
    before = list(document.comments())
    added = [f"# {edit.comment}"] if isinstance(edit, Annotate) else []
    now = [comment.text for comment in after.comments()]
    assert is_subsequence([one.text for one in before if not gone[0] <= one.start < gone[1]], now)
    assert sorted(now) == sorted([*(one.text for one in before if one.text in now), *added]) or len(now) <= len(before) + len(added)


# -- documents and edits ---------------------------------------------------------------------------------------------------------

PLAIN = ("x", "Lena Vos", "3.1 %", "yes", "012", "2026-01-01", "c#d", "it's", "Zoë 🍅", "1_200_000.50")
QUOTED = ("", " ", "a: b", "c #d", "# e", "- f", "{g}", "'h'", '"i"', "null", "k, l", "tab\tbed", "\\", "over\u2028 there")
LINES = ("two\nlines", "two lines\nand an end\n", "one\n\n  two: #3\n")
KEYS = ("name", "lena-vos", "2026", "FY2026-Q1", "a b", "due", "x")

leaves = st.sampled_from((*PLAIN, *QUOTED, *LINES)) | st.none()
contents = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
plans = st.dictionaries(st.sampled_from(KEYS), contents, max_size=4)


class Layout(NamedTuple):
    """Decides on every detail of how a document is written."""

    choose: Callable[[tuple[Any, ...]], Any]
    step: int
    dash: int
    ends_line: bool
    """Whether the last line has a line end: without one a block of text cannot say that it ends with one."""

    def comment(self) -> str:
        return str(self.choose(("", "", "", "  # note", " # see: 'x', {y}")))

    def scalar(self, text: str | None, *, flow: bool) -> str:
        if text is None:
            return str(self.choose(("null", "~") if flow else ("null", "~", "")))
        styles = ('"', *(("'",) if text.isprintable() else ()), *(("",) if text in PLAIN else ()))
        match self.choose(styles):
            case "'":
                return "'" + text.replace("'", "''") + "'"
            case '"':
                return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028")
        return text

    def flow(self, value: Any) -> str:
        blank = self.choose(("", "", " "))
        if isinstance(value, dict):
            return f"{{{blank}{', '.join(f'{name}: {self.flow(one)}' for name, one in value.items())}{blank}}}"
        if isinstance(value, list):
            return f"[{blank}{', '.join(map(self.flow, value))}{blank}]"
        return self.scalar(value, flow=True)

    def block(self, value: Any, indent: int) -> tuple[str, list[str]]:
        """What stands behind a colon or dash at `indent`, and the lines below."""
        if isinstance(value, str) and "\n" in value and (self.ends_line or not value.endswith("\n")) and self.choose((True, False)):
            body = value.removesuffix("\n").split("\n")
            return ("|" if value.endswith("\n") else "|-"), [" " * (indent + self.step) + line if line else "" for line in body]
        if not isinstance(value, dict | list):
            return self.scalar(value, flow=False), []
        style = self.choose(("line", "wrapped", "block", "block")) if value else "line"
        if style == "line":
            return self.flow(value), []
        parts = [(name, one) for name, one in value.items()] if isinstance(value, dict) else [("", one) for one in value]
        lines = []
        if style == "wrapped":
            for number, (name, one) in enumerate(parts, 1):
                comma = "," if number < len(parts) else self.choose(("", ","))
                lines.append(" " * (indent + self.step) + (f"{name}: " if name else "") + self.flow(one) + comma + self.comment())
            opening, closing = "{}" if isinstance(value, dict) else "[]"
            if self.choose((True, False)) or "#" in lines[-1]:
                return opening, [*lines, " " * indent + closing]
            return opening, [*lines[:-1], lines[-1] + closing]
        below = indent + (self.step if isinstance(value, dict) else self.dash)
        for name, one in parts:
            if self.choose((False, False, True)):
                lines.append(" " * below + "# about the next")
            lines += self.entry(name, one, below) if name else self.item(one, below)
        return "", lines

    def entry(self, name: str, value: Any, indent: int) -> list[str]:
        head, below = self.block(value, indent)
        return [f"{' ' * indent}{name}:{' ' * bool(head)}{head}{self.comment()}", *below]

    def item(self, value: Any, indent: int) -> list[str]:
        if isinstance(value, dict) and value and self.choose((True, False)):
            first, *rest = [line for name, one in value.items() for line in self.entry(name, one, indent + 2)]
            return [f"{' ' * indent}- {first[indent + 2 :]}", *rest]
        head, below = self.block(value, indent + 1)
        return [f"{' ' * indent}-{' ' * bool(head)}{head}{self.comment()}", *below]


def written(data: dict[str, Any], choose: Callable[[tuple[Any, ...]], Any]) -> str:
    """A text that says the data, in one of very many ways."""
    step = choose((2, 2, 4, 3))
    newline = choose(("\n", "\n", "\r\n", "\r"))
    end = choose((newline, newline, "", f"{newline}# the end{newline}", f"{newline}{newline}"))
    layout = Layout(choose, step, choose((0, step)), bool(end))
    lines = [line for name, value in data.items() for line in layout.entry(name, value, 0)] or ["{}"]
    marker = choose(((), (), ("---",), ("# a plan", "")))
    return str(choose(("", "", "\ufeff"))) + newline.join([*marker, *lines]) + str(end)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    data = draw(plans)
    document = parse(written(data, lambda options: draw(st.sampled_from(options))))
    assert document.data == data, "a mistake in the layout"
    return document


values = st.recursive(
    leaves
    | st.integers(-(10**9), 10**9)
    | st.booleans()
    | st.decimals(allow_nan=False, allow_infinity=False, places=2)
    | st.dates(date(1000, 1, 1)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from((*KEYS, "null", "<<", "a: b")), inner, max_size=5),
    max_leaves=10,
)


def pointers(data: Any, above: Pointer = ()) -> Iterator[Pointer]:
    yield above
    for step, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from pointers(value, (*above, step))


@st.composite
def edits(draw: st.DrawFn, data: Any) -> Edit:
    """Any edit, most of which make sense."""
    pointer = draw(st.sampled_from(list(pointers(data))))
    beyond = (*pointer, *draw(st.lists(st.sampled_from(("new", "name", 0, 7)), max_size=2)))
    return draw(
        st.one_of(
            st.builds(Set, st.just(beyond), values),
            st.builds(Set, st.just(pointer), values),
            st.builds(Append, st.just(beyond), values),
            st.builds(Delete, st.just(pointer)),
            st.builds(Annotate, st.just(pointer), st.sampled_from(("checked", "a: b", "{x", "'"))),
        )
    )


# -- the properties --------------------------------------------------------------------------------------------------------------


@given(st.data(), documents())
def test_an_edit_changes_its_own_span_or_is_refused(data: st.DataObject, document: Document):
    edit = data.draw(edits(document.data))
    after = check(document, edit)
    event(f"{type(edit).__name__} {'refused' if after is None else 'made'}")


@given(st.data())
def test_an_edit_of_a_plan(data: st.DataObject):
    document = parse(PLAN)
    check(document, data.draw(edits(document.data)))


TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)
LAYOUTS = (
    "a: b\n",
    "a: 'b'\n",
    'a: "b"  # note\n',
    "{a: b, c: d}",
    "{a: 'b'}",
    "a: |\n  b\nc: d\n",
    "a:\n  - b\nc: d",
    "a:\r\nc: d\r\n",
    "---\na: b\n...\n",
)


@given(TEXT, st.sampled_from(LAYOUTS))
@example("a\u3000", LAYOUTS[0])
@example("\ud800", LAYOUTS[0])
@example("- ", LAYOUTS[3])
@example("who?", LAYOUTS[3])
@example("who? me", LAYOUTS[3])
@example("<<<<<<< x\n=======\n", LAYOUTS[0])
def test_any_text_comes_back(text: str, layout: str):
    document = parse(layout)
    if re.search("[\ud800-\udfff]", text):
        with pytest.raises(RefusedError):
            apply(document, [Set(("a",), text)])
        return
    for edit in (
        Set(("a",), text),
        Set(("new",), text),
        Append(("list",), text),
        Set(("new", "below"), text),
        Set(("a",), {"key": [text]}),
    ):
        after = check(document, edit)
        assert after is not None
        after.text.encode()


@given(TEXT.filter(lambda text: not re.search("[\ud800-\udfff]", text)), st.sampled_from(("a: b\n", "{a: b}\n")))
@example("", "a: b\n")
@example("<<", "a: b\n")
def test_any_text_can_be_a_key(text: str, layout: str):
    after = apply(parse(layout), [Set((text,), "value")])
    assert parse(after.text).data == {"a": "b"} | {text: "value"}


def test_naughty_strings_come_back():
    naughty = json.loads(shared("corpora", "blns.json").read_text(encoding="utf-8"))
    assert len(naughty) > 400
    for text in naughty:
        if isinstance(text, str) and not re.search("[\ud800-\udfff]", text):
            for layout in LAYOUTS:
                assert apply(parse(layout), [Set(("a",), text)]).data["a"] == text  # type: ignore[index,call-overload]


class PlanUnderEdits(RuleBasedStateMachine):
    """Any number of edits, one after the other, against a plain dict."""

    @initialize(text=st.sampled_from((PLAN, PLAN.replace("\n", "\r\n"), PLAN.rstrip("\n"), "", "# empty\n", "a: {}\n")))
    def start(self, text: str) -> None:
        self.document = parse(text)
        self.model = deepcopy(self.document.data)

    def _edit(self, edit: Edit) -> None:
        after = check(self.document, edit)
        if after is not None:
            self.document, self.model = after, edited(self.model, edit)

    @rule(data=st.data(), value=values)
    def set_what_is_there(self, data: st.DataObject, value: Value) -> None:
        self._edit(Set(data.draw(st.sampled_from([*pointers(self.model)][1:] or [("a",)])), value))

    @rule(data=st.data(), value=values, name=st.sampled_from(("new", "newer", "2027")))
    def add(self, data: st.DataObject, value: Value, name: str) -> None:
        self._edit(Set((*data.draw(st.sampled_from([*pointers(self.model)])), name), value))

    @rule(data=st.data(), value=values)
    def append(self, data: st.DataObject, value: Value) -> None:
        self._edit(Append(data.draw(st.sampled_from([*pointers(self.model)])), value))

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        self._edit(Delete(data.draw(st.sampled_from([*pointers(self.model)][1:]))))

    @rule(data=st.data())
    def annotate(self, data: st.DataObject) -> None:
        self._edit(Annotate(data.draw(st.sampled_from([*pointers(self.model)])), "seen"))

    @invariant()
    def the_text_says_what_the_model_says(self) -> None:
        if hasattr(self, "document"):
            assert parse(self.document.text).data == self.model


TestPlanUnderEdits = PlanUnderEdits.TestCase
TestPlanUnderEdits.settings = settings(max_examples=max(20, settings.default.max_examples // 5), stateful_step_count=20)


# -- how much is accepted --------------------------------------------------------------------------------------------------------


def random_text(random: Random) -> str:
    words = ("Talk", "to", "Lena:", "no,", "#1", "(urgent)", "'quoted'", "roll-out;", "naïve", "[x]", "{y}", "012", "& co", "\n")
    return " ".join(random.choices(words, k=random.randint(1, 9))).strip()


def random_value(random: Random) -> Value:
    kind = random.random()
    if kind < 0.7:
        return random.choice([random_text(random), random_text(random), 420_000, Decimal("0.38"), date(2026, 12, 4), True, None])
    if kind < 0.85:
        return {name: random_text(random) for name in random.sample(("what", "owner", "due", "notes", "x-y"), random.randint(1, 5))}
    return [random_text(random) for _ in range(random.randint(0, 3))]


def random_edit(random: Random, data: Any, kind: type[Edit]) -> Edit:
    """An edit that makes sense."""
    everywhere = dict.fromkeys(pointers(data))

    def where(is_fit: Callable[[Any], bool]) -> Pointer:
        fit = [pointer for pointer in everywhere if pointer and is_fit(at(data, pointer))]
        return random.choice(fit)

    if kind is Set and random.random() < 0.5:
        return Set(
            (*where(lambda value: isinstance(value, dict)), *random.sample(("new", "newer"), random.randint(1, 2))), random_value(random)
        )
    if kind is Set:
        return Set(where(lambda _: True), random_value(random))
    if kind is Append:
        return Append(where(lambda value: isinstance(value, list)), random_value(random))
    return Delete(where(lambda _: True))


def at(data: Any, pointer: Pointer) -> Any:
    for step in pointer:
        data = data[step]
    return data


@pytest.mark.parametrize(("kind", "share"), [(Set, 0.99), (Append, 0.99), (Delete, 0.9)])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_nearly_every_edit_that_makes_sense_is_made(kind: type[Edit], share: float, newline: str):
    random = Random(7)
    document = parse(PLAN.replace("\n", newline))
    made = sum(check(document, random_edit(random, document.data, kind)) is not None for _ in range(200))
    assert made / 200 >= share


def test_strange_yaml_is_edited_rightly_or_not_at_all():
    random = Random(7)
    texts = [case["yaml"] for case in json.loads(shared("corpora", "yaml-test-suite.json").read_text(encoding="utf-8"))]
    documents = []
    for text in texts:
        try:
            documents.append(parse(text))
        except MalformedError:
            continue
    assert len(documents) > 150
    made = asked = 0
    for document in documents:
        for pointer in pointers(document.data):
            for edit in (
                Set(pointer, random_value(random)),
                Set((*pointer, "new"), random_value(random)),
                Append(pointer, random_value(random)),
                Delete(pointer),
                Annotate(pointer, "note"),
            ):
                asked += 1
                made += check(document, edit) is not None
    assert made / asked > 0.4
