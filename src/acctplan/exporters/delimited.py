"""Tables as comma- or tab-separated values (RFC 4180)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from acctplan.tables import guarded, to_text

if TYPE_CHECKING:
    from acctplan.tables import Filled

MARK = "\ufeff"
"""By this at the beginning Excel knows that a text is UTF-8."""


def delimited(filled: Filled, *, tabs: bool = False, guard: bool = True, mark: bool = False) -> str:
    """A table as text: a line of titles, then a line a row. A cell may hold line ends; it then stands in quotes.

    Args:
        filled: the table.
        tabs: whether tabs stand between cells instead of commas.
        guard: whether texts that a spreadsheet could take for formulas get a `'` before them. `unguarded` takes it away.
        mark: whether to begin with what Excel needs to read letters beyond English.
    """
    columns = filled.table.columns
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t" if tabs else ",", lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    is_guarded = [guard and column.kind == "text" for column in columns]
    for row in filled.rows:
        texts = map(to_text, row)
        writer.writerow([guarded(text) if guards else text for text, guards in zip(texts, is_guarded, strict=True)])
    return (MARK if mark else "") + out.getvalue()
