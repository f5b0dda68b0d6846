"""Steps with whoever decides, and with whoever could introduce us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis import relationships
from acctplan.analysis.factors import WARM
from acctplan.analysis.ranking.changes import Change
from acctplan.analysis.ranking.proposals.base import Kind, Proposal, spaced
from acctplan.analysis.relationships import called, deciders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.analysis.factors import Account
    from acctplan.analysis.ranking import Term
    from acctplan.diagnostic import Pointer
    from acctplan.model import Contact, Opportunity, Plan

_NEXT_COVERAGE = {
    "none": ("brief", "meet {who} for the first time"),
    "brief": ("multiple", "meet {who} more than once"),
    "multiple": ("in_depth", "get to know {who} in depth"),
}
_NEXT_STANCE = {"negative": ("neutral", "win {who} over"), "neutral": ("supportive", "win the support of {who}")}
_INFLUENCE = {"high": 0, "medium": 1, None: 2, "low": 3}


def access(account: Account, identifier: str, term: Term) -> Iterator[Proposal]:
    """Whoever decides one step further on; where that is worth less than an introduction, whoever could introduce us too."""
    plan, opportunity = account.plan, account.plan.opportunities[identifier]
    deciding = deciders(plan, opportunity)
    if not deciding:
        yield _decider(plan, identifier)
        return
    for decider in deciding:
        yield from _person(plan, identifier, decider)
    if term.value is None or term.value >= WARM:
        return
    seen = set(deciding)
    for decider in deciding:
        for contact in sorted(account.one_step_away.get(decider, ())):
            if contact not in seen:
                seen.add(contact)
                yield from _person(plan, identifier, contact, introduces=called(plan, decider))


def _decider(plan: Plan, identifier: str) -> Proposal:
    """Somebody who decides, knows us in depth and supports us: whoever is placed best for it, else a new seat."""
    opportunity = plan.opportunities[identifier]
    roles = opportunity.buying_roles
    likely = [(_unlikeliness(opportunity, plan.contacts[key]), key) for key in plan.contacts if key not in roles or roles[key].role is None]
    words, changes = "ask who decides", []
    if likely:
        who = min(likely)[1]
        words += f", {called(plan, who)} or somebody else"
    else:
        who = _free("decision-maker", plan)
        changes.append(Change(("contacts", who, "title"), "Decision maker"))
    here: Pointer = ("opportunities", identifier, "buying_roles", who)
    best = {"role": "decision_maker", "stance": "supportive", "coverage": "in_depth"}
    changes += [Change((*here, field), value) for field, value in best.items()]
    return Proposal("ask", "access", words, "if they know us well and support us", tuple(changes), is_best_case=True)


def _unlikeliness(opportunity: Opportunity, contact: Contact) -> tuple[bool, bool, int, bool, bool]:
    """How far somebody is from deciding: whoever decides elsewhere comes first, then the unit's own people, the influential, the top."""
    is_elsewhere = opportunity.unit is not None and contact.unit != opportunity.unit
    has_influence = _INFLUENCE[contact.influence]
    return "decision_maker" not in contact.roles, is_elsewhere, has_influence, contact.reports_to is not None, contact.name is None


def _free(wanted: str, plan: Plan) -> str:
    identifier, number = wanted, 1
    while identifier in plan.contacts:
        number += 1
        identifier = f"{wanted}-{number}"
    return identifier


def _person(plan: Plan, identifier: str, contact: str, introduces: str | None = None) -> Iterator[Proposal]:
    """The next steps with one contact: what we do not know about them, else each one level up."""
    opportunity, who = plan.opportunities[identifier], called(plan, contact)
    coverage, stance = relationships.coverage(plan, opportunity, contact), relationships.stance(plan, opportunity, contact)
    purpose = "" if introduces is None else f", who could introduce us to {introduces}"

    def step(kind: Kind, words: str, detail: str, *, is_best_case: bool, **values: str) -> Proposal:
        changes = tuple(Change(_place(plan, opportunity, identifier, contact, field), value) for field, value in values.items())
        return Proposal(kind, "access", words + purpose, detail, changes, is_best_case)

    if coverage == "none":
        words = _NEXT_COVERAGE[coverage][1].format(who=who)
        if stance is None:  # nobody learns where somebody stands without meeting them
            yield step("act", words, "if they turn out supportive", is_best_case=True, coverage="brief", stance="supportive")
        else:
            yield step("act", words, "coverage: none → brief", is_best_case=False, coverage="brief")
    elif coverage is None and stance is None:
        words = f"find out where {who} stands, and how well we know them"
        if plan.contacts[contact].name is None:
            words = f"find out who is {who}, and where they stand"
        detail = "if they know us well and support us"
        yield step("ask", words, detail, is_best_case=True, coverage="in_depth", stance="supportive")
    elif coverage is None:
        yield step("ask", f"note how well we know {who}", "if in depth", is_best_case=True, coverage="in_depth")
    elif stance is None:
        yield step("ask", f"find out where {who} stands", "if supportive", is_best_case=True, stance="supportive")
    else:
        if coverage in _NEXT_COVERAGE:
            after, words = _NEXT_COVERAGE[coverage]
            detail = f"coverage: {spaced(coverage)} → {spaced(after)}"
            yield step("act", words.format(who=who), detail, is_best_case=False, coverage=after)
        if stance in _NEXT_STANCE:
            after, words = _NEXT_STANCE[stance]
            yield step("act", words.format(who=who), f"stance: {stance} → {after}", is_best_case=False, stance=after)


def _place(plan: Plan, opportunity: Opportunity, identifier: str, contact: str, field: str) -> Pointer:
    """Where a contact's stance or coverage stands: in the buying role if that has it, else with the contact.

    What neither has belongs into the buying role if that says the other of the two: it is then about this opportunity alone.
    """
    buyer, general = opportunity.buying_roles.get(contact), plan.contacts[contact]
    of_role = buyer is not None and getattr(buyer, field) is not None
    of_neither = getattr(general, field) is None and buyer is not None and (buyer.stance is not None or buyer.coverage is not None)
    if of_role or of_neither:
        return ("opportunities", identifier, "buying_roles", contact, field)
    return ("contacts", contact, field)
