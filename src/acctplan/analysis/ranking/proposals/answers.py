"""Steps on the questions of scorecards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.ranking.changes import Change
from acctplan.analysis.ranking.proposals.base import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.analysis.factors import Account
    from acctplan.analysis.ranking import Term
    from acctplan.config import Question
    from acctplan.diagnostic import Pointer


def answer(account: Account, identifier: str, term: Term) -> Iterator[Proposal]:
    """An answer where there is none; a grade more where there is one. A plain no stays one."""
    card, _, key = term.factor.partition(".")
    scorecard = account.config.cards[card]
    question = scorecard.questions[key]
    pointer: Pointer = ("opportunities", identifier, "scorecards", card, key, "answer")
    is_graded = scorecard.answers == "grades"
    if term.value is None:
        best = "3" if is_graded else "+"
        change = Change(pointer, best)
        yield Proposal("ask", term.factor, f"answer: {question.ask}", f"if {_meaning(question, best)}", (change,), is_best_case=True)
        return
    given = account.plan.opportunities[identifier].scorecards[card][key].answer
    if is_graded and given in ("0", "1", "2"):
        after = str(int(given) + 1)
        detail = f"{given} → {_meaning(question, after)}"
        yield Proposal("act", term.factor, f"work on: {question.ask}", detail, (Change(pointer, after),), is_best_case=False)


def _meaning(question: Question, answer: str) -> str:
    """An answer, with what it stands for where the card says that."""
    return f"{answer}: {question.grades[int(answer)]}" if question.grades and answer.isdigit() else answer
