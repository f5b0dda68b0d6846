"""Filling a book's own templates, which may come from anywhere: in a process of its own, with limits on memory, time and output."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from threading import Event, Timer
from typing import TYPE_CHECKING, NamedTuple

from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from acctplan.render.view import Plain


class Limits(NamedTuple):
    """What a template may use up."""

    memory: int = 512 << 20
    """Bytes of address space, where the system can limit it."""
    seconds: float = 10.0
    output: int = 10 << 20
    """Bytes of UTF-8."""


DEFAULT_LIMITS = Limits()

_HEAD = 64
"""Bytes of an answer beside the output itself."""

# Isolated mode keeps the folder that a book lies in off the way to modules; what this process imports from stays on it.
_START = "import sys; sys.path[:] = sys.argv[1:]; from acctplan.render.child import main; main()"


def fill_contained(
    format_name: str,
    template: str,
    values: dict[str, Plain],
    pictures: Mapping[str, str],
    own: Mapping[str, str],
    limits: Limits = DEFAULT_LIMITS,
) -> str:
    """Fill a template, a book's own before the shipped ones.

    Args:
        format_name: one of `FORMATS`.
        template: its name.
        values: what the templates see.
        pictures: by name, drawn by us.
        own: the book's templates by name.
        limits: what they may use up.

    Raises:
        UserError: a template has a fault or goes past a limit.
    """
    asked = {"format": format_name, "template": template, "values": values, "pictures": dict(pictures), "own": dict(own), "limits": limits}
    answer, in_time = _ask_child(json.dumps(asked).encode("ascii"), limits)
    if not in_time:
        raise UserError(f"the book's own templates took longer than {limits.seconds:g} seconds", "look for a loop that never ends")
    status, _, content = answer.partition(b"\n")
    if status == b"done":
        return content.decode()
    if status == b"failed":
        raise UserError(**json.loads(content))
    raise UserError("the book's own templates could not be filled: they ended the process that fills them", "they may need too much memory")


def _ask_child(request: bytes, limits: Limits) -> tuple[bytes, bool]:
    """What the child answered, and whether it did so in time."""
    command = [sys.executable, "-I", "-c", _START, *filter(None, sys.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:  # noqa: S603
        assert child.stdin is not None
        assert child.stdout is not None
        out_of_time = Event()

        def stop() -> None:
            out_of_time.set()
            child.kill()

        timer = Timer(limits.seconds, stop)
        timer.start()
        try:
            # A child that ended early has said why, or will be found to have said nothing.
            with suppress(BrokenPipeError), child.stdin:
                child.stdin.write(request)
            answer = child.stdout.read(limits.output + _HEAD)
            if len(answer) == limits.output + _HEAD:
                child.kill()
            child.wait()
        finally:
            timer.cancel()
            child.kill()
    return answer, not out_of_time.is_set()
