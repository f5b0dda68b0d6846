"""The plan in a minute: what is said is in the plan or follows from it, what is not known is left out, and what matters is missed."""

from __future__ import annotations

import pytest

from acctplan.render import plan_view
from pages import BOOK, CONFIG, FULL, SAMPLES, TODAY, loaded, plan

ABOUT = ["What they want", "Where we stand", "What to win first", "Who decides", "What is late or at risk", "When we meet next"]


def points(text):
    found = plan_view(plan(f"profile: {{name: X}}\n{text}"), CONFIG, TODAY).summary
    return {point.about: point for point in found}


def said(about, text):
    """What the summary says about one thing, and what it misses."""
    point = points(text)[about]
    return [f"{one.lead or ''} {one.text}".strip() for one in point.sentences], list(point.missing)


def test_nothing_to_sum_up_is_no_summary():
    assert points("") == {}


@pytest.mark.parametrize("path", [*SAMPLES, FULL], ids=lambda path: path.stem)
def test_it_has_the_same_points_in_the_same_order(path):
    config = CONFIG if path == FULL else BOOK
    assert [point.about for point in plan_view(loaded(path, config).plan, config, TODAY).summary] == ABOUT


ANY = "risks: {r: {what: R, impact: high}}\n"
CASES = [
    ("What they want", ANY, [], ["a goal of theirs", "what they gain with us"]),
    (
        "What they want",
        "insights: {a: {kind: goal, what: Grow}, b: {kind: goal, what: Save, confirmed: true}, c: {kind: goal, what: Sell}}",
        ["Goals: Save (confirmed by the customer); Grow (not known if confirmed); and 1 more."],
        ["what they gain with us"],
    ),
    ("Where we stand", ANY, [], ["a revenue goal"]),
    ("Where we stand", "revenue: {FY2026: {actual: 10}}", ["10 EUR booked."], ["a revenue goal"]),
    (
        "Where we stand",
        "revenue: {FY2026: {goal: 10}}",
        [
            "Nothing is booked yet of the goal of 10 EUR.",
            "With the open pipeline, weighted by probability, the forecast is 0 EUR: 10 EUR short of the goal.",
            "Pipeline to create for that: 25 EUR (assuming that 40\N{NO-BREAK SPACE}% are won).",
        ],
        [],
    ),
    (
        "Where we stand",
        "revenue: {FY2026: {goal: 10, actual: 12}}",
        [
            "12 EUR of the goal of 10 EUR booked, 120\N{NO-BREAK SPACE}%.",
            "With the open pipeline, weighted by probability, the forecast is 12 EUR: 2 EUR past the goal.",
        ],
        [],
    ),
    ("What to win first", ANY, [], ["an opportunity that can still be won"]),
    (
        "What to win first",
        "opportunities: {a: {name: A, status: open, value: 250_000, probability: 0.5, close_date: 2026-11-20, next_step: Call}}",
        [
            (
                "1. A: 15 of 100, up to 70, 250,000 EUR, 50\N{NO-BREAK SPACE}% likely, was to close on 20 Nov 2026. "
                "Most of it from value (250,000 EUR × 40 % margin (assumed)) and stage (50 %, its own). Next: Call."
            )
        ],
        [],
    ),
    ("What to win first", "opportunities: {a: {name: A}}", ["1. A: 0 of 100, up to 90, value unknown."], ["the next step of A"]),
    (
        "Who decides",
        (
            "contacts: {c: {name: C, stance: negative, influence: high}, d: {name: D, roles: [decision_maker], coverage: in_depth}}\n"
            "opportunities: {a: {name: A, buying_roles: {d: {stance: supportive}}}, b: {name: B}}"
        ),
        ["D (supportive, in-depth coverage).", "Against us, without deciding: C (high influence)."],
        ["who decides on B"],
    ),
    ("Who decides", "contacts: {d: {title: Head, roles: [decision_maker]}}", ["Head (stance unknown, coverage unknown)."], []),
    ("Who decides", ANY, [], ["who decides"]),
    ("What is late or at risk", ANY, ["Great risk: R (likelihood unknown, impact high)."], ["anything to do, by a day"]),
    (
        "What is late or at risk",
        "opportunities: {a: {name: A, status: open, next_step: Call, next_step_due: 2026-11-20}}",
        ["Late: the next step of A (by 1 day)."],
        [],
    ),
    (
        "What is late or at risk",
        "opportunities: {a: {name: A, status: open, next_step: Call, next_step_due: 2026-11-21}}",
        ["Nothing that has a date is late."],
        [],
    ),
    ("When we meet next", ANY, [], ["the day of the next relationship meeting"]),
    (
        "When we meet next",
        "meetings: {held: {2026-11-01: {}}}",
        ["The last relationship meeting was on 1 Nov 2026, 20 days ago."],
        ["the day of the next relationship meeting"],
    ),
    ("When we meet next", "meetings: {next: 2026-11-21}", ["The next relationship meeting is on 21 Nov 2026 (today)."], []),
    (
        "When we meet next",
        "contacts: {c: {name: C}}\nmeetings: {next: 2026-11-23, with: [c]}",
        ["The next relationship meeting is on 23 Nov 2026 (in 2 days), with C."],
        [],
    ),
    (
        "When we meet next",
        "meetings: {next: 2026-11-20}",
        ["The next relationship meeting was to be on 20 Nov 2026 (1 day ago, and nothing is noted of it)."],
        [],
    ),
]


@pytest.mark.parametrize(("about", "text", "sentences", "missing"), CASES)
def test_it_says_what_is_known_and_what_is_missing(about, text, sentences, missing):
    assert said(about, text) == (sentences, missing)
