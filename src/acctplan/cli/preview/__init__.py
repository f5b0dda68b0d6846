"""`acctplan preview`."""

from __future__ import annotations

from typing import Annotated

import typer

from acctplan.cli.options import Today, complete_plans, day_asked_for


def preview(
    plan: Annotated[
        str | None,
        typer.Argument(
            metavar="[PLAN]",
            help="A plan, by name or path. None: the index of the book, and the page of every plan.",
            show_default=False,
            autocompletion=complete_plans,
        ),
    ] = None,
    port: Annotated[
        int | None, typer.Option(metavar="PORT", min=1, max=65535, help="Listen here. Left out: where there is room.", show_default=False)
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser: only say where the page is.")] = False,
    today: Today = None,
) -> None:
    """The page of a plan in your browser, which follows as you write: save the plan, and the page is new.

    A plan with errors shows what to mend, on which line. Only this computer can see the pages, and only at the address that is printed:
    keep it to yourself, as you do the plan. Nothing is written. Ctrl-C ends it.

    \b
    Examples:
      acctplan preview meridian
      acctplan preview
      acctplan preview meridian --no-browser --port 8000
    """
    import signal
    import sys
    import time
    import webbrowser

    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.preview.pages import BookPages, PlanPage
    from acctplan.cli.preview.server import Server
    from acctplan.cli.preview.watch import Watch

    book = find_for([] if plan is None else [plan])
    pages = BookPages.of(book, lambda: day_asked_for(today)) if plan is None else PlanPage.of(book, plan, lambda: day_asked_for(today))
    with Server(pages, Watch(pages.versions), port or 0) as server:
        try:
            for end in (signal.SIGINT, signal.SIGTERM):  # whoever ends it in the second way wants the same as with Ctrl-C
                signal.signal(end, signal.default_int_handler)
            console.say("the page follows what you save; Ctrl-C ends it")
            console.write(f"{server.url}\n")
            sys.stdout.flush()
            if not no_browser and not webbrowser.open(server.url):
                console.say("no browser could be opened: open the address yourself")
            while True:
                time.sleep(0.2)  # not for long: a signal that comes just before it falls asleep does not wake it
        except KeyboardInterrupt:
            for end in (signal.SIGINT, signal.SIGTERM):
                signal.signal(end, signal.SIG_IGN)
    console.say("ended")
