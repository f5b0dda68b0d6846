"""Our own preparation of a meeting: its agenda with figures, notes, and what nobody outside may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.amounts import currency_of, money
from acctplan.analysis.meetings import ago, rhythm, upcoming
from acctplan.analysis.progress import SYMBOLS, progress
from acctplan.analysis.relationships import called
from acctplan.analysis.revenue import known, revenue
from acctplan.cli.actions.found import Item, items
from acctplan.cli.meeting.papers import Paper, Part, as_markdown, as_text, blocks
from acctplan.cli.meeting.shown import todo_words
from acctplan.model import HeldMeeting
from acctplan.render.view.words import MET, PURCHASING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from acctplan.analysis.meetings import Upcoming
    from acctplan.book import Book
    from acctplan.loader import Loaded
    from acctplan.model import Plan


def for_us(loaded: Loaded, book: Book, today: date, form: str, *, to_file: bool) -> str:
    """The agenda with our own figures and notes. The arguments are those of `theirs.for_them`."""
    assert loaded.plan is not None
    paper = _ours(loaded.path, loaded.plan, book, today)
    return as_markdown(paper) if form == "md" else as_text(paper, to_file=to_file)


def _ours(name: str, plan: Plan, book: Book, today: date) -> Paper:
    found = upcoming(plan, book.config, today)
    last = plan.meetings.held[found.last] if plan.meetings is not None and found.last is not None else HeldMeeting()
    promised = [item for item in items(name, plan, today) if item.placed.meeting == found.last and found.last is not None]
    kept = sum(item.status == "done" for item in promised)
    aims = [(entry.what, progress(plan, key, today)) for key, entry in plan.objectives.items() if entry.is_open]
    everything = [item for item in items(name, plan, today) if item.placed.action.is_open]
    others = [item for item in everything if item.placed.meeting is None]
    parts = (
        Part(
            f"Since we met on {found.last}" if found.last else "Where we stand",
            "",
            blocks(
                (f"What was agreed then: {kept} of {len(promised)} done", tuple(map(todo_words, promised))),
                ("How they saw us", tuple(_saw_us(last))),
                ("How we saw them", tuple(_saw_them(last))),
                ("Won since", tuple(_won(plan, book, found.last, today))),
                ("Revenue", tuple(_revenue(plan, book, today))),
            ),
        ),
        Part("Finances", "", blocks(("The last time", tuple(_finances(last))))),
        Part(
            "What is new",
            "",
            blocks(("With them, the last time", last.news_from_them), ("With us, the last time", last.news_from_us)),
        ),
        Part("Ideas", "", blocks(("The last time", last.ideas))),
        Part(
            "Goals",
            "",
            blocks(
                ("The last time", last.goals),
                ("Our objectives", tuple(f"{SYMBOLS[how.word]} {what}: {how.word}, {how.why}" for what, how in aims)),
            ),
        ),
        Part(
            "Next steps",
            "",
            blocks(
                ("Still to do of earlier meetings", tuple(_todo(name, plan, found, today))),
                ("Still to do for our objectives", tuple(map(todo_words, others))),
                ("When we meet again", (f"{rhythm(found.every_months)}{'' if found.is_own_cadence else ', as the book has it'}",)),
            ),
        ),
    )
    when = "no day" if found.day is None else f"{found.day}, {ago(found.day, today)}{'' if found.is_planned else ', no day agreed'}"
    guests = [f"{called(plan, one.contact)} ({one.why})" for one in found.guests]
    facts = (
        ("When", when),
        ("Why", "; ".join(found.why)),
        ("From them", "; ".join(guests)),
        ("From us", "; ".join(plan.team[one].name for one in found.ours)),
    )
    return Paper(f"{plan.profile.name}: relationship meeting, for us alone", tuple(fact for fact in facts if fact[1]), parts)


def _saw_us(last: HeldMeeting) -> Iterator[str]:
    if last.ours is not None:
        met = last.ours.expectations_met
        said = MET[met].word if met is not None else "not known if expectations were met"
        yield f"{MET[met].symbol} the last time: {said}"
        yield from filter(None, [last.ours.notes])


def _saw_them(last: HeldMeeting) -> Iterator[str]:
    if last.theirs is not None:
        bought = last.theirs.purchasing
        said = PURCHASING[bought].word if bought is not None else "not known how much"
        yield f"{PURCHASING[bought].symbol} the last time, what they bought: {said}"
        yield from filter(None, [last.theirs.notes])


def _finances(last: HeldMeeting) -> Iterator[str]:
    if last.finances is not None:
        invoices = last.finances.overdue_invoices
        yield "overdue invoices: not known" if invoices is None else f"overdue invoices: {invoices}"
        yield from filter(None, [last.finances.notes])


def _won(plan: Plan, book: Book, since: date | None, today: date) -> Iterator[str]:
    currency = currency_of(plan, book.config)
    for entry in plan.opportunities.values():
        day = entry.close_date
        if entry.status == "won" and day is not None and day <= today and (since is None or day >= since):
            yield f"{entry.name}, {_amount(entry.value, currency)}, {day}"


def _revenue(plan: Plan, book: Book, today: date) -> Iterator[str]:
    """The fiscal year that it is."""
    found = revenue(plan, book.config)
    for year in found.years:
        if year.period.starts <= today <= year.period.ends:
            figures = known(year.figures, booked=year.figures.is_booked_known, forecast=True)
            told = [f"{name} {_amount(figures[name], found.currency)}" for name in ("goal", "booked", "forecast", "gap")]
            yield f"{year.period.key}: {', '.join(told)}"


def _amount(amount: Decimal | None, currency: str) -> str:
    return "not known" if amount is None else money(amount, currency)


def _todo(name: str, plan: Plan, found: Upcoming, today: date) -> Iterator[str]:
    return (todo_words(Item(name, plan, placed, today)) for placed in found.still_open)
