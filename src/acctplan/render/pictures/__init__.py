"""Pictures of a plan: pure functions from what a picture shows to SVG, the same to the byte for the same input.

Colours are classes that the page's style gives meaning to, in light and dark; whatever a colour says, a sign or a word says too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.render.pictures.opportunity_matrix import opportunity_matrix
from acctplan.render.pictures.org_chart import org_chart
from acctplan.render.pictures.revenue_chart import revenue_chart
from acctplan.render.pictures.timeline import timeline

if TYPE_CHECKING:
    from acctplan.render.view.charts import Charts


def pictures(charts: Charts) -> dict[str, str]:
    """The pictures of a plan by name, as SVG. One that has nothing to show is empty."""
    return {
        "org_chart": org_chart(charts.seats),
        "opportunity_matrix": opportunity_matrix(charts.spots),
        "revenue_chart": revenue_chart(charts.periods, charts.currency),
        "timeline": timeline(charts.tracks, charts.events, charts.today),
    }
