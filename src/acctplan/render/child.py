"""The process that fills a book's own templates: a request on stdin, the page or what was wrong on stdout."""

from __future__ import annotations

import json
import math
import sys
from contextlib import suppress
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from acctplan.render import FORMATS, marked
from acctplan.render.contained import Limits
from acctplan.render.templates import SHIPPED, shipped

try:
    import resource
except ImportError:  # Windows, where the parent's clock and the limit on output have to do
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class _TooLongError(Exception):
    """The output goes past its limit."""


def main() -> None:
    """Answer the one request on stdin: `done` and the page, or `failed` and the parts of a UserError as JSON."""
    request = json.loads(sys.stdin.buffer.read())
    limits = Limits(*request["limits"])
    _limit(limits)
    try:
        answer = b"done\n" + _fill(request, limits)
    except Exception as error:  # noqa: BLE001  whatever a template does wrong is the template's fault, and is said so
        answer = b"failed\n" + json.dumps(_fault(error, request["own"])).encode()
    sys.stdout.buffer.write(answer)


def _limit(limits: Limits) -> None:
    if resource is not None:
        # The parent's clock stops a child in time; the processor's is for one whose parent is gone.
        seconds = math.ceil(limits.seconds) + 1
        most = {resource.RLIMIT_CPU: seconds, resource.RLIMIT_AS: limits.memory, resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0}
        for what, amount in most.items():
            # Some systems have a limit but do not let it be set, or have set it lower already.
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (amount, amount))


def _fill(request: Mapping[str, Any], limits: Limits) -> bytes:
    chosen = FORMATS[request["format"]]
    template = chosen.environment(request["own"]).get_template(request["template"])
    parts = template.generate(request["values"], pictures=marked(request["pictures"]))
    page = chosen.tidy("".join(_up_to(limits.output, parts))).encode(errors="replace")
    if len(page) > limits.output:
        raise _TooLongError
    return page


def _up_to(length: int, parts: Iterable[str]) -> Iterable[str]:
    for part in parts:
        length -= len(part)
        if length < 0:
            raise _TooLongError
        yield part


def _fault(error: Exception, own: Mapping[str, str]) -> dict[str, str]:
    """What to tell the template's author. A word of the error is repeated only if it stands in the template: others may be the plan's."""
    name, line = _place(error, own)
    where = f"templates/{name}" if name in own else f"the shipped template {name.removeprefix(SHIPPED)}"
    source = own.get(name, "").splitlines()
    written = source[line - 1] if 0 < line <= len(source) else ""
    what, hint = _words(error, written)
    place = f"{where}, line {line}" if line else where
    return {"message": f"{place}: {what}" if name else f"the book's own templates: {what}", "hint": hint}


def _place(error: Exception, own: Mapping[str, str]) -> tuple[str, int]:
    """The template and the line that an error comes from; no name and 0 where that is not known."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or "", error.lineno
    texts = {**own, **shipped()}
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    return next((place for place in reversed(places) if place[0].removeprefix(SHIPPED) in texts), ("", 0))


def _words(error: Exception, written: str) -> tuple[str, str]:
    match error:
        case TemplateSyntaxError():
            return f"not written as a template should be: {error.message}", "see https://jinja.palletsprojects.com/templates"
        case TemplateNotFound():
            asked = str(error.name or "")
            named = f"'{asked}'" if asked and asked in written else "a template"
            return f"asks for {named}, which is neither in the book's templates nor shipped", "names are relative to the templates folder"
        case UndefinedError():
            word = next((word for word in str(error.message).split("'")[::-1] if word.isidentifier() and word in written), "")
            named = f"'{word}'" if word else "something"
            return f"asks for {named}, which a page does not have", "compare with the shipped templates"
        case SecurityError():
            return "does what a template may not do", "a template can only read values, not call into the program"
        case MemoryError():
            return "needs too much memory", "make the page smaller"
        case RecursionError():
            return "goes round in a circle", "look for a template that includes itself, or a macro that calls itself"
        case _TooLongError():
            return "writes too long a page", "make the page smaller"
        case OverflowError():
            return "counts too far", "a range has at most 100,000 numbers"
        case TemplateError() | ArithmeticError() | LookupError() | TypeError() | ValueError() | AttributeError():
            return f"cannot work out a value ({type(error).__name__})", "check the filters and what they are given"
        case _:
            return f"stopped ({type(error).__name__})", "compare with the shipped templates"
