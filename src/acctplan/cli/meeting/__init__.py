"""`acctplan meeting`: relationship meetings, from the day and the agenda to what was agreed."""

from __future__ import annotations

import typer

from acctplan.cli.meeting.agenda import agenda
from acctplan.cli.meeting.hold import hold
from acctplan.cli.meeting.upcoming import next_

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

meeting_app = typer.Typer(
    name="meeting",
    help="""Relationship meetings: when the next one is due, its agenda, and what was agreed.

\b
Examples:
  acctplan meeting next
  acctplan meeting agenda meridian
  acctplan meeting hold meridian
""",
    short_help="Relationship meetings: the next one, its agenda, its minutes.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings=_CONTEXT,
)
meeting_app.command("next", short_help="When the next one is, with whom, and why.", context_settings=_CONTEXT)(next_)
meeting_app.command("agenda", short_help="What to talk about, in six parts.", context_settings=_CONTEXT)(agenda)
meeting_app.command("hold", short_help="Who was there, what was said and agreed.", context_settings=_CONTEXT)(hold)
