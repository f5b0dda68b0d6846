"""Measures acctplan against its peers, side by side in one run.

    python benchmarks/run.py [--quick] [--plans 2000] [--only NAME] [--write docs/performance.md]

Installs all programs in a folder of its own, generates a book, prints a table in Markdown. See benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import generate
import programs
from timing import AtMost, Faster, Row, compare, inserted, interleaved, missing, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from programs import Environments

MEMORY_LIMIT = 300_000_000
FINDINGS = (0, 1)
"""The exit statuses of `acctplan check`: nothing found, something found."""
YAMLLINT = "{extends: default, rules: {document-start: disable, line-length: {max: 200}}}"
COMPLETION = {"_ACCTPLAN_COMPLETE": "complete_bash", "COMP_WORDS": "acctplan ch", "COMP_CWORD": "1"}
PARTS_OF_A_PAGE = ("reading", "health", "view", "pictures", "template")
SMALLEST = "import typer\n\n\ndef main(name: str) -> None:\n    print(name)\n\n\ntyper.run(main)\n"


@dataclass(frozen=True)
class Bench:
    """What every measurement needs to know."""

    work: Path
    book: Path
    plans: list[Path]
    installed: Environments
    is_quick: bool

    def rounds(self, full: int, quick: int) -> int:
        """How often to measure."""
        return quick if self.is_quick else full


def reading(bench: Bench) -> list[Row]:
    seconds = _inside(bench, "reading", bench.rounds(15, 3))
    load, libyaml, round_trip = seconds["load"], seconds["CSafeLoader"], seconds["round trip"]
    what = "a text to a validated plan"
    faulty = f"{what}, one of ten with a problem"
    return [
        compare(what, load, "PyYAML CSafeLoader, no validation", libyaml, AtMost(1.2)),
        compare(faulty, seconds["load, one of ten with a problem"], "the same", libyaml, AtMost(1.2)),
        compare("a file to a validated plan", seconds["read and load"], "the same, text in memory", libyaml, AtMost(1.2)),
        compare(what, load, "ruamel.yaml round trip, no validation", round_trip, Faster(15)),
    ]


def check(bench: Bench) -> list[Row]:
    schema = bench.work / "plan.schema.json"
    schema.write_text(programs.run([bench.installed.alone.program("acctplan"), "schema"]).output, encoding="utf-8")
    sourcemeta = programs.install_sourcemeta(bench.work)
    command = [bench.installed.alone.program("acctplan"), "check"]

    def acctplan(processors: int | None = None) -> float:
        return programs.run(command, expected=FINDINGS, folder=bench.book, processors=processors).seconds

    def peer(*arguments: str | Path) -> Callable[[], float]:
        return lambda: programs.run([*arguments, *bench.plans], folder=bench.book).seconds

    fast: dict[str, Callable[[], float]] = {"acctplan": acctplan}
    if hasattr(os, "sched_setaffinity"):
        fast["one processor"] = lambda: acctplan(1)
    if sourcemeta is not None:
        fast["sourcemeta"] = peer(sourcemeta, "validate", schema)
        fast["sourcemeta, fast"] = peer(sourcemeta, "validate", "--fast", schema)
    slow = {
        "acctplan": acctplan,
        "check-jsonschema": peer(bench.installed.peers.program("check-jsonschema"), "--schemafile", schema),
        "check-jsonschema, compiled parser": peer(bench.installed.together.program("check-jsonschema"), "--schemafile", schema),
        "yamllint": peer(bench.installed.peers.program("yamllint"), "-d", YAMLLINT),
    }
    for measure in fast.values():
        measure()  # fills the disk cache
    seconds = interleaved(fast, bench.rounds(7, 2))
    slowly = interleaved(slow, bench.rounds(3, 1))

    ways = [("all processors", "acctplan")] + [("one processor", "one processor")] * ("one processor" in seconds)
    rows = []
    for name, label, target in (
        ("check-jsonschema", "check-jsonschema, our schema", Faster(15)),
        ("check-jsonschema, compiled parser", "the same with the compiled parser of ours beside it", Faster()),
        ("yamllint", "yamllint, style only", Faster(20)),
    ):
        rows.append(compare(_checked(bench), slowly["acctplan"], label, slowly[name], target))
    for way, name in ways:
        what = f"{_checked(bench)}, {way}"
        for mode, target in (("", AtMost(2.5)), (", fast", AtMost())):
            label = f"{programs.SOURCEMETA}{' --fast' if mode else ''} (C++), our schema alone"
            theirs = seconds.get(f"sourcemeta{mode}")
            rows.append(
                missing(what, seconds[name], label, target) if theirs is None else compare(what, seconds[name], label, theirs, target)
            )
    return rows


def start(bench: Bench) -> list[Row]:
    program, python = bench.installed.alone.program("acctplan"), bench.installed.alone.python
    smallest = bench.work / "smallest.py"
    smallest.write_text(SMALLEST, encoding="utf-8")
    assert "check" in programs.run([program], variables=COMPLETION, folder=bench.book).output, "completion does not offer `check`"
    plan = min((bench.book / "plans").iterdir()).stem
    completing_an_id = {**COMPLETION, "COMP_WORDS": f"acctplan log {plan} ", "COMP_CWORD": "3"}
    assert programs.run([program], variables=completing_an_id, folder=bench.book).output.split(), "completion offers no contacts"

    def timed(*command: str | Path, **variables: str) -> Callable[[], float]:
        return lambda: programs.run(command, variables=variables, folder=bench.book).seconds

    contestants = {
        "empty": timed(python, "-I", "-c", "pass"),
        "version": timed(program, "--version"),
        "completion": timed(program, **COMPLETION),
        "completing an id": timed(program, **completing_an_id),
        "help": timed(program, "--help"),
        "typer": timed(python, "-I", smallest, "--help"),
    }
    for measure in contestants.values():
        measure()  # fills the disk cache
    seconds = interleaved(contestants, bench.rounds(41, 7))
    empty = "an empty program: python -I -c pass"
    return [
        compare("acctplan --version", seconds["version"], empty, seconds["empty"], AtMost(3)),
        compare("one press of Tab", seconds["completion"], empty, seconds["empty"], AtMost(8)),
        compare("one press of Tab for the id of a contact", seconds["completing an id"], empty, seconds["empty"], AtMost(8)),
        compare("acctplan --help", seconds["help"], "--help of the smallest program with typer", seconds["typer"], AtMost()),
    ]


def memory(bench: Bench) -> list[Row]:
    command = [bench.installed.alone.program("acctplan"), "check"]
    largest = programs.run(command, expected=FINDINGS, folder=bench.book).peak_bytes
    together = programs.peak_of_all(command, expected=FINDINGS, folder=bench.book)
    what = f"most memory of {_checked(bench)}"
    found = [(f"{what}, its largest process", largest)] + [(f"{what}, all its processes", together or 0)] * (together is not None)
    limit = f"< {MEMORY_LIMIT / 1e6:.0f} MB"
    return [Row(name, f"{peak / 1e6:.0f} MB", "", "", "", limit, "met" if peak < MEMORY_LIMIT else "**missed**") for name, peak in found]


def analyses(bench: Bench) -> list[Row]:
    seconds = _inside(bench, "analyses", bench.rounds(15, 3))
    rules = [max(both - load, 1e-9) for both, load in zip(seconds["load and rules"], seconds["load"], strict=True)]
    return [
        compare("ranking, per plan", seconds["rank"], "reading the plan", seconds["read"], AtMost()),
        compare("all rules, per plan", rules, "reading and all rules", seconds["load and rules"], AtMost()),
    ]


def ranking(bench: Bench) -> list[Row]:
    script = Path(__file__).with_name("ranking.py")
    seconds = _within(bench, script, bench.book, bench.rounds(15, 3))
    rows = []
    for size in (int(name.split()[1]) for name in seconds if name.startswith("rank ")):
        peer, theirs = "scikit-criteria, the weighted sum", seconds[f"peer {size}"]
        rows += [
            compare(f"ranking {size:,} opportunities, with every reason", seconds[f"rank {size}"], peer, theirs, AtMost()),
            compare(f"the weighted sum and the order of {size:,} alone", seconds[f"sum {size}"], peer, theirs, Faster()),
        ]
    return rows


def rendering(bench: Bench) -> list[Row]:
    count = min(len(bench.plans), 1000)
    book, site = bench.work / f"book-of-pages-{count}", bench.work / "site"
    generate.write_book(book, count, 1)
    pandoc = shutil.which("pandoc")
    rounds = bench.rounds(7, 2)
    seconds = _within(bench, Path(__file__).with_name("rendering.py"), book, rounds, *filter(None, [pandoc]))
    command = [bench.installed.alone.program("acctplan"), "render", "--all", "-o", site, "--today", "2026-11-21"]

    def everything() -> float:
        shutil.rmtree(site, ignore_errors=True)
        return programs.run(command, folder=book).seconds / count

    def again() -> float:
        return programs.run(command, folder=book).seconds / count

    whole = interleaved({"all": everything}, max(1, rounds // 3))
    unchanged = interleaved({"again": again}, rounds)["again"]
    page, site_of = "a plan's file to its page with all pictures", f"acctplan render --all, {count:,} plans, per plan"
    rows = []
    for what, ours, peer, theirs, target in (
        (page, seconds["page"], "pandoc: its Markdown to HTML, without pictures", seconds.get("pandoc"), Faster(2)),
        (site_of, whole["all"], "the same", seconds.get("pandoc"), Faster(2)),
        (page, seconds["page"], "the same, many plans as one document, so that it starts once", seconds.get("pandoc, together"), Faster()),
    ):
        rows.append(missing(what, ours, peer, target) if theirs is None else compare(what, ours, peer, theirs, target))
    rows.append(compare("the same again, nothing changed", unchanged, site_of, whole["all"] * rounds, AtMost()))
    rows += [compare(f"of a page: {part}", seconds[part], page, seconds["page"], AtMost()) for part in PARTS_OF_A_PAGE]
    return rows


def importing(bench: Bench) -> list[Row]:
    seconds = _within(bench, Path(__file__).with_name("importing.py"), bench.rounds(9, 2))
    rows = []
    for form, peer in (("csv", "csv.DictReader reading the same files"), ("json", "json.loads reading the same files")):
        for name, what in (("extract", "to records"), ("again", "to records, compared with the book that has it all")):
            rows.append(compare(f"10,000 rows of {form.upper()} {what}", seconds[f"{form}: {name}"], peer, seconds[form], AtMost(10)))
    return rows


PARTS: dict[str, Callable[[Bench], list[Row]]] = {
    "reading": reading,
    "check": check,
    "start": start,
    "memory": memory,
    "analyses": analyses,
    "ranking": ranking,
    "render": rendering,
    "importing": importing,
}


def _checked(bench: Bench) -> str:
    return f"acctplan check, {len(bench.plans):,} plans"


def _inside(bench: Bench, part: str, rounds: int) -> dict[str, list[float]]:
    return _within(bench, Path(__file__).with_name("inside.py"), part, bench.book, rounds)


def _within(bench: Bench, script: Path, *arguments: object) -> dict[str, list[float]]:
    """Seconds by contestant and round, measured by a script within one process."""
    measured: dict[str, list[float]] = json.loads(programs.run([bench.installed.together.python, script, *map(str, arguments)]).output)
    return measured


def _caption(bench: Bench) -> str:
    size = median((bench.book / path).stat().st_size for path in bench.plans)
    lines = median((bench.book / path).read_text(encoding="utf-8").count("\n") for path in bench.plans)
    return (
        f"{len(bench.plans):,} generated plans of {lines:.0f} lines and {size / 1000:.1f} KB (medians), {os.cpu_count()} processors, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}."
        f"{' A quick run: too few rounds to quote.' if bench.is_quick else ''}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure acctplan against its peers.")
    parser.add_argument("--quick", action="store_true", help="few plans and rounds: shows that everything runs")
    parser.add_argument("--plans", type=int, help="plans in the book (2000; 200 with --quick)")
    parser.add_argument(
        "--only", action="append", choices=list(PARTS), metavar="NAME", help=f"one part, may be repeated: {', '.join(PARTS)}"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other plans")
    parser.add_argument("--work", type=Path, help="keep the installed programs in this folder for the next run")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this page, between its marker comments")
    return parser.parse_args()


def main() -> None:
    options = _options()
    count = options.plans or (200 if options.quick else 2000)
    if options.write:
        inserted(options.write.read_text(encoding="utf-8"), "")  # a page that does not fit is better known now
    with TemporaryDirectory(prefix="acctplan-bench-") if options.work is None else nullcontext(options.work) as place:
        work = Path(place).resolve()
        work.mkdir(parents=True, exist_ok=True)
        print("installing the programs", file=sys.stderr)
        installed = programs.install(work)
        book = work / f"book-{count}-{options.seed}"
        plans = [path.relative_to(book) for path in generate.write_book(book, count, options.seed)]
        bench = Bench(work, book, plans, installed, options.quick)
        rows = []
        for name in options.only or PARTS:
            print(f"measuring {name}", file=sys.stderr)
            rows += PARTS[name](bench)
        figures = table(rows, _caption(bench))
    print(figures)
    if options.write:
        options.write.write_text(inserted(options.write.read_text(encoding="utf-8"), figures), encoding="utf-8")


if __name__ == "__main__":
    main()
