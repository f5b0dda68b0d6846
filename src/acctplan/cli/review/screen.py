"""The pack for a review, for people: on a screen or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from acctplan.analysis.amounts import money
from acctplan.analysis.owners import responsible_words
from acctplan.cli import console
from acctplan.diagnostic import format_pointer, plan_name
from acctplan.report.visible import visible
from acctplan.report.wrapping import Word, words, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from acctplan.analysis.ranking import Score
    from acctplan.analysis.reviewing import Suspect
    from acctplan.cli.review.pack import Pack, Standing
    from acctplan.diagnostic import Pointer
    from acctplan.health import Score as HealthScore
    from acctplan.report import Role

_Item = TypeVar("_Item")
_CHANGES, _RANKED, _LATE, _SUSPECTS = 12, 5, 6, 6
"""So many lines of each on a terminal."""
_MARKS: dict[str, tuple[str, Role]] = {"added": ("+", "advice"), "removed": ("-", "error"), "changed": ("~", "warning")}


def show(pack: Pack) -> None:
    """The pack, from what was said last time to what to ask this time."""
    one = pack.standing
    _header(one)
    _changes(one)
    if one.unreviewed is not None and (one.unreviewed.suspects or one.unreviewed.confirmed):
        _suspects(one, one.unreviewed.suspects, len(one.unreviewed.confirmed))
    _title("Health")
    for score in pack.health.scores:
        _line("", None, f"{score.name}: {_health(score)}")
    _ranking(pack)
    _late(pack)
    if pack.questions:
        _title("Worth asking")
        for number, question in enumerate(pack.questions, 1):
            _line(f"{number}.", "path", question.words)
            _line("", None, f"{question.why}{_place(one, question.pointer)}", indent=5)
    name = plan_name(one.loaded.path)
    console.hint(f'\nto record it: acctplan review {name} --sign "…" --verdict approved')
    console.hint(f"as a document: acctplan render {name} --as review")


def last(one: Standing) -> str:
    """The last review in words."""
    review, day = one.reviewed.review, one.reviewed.day
    if review is None or day is None:
        return "never reviewed"
    verdict = f": {review.verdict.replace('_', ' ')}" if review.verdict else ""
    signed = "signed" if one.reviewed.is_signed else "not signed"
    return f"{day} by {one.plan.team[review.by].name}, {_days(one.days_ago or 0)} ago{verdict} ({signed})"


def _header(one: Standing) -> None:
    heading = f"{one.plan.profile.name}: the pack for a review"
    console.paragraph(visible(heading), role="path")
    review = one.reviewed.review
    _line("", None, f"last review: {last(one)}")
    if review is not None and review.notes:
        _line("", None, f"“{' '.join(review.notes.split())}”", indent=4)
    if one.due is not None:
        late = (one.today - one.due).days
        _line("", None, f"next review: due {one.due}, {f'{_days(late)} late' if late > 0 else f'in {_days(-late)}' if late else 'today'}")


def _changes(one: Standing) -> None:
    found = one.unreviewed
    if found is None:
        _title("Not yet reviewed")
        everything = "everything: " if one.reviewed.basis == "never" else ""
        _line("", None, f"{everything}{one.reviewed.remark}")
        return
    if not found.changes:
        _title("Not yet reviewed: nothing changed since")
    else:
        _title(f"Not yet reviewed: {len(found.changes)} change{'s' if len(found.changes) > 1 else ''} since {one.reviewed.day}")
    if one.reviewed.remark:
        _line("", "dim", one.reviewed.remark)
    shown = _first(found.changes, _CHANGES)
    for change in shown:
        mark, role = _MARKS[change.kind]
        _line(mark, role, change.sentence)
    if left := len(found.changes) - len(shown):
        _line("", "dim", f"and {left} more: acctplan diff {plan_name(one.loaded.path)}")


def _suspects(one: Standing, suspects: Sequence[Suspect], confirmed: int) -> None:
    done = f"; {confirmed} confirmed since" if confirmed else ""
    _title(f"Suspect until confirmed: {len(suspects)}{done}")
    shown = _first(suspects, _SUSPECTS)
    for suspect in shown:
        _line("?", "warning", f"{suspect.name}: {suspect.why}")
        _line("", "dim", f"{format_pointer(suspect.pointer)}{_place(one, suspect.pointer)}", indent=4)
    if left := len(suspects) - len(shown):
        _line("", "dim", f"and {left} more: acctplan review {plan_name(one.loaded.path)} --json")
    if suspects:
        console.hint(f"  still true? acctplan review {plan_name(one.loaded.path)} --confirm POINTER, or all")


def _ranking(pack: Pack) -> None:
    if not pack.scores:
        return
    _title("Opportunities by rank")
    shown = _first(pack.scores, _RANKED)
    for score in shown:
        _line(f"{pack.ranks[score.id]}.", "path", _ranked(pack, score))
    if left := len(pack.scores) - len(shown):
        _line("", "dim", f"and {left} more: acctplan rank {plan_name(pack.standing.loaded.path)}")


def _ranked(pack: Pack, score: Score) -> str:
    opportunity = score.opportunity
    parts = [
        f"{opportunity.name}: {score.score:.0f} points",
        "value unknown" if opportunity.value is None else money(opportunity.value, score.currency),
        opportunity.stage or opportunity.status,
    ]
    if moved := _moved(pack, score.id):
        parts.append(moved)
    return ", ".join(parts)


def _moved(pack: Pack, identifier: str) -> str:
    """What has become of a rank since the review; empty where nothing has, or where nobody can tell."""
    if pack.ranks_then is None:
        return ""
    before, now = pack.ranks_then.get(identifier), pack.ranks[identifier]
    if before is None:
        return "not ranked at the review"
    return "" if before == now else f"{'up' if now < before else 'down'} from {before}"


def _late(pack: Pack) -> None:
    _title("Late" if pack.late else "Late: nothing")
    shown = _first(pack.late, _LATE)
    one = pack.standing
    for due in shown:
        who = responsible_words(one.plan, due.owner) or "nobody"
        what = f"{due.kind.replace('_', ' ')}{f', {due.what}' if due.what else ''}"
        _line("!", "warning", f"{what}: due {due.due}, {_days(due.days_late(one.today))} late, {who}{_place(one, due.pointer)}")
    if left := len(pack.late) - len(shown):
        _line("", "dim", f"and {left} more: acctplan next {plan_name(one.loaded.path)}")


def _health(score: HealthScore) -> str:
    if score.percent is None:
        return "nothing applies"
    return f"{score.good} of {len(score.items)} ({score.percent} %) {score.band}"


def _place(one: Standing, pointer: Pointer) -> str:
    return f" · line {one.loaded.locate(pointer)[0].line}"


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def _first(many: Sequence[_Item], most: int) -> Sequence[_Item]:
    """Those that are shown: whoever reads no terminal gets everything."""
    return many[:most] if console.is_terminal() else many


def _title(text: str) -> None:
    console.write("\n")
    console.paragraph(text, role="path")


def _line(mark: str, role: Role | None, text: str, *, indent: int = 2) -> None:
    parts = [Word(mark, role), *words(visible(text))] if mark else [Word(one.text, role) for one in words(visible(text))]
    hanging = indent + (len(mark) + 1 if mark else 2)
    console.write("".join(f"{line}\n" for line in wrap(parts, console.width(), console.painter(), indent=indent, hanging=hanging)))
