"""`acctplan templates`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from acctplan.cli.options import Diff, Json

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

templates_app = typer.Typer(
    name="templates",
    help="""The documents that a plan can be rendered as: acctplan's own and the book's.

A book adds a document by a file templates/NAME.html.j2 (or .md.j2), and changes one of acctplan's by a file of the same name. They
are written in Jinja, and what a comment at their beginning says, {# such as this #}, is shown here.

\b
Examples:
  acctplan templates
  acctplan templates --json
  acctplan templates copy one-page
""",
    short_help="The documents that a plan can be rendered as.",
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings=_CONTEXT,
)


class Entry(NamedTuple):
    """A document that there is."""

    name: str
    source: str
    """Whose templates it is made from."""
    audiences: tuple[str, ...]
    formats: tuple[str, ...]
    summary: str


@templates_app.callback()
def templates(context: typer.Context, as_json: Json = False) -> None:
    """List the documents."""
    if context.invoked_subcommand is not None:
        return
    import json

    from acctplan.book import find
    from acctplan.cli import console

    entries = _entries(find(Path.cwd()).templates())
    if as_json:
        documents = [entry._asdict() for entry in entries]
        console.write(json.dumps({"version": 1, "documents": documents}, indent=2) + "\n")
        return
    columns = [
        console.Column("Document"),
        console.Column("For"),
        console.Column("Formats", wraps=True),
        console.Column("Made from", wraps=True),
        console.Column("What it is", wraps=True),
    ]
    console.table(columns, [(one.name, ", ".join(one.audiences), ", ".join(one.formats), one.source, one.summary) for one in entries])
    console.hint("next: acctplan render PLAN --as DOCUMENT. To change one: acctplan templates copy NAME")


@templates_app.command("copy", context_settings=_CONTEXT)
def copy(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A document, or a template such as partials/people.html.j2.", show_default=False)
    ],
    show_diff: Diff = False,
) -> None:
    """Copy one of acctplan's templates into the book's templates/, to change it there.

    A document is copied in every format that it has a template for. What is there already stays as it is.

    \b
    Examples:
      acctplan templates copy one-page
      acctplan templates copy partials/people.html.j2
      acctplan templates copy one-page --diff
    """
    from acctplan.book import Change, lock, write
    from acctplan.cli import console
    from acctplan.cli.loading import writable_book
    from acctplan.cli.output import standing
    from acctplan.render import shipped

    book = writable_book()
    folder = book.root / "templates"
    texts = shipped()
    changes = [Change(folder / one, standing(folder / one), texts[one]) for one in _named(name, texts)]
    if show_diff:
        for change in (change for change in changes if change.is_one):
            console.diff(book.display(change.path), change.before, change.after)
        return
    new = [change for change in changes if change.before is None]
    with lock(book.root):
        write(new, book.root)
    for change in changes:
        shown = book.display(change.path)
        console.say(f"wrote {shown}" if change.before is None else f"{shown} is there already and stays as it is")
    if len(new) < len(changes):
        console.hint(f"to see what the shipped one has different: acctplan templates copy {name} --diff")
    else:
        document = name.partition(".")[0]
        console.hint(f"next: change it, then: acctplan render PLAN{'' if '/' in name else f' --as {document}'}. To undo, delete it")


def _entries(templates: Mapping[str, str]) -> list[Entry]:
    """All documents: those that acctplan ships, then those that the book adds."""
    from acctplan.render import AUDIENCES, DECKS, DOCUMENTS, formats_by_document, shipped, summary_of

    own = {name: text for name, text in templates.items() if shipped().get(name) != text}
    ours, theirs = formats_by_document(shipped()), formats_by_document(own)
    entries = []
    for name, document in DOCUMENTS.items():
        written = tuple(dict.fromkeys((*ours[name], *theirs.get(name, ()))))
        changed = ", ".join(f"{name}.{one}.j2" for one in theirs.get(name, ()))
        source = f"the book's {changed}" if changed else "acctplan"
        entries.append(Entry(name, source, document.audiences, _files(written, decks=name in DECKS), document.summary))
    for name, written in theirs.items():
        if name not in DOCUMENTS:
            summary = summary_of(own[f"{name}.{written[0]}.j2"])
            entries.append(Entry(name, "the book", AUDIENCES, _files(written, decks=False), summary))
    return entries


def _files(written: tuple[str, ...], *, decks: bool) -> tuple[str, ...]:
    """The kinds of files that a document with these templates can be."""
    from acctplan.render import FORMATS

    kinds: list[Any] = [one for one in FORMATS if one in written]
    return (*kinds, *(("pdf",) if "html" in written else ()), *(("pptx",) if decks else ()))


def _named(name: str, texts: Mapping[str, str]) -> list[str]:
    """The shipped templates that somebody named.

    Raises:
        UserError: there are none.
    """
    from acctplan.diagnostic import closest
    from acctplan.errors import UserError
    from acctplan.render import DOCUMENTS, formats_by_document

    if name in texts:
        return [name]
    if name in DOCUMENTS:
        return [f"{name}.{one}.j2" for one in formats_by_document(texts)[name]]
    near = closest(name, [*DOCUMENTS, *texts])
    raise UserError(f"acctplan has no template {name}", f"did you mean {near}?" if near else f"one of {', '.join(DOCUMENTS)}")
