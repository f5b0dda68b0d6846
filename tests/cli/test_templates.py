"""`acctplan templates`: which documents there are, and how to make them one's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from acctplan.render import DOCUMENTS, shipped

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


@pytest.fixture
def own(book: Path) -> Path:
    """The book's templates."""
    folder = book / "templates"
    folder.mkdir()
    return folder


def listed(run: Run) -> dict[str, list[str]]:
    """The rows of the list, by document."""
    return {name: rest for name, *rest in (line.split("\t") for line in run("templates").out.splitlines()[1:])}


def test_every_shipped_document_is_listed(run: Run, book: Path):
    rows = listed(run)
    assert list(rows) == list(DOCUMENTS)
    assert rows["agenda"] == ["customer", "html, md, pdf", "acctplan", DOCUMENTS["agenda"].summary]
    assert rows["plan"][:2] == ["internal", "html, md, pdf, pptx"]


def test_the_books_own_documents_are_listed_with_what_they_say_of_themselves(run: Run, own: Path):
    (own / "visit.html.j2").write_text("{# For the visit of\n   our board #}<p>{{ name }}</p>")
    (own / "note.md.j2").write_text("{{ name }}")
    (own / "_part.html.j2").write_text("a part")
    (own / "parts").mkdir()
    (own / "parts/more.html.j2").write_text("another")
    (own / "review.md.j2").write_text("Our own review")
    (own / "plan.html.j2").write_text(shipped()["plan.html.j2"])
    rows = listed(run)
    assert list(rows) == [*DOCUMENTS, "note", "visit"]
    assert rows["visit"] == ["internal, customer", "html, pdf", "the book", "For the visit of our board"]
    assert rows["note"] == ["internal, customer", "md", "the book", ""]
    assert rows["review"][2] == "the book's review.md.j2"
    assert rows["plan"][2] == "acctplan"


def test_the_list_is_there_for_programs(run: Run, own: Path):
    (own / "visit.html.j2").write_text("{# For visits #}")
    said = json.loads(run("templates", "--json").out)
    assert said["version"] == 1
    assert said["documents"][-1] == {
        "name": "visit",
        "source": "the book",
        "audiences": ["internal", "customer"],
        "formats": ["html", "pdf"],
        "summary": "For visits",
    }


def test_a_document_is_copied_in_all_its_formats(run: Run, book: Path):
    assert run("templates", "copy", "one-page") == (0, "", "wrote templates/one-page.html.j2\nwrote templates/one-page.md.j2\n")
    for name in ("one-page.html.j2", "one-page.md.j2"):
        assert (book / "templates" / name).read_text("utf-8") == shipped()[name]


def test_a_part_is_copied_by_its_name(run: Run, book: Path):
    assert run("templates", "copy", "partials/people.html.j2").err == "wrote templates/partials/people.html.j2\n"
    assert (book / "templates/partials/people.html.j2").read_text("utf-8") == shipped()["partials/people.html.j2"]


def test_what_is_there_stays(run: Run, own: Path):
    (own / "review.md.j2").write_text("Our own")
    assert run("templates", "copy", "review") == (
        0,
        "",
        "wrote templates/review.html.j2\ntemplates/review.md.j2 is there already and stays as it is\n",
    )
    assert (own / "review.md.j2").read_text() == "Our own"


def test_a_diff_shows_what_would_be_written_or_is_different(run: Run, own: Path):
    (own / "review.md.j2").write_text("Our own\n")
    (own / "review.html.j2").write_text(shipped()["review.html.j2"])
    answer = run("templates", "copy", "review", "--diff")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("--- a/templates/review.md.j2\n+++ b/templates/review.md.j2\n")
    assert "-Our own\n" in answer.out
    assert (own / "review.md.j2").read_text() == "Our own\n"
    assert "+++ b/templates/exec.html.j2" in run("templates", "copy", "exec", "--diff").out
    assert not (own / "exec.html.j2").exists()


def test_a_copy_that_was_changed_is_used(run: Run, book: Path):
    run("templates", "copy", "one-page")
    path = book / "templates/one-page.md.j2"
    path.write_text(path.read_text("utf-8").replace("What to win first", "Our priorities"), "utf-8")
    assert "## Our priorities" in run("render", "tallmo-bruk", "--as", "one-page", "--format", "md", "-o", "-").out


def test_a_copy_goes_into_a_book(run: Run, tmp_path: Path):
    assert run("templates", "copy", "plan").err.startswith("acctplan: this is no book of plans\n")
    assert list(tmp_path.iterdir()) == []


def test_a_template_is_read_only_inside_the_book(run: Run, book: Path, tmp_path_factory: pytest.TempPathFactory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (book / "templates").symlink_to(elsewhere)
    assert run("templates", "copy", "plan").status == 2
    assert list(elsewhere.iterdir()) == []
