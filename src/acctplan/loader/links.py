"""Ids that lead nowhere or round in a circle."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from acctplan.config import DERIVED
from acctplan.diagnostic import Pointer, closest
from acctplan.loader.problems import Description, Found, meant, quoted
from acctplan.model.references import Reference, circles, references

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingType

    from acctplan.config import Config, Scorecard
    from acctplan.model import Plan

_MAX_CIRCLE = 8
_MAX_OFFERED = 6


def broken_links(plan: Plan, config: Config) -> Iterator[Found]:
    """Every id in a plan that is not there, every stage and answer that the settings do not know, every circle where there may be none."""
    yield from _references(plan, config)
    yield from _stages(plan, config)
    yield from _answers(plan, config)
    yield from _circles(plan)


def _references(plan: Plan, config: Config) -> Iterator[Found]:
    candidates: dict[tuple[str, ...], list[MappingType[str, Any]]] = {}
    for reference in references(plan):
        sections = reference.sections
        if sections not in candidates:
            shared = [config.solutions] if "solutions" in sections else []
            candidates[sections] = [*shared, *(getattr(plan, section) for section in sections)]
        if not any(reference.id in entries for entries in candidates[sections]):
            yield partial(_unknown, reference, candidates[sections])


def _unknown(reference: Reference, candidates: list[MappingType[str, Any]]) -> Description:
    near = closest(reference.id, chain.from_iterable(candidates))
    where = " or ".join(reference.sections) + (" (nor in acctplan.toml)" if reference.sections == ("solutions",) else "")
    there = [name for entries in candidates for name in entries]
    offered = (
        f", or take one of {', '.join(there[:_MAX_OFFERED])}{' …' if len(there) > _MAX_OFFERED else ''}" if there else ", or correct the id"
    )
    hint = f"did you mean {near}?" if near else f"add {reference.id} to {reference.sections[0]}{offered}"
    return reference.pointer, "reference/unknown", f"{quoted(reference.id)} is not in {where}", hint


def _stages(plan: Plan, config: Config) -> Iterator[Found]:
    for identifier, opportunity in plan.opportunities.items():
        if opportunity.stage is not None and opportunity.stage not in config.stages:
            yield partial(_unknown_stage, identifier, opportunity.stage, config)


def _unknown_stage(opportunity: str, stage: str, config: Config) -> Description:
    by_label = {label: name for name, known in config.stages.items() for label in known.salesforce}
    near = by_label.get(stage) or closest(stage, config.stages)
    hint = meant(near) + f"stages are named in acctplan.toml: {', '.join(config.stages)}"
    return ("opportunities", opportunity, "stage"), "reference/unknown-stage", f"unknown stage {quoted(stage)}", hint


def _answers(plan: Plan, config: Config) -> Iterator[Found]:
    for identifier, opportunity in plan.opportunities.items():
        for name, answers in opportunity.scorecards.items():
            pointer = ("opportunities", identifier, "scorecards", name)
            if name not in config.cards:
                yield partial(_unknown_card, pointer, name, config)
                continue
            card = config.cards[name]
            for question, answer in answers.items():
                if question not in card.questions:
                    yield partial(_unknown_question, (*pointer, question), name, question, card)
                    continue
                given = {("answer",): answer.answer} | {("competitors", rival): mark for rival, mark in answer.competitors.items()}
                for place, mark in given.items():
                    if mark not in card.marks:
                        yield partial(_wrong_answer, (*pointer, question, *place), name, mark, card)


def _unknown_card(pointer: Pointer, name: str, config: Config) -> Description:
    if name == DERIVED:
        return pointer, "reference/unknown-scorecard", f"no answers are kept for {DERIVED}: it is read off the plan", "take these lines out"
    hint = meant(closest(name, config.cards)) + f"there is {', '.join(config.cards)}; your own stand in acctplan.toml"
    return pointer, "reference/unknown-scorecard", f"unknown scorecard {quoted(name)}", hint


def _unknown_question(pointer: Pointer, card: str, question: str, known: Scorecard) -> Description:
    near = closest(question, known.questions)
    offered = ", ".join(list(known.questions)[:_MAX_OFFERED]) + (" …" if len(known.questions) > _MAX_OFFERED else "")
    hint = f"did you mean {near}?" if near else f"it asks for {offered}"
    return pointer, "reference/unknown-question", f"{quoted(question)} is no question of the scorecard {card}", hint


def _wrong_answer(pointer: Pointer, card: str, mark: str, known: Scorecard) -> Description:
    taken = "'+', '-' or '?'" if known.answers == "signs" else "0, 1, 2, 3 or '?'"
    return pointer, "schema/wrong-answer", f"the scorecard {card} does not take the answer {quoted(mark)}", f"it takes {taken}"


def _circles(plan: Plan) -> Iterator[Found]:
    for pointer, circle in circles(plan):
        yield partial(_circle, pointer, circle)


def _circle(pointer: Pointer, circle: list[str]) -> Description:
    way = circle if len(circle) <= _MAX_CIRCLE else [*circle[: _MAX_CIRCLE - 2], "…", circle[-1]]
    return pointer, "reference/circle", "goes round in a circle: " + " → ".join(way), "take one of these lines out"
