"""Why a text is not a plan's, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

_UNWANTED = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is not a plan's, at an offset into it."""

    code: str
    offset: int
    message: str
    hint: str
    related: int | None = None
    """The offset of the other place that the message is about."""


class MalformedError(Exception):
    """The text cannot be read as one plain YAML document."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = sorted(problems, key=lambda problem: problem.offset)


def too_large(size: str, expected: str) -> Problem:
    """The file is larger than any plan."""
    return Problem("syntax/too-large", 0, f"the file has {size}; {expected}", "split it into one plan per account")


def unwanted(text: str) -> Problem | None:
    """The first character that a plan must not have, if there is one."""
    if not (match := _UNWANTED.search(text)):
        return None
    return Problem(
        "syntax/control-character",
        match.start(),
        f"an invisible character (U+{ord(match.group()):04X}) that YAML does not allow",
        "delete it; it often comes with text pasted from elsewhere",
    )


def syntax_problem(text: str, error: MarkedYAMLError) -> Problem:
    """What the parser stumbled on, with a hint of our own."""
    mark = error.problem_mark or error.context_mark
    offset = min(mark.index, len(text)) if mark else 0
    if "\t" in text[max(0, offset - 1) : offset + 1]:
        return Problem("syntax/tab", offset, "a tab where YAML wants spaces", "indent with spaces")
    reasons = ": ".join(filter(None, (error.context, error.problem)))
    return Problem("syntax/invalid", offset, f"not valid YAML: {reasons}", _hint(reasons))


def _hint(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that contains ': ', or check the indentation"
    if "could not find expected ':'" in problem:
        return "a key needs a colon and a space after it; check the indentation of this line and the one before"
    if "unexpected ':'" in problem:
        return "inside { } and [ ] put quotes around a text that contains ':', such as a web address"
    if "cannot start any token" in problem:
        return "put quotes around a text that starts with @, ` or %"
    if "scanning an alias" in problem or "scanning an anchor" in problem:
        return "put quotes around a text that starts with * or &"
    if "',' or" in problem:
        return "a bracket was opened and not closed, or a text inside it needs quotes"
    if "unexpected end of stream" in problem:
        return "a quote or a bracket was opened and not closed"
    return "check the indentation, the quotes and the brackets on this line and the one before"


def shifted(problem: Problem, by: int) -> Problem:
    """The same at other offsets."""
    related = None if problem.related is None else problem.related + by
    return replace(problem, offset=problem.offset + by, related=related)
