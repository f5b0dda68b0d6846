"""The agenda that the customer may see, from their edition of the plan alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan import render
from acctplan.analysis.meetings import ago
from acctplan.cli.meeting.papers import Paper, Part, as_text, blocks
from acctplan.model.editions import customer_edition
from acctplan.render.view.customer import Held

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from acctplan.book import Book
    from acctplan.loader import Loaded
    from acctplan.model import Plan
    from acctplan.render.view.customer import Gatherings
    from acctplan.render.view.execution import Action

_PROMPTS = (
    "Did we do what you expected of us? Did things go with us as you had planned?",
    "Orders, invoices and payments: is anything open, on either side?",
    "What is new with you, and with us?",
    "What could we do together that neither of us does today?",
    "What do we want to have reached when we meet again?",
    "What do we agree on today: what, who, by when?",
)


def for_them(loaded: Loaded, book: Book, today: date, form: str, *, to_file: bool) -> str:
    """The agenda that the customer may see.

    Args:
        loaded: a plan without errors.
        book: its book.
        today: the day it is.
        form: `md`, as the book's documents are; or `text`.
        to_file: whether it goes to a file, so that nothing is painted or fitted to a terminal.

    Raises:
        UserError: something internal would stand in it.
    """
    own = {name: text for name, text in book.templates().items() if render.shipped().get(name) != text}
    # Filled in for a text too: it is looked through for anything internal then, and the text says no more than the document.
    document = render.render_plan(loaded, book.config, today, "md", own, document="agenda")
    if form == "md":
        return document
    assert loaded.plan is not None
    return as_text(_theirs(customer_edition(loaded.plan), book, today), to_file=to_file)


def _theirs(edition: Plan, book: Book, today: date) -> Paper:
    view = render.customer_view(edition, book.config, today)
    found = view.meetings
    has_met = found is not None and bool(found.held)
    last = found.held[0] if found is not None and found.held else Held(today, (), (), (), (), (), (), 0)
    aims = tuple(f"{aim.state.symbol} {aim.what}: {aim.state.word}, {_by(aim.due)}" for aim in view.aims)
    still = tuple(
        f"{one.action.state.symbol} {_action(one.action)} ({one.purpose or f'agreed on {one.meeting}'})" for one in view.open_actions
    )
    parts = (
        Part(
            f"Since we met on {last.held}" if has_met else "Where we stand",
            _PROMPTS[0],
            blocks((f"What we agreed then: {last.kept} of {len(last.actions)} done", _actions(last.actions))),
        ),
        Part("Finances", _PROMPTS[1], ()),
        Part(
            "What is new",
            _PROMPTS[2],
            blocks(("With you, the last time", last.news_from_them), ("With us, the last time", last.news_from_us)),
        ),
        Part("Ideas", _PROMPTS[3], blocks(("The last time", last.ideas))),
        Part("Goals", _PROMPTS[4], blocks(("The last time", last.goals), ("What we are working towards", aims))),
        Part("Next steps", _PROMPTS[5], blocks(("Agreed, and still to do", still), ("We meet again", (_again(found),)))),
    )
    theirs = [", ".join(filter(None, (one.name, one.title))) for one in (found.theirs if found else ())]
    facts = (
        ("When", f"{found.next}, {ago(found.next, today)}" if found and found.next else "a day to be agreed on"),
        ("From you", "; ".join(theirs)),
        ("From us", "; ".join(found.ours if found else ())),
    )
    return Paper(f"{view.name}: relationship meeting", tuple(fact for fact in facts if fact[1]), parts)


def _again(found: Gatherings | None) -> str:
    return f"about {found.follow_up}" if found is not None and found.follow_up else "on a day to be agreed on"


def _by(due: date | None) -> str:
    return "no day" if due is None else f"by {due}"


def _actions(actions: Iterable[Action]) -> tuple[str, ...]:
    return tuple(f"{one.state.symbol} {_action(one)}" for one in actions)


def _action(one: Action) -> str:
    day = f"{one.state.word}{f' on {one.done}' if one.done else ''}" if one.state.key == "done" else f"{one.state.word}, {_by(one.due)}"
    return " · ".join(filter(None, (one.what, one.owner, one.contact, day)))
