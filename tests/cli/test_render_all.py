"""`acctplan render --all`: a whole book as a site, of which only what changed is made again."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from acctplan.book import find
from acctplan.cli.site.made import FILE
from acctplan.cli.site.rendering import render_all
from acctplan.errors import UserError
from pages import elements
from processes import process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = date(2026, 11, 21)
SOUND = "profile: {name: Acme}\nopportunities: {first: {name: First}}\n"
BROKEN = "profile: {nmae: Acme}\n"


def site(root: Path, output: str | None = "site", today: date = TODAY) -> bool:
    return render_all(find(root), output, today)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def written(folder: Path) -> dict[str, int]:
    """What tells a file that was written again from one that stood: each is a new one in the place of the old."""
    return {path.name: path.stat().st_ino for path in folder.iterdir() if path.suffix == ".html"}


def links(page: Path) -> set[str]:
    found = {attributes["href"] for tag, attributes, _ in elements(page.read_text("utf-8")) if tag == "a" and "href" in attributes}
    return {href for href in found if ":" not in href and not href.startswith("#")}


def test_every_plan_has_a_page_and_all_are_linked_both_ways(book: Path, capsys: pytest.CaptureFixture[str]):
    assert site(book)
    pages = {f"{path.stem}.html" for path in (book / "plans").iterdir()}
    assert set(contents(book / "site")) == {"index.html", FILE, *pages}
    assert links(book / "site/index.html") == pages
    assert all("index.html" in links(book / "site" / page) for page in pages)
    assert capsys.readouterr() == ("", "wrote site/index.html: 3 accounts; 4 written, 0 as they were\n")


def test_the_command_says_with_its_status_whether_every_plan_has_a_page(run: Run, book: Path):
    asked = ("render", "--all", "-o", "site/", "--today", str(TODAY))
    assert run(*asked) == (0, "", "wrote site/index.html: 3 accounts; 4 written, 0 as they were\n")
    (book / "plans/tallmo-bruk.yaml").write_text(BROKEN)
    answer = run(*asked)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.splitlines()[-1] == "plans/tallmo-bruk.yaml: left out, it has errors: acctplan check plans/tallmo-bruk.yaml"


@pytest.mark.parametrize("others", [["tallmo-bruk"], ["--audience", "customer"], ["--format", "md"], ["--as", "agenda"]])
def test_a_site_is_pages_of_all_plans_for_us_alone(run: Run, book: Path, others: list[str]):
    answer = run("render", "--all", *others)
    assert (answer.status, answer.out) == (2, "")
    assert not (book / "site").exists()


def test_people_see_how_far_it_is_and_programs_do_not(run: Run, book: Path, terminal: Callable[[int], None]):
    asked = ("render", "--all", "--today", str(TODAY))
    quiet = run(*asked)
    (book / "site" / FILE).unlink()
    terminal(80)
    loud = run(*asked)
    assert (loud.status, loud.out) == (0, "")
    assert "Pages" not in quiet.err
    assert "Pages" in loud.err
    assert "100%" in loud.err


def test_the_index_is_in_the_order_of_the_book_and_says_why_accounts_are_at_risk(run: Run, book: Path):
    site(book)
    said = json.loads(run("book", "--json", "--today", str(TODAY)).out)
    page = (book / "site/index.html").read_text("utf-8")
    text = " ".join("".join(text for tag, _, text in elements(page) if tag == "body").split())
    places = [text.index(account["account"]) for account in said["accounts"]]
    assert places == sorted(places)
    reasons = [reason["words"] for account in said["accounts"] for reason in account["at_risk"]]
    assert len(reasons) > 5
    assert [reason for reason in reasons if " ".join(reason.split()) not in text] == []
    forecast = round(float(said["total"]["forecast"]))
    assert f"{forecast:,} EUR" in text


def test_a_site_is_the_same_from_wherever_it_is_made(book: Path, monkeypatch: pytest.MonkeyPatch):
    site(book)
    (book / "sub").mkdir()
    monkeypatch.chdir(book / "sub")
    site(book, "site")
    site(book, None)
    assert contents(book / "sub/site") == contents(book / "site")


def test_a_second_time_nothing_is_written(book: Path, capsys: pytest.CaptureFixture[str]):
    site(book)
    before = written(book / "site")
    capsys.readouterr()
    assert site(book)
    assert written(book / "site") == before
    assert capsys.readouterr().err == "site/index.html and the pages of 3 accounts are up to date\n"


def test_of_a_changed_plan_only_its_page_and_the_index_are_made_again(book: Path, capsys: pytest.CaptureFixture[str]):
    site(book)
    before = written(book / "site")
    capsys.readouterr()
    path = book / "plans/tallmo-bruk.yaml"
    path.write_text(path.read_text("utf-8").replace("Tallmo Bruk", "Tallmo Works"), "utf-8")
    assert site(book)
    after = written(book / "site")
    assert {name for name in after if after[name] != before[name]} == {"index.html", "tallmo-bruk.html"}
    assert "Tallmo Works" in (book / "site/tallmo-bruk.html").read_text("utf-8")
    assert "Tallmo Works" in (book / "site/index.html").read_text("utf-8")
    assert "2 written, 2 as they were" in capsys.readouterr().err


def to_settings(book: Path) -> date:
    path = book / "acctplan.toml"
    path.write_text(
        path.read_text("utf-8").replace("# [limits]\n", "[limits]\n").replace("# contact_days = 90", "contact_days = 3"), "utf-8"
    )
    return TODAY


def to_templates(book: Path) -> date:
    (book / "templates").mkdir()
    (book / "templates/plan.html.j2").write_text("<p>{{ name }}</p>{% block banner %}{% endblock %}")
    return TODAY


def to_the_day(book: Path) -> date:
    return date(2026, 11, 22)


@pytest.mark.parametrize("change", [to_settings, to_templates, to_the_day])
def test_what_all_pages_depend_on_makes_all_of_them_again(book: Path, change: Callable[[Path], date]):
    site(book)
    before = json.loads((book / "site" / FILE).read_text())["files"]
    assert site(book, today=change(book))
    after = json.loads((book / "site" / FILE).read_text())["files"]
    assert before.keys() == after.keys()
    assert [name for name in after if before[name][0] == after[name][0]] == []
    again = contents(book / "site")
    shutil.rmtree(book / "site")
    assert site(book, today=change(book) if change is to_the_day else TODAY)
    assert contents(book / "site") == again


@pytest.mark.parametrize("name", ["index.html", "tallmo-bruk.html"])
@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_text("<!DOCTYPE html>")], ids=["gone", "changed"])
def test_a_page_that_does_not_stand_as_it_was_made_is_made_again(book: Path, name: str, damage: Callable[[Path], None]):
    site(book)
    before = contents(book / "site")
    damage(book / "site" / name)
    assert site(book)
    assert contents(book / "site") == before


DAMAGED = ["", "{", "[]", "null", "[" * 100_000, '{"version": 2, "files": {}}', '{"version": 1, "files": []}', '{"version": 1}', "\ufeff{}"]
DAMAGED += [json.dumps({"version": 1, "files": {"tallmo-bruk.html": entry}}) for entry in (None, [], ["a"], [1, 2], ["x" * 64, "y" * 64])]


@pytest.mark.parametrize("state", DAMAGED, ids=lambda state: state[:40])
def test_without_knowing_what_it_made_it_makes_everything_and_removes_nothing(book: Path, state: str):
    site(book)
    before = contents(book / "site")
    (book / "site" / FILE).write_text(state, "utf-8")
    (book / "plans/tallmo-bruk.yaml").rename(book / "tallmo.txt")
    site(book)
    assert (book / "site/tallmo-bruk.html").exists()
    (book / "tallmo.txt").rename(book / "plans/tallmo-bruk.yaml")
    site(book)
    assert contents(book / "site") == before


def test_the_page_of_a_plan_that_is_gone_is_removed(book: Path, capsys: pytest.CaptureFixture[str]):
    site(book)
    (book / "site/mine.html").write_text("mine")
    (book / "plans/tallmo-bruk.yaml").unlink()
    capsys.readouterr()
    assert site(book)
    assert not (book / "site/tallmo-bruk.html").exists()
    assert (book / "site/mine.html").read_text() == "mine"
    assert "tallmo-bruk.html" not in links(book / "site/index.html")
    assert capsys.readouterr().err == "wrote site/index.html: 2 accounts; 1 written, 2 as they were, 1 removed\n"


def test_but_not_if_somebody_changed_it(book: Path, capsys: pytest.CaptureFixture[str]):
    site(book)
    (book / "plans/tallmo-bruk.yaml").unlink()
    (book / "site/tallmo-bruk.html").write_text("mine")
    assert site(book)
    assert (book / "site/tallmo-bruk.html").read_text() == "mine"
    assert "site/tallmo-bruk.html: no plan has this page any more, but somebody changed it" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../theirs.html", "sub/theirs.html", "/theirs.html", ".theirs.html", "theirs.txt", "link.html"])
def test_a_forged_record_removes_nothing_but_pages_in_the_folder(book: Path, name: str):
    site(book)
    state = json.loads((book / "site" / FILE).read_text())
    made = state["files"]["index.html"]
    same = (book / "site/index.html").read_bytes()
    (book / "site/sub").mkdir()
    theirs = [book / "theirs.html", book / "site/sub/theirs.html", book / "site/.theirs.html", book / "site/theirs.txt"]
    for path in theirs:
        path.write_bytes(same)
    (book / "site/link.html").symlink_to(book / "theirs.html")
    state["files"][name.replace("/theirs", f"{book}/theirs", 1) if name.startswith("/") else name] = made
    (book / "site" / FILE).write_text(json.dumps(state))
    assert site(book)
    assert all(path.read_bytes() == same for path in theirs)
    assert (book / "site/link.html").is_symlink()


def test_a_plan_with_errors_is_listed_with_what_to_do_and_has_no_page(book: Path, capsys: pytest.CaptureFixture[str]):
    site(book)
    path = book / "plans/tallmo-bruk.yaml"
    sound = path.read_text("utf-8")
    path.write_text(BROKEN)
    capsys.readouterr()
    for _ in range(2):
        assert not site(book)
        assert not (book / "site/tallmo-bruk.html").exists()
        assert "left out, it has errors: acctplan check plans/tallmo-bruk.yaml" in capsys.readouterr().err
    text = "".join(text for tag, _, text in elements((book / "site/index.html").read_text("utf-8")) if tag == "section")
    assert "plans/tallmo-bruk.yaml, 2 errors. The first: line 1, 'name' is missing." in text
    assert "acctplan check plans/tallmo-bruk.yaml" in text
    assert links(book / "site/index.html") == {"brannhaven-terminals.html", "stadtwerke-auenfurt.html"}
    path.write_text(sound, "utf-8")
    assert site(book)
    assert (book / "site/tallmo-bruk.html").exists()


def test_a_plan_that_cannot_be_read_stops_no_other(plan: Callable[..., Path], tmp_path: Path):
    plan(SOUND)
    plan("", "other").write_bytes(b"\xff")
    assert not site(tmp_path)
    assert set(contents(tmp_path / "site")) == {"acme.html", "index.html", FILE}
    assert "not UTF-8 text" in (tmp_path / "site/index.html").read_text("utf-8")


NAMES = {
    "index.yaml": "plans-index.html",
    "east/acme.yaml": "acme.html",
    "west/acme.yaml": "west-acme.html",
    "a b&c#d?e%f.yaml": "a b&c#d?e%f.html",
    "javascript:alert(1).yaml": "javascript:alert(1).html",
    "Ärger.yml": "Ärger.html",
}


def test_pages_are_called_as_their_plans_and_never_alike(tmp_path: Path):
    for name in NAMES:
        (tmp_path / "plans" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "plans" / name).write_text(SOUND)
    assert site(tmp_path)
    pages = {*NAMES.values()}
    assert set(contents(tmp_path / "site")) == {"index.html", FILE, *pages}
    page = (tmp_path / "site/index.html").read_text("utf-8")
    hrefs = {attributes["href"] for tag, attributes, _ in elements(page) if tag == "a"} - {"#accounts"}
    assert all(re.fullmatch(r"[\w.%~-]+", href, re.ASCII) for href in hrefs)
    assert {unquote(href) for href in hrefs} == pages


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_a_name_that_is_no_text_is_a_name_all_the_same(plan: Callable[..., Path], tmp_path: Path):
    plan(SOUND).rename(os.fsdecode(os.fsencode(tmp_path) + b"/plans/\xff.yaml"))
    assert site(tmp_path)
    assert site(tmp_path)
    assert "%FF.html" in (tmp_path / "site/index.html").read_text("utf-8")


def test_the_site_of_the_book_does_not_leave_it_through_a_link(tmp_path: Path):
    book, elsewhere = tmp_path / "book", tmp_path / "elsewhere"
    (book / "plans").mkdir(parents=True)
    (book / "acctplan.toml").touch()
    (book / "plans/acme.yaml").write_text(SOUND)
    elsewhere.mkdir()
    (book / "site").symlink_to(elsewhere)
    with pytest.raises(UserError, match="a link that leads out of the book"):
        site(book, None)
    assert list(elsewhere.iterdir()) == []
    assert site(book, str(book / "site"))
    assert (elsewhere / "index.html").exists()


@pytest.mark.parametrize("name", ["index.html", "acme.html", FILE])
def test_a_link_out_of_the_folder_is_not_written_through(plan: Callable[..., Path], tmp_path: Path, name: str):
    plan(SOUND)
    (tmp_path / "site").mkdir()
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / "site" / name).symlink_to(tmp_path / "theirs")
    with pytest.raises(UserError, match="nothing was written"):
        site(tmp_path)
    assert (tmp_path / "theirs").read_text() == "theirs"


def test_what_somebody_else_put_into_a_folder_is_left_alone(plan: Callable[..., Path], tmp_path: Path):
    plan(SOUND)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/acme.html").write_text("<p>precious</p>")
    with pytest.raises(UserError, match=r"theirs/acme\.html is of something else; nothing was written"):
        site(tmp_path, "theirs")
    assert contents(tmp_path / "theirs") == {"acme.html": b"<p>precious</p>"}


def test_the_first_page_of_another_site_is_left_alone(plan: Callable[..., Path], tmp_path: Path):
    plan(SOUND)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<p>our company</p>")
    with pytest.raises(UserError, match=r"site/index\.html is of something else; nothing was written"):
        site(tmp_path)
    assert contents(tmp_path / "site") == {"index.html": b"<p>our company</p>"}
    assert site(tmp_path, None)  # the book's own folder for it
    assert b"our company" not in contents(tmp_path / "site")["index.html"]


@pytest.mark.parametrize(("output", "message"), [("-", "a site is many files"), ("acctplan.toml", "acctplan.toml is a file")])
def test_a_site_goes_into_a_folder(book: Path, output: str, message: str):
    before = contents(book)
    with pytest.raises(UserError, match=re.escape(message)):
        site(book, output)
    assert contents(book) == before


def test_a_book_may_have_an_index_of_its_own(book: Path):
    (book / "templates/site").mkdir(parents=True)
    (book / "templates/site/index.html.j2").write_text("{% for one in accounts %}{{ one.page }} {% endfor %}")
    assert site(book)
    assert (book / "site/index.html").read_text() == "tallmo-bruk.html brannhaven-terminals.html stadtwerke-auenfurt.html "


def test_several_processes_make_the_same_site(book: Path):
    site(book)
    code = (
        "from datetime import date; from pathlib import Path; from acctplan.book import find; from acctplan.cli import loading\n"
        "from acctplan.cli.site.rendering import render_all\nloading.WORTH_A_PROCESS = loading.CHUNK = 1\n"
        f"render_all(find(Path.cwd()), 'other', date({TODAY.year}, {TODAY.month}, {TODAY.day}))"
    )
    done = process([sys.executable, "-c", code], book)
    assert (done.returncode, done.stderr) == (0, "wrote other/index.html: 3 accounts; 4 written, 0 as they were\n")
    assert contents(book / "other") == contents(book / "site")
