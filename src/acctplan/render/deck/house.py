"""Where the looks of a deck come from: a house's own template, or a plain one made here."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from acctplan.errors import UserError
from acctplan.render.deck.package import guarded, unusable
from acctplan.render.pictures.placing import Area

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
BELOW = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_WIDE, _TALL = 960.0, 540.0
_MARGIN = 40.0
_FOOT = 34.0
_GAP = 10.0
_COLOURS = {
    "dk2": "1B2430", "lt2": "EEF2F7", "accent1": "1D5AA8", "accent2": "9AA5B1", "accent3": "19703F", "accent4": "B0261C",
    "accent5": "8A5300", "accent6": "6D8FBF", "hlink": "1D5AA8", "folHlink": "56616F",
}  # fmt: skip
"""Of the plain theme."""


class House(NamedTuple):
    """An empty presentation, and what its slides are made of."""

    presentation: Any
    opening: Any
    """The layout of the first slide."""
    inner: Any
    """The layout of all others: a title and nothing else, where there is one."""
    wide: float
    tall: float
    """Of a slide, in pt."""
    room: Area
    """What the title and the footer of an inner slide leave, in pt."""


def house_of(template: bytes | None) -> House:
    """The looks of a template, or the plain ones.

    Raises:
        UserError: it is no PowerPoint file that can be used.
    """
    if template is None:
        return _looks(_plain())
    file = guarded(template)
    try:
        presentation = Presentation(file)
        _emptied(presentation)
        found = _looks(presentation)
        for layout in (found.opening, found.inner):
            for placeholder in layout.placeholders:
                area_of(placeholder)
    except Exception:  # noqa: BLE001  whatever a broken file makes the reader do, the file is what is wrong
        raise unusable() from None
    if min(found.wide, found.tall) < _TALL / 2:
        raise unusable()
    _refuse_what_lies_elsewhere(presentation)
    return found


def _refuse_what_lies_elsewhere(presentation: Any) -> None:
    """A picture that lies elsewhere would be asked for by whoever opens the deck.

    Raises:
        UserError: the template has such a thing.
    """
    for part in presentation.part.package.iter_parts():
        for link in part.rels.values():
            if link.is_external and link.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                raise UserError("the template has pictures or other parts that lie elsewhere", "put them into the file, and save it again")


def _looks(presentation: Any) -> House:
    """What an empty presentation offers."""
    _without_thumbnail(presentation)
    layouts = list(presentation.slide_layouts)
    wide, tall = presentation.slide_width.pt, presentation.slide_height.pt
    inner = _first(layouts, (_is("titleOnly"), _has_only_a_title, _is("obj"), _has_title, _is("blank"))) or layouts[-1]
    opening = _first(layouts, (_is("title"), _has_central_title, _has_title)) or inner
    return House(presentation, opening, inner, wide, tall, _room(inner, presentation.slide_master, wide, tall))


def _first(layouts: Iterable[Any], wanted: Iterable[Callable[[Any], bool]]) -> Any:
    found = list(layouts)
    return next((layout for wish in wanted for layout in found if wish(layout)), None)


def _is(kind: str) -> Callable[[Any], bool]:
    """What a layout says that it is: the same in each language that PowerPoint speaks, as names are not."""
    return lambda layout: layout.element.get("type") == kind


def kinds(layout: Any) -> list[Any]:
    """What its placeholders are for."""
    return [placeholder.placeholder_format.type for placeholder in layout.placeholders]


def _has_title(layout: Any) -> bool:
    return any(kind in TITLES for kind in kinds(layout))


def _has_only_a_title(layout: Any) -> bool:
    return [kind for kind in kinds(layout) if kind not in BELOW] == [PP_PLACEHOLDER.TITLE]


def _has_central_title(layout: Any) -> bool:
    return PP_PLACEHOLDER.CENTER_TITLE in kinds(layout)


def area_of(shape: Any) -> Area | None:
    """Where it stands, in pt; None where neither it nor its master says."""
    places = (shape.left, shape.top, shape.width, shape.height)
    return None if any(place is None for place in places) else Area(*(place.pt for place in places))


def _room(layout: Any, master: Any, wide: float, tall: float) -> Area:
    """Below the title, above what stands at the foot, as wide as the master's body where it has one."""
    title = next((area_of(one) for one in layout.placeholders if one.placeholder_format.type in TITLES), None)
    body = next((area_of(one) for one in master.placeholders if one.placeholder_format.type is PP_PLACEHOLDER.BODY), None)
    feet = [area.y for one in layout.placeholders if one.placeholder_format.type in BELOW and (area := area_of(one)) and area.y > tall / 2]
    left, right = (body.x, body.x + body.width) if body else (_MARGIN, wide - _MARGIN)
    if not 0 <= left < right <= wide or right - left < wide / 2:
        left, right = _MARGIN, wide - _MARGIN
    top = title.y + title.height + _GAP if title and title.y + title.height < tall / 2 else _MARGIN * 2
    bottom = min([*feet, tall - _FOOT]) - _GAP / 2
    return Area(left, top, right - left, max(bottom - top, tall / 2))


def _emptied(presentation: Any) -> None:
    """Without the slides that a template shows itself with, and without what lists them."""
    slides = presentation.slides.element
    for slide in list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)
    root = presentation.element
    for tag in ("extLst", "custShowLst"):
        for element in root.findall(f"{{*}}{tag}"):
            root.remove(element)


def _without_thumbnail(presentation: Any) -> None:
    """The small picture that folders show: it is the template's."""
    package = presentation.part.package
    with suppress(KeyError):
        thumbnail = package.part_related_by(RELATIONSHIP_TYPE.THUMBNAIL)
        package.drop_rel(package.relate_to(thumbnail, RELATIONSHIP_TYPE.THUMBNAIL))


def _plain() -> Any:
    """What python-pptx brings, made as wide as screens are today, in quiet colours."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(_WIDE), Pt(_TALL)
    master = presentation.slide_master
    for layout in (master, *master.slide_layouts):
        for placeholder in layout.placeholders:
            kind = placeholder.placeholder_format.type
            if kind in TITLES and layout.placeholders[0].placeholder_format.type is not PP_PLACEHOLDER.CENTER_TITLE:
                _put(placeholder, Area(_MARGIN, 22, _WIDE - _MARGIN * 2, 46))
            elif kind is PP_PLACEHOLDER.CENTER_TITLE:
                _put(placeholder, Area(_MARGIN, 150, _WIDE - _MARGIN * 2, 110))
            elif kind is PP_PLACEHOLDER.SUBTITLE:
                _put(placeholder, Area(_MARGIN, 268, _WIDE - _MARGIN * 2, 110))
            elif kind is PP_PLACEHOLDER.FOOTER:
                _put(placeholder, Area(_MARGIN, _TALL - 30, _WIDE - 200, 20))
            elif kind is PP_PLACEHOLDER.SLIDE_NUMBER:
                _put(placeholder, Area(_WIDE - _MARGIN - 100, _TALL - 30, 100, 20))
            elif kind is PP_PLACEHOLDER.DATE:
                placeholder.element.getparent().remove(placeholder.element)  # our footer says the day
            elif layout is master:
                _put(placeholder, Area(_MARGIN, 80, _WIDE - _MARGIN * 2, 420))
    _to_the_left(master)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme.blob = _coloured(theme.blob)
    return presentation


def _put(shape: Any, area: Area) -> None:
    shape.left, shape.top, shape.width, shape.height = (Pt(value) for value in area)
    shape.text_frame.margin_left = shape.text_frame.margin_right = 0  # as everything else on a slide


def _to_the_left(master: Any) -> None:
    """Titles and footers begin where everything else on a slide does; titles are not as large as a poster's."""
    for style in master.element.iterfind(".//{*}titleStyle/{*}lvl1pPr"):
        style.set("algn", "l")
    for layout in (master, *master.slide_layouts):
        for placeholder in layout.placeholders:
            if placeholder.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SUBTITLE):
                for style in placeholder.element.iterfind(".//{*}lstStyle/{*}lvl1pPr"):
                    style.set("algn", "l")


def _coloured(theme: bytes) -> bytes:
    for name, colour in _COLOURS.items():
        theme = re.sub(
            rb"(<a:%b>).*?(</a:%b>)" % (name.encode(), name.encode()),
            rb'\g<1><a:srgbClr val="%b"/>\g<2>' % colour.encode(),
            theme,
            count=1,
            flags=re.DOTALL,
        )
    return theme
