"""A plan as a page to read: Plan to `PlanView`, `PlanView` to text in one of the `FORMATS`."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from acctplan.diagnostic import closest
from acctplan.errors import UserError
from acctplan.render import html, markdown
from acctplan.render.contained import fill_contained
from acctplan.render.templates import shipped
from acctplan.render.view import PlanView, plain, plan_view

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from acctplan.config import Config
    from acctplan.loader import Loaded

__all__ = ["FORMATS", "Format", "PlanView", "plan_view", "render", "render_plan", "shipped"]


class Format(NamedTuple):
    """A way to write a page."""

    template: str
    """The name of the template that a page starts from."""
    environment: Callable[[Mapping[str, str]], ImmutableSandboxedEnvironment]
    """What fills the templates, given the book's own by name."""
    tidy: Callable[[str], str]
    """The last touch to the whole page."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format(html.TEMPLATE, html.environment, str),
        "md": Format(markdown.TEMPLATE, markdown.environment, markdown.tidy),
    }
)
"""Every format by name, which is also the ending of its files."""


def render(view: PlanView, format_name: str, own_templates: Mapping[str, str] | None = None) -> str:
    """The page of a plan.

    The same view gives the same text, to the byte.

    Args:
        view: what the page says.
        format_name: one of `FORMATS`.
        own_templates: a book's own templates, by their path below its templates folder. They come before the shipped ones of the
            same name, and are filled in a process of its own with limits.

    Raises:
        UserError: there is no such format, or an own template has a fault.
    """
    if format_name not in FORMATS:
        near = closest(format_name, FORMATS)
        raise UserError(f"unknown format '{format_name}'", f"did you mean {near}?" if near else f"one of {', '.join(FORMATS)}")
    values = plain(view)
    if own_templates:
        return fill_contained(format_name, values, own_templates)
    chosen = FORMATS[format_name]
    return chosen.tidy(_shipped_template(format_name).render(values))


@cache
def _shipped_template(format_name: str) -> Template:
    """Compiled once, however many plans there are to render."""
    chosen = FORMATS[format_name]
    return chosen.environment({}).get_template(chosen.template)


def render_plan(loaded: Loaded, config: Config, today: date, format_name: str, own_templates: Mapping[str, str] | None = None) -> str:
    """The page of a loaded plan, as of a day. Otherwise as `render`.

    Raises:
        UserError: the plan has errors, there is no such format, an own template has a fault, or a rate is missing.
    """
    if loaded.plan is None:
        raise UserError(f"{loaded.path} has errors, so there is no plan to render", f"run 'acctplan check {loaded.path}'")
    return render(plan_view(loaded.plan, config, today), format_name, own_templates)
