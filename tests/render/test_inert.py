"""No text of a plan is ever more than text, whatever it says and wherever it stands."""

from __future__ import annotations

import re
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from markdown_it import MarkdownIt

from acctplan.model import TeamMember
from acctplan.render import plan_view, render
from acctplan.render.text import clean
from hostile import naughty, with_texts
from pages import CONFIG, FULL, TODAY, elements, loaded, plan, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.model import Plan

FULL_PLAN = loaded(FULL).plan
assert FULL_PLAN is not None

FIELDS = [pytest.param(2, id="each text in two fields"), pytest.param(25, id="each text in many fields", marks=pytest.mark.slow)]


def pages_of(fields: int) -> Iterator[tuple[Plan, list[str]]]:
    """Plans with a hostile text in every field, such that each text stands in so many fields; with the texts of each plan."""
    texts = naughty()
    for turn in range(fields):
        first = turn * len(texts) // fields
        endless = cycle([*texts[first:], *texts[:first]])
        placed = 0
        while placed < len(texts):
            used: list[str] = []
            assert FULL_PLAN is not None
            yield with_texts(FULL_PLAN, partial(_take, endless, used)), used
            placed += len(used)


def _take(endless: Iterator[str], used: list[str]) -> str:
    used.append(next(endless))
    return used[-1]


def page(of: Plan, format_name: str) -> str:
    return render(plan_view(of, CONFIG, TODAY), format_name)


def benign() -> Plan:
    assert FULL_PLAN is not None
    return with_texts(FULL_PLAN, lambda: "benign")


SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"circle", "defs", "desc", "g", "line", "path", "pattern", "rect", "svg", "text", "title", "tspan"}
PICTURES = 4
NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
MEASURES = ("cx", "cy", "font-size", "height", "r", "rx", "width", "x", "x1", "x2", "y", "y1", "y2")
SAID = {
    **dict.fromkeys(MEASURES, NUMBER),
    "aria-labelledby": r"picture-[a-z0-9-]+ picture-[a-z0-9-]+",
    "class": r"[a-z0-9_ -]+",
    "d": r"[MLC0-9. -]+",
    "id": r"picture-[a-z0-9-]+|revenue-hatch",
    "patternUnits": "userSpaceOnUse",
    "role": "img",
    "text-anchor": "middle|end",
    "transform": rf"rotate\({NUMBER} {NUMBER} {NUMBER}\)",
    "viewBox": rf"0 0 {NUMBER} {NUMBER}",
}


def split(built: list[Any]) -> tuple[list[Any], list[Any]]:
    """What a page is built of without its pictures, whose words take the room that they need; and what those are built of."""
    page, drawn, inside = [], [], 0
    for depth, tag, attributes in built:
        inside = inside if inside and depth > inside else depth if tag == f"{SVG}svg" else 0
        (drawn if inside else page).append((depth, tag, attributes))
    return page, drawn


def out_of_place(drawn: list[Any]) -> list[Any]:
    """What is no shape and no word, and what an attribute must not say."""
    return [
        (tag, name, value)
        for _, tag, attributes in drawn
        for name, value in (*attributes, ("", ""))
        if tag.removeprefix(SVG) not in SHAPES or (name and not re.fullmatch(SAID.get(name, "(?!)"), value))
    ]


@pytest.mark.parametrize("fields", FIELDS)
def test_html_is_built_the_same_whatever_the_texts(fields):
    expected, drawn = split(skeleton(page(benign(), "html")))
    assert out_of_place(drawn) == []
    assert len([tag for _, tag, _ in drawn if tag == f"{SVG}svg"]) == PICTURES
    for of, used in pages_of(fields):
        text = page(of, "html")
        built, drawn = split(skeleton(text))
        assert built == expected
        assert out_of_place(drawn) == []
        words = "".join(html5lib.parse(text).itertext())
        assert [one for one in used if clean(one) not in words] == []


def markdown(text: str) -> tuple[list[object], str]:
    built: list[object] = []
    words = []
    for token in MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"]).parse(text):
        built.append((token.type, token.tag, token.attrs, token.level, token.markup))
        for child in token.children or ():
            if child.type in ("text", "text_special"):
                words.append(child.content)
            else:
                built.append((child.type, child.tag, child.attrs, child.markup))
        words.append("\n")
    return built, "".join(words)


@pytest.mark.parametrize("fields", FIELDS)
def test_markdown_is_built_the_same_whatever_the_texts(fields):
    expected, _ = markdown(page(benign(), "md"))
    for of, used in pages_of(fields):
        built, words = markdown(page(of, "md"))
        assert built == expected
        assert [one for one in used if " ".join(clean(one).split()) not in " ".join(words.split())] == []


def test_every_text_of_the_model_is_on_the_page():
    """The pages above would prove nothing of a field that they leave out."""
    texts: list[str] = []

    def number() -> str:
        texts.append(f"text-{len(texts)}-")
        return texts[-1]

    assert FULL_PLAN is not None
    of = with_texts(FULL_PLAN, number)
    for format_name in ("html", "md"):
        shown = page(of, format_name)
        assert [text for text in texts if text not in shown] == []


LINKS = ["https://x.example/?a=b&c=d", "x.example", "mailto:a@x.example", "a@x.example", "+41 21 555 01 01"]
NO_LINKS = ["javascript:alert(1)", "data:text/html,x", '" onclick="x', 'https://x.example/"><script>', "a@x.example?bcc=b@x.example"]


def hrefs(text: str) -> list[str]:
    return [attributes["href"] for _, attributes, _ in elements(text) if not attributes.get("href", "#").startswith("#")]


def test_a_link_leads_only_where_a_page_may_point_to():
    texts = [*LINKS, *NO_LINKS, *naughty()]
    team = {f"m-{key}": TeamMember.model_construct(name="benign", email=text, phone=text) for key, text in enumerate(texts)}
    text = page(plan("profile: {name: X}").model_copy(update={"team": team}), "html")
    assert {"mailto:a@x.example", "tel:+41215550101"} < set(hrefs(text))
    assert [link for link in hrefs(text) if not link.startswith(("mailto:", "tel:"))] == []
    assert {tuple(sorted(attributes)) for tag, attributes, _ in elements(text) if tag == "a"} == {
        ("class", "href"),
        ("href",),
        ("href", "rel"),
    }


@pytest.mark.parametrize(
    ("website", "expected"),
    [
        *zip(LINKS, [["https://x.example/?a=b&c=d"], ["https://x.example"], ["mailto:a@x.example"], [], []], strict=True),
        *((text, []) for text in NO_LINKS),
    ],
)
def test_a_website_is_a_link_where_it_can_be_one(website, expected):
    profile = plan("profile: {name: X}").profile.model_copy(update={"website": website})
    of = plan("profile: {name: X}").model_copy(update={"profile": profile})
    assert hrefs(page(of, "html")) == expected
    assert [
        child.attrs["href"] for token in MarkdownIt().parse(page(of, "md")) for child in token.children or () if child.type == "link_open"
    ] == expected
