"""The weights of one answer: the book's own, a set of them by name, some changed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from acctplan.cli import console
from acctplan.cli.rank.ranked import in_words
from acctplan.config import Weights
from acctplan.diagnostic import closest
from acctplan.errors import UserError
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.config.settings import Ranking


def chosen(ranking: Ranking, named: str | None, overrides: Sequence[str], cards: Sequence[str]) -> Weights:
    """The configured weights, or a set of them by name, with some changed.

    Args:
        ranking: the book's settings.
        named: of a set.
        overrides: each as `access=30`.
        cards: the scorecards that there are.

    Raises:
        UserError: no such set, no such factor, or no weight.
    """
    if named is not None and named not in ranking.weight_sets:
        near = closest(named, ranking.weight_sets)
        there = f"one of {', '.join(ranking.weight_sets)}" if ranking.weight_sets else "name one in acctplan.toml: [ranking.weight_sets]"
        raise UserError(f"no set of weights '{named}'", f"did you mean {near}?" if near else there)
    weights = ranking.weights if named is None else ranking.weight_sets[named]
    names = [*weights.by_name, *(card for card in cards if card not in weights.by_name)]
    changed: dict[str, Any] = weights.model_dump()
    for override in overrides:
        name, equals, number = override.partition("=")
        if name not in names or not equals:
            near = closest(name, names)
            raise UserError(
                f"no weight '{override}'", f"did you mean {near}=30?" if near else f"write FACTOR=N with one of {', '.join(names)}"
            )
        (changed if name in Weights.model_fields else changed["scorecards"])[name] = number
    try:
        return Weights.model_validate(changed)
    except ValidationError:
        raise UserError("weights are numbers from 0 up, at least one above 0", "for example --weight access=30") from None


def say(usual: Weights, weights: Weights, named: str | None) -> None:
    """Say by which weights the answer is, before it: what is another than in the book."""
    before = usual.by_name
    other = [f"{in_words(name)} {weight:g}" for name, weight in weights.by_name.items() if weight != before.get(name, 0)]
    rest = "the rest as in your book" if other else "all as in your book"
    text = "; ".join([", ".join(other), rest] if other else [rest])
    console.paragraph(visible(f"Weights: {named} ({text})" if named else f"Weights: {text}"))
    console.write("\n")
