"""`acctplan questions`."""

from __future__ import annotations

from typing import Annotated

import typer

from acctplan.cli.options import Diff, Json, Plans, Today, day_asked_for


def questions(
    plans: Plans = None,
    contact: Annotated[
        str | None, typer.Option(metavar="WHO", help="Only for this contact: an id, a name or a part of it.", show_default=False)
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="A list to take along: what can be said aloud and nothing else, in Markdown.")
    ] = False,
    answer: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="ID TEXT", help="Note the answer to a question that was noted under this id.", show_default=False),
    ] = None,
    as_json: Json = False,
    show_diff: Diff = False,
    today: Today = None,
) -> None:
    """What to ask the customer, contact by contact, in words that can be said aloud.

    What nobody of us knew in an interview, whom we should meet, what we believe and nobody has confirmed, and what the ranking and the
    checks would like to know. On a terminal each with why, and the field that the answer fills in. What only we can find out comes last,
    and is left out of --markdown. An --answer goes into that field too where it can be read as one; else it is kept with the question.

    \b
    Examples:
      acctplan questions meridian
      acctplan questions meridian --contact lena --markdown
      acctplan questions meridian --answer contacts-tom-stance "He would start with one plant"
    """
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.questions.found import asked_of, found_in
    from acctplan.cli.questions.shown import as_markdown, document, hint_at_headings, show
    from acctplan.errors import UserError

    if sum((as_json, markdown, answer is not None)) > 1:
        raise UserError("--json, --markdown and --answer are different things", "ask for one at a time")
    if show_diff and answer is None:
        raise UserError("--diff goes with --answer", "nothing else is written")
    book = find_for(plans or ())
    day = day_asked_for(today)
    if answer is not None:
        from acctplan.cli.questions.answered import note

        note(plans or [], *answer, day, show_diff=show_diff)
        return
    paths = book.resolve(plans or ())
    found = found_in(book, paths, day)
    chosen = found if contact is None else asked_of(found, contact)
    if as_json:
        console.write(document(chosen, day))
    elif markdown:
        console.write(as_markdown(chosen, day))
        hint_at_headings(chosen)
    else:
        show(chosen)
    raise typer.Exit(0 if len(found) == len(paths) else 1)
