"""Answers that were written down before: a line for each, as `POINTER: VALUE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from acctplan.cli import console
from acctplan.cli.editing import change, edited
from acctplan.cli.interview.answering import answer, is_unknown, unknown
from acctplan.cli.values import entry_meant, missing_entry, pointer_said, value_said
from acctplan.diagnostic import closest, format_pointer
from acctplan.edit import Set
from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.cli.interview.session import Session
    from acctplan.edit import Edit
    from acctplan.loader import Loaded


class Line(NamedTuple):
    """An answer, and where it stands."""

    number: int
    key: str
    """What the question is known by: a pointer."""
    value: str


def answered_from(session: Session, file: str) -> None:
    """Take all answers of a file, or none of them.

    Args:
        session: the plan.
        file: its name; `-` is standard input.

    Raises:
        UserError: it cannot be read, or an answer does not fit its question. The line is named.
    """
    name = "standard input" if file == "-" else file
    lines = list(_lines(_read(file), name))
    counts = {"answered": 0, "noted": 0}

    def edits(loaded: Loaded) -> list[Edit]:
        made: list[Edit] = []
        counts.update(answered=0, noted=0)
        for line in lines:
            try:
                some = _edits(session, line, loaded)
                loaded = edited(session.book, loaded, some)
            except UserError as error:
                raise UserError(f"{name}:{line.number}: {error.message}", error.hint) from None
            counts["noted" if is_unknown(line.value) else "answered"] += 1
            made += some
        return made

    (after,) = change(
        session.book, [session.path], edits, show_diff=session.is_dry, said=f"took {len(lines)} answer{'' if len(lines) == 1 else 's'}"
    )
    found = session.missing(loaded=after)
    console.say(f"answered: {counts['answered']}, noted as unknown: {counts['noted']}; ten-minute plan: {found.settled} of {found.counted}")
    if found.questions:
        console.say(f"best next time: {found.questions[0].asks} ({found.questions[0].key})")


def _read(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    from acctplan.book import UnreadableError, read

    try:
        return read(Path(file))
    except UnreadableError as error:
        raise UserError(f"{file}: {error.message}", error.hint) from None


def _lines(text: str, name: str) -> Iterator[Line]:
    """A line with a pointer and a value, parted by the first colon or equals sign; blank ones and comments say nothing."""
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        at = min((place for sign in ":=" if (place := line.find(sign)) >= 0), default=-1)
        key, value = line[:at].strip(), line[at + 1 :].strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        if at < 1 or not key or not value:
            raise UserError(f"{name}:{number}: no answer", "write POINTER: VALUE, such as contacts.lena-vos.stance: neutral; ? is unknown")
        yield Line(number, key, value)


def _edits(session: Session, line: Line, loaded: Loaded) -> list[Edit]:
    """What an answer writes: to a question that is open, else to any field that can be set."""
    questions = session.missing(loaded=loaded).questions
    question = next((one for one in questions if one.key == line.key or format_pointer(one.pointer) == line.key), None)
    if question is not None:
        made = unknown(question, loaded, session.today) if is_unknown(line.value) else answer(question, line.value, loaded, session.today)
        return made.edits
    near = closest(line.key, [one.key for one in questions])
    nothing = UserError(f"nothing is asked about {line.key}", f"did you mean {near}?" if near else "see what is: --list")
    if is_unknown(line.value):
        raise nothing
    pointer = pointer_said(line.key)
    try:
        value = value_said(line.value, pointer, session.today)
    except UserError as error:
        raise nothing if "is a section" in error.message else error from None
    if missing := missing_entry(loaded.read().data, pointer):
        meant = entry_meant(loaded.read().data, missing)
        raise UserError(f"the plan has no {format_pointer(missing)}", f"did you mean {meant}?" if meant else "to add one: acctplan add")
    return [Set(pointer, value)]
