"""The questions worth asking when a manager and a seller go through a plan: a few of each kind, none twice."""

from __future__ import annotations

from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis.next_moves import next_moves
from acctplan.analysis.overdue import overdue
from acctplan.analysis.ranking.what_would import steps
from acctplan.analysis.relationships import called, is_covered, key_players

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from acctplan.analysis.overdue import Due
    from acctplan.analysis.ranking import Score
    from acctplan.analysis.reviewing.suspects import Suspect
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

Kind: TypeAlias = Literal["suspect", "unknown", "late", "person", "idle"]
_MANY = 5


class Question(NamedTuple):
    """Something to ask in a review."""

    kind: Kind
    words: str
    """The question itself. It quotes the plan: not for customers' eyes."""
    why: str
    pointer: Pointer
    """What it is about."""


def questions(
    plan: Plan, config: Config, today: date, scores: Sequence[Score], suspects: Sequence[Suspect], many: int = _MANY
) -> tuple[Question, ...]:
    """The questions most worth asking, of each kind in turn.

    What may no longer hold, what we do not know and would gain most from, what is late, whom we do not know well enough, and what nobody
    works on.

    Args:
        plan: the plan.
        config: the book's settings.
        today: the day it is.
        scores: of the plan's opportunities, as ranked.
        suspects: what may no longer hold.
        many: how many there are at most.

    Raises:
        UserError: the configuration has no rate for the plan's currency.
    """
    kinds = (
        _of_suspects(suspects),
        _of_unknowns(plan, config, scores),
        _of_late(plan, config, today),
        _of_people(plan),
        _of_idle(plan, config, today),
    )
    turns = (one for one in chain.from_iterable(zip_longest(*kinds)) if one is not None)
    asked = {(one.pointer, one.words): one for one in turns}
    return tuple(islice(asked.values(), many))


def _of_suspects(suspects: Sequence[Suspect]) -> Iterator[Question]:
    for one in sorted(suspects, key=lambda suspect: -max(change.importance for change in suspect.changes)):
        yield Question("suspect", f"Does this still hold: {one.name}?", one.why, one.pointer)


def _of_unknowns(plan: Plan, config: Config, scores: Sequence[Score]) -> Iterator[Question]:
    """What the scores hang on, each once, at the opportunity that it could lift most."""
    found = steps([(score.plan, plan) for score in scores[:1]], config, scores=scores)
    asks = sorted((step for each in found.values() for step in each if step.kind == "ask"), key=lambda step: -step.total_gain)
    told = set()
    for step in asks:
        if (step.question, step.detail) not in told:
            told.add((step.question, step.detail))
            words = f"Who can tell us {step.question}? ({plan.opportunities[step.opportunity].name})"
            why = f"unknown; a good answer adds up to {step.total_gain:.0f} points"
            yield Question("unknown", words, why, ("opportunities", step.opportunity))


def _of_late(plan: Plan, config: Config, today: date) -> Iterator[Question]:
    for due in overdue(plan, config.limits, today):
        if due.kind != "review":  # this is it
            late = due.days_late(today)
            yield Question("late", _about(due), f"due {due.due}, {late} day{'s' if late > 1 else ''} late", due.pointer)


def _about(due: Due) -> str:
    match due.kind:
        case "meeting":
            return "When do we meet them next?"
        case "close_date":
            return f"Will this still be won, and by when: {due.what}?"
        case "next_step":
            return f"What is the next step, and who takes it: {due.what}?"
    return f"What keeps this, and who can help: {due.what}?"


def _of_people(plan: Plan) -> Iterator[Question]:
    """Key players: first those whose stance nobody knows, then those against us, then those whom we hardly know."""
    players = list(key_players(plan))
    for key, contact in players:
        if contact.name is None:
            yield Question("person", f"Who is {called(plan, key)}?", "a key seat whose holder we do not know", ("contacts", key))
        elif contact.stance is None:
            yield Question("person", f"Where does {called(plan, key)} stand?", "a key player, stance unknown", ("contacts", key))
    for key, contact in players:
        if contact.stance == "negative":
            yield Question("person", f"What would win {called(plan, key)} over?", "a key player who is against us", ("contacts", key))
    for key, contact in players:
        if contact.stance in ("neutral", "supportive") and not is_covered(contact.coverage, contact.stance):
            why = f"a key player, coverage {contact.coverage or 'unknown'}"
            yield Question("person", f"Who brings us closer to {called(plan, key)}?", why, ("contacts", key))


def _of_idle(plan: Plan, config: Config, today: date) -> Iterator[Question]:
    for move in next_moves([(plan.profile.name, plan)], config, today, 0):
        if move.kind == "no_action":
            name = plan.opportunities[str(move.subject[-1])].name
            yield Question("idle", f"What do we do next about this: {name}?", move.why, move.subject)
