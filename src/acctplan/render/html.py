"""HTML: one page that needs nothing from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from acctplan.render.templates import sandbox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2.sandbox import ImmutableSandboxedEnvironment


def environment(own: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    """What fills HTML templates; `own` ones come before the shipped."""
    return sandbox(escape, {}, own)
