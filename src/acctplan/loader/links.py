"""Ids that lead nowhere or round in a circle."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from acctplan.diagnostic import Pointer, closest
from acctplan.loader.problems import Description, Found, meant, quoted
from acctplan.model.references import Reference, circles, references

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingType

    from acctplan.config import Config
    from acctplan.model import Plan

_MAX_CIRCLE = 8
_MAX_OFFERED = 6


def broken_links(plan: Plan, config: Config) -> Iterator[Found]:
    """Every id in a plan that is not there, every stage that nobody named, every circle where there may be none."""
    yield from _references(plan, config)
    yield from _stages(plan, config)
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


def _circles(plan: Plan) -> Iterator[Found]:
    for pointer, circle in circles(plan):
        yield partial(_circle, pointer, circle)


def _circle(pointer: Pointer, circle: list[str]) -> Description:
    way = circle if len(circle) <= _MAX_CIRCLE else [*circle[: _MAX_CIRCLE - 2], "…", circle[-1]]
    return pointer, "reference/circle", "goes round in a circle: " + " → ".join(way), "take one of these lines out"
