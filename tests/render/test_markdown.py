"""Oracle: markdown-it, with HTML allowed and tables on, and with what looks like a link made one where linkify-it is installed."""

from __future__ import annotations

import re
from datetime import timedelta
from difflib import ndiff
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from acctplan.render import plan_view, render
from acctplan.render.markdown import environment, escape, tidy
from acctplan.render.text import clean
from hostile import naughty, with_texts
from pages import BOOK, CONFIG, FULL, SAMPLES, TODAY, loaded, plan

LINKIFY = pytest.param(
    True, marks=pytest.mark.skipif(find_spec("linkify_it") is None, reason="linkify-it-py is not installed"), id="linkify"
)
CONTEXTS = ["{}", "- {}", "# {}", "**{}**", "- **What:** {}", "| a |\n| --- |\n| {} |", "before {} after", "> {}", "1. {}", "({})"]


def parser(linkify: bool) -> MarkdownIt:
    options = {"html": True, "linkify": linkify}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough", *(["linkify"] if linkify else [])])


def skeleton(text: str, linkify: bool) -> tuple[list[object], str]:
    """What a text is built of, without its words; and its words."""
    built: list[object] = []
    words = []
    for token in parser(linkify).parse(text):
        built.append((token.type, token.tag, token.attrs, token.level, token.markup))
        for child in token.children or ():
            if child.type in ("text", "text_special"):
                words.append(child.content)
            else:
                built.append((child.type, child.tag, child.attrs, child.markup))
        words.append("\n")
    return built, "".join(words)


def shown(text: str) -> str:
    return " ".join(clean(text).replace("\t", " ").replace("\n", " ").split(" ")).strip()


def one_line(text: str) -> str:
    while "  " in text:
        text = text.replace("  ", " ")
    return text


@pytest.mark.parametrize("linkify", [pytest.param(False, id="plain"), LINKIFY])
@pytest.mark.parametrize("context", CONTEXTS)
def test_every_text_reads_as_itself(context, linkify):
    benign, _ = skeleton(context.format("benign"), linkify)
    for text in naughty():
        found, words = skeleton(context.format(escape(clean(text))), linkify)
        assert found == benign, text
        assert one_line(shown(text)) in words, text


@given(st.text(alphabet=st.sampled_from("ab1 \\`*_{}[]<>()#+-.!|~&;@:/=$^\"'"), min_size=1, max_size=12).filter(str.strip))
def test_no_mixture_of_marks_is_more_than_text(text):
    for context in CONTEXTS:
        benign, _ = skeleton(context.format("benign"), linkify=False)
        found, words = skeleton(context.format(escape(text)), linkify=False)
        assert found == benign
        assert one_line(shown(text)) in words


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, even with a comma; or (brackets)!",
        "4 % fewer write-offs, 3.1 % to 2 %",
        "R&D in Q3 - and snake_case",
        "C# > C, 10:30, Tom's team",
        "Zoë Müller-Łukasz 漢字",
    ],
)
def test_what_is_inert_already_stays_as_it_is(text):
    assert escape(text) == text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ value }}", "a\\|b\n"),
        ("{% macro show(it) %}<{{ it }}>{% endmacro %}{{ show(value) }}", "<a\\|b>\n"),
        ("{% set kept %}{{ value }}{% endset %}{{ kept }}", "a\\|b\n"),
        ("{{ [value, value] | join(', ') }}", "a\\|b, a\\|b\n"),
        ("{{ value | e }}", "a\\|b\n"),
        ("{{ value | upper }}", "A\\|B\n"),
        ("{% autoescape false %}{{ value }}{% endautoescape %}", "a\\|b\n"),
        ("{{ nothing }}|", "|\n"),
        ("[x]({{ 'https://x.example/(a)_b?c=d&e=f' | safe_url }})", "[x](https://x.example/%28a%29_b?c=d&amp;e=f)\n"),
        ("[x]({{ 'javascript:x' | safe_url }})", "[x]()\n"),
    ],
)
def test_a_value_is_escaped_once(source, expected):
    assert tidy(environment({}).from_string(source).render(value="a|b", nothing=None)) == expected


def test_empty_lines_are_folded():
    assert tidy("\n\n# A\n\n\n\nb  \n\n") == "# A\n\nb\n"


def page(of, config=CONFIG, today=TODAY):
    return render(plan_view(of, config, today), "md")


PAGES = [*((path, BOOK) for path in SAMPLES), (FULL, CONFIG)]


@pytest.mark.parametrize(("path", "config"), PAGES, ids=[path.stem for path, _ in PAGES])
def test_a_page_is_written_tidily(path, config):
    text = page(loaded(path, config).plan, config)
    lines = text.split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert re.findall(r"\n *- .*\n\n *- .*", text) == []  # empty lines would set a list apart
    written = re.sub(r"```mermaid\n.*?```", "", text, flags=re.DOTALL)
    assert re.findall(r"^[^-|\n ].*\n[^\n].*", written, re.MULTILINE) == []  # a paragraph is one line, so that it does not reflow


def test_a_text_that_changes_changes_only_the_lines_that_say_it():
    original = loaded(FULL).plan
    count = 0

    def numbered():
        nonlocal count
        count += 1
        return f"Text {count} of"

    before = page(with_texts(original, numbered))
    for number in range(1, count + 1):
        texts = iter(
            [
                *(f"Text {other} of" for other in range(1, number)),
                "Changed",
                *(f"Text {other} of" for other in range(number + 1, count + 1)),
            ]
        )
        assert page(with_texts(original, lambda texts=texts: next(texts))) == before.replace(f"Text {number} of", "Changed")


def differences(before, after):
    """The lines that went and those that came."""
    lines = list(ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line.startswith("- ")], [line[2:] for line in lines if line.startswith("+ ")]


@pytest.mark.parametrize(
    ("was", "becomes", "gone", "come"),
    [
        ("last_contact: 2026-09-18", "last_contact: 2026-09-19", ["| **Yara Costa**"], ["| **Yara Costa**"]),
        (
            "spend: 310_000,",
            "spend: 320_000,",
            ["| Hospitals · Instrument tracking |", "- **Share of wallet:** 23.5 %, 95,000 CHF of the 405,000 CHF"],
            ["| Hospitals · Instrument tracking |", "- **Share of wallet:** 22.9 %, 95,000 CHF of the 415,000 CHF"],
        ),
        ("effort_days: 60", "effort_days: 50", ["- **Effort:** 60 days"], ["- **Effort:** 50 days"]),
        ("threat: medium", "threat: high", ["- **Threat:** △ medium"], ["- **Threat:** ▲ high"]),
        ("    measure: {metric: revenue, target: 640_000, current: 0}\n", "", ["- **How we will know:** revenue"], []),
        ("    strengths: [Cheap]\n", "    strengths: [Cheap, Near]\n", [], ["  - Near"]),
        (
            "    influences: [nils-frei]\n",
            "",
            ["    p_yara_costa -.-> p_nils_frei", "- **Has the ear of:** Nils Frei"],
            [],
        ),
        (
            "  theatre-manager:  ",
            "  new: {name: New, title: Clerk, reports_to: nils-frei}\n  theatre-manager:  ",
            [],
            ['    p_new["New<br>Clerk<br>? unknown"]:::unknown', "    p_nils_frei --- p_new", "| **New**, Clerk | Nils Frei"],
        ),
    ],
)
def test_what_changes_is_what_the_lines_say(was, becomes, gone, come):
    text = FULL.read_text(encoding="utf-8")
    assert text.count(was) == 1
    went, came = differences(page(plan(text)), page(plan(text.replace(was, becomes))))
    assert len(went) == len(gone)
    assert len(came) == len(come)
    assert [line for line, start in zip(went + came, gone + come, strict=True) if not line.startswith(start)] == []


def test_another_day_alone_changes_the_head_and_the_summary_only():
    of = loaded(FULL).plan
    went, came = differences(page(of), page(of, today=TODAY + timedelta(days=1)))
    assert [line for line in came if not line.startswith(("Account plan · ", "- **Late:** ", "- The next relationship meeting is "))] == []
    assert len(went) == len(came)


def test_a_rank_that_changes_moves_no_details():
    both = "{{a: {{name: Anvils, status: open, value: {}}}, b: {{name: Bolts, status: open, value: 50_000}}}}"
    written = f"profile: {{{{name: X}}}}\nopportunities: {both}"
    lower, higher = (page(plan(written.format(value))) for value in ("5_000", "500_000"))
    assert "| 1 | Bolts" in lower
    assert "| 1 | Anvils" in higher
    assert [[line for line in shown.splitlines() if line.startswith("#")] for shown in (lower, higher)] == [
        ["# X", "## Executive summary", "## Opportunities", "### Anvils", "### Bolts", "## Open questions"]
    ] * 2


@pytest.mark.parametrize(
    ("website", "expected"),
    [
        ("https://x.example/a_b", "<https://x.example/a_b>"),
        ("x.example", "[x\\.example](https://x.example)"),
        ("https://x.example/%61", "[https\\:/\\/x\\.example/%61](https://x.example/%61)"),
        ("https://x.example/?a=b&c=d", "[https\\:/\\/x\\.example/?a=b&c=d](https://x.example/?a=b&amp;c=d)"),
        ("javascript:x", "javascript\\:x"),
    ],
)
def test_an_address_that_says_where_it_leads_stands_as_it_is(website, expected):
    assert f"- **Website:** {expected}\n" in page(plan(f'profile: {{name: X, website: "{website}"}}'))


def test_an_e_mail_address_stands_as_it_is():
    assert "**Ann** · <ann.b@x.example>\n" in page(plan("profile: {name: X}\nteam: {a: {name: Ann, email: ann.b@x.example}}"))
