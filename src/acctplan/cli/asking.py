"""Questions to whoever types: on a terminal only. Elsewhere an option says the same."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def let_lines_be_edited() -> None:
    """Let what is typed be corrected with the arrow keys, where there is something for it: not on Windows."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401


def ask(question: str, elsewhere: str, choices: Sequence[str] = ()) -> str | None:
    """The answer to a question; None where Enter leaves it out.

    Args:
        question: in words.
        elsewhere: what to do where nobody can be asked, such as an option to give.
        choices: what may be answered; they are listed below the question.

    Raises:
        UserError: nobody can be asked.
        KeyboardInterrupt: somebody wants to stop, by Ctrl-C or Ctrl-D: whoever hangs up has answered nothing.
    """
    from textwrap import fill

    from acctplan.report.visible import visible

    if not can_ask():
        raise UserError(visible(question), elsewhere)
    let_lines_be_edited()
    prompt = f"{visible(question)} "
    if choices:
        sys.stdout.write(f"{prompt}\n{fill(visible(', '.join(choices)), 78, initial_indent='  ', subsequent_indent='  ')}\n")
        prompt = "> "
    try:
        answer = input(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        sys.stdout.write("\n")
        raise KeyboardInterrupt from None
    return answer or None
