"""The one exception that a user is meant to see."""

from __future__ import annotations


class UserError(Exception):
    """A request that cannot be carried out: no such file, no book, a bad configuration, an unknown name.

    Bad *data* is never raised: it is a `Diagnostic`. Whatever else is raised is a bug of ours.

    Args:
        message: what is wrong, one line, without the content of a plan.
        hint: what to do about it, one line.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
