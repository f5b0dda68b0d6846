"""The agenda of a meeting in its six parts, and how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from acctplan.cli import console
from acctplan.render.markdown import escape
from acctplan.report.style import plain
from acctplan.report.visible import visible
from acctplan.report.wrapping import words, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.report.style import Style

_WIDEST = 100
"""Columns of a line that is easily read."""
_NOTHING = "Nothing is noted."


class Block(NamedTuple):
    """A few lines of a part."""

    title: str
    lines: tuple[str, ...]


class Part(NamedTuple):
    """One of the six parts."""

    title: str
    prompt: str
    """What to ask; empty: nothing."""
    blocks: tuple[Block, ...]


class Paper(NamedTuple):
    """An agenda."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """When and who."""
    parts: tuple[Part, ...]


def blocks(*given: tuple[str, tuple[str, ...]]) -> tuple[Block, ...]:
    """Those that have a line."""
    return tuple(Block(title, lines) for title, lines in given if lines)


def as_text(paper: Paper, *, to_file: bool) -> str:
    """For reading on a terminal, or in a file."""
    style, columns = (plain, 0) if to_file else (console.painter(), min(console.width(), _WIDEST))
    return "".join(f"{line}\n" for line in _lines(paper, style, columns))


def _lines(paper: Paper, style: Style, columns: int) -> Iterator[str]:
    yield style("path", visible(paper.title))
    for name, fact in paper.facts:
        yield from wrap(words(visible(f"{name + ':':<11}{fact}")), columns, hanging=11)
    for number, part in enumerate(paper.parts, 1):
        yield ""
        yield style("path", visible(f"{number}. {part.title}"))
        if part.prompt:
            yield from wrap(words(part.prompt), columns, indent=3, hanging=3)
        elif not part.blocks:
            yield f"   {_NOTHING}"
        for block in part.blocks:
            yield from wrap(words(visible(f"{block.title}:")), columns, indent=3, hanging=3)
            for line in block.lines:
                yield from wrap(words(visible(f"- {line}")), columns, indent=5, hanging=7)


def as_markdown(paper: Paper) -> str:
    """For a file of notes. Every text of the plan stands as it is: what would be Markdown is escaped."""
    lines = [f"# {_md(paper.title)}", "", *(f"- **{name}:** {_md(fact)}" for name, fact in paper.facts)]
    for number, part in enumerate(paper.parts, 1):
        lines += ["", f"## {number}. {_md(part.title)}"]
        if not part.blocks:
            lines += ["", _NOTHING]
        for block in part.blocks:
            lines += ["", f"**{_md(block.title)}**", "", *(f"- {_md(line)}" for line in block.lines)]
    return "\n".join([*lines, ""])


def _md(text: str) -> str:
    return str(escape(visible(text)))
