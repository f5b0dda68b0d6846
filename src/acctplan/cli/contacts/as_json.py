"""The answers of `contacts` for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.analysis import relationships
from acctplan.diagnostic import format_pointer

if TYPE_CHECKING:
    from acctplan.analysis.relationships.introductions import Step, WarmPath, Way
    from acctplan.analysis.relationships.org_chart import Coverage, OrgChart, Seat
    from acctplan.cli.contacts.asked import Asked
    from acctplan.model import Opportunity


def document(asked: Asked, answer: dict[str, Any]) -> str:
    """An answer with what it is about, as JSON."""
    about = {"version": 1, "plan": asked.loaded.path, "account": asked.plan.profile.name, "today": asked.today.isoformat()}
    return json.dumps(about | answer, indent=2) + "\n"


def cell(value: Any) -> str:
    """A value as a cell of a table: yes or no, several with commas, nothing where it is unknown."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def coverage_json(coverage: Coverage) -> dict[str, Any]:
    """So many of so many, and who they are."""
    return {
        "covered": len(coverage.covered),
        "of": len(coverage.key_players),
        "percent": coverage.percent,
        "key_players": list(coverage.key_players),
        "covered_key_players": list(coverage.covered),
    }


def seat_json(asked: Asked, seat: Seat) -> dict[str, Any]:
    """Somebody on the chart."""
    contact, relationship = seat.contact, seat.contact.relationship
    return {
        "contact": seat.id,
        "name": contact.name,
        "title": contact.title,
        "vacant": seat.is_vacant,
        "unit": contact.unit,
        "depth": seat.place.depth,
        "reports_to": contact.reports_to,
        "influences": list(contact.influences),
        "roles": list(seat.roles),
        "stance": contact.stance,
        "influence": contact.influence,
        "coverage": contact.coverage,
        "key_player": seat.is_key,
        "covered": seat.is_covered,
        "relationship": None
        if relationship is None
        else {"now": relationship.now, "target": relationship.target, "with": relationship.with_},
        "last_contact": None if contact.last_contact is None else contact.last_contact.isoformat(),
        "days_since_contact": seat.days_since_contact,
        "stale": seat.is_stale if contact.last_contact is not None else None,
        "asked_for": seat.is_asked_for,
        "pointer": format_pointer(("contacts", seat.id)),
        "line": asked.line(("contacts", seat.id)),
    }


def chart_json(asked: Asked, chart: OrgChart) -> str:
    """The org chart."""
    return document(
        asked,
        {
            "contact_days": asked.config.limits.contact_days,
            "contacts": [seat_json(asked, seat) for seat in chart.seats],
            "totals": {
                "contacts": len(chart.people),
                "vacant": sum(asked.plan.contacts[one].name is None for one in chart.people),
                "known": list(chart.known),
                "single_threaded": chart.is_single_threaded,
                "coverage": coverage_json(chart.coverage),
            },
            "opponents": [{"contact": one.contact, "opportunity": one.opportunity} for one in chart.opponents],
            "single_threaded": [{"opportunity": one.opportunity, "known": list(one.known)} for one in chart.threads],
            "units": [
                {
                    "unit": one.unit,
                    "name": asked.plan.units[one.unit].name,
                    "parent": asked.plan.units[one.unit].parent,
                    "contacts": one.contacts,
                    "coverage": coverage_json(one.coverage),
                }
                for one in chart.units
            ],
        },
    )


def path_json(asked: Asked, path: WarmPath, opportunity: Opportunity | None = None) -> dict[str, Any]:
    """How to be introduced to somebody, with stance and coverage as they are for an opportunity."""
    missing = path.missing
    return {
        "contact": path.contact,
        "known": path.is_known,
        "steps": len(path.ways[0].steps) if path.ways else None,
        "ways_in_all": path.count,
        "ways": [_way(asked, way, opportunity) for way in path.ways],
        "missing": None
        if missing is None
        else {
            "has_lines": missing.has_lines,
            "supporters": list(missing.supporters),
            "uncovered_supporters": list(missing.uncovered),
            "nearest_covered": list(missing.nearest),
            "steps_to_nearest": missing.steps or None,
            "one_step_away_and_known": list(missing.neighbours),
        },
    }


def _way(asked: Asked, way: Way, opportunity: Opportunity | None) -> dict[str, Any]:
    return {"ask": way.start, "steps": [step_json(asked, step, opportunity) for step in way.steps]}


def step_json(asked: Asked, step: Step, opportunity: Opportunity | None = None) -> dict[str, Any]:
    """One introduction: by whom, to whom, and along which lines."""
    return {
        "from": step.source,
        "stance": relationships.stance(asked.plan, opportunity, step.source),
        "coverage": relationships.coverage(asked.plan, opportunity, step.source),
        "to": step.target,
        "lines": [{"kind": one.kind, "pointer": format_pointer(one.pointer), "line": asked.line(one.pointer)} for one in step.lines],
    }
