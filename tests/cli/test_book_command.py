"""`acctplan book`: every account in one line, and what was made of all of them."""

from __future__ import annotations

import json
import os
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from processes import PROGRAM, process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")


def rows(run: Run, *arguments: str) -> list[dict[str, str]]:
    titles, *lines = [line.split("\t") for line in run("book", *TODAY, *arguments).out.splitlines()]
    return [dict(zip(titles, line, strict=True)) for line in lines]


def said(run: Run, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("book", *TODAY, *arguments, "--json").out)
    return found


def accounts(run: Run, *arguments: str) -> list[str]:
    return [row["account"] for row in rows(run, *arguments)]


def test_a_line_an_account_with_what_needs_most_attention_first(run: Run, book: Path):
    tallmo, brannhaven, auenfurt = rows(run)
    assert [one["account"] for one in (tallmo, brannhaven, auenfurt)] == ["Tallmo Bruk", "Brannhaven Terminals", "Stadtwerke Auenfurt"]
    assert (tallmo["manager"], tallmo["type"], tallmo["currency"]) == ("Mats Ekdahl", "retention", "SEK")
    assert (tallmo["goal"], tallmo["forecast"], tallmo["gap"], tallmo["forecast_of_goal"]) == (
        "7500000",
        "3847500.00",
        "3652500.00",
        "0.5130",
    )
    assert (tallmo["book_currency"], Decimal(tallmo["gap_in_book"])) == ("EUR", Decimal("330551.25"))
    assert (tallmo["freshness"], tallmo["freshness_of"], tallmo["freshness_band"]) == ("1", "5", "poor")
    assert (tallmo["top_rank"], tallmo["top_opportunity"]) == ("5", "km2-renewal")
    assert (tallmo["overdue"], tallmo["longest_overdue_days"]) == ("11", "295")
    assert (tallmo["meeting"], tallmo["review"]) == ("overdue since 2026-06-18", "overdue since 2026-08-10")
    assert (brannhaven["meeting"], brannhaven["review"], brannhaven["top_rank"]) == ("2026-12-09", "2026-12-30", "1")
    assert auenfurt["execution_band"] == ""


def test_health_and_ranking_say_the_same_as_their_own_commands(run: Run, book: Path):
    healths = {one["account"]: one for one in json.loads(run("health", *TODAY, "--json").out)["plans"]}
    first = {}
    for one in json.loads(run("rank", "--json").out)["opportunities"]:
        first.setdefault(one["account"], one)
    for one in said(run)["accounts"]:
        assert one["health"] == {
            name: {part: healths[one["account"]][name][part] for part in ("good", "of", "percent", "band")} for name in one["health"]
        }
        best = first[one["account"]]
        assert one["top_opportunity"] == {key: best[key] for key in ("rank", "opportunity", "name", "score", "ceiling")}


def test_the_figures_are_made_of_their_terms(run: Run, book: Path):
    for one in said(run)["accounts"]:
        revenue = one["revenue"]
        amounts: dict[str, Decimal] = {}
        for term in revenue["terms"]:
            amounts[term["kind"]] = amounts.get(term["kind"], Decimal(0)) + Decimal(term["amount"] or 0)
        assert Decimal(revenue["goal"]) == amounts["goal"]
        booked = amounts.get("actual", Decimal(0)) + amounts.get("won", Decimal(0))
        assert Decimal(revenue["forecast"]) == booked + amounts["open"]


def test_the_total_is_that_of_the_accounts_in_the_currency_of_the_book(run: Run, book: Path):
    found = said(run)
    for name in ("goal", "forecast", "gap"):
        assert Decimal(found["total"][name]) == sum(Decimal(one["revenue"]["in_book_currency"][name]) for one in found["accounts"])
    assert found["total"]["overdue"] == sum(len(one["overdue"]) for one in found["accounts"])
    assert (found["currency"], found["total"]["accounts"], found["total"]["accounts_at_risk"]) == ("EUR", 3, 3)


def test_one_plan_says_on_which_lines_everything_stands(run: Run, book: Path):
    text = (book / "plans/tallmo-bruk.yaml").read_text("utf-8").splitlines()
    found = said(run, "tallmo-bruk")
    (one,) = found["accounts"]
    assert text[one["next_meeting"]["line"] - 1].strip().startswith("next: 2026-06-18")
    assert text[one["next_review"]["line"] - 1].strip().startswith("2026-05-12:")
    assert [text[term["line"] - 1].split(":")[0].strip() for term in one["revenue"]["terms"]][-3:] == [
        "km2-renewal",
        "pulp-line-monitoring",
        "debarker-gearboxes",
    ]
    assert text[one["overdue"][0]["line"] - 1].strip().startswith("response-times:")
    assert {step["line"] for step in found["where_an_hour_pays_most"][0]["steps"]} <= set(range(1, len(text) + 1))


def test_of_several_plans_everything_names_its_line_too(run: Run, book: Path):
    alone = {one["plan"]: one for plan in ("tallmo-bruk", "brannhaven-terminals") for one in said(run, plan)["accounts"]}
    together = {one["plan"]: one for one in said(run)["accounts"]}
    for plan, one in alone.items():
        assert all(term["line"] for term in one["revenue"]["terms"])
        assert together[plan]["revenue"] == one["revenue"]
        assert (together[plan]["next_meeting"], together[plan]["next_review"]) == (one["next_meeting"], one["next_review"])
        assert together[plan]["at_risk"] == one["at_risk"]


def test_what_is_not_known_is_null_here_as_in_revenue(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\nrevenue: {FY2026: {goal: 80}}\n")
    (one,) = said(run)["accounts"]
    figures = json.loads(run("revenue", *TODAY, "--json").out)["accounts"][0]["own"]
    for name in ("goal", "booked", "weighted_pipeline", "forecast", "best_case", "gap", "potential"):
        assert one["revenue"][name] == figures[name], name
    assert (one["revenue"]["booked"], one["revenue"]["forecast"]) == (None, "0")
    assert rows(run)[0]["booked"] == ""


def test_how_urgent_it_is_is_said(run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    found = said(run)
    assert [(one["account"], one["grade"]) for one in found["accounts"]] == [
        ("Tallmo Bruk", "act now"),
        ("Brannhaven Terminals", "act now"),
        ("Stadtwerke Auenfurt", "watch"),
    ]
    assert found["total"]["accounts_to_act_on_now"] == 2
    assert {reason["reason"]: reason["grade"] for reason in found["accounts"][0]["at_risk"]} == {
        **dict.fromkeys(("meeting", "overdue", "contract"), "act now"),
        **dict.fromkeys(("forecast", "health", "single-threaded", "risk"), "watch"),
    }
    assert [row["grade"] for row in rows(run)] == ["act now", "act now", "watch"]
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(100)
    assert "\nStadtwerke Auenfurt: watch\n  · the forecast of 3,800 EUR" in run("book", "--at-risk", *TODAY).out
    assert run("book", *TODAY).out.startswith("Sorted by what needs attention: act now first")
    assert run("book", "--sort", "gap", *TODAY).out.startswith("Sorted by the gap, the largest first.")


def test_at_which_rates_amounts_were_converted_is_said(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    assert said(run)["rates"] == {"SEK": {"rate": "0.0905", "as_of": "2026-10-30"}}
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(200)
    assert "Amounts are in EUR, converted at 1 SEK = 0.0905 EUR (2026-10-30)." in run("book", *TODAY).out


def test_what_ends_or_is_late_comes_before_what_an_hour_could_move(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    late = "\n".join(
        f"  {key}: {{name: {key}, status: open, kind: renewal, value: 5000, close_date: 2026-11-0{number}}}"
        for number, key in enumerate("abcd", 1)
    )
    plan(f"profile: {{name: Acme}}\nopportunities:\n{late}\n")
    assert [one["due"] for one in said(run)["what_cannot_wait"]] == [f"2026-11-0{number}" for number in range(1, 5)]
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(120)
    hours = run("book", *TODAY).out.partition("Where an hour pays most\n")[2].splitlines()
    assert hours[0] == "  1. Acme: 'a' should have closed on 2026-11-01, 20 days ago (5 k EUR)"
    assert hours[3].startswith("  4. Acme, could move ")
    assert hours[3].partition(" EUR of margin: ")[2]
    assert "1 more ends soon or is late: acctplan book --json" in hours


@pytest.mark.usefixtures("plain")
def test_a_long_name_takes_two_lines_at_most(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan(f"profile: {{name: Acme}}\nopportunities: {{a: {{name: {' '.join(['Renewal'] * 20)}}}}}\n")
    terminal(100)
    _, lines = table(run("book", *TODAY).out)
    assert len(lines) <= 2
    assert "…" in " ".join(lines)


def test_an_hour_pays_most_where_most_money_hangs_on_the_best_steps(run: Run, book: Path):
    found = said(run)["where_an_hour_pays_most"]
    amounts = [Decimal(one["amount"]) for one in found]
    assert amounts == sorted(amounts, reverse=True)
    for one in found:
        parts = [Decimal(step["contribution"]) * Decimal(str(step["gain"])) / 100 for step in one["steps"]]
        assert Decimal(one["amount"]) == pytest.approx(sum(parts), abs=Decimal("0.05"))


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--owner", "ines"], ["Brannhaven Terminals", "Stadtwerke Auenfurt"]),
        (["--owner", "Mats Ekdahl"], ["Tallmo Bruk"]),
        (["--owner", "EKDAHL"], ["Tallmo Bruk"]),
        (["--type", "expansion"], ["Brannhaven Terminals"]),
        (["--type", "expansion", "--type", "acquisition"], ["Brannhaven Terminals", "Stadtwerke Auenfurt"]),
        (["--owner", "ines", "--type", "acquisition"], ["Stadtwerke Auenfurt"]),
        (["--sort", "account"], ["Brannhaven Terminals", "Stadtwerke Auenfurt", "Tallmo Bruk"]),
        (["--sort", "gap"], ["Brannhaven Terminals", "Tallmo Bruk", "Stadtwerke Auenfurt"]),
        (["tallmo-bruk", "--owner", "mats"], ["Tallmo Bruk"]),
    ],
)
def test_accounts_may_be_chosen_and_sorted(run: Run, book: Path, arguments: list[str], found: list[str]):
    assert accounts(run, *arguments) == found


def test_ranks_are_those_over_the_whole_book_whatever_is_shown(run: Run, book: Path):
    assert [row["top_rank"] for row in rows(run, "--owner", "mats")] == ["5"]
    assert [row["top_rank"] for row in rows(run, "tallmo-bruk")] == ["1"]


@pytest.mark.parametrize(
    ("owner", "hint"), [("ins", "did you mean ines?"), ("xyz", "give the name or the id that a plan has for its account manager")]
)
def test_a_manager_of_no_account_is_a_slip(run: Run, book: Path, owner: str, hint: str):
    assert run("book", "--owner", owner) == (2, "", f"acctplan: nobody called {owner} manages an account\n  {hint}\n")


CALM = """\
profile: {name: Calm, account_manager: amira, background: They sell calm, starts: 2026-11-01, ends: 2026-12-31}
team: {amira: {name: Amira}}
contacts: {a: {name: A, roles: [decision_maker], coverage: multiple, stance: supportive, last_contact: 2026-11-20}}
opportunities: {o: {name: O, status: open, next_step: Call, next_step_due: 2026-12-01}}
revenue: {FY2026: {goal: 10, actual: 10}}
meetings: {next: 2026-12-01}
"""


def test_only_accounts_at_risk_with_the_reasons_in_words(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    plan(CALM, "calm")
    plan(CALM.replace("Calm,", "Worried,").replace("goal: 10,", "goal: 100,"), "worried")
    assert accounts(run, "--at-risk") == ["Worried"]
    (row,) = rows(run, "--at-risk")
    assert (row["risks"], row["reasons"]) == ("1", "the forecast for FY2026 of 10 EUR is 10 % of the goal of 100 EUR")
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(100)
    answer = run("book", "--at-risk", *TODAY)
    assert "\nWorried: watch\n  · the forecast for FY2026 of 10 EUR is 10 % of the goal of 100 EUR\n" in answer.out
    assert "--at-risk" not in answer.err
    assert "why are they at risk? acctplan book --at-risk" in run("book", *TODAY).err


def test_nobody_at_risk_is_an_answer(run: Run, plan: Callable[..., Path]):
    plan(CALM, "calm")
    answer = run("book", "--at-risk", *TODAY)
    assert (answer.status, answer.out.count("\n"), answer.err) == (0, 1, "no account is at risk\n")
    assert said(run, "--at-risk")["accounts"] == []
    assert run("book", "--type", "retention", *TODAY).err == "no account is of that kind\n"


# For people.


def table(out: str) -> tuple[str, list[str]]:
    """The titles of a table, and its lines."""
    assert out.startswith("Sorted by ")
    title, rule, *lines = out.split("\n\n")[1].splitlines()
    assert set(rule) <= {"─", " "}
    return title, lines


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        (160, []),
        (80, ["At risk", "Manager", "Goal", "Next meeting", "Review due"]),
        (60, ["At risk", "Manager", "Goal", "Top opportunity", "Next meeting", "Review due"]),
    ],
)
def test_the_least_important_columns_give_way(run: Run, book: Path, terminal: Callable[[int], None], columns: int, missing: list[str]):
    terminal(columns)
    out = run("book", *TODAY).out
    title, _ = table(out)
    every = (
        "Account",
        "At risk",
        "Manager",
        "Goal",
        "Forecast",
        "Gap",
        "Health",
        "Top opportunity",
        "Overdue",
        "Next meeting",
        "Review due",
    )
    assert [name for name in every if name not in title] == missing
    assert max(map(len, out.splitlines())) <= columns
    told = [name.lower() for name in every if name in missing]
    assert (f"A wider terminal also shows: {', '.join(told)}." in " ".join(out.split())) == bool(missing)


@pytest.mark.usefixtures("plain")
def test_a_wide_terminal_has_a_line_for_each(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(220)
    _, lines = table(run("book", *TODAY).out)
    first = " ".join(lines[0].split())
    assert first.startswith(
        "Tallmo Bruk act now Mats Ekdahl 679 k 348 k 51 % 331 k F P P F 5. Renewal of monitoring on KM2, three… (43.7) 11 overdue"
    )
    assert len(lines) == 3


@pytest.mark.usefixtures("plain")
def test_what_follows_from_the_table(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(220)
    out = run("book", *TODAY).out
    assert (
        "Total of 3 accounts: goal 2.76 M EUR, forecast 1.47 M EUR (53 %), gap 1.29 M EUR, 12 overdue, 3 at risk (act now: 2, watch: 1).\n"
        in out
    )
    assert "Health is completeness, freshness, coverage and execution: G good, F fair, P poor, - nothing applies." in out
    hours = out.partition("Where an hour pays most\n")[2].splitlines()
    assert hours[0].startswith(
        "  1. Brannhaven Terminals: our contract for Oil analysis and lubrication (Bulk terminal) ends on 2026-12-31"
    )
    assert hours[3].startswith(
        "  4. Tallmo Bruk, could move 51.7 k EUR of margin: ask who decides, Göran Hellqvist or somebody else, for 'Monitoring of the "
        "rebuilt pulp line' (up to 20 points)"
    )


@pytest.mark.usefixtures("plain")
def test_what_is_unknown_is_said(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan("profile: {name: Acme}\nopportunities: {a: {name: A}}\n", "acme")
    plan(
        "profile: {name: Bolt}\nrevenue: {FY2026: {goal: 100}}\n"
        "opportunities: {b: {name: B, status: open, stage: proposal}, c: {name: C, value: 5}}\n",
        "bolt",
    )
    terminal(200)
    out = run("book", *TODAY, "--sort", "account").out
    _, (acme, bolt) = table(out)
    assert acme.split()[:4] == ["Acme", "-", "-", "-"]
    assert bolt.split()[:7] == ["Bolt", "watch", "100", "0", "+", "?", "0"]
    assert "Not in any plan: manager, next meeting, review due." in out
    assert "1 account has no goal; what is forecast there is part of the total." in out
    assert "(no value is known of 1 of 2 opportunities)" in out
    assert "Acme, no value is known: " in out


@pytest.mark.usefixtures("plain")
def test_a_book_without_goals_says_so(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan("profile: {name: Acme}\nopportunities: {a: {name: A, status: won}}\n")
    terminal(100)
    out = run("book", *TODAY).out
    assert "No account has a revenue goal, so there is no gap." in out
    assert "Where an hour pays most" not in out


@pytest.mark.usefixtures("plain")
def test_accounts_of_one_name_are_told_apart(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    for name in ("acme", "acme-2"):
        plan("profile: {name: Acme}\n", name)
    terminal(100)
    _, lines = table(run("book", *TODAY).out)
    assert [line.partition("  ")[0] for line in lines] == ["Acme (acme-2)", "Acme (acme)"]


@pytest.mark.usefixtures("plain")
def test_a_goal_that_is_passed_leaves_no_gap_below_nothing(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan("profile: {name: Acme}\nrevenue: {FY2026: {goal: 100, actual: 150}}\n")
    terminal(100)
    out = run("book", *TODAY).out
    assert "50 over" in table(out)[1][0]
    assert "50 EUR over the goal" in out


@pytest.mark.parametrize(
    ("meetings", "words"),
    [
        ("{next: 2026-12-09}", "2026-12-09"),
        ("{next: 2026-11-21}", "2026-11-21"),
        ("{next: 2026-11-20}", "overdue since 2026-11-20"),
        ("{held: {2026-10-01: {}}}", "none planned, due by 2027-01-01"),
        ("{held: {2026-05-01: {}}}", "overdue since 2026-08-01"),
        ("{}", "none planned"),
    ],
)
def test_how_the_next_meeting_stands(run: Run, plan: Callable[..., Path], meetings: str, words: str):
    plan(f"profile: {{name: Acme}}\nmeetings: {meetings}\n")
    assert [row["meeting"] for row in rows(run)] == [words]


@pytest.mark.skipif(os.name == "nt", reason="processes are forked")
def test_many_plans_are_summed_up_by_several_processes_with_the_same_answer(plan: Callable[..., Path], tmp_path: Path):
    for number in range(4):
        plan(CALM if number else "profile: {nmae: Acme}\n", f"acme-{number}")
    shared = "from acctplan.cli import loading, main; loading.WORTH_A_PROCESS = loading.CHUNK = 1; main()"
    one_by_one = process([*PROGRAM, "book", *TODAY, "--json"], tmp_path)
    together = process([sys.executable, "-c", shared, "book", *TODAY, "--json"], tmp_path)
    assert (together.returncode, together.stdout, together.stderr) == (1, one_by_one.stdout, one_by_one.stderr)
    assert len(json.loads(together.stdout)["accounts"]) == 3


def test_a_missing_rate_is_told_once(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme, currency: SEK}\nopportunities: {a: {name: A, value: 5}}\n")
    answer = run("book")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("acctplan: no rate from SEK to EUR\n")
