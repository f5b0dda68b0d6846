"""Opportunities by unit, solution, owner or account, each group with what it is worth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from acctplan.analysis.amounts import short
from acctplan.analysis.ranking.groups import groups
from acctplan.cli import console
from acctplan.cli.console import Column
from acctplan.cli.rank.amounts import exact
from acctplan.cli.rank.heading import heading
from acctplan.cli.rank.ranked import accounts, reach
from acctplan.diagnostic import format_pointer
from acctplan.report.wrapping import Word, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from acctplan.analysis.ranking import Score
    from acctplan.analysis.ranking.groups import By, Group, Member
    from acctplan.cli.rank.ranked import Ranked


def show(ranked: Ranked, scores: Sequence[Score], group_by: By, *, as_json: bool) -> None:
    """A table for each group under what it is worth; elsewhere than on a terminal one table of all."""
    found = groups(scores, ranked.plans, ranked.config, group_by, ranked.places)
    names = accounts(scores)
    if as_json:
        console.write(_json(ranked, found, names, group_by))
    elif console.is_terminal():
        for number, group in enumerate(found):
            if number:
                console.write("\n")
            _group(ranked, group, names, group_by)
        if found:
            console.hint("\nweighted: probability \N{MULTIPLICATION SIGN} value. The group with the most of it stands first")
    else:
        titles = (*_OF_GROUP, *_OF_MEMBER)
        rows = ([*_of_group(group, names, group_by), *_of_member(ranked, member)] for group in found for member in group.members)
        console.table([Column(title) for title in titles], rows)


def _name(group: Group, names: Mapping[str, str], by: By) -> str:
    """What people call a group: a unit with its account where there are several."""
    key = group.key
    if key.name is None:
        return f"No {by}"
    if key.plan is None:
        return key.name
    return names[key.plan] if by == "account" else f"{key.name} \N{MIDDLE DOT} {names[key.plan]}" if len(names) > 1 else key.name


def _group(ranked: Ranked, group: Group, names: Mapping[str, str], by: By) -> None:
    heading(_name(group, names, by))
    parts = _worth(group, ranked.config.currency)
    words = [*(Word(part, tail=" \N{MIDDLE DOT}") for part in parts[:-1]), Word(parts[-1])]
    console.write("".join(f"{line}\n" for line in wrap(words, console.width())))
    has_account = by != "account" and len({member.score.plan for member in group.members}) > 1
    columns = [Column("Rank", is_number=True), Column("Score", is_number=True), Column("Opportunity", wraps=True)]
    columns += [Column("Account", wraps=True)] if has_account else []
    columns += [Column("Value", is_number=True), Column("Weighted", is_number=True)]
    rows = []
    for member in group.members:
        score = member.score
        account = [names[score.plan]] if has_account else []
        amounts = [_short(member.value), _short(member.weighted)]
        rows.append([str(ranked.place(score)), reach(score), score.opportunity.name, *account, *amounts])
    console.table(columns, rows)


def _worth(group: Group, currency: str) -> list[str]:
    """`3 opportunities`, `value 1.5 M EUR`, `weighted 306 k EUR (1 unknown)`, `best rank 1`."""
    count = len(group.members)
    return [
        "1 opportunity" if count == 1 else f"{count} opportunities",
        _total("value", group.value, group.without_value, count, currency),
        _total("weighted", group.weighted, group.without_weighted, count, currency),
        f"best rank {group.best_rank}",
    ]


def _total(name: str, amount: Decimal, unknown: int, count: int, currency: str) -> str:
    if unknown == count:
        return f"{name} unknown"
    return f"{name} {short(amount)} {currency}" + (f" ({unknown} unknown)" if unknown else "")


def _short(amount: Decimal | None) -> str:
    return "?" if amount is None else short(amount)


_OF_GROUP = ("group", "group_id", "group_count", "group_value", "group_without_value", "group_weighted", "group_without_weighted")
_OF_MEMBER = (
    *("group_best_rank", "rank", "score", "ceiling", "plan", "account", "opportunity", "name"),
    *("value", "currency", "book_value", "probability", "weighted"),
)


def _of_group(group: Group, names: Mapping[str, str], by: By) -> list[str]:
    return [
        *("" if group.key.name is None else _name(group, names, by), group.key.id or "", str(len(group.members))),
        *(exact(group.value), str(group.without_value), exact(group.weighted), str(group.without_weighted), str(group.best_rank)),
    ]


def _of_member(ranked: Ranked, member: Member) -> list[str]:
    score = member.score
    value = score.opportunity.value
    return [
        *(str(ranked.place(score)), f"{score.score:.2f}", f"{score.ceiling:.2f}"),
        *(score.plan, score.account, score.id, score.opportunity.name),
        *("" if value is None else format(value, "f"), score.currency),
        *("" if amount is None else exact(amount) for amount in (member.value, member.probability, member.weighted)),
    ]


def _json(ranked: Ranked, found: Sequence[Group], names: Mapping[str, str], by: By) -> str:
    answer = {
        "version": 1,
        "currency": ranked.config.currency,
        "group_by": by,
        "groups": [
            {
                "name": None if group.key.name is None else _name(group, names, by),
                "plan": group.key.plan,
                "id": group.key.id,
                "count": len(group.members),
                "value": exact(group.value),
                "without_value": group.without_value,
                "weighted": exact(group.weighted),
                "without_weighted": group.without_weighted,
                "best_rank": group.best_rank,
                "opportunities": [_opportunity(ranked, member) for member in group.members],
            }
            for group in found
        ],
    }
    return json.dumps(answer, indent=2) + "\n"


def _opportunity(ranked: Ranked, member: Member) -> dict[str, Any]:
    score = member.score
    pointer = ("opportunities", score.id)
    line = {"line": ranked.line(score.plan, pointer)} if len(ranked.plans) == 1 else {}
    value = score.opportunity.value
    return {
        "rank": ranked.place(score),
        "plan": score.plan,
        "account": score.account,
        "opportunity": score.id,
        "name": score.opportunity.name,
        "score": score.score,
        "ceiling": score.ceiling,
        "value": None if value is None else format(value, "f"),
        "currency": score.currency,
        "book_value": None if member.value is None else exact(member.value),
        "probability": None if member.probability is None else exact(member.probability),
        "weighted": None if member.weighted is None else exact(member.weighted),
        "pointer": format_pointer(pointer),
        **line,
    }
