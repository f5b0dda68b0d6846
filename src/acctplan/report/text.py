"""What `check` found, for people: the place, what is wrong, the line with the spot underlined, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.diagnostic import Severity
from acctplan.report.style import Role, Style, plain
from acctplan.report.visible import columns, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.diagnostic import Diagnostic, Location
    from acctplan.report.checked import Checked
    from acctplan.rules import Completeness, Share

ROLES: dict[Severity, Role] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "advice"}
_NOUNS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.ADVICE: ("piece of advice", "pieces of advice"),
}
_FEW = 3
"""Of more plans than this only the counts are told; `acctplan health` has them all."""
_TAB = "    "


def render(checked: Checked, style: Style = plain) -> str:
    """Each diagnostic with its line, by file and down the page, then the counts. Ends with a line end.

    The line is shown once where several diagnostics in a row are about the same spot.
    """
    lines: list[str] = []
    shown: Location | None = None
    for diagnostic in checked.in_order():
        lines += _diagnostic(diagnostic, style, excerpt=diagnostic.location != shown)
        lines.append("")
        shown = diagnostic.location
    if checked.waived:
        lines += [*_waived(checked, style), ""]
    if len(checked.completeness) <= _FEW:
        lines += [line for path, one in checked.completeness.items() for line in _completeness(path, one, style)]
    lines.append(_closing(checked, style))
    return "\n".join(lines) + "\n"


def _waived(checked: Checked, style: Style) -> Iterator[str]:
    yield "Waived:"
    for diagnostic, waiver in checked.waived:
        place = style("path", visible(f"{diagnostic.location.path}:{diagnostic.location.line}"))
        until = f" until {waiver.until}" if waiver.until else ""
        yield f"  {place} {diagnostic.rule}{until}: {visible(waiver.reason)}"


def _completeness(path: str, one: Completeness, style: Style) -> Iterator[str]:
    """How complete a plan is, and what would help it most."""
    if one.total.percent is None:
        return
    yield f"{style('path', visible(path))} is {one.total.percent} % complete at level {one.level}: {_of(one.total)} checks passed"
    sections = [f"{family} {_of(share)}" for family, share in one.sections.items() if share.passed < share.applicable]
    if sections:
        yield f"  {style('dim', 'open:')} {', '.join(sections)}"
    for number, diagnostic in enumerate(one.helps_most, 1):
        label = style("dim", "would help most:" if number == 1 else "                ")
        yield f"  {label} {number}. {visible(diagnostic.message)} (line {diagnostic.location.line})"
    yield ""


def _of(share: Share) -> str:
    return f"{share.passed} of {share.applicable}"


def _diagnostic(diagnostic: Diagnostic, style: Style, *, excerpt: bool) -> Iterator[str]:
    path, line, column, _ = diagnostic.location
    place = style("path", visible(f"{path}:{line}:{column}"))
    severity = style(ROLES[diagnostic.severity], diagnostic.severity.value)
    yield f"{place} {severity} {visible(diagnostic.rule)}: {visible(diagnostic.message)}"
    if excerpt and diagnostic.source.strip():
        yield from _excerpt(diagnostic, style)
    if diagnostic.hint:
        yield f"  {style('dim', 'help:')} {visible(diagnostic.hint)}"


def _excerpt(diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    """The line, and carets below what it is about. No carets for a spot past the end of a line that was cut."""
    source, (_, line, column, end) = diagnostic.source, diagnostic.location
    margin = " " * len(str(line))
    yield f"  {style('dim', f'{line} |')} {_laid_out(source)}"
    if column <= len(source) + 1:
        before, spot = _laid_out(source[: column - 1]), _laid_out(source[column - 1 : end - 1])
        carets = style(ROLES[diagnostic.severity], "^" * max(1, columns(spot)))
        yield f"  {style('dim', f'{margin} |')} {' ' * columns(before)}{carets}"


def _laid_out(source: str) -> str:
    """A stretch of a line as it is printed; what it takes in columns does not depend on where it starts."""
    return visible(source.replace("\t", _TAB))


def _closing(checked: Checked, style: Style) -> str:
    plans = "1 plan" if checked.plans == 1 else f"{checked.plans} plans"
    counts = [style(ROLES[severity], f"{count} {_NOUNS[severity][count != 1]}") for severity, count in checked.counts().items() if count]
    return f"{plans}: {', '.join(counts)}" if counts else f"{plans}, nothing to report"
