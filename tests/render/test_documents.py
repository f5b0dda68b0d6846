"""The documents that a plan can be made into: each says what it is for, fits those whom it is for, and holds for every plan."""

from __future__ import annotations

import re
from itertools import cycle, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from acctplan import render as pages_of
from acctplan.errors import UserError
from acctplan.loader import load
from acctplan.model.editions import customer_edition
from acctplan.render import (
    DOCUMENTS,
    FORMATS,
    Asked,
    audience_of,
    customer_view,
    file_name,
    formats_by_document,
    render_file,
    render_plan,
    shipped,
    summary_of,
)
from hostile import naughty, with_texts
from pages import BOOK, CONFIG, FULL, SAMPLES, TODAY, elements, loaded, plan, skeleton

if TYPE_CHECKING:
    from collections.abc import Callable

    from acctplan.model import Plan

GOLDEN = Path(__file__).parent / "documents"
PLANS = {
    **{path.stem: (loaded(path, BOOK), BOOK) for path in SAMPLES},
    "full": (loaded(FULL), CONFIG),
    "empty": (load("profile: {name: X}", "empty.yaml", CONFIG), CONFIG),
}
NEW = [name for name in DOCUMENTS if name != "plan"]


def page_of(name: str, document: str, format_name: str = "html") -> str:
    of, config = PLANS[name]
    return render_plan(of, config, TODAY, format_name, document=document)


EVERY_PAGE = pytest.mark.parametrize(("name", "document"), [(name, document) for name in PLANS for document in NEW])


def test_every_document_has_a_template_for_each_format():
    assert {name: set(formats) for name, formats in formats_by_document(shipped()).items()} == {name: set(FORMATS) for name in DOCUMENTS}


@pytest.mark.parametrize("document", NEW)
@pytest.mark.parametrize("format_name", FORMATS)
def test_every_template_says_what_it_is_for(document: str, format_name: str):
    assert summary_of(shipped()[f"{document}.{format_name}.j2"]) != ""


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("document", NEW)
def test_a_document_is_rendered_as_before(golden, document: str, format_name: str):
    page = page_of("brannhaven-terminals", document, format_name)
    assert page == page_of("brannhaven-terminals", document, format_name)
    golden(GOLDEN / f"brannhaven-terminals.{document}.{format_name}", re.sub(r"(?s)<style>.*?</style>\n?", "", page))


def test_no_golden_file_is_left_over():
    assert {path.name for path in GOLDEN.iterdir()} == {f"brannhaven-terminals.{name}.{one}" for name in NEW for one in FORMATS}


@EVERY_PAGE
def test_a_page_needs_nothing_from_anywhere(name: str, document: str):
    page = page_of(name, document)
    assert page.startswith("<!DOCTYPE html>")
    found = list(elements(page))
    assert {tag for tag, _, _ in found} & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "#comment"} == set()
    assert {one for _, attributes, _ in found for one in attributes} & {"src", "srcset", "action", "background"} == set()
    assert {re.sub("[0-9]+", "N", attributes["style"]) for _, attributes, _ in found if "style" in attributes} <= {"width:N%"}
    policy = next(attributes["content"] for _, attributes, _ in found if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@EVERY_PAGE
def test_a_page_is_open_to_everybody(name: str, document: str):
    found = list(elements(page_of(name, document)))
    levels = [int(tag[1]) for tag, _, _ in found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes, _ in found if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {one for _, attributes, _ in found for one in attributes.get("aria-labelledby", "").split()}
    assert named <= set(ids)
    assert {attributes["href"][1:] for tag, attributes, _ in found if tag == "a" and attributes["href"].startswith("#")} <= set(ids)


@EVERY_PAGE
def test_a_page_says_whose_edition_it_is(name: str, document: str):
    edition, other = ("Customer", "Internal") if DOCUMENTS[document].audiences == ("customer",) else ("Internal", "Customer")
    for format_name in FORMATS:
        page = page_of(name, document, format_name)
        assert f"{edition} edition" in re.sub("(?s)<style>.*?</style>", "", page)
        assert f"{other} edition" not in page


@EVERY_PAGE
def test_markdown_has_no_holes(name: str, document: str):
    page = page_of(name, document, "md")
    assert page.startswith("# ")
    assert "None" not in page
    assert "\n\n\n" not in page
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert all(line.endswith(" |") for line in rows)
    assert not re.search(r"[^\n]\n\n?#+ [^\n]+\n[^\n]", page), "a heading stands apart"


FULL_PLAN = PLANS["full"][0].plan
assert FULL_PLAN is not None


def markdown_skeleton(page: str) -> list[object]:
    """What a Markdown page is built of, without its words."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    built: list[object] = []
    for token in parser.parse(page):
        built.append((token.type, token.tag, token.attrs, token.level))
        built += [(child.type, child.attrs) for child in token.children or () if child.type not in ("text", "text_special")]
    return built


@pytest.mark.parametrize(("format_name", "built"), [("html", skeleton), ("md", markdown_skeleton)])
@pytest.mark.parametrize("document", NEW)
def test_a_hostile_text_changes_nothing_but_words(document: str, format_name: str, built: Callable[[str], list[object]]):
    texts = cycle(naughty())
    is_customers = DOCUMENTS[document].audiences == ("customer",)

    def page(of: Plan) -> str:
        view = customer_view(customer_edition(of), CONFIG, TODAY) if is_customers else pages_of.plan_view(of, CONFIG, TODAY)
        return pages_of.render(view, format_name, document=document)

    expected = built(page(with_texts(FULL_PLAN, lambda: "benign")))
    for _ in range(8):
        assert built(page(with_texts(FULL_PLAN, lambda: next(texts)))) == expected


MANY = "\n".join(
    [
        "profile: {name: Many}",
        "team: {ann: {name: Ann}}",
        "contacts:",
        *(f"  c-{one}: {{name: Person {one}, roles: [decision_maker]}}" for one in range(30)),
        "insights:",
        *(f"  i-{one}: {{kind: goal, what: Wish {one}}}" for one in range(30)),
        "opportunities:",
        *(f"  o-{one}: {{name: Chance {one}, status: open, value: {one + 1}_000, close_date: 2026-10-01}}" for one in range(30)),
        "risks:",
        *(f"  r-{one}: {{what: Danger {one}}}" for one in range(30)),
    ]
)


@pytest.mark.parametrize("format_name", FORMATS)
def test_one_page_shows_what_comes_first_and_counts_the_rest(format_name: str):
    page = render_plan(load(MANY, "many.yaml", CONFIG), CONFIG, TODAY, format_name, document="one-page")
    counts = {word: len(set(re.findall(rf"{word} \d+", page))) for word in ("Person", "Wish", "Danger")}
    assert counts == {"Person": 8, "Wish": 5, "Danger": 3}
    assert [f"and {number} more" in page for number in (22, 25, 24, 27)] == [True] * 4
    assert "Chance 29" in page


def test_one_page_cuts_long_texts():
    of = load(f"profile: {{name: X}}\nopportunities: {{a: {{name: {'very ' * 200}long}}}}", "long.yaml", CONFIG)
    page = render_plan(of, CONFIG, TODAY, "html", document="one-page")
    assert "very very…" in page
    assert len(re.findall("very", page)) < 60


def test_the_exec_asks_for_help_with_those_who_decide_and_are_not_won():
    of = load(
        """
profile: {name: X}
contacts:
  ann: {name: Ann, roles: [decision_maker], stance: supportive, coverage: in_depth}
  ben: {name: Ben, roles: [decision_maker], stance: negative, coverage: in_depth}
  cid: {name: Cid, roles: [user], stance: negative}
opportunities:
  both: {name: Both, value: 900, buying_roles: {ann: {}, ben: {}, cid: {}}}
  won-over: {name: Won over, value: 800, buying_roles: {ann: {}}}
  users: {name: Users, value: 700, buying_roles: {cid: {}}}
""",
        "plan.yaml",
        CONFIG,
    )
    page = render_plan(of, CONFIG, TODAY, "md", document="exec")
    asked = dict(re.findall(r"### \d: (.*)\n(?:(?!###).*\n)*?- \*\*What we ask of you:\*\* (.*)", page))
    assert asked == {
        "Both": "Help us with who decides: Ben (✕ negative, coverage ●●● in depth)",
        "Won over": "nothing, we reach who decides, and they support it",
        "Users": "the plan does not say who decides",
    }


AGENDA = """
profile: {name: X, account_manager: ann}
team: {ann: {name: Ann}, bob: {name: Bob}, cy: {name: Cy}}
contacts: {dee: {name: Dee, title: Buyer}, eve: {title: Chief}}
meetings:
  every_months: 3
  with: [dee, eve]
  next: 2026-12-09
  held:
    2026-06-17: {attended: [dee, cy], goals: [Old goal]}
    2026-09-16:
      attended: [dee, bob]
      goals: [New goal]
      actions:
        open: {what: Still open, owner: bob, due: 2026-11-20}
        done: {what: All done, owner: ann, status: done, done: 2026-10-01}
        ours: {what: Our own, owner: ann, shared: false}
"""


def test_the_agenda_is_of_the_next_meeting_with_what_was_agreed_the_last_time():
    view = customer_view(customer_edition(plan(AGENDA)), CONFIG, TODAY)
    assert view.meetings is not None
    assert (str(view.meetings.next), str(view.meetings.follow_up)) == ("2026-12-09", "2027-03-09")
    assert view.meetings.ours == ("Ann", "Bob")
    assert [(one.name, one.title) for one in view.meetings.theirs] == [("Dee", "Buyer"), (None, "Chief")]
    assert [one.action.what for one in view.open_actions] == ["Still open"]
    page = render_plan(load(AGENDA, "plan.yaml", CONFIG), CONFIG, TODAY, "md", document="agenda")
    parts = re.findall("^## (.*)", page, re.MULTILINE)
    assert parts == ["1. Since we met on 16 Sep 2026", "2. Finances", "3. What is new", "4. Ideas", "5. Goals", "6. Next steps"]
    assert "New goal" in page
    assert "Old goal" not in page
    assert "Our own" not in page
    assert "| Still open | Bob | – | 20 Nov 2026 | ! late |" in page
    assert "**We meet again:** about 9 Mar 2027" in page


@pytest.mark.parametrize(
    ("meetings", "expected"),
    [
        ("{next: 2026-11-20}", (None, None)),  # that day is past
        ("{next: 2026-11-21, every_months: 1}", ("2026-11-21", "2026-12-21")),
        ("{next: 2026-12-01}", ("2026-12-01", None)),
        ("{next: 2026-11-21, held: {2026-11-21: {}}}", (None, None)),  # it was held already
        ("{next: 9999-12-01, every_months: 99}", ("9999-12-01", None)),
        ("{every_months: 3}", (None, None)),
    ],
)
def test_a_meeting_is_announced_only_where_one_is_planned(meetings: str, expected: tuple[str | None, str | None]):
    view = customer_view(customer_edition(plan(f"profile: {{name: X}}\nmeetings: {meetings}")), CONFIG, TODAY)
    assert view.meetings is not None
    found = (view.meetings.next, view.meetings.follow_up)
    assert tuple(None if day is None else day.isoformat() for day in found) == expected


@pytest.mark.parametrize(
    ("document", "asked", "expected"),
    [
        ("plan", None, "internal"),
        ("agenda", None, "customer"),
        ("customer", "customer", "customer"),
        ("visit", None, "internal"),
        ("visit", "customer", "customer"),
    ],
)
def test_whom_a_document_is_for(document: str, asked: str | None, expected: str):
    assert audience_of(document, asked, ["visit.html.j2", "parts/nothing.html.j2", "_part.html.j2"]) == expected


@pytest.mark.parametrize(
    ("document", "asked", "message", "hint"),
    [
        ("agenda", "internal", "the document agenda is not for the audience internal", "for that audience: --as plan"),
        ("plan", "customer", "the document plan is not for the audience customer", "for that audience: --as agenda, --as customer"),
        ("plan", "boss", "no audience 'boss'", "one of internal, customer"),
        ("agena", None, "no document 'agena'", "did you mean agenda?"),
        ("visits", None, "no document 'visits'", "did you mean visit?"),
        ("_part", None, "no document '_part'", "one of plan, one-page"),
        ("parts/nothing", None, "no document 'parts/nothing'", "one of plan, one-page"),
    ],
)
def test_a_document_that_is_not_for_them_or_not_there(document: str, asked: str | None, message: str, hint: str):
    with pytest.raises(UserError) as caught:
        audience_of(document, asked, ["visit.html.j2", "parts/nothing.html.j2", "_part.html.j2"])
    assert caught.value.message == message
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize(
    ("document", "audience", "ending", "expected"),
    [
        ("plan", "internal", "html", "acme.html"),
        ("review", "internal", "md", "acme.review.md"),
        ("customer", "customer", "html", "acme.customer.html"),
        ("agenda", "customer", "pdf", "acme.agenda.customer.pdf"),
        ("visit", "internal", "html", "acme.visit.html"),
        ("visit", "customer", "html", "acme.visit.customer.html"),
    ],
)
def test_the_name_of_a_file_says_what_it_is_and_for_whom(document: str, audience, ending: str, expected: str):
    assert file_name("acme", document, audience, ending) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{# For a visit #}x", "For a visit"),
        ("\n  {#- For\n a visit -#}x", "For a visit"),
        ("x{# late #}", ""),
        ("{{ name }}", ""),
        ("", ""),
    ],
)
def test_a_template_says_what_it_is_for_in_its_first_comment(template: str, expected: str):
    assert summary_of(template) == expected


def test_a_pdf_is_made_of_the_page(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pages_of, "to_pdf", lambda page: b"%PDF " + page[:15].encode())
    assert render_file(PLANS["full"][0], CONFIG, TODAY, Asked("pdf", "agenda")) == b"%PDF <!DOCTYPE html>"


def test_a_powerpoint_file_is_drawn_from_the_plan(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pages_of, "deck", lambda view, house: f"{view.name} {house!r}".encode())
    of = PLANS["empty"][0]
    assert render_file(of, CONFIG, TODAY, Asked("pptx", house=b"ours")) == b"X b'ours'"
    assert render_file(of, CONFIG, TODAY, Asked("pptx", "review")) == b"X None"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Asked("pptx", "customer"), "the document customer is not made as a PowerPoint file"),
        (Asked("pptx", "plan", "customer"), "the document plan is not for the audience customer"),
        (Asked("docx"), "unknown format 'docx'"),
    ],
)
def test_not_every_document_is_every_kind_of_file(asked: Asked, message: str):
    with pytest.raises(UserError, match=re.escape(message)):
        render_file(PLANS["full"][0], CONFIG, TODAY, asked)
