"""Text to `Document`: plain data plus the place in the text of every value in it.

Scalars stay text (`NO` is Norway, `012` keeps its zero, `420_000` its digits); the model gives them types. Only an empty
value, `~` and `null` become None.
"""

from __future__ import annotations

from acctplan.document.builder import MAX_DEPTH, MAX_PROBLEMS
from acctplan.document.lines import TextLines
from acctplan.document.nodes import Comment, Data, Entry, Mapping, Node, Scalar, Sequence
from acctplan.document.parsing import MAX_CHARACTERS, MAX_VALUES, parse
from acctplan.document.problems import MalformedError, Problem
from acctplan.document.tree import Document

__all__ = [
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_PROBLEMS",
    "MAX_VALUES",
    "Comment",
    "Data",
    "Document",
    "Entry",
    "MalformedError",
    "Mapping",
    "Node",
    "Problem",
    "Scalar",
    "Sequence",
    "TextLines",
    "parse",
]
