"""`acctplan check`."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from acctplan.cli.options import Json, Plans, Today, day_asked_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from acctplan.book import Book
    from acctplan.diagnostic import Diagnostic, Pointer
    from acctplan.loader import Loaded
    from acctplan.report import Checked
    from acctplan.rules import Checkup, Context, Level, Rule


class Levels(StrEnum):
    """How much to expect of a plan."""

    start = "start"
    working = "working"
    review = "review"


class Severities(StrEnum):
    """How grave a finding is."""

    error = "error"
    warning = "warning"
    advice = "advice"


def check(
    plans: Plans = None,
    level: Annotated[
        Levels | None,
        typer.Option(help="How much to expect: start (ten minutes' work), working, review. Left out: what each plan has grown to."),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Only this rule or family, such as contacts. May be repeated.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Not this rule or family. May be repeated.")] = None,
    fail_on: Annotated[Severities, typer.Option(help="Exit with 1 where something is at least this grave.")] = Severities.warning,
    fail_under: Annotated[
        int | None,
        typer.Option(min=0, max=100, metavar="PERCENT", help="Exit with 1 where a plan is less complete than this.", show_default=False),
    ] = None,
    changed: Annotated[
        str | None,
        typer.Option(
            metavar="REV", help="Only plans that changed since this git revision, and only what is new in them.", show_default=False
        ),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="First mend what has one safe answer, such as 'Decision Maker' or 38 %.")] = False,
    show_diff: Annotated[bool, typer.Option("--diff", help="With --fix: show what would be mended, and write nothing.")] = False,
    show_waived: Annotated[bool, typer.Option("--show-waived", help="List the findings that are waived, with their reasons.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Also how often each rule found something.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Every finding of one plan in full, down the page, on a terminal too, where it is cut otherwise.")
    ] = False,
    output_format: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, concise, json, github, gitlab, sarif, junit or tsv.")
    ] = "text",
    as_json: Json = False,
    today: Today = None,
) -> None:
    """What is wrong, missing, stale or risky in plans, and why that matters.

    Errors keep a plan from being used, warnings are risks, advice is what would help most. Exits with 1 where there is an error or a
    warning. Below the findings: how complete each plan is, and what would help it most. Of more than ten plans the advice is only counted.
    Of one plan a terminal shows a screenful, what would help most first; --all shows everything.

    \b
    Examples:
      acctplan check
      acctplan check meridian --level review
      acctplan check meridian --all
      acctplan check --select contacts --ignore contacts/not-contacted
      acctplan check --fail-on error --fail-under 80 --json
      acctplan check --changed main --format github
      acctplan check --fix --diff
    """
    from acctplan import report, rules
    from acctplan.book import find_for
    from acctplan.cli import console
    from acctplan.cli.loading import spread

    book = find_for(plans or ())
    paths = _changed(book, book.resolve(plans or ()), changed) if changed else book.resolve(plans or ())
    if fix or show_diff:
        _fix(book, paths, show_diff=show_diff)
    if show_diff:
        return
    settings = book.config.check
    chosen = rules.choose(rules.ALL, select or settings.select, (*settings.ignore, *(ignore or ())), settings.severities)
    context = rules.Context(book.config, day_asked_for(today))
    checkups = spread(partial(_check, book, chosen, context, rules.Level(level) if level else None, changed), paths)
    is_whole = not (plans or select or ignore or changed)
    found = report.Checked(
        plans=len(paths),
        diagnostics=(
            *(diagnostic for checkup in checkups for diagnostic in checkup.diagnostics),
            *(_waivers_of_no_use(book, checkups, context.today) if is_whole else ()),
        ),
        waived=tuple(waived for checkup in checkups for waived in checkup.waived) if show_waived else (),
        completeness={checkup.path: checkup.completeness for checkup in checkups if checkup.completeness},
        only_new=bool(changed),
        summaries={} if select else {rule.name: rule.summary for rule in chosen},
        width=console.width(),
        height=_height() if len(paths) == 1 and console.is_terminal() and not (every or select or changed) else 0,
    )
    console.write(report.render("json" if as_json else output_format, found, console.painter()))
    if statistics:
        _statistics(found)
    raise typer.Exit(1 if _fails(found, fail_on, fail_under) else 0)


def _height() -> int:
    """Lines of the terminal."""
    import shutil

    return shutil.get_terminal_size().lines


def _fix(book: Book, paths: Sequence[Path], *, show_diff: bool) -> None:
    """Mend the plans and say what was mended; or show it as a diff."""
    from contextlib import nullcontext

    from acctplan.book import Change
    from acctplan.cli import console
    from acctplan.cli.loading import load
    from acctplan.errors import UserError
    from acctplan.fixes import mend

    found = False
    with nullcontext() if show_diff else book.lock():
        for path in paths:
            loaded = load(book, path)
            mended, places = mend(loaded, book.config)
            if not places:
                continue
            found = True
            change = Change(path, loaded.read().text, mended.read().text)
            if show_diff:
                console.diff(loaded.path, change.before, change.after)
                continue
            try:
                book.write([change])
            except UserError as error:  # the others can be mended all the same; what is wrong with this one is then found below
                console.say(f"could not mend {loaded.path}: {error.message}; {error.hint}")
            else:
                console.say("\n".join([f"mended {loaded.path}", *_mended(loaded, mended, places), _left(mended)]))
    if not found:
        console.say("nothing that has one safe answer")


def _mended(before: Loaded, after: Loaded, places: Sequence[Pointer]) -> Iterator[str]:
    """What was mended, a line each, in the order of the file."""
    found = []
    for pointer in places:
        line = before.locate(pointer)[0].line
        key = next(step for step in reversed(pointer) if isinstance(step, str))
        found.append((line, f"  line {line}: {key} {_written(before, pointer)} → {_written(after, pointer)}"))
    return (text for _, text in sorted(found, key=lambda one: one[0]))


def _written(loaded: Loaded, pointer: Pointer) -> str:
    from acctplan.document import Scalar

    node = loaded.read().node(pointer)
    return (node.value if isinstance(node, Scalar) else None) or ""


def _left(mended: Loaded) -> str:
    """How much is left that keeps the plan from being used."""
    left = len(mended.diagnostics)
    return "  nothing is left that keeps it from being used" if not left else f"  {left} error{'s are' if left > 1 else ' is'} left"


def _waivers_of_no_use(book: Book, checkups: Sequence[Checkup], today: date) -> Iterator[Diagnostic]:
    from acctplan.config import FILE_NAME
    from acctplan.rules.waivers import of_no_use

    if waivers := book.config.check.waivers:
        path = book.root / FILE_NAME
        used = frozenset(number for checkup in checkups for number in checkup.waivers_used)
        yield from of_no_use(waivers, used, book.read(path), book.display(path), today)


def _statistics(found: Checked) -> None:
    """To standard error, so that standard output stays what the format says."""
    from collections import Counter

    from acctplan.cli import console

    counts = Counter(diagnostic.rule for diagnostic in found.diagnostics)
    for rule, count in counts.most_common():
        console.say(f"{count:>6}  {rule}")


def _changed(book: Book, paths: Sequence[Path], revision: str) -> list[Path]:
    from acctplan.book.git import changed_since

    changed = changed_since(book.root, revision)
    return [path for path in paths if path.resolve() in changed]


def _check(book: Book, chosen: Sequence[Rule], context: Context, level: Level | None, since: str | None, path: Path) -> Checkup:
    """A plan checked; with a revision to compare with, only what is new."""
    from acctplan import loader, rules
    from acctplan.book.git import text_at
    from acctplan.cli.loading import load

    checkup = rules.check(load(book, path), chosen, context, level)
    before = text_at(book.root, since, path.resolve()) if since else None
    if before is None:
        return checkup
    known = rules.check(loader.load(before, checkup.path, book.config), chosen, context, level)
    return replace(checkup, diagnostics=tuple(_new(known.diagnostics, checkup.diagnostics)))


def _new(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    from acctplan.report import fingerprints

    known = {fingerprint for _, fingerprint in fingerprints(before)}
    return (diagnostic for diagnostic, fingerprint in fingerprints(after) if fingerprint not in known)


def _fails(found: Checked, fail_on: str, fail_under: int | None) -> bool:
    from acctplan.diagnostic import Severity

    grave = any(diagnostic.severity.rank <= Severity(fail_on).rank for diagnostic in found.diagnostics)
    percents = [one.total.percent for one in found.completeness.values()]
    return grave or (fail_under is not None and any(percent is not None and percent < fail_under for percent in percents))
