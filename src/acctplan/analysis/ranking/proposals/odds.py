"""Steps to the next stage and to a better position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.factors.base import percent
from acctplan.analysis.ranking.changes import Change
from acctplan.analysis.ranking.proposals.base import Proposal, spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.analysis.factors import Account
    from acctplan.analysis.ranking import Term
    from acctplan.config import Stage
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity, Plan


def stage(account: Account, identifier: str) -> Iterator[Proposal]:
    """The next stage that is likelier, in the order of the probabilities; where there is none yet, the likeliest."""
    opportunity, stages = account.plan.opportunities[identifier], account.config.stages
    here: Pointer = ("opportunities", identifier)
    own, current = opportunity.probability, None if opportunity.stage is None else stages[opportunity.stage]
    in_order = sorted(stages.items(), key=lambda entry: entry[1].probability)
    standing = own if current is None else current.probability
    if standing is None:
        name, best = in_order[-1]
        change = Change((*here, "stage"), name)
        yield Proposal("ask", "stage", "ask how far they are", f"if {_in_words(name, best)}", (change,), is_best_case=True)
        return
    likelier = [entry for entry in in_order if entry[1].probability > standing]
    if not likelier:
        return
    name, after = likelier[0]
    if own is not None and own >= after.probability:
        return
    changes = [Change((*here, "stage"), name)]
    before = f"{opportunity.stage}, {percent(standing)}"
    if own is not None:
        before = f"{percent(own)}, its own"
        changes.append(Change((*here, "probability"), after.probability))
    detail = f"{before} → {_in_words(name, after)}"
    yield Proposal("act", "stage", f"bring it to the stage {name}", detail, tuple(changes), is_best_case=False)


def _in_words(name: str, stage: Stage) -> str:
    return f"{name}, {percent(stage.probability)}"


_NEXT_POSITION = {
    "locked_out": ("behind", "get back into the race against {others}"),
    "behind": ("level", "draw level with {others}"),
    "level": ("ahead", "get ahead of {others}"),
}
"""Sole is never a step: that nobody else competes is not ours to decide."""


def competition(account: Account, identifier: str, term: Term) -> Iterator[Proposal]:
    """The next better position; where none is known, the best that can be hoped for."""
    opportunity = account.plan.opportunities[identifier]
    pointer: Pointer = ("opportunities", identifier, "competition", "position")
    names = _competitors(account.plan, opportunity)
    others = "the competition" if not names else names[0] if len(names) == 1 else f"{names[0]} and the others"
    if term.value is None:
        is_alone = not names and not _is_held(account.plan, opportunity)
        best, detail = ("sole", "if nobody else competes") if is_alone else ("ahead", "if we are ahead")
        words = "find out who else competes" if not names else f"find out how we stand against {others}"
        yield Proposal("ask", "competition", words, detail, (Change(pointer, best),), is_best_case=True)
        return
    entry = opportunity.competition
    if entry is not None and entry.position in _NEXT_POSITION:
        after, words = _NEXT_POSITION[entry.position]
        detail = f"position: {spaced(entry.position)} → {after}"
        yield Proposal("act", "competition", words.format(others=others), detail, (Change(pointer, after),), is_best_case=False)


def _competitors(plan: Plan, opportunity: Opportunity) -> list[str]:
    entry = opportunity.competition
    if entry is None:
        return []
    incumbent = () if entry.incumbent is None else (entry.incumbent,)
    return [plan.competitors[key].name for key in dict.fromkeys((*incumbent, *entry.competitors))]


def _is_held(plan: Plan, opportunity: Opportunity) -> bool:
    """Whether somebody else, or the customer, does what the opportunity is about: then nobody can say that we are alone."""
    if opportunity.unit is None or opportunity.solution is None:
        return False
    cell = plan.white_space.get(opportunity.unit, {}).get(opportunity.solution)
    return cell is not None and cell.status in ("competitor", "in_house")
