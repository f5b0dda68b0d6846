"""What slides are written with: titles, texts, shapes and tables, all measured before they are placed. Everything is in pt."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Pt

from acctplan.render.deck.house import TITLES, area_of
from acctplan.render.deck.wording import LEADING, fitted, is_right_to_left
from acctplan.render.pictures.placing import Area
from acctplan.render.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acctplan.render.deck.house import House

TEXT = 12.0
SMALL = 10.0
_HEADING = 26.0
_SMALLEST_HEADING = 16.0
_FOOT = 9.0
_LONGEST_NOTES = 20_000
_SOFT, _GREY = 0.35, 0.65


class Line(NamedTuple):
    """A paragraph."""

    text: str
    size: float = TEXT
    bold: bool = False
    soft: bool = False
    """Of less weight than the others."""
    gap: float = 0.0
    """Room above it."""
    most: int = 1
    """Lines that it may take."""
    point: bool = False
    """One of a list."""


class Paper:
    """A deck as it grows, slide by slide."""

    def __init__(self, house: House, foot: str) -> None:
        """No slides yet; `foot` stands at the foot of every one."""
        self._house = house
        self._foot = foot
        self.room = house.room

    @property
    def presentation(self) -> Any:
        """As python-pptx knows it."""
        return self._house.presentation

    def opening(self, title: str, lines: Sequence[str], notes: Iterable[str] = ()) -> None:
        """The first slide."""
        house = self._house
        slide = house.presentation.slides.add_slide(house.opening)
        title_box, subtitle = None, None
        for placeholder in list(slide.placeholders):
            kind = placeholder.placeholder_format.type
            if kind in TITLES:
                title_box = placeholder
            elif kind in (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY) and subtitle is None:
                subtitle = placeholder
            else:
                _removed(placeholder)
        margin = house.wide / 20
        area = (area_of(title_box) if title_box is not None else None) or Area(
            margin, house.tall * 0.3, house.wide - margin * 2, house.tall * 0.2
        )
        box = title_box if title_box is not None else slide.shapes.add_textbox(*_emu(area))
        size = next((size for size in (40.0, 32.0, 26.0) if fitted(title, area.width * 0.94, size, 9, bold=True).lines <= 2), 22.0)  # noqa: PLR2004
        write(box.text_frame, [Line(title, size, bold=True, most=2)], area.width * 0.94, keep=title_box is not None)
        below = (area_of(subtitle) if subtitle is not None else None) or Area(
            area.x, area.y + area.height + 8, area.width, house.tall * 0.2
        )
        box = subtitle if subtitle is not None else slide.shapes.add_textbox(*_emu(below))
        rows = max(1, int(below.height / (16 * LEADING + 4)))
        write(box.text_frame, [Line(line, 16.0, gap=4) for line in lines[:rows]], below.width * 0.94, keep=subtitle is not None)
        self._foot_of(slide, house.opening)
        _note(slide, [title, *lines, *notes])

    def slide(self, title: str, notes: Iterable[str] = ()) -> Sheet:
        """A slide with a title; `notes` are what the speaker reads."""
        house = self._house
        slide = house.presentation.slides.add_slide(house.inner)
        box = None
        for placeholder in list(slide.placeholders):
            if placeholder.placeholder_format.type in TITLES and box is None:
                box = placeholder
            else:
                _removed(placeholder)
        area = (area_of(box) if box is not None else None) or Area(self.room.x, self.room.y - 46, self.room.width, 40)
        kept = box is not None
        box = box if box is not None else slide.shapes.add_textbox(*_emu(area))
        room, size = area.width * 0.96, min(_HEADING, max(_SMALLEST_HEADING, area.height * 0.6))
        while size > _SMALLEST_HEADING and fitted(title, room, size, 2, bold=True).lines > 1:
            size -= 2
        write(box.text_frame, [Line(title, size, bold=True)], room, keep=kept)
        self._foot_of(slide, house.inner)
        _note(slide, notes)
        return Sheet(slide, self.room)

    def _foot_of(self, slide: Any, layout: Any) -> None:
        """The words at the foot, and the slide's number, where the layout has places for them; the words in any case."""
        placed = False
        for holder in layout.placeholders:
            kind = holder.placeholder_format.type
            if kind is PP_PLACEHOLDER.FOOTER:
                area = area_of(holder)
                copied = _copied(holder, slide)
                room = area.width * 0.96 if area else self.room.width
                write(copied.text_frame, [Line(self._foot, _FOOT)], room, keep=True)
                placed = True
            elif kind is PP_PLACEHOLDER.SLIDE_NUMBER:
                _copied(holder, slide)
        if not placed:
            area = Area(self.room.x, self._house.tall - 26, self.room.width, 18)
            write(slide.shapes.add_textbox(*_emu(area)).text_frame, [Line(self._foot, _FOOT, soft=True)], area.width)


class Sheet:
    """A slide to write on, and the room that it has."""

    def __init__(self, slide: Any, room: Area) -> None:
        """Nothing but a title yet."""
        self._slide = slide
        self.room = room

    @property
    def shapes(self) -> Any:
        """As python-pptx knows them."""
        return self._slide.shapes

    def text(self, area: Area, lines: Sequence[Line]) -> float:
        """Paragraphs in an area, as many as fit, the last cut to the room that is left. Returns the height that they take."""
        return write(self.shapes.add_textbox(*_emu(area)).text_frame, lines, area.width, tall=area.height)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A thin straight line."""
        connector = self.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(x1), Pt(y1), Pt(x2), Pt(y2))
        _unstyled(connector)
        connector.line.width = Pt(1)
        greyed(connector.line.color)

    def box(self, area: Area, lines: Sequence[Line], *, band: str | None = None, pad: float = 6.0, dashed: bool = False) -> None:
        """A frame with words in it. `band`: a colour, as six hexadecimal digits, of the frame's left edge."""
        frame = self.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(area))
        _unstyled(frame)
        frame.fill.solid()
        frame.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
        frame.line.width = Pt(0.75)
        greyed(frame.line.color)
        if dashed:
            frame.line.dash_style = MSO_LINE.DASH
        width = area.width - pad * 2 - 4
        write(frame.text_frame, lines, width, tall=area.height - pad, margins=(pad + 3, pad / 2, pad, pad / 2))
        if band:
            strip = self.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(Area(area.x, area.y, 4, area.height)))
            _unstyled(strip)
            strip.fill.solid()
            strip.fill.fore_color.rgb = RGBColor.from_string(band)
            strip.line.fill.background()


_STEPS = ((4.0, 9), (3.0, 9), (2.0, 9), (1.0, 9), (0.0, 9), (-1.0, 9), (-2.0, 9), (-2.0, 4), (-2.0, 3), (-2.0, 2), (-2.0, 1))
"""What is tried for texts that share a slide: how much larger the letters are, and the most lines of a paragraph."""


def height_of(lines: Sequence[Line], width: float) -> float:
    """The most that paragraphs take from top to bottom."""
    counts = (
        fitted(f"•\N{NO-BREAK SPACE}{line.text}" if line.point else line.text, width, line.size, line.most, bold=line.bold).lines
        for line in lines
    )
    heights = [line.size * LEADING * max(1, count) for line, count in zip(lines, counts, strict=True)]
    return sum(heights) + sum(line.gap for line in lines[1:])


def as_large_as_fits(columns: Sequence[Sequence[Line]], width: float, tall: float) -> list[list[Line]]:
    """Columns of text, all in letters as large as they can be to fit; where even the smallest are too large, paragraphs are cut."""
    sized: list[list[Line]] = []
    for larger, most in _STEPS:
        sized = [[line._replace(size=line.size + larger, most=min(line.most, most)) for line in lines] for lines in columns]
        if all(height_of(lines, width) <= tall for lines in sized):
            break
    return sized


def write(
    frame: Any,
    lines: Sequence[Line],
    width: float,
    *,
    tall: float | None = None,
    margins: tuple[float, float, float, float] | None = None,
    keep: bool = False,
) -> float:
    """Paragraphs into a frame. Returns their height.

    Args:
        frame: of a shape, as python-pptx knows it.
        lines: what they say; those for which there is no room are left out.
        width: of a line.
        tall: the room from top to bottom; None: enough.
        margins: left, top, right, bottom; none are 0.
        keep: it is a placeholder, which knows its margins and its colours itself.
    """
    frame.word_wrap = True
    if not keep:
        frame.auto_size = MSO_AUTO_SIZE.NONE
        left, top, right, bottom = margins or (0.0, 0.0, 0.0, 0.0)
        frame.margin_left, frame.margin_top, frame.margin_right, frame.margin_bottom = Pt(left), Pt(top), Pt(right), Pt(bottom)
        frame.vertical_anchor = MSO_ANCHOR.TOP
    used, first = 0.0, True
    for line in lines:
        step = line.size * LEADING
        gap = 0.0 if first else line.gap
        most = line.most if tall is None else min(line.most, int((tall - used - gap) / step + 0.01))
        if most < 1:
            break
        mark = "•\N{NO-BREAK SPACE}" if line.point else ""
        text, count = fitted(mark + line.text, width, line.size, most, bold=line.bold)
        paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
        set_paragraph(paragraph, text, line, keep=keep)
        paragraph.space_before = Pt(gap)
        used += gap + step * max(count, 1)
        first = False
    return used


def set_paragraph(paragraph: Any, text: str, line: Line, *, keep: bool = False) -> None:
    """A text, in the looks of a line."""
    run = paragraph.add_run()
    run.text = clean(text).replace("\n", " ").replace("\t", " ")
    run.font.size = Pt(line.size)
    run.font.bold = line.bold
    if not keep:
        run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
        if line.soft:
            run.font.color.brightness = _SOFT
        paragraph.alignment = PP_ALIGN.LEFT
    if is_right_to_left(text):
        paragraph.alignment = PP_ALIGN.RIGHT
        paragraph._p.get_or_add_pPr().set("rtl", "1")  # noqa: SLF001  python-pptx has no other way to it


def greyed(colour: Any) -> None:
    """A colour that says nothing: that of words, thinned. Themes give their second accent any colour, often red."""
    colour.theme_color = MSO_THEME_COLOR.TEXT_1
    colour.brightness = _GREY


def _emu(area: Area) -> tuple[int, int, int, int]:
    return Pt(area.x), Pt(area.y), Pt(max(area.width, 1)), Pt(max(area.height, 1))


def _unstyled(shape: Any) -> None:
    """Without the theme's effects, such as shadows."""
    for style in shape.element.xpath("./p:style"):
        shape.element.remove(style)


def _removed(shape: Any) -> None:
    shape.element.getparent().remove(shape.element)


def _copied(holder: Any, slide: Any) -> Any:
    """What stands at the foot of a layout, on a slide: python-pptx leaves it out."""
    element = deepcopy(holder.element)
    taken = [int(one) for one in slide.shapes.element.xpath(".//p:cNvPr/@id")]
    element.xpath("./p:nvSpPr/p:cNvPr")[0].set("id", str(max(taken) + 1))
    slide.shapes.element.append(element)
    copied = slide.shapes[-1]
    if holder.placeholder_format.type is PP_PLACEHOLDER.FOOTER:
        copied.text_frame.clear()
    return copied


def _note(slide: Any, notes: Iterable[str]) -> None:
    said = "\n".join(clean(note).replace("\n", " ") for note in notes if note)
    if said:
        slide.notes_slide.notes_text_frame.text = said[:_LONGEST_NOTES]
