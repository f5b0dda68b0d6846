"""`acctplan rank --capacity`: what to pursue with so many days."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

PLAN = """\
profile: {name: Meridian Foods, currency: EUR}
team: {ines: {name: Ines Carvalho}, yusuf: {name: Yusuf Demir, email: yusuf@ours.example}}
opportunities:
  platform:
    {name: Monitoring platform, status: open, value: 400_000, margin: 0.5, probability: 0.5, effort_days: 60, owner: ines,
    leads_to: [study, later]}
  study: {name: Energy study, status: open, value: 20_000, probability: 0.5, effort_days: 10, owner: yusuf}
  sensors: {name: Sensors, status: open, value: 30_000, margin: 0.5, probability: 0.2, effort_days: 12, owner: yusuf}
  contract: {name: Full service, status: open, value: 9_000_000, probability: 0.1, effort_days: 400, owner: ines}
  later: {name: Later, value: 5_000}
"""


def focus(run: Run, *arguments: str) -> dict[str, Any]:
    return json.loads(run("rank", "--json", *arguments).out)


def pursued(answer: dict[str, Any]) -> dict[str | None, list[str]]:
    return {choice["owner"]: [one["opportunity"] for one in choice["pursue"]] for choice in answer["choices"]}


@pytest.fixture
def meridian(plan: Callable[..., Path]) -> Path:
    return plan(PLAN, "meridian")


def test_json_says_what_is_pursued_left_out_and_not_weighed(run: Run, meridian: Path):
    answer = focus(run, "--capacity", "75d")
    (choice,) = answer["choices"]
    assert (answer["version"], answer["currency"], answer["assumed_margin"]) == (1, "EUR", "0.4")
    assert {key: choice[key] for key in ("owner", "capacity", "used", "unused", "expected")} == {
        "owner": None,
        "capacity": 75,
        "used": 70,
        "unused": 5,
        "expected": "106000",
    }
    assert [one["opportunity"] for one in choice["pursue"]] == ["platform", "study"]
    told = [(one["opportunity"], one["cost"], one["instead_of"]) for one in choice["later"]]
    assert told == [("sensors", "1000", [{"plan": "plans/meridian.yaml", "opportunity": "study"}]), ("contract", None, [])]
    assert [(one["opportunity"], one["missing"]) for one in answer["not_weighed"]] == [("later", ["probability", "effort_days"])]


def test_every_amount_has_the_terms_that_add_up_to_it(run: Run, meridian: Path):
    (choice,) = focus(run, "--capacity", "75d")["choices"]
    platform = choice["pursue"][0]
    assert (platform["expected"], platform["lead_in"], platform["per_day"]) == ("102000", "2000", "1700")
    assert [(term["opportunity"], term["contribution"], term["probability"], term["amount"]) for term in platform["terms"]] == [
        ("platform", "200000", "0.5", "100000"),
        ("study", "8000", "0.5", "2000"),
    ]
    assert [term["margin_assumed"] for term in platform["terms"]] == [False, True]
    assert platform["not_counted"] == ["later"]
    assert platform["terms"][1]["pointer"] == "opportunities.study"
    assert PLAN.splitlines()[platform["terms"][1]["line"] - 1].startswith("  study:")
    for one in (*choice["pursue"], *(later for later in choice["later"])):
        assert sum(Decimal(term["amount"]) for term in one["terms"]) == Decimal(one["expected"])
    assert sum(Decimal(one["expected"]) for one in choice["pursue"]) == Decimal(choice["expected"])


def test_the_days_of_several_people_are_added_up(run: Run, meridian: Path):
    answer = focus(run, "--capacity", "60d", "--by-owner")
    assert {key: answer[key] for key in ("capacity", "used", "unused", "expected")} == {
        "capacity": 120,
        "used": 82,
        "unused": 38,
        "expected": "109000",
    }


@pytest.mark.parametrize(
    ("arguments", "owners"),
    [
        (["--capacity", "75"], {None: ["platform", "study"]}),
        (["--capacity", "15w"], {None: ["platform", "study"]}),
        (["--capacity", "0d"], {None: []}),
        (["--capacity", "12D", "--by-owner"], {"Ines Carvalho": [], "Yusuf Demir": ["study"]}),
        (["--capacity", "12d", "--capacity", "ines=12w", "--by-owner"], {"Ines Carvalho": ["platform"], "Yusuf Demir": ["study"]}),
        (["--capacity", "yusuf=22d"], {"Yusuf Demir": ["study", "sensors"]}),
        (["--capacity", "Yusuf demir=12d"], {"Yusuf Demir": ["study"]}),
        (["--capacity", "demir=12d"], {"Yusuf Demir": ["study"]}),
        (["--capacity", "Yusuf@ours.example=12d"], {"Yusuf Demir": ["study"]}),
        (["--capacity", "yusuf=22d", "--capacity", "ines=60"], {"Ines Carvalho": ["platform"], "Yusuf Demir": ["study", "sensors"]}),
    ],
)
def test_days_are_everybodys_or_somebodys(run: Run, meridian: Path, arguments: list[str], owners: dict[str | None, list[str]]):
    assert pursued(focus(run, *arguments)) == owners


@pytest.mark.parametrize(
    ("capacities", "message", "hint"),
    [
        (["much"], "no capacity 'much'", "write days or weeks: 120d, 24w, or ines=60d for one person"),
        (["2.5d"], "no capacity '2.5d'", "write days or weeks"),
        (["-3"], "no capacity '-3'", "write days or weeks"),
        (["ines="], "no capacity 'ines='", "write days or weeks"),
        (["٣d"], "no capacity", "write days or weeks"),
        (["ins=5d"], "nobody in these plans is ins", "did you mean ines?"),
        (["zzzzzzz=5d"], "nobody in these plans is zzzzzzz", "use an id or a name from a plan's team"),
        (["5d", "6d"], "two capacities for everybody", "write days or weeks"),
        (["ines=5d", "Ines Carvalho=6d"], "two capacities for Ines Carvalho", "give one for each person"),
        (["5d", "ines=6d"], "a capacity for all together and one for a person at once", "with --by-owner everybody has the first"),
        (["999999999d"], "a capacity of more than 10,000 days", "that is 45 people for a year"),
        (["9" * 30], f"no capacity '{'9' * 30}'", "write days or weeks"),
    ],
)
def test_a_capacity_that_makes_no_sense_is_refused(run: Run, meridian: Path, capacities: list[str], message: str, hint: str):
    answer = run("rank", *(f"--capacity={text}" for text in capacities))
    assert (answer.status, answer.out) == (2, "")
    assert f"acctplan: {message}" in answer.err
    assert f"\n  {hint}" in answer.err


def test_nobody_of_that_name_is_answered_with_those_that_there_are(run: Run, meridian: Path):
    answer = run("rank", "--capacity", "zzzzzzz=5d")
    assert answer.err.splitlines()[:3] == ["ines   Ines Carvalho", "yusuf  Yusuf Demir", "acctplan: nobody in these plans is zzzzzzz"]


def test_an_id_that_is_several_people_is_not_guessed(run: Run, meridian: Path, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\nteam: {ines: {name: Ines Another}}\n", "acme")
    answer = run("rank", "--capacity", "ines=5d")
    assert (answer.status, answer.err) == (
        2,
        "acctplan: ines may be 2 people\n  name one plan, or give the person's full name\n",
    )
    assert pursued(focus(run, "--capacity", "Ines Carvalho=60d")) == {"Ines Carvalho": ["platform"]}


def test_piped_it_is_one_table_of_all(run: Run, meridian: Path):
    titles, *lines = [line.split("\t") for line in run("rank", "--capacity", "75d").out.splitlines()]
    rows = [dict(zip(titles, line, strict=True)) for line in lines]
    kept = ("advice", "opportunity", "days", "expected", "cost", "instead_of", "missing")
    assert [[row[key] for key in kept] for row in rows] == [
        ["pursue", "platform", "60", "102000", "", "", ""],
        ["pursue", "study", "10", "4000", "", "", ""],
        ["later", "sensors", "12", "3000", "1000", "study", ""],
        ["later", "contract", "400", "360000", "", "", ""],
        ["not_weighed", "later", "", "", "", "", "probability,effort_days"],
    ]


def test_people_read_what_to_pursue_and_what_the_others_would_cost(
    run: Run, meridian: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(160)
    answer = run("rank", "--capacity", "75d")
    assert answer.out.startswith("Pursue (70 of 75 days, 5 unused; 106 k EUR expected)\n")
    assert "would cost 1 k: instead of Energy study" in answer.out
    assert "takes more than 75 days" in answer.out
    assert "stage or probability, effort in days" in answer.out
    assert "102 k+*" in answer.out
    assert "* a part of it names no margin: 40 % are assumed\n" in answer.out
    assert "+ and more: it leads to something that has no value or no probability yet\n" in answer.out
    assert "and the same of what it leads to, times its own probability (lead-in)" in answer.err


def test_people_read_whose_days_they_are(run: Run, meridian: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(100)
    out = run("rank", "--capacity", "12d", "--by-owner").out
    assert "Ines Carvalho: pursue (0 of 12 days, 12 unused; 0 EUR expected)\nnothing fits\n" in out
    assert "Yusuf Demir: pursue (10 of 12 days, 2 unused; 4 k EUR expected)\n" in out
    assert "\nTogether (10 of 24 days, 14 unused; 4 k EUR expected)\n" in out


def test_several_plans_are_one_list(run: Run, book: Path):
    (choice,) = focus(run, "--capacity", "60d")["choices"]
    assert [(one["rank"], one["opportunity"]) for one in choice["pursue"]] == [(1, "crane-rollout"), (2, "oil-renewal")]
    assert "line" not in choice["pursue"][0]


def test_a_plan_with_errors_is_left_out_and_told(run: Run, meridian: Path, plan: Callable[..., Path]):
    plan("profile: {}\n", "broken")
    assert run("rank", "--capacity", "75d").status == 1


def test_without_opportunities_there_is_nothing_to_choose(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan("profile: {name: Acme}\n")
    assert focus(run, "--capacity", "75d")["choices"][0]["pursue"] == []
    terminal(80)
    assert "nothing to choose from" in run("rank", "--capacity", "75d").out


# Days that are left over, and what no choice was made about


def test_it_is_said_how_many_days_more_let_another_one_in(
    run: Run, meridian: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    (choice,) = focus(run, "--capacity", "75d")["choices"]
    name = {"plan": "plans/meridian.yaml"}
    assert choice["more_days"] == {"days": 7, "come": [name | {"opportunity": "sensors"}], "gone": []}
    for days, pursued_now in ((81, ["platform", "study"]), (82, ["platform", "study", "sensors"])):
        assert pursued(focus(run, "--capacity", f"{days}d")) == {None: pursued_now}
    assert focus(run, "--capacity", "11d")["choices"][0]["more_days"]["days"] == 11
    assert focus(run, "--capacity", "10000d")["choices"][0]["more_days"] is None
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(160)
    assert "\n7 more days would let Sensors in\n" in run("rank", "--capacity", "75d").out
    assert "\n1 more day would let Sensors in\n" in run("rank", "--capacity", "81d").out
    assert "more day" not in run("rank", "--capacity", "10000d").out


def test_what_would_give_way_then_is_said_too(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan(
        "profile: {name: Acme}\nopportunities:\n"
        "  a: {name: Small, value: 10, probability: 1, effort_days: 5}\n  b: {name: Large, value: 90, probability: 1, effort_days: 20}\n"
    )
    terminal(100)
    assert "14 more days would let Large in, instead of Small\n" in run("rank", "--capacity", "6d").out


def test_those_of_other_owners_were_not_asked_about(
    run: Run, meridian: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    answer = focus(run, "--capacity", "yusuf=22d")
    assert [(one["opportunity"], one["missing"]) for one in answer["not_asked_about"]] == [
        ("contract", ["capacity"]),
        ("platform", ["capacity"]),
    ]
    assert [one["opportunity"] for one in answer["not_weighed"]] == ["later"]
    assert run("rank", "--capacity", "yusuf=22d").out.count("\nnot_asked_about\t") == 2
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(100)
    apart, others = run("rank", "--capacity", "yusuf=22d").out.split("\n\n")[1:3]
    assert apart.startswith("Cannot be weighed\n")
    assert others.startswith("Not asked about (other owners)\n")
    assert others.count("Ines Carvalho") == 2
    assert "Monitoring platform" not in apart


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("value: 5, probability: 1", "Mats Ekdahl has 1 deal, without days: add effort_days to a"),
        (
            "value: 5",
            "Mats Ekdahl has 1 deal, which cannot be weighed yet: add stage and effort_days to a",
        ),
        (
            "value: 5, probability: 1, owner: mats}, b: {name: B, value: 5, probability: 1",
            "2 deals, without days: add effort_days to a; effort_days to b",
        ),
    ],
)
def test_what_somebodys_deals_lack_is_said(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], fields: str, said: str):
    plan(f"profile: {{name: Acme}}\nteam: {{mats: {{name: Mats Ekdahl}}}}\nopportunities: {{a: {{name: A, {fields}, owner: mats}}}}\n")
    terminal(160)
    assert said in run("rank", "--capacity", "mats=10d").out


def test_what_an_answer_decides_against_takes_no_days(
    run: Run, meridian: Path, tmp_path: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "acctplan.toml").write_text(
        '[scorecards.fit]\nname = "Fit"\nquestions.near = {ask = "Is the site within two hours?", gate = true}\n', encoding="utf-8"
    )
    run("score", "study", "--card", "fit", "--answer", "near=-")
    answer = focus(run, "--capacity", "75d")
    assert pursued(answer) == {None: ["platform", "sensors"]}
    (no,) = answer["decided_against"]
    assert (no["opportunity"], [(one["card"], one["question"], one["words"]) for one in no["because"]]) == (
        "study",
        [("fit", "near", "no")],
    )
    (row,) = [line.split("\t") for line in run("rank", "--capacity", "75d").out.splitlines() if line.startswith("decided_against\t")]
    assert (row[6], row[-1]) == ("study", "fit: Is the site within two hours? no")
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(160)
    (block,) = [part for part in run("rank", "--capacity", "75d").out.split("\n\n") if part.startswith("Decided against\n")]
    assert "Energy study" in block
    assert "fit: Is the site within two hours? no" in block
