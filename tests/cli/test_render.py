"""`acctplan render` and `acctplan schema`: where a document goes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from acctplan import render
from acctplan.cli.render import AUDIENCES, DOCUMENTS, FORMATS
from acctplan.schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from acctplan.model import Plan
    from conftest import Run

TODAY = ("--today", "2026-11-21")
RENDER = ("render", "stadtwerke-auenfurt", *TODAY)


def test_a_page_goes_to_the_books_site(run: Run, book: Path):
    assert run(*RENDER) == (0, "", "wrote site/stadtwerke-auenfurt.html\n")
    assert (book / "site/stadtwerke-auenfurt.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run(*RENDER) == (0, "", "site/stadtwerke-auenfurt.html is up to date\n")


def test_the_site_is_the_books_wherever_one_stands(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(book / "plans")
    assert run(*RENDER).status == 0
    assert (book / "site/stadtwerke-auenfurt.html").exists()


@pytest.mark.parametrize(
    ("arguments", "file", "start"),
    [
        (["-o", "page.html"], "page.html", "<!DOCTYPE html>"),
        (["-o", "page"], "page", "<!DOCTYPE html>"),
        (["-o", "page.md"], "page.md", "# "),
        (["-o", "sub/page.txt", "--format", "md"], "sub/page.txt", "# "),
        (["--format", "md"], "site/stadtwerke-auenfurt.md", "# "),
    ],
)
def test_the_format_is_the_one_asked_for_or_the_files(run: Run, book: Path, arguments: list[str], file: str, start: str):
    assert run(*RENDER, *arguments) == (0, "", f"wrote {file}\n")
    assert (book / file).read_text("utf-8").startswith(start)


def test_a_page_may_go_to_standard_output(run: Run, book: Path):
    answer = run(*RENDER, "-o", "-")
    assert (answer.status, answer.err) == (0, "")
    run(*RENDER, "-o", "page.html")
    assert answer.out == (book / "page.html").read_text("utf-8")
    assert not (book / "site").exists()


def test_a_page_that_stands_is_replaced(run: Run, book: Path):
    (book / "page.html").write_text("old")
    assert run(*RENDER, "-o", "page.html").err == "wrote page.html\n"
    assert (book / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("output", ["plans/stadtwerke-auenfurt.yaml", "page.docx", "page.txt"])
def test_a_file_of_another_kind_is_not_written(run: Run, book: Path, output: str):
    before = (book / "plans/stadtwerke-auenfurt.yaml").read_bytes()
    answer = run(*RENDER, "-o", output)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("acctplan: unknown format ")
    assert (book / "plans/stadtwerke-auenfurt.yaml").read_bytes() == before
    assert not (book / output).exists() or output.startswith("plans/")


def test_a_books_own_template_comes_first(run: Run, book: Path):
    (book / "templates").mkdir()
    (book / "templates/plan.md.j2").write_text("Our own page\n")
    assert run(*RENDER, "--format", "md", "-o", "-").out == "Our own page\n"
    assert run(*RENDER, "-o", "-").out.startswith("<!DOCTYPE html>")


def test_the_schema_goes_where_it_is_asked_for(run: Run, tmp_path: Path):
    answer = run("schema")
    assert (answer.status, answer.err) == (0, "")
    assert json.loads(answer.out) == json_schema()
    assert run("schema", "-o", "-") == answer
    assert run("schema", "-o", "plan.json") == (0, "", "wrote plan.json\n")
    assert (tmp_path / "plan.json").read_text("utf-8") == answer.out
    assert run("schema", "-o", "plan.json") == (0, "", "plan.json is up to date\n")


def test_init_writes_the_same_schema(run: Run, tmp_path: Path):
    run("init")
    assert (tmp_path / ".acctplan/plan.schema.json").read_text("utf-8") == run("schema").out


@pytest.mark.parametrize("output", [".", "folder"])
def test_a_folder_is_no_place_for_a_document(run: Run, tmp_path: Path, output: str):
    (tmp_path / "folder").mkdir()
    assert run("schema", "-o", output) == (2, "", f"acctplan: {output} is a folder\n  name a file in it\n")


def test_whatever_stood_there_is_replaced(run: Run, plan: Callable[..., Path], tmp_path: Path):
    plan("profile: {name: Acme}\n")
    (tmp_path / "page.html").write_bytes(b"\xff\xfe")
    assert run("render", "acme", "-o", "page.html") == (0, "", "wrote page.html\n")
    assert run("render", "acme", "-o", "page.html", "--format", "html").status == 0


@pytest.mark.parametrize("link", ["site", "site/acme.html"])
def test_a_page_does_not_leave_the_book_through_a_link(run: Run, plan: Callable[..., Path], tmp_path: Path, link: str):
    book, secret = tmp_path / "book", tmp_path / "elsewhere" / "acme.html"
    (book / "plans").mkdir(parents=True)
    plan("profile: {name: Acme}\n").rename(book / "plans" / "acme.yaml")
    (book / "acctplan.toml").touch()
    secret.parent.mkdir()
    secret.write_text("theirs")
    (book / link).parent.mkdir(exist_ok=True)
    (book / link).symlink_to(secret if link.endswith("html") else secret.parent)
    answer = run("render", "book/plans/acme.yaml")
    assert (answer.status, answer.err.splitlines()[0]) == (
        2,
        "acctplan: acme.html: a link that leads out of the book; nothing was written",
    )
    assert secret.read_text() == "theirs"
    assert run("render", "book/plans/acme.yaml", "-o", f"book/{link}" + ("" if link.endswith("html") else "/acme.html")).status == 0
    assert secret.read_text() != "theirs"


@pytest.mark.parametrize("command", [["schema"], ["render", "acme", "--format", "html"]], ids=["schema", "render"])
@pytest.mark.parametrize("name", ["plans/acme.yaml", "plans/new.YML", "acctplan.toml", "link.html", "data.txt"])
def test_plans_and_settings_are_never_replaced(run: Run, plan: Callable[..., Path], tmp_path: Path, command: list[str], name: str):
    path = plan("profile: {name: Acme}\n")
    (tmp_path / "acctplan.toml").touch()
    (tmp_path / "link.html").symlink_to(path)
    (tmp_path / "data.txt").write_text("profile: {name: Data}\n")
    (path.parent / "data.yaml").symlink_to(tmp_path / "data.txt")
    before = {one: one.read_text() for one in tmp_path.rglob("*") if one.is_file()}
    answer = run(*command, "-o", name)
    assert (answer.status, answer.out) == (2, "")
    assert "nothing was written" in answer.err
    assert {one: one.read_text() for one in tmp_path.rglob("*") if one.is_file()} == before


def test_nor_is_the_plan_that_a_page_is_of(run: Run, tmp_path: Path):
    (tmp_path / "acme.md").write_text("profile: {name: Acme}\n")
    assert run("render", "acme.md", "-o", "acme.md").err.startswith("acctplan: acme.md is a plan; nothing was written\n")


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (["--as", "one-page"], "site/stadtwerke-auenfurt.one-page.html"),
        (["--as", "review", "--format", "md"], "site/stadtwerke-auenfurt.review.md"),
        (["--as", "agenda"], "site/stadtwerke-auenfurt.agenda.customer.html"),
        (["--as", "customer"], "site/stadtwerke-auenfurt.customer.html"),
        (["--as", "customer", "--audience", "customer", "-o", "out.md"], "out.md"),
        (["--audience", "internal"], "site/stadtwerke-auenfurt.html"),
    ],
)
def test_the_file_says_which_document_it_is_and_for_whom(run: Run, book: Path, arguments: list[str], file: str):
    assert run(*RENDER, *arguments) == (0, "", f"wrote {file}\n")
    edition = "Customer" if "customer" in " ".join(arguments) + file else "Internal"
    assert f"{edition} edition." in (book / file).read_text("utf-8")


def test_only_a_customers_document_is_for_a_customer(run: Run, book: Path):
    assert run(*RENDER, "--audience", "customer") == (
        2,
        "",
        "acctplan: the document plan is not for the audience customer\n  for that audience: --as agenda, --as customer\n",
    )
    assert not (book / "site").exists()


def test_a_book_has_documents_of_its_own(run: Run, book: Path):
    (book / "templates").mkdir()
    (book / "templates/visit.md.j2").write_text("# {{ name }}{% if revenue is defined %}: internal{% endif %}\n")
    assert run(*RENDER, "--as", "visit", "--format", "md", "-o", "-").out == "# Stadtwerke Auenfurt: internal\n"
    assert run(*RENDER, "--as", "visit", "--format", "md", "--audience", "customer", "-o", "-").out == "# Stadtwerke Auenfurt\n"
    assert run(*RENDER, "--as", "visit").err == ("acctplan: the document visit has no template for html\n  write templates/visit.html.j2\n")


def test_what_is_internal_is_not_written_for_a_customer(
    run: Run, plan: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    plan("profile:\n  name: Acme\n  background: They cannot pay for anything this year\n")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/visit.md.j2").write_text("{{ name }}")
    true_render = render.render
    monkeypatch.setattr("acctplan.render.customer_edition", _without_background)
    monkeypatch.setattr(
        "acctplan.render.render", lambda *given, **how: true_render(*given, **how) + "They *cannot* pay for\nanything this year"
    )
    answer = run("render", "acme", "--as", "visit", "--audience", "customer", "--format", "md")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith(
        "acctplan: plans/acme.yaml:3: profile.background is internal, and the document visit would say it; nothing was"
    )
    assert "pay" not in answer.err
    assert not (tmp_path / "site").exists()


def _without_background(of: Plan) -> Plan:
    return of.model_copy(update={"profile": of.profile.model_copy(update={"background": None})})


def test_a_file_that_is_no_text_is_written_as_safely(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(render, "to_pdf", lambda page: b"%PDF\xff" + page[:9].encode())
    assert run(*RENDER, "-o", "page.pdf") == (0, "", "wrote page.pdf\n")
    assert (book / "page.pdf").read_bytes() == b"%PDF\xff<!DOCTYPE"
    assert run(*RENDER, "-o", "page.pdf").err == "page.pdf is up to date\n"
    assert run(*RENDER, "--format", "pdf").err == "wrote site/stadtwerke-auenfurt.pdf\n"


def test_a_terminal_is_not_written_full_of_bytes(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, terminal: Callable[[int], None]):
    monkeypatch.setattr(render, "to_pdf", lambda page: b"%PDF" + page[:1].encode())
    terminal(80)
    answer = run(*RENDER, "--format", "pdf", "-o", "-")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("acctplan: a terminal cannot show such a file\n")


def test_a_house_template_is_for_powerpoint(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(render, "deck", lambda view, house: view.name.encode() + (house or b""))
    (book / "house.pptx").write_bytes(b" in our colours")
    assert run(*RENDER, "--template", "house.pptx", "-o", "deck.pptx").err == "wrote deck.pptx\n"
    assert (book / "deck.pptx").read_bytes() == b"Stadtwerke Auenfurt in our colours"
    assert run(*RENDER, "--template", "house.pptx").err.startswith("acctplan: --template is for PowerPoint files\n")
    assert run(*RENDER, "--format", "pptx", "--template", "no.pptx").err.startswith("acctplan: no.pptx: ")


@pytest.mark.parametrize("more", [["acme"], ["--as", "review"], ["--format", "md"], ["--audience", "customer"]])
def test_all_plans_are_made_one_way(run: Run, book: Path, more: list[str]):
    answer = run("render", "--all", *more)
    assert (answer.status, answer.err.splitlines()[0]) == (2, "acctplan: --all makes the pages of all plans, and their index")


def test_what_a_tab_offers_is_what_there_is():
    assert list(DOCUMENTS) == list(render.DOCUMENTS)
    assert FORMATS == render.FILE_FORMATS
    assert AUDIENCES == render.AUDIENCES


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("brannhaven-terminals", "it holds only what the plan shares. Read it before you send it"),
        ("tallmo-bruk", "no insight, opportunity or objective of this plan is shared yet: mark what was agreed with shared: true"),
    ],
)
def test_a_person_is_told_what_to_do_before_sending_it(run: Run, book: Path, terminal: Callable[[int], None], name: str, told: str):
    terminal(80)
    assert told in run("render", name, "--as", "customer", *TODAY).err
    assert told not in run("render", name, "--as", "review", *TODAY).err
