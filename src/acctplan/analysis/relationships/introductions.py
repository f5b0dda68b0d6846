"""Who can introduce us to whom: the shortest way along the lines of the organisation from somebody who is for us."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from acctplan.analysis import relationships
from acctplan.analysis.relationships import coverage_rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity, Plan

MOST_ALTERNATIVES = 3
"""Ways that are listed beside the best one."""

Kind: TypeAlias = Literal["reports_to", "manages", "influences"]
"""What the one who introduces is to the other."""


class Line(NamedTuple):
    """A line of the organisation, from whoever can introduce."""

    kind: Kind
    pointer: Pointer
    """Where the plan says so."""


Lines: TypeAlias = "Mapping[str, Mapping[str, tuple[Line, ...]]]"
"""By the contact that they lead to, then by the contact that they come from."""


class Step(NamedTuple):
    """One contact introduces us to the next."""

    source: str
    target: str
    lines: tuple[Line, ...]
    """What joins them: at least one."""


class Way(NamedTuple):
    """An introduction, step by step: the first contact is for us and we cover them, the last one is whom we want to reach."""

    steps: tuple[Step, ...]

    @property
    def start(self) -> str:
        """Whom we ask."""
        return self.steps[0].source


@dataclass(frozen=True, slots=True)
class Missing:
    """Why nobody can introduce us."""

    has_lines: bool
    """Whether any line leads to the contact."""
    supporters: tuple[str, ...]
    """Those who are for us and whom we cover; no line leads from them."""
    uncovered: tuple[str, ...]
    """Those who are for us, and whom we do not cover as far as the plan says."""
    nearest: tuple[str, ...]
    """Those whom we cover at the fewest steps, and who are not known to be for us."""
    steps: int
    """How many steps off the nearest are; 0 where there are none."""
    neighbours: tuple[str, ...]
    """Whom the contact influences or reports to, or is influenced by, or leads, as far as we know them: who to ask next."""


@dataclass(frozen=True, slots=True)
class WarmPath:
    """How to be introduced to a contact."""

    contact: str
    is_known: bool
    """Whether we know them already."""
    ways: tuple[Way, ...]
    """The shortest, best first: at most one and `MOST_ALTERNATIVES` more."""
    count: int
    """How many equally short ones there are in all."""
    missing: Missing | None
    """Why there is none; None where there is one."""


def lines(plan: Plan) -> Lines:
    """Whom each contact could be introduced by: whom they report to, who reports to them, and who influences them."""
    found: dict[str, dict[str, tuple[Line, ...]]] = {identifier: {} for identifier in plan.contacts}

    def draw(source: str, target: str, line: Line) -> None:
        found[target][source] = (*found[target].get(source, ()), line)

    for identifier, contact in plan.contacts.items():
        if contact.reports_to is not None:
            pointer: Pointer = ("contacts", identifier, "reports_to")
            draw(identifier, contact.reports_to, Line("reports_to", pointer))
            draw(contact.reports_to, identifier, Line("manages", pointer))
        for position, influenced in enumerate(contact.influences):
            draw(identifier, influenced, Line("influences", ("contacts", identifier, "influences", position)))
    return found


def introducers(plan: Plan) -> dict[str, set[str]]:
    """By contact, who is one step away and could introduce us."""
    return {target: set(sources) for target, sources in lines(plan).items()}


def warm_path(plan: Plan, contact: str, opportunity: Opportunity | None = None) -> WarmPath:
    """The shortest ways to a contact from somebody who is supportive and whom we cover, at least briefly.

    Of equally short ones those come first whose people we cover better, compared from the start on; then the ids decide.

    Args:
        plan: with the contacts.
        contact: the id of whom we want to reach.
        opportunity: where stance and coverage are wanted as they are for it.
    """
    joined = lines(plan)
    steps_to = _distances(joined, contact)
    for_us = {one for one in plan.contacts if one != contact and _supports(plan, opportunity, one) and _covers(plan, opportunity, one)}
    shortest = min((steps_to[one] for one in for_us if one in steps_to), default=0)
    is_known = relationships.is_known(plan, opportunity, contact)
    if not shortest:
        return WarmPath(contact, is_known, (), 0, _missing(plan, opportunity, contact, for_us, steps_to))

    def best_first(one: str) -> tuple[int, str]:
        return -coverage_rank(relationships.coverage(plan, opportunity, one)), one

    after: dict[str, list[str]] = {one: [] for one, away in steps_to.items() if away <= shortest}
    for target in after:
        for source in joined[target]:
            if source in after and steps_to[source] == steps_to[target] + 1:
                after[source].append(target)
    after = {one: sorted(targets, key=best_first) for one, targets in after.items()}
    starts = sorted((one for one in for_us if steps_to.get(one) == shortest), key=best_first)
    ways = tuple(Way(_steps(joined, people)) for people in islice(_walks(after, starts, contact), 1 + MOST_ALTERNATIVES))
    count = _counts(after, contact)
    return WarmPath(contact, is_known, ways, sum(count[start] for start in starts), None)


def _supports(plan: Plan, opportunity: Opportunity | None, contact: str) -> bool:
    return relationships.stance(plan, opportunity, contact) == "supportive"


def _covers(plan: Plan, opportunity: Opportunity | None, contact: str) -> bool:
    return coverage_rank(relationships.coverage(plan, opportunity, contact)) > 0


def _distances(joined: Lines, target: str) -> dict[str, int]:
    """By contact from whom a way leads to the target, how many steps it has at least; the nearest first."""
    found = {target: 0}
    edge = [target]
    while edge:
        further = [source for one in edge for source in joined[one] if source not in found]
        for source in further:
            found[source] = found[edge[0]] + 1
        edge = list(dict.fromkeys(further))
    return found


def _walks(after: Mapping[str, list[str]], starts: list[str], target: str) -> Iterator[tuple[str, ...]]:
    """Every shortest way, the best first."""
    pending: list[tuple[str, ...]] = [(start,) for start in reversed(starts)]
    while pending:
        people = pending.pop()
        if people[-1] == target:
            yield people
        pending.extend((*people, one) for one in reversed(after[people[-1]]))


def _counts(after: Mapping[str, list[str]], target: str) -> dict[str, int]:
    """By contact, how many shortest ways lead to the target. `after` lists the nearest contacts first."""
    found: dict[str, int] = {}
    for one, targets in after.items():
        found[one] = 1 if one == target else sum(found[each] for each in targets)
    return found


def _steps(joined: Lines, people: tuple[str, ...]) -> tuple[Step, ...]:
    return tuple(Step(source, target, joined[target][source]) for source, target in pairwise(people))


def _missing(plan: Plan, opportunity: Opportunity | None, contact: str, for_us: set[str], steps_to: Mapping[str, int]) -> Missing:
    covered = [one for one in steps_to if one != contact and _covers(plan, opportunity, one)]
    fewest = min((steps_to[one] for one in covered), default=0)
    others = [one for one in plan.contacts if one != contact and one not in for_us]
    return Missing(
        has_lines=len(steps_to) > 1,
        supporters=tuple(one for one in plan.contacts if one in for_us),
        uncovered=tuple(one for one in others if _supports(plan, opportunity, one)),
        nearest=tuple(sorted(one for one in covered if steps_to[one] == fewest)),
        steps=fewest,
        neighbours=tuple(one for one in _neighbours(plan, contact) if relationships.is_known(plan, opportunity, one)),
    )


def _neighbours(plan: Plan, contact: str) -> list[str]:
    """Everybody one line away, whichever way it points."""
    entry = plan.contacts[contact]
    own = (*entry.influences, *([] if entry.reports_to is None else [entry.reports_to]))
    return list(dict.fromkeys((*own, *lines(plan)[contact])))
