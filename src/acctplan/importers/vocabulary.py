"""What the words of a source's pick lists mean in a plan."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from acctplan.importers.records import UnknownWord
from acctplan.model.opportunities import Kind as OpportunityKind
from acctplan.model.opportunities import Status
from acctplan.model.people import BuyingRole
from acctplan.model.profile import Ownership

if TYPE_CHECKING:
    from collections.abc import Mapping

    from acctplan.config import Config
    from acctplan.importers.records import System

Field: TypeAlias = Literal["stages", "statuses", "kinds", "roles", "ownerships"]

STATUSES: tuple[str, ...] = get_args(Status)
_PLAIN: Mapping[Field, tuple[str, ...]] = {
    "statuses": STATUSES,
    "kinds": get_args(OpportunityKind),
    "roles": get_args(BuyingRole),
    "ownerships": get_args(Ownership),
}


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """A word without regard to capitals, blanks and signs: `Decision-Maker` and `decision maker` are one."""
    text = unicodedata.normalize("NFKC", word).casefold()
    return "".join(letter for letter in text if letter.isalnum()) or " ".join(text.split())


class Vocabulary:
    """The words of one source.

    Args:
        system: has its standard pick lists.
        config: has the stages, and what the book says of the source's words.
    """

    def __init__(self, system: System, config: Config) -> None:
        self.system = system
        own, words = config.imports.get(system.key), system.words
        self._stages = _known(
            {name: name for name in config.stages},
            {word: stage for word, stage in words.stages.items() if stage in config.stages or stage in STATUSES},
            {label: name for name, stage in config.stages.items() for label in getattr(stage, system.key, ())},
            {} if own is None else own.stages,
        )
        self._others: dict[Field, dict[str, str]] = {
            name: _known(dict(zip(plain, plain, strict=True)), getattr(words, name), getattr(own, name, {}))
            for name, plain in _PLAIN.items()
        }
        self.stages = tuple(config.stages)

    def word(self, field: Field, text: str) -> str | None:
        """The plan's word; None where nobody has said what it means, or that it says nothing."""
        return self._meanings(field).get(folded(text)) or None

    def is_silent(self, field: Field, text: str) -> bool:
        """Whether the settings say that a word says nothing."""
        return self._meanings(field).get(folded(text)) == ""

    def _meanings(self, field: Field) -> Mapping[str, str]:
        return self._stages if field == "stages" else self._others[field]

    def known(self, field: Field) -> tuple[str, ...]:
        """The plan's words of a field."""
        return self.stages if field == "stages" else _PLAIN[field]

    def unknown(self, field: Field, text: str) -> UnknownWord:
        """A word that nobody has explained."""
        return UnknownWord(field, text, self.known(field))

    def line(self, field: Field, text: str) -> str:
        """What to write into the settings, for a word that nobody has explained."""
        return f'under [import.{self.system.key}.{field}]: {quoted(text)} = "…"'


def quoted(text: str) -> str:
    """A word as settings write it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _known(*sources: Mapping[str, str]) -> dict[str, str]:
    """By folded word; later sources go before earlier ones."""
    return {folded(word): meaning for source in sources for word, meaning in source.items()}
