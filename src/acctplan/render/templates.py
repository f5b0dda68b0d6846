"""Where templates are found, and the sandbox that they are filled in.

A template sees plain values only (see `view.plain`), and whatever it prints of them passes the `escape` of its format: the sandbox
keeps it from reaching further, `escape` keeps the values from becoming anything but text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

import acctplan
from acctplan.render import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SHIPPED = "shipped/"
"""Before a name, it always means the template that acctplan ships, so that a book's own can extend the one it replaces."""

# They mark text as safe as it stands, write another format's syntax, or answer differently each time.
_LEFT_OUT = ("pprint", "random", "safe", "tojson", "urlize", "xmlattr")


@cache
def shipped() -> Mapping[str, str]:
    """The templates that acctplan ships, by name: `plan.html.j2`, `partials/people.html.j2`."""
    package = Path(acctplan.__file__).parent
    installed, checked_out = package / "templates", package.parents[1] / "templates"
    folder = installed if installed.is_dir() else checked_out
    paths = sorted(folder.rglob("*.j2"))
    return MappingProxyType({path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths})


def _among(own: Mapping[str, str]) -> FunctionLoader:
    """Finds templates by their exact name among texts: a name that climbs out of a folder is just one that is not there."""
    texts = {**shipped(), **{SHIPPED + name: source for name, source in shipped().items()}, **own}

    def find(name: str) -> tuple[str, str, None] | None:
        """The text, and the name that tracebacks give it."""
        return (texts[name], name, None) if name in texts else None

    return FunctionLoader(find)


def sandbox(
    escape: Callable[[str], Markup], filters: Mapping[str, Callable[..., Any]], own: Mapping[str, str]
) -> ImmutableSandboxedEnvironment:
    """An environment whose output is escaped value by value.

    Args:
        escape: makes clean text inert in the format that is written.
        filters: of the format, beside those that every format has.
        own: templates by name that come before the shipped ones.
    """

    def finalize(value: Any) -> Markup:
        """Every value that is printed passes here. What a macro made is escaped already; None is nothing."""
        if isinstance(value, Markup):
            return value
        return Markup("") if value is None else escape(text.clean(str(value)))

    environment = ImmutableSandboxedEnvironment(
        autoescape=True,  # so that what macros return is Markup
        auto_reload=False,
        finalize=finalize,
        keep_trailing_newline=True,
        loader=_among(own),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    del environment.globals["lipsum"]
    for name in _LEFT_OUT:
        del environment.filters[name]
    environment.filters.update(dict.fromkeys(("e", "escape", "forceescape"), finalize))
    environment.filters.update(
        date=text.day,
        days=text.days,
        mail_url=text.mail_url,
        money=text.money,
        number=text.number,
        percent=text.percent,
        phone_url=text.phone_url,
        safe_url=text.safe_url,
    )
    environment.filters.update(filters)
    return environment
