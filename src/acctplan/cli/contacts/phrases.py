"""How the views of `contacts` speak of people. All of it is visible already: fit to be written as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.relationships import called
from acctplan.analysis.signs import COVERAGE, INFLUENCE, STANCE, Sign
from acctplan.cli import console
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, words, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acctplan.analysis.relationships.org_chart import Coverage
    from acctplan.model import Plan
    from acctplan.report import Role

_MOST_NAMED = 6
"""Of more people than this a sentence counts the rest. `--json` names all."""


def name(plan: Plan, contact: str) -> str:
    """Somebody's name; of a seat whose holder we do not know: `vacant: Terminal manager inland`."""
    text = visible(called(plan, contact))
    return text if plan.contacts[contact].name is not None else f"vacant: {text}"


def names(plan: Plan, contacts: Sequence[str]) -> str:
    """Several people, with commas between."""
    shown = ", ".join(name(plan, contact) for contact in contacts[:_MOST_NAMED])
    return f"{shown} and {len(contacts) - _MOST_NAMED} more" if len(contacts) > _MOST_NAMED else shown


def signed(sign: Sign) -> str:
    """A fixed word with its symbol: `+ supportive`."""
    return f"{sign.symbol} {sign.word}"


def stance_of(stance: str | None) -> str:
    """Where somebody stands."""
    return signed(STANCE[stance]) if stance else "? stance unknown"


def coverage_of(coverage: str | None) -> str:
    """How well we know somebody."""
    return f"{signed(COVERAGE[coverage])} coverage".replace("none coverage", "no coverage") if coverage else "? coverage unknown"


def influence_of(influence: str | None) -> str:
    """How much somebody's word weighs."""
    return f"{signed(INFLUENCE[influence])} influence" if influence else "? influence unknown"


def counted(number: int, what: str, several: str = "") -> str:
    """`1 day`, `2 days`."""
    return f"{number:,} {what if number == 1 else several or what + 's'}"


def in_numbers(coverage: Coverage) -> str:
    """`3 of 8 key players covered with a known stance (37 %)`."""
    if coverage.percent is None:
        return "no key players: nobody is known to decide, to speak for us or to have high influence"
    of = counted(len(coverage.key_players), "key player")
    return f"{len(coverage.covered)} of {of} covered with a known stance ({coverage.percent} %)"


def percent(coverage: Coverage) -> str:
    """`3 of 8 (37 %)`, for a table; `-` without key players."""
    if coverage.percent is None:
        return "-"
    return f"{len(coverage.covered)} of {len(coverage.key_players)} ({coverage.percent} %)"


def heading(text: str, below: str) -> None:
    """A title with a line below it, and an empty one."""
    write(Word(word, "path") for word in text.split(" "))
    write(Word(word, "dim") for word in below.split(" "))
    console.write("\n")


def remark(symbol: str, role: Role | None, text: str) -> None:
    """A line that begins with its symbol; broken, it goes on below its text."""
    write([Word(symbol, role), *words(text)], hanging=2)


def write(parts: Iterable[Word], *, indent: int = 0, hanging: int = 0) -> None:
    """Words, broken where the terminal ends."""
    console.write("".join(f"{line}\n" for line in wrap(parts, console.width(), console.painter(), indent=indent, hanging=hanging)))
