"""The command line: `main` runs it, and is the only place that catches what went wrong."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper

from acctplan import __version__


def main() -> None:
    """Run `acctplan` with the arguments of this process, and exit.

    0: clean. 1: findings. 2: usage, configuration or unreadable input, or a bug of ours. 130: interrupted.
    """
    _open_missing_streams()
    arguments = sys.argv[1:]
    debug = "--debug" in arguments
    sys.argv[1:] = [argument for argument in arguments if argument != "--debug"]
    gc.disable()  # a command is over before it could save anything, and a book of plans is a great deal to look through
    try:
        sys.exit(_run(debug=debug))
    finally:
        gc.enable()


def _run(*, debug: bool) -> int:
    from acctplan.errors import UserError

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may speak less than a plan does
    try:
        status = _answer()
        sys.stdout.flush()
    except UserError as error:
        _complain(error.message, error.hint)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader had enough: `acctplan rank | head`
        _close_output()
        return 1
    except OSError as error:
        if debug:
            raise
        _close_output()
        what = f" {error.filename}" if isinstance(error.filename, str) else ""
        why = (error.strerror or type(error).__name__).lower()
        _complain(f"could not read or write{what}: {why}", "check the disk, the path and its permissions")
        return 2
    except Exception as error:
        if debug:
            raise
        # The error's own words may quote a plan, and plans are confidential.
        _complain(f"a mistake in acctplan ({type(error).__name__}); your files are as they were", "run it again with --debug to see where")
        return 2
    return status


def _answer() -> int:
    if sys.argv[1:] == ["--version"]:  # answered before the commands are imported
        sys.stdout.write(f"acctplan {__version__}\n")
        return 0
    from acctplan.cli.app import run

    return run()


def _open_missing_streams() -> None:
    """A shell can start us without one of them (`>&-`). In this order each gets the number that it should have."""
    for name, flags, mode in (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_WRONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8"))


def _complain(message: str, hint: str) -> None:
    from acctplan.report.visible import visible

    sys.stderr.write(f"acctplan: {visible(message)}\n")
    if hint:
        sys.stderr.write(f"  {visible(hint)}\n")


def _close_output() -> None:
    """Nowhere to go for what is still to be written, or Python complains once more on its way out."""
    from contextlib import suppress

    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
