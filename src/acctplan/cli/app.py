"""The commands, listed by the job that they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from acctplan.cli.add import add
from acctplan.cli.book import book
from acctplan.cli.check import check
from acctplan.cli.contacts import contacts
from acctplan.cli.diff import diff
from acctplan.cli.done import done
from acctplan.cli.explain import explain
from acctplan.cli.health import health
from acctplan.cli.import_ import import_app
from acctplan.cli.init import init
from acctplan.cli.log import log
from acctplan.cli.move import move
from acctplan.cli.new import new
from acctplan.cli.next import next_
from acctplan.cli.preview import preview
from acctplan.cli.rank import rank
from acctplan.cli.render import render
from acctplan.cli.revenue import revenue
from acctplan.cli.schema import schema
from acctplan.cli.score import score
from acctplan.cli.set import set_
from acctplan.cli.show import show
from acctplan.cli.templates import templates_app
from acctplan.cli.whitespace import whitespace

if TYPE_CHECKING:
    from collections.abc import Callable

_HELP = """Account planning as code: one YAML file per key account, checked, ranked and rendered.

\b
Start with a book of your own:
  acctplan init my-book --plan "Customer name"
  cd my-book
  acctplan check
"""
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

COMMANDS: dict[str, tuple[Callable[..., None] | typer.Typer, ...]] = {
    "Start": (init, new, import_app),
    "Ask": (book, check, contacts, diff, explain, health, rank, revenue, score, show, whitespace),
    "Work": (next_, add, done, log, move, set_),
    "Share": (preview, render, templates_app),
    "Set up": (schema,),
}
"""Every command, by the heading that the help lists it under. To add one: its module, and its name here."""


class Jobs(TyperGroup):
    """Lists the commands under the jobs that they do, in the order given."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order of the help."""
        del ctx
        return list(self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """One section a job."""
        del ctx
        width = max(map(len, self.commands))
        for job, members in COMMANDS.items():
            with formatter.section(job):
                names = [_name(member) for member in members]
                formatter.write_dl([(name.ljust(width), self.commands[name].get_short_help_str(limit=200)) for name in names])


def _name(member: Callable[..., None] | typer.Typer) -> str:
    return str(member.info.name) if isinstance(member, typer.Typer) else member.__name__.rstrip("_")


# Plain help: Rich's would double the time it takes, and mark up plan words.
app = typer.Typer(
    name="acctplan",
    cls=Jobs,
    help=_HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_CONTEXT,
)
for _members in COMMANDS.values():
    for _member in _members:
        if isinstance(_member, typer.Typer):
            app.add_typer(_member)
        else:
            app.command(_name(_member), context_settings=_CONTEXT)(_member)


@app.callback(invoke_without_command=True)
def _options(
    version: bool = typer.Option(False, "--version", help="Show the version and exit."),
    debug: bool = typer.Option(False, "--debug", help="Show where a mistake in acctplan happened."),
) -> None:
    """What stands before the command."""
    del debug  # taken out of the arguments before they come here
    if version:
        from acctplan import __version__

        typer.echo(f"acctplan {__version__}")
        raise typer.Exit


def run() -> int:
    """Run the command that this process was asked for. Returns its exit status."""
    try:
        app(prog_name="acctplan")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
