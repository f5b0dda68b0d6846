"""`acctplan new`: a plan that is valid as it stands, or last period's rolled forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from acctplan.config import Config
from acctplan.loader import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from acctplan.model import Plan
    from conftest import Run

TODAY = ("--today", "2026-11-21")


@pytest.fixture(autouse=True)
def _book(tmp_path: Path):
    """The working folder is a book."""
    (tmp_path / "acctplan.toml").touch()


def plans(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "plans").glob("*"))


def read(path: Path) -> Plan:
    found = load(path.read_text("utf-8"), path.name, Config())
    assert found.plan is not None
    return found.plan


def test_a_new_plan_is_ten_minutes_work(run: Run, tmp_path: Path):
    assert run("new", "  Meridian   Foods ", *TODAY) == (0, "", "wrote plans/meridian-foods.yaml\n")
    plan = read(tmp_path / "plans/meridian-foods.yaml")
    assert (plan.profile.name, plan.profile.currency, str(plan.profile.starts)) == ("Meridian Foods", "EUR", "2026-11-01")
    assert plan.team[plan.profile.account_manager or ""].name == "Amira Haddad"
    assert list(plan.opportunities) == ["best-opportunity"]


def test_what_is_known_is_written(run: Run, tmp_path: Path):
    run("new", "Acme", "--manager", "Jörg O'Neil", "--starts", "2027-04-01", "--currency", "USD")
    plan = read(tmp_path / "plans/acme.yaml")
    assert (str(plan.profile.starts), str(plan.profile.ends), plan.profile.currency) == ("2027-04-01", "2028-03-31", "USD")
    assert {key: member.name for key, member in plan.team.items()} == {"joerg-oneil": "Jörg O'Neil"}


def test_nobody_known_is_left_open(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    assert run("new", "Acme").status == 0
    assert read(tmp_path / "plans/acme.yaml").profile.account_manager is None


@pytest.mark.parametrize("arguments", [[], ["--full"]], ids=["ten minutes", "full"])
def test_the_first_check_finds_nothing_worse_than_advice(run: Run, arguments: list[str]):
    run("new", "Acme", *arguments, *TODAY)
    checked = run("check", "acme", *TODAY)
    assert checked.status == 0
    assert " advice " in checked.out
    assert " error " not in checked.out
    assert " warning " not in checked.out


def test_a_full_plan_explains_every_section(run: Run, tmp_path: Path):
    run("new", "Acme", "--full")
    text = (tmp_path / "plans/acme.yaml").read_text("utf-8")
    assert "# white_space:" in text
    assert "# risks:" in text


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Müller & Söhne GmbH", "mueller-soehne-gmbh.yaml"),
        ("O'Neil's", "oneils.yaml"),
        ("a.b/c\\d:e", "a-b-c-d-e.yaml"),
        ("../../etc/passwd", "etc-passwd.yaml"),
        ("- --", None),
        ("...", None),
        ("CON", "con-account.yaml"),
        ("lpt1", "lpt1-account.yaml"),
        ("null", "null.yaml"),
        ("2026", "2026.yaml"),
        ("x" * 300, "x" * 60 + ".yaml"),
        ("東京電力", None),
        ("\U0001f389\U0001f389", None),
        ("Tokyo 東京", "tokyo.yaml"),
    ],
)
def test_the_file_is_named_after_the_customer_in_plain_letters(run: Run, tmp_path: Path, name: str, file: str | None):
    answer = run("new", "--manager", "Amira", "--", name)
    if file is None:
        assert answer.status == 2
        assert answer.err == (
            "acctplan: no file name can be made from this customer's name\n  choose one: acctplan new NAME --id tokyo-power\n"
        )
        assert plans(tmp_path) == []
        answer = run("new", "--id", "our-name", "--", name)
        file = "our-name.yaml"
    assert (answer.status, answer.err) == (0, f"wrote plans/{file}\n")
    assert plans(tmp_path) == [file]
    assert read(tmp_path / "plans" / file).profile.name == name


@pytest.mark.parametrize(
    ("plan_id", "proposal"),
    [
        ("Meridian", "meridian"),
        ("a b", "a-b"),
        ("a/b", "a-b"),
        ("../a", "a"),
        ("a.yaml", "a-yaml"),
        ("con", "con-account"),
        ("", "meridian-foods"),
        ("-", "meridian-foods"),
        ("a--b", "a-b"),
        ("東京", "meridian-foods"),
        ("a" * 81, "a" * 60),
    ],
)
def test_an_id_that_is_no_file_name_is_refused_with_one_that_is(run: Run, tmp_path: Path, plan_id: str, proposal: str):
    hint = f"  lower-case letters, digits and hyphens, for example --id {proposal}\n"
    assert run("new", "Acme", "--id", plan_id) == (2, "", f"acctplan: '{plan_id}' cannot be a plan's name\n{hint}")
    assert plans(tmp_path) == []


@pytest.mark.parametrize("name", ["bell\x07", "esc\x1b[31m", "turned \u202e", "zero\u200bwidth", "half \ud800"], ids=ascii)
@pytest.mark.parametrize("option", ["name", "manager"])
def test_a_name_with_what_nobody_can_see_is_refused(run: Run, tmp_path: Path, name: str, option: str):
    answer = run("new", name) if option == "name" else run("new", "Acme", "--manager", name)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("acctplan: a name with an invisible character: ")
    assert all(one.isprintable() or one == "\n" for one in answer.err)
    assert plans(tmp_path) == []


def test_a_plan_that_stands_is_never_written_over(run: Run, plan: Callable[..., Path]):
    path = plan("profile: {name: Acme, background: years of work}\n")
    before = path.read_bytes()
    refused = (2, "", "acctplan: plans/acme.yaml is already there\n  choose another name: --id NAME\n")
    assert run("new", "Acme") == refused
    assert run("new", "Other", "--id", "acme") == refused
    assert run("new", "Acme", "--diff") == refused
    assert run("new", "--from", "acme", "--starts", "2027-01-01", "--id", "acme") == refused
    assert path.read_bytes() == before


def test_a_link_that_leads_nowhere_is_not_written_through(run: Run, tmp_path: Path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/acme.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert run("new", "Acme").status == 2
    assert not (tmp_path / "elsewhere.yaml").exists()


@pytest.mark.parametrize("arguments", [["Acme"], ["Acme", "--full"], ["--from", "tallmo-bruk"]], ids=" ".join)
def test_a_diff_is_what_would_be_written(run: Run, book: Path, arguments: list[str]):
    before = plans(book)
    shown = run("new", *arguments, *TODAY, "--diff")
    assert (shown.status, shown.err) == (0, "")
    assert plans(book) == before
    run("new", *arguments, *TODAY)
    (made,) = set(plans(book)) - set(before)
    added = [line[1:] for line in shown.out.splitlines()[3:]]
    assert shown.out.splitlines()[:2] == ["--- /dev/null", f"+++ b/plans/{made}"]
    assert added == (book / "plans" / made).read_text("utf-8").splitlines()


def test_it_is_written_into_the_book_around_the_working_folder(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch):
    (book / "acctplan.toml").write_text('currency = "SEK"\nplans = "accounts"\n')
    (book / "deep" / "below").mkdir(parents=True)
    monkeypatch.chdir(book / "deep" / "below")
    assert run("new", "Acme").err == f"wrote {book}/accounts/acme.yaml\n"
    assert read(book / "accounts/acme.yaml").profile.currency == "SEK"


def test_a_person_is_told_what_to_do_next(run: Run, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(80)
    assert run("new", "Acme").err == "wrote plans/acme.yaml\nnext: fill in what you know, then acctplan check acme\n"


# The next period.


def test_the_next_period_begins_where_the_last_one_ends(run: Run, book: Path):
    assert run("new", "--from", "tallmo-bruk") == (0, "", "wrote plans/tallmo-bruk-2027.yaml\n")
    checked = run("check", "tallmo-bruk-2027", *TODAY, "--format", "concise", "--fail-on", "error")
    assert checked.status == 0
    assert "plan/marked-for-review" in checked.out
    assert run("new", "--from", "tallmo-bruk-2027").err == "wrote plans/tallmo-bruk-2028.yaml\n"


def test_the_first_day_may_be_another(run: Run, book: Path):
    run("new", "--from", "plans/tallmo-bruk.yaml", "--starts", "2026-07-01", "--id", "tallmo")
    assert "  starts: 2026-07-01\n  ends: 2027-06-30\n" in (book / "plans/tallmo.yaml").read_text("utf-8")


def test_the_customer_may_have_another_name_by_then(run: Run, book: Path):
    assert run("new", "Tallmo Board AB", "--from", "tallmo-bruk").err == "wrote plans/tallmo-board-ab-2027.yaml\n"
    assert "  name: Tallmo Board AB\n" in (book / "plans/tallmo-board-ab-2027.yaml").read_text("utf-8")


@pytest.mark.parametrize("ends", ["", ", ends: 2999-12-31", ", ends: 9999-12-31"])
def test_a_plan_that_does_not_end_needs_the_first_day(run: Run, plan: Callable[..., Path], ends: str):
    plan(f"profile: {{name: Acme{ends}}}\n")
    message = "acctplan: plans/acme.yaml does not say when its period ends\n  give the first day of the new one: --starts 2027-01-01\n"
    assert run("new", "--from", "acme") == (2, "", message)


@pytest.mark.parametrize("option", [["--full"], ["--manager", "Amira"], ["--currency", "USD"]], ids=" ".join)
def test_what_does_not_go_with_a_plan_rolled_forward_is_refused(run: Run, book: Path, option: list[str]):
    before = plans(book)
    answer = run("new", "--from", "tallmo-bruk", *option)
    assert answer.err == "acctplan: --full, --manager and --currency do not go with --from\n  change the new plan once it is written\n"
    assert (answer.status, plans(book)) == (2, before)


def test_a_plan_written_so_unusually_that_it_cannot_be_rolled_is_refused(run: Run, plan: Callable[..., Path], tmp_path: Path):
    plan("{profile: {name: Secret Customer, ends: 2026-12-31}}\n")
    answer = run("new", "--from", "acme")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.splitlines()[1] == "  change it by hand, on line 1"
    assert "Secret" not in answer.err
    assert plans(tmp_path) == ["acme.yaml"]


def test_a_plan_does_not_guess_a_fiscal_year_that_the_book_says(run: Run, tmp_path: Path):
    (tmp_path / "acctplan.toml").write_text("revenue.fiscal_year_starts = 7\n")
    run("new", "Acme", "--starts", "2026-04-01")
    text = (tmp_path / "plans/acme.yaml").read_text("utf-8")
    assert "fiscal_year_starts" not in text
    assert "  FY2025: {goal: }\n  FY2026: {goal: }\n" in text


def test_a_new_plan_makes_up_no_fiscal_year(run: Run, tmp_path: Path):
    run("new", "Acme", *TODAY)
    text = (tmp_path / "plans/acme.yaml").read_text("utf-8")
    assert "fiscal_year_starts" not in text
    assert "  FY2026: {goal: }\n  FY2027: {goal: }\n" in text
