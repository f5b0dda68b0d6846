"""`acctplan review`: the pack for a one-on-one, what nobody has reviewed yet, and what signing writes."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.cli import asking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
LATER = ("--today", "2026-12-01")
ACME = """\
profile: {name: Acme, currency: EUR}   # ours since 2019
team: {ines: {name: Ines Carvalho, email: ines@ours.example}, gesa: {name: Gesa Thomsen}}
contacts: {lena: {name: Lena Vos, stance: STANCE, influence: high}}
opportunities:
  cranes: {name: All cranes, value: VALUE, status: open, close_date: 2026-11-01, buying_roles: {lena: {}}}
  study: {name: Study}
"""


def acme(stance: str = "neutral", value: int = 100, more: str = "") -> str:
    return ACME.replace("STANCE", stance).replace("VALUE", str(value)) + more


def git(*arguments: str, day: str = "2026-11-21") -> None:
    when = {"GIT_COMMITTER_DATE": f"{day}T12:00:00", "GIT_AUTHOR_DATE": f"{day}T12:00:00"}
    names = ("-c", "user.name=Ann", "-c", "user.email=ann@ours.example")
    subprocess.run(["git", *names, *arguments], check=True, capture_output=True, env=os.environ | when)


def commit(day: str = "2026-11-21") -> None:
    git("add", "-A")
    git("commit", "-q", "-m", day, day=day)


@pytest.fixture(autouse=True)
def _book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    (tmp_path / "acctplan.toml").touch()


@pytest.fixture
def signed(run: Run, plan: Callable[..., Path]) -> Path:
    """A plan that was signed and committed."""
    git("init", "-q")
    path = plan(acme())
    assert run("review", "acme", "--sign", "Go on", "--by", "ines", "--verdict", "approved", *TODAY).status == 0
    commit()
    return path


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def pack(run: Run, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("review", "acme", *LATER, *arguments, "--json").out)
    return found


def suspects(run: Run) -> list[str]:
    return [one["pointer"] for one in pack(run)["suspects"]]


def test_signing_writes_who_what_and_a_fingerprint_and_nothing_else(run: Run, plan: Callable[..., Path]):
    path = plan(acme())
    answer = run("review", "acme", "--sign", "Go for  it", "--by", "gesa", "--verdict", "changes_wanted", *TODAY)
    assert (answer.status, answer.out) == (0, "")
    assert answer.err == (
        "plans/acme.yaml: signed by Gesa Thomsen, changes wanted\nthe plan is at level review now: acctplan check acme asks more of it\n"
    )
    before, _, after = path.read_text("utf-8").partition("reviews:")
    assert before == acme()
    lines = [line.strip() for line in after.splitlines() if line.strip()]
    assert lines[:4] == ["2026-11-21:", "by: gesa", "verdict: changes_wanted", "notes: Go for it"]
    assert lines[4].startswith("fingerprint: p1-")
    assert len(lines) == 5


def test_only_the_first_review_asks_more_of_the_plan(run: Run, signed: Path):
    assert "level" not in run("review", "acme", "--sign", "Again", "--by", "gesa", *LATER).err


def test_an_account_manager_who_reviews_the_plan_is_told_what_that_is_worth(run: Run, plan: Callable[..., Path]):
    plan(acme().replace("currency: EUR", "currency: EUR, account_manager: ines"))
    said = "Ines Carvalho is this plan's account manager: a review by somebody else is worth more\n"
    assert said in run("review", "acme", "--sign", "Go", "--by", "ines", *TODAY).err
    assert said not in run("review", "acme", "--sign", "Go", "--by", "gesa", *LATER).err


@pytest.mark.parametrize(
    ("begin", "hint"),
    [
        (
            [],
            "what was reviewed cannot be found again, once the plan has changed: git knows no repository around ",
        ),
        ([["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "x"]], ": git add plans/acme.yaml, then git commit -m Reviewed plans/"),
        ([["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]], " can be told: git commit -m Reviewed plans/acme.yaml"),
    ],
)
def test_what_keeps_the_plan_as_it_was_signed_is_said(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], begin: list[list[str]], hint: str
):
    plan(acme())
    for arguments in begin:
        git(*arguments)
    terminal(100)
    assert hint in run("review", "acme", "--sign", "Go", "--by", "ines", *TODAY).err


def test_diff_shows_what_signing_would_write_and_writes_nothing(run: Run, plan: Callable[..., Path]):
    path = plan(acme())
    answer = run("review", "acme", "--sign", "Go", "--by", "gesa", "--diff", *TODAY)
    assert "+  2026-11-21: {by: gesa, notes: Go, fingerprint: p1-" in answer.out
    assert path.read_text("utf-8") == acme()


@pytest.mark.parametrize(
    ("settings", "by"),
    [
        ({"user.email": "Ines@ours.example", "user.name": "Somebody"}, "ines"),
        ({"user.email": "else@ours.example", "user.name": "gesa thomsen"}, "gesa"),
    ],
)
def test_whoever_git_says_works_here_signs(
    run: Run, plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], by: str
):
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(settings)))
    for number, (key, value) in enumerate(settings.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    path = plan(acme())
    assert run("review", "acme", "--sign", "Go", *TODAY).status == 0
    assert f"2026-11-21: {{by: {by}, notes: Go," in path.read_text("utf-8")


def test_off_a_terminal_nobody_is_asked_who_signs(run: Run, plan: Callable[..., Path]):
    plan(acme())
    answer = run("review", "acme", "--sign", "Go", *TODAY)
    assert answer.status == 2
    assert answer.err.endswith("ines (Ines Carvalho), gesa (Gesa Thomsen):\n  say who: --by ID, one of the plan's team\n")


def test_on_a_terminal_somebody_is(run: Run, plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    path = plan(acme())
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "Thomsen")
    assert run("review", "acme", "--sign", "Go", *TODAY).status == 0
    assert "2026-11-21: {by: gesa, notes: Go," in path.read_text("utf-8")
    monkeypatch.setattr("builtins.input", lambda _: "")
    assert run("review", "acme", "--sign", "Go", *LATER).err == "acctplan: nobody signed\n  say who: --by ID\n"


def test_signing_twice_a_day_covers_what_the_plan_says_by_then_and_keeps_both_notes(run: Run, signed: Path):
    first = pack(run)["last_review"]["fingerprint"]
    edited(signed, "value: 100", "value: 200")
    answer = run("review", "acme", "--sign", "And the price", "--by", "ines", *TODAY)
    assert "signed again by Ines Carvalho: the review of today now covers what the plan says" in answer.err
    last = pack(run)["last_review"]
    assert (last["notes"], last["verdict"]) == ("Go on\nAnd the price", "approved")
    assert last["fingerprint"] != first
    assert pack(run)["basis"] == "same"
    assert run("review", "acme", "--sign", "And the price", "--by", "ines", *TODAY).err == "nothing to change: the plan says so already\n"


def test_notes_on_one_line_stay_on_one(run: Run, plan: Callable[..., Path]):
    path = plan(acme(more="reviews: {2026-11-21: {by: ines, notes: Go on}}\n"))
    assert run("review", "acme", "--sign", "Ask her", "--by", "ines", *TODAY).status == 0
    assert "{by: ines, notes: Go on | Ask her, fingerprint: p1-" in path.read_text("utf-8")


def test_nobody_writes_over_the_review_of_somebody_else(run: Run, signed: Path):
    before = signed.read_text("utf-8")
    answer = run("review", "acme", "--sign", "No", "--by", "gesa", *TODAY)
    assert answer.status == 2
    assert answer.err == (
        "acctplan: plans/acme.yaml: Ines Carvalho has reviewed it today, and a day has one review\n"
        "  sign tomorrow, or add to theirs with --by ines\n"
    )
    assert signed.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["acme", "--sign", "  "], "a text without a word"),
        (["acme", "--sign", "Go", "--by", "gsa"], "nobody in the team may be meant by gsa\n  did you mean gesa?"),
        (["acme", "--sign", "Go", "--by", "nobody"], "nobody in the team may be meant by nobody"),
        (["bare", "--sign", "Go", "--by", "ines"], "nobody can sign: the plan names nobody under 'team'"),
        (["acme", "--by", "ines"], "--by goes with --sign"),
        (["acme", "--verdict", "approved"], "--verdict goes with --sign"),
        (["acme", "--diff"], "--diff goes with --sign or --confirm"),
        (["acme", "--sign", "Go", "--confirm", "all"], "--sign and --confirm are different things"),
        (["--sign", "Go", "--by", "ines"], "one plan at a time is reviewed"),
        (["acme", "--confirm", "all"], "plans/acme.yaml: nobody has reviewed it yet"),
        (["acme", "--confirm", " , "], "nothing to confirm was named"),
        (["broken", "--sign", "Go"], "plans/broken.yaml:1: 'name' is missing"),
    ],
)
def test_what_cannot_be_recorded_is_refused(run: Run, plan: Callable[..., Path], arguments: list[str], message: str):
    paths = [plan(acme()), plan("profile: {name: Bare}\n", "bare"), plan("profile: {}\n", "broken")]
    before = [path.read_text("utf-8") for path in paths]
    answer = run("review", *arguments, *TODAY)
    assert answer.status == 2
    assert f"acctplan: {message}" in answer.err
    assert [path.read_text("utf-8") for path in paths] == before


def test_what_changed_since_it_was_signed_is_not_yet_reviewed_committed_or_not(run: Run, signed: Path):
    assert (pack(run)["basis"], pack(run)["not_yet_reviewed"], pack(run)["suspects"]) == ("same", [], [])
    edited(signed, "value: 100", "value: 150")
    commit("2026-11-25")
    edited(signed, "value: 150", "value: 200")
    found = pack(run)
    assert (found["basis"], found["remark"]) == ("signed", None)
    assert [one["sentence"] for one in found["not_yet_reviewed"]] == ["All cranes: value 100 → 200 EUR (+100 %)"]
    edited(signed, "value: 200", "value: 100")
    assert pack(run)["basis"] == "same"


def test_what_was_committed_between_the_review_and_the_day_of_its_end_does_not_blur_it(run: Run, signed: Path):
    edited(signed, "value: 100", "value: 150")
    commit("2026-11-21")
    assert [one["after"] for one in pack(run)["not_yet_reviewed"]] == ["150"]


def test_diff_goes_back_to_what_was_signed_as_the_review_does(run: Run, signed: Path):
    edited(signed, "value: 100", "value: 150")
    commit("2026-11-21")
    found = json.loads(run("diff", "acme", *LATER, "--json").out)["plans"][0]
    assert [one["sentence"] for one in found["changes"]] == ["All cranes: value 100 → 150 EUR (+50 %)"]
    assert (found["since"], found["commit"]) == ({"review": "2026-11-21"}, pack(run)["commit"])


def test_diff_asks_git_nothing_where_the_plan_means_what_was_signed(run: Run, plan: Callable[..., Path]):
    plan(acme())
    assert run("review", "acme", "--sign", "Go on", "--by", "ines", *TODAY).status == 0
    found = json.loads(run("diff", "acme", *LATER, "--json").out)["plans"][0]
    assert (found["changes"], found["commit"], found["not_compared"]) == ([], None, None)


def test_whatever_relied_on_a_stance_that_changed_is_suspect_until_it_is_confirmed(run: Run, signed: Path):
    edited(signed, "stance: neutral", "stance: negative")
    assert suspects(run) == ["opportunities.cranes"]
    assert pack(run)["suspects"][0]["why"] == "relies on Lena Vos: stance neutral → negative"
    answer = run("review", "acme", "--confirm", "opportunities.cranes", *LATER)
    assert (answer.status, answer.err) == (0, "plans/acme.yaml: confirmed: opportunities.cranes\n")
    assert "confirmed:" in signed.read_text("utf-8")
    assert (suspects(run), pack(run)["confirmed"]) == ([], ["opportunities.cranes"])
    assert run("review", "acme", "--confirm", "opportunities.cranes", *LATER).err == "nothing to change: the plan says so already\n"
    edited(signed, "stance: negative", "stance: supportive")
    assert suspects(run) == ["opportunities.cranes"]
    assert run("review", "acme", "--confirm", "all", *LATER).status == 0
    assert suspects(run) == []
    assert signed.read_text("utf-8").count("opportunities.cranes") == 1


def test_a_new_review_settles_what_was_suspect(run: Run, signed: Path):
    edited(signed, "stance: neutral", "stance: negative")
    run("review", "acme", "--sign", "We know", "--by", "gesa", *LATER)
    assert (pack(run)["basis"], suspects(run)) == ("same", [])


@pytest.mark.parametrize(
    ("pointer", "hint"), [("opportunities.crane", "did you mean opportunities.cranes?"), ("zzz", "suspect: opportunities.cranes")]
)
def test_only_what_is_suspect_can_be_confirmed(run: Run, signed: Path, pointer: str, hint: str):
    edited(signed, "stance: neutral", "stance: negative")
    assert run("review", "acme", "--confirm", pointer, *LATER).err == f"acctplan: {pointer} is not suspect\n  {hint}\n"


def test_a_review_that_is_not_signed_is_compared_with_what_git_has_of_that_day_and_that_is_said(run: Run, plan: Callable[..., Path]):
    git("init", "-q")
    reviews = "reviews: {2026-10-01: {by: ines}}\n"
    (plan(acme("negative", more=reviews)), commit("2026-10-01"))
    plan(acme("neutral", more=reviews))
    found = pack(run)
    assert found["basis"] == "day"
    assert found["remark"] == "that review is not signed: compared with what git has of the end of that day"
    assert [one["sentence"] for one in found["not_yet_reviewed"]] == ["Lena Vos: negative → neutral"]


def test_what_was_signed_and_never_committed_is_said(run: Run, plan: Callable[..., Path]):
    git("init", "-q")
    path = plan(acme("supportive"))
    commit("2026-11-20")
    edited(path, "supportive", "neutral")
    run("review", "acme", "--sign", "Go", "--by", "ines", *TODAY)
    edited(path, "neutral", "negative")
    found = pack(run)
    assert found["remark"] == "what was signed is in no commit around that day: compared with what git has of the end of that day"
    assert [one["sentence"] for one in found["not_yet_reviewed"]] == ["Lena Vos: supportive → negative"]


def test_a_plan_that_is_younger_in_git_than_its_review_is_compared_with_the_first_that_git_has(run: Run, plan: Callable[..., Path]):
    git("init", "-q")
    (plan("profile: {name: Other}\n", "other"), commit("2026-09-01"))
    (plan(acme(more="reviews: {2026-10-01: {by: ines}}\n")), commit("2026-10-05"))
    remark = "that review is not signed: compared with the first that git has of it, of 2026-10-05"
    assert (pack(run)["remark"], pack(run)["not_yet_reviewed"]) == (remark, [])


@pytest.mark.parametrize("is_signed", [True, False])
def test_without_git_it_is_said_that_nothing_can_be_told(run: Run, plan: Callable[..., Path], is_signed: bool):
    path = plan(acme(more="" if is_signed else "reviews: {2026-11-21: {by: ines}}\n"))
    if is_signed:
        run("review", "acme", "--sign", "Go", "--by", "ines", *TODAY)
        assert pack(run)["basis"] == "same"
    edited(path, "stance: neutral", "stance: negative")
    found = pack(run)
    assert (found["basis"], found["not_yet_reviewed"], found["suspects"], found["commit"]) == ("unknown", None, None, None)
    words = (
        "it has changed since it was signed, but what has changed cannot be told: "
        if is_signed
        else "what has changed since cannot be told: "
    )
    assert found["remark"].startswith(words)
    assert run("review", "acme", "--confirm", "all", *LATER).status == 2


def test_a_fingerprint_of_another_making_is_not_looked_for(run: Run, plan: Callable[..., Path]):
    git("init", "-q")
    review = "reviews: {2026-10-01: {by: ines, fingerprint: p9-0123456789abcdef}}\n"
    (plan(acme(more=review)), commit("2026-10-01"))
    found = pack(run)
    remark = "that review was signed with another version of acctplan: compared with what git has of the end of that day"
    assert (found["basis"], found["remark"]) == ("day", remark)


def test_what_had_errors_when_it_was_reviewed_cannot_be_compared(run: Run, plan: Callable[..., Path]):
    git("init", "-q")
    (plan("profile: [", "acme"), commit("2026-10-01"))
    plan(acme(more="reviews: {2026-10-01: {by: ines}}\n"))
    found = pack(run)
    why = "had errors at the review of 2026-10-01, so it cannot be compared"
    assert (found["basis"], found["remark"]) == ("unknown", f"what has changed since cannot be told: {why}")


def test_states_of_the_plan_with_errors_are_passed_over(run: Run, signed: Path):
    whole = signed.read_text("utf-8")
    signed.write_text("profile: [", "utf-8")
    commit("2026-11-21")
    signed.write_text(whole.replace("value: 100", "value: 120"), "utf-8")
    assert [one["after"] for one in pack(run)["not_yet_reviewed"]] == ["120"]


def test_the_pack_for_programs_has_ranks_then_and_now(run: Run, signed: Path):
    edited(signed, "study: {name: Study}", "study: {name: Study, value: 900_000, stage: proposal, status: open}\n  late: {name: Late}")
    found = pack(run)
    assert {one["id"]: (one["rank"], one["rank_at_review"]) for one in found["opportunities"]} == {
        "study": (1, 2),
        "cranes": (2, 1),
        "late": (3, None),
    }
    assert found["last_review"]["by_name"] == "Ines Carvalho"
    assert set(found["health"]) == {"completeness", "freshness", "coverage", "execution"}
    assert [one["what"] for one in found["late"]] == ["All cranes"]
    assert 1 <= len(found["questions"]) <= 5


def test_the_pack_for_people(run: Run, signed: Path, terminal: Callable[[int], None]):
    edited(signed, "stance: neutral", "stance: negative")
    terminal(100)
    out = run("review", "acme", *LATER).out
    for words in (
        "Acme: the pack for a review",
        "last review: 2026-11-21 by Ines Carvalho, 10 days ago: approved (signed)",
        "“Go on”",
        "Not yet reviewed: 1 change since 2026-11-21",
        "Lena Vos: neutral → negative",
        "Suspect until confirmed: 1",
        "All cranes: relies on Lena Vos: stance neutral → negative",
        "coverage: 0 of 1 (0 %) poor",
        "All cranes:",
        "close date, All cranes: due 2026-11-01, 30 days late",
        "Does this still hold: All cranes?",
    ):
        assert words in out
    assert all(len(line) <= 100 for line in out.splitlines())


def test_a_plan_without_a_review_has_a_pack_too(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]):
    plan(acme())
    terminal(100)
    out = run("review", "acme", *LATER).out
    assert "last review: never reviewed" in out
    assert "everything: nobody has reviewed it yet" in out
    assert "Suspect" not in out


def test_the_book_says_when_each_plan_was_reviewed_the_longest_ago_first(
    run: Run, signed: Path, plan: Callable[..., Path], terminal: Callable[[int], None]
):
    edited(signed, "stance: neutral", "stance: negative")
    plan(acme().replace("name: Acme", "name: Never"), "never")
    plan(acme(more="reviews: {2026-10-01: {by: gesa, verdict: changes_wanted}}\n").replace("name: Acme", "name: Unsigned"), "unsigned")
    rows = [line.split("\t") for line in run("review", *LATER).out.splitlines()]
    assert [(row[1], row[2], row[5], row[8], row[9], row[10]) for row in rows] == [
        ("account", "last_review", "signed", "basis", "unreviewed", "suspects"),
        ("Never", "", "", "never", "", ""),
        ("Unsigned", "2026-10-01", "no", "unknown", "", ""),
        ("Acme", "2026-11-21", "yes", "signed", "1", "1"),
    ]
    terminal(120)
    answer = run("review", *LATER)
    shown = {line.split()[0]: line.split() for line in answer.out.splitlines() if line.strip()}
    assert shown["Never"][-1] == "all"
    assert shown["Unsigned"][-2:] == ["?", "?"]
    assert shown["Acme"][-2:] == ["1", "1"]
    assert "? plans/unsigned.yaml: what has changed since cannot be told: " in answer.err


def test_what_git_has_of_the_day_of_an_unsigned_review_is_marked_in_the_table(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None]
):
    git("init", "-q")
    reviews = "reviews: {2026-10-01: {by: ines}}\n"
    (plan(acme("negative", more=reviews)), commit("2026-10-01"))
    plan(acme("neutral", more=reviews))
    terminal(120)
    answer = run("review", *LATER)
    assert next(line for line in answer.out.splitlines() if "Acme" in line).split()[-2:] == ["~1", "1"]
    assert "~ not signed, so compared with what git has of that day\n" in answer.err


def test_a_plan_with_errors_is_left_out_of_the_book_and_of_json(run: Run, signed: Path, plan: Callable[..., Path]):
    plan("profile: {}\n", "broken")
    answer = run("review", "--json", *LATER)
    assert answer.status == 1
    assert [one["plan"] for one in json.loads(answer.out)["plans"]] == ["plans/acme.yaml"]
    assert "plans/broken.yaml: left out" in answer.err


def test_the_document_of_a_review_tells_what_changed_since_it_was_signed(run: Run, signed: Path):
    """Also of the same day: the end of that day is not what was signed."""
    edited(signed, "stance: neutral", "stance: negative")
    commit()
    page = run("render", "acme", "--as", "review", "--format", "md", "-o", "-", *LATER).out
    assert "neutral → negative" in page
    assert "- **All cranes**: relies on Lena Vos: stance neutral → negative\n" in page
    assert run("review", "acme", "--confirm", "all", *LATER).status == 0
    page = run("render", "acme", "--as", "review", "--format", "md", "-o", "-", *LATER).out
    assert "neutral → negative" in page
    assert "relies on" not in page
