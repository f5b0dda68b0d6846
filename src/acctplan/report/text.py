"""What `check` found, for people: the place, what is wrong, the line with the spot underlined, what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from acctplan.diagnostic import Severity
from acctplan.report.style import Role, Style, plain
from acctplan.report.visible import columns, visible
from acctplan.report.wrapping import Word, crop, words, wrap

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
_MANY = 10
"""Of more plans than this the advice is only counted, so that errors and warnings are not buried."""
_AROUND = 4
"""Lines of a screen that the counts, the way to the rest and the next prompt take."""
_LEAST = 12
"""Lines that errors and warnings have anywhere."""
_TAB = "    "
_HANGING = 4
"""How far a message is set in after its first line."""


def render(checked: Checked, style: Style = plain) -> str:
    """Each diagnostic with its line, by file and down the page, then the counts. Ends with a line end.

    The line is shown once where several diagnostics in a row are about the same spot. Of many plans the advice is only counted. Where the
    report knows the height of the screen, what would help most comes first, then errors and warnings until the screen is full.
    """
    if checked.height:
        return _screenful(checked, style)
    lines: list[str] = []
    shown: Location | None = None
    counted = _counted(checked)
    for diagnostic in checked.in_order():
        if diagnostic.severity is Severity.ADVICE and diagnostic.rule in counted:
            continue
        lines += _diagnostic(diagnostic, checked.width, style, excerpt=diagnostic.location != shown)
        lines.append("")
        shown = diagnostic.location
    if checked.waived:
        lines += [*_waived(checked, style), ""]
    if len(checked.completeness) <= _FEW and not checked.only_new:
        lines += [line for path, one in checked.completeness.items() for line in _completeness(path, one, checked.width, style)]
    if counted:
        lines += [*_advice(counted, checked, style), ""]
    lines += _closing(checked, style)
    if counted:
        lines += _how_to_see_it(checked.width, style)
    return "\n".join(lines) + "\n"


def _screenful(checked: Checked, style: Style) -> str:
    """What would help most, the gravest findings and the counts of advice, in about a screenful."""
    lines = [line for path, one in checked.completeness.items() for line in _completeness(path, one, checked.width, style)]
    if checked.waived:
        lines += [*_waived(checked, style), ""]
    counted = _counted(checked)
    advice = [*_advice_in_short(counted, checked.width, style), ""] if counted else []
    room = max(checked.height - _AROUND - len(lines) - len(advice), _LEAST)
    grave = [one for one in checked.in_order() if one.severity is not Severity.ADVICE or one.rule not in counted]
    grave.sort(key=lambda one: one.severity.rank)
    left = len(grave)
    shown: Location | None = None
    for diagnostic in grave:
        block = [*_diagnostic(diagnostic, checked.width, style, excerpt=diagnostic.location != shown), ""]
        if len(block) > room and left < len(grave):
            break
        lines += block
        room -= len(block)
        left -= 1
        shown = diagnostic.location
    if left:
        rest = Counter(diagnostic.severity for diagnostic in grave[-left:])
        lines += [f"… and {' and '.join(f'{count} more {_NOUNS[severity][count != 1]}' for severity, count in rest.items())}", ""]
    lines += [*advice, *_closing(checked, style)]
    if left or counted:
        lines += _help([*words("all of it:"), Word("'acctplan check PLAN --all'")], checked.width, style)
    return "\n".join(lines) + "\n"


def _counted(checked: Checked) -> Counter[str]:
    """How often each rule advises something, of those whose advice is not shown one by one."""
    if checked.plans <= _MANY and not checked.height:
        return Counter()
    advice = (diagnostic.rule for diagnostic in checked.diagnostics if diagnostic.severity is Severity.ADVICE)
    return Counter(sorted(rule for rule in advice if rule in checked.summaries))


def _advice(counted: Counter[str], checked: Checked, style: Style) -> Iterator[str]:
    """The most frequent first, those that are as frequent by name."""
    widest = len(str(max(counted.values())))
    for rule, count in counted.most_common():
        head = [Word(f"{count:>{widest}} ×"), Word(rule, "advice", ":")]
        said = visible(_clause(checked.summaries[rule]))
        yield from wrap([*head, *words(said)], checked.width, style, hanging=widest + 3)


def _advice_in_short(counted: Counter[str], width: int, style: Style) -> Iterator[str]:
    """The rules alone, the most frequent first."""
    texts = [Word(f"{count} × {rule}") for rule, count in counted.most_common()]
    head = Word("advice", "advice", ":")
    yield from wrap([head, *(word._replace(tail=",") for word in texts[:-1]), texts[-1]], width, style, hanging=2)


def _clause(summary: str) -> str:
    """The first sentence of a summary as it stands after a colon: no capital, no full stop."""
    sentence = summary.partition(". ")[0].removesuffix(".")
    return sentence[:1].lower() + sentence[1:]


def _how_to_see_it(width: int, style: Style) -> Iterator[str]:
    one, every = Word("'acctplan check PLAN'"), Word("'acctplan check --format concise'")
    yield from _help([*words("the advice itself:"), one, *words("for one plan,"), every, *words("for all")], width, style)


def _waived(checked: Checked, style: Style) -> Iterator[str]:
    yield "Waived:"
    for diagnostic, waiver in checked.waived:
        place = Word(visible(f"{diagnostic.location.path}:{diagnostic.location.line}"), "path")
        until = f" until {waiver.until}" if waiver.until else ""
        said = f"{diagnostic.rule}{until}: {visible(waiver.reason)}"
        yield from wrap([place, *words(said)], checked.width, style, indent=2, hanging=2 + _HANGING)


def _completeness(path: str, one: Completeness, width: int, style: Style) -> Iterator[str]:
    """How complete a plan is, and what would help it most."""
    if one.total.percent is None:
        return
    said = f"is {one.total.percent} % complete at level {one.level}: {_of(one.total)} checks passed"
    yield from wrap([Word(visible(path), "path"), *words(said)], width, style, hanging=_HANGING)
    sections = [f"{family} {_of(share)}" for family, share in one.sections.items() if share.passed < share.applicable]
    if sections:
        yield from wrap([Word("open:", "dim"), *_listed(sections)], width, style, indent=2, hanging=8)
    label = "would help most:"
    for number, diagnostic in enumerate(one.helps_most, 1):
        head = [Word(label if number == 1 else " " * len(label), "dim"), Word(f"{number}.")]
        place = Word(f"(line {diagnostic.location.line})")
        yield from wrap([*head, *words(visible(diagnostic.message)), place], width, style, indent=2, hanging=len(label) + 6)
    yield ""


def _of(share: Share) -> str:
    return f"{share.passed} of {share.applicable}"


def _listed(texts: list[str]) -> list[Word]:
    """With commas between them, each in one piece."""
    return [*(Word(text, tail=",") for text in texts[:-1]), Word(texts[-1])]


def _diagnostic(diagnostic: Diagnostic, width: int, style: Style, *, excerpt: bool) -> Iterator[str]:
    path, line, column, _ = diagnostic.location
    place = Word(visible(f"{path}:{line}:{column}"), "path")
    severity = Word(diagnostic.severity.value, ROLES[diagnostic.severity])
    said = f"{visible(diagnostic.rule)}: {visible(diagnostic.message)}"
    yield from wrap([place, severity, *words(said)], width, style, hanging=_HANGING)
    if excerpt and diagnostic.source.strip():
        yield from _excerpt(diagnostic, width, style)
    if diagnostic.hint:
        yield from _help(words(visible(diagnostic.hint)), width, style)


def _help(hint: list[Word], width: int, style: Style) -> Iterator[str]:
    label = "help:"
    yield from wrap([Word(label, "dim"), *hint], width, style, indent=2, hanging=len(label) + 3)


def _excerpt(diagnostic: Diagnostic, width: int, style: Style) -> Iterator[str]:
    """The line, and carets below what it is about. No carets for a spot past the end of a line that was cut."""
    source, (_, line, column, end) = diagnostic.source, diagnostic.location
    margin = " " * len(str(line))
    whole, before, spot = map(_laid_out, (source, source[: column - 1], source[column - 1 : end - 1]))
    left, carets = columns(before), max(1, columns(spot))
    room = max(width - len(f"  {line} | "), 2) if width else columns(whole) + 1
    start = _first_column(columns(whole), left, carets, room)
    yield f"  {style('dim', f'{line} |')} {crop(whole, start, room)}"
    if column <= len(source) + 1:
        at = left - start
        underlined = style(ROLES[diagnostic.severity], "^" * min(carets, room - at))
        yield f"  {style('dim', f'{margin} |')} {' ' * at}{underlined}"


def _first_column(total: int, left: int, carets: int, room: int) -> int:
    """From which column on a line is shown so that the spot is in sight: from its beginning, if the spot is in sight there."""
    last = max(total, left + 1)
    if last <= room or left + carets < room:
        return 0
    # What goes before says what the spot is about; of a spot that is wider than the room its beginning matters.
    context = (room - carets) // 2 if carets < room - 1 else room // 3
    return max(0, min(left - context, last - room))


def _laid_out(source: str) -> str:
    """A stretch of a line as it is printed; what it takes in columns does not depend on where it starts."""
    return visible(source.replace("\t", _TAB))


def _closing(checked: Checked, style: Style) -> Iterator[str]:
    plans = "1 plan" if checked.plans == 1 else f"{checked.plans} plans"
    counts = [
        Word(f"{count} {_NOUNS[severity][count != 1]}", ROLES[severity], ",") for severity, count in checked.counts().items() if count
    ]
    if not counts:
        yield f"{plans}, nothing to report"
        return
    *others, last = counts
    yield from wrap([Word(plans, tail=":"), *others, last._replace(tail="")], checked.width, style, hanging=_HANGING)
