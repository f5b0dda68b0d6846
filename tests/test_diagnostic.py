from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.diagnostic import Diagnostic, Location, Severity, closest, format_pointer
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize(
    ("pointer", "text"),
    [((), ""), (("contacts",), "contacts"), (("contacts", "lena-vos", "roles", 0), "contacts.lena-vos.roles.0")],
)
def test_pointers_are_written_with_dots(pointer: tuple[str | int, ...], text: str):
    assert format_pointer(pointer) == text


@pytest.mark.parametrize(
    ("word", "candidates", "meant"),
    [
        ("stanse", ["stance", "status"], "stance"),
        ("STANCE", ["stance"], "stance"),
        ("stance", ["Stance"], "Stance"),
        ("in depth", ["none", "in_depth"], "in_depth"),
        ("lena vos", ["lena-vos", "tom-bakker"], "lena-vos"),
        ("white-space", ["white_space", "units"], "white_space"),
        ("a b c d", ["a-b-c-d"], "a-b-c-d"),
        ("xyz", ["stance"], None),
        ("", ["stance"], None),
        ("stance", [], None),
        ("contact", iter(["contacts", "contact_days"]), "contacts"),
    ],
)
def test_the_closest_word(word: str, candidates: list[str], meant: str | None):
    assert closest(word, candidates) == meant


def test_of_a_great_many_words_only_some_are_compared():
    def straws() -> Iterator[str]:
        for number in range(2_000):
            yield f"straw-{number}"
        pytest.fail("all of them were looked at")

    assert closest("needle", straws()) is None


@given(st.text(), st.lists(st.text(), max_size=5))
def test_the_closest_word_is_one_of_the_words(word: str, candidates: list[str]):
    assert closest(word, candidates) in (None, *candidates)


def test_severities_from_the_gravest_down():
    assert [severity.rank for severity in (Severity.ERROR, Severity.WARNING, Severity.ADVICE)] == [0, 1, 2]
    assert [str(severity) for severity in Severity] == ["error", "warning", "advice"]


def at(path: str, line: int, column: int, rule: str = "a/b", message: str = "m") -> Diagnostic:
    return Diagnostic(Location(path, line, column, column), rule, Severity.ERROR, message)


def test_diagnostics_sort_by_file_then_down_the_page():
    ordered = [
        at("a.yaml", 2, 1),
        at("a.yaml", 10, 1),
        at("a.yaml", 10, 3, "a/a"),
        at("a.yaml", 10, 3, "a/b", "l"),
        at("a.yaml", 10, 3),
        at("b.yaml", 1, 1),
    ]
    backwards = [ordered[-position] for position in range(1, 7)]
    assert sorted(backwards, key=lambda one: one.sort_key) == ordered


def test_a_diagnostic_is_a_value():
    assert at("a.yaml", 1, 1) == at("a.yaml", 1, 1)
    assert len({at("a.yaml", 1, 1), at("a.yaml", 1, 1)}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        at("a.yaml", 1, 1).message = "other"


def test_a_file_whose_name_is_not_utf_8_has_a_fingerprint():
    assert at("caf\udce9.yaml", 1, 1).fingerprint != at("caf\udce8.yaml", 1, 1).fingerprint


def test_a_fingerprint_stays_when_lines_move():
    there = Diagnostic(Location("a.yaml", 4, 7, 9), "a/b", Severity.ERROR, "m", "h", ("team", "amira"), "  amira: x")
    moved = dataclasses.replace(there, location=Location("a.yaml", 9, 1, 2), message="n", source="amira:")
    assert there.fingerprint == moved.fingerprint
    assert re.fullmatch("[0-9a-f]{32}", there.fingerprint)


@pytest.mark.parametrize(
    "other",
    [
        {"location": Location("b.yaml", 4, 7, 9)},
        {"rule": "a/c"},
        {"pointer": ("team", "jonas")},
        {"pointer": (), "source": "amira"},
    ],
)
def test_a_fingerprint_tells_one_thing_from_another(other: dict[str, Any]):
    one = Diagnostic(Location("a.yaml", 4, 7, 9), "a/b", Severity.ERROR, "m", "h", ("team", "amira"), "  amira: x")
    assert dataclasses.replace(one, **other).fingerprint != one.fingerprint


def test_an_error_for_the_user_has_a_message_and_a_hint():
    error = UserError("no such plan", "did you mean acme?")
    assert (str(error), error.message, error.hint) == ("no such plan", "no such plan", "did you mean acme?")
    assert UserError("no such plan").hint == ""


def test_the_beginning_of_one_candidate_says_which_is_meant():
    assert closest("ruth", ["ruth-ebeling-of-brannhaven", "tobias"]) == "ruth-ebeling-of-brannhaven"
    assert closest("ru", ["ruth-ebeling-of-brannhaven"]) is None
    assert closest("ruth", ["ruth-ebeling-of-brannhaven", "ruth-meyer-of-brannhaven"]) is None
