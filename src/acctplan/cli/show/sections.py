"""The parts of the plan at a glance, each a few lines. One without content has none."""

from __future__ import annotations

from itertools import chain, zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from acctplan.analysis.amounts import money, short
from acctplan.analysis.overdue import next_meeting
from acctplan.diagnostic import plan_name
from acctplan.portfolio import percent
from acctplan.report.wrapping import Word
from acctplan.rules.words import days

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from acctplan.cli.show.paper import Line, Paper
    from acctplan.cli.show.shown import Shown
    from acctplan.render.view.people import Person
    from acctplan.render.view.pipeline import Opportunity
    from acctplan.render.view.standing import Deadline
    from acctplan.report import Role

_BAR, _SHORT_BAR = 14, 10
_NARROW = 72
"""Below so many columns, less is told of people."""


class Section(NamedTuple):
    """A part of the screen."""

    title: str
    most: int
    """How many entries are enough at a glance."""
    lines: Callable[[Shown, Paper, int | None], list[Line]]
    """Given how many entries to show; None: all."""


def header(shown: Shown, paper: Paper) -> list[Line]:
    """Whose plan it is, where the money stands, how the plan is doing."""
    view = shown.view
    period = f"{view.starts or '?'} to {view.ends or '?'}" if view.starts or view.ends else ""
    review = view.reviews[0] if view.reviews else None
    verdict = f" ({review.verdict.word})" if review and review.verdict.key != "unknown" else ""
    reviewed = f"reviewed {review.reviewed}{verdict}" if review else "never reviewed"
    facts = [view.manager or "? no account manager", view.plan_type or "", period, reviewed, f"as of {view.today}"]
    return [*paper.title(view.name), *paper.line([], ", ".join(filter(None, facts))), *_money(shown, paper), *_health(shown, paper)]


def _money(shown: Shown, paper: Paper) -> list[Line]:
    found, currency = shown.view.revenue, shown.view.currency

    def amount(value: Decimal) -> str:
        return short(value) if paper.is_terminal else money(value, currency)

    if found is None or found.goal is None:
        booked = f", booked {money(found.booked, currency)}" if found and found.booked is not None else ""
        return paper.line([Word("?", "warning")], f"no revenue goal{booked}")
    share = "" if found.expected is None else f" ({percent(found.expected)})"
    said = f"{amount(found.forecast)} of {amount(found.goal)}{f' {currency}' if paper.is_terminal else ''}{share}"
    said += ", nothing booked" if found.booked is None else f", booked {amount(found.booked)}"
    if found.gap is not None:
        said += f", gap {amount(found.gap)}" if found.gap > 0 else f", {amount(-found.gap)} over" if found.gap < 0 else ", no gap"
    if found.left_out:
        said += f" (+ ? of {len(found.left_out)})"
    bar = []
    if paper.is_terminal:
        booked_part, expected_part = (round(width * _BAR / 100) for width in (found.achieved_width, found.expected_width))
        bar = [Word("█" * booked_part + "▒" * (expected_part - booked_part) + "░" * (_BAR - max(booked_part, expected_part)))]
    return paper.line([Word("Forecast"), *bar], said)


def _health(shown: Shown, paper: Paper) -> list[Line]:
    roles: dict[str, Role] = {"good": "advice", "fair": "warning", "poor": "error"}
    told = [score for score in shown.standing.health if score.percent is not None]
    parts = [Word("Health  ") if paper.is_terminal else Word("Health")]
    for score in told:
        parts += [Word(score.name), Word(score.band.word, roles[score.band.key]), Word(f"{score.good}/{score.of}", None, ",")]
    if told:
        parts[-1] = parts[-1]._replace(tail="")
    return paper.line(parts) if told else []


def insights(shown: Shown, paper: Paper, most: int | None) -> list[Line]:
    """What drives them: the first of each kind before the second of any, and of each kind what they confirmed first."""
    kinds = [
        [(group.kind, one) for one in sorted(group.insights, key=lambda one: one.confirmed.key != "yes")] for group in shown.view.insights
    ]
    found = [one for one in chain.from_iterable(zip_longest(*kinds)) if one is not None]
    cells = paper.grid([[kind] for kind, _ in found], [10])
    lines: list[Line] = []
    for (_, one), (kind,) in list(zip(found, cells, strict=True))[:most]:
        who = f" ({one.owner})" if one.owner else ""
        mark = Word(one.confirmed.symbol, "advice" if one.confirmed.key == "yes" else "warning")
        lines += paper.line([mark, Word(kind)], f"{one.what}{who}{'' if one.confirmed.key == 'yes' else f', {one.confirmed.word}'}")
    return [*lines, *_more(paper, len(found), most, "insights")]


_STANCES: Mapping[str, Role] = MappingProxyType({"supportive": "advice", "negative": "error", "unknown": "warning"})
_DECIDES = "decision maker"


def people(shown: Shown, paper: Paper, most: int | None) -> list[Line]:
    """Who decides and where each stands: key players and opponents, whoever decides first. All, where all are asked for."""
    key = set(shown.standing.key_players)
    found = [one for one in shown.view.people if most is None or one.id in key or one.stance.key == "negative"]
    found.sort(key=lambda one: (_place(one), one.id not in key))
    is_narrow = paper.is_terminal and paper.width < _NARROW
    titles = ("", "stance", "last contact") if is_narrow else ("", "stance", "last contact", "coverage")
    rows = [[_called(one), one.stance.word, _contact(one), one.coverage.word][: len(titles)] for one in found]
    heads = [titles] if found and paper.is_terminal else []
    cells = paper.grid([*heads, *rows], (20 if is_narrow else 22, 10, 14, 9)[: len(titles)])
    lines: list[Line] = []
    if (shown.view.opportunities or found) and not any(_DECIDES in one.roles for one in shown.view.people):
        lines += paper.line([Word("?", "warning")], "nobody is known to decide")
    for head in cells[: len(heads)]:
        lines += paper.line([Word(" "), *(Word(title, "dim") for title in head)])
    for one, (name, stance, *rest) in list(zip(found, cells[len(heads) :], strict=True))[:most]:
        role = _STANCES.get(one.stance.key)
        influence = [] if one.influence.key == "unknown" or is_narrow else [f"{one.influence.word} influence"]
        marks = [Word(one.stance.symbol, role), Word(name), Word(stance, role), *map(Word, rest)]
        lines += paper.line(marks, ", ".join([*one.roles, *influence]), role="dim")
        if paper.is_full and most is None and one.personal_agenda:
            lines += paper.line([], f"in it for them: {one.personal_agenda}", indent=6)
    left = len(shown.view.people) - len(found[:most])
    return [*lines, *_more(paper, left + most, most, "people")] if most is not None else lines


def _place(one: Person) -> int:
    """Whoever decides comes first, then whoever is against us, then whoever speaks for us."""
    return 0 if _DECIDES in one.roles else 1 if one.stance.key == "negative" else 2 if "sponsor" in one.roles else 3


def _called(one: Person) -> str:
    return one.name or (f"({one.title})" if one.title else f"({one.id})")


def _contact(one: Person) -> str:
    return (
        "no talk noted" if one.days_since_contact is None else f"{days(one.days_since_contact)} ago" if one.days_since_contact else "today"
    )


def opportunities(shown: Shown, paper: Paper, most: int | None) -> list[Line]:
    """What can still be won, by rank, with its next step; in full also what was won and lost."""
    found = shown.view.opportunities
    rows = [[f"{one.rank}.", *_bar(one, paper), _reach(one)] for one in found]
    cells = paper.grid(rows, [4, *([_SHORT_BAR] if paper.is_terminal else []), 9])
    lines: list[Line] = []
    for one, row in list(zip(found, cells, strict=True))[:most]:
        lines += paper.line([Word(cell) for cell in row], one.name, role="path")
        lines += _next_step(one, shown, paper)
        if one.close_is_past:
            lines += paper.line([Word("!", "error")], f"should have closed on {one.close_date}", indent=5)
    for one in shown.view.closed if most is None else ():
        when = f" ({one.close_date})" if one.close_date else ""
        lines += paper.line(
            [Word(one.status.symbol), Word(one.status.word, None, ":"), Word(_worth(one, shown, paper), None, ",")], f"{one.name}{when}"
        )
        if one.closed_because:
            lines += paper.line([], f"because: {one.closed_because}", indent=5)
    return [*lines, *_more(paper, len(found), most, "opportunities")]


def _bar(one: Opportunity, paper: Paper) -> list[str]:
    if not paper.is_terminal:
        return []
    sure, could = (round(part * _SHORT_BAR / 100) for part in (one.score, one.ceiling))
    return ["█" * sure + "▒" * (could - sure) + "░" * (_SHORT_BAR - could)]


def _reach(one: Opportunity) -> str:
    return f"{one.score}" if one.score == one.ceiling else f"{one.score} … {one.ceiling}"


def _worth(one: Opportunity, shown: Shown, paper: Paper) -> str:
    if one.value is None:
        return "value ?"
    return short(one.value) if paper.is_terminal else money(one.value, shown.view.currency)


def _next_step(one: Opportunity, shown: Shown, paper: Paper) -> list[Line]:
    stands = [Word(_worth(one, shown, paper), None, ","), Word(one.stage or one.status.word)]
    if one.next_step is None and one.next_step_due is None:
        return paper.line([*stands, Word("?", "warning")], "no next step", indent=5)
    mark = [Word("!", "error"), Word("late,", "error")] if one.next_step_is_past else [Word("→")]
    day = [] if one.next_step_due is None else [Word(f"{one.next_step_due}")]
    return paper.line([*stands, *mark, *day], one.next_step or "", indent=5)


def due(shown: Shown, paper: Paper, most: int | None) -> list[Line]:
    """What is late, the longest first, then what is due within 30 days. Next steps that are not late stand with their opportunities."""
    late = [one for one in shown.standing.late if one.kind != "relationship meeting"]
    soon = [one for one in shown.standing.soon if one.kind not in ("relationship meeting", "next step")]
    rows = [[str(one.due), _when(one, shown)] for one in (*late, *soon)]
    cells = paper.grid(rows, [10, 14])
    lines: list[Line] = []
    for one, (day, when) in list(zip((*late, *soon), cells, strict=True))[:most]:
        kind = "" if one.kind == "action" else one.kind if not one.what else f"{one.kind}: "
        role: Role | None = "error" if one.days_late else None
        mark = Word("!" if one.days_late else " ", role)
        lines += paper.line([mark, Word(day), Word(when, role)], f"{kind}{one.what}{f' ({one.owner})' if one.owner else ''}")
    return [*lines, *_more(paper, len(rows), most, "due")]


def _when(one: Deadline, shown: Shown) -> str:
    left = (one.due - shown.today).days
    return f"{days(-left)} late" if left < 0 else f"in {days(left)}" if left else "today"


def meeting(shown: Shown, paper: Paper, most: int | None) -> list[Line]:
    """The next relationship meeting, planned or wanted; the last one."""
    del most
    found, view = next_meeting(shown.plan, shown.config.limits, shown.today), shown.view.meetings
    if found is None:
        return paper.line([Word("?", "warning")], "none planned, none held yet") if shown.plan.contacts else []
    is_planned = found.pointer == ("meetings", "next")
    left = (found.due - shown.today).days
    when = f"{days(-left)} ago" if left < 0 else f"in {days(left)}" if left else "today"
    with_whom = f", with {', '.join(view.participants)}" if view and view.participants else ""
    if is_planned:
        said = f"{found.due}, {when}{', and nothing is noted of it' if left < 0 else ''}{with_whom}"
    else:
        said = f"none planned; one is due by {found.due}, {when}{with_whom}"
    lines = paper.line([Word("!", "error") if left < 0 else Word("→")], said, most=2)
    if view and view.held:
        lines += paper.line([Word(" ")], f"last one {view.held[0].held}")
    return lines


def risks(shown: Shown, paper: Paper, most: int | None) -> list[Line]:
    """What could go wrong."""
    weights = {"high": 0, "medium": 1, "unknown": 2, "low": 3}
    found = [one for one in shown.view.risks if one.status.key == "open"]
    found.sort(key=lambda one: (weights[one.impact.key], weights[one.likelihood.key]))
    lines: list[Line] = []
    for one in found[:most]:
        is_grave = "high" in (one.impact.key, one.likelihood.key)
        odds = f"likelihood {one.likelihood.word}, impact {one.impact.word}"
        answer = "" if one.response else "; no answer to it"
        lines += paper.line([Word("!" if is_grave else "△", "error" if is_grave else "warning")], f"{one.what} ({odds}{answer})")
        if paper.is_full and most is None and one.response:
            lines += paper.line([], f"answer: {one.response}", indent=6)
    return [*lines, *_more(paper, len(found), most, "risks")]


def white_space(shown: Shown, paper: Paper, most: int | None) -> list[Line]:
    """What nobody is after yet, and our share of what they spend."""
    found = shown.view.white_space
    if found is None:
        return []
    share = "share of wallet unknown" if found.wallet.share is None else f"our share of known spend {percent(found.wallet.share)}"
    if not found.untapped:
        return paper.line([Word("✓", "advice")], f"nothing known that nobody is after; {share}")
    places = [f"{one.solution} in {one.unit}{f' ({one.competitor})' if one.competitor else ''}" for one in found.untapped]
    more = f" and {len(places) - most} more" if most is not None and len(places) > most else ""
    return paper.line([Word("○")], f"{share}; nobody is after {', '.join(places[:most])}{more}", most=3)


def findings(shown: Shown, paper: Paper, most: int | None) -> list[Line]:
    """What `check` finds first."""
    lines: list[Line] = []
    for one in shown.findings[:most]:
        mark = {"error": "✕", "warning": "!", "advice": "i"}[one.severity]
        lines += paper.line(
            [Word(mark, one.severity.value)], f"{one.message}{f': {one.hint}' if one.hint else ''} (line {one.location.line})", most=2
        )
    if most is not None and len(shown.findings) > most:
        count = len(shown.findings) - most
        lines += paper.line([Word(" ")], f"and {count} more: acctplan check {plan_name(shown.loaded.path)}", role="dim")
    return lines


def questions(shown: Shown, paper: Paper, most: int | None) -> list[Line]:
    """What would help most to know."""
    found = shown.view.questions
    lines: list[Line] = []
    for one in found[:most]:
        others = f" and {len(one.lifts) - 1} more" if len(one.lifts) > 1 else ""
        points = "1 point" if one.points == 1 else f"{one.points} points"
        lines += paper.line([Word("?", "warning")], f"{one.question}, of {one.lifts[0].name}{others} (up to {points})", most=2)
    return [*lines, *_more(paper, len(found), most, "questions")]


def _more(paper: Paper, count: int, most: int | None, name: str) -> list[Line]:
    """How many entries are not shown, and how to see them."""
    if most is None or count <= most:
        return []
    return paper.line([Word(" ")], f"and {count - most} more (--section {name})", role="dim")


SECTIONS: Mapping[str, Section] = MappingProxyType(
    {
        "insights": Section("What drives them", 4, insights),
        "people": Section("Who decides, and where they stand", 7, people),
        "opportunities": Section("Opportunities", 5, opportunities),
        "due": Section("To do", 5, due),
        "meeting": Section("Next relationship meeting", 1, meeting),
        "risks": Section("Risks", 3, risks),
        "white-space": Section("White space", 3, white_space),
        "questions": Section("Open questions", 2, questions),
        "findings": Section("What would make the plan better", 1, findings),
    }
)
"""Every part below the header, in the order in which they are shown."""
