"""The single steps that could raise an opportunity's score: what to ask, and what to do, each as changes of the plan.

Whether a step gains anything is not known here: that is for `what_would`, which ranks again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.ranking.changes import Change
from acctplan.analysis.ranking.proposals.answers import answer
from acctplan.analysis.ranking.proposals.base import Kind, Proposal
from acctplan.analysis.ranking.proposals.money import value
from acctplan.analysis.ranking.proposals.odds import competition, stage
from acctplan.analysis.ranking.proposals.people import access

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acctplan.analysis.factors import Account
    from acctplan.analysis.ranking import Score

__all__ = ["Kind", "Proposal", "proposals"]


def proposals(account: Account, score: Score, valueless: Iterable[str]) -> Iterator[Proposal]:
    """The steps that could raise one opportunity's score, those of each factor together. None twice.

    Args:
        account: the plan and its settings.
        score: of the opportunity.
        valueless: ids of what it leads to that could be won and has no value.
    """
    terms = {term.factor: term for term in score.terms if term.out_of}
    if "value" in terms and terms["value"].value is None:
        yield value(account, "value", score.id, "ask how much it is worth")
    if "access" in terms:
        yield from access(account, score.id, terms["access"])
    if "stage" in terms:
        yield from stage(account, score.id)
    if "competition" in terms:
        yield from competition(account, score.id, terms["competition"])
    for side, whom in (("customer", "the customer"), ("us", "us")):
        if (factor := f"importance_to_{side}") in terms and terms[factor].value is None:
            change = Change(("opportunities", score.id, "importance", side), 5)
            yield Proposal("ask", factor, f"grade how much it matters to {whom}", "if 5 of 5", (change,), is_best_case=True)
    if "lead_in" in terms:
        for after in valueless:
            yield value(account, "lead_in", after, f"ask how much {account.plan.opportunities[after].name} is worth, which it leads to")
    for factor, term in terms.items():
        if "." in factor:
            yield from answer(account, score.id, term)
