"""The programs under test, each installed as its users would, and the running of them with clean surroundings."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PROJECT = Path(__file__).resolve().parents[1]
SOURCEMETA = "@sourcemeta/jsonschema"

_SAMPLE_SECONDS = 0.02


@dataclass(frozen=True)
class Environment:
    """A virtual environment."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter, not a shim of a version manager."""
        return self.program("python")

    def program(self, name: str) -> Path:
        """A program that is installed in it."""
        windows = sys.platform == "win32"
        return self.folder / ("Scripts" if windows else "bin") / (f"{name}.exe" if windows else name)


@dataclass(frozen=True)
class Run:
    """What a finished process took."""

    seconds: float
    peak_bytes: int
    """The most memory that its largest process had; 0 where the system does not tell."""
    output: str


def surroundings() -> dict[str, str]:
    """The environment variables without what changes how Python starts, where it imports from, or whether it keeps byte code."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "ACCTPLAN", "_ACCTPLAN"))}


@dataclass(frozen=True)
class Environments:
    """Where the programs are installed that are written in Python."""

    alone: Environment
    """acctplan, as its users have it."""
    peers: Environment
    """The peers, as their users have them."""
    together: Environment
    """All of them, for what is compared within one process."""


def install(work: Path) -> Environments:
    """Build the wheel and install it and the peers.

    The peers get an environment of their own, because beside acctplan they would use the compiled parser that it brings, which they
    do not depend on.
    """
    wheels = work / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    _quiet(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(wheels), str(PROJECT))
    (wheel,) = wheels.glob("*.whl")
    peers = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]["bench"]
    made = Environments(Environment(work / "alone"), Environment(work / "peers"), Environment(work / "together"))
    for environment, packages in ((made.alone, [str(wheel)]), (made.peers, peers), (made.together, [str(wheel), *peers])):
        if not environment.python.exists():
            _quiet(sys.executable, "-m", "venv", str(environment.folder))
        _quiet(environment.python, "-m", "pip", "install", *packages)
        if str(wheel) in packages:  # the version may be the one of the last run, the code another
            _quiet(environment.python, "-m", "pip", "install", "--no-deps", "--force-reinstall", str(wheel))
    return made


def install_sourcemeta(work: Path) -> Path | None:
    """The compiled validator from npm; None where it cannot be had.

    The package starts the program through node, which is left out here: it would count for 40 ms.
    """
    npm = shutil.which("npm")
    if npm is None:
        return None
    folder = work / "npm"
    folder.mkdir(exist_ok=True)
    command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), SOURCEMETA]
    if subprocess.run(command, env=surroundings(), capture_output=True, check=False).returncode:
        return None
    machine = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "arm64", "aarch64": "arm64"}.get(platform.machine().lower(), "unknown")
    suffix = ".exe" if sys.platform == "win32" else ""
    program = f"jsonschema-{platform.system().lower()}-{machine}{suffix}"
    found = folder / "node_modules" / SOURCEMETA / "build" / "github-releases" / program
    return found if found.exists() else None


def _quiet(*command: str | Path) -> None:
    done = subprocess.run([*map(str, command)], env=surroundings(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def run(
    command: Sequence[str | Path],
    *,
    expected: Sequence[int] = (0,),
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
    processors: int | None = None,
    watch: Callable[[int], None] | None = None,
) -> Run:
    """Run a program to its end.

    Args:
        command: the program and its arguments.
        expected: the exit statuses that mean that it did its work.
        folder: where it runs.
        variables: environment variables besides `surroundings()`.
        processors: how many processors it may use; None: all.
        watch: called with the process id while it runs.

    Raises:
        SystemExit: it did not do its work, with what it said.
    """
    confine = None if processors is None else lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:processors])
    with TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            [*map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**surroundings(), **(variables or {})},
            preexec_fn=confine,  # noqa: PLW1509  this program has one thread
        )
        if watch is not None:
            watch(process.pid)
        status, peak = _finished(process)
        seconds = time.perf_counter() - started
        output.seek(0)
        said = output.read().decode(errors="replace")
    if status not in expected:
        raise SystemExit(f"exit status {status}: {' '.join(map(str, command))[:300]}\n{said[:2000]}")
    return Run(seconds, peak, said)


def _finished(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Exit status and peak memory in bytes of a process, once it ended."""
    if not hasattr(os, "wait4"):
        return process.wait(), 0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def peak_of_all(command: Sequence[str | Path], *, expected: Sequence[int], folder: Path) -> int | None:
    """The most memory in bytes that a program and all its processes had together, shared pages counted once. None where Linux is not."""
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    peak = 0

    def watch(pid: int) -> None:
        nonlocal peak
        while (now := sum(map(_memory, _family(pid)))) or not _has_ended(pid):
            peak = max(peak, now)
            time.sleep(_SAMPLE_SECONDS)

    run(command, expected=expected, folder=folder, watch=watch)
    return peak


def _has_ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(member for child in children for member in _family(int(child)))]


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
