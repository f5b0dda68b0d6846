"""Tables that never leave their slide: every cell is measured, and what is too long goes on on the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from acctplan.render.deck.paper import Line, set_paragraph
from acctplan.render.deck.wording import LEADING, Fitted, fitted
from acctplan.render.pictures.placing import Area

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from acctplan.render.deck.paper import Paper, Sheet

SIZES = (14.0, 12.5, 11.0)
"""Of letters: the largest in which a table fits one slide, else the smallest."""
UNDER = 0.85
"""The size of what stands in small letters, against the others."""
_SMALL = 9.5
MOST_SLIDES = 6
"""Of one table; what comes after is in the plan."""
_ACROSS, _DOWN = 5.0, 3.0
"""What a cell keeps free at its sides, above and below."""
_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own without lines and colours: the rules below are drawn cell by cell, in the theme's colours."""
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RULE, _HEAD_RULE = 0.75, 1.5
_MOST_UNDER = 3


class Column(NamedTuple):
    """A column."""

    heading: str
    share: float
    """Of the width, against the others."""
    is_number: bool = False


class Cell(NamedTuple):
    """What stands in a cell."""

    text: str
    under: str = ""
    """In small letters below it."""
    bold: bool = False
    most: int = 4
    """Lines that the text may take."""


class _Row(NamedTuple):
    cells: list[tuple[Cell, Fitted, Fitted]]
    height: float


def table_slides(
    paper: Paper,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    notes: Sequence[str] = (),
    *,
    sizes: Sequence[float] = SIZES,
) -> None:
    """A table on as many slides as it takes, each with its headings; none without rows."""
    if not rows:
        return
    widths = _widths(columns, paper.room.width)
    for size in sizes:
        head = _measured([Cell(column.heading, bold=True) for column in columns], widths, size)
        pages = list(_pages([_measured(row, widths, size) for row in rows], paper.room.height - head.height))
        if len(pages) == 1:
            break
    shown, left_out = pages[:MOST_SLIDES], sum(len(page) for page in pages[MOST_SLIDES:])
    for number, page in enumerate(shown, 1):
        sheet = paper.slide(title if len(shown) == 1 else f"{title} ({number} of {len(shown)})", notes if number == 1 else ())
        _drawn(sheet, columns, [head, *page], widths, size)
        if left_out and number == len(shown):
            tall = _SMALL * LEADING
            area = Area(sheet.room.x, sheet.room.y + sheet.room.height - tall, sheet.room.width, tall)
            sheet.text(area, [Line(f"{left_out:,} more in the plan.", _SMALL, soft=True)])


def _widths(columns: Sequence[Column], room: float) -> list[float]:
    whole = sum(column.share for column in columns)
    return [column.share / whole * room for column in columns]


def _measured(cells: Sequence[Cell], widths: Sequence[float], size: float) -> _Row:
    measured, tallest = [], 0.0
    for cell, width in zip(cells, widths, strict=True):
        room = width - _ACROSS * 2
        text = fitted(cell.text, room, size, cell.most, bold=cell.bold)
        under = fitted(cell.under, room, size * UNDER, _MOST_UNDER)
        measured.append((cell, text, under))
        tallest = max(tallest, max(text.lines, 1) * size * LEADING + under.lines * size * UNDER * LEADING)
    return _Row(measured, tallest + _DOWN * 2)


def _pages(rows: Sequence[_Row], room: float) -> Iterator[list[_Row]]:
    page: list[_Row] = []
    used = 0.0
    room -= _SMALL * LEADING  # where the last slide may have to say that there is more
    for row in rows:
        if page and used + row.height > room:
            yield page
            page, used = [], 0.0
        page.append(row)
        used += row.height
    if page:
        yield page


def _drawn(sheet: Sheet, columns: Sequence[Column], rows: Sequence[_Row], widths: Sequence[float], size: float) -> None:
    """The native table."""
    area, height = sheet.room, sum(row.height for row in rows)
    shape = sheet.shapes.add_table(len(rows), len(columns), Pt(area.x), Pt(area.y), Pt(area.width), Pt(height))
    table = shape.table
    shape.element.xpath(".//a:tableStyleId")[0].text = _STYLE
    table.horz_banding = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for number, row in enumerate(rows):
        table.rows[number].height = Pt(row.height)
        for place, (cell, text, under) in enumerate(row.cells):
            _filled(table.cell(number, place), cell, text, under, is_number=columns[place].is_number, size=size)
        for cell in shape.element.xpath(f".//a:tr[{number + 1}]/a:tc"):
            _ruled(cell, is_head=number == 0)


def _filled(cell: Any, what: Cell, text: Fitted, under: Fitted, *, is_number: bool, size: float) -> None:
    cell.margin_left = cell.margin_right = Pt(_ACROSS)
    cell.margin_top = cell.margin_bottom = Pt(_DOWN)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    frame = cell.text_frame
    frame.word_wrap = True
    set_paragraph(frame.paragraphs[0], text.text, Line("", size, bold=what.bold))
    if under.text:
        set_paragraph(frame.add_paragraph(), under.text, Line("", size * UNDER, soft=True))
    if is_number:
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.RIGHT


def _ruled(cell: Any, *, is_head: bool) -> None:
    """A line below a cell, in a colour of the theme. python-pptx has none."""
    width = _HEAD_RULE if is_head else _RULE
    colour = (
        '<a:schemeClr val="accent1"/>' if is_head else '<a:schemeClr val="tx1"><a:lumMod val="35000"/><a:lumOff val="65000"/></a:schemeClr>'
    )
    rule = (
        f'<a:lnB xmlns:a="{_DRAWING}" w="{Pt(width)}" cap="flat" cmpd="sng" algn="ctr">'
        f'<a:solidFill>{colour}</a:solidFill><a:prstDash val="solid"/></a:lnB>'
    )
    cell.get_or_add_tcPr().insert(0, parse_xml(rule))
