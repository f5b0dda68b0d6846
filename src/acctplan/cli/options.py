"""Arguments and options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Plans begin and end between these days, and are looked at on one of them."""


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("a date like 2026-12-31 is wanted") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise typer.BadParameter(f"a day from {FIRST_DAY.year} to {LAST_DAY.year} is wanted")
    return day


def day_asked_for(today: date | None) -> date:
    """The day that `--today` names, else the day it is where the user is."""
    return today or date.today()  # noqa: DTZ011


def _currency(text: str) -> str:
    if not re.fullmatch("[A-Z]{3}", text):
        raise typer.BadParameter("an ISO 4217 code like EUR is wanted")
    return text


def complete_plans(incomplete: str) -> list[str]:
    """The names of the book's plans, for a Tab. Looks at file names only."""
    from acctplan.cli.completion import plan_names

    return [name for name in plan_names() if name.startswith(incomplete)]


def complete_actions(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: plans and the ids of what is still to be done."""
    return _entries("action", ctx.params.get("action"), incomplete)


def complete_contacts(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: plans and the ids of contacts."""
    return _entries("contact", ctx.params.get("contact"), incomplete)


def complete_opportunities(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: plans and the ids of opportunities."""
    return _entries("opportunity", ctx.params.get("opportunity"), incomplete)


def complete_noted(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: plans and the ids of whatever has notes."""
    said = ctx.params.get("words")
    return list(dict.fromkeys([*_entries("noted", said, incomplete), *_entries("action", said, incomplete)]))


def complete_places(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: the sections and entries of a plan that was named."""
    from acctplan.cli.completion import entry_pointers

    return [place for place in entry_pointers(str(ctx.params.get("plan"))) if place.startswith(incomplete)]


def complete_moves(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: plans, the ids of opportunities, and where they can be moved to."""
    from acctplan.cli.completion import CLOSED, entry_ids, is_plan, stages

    said = list(ctx.params.get("opportunity") or ())
    if not said or (len(said) == 1 and said[0] not in entry_ids("opportunity") and is_plan(said[0])):
        return _entries("opportunity", said, incomplete)
    return [name for name in (*stages(), "potential", "open", *CLOSED) if name.startswith(incomplete)]


def complete_ranked(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: plans, and the ids of opportunities where one may be asked about."""
    from acctplan.cli.completion import plan_names

    if ctx.params.get("explain") or ctx.params.get("what_would"):
        return list(dict.fromkeys([*_entries("opportunity", ctx.params.get("plans"), incomplete), *complete_plans(incomplete)]))
    return [name for name in plan_names() if name.startswith(incomplete)]


def complete_team(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: the ids of our people, of the plan that was named or of all."""
    return _ids_there("team", ctx, incomplete)


def complete_people(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: the ids of contacts, of the plan that was named or of all."""
    return _ids_there("contact", ctx, incomplete)


def complete_deals(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: the ids of opportunities, of the plan that was named or of all."""
    return _ids_there("opportunity", ctx, incomplete)


def _ids_there(kind: str, ctx: typer.Context, incomplete: str) -> list[str]:
    from acctplan.cli.completion import entry_ids

    named = ctx.params.get("plan") or next(iter(ctx.params.get("plans") or ()), None)
    return [name for name in entry_ids(kind, named) if name.startswith(incomplete)]


def complete_pointers(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: plans, then the sections and entries of the first one, the fields of an entry, and what may be said for one."""
    from acctplan.cli.completion import entry_pointers, plan_names
    from acctplan.cli.fields import fields_of

    said = list(ctx.params.get("plans") or ())
    if said and "." in said[-1]:
        steps = said[-1].split(".")
        return _values(steps[-3], steps[-1], said[0], incomplete) if len(steps) > 2 else []  # noqa: PLR2004  section, entry, field
    entry, dot, _ = incomplete.rpartition(".")
    if said and dot and (fields := fields_of(entry.split(".")[-2]) if "." in entry else []):
        return [name for field in fields if (name := f"{entry}.{field}").startswith(incomplete)]
    known = plan_names() if not said else [*entry_pointers(said[0]), *plan_names()]
    return [name for name in known if name.startswith(incomplete)]


def complete_added(ctx: typer.Context, incomplete: str) -> list[str]:
    """For a Tab: the plan, then the fields of what is added, and what may be said for one."""
    from acctplan.cli.completion import entry_ids
    from acctplan.cli.fields import fields_of

    said = list(ctx.params.get("words") or ())
    kind = str(ctx.params.get("kind"))
    if not said:
        return complete_plans(incomplete)
    section = {"opportunity": "opportunities", "strategy": "strategies", "member": "team", "role": "buying_roles"}.get(kind, f"{kind}s")
    if incomplete == "=" or said[-1] == "=":  # a shell may hand the sign over as a word of its own
        field, typed, front = (said[-1], "", "") if incomplete == "=" else (said[-2], incomplete, "")
    elif "=" in incomplete:
        field, _, typed = incomplete.partition("=")
        front = f"{field}="
    elif kind == "role" and len(said) < 3:  # noqa: PLR2004  plan, opportunity, contact
        known = entry_ids("opportunity" if len(said) == 1 else "contact", said[0])
        return [name for name in known if name.startswith(incomplete)]
    elif len(said) == 1:
        return []  # its words
    else:
        places = {"action": ("to", "for", "meeting"), "strategy": ("to",)}.get(kind, ())
        return [f"{name}=" for name in (*places, *fields_of(section)) if name.startswith(incomplete)]
    place = {"to": "objectives", "for": "opportunities"} if kind in ("action", "strategy") else {}
    known = entry_ids(place[field], said[0]) if field in place else _values(section, field, said[0], "")
    return [f"{front}{name}" for name in known if name.startswith(typed)]


def _values(section: str, field: str, plan: str, incomplete: str) -> list[str]:
    """What may be said for a field: words, or ids of entries of the plan."""
    from acctplan.cli.completion import entry_ids, stages
    from acctplan.cli.fields import refers_to, words_of

    referred = refers_to(section, field)
    known = stages() if field == "stage" else entry_ids(referred, plan) if referred else words_of(section, field)
    return [name for name in known if name.startswith(incomplete)]


def _entries(kind: str, said: Sequence[str] | None, incomplete: str) -> list[str]:
    """A first word may be a plan or an entry; the one after a plan is an entry of it."""
    from acctplan.cli.completion import entry_ids, plan_names

    known = entry_ids(kind, said[0]) if said else [*entry_ids(kind), *plan_names()]
    return [name for name in known if name.startswith(incomplete)]


Plans = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PLAN]...",
        help="Plans, by name or path, or folders of plans. None: every plan of the book.",
        show_default=False,
        autocompletion=complete_plans,
    ),
]
OnePlan = Annotated[str, typer.Argument(metavar="PLAN", help="A plan, by name or path.", show_default=False, autocompletion=complete_plans)]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show what would be written, and write nothing.")]
Today = Annotated[
    date | None,
    typer.Option("--today", metavar="DATE", parser=_day, help="Answer as of this day instead of today.", show_default=False),
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", metavar="DATE", parser=_day, help="With --answer: when we knew. Left out: today.", show_default=False),
]
Starts = Annotated[
    date | None, typer.Option(metavar="DATE", parser=_day, help="First day of the plan's twelve months.", show_default=False)
]
Currency = Annotated[
    str | None,
    typer.Option(metavar="CODE", parser=_currency, help="ISO 4217. Left out: the book's own; EUR for a new book.", show_default=False),
]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file; - is standard output.", show_default=False)
]
OnDay = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DAY",
        help="The day of it; left out: today. yesterday, fri, -3d, 2 weeks ago or 2026-12-31 will do.",
        show_default=False,
    ),
]
