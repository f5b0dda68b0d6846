"""Decks, opened again as PowerPoint would."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from functools import partial
from itertools import cycle

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PP_PLACEHOLDER

from acctplan.errors import UserError
from acctplan.render import plan_view
from acctplan.render.deck import deck
from acctplan.render.text import clean
from hostile import naughty, with_texts
from pages import BOOK, CONFIG, FULL, SAMPLES, TODAY, loaded, plan

FULL_PLAN = loaded(FULL).plan
assert FULL_PLAN is not None
LONG = "Betriebsführungsgesellschaft der Hafenumschlagsanlagen und sehr viele Wörter mehr " * 12
CHINESE = "株式会社東京港湾運営管理機構の設備保全契約の更新について検討する" * 8
ARABIC = "مرحبا بكم في خطة الحساب الرئيسية للعميل الكبير"


def view_of(text, config=CONFIG):
    return plan_view(plan(text, config), config, TODAY)


def many(people=0, opportunities=0, texts=(LONG, CHINESE, ARABIC, "w" * 400)):
    """A plan with much of everything."""
    words = cycle(f'"{text.strip()}"' for text in texts)
    lines = [f"profile: {{name: {next(words)}}}"]
    if people:
        lines += ["contacts:"]
        lines += [
            f"  p{n}: {{name: {next(words)}, title: {next(words)}{f', reports_to: p{(n - 1) // 3}' if n else ''}}}" for n in range(people)
        ]
    if opportunities:
        lines += ["opportunities:"]
        for n in range(opportunities):
            lines += [
                f"  o{n}: {{name: {next(words)}, status: open, value: {n + 1}000, need: {next(words)}, approach: {next(words)},",
                f"    customer_impact: {next(words)}, next_step: {next(words)}}}",
            ]
    return "\n".join(lines)


VIEWS = {
    **{path.stem: plan_view(loaded(path, BOOK).plan, BOOK, TODAY) for path in SAMPLES},
    "full": plan_view(FULL_PLAN, CONFIG, TODAY),
    "name only": view_of("profile: {name: X}"),
    "much": view_of(many(people=58, opportunities=30)),
    "crowd": view_of(many(people=100)),
}


class Decks(dict):
    """The decks of the views, each made when it is asked for."""

    def __missing__(self, name):
        self[name] = deck(VIEWS[name])
        return self[name]


@pytest.fixture(scope="module")
def decks():
    return Decks()


@pytest.fixture(params=VIEWS)
def name(request):
    return request.param


def opened(content):
    return Presentation(io.BytesIO(content))


def texts(shapes):
    """Every paragraph on a slide."""
    for shape in shapes:
        if shape.has_text_frame:
            yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
        if shape.has_table:
            yield from (paragraph.text for row in shape.table.rows for cell in row.cells for paragraph in cell.text_frame.paragraphs)


def titles(presentation):
    return [slide.shapes.title.text_frame.text for slide in presentation.slides]


def notes(slide):
    return slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


def slide_named(presentation, title):
    return next(slide for slide in presentation.slides if slide.shapes.title.text_frame.text == title)


def test_the_slides_of_a_review(decks):
    assert titles(opened(decks["brannhaven-terminals"])) == [
        "Brannhaven Terminals",
        "In short",
        "Revenue, EUR",
        "Revenue by period, EUR",
        "Opportunities: how attractive, how well placed",
        "Opportunities, the most worthwhile first",
        "1. Monitoring of all quay and yard cranes",
        "2. Oil analysis for the bulk terminal, another three years",
        "3. Full service for conveyors and stacker-reclaimers, three years",
        "4. Full service for the quay cranes from 2028",
        "5. Energy study of the rail cranes",
        "People",
        "White space",
        "Objectives",
        "Actions",
        "Relationship meetings",
        "Risks",
        "Open questions",
    ]


def test_what_a_plan_does_not_say_has_no_slide(decks):
    assert titles(opened(decks["name only"])) == ["X", "In short"]


def test_every_slide_says_whom_it_is_for(decks, name):
    for slide in opened(decks[name]).slides:
        feet = [shape.text_frame.text for shape in slide.placeholders if shape.placeholder_format.type is PP_PLACEHOLDER.FOOTER]
        assert len(feet) == 1
        assert feet[0].startswith("Internal edition · ")
        assert feet[0].endswith(" · as of 21 Nov 2026")


def test_the_same_view_gives_the_same_bytes(decks, name):
    assert deck(VIEWS[name]) == decks[name]


def test_nothing_says_when_it_was_written(decks):
    with zipfile.ZipFile(io.BytesIO(decks["full"])) as whole:
        assert {part.date_time for part in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        books = [io.BytesIO(whole.read(part)) for part in whole.namelist() if part.endswith(".xlsx")]
        core = [whole.read("docProps/core.xml")]
        assert [part for part in whole.namelist() if "thumbnail" in part] == []
    assert books
    for book in books:
        with zipfile.ZipFile(book) as workbook:
            core.append(workbook.read("docProps/core.xml"))
    for properties in core:
        assert set(re.findall(rb"<dcterms:\w+[^>]*>([^<]*)<", properties)) == {b"2026-11-21T00:00:00Z"}


def test_everything_lies_on_its_slide(decks, name):
    presentation = opened(decks[name])
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width
            tall = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert shape.top + tall <= presentation.slide_height


def chart_of(slide):
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def test_revenue_is_a_chart_that_can_be_edited(decks):
    slide = slide_named(opened(decks["brannhaven-terminals"]), "Revenue, EUR")
    chart, periods = chart_of(slide), VIEWS["brannhaven-terminals"].revenue.periods
    assert chart.chart_type == XL_CHART_TYPE.COLUMN_CLUSTERED
    assert list(chart.plots[0].categories) == [period.label for period in periods]
    drawn = {series.name: list(series.values) for series in chart.plots[0].series}
    assert drawn == {
        "Goal": [None if period.goal is None else float(period.goal) for period in periods],
        "Booked": [None if period.booked is None else float(period.booked) for period in periods],
        "Forecast": [None if period.forecast is None else float(period.forecast) for period in periods],
    }
    assert None in drawn["Booked"]


def test_opportunities_are_bubbles_with_their_ranks(decks):
    slide = slide_named(opened(decks["brannhaven-terminals"]), "Opportunities: how attractive, how well placed")
    chart, spots = chart_of(slide), VIEWS["brannhaven-terminals"].charts.spots
    assert chart.chart_type == XL_CHART_TYPE.BUBBLE
    series = chart.plots[0].series[0]
    ranks = [series.points[number].data_label.text_frame.text for number in range(len(spots))]
    assert ranks == [str(spot.rank) for spot in spots]
    assert list(series.iter_values()) == pytest.approx([spot.attraction.low for spot in spots])


def test_the_ranking_goes_on_on_the_next_slide():
    text = "profile: {name: X}\nopportunities:\n" + "".join(f"  o{n}: {{name: Number {n}, value: {n + 1}000}}\n" for n in range(25))
    presentation = opened(deck(view_of(text)))
    pages = [slide for slide in presentation.slides if slide.shapes.title.text_frame.text.startswith("Opportunities, the most worthwhile")]
    assert len(pages) > 1
    assert pages[0].shapes.title.text_frame.text.endswith(f"(1 of {len(pages)})")
    ranks = [
        row.cells[0].text_frame.text for slide in pages for shape in slide.shapes if shape.has_table for row in list(shape.table.rows)[1:]
    ]
    assert ranks == [str(rank) for rank in range(1, 26)]
    assert len([title for title in titles(presentation) if re.match(r"\d\. ", title)]) == 5


def test_what_a_table_leaves_out_is_counted(decks):
    pages = [slide for slide in opened(decks["crowd"]).slides if slide.shapes.title.text_frame.text.startswith("People")]
    shown = sum(len(shape.table.rows) - 1 for slide in pages for shape in slide.shapes if shape.has_table)
    assert f"{100 - shown} more in the plan." in list(texts(pages[-1].shapes))


def test_a_slide_of_an_opportunity_says_what_to_do_and_who_decides(decks):
    slide = slide_named(opened(decks["brannhaven-terminals"]), "1. Monitoring of all quay and yard cranes")
    said = list(texts(slide.shapes))
    one = VIEWS["brannhaven-terminals"].opportunities[0]
    assert one.need in said
    assert one.approach in said
    assert [
        f"{buyer.stance.symbol} {buyer.stance.word} · coverage {buyer.coverage.symbol} {buyer.coverage.word}" for buyer in one.buyers
    ] == [line for line in said if " · coverage " in line]
    for reason in one.reasons:
        assert f"{reason.points} of {reason.out_of} {reason.factor}: {reason.why}" in notes(slide)


@pytest.mark.parametrize("people", [1, 5, pytest.param(58, marks=pytest.mark.slow), pytest.param(60, marks=pytest.mark.slow), 61])
def test_everybody_is_on_a_chart_or_in_a_table(people):
    text = "profile: {name: X}\ncontacts:\n" + "".join(
        f"  p{n}: {{name: Person {n}, title: Title{f', reports_to: p{(n - 1) // 3}' if n else ''}}}\n" for n in range(people)
    )
    slides = [slide for slide in opened(deck(view_of(text))).slides if slide.shapes.title.text_frame.text.startswith("People")]
    shown = {words.removeprefix("– " * 5).lstrip("– ") for slide in slides for words in texts(slide.shapes) if "Person" in words}
    assert bool([shape for slide in slides for shape in slide.shapes if shape.has_table]) is (people > 60)
    left_out = [words for slide in slides for words in texts(slide.shapes) if words.endswith("more in the plan.")]
    missing = people - len(shown)
    assert left_out == ([f"{missing} more in the plan."] if missing else [])
    assert not missing or people > 60


def test_charts_are_told_to_whoever_cannot_see_them(decks):
    frames = [shape for slide in opened(decks["full"]).slides for shape in slide.shapes if shape.has_chart]
    assert [frame for frame in frames if not frame.element.xpath("./p:nvGraphicFramePr/p:cNvPr/@descr")] == []
    assert len(frames) == 2


def test_lines_of_the_chart_are_lines(decks):
    slide = slide_named(opened(decks["brannhaven-terminals"]), "People")
    assert [shape for shape in slide.shapes if shape.shape_type.name == "LINE"]


def test_late_actions_come_first_and_say_so(decks):
    rows = [
        [cell.text_frame.text for cell in row.cells]
        for shape in slide_named(opened(decks["brannhaven-terminals"]), "Actions").shapes
        if shape.has_table
        for row in shape.table.rows
    ]
    assert [row[3] for row in rows][:3] == ["Status", "! late\nby 1 day", "◐ in progress"]


def test_what_is_read_from_the_right_is_written_from_there():
    presentation = opened(deck(view_of(f"profile: {{name: X}}\nrisks:\n  r: {{what: {ARABIC}}}\n  s: {{what: plain}}")))
    table = next(shape.table for shape in slide_named(presentation, "Risks").shapes if shape.has_table)
    assert [table.cell(row, 0).text_frame.paragraphs[0]._p.pPr.get("rtl") for row in (1, 2)] == ["1", None]


@pytest.mark.parametrize("fields", [2, pytest.param(25, marks=pytest.mark.slow)])
def test_no_text_is_more_than_text(fields):
    for turn in range(fields):
        found = naughty()
        first = turn * len(found) // fields
        endless = cycle([*found[first:], *found[:first]])
        of = with_texts(FULL_PLAN, partial(next, endless))
        content = deck(plan_view(of, CONFIG, TODAY))
        opened(content)
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            links = [part for part in whole.namelist() if part.endswith(".rels") and b'TargetMode="External"' in whole.read(part)]
            markup = [whole.read(part) for part in whole.namelist() if part.endswith(".xml")]
            books = [io.BytesIO(whole.read(part)) for part in whole.namelist() if part.endswith(".xlsx")]
        assert links == []
        assert [part for part in markup if b"<a:hlinkClick" in part or b"<script" in part or b"<!ENTITY" in part] == []
        for book in books:
            with zipfile.ZipFile(book) as workbook:
                assert [part for part in workbook.namelist() if b"<f>" in workbook.read(part)] == []


def test_every_text_of_an_opportunity_is_in_the_deck():
    said = []

    def number():
        said.append(f"text-{len(said)}-")
        return said[-1]

    view = plan_view(with_texts(FULL_PLAN, number), CONFIG, TODAY)
    whole = "\n".join("\n".join([*texts(slide.shapes), notes(slide)]) for slide in opened(deck(view)).slides)
    one = view.opportunities[0]
    for text in (one.name, one.need, one.approach, one.customer_impact, one.next_step, one.notes, *(item.what for item in one.criteria)):
        assert text in whole
    for action in view.open_actions:
        assert action.action.what in whole
    for risk in view.risks:
        assert risk.what in whole


def test_control_characters_are_made_visible():
    of = with_texts(FULL_PLAN, lambda: "a\u202eb\x1bc")
    said = [text for slide in opened(deck(plan_view(of, CONFIG, TODAY))).slides for text in texts(slide.shapes)]
    assert clean("a\u202eb\x1bc") in said
    assert [text for text in said if "\x1b" in text or "\u202e" in text] == []


def test_without_python_pptx_there_is_a_way_out(monkeypatch):
    monkeypatch.setattr(sys.modules[deck.__module__], "find_spec", lambda _: None)
    with pytest.raises(UserError) as caught:
        deck(VIEWS["name only"])
    assert caught.value.hint == "pip install 'acctplan[pptx]'"
