"""Markdown as GitHub shows it, where every value reads as exactly its own text.

What already does so stays as it is, so that the source is pleasant to read too. The rest gets a backslash: what Markdown marks text
up with, and what some renderers turn into links by themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from acctplan.render.templates import sandbox
from acctplan.render.text import mail_url, phone_url, safe_url

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2.sandbox import ImmutableSandboxedEnvironment

_BLANKS = re.compile(r"[ \t\n]+")
_SPECIAL = re.compile(
    r"""
    [\\`*<\[\]|~$]                       # code, emphasis, HTML, links, cells, strike-through, formulas
    | (?<![0-9A-Za-z])_ | _(?![0-9A-Za-z])  # emphasis, unless inside a word
    | &(?=[#0-9A-Za-z]+;)                # entities
    | (?<![^\s\#])\#                     # a heading, or the end of one
    | (?<=\S)@(?=\S)                     # from here on: what becomes a link by itself
    | (?<=\S)\.(?=[^\s.0-9]) | (?<=[^\s.0-9])\.(?=[0-9])
    | :(?=[^\s0-9])
    | (?<=/)/
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"[0-9]+(?=[.)](?:\s|$))")
_OPENS_BLOCK = re.compile(r"[-+](?=\s|$)|-[-:]|=+$|>")
_MANY_NEWLINES = re.compile(r"\n{3,}")
_BLANKS_AT_END = re.compile(r"[ \t]+$", re.MULTILINE)


def escape(value: str) -> Markup:
    """A text on one line, as Markdown that renders as exactly that text, in a paragraph, a list, a heading or a table's cell."""
    line = _SPECIAL.sub(r"\\\g<0>", _BLANKS.sub(" ", value).strip())
    if number := _NUMBERED.match(line):
        line = f"{number[0]}\\{line[number.end() :]}"
    elif _OPENS_BLOCK.match(line):
        line = f"\\{line}"
    return Markup(line)  # noqa: S704  made inert just above


def environment(own: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    """What fills Markdown templates; `own` ones come before the shipped."""
    filters = {"safe_url": _target(safe_url), "mail_url": _target(mail_url), "phone_url": _target(phone_url)}
    return sandbox(escape, filters, own)


def tidy(page: str) -> str:
    """The page as it is written: no blanks at the ends of lines, one empty line at most between two others."""
    return _MANY_NEWLINES.sub("\n\n", _BLANKS_AT_END.sub("", page)).strip("\n") + "\n"


def _target(url: Callable[[str | None], str]) -> Callable[[str | None], Markup]:
    """An address as it stands between the parentheses of a link."""

    def target(value: str | None) -> Markup:
        return Markup(quote(url(value), safe="%/?#:@!&,;=+-._").replace("&", "&amp;"))  # noqa: S704  nothing that ends a link is left

    return target
