"""An interview on a terminal: one question after the other, each answer saved at once."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Literal, NamedTuple

from acctplan.cli import console
from acctplan.cli.asking import let_lines_be_edited
from acctplan.cli.days import FORMS
from acctplan.cli.interview.answering import Answered, answer, answers_noted, is_numbered, is_unknown, options, unknown
from acctplan.diagnostic import plan_name
from acctplan.errors import UserError
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from acctplan.analysis.questions import Kind, Missing, Question
    from acctplan.cli.interview.session import Session
    from acctplan.loader import Loaded

_STOP = ("q", "quit", "exit", "stop")
_BACK = ("b", "back", "undo")
_HELP = ("h", "help")
_KEYS = "Enter skips, ? is don't know (noted, to be asked), b goes back, h is help, q ends. Each answer is saved at once."
_MORE = """\
Enter: leave this question for another time
?: nobody of us knows; it is noted, to be asked (so are: dunno, no idea, not sure)
b: one question back; what you answered there is taken back
q: end; what was answered stays"""
_WAYS: dict[Kind, str] = {
    "day": f"a day, such as {FORMS}",
    "amount": "a number, such as 400k, 1.2m or 250_000",
    "list": "one or several, with commas",
    "choice": "one of the words above, its first letters or its number",
    "id": "a number, an id or a name",
    "done": f"done, cancelled, or a day: {FORMS}",
}
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


class _Step(NamedTuple):
    """A question that was dealt with."""

    key: str
    did: Literal["answered", "noted", "skipped"]
    waiting: set[str] | None
    """What was still to be asked before the answer to the question before it."""


class _Conversation:
    """How far an interview is.

    Args:
        session: the plan.
        is_short: whether the ten-minute plan is all that is wanted.
    """

    def __init__(self, session: Session, *, is_short: bool) -> None:
        self.session, self.is_short = session, is_short
        self._steps: list[_Step] = []
        self._again: str | None = None
        """The question that somebody went back to."""
        self._waiting: set[str] | None = None
        """What was still to be asked before the last answer."""

    def open(self) -> None:
        """Say what comes."""
        found = self._missing()
        console.paragraph(visible(f"{self.session.plan.profile.name}: {_standing(found)}"), widest=_READABLE, role="path")
        console.paragraph(_KEYS, widest=_READABLE)

    @property
    def put(self) -> int:
        """How many questions were put and dealt with."""
        return len(self._steps)

    def one(self) -> bool:
        """Ask one question. False where there is none left, or nobody wants another."""
        found = self._missing()
        question = self._next(found)
        if question is None:
            return False
        self._pose(question, found)
        while True:
            typed = input("Answer: ").strip()
            if typed.casefold() in _STOP:
                return False
            try:
                if typed.casefold() in _HELP:
                    self._help(question)
                elif typed.casefold() in _BACK:
                    self._back()
                    return True
                else:
                    step = _Step(question.key, self._take(question, typed) if typed else "skipped", self._waiting)
                    break
            except UserError as error:
                console.paragraph(visible(f"! {error.message}; {error.hint}" if error.hint else f"! {error.message}"), indent=2)
        self._steps.append(step)
        self._waiting, self._again = {one.key for one in found.questions}, None
        return True

    def close(self) -> None:
        """Say what came of it, and what is best next time. What has a name now gets an id of its own."""
        self.session.give_ids()
        found = self.session.missing(is_short=self.is_short, asked={step.key for step in self._steps})
        console.write("\n")
        answered, unknown_now = (sum(step.did == did for step in self._steps) for did in ("answered", "noted"))
        noted = f", noted as unknown: {unknown_now}" if unknown_now else ""
        console.paragraph(f"Answered: {answered}{noted}. {visible(_standing(found))[:1].upper()}{visible(_standing(found))[1:]}.")
        if found.questions:
            console.paragraph(visible(f"Best next time: {found.questions[0].asks}"), widest=_READABLE)
        else:
            console.paragraph("Nothing else is missing that is worth asking.")
        name = plan_name(self.session.loaded.path)
        if self.session.plan.questions:
            console.hint(f"what to ask the customer: acctplan questions {name}")
        console.hint(f"see where it stands: acctplan show {name}")

    def _missing(self) -> Missing:
        return self.session.missing(is_short=self.is_short, asked={step.key for step in self._steps})

    def _next(self, found: Missing) -> Question | None:
        """What an answer has raised is asked right after it: by when, once it is known what."""
        if not found.questions:
            return None
        first = next((one for one in found.questions if one.key == self._again), found.questions[0])
        if self._waiting is None or first.key == self._again:
            return first
        raised = [one for one in found.questions if one.key not in self._waiting and one.is_counted == first.is_counted]
        return raised[0] if raised else first

    def _pose(self, question: Question, found: Missing) -> None:
        place = f"{found.settled} of {found.counted} of the ten-minute plan" if question.is_counted else "beyond the ten-minute plan"
        console.write("\n")
        console.paragraph(f"{place} · {question.topic.value}", indent=2, widest=_READABLE, role="dim")
        console.paragraph(visible(question.asks), widest=_READABLE, role="path")
        console.paragraph(visible(question.why), indent=2, widest=_READABLE, role="dim")
        for noted in answers_noted(question, self.session.plan):
            console.paragraph(visible(f"Noted as the answer: {noted}"), indent=2, widest=_READABLE)
        choices = options(question, self.session.plan)
        for number, choice in enumerate(choices, 1):
            mark = f"{number}  {choice.word}" if is_numbered(choices) else choice.word
            console.paragraph(visible(f"{mark}{f': {choice.label}' if choice.label else ''}"), indent=4)
        if question.kind == "id":
            console.paragraph("or a name; one that the plan does not have yet is added" if choices else "a name", indent=4)

    def _help(self, question: Question) -> None:
        for line in _MORE.splitlines():
            console.paragraph(line, indent=2, widest=_READABLE)
        if (said := _WAYS.get(question.kind)) is not None:
            console.paragraph(f"Here: {said}", indent=2, widest=_READABLE)

    def _back(self) -> None:
        """Undo the last step: take back what it wrote, and ask it again."""
        if not self._steps:
            raise UserError("this is the first question of this talk", "Enter skips it, q ends")
        step = self._steps[-1]
        if step.did != "skipped":
            self.session.take_back()
        self._steps.pop()
        self._waiting, self._again = step.waiting, step.key

    def _take(self, question: Question, typed: str) -> Literal["answered", "noted"]:
        session = self.session
        is_known = not is_unknown(typed)

        def made(loaded: Loaded) -> Answered:
            return answer(question, typed, loaded, session.today) if is_known else unknown(question, loaded, session.today)

        session.put(lambda loaded: made(loaded).edits, made(session.loaded).said)
        return "answered" if is_known else "noted"


def _standing(found: Missing) -> str:
    if found.settled < found.counted:
        return f"the ten-minute plan: {found.settled} of {found.counted} known or noted"
    return f"the ten-minute plan is complete ({found.counted} of {found.counted})"
