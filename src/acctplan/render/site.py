"""The pages beside those of plans: the index of a whole book, and what a preview says where there is no page to show."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

from acctplan.render import html
from acctplan.render.contained import fill_contained

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Template

PAGE = "site/page"
"""The document that a plan's page is in a site: the plan, with the way back to the index."""
INDEX_FILE = "index.html"
"""What the index is called. Every page links to it by this name, so all of them lie in one folder."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the four scores of an account's health."""

    name: str
    band: str | None
    """`good`, `fair` or `poor`; None where nothing applies."""
    counts: str
    """Such as `18 of 20`; empty where nothing applies."""


@dataclass(frozen=True, slots=True)
class Money:
    """Goal and forecast, as exact decimals in the book's currency. None is unknown."""

    goal: str | None
    booked: str | None
    forecast: str
    gap: str | None
    """Goal less forecast; with a minus where the forecast is past the goal."""
    percent: str | None
    """The forecast as a share of the goal, such as `54 %`."""
    booked_width: float
    """Percent of the bar's whole length, which is the goal or what is past it."""
    forecast_width: float
    goal_width: float
    is_uncertain: bool = False
    """Whether more may come of opportunities of which something is not known."""


@dataclass(frozen=True, slots=True)
class When:
    """The next meeting or review."""

    words: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Best:
    """The opportunity that is worth most."""

    rank: int
    """Among those of all accounts."""
    name: str
    score: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an account is at risk."""

    words: str
    is_pressing: bool
    """Whether it is to be acted on now; the others are to be watched."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account in the index."""

    name: str
    page: str
    """Where its page is: a relative address."""
    manager: str | None
    plan_type: str | None
    money: Money | None
    """None where the plan has no periods of revenue."""
    health: tuple[Mark, ...]
    best: Best | None
    overdue: int
    longest: int
    """Days for which the latest of them is overdue; 0 where nothing is."""
    meeting: When
    review: When
    reasons: tuple[Reason, ...]
    """Why it is at risk, what presses first."""


@dataclass(frozen=True, slots=True)
class Hour:
    """An account where an hour pays."""

    name: str
    page: str
    what: str
    """What cannot wait, or what the best steps could move."""
    step: str
    """The first of the steps; empty for what cannot wait."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a plan, or the book, from being shown."""

    place: str
    """Such as `line 4`; empty where that is not known."""
    message: str
    hint: str
    source: str = ""
    """The text of the line."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A plan that cannot be shown."""

    path: str
    """From the book's folder."""
    problems: tuple[Problem, ...]
    page: str = ""
    """Where all that is wrong with it can be read, where there is such a page."""


@dataclass(frozen=True, slots=True)
class Total:
    """What all accounts come to."""

    accounts: int
    money: Money | None
    without_goal: int
    """Accounts that have no goal; what they forecast is part of the total."""
    overdue: int
    at_risk: int
    act_now: int
    """Accounts at risk that cannot wait."""


@dataclass(frozen=True, slots=True)
class Index:
    """A book of accounts at a glance."""

    today: str
    """ISO 8601."""
    currency: str
    rates: tuple[str, ...]
    """What amounts in other currencies were converted at, such as `1 SEK = 0.0905 EUR (2026-10-30)`."""
    total: Total
    accounts: tuple[Account, ...]
    """In the order in which they are listed."""
    hours: tuple[Hour, ...]
    """What cannot wait, then where an hour pays most."""
    broken: tuple[Broken, ...]


def render_index(index: Index, own_templates: Mapping[str, str] | None = None) -> str:
    """The index as an HTML page. The same index gives the same text, to the byte.

    Args:
        index: what the page says.
        own_templates: a book's own templates, as for a plan's page.

    Raises:
        UserError: an own template has a fault.
    """
    values = asdict(index)
    if own_templates:
        return fill_contained("html", "site/index.html.j2", values, {}, own_templates)
    return _shipped("site/index.html.j2").render(values)


def render_problems(subject: str, broken: Broken, index: str = "") -> str:
    """What is wrong, as an HTML page in the look of the others.

    Args:
        subject: what cannot be shown: a plan's path, or words for the book.
        broken: what is wrong with it.
        index: where the index is, if there is one to go back to.
    """
    return _shipped("site/problems.html.j2").render(subject=subject, broken=asdict(broken), index=index)


@cache
def _shipped(name: str) -> Template:
    return html.environment({}).get_template(name)
