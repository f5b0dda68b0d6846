"""A row, asked by what its columns mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from acctplan.importers import texts
from acctplan.importers.cells import ODD, Cells
from acctplan.importers.records import NOBODY, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from acctplan.importers.entities.entity import Entity
    from acctplan.importers.records import Options, Source

_T = TypeVar("_T")

DATES = frozenset(("modified", "last_contact", "close", "closed", "won", "lost", "day"))
"""What means a date."""
NUMBERS = frozenset(("employees", "value", "won_value", "probability"))
"""What means a number."""
_WITH_EMAIL = re.compile(r"(?P<name>.*?)\s*[(<](?P<email>[^()<>@\s]+@[^()<>@\s]+)[)>]\Z", re.DOTALL)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\Z")
_HUNDRED = 100
Said: TypeAlias = "dict[tuple[str, str, str], Sequence[Any]]"
"""What all rows of a table say, kept from one row to the next: by the entity's name (or none, of a column), meaning and way of reading."""


class Fields:
    """One row of a table.

    Args:
        cells: the row.
        entity: what it is about, with the columns that its table has.
        options: what the export itself does not say.
        said: what was read of the table so far: columns are read as a whole, when a row is first asked for them.
    """

    def __init__(self, cells: Cells, entity: Entity, options: Options, said: Said) -> None:
        self._cells, self._entity, self._columns, self._said, self._place = cells, entity, entity.columns, said, cells.place
        self.options = options

    def also(self) -> dict[str, Fields]:
        """The same row, asked about what else it may be about, by the name of that."""
        return {each.name: Fields(self._cells, each, self.options, self._said) for each in self._entity.also}

    @property
    def source(self) -> Source:
        """Where the row stands."""
        return self._cells.source

    def note(self, what: str, hint: str = "") -> None:
        """Note something about the row."""
        self._cells.note(what, hint)

    def column(self, what: str) -> str:
        """The column that says something, for messages; else the first that could."""
        columns = self._columns.get(what, ())
        return next((one for one in columns if texts.is_text(self._cells.raw(one))), columns[0] if columns else what)

    def all(self, what: str) -> list[str]:
        """What every column that means this says."""
        said = (self._in_column(one, Cells.line) for one in self._columns.get(what, ()))
        return [text for text in said if text is not None]

    def can_say_more_than(self, whats: Container[str]) -> bool:
        """Whether the table has columns for anything but some things."""
        return any(columns for what, columns in self._columns.items() if what not in whats)

    def key(self, what: str) -> str | None:
        """An id."""
        return self._first(what, Cells.key)

    def name(self, what: str) -> str | None:
        """What something is called."""
        return self._first(what, Cells.name)

    def line(self, what: str) -> str | None:
        """Words on one line."""
        return self._first(what, Cells.line)

    def paragraphs(self, what: str) -> str | None:
        """Words on any number of lines."""
        return self._first(what, Cells.paragraphs)

    def number(self, what: str) -> Decimal | None:
        """A number that is not negative."""
        return self._first(what, Cells.number)

    def count(self, what: str) -> int | None:
        """A whole number that is not negative."""
        return self._first(what, Cells.count)

    def currency(self, what: str) -> str | None:
        """A currency's ISO code."""
        return self._first(what, Cells.currency)

    def day(self, what: str) -> date | None:
        """A date."""
        return self._first(what, Cells.day)

    def past_day(self, what: str) -> date | None:
        """A date by which something has happened; one still to come is noted and left out."""
        day, today = self.day(what), self.options.today
        if day is not None and today is not None and day > today:
            self.note(f"{self.column(what)} is a day still to come; left out")
            return None
        return day

    def flag(self, what: str) -> bool:
        """Yes or no; no where nothing says so."""
        return self._first(what, _yes) or False

    def share(self, what: str, *, percent: bool) -> Decimal | None:
        """A probability, 0 to 1.

        Args:
            what: what means it.
            percent: whether the source writes 40 for 40 %; if not, it writes 0.4, and 40 where it adds the sign.
        """
        found = self.number(what)
        if found is None:
            return None
        shared = found / _HUNDRED if percent or "%" in self._cells.raw(self.column(what)) else found
        if shared > 1:
            self.note(f"{self.column(what)} is above 100 %; left out")
            return None
        return shared

    def links(self, what: str) -> Sequence[Link]:
        """All that a row belongs to: by `WHAT_id`, `WHAT`, `WHAT_email` and `WHAT_domain`."""
        key = (self._entity.name, what, "links")
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = self._links_of_all(what)
        links: Sequence[Link] = found[self._place]
        if links is ODD:
            return self._linking(tuple(self._first(part, read) for part, read in _parts_of_links(what)))
        return links

    def link(self, what: str) -> Link:
        """What a row belongs to: the first, where there are several."""
        found = self.links(what)
        if len(found) > 1 and len(set(found)) > 1:
            column = next(self.column(each) for each, _ in _parts_of_links(what) if self.all(each))
            self.note(f"{column} names several; the first was taken")
        return found[0] if found else NOBODY

    def _first(self, what: str, read: Callable[[Cells, str], _T | None]) -> _T | None:
        """What the first of some columns says that says something."""
        rows = self._said.get((self._entity.name, what, read.__name__)) or self._of_all(what, read)
        said: _T | None = rows[self._place]
        if said is ODD:
            return next((value for one in self._columns[what] if (value := read(self._cells, one)) is not None), None)
        return said

    def _in_column(self, column: str, read: Callable[[Cells, str], _T | None]) -> _T | None:
        """What a column says."""
        said = self._of_column(column, read)[self._place]
        return read(self._cells, column) if said is ODD else said

    def _of_all(self, what: str, read: Callable[[Cells, str], _T | None]) -> Sequence[_T | None]:
        """What the first of some columns says that says something, in every row; `ODD` where there is something to note."""
        key = (self._entity.name, what, read.__name__)
        found = self._said.get(key)
        if found is None:
            first, *others = self._columns.get(what) or (_NO_COLUMN,)
            found = self._of_column(first, read)
            for other in others:
                if None in found:
                    found = [two if one is None else one for one, two in zip(found, self._of_column(other, read), strict=True)]
            self._said[key] = found
        return found

    def _of_column(self, column: str, read: Callable[[Cells, str], _T | None]) -> Sequence[_T | None]:
        """What a column says in every row; `ODD` where there is something to note."""
        key = ("", column, read.__name__)
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = self._cells.column(column, read)
        return found

    def _links_of_all(self, what: str) -> Sequence[Sequence[Link]]:
        """What every row belongs to; `ODD` where there is something to note."""
        parts = list(zip(*(self._of_all(part, read) for part, read in _parts_of_links(what)), strict=True))
        known = {each: ODD if ODD in each else self._linking(each) for each in set(parts)}
        return [known[each] for each in parts]

    def _linking(self, said: Sequence[str | None]) -> Sequence[Link]:
        """What a row belongs to that says these: id, name, e-mail and domain."""
        if not any(said):
            return ()
        if not self._entity.separator:
            return (_link(*said),)
        several = [self._several(text) for text in said]
        ids, names, emails, _ = several
        count = len(ids or emails or names or several[-1])
        # Lists of different lengths do not say which of them belong together.
        nothing: list[str | None] = [None] * count
        told = (each if len(each) == count else nothing for each in several)
        return tuple(_link(*one) for one in zip(*told, strict=True))

    def _several(self, text: str | None) -> list[str | None]:
        return [] if text is None else list(parts(text, self._entity.separator))


_NO_COLUMN = ""
"""No column is called so."""


def _yes(cells: Cells, column: str) -> bool | None:
    return cells.flag(column) or None


def _parts_of_links(what: str) -> tuple[tuple[str, Callable[[Cells, str], str | None]], ...]:
    return (f"{what}_id", Cells.key), (what, Cells.name), (f"{what}_email", Cells.line), (f"{what}_domain", Cells.line)


def parts(text: str, separator: str) -> Iterable[str]:
    """What stands between separators, without blanks, each once."""
    return dict.fromkeys(part.strip() for part in text.split(separator) if part.strip())


def person(text: str) -> Link:
    """Somebody as a list of people names them: `Lena Vos`, `Lena Vos (lena@example.com)`, `lena@example.com`."""
    return _link(None, text, None, None)


def _link(crm_id: str | None, name: str | None, email: str | None, domain: str | None) -> Link:
    if name and "@" in name:
        if match := _WITH_EMAIL.match(name):
            name, email = match["name"].strip().strip('"') or None, email or match["email"]
        elif _EMAIL.match(name):
            name, email = None, email or name
    return Link(crm_id, name, email, domain)
