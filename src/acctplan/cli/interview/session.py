"""A plan while it is asked about: what is missing, and answers into it, each written at once or kept to be shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from acctplan import rules
from acctplan.analysis.questions import missing
from acctplan.book import Change
from acctplan.cli import console
from acctplan.cli.editing import change, edited
from acctplan.cli.loading import load_one
from acctplan.cli.renaming import renaming
from acctplan.diagnostic import plan_name
from acctplan.errors import UserError
from acctplan.naming import slug

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from datetime import date
    from pathlib import Path

    from acctplan.analysis.questions import Missing
    from acctplan.book import Book
    from acctplan.edit import Edit
    from acctplan.loader import Loaded
    from acctplan.model import Plan


PLACEHOLDERS = (("contacts", "decision-maker", ""), ("opportunities", "best-opportunity", "Our best opportunity"))
"""The entries of a new plan that have no id of their own yet: section, id, and what they are called until somebody says."""


class Session:
    """A plan that is asked about.

    Args:
        book: the plan's book.
        path: of the plan.
        today: the day it is.
        is_dry: whether answers are kept and shown in the end instead of written.

    Raises:
        UserError: the plan has errors.
    """

    def __init__(self, book: Book, path: Path, today: date, is_dry: bool) -> None:
        self.book, self.path, self.today, self.is_dry = book, path, today, is_dry
        self.loaded = load_one(book, str(path))
        self._before = self.loaded.read().text
        self._answers: list[tuple[Loaded, Loaded]] = []
        """The plan before and after each answer that was not taken back."""
        checkup = rules.check(self.loaded, rules.configured(book.config.check), rules.Context(book.config, today))
        self._waived = [(one.rule, one.pointer) for one, _ in checkup.waived]

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        assert self.loaded.plan is not None
        return self.loaded.plan

    def missing(self, *, is_short: bool = False, asked: AbstractSet[str] = frozenset(), loaded: Loaded | None = None) -> Missing:
        """What the plan does not say, but for what was asked already.

        Args:
            is_short: whether the ten-minute plan is all that is wanted.
            asked: keys of questions.
            loaded: a state of the plan other than the present one.
        """
        plan = self.plan if loaded is None or loaded.plan is None else loaded.plan
        return missing(plan, self.book.config, self.today, is_short=is_short, waived=self._waived, asked=asked)

    def put(self, edits: Callable[[Loaded], list[Edit]], said: str) -> None:
        """Take an answer: write it into the plan as it is on disk now, or keep it.

        Raises:
            UserError: it would make the plan wrong, or cannot be written.
        """
        before = self.loaded

        def seen(loaded: Loaded) -> list[Edit]:
            nonlocal before
            before = loaded
            return edits(loaded)

        if self.is_dry:
            self.loaded = edited(self.book, self.loaded, edits(self.loaded))
        else:
            (self.loaded,) = change(self.book, [self.path], seen, show_diff=False, said=said)
        self._answers.append((before, self.loaded))

    def give_ids(self) -> None:
        """Give what a new plan calls by a placeholder an id of its own, once its name is known.

        Raises:
            UserError: the plan cannot be written.
        """
        for section, placeholder, unnamed in PLACEHOLDERS:
            entries = getattr(self.plan, section)
            name = entries[placeholder].name if placeholder in entries else None
            new = slug(name) if name and name != unnamed else ""
            if new and new not in entries:
                pointer = (section, placeholder)
                self.put(partial(renaming, pointer=pointer, new=new), f"{section}.{placeholder} is {section}.{new} now")

    def take_back(self) -> None:
        """Make the plan what it was before the last answer.

        Raises:
            UserError: somebody else has changed it since; then it stays as it is.
        """
        before, after = self._answers[-1]
        if not self.is_dry:
            with self.book.lock():
                if self.book.read(self.path) != after.read().text:
                    raise UserError(
                        "the plan was changed elsewhere since that answer, so it is not taken back",
                        f"put it right by hand: acctplan edit {plan_name(after.path)}",
                    )
                self.book.write([Change(self.path, after.read().text, before.read().text)])
            console.say(f"{after.path}: the last answer is taken back")
        self._answers.pop()
        self.loaded = before

    def show(self) -> None:
        """Show the answers that were kept."""
        if self.is_dry:
            console.diff(self.loaded.path, self._before, self.loaded.read().text)
