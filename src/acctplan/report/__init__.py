"""Results to text: one module a format, no disk, no colour of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from acctplan.diagnostic import closest
from acctplan.errors import UserError
from acctplan.report import concise, github, gitlab, json_report, junit, sarif, text, tsv
from acctplan.report.cells import cell
from acctplan.report.checked import Checked
from acctplan.report.fingerprints import fingerprints
from acctplan.report.style import Role, Style, plain
from acctplan.report.visible import columns, visible

__all__ = ["FORMATS", "Checked", "Reporter", "Role", "Style", "cell", "columns", "fingerprints", "plain", "render", "visible"]

Reporter: TypeAlias = Callable[[Checked, Style], str]
"""Writes what was found in one format. The text ends with a line end; a format for programs leaves the style alone."""

FORMATS: Mapping[str, Reporter] = MappingProxyType(
    {
        "text": text.render,
        "concise": concise.render,
        "json": json_report.render,
        "github": github.render,
        "gitlab": gitlab.render,
        "sarif": sarif.render,
        "junit": junit.render,
        "tsv": tsv.render,
    }
)
"""Every format that `check` speaks, by name."""


def render(name: str, checked: Checked, style: Style = plain) -> str:
    """What was found, in the format of that name.

    Raises:
        UserError: there is no such format.
    """
    if name not in FORMATS:
        near = closest(name, FORMATS)
        raise UserError(f"unknown format '{name}'", f"did you mean {near}?" if near else f"one of {', '.join(FORMATS)}")
    return FORMATS[name](checked, style)
