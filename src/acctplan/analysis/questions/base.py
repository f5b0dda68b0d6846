"""What a question is: where its answer goes, how it is asked, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_origin

from acctplan.diagnostic import format_pointer
from acctplan.model.references import type_at

if TYPE_CHECKING:
    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Opportunity, Plan

Kind: TypeAlias = Literal["text", "day", "amount", "list", "choice", "id", "entry", "done"]
"""What an answer is: a value; one of a few words; an entry, named or new; the words of a new entry; `done`, or another day."""
Plain: TypeAlias = "str | int | date | tuple[str, ...]"
"""What can be written beside an answer."""
NEW = "*"
"""In a pointer: the id of the entry that the answer named or made."""


class Topic(StrEnum):
    """What a conversation is about, in the order in which one talks about an account."""

    CUSTOMER = "the customer, and what drives them"
    PEOPLE = "who decides, and where they stand"
    OPPORTUNITY = "what we could win"
    NEXT_STEP = "the next step"
    COMPETITION = "the competition"
    WORK = "who does what"
    MEETING = "the next meeting"
    REVENUE = "the revenue goal"


TOPICS = tuple(Topic)


class Choice(NamedTuple):
    """One of the answers that a question takes."""

    word: str
    """As it is written into the plan."""
    label: str
    """What it means; empty where the word says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that a plan does not say and should."""

    topic: Topic
    pointer: Pointer
    """Where the answer goes; of a new entry, the section that it goes into."""
    asks: str
    """The question, to whoever keeps the plan. It quotes the plan."""
    why: str
    """Why it is asked."""
    kind: Kind
    rule: str
    """The check that the answer settles."""
    value: float = 0.0
    """How much it matters: points that the best answer adds to scores, or as much as that."""
    is_counted: bool = False
    """Whether it is one of the ten-minute plan."""
    choices: tuple[Choice, ...] = ()
    section: str = ""
    """Of `id`: the section that the answer is an entry of."""
    field: str = ""
    """Of `entry`: the field that the words go into."""
    also: tuple[tuple[Pointer, Plain], ...] = ()
    """What is written beside the answer; `NEW` stands for the id of the entry."""
    about: Pointer = ()
    """What the question is known by where several have the same pointer."""
    aloud: str = ""
    """The same question as one asks it of the customer; empty where it is one for ourselves."""
    contact: str | None = None
    """Whom of the customer to ask."""

    @property
    def key(self) -> str:
        """What the question is known by: its pointer, as people write it."""
        return format_pointer(self.about or self.pointer)


def kind_at(pointer: Pointer) -> Kind:
    """What the answer is that goes into a field."""
    kind = type_at(pointer)
    if kind is date:
        return "day"
    if kind in (int, Decimal):
        return "amount"
    return "list" if get_origin(kind) is tuple else "text"


def theme(plan: Plan, config: Config, opportunity: Opportunity) -> str:
    """What an opportunity is about, in words that a customer may hear: its own name only where that is shared with them."""
    from acctplan.analysis.white_space import solution_names  # noqa: PLC0415  beside most questions it is not needed

    if opportunity.shared:
        return opportunity.name
    if opportunity.solution is None:
        return "this project"
    unit = "" if opportunity.unit is None else f" for {plan.units[opportunity.unit].name}"
    return f"{solution_names(plan, config).get(opportunity.solution, opportunity.solution)}{unit}"
