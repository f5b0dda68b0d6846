"""The warm path: who can introduce us to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis import relationships
from acctplan.analysis.actions import live_actions
from acctplan.analysis.relationships.introductions import warm_path
from acctplan.analysis.signs import COVERAGE, STANCE
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.contacts.as_json import document, path_json, step_json
from acctplan.cli.contacts.phrases import counted, coverage_of, heading, name, names, remark, signed, stance_of, write
from acctplan.diagnostic import format_pointer
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from acctplan.analysis.relationships.introductions import Missing, Step, WarmPath, Way
    from acctplan.cli.contacts.asked import Asked
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity, Plan

_MOST_ASKED = 3
_KINDS = {"reports_to": "reports to", "manages": "manages", "influences": "influences"}
_TITLES = ("way", "step", "from", "from_name", "stance", "coverage", "line_kind", "to", "to_name", "pointer", "line")


def show(asked: Asked, contact: str, *, as_json: bool) -> None:
    """The ways for people; elsewhere than on a terminal a table of their steps, or JSON."""
    path = warm_path(asked.plan, contact)
    if as_json:
        answer = path_json(asked, path)
        found = [
            {"what": what, "due": due and due.isoformat(), "pointer": format_pointer(pointer), "line": asked.line(pointer)}
            for pointer, what, due in planned(asked.plan, contact)
        ]
        console.write(document(asked, answer | {"planned": found}))
    elif console.is_terminal():
        title = asked.plan.contacts[contact].title if asked.plan.contacts[contact].name is not None else None
        heading(f"How to reach {name(asked.plan, contact)}", visible(title or asked.plan.profile.name))
        _known(asked, path)
        ways(asked, path)
    else:
        console.table([Column(title) for title in _TITLES], list(_rows(asked, path)))
        if path.missing is not None:
            for line in missing(asked, path, path.missing):
                console.say(line)


def _known(asked: Asked, path: WarmPath) -> None:
    """Whoever knows somebody needs no introduction: that comes first."""
    who, contact = name(asked.plan, path.contact), asked.plan.contacts[path.contact]
    parts = [coverage_of(contact.coverage), stance_of(contact.stance)]
    if contact.last_contact is not None:
        days = counted((asked.today - contact.last_contact).days, "day")
        parts.append(f"last contact {contact.last_contact} ({days} ago)")
    if contact.relationship is not None and contact.relationship.with_ is not None:
        parts.append(f"held by {visible(asked.plan.team[contact.relationship.with_].name)}")
    if contact.name is None and not path.is_known:
        console.paragraph("We do not know yet who sits there.")
    else:
        console.paragraph(f"{f'We know {who} already' if path.is_known else f'We do not know {who} yet'}: {', '.join(parts)}.")
    if path.ways:
        console.paragraph("Who else can open the door:" if path.is_known else "Who can introduce us:")
    console.write("\n")


def ways(asked: Asked, path: WarmPath, opportunity: Opportunity | None = None) -> None:
    """Each way on a line, the best first; or what is missing."""
    if path.missing is not None:
        for number, line in enumerate(missing(asked, path, path.missing, opportunity)):
            remark("·" if number else "!", None if number else "warning", line)
        return
    for number, way in enumerate(path.ways, 1):
        write([Word(f"{number}."), *_words(asked, way, opportunity)], hanging=3)
    if path.count > len(path.ways):
        console.paragraph(f"and {counted(path.count - len(path.ways), 'more way')} as short", indent=3)


def _words(asked: Asked, way: Way, opportunity: Opportunity | None) -> Iterator[Word]:
    for step in way.steps:
        yield from _person(asked, step.source, opportunity)
        yield Word(f"→ {_joined(step)} →", "advice")
    yield from (Word(word, "path") for word in name(asked.plan, way.steps[-1].target).split(" "))


def _person(asked: Asked, contact: str, opportunity: Opportunity | None) -> Iterator[Word]:
    """Somebody with why it is them: `Karsten Moll (+ supportive, ●●● in depth)`."""
    yield from (Word(word, "path") for word in name(asked.plan, contact).split(" "))
    stance = relationships.stance(asked.plan, opportunity, contact)
    coverage = relationships.coverage(asked.plan, opportunity, contact)
    yield Word(f"({signed(STANCE[stance]) if stance else '? stance unknown'}", None, ",")
    if coverage is None:
        yield Word("? coverage unknown", None, ")")
    else:
        yield Word("○○○ not covered" if coverage == "none" else signed(COVERAGE[coverage]), None, ")")


def _joined(step: Step) -> str:
    return " and ".join(dict.fromkeys(_KINDS[line.kind] for line in step.lines))


def missing(asked: Asked, path: WarmPath, gap: Missing, opportunity: Opportunity | None = None) -> Iterator[str]:
    """Why nobody can introduce us; then what is planned already, and who could be asked next: a sentence each."""
    plan, who = asked.plan, name(asked.plan, path.contact)
    if gap.supporters:
        yield f"Nobody can introduce us to {who} yet: no line leads there from who is for us ({names(plan, gap.supporters)})"
    else:
        yield f"Nobody can introduce us to {who} yet: nobody else whom we cover is known to be for us"
    for pointer, what, due in planned(plan, path.contact):
        by = f", by {due}" if due is not None else ""
        yield f"Planned already: {visible(what)}{by} (line {asked.line(pointer)})"

    def people(contacts: Sequence[str]) -> str:
        stances = (f"{name(plan, one)} ({stance_of(relationships.stance(plan, opportunity, one))})" for one in contacts[:_MOST_ASKED])
        more = len(contacts) - _MOST_ASKED
        return ", ".join(stances) + (f" and {more} more" if more > 0 else "")

    if gap.neighbours:
        yield f"Ask next, one step from {who}: {people(gap.neighbours)}"
    elif gap.nearest:
        yield f"Ask next, {counted(gap.steps, 'step')} from {who}: {people(gap.nearest)}"
    elif gap.uncovered:
        yield f"Ask next, for us and not covered as far as the plan says: {names(plan, gap.uncovered)}"
    elif not gap.has_lines:
        yield f"The plan draws no line to {who}. Add reports_to, or influences of whoever has their ear"


def planned(plan: Plan, contact: str) -> Iterator[tuple[Pointer, str, date | None]]:
    """Open objectives and actions that name a contact: where, what and by when."""
    for key, objective in plan.objectives.items():
        if objective.is_open and contact in objective.contacts:
            yield ("objectives", key), objective.what, objective.due
    for pointer, action, _, _ in live_actions(plan):
        if action.is_open and action.contact == contact:
            yield pointer, action.what, action.due


def _rows(asked: Asked, path: WarmPath) -> Iterator[list[str]]:
    for number, way in enumerate(path.ways, 1):
        for place, step in enumerate(way.steps, 1):
            values = step_json(asked, step)
            for line in values["lines"]:
                ends = (step.source, name(asked.plan, step.source), values["stance"] or "", values["coverage"] or "", line["kind"])
                yield [str(number), str(place), *ends, step.target, name(asked.plan, step.target), line["pointer"], str(line["line"])]
