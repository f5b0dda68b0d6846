"""The pages beside those of plans: everything that they are given is shown, and is never more than text."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

from acctplan.errors import UserError
from acctplan.render import render_plan
from acctplan.render.site import (
    INDEX_FILE,
    PAGE,
    Account,
    Best,
    Broken,
    Hour,
    Index,
    Mark,
    Money,
    Problem,
    Reason,
    Total,
    When,
    render_index,
    render_problems,
)
from acctplan.render.text import clean
from hostile import naughty
from pages import BOOK, SAMPLES, TODAY, elements, loaded, skeleton

if TYPE_CHECKING:
    from collections.abc import Callable

MONEY = Money("1000000", "250000", "800000", "200000", "80 %", 25.0, 80.0, 100.0, is_uncertain=True)
MARKS = (
    Mark("completeness", "good", "18 of 20"),
    Mark("freshness", "fair", "3 of 6"),
    Mark("coverage", "poor", "0 of 2"),
    Mark("execution", None, ""),
)
FULL = Account(
    name="name",
    page="acme.html",
    manager="manager",
    plan_type="type",
    money=MONEY,
    health=MARKS,
    best=Best(3, "best", "70.7"),
    overdue=4,
    longest=99,
    meeting=When("meeting", is_late=True),
    review=When("review", is_late=False),
    reasons=(
        Reason("first reason", is_pressing=True),
        Reason("second reason", is_pressing=False),
        Reason("third reason", is_pressing=False),
    ),
)
EMPTY = Account("empty", "empty.html", None, None, None, MARKS, None, 0, 0, When("none", is_late=False), When("none", is_late=False), ())
PROBLEMS = (Problem("line 4", "message", "hint", "source"), Problem("", "other", ""))
BROKEN = (Broken("plans/first.yaml", PROBLEMS), Broken("plans/second.yaml", PROBLEMS[:1], "second.html"))
INDEX = Index(
    today="2026-11-21",
    currency="SEK",
    rates=("1 DKK = 1.5 SEK (2026-10-30)",),
    total=Total(2, MONEY, 1, 4, 3, 1),
    accounts=(FULL, EMPTY),
    hours=(Hour("name", "acme.html", "ends soon", ""), Hour("name", "acme.html", "amount", "step")),
    broken=BROKEN,
)
QUIET = replace(INDEX, total=Total(1, None, 1, 0, 0, 0), accounts=(EMPTY,), hours=(), broken=())


def words(page: str) -> str:
    return " ".join(next(text for tag, _, text in elements(page) if tag == "body").split())


def with_texts(value: Any, text: Callable[[], str]) -> Any:
    """The same with other texts where plans have a say."""
    if isinstance(value, tuple):
        return tuple(with_texts(one, text) for one in value)
    if isinstance(value, (Mark, Money)) or not is_dataclass(value):
        return text() if isinstance(value, str) else value
    given = ("page", "today", "score")
    return replace(
        value, **{field.name: with_texts(getattr(value, field.name), text) for field in fields(value) if field.name not in given}
    )


def test_the_index_says_everything():
    said = words(render_index(INDEX))
    for text in ("2 accounts", "3 at risk", "act now: 1, watch: 2", "2 with errors", "as of 21 Nov 2026", "1 account has no goal"):
        assert text in said
    for text in ("1,000,000", "800,000 + ? 80 % of the goal", "▼ 200,000", "In SEK", "manager · type"):
        assert text in said
    for text in ("completeness ✓ good 18 of 20", "freshness ~ fair 3 of 6", "coverage ✕ poor 0 of 2", "nothing yet for execution"):
        assert text in said
    for text in ("best rank 3 · score 70.7", "overdue ! 4 for up to 99 days", "meeting ! meeting", "review review"):
        assert text in said
    for text in (
        "At risk: act now first reason ~ At risk: watch second reason third reason",
        "name: ends soon",
        "name, amount step",
        "at 1 DKK = 1.5 SEK",
    ):
        assert text in said
    assert "plans/first.yaml, 2 errors. The first: line 4, message. See what to do: acctplan check plans/first.yaml" in said
    assert "plans/second.yaml, 1 error. The first" in said


def test_what_is_unknown_is_said_and_what_there_is_nothing_of_left_out():
    said = words(render_index(replace(INDEX, accounts=(EMPTY, replace(FULL, reasons=())))))
    assert "empty ? unknown – –" in said
    assert "none that could be won" in said
    assert "overdue nothing" in said
    assert "At risk:" not in said
    quiet = words(render_index(QUIET))
    for text in ("Goal", "Forecast –", "Plans with errors", "hour pays", "unknown"):
        assert text not in quiet


@pytest.mark.parametrize(
    ("gap", "text"),
    [("200000", "▼ 200,000"), ("-5000", "▲ 5,000 over"), ("0", "✓ none"), (None, "–")],
    ids=["behind", "past", "even", "unknown"],
)
def test_a_gap_has_a_sign_and_a_word(gap, text):
    account = replace(FULL, money=replace(MONEY, gap=gap))
    assert f"of the goal {text} completeness" in words(render_index(replace(INDEX, accounts=(account,))))


def test_bars_are_as_long_as_the_amounts():
    page = render_index(replace(INDEX, total=replace(INDEX.total, money=None)))
    assert re.findall(r'style="(.*?)"', page) == ["width:80.0%", "width:25.0%", "left:100.0%"]


PAGES = {
    "index": lambda text: render_index(with_texts(INDEX, text)),
    "quiet index": lambda text: render_index(with_texts(QUIET, text)),
    "problems": lambda text: render_problems(text(), with_texts(BROKEN[0], text), INDEX_FILE),
}


@pytest.mark.parametrize("page", ["index", "problems"])
def test_pages_are_built_the_same_whatever_the_texts(page):
    texts = naughty()
    many = len(texts) // 8
    index, broken = replace(INDEX, accounts=(FULL,) * many), replace(BROKEN[0], problems=PROBLEMS[:1] * (many * 3))
    take = cycle(texts)
    made = {
        text: render_index(with_texts(index, source)) if page == "index" else render_problems("benign", with_texts(broken, source))
        for text, source in (("benign", lambda: "benign"), ("hostile", lambda: next(take)))
    }
    assert skeleton(made["hostile"]) == skeleton(made["benign"])
    said = "".join(html5lib.parse(made["hostile"]).itertext())
    assert [one for one in texts if clean(one) not in said] == []


@pytest.mark.parametrize("page", PAGES)
def test_pages_need_nothing_and_run_nothing(page):
    found = list(elements(PAGES[page](lambda: "benign")))
    assert {tag for tag, _, _ in found} & {"script", "iframe", "object", "embed", "img", "link", "base", "form"} == set()
    assert [name for _, attributes, _ in found for name in attributes if name.startswith("on")] == []
    policies = [given["content"] for _, given, _ in found if given.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    targets = [given["href"] for _, given, _ in found if "href" in given]
    assert set(targets) <= {"acme.html", "empty.html", "second.html", "index.html", "#accounts"}


def test_a_page_in_a_site_is_that_of_the_plan_with_the_way_back():
    for path in SAMPLES:
        plain, page = (
            list(elements(render_plan(loaded(path, BOOK), BOOK, TODAY, "html", document=document))) for document in ("plan", PAGE)
        )
        assert [given for tag, given, _ in page if tag == "a" and given["href"] == INDEX_FILE] == [{"href": INDEX_FILE}]
        assert len(page) - len(plain) == len(("style", "nav", "a", "span"))


def test_the_same_index_gives_the_same_text():
    assert render_index(INDEX) == render_index(INDEX)


def test_an_own_template_takes_the_place_of_the_index_and_its_faults_are_its_own():
    own = {
        "site/index.html.j2": "{% for one in accounts %}{{ one.name }} {{ one.money.forecast | money(currency) if one.money }};{% endfor %}"
    }
    assert render_index(INDEX, own) == "name 800,000 SEK;empty ;"
    with pytest.raises(UserError, match=r"templates/site/index\.html\.j2, line 1: asks for 'nope'"):
        render_index(INDEX, {"site/index.html.j2": "{{ nope }}"})
