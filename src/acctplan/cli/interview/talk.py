"""An interview on a terminal: one question after the other, each answer saved at once."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from acctplan.cli import console
from acctplan.cli.asking import let_lines_be_edited
from acctplan.cli.interview.answering import Answered, answer, is_numbered, is_unknown, options, unknown
from acctplan.diagnostic import plan_name
from acctplan.errors import UserError
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from acctplan.analysis.questions import Missing, Question
    from acctplan.cli.interview.session import Session
    from acctplan.loader import Loaded

_STOP = ("q", "quit", "exit", "stop")
_READABLE = 88
"""Columns of a line that is easily read."""


def talk(session: Session, *, is_short: bool, most: int | None, minutes: int | None) -> None:
    """Ask until nothing is missing, or somebody has had enough.

    Args:
        session: the plan.
        is_short: whether the ten-minute plan is all that is wanted.
        most: how many questions at most.
        minutes: after which nothing new is asked.

    Raises:
        UserError: the plan can no longer be read or written.
    """
    conversation = _Conversation(session, is_short=is_short)
    ends = None if minutes is None else monotonic() + 60 * minutes
    let_lines_be_edited()
    conversation.open()
    try:
        while (most is None or conversation.put < most) and (ends is None or monotonic() < ends) and conversation.one():
            pass
    except (KeyboardInterrupt, EOFError):
        console.write("\n")
    conversation.close()
    session.show()


class _Conversation:
    """How far an interview is.

    Args:
        session: the plan.
        is_short: whether the ten-minute plan is all that is wanted.
    """

    def __init__(self, session: Session, *, is_short: bool) -> None:
        self.session, self.is_short = session, is_short
        self.put = self.answered = self.noted = 0
        self._asked: set[str] = set()
        self._waiting: set[str] | None = None
        """What was still to be asked before the last answer."""

    def open(self) -> None:
        """Say what comes."""
        found = self._missing()
        console.paragraph(visible(f"{self.session.plan.profile.name}: {_standing(found)}"), widest=_READABLE, role="path")
        console.paragraph("Enter skips, ? is don't know (noted, to be asked), q ends. Each answer is saved at once.", widest=_READABLE)

    def one(self) -> bool:
        """Ask one question. False where there is none left, or nobody wants another."""
        found = self._missing()
        question = self._next(found)
        if question is None:
            return False
        self._waiting = {one.key for one in found.questions}
        self.put += 1
        self._pose(question, found)
        while True:
            typed = input("Answer: ").strip()
            if typed.casefold() in _STOP:
                return False
            self._asked.add(question.key)
            if not typed:
                return True
            try:
                self._take(question, typed)
            except UserError as error:
                console.paragraph(visible(f"! {error.message}; {error.hint}" if error.hint else f"! {error.message}"), indent=2)
            else:
                return True

    def close(self) -> None:
        """Say what came of it, and what is best next time."""
        found = self.session.missing(is_short=self.is_short, asked=self._asked)
        console.write("\n")
        noted = f", noted as unknown: {self.noted}" if self.noted else ""
        console.paragraph(f"Answered: {self.answered}{noted}. {visible(_standing(found))[:1].upper()}{visible(_standing(found))[1:]}.")
        if found.questions:
            console.paragraph(visible(f"Best next time: {found.questions[0].asks}"), widest=_READABLE)
        else:
            console.paragraph("Nothing else is missing that is worth asking.")
        name = plan_name(self.session.loaded.path)
        if self.session.plan.questions:
            console.hint(f"what to ask the customer: acctplan questions {name}")
        console.hint(f"see where it stands: acctplan show {name}")

    def _missing(self) -> Missing:
        return self.session.missing(is_short=self.is_short, asked=self._asked)

    def _next(self, found: Missing) -> Question | None:
        """What an answer has raised is asked right after it: by when, once it is known what."""
        if not found.questions:
            return None
        first = found.questions[0]
        if self._waiting is None:
            return first
        raised = [one for one in found.questions if one.key not in self._waiting and one.is_counted == first.is_counted]
        return raised[0] if raised else first

    def _pose(self, question: Question, found: Missing) -> None:
        place = f"{found.settled} of {found.counted} of the ten-minute plan" if question.is_counted else "beyond the ten-minute plan"
        console.write("\n")
        console.paragraph(f"{place} · {question.topic.value}", indent=2, widest=_READABLE, role="dim")
        console.paragraph(visible(question.asks), widest=_READABLE, role="path")
        console.paragraph(visible(question.why), indent=2, widest=_READABLE, role="dim")
        choices = options(question, self.session.plan)
        for number, choice in enumerate(choices, 1):
            mark = f"{number}  {choice.word}" if is_numbered(choices) else choice.word
            console.paragraph(visible(f"{mark}{f': {choice.label}' if choice.label else ''}"), indent=4)
        if question.kind == "id":
            console.paragraph("or a name; one that the plan does not have yet is added" if choices else "a name", indent=4)

    def _take(self, question: Question, typed: str) -> None:
        session = self.session
        is_known = not is_unknown(typed)

        def made(loaded: Loaded) -> Answered:
            return answer(question, typed, loaded, session.today) if is_known else unknown(question, loaded, session.today)

        session.put(lambda loaded: made(loaded).edits, made(session.loaded).said)
        if is_known:
            self.answered += 1
        else:
            self.noted += 1


def _standing(found: Missing) -> str:
    if found.settled < found.counted:
        return f"the ten-minute plan: {found.settled} of {found.counted} known or noted"
    return f"the ten-minute plan is complete ({found.counted} of {found.counted})"
