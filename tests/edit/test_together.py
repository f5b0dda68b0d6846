"""Edits made at once give, byte for byte, what they give one after the other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from acctplan import edit as editing
from acctplan.document import MAX_CHARACTERS, Document, parse
from acctplan.edit import Annotate, Append, Delete, Edit, RefusedError, Set, apply

PLAN = """\
# first
profile:
  name: Acme   # who
  starts: 2026-01-01
  note:
contacts:
  ann: {name: Ann, stance: neutral}
  # about bob
  bob:
    name: Bob  # the boss
    roles: [user]

  # about cy
  cy:
    name: 'Cy'
    words: |
      one
      two
    last:
opportunities:
  one: {name: One}
  two:
    name: Two
# the end
"""
PLACES = [
    ("profile",),
    ("profile", "name"),
    ("profile", "note"),
    ("profile", "new"),
    ("contacts", "ann"),
    ("contacts", "ann", "stance"),
    ("contacts", "ann", "title"),
    ("contacts", "bob"),
    ("contacts", "bob", "name"),
    ("contacts", "bob", "roles"),
    ("contacts", "bob", "roles", 0),
    ("contacts", "bob", "title"),
    ("contacts", "cy"),
    ("contacts", "cy", "words"),
    ("contacts", "cy", "last"),
    ("contacts", "cy", "title"),
    ("contacts", "dee"),
    ("contacts", "eve"),
    ("contacts", "dee", "name"),
    ("opportunities", "one"),
    ("opportunities", "two"),
    ("opportunities", "two", "name"),
    ("opportunities", "two", "stage"),
    ("opportunities", "three"),
    ("risks",),
    ("risks", "it"),
    ("team",),
]
places = st.sampled_from(PLACES)
values: Any = st.sampled_from(["x", "#y", "two\nlines", "over\nand over\n", None, 420_000, [], {}, ["a", "b"], {"name": "N"}])
values |= st.just({"name": "N", "notes": "many\nlines", "roles": ["user"], "crm": {"salesforce": "0"}, "z": {}})
edits = st.one_of(
    st.builds(Set, places, values),
    st.builds(Delete, places),
    st.builds(Annotate, places, st.sampled_from(["review: a", "review: b"])),
    st.builds(Append, places, values),
)
texts = st.sampled_from([PLAN, PLAN.replace("\n", "\r\n"), PLAN.removesuffix("\n# the end\n"), PLAN.replace("\n", "\r\n", 1), "a: 1", ""])


def outcome(document: Document, few: list[list[Edit]]) -> str:
    """The text after the edits, or how they are refused."""
    try:
        for some in few:
            document = apply(document, some)
    except RefusedError as error:
        return f"refused: {error.message}; {error.hint}"
    return document.text


@given(texts, st.lists(edits, min_size=2, max_size=8))
def test_at_once_is_as_one_after_the_other(text: str, every: list[Edit]):
    alone = outcome(parse(text), [[one] for one in every])
    assert outcome(parse(text), [every]) == alone
    event("refused" if alone.startswith("refused") else "made")


@given(texts, st.lists(edits, min_size=2, max_size=30))
def test_of_those_that_can_be_made_too(text: str, every: list[Edit]):
    document, made = parse(text), []
    for one in every:
        try:
            document = apply(document, [one])
        except RefusedError:
            continue
        made.append(one)
    assert apply(parse(text), made).text == document.text


@pytest.fixture
def parsed(monkeypatch):
    """How often a text is parsed."""
    asked: list[str] = []

    def counted(text: str) -> Document:
        asked.append(text)
        return parse(text)

    monkeypatch.setattr(editing, "parse", counted)
    return asked


@pytest.mark.parametrize(
    "every",
    [
        [Set(("contacts", f"new-{number}"), {"name": "N", "notes": "a\nb"}) for number in range(50)],
        [Annotate(pointer, "seen") for pointer in [("profile",), ("contacts", "bob"), ("contacts", "cy"), ("opportunities", "two")]],
        [Set(("profile", "name"), "New"), Set(("contacts", "ann", "stance"), "positive"), Set(("contacts", "bob", "title"), "CEO")],
        [Delete(("contacts", "ann")), Delete(("contacts", "cy")), Delete(("opportunities", "one"))],
    ],
    ids=["added", "annotated", "set", "deleted"],
)
def test_what_has_nothing_to_do_with_each_other_is_parsed_once(every, parsed):
    after = apply(parse(PLAN), every)
    assert len(parsed) == 1
    assert outcome(parse(PLAN), [[one] for one in every]) == after.text


@pytest.mark.parametrize(
    "every",
    [
        [Set(("contacts", "dee"), {}), Set(("contacts", "cy", "title"), "CEO")],
        [Set(("contacts", "cy", "title"), "CEO"), Set(("contacts", "dee"), {})],
        [Set(("contacts", "cy", "last"), "x"), Set(("contacts", "cy", "title"), "CEO")],
        [Delete(("opportunities", "one")), Delete(("opportunities", "two"))],
        [Delete(("contacts", "cy")), Set(("contacts", "dee"), {})],
        [Set(("contacts", "dee"), {"name": "Dee"}), Set(("contacts", "dee", "name"), "D")],
        [Annotate(("contacts", "bob"), "a"), Annotate(("contacts", "bob"), "b")],
    ],
)
def test_what_has_to_do_with_each_other_comes_out_the_same(every):
    assert outcome(parse(PLAN), [every]) == outcome(parse(PLAN), [[one] for one in every])


@pytest.mark.parametrize(
    ("every", "times"),
    [
        (
            [
                Set(("contacts", "dee"), {}),
                Set(("contacts", "eve"), {}),
                Set(("contacts", "cy", "title"), "CEO"),
                Delete(("profile", "name")),
            ],
            2,
        ),
        ([Delete(("opportunities", "one")), Delete(("opportunities", "two")), Delete(("contacts", "ann"))], 3),
        ([Set(("profile", "name"), "New"), Set(("contacts", "bob", "title"), "CEO"), Delete(("contacts", "bob"))], 2),
    ],
    ids=["another mapping at the same place", "the last one", "what was changed before"],
)
def test_what_has_to_do_with_an_earlier_one_begins_another_run(every, times, parsed):
    apply(parse(PLAN), every)
    assert len(parsed) == times


def test_what_is_too_large_together_is_refused_at_the_edit_that_makes_it_so():
    start = "first: a\nsecond: b\n# "
    document = parse(start + "x" * (MAX_CHARACTERS - len(start) - 100) + "\n")
    with pytest.raises(RefusedError, match="cannot change second: the plan would become too large"):
        apply(document, [Set(("first",), "y" * 60), Set(("second",), "y" * 60)])
