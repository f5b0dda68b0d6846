"""`acctplan meeting hold`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from acctplan.cli.options import Diff, OnDay, OnePlan, Today, day_asked_for

if TYPE_CHECKING:
    from datetime import date

    from acctplan.cli.meeting.minutes import Said


class Purchasing(StrEnum):
    """What they bought, against what was planned."""

    above = "above"
    as_planned = "as_planned"
    below = "below"


def _texts(name: str, what: str, metavar: str = "TEXT") -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=f"{what} May be repeated.", show_default=False)
    return option


def hold(
    plan: OnePlan,
    on: OnDay = None,
    attended: Annotated[list[str] | None, _texts("--attended", "Who was there, of both sides: ids or names, with commas.", "WHO")] = None,
    expectations_met: Annotated[
        Literal["yes", "no"] | None, typer.Option(help="Whether we did what they expected of us.", show_default=False)
    ] = None,
    ours: Annotated[str | None, typer.Option(metavar="TEXT", help="How they saw us since the last time.", show_default=False)] = None,
    purchasing: Annotated[Purchasing | None, typer.Option(help="What they bought, against what was planned.", show_default=False)] = None,
    theirs: Annotated[str | None, typer.Option(metavar="TEXT", help="How we saw them since the last time.", show_default=False)] = None,
    overdue_invoices: Annotated[int | None, typer.Option(min=0, metavar="N", help="Invoices that are overdue.", show_default=False)] = None,
    finances: Annotated[str | None, typer.Option(metavar="TEXT", help="How they pay.", show_default=False)] = None,
    news_from_us: Annotated[list[str] | None, _texts("--news-from-us", "What is new with us.")] = None,
    news_from_them: Annotated[list[str] | None, _texts("--news-from-them", "What is new with them.")] = None,
    ideas: Annotated[list[str] | None, _texts("--idea", "What came up.")] = None,
    goals: Annotated[list[str] | None, _texts("--goal", "What both want to have reached when you meet again.")] = None,
    actions: Annotated[
        list[str] | None, _texts("--action", "What was agreed to be done, who of us, and by when.", "'WHAT; WHO; DAY'")
    ] = None,
    done: Annotated[list[str] | None, _texts("--done", "What earlier meetings agreed on and is done: its id.", "ACTION")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Anything else, for us alone.", show_default=False)] = None,
    next_day: Annotated[
        str | None, typer.Option("--next", metavar="DAY", help="When you meet again: +3m, 2027-02-18.", show_default=False)
    ] = None,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """Note a relationship meeting that was held: who was there, what was said, what was agreed, and when you meet again.

    On a terminal and without any of the options it asks, part by part; Enter leaves a part out. Whoever was there has been spoken with
    that day. A meeting that is noted already is added to; what it says is never replaced.

    \b
    Examples:
      acctplan meeting hold meridian
      acctplan meeting hold meridian --attended "lena, tom, amira" --expectations-met yes --next +3m
      acctplan meeting hold meridian --on yesterday --action "Send the figures; amira; fri" --done pilot-page
    """
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.asking import can_ask
    from acctplan.cli.editing import change
    from acctplan.cli.loading import load_one
    from acctplan.cli.meeting.minutes import Said, command, minutes
    from acctplan.cli.meeting.writing import edits, summary
    from acctplan.cli.values import day_given
    from acctplan.errors import UserError

    now = day_asked_for(today)
    day = day_given(on, now, is_past=True)
    if day > now:
        raise UserError(f"{day} is still to come", f"plan it: acctplan add meeting {plan} {day}")
    book = find_for([plan])
    loaded = load_one(book, plan)
    assert loaded.plan is not None
    said = Said(
        attended=attended or (),
        expectations_met=expectations_met,
        ours=ours,
        purchasing=purchasing.value if purchasing else None,
        theirs=theirs,
        overdue_invoices=None if overdue_invoices is None else str(overdue_invoices),
        finances=finances,
        news_from_us=news_from_us or (),
        news_from_them=news_from_them or (),
        ideas=ideas or (),
        goals=goals or (),
        actions=actions or (),
        done=done or (),
        notes=note,
        next=next_day,
    )
    typed: dict[str, Any] = {}
    try:
        if said == Said() and can_ask():
            from acctplan.cli.meeting.asked import asked

            said = asked(typed, loaded.path, loaded.plan, book.config, day, now)
        _refuse_nothing(plan, day, said)
        held = minutes(said, loaded.plan, day, now)
        paths = book.resolve([plan])
        (after,) = change(book, paths, lambda found: edits(found, day, held, plan), show_diff=show_diff, said=summary(held, day))
    except (KeyboardInterrupt, UserError):
        if typed:
            console.say(f"nothing was written; to go on from what was said so far:\n{command(plan, day, typed)}")
        raise
    if not show_diff and after.plan is not None and held.next is None:
        console.hint(f"when do you meet again? acctplan add meeting {plan} +3m")


def _refuse_nothing(plan: str, day: date, said: Said) -> None:
    from acctplan.errors import UserError

    if not any(said):
        raise UserError(f"nothing was said of the meeting of {day}", f"that it was held, and no more: acctplan add meeting {plan} {day}")
