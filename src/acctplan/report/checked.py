"""What `check` found, as every report of it gets it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from acctplan.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from acctplan.rules.completeness import Completeness
    from acctplan.rules.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Checked:
    """The plans that were checked and what is wrong with them."""

    plans: int
    """How many plans were checked, those without a diagnostic too."""
    diagnostics: tuple[Diagnostic, ...] = ()
    waived: tuple[tuple[Diagnostic, Waiver], ...] = ()
    """To be listed, where that was asked for."""
    completeness: Mapping[str, Completeness] = field(default_factory=dict)
    """By path; to be reported, where that was asked for. Plans with errors of syntax or schema have none."""
    only_new: bool = False
    """Only what a change brought is among the diagnostics, so for people it does not go together with how complete a plan is."""
    summaries: Mapping[str, str] = field(default_factory=dict)
    """By rule: what it reports. The advice of these rules is only counted where people look at many plans."""
    width: int = 0
    """Columns of the terminal that a person reads this on; 0: lines are as long as they are."""
    height: int = 0
    """Its lines, where what would help most comes first and the rest is cut to about a screenful; 0: everything, down the page."""

    def counts(self) -> dict[Severity, int]:
        """How many diagnostics there are of each severity, the gravest first, with 0 where there are none."""
        found = Counter(diagnostic.severity for diagnostic in self.diagnostics)
        return {severity: found[severity] for severity in Severity}

    def in_order(self) -> list[Diagnostic]:
        """The diagnostics in the order of reading: by file, then down the page."""
        return sorted(self.diagnostics, key=lambda diagnostic: diagnostic.sort_key)
