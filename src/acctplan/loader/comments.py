"""Comments that say something: what is to be thought through again, and words that became a comment by accident."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from acctplan.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.document import Comment, Document

_REVIEW = "# review:"
# A value, a blank and `#` with no blank behind it: "PO #4711". Who writes comments mostly puts a blank there; `#!` and `#:` are signs.
_SWALLOWED = re.compile(r"[^\s#][ \t]+#[\w\"'(\[]")


class Remark(NamedTuple):
    """What there is to say about a comment."""

    comment: Comment
    severity: Severity
    rule: str
    message: str
    hint: str


def remarks(document: Document) -> Iterator[Remark]:
    """What the comments of a plan give rise to. They keep no plan from loading."""
    if _REVIEW not in document.text and not _SWALLOWED.search(document.text):
        return
    for comment in document.comments():
        if comment.text.startswith(_REVIEW):
            asked = comment.text.removeprefix(_REVIEW).strip() or "to be thought through again"
            yield Remark(comment, Severity.ADVICE, "plan/marked-for-review", asked, "think it through, then delete the comment")
        elif _SWALLOWED.match(document.text, _word_before(document, comment)) and not comment.text.startswith("#acctplan:"):
            message = "what follows ' #' is a comment and not part of the text before it"
            hint = "put quotes around the whole text, or a blank after the # if a comment is meant"
            yield Remark(comment, Severity.WARNING, "syntax/swallowed", message, hint)


def _word_before(document: Document, comment: Comment) -> int:
    """The offset of the last character before a comment on its line; of the comment itself where there is none."""
    start = comment.start
    before = document.text[max(0, start - 200) : start].rstrip(" \t")
    return start if not before or before[-1] in "\r\n" else start - (len(document.text[max(0, start - 200) : start]) - len(before)) - 1
