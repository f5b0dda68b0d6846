"""Questions to whoever types: on a terminal only. Elsewhere an option says the same."""

from __future__ import annotations

import contextlib
import sys

from acctplan.errors import UserError


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, elsewhere: str) -> str | None:
    """The answer to a question; None where Enter leaves it out.

    Args:
        question: in words.
        elsewhere: what to do where nobody can be asked, such as an option to give.

    Raises:
        UserError: nobody can be asked.
    """
    from acctplan.report.visible import visible

    if not can_ask():
        raise UserError(visible(question), elsewhere)
    with contextlib.suppress(ImportError):  # not on Windows; with it a line can be edited while it is typed
        import readline  # noqa: F401
    try:
        answer = input(f"{visible(question)} ").strip()
    except EOFError:
        sys.stdout.write("\n")
        return None
    return answer or None
