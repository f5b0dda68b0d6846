"""Who of our side somebody means, by the id in a plan's team, a name or a part of it, or an e-mail; or who git says they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from acctplan.cli.options import complete_team

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from acctplan.book import Book
    from acctplan.model import Plan, TeamMember

Mine = Annotated[bool, typer.Option("--mine", help="Only what is yours: you are who git says you are, by name or e-mail.")]
Owner = Annotated[
    str | None,
    typer.Option(
        metavar="WHO",
        help="Only what is theirs: an id in team, a name or a part of it, an e-mail.",
        show_default=False,
        autocompletion=complete_team,
    ),
]


class Person(NamedTuple):
    """Somebody in the team of a plan."""

    plan: str
    id: str
    name: str
    email: str | None

    @property
    def called(self) -> tuple[str, ...]:
        """What they may be asked for by."""
        return (self.id, self.name, *([self.email] if self.email else ()))


def people(plan: str, team: Mapping[str, TeamMember]) -> Iterator[Person]:
    """The team of a plan."""
    for identifier, member in team.items():
        yield Person(plan, identifier, " ".join(member.name.split()), member.email)


def meant(word: str, team: Iterable[Person]) -> list[Person]:
    """Those whom a word may mean, in every plan: whoever has it as id, name or e-mail; if nobody has, in whose name or id it stands.

    Somebody who is found in one plan is found in all, whatever id each plan has for them.
    """
    from acctplan.cli.entries import alike

    everybody = list(team)
    found = alike(word, everybody, lambda one: one.called)
    names, emails = {one.name.casefold() for one in found}, {one.email.casefold() for one in found if one.email}
    return [one for one in everybody if one in found or one.name.casefold() in names or (one.email or "").casefold() in emails]


def whose(book: Book, plans: Mapping[str, Plan], owner: str | None, *, mine: bool) -> dict[str, set[str]] | None:
    """By plan, the ids in its team of whoever is asked about; None: everybody.

    Args:
        book: whose git is asked who works here.
        plans: by what they are called.
        owner: who was asked for; None: nobody by name.
        mine: whether whoever works here was asked for.

    Raises:
        UserError: both were asked for, git does not say who works here, or nobody in the plans is meant.
    """
    from acctplan.errors import UserError

    if mine and owner is not None:
        raise UserError("--mine and --owner are different people", "give one of them")
    asked = [owner] if owner is not None else _at_work(book) if mine else None
    if asked is None:
        return None
    everybody = [one for name, plan in plans.items() for one in people(name, plan.team)]
    found = next(filter(None, (meant(word, everybody) for word in asked)), [])
    if plans and not found:
        raise nobody(asked[-1], everybody)
    return {name: {one.id for one in found if one.plan == name} for name in plans}


def _at_work(book: Book) -> Sequence[str]:
    """What git knows whoever works here by, the surest first."""
    from acctplan.book.git import user_email, user_name
    from acctplan.errors import UserError

    known = [one for one in (user_email(book.root), user_name(book.root)) if one]
    if not known:
        raise UserError("git does not say who you are", "git config user.name 'Your Name', or say --owner NAME")
    return known


def nobody(word: str, team: Iterable[Person]) -> Exception:
    """What is wrong where a word means nobody of a team."""
    from acctplan.diagnostic import closest
    from acctplan.errors import UserError

    everybody = list(team)
    near = closest(word, [name for one in everybody for name in one.called])
    names = ", ".join(sorted({one.name for one in everybody}))
    told = f"the team: {names}" if names else "name your people under 'team'"
    return UserError(f"nobody in these plans is {word}", f"did you mean {near}?" if near else told)
