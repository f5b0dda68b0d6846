"""A name for each finding that stays the same when lines move, and that no other finding has."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acctplan.diagnostic import Diagnostic


def fingerprints(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding with its fingerprint, in hex. Findings of one rule at one place are told apart by their order."""
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        base = diagnostic.fingerprint
        seen[base] += 1
        yield diagnostic, base if seen[base] == 1 else sha256(f"{base} {seen[base]}".encode()).hexdigest()[: len(base)]
