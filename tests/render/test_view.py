from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from decimal import Decimal

import pytest

from acctplan.config import Config, SolutionSettings
from acctplan.render import plan_view
from acctplan.render.view import plain
from pages import CONFIG, FULL, TODAY, loaded, plan


def view(text, config=CONFIG, today=TODAY):
    return plan_view(plan(f"profile: {{name: X}}\n{text}", config), config, today)


def fiscal(year_starts, revenue, opportunities="{}"):
    text = f"profile: {{name: X, fiscal_year_starts: {year_starts}}}\nrevenue: {revenue}\nopportunities: {opportunities}"
    return plan_view(plan(text), CONFIG, TODAY).revenue


def test_a_view_is_frozen():
    with pytest.raises(FrozenInstanceError):
        view("").name = "Y"


def test_a_template_is_handed_plain_data():
    found = plan_view(loaded(FULL).plan, CONFIG, TODAY)
    values = plain(found)
    assert json.loads(json.dumps(values)) == values
    assert values["today"] == "2026-11-21"
    assert values["opportunities"][0]["value"] == "640000"
    assert values["customer"]["history"][1]["revenue"] == "1362500000.50"


def test_amounts_are_in_the_books_currency_where_the_plan_names_none():
    assert view("", Config(currency="SEK")).currency == "SEK"


REVENUE = [
    pytest.param("{FY2026-Q1: {goal: 10, actual: 12}, FY2026-Q2: {goal: 20}}", 30, 12, id="what has an actual is booked"),
    pytest.param("{FY2026-Q1: {goal: 10}}", 10, None, id="no actual yet is unknown, not nothing"),
    pytest.param("{FY2026-Q1: {actual: 12}}", None, 12, id="no goal"),
    pytest.param("{FY2026-Q1: {actual: 0}}", None, 0, id="nothing booked is not unknown"),
    pytest.param("{FY2026: {goal: 100}, FY2026-Q1: {goal: 30, actual: 20}, FY2026-Q2: {actual: 5}}", 100, 25, id="the year has the goal"),
    pytest.param("{FY2026-H1: {actual: 50}, FY2026-Q1: {actual: 20}, FY2026-M01: {actual: 5}}", None, 50, id="the longest counts"),
    pytest.param("{FY2026-H1: {actual: 50}, FY2026-Q3: {actual: 20}, FY2026-M10: {actual: 5}}", None, 75, id="side by side"),
    pytest.param("{FY2026: {goal: 100, actual: 3}}", 100, 3, id="a year"),
]


@pytest.mark.parametrize(("periods", "goal", "booked"), REVENUE)
def test_goal_and_booked_add_up(periods, goal, booked):
    found = fiscal(1, periods)
    assert (found.goal, found.booked) == (goal, booked)


WON = [
    pytest.param(1, "2026-06-30", "{FY2026-Q2: {goal: 1}}", 70, id="in a period without an actual"),
    pytest.param(1, "2026-07-01", "{FY2026-Q2: {goal: 1}}", None, id="after the plan's periods"),
    pytest.param(1, "2026-06-30", "{FY2026-Q2: {goal: 1, actual: 5}}", 5, id="an actual holds it already"),
    pytest.param(1, "2026-06-30", "{FY2026: {actual: 5}, FY2026-Q2: {goal: 1}}", 5, id="the year's actual holds it already"),
    pytest.param(1, "2026-06-30", "{FY2026-Q1: {actual: 5}, FY2026-M06: {goal: 1}}", 75, id="in a month"),
    pytest.param(4, "2026-04-01", "{FY2026-Q1: {goal: 1}}", 70, id="the first day of a fiscal year"),
    pytest.param(4, "2027-03-31", "{FY2026-Q4: {goal: 1}}", 70, id="the last day of a fiscal year"),
    pytest.param(4, "2026-03-31", "{FY2026: {goal: 1}}", None, id="the day before"),
    pytest.param(10, "2027-04-01", "{FY2026-H2: {goal: 1}}", 70, id="the second half"),
]


@pytest.mark.parametrize(("year_starts", "closed", "periods", "booked"), WON)
def test_what_was_won_is_booked_where_no_actual_holds_it(year_starts, closed, periods, booked):
    assert fiscal(year_starts, periods, f"{{a: {{name: A, status: won, value: 70, close_date: {closed}}}}}").booked == booked


LEFT_OUT = [
    ("status: won, value: 1, close_date: 2026-01-01", None),
    ("status: won, value: 1", (("close date",), None)),
    ("status: won, close_date: 2026-01-01", (("value",), None)),
    ("status: won", (("value", "close date"), None)),
    ("status: won, value: 1, close_date: 2027-01-01", ((), date(2027, 1, 1))),
    ("status: open, value: 1, stage: proposal, close_date: 2026-01-01", None),
    ("status: open, value: 1, close_date: 2026-01-01", (("probability",), None)),
    ("status: open, probability: 0.5, close_date: 2025-12-31", (("value",), date(2025, 12, 31))),
    ("status: open", (("value", "probability", "close date"), None)),
    ("status: potential, value: 1", None),
    ("status: potential", (("value",), None)),
    ("status: lost", None),
]


@pytest.mark.parametrize(("entry", "expected"), LEFT_OUT)
def test_what_the_figures_leave_out_is_said(entry, expected):
    found = fiscal(1, "{FY2026: {goal: 1}}", f"{{a: {{name: A, {entry}}}}}").left_out
    assert [(one.name, one.lacks, one.outside) for one in found] == ([("A", *expected)] if expected else [])


def test_the_forecast_is_what_is_booked_and_the_weighted_pipeline():
    opportunities = "{a: {name: A, status: open, value: 80, probability: 0.25, close_date: 2026-05-01}, b: {name: B, value: 7}}"
    found = fiscal(1, "{FY2026-Q1: {goal: 100, actual: 40}, FY2026-Q2: {goal: 20}}", opportunities)
    assert (found.weighted_pipeline, found.forecast, found.best_case, found.gap, found.potential) == (20, 60, 120, 60, 7)
    assert (found.achieved, found.expected) == (Decimal("0.3333"), Decimal("0.5"))
    assert (found.achieved_width, found.expected_width) == (33, 50)
    assert [(period.booked, period.forecast, period.gap) for period in found.periods] == [(40, 40, 60), (None, 20, 0)]


def test_the_pipeline_to_create_says_what_it_follows_from():
    closed = ", ".join(
        f"{key}: {{name: N, status: {'won' if key in 'abc' else 'lost'}, value: 1, close_date: 2025-01-01}}" for key in "abcde"
    )
    few, enough = (fiscal(1, "{FY2026: {goal: 300}}", text) for text in ("{}", f"{{{closed}}}"))
    assert (few.pipeline_to_create, few.win_rate.known, str(few.win_rate.assumed)) == (750, False, "0.4")
    assert (enough.pipeline_to_create, enough.win_rate.won, enough.win_rate.closed, enough.win_rate.known) == (500, 3, 5, True)


def test_what_was_won_without_an_actual_is_a_part_of_what_is_booked():
    opportunities = "{a: {name: A, status: won, value: 70, close_date: 2026-05-01}}"
    assert fiscal(1, "{FY2026-Q1: {actual: 12}, FY2026-Q2: {}}", opportunities).won == 70
    assert fiscal(1, "{FY2026-Q1: {actual: 12}, FY2026-Q2: {actual: 1}}", opportunities).won is None


@pytest.mark.parametrize(
    ("period", "opportunity", "expected"),
    [
        ("FY2026-Q1", "status: lost", (True, None, None, None, None)),
        ("FY2026-Q1", "status: open, value: 4, probability: 0.5, close_date: 2026-03-31", (True, None, 2, 8, None)),
        ("FY2026-Q1", "status: won, value: 4, close_date: 2026-03-31", (True, 4, 4, 6, Decimal("0.4"))),
        ("FY2026-Q4", "status: lost", (False, None, 0, 10, None)),
    ],
)
def test_of_a_period_that_is_over_nothing_is_not_taken_for_zero(period, opportunity, expected):
    found = fiscal(1, f"{{{period}: {{goal: 10}}}}", f"{{a: {{name: A, {opportunity}}}}}").periods[0]
    assert (found.ended, found.booked, found.forecast, found.gap, found.achieved) == expected


def test_periods_come_in_the_order_of_time_the_longer_first():
    found = fiscal(1, "{FY2027: {}, FY2026-Q4: {}, FY2026-M01: {}, FY2026-Q1: {}, FY2026: {}, FY2026-H1: {}}")
    assert [period.label for period in found.periods] == ["FY2026", "FY2026 H1", "FY2026 Q1", "FY2026 M01", "FY2026 Q4", "FY2027"]
    assert found.nested


@pytest.mark.parametrize(
    ("year_starts", "period", "last_day"),
    [
        (1, "FY2026", date(2026, 12, 31)),
        (1, "FY2026-Q3", date(2026, 9, 30)),
        (4, "FY2026-H1", date(2026, 9, 30)),
        (4, "FY2026-Q4", date(2027, 3, 31)),
        (4, "FY2026-M12", date(2027, 3, 31)),
    ],
)
def test_a_period_ends_with_its_last_day(year_starts, period, last_day):
    text = f"profile: {{name: X, fiscal_year_starts: {year_starts}}}\nrevenue: {{{period}: {{goal: 1}}}}"
    ended = [plan_view(plan(text), CONFIG, last_day + timedelta(days=more)).revenue.periods[0].ended for more in (0, 1)]
    assert ended == [False, True]


def test_a_goal_of_nothing_is_not_divided_by():
    found = fiscal(1, "{FY2026-Q1: {goal: 0, actual: 5}}")
    assert (found.achieved, found.periods[0].achieved, found.periods[0].gap, found.achieved_width) == (None, None, -5, 0)


PEOPLE = """
contacts:
  b: {name: B, reports_to: a}
  a: {name: A}
  seat: {title: Buyer, reports_to: b}
  c: {name: C, reports_to: a, stance: neutral}
  d: {name: D, reports_to: b, coverage: none, last_contact: 2026-11-01}
  e: {name: E}
"""


def test_the_org_chart_goes_down_from_those_who_report_to_nobody():
    found = view(PEOPLE).people
    assert [(person.id, person.depth, person.guides) for person in found] == [
        ("a", 0, ()),
        ("b", 1, ("tee",)),
        ("seat", 2, ("line", "tee")),
        ("d", 2, ("line", "corner")),
        ("c", 1, ("corner",)),
        ("e", 0, ()),
    ]


def test_below_the_last_of_a_row_no_line_goes_on():
    found = view("contacts: {a: {name: A}, b: {name: B, reports_to: a}, c: {name: C, reports_to: b}}").people
    assert found[2].guides == ("blank", "corner")


def test_a_very_deep_org_chart_stops_to_indent():
    chain = ", ".join(f"c{place}: {{name: C, reports_to: c{place - 1}}}" for place in range(1, 2000))
    found = view(f"contacts: {{c0: {{name: C}}, {chain}}}").people
    assert found[-1].depth == 1999
    assert found[-1].guides == ("blank",) * 7 + ("corner",)


def test_a_seat_has_no_name_and_what_is_not_said_is_unknown():
    seat = view(PEOPLE).people[2]
    assert (seat.name, seat.title, seat.reports_to) == (None, "Buyer", "B")
    assert (seat.stance.word, seat.influence.word, seat.coverage.word) == ("unknown", "unknown", "unknown")


def test_no_coverage_is_not_unknown_coverage():
    assert view(PEOPLE).people[3].coverage.word == "none"


def test_days_since_the_last_contact_are_counted():
    assert view(PEOPLE).people[3].days_since_contact == 20


ACTIONS = """
objectives:
  o:
    category: revenue
    what: Win
    due: 2026-11-20
    strategies:
      s:
        what: So
        actions:
          later: {what: Later, due: 2026-12-01}
          today: {what: Today, due: 2026-11-21}
          late: {what: Late, due: 2026-11-04, status: in_progress}
          deferred: {what: Deferred, due: 2026-11-20, status: deferred}
          done: {what: Done, due: 2026-11-01, status: done, done: 2026-11-01}
          cancelled: {what: Cancelled, due: 2026-11-01, status: cancelled}
          undated: {what: Undated}
meetings:
  held: {2026-09-01: {actions: {m: {what: Agreed, due: 2026-11-10}}}}
"""


def test_open_actions_of_objectives_and_meetings_come_by_date():
    found = view(ACTIONS)
    assert [(one.action.what, one.action.state.word, one.action.days_late) for one in found.open_actions] == [
        ("Late", "late", 17),
        ("Agreed", "late", 11),
        ("Deferred", "late", 1),
        ("Today", "not started", 0),
        ("Later", "not started", 0),
        ("Undated", "not started", 0),
    ]
    assert [(one.purpose, one.meeting) for one in found.open_actions[:2]] == [("Win", None), (None, date(2026, 9, 1))]
    assert (found.figures.late_actions, found.figures.open_actions) == (3, 6)


def test_what_is_done_or_cancelled_is_never_late():
    states = {action.what: action.state.word for action in view(ACTIONS).objectives[0].strategies[0].actions}
    assert (states["Done"], states["Cancelled"]) == ("done", "cancelled")


@pytest.mark.parametrize(("today", "expected"), [(date(2026, 11, 20), "not started"), (date(2026, 11, 21), "late")])
def test_an_objective_is_late_the_day_after(today, expected):
    assert view(ACTIONS, today=today).objectives[0].state.word == expected


OPPORTUNITIES = """
opportunities:
  small: {name: Small, status: open, value: 10_000, close_date: 2026-11-20, next_step: Call, next_step_due: 2026-11-21}
  big: {name: Big, status: open, value: 2_000_000, stage: negotiation, competition: {position: sole}}
  maybe: {name: Maybe, value: 5_000}
  blank: {name: Blank, status: open}
  gone: {name: Gone, status: lost, value: 90_000, close_date: 2026-01-01}
"""


def test_what_can_be_won_is_ranked_and_what_is_closed_stands_apart():
    found = view(OPPORTUNITIES)
    assert [(one.rank, one.id) for one in found.opportunities] == [(1, "big"), (2, "small"), (3, "maybe"), (4, "blank")]
    assert [(one.rank, one.id) for one in found.closed] == [(0, "gone")]


def test_the_pipeline_counts_what_is_open_and_says_what_has_no_value():
    figures = view(OPPORTUNITIES).figures
    assert (figures.open_value, figures.open_count, figures.open_without_value, figures.potential_count) == (Decimal(2_010_000), 3, 1, 1)


def test_what_is_past_is_said_only_of_what_can_still_be_won():
    found = {one.id: one for one in (*view(OPPORTUNITIES).opportunities, *view(OPPORTUNITIES).closed)}
    assert [found[key].close_is_past for key in ("small", "big", "gone")] == [True, False, False]
    assert found["small"].next_step_is_past is False


def test_a_probability_is_its_own_or_its_stages():
    found = {one.id: one.probability for one in view(OPPORTUNITIES).opportunities}
    assert (found["big"], found["small"]) == (CONFIG.stages["negotiation"].probability, None)


def test_what_is_unknown_is_a_question_with_what_it_could_gain():
    found = view(OPPORTUNITIES)
    asked = [(one.question, [(it.name, it.points) for it in one.lifts], one.points) for one in found.questions]
    assert asked[0] == ("who decides", [("Big", 20), ("Small", 20), ("Maybe", 20), ("Blank", 20)], 80)
    assert [one.points for one in found.questions] == sorted((one.points for one in found.questions), reverse=True)
    assert {one.factor for one in found.questions} <= {factor for one in found.opportunities for factor in one.unknown}
    assert all(one.score <= one.ceiling for one in found.opportunities)


def test_a_factor_without_weight_asks_nothing():
    weights = CONFIG.ranking.weights.model_copy(update={"access": 0.0})
    config = CONFIG.model_copy(update={"ranking": CONFIG.ranking.model_copy(update={"weights": weights})})
    assert "access" not in {one.factor for one in view(OPPORTUNITIES, config).questions}


WHITE_SPACE = """
units: {b: {name: B, parent: a}, a: {name: A}, c: {name: C, target: true}}
competitors: {k: {name: K}}
white_space:
  b: {s2: {status: competitor, competitor: k, spend: 5}}
opportunities:
  o: {name: O, unit: c, solution: s1}
  lost: {name: Lost, status: lost, unit: a, solution: s1}
"""
SOLUTIONS = CONFIG.model_copy(update={"solutions": {f"s{place}": SolutionSettings(name=f"S{place}") for place in range(1, 4)}})


def test_white_space_has_every_unit_and_every_solution_that_something_is_known_of():
    found = view(WHITE_SPACE, SOLUTIONS).white_space
    assert [block.solutions for block in found.blocks] == [("S1", "S2")]
    assert [(unit.name, unit.depth, unit.target) for unit in found.blocks[0].units] == [("A", 0, False), ("B", 1, False), ("C", 0, True)]
    assert found.untouched == ("S3",)


def test_a_cell_says_its_status_and_who_is_after_it():
    units = view(WHITE_SPACE, SOLUTIONS).white_space.blocks[0].units
    cells = {(unit.name, place): cell for unit in units for place, cell in enumerate(unit.cells)}
    assert [cells[key].status.word for key in (("A", 0), ("B", 1), ("C", 0))] == ["unknown", "competitor", "unknown"]
    assert (cells["B", 1].competitor, cells["B", 1].spend) == ("K", 5)
    assert [pursuit.name for pursuit in cells["C", 0].pursuits] == ["O"]
    assert cells["A", 0].pursuits == ()


def test_the_wallet_is_that_of_the_account_and_of_each_unit():
    text = WHITE_SPACE.replace("spend: 5}}", "spend: 5}, s1: {status: ours, spend: 3}}\n  a: {s1: {status: in_house}}")
    found = view(text, SOLUTIONS).white_space
    assert (found.wallet.ours, found.wallet.known, found.wallet.share, found.wallet.unknown) == (3, 8, Decimal("0.375"), 1)
    wallets = {unit.name: unit.wallet and (unit.wallet.share, unit.wallet.unknown) for unit in found.blocks[0].units}
    assert wallets == {"A": (None, 1), "B": (Decimal("0.375"), 0), "C": None}


def test_white_space_is_what_nobody_is_after():
    text = WHITE_SPACE.replace("white_space:", "white_space:\n  c: {s1: {status: open}, s2: {status: open}}")
    found = view(text, SOLUTIONS).white_space.untapped
    assert [(one.unit, one.solution, one.target, one.competitor) for one in found] == [("C", "S2", True, None), ("B", "S2", False, "K")]


def test_a_wide_matrix_is_laid_out_in_even_parts():
    config = CONFIG.model_copy(update={"solutions": {f"s{place}": SolutionSettings(name=f"S{place}") for place in range(1, 14)}})
    cells = ", ".join(f"s{place}: {{status: open}}" for place in range(1, 14))
    found = view(f"units: {{a: {{name: A}}}}\nwhite_space: {{a: {{{cells}}}}}", config).white_space
    assert [len(block.solutions) for block in found.blocks] == [4, 4, 5]
    assert found.blocks[0].solutions[0] == "S1"
    assert found.blocks[2].solutions[-1] == "S13"


@pytest.mark.parametrize("text", ["", "units: {a: {name: A}}", "opportunities: {o: {name: O, solution: s1}}"])
def test_without_units_or_anything_known_there_is_no_white_space(text):
    assert view(text, SOLUTIONS).white_space is None


def test_the_cadence_is_the_books_where_the_plan_names_none():
    found = view("meetings: {next: 2026-11-20}").meetings
    assert (found.every_months, found.cadence_assumed, found.next_is_past) == (CONFIG.limits.meeting_months, True, True)
    assert view("meetings: {every_months: 6, next: 2026-11-21}").meetings.next_is_past is False


def test_the_latest_meetings_and_reviews_come_first_and_open_risks():
    found = view(
        "team: {t: {name: T}}\nmeetings: {held: {2026-01-01: {}, 2026-03-01: {}}}\n"
        "reviews: {2026-01-01: {by: t}, 2026-02-01: {by: t}}\n"
        "risks: {a: {what: A, status: closed}, b: {what: B}}"
    )
    assert [meeting.held.month for meeting in found.meetings.held] == [3, 1]
    assert [review.reviewed.month for review in found.reviews] == [2, 1]
    assert [risk.what for risk in found.risks] == ["B", "A"]


def test_insights_are_grouped_in_the_order_in_which_one_drives_the_next():
    text = (
        "insights: {o: {kind: obstacle, what: O, blocks: [i]}, i: {kind: initiative, what: I}, g: {kind: goal, what: G, confirmed: false}}"
    )
    groups = view(text).insights
    assert [group.title for group in groups] == ["Goals", "Initiatives", "Obstacles"]
    assert groups[2].insights[0].blocks == ("I",)
    assert [group.insights[0].confirmed.word for group in groups[:2]] == ["our own reading", "not known if confirmed"]


CARDS = """
competitors: {rival: {name: Rival}}
opportunities:
  a:
    name: A
    probability: 0.9
    scorecards:
      meddpicc:
        champion: {answer: 3, evidence: She said so, as_of: 2026-11-01, competitors: {rival: 1}}
        metrics: {answer: 0}
  b: {name: B}
"""


def test_a_scorecard_shows_every_answer_and_asks_for_the_rest():
    first, second = view(CARDS).opportunities
    (card,) = first.scorecards
    assert second.scorecards == ()
    asked = {question.ask for question in CONFIG.cards["meddpicc"].questions.values()}
    assert {answer.ask for answer in card.answers} | set(card.unanswered) == asked
    answers = {answer.answer.symbol: answer for answer in card.answers}
    assert (answers["●●●"].evidence, answers["●●●"].as_of, answers["●●●"].is_due) == ("She said so", date(2026, 11, 1), False)
    assert answers["○○○"].is_due is True
    assert [[sign.symbol for sign in answer.rivals] for answer in card.answers] == [["?"], ["●○○"]]
    assert [(rival.name, rival.points < card.points < card.ceiling) for rival in card.rivals] == [("Rival", True)]


def test_what_the_customer_sees_too_is_marked():
    found = view(
        "insights: {i: {kind: goal, what: W, shared: true}}\nopportunities: {a: {name: A, shared: true}, b: {name: B}}\n"
        "objectives: {o: {category: revenue, what: O, strategies: {s: {what: S, actions: {x: {what: X, shared: true}}}}}}"
    )
    assert [one.shared for one in found.opportunities] == [True, False]
    assert found.insights[0].insights[0].shared is True
    assert found.objectives[0].shared is False
    assert found.objectives[0].strategies[0].actions[0].shared is True
