"""Charts that PowerPoint draws itself, from figures that can be opened and changed in it.

The workbook behind a chart gets words of ours alone: a text of a plan could become a formula there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.chart.data import BubbleChartData, CategoryChartData
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Pt

from acctplan.render.deck.paper import greyed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.render.deck.paper import Sheet
    from acctplan.render.pictures.opportunity_matrix import Spot
    from acctplan.render.pictures.placing import Area
    from acctplan.render.view.revenue import Period

_SMALL = 10
_PALE = 0.6
_UNKNOWN_SIZE = 0.04
"""Of the largest bubble, where the value is unknown."""
_EDGE = 0.08
"""What the axes show beyond 0 and 1, so that no bubble is cut."""


def revenue_graph(sheet: Sheet, area: Area, periods: Sequence[Period]) -> None:
    """Goal, booked and forecast of each period as columns side by side; what is not known has none."""
    data = CategoryChartData(number_format="#,##0")
    data.categories = [period.label for period in periods]
    data.add_series("Goal", [period.goal for period in periods])
    data.add_series("Booked", [period.booked for period in periods])
    data.add_series("Forecast", [period.forecast for period in periods])
    told = "Columns: goal, booked and forecast of each period. The table on the next slide has the figures."
    chart = _added(sheet, area, XL_CHART_TYPE.COLUMN_CLUSTERED, data, told)
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 0
    for series, pale in zip(plot.series, (None, 0.0, _PALE), strict=True):
        _filled(series, pale)
        series.invert_if_negative = False
    amounts, axis = chart.value_axis, chart.category_axis
    amounts.has_major_gridlines = True
    _grey(amounts.major_gridlines.format.line)
    amounts.format.line.fill.background()
    amounts.tick_labels.number_format, amounts.tick_labels.number_format_is_linked = "#,##0", False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.major_tick_mark = XL_TICK_MARK.NONE
    _grey(axis.format.line)


def matrix_graph(sheet: Sheet, area: Area, spots: Sequence[Spot]) -> None:
    """How attractive each opportunity is against how well we are placed, as bubbles with the rank in each; the area is the value."""
    largest = max((spot.value or 0 for spot in spots), default=0) or 1.0
    data = BubbleChartData(number_format="0.00")
    known, unknown = [spot for spot in spots if spot.value], [spot for spot in spots if not spot.value]
    shown = [(name, some) for name, some in (("Value known", known), ("Value unknown or 0", unknown)) if some]
    for name, some in shown:
        series = data.add_series(name)
        for spot in some:
            series.add_data_point(spot.position.low, spot.attraction.low, spot.value or largest * _UNKNOWN_SIZE)
    told = "Bubbles: the better placed, the further right; the more attractive, the further up. The notes have the scores."
    chart = _added(sheet, area, XL_CHART_TYPE.BUBBLE, data, told)
    chart.has_legend = len(shown) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.plots[0].bubble_scale = 50
    for series, (name, some) in zip(chart.plots[0].series, shown, strict=True):
        _filled(series, 0.0 if some is known else None)
        series.format.line.fill.background()
        for number, spot in enumerate(some):
            label = series.points[number].data_label
            label.position = (
                XL_LABEL_POSITION.CENTER if name == "Value known" and (spot.value or 0) > largest / 6 else XL_LABEL_POSITION.RIGHT
            )
            label.has_text_frame = True
            paragraph = label.text_frame.paragraphs[0]
            run = paragraph.add_run()
            run.text = str(spot.rank)
            run.font.size, run.font.bold = Pt(_SMALL + 1), True
            inside = label.position is XL_LABEL_POSITION.CENTER
            run.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1 if inside else MSO_THEME_COLOR.TEXT_1
    for axis, words in ((chart.category_axis, "How well we are placed →"), (chart.value_axis, "How attractive it is →")):
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = -_EDGE, 1 + _EDGE, 0.5 + _EDGE
        axis.crosses = XL_AXIS_CROSSES.MINIMUM
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        axis.major_tick_mark = XL_TICK_MARK.NONE
        axis.has_major_gridlines = True
        _grey(axis.major_gridlines.format.line)
        _grey(axis.format.line)
        axis.has_title = True
        axis.axis_title.text_frame.text = words
        font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(_SMALL), False


def _added(sheet: Sheet, area: Area, kind: Any, data: Any, told: str) -> Any:
    """A chart, and what is read out to whoever cannot see it."""
    frame = sheet.shapes.add_chart(kind, Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height), data)
    frame.element.xpath("./p:nvGraphicFramePr/p:cNvPr")[0].set("descr", told)
    chart = frame.chart
    chart.font.size = Pt(_SMALL)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_title = False
    return chart


def _filled(series: Any, pale: float | None) -> None:
    """In the theme's first accent, made paler by so much; None: grey."""
    series.format.fill.solid()
    colour = series.format.fill.fore_color
    if pale is None:
        greyed(colour)
        return
    colour.theme_color = MSO_THEME_COLOR.ACCENT_1
    colour.brightness = pale


def _grey(line: Any) -> None:
    line.width = Pt(0.75)
    line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    line.color.brightness = 0.8
