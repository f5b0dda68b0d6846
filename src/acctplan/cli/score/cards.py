"""The scorecards themselves: which there are, and what one asks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.analysis.factors import ALL
from acctplan.analysis.factors.base import percent
from acctplan.analysis.scorecards import DERIVED
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.ranked import in_words
from acctplan.cli.score.scored import known_card
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.book import Book
    from acctplan.config import Config, Question

DERIVED_NAME = "The factors of the ranking, read off the plan"
_ANSWERS = {"signs": "+ or -, ? unknown", "grades": "0 to 3, ? unknown"}


def show(book: Book, card: str | None, *, as_json: bool) -> None:
    """Every scorecard, or what one of them asks.

    Raises:
        UserError: there is no such card.
    """
    config = book.config
    if as_json:
        names = [known_card(config, card)] if card else [DERIVED, *config.cards]
        console.write(json.dumps({"version": 1, "cards": [_as_json(config, name) for name in names]}, indent=2) + "\n")
    elif card is None:
        _list(config)
    else:
        _questions(config, known_card(config, card))


def _list(config: Config) -> None:
    rows = [[DERIVED, DERIVED_NAME, str(len(ALL)), "none: read off the plan", "acctplan"]]
    rows += [
        [name, card.name, str(len(card.questions)), _ANSWERS[card.answers], "this book" if name in config.scorecards else "acctplan"]
        for name, card in config.cards.items()
    ]
    columns = (
        Column("Card"),
        Column("Name", wraps=True),
        Column("Questions", is_number=True),
        Column("Answers", wraps=True),
        Column("From"),
    )
    console.table(columns, rows)
    console.hint("\nwhat does one ask? acctplan score --card meddpicc")


def _questions(config: Config, name: str) -> None:
    if name == DERIVED:
        names = [in_words(factor.name) if console.is_terminal() else factor.name for factor in ALL]
        rows = [[called, factor.summary] for called, factor in zip(names, ALL, strict=True)]
        console.table((Column("Question"), Column("Asks", wraps=True)), rows)
        console.hint("\nanswered by the plan itself; every term: acctplan rank --explain OPPORTUNITY")
        return
    card = config.cards[name]
    if not console.is_terminal():
        console.table(_FULL, [_row(name, key, question) for key, question in card.questions.items()])
        return
    console.write(f"{console.paint('path', visible(card.name))}\n")
    part = None
    for key, question in card.questions.items():
        if question.part is not None and question.part != part:
            console.write(f"\n{console.paint('path', visible(question.part))}\n")
        part = question.part
        console.write("\n" if question.grades else "")
        console.paragraph(f"{visible(key)} · {visible(question.ask)}")
        for line in _about(question):
            console.paragraph(visible(line), indent=4)
    console.hint(f"\nanswer it for an opportunity: acctplan score OPPORTUNITY --card {name} --ask")


def _about(question: Question) -> Iterator[str]:
    """What the grades mean, and what hangs on the answer."""
    yield from (f"{mark}  {words}" for mark, words in enumerate(question.grades))
    if question.gate:
        yield "a plain no decides against the opportunity"
    if question.needed:
        yield "needed: " + ", ".join(f"at least {least} from {percent(share)} on" for share, least in question.needed)


_FULL = tuple(Column(title) for title in ("card", "question", "ask", "part", "weight", "gate", "needed", "0", "1", "2", "3"))


def _row(name: str, key: str, question: Question) -> list[str]:
    words = question.grades or ("",) * 4
    needed = ", ".join(f"{share} {least}" for share, least in question.needed)
    gate = "yes" if question.gate else "no"
    return [name, key, question.ask, question.part or "", f"{question.weight:g}", gate, needed, *words]


def _as_json(config: Config, name: str) -> dict[str, Any]:
    if name == DERIVED:
        asks: list[dict[str, Any]] = [{"question": factor.name, "ask": factor.summary} for factor in ALL]
        return {"card": name, "name": DERIVED_NAME, "from": "acctplan", "answers": None, "questions": asks}
    card = config.cards[name]
    return {
        "card": name,
        "name": card.name,
        "from": "book" if name in config.scorecards else "acctplan",
        "answers": card.answers,
        "bands": [{"from": least, "band": band} for least, band in card.bands],
        "questions": [
            {
                "question": key,
                "ask": question.ask,
                "part": question.part,
                "weight": question.weight,
                "gate": question.gate,
                "grades": list(question.grades) or None,
                "needed": [{"from": str(share), "least": least} for share, least in question.needed],
            }
            for key, question in card.questions.items()
        ],
    }
