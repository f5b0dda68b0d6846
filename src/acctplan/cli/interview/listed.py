"""What an interview would ask, without asking it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.interview.answering import options
from acctplan.diagnostic import format_pointer
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from acctplan.analysis.questions import Question
    from acctplan.cli.interview.session import Session

_READABLE = 88
"""Columns of a line that is easily read."""


def listed(session: Session, *, is_short: bool, most: int | None, as_json: bool) -> None:
    """List the questions in order: on a terminal with why, elsewhere in full."""
    found = session.missing(is_short=is_short)
    questions = found.questions[:most]
    if as_json:
        said = {
            "version": 1,
            "today": session.today.isoformat(),
            "plan": session.loaded.path,
            "account": session.plan.profile.name,
            "ten_minutes": {"settled": found.settled, "of": found.counted},
            "questions": [_data(session, one) for one in questions],
        }
        console.write(json.dumps(said, indent=2) + "\n")
    elif console.is_terminal():
        _screen(questions)
        console.say(f"ten-minute plan: {found.settled} of {found.counted}")
    else:
        titles = ("key", "topic", "ten_minutes", "value", "kind", "choices", "question", "why", "aloud", "contact", "rule")
        console.table([Column(title) for title in titles], [_row(session, one) for one in questions])


def _screen(questions: tuple[Question, ...]) -> None:
    if not questions:
        console.write("Nothing is missing that is worth asking.\n")
    for number, question in enumerate(questions, 1):
        console.paragraph(visible(f"{number:>2}. {question.asks}"), hanging=4, widest=_READABLE, role="path")
        choices = ", ".join(choice.word for choice in question.choices)
        console.paragraph(visible(f"{question.why}{f' ({choices})' if choices else ''}"), indent=6, widest=_READABLE)
        console.write(f"      {console.paint('dim', visible(question.key))}\n")


def _row(session: Session, question: Question) -> list[str]:
    choices = ", ".join(choice.word for choice in options(question, session.plan))
    return [
        question.key,
        question.topic.value,
        "yes" if question.is_counted else "no",
        f"{question.value:.2f}",
        question.kind,
        choices,
        question.asks,
        question.why,
        question.aloud,
        question.contact or "",
        question.rule,
    ]


def _data(session: Session, question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "pointer": format_pointer(question.pointer),
        "topic": question.topic.value,
        "is_of_ten_minutes": question.is_counted,
        "value": question.value,
        "kind": question.kind,
        "choices": [choice._asdict() for choice in options(question, session.plan)],
        "question": question.asks,
        "why": question.why,
        "aloud": question.aloud or None,
        "contact": question.contact,
        "rule": question.rule,
    }
