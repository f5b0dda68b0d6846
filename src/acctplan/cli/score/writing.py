"""Answers into a plan: those that were given with the command, and those that are asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from acctplan import edit
from acctplan.analysis import scorecards
from acctplan.analysis.factors.answers import UNKNOWN, in_words
from acctplan.analysis.scorecards import DERIVED
from acctplan.analysis.scorecards.bearing import plan_says
from acctplan.book import Change
from acctplan.cli import console
from acctplan.cli.asking import can_ask, let_lines_be_edited
from acctplan.cli.editing import edited
from acctplan.cli.loading import load_one
from acctplan.cli.score.scored import known_card
from acctplan.diagnostic import closest
from acctplan.errors import UserError
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, words, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from acctplan.analysis.scorecards import Term
    from acctplan.cli.score.scored import Found
    from acctplan.config import Config, Scorecard
    from acctplan.edit import Value
    from acctplan.loader import Loaded
    from acctplan.model.opportunities import Answer

_MEANT = {"y": "+", "yes": "+", "n": "-", "no": "-"}
"""What people type for a sign."""


@dataclass(frozen=True)
class Request:
    """What is to be written, and how."""

    answers: Sequence[str]
    """Each as `question=answer`."""
    evidence: str | None
    as_of: date | None
    competitor: str | None
    show_diff: bool
    asks: bool

    @property
    def is_wanted(self) -> bool:
        """Whether anything is to be written."""
        return self.asks or bool(self.answers)

    def check(self) -> None:
        """Refuse what does not go together, before anything is read.

        Raises:
            UserError: it does not.
        """
        if self.asks and (self.answers or self.evidence or self.as_of or self.show_diff):
            raise UserError("--ask goes with --card and --competitor alone", "it asks for answers and evidence, and saves each at once")
        if self.asks and not can_ask():
            raise UserError("--ask needs a terminal", "give the answers: --answer QUESTION=ANSWER --evidence TEXT")
        alone = {"--evidence": self.evidence, "--as-of": self.as_of, "--diff": self.show_diff}
        for option, value in alone.items():
            if value and not self.answers:
                raise UserError(f"{option} goes with --answer", "for example --answer metrics=2")
        if self.competitor and not self.is_wanted:
            raise UserError("--competitor goes with --answer or --ask", "what is known of them is always shown")
        if self.competitor and (self.evidence or self.as_of):
            raise UserError("evidence and its day are kept for our own answers", "leave out --evidence and --as-of, or --competitor")

    def refuse_without_opportunity(self) -> None:
        """Refuse to write where no opportunity was named.

        Raises:
            UserError: something is to be written.
        """
        if self.is_wanted:
            raise UserError("which opportunity?", "give its id: acctplan score OPPORTUNITY --ask")


def write(found: Found, card: str | None, request: Request, today: date) -> tuple[Found, str]:
    """Write answers, or ask for them; say what was written, or show it as a diff.

    Returns:
        The plan as it is then, and the card that was written to.

    Raises:
        UserError: an answer that the card does not take, a question, card or competitor that there is not, or a plan that cannot be
            written.
    """
    given = [_split(one) for one in request.answers]
    name = _card(found, card, [question for question, _ in given])
    competitor = _competitor(found, request.competitor)
    if request.asks:
        return _ask(found, name, competitor, today), name
    marks = dict(given)
    if len(marks) < len(given):
        raise UserError("two answers to one question", "give each question once")
    for question, mark in marks.items():
        _check(name, found.config.cards[name], question, mark)
    if request.as_of is not None and request.as_of > today:
        raise UserError(f"{request.as_of} is still to come", "an answer is known since a day that was")
    saving = _Saving(name, competitor, request.as_of or today)
    evidence = None if request.evidence is None else _readable(request.evidence)
    if request.show_diff:
        after = saving.after(found, found.loaded, marks, evidence)
        console.diff(found.loaded.path, found.loaded.read().text, after.read().text)
        return found, name
    before = found.opportunity.scorecards.get(name, {})
    stood = found.loaded.read().text
    found = saving.save(found, marks, evidence)
    is_new = found.loaded.read().text != stood
    console.say(f"wrote {found.loaded.path}: {', '.join(marks)}" if is_new else "nothing to change: the plan says so already")
    if competitor is None and not evidence:
        _say_of_evidence(before, marks)
    return found, name


def _say_of_evidence(before: Mapping[str, Answer], marks: Mapping[str, str]) -> None:
    """What became of the evidence for answers that are given anew without any."""
    noted = [key for key, mark in marks.items() if key in before and before[key].evidence and before[key].answer != mark]
    if gone := [key for key in noted if marks[key] == UNKNOWN]:
        console.say(f"the evidence noted with {', '.join(gone)} went with the answer before, and its date")
    if old := [key for key in noted if marks[key] != UNKNOWN]:
        console.say(f"the evidence noted with {', '.join(old)} is that of the answer before: --evidence notes the new one")


@dataclass(frozen=True)
class _Saving:
    """Where answers go."""

    card: str
    competitor: str | None
    as_of: date

    def pointer(self, found: Found, question: str) -> tuple[str, ...]:
        """Of an answer to a question."""
        pointer = ("opportunities", found.id, "scorecards", self.card, question)
        return (*pointer, "answer") if self.competitor is None else (*pointer, "competitors", self.competitor)

    def after(self, found: Found, loaded: Loaded, marks: dict[str, str], evidence: str | None) -> Loaded:
        """The plan with the answers in it."""
        edits = [one for question, mark in marks.items() for one in self._edits(found, loaded, question, mark, evidence)]
        return edited(found.book, loaded, edits)

    def save(self, found: Found, marks: dict[str, str], evidence: str | None) -> Found:
        """Write the answers into the plan as it now is."""
        book = found.book
        with book.lock():
            loaded = load_one(book, str(found.path))
            saved = self.after(found, loaded, marks, evidence)
            change = Change(found.path, loaded.read().text, saved.read().text)
            book.write([change] if change.is_one else [])
        assert saved.plan is not None
        return replace(found, loaded=saved, plan=saved.plan)

    def _edits(self, found: Found, loaded: Loaded, question: str, mark: str, evidence: str | None) -> Iterator[edit.Edit]:
        assert loaded.plan is not None
        opportunity = loaded.plan.opportunities.get(found.id)
        if opportunity is None:
            raise UserError(f"{loaded.path} has no opportunity {found.id} any more", "see what changed in the plan")
        pointer = self.pointer(found, question)
        above = pointer[:5]
        standing = opportunity.scorecards.get(self.card, {}).get(question)
        written: Value = int(mark) if mark.isdigit() else mark
        if standing is None:
            fields: dict[str, Value] = {"answer": "?"} if self.competitor else {"answer": written}
            fields |= {"evidence": evidence} if evidence else {}
            fields |= {"as_of": self.as_of} if self.competitor is None and self._has_day(mark, evidence) else {}
            fields |= {"competitors": {self.competitor: written}} if self.competitor else {}
            yield edit.Set(above, fields)
            return
        yield edit.Set(pointer, written)
        if self.competitor is None:  # the date is that of our own answer
            if evidence:
                yield edit.Set((*above, "evidence"), evidence)
            if self._has_day(mark, evidence):
                yield edit.Set((*above, "as_of"), self.as_of)
                return
            # What was known is unknown again: how and since when it was known would contradict that.
            gone = {"evidence": standing.evidence, "as_of": standing.as_of}
            yield from (edit.Delete((*above, field)) for field, value in gone.items() if value is not None)

    def _has_day(self, mark: str, evidence: str | None) -> bool:
        """Whether it is noted when this was so: nothing is known since a day."""
        return mark != UNKNOWN or evidence is not None


def _split(answer: str) -> tuple[str, str]:
    question, equals, mark = answer.partition("=")
    if not equals or not question:
        raise UserError(f"no answer '{answer}'", "write QUESTION=ANSWER, such as --answer metrics=2 or --answer 'fit=?'")
    return question.strip(), mark.strip()


def _card(found: Found, asked_for: str | None, questions: Sequence[str]) -> str:
    """The card to write to: the one that was named, else the one that has answers, counts, or asks these questions alone."""
    config = found.config
    if asked_for is not None:
        name = known_card(config, asked_for)
        if name == DERIVED:
            raise UserError(f"no answers are kept for {DERIVED}: it is read off the plan", "fill in the plan what is unknown")
        return name
    used = scorecards.in_use(found.opportunity, config) or tuple(config.cards)
    fitting = [name for name in used if _asks(config, name, questions)] or [name for name in config.cards if _asks(config, name, questions)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UserError("on which scorecard?", f"--card {' or --card '.join(fitting)}")
    every = [key for name in config.cards for key in config.cards[name].questions]
    strange = [question for question in questions if question not in every]
    if not strange:
        raise UserError(f"no card asks all of {', '.join(questions)}", "write the answers to one card at a time")
    near = closest(strange[0], every)
    there = "; ".join(f"{name} asks {', '.join(config.cards[name].questions)}" for name in used)
    raise UserError(f"no card asks '{strange[0]}'", f"did you mean {near}?" if near else there)


def _asks(config: Config, card: str, questions: Sequence[str]) -> bool:
    return all(question in config.cards[card].questions for question in questions)


def _competitor(found: Found, identifier: str | None) -> str | None:
    known = found.plan.competitors
    if identifier is not None and identifier not in known:
        near = closest(identifier, known)
        there = f"one of {', '.join(known)}" if known else "add them to the plan, under competitors"
        raise UserError(f"no competitor {identifier} in {found.loaded.path}", f"did you mean {near}?" if near else there)
    return identifier


def _check(name: str, card: Scorecard, question: str, mark: str) -> None:
    if question not in card.questions:
        near = closest(question, card.questions)
        raise UserError(
            f"{name} has no question {question}", f"did you mean {near}?" if near else f"it asks for {', '.join(card.questions)}"
        )
    if mark not in card.marks:
        raise UserError(f"{name} does not take the answer '{mark}'", f"it takes {', '.join(_as_listed(card))}")


def _as_listed(card: Scorecard) -> tuple[str, ...]:
    """The answers that a card takes in the order in which people read what they mean."""
    return card.marks if card.answers == "signs" else (*card.marks[-2::-1], UNKNOWN)


def _readable(evidence: str) -> str:
    """Evidence on one line, without what nobody can see.

    Raises:
        UserError: there is such a character in it, or nothing else.
    """
    one_line = " ".join(evidence.split())
    if visible(one_line) != one_line:
        raise UserError(f"evidence with an invisible character: {visible(one_line)}", "type it again instead of pasting it")
    if not one_line:
        raise UserError("evidence without a word", "leave it out, or say how we know")
    return one_line


def _ask(found: Found, name: str, competitor: str | None, today: date) -> Found:
    """Ask for whatever is unknown, and save each answer as it is given."""
    let_lines_be_edited()
    card, saving = found.config.cards[name], _Saving(name, competitor, today)
    open_ = scorecards.result(found.plan, found.id, name, found.config, competitor).open
    if not open_:
        console.say("every question has an answer")
        return found
    whom = f" for {found.plan.competitors[competitor].name}" if competitor else ""
    console.paragraph(visible(f"{card.name} · {found.opportunity.name}{whom}"))
    console.paragraph(f"{_counted(len(open_))} open. Enter skips, ? is unknown, Ctrl-C ends. Each answer is saved at once.")
    saved = 0
    try:
        for number, term in enumerate(open_, 1):
            said = None if competitor else plan_says(found.plan, found.id, name, term.question, found.config)
            _pose(card, term, f"{number} of {len(open_)}", said)
            mark = _read_mark(card)
            if mark is None:
                continue
            evidence = None
            try:
                evidence = None if competitor or mark == "?" else _read_evidence()
            finally:  # the answer was given, even if it ends here
                found = saving.save(found, {term.question: mark}, evidence)
                saved += 1
    except (KeyboardInterrupt, EOFError):
        console.write("\n")
    console.say(f"saved {saved} of {len(open_)} in {found.loaded.path}")
    console.write("\n")
    return found


def _counted(number: int) -> str:
    return "1 question is" if number == 1 else f"{number} questions are"


def _pose(card: Scorecard, term: Term, place: str, said: str | None) -> None:
    console.write("\n")
    console.paragraph(f"{place}: {visible(term.ask)}")
    if said is not None:
        parts = [Word(one.text, "dim") for one in words(visible(f"the plan says: {said}"))]
        console.write("".join(f"{line}\n" for line in wrap(parts, console.width(), console.painter(), indent=2, hanging=2)))
    if term.is_gate:
        console.paragraph("a plain no decides against the opportunity", indent=2)
    if term.least is not None:
        console.paragraph(f"needed by now: {'+' if card.answers == 'signs' else f'at least {term.least}'}", indent=2)
    for mark in _as_listed(card)[:-1]:
        console.paragraph(f"{mark}  {visible(in_words(card.questions[term.question], mark))}", indent=2)


def _read_mark(card: Scorecard) -> str | None:
    """What was answered; None where it was skipped."""
    while True:
        typed = input("Answer: ").strip()
        if not typed:
            return None
        mark = typed if typed in card.marks else _MEANT.get(typed.casefold(), typed)
        if mark in card.marks:
            return mark
        console.write(f"  one of {', '.join(_as_listed(card))}; Enter skips\n")


def _read_evidence() -> str | None:
    """How we know; None where nothing was said."""
    while True:
        typed = input("How do we know? (Enter leaves it out) ")
        if not typed.strip():
            return None
        try:
            return _readable(typed)
        except UserError as error:
            console.write(f"  {error.message}; {error.hint}\n")
