"""Asking whoever types who or what something in an export is, where nobody else can tell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from acctplan.cli import console, importing
from acctplan.cli.asking import ask, can_ask
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from acctplan.book import Book
    from acctplan.cli.importing import Reconciled
    from acctplan.importers import Extract, Wishes
    from acctplan.importers.outcome import Undecided

_MOST_QUESTIONS = 20
"""At one import; what is not asked is listed."""
_SECTIONS = {"account": "accounts", "contact": "contacts", "opportunity": "opportunities"}
_TELLING = {
    "account": ("website", "headquarters", "industry"),
    "contact": ("title", "email"),
    "opportunity": ("stage", "value", "currency", "close_date"),
}
"""What tells people which one something is."""


def asked(book: Book, extract: Extract, wishes: Wishes, day: date) -> Wishes:
    """What was asked for, with what whoever types says of what is undecided. Elsewhere that is left out and listed."""
    if not can_ask():
        return wishes
    seen: set[str] = set()
    decisions = dict(wishes.decisions)
    while len(seen) < _MOST_QUESTIONS:  # what becomes of an account decides what else there is to ask
        done = importing.reconciled(book, extract, replace(wishes, decisions=decisions), day)
        one = next((one for one in done.imported.unsure if (one.crm_id or one.name) not in seen), None)
        if one is None:
            break
        seen.add(said := one.crm_id or one.name)
        if (answer := _answer(one, extract, done)) is not None:
            decisions[said] = answer
    return replace(wishes, decisions=decisions)


def _answer(one: Undecided, extract: Extract, done: Reconciled) -> str | None:
    """What one thing is; None: it is left out."""
    record = next((each for each in _records(extract, one.kind) if each.source == one.source), None)
    place = f"{one.source.file}, row {one.source.row}"
    console.paragraph(visible(f"{one.kind} {_told(one.kind, one.name, record, _account(record))} in {place}: {one.why}."))
    for candidate in one.candidates:
        entry, account = _entry(one, candidate.key, done)
        console.paragraph(visible(f"{candidate.key}: {_told(one.kind, candidate.name, entry, account)}"), indent=2)
    choices = [*(candidate.key for candidate in one.candidates), "new"]
    while True:
        answer = ask("Which is it? Enter leaves it out, ? explains.", "--match", choices)
        if answer is None or answer in choices:
            return answer
        console.paragraph(visible(_help(one) if answer == "?" else f"{answer} is none of them. {_help(one)}"))


def _help(one: Undecided) -> str:
    first = f"{one.candidates[0].key}, if it is {one.candidates[0].name}; " if one.candidates else ""
    new = "a plan of its own is made" if one.kind == "account" else f"it becomes a new {one.kind}"
    return (
        f"Type {first}new, if it is none that there is: then {new}. What you say is remembered. Enter leaves it out of this import, and "
        "it is listed below; Ctrl-C stops, and nothing is written."
    )


def _records(extract: Extract, kind: str) -> tuple[Any, ...]:
    return getattr(extract, _SECTIONS.get(kind, ""), ())


def _account(record: Any) -> str:
    link = getattr(record, "account", None)
    return "" if link is None else link.name or link.id or ""


def _entry(one: Undecided, key: str, done: Reconciled) -> tuple[Any, str]:
    """What may be meant, as its plan has it, and the account that it is of."""
    plans: Mapping[str, Any] = {path: loaded.plan for path, loaded in done.plans.items() if loaded.plan is not None}
    if one.kind == "account":
        return next((plan.profile for path, plan in plans.items() if PurePath(path).stem == key), None), ""
    plan = plans.get(one.plan)
    return (None, "") if plan is None else (getattr(plan, _SECTIONS.get(one.kind, ""), {}).get(key), plan.profile.name)


def _told(kind: str, name: str, what: Any, account: str) -> str:
    """A name, and what tells people which one it is: `Lena Vos (CFO, lena@meridian.example, Meridian Foods)`."""
    said = [getattr(what, field, None) for field in _TELLING.get(kind, ())]
    facts = [*(str(each) for each in said if each is not None), *([account] if account else [])]
    return f"{name} ({', '.join(facts)})" if facts else name
