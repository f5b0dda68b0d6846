"""Which row of a table is its header: reports have titles, filters and notes above it, and some a header of two rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Record: TypeAlias = "list[str] | str"
"""The cells of a row, or why it cannot be read."""

LOOKED_AT = 60
"""Among how many rows the header is looked for."""
_FOLLOWING = 12
_FEWEST = 3
"""Columns below which a row right under a line of text is no header: the line may be the header of one column."""
_LONGEST = 100
_WORDS_OF_A_TITLE = 3
_HOLLOW = ",;\t|^` \r\n"
"""What a row of nothing looks like when another delimiter is tried."""
_NOT_A_LABEL = re.compile(r"[-+$€£#\d.,/:\s%()]*\Z|.*(?:@|://)")


class Merged(NamedTuple):
    """Cells of a sheet that are shown as one; rows and columns from 0, the last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def says_something(record: Record) -> bool:
    """Whether a row is not blank; one that cannot be read is not."""
    return isinstance(record, str) or filled(record) > 0


def filled(record: Sequence[str] | str) -> int:
    """How many cells of a row hold something."""
    return 0 if isinstance(record, str) else sum(1 for cell in record if cell and not cell.isspace())


def find(records: Sequence[Record], *, in_sheet: bool) -> int | None:
    """Where the header stands among the first rows, from 0: the first that says something, if it is no title above the header.

    Args:
        records: the first rows.
        in_sheet: whether they are of a sheet: no delimiter can have been mistaken there.
    """
    said = [place for place, record in enumerate(records) if isinstance(record, str) or any(cell.strip(_HOLLOW) for cell in record)]
    if not said:
        return None
    for place in said[1:]:
        above = [one for one in said if one < place]
        if not all(filled(records[one]) <= 2 for one in above):  # noqa: PLR2004  a title, or a filter and its value
            break
        if _stands_below(records, above, place, in_sheet=in_sheet) and _is_header(records, place):
            return place
    return said[0]


def _stands_below(records: Sequence[Record], above: Sequence[int], place: int, *, in_sheet: bool) -> bool:
    """Whether all that stands above a row looks like a title, and not like a header of few columns."""
    has_gap = above[-1] < place - 1
    count = filled(records[place])
    if count < (2 if has_gap else _FEWEST):
        return False
    if has_gap or in_sheet:
        return all(filled(records[one]) < count for one in above) and (has_gap or filled(records[above[-1]]) <= 1)
    return all(_is_title(records[one]) for one in above)


def _is_title(record: Record) -> bool:
    if isinstance(record, str) or filled(record) > 1:
        return isinstance(record, str)
    text = "".join(record).strip()
    return text.endswith(":") or len(text.split()) >= _WORDS_OF_A_TITLE


def _is_header(records: Sequence[Record], place: int) -> bool:
    record = records[place]
    if isinstance(record, str):
        return False
    labels = [cell.strip() for cell in record if cell.strip()]
    if len({label.casefold() for label in labels}) < len(labels) or any(len(one) > _LONGEST or _NOT_A_LABEL.match(one) for one in labels):
        return False
    below = [one for one in records[place + 1 : place + 1 + _FOLLOWING] if says_something(one) and not isinstance(one, str)]
    if below and not says_something(records[place + 1]):
        return False
    return not below or 2 * sum(len(one) >= len(labels) for one in below) >= len(below)


def labels(record: Sequence[str]) -> list[str]:
    """The names of columns as they are asked for: on one line, without the arrow that shows how a report was sorted."""
    return [" ".join(cell.split()).rstrip("\u2191\u2193 ") for cell in record]


def of_two_rows(top: Sequence[str], bottom: Sequence[str], merged: Sequence[Merged], row: int, offset: int) -> list[str] | None:
    """The names of a header of two rows, `Contact` over `First Name`: `Contact: First Name`. None where it is of one row.

    Args:
        top: the upper row.
        bottom: the lower.
        merged: all merged cells of the sheet.
        row: the upper row's place, from 0.
        offset: in which column, from 0, the rows begin.
    """
    across = [one for one in merged if one.first_row == one.last_row == row and one.last_column > one.first_column]
    lowest = filled(bottom)
    if not lowest or not any(one.last_column - one.first_column + 1 < len(top) for one in across):
        return None
    if any(_NOT_A_LABEL.match(cell.strip()) for cell in bottom if cell.strip()):
        return None
    over = list(top)
    groups = [""] * len(top)
    for one in across:
        start = one.first_column - offset
        if 0 <= start < len(top):
            for column in range(start, min(one.last_column - offset + 1, len(top))):
                groups[column], over[column] = top[start], ""
    return [
        f"{group.strip()}: {below.strip()}" if group.strip() and below.strip() else (below.strip() or above.strip() or group.strip())
        for group, above, below in zip(groups, over, bottom, strict=True)
    ]
