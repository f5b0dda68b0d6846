"""Text to `Document`.

One pass over the parser's events guards and builds at once, so a hostile file is refused before anything grows from it.
The C parser is used where it is installed, ruamel's pure Python parser otherwise; both speak the same events.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import ScalarEvent

from acctplan.document.builder import Builder
from acctplan.document.problems import MalformedError, Problem, shifted, syntax_problem, too_large, unwanted
from acctplan.document.tree import Document

try:
    from _ruamel_yaml import CParser
except ImportError:  # a machine without the compiled parser
    CParser = None

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_CHARACTERS = 1 << 20
MAX_VALUES = 100_000

_CONFLICT = re.compile(r"^\ufeff?(?:<{7}|={7}|>{7})(?:[ \r]|$)", re.MULTILINE)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def parse(text: str) -> Document:
    """Read a text as one plain YAML document.

    Raises:
        MalformedError: with every problem found, each at its offset.
    """
    _guard(text)
    builder = Builder()
    body = text.removeprefix("\ufeff")
    try:
        builder.run(_events(body), MAX_VALUES)
    except MarkedYAMLError as error:
        builder.problems.append(syntax_problem(body, error))
    except (YAMLError, ValueError, TypeError, AssertionError, NotImplementedError, RecursionError, AttributeError, IndexError):
        # What ruamel lets through on broken input. Its words may quote the plan, so they are not kept.
        builder.problems.append(unwanted(body) or Problem("syntax/invalid", 0, "this is not YAML", "see whether the file was damaged"))
    shift = len(text) - len(body)
    if len(builder.places.starts) > MAX_VALUES:
        builder.problems.append(too_large(f"more than {MAX_VALUES:,} keys and values", "no plan needs that many"))
    if builder.problems:
        raise MalformedError([shifted(problem, shift) for problem in builder.problems])
    return Document(text, builder.data, builder.places.packed(shift))


def _guard(text: str) -> None:
    """Refuse what is cheaper to see in the text than in its events."""
    if len(text) > MAX_CHARACTERS:
        raise MalformedError([too_large(f"{len(text):,} characters", f"a plan has at most {MAX_CHARACTERS:,}")])
    if ("<<<<<<<" in text or "=======" in text or ">>>>>>>" in text) and (match := _CONFLICT.search(text)):
        raise MalformedError(
            [
                Problem(
                    "syntax/merge-conflict",
                    match.start(),
                    "a merge conflict was left in the file",
                    "keep one side, delete the <<<<<<<, ======= and >>>>>>> lines",
                )
            ]
        )
    if not text.isascii() and (problem := unwanted(text.removeprefix("\ufeff"))):
        raise MalformedError([shifted(problem, len(text) - len(text.removeprefix("\ufeff")))])


def _events(text: str) -> Iterator[Any]:
    """The parser's events, each with `start_mark` and `end_mark` whose `index` counts characters."""
    if CParser is None:
        from ruamel.yaml import YAML  # noqa: PLC0415  the slow way round, only where it is needed

        for event in YAML(typ="safe", pure=True).parse(text):
            # An escape such as "\ud800" would make half a character, which cannot be written anywhere. The C parser refuses it.
            if type(event) is ScalarEvent and _HALF_CHARACTER.search(event.value):
                raise MarkedYAMLError(problem="found invalid Unicode character escape code", problem_mark=event.start_mark)
            yield event
        return
    parser = CParser(text)
    get_event: Callable[[], Any] = parser.get_event
    while (event := get_event()) is not None:
        yield event
