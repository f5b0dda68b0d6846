"""What to ask the customer, for people, to take along and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.diagnostic import plan_name
from acctplan.render.markdown import escape
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from acctplan.analysis.questions.customer import ToAsk
    from acctplan.cli.questions.found import Found

_READABLE = 96
"""Columns of a line that is easily read."""
_MANY = 6
"""Of more questions than this for one person only the first are shown where several plans are."""


def show(found: Sequence[Found]) -> None:
    """Under each contact what to ask, why, and what the answer fills in; elsewhere than on a terminal a table in full."""
    if not console.is_terminal():
        _table(found)
        return
    if not any(one.questions for one in found):
        console.write("Nothing is open. Ask how they are.\n")
        return
    for one in found:
        if one.questions:
            _account(one, most=None if len(found) == 1 else _MANY)
    names = [plan_name(one.path) for one in found]
    if len(names) == 1:
        console.hint(f"to take along: acctplan questions {names[0]} --markdown")
        asked = found[0].questions
        if (noted := next((one.id for one in asked if one.id), None)) is not None:
            console.hint(f'the answer to one that was noted, such as {noted}: acctplan questions {names[0]} --answer {noted} "…"')
        if any(one.id is None for one in asked):
            which = "the answers" if noted is None else "the answers to the others"
            console.hint(f"{which}: acctplan interview {names[0]}")


def _account(found: Found, *, most: int | None) -> None:
    console.paragraph(visible(found.plan.profile.name), role="path")
    for whom, some in found.by_contact:
        console.write("\n")
        console.paragraph(visible(whom), indent=2, role="path")
        for question in some[:most]:
            console.paragraph(visible(f"? {question.what}"), indent=4, widest=_READABLE)
            about = f" · {question.id or question.about}" if question.id or question.about else ""
            name = _opportunity(found, question)
            deal = f"{name}: " if name and name not in question.what else ""
            console.paragraph(visible(f"{deal}{question.why}{about}"), indent=6, widest=_READABLE)
        if most is not None and len(some) > most:
            console.paragraph(f"and {len(some) - most} more: acctplan questions {plan_name(found.path)}", indent=4)
    console.write("\n")


def _table(found: Sequence[Found]) -> None:
    titles = ("account", "contact", "name", "question", "why", "about", "id", "asked", "value", "for", "plan", "opportunity")
    rows = [
        [
            one.plan.profile.name,
            question.contact or "",
            _name(one, question) or "",
            question.what,
            question.why,
            question.about,
            question.id or "",
            "" if question.asked is None else question.asked.isoformat(),
            f"{question.value:.2f}",
            "us" if question.is_ours else "customer",
            one.path,
            one.opportunity(question) or "",
        ]
        for one in found
        for question in one.questions
    ]
    console.table([Column(title) for title in titles], rows)


def as_markdown(found: Sequence[Found], today: date) -> str:
    """What can be said aloud, with room for the answers, and nothing else."""
    lines: list[str] = []
    for one in found:
        said = [(whom, some) for whom, some in one.by_contact if not some[0].is_ours]
        lines += ["", f"# Questions for {escape(visible(one.plan.profile.name))}", "", f"{today.isoformat()}"]
        for whom, some in said:
            lines += ["", f"## {escape(visible(whom))}"]
            for heading, inside in one.by_heading(some):
                lines += ["", f"### {escape(visible(heading))}"] if heading else []
                lines += ["", *(f"- [ ] {escape(visible(question.what))}" for question in inside)]
        lines += [] if said else ["", "Nothing is open."]
    return "\n".join(lines[1:]) + "\n" if lines else ""


def hint_at_headings(found: Sequence[Found]) -> None:
    """Say, to us alone, which opportunities the headings of a list to take along stand for."""
    for one in found:
        asked = dict.fromkeys(key for question in one.questions if (key := one.opportunity(question)) is not None)
        unnamed = [key for key in asked if key in one.headings and not one.plan.opportunities[key].shared]
        for key in unnamed:
            console.hint(visible(f"'{one.headings[key]}' is {one.plan.opportunities[key].name}"))
        if unnamed:
            console.hint(f"to call one by its name: acctplan set {plan_name(one.path)} opportunities.{unnamed[0]}.shared true")


def document(found: Sequence[Found], today: date) -> str:
    """All of it as JSON."""
    questions = [_data(one, question) for one in found for question in one.questions]
    return json.dumps({"version": 1, "today": today.isoformat(), "questions": questions}, indent=2) + "\n"


def _data(found: Found, question: ToAsk) -> dict[str, Any]:
    return {
        "plan": found.path,
        "account": found.plan.profile.name,
        "contact": question.contact,
        "name": _name(found, question),
        "question": question.what,
        "why": question.why,
        "about": question.about or None,
        "id": question.id,
        "asked": None if question.asked is None else question.asked.isoformat(),
        "opportunity": found.opportunity(question),
        "is_ours": question.is_ours,
        "value": question.value,
    }


def _opportunity(found: Found, question: ToAsk) -> str | None:
    key = found.opportunity(question)
    return None if key is None else found.plan.opportunities[key].name


def _name(found: Found, question: ToAsk) -> str | None:
    return None if question.contact is None else found.plan.contacts[question.contact].name
