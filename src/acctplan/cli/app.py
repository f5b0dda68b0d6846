"""The commands, listed by the job that they do. One is imported when it is asked for, and then alone: a Tab runs this too."""

from __future__ import annotations

from collections.abc import MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from collections.abc import Iterator

_HELP = """Account planning as code: one YAML file per key account, checked, ranked and rendered.

\b
Start with a book of your own:
  acctplan init my-book --plan "Customer name"
  cd my-book
  acctplan check
"""
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Listed(NamedTuple):
    """A command, as the help lists it."""

    name: str
    where: str
    """Its module below `acctplan.cli`, and the function or the group of commands in it."""
    summary: str
    """One line of the help."""


COMMANDS: dict[str, tuple[Listed, ...]] = {
    "Start": (
        Listed("init", "init:init", "Start a book of account plans."),
        Listed("new", "new:new", "Start a plan for a customer."),
        Listed("interview", "interview:interview", "Talk a plan into shape: the best missing answer first."),
        Listed("import", "import_:import_", "Bring a CRM's export into plans."),
    ),
    "Ask": (
        Listed("actions", "actions:actions", "What is to be done, by whom and by when."),
        Listed("book", "book:book", "Every account in a line, and where an hour pays most."),
        Listed("check", "check:check", "What is wrong, missing, stale or risky, and why."),
        Listed("contacts", "contacts:contacts", "Who reports to whom, where they stand, who introduces us."),
        Listed("diff", "diff:diff", "What changed since the last review, by meaning."),
        Listed("drift", "drift:drift", "Where plans and a CRM's export disagree."),
        Listed("explain", "explain:explain", "What a rule of `check` looks for, and what to do."),
        Listed("health", "health:health", "Completeness, freshness, coverage and execution."),
        Listed("questions", "questions:questions", "What to ask the customer, contact by contact."),
        Listed("objectives", "objectives:objectives", "What we want to reach, how, and how far it is."),
        Listed("rank", "rank:rank", "Which opportunities to pursue, best first, and why."),
        Listed("revenue", "revenue:revenue", "Goal, booked, forecast, gap and pipeline to create."),
        Listed("score", "score:score", "How an opportunity does on a scorecard."),
        Listed("show", "show:show", "A plan at a glance, before a call."),
        Listed("whitespace", "whitespace:whitespace", "What each unit buys from whom, and what we could sell."),
    ),
    "Work": (
        Listed("next", "next:next_", "What to do now, most pressing first."),
        Listed("add", "add:add", "Add a contact, an opportunity, an action and the like."),
        Listed("done", "done:done", "An action is done."),
        Listed("edit", "edit:edit", "Open a plan in your editor, and check it when you save."),
        Listed("log", "log:log", "You spoke with somebody."),
        Listed("meeting", "meeting:meeting_app", "Relationship meetings: the next one, its agenda, its minutes."),
        Listed("move", "move:move", "Move an opportunity to another stage, or close it."),
        Listed("note", "note:note", "Write down a note of today."),
        Listed("review", "review:review", "The pack for a one-on-one, and what nobody has reviewed yet."),
        Listed("rename", "rename:rename", "Give an entry of a plan another id, everywhere."),
        Listed("set", "set:set_", "Give a field of a plan another value."),
        Listed("undo", "undo:undo", "How to get back what a plan said before."),
    ),
    "Share": (
        Listed("export", "export:export_app", "Plans for calendars and other programs."),
        Listed("preview", "preview:preview", "The page of a plan in your browser, as you write."),
        Listed("render", "render:render", "A plan as a page, Markdown, PDF or PowerPoint."),
        Listed("templates", "templates:templates_app", "The documents that a plan can be rendered as."),
        Listed("workshop", "workshop:workshop", "A facilitator's guide with a timed agenda."),
    ),
    "Set up": (Listed("schema", "schema:schema", "The JSON Schema of a plan, for editors."),),
}
"""Every command, by the heading that the help lists it under. To add one: its module, and a line here."""


class _Commands(MutableMapping[str, Any]):
    """The commands by name, each made when it is asked for."""

    def __init__(self) -> None:
        self._listed = {one.name: one for members in COMMANDS.values() for one in members}
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _command(self._listed[name])
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._listed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


def _command(listed: Listed) -> Any:
    module, _, name = listed.where.partition(":")
    member = getattr(import_module(f"acctplan.cli.{module}"), name)
    if isinstance(member, typer.Typer):
        return typer.main.get_group(member)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(listed.name, context_settings=_CONTEXT)(member)
    return typer.main.get_command(alone)


class Jobs(TyperGroup):
    """Lists the commands under the jobs that they do, in the order given."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands()

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """One section a job."""
        del ctx
        width = max(map(len, self.commands))
        for job, members in COMMANDS.items():
            with formatter.section(job):
                formatter.write_dl([(one.name.ljust(width), one.summary) for one in members])

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The names of the commands: what a shell shows beside them is all that it needs of each."""
        listed = (one for members in COMMANDS.values() for one in members)
        self.commands = {one.name: TyperCommand(one.name, short_help=one.summary, rich_markup_mode=None) for one in listed}
        return super().shell_complete(ctx, incomplete)


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
