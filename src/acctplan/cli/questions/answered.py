"""The answer to a question that was noted: with the question, and in the field that it is about where it can be read as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_origin

from acctplan.analysis.questions import missing
from acctplan.cli import console
from acctplan.cli.editing import change, edited
from acctplan.cli.entries import locate
from acctplan.cli.interview.answering import answer, is_unknown
from acctplan.cli.values import pointer_said, text_said, value_said
from acctplan.diagnostic import format_pointer, plan_name
from acctplan.edit import Set
from acctplan.errors import UserError
from acctplan.model.fields import Section
from acctplan.model.references import type_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from acctplan.analysis.questions import Question
    from acctplan.book import Book
    from acctplan.edit import Edit
    from acctplan.loader import Loaded

_LONGEST_NAME = 4
"""Words of a person's name. More are a sentence about somebody."""


class _Filled(NamedTuple):
    """What an answer writes besides itself."""

    edits: Sequence[Edit]
    said: str
    """What the plan says then; empty where nothing is written."""
    why_not: str = ""


def note(plans: list[str], identifier: str, text: str, today: date, *, show_diff: bool) -> None:
    """Write the answer to a question that was noted, and say where it went.

    Args:
        plans: where to look for it.
        identifier: of the question.
        text: as it was typed.
        today: what days count from.
        show_diff: shows what would be written, and writes nothing.

    Raises:
        UserError: there is no such question, the answer has no word, or is none.
    """
    found = locate([*plans, identifier], "question")
    about = found.plan.questions[found.entry.id].about
    said = text_said(text)
    if is_unknown(said):
        raise UserError(f"'{said}' is no answer", "the question stays open")
    own = found.entry.pointer

    def filled(loaded: Loaded) -> _Filled:
        if loaded.plan is None or found.entry.id not in loaded.plan.questions:
            raise UserError(f"{loaded.path} has no question {found.entry.id} any more", "see what changed in the plan")
        return _Filled((), "") if about is None else _filled(found.book, loaded, about, said, today)

    def edits(loaded: Loaded) -> list[Edit]:
        more = (one for one in filled(loaded).edits if one.pointer[: len(own)] != own)
        return [Set((*own, "status"), "answered"), Set((*own, "answer"), said), *more]

    told = filled(found.loaded)
    written = f"; {told.said}" if told.said else ""
    change(found.book, [found.path], edits, show_diff=show_diff, said=f"answered: {found.entry.name}{written}")
    if about is not None and not told.said:
        console.say(f"kept with the question alone, {about} is not filled in: {told.why_not}")
        name = plan_name(found.loaded.path)
        console.hint(f"write it there: acctplan set {name} {about} VALUE" if _is_value(about) else f"add it: acctplan interview {name}")


def _filled(book: Book, loaded: Loaded, about: str, said: str, today: date) -> _Filled:
    """What goes into the field that a question is about."""
    assert loaded.plan is not None
    asked = missing(loaded.plan, book.config, today, again=[about]).questions
    question = next((one for one in asked if one.key == about), None)
    try:
        if question is not None:
            made = answer(question, said, loaded, today)
            _refuse_sentences(question, said, made.edits)
            read = _Filled(made.edits, made.said)
        else:
            read = _plainly(loaded, about, said, today)
        edited(book, loaded, read.edits)
    except UserError as error:
        return _Filled((), "", f"{error.message}{f'; {error.hint}' if error.hint else ''}")
    return read


def _refuse_sentences(question: Question, said: str, edits: Sequence[Edit]) -> None:
    """Nobody is called `Lena does, I think`: what is no name makes no new person."""
    section = question.section or str(question.pointer[0])
    is_new = any(isinstance(one, Set) and isinstance(one.value, dict) and one.pointer[:-1] == (section,) for one in edits)
    is_name = question.pointer[-1] == "name" or (is_new and "name" in (question.field or "name"))
    words = said.split()
    looks_like_one = len(words) <= _LONGEST_NAME and all(word[0].isupper() for word in (words[0], words[-1])) and "," not in said
    if section in ("contacts", "team") and is_name and not looks_like_one:
        raise UserError(f"'{said}' does not look like a name")


def _plainly(loaded: Loaded, about: str, said: str, today: date) -> _Filled:
    """A value for a field that is not asked for now, as long as it is empty."""
    pointer = pointer_said(about)
    data: Any = loaded.read().data
    for step in pointer[:-1]:
        data = data.get(step) if isinstance(data, dict) else None
    if not isinstance(data, dict):
        raise UserError(f"the plan has no {format_pointer(pointer[:-1])}")
    if data.get(pointer[-1]) is not None:
        raise UserError("it says something already")
    return _Filled([Set(pointer, value_said(said, pointer, today))], f"{about} is now {said}")


def _is_value(about: str) -> bool:
    """Whether a question is about a field, and not about entries that are missing."""
    try:
        kind = type_at(pointer_said(about))
    except UserError:
        return False
    return not (get_origin(kind) is dict or (isinstance(kind, type) and issubclass(kind, Section)))
