"""The warm path: who can introduce us to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis import relationships
from acctplan.analysis.introductions import warm_path
from acctplan.analysis.signs import COVERAGE, STANCE
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.contacts.as_json import document, path_json, step_json
from acctplan.cli.contacts.phrases import counted, coverage_of, heading, name, names, remark, signed, stance_of, write
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.analysis.introductions import Missing, Step, WarmPath, Way
    from acctplan.cli.contacts.asked import Asked
    from acctplan.model import Opportunity

_KINDS = {"reports_to": "reports to", "manages": "manages", "influences": "influences"}
_TITLES = ("way", "step", "from", "from_name", "stance", "coverage", "line_kind", "to", "to_name", "pointer", "line")


def show(asked: Asked, contact: str, *, as_json: bool) -> None:
    """The ways for people; elsewhere than on a terminal a table of their steps, or JSON."""
    path = warm_path(asked.plan, contact)
    if as_json:
        console.write(document(asked, path_json(asked, path)))
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
        for line in missing(asked, path, path.missing, opportunity):
            remark("!", "warning", line)
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
    """Why nobody can introduce us, and what would help: a sentence each."""
    plan, who = asked.plan, name(asked.plan, path.contact)
    if gap.supporters:
        yield f"Those who are for us and whom we cover ({names(plan, gap.supporters)}) have no line that leads to {who}"
    else:
        yield "Nobody else whom we cover is known to be for us"
    if not gap.has_lines:
        yield f"The plan draws no line to {who}. Add reports_to, or influences of whoever has their ear"
    if gap.uncovered:
        yield f"For us, but not covered as far as the plan says: {names(plan, gap.uncovered)}"
    if gap.nearest:
        steps = counted(gap.steps, "step")
        stances = ", ".join(f"{name(plan, one)} ({stance_of(relationships.stance(plan, opportunity, one))})" for one in gap.nearest[:3])
        more = f" and {len(gap.nearest) - 3} more" if len(gap.nearest) > 3 else ""  # noqa: PLR2004
        yield f"Nearest whom we cover, {steps} away: {stances}{more}. Win them first"


def _rows(asked: Asked, path: WarmPath) -> Iterator[list[str]]:
    for number, way in enumerate(path.ways, 1):
        for place, step in enumerate(way.steps, 1):
            values = step_json(asked, step)
            for line in values["lines"]:
                ends = (step.source, name(asked.plan, step.source), values["stance"] or "", values["coverage"] or "", line["kind"])
                yield [str(number), str(place), *ends, step.target, name(asked.plan, step.target), line["pointer"], str(line["line"])]
