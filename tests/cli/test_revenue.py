"""`acctplan revenue`: goals, forecasts and gaps as they are shown, and where each figure comes from."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.cli.revenue import cells

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
WORKED = """\
profile: {name: Acme}
opportunities:
  platform: {name: Platform, status: open, value: 500_000, probability: 0.6, close_date: 2026-09-30}
  a: {name: A, status: won, value: 1, close_date: 2026-02-01}
  b: {name: B, status: won, value: 1, close_date: 2026-02-01}
  c: {name: C, status: won, value: 1, close_date: 2026-02-01}
  d: {name: D, status: lost}
  e: {name: E, status: lost}
revenue:
  FY2026-H1: {goal: 1_000_000, actual: 1_000_000}
  FY2026-H2: {goal: 1_500_000}
"""


def said(run: Run, *arguments: str) -> dict[str, Any]:
    return json.loads(run("revenue", *TODAY, *arguments, "--json").out)


def rows(run: Run, *arguments: str) -> list[dict[str, str]]:
    titles, *lines = [line.split("\t") for line in run("revenue", *TODAY, *arguments).out.splitlines()]
    return [dict(zip(titles, line, strict=True)) for line in lines]


@pytest.fixture
def shown(run: Run, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What people see, without the width of the columns."""

    def shown(columns: int, *arguments: str) -> str:
        monkeypatch.setenv("NO_COLOR", "1")
        terminal(columns)
        answer = run("revenue", *TODAY, *arguments)
        assert max(map(len, answer.out.splitlines())) <= columns
        return answer.out + answer.err

    return shown


def line_of(out: str, start: str) -> str:
    (line,) = [line for line in out.splitlines() if line.strip().startswith(start)]
    return re.sub(r"\s{2,}", "  ", line.strip())


# The worked example


def test_the_worked_example_to_the_unit(run: Run, plan: Callable[..., Path]):
    plan(WORKED)
    (account,) = said(run)["accounts"]
    figures = ("goal", "booked", "weighted_pipeline", "forecast", "best_case", "gap", "pipeline_to_create", "achieved", "expected")
    assert [account[figure] for figure in figures] == [
        "2500000", "1000000", "300000", "1300000", "1500000", "1200000", "2000000", "0.4", "0.52",
    ]  # fmt: skip
    assert account["win_rate"] == {"rate": "0.6", "is_known": True, "won": 3, "lost": 2}


def test_the_worked_example_for_people(plan: Callable[..., Path], shown: Callable[..., str]):
    plan(WORKED)
    out = shown(160)
    assert line_of(out, "FY2026-H2").startswith("FY2026-H2  ▸ now  1.5 M  –  300 k  300 k [20 % of 1.5 M]  500 k  1.2 M")
    assert line_of(out, "All periods").startswith("All periods  2.5 M  1 M [40 % of 2.5 M]  300 k  1.3 M [52 % of 2.5 M]  1.5 M  1.2 M  ██")
    assert (
        "Pipeline to create: 2,000,000 EUR. That is the gap of 1,200,000 EUR ÷ the win rate of 60 %. 3 of 5 closed opportunities were won"
        in " ".join(out.split())
    )
    assert "Won and in an actual already, so not counted again: A, B, C." in out


def test_every_term_has_its_line(run: Run, plan: Callable[..., Path]):
    text = plan(WORKED).read_text("utf-8").splitlines()
    (account,) = said(run)["accounts"]
    terms = {term["pointer"]: term for term in account["own"]["terms"]}
    assert text[terms["opportunities.platform"]["line"] - 1].strip().startswith("platform:")
    assert text[terms["revenue.FY2026-H2.goal"]["line"] - 1].strip().startswith("FY2026-H2:")
    assert terms["opportunities.platform"]["amount"] == "300000"
    assert [term["id"] for term in account["in_actuals"]] == ["a", "b", "c"]


# One plan


def test_one_plan_is_told_by_its_periods_and_in_its_own_currency(run: Run, book: Path):
    found = rows(run, "tallmo-bruk")
    assert [(row["period"], row["state"], row["has_actual"], row["currency"]) for row in found] == [
        ("FY2026-Q1", "past", "yes", "SEK"),
        ("FY2026-Q2", "past", "yes", "SEK"),
        ("FY2026-Q3", "past", "no", "SEK"),
        ("FY2026-Q4", "current", "no", "SEK"),
    ]
    assert (found[0]["goal"], found[0]["booked"], found[0]["achieved"], found[0]["gap"]) == ("900000", "958000", "1.0644", "-58000")


def test_one_plan_needs_no_rate(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme, currency: SEK}\nrevenue: {FY2026: {goal: 5}}\n")
    assert said(run)["total"]["goal"] == "5"
    plan("profile: {name: Bolt}\n", "bolt")
    answer = run("revenue", *TODAY)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("acctplan: no rate from SEK to EUR\n")


def test_periods_say_whether_they_are_over_and_quarters_stand_below_their_year(plan: Callable[..., Path], shown: Callable[..., str]):
    plan("profile: {name: Acme}\nrevenue: {FY2026: {goal: 100}, FY2026-Q3: {goal: 30}, FY2026-Q4: {goal: 20}, FY2027: {goal: 10}}\n")
    out = shown(120)
    assert line_of(out, "FY2026 ").startswith("FY2026  ▸ now  100")
    assert "\n  FY2026-Q3  " in out
    assert line_of(out, "FY2026-Q3") == "FY2026-Q3  ? no actual  30  –  –  –  ?"
    assert line_of(out, "FY2026-Q4").startswith("FY2026-Q4  ▸ now  20  0")
    assert line_of(out, "FY2027").startswith("FY2027  10  0")


@pytest.mark.parametrize(
    ("month", "key", "label"),
    [
        (1, "FY2026-Q3", "FY2026-Q3  "),
        (4, "FY2026-Q3", "FY2026-Q3, Oct–Dec 2026  "),
        (4, "FY2026-H2", "FY2026-H2, Oct 2026–Mar 2027  "),
        (4, "FY2026-M12", "FY2026-M12, Mar 2027  "),
    ],
)
def test_periods_have_dates_where_the_fiscal_year_is_not_the_calendar_year(
    plan: Callable[..., Path], shown: Callable[..., str], month: int, key: str, label: str
):
    plan(f"profile: {{name: Acme, fiscal_year_starts: {month}}}\nrevenue: {{{key}: {{goal: 5}}}}\n")
    assert f"\n{label}" in shown(150)


@pytest.mark.parametrize(
    ("opportunity", "told"),
    [
        ("status: open, probability: 0.5, close_date: 2026-12-01", "? line 2: First (open): no value"),
        ("status: open, value: 5, close_date: 2026-12-01", "? line 2: First (open, 5 EUR): no probability"),
        ("status: open, value: 5, probability: 0.5", "? line 2: First (open, 5 EUR): no close date"),
        (
            "status: open, value: 5, probability: 0.5, close_date: 2027-01-01",
            "? line 2: First (open, 5 EUR): closes on 2027-01-01, in none of the plan's periods",
        ),
        ("status: won, close_date: 2026-12-01", "? line 2: First (won): no value"),
        ("status: won, value: 5, close_date: 2020-01-01", "Won in none of the plan's periods, and not counted: 1, together 5 EUR."),
    ],
)
def test_what_is_not_counted_is_told_with_its_line(plan: Callable[..., Path], shown: Callable[..., str], opportunity: str, told: str):
    plan(f"profile: {{name: Acme}}\nopportunities: {{first: {{name: First, {opportunity}}}}}\nrevenue: {{FY2026: {{goal: 5}}}}\n")
    assert told in shown(150)


def test_programs_are_told_all_that_is_not_counted(run: Run, plan: Callable[..., Path]):
    opportunities = """
  later: {name: A, status: open, value: 5, probability: 0.5,
    close_date: 2027-01-01}
  before: {name: B, status: won, value: 5, close_date: 2020-01-01}
  idea: {name: C}
"""
    plan(f"profile: {{name: Acme}}\nopportunities:{opportunities}revenue: {{FY2026: {{goal: 5}}}}\n")
    (account,) = said(run)["accounts"]
    assert [(one["pointer"], one["line"], one["lacks"], one["outside"]) for one in account["not_counted"]] == [
        ("opportunities.idea", 6, ["value"], None),
        ("opportunities.later.close_date", 4, [], "2027-01-01"),
        ("opportunities.before.close_date", 5, [], "2020-01-01"),
    ]


@pytest.mark.parametrize(
    ("revenue", "opportunities", "told"),
    [
        ("{FY2026: {goal: 5, actual: 5}}", "", "No gap: the forecast meets the goal."),
        ("{FY2026: {goal: 5, actual: 7}}", "", "No gap: the forecast is 2 EUR past the goal."),
        ("{FY2026: {actual: 7}}", "", "No goal, so no gap and no pipeline to create."),
        ("{}", "", "? no fiscal period yet, so nothing is counted. Begin with a goal: revenue: {FY2026: {goal: 250_000}}"),
        ("{FY2026: {goal: 4}}", "", "÷ the win rate of 40 %. It is assumed (win_rate in acctplan.toml)"),
        (
            "{FY2026: {goal: 4}}",
            ", ".join(f"o{number}: {{name: N, status: lost}}" for number in range(5)),
            "Gap: 4 EUR. 0 of 5 closed opportunities were won: no pipeline would be enough to close it.",
        ),
        (
            "{FY2026: {goal: 4}}",
            "a: {name: A, value: 3}, b: {name: B}",
            "Potential opportunities: 2, together 3 EUR, 1 of them without a value.",
        ),
        ("{FY2026: {goal: 4}}", "a: {name: A}", "Potential opportunities: 1, 1 of them without a value."),
    ],
)
def test_what_follows_from_the_figures(plan: Callable[..., Path], shown: Callable[..., str], revenue: str, opportunities: str, told: str):
    plan(f"profile: {{name: Acme}}\nopportunities: {{{opportunities}}}\nrevenue: {revenue}\n")
    assert told in shown(150)


# Several plans


def test_several_plans_are_added_up_in_the_currency_of_the_book(run: Run, book: Path):
    found = said(run)
    own = {account["plan"]: account for account in found["accounts"]}
    tallmo = own["plans/tallmo-bruk.yaml"]
    assert (found["currency"], tallmo["own"]["currency"], tallmo["rate"]) == ("EUR", "SEK", "0.0905")
    assert found["rates"] == {"SEK": {"rate": "0.0905", "as_of": "2026-10-30"}}
    assert Decimal(tallmo["forecast"]) == Decimal(tallmo["own"]["forecast"]) * Decimal("0.0905")
    for figure in ("goal", "booked", "weighted_pipeline", "forecast", "best_case", "gap", "potential", "pipeline_to_create"):
        assert Decimal(found["total"][figure]) == sum(Decimal(account[figure] or 0) for account in own.values())
    for year in found["years"]:
        assert Decimal(year["forecast"]) == sum(Decimal(account["forecast"]) for account in year["accounts"])


def test_the_largest_gap_comes_first(run: Run, book: Path):
    gaps = [Decimal(row["gap"]) for row in rows(run)]
    assert gaps == sorted(gaps, reverse=True)
    assert len(gaps) == 3


@pytest.mark.parametrize(("arguments", "key", "json_key"), [((), "plan", "accounts"), (("--by", "period"), "period", "years")])
def test_piped_and_json_say_the_same(run: Run, book: Path, arguments: tuple[str, ...], key: str, json_key: str):
    piped, found = rows(run, *arguments), said(run)[json_key]
    assert len(piped) == len(found) > 1
    for row, one in zip(piped, found, strict=True):
        assert row[key] == one[key]
        assert {name: row[name] for name in cells.FIGURES} == {name: one[name] or "" for name in cells.FIGURES}


def test_people_see_accounts_then_fiscal_years_and_at_which_rate(book: Path, shown: Callable[..., str]):
    out = shown(160)
    assert out.index("Tallmo Bruk") < out.index("All accounts") < out.index("FY2027")
    assert "converted at 1 SEK = 0.0905 EUR (2026-10-30)" in out
    assert "the largest gap first" in out
    assert "FY2026" not in shown(160, "--by", "account")
    assert line_of(shown(160, "--by", "period"), "FY2027")
    assert "Tallmo Bruk  " not in shown(160, "--by", "period")
    assert "! 135 k EUR of the forecast should have closed by 2026-09-30: Tallmo Bruk. Give it new close dates." in out


def test_accounts_without_a_goal_are_told(plan: Callable[..., Path], shown: Callable[..., str]):
    plan("profile: {name: Acme}\nrevenue: {FY2026: {goal: 100}}\n")
    plan("profile: {name: Bolt}\nrevenue: {FY2026: {actual: 7}}\n", "bolt")
    plan("profile: {name: Cog}\nopportunities: {a: {name: A, status: open, value: 61_200}}\n", "cog")
    out = shown(150)
    assert line_of(out, "Bolt") == "Bolt  no goal  7  0  7  7  –  –"
    assert line_of(out, "Cog") == "Cog  no goal  –  –  –  –  –  1 (61.2 k)"
    assert (
        "? Without a goal: Bolt, Cog. Begin with one, in the plan: revenue: {FY2026: {goal: 250_000}}. Of the forecast, 7 EUR is theirs."
        in (" ".join(out.split()))
    )


def test_what_is_open_and_not_counted_is_in_the_currency_of_the_book(plan: Callable[..., Path], book: Path, shown: Callable[..., str]):
    plan("profile: {name: Dansk, currency: DKK}\nopportunities: {a: {name: A, status: open, value: 100_000}}\n", "dansk")
    assert line_of(shown(170), "Dansk").endswith("1 (13.4 k)")


def test_fiscal_years_that_differ_have_dates(plan: Callable[..., Path], shown: Callable[..., str]):
    plan("profile: {name: Acme}\nrevenue: {FY2026: {goal: 100}}\n")
    plan("profile: {name: Bolt, fiscal_year_starts: 4}\nrevenue: {FY2026: {goal: 7}}\n", "bolt")
    out = shown(150)
    assert line_of(out, "FY2026 ").startswith("FY2026  ▸ now  100")
    assert line_of(out, "FY2026, Apr").startswith("FY2026, Apr 2026–Mar 2027  ▸ now  7")
    assert "Fiscal years start in different months" in out


def test_what_one_is_past_its_goal_is_told(plan: Callable[..., Path], shown: Callable[..., str]):
    plan("profile: {name: Acme}\nrevenue: {FY2026: {goal: 100}}\n")
    plan("profile: {name: Bolt}\nrevenue: {FY2026: {goal: 7, actual: 407}}\n", "bolt")
    out = shown(150)
    assert line_of(out, "Bolt").startswith("Bolt  7  407 [5,814 % of 7]  0  407 [5,814 % of 7]  407  ▲ 400 over")
    assert (
        "Pipeline to create: 250 EUR, at an assumed win rate of 40 % (no account has closed 5 yet). "
        "What one is past its goal closes no gap of another."
    ) in " ".join(out.split())


CLOSED = "".join(f"  {name}: {{name: {name}, status: {status}}}\n" for name, status in zip("abcde", ["won"] * 4 + ["lost"], strict=True))


def test_by_which_win_rate_pipeline_has_to_be_created_is_said(plan: Callable[..., Path], shown: Callable[..., str]):
    plan(f"profile: {{name: Acme}}\nrevenue: {{FY2026: {{goal: 800}}}}\nopportunities:\n{CLOSED}")
    assert "Pipeline to create: 1 k EUR, each account by its own win rate." in shown(150, "--by", "account")
    plan("profile: {name: Bolt}\nrevenue: {FY2026: {goal: 80}}\n", "bolt")
    assert "each account by its own win rate, Bolt at an assumed 40 % (fewer than 5 closed yet)." in " ".join(shown(150).split())


def test_where_no_pipeline_would_be_enough_the_total_is_not_known(run: Run, plan: Callable[..., Path], shown: Callable[..., str]):
    plan("profile: {name: Acme}\nrevenue: {FY2026: {goal: 800}}\n")
    plan(f"profile: {{name: Bolt}}\nrevenue: {{FY2026: {{goal: 80}}}}\nopportunities:\n{CLOSED.replace('won', 'lost')}", "bolt")
    found = said(run)["total"]
    assert (found["pipeline_to_create"], found["no_pipeline_would_be_enough"]) == (None, ["plans/bolt.yaml"])
    out = " ".join(shown(150).split())
    assert "Pipeline to create:" not in out
    assert "✕ No pipeline would be enough to close the gap of Bolt: all that is closed was lost." in out


def test_what_is_not_known_is_never_0(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\nopportunities: {a: {name: A, status: open, value: 5}}\n")
    plan("profile: {name: Bolt}\nrevenue: {FY2025: {goal: 8}, FY2026: {goal: 80}}\n", "bolt")
    acme, bolt = sorted(said(run)["accounts"], key=lambda one: one["plan"])
    assert {name for name in cells.FIGURES if acme[name] is not None} == {"potential"}
    assert {name for name in cells.FIGURES if bolt[name] is None} == {"booked", "achieved"}
    past, current = bolt["periods"]
    assert {name for name in cells.FIGURES if past[name] is not None} == {"goal", "potential"}
    assert (current["forecast"], current["gap"]) == ("0", "80")
    piped = {row["plan"]: row for row in rows(run)}
    assert (piped["plans/acme.yaml"]["forecast"], piped["plans/bolt.yaml"]["booked"], piped["plans/bolt.yaml"]["forecast"]) == ("", "", "0")


def test_a_forecast_that_should_have_closed_is_told(run: Run, plan: Callable[..., Path], shown: Callable[..., str]):
    plan(
        "profile: {name: Acme}\nrevenue: {FY2026: {goal: 800}}\nopportunities:\n"
        "  a: {name: Renewal, status: open, value: 1_000, probability: 0.5, close_date: 2026-09-30}\n"
        "  b: {name: Today, status: open, value: 1_000, probability: 0.5, close_date: 2026-11-21}\n"
    )
    assert "! 500 EUR of the forecast should have closed by 2026-09-30: Renewal. Give it a new close date." in shown(120, "acme")
    assert said(run, "acme")["accounts"][0]["should_have_closed"] == {"amount": "500", "opportunities": ["a"]}


def test_printed_terms_give_the_printed_result(plan: Callable[..., Path], shown: Callable[..., str]):
    plan("profile: {name: Acme}\nrevenue: {FY2026: {goal: 1_300.005, actual: 0.01}}\n")
    assert "1,299.995 EUR" in shown(120, "acme")


def test_accounts_of_one_name_are_told_apart(plan: Callable[..., Path], shown: Callable[..., str]):
    for name in ("acme", "acme-north"):
        plan("profile: {name: Acme}\nrevenue: {FY2026: {goal: 100}}\n", name)
    out = shown(120)
    assert "Acme (acme) " in out
    assert "Acme (acme-north) " in out


# Narrow terminals


@pytest.mark.parametrize("arguments", [(), ("brannhaven-terminals",), ("tallmo-bruk", "--explain")], ids=" ".join)
@pytest.mark.parametrize("columns", [60, 80, 100, 120, 160])
def test_it_fits(book: Path, shown: Callable[..., str], columns: int, arguments: tuple[str, ...]):
    assert shown(columns, *arguments)


def test_what_gives_way_is_named_and_told_below(book: Path, shown: Callable[..., str]):
    wide, narrow = shown(160, "brannhaven-terminals"), shown(80, "brannhaven-terminals")
    assert "Best case  " in wide
    assert "250 k [96 % of 260 k]" in wide
    assert "Best case  " not in narrow
    assert "250 k [96 %]" in narrow
    assert "Weighted  " in shown(100, "brannhaven-terminals"), "no more goes than has to"
    assert "a wider terminal also shows: weighted pipeline, best case" in narrow
    assert "Best case, if everything open is won: 2,502,500 EUR." in " ".join(narrow.split())


# Where it comes from


def test_an_explanation_adds_up(run: Run, book: Path):
    terms = rows(run, "--explain")
    for account in said(run)["accounts"]:
        here = [row for row in terms if row["plan"] == account["plan"]]
        for figure, name in (
            ("goal", "goal"),
            ("booked", "booked"),
            ("weighted pipeline", "weighted_pipeline"),
            ("potential", "potential"),
        ):
            total = sum((Decimal(row["amount"]) for row in here if row["figure"] == figure), Decimal(0))
            assert total == Decimal(account["own"][name] or 0)


def test_an_explanation_says_where_each_term_is_read_from(run: Run, book: Path):
    text = (book / "plans/tallmo-bruk.yaml").read_text("utf-8").splitlines()
    terms = {row["pointer"]: row for row in rows(run, "tallmo-bruk", "--explain")}
    renewal = terms["opportunities.km2-renewal"]
    assert (renewal["figure"], renewal["value"], renewal["probability"], renewal["amount"]) == (
        "weighted pipeline", "1860000", "0.8", "1488000",
    )  # fmt: skip
    assert text[int(renewal["line"]) - 1].strip().startswith("km2-renewal:")
    assert terms["revenue.FY2026-Q1.actual"]["period"] == "FY2026-Q1"


def test_an_explanation_for_people(book: Path, shown: Callable[..., str]):
    out = shown(120, "tallmo-bruk", "--explain")
    assert "weighted pipeline  open: Renewal of monitoring on KM2, three years  1,860,000  80 %  1,488,000  line 110" in re.sub(
        " {2,}", "  ", out
    )
    assert line_of(out, "= forecast") == "= forecast  booked + weighted pipeline  3,847,500"
    assert line_of(out, "= gap") == "= gap  goal - forecast  3,652,500"
    assert "not counted, line 148: Winder gearbox (won), because an actual holds it already" in out


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "0"), ("0.4", "0"), ("-0.4", "0"), ("0.5", "1"), ("7", "7"), ("420", "420"), ("999.4", "999"), ("999.6", "1 k"),
        ("1000", "1 k"), ("61234", "61.2 k"), ("352000", "352 k"), ("999499", "999 k"), ("999500", "1 M"), ("1304000", "1.3 M"),
        ("-58000", "-58 k"),
        ("12345678", "12.3 M"), ("1234567890", "1,230 M"),
    ],
)  # fmt: skip
def test_amounts_in_three_digits(amount: str, expected: str):
    assert cells.short(Decimal(amount)) == expected


@pytest.mark.parametrize(
    ("amount", "expected"), [("1200000.10", "1200000.1"), ("1E+6", "1000000"), ("-0", "0"), ("0.000", "0"), ("100", "100")]
)
def test_amounts_for_programs_are_exact(amount: str, expected: str):
    assert cells.exact(Decimal(amount)) == expected


def test_a_broken_plan_is_left_out_and_told(run: Run, book: Path):
    (book / "plans/broken.yaml").write_text("profile: [", encoding="utf-8")
    answer = run("revenue", *TODAY)
    assert answer.status == 1
    assert "plans/broken.yaml: left out" in answer.err
    assert len(answer.out.splitlines()) == 4
