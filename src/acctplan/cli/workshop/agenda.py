"""A timed agenda: every minute of a workshop belongs to something."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from acctplan.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEGIN, _COMPARE, _CLOSE = "Welcome, purpose, rules", "All accounts side by side", "Who does what by when, and close"
BREAK, LUNCH = "Break", "Lunch"
EXERCISES: dict[str, int] = {
    "What drives them": 15,
    "Who decides, and where they stand": 25,
    "White space": 15,
    "Opportunities, ranked": 20,
    "Objectives and actions": 20,
    "The next meeting with the customer": 5,
}
"""What is done for each account, with its part of the account's time, of 100."""
_FRAME = {_BEGIN: 10, _COMPARE: 10, _CLOSE: 15}
"""Minutes of what is done together; nothing is compared where there is one account."""
_LEAST = 20
"""Minutes that an account takes at least."""
_SITTING, _LONG = 120, 360
"""Minutes after which people need a break; from so many on, one of the breaks is lunch."""
_BREAK, _LUNCH = 10, 40
_DAY = 24 * 60
_MOST_HOURS = 12


class Slot(NamedTuple):
    """A part of the agenda."""

    start: int
    """Minutes since midnight."""
    minutes: int
    what: str
    account: str
    """Empty of what is done together."""

    @property
    def time(self) -> str:
        """When it begins, such as 09:15."""
        return clock(self.start)


def clock(minute: int) -> str:
    """A minute of the day as a time."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def agenda(accounts: Sequence[str], minutes: int, start: int) -> list[Slot]:
    """The slots of a workshop, one after the other without a gap; together they take exactly the time there is.

    Args:
        accounts: what they are called, in the order to take them.
        minutes: how long the workshop takes.
        start: when it begins, in minutes since midnight.

    Raises:
        UserError: there are no accounts, too many for the time, or it would go on past midnight.
    """
    if not accounts:
        raise UserError("a workshop needs an account", "name plans that have no errors")
    if start + minutes > _DAY:
        raise UserError("the workshop would go on past midnight", "begin earlier with --start, or take fewer --hours")
    frame = {what: took for what, took in _FRAME.items() if what != _COMPARE or len(accounts) > 1}
    pauses = _pauses(minutes)
    left = minutes - sum(frame.values()) - sum(pauses)
    if left < _LEAST * len(accounts):
        raise UserError(
            f"{_counted(len(accounts))} and {minutes} minutes: too little time", _instead(len(accounts), left, sum(frame.values()))
        )
    work = [(_BEGIN, "", frame[_BEGIN])]
    for account, share in zip(accounts, _parts(left, [1] * len(accounts)), strict=True):
        work += [(what, account, took) for what, took in zip(EXERCISES, _parts(share, list(EXERCISES.values())), strict=True)]
    work += [(what, "", frame[what]) for what in (_COMPARE, _CLOSE) if what in frame]
    return _timed(_with_pauses(work, pauses), start)


def _instead(accounts: int, left: int, frame: int) -> str:
    """Fewer accounts, or more hours, as far as either goes."""
    hours = next((one for one in range(1, _MOST_HOURS + 1) if one * 60 - frame - sum(_pauses(one * 60)) >= _LEAST * accounts), None)
    fewer = [f"name at most {left // _LEAST} of them"] if left >= _LEAST else []
    return " or ".join([*fewer, *([f"take more time: --hours {hours}"] if hours else [])]) or "name a few of them"


def _pauses(minutes: int) -> list[int]:
    """How long the breaks are: one for every two hours but the last; on a long day the middle one is lunch."""
    number = (minutes - 1) // _SITTING
    return [_LUNCH if minutes >= _LONG and place == number // 2 else _BREAK for place in range(number)]


def _parts(whole: int, weights: Sequence[int]) -> list[int]:
    """A time cut in parts by weight, in steps of five minutes as far as it goes; they add up to the whole.

    Those that lose most by being rounded down get what is left.
    """
    step = 5 if whole >= 5 * 2 * len(weights) else 1
    steps, rest = divmod(whole, step)
    total = sum(weights)
    exact = [steps * weight / total for weight in weights]
    parts = [int(one) for one in exact]
    by_loss = sorted(range(len(weights)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_loss[: steps - sum(parts)]:
        parts[place] += 1
    made = [step * part for part in parts]
    made[max(range(len(made)), key=lambda place: made[place])] += rest
    return made


def _with_pauses(work: Sequence[tuple[str, str, int]], pauses: Sequence[int]) -> list[tuple[str, str, int]]:
    """Breaks between the slots, as evenly as the slots allow."""
    whole, gone, done = sum(took for *_, took in work), 0, 0
    made: list[tuple[str, str, int]] = []
    for what, account, took in work:
        while done < len(pauses) and made and gone + took / 2 >= whole * (done + 1) / (len(pauses) + 1):
            made.append((LUNCH if pauses[done] == _LUNCH else BREAK, "", pauses[done]))
            done += 1
        made.append((what, account, took))
        gone += took
    return made


def _timed(slots: Sequence[tuple[str, str, int]], start: int) -> list[Slot]:
    found = []
    for what, account, took in slots:
        if took:
            found.append(Slot(start, took, what, account))
        start += took
    return found


def _counted(number: int) -> str:
    return "1 account" if number == 1 else f"{number} accounts"
