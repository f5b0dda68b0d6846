"""Oracle: markdown-it, with HTML allowed and tables on, and with what looks like a link made one where linkify-it is installed."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from acctplan.render.markdown import environment, escape, tidy
from acctplan.render.text import clean
from hostile import naughty

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
