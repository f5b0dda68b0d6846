"""`acctplan check`: what is looked at, what is waived, what fails, what is mended."""

from __future__ import annotations

import json
import subprocess

import pytest

TODAY = ("--today", "2026-11-21")
PLAN = "profile: {name: Acme}\ncontacts:\n  ann: {name: Ann, title: CEO, influence: high}\n"


def rules(answer) -> list[str]:
    return [one["rule"] for one in json.loads(answer.out)["diagnostics"]]


def test_select_and_ignore(run, plan):
    plan(PLAN)
    assert rules(run("check", "--json", "--select", "contacts/no-decision-maker", *TODAY)) == ["contacts/no-decision-maker"]
    every = rules(run("check", "--json", *TODAY))
    assert rules(run("check", "--json", "--ignore", "contacts", *TODAY)) == [name for name in every if not name.startswith("contacts/")]


def test_settings_select_grade_and_waive(run, plan, tmp_path):
    plan(PLAN)
    (tmp_path / "acctplan.toml").write_text(
        '[check]\nselect = ["contacts"]\nseverities = {contacts = "error"}\n'
        'waivers = [{rule = "contacts/unknown-stance", plan = "acme", reason = "soon"}]\n',
        encoding="utf-8",
    )
    answer = run("check", "--json", "--level", "working", "--show-waived", *TODAY)
    report = json.loads(answer.out)
    assert answer.status == 1
    assert {one["severity"] for one in report["diagnostics"]} == {"error"}
    assert "contacts/unknown-stance" not in rules(answer)
    assert [(one["rule"], one["reason"]) for one in report["waived"]] == [("contacts/unknown-stance", "soon")]


@pytest.mark.parametrize(("option", "hint"), [("--select", "did you mean contacts?"), ("--ignore", "did you mean contacts?")])
def test_an_unknown_rule_is_a_bad_request(run, plan, option, hint):
    plan(PLAN)
    answer = run("check", option, "contcts")
    assert (answer.status, hint in answer.err) == (2, True)


def test_waived_findings_are_listed_on_request(run, plan):
    plan(PLAN.replace("contacts:", "contacts:  # acctplan: ignore[contacts]: new here"))
    assert "Waived" not in run("check", *TODAY).out
    assert "plans/acme.yaml:2 contacts/no-decision-maker: new here" in run("check", "--show-waived", *TODAY).out


def test_advice_does_not_fail_unless_it_is_asked_to(run, plan):
    plan(PLAN)
    assert run("check", "--select", "contacts/no-decision-maker").status == 0
    assert run("check", "--select", "contacts/no-decision-maker", "--fail-on", "advice").status == 1


@pytest.mark.parametrize(("percent", "status"), [(0, 0), (100, 1)])
def test_fail_under(run, plan, percent, status):
    plan(PLAN)
    assert run("check", "--fail-under", percent, *TODAY).status == status


def test_completeness_is_told(run, plan):
    plan(PLAN)
    answer = run("check", "--select", "contacts", "--level", "start", *TODAY)
    assert "plans/acme.yaml is 0 % complete at level start: 0 of 1 checks passed" in answer.out
    assert "would help most: 1. nobody here is known as a decision maker" in answer.out


class TestFix:
    BROKEN = PLAN.replace("influence: high", "influence: High, last_contact: 2026/1/5  # keep")

    @pytest.fixture(autouse=True)
    def _broken(self, plan):
        self.path = plan("profile: {name: Acme}\ncontacts:\n  ann:\n    influence: High  # keep\n    last_contact: 2026/1/5\n")
        self.before = self.path.read_text(encoding="utf-8")

    def test_mends_and_then_checks(self, run):
        answer = run("check", "--fix", "--select", "contacts/no-decision-maker", *TODAY)
        assert self.path.read_text(encoding="utf-8") == self.before.replace("High", "high").replace("2026/1/5", "2026-01-05")
        assert answer.err == (
            "mended plans/acme.yaml\n  line 4: influence High → high\n  line 5: last_contact 2026/1/5 → 2026-01-05\n"
            "  nothing is left that keeps it from being used\n"
        )
        assert "contacts/no-decision-maker" in answer.out
        assert answer.status == 0

    def test_says_how_much_is_left(self, run):
        self.path.write_text(self.before + "opportunities: {a: {name: A, close_date: 12.11.2026}}\n", encoding="utf-8")
        answer = run("check", "--fix", *TODAY)
        assert answer.err.endswith("\n  1 error is left\n")
        assert "12.11.2026 can be 12 November or 11 December: write 2026-11-12 or 2026-12-11" in answer.out

    def test_diff_writes_nothing(self, run):
        answer = run("check", "--fix", "--diff", *TODAY)
        assert self.path.read_text(encoding="utf-8") == self.before
        assert "-    influence: High  # keep\n+    influence: high  # keep\n" in answer.out.replace("\n-    last_contact: 2026/1/5", "")

    def test_says_when_there_is_nothing_to_mend(self, run):
        run("check", "--fix")
        assert "nothing that has one safe answer" in run("check", "--fix").err


class TestChanged:
    @pytest.fixture(autouse=True)
    def _repository(self, plan, tmp_path):
        self.write = plan
        plan(PLAN)
        plan(PLAN, "other")
        for command in (
            ("init", "-q", "-b", "main"),
            ("add", "."),
            ("-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-q", "-m", "first"),
        ):
            subprocess.run(["git", "-C", str(tmp_path), *command], check=True)

    def test_nothing_changed(self, run):
        answer = run("check", "--changed", "main", "--json", *TODAY)
        assert (json.loads(answer.out)["plans"], rules(answer)) == (0, [])

    def test_only_what_is_new_in_plans_that_changed(self, run):
        self.write("# a line more\n" + PLAN + "opportunities:\n  one: {name: One, status: open, close_date: 2026-01-01}\n")
        answer = run("check", "--changed", "main", "--json", "--level", "start", *TODAY)
        assert {one["path"] for one in json.loads(answer.out)["diagnostics"]} == {"plans/acme.yaml"}
        assert "opportunities/close-date-passed" in rules(answer)
        assert "contacts/no-decision-maker" not in rules(answer)

    def test_all_of_a_new_plan(self, run):
        self.write(PLAN, "third")
        assert "contacts/no-decision-maker" in rules(run("check", "--changed", "main", "--json", *TODAY))

    def test_how_complete_a_plan_is_is_left_to_the_whole(self, run):
        self.write("# a line more\n" + PLAN)
        assert "% complete" not in run("check", "--changed", "main", *TODAY).out
        assert "% complete" in run("check", "acme", *TODAY).out
        assert run("check", "--changed", "main", "--fail-under", 100, *TODAY).status == 1

    def test_an_unknown_revision(self, run):
        answer = run("check", "--changed", "nope")
        assert (answer.status, "git knows no revision 'nope'" in answer.err) == (2, True)


def test_statistics_count_the_rules(run, plan):
    plan(PLAN)
    answer = run("check", "--statistics", "--format", "concise", *TODAY)
    assert "     1  contacts/no-decision-maker\n" in answer.err
    assert len(answer.err.splitlines()) == len({line.split()[2] for line in answer.out.splitlines()})


def test_waivers_of_the_settings_that_nothing_needs_are_findings_for_the_whole_book(run, plan, tmp_path):
    plan(PLAN)
    (tmp_path / "acctplan.toml").write_text('[check]\nwaivers = [{rule = "meetings/overdue", reason = "late"}]\n', encoding="utf-8")
    assert ("acctplan.toml", 2, "waivers/unused") in [
        (one["path"], one["line"], one["rule"]) for one in json.loads(run("check", "--json", *TODAY).out)["diagnostics"]
    ]
    assert "waivers/unused" not in rules(run("check", "acme", "--json", *TODAY))


def test_a_line_fits_the_terminal_and_is_whole_in_a_pipe(run, book, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    piped = run("check", *TODAY).out
    terminal(1000)
    assert run("check", *TODAY).out == piped
    terminal(60)
    assert max(map(len, run("check", *TODAY).out.splitlines())) <= 60


def test_of_more_than_ten_plans_advice_is_counted_unless_rules_are_named(run, plan):
    for number in range(11):
        plan(PLAN, f"acme-{number}")
    counted = "11 × contacts/no-decision-maker: nobody at the customer is known as a decision maker\n"
    out = run("check", *TODAY).out
    assert counted in out
    assert out.endswith("'acctplan check --format concise' for all\n")
    assert "advice contacts/no-decision-maker" not in out
    named = run("check", "--select", "contacts", *TODAY).out
    assert (counted in named, named.count("advice contacts/no-decision-maker")) == (False, 11)
    assert run("check", "acme-3", *TODAY).out.count("advice contacts/no-decision-maker") == 1
