"""What `check` found, as JUnit XML: most CI systems show it as tests that failed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from acctplan.diagnostic import Diagnostic, Severity
from acctplan.report.style import Style, plain
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.report.checked import Checked


def render(checked: Checked, _: Style = plain) -> str:
    """A suite for each plan with findings, a case for each finding; advice does not fail."""
    found = checked.in_order()
    failures = sum(map(_fails, found))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="acctplan" tests="{len(found)}" failures="{failures}">']
    for path, group in groupby(found, key=lambda diagnostic: diagnostic.location.path):
        lines += _suite(path, list(group))
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(path: str, found: list[Diagnostic]) -> Iterator[str]:
    yield f'  <testsuite name={_attribute(path)} tests="{len(found)}" failures="{sum(map(_fails, found))}" errors="0">'
    for diagnostic in found:
        name = f"{diagnostic.rule} at line {diagnostic.location.line}"
        yield f"    <testcase classname={_attribute(path)} name={_attribute(name)}>"
        text = escape(visible(f"{path}:{diagnostic.location.line}: {diagnostic.message} ({diagnostic.hint})"))
        if _fails(diagnostic):
            yield f"      <failure type={_attribute(diagnostic.severity)} message={_attribute(diagnostic.message)}>{text}</failure>"
        else:
            yield f"      <system-out>{text}</system-out>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _fails(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity is not Severity.ADVICE


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
