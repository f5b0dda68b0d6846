"""`acctplan import --map`: what the columns of an unknown file mean, proposed, asked for, and kept in the settings."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from acctplan import importers
from acctplan.book import Change, UnreadableError, read_bytes
from acctplan.book import read as read_text
from acctplan.cli import console
from acctplan.cli.asking import ask, can_ask
from acctplan.cli.console import Column
from acctplan.config import FILE_NAME
from acctplan.diagnostic import closest
from acctplan.errors import UserError
from acctplan.importers import cells, mapped, tables
from acctplan.importers.mapped import SURE, Proposal
from acctplan.naming import slug
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from acctplan.book import Book
    from acctplan.importers.tables import Table

_NOTHING = "-"
_DATES = frozenset(("opportunity.close_date", "contact.last_contact", "activity.date"))


def save(
    book: Book, files: Sequence[str], name: str | None, said: Sequence[str], date_format: str | None, *, show_diff: bool = False
) -> None:
    """Keep in the settings what the columns of a file mean: what is sure, what was said, and what whoever types says.

    Args:
        book: whose settings.
        files: the file; one.
        name: of the source; None: as the file is called.
        said: `COLUMN=FIELD`, each.
        date_format: the order in dates that do not tell it themselves.
        show_diff: show what would change, and write nothing.

    Raises:
        UserError: the file cannot be read, or nothing can be imported by what is known of its columns.
    """
    if len(files) != 1:
        raise UserError(f"--map looks at one file at a time, and {len(files)} were named", "acctplan import --map FILE")
    path = Path(files[0])
    source = _source(name, path)
    table = tables.read(path.name, _content(path))
    kept = book.config.imports.get(source)
    known = {} if kept is None else mapped.there(kept, table.columns)
    given = {**known, **_said(table, said)}
    proposals = [_unless_said(each, known) for each in mapped.propose(table)]
    date_format = date_format or (None if kept is None else kept.date_format)
    asks = can_ask() and not show_diff
    if asks:
        console.say("for each column: Enter takes what is proposed, - nothing, ? lists the fields")
    meant = {each.column: given.get(each.column) or (_answer(each) if asks else _if_sure(each)) for each in proposals}
    columns = {column: field for column, field in meant.items() if field not in (None, _NOTHING)}
    _show(proposals, meant, given, known)
    _check(proposals, columns)
    cells.date_orders(table, [column for column, field in columns.items() if field in _DATES], importers.Options(date_format))
    _write(book, source, path, columns, date_format, show_diff=show_diff)


def _source(name: str | None, path: Path) -> str:
    source = name or slug(path.stem) or "own"
    if source in {mapped.KEY, "xlsx", *(importer.system.key for importer in importers.ALL)}:
        raise UserError(f"{source} is the name of a source that acctplan knows", "give yours another: --as NAME")
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", source):
        raise UserError(
            f"--as {source}: a name of lower-case letters, digits and hyphens is wanted", f"such as --as {slug(source) or 'our-crm'}"
        )
    return source


def _content(path: Path) -> bytes:
    try:
        return read_bytes(path, limit=tables.MAX_BYTES)
    except UnreadableError as error:
        raise UserError(f"{path}: {error.message}", error.hint) from None


def _said(table: Table, said: Iterable[str]) -> Mapping[str, str]:
    """By column, the field that `--set` gives it, or `-` for none."""
    spelt = {column.casefold(): column for column in table.columns if column}
    given = {}
    for each in said:
        column, equals, field = (part.strip() for part in each.rpartition("="))
        if not equals or not column or not field:
            raise UserError(
                f"--set {each}: a column and its field are wanted", "such as --set 'Deal size=opportunity.value', or =- for none"
            )
        if column.casefold() not in spelt:
            near = closest(column, spelt.values())
            raise UserError(
                f"--set {each}: {table.name} has no column {column}", f"did you mean {near}?" if near else "its first row names them"
            )
        if field != _NOTHING:
            mapped.check_field(field, f"--set {each}")
        given[spelt[column.casefold()]] = field
    return given


def _unless_said(proposal: Proposal, known: Mapping[str, str]) -> Proposal:
    """The same, but for what another column is known to say: this one was taken for nothing then."""
    column = next((column for column, field in known.items() if field == proposal.field and field not in mapped.SEVERAL), None)
    if column in (None, proposal.column):
        return proposal
    return replace(proposal, field=None, reason=f"{column} says {proposal.field} already")


def _if_sure(proposal: Proposal) -> str | None:
    return proposal.field if proposal.confidence >= SURE else None


def _answer(proposal: Proposal) -> str | None:
    """What whoever types says that a column means; Enter takes what was proposed."""
    examples = "; ".join(proposal.samples) or "empty"
    console.paragraph(visible(f"{proposal.column}: {examples}. {proposal.reason[:1].upper()}{proposal.reason[1:]}."))
    while True:
        answer = ask(f"{proposal.column}? [{proposal.field or 'nothing'}]", "--set COLUMN=FIELD")
        if answer is None or answer == _NOTHING:
            return proposal.field if answer is None else None
        if answer in mapped.FIELDS:
            return answer
        near = closest(answer, mapped.FIELDS)
        console.say(f"fields are {', '.join(mapped.FIELDS)}" if answer == "?" or not near else f"no field {answer}; did you mean {near}?")


def _show(proposals: Iterable[Proposal], meant: Mapping[str, str | None], given: Mapping[str, str], known: Mapping[str, str]) -> None:
    rows = []
    for each in proposals:
        field = meant[each.column]
        if each.column in given:
            why = f"{FILE_NAME} says so" if known.get(each.column) == field else "you say so"
        elif field == each.field or not each.field:
            why = each.reason
        else:
            why = f"not sure: {each.field}? {each.reason}"
        rows.append([each.column, each.samples[0] if each.samples else "", field if field not in (None, _NOTHING) else "nothing", why])
    console.table([Column("Column"), Column("Example", wraps=True), Column("Means"), Column("Because", wraps=True)], rows)


def _check(proposals: Iterable[Proposal], columns: Mapping[str, str]) -> None:
    """Make sure that rows of these columns are something to import, and that no two columns say the same."""
    for field in dict.fromkeys(columns.values()):
        both = [column for column, other in columns.items() if other == field]
        if len(both) > 1 and field not in ("contact.phone", "contact.email"):
            raise UserError(f"{both[0]} and {both[1]} are both taken for {field}", f"leave one out: --set '{both[1]}=-'")
    if mapped.kind_of(columns.values()) is None:
        field = mapped.wanted(columns.values())
        near = next((each.column for each in proposals if each.field == field), "COLUMN")
        raise UserError(
            f"no column is sure to be {field}, and without it there is nothing to import", f"say which it is: --set '{near}={field}'"
        )


def _write(book: Book, source: str, path: Path, columns: Mapping[str, str], date_format: str | None, *, show_diff: bool) -> None:
    place = book.root / FILE_NAME
    with book.lock():
        before = read_text(place, book.root) if book.is_configured else None
        after = mapped.with_mapping(before or "", source, columns, of=path.name, date_format=date_format)
        change = Change(place, before, after)
        if change.is_one and not show_diff:
            book.write([change])
    shown = book.display(place)
    if show_diff:
        console.diff(shown, before, after)
        console.say(f"nothing was written: leave out --diff to write {shown}" if change.is_one else "nothing to write: it is all there")
        return
    console.say(f"wrote {shown}" if change.is_one else "nothing to write: it is all there")
    console.say(f"to see what it brings: acctplan import {source} {path} --diff")
