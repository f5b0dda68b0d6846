"""What to do next, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from acctplan.analysis.owners import responsible, responsible_words
from acctplan.analysis.settling import settling
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.diagnostic import format_pointer, plan_name
from acctplan.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from acctplan.analysis.next_moves import Move
    from acctplan.analysis.settling import Settling
    from acctplan.cli.loading import Texts
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan


@dataclass(frozen=True)
class Shown:
    """The plans that were looked through."""

    plans: Mapping[str, Plan]
    today: date
    asked: str
    """The command that asks for the same without a limit."""
    _texts: Texts

    def line(self, plan: str, pointer: Pointer) -> int:
        """The line that something stands on, from 1."""
        return self._texts.line(plan, pointer)

    def who(self, move: Move) -> str:
        """Who should see to it; empty where the plan names nobody."""
        plan = self.plans[move.plan]
        identifier = responsible(plan, move.owner)
        return plan.team[identifier].name if identifier is not None else ""

    def command(self, move: Move) -> str:
        """What settles it, ready to be typed; `…` stands for words of one's own."""
        name = plan_name(move.plan)
        if move.kind == "no_action":
            return self._begin(self.plans[move.plan], name, str(move.subject[-1]))
        if move.kind == "meeting":
            return self._meet(move, name)
        return self._settling(move).command

    def also(self, move: Move) -> str:
        """What to type besides, once it is done and something else follows; empty where nothing does."""
        return "" if move.kind in ("no_action", "meeting") else self._settling(move).also

    def _settling(self, move: Move) -> Settling:
        kind = "contract_ends" if move.kind == "contract" else move.kind
        subject = self._action(move) if kind == "action" else format_pointer(move.subject)
        return settling(kind, plan_name(move.plan), subject, str(move.subject[-1]))

    def _begin(self, plan: Plan, name: str, opportunity: str) -> str:
        """How somebody gets something to do for an opportunity: an action, or first what it serves and how that is reached."""
        serving = [key for key, one in plan.objectives.items() if one.is_open and opportunity in one.opportunities]
        if not serving:
            category = "revenue" if plan.opportunities[opportunity].status == "open" else "business_development"
            return f'acctplan add objective {name} "…" category={category} opportunities={opportunity}'
        ready = [key for key in serving if plan.objectives[key].strategies]
        if not ready:
            return f'acctplan add strategy {name} "…" to={serving[0]}'
        # For an opportunity, an action goes to the first objective that serves it.
        there = f"for={opportunity}" if ready[0] == serving[0] else f"to={ready[0]}"
        return f'acctplan add action {name} "…" {there}'

    def _meet(self, move: Move, name: str) -> str:
        """Agree on a day, prepare for it, or note what was said."""
        if move.pointer != ("meetings", "next"):
            return f"acctplan add meeting {name} +2w"
        if move.day is not None and move.day > self.today:
            return f"acctplan meeting agenda {name}"
        return f"acctplan meeting hold {name}" + (f" --on {move.day}" if move.day != self.today else "")

    def _action(self, move: Move) -> str:
        """An action's id, or its whole pointer where the plan has several of that id."""
        from acctplan.cli.entries import entries

        identifier = str(move.subject[-1])
        same = [one for one in entries(self.plans[move.plan], "action") if one.id == identifier]
        return identifier if len(same) == 1 else format_pointer(move.subject)


def show(shown: Shown, moves: Sequence[Move], *, left: int, why: bool) -> None:
    """A list for people; elsewhere than on a terminal a table in full."""
    if not console.is_terminal():
        _table(shown, moves)
        return
    if not moves:
        console.write("Nothing presses. A good day to ask a customer a question.\n")
        return
    for number, move in enumerate(moves, 1):
        _one(shown, move, number, why=why)
    if left:
        console.hint(f"\nand {left} more: {shown.asked} -n {len(moves) + left}")
    if not why:
        console.hint(f"\nwhy in this order? {shown.asked} --why")


def _one(shown: Shown, move: Move, number: int, *, why: bool) -> None:
    account = shown.plans[move.plan].profile.name
    sign = _SIGNS.get(move.kind, "·")
    late = move.day is not None and move.day < shown.today and move.kind not in ("minutes", "contact")
    console.paragraph(visible(f"{number:>2}. {'!' if late else sign} {move.what}"), hanging=6, role="path")
    who = responsible_words(shown.plans[move.plan], move.owner)
    said = f"{account}{f' · {who}' if who else ''} · {move.why} · {move.plan}:{shown.line(move.plan, move.pointer)}"
    console.paragraph(visible(said), indent=6)
    if why:
        terms = "; ".join(f"{term.name} {term.points:.0f} of {term.out_of}: {term.reason}" for term in move.terms)
        console.paragraph(visible(f"urgency {move.urgency:.0f} of 100: {terms}"), indent=6)
    console.write(f"      {console.paint('dim', visible(shown.command(move)))}\n")
    if also := shown.also(move):
        console.write(f"      {console.paint('dim', visible(f'done? also: {also}'))}\n")


_SIGNS = {"meeting": "◆", "contact": "☎", "contract": "⧗", "question": "?", "fact": "?"}


def _table(shown: Shown, moves: Sequence[Move]) -> None:
    titles = ("urgency", "kind", "what", "why", "day", "owner", "account", "plan", "line", "pointer", "command", "also")
    rows = [
        [
            f"{move.urgency:.2f}",
            move.kind,
            move.what,
            move.why,
            "" if move.day is None else move.day.isoformat(),
            shown.who(move),
            shown.plans[move.plan].profile.name,
            move.plan,
            str(shown.line(move.plan, move.pointer)),
            format_pointer(move.pointer),
            shown.command(move),
            shown.also(move),
        ]
        for move in moves
    ]
    console.table([Column(title) for title in titles], rows)


def document(shown: Shown, moves: Sequence[Move]) -> str:
    """The list with every term, as JSON."""
    return json.dumps({"version": 1, "today": shown.today.isoformat(), "moves": [_data(shown, move) for move in moves]}, indent=2) + "\n"


def _data(shown: Shown, move: Move) -> dict[str, Any]:
    return {
        "plan": move.plan,
        "account": shown.plans[move.plan].profile.name,
        "kind": move.kind,
        "what": move.what,
        "why": move.why,
        "owner": responsible(shown.plans[move.plan], move.owner),
        "owner_name": shown.who(move) or None,
        "day": None if move.day is None else move.day.isoformat(),
        "urgency": move.urgency,
        "terms": [term._asdict() for term in move.terms],
        "pointer": format_pointer(move.pointer),
        "subject": format_pointer(move.subject),
        "line": shown.line(move.plan, move.pointer),
        "command": shown.command(move),
        "also": shown.also(move) or None,
    }
