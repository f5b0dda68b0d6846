"""A house's own template: its looks are used, and whatever is wrong with it is said."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from pptx import Presentation
from pptx.util import Inches

from acctplan.errors import UserError
from acctplan.render import plan_view
from acctplan.render.deck import deck, package
from acctplan.render.deck.house import house_of
from pages import BOOK, CONFIG, SAMPLES, TODAY, loaded, plan

VIEW = plan_view(loaded(SAMPLES[0], BOOK).plan, BOOK, TODAY)
SMALL = plan_view(plan("profile: {name: X}"), CONFIG, TODAY)


def saved(presentation):
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def template(*, slides=2, without=(), wide=10.0, tall=7.5):
    """What PowerPoint's own looks like: 4:3, with slides that show it, and some of its layouts taken out."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(wide), Inches(tall)
    for _ in range(slides):
        presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = "Sample slide"
    for layout in list(presentation.slide_layouts):
        if layout.name in without:
            presentation.slide_layouts.remove(layout)
    return saved(presentation)


def opened(content):
    return Presentation(io.BytesIO(content))


def test_slides_are_made_of_the_houses_layouts():
    presentation = opened(deck(VIEW, template()))
    assert (presentation.slide_width, presentation.slide_height) == (Inches(10), Inches(7.5))
    layouts = [slide.slide_layout.name for slide in presentation.slides]
    assert layouts == ["Title Slide"] + ["Title Only"] * (len(layouts) - 1)
    assert [slide for slide in presentation.slides if slide.shapes.title.text_frame.text == "Sample slide"] == []


def test_the_houses_own_slides_leave_nothing_behind():
    with zipfile.ZipFile(io.BytesIO(deck(SMALL, template(slides=9)))) as whole:
        assert [name for name in whole.namelist() if name.startswith("ppt/slides/slide")] == [
            "ppt/slides/slide1.xml",
            "ppt/slides/slide2.xml",
        ]


NO_TITLE_ONLY = ("Title Only",)
ONLY_BLANK = tuple(layout.name for layout in Presentation().slide_layouts if layout.name != "Blank")


@pytest.mark.parametrize(
    ("without", "wide", "tall", "inner"),
    [
        (NO_TITLE_ONLY, 10, 7.5, "Title and Content"),
        (ONLY_BLANK, 10, 7.5, "Blank"),
        ((), 13.333, 7.5, "Title Only"),
        ((), 7.5, 10, "Title Only"),
        ((), 5, 4, "Title Only"),
    ],
)
def test_whatever_layouts_there_are_everything_lies_on_its_slide(without, wide, tall, inner):
    presentation = opened(deck(VIEW, template(slides=0, without=without, wide=wide, tall=tall)))
    assert presentation.slides[2].slide_layout.name == inner
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.is_placeholder:
                continue  # stands where the house has put it
            assert shape.left >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height
        said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert [text for text in said if text.startswith("Internal edition")]


def test_no_placeholder_is_left_empty():
    for slide in opened(deck(VIEW, template(without=NO_TITLE_ONLY))).slides:
        assert [shape.name for shape in slide.placeholders if shape.has_text_frame and not shape.text_frame.text] == []


def test_the_same_template_gives_the_same_bytes():
    assert deck(SMALL, template()) == deck(SMALL, template())


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    return out.getvalue()


def changed(part, content):
    """A template with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template())) as read, zipfile.ZipFile(out, "w") as written:
        for name in read.namelist():
            if name != part:
                written.writestr(name, read.read(name))
        written.writestr(part, content)
    return out.getvalue()


def part(name):
    with zipfile.ZipFile(io.BytesIO(template())) as whole:
        return whole.read(name)


MASTER = "ppt/slideMasters/slideMaster1.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
BROKEN = "the template is not a PowerPoint file that can be read"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"%PDF-1.7", id="another format"),
        pytest.param(template()[:3000], id="cut off"),
        pytest.param(zipped(a="b"), id="another package"),
        pytest.param(zipped(**{"ppt/presentation.xml": "<x/>"}), id="hardly anything"),
        pytest.param(changed("ppt/presentation.xml", "<x"), id="broken markup"),
        pytest.param(changed("ppt/presentation.xml", ENTITIES), id="entities"),
        pytest.param(changed("ppt/slideMasters/slideMaster1.xml", "<x/>"), id="a master that is none"),
        pytest.param(changed("[Content_Types].xml", "<Types/>"), id="no types"),
        pytest.param(changed("ppt/presentation.xml", part("ppt/presentation.xml").replace(b"sldMasterId ", b"other ")), id="no masters"),
        pytest.param(changed(MASTER, re.sub(rb'x="\d+"', b'x=""', part(MASTER))), id="places that are none"),
        pytest.param(template(wide=1.0, tall=1.0), id="slides like stamps"),
    ],
)
def test_what_is_no_template_is_refused(content):
    with pytest.raises(UserError) as caught:
        deck(SMALL, content)
    assert caught.value.message == BROKEN
    assert caught.value.hint == "save it in PowerPoint as .pptx"


def test_a_package_that_unpacks_to_far_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(package, "MAX_PART", 1 << 20)
    with pytest.raises(UserError, match="unpacks to far more than it should"):
        deck(SMALL, changed("ppt/media/bomb.bin", b"\0" * (2 << 20)))


@pytest.mark.parametrize(("limit", "value"), [("MAX_PARTS", 10), ("MAX_UNPACKED", 10_000)])
def test_limits_of_a_template(monkeypatch, limit, value):
    monkeypatch.setattr(package, limit, value)
    with pytest.raises(UserError, match="unpacks to far more than it should"):
        deck(SMALL, template())


def test_a_template_can_be_too_large(monkeypatch):
    monkeypatch.setattr(package, "MAX_BYTES", 1 << 10)
    with pytest.raises(UserError, match="the template has more than"):
        deck(SMALL, template())


def test_macros_are_refused():
    with pytest.raises(UserError, match="the template has macros"):
        deck(SMALL, changed("ppt/vbaProject.bin", b"x"))


def test_a_plain_deck_has_room_below_its_titles():
    looks = house_of(None)
    assert (looks.wide, looks.tall) == (960, 540)
    assert looks.room.lies_in(looks.room._replace(x=0, y=0, width=960, height=540))
    assert looks.room.height > 400


def test_what_a_template_would_fetch_from_elsewhere_is_refused():
    presentation = Presentation()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    presentation.slide_master.part.rels.get_or_add_ext_rel(kind, "http://elsewhere.example/x.png")
    file = io.BytesIO()
    presentation.save(file)
    with pytest.raises(UserError, match="the template has pictures or other parts that lie elsewhere"):
        house_of(file.getvalue())
