"""The matrix of a plan's units and solutions, for terminals of any width.

Where the terminal is wide enough the cells hold words. Where it is not, a small matrix of symbols comes first, with a key to its heads,
and then a block for each unit with all that its cells say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.amounts import percent, short
from acctplan.analysis.tree import descend
from acctplan.analysis.white_space.book import WHOLE
from acctplan.cli import console
from acctplan.cli.whitespace.asked import glued, status
from acctplan.report.visible import columns as wide_as
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, crop, words, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.white_space import Wallet
    from acctplan.analysis.white_space.book import AccountSpace, Place
    from acctplan.cli.whitespace.asked import Asked

_CELLS = range(13, 21)
"""Columns of a cell that holds words: at least `+ 1 potential`, at most what is easily read."""
_UNIT = 16
"""Columns that a unit has at least beside cells of words."""
_LETTERS = range(10, 2, -1)
"""How many letters of a solution's name stand over a column of symbols: as many as fit."""
_UNITS = range(16, 41)
"""Columns of a unit beside cells of symbols."""


class Row(NamedTuple):
    """A unit, or the account as a whole."""

    id: str
    name: str
    depth: int
    """0 at the top."""
    target: bool
    wallet: Wallet | None
    """None where the unit has no cells."""
    cells: tuple[Place | None, ...]
    """One for each solution of the matrix; None where the account as a whole has nothing to say."""
    unknown: tuple[str, ...]
    """The names of all solutions of which nothing is known here."""


def rows(asked: Asked, account: AccountSpace) -> list[Row]:
    """The units as a tree, then the account as a whole where an opportunity names no unit.

    Solutions of which nothing is known in any unit have no cells.
    """
    plan, space = account.plan, account.space
    by_place = {(place.cell.unit, place.solution.id): place for place in account.places}
    known = {place.solution.id for place in account.places if not place.is_unknown}
    touched = [key for key in space.solutions if key in known]
    found = []
    for node in descend({key: unit.parent for key, unit in plan.units.items()}):
        unit = plan.units[node.id]
        found.append(
            Row(
                id=node.id,
                name=unit.name,
                depth=node.depth,
                target=bool(unit.target),
                wallet=space.wallets.get(node.id),
                cells=tuple(by_place[node.id, key] for key in touched),
                unknown=tuple(name for key, name in space.solutions.items() if by_place[node.id, key].is_unknown),
            )
        )
    whole = {place.solution.id: place for place in account.places if place.cell.unit == WHOLE and place.cell.opportunities}
    if whole:
        name = asked.unit(next(iter(whole.values())))
        found.append(Row(WHOLE, name, 0, target=False, wallet=None, cells=tuple(map(whole.get, touched)), unknown=()))
    return found


def show(asked: Asked, shown: Sequence[Row]) -> None:
    """The matrix, of words or of symbols and blocks."""
    names = [asked.by_name[asked.found.accounts[0].name].space.solutions[key] for key in _solutions(shown)]
    room = (console.width() - _UNIT) // len(names) - 1
    if room >= _CELLS.start:
        _words(asked, shown, names, min(room, _CELLS.stop))
    else:
        _symbols(shown, names)
        _blocks(asked, shown)


def _solutions(shown: Sequence[Row]) -> list[str]:
    """The ids of the matrix's columns."""
    columns = zip(*(row.cells for row in shown), strict=True)
    return [next(place.solution.id for place in column if place is not None) for column in columns]


def _words(asked: Asked, shown: Sequence[Row], names: Sequence[str], cell: int) -> None:
    """The matrix with words in its cells."""
    left = console.width() - len(names) * (cell + 1)
    widths = [min(max(_UNIT, *(wide_as(_indented(row)) for row in shown)), left), *([cell] * len(names))]
    _print([["Unit"], *([visible(name)] for name in names)], widths)
    _rule(widths)
    for row in shown:
        indent = "  " * (row.depth + 1)
        unit = [_indented(row), *([f"{indent}★ target"] if row.target else []), *([indent + _share(row.wallet)] if row.wallet else [])]
        _print([unit, *(_cell(asked, place) for place in row.cells)], widths)
        console.write("\n")


def _cell(asked: Asked, place: Place | None) -> list[str]:
    """What a cell of words holds, line by line."""
    if place is None:
        return []
    entry, found = place.cell.entry, [status(place)]
    if entry is not None:
        if (competitor := asked.competitor(place)) is not None:
            found.append(visible(competitor))
        if entry.spend:
            found.append(f"{short(entry.spend)} a year")
        if entry.contract_ends is not None:
            found.append(f"{'!' if place.ends_soon else '→'} {entry.contract_ends}")
    statuses = [asked.plan(place).opportunities[key].status for key in place.cell.opportunities]
    return found + [f"+ {statuses.count(each)} {each}" for each in dict.fromkeys(statuses)]


def _symbols(shown: Sequence[Row], names: Sequence[str]) -> None:
    """The matrix with symbols in its cells, and a key to its heads. In parts below each other where it is wider than the terminal."""
    longest = min(max(wide_as(_starred(row)) for row in shown), _UNITS.stop)
    least, room = min(longest, _UNITS.start), console.width()
    letters = next((each for each in _LETTERS if least + len(names) * (each + 1) <= room), _LETTERS[-1])
    unit = max(min(longest, room - len(names) * (letters + 1)), least)
    together = max(1, (room - unit) // (letters + 1))
    heads = _heads(names, letters)
    for first in range(0, len(heads), together):
        part = slice(first, first + together)
        widths = [unit, *([letters] * len(heads[part]))]
        _print([["Unit"], *([head] for head in heads[part])], widths)
        _rule(widths)
        for row in shown:
            _print([[_starred(row)], *([_mark(place)] for place in row.cells[part])], widths)
        console.write("\n")
    for head, name in zip(heads, names, strict=True):
        if head != name:
            padding = " " * (letters - wide_as(head))
            console.write("".join(f"{line}\n" for line in wrap([Word(head + padding), *words(visible(name))], room, hanging=letters + 1)))


def _mark(place: Place | None) -> str:
    """A cell as symbols."""
    return "" if place is None else status(place)[0] + "!" * place.ends_soon + "+" * bool(place.cell.opportunities)


def _heads(names: Sequence[str], letters: int) -> list[str]:
    """The first words of each name, or the letters of one that is too long; a number where others begin the same."""
    cut = [_cut(visible(name), letters) for name in names]
    heads = []
    for number, head in enumerate(cut, 1):
        again = str(cut[:number].count(head)) if cut.count(head) > 1 else ""
        heads.append(crop(head, 0, letters - len(again)) + again)
    return heads


def _cut(name: str, letters: int) -> str:
    """The first words of a name; of one whose first word is too long already, its letters with `…`."""
    kept = ""
    for word in name.split(" "):
        if wide_as(f"{kept} {word}".strip()) > letters:
            break
        kept = f"{kept} {word}".strip()
    return kept or crop(name, 0, letters)


def _blocks(asked: Asked, shown: Sequence[Row]) -> None:
    """All that is known of each unit."""
    painter, width = console.painter(), console.width()
    for row in shown:
        known = [place for place in row.cells if place is not None and not place.is_unknown]
        if known:
            facts = [*(["target unit"] if row.target else []), *([_share(row.wallet)] if row.wallet else [])]
            head = [Word(each, "path") for each in visible(row.name).split(" ")]
            tail = words(f"({', '.join(facts)})") if facts else []
            console.write("\n" + "".join(f"{line}\n" for line in wrap([*head, *tail], width, painter, hanging=2)))
        for place in known:
            text = "; ".join([f"{status(place)}: {place.solution.name}", *_details(asked, place)])
            console.write("".join(f"{line}\n" for line in wrap(glued(visible(text)), width, indent=2, hanging=4)))
    console.write("\n")


def _details(asked: Asked, place: Place) -> list[str]:
    """What a cell says beside its status, in words."""
    entry = place.cell.entry
    if entry is None:
        return asked.opportunities(place)
    is_held = entry.status in ("ours", "competitor", "in_house")
    spend = f"{asked.own_spend(place)} a year" if entry.spend else "spend unknown" if is_held and entry.spend is None else None
    facts = [
        asked.competitor(place),
        spend,
        f"contract ends {asked.contract(place)}" if entry.contract_ends else None,
        *asked.opportunities(place),
        f"because: {entry.reason}" if entry.reason else None,
        f"note: {entry.notes}" if entry.notes else None,
    ]
    return [fact for fact in facts if fact]


def _share(wallet: Wallet) -> str:
    """A unit's share of wallet in a few words."""
    unknown = f", {wallet.unknown} unknown" if wallet.unknown else ""
    return f"no spend known{unknown}" if wallet.share is None else f"ours {percent(wallet.share)} of {short(wallet.known)}{unknown}"


def _indented(row: Row) -> str:
    return "  " * row.depth + visible(row.name)


def _starred(row: Row) -> str:
    return _indented(row) + " ★" * row.target


def _rule(widths: Sequence[int]) -> None:
    console.write("─" * (sum(widths) + len(widths) - 1) + "\n")


def _print(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """One row: the lines of each cell, wrapped to its column."""
    laid = [[line for text in texts for line in _wrapped(text, width)] for texts, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, laid))):
        parts = [lines[number] if number < len(lines) else "" for lines in laid]
        console.write(" ".join(part + " " * (width - wide_as(part)) for part, width in zip(parts, widths, strict=True)).rstrip() + "\n")


def _wrapped(text: str, width: int) -> list[str]:
    """A text with the spaces before it kept before each of its lines. A word that is too long for a line ends in `…`."""
    indent = min(len(text) - len(text.lstrip(" ")), width // 2)
    whole = (Word(crop(word.text, 0, width - indent)) for word in words(text.strip(" ")))
    return list(wrap(whole, width, indent=indent, hanging=indent))
