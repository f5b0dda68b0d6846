"""Questions to whoever types: on a terminal only. Elsewhere an option says the same."""

from __future__ import annotations

import contextlib
import sys

from acctplan.errors import UserError


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def let_lines_be_edited() -> None:
    """Let what is typed be corrected with the arrow keys, where there is something for it: not on Windows."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401


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
    let_lines_be_edited()
    try:
        answer = input(f"{visible(question)} ").strip()
    except EOFError:
        sys.stdout.write("\n")
        return None
    return answer or None
