"""A book at a glance: what an account's line says, when it is at risk, and how several are ranked, added up and sorted."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal

import pytest

from acctplan import rules
from acctplan.analysis import overdue, ranking
from acctplan.config import Config
from acctplan.diagnostic import format_pointer
from acctplan.errors import UserError
from acctplan.health import health
from acctplan.loader import load
from acctplan.portfolio import Line, Order, by_hour, in_order, line, percent, ranks, total
from paths import ROOT

TODAY = date(2026, 11, 21)
CONFIG = Config.model_validate({"rates": {"SEK": {"rate": "0.1", "as_of": "2026-10-30"}}, "solutions": {"oil": {"name": "Oil"}}})


def line_of(text: str, path: str = "plans/acme.yaml", config: Config = CONFIG, checks: tuple[rules.Rule, ...] = rules.ALL) -> Line:
    loaded = load(text if "profile:" in text else f"profile: {{name: Acme}}\n{text}", path, config)
    assert loaded.plan is not None, loaded.diagnostics
    return line(loaded, loaded.plan, checks, rules.Context(config, TODAY))


def sample(config: Config = CONFIG) -> list[Line]:
    return [line_of((ROOT / "plans" / name).read_text("utf-8"), f"plans/{name}", config) for name in SAMPLE]


SAMPLE = ("brannhaven-terminals.yaml", "tallmo-bruk.yaml")
SOLD = {
    "solutions": {"monitoring": {"name": "M"}, "oil": {"name": "O"}, "overhaul": {"name": "H"}, "full-service": {"name": "F"}}
    | {"spares": {"name": "S"}, "energy": {"name": "E"}},
    "stages": {"qualification": {"probability": "0.1"}, "survey": {"probability": "0.3"}, "proposal": {"probability": "0.5"}}
    | {"negotiation": {"probability": "0.8"}},
    "rates": {"SEK": {"rate": "0.0905", "as_of": "2026-10-30"}},
}


def concerns(text: str) -> list[str]:
    """Why an account is at risk, leaving out its completeness: that of a plan of a line or two is always poor."""
    return [reason.concern for reason in line_of(text, checks=()).reasons]


# One account.


def test_the_money_of_an_account_is_what_the_book_counts_in():
    found = line_of(
        "profile: {name: Acme, currency: SEK}\nrevenue: {FY2026: {goal: 1000}}\n"
        "opportunities: {a: {name: A, status: open, probability: 0.5, value: 1800, close_date: 2026-12-01}}\n"
    )
    assert found.figures is not None
    assert (found.figures.goal, found.figures.forecast, found.figures.gap) == (1000, 900, 100)
    assert (found.goal, found.forecast, found.gap) == (100, 90, 10)
    assert found.money.revenue.currency == "SEK"


def test_without_periods_there_is_no_forecast_rather_than_one_of_nothing():
    found = line_of("opportunities: {a: {name: A, status: open, probability: 0.5, value: 1800, close_date: 2026-12-01}}")
    assert (found.figures, found.goal, found.forecast, found.gap, found.is_uncertain) == (None, None, None, None, False)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("status: open, probability: 0.5, close_date: 2026-12-01", True),
        ("status: open, value: 5, close_date: 2026-12-01", True),
        ("status: open, probability: 0.5, value: 5", True),
        ("status: open, probability: 0.5, value: 5, close_date: 2026-12-01", False),
        ("status: open, probability: 0.5, value: 5, close_date: 2028-12-01", False),
        ("status: potential", False),
    ],
)
def test_a_forecast_is_uncertain_where_more_could_be_known_of_an_open_deal(fields: str, *, expected: bool):
    assert line_of(f"revenue: {{FY2026: {{goal: 10}}}}\nopportunities: {{a: {{name: A, {fields}}}}}").is_uncertain is expected


def test_health_ranking_and_what_is_late_are_those_of_their_own_analyses():
    config = Config.model_validate(SOLD)
    text = (ROOT / "plans" / SAMPLE[1]).read_text("utf-8")
    loaded = load(text, "plans/tallmo-bruk.yaml", config)
    assert loaded.plan is not None
    context = rules.Context(config, TODAY)
    found = line(loaded, loaded.plan, rules.ALL, context)
    scores = health(loaded.plan, rules.check(loaded, rules.ALL, context), rules.ALL, config.limits, TODAY)
    assert [(mark.name, mark.good, mark.of, mark.percent, mark.band) for mark in found.health] == [
        (score.name, score.good, len(score.items), score.percent, score.band) for score in scores.scores
    ]
    best = ranking.rank([("plans/tallmo-bruk.yaml", loaded.plan)], config)[0]
    assert found.top is not None
    assert (found.top.id, found.top.score, found.top.ceiling) == (best.id, best.score, best.ceiling)
    assert [one.due for one in found.late] == overdue.overdue(loaded.plan, config.limits, TODAY)
    assert [text.splitlines()[one.line - 1].strip() for one in found.late[-1:]] == ["close_date: 2026-09-30"]


def test_an_account_without_anything_to_win_has_no_best_opportunity():
    found = line_of("opportunities: {a: {name: A, status: lost}}")
    assert (found.top, found.standings, found.hour.best, found.hour.amount) == (None, (), (), None)


def test_a_line_can_be_sent_to_another_process():
    (found, _) = sample(Config.model_validate(SOLD))
    assert pickle.loads(pickle.dumps(found)) == found


# At risk.


def goal_and(forecast: int) -> str:
    return f"revenue: {{FY2026: {{goal: 1000, actual: {forecast}}}}}"


def contract(ends: str, rest: str = "") -> str:
    return f"units: {{u: {{name: Mill}}}}\nwhite_space: {{u: {{oil: {{status: ours, contract_ends: {ends}}}}}}}\n{rest}"


def renewal(status: str, kind: str = "renewal", closes: str = "") -> str:
    when = f", close_date: {closes}" if closes else ""
    return f"opportunities: {{r: {{name: Oil again, status: {status}, kind: {kind}, unit: u, solution: oil{when}}}}}\n"


OLD = "profile: {name: Acme, starts: 2026-08-22, level: working}\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(goal_and(799), ["forecast"], id="less than 80 % of the goal"),
        pytest.param(goal_and(800), [], id="80 % of the goal"),
        pytest.param("revenue: {FY2026: {actual: 5}}", [], id="no goal"),
        pytest.param(OLD + "contacts: {a: {name: A, influence: high}}", ["health"], id="a poor score"),
        pytest.param(OLD.replace("08-22", "08-23") + "contacts: {a: {name: A, influence: high}}", [], id="of a plan that is 90 days old"),
        pytest.param(OLD.replace("working", "start") + "contacts: {a: {name: A, influence: high}}", [], id="of a plan at level start"),
        pytest.param("contacts: {a: {name: A, influence: high}}", [], id="of a plan that does not say when it began"),
        pytest.param(
            "revenue: {FY2026: {goal: 100, actual: 90}, FY2027: {goal: 100}}", [], id="only the goal of the year to come is far off"
        ),
        pytest.param(
            "revenue: {FY2025: {goal: 900, actual: 900}, FY2026: {goal: 100, actual: 70}}", ["forecast"], id="the year is short of it"
        ),
        pytest.param("revenue: {FY2027: {goal: 100}}", ["forecast"], id="no goal for the year: the whole plan"),
        pytest.param("contacts: {a: {name: A, influence: high, coverage: multiple, stance: neutral}}", [], id="a good score"),
        pytest.param("meetings: {held: {2026-08-20: {actions: {a: {what: A}}}}}", ["meeting"], id="a meeting is overdue by the rhythm"),
        pytest.param("meetings: {held: {2026-08-21: {actions: {a: {what: A}}}}}", [], id="a meeting is due today"),
        pytest.param("meetings: {next: 2026-11-20}", ["meeting"], id="a planned meeting is overdue"),
        pytest.param("meetings: {next: 2026-01-01}", ["meeting"], id="for long, which is one reason"),
        pytest.param(
            "opportunities: {a: {name: A, status: open, next_step: B, next_step_due: 2026-10-21}}", ["overdue"], id="31 days overdue"
        ),
        pytest.param("opportunities: {a: {name: A, status: open, next_step: B, next_step_due: 2026-10-22}}", [], id="30 days overdue"),
        pytest.param(
            "contacts: {a: {name: A, coverage: brief}, b: {name: B}}\n"
            "opportunities: {d: {name: D, status: open, buying_roles: {a: {}, b: {}}}}",
            ["single-threaded"],
            id="one person",
        ),
        pytest.param(
            "contacts: {a: {name: A, coverage: brief}, b: {name: B, coverage: brief}}\n"
            "opportunities: {d: {name: D, status: open, buying_roles: {a: {}, b: {}}}}",
            [],
            id="two people",
        ),
        pytest.param(contract("2027-05-20"), ["contract"], id="a contract ends within 180 days"),
        pytest.param(contract("2027-05-21"), [], id="a contract ends later"),
        pytest.param(contract("2026-11-01"), ["contract"], id="a contract has ended"),
        pytest.param(contract("2027-01-01", renewal("open")), ["contract"], id="a renewal is open"),
        pytest.param(contract("2027-01-01", renewal("potential")), ["contract"], id="a renewal is potential"),
        pytest.param(contract("2027-01-01", renewal("won")), ["contract"], id="a renewal is won, nobody knows when"),
        pytest.param(contract("2027-01-01", renewal("won", closes="2026-11-01")), [], id="a renewal is won"),
        pytest.param(contract("2027-01-01", renewal("won", closes="2026-07-05")), [], id="a renewal was won 180 days before"),
        pytest.param(contract("2027-01-01", renewal("won", closes="2026-07-04")), ["contract"], id="that was for the contract before"),
        pytest.param(contract("2027-01-01", renewal("won", "cross_sell", "2026-11-01")), ["contract"], id="something else is won"),
        pytest.param("risks: {r: {what: They leave, likelihood: high, impact: high}}", ["risk"], id="a grave risk"),
        pytest.param("risks: {r: {what: They leave, likelihood: high, impact: high, status: closed}}", [], id="a closed one"),
        pytest.param("risks: {r: {what: They leave, likelihood: medium, impact: high}}", [], id="a lesser one"),
    ],
)
def test_when_an_account_is_at_risk(text: str, found: list[str]):
    assert concerns(text) == found


@pytest.mark.parametrize(
    ("text", "words", "pointer"),
    [
        (goal_and(799), "the forecast for FY2026 of 799 EUR is 79 % of the goal of 1,000 EUR", "revenue.FY2026"),
        (
            "revenue: {FY2026-Q4: {goal: 1000}}",
            "the forecast for FY2026 of 0 EUR is 0 % of the goal of 1,000 EUR",
            "revenue",
        ),
        (
            "revenue: {FY2024: {goal: 1000, actual: 799}}",
            "the forecast of 799 EUR is 79 % of the goal of 1,000 EUR",
            "revenue",
        ),
        (
            contract("2026-12-31", renewal("lost")),
            "our contract for Oil (Mill) ends on 2026-12-31, in 40 days, and no opportunity renews it",
            "white_space.u.oil.contract_ends",
        ),
        (
            contract("2026-12-31"),
            "our contract for Oil (Mill) ends on 2026-12-31, in 40 days, and no opportunity renews it",
            "white_space.u.oil.contract_ends",
        ),
        (
            contract("2026-11-20", renewal("open")),
            "our contract for Oil (Mill) ended on 2026-11-20, 1 day ago, and 'Oil again' is not won yet",
            "white_space.u.oil.contract_ends",
        ),
        (
            "risks: {r: {what: They leave, likelihood: high, impact: high}}",
            "'They leave' is likely and would hurt much, and there is no answer to it",
            "risks.r",
        ),
        (
            "opportunities: {a: {name: A, status: open, close_date: 2026-01-01}, b: {name: B, status: open, close_date: 2026-02-01}}",
            "'A' should have closed on 2026-01-01, 324 days ago, and 1 more is overdue for longer than 30 days",
            "opportunities.a.close_date",
        ),
        ("profile: {name: A, starts: 2026-01-01}", "the review of the plan was due on 2026-04-01, 234 days ago", "profile.starts"),
    ],
)
def test_why_an_account_is_at_risk_is_said_in_words(text: str, words: str, pointer: str):
    assert (words, pointer) in [(reason.words, format_pointer(reason.pointer)) for reason in line_of(text).reasons]


def test_poor_scores_are_one_reason_with_their_counts():
    (reason,) = [
        reason
        for reason in line_of(
            OLD + "contacts: {a: {name: A, influence: high, last_contact: 2026-01-01}}\nobjectives: {o: {category: revenue, what: O, "
            "strategies: {s: {what: S, actions: {a: {what: B, due: 2026-11-20}}}}}}"
        ).reasons
        if reason.concern == "health"
    ]
    assert "freshness 0 of 1, coverage 0 of 1, execution 0 of 1" in reason.words


def test_what_is_waived_puts_nobody_at_risk():
    late = "meetings:\n  # acctplan: ignore[meetings/overdue]: they asked us to wait\n  next: 2026-11-01\n"
    assert "meeting" in concerns(late.replace("ignore", "remark"))
    assert "meeting" not in concerns(late)


@pytest.mark.parametrize(
    ("share", "words"), [("0.7999", "79 %"), ("1", "100 %"), ("0", "0 %"), ("-0.005", "-1 %"), ("12.5", "1,250 %"), ("0.9999", "99 %")]
)
def test_a_share_is_rounded_down(share: str, words: str):
    assert percent(Decimal(share)) == words


# What an hour could move.


def test_an_hour_is_worth_the_points_of_the_best_steps_on_what_they_are_for():
    found = line_of(
        "opportunities:\n  a: {name: A, value: 100_000, margin: 0.5}\n  b: {name: B, value: 10_000, margin: 0.5}\n  c: {name: C}\n"
        "  d: {name: D, value: 900_000, status: lost}\n"
    )
    # Nobody knows who decides: an answer could give all of the 20 points of access.
    assert [(move.id, move.words, move.gain, move.contribution, move.moves) for move in found.hour.best] == [
        ("a", "ask who decides", 20, 50_000, 10_000),
        ("b", "ask who decides", 20, 5_000, 1_000),
        ("c", found.hour.best[2].words, 20, None, None),
    ]
    assert (found.hour.amount, found.hour.unknown) == (11_000, 1)


def test_an_hour_where_no_value_is_known_is_worth_an_unknown_amount():
    found = line_of("opportunities: {a: {name: A}}").hour
    assert (found.amount, found.unknown) == (None, 1)


def test_questions_of_scorecards_are_no_steps_for_an_hour():
    shipped = dict.fromkeys(("value", "stage", "competition", "importance_to_customer", "importance_to_us", "lead_in"), 1)
    config = Config.model_validate({"ranking": {"weights": shipped | {"access": 2, "scorecards": {"meddpicc": 1000}}}})
    found = line_of("opportunities: {a: {name: A, value: 100_000, margin: 0.5}}", config=config).hour
    assert found.best[0].words == "ask who decides"


def test_contracts_that_end_and_renewals_that_are_late_cannot_wait():
    found = line_of(
        "profile: {name: Acme, currency: SEK}\nunits: {u: {name: Mill}}\n"
        "white_space: {u: {oil: {status: ours, contract_ends: 2026-12-31, spend: 5000}}}\n"
        "opportunities:\n"
        "  r: {name: Oil again, status: open, kind: renewal, unit: u, solution: oil, close_date: 2026-11-01}\n"
        "  s: {name: Steam, status: open, kind: renewal, value: 700, close_date: 2026-11-20, next_step_due: 2026-11-02}\n"
        "  t: {name: Tea, status: open, kind: renewal, next_step: Call, next_step_due: 2026-11-19}\n"
        "  u: {name: Unlike, status: open, kind: cross_sell, close_date: 2026-11-01}\n"
        "  v: {name: Valid, status: open, kind: renewal, close_date: 2026-11-21}\n"
    )
    assert [(one.words, str(one.due), one.amount, format_pointer(one.pointer), one.line) for one in found.expiring] == [
        (
            "the next step of 'Tea' was due on 2026-11-19, 2 days ago",
            "2026-11-19",
            None,
            "opportunities.t.next_step_due",
            7,
        ),
        ("'Steam' should have closed on 2026-11-20, 1 day ago", "2026-11-20", 70, "opportunities.s.close_date", 6),
        (
            "our contract for Oil (Mill) ends on 2026-12-31, in 40 days, and 'Oil again' is not won yet",
            "2026-12-31",
            500,
            "white_space.u.oil.contract_ends",
            3,
        ),
    ]


def test_hours_are_counted_in_the_currency_of_the_book():
    found = line_of("profile: {name: Acme, currency: SEK}\nopportunities: {a: {name: A, value: 100_000, margin: 0.5}}").hour
    assert found.amount == 1_000


def test_an_hour_pays_most_where_most_money_hangs_on_it():
    texts = {
        "none": "opportunities: {a: {name: A, status: won}}",
        "unknown": "opportunities: {a: {name: A}}",
        "little": "opportunities: {a: {name: A, value: 10}}",
        "much": "opportunities: {a: {name: A, value: 1_000}}",
    }
    assert [one.plan for one in by_hour(line_of(text, plan) for plan, text in texts.items())] == ["much", "little", "unknown"]


# Several accounts.


def test_the_best_opportunity_of_each_account_has_its_rank_over_all():
    texts = {
        "a": "opportunities: {a: {name: A, probability: 0.5}, b: {name: B, probability: 0.9}}",
        "b": "opportunities: {a: {name: A, probability: 0.7}}",
        "c": "opportunities: {a: {name: A, probability: 0.7}}",
        "d": "opportunities: {a: {name: A, probability: 0.1}}",
        "e": "opportunities: {a: {name: A, status: won}}",
    }
    lines = [line_of(text, plan) for plan, text in texts.items()]
    assert ranks(lines) == {"a": 1, "b": 2, "c": 2, "d": 5}
    plans = [(plan, load(f"profile: {{name: Acme}}\n{text}", plan, CONFIG).plan) for plan, text in texts.items()]
    places = ranking.places(ranking.rank([(name, plan) for name, plan in plans if plan], CONFIG))
    assert ranks(lines) == {one.plan: places[one.plan, one.top.id] for one in lines if one.top}


def test_accounts_add_up_in_the_currency_of_the_book():
    lines = [
        line_of("profile: {name: A, currency: SEK}\nrevenue: {FY2026: {goal: 1000, actual: 1000}}", "a"),
        line_of("revenue: {FY2026: {goal: 300, actual: 100}}\nopportunities: {a: {name: A, status: open, close_date: 2026-11-20}}", "b"),
        line_of("revenue: {FY2026: {actual: 50}}", "c"),
        line_of("", "d"),
    ]
    found = total(lines, CONFIG)
    assert found.amounts is not None
    assert (found.amounts.goal, found.amounts.forecast, found.amounts.gap) == (400, 250, 150)
    assert (found.accounts, found.without_goal, found.late) == (4, 2, 1)
    assert found.at_risk == sum(bool(one.reasons) for one in lines)


def test_where_no_plan_has_periods_there_is_nothing_to_add_up():
    assert total([line_of("")], CONFIG).amounts is None
    assert total([], CONFIG).accounts == 0


IN_ORDER = {
    "calm": "profile: {name: B}\nrevenue: {FY2026: {goal: 900, actual: 900}}",
    "short": "profile: {name: C}\nrevenue: {FY2026: {goal: 900, actual: 800}}\nmeetings: {next: 2026-11-20}",
    "late": "profile: {name: A}\nrevenue: {FY2026: {goal: 2000, actual: 1000}}\nrisks: {r: {what: R, likelihood: high, impact: high}}\n"
    "contacts: {a: {name: A, influence: high}}\n"
    "opportunities: {a: {name: A, status: open, close_date: 2026-11-01}, b: {name: B, status: open, close_date: 2026-11-01}}",
    "blank": "profile: {name: a}\nopportunities: {a: {name: A, status: open, close_date: 2026-11-19}}",
}


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("gap", ["late", "short", "calm", "blank"]),
        ("forecast", ["late", "calm", "short", "blank"]),
        ("overdue", ["late", "blank", "short", "calm"]),
        ("account", ["blank", "late", "calm", "short"]),
    ],
)
def test_accounts_come_in_the_order_asked_for(by: Order, order: list[str]):
    assert [one.plan for one in in_order([line_of(text, plan) for plan, text in IN_ORDER.items()], by)] == order


def test_what_needs_attention_comes_first_by_reasons_then_by_gap():
    lines = in_order([line_of(text, plan) for plan, text in IN_ORDER.items()], "attention")
    assert [(one.plan, one.grade, len(one.reasons)) for one in lines] == [
        ("short", "act now", 1),  # a meeting is overdue
        ("late", "watch", 2),
        ("calm", None, 0),
        ("blank", None, 0),
    ]
    assert (total(lines, CONFIG).at_risk, total(lines, CONFIG).act_now) == (2, 1)


def test_below_which_share_of_the_goal_an_account_is_at_risk_stands_in_the_settings():
    config = Config.model_validate({"limits": {"at_risk_below": "0.5"}})
    found = {share: [one.concern for one in line_of(goal_and(share), config=config, checks=()).reasons] for share in (499, 500)}
    assert found == {499: ["forecast"], 500: []}


def test_the_poorest_health_comes_first():
    lines = in_order(sample(Config.model_validate(SOLD)), "health")
    assert [one.account for one in lines] == ["Tallmo Bruk", "Brannhaven Terminals"]


def test_a_missing_rate_is_an_error_of_the_user():
    with pytest.raises(UserError, match="no rate from CHF to EUR"):
        line_of("profile: {name: Acme, currency: CHF}\nrevenue: {FY2026: {goal: 5}}")
