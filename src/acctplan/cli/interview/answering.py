"""From what somebody said to what is written: checked as everything else that is typed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, get_origin

from acctplan.analysis.questions import NEW, Choice
from acctplan.cli.days import FORMS, day_said
from acctplan.cli.entries import alike
from acctplan.cli.values import text_said, value_said
from acctplan.diagnostic import format_pointer
from acctplan.edit import Set
from acctplan.errors import UserError
from acctplan.model.references import type_at
from acctplan.naming import free, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from acctplan.analysis.questions import Question
    from acctplan.diagnostic import Pointer
    from acctplan.edit import Edit, Value
    from acctplan.loader import Loaded
    from acctplan.model import Plan

_UNKNOWN = re.compile(
    r"\?+|unknown|(?:i )?(?:do not|don't|dont) know(?: yet)?|(?:i )?dunno|idk"
    r"|(?:i have )?no (?:idea|clue)|(?:i am |i'm |im )?not sure(?: yet)?"
)
_THOUSANDS = re.compile(r"([0-9]+(?:[.,][0-9]{1,3})?) ?([km])", re.IGNORECASE)
_MOST_LISTED = 9
"""Of many entries so many are offered by number; the others by their id or name."""
_DIGITS = 3
"""Of the number of a choice."""
_DONE = ("done", "yes", "y")


class Answered(NamedTuple):
    """An answer that fits its question."""

    edits: list[Edit]
    said: str
    """What is in the plan then, in a few words."""


def is_unknown(text: str) -> bool:
    """Whether somebody says that they do not know."""
    return _UNKNOWN.fullmatch(" ".join(text.rstrip(" .!").replace("\u2019", "'").casefold().split())) is not None


def answers_noted(question: Question, plan: Plan) -> Iterator[str]:
    """What was noted as the answer to a question (`acctplan questions --answer`), and is not where it counts yet."""
    return (one.answer for one in plan.questions.values() if one.about == question.key and one.status == "answered" and one.answer)


def options(question: Question, plan: Plan) -> tuple[Choice, ...]:
    """What there is to choose from: the question's own choices, or the entries that may be meant."""
    if question.kind != "id":
        return question.choices
    entries = getattr(plan, question.section)
    return tuple(Choice(key, entry.name or getattr(entry, "title", None) or "") for key, entry in entries.items())[:_MOST_LISTED]


def is_numbered(choices: Sequence[Choice]) -> bool:
    """Whether choices go by number: not where they are numbers themselves."""
    return not any(choice.word.isdigit() for choice in choices)


def answer(question: Question, text: str, loaded: Loaded, today: date) -> Answered:
    """What an answer writes.

    Args:
        question: what was asked.
        text: what was said; not that it is unknown.
        loaded: the plan as it is.
        today: what days count from.

    Raises:
        UserError: it is no answer to the question; the words say what is.
    """
    assert loaded.plan is not None
    match question.kind:
        case "entry":
            _refuse_days(text, today)
            edits = _entry(question, text, loaded)
        case "id":
            edits = _named(question, text, loaded.plan)
        case "done":
            edits = _done(question.pointer, text, today)
        case "choice":
            edits = [Set(question.pointer, _chosen(question, text, today)), *_also(question)]
        case "day":
            edits = [Set(question.pointer, _day(question.pointer, text, today))]
        case "amount":
            edits = [Set(question.pointer, value_said(_amount(text), question.pointer, today))]
        case "text":
            _refuse_days(text, today)
            edits = [Set(question.pointer, text_said(text))]
        case "list":
            edits = [Set(question.pointer, value_said(text, question.pointer, today))]
    return Answered([*edits, *_settled(question, text, loaded.plan)], _in_words(edits[0]))


def unknown(question: Question, loaded: Loaded, today: date) -> Answered:
    """What is written where nobody knows: a question, for the customer where it is one that they can answer."""
    assert loaded.plan is not None
    plan = loaded.plan
    standing = next((key for key, one in plan.questions.items() if one.about == question.key and one.status == "open"), None)
    if standing is not None:
        return Answered([Set(("questions", standing, "asked"), today)], "noted again as unknown")
    identifier = free(slug(question.key), plan.questions)
    entry: dict[str, Value] = {"what": question.aloud or question.asks, "about": question.key}
    if question.contact is not None and question.aloud:
        entry["contact"] = question.contact
    whom = plan.contacts[question.contact].name if question.contact is not None and question.aloud else None
    return Answered([Set(("questions", identifier), {**entry, "asked": today})], f"noted as a question{f' for {whom}' if whom else ''}")


def _refuse_days(text: str, today: date) -> None:
    """Nothing that is said in words is `2026-12-31` or `+2w`: that answers the question before, or the one after."""
    if any(letter.isdigit() for letter in text) and day_said(text, today) is not None:
        raise UserError(f"'{text.strip()}' is a day", "this is asked for in words")


def _settled(question: Question, text: str, plan: Plan) -> Iterator[Edit]:
    """What was noted as unknown is known now."""
    for key, entry in plan.questions.items():
        if entry.about == question.key and entry.status == "open":
            yield Set(("questions", key, "status"), "answered")
            yield Set(("questions", key, "answer"), text_said(text))


def _entry(question: Question, text: str, loaded: Loaded) -> list[Edit]:
    words = text_said(text)
    taken = _data(loaded, question.pointer)
    identifier = slug(words)
    if not identifier:
        raise UserError("an id cannot be made from these words", "use a few letters from a to z in it")
    if identifier in taken:
        raise UserError(f"there is one called {identifier} already", "give it another name")
    return _made(question, question.pointer, identifier, {question.field: words})


def _made(question: Question, above: Pointer, identifier: str, entry: dict[str, Value]) -> list[Edit]:
    """A new entry, with whatever goes along with it."""
    own = (*above, NEW)
    inside = {str(pointer[-1]): _plain(value) for pointer, value in question.also if pointer[:-1] == own}
    others = [Set(_filled(pointer, identifier), _plain(value)) for pointer, value in question.also if pointer[:-1] != own]
    return [Set((*above, identifier), {**entry, **inside}), *others]


def _named(question: Question, text: str, plan: Plan) -> list[Edit]:
    """An entry that there is, by number, id or name; any other name is a new one."""
    entries = getattr(plan, question.section)
    listed = options(question, plan)
    words = text_said(text)
    edits: list[Edit] = []
    if words.isdecimal() and len(words) <= _DIGITS and words not in entries:
        if not 1 <= int(words) <= len(listed):
            raise UserError(f"there is no number {words}", f"1 to {len(listed)}, or a name" if listed else "give a name")
        identifier = listed[int(words) - 1].word
    elif words in entries:
        identifier = words
    else:
        found = alike(words, list(entries.items()), lambda one: (one[0], one[1].name or getattr(one[1], "title", None) or one[0]))
        if len(found) > 1:
            raise UserError(f"{len(found)} may be meant by {words}", f"one of {', '.join(key for key, _ in found[:_MOST_LISTED])}")
        identifier = found[0][0] if found else free(slug(words) or question.section.removesuffix("s"), entries)
        if not found:
            edits.append(Set((question.section, identifier), {"name": words}))
    kind = type_at(question.pointer)
    if kind is str:
        edits.append(Set(question.pointer, identifier))
    elif get_origin(kind) is tuple:
        edits.append(Set(question.pointer, [identifier]))
    return [*edits, *(Set(_filled(pointer, identifier), _plain(value)) for pointer, value in question.also)]


def _chosen(question: Question, text: str, today: date) -> Value:
    said = text.strip().casefold()
    words = [choice.word for choice in question.choices]
    by_word = [word for word in words if said in (word.casefold(), word.casefold().replace("_", " "))]
    begun = by_word or [word for word in words if said and word.casefold().startswith(said)]
    if len(begun) == 1:
        chosen = begun[0]
    elif is_numbered(question.choices) and said.isdecimal() and len(said) <= _DIGITS and 1 <= int(said) <= len(words):
        chosen = words[int(said) - 1]
    else:
        there = ", ".join(words)
        by_number = ", or its number" if is_numbered(question.choices) else ""
        raise UserError(f"'{text.strip()}' is none of the answers", f"one of {there}{by_number}")
    return value_said(chosen, question.pointer, today) if not chosen.isdigit() else int(chosen)


def _day(pointer: Pointer, text: str, today: date) -> date:
    is_past = pointer[-1] == "last_contact"
    day = day_said(text, today, is_past=is_past)
    if day is None:
        raise UserError(f"'{text.strip()}' is no day", f"say {FORMS}")
    if is_past:
        if day > today:
            raise UserError(f"{day} is still to come", "say the day on which you last spoke")
    elif day < today:
        raise UserError(f"{day} is past", "say a day from today on")
    return day


def _done(pointer: Pointer, text: str, today: date) -> list[Edit]:
    """An action that is done, or will be on another day."""
    if text.strip().casefold() in _DONE:
        return [Set((*pointer[:-1], "status"), "done"), Set((*pointer[:-1], "done"), today)]
    if text.strip().casefold() in ("cancelled", "no longer"):
        return [Set((*pointer[:-1], "status"), "cancelled")]
    try:
        return [Set(pointer, _day(pointer, text, today))]
    except UserError as error:
        raise UserError(error.message, f"say done, cancelled, or a day: {FORMS}") from None


def _amount(text: str) -> str:
    """Thousands and millions as people say them: 400k, 1.2 m."""
    if short := _THOUSANDS.fullmatch(text.strip()):
        return f"{Decimal(short[1].replace(',', '.')) * (1000 if short[2] in 'kK' else 1_000_000):f}"
    return text


def _also(question: Question) -> Iterator[Edit]:
    return (Set(pointer, _plain(value)) for pointer, value in question.also)


def _plain(value: object) -> Value:
    return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value]


def _filled(pointer: Pointer, identifier: str) -> Pointer:
    return tuple(identifier if step == NEW else step for step in pointer)


def _data(loaded: Loaded, pointer: Pointer) -> dict[str, object]:
    data: object = loaded.read().data
    for step in pointer:
        data = data.get(str(step)) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _in_words(edit: Edit) -> str:
    assert isinstance(edit, Set)
    value = edit.value
    if isinstance(value, dict):
        return f"added {format_pointer(edit.pointer)}"
    return f"{format_pointer(edit.pointer)} is now {', '.join(map(str, value)) if isinstance(value, list) else value}"
