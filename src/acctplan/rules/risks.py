"""Rules about what could go wrong: that somebody has thought of it, has an answer, and keeps an eye on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.diagnostic import Severity
from acctplan.rules.base import Context, Finding, Level, rule
from acctplan.rules.words import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Plan, Risk


@rule("risks/none", severity=Severity.ADVICE, level=Level.REVIEW, weight=3)
def none(plan: Plan, _: Context) -> Iterator[Finding]:
    """No open risk is named.

    Why: Every account can be lost. Who says "no risks" has not asked, and the answer to a risk has to be there
    before it is needed.

    Fix: Ask yourself what would lose you this customer, and write it under `risks`. Two or three are enough: a person
    who leaves, a competitor who is closer, a promise that we may not keep.
    """
    some = any(risk.status == "open" for risk in plan.risks.values())
    yield ("risks",), None if some else "no open risk is named"


@rule("risks/unanswered", severity=Severity.WARNING, level=Level.WORKING, weight=4)
def unanswered(plan: Plan, _: Context) -> Iterator[Finding]:
    """A risk that is likely and would hurt much has no response, or nobody who is responsible for it.

    Why: This one is more a forecast than a risk. If the only plan is to hope, the customer will notice before
    we do.

    Fix: Write what we do about it in `response`, and who does it in `owner`. If nothing can be done, say so, and
    plan for the day after.
    """
    for identifier, risk in _open(plan):
        if _is_grave(risk):
            lacks = [words for value, words in ((risk.response, "no response"), (risk.owner, "no owner")) if value is None]
            message = f"{quoted(risk.what)} is likely, would hurt much and has {listed(lacks)}" if lacks else None
            yield ("risks", identifier), message


@rule("risks/half-said", severity=Severity.ADVICE, level=Level.REVIEW, weight=2)
def half_said(plan: Plan, _: Context) -> Iterator[Finding]:
    """An open risk does not say how likely it is, how much it would hurt, or who keeps an eye on it.

    Why: A risk without weight cannot be told from a worry, and one without an owner is noticed by everybody and
    handled by nobody.

    Fix: Add `likelihood`, `impact` and `owner`: high, medium or low is exact enough. Close it with `status: closed`
    when it is over.
    """
    for identifier, risk in _open(plan):
        if not _is_grave(risk):
            parts = ((risk.likelihood, "likelihood"), (risk.impact, "impact"), (risk.owner, "owner"))
            lacks = [f"no {words}" for value, words in parts if value is None]
            yield ("risks", identifier), f"{quoted(risk.what)} has {listed(lacks)}" if lacks else None


def _open(plan: Plan) -> Iterator[tuple[str, Risk]]:
    for identifier, risk in plan.risks.items():
        if risk.status == "open":
            yield identifier, risk


def _is_grave(risk: Risk) -> bool:
    return risk.likelihood == "high" and risk.impact == "high"
