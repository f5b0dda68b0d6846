"""What holds for every page: nothing from elsewhere, open to everybody, no holes."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from itertools import pairwise

import html5lib
import pytest

import acctplan.render
from acctplan.config import Config
from acctplan.errors import UserError
from acctplan.loader import load
from acctplan.render import FORMATS, plan_view, render, render_plan, shipped
from pages import BOOK, CONFIG, FULL, SAMPLES, TODAY, elements, loaded, plan

BROAD = """
profile: {name: X}
solutions: {a: {name: A}, b: {name: B}, c: {name: C}, d: {name: D}, e: {name: E}, f: {name: F}, g: {name: G}}
units: {u: {name: Unit, target: true, notes: About the unit}, v: {name: Part, parent: u}}
competitors: {r: {name: Rival}}
white_space:
  u:
    a: {status: ours, spend: 1_250_000}
    b: {status: competitor, competitor: r, spend: 48_000, contract_ends: 2027-06-30, notes: Ends early}
    c: {status: blocked, reason: Not before 2028}
    d: {status: open}
    e: {status: in_house}
    f: {status: not_needed}
  v: {g: {status: ours}}
opportunities: {o: {name: Over it, unit: u, solution: d}, w: {name: Done, status: won, unit: v, solution: g}}
"""
"""More solutions than stand side by side with all that is known of them."""
PLANS = {
    **{path.stem: (loaded(path, BOOK).plan, BOOK) for path in SAMPLES},
    "full": (loaded(FULL).plan, CONFIG),
    "empty": (plan("profile: {name: X}"), CONFIG),
    "broad": (plan(BROAD), CONFIG),
    "names": (
        plan("profile: {name: X}\nunits: {u: {name: U}}\ninsights: {i: {kind: goal, what: W}}\nmeetings: {next: 2027-01-01}"),
        CONFIG,
    ),
}


SVG = "{http://www.w3.org/2000/svg}"


def page_of(name, format_name="html"):
    found, config = PLANS[name]
    return render(plan_view(found, config, TODAY), format_name)


@pytest.fixture(params=PLANS)
def page(request):
    return page_of(request.param)


def test_a_page_needs_nothing_from_anywhere(page):
    found = list(elements(page))
    assert {tag for tag, _, _ in found} & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "#comment"} == set()
    assert {tag.removeprefix(SVG) for tag, _, _ in found} & {"image", "use", "foreignObject", "animate", "set"} == set()
    names = {name for _, attributes, _ in found for name in attributes}
    assert names & {"src", "srcset", "action", "background", "data", "poster"} == set()
    assert [name for name in names if name.startswith("on")] == []
    assert set(re.findall(r"url\(([^)]*)\)", page)) <= {"#revenue-hatch"}
    assert "@import" not in page
    policy = next(attributes["content"] for tag, attributes, _ in found if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_a_style_is_a_width_and_nothing_else(page):
    styles = [attributes["style"] for _, attributes, _ in elements(page) if "style" in attributes]
    assert [style for style in styles if not re.fullmatch(r"width:(?:[0-9]|[1-9][0-9]|100)%", style)] == []


def test_headings_go_down_one_level_at_a_time(page):
    levels = [int(tag[1]) for tag, _, _ in elements(page) if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(above, below) for above, below in pairwise(levels) if below > above + 1] == []


def test_a_page_has_its_landmarks_and_its_language(page):
    found = list(elements(page))
    assert [attributes["lang"] for tag, attributes, _ in found if tag == "html"] == ["en"]
    assert [tag for tag, _, _ in found if tag == "main"] == ["main"]
    assert [attributes["aria-label"] for tag, attributes, _ in found if tag == "nav"] in ([], ["Contents"])


def test_every_id_is_there_once_and_every_link_inside_arrives(page):
    identifiers = [attributes["id"] for _, attributes, _ in elements(page) if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    asked = {name for _, attributes, _ in elements(page) for name in attributes.get("aria-labelledby", "").split()}
    asked |= {attributes["href"][1:] for _, attributes, _ in elements(page) if attributes.get("href", "").startswith("#")}
    assert asked <= set(identifiers)


def test_every_heading_of_a_table_says_what_it_heads(page):
    assert {attributes.get("scope") for tag, attributes, _ in elements(page) if tag == "th"} <= {"row", "col"}
    for table in html5lib.parse(page, namespaceHTMLElements=False).iter("table"):
        widths = {sum(int(cell.get("colspan", "1")) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1


def test_what_a_colour_says_a_symbol_and_a_word_say_too(page):
    signs = [text.split() for _, attributes, text in elements(page) if "sign" in attributes.get("class", "").split()]
    assert [words for words in signs if len(words) < 2] == []


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_nothing_is_left_empty(name, format_name):
    page = page_of(name, format_name)
    if format_name == "html":
        may_be_empty = {"td", "span", "br", "meta", "time"}
        assert [tag for tag, _, text in elements(page) if not text.strip() and tag not in may_be_empty and not tag.startswith(SVG)] == []
    else:
        lines = page.splitlines()
        assert [
            line
            for line, after in zip(lines, [*lines[2:], "# end"], strict=False)
            if line.startswith("#") and after.startswith("#") and level(after) <= level(line)
        ] == []
        assert "\n\n\n" not in page
    assert "None" not in page
    assert "Undefined" not in page


def level(heading):
    return len(heading) - len(heading.lstrip("#"))


def test_a_plan_with_nothing_but_a_name_is_a_page_with_nothing_but_a_name():
    page = page_of("empty")
    assert [text for tag, _, text in elements(page) if tag in ("h1", "h2", "h3", "h4")] == ["X"]
    assert [tag for tag, _, _ in elements(page) if tag in ("table", "dl", "ul", "ol", "nav", "section")] == []
    assert "The plan says nothing but the name so far." in page
    assert page_of("empty", "md").splitlines()[0::2] == [
        "# X",
        "Account plan · as of 21 Nov 2026",
        "> **Internal edition.** Stance, influence, competition, margins and scores are for us alone. Not for the customer.",
        "The plan says nothing but the name so far.",
    ]


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_page_says_that_it_is_internal(format_name):
    for name in PLANS:
        assert "Internal edition." in page_of(name, format_name)


STYLE = shipped()["partials/style.html.j2"]
LIGHT, DARK = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", block)) for block in re.findall(r":root \{(.*?)\n *\}", STYLE, re.DOTALL))
ON_PAPER = ["ink", "soft", "accent", "good", "bad", "warn"]
PAIRS = [
    *((colour, "paper") for colour in ON_PAPER),
    *((colour, "panel") for colour in ON_PAPER),
    ("warn", "warn-tint"),
    ("bad", "bad-tint"),
    ("soft", "bad-tint"),
    ("on-mine", "mine"),
    ("on-accent", "accent"),
    *((words, tint) for words in ("ink", "soft") for tint in ("pursued", "good-tint", "warn-tint")),
]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_stands_out_from_its_ground(scheme, front, back):
    """WCAG 2.2, success criterion 1.4.3."""
    brighter, darker = sorted((luminance(scheme[front]), luminance(scheme[back])), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("asked", "hint"), [("htm", "did you mean html?"), ("pdf", "one of html, md")])
def test_an_unknown_format_is_a_bad_request(asked, hint):
    with pytest.raises(UserError, match=f"unknown format '{asked}'") as caught:
        render_plan(loaded(FULL), CONFIG, TODAY, asked)
    assert caught.value.hint == hint


def test_a_plan_with_errors_is_not_rendered():
    with pytest.raises(UserError, match=r"x\.yaml has errors"):
        render_plan(load("profile: {}", "x.yaml", Config()), Config(), TODAY, "html")


def test_every_format_is_listed():
    modules = [import_module(f"acctplan.render.{module.name}") for module in pkgutil.iter_modules(acctplan.render.__path__)]
    assert {module.environment for module in modules if hasattr(module, "environment")} == {one.environment for one in FORMATS.values()}


ALL_LOST = ", ".join(f"{key}: {{name: N, status: lost}}" for key in "abcde")
OUTLOOKS = [
    ("{FY2026: {goal: 10, actual: 12}}", "{}", "▲ 2 EUR over"),
    ("{FY2026: {goal: 10, actual: 10}}", "{}", "✓ none"),
    ("{FY2026: {actual: 10}}", "{}", "? unknown"),
    ("{FY2026: {goal: 10, actual: 4}}", "{}", "▼ 6 EUR Pipeline to create 15 EUR assuming that 40 % are won"),
    ("{FY2026: {goal: 10}}", f"{{{ALL_LOST}}}", "▼ 10 EUR Pipeline to create ✕ nothing was won yet"),
    ("{FY2026: {goal: 10}}", f"{{{ALL_LOST}, w: {{name: N, status: won}}}}", "▼ 10 EUR Pipeline to create 60 EUR 1 of 6 closed were won"),
]


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(("periods", "opportunities", "expected"), OUTLOOKS)
def test_a_page_says_how_far_it_is_to_the_goal(periods, opportunities, expected, format_name):
    found = plan(f"profile: {{name: X}}\nrevenue: {periods}\nopportunities: {opportunities}")
    page = render(plan_view(found, CONFIG, TODAY), format_name)
    pairs = " ".join(text for tag, _, text in elements(page) if tag in ("dt", "dd"))
    text = pairs if format_name == "html" else re.sub(r"[-*:()]", "", page)
    assert f"Gap {expected} Potential, not in the forecast" in " ".join(text.split())


def test_a_broad_white_space_is_one_grid_and_a_table_of_what_else_is_known():
    found = list(elements(page_of("broad")))
    cells = [" ".join(text.split()) for tag, attributes, text in found if tag == "td" and "cell" in attributes.get("class", "").split()]
    assert cells[:7] == ["●ours1.25 M", "✕competitor48 k", "■blocked", "○open○Over it, potential", "⌂in house", "–not needed", "?unknown"]
    assert cells[7:13] == ["?unknown"] * 6
    rows = [" ".join(text.split()) for tag, _, text in found if tag == "tr"]
    assert any("Unit" in row and "Rival" in row and "48,000" in row and "30 Jun 2027" in row and "Ends early" in row for row in rows)
    assert any("Not before 2028" in row for row in rows)
    assert any("Over it" in text and "potential" in text for tag, _, text in found if tag == "td")
    assert any(text == "About the unit" for tag, _, text in found if tag == "dd")


def test_a_picture_of_one_thing_only_is_left_out():
    one = "profile: {name: X}\ncontacts: {c: {name: C}}\nrevenue: {FY2026: {goal: 1}}\nopportunities: {a: {name: A}}"
    two = (
        "profile: {name: X}\ncontacts: {c: {name: C}, d: {name: D}}\nrevenue: {FY2026: {goal: 1}, FY2027: {goal: 1}}\n"
        "opportunities: {a: {name: A}, b: {name: B}}"
    )
    drawn = [re.findall(r'<svg class="picture ([a-z-]+)', render(plan_view(plan(text), CONFIG, TODAY), "html")) for text in (one, two)]
    assert drawn == [[], ["org-chart", "opportunity-matrix", "revenue-chart"]]


def test_every_picture_says_what_it_is():
    found = [attributes for tag, attributes, _ in elements(page_of("full")) if tag == f"{SVG}svg"]
    named = {attributes["id"]: text for tag, attributes, text in elements(page_of("full")) if "id" in attributes}
    assert len(found) == 4
    assert all(picture["role"] == "img" and all(named[key].strip() for key in picture["aria-labelledby"].split()) for picture in found)
