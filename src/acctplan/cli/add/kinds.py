"""What can be added to a plan."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of entry."""

    section: str
    main: str
    """The field that its words go into; empty where it has none."""
    question: str
    """How its words are asked for."""
    fields: tuple[str, ...] = ()
    """What is asked for besides, in this order. `to` is where it belongs."""
    needed: tuple[str, ...] = ()
    """Those of them that it cannot do without."""


KINDS = {
    "action": Kind("actions", "what", "What is to be done?", ("to", "owner", "due", "contact"), ("to",)),
    "competitor": Kind("competitors", "name", "What is the competitor called?", ("threat",)),
    "contact": Kind("contacts", "name", "What is their name?", ("title", "unit", "reports_to", "roles", "stance", "influence", "email")),
    "insight": Kind("insights", "what", "What drives them?", ("kind", "owner", "source", "confirmed"), ("kind",)),
    "meeting": Kind("meetings", "", "On which day?"),
    "member": Kind("team", "name", "What is their name?", ("role", "email")),
    "objective": Kind("objectives", "what", "What do we want to reach?", ("category", "opportunities", "owner", "due"), ("category",)),
    "opportunity": Kind(
        "opportunities", "name", "What could they buy?", ("status", "kind", "unit", "solution", "value", "close_date", "next_step")
    ),
    "question": Kind("questions", "what", "What do we want to know? As it is asked aloud.", ("contact",)),
    "risk": Kind("risks", "what", "What could go wrong?", ("likelihood", "impact", "response", "owner")),
    "role": Kind("opportunities", "", "In which opportunity?", ("contact", "role"), ("contact",)),
    "solution": Kind("solutions", "name", "What is it called?"),
    "strategy": Kind("strategies", "what", "How do we get there?", ("to",), ("to",)),
    "unit": Kind("units", "name", "What is the unit called?", ("parent", "target")),
}
"""By the name that people give it."""
