"""What two states of a plan say differently, by meaning."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acctplan.analysis.differences import Change, differences, grouped
from acctplan.analysis.differences.comparing import fields_of, plain
from acctplan.analysis.differences.telling import MONEY, SHARES
from acctplan.document import parse
from acctplan.model import Plan
from acctplan.model.fields import Section
from pages import CONFIG, FULL, plan
from shape import sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from acctplan.config import Config

BASE = """\
team: {ines: {name: Ines}, bram: {name: Bram}}
units: {bulk: {name: Bulk terminal}}
solutions: {oil: {name: Oil analysis}, gas: {name: Gas}}
contacts:
  lena: {name: Lena Vos, title: COO}
  otto: {name: Otto Berg}
  seat: {title: Terminal manager}
competitors: {halsen: {name: Halsen Kran}}
"""


def changes(before: str, after: str, head: str = "profile: {name: Acme, currency: EUR}\n", config: Config = CONFIG) -> tuple[Change, ...]:
    return differences(plan(head + before, config), plan(head + after, config), config)


def one(before: str, after: str) -> Change:
    (found,) = changes(before, after)
    return found


def contact(fields: str) -> str:
    return BASE.replace("title: COO", f"title: COO, {fields}" if fields else "title: COO")


def deal(fields: str) -> str:
    return f"{BASE}opportunities: {{cranes: {{name: All cranes, {fields}}}}}\n"


def action(fields: str) -> str:
    return (
        f"{BASE}objectives: {{all: {{category: revenue, what: All of it, strategies: {{one: {{what: By data, actions: "
        f"{{sign: {{what: Pavel signs, {fields}}}}}}}}}}}}}\n"
    )


def cell(fields: str) -> str:
    return f"{BASE}white_space: {{bulk: {{oil: {{{fields}}}}}}}\n"


def signed(more: str = "") -> str:
    return f"{BASE}opportunities: {{yard: {{name: The yard}}}}\nreviews: {{2026-11-02: {{by: ines{more and f', {more}'}}}}}\n"


REVIEWED = signed()
SENTENCES = [
    (contact("stance: neutral"), contact("stance: supportive"), "Lena Vos: neutral → supportive"),
    (contact(""), contact("stance: negative"), "Lena Vos: unknown → negative"),
    (contact("stance: negative"), contact(""), "Lena Vos: negative → unknown"),
    (contact("coverage: brief"), contact("coverage: in_depth"), "Lena Vos: coverage brief → in depth"),
    (contact("roles: [sponsor, user]"), contact("roles: [user, evaluator]"), "Lena Vos: roles: also evaluator; no longer sponsor"),
    (contact("roles: [sponsor]"), contact(""), "Lena Vos: roles: no longer sponsor"),
    (contact("influences: [otto]"), contact("influences: [seat, otto]"), "Lena Vos: influences: also Terminal manager"),
    (contact("reports_to: otto"), contact("reports_to: seat"), "Lena Vos: reports to Otto Berg → Terminal manager"),
    (
        contact("last_contact: 2026-10-31"),
        contact("last_contact: 2026-11-01"),
        "Lena Vos: last contact 2026-10-31 → 2026-11-01 (1 day later)",
    ),
    (contact("email: a@b.example"), contact("email: c@b.example"), "Lena Vos: email a@b.example → c@b.example"),
    (contact("crm: {hub: '1'}"), contact("crm: {hub: '2'}"), "Lena Vos: id in hub 1 → 2"),
    (contact(""), contact("relationship: {with: ines}"), "Lena Vos: relationship: held by now Ines"),
    (
        contact("relationship: {now: vendor}"),
        contact("relationship: {now: problem_solver}"),
        "Lena Vos: relationship: what we are to them vendor → problem solver",
    ),
    (BASE, BASE.replace("seat: {", "seat: {name: Ada Lind, "), "Ada Lind: the seat is now held by 'Ada Lind'"),
    (BASE, contact("").replace("  otto: {name: Otto Berg}\n", ""), "contact removed: Otto Berg"),
    (deal("stage: qualification"), deal("stage: proposal"), "All cranes: stage qualification → proposal"),
    (deal("value: 420_000"), deal("value: 612_000"), "All cranes: value 420,000 → 612,000 EUR (+46 %)"),
    (deal("value: 300"), deal("value: 100"), "All cranes: value 300 → 100 EUR (-67 %)"),
    (deal("value: 0"), deal("value: 100"), "All cranes: value 0 → 100 EUR"),
    (deal("value: 1000"), deal("value: 1001"), "All cranes: value 1,000 → 1,001 EUR"),
    (deal("status: open"), deal("status: open, value: 100"), "All cranes: value unknown → 100 EUR"),
    (deal("value: 100.50"), deal("status: potential"), "All cranes: value 100.50 EUR → unknown"),
    (deal("probability: 0.2"), deal("probability: 0.35"), "All cranes: probability 20 % → 35 %"),
    (deal("status: open"), deal("status: won"), "All cranes: now won, before open"),
    (deal("status: potential"), deal("status: open"), "All cranes: status potential → open"),
    (deal("close_date: 2026-12-18"), deal("close_date: 2026-12-01"), "All cranes: close date 2026-12-18 → 2026-12-01 (17 days earlier)"),
    (deal("next_step: Call her"), deal("status: potential"), "All cranes: next step taken out, was 'Call her'"),
    (
        deal("next_step: Call her"),
        deal(f"next_step: {'Show her all of it ' * 5}"),
        "All cranes: next step now 'Show her all of it Show her all of it Show her all of it Sh…'",
    ),
    (deal("importance: {us: 3}"), deal("importance: {us: 5}"), "All cranes: importance: to us 3 → 5"),
    (deal("competition: {position: behind}"), deal("competition: {position: ahead}"), "All cranes: competition: position behind → ahead"),
    (deal("status: potential"), deal("competition: {competitors: [halsen]}"), "All cranes: competition: competitors: also Halsen Kran"),
    (deal("buying_roles: {lena: {}}"), deal("buying_roles: {lena: {stance: negative}}"), "All cranes: Lena Vos: unknown → negative"),
    (deal("buying_roles: {lena: {}}"), deal("buying_roles: {lena: {}, otto: {}}"), "All cranes: Otto Berg joined the buying group"),
    (deal("buying_roles: {lena: {}}"), deal("status: potential"), "All cranes: Lena Vos left the buying group"),
    (
        deal("decision_criteria: [{what: Price, position: worse}]"),
        deal("decision_criteria: [{what: Price, position: equal}]"),
        "All cranes: 'Price': position worse → equal",
    ),
    (
        deal("decision_criteria: [{what: Price}]"),
        deal("decision_criteria: [{what: Price}, {what: Speed}]"),
        "All cranes: decision criteria: also 'Speed'",
    ),
    (
        deal("decision_criteria: [{what: A}, {what: B}]"),
        deal("decision_criteria: [{what: B}, {what: A}]"),
        "All cranes: decision criteria: in another order",
    ),
    (deal("status: open"), deal("status: open, scorecards: {tas: {project: {answer: '+'}}}"), "All cranes: new scorecard: tas"),
    (
        deal("scorecards: {tas: {project: {answer: '-'}}}"),
        deal("scorecards: {tas: {project: {answer: '+'}}}"),
        "All cranes: tas project: answer - → +",
    ),
    (deal("status: open"), deal("status: open, importance: {us: 5}"), "All cranes: importance: to us unknown → 5"),
    (deal("status: open"), deal("status: open, shared: true"), "All cranes: shared with the customer now yes"),
    (
        contact(""),
        contact("relationship: {target: trusted_advisor}"),
        "Lena Vos: relationship: what we want to be to them unknown → trusted advisor",
    ),
    (BASE, BASE.replace("Bulk terminal}", "Bulk terminal, target: true}"), "Bulk terminal: target now yes"),
    (BASE, deal("value: 100, stage: qualification"), "new opportunity: All cranes (100 EUR, qualification)"),
    (deal("value: 100"), BASE, "opportunity removed: All cranes"),
    (action("owner: ines"), action("owner: bram"), "All of it: 'Pavel signs': owner Ines → Bram"),
    (action("due: 2026-11-20"), action("due: 2026-11-27"), "All of it: 'Pavel signs': due 2026-11-20 → 2026-11-27 (7 days later)"),
    (action("owner: ines"), action("owner: ines, done: 2026-11-20"), "All of it: 'Pavel signs': done on 2026-11-20"),
    (action("done: 2026-11-20"), action("status: not_started"), "All of it: 'Pavel signs': no longer done"),
    (cell("status: competitor"), cell("status: ours"), "Bulk terminal: Oil analysis: status competitor → ours"),
    (BASE, cell("status: competitor, competitor: halsen"), "new unit in the white space: Bulk terminal"),
    (cell("status: open"), cell("status: open").replace("bulk: {oil", "bulk: {gas: {status: ours}, oil"), "Bulk terminal: Gas (ours)"),
    (
        f"{BASE}revenue: {{FY2026-Q4: {{goal: 100}}}}\n",
        f"{BASE}revenue: {{FY2026-Q4: {{goal: 120}}}}\n",
        "FY2026-Q4: goal raised 100 → 120 EUR (+20 %)",
    ),
    (
        f"{BASE}revenue: {{FY2026: {{goal: 100}}}}\n",
        f"{BASE}revenue: {{FY2026: {{goal: 80}}}}\n",
        "FY2026: goal lowered 100 → 80 EUR (-20 %)",
    ),
    (
        f"{BASE}meetings: {{next: 2026-12-09}}\n",
        f"{BASE}meetings: {{next: 2027-01-09}}\n",
        "Relationship meetings: next meeting 2026-12-09 → 2027-01-09 (31 days later)",
    ),
    (BASE, f"{BASE}meetings: {{held: {{2026-11-02: {{}}}}}}\n", "Relationship meetings: met on 2026-11-02"),
    (f"{BASE}meetings: {{held: {{2026-11-02: {{}}}}}}\n", BASE, "Relationship meetings: meeting of 2026-11-02 removed"),
    (
        f"{BASE}meetings: {{held: {{2026-11-02: {{ideas: [A, B]}}}}}}\n",
        f"{BASE}meetings: {{held: {{2026-11-02: {{ideas: [B, A]}}}}}}\n",
        "Relationship meetings: meeting of 2026-11-02: ideas: in another order",
    ),
    (BASE, f"{BASE}reviews: {{2026-11-02: {{by: ines, verdict: approved}}}}\n", "new review: Review of 2026-11-02 (Ines, approved)"),
    (REVIEWED, signed("fingerprint: p1-a"), "Review of 2026-11-02: signed"),
    (signed("fingerprint: p1-a"), signed("fingerprint: p1-b"), "Review of 2026-11-02: signed again"),
    (signed("fingerprint: p1-a"), REVIEWED, "Review of 2026-11-02: no longer signed"),
    (REVIEWED, signed("confirmed: {p1-c: opportunities.yard}"), "Review of 2026-11-02: confirmed: The yard"),
    (signed("confirmed: {p1-c: opportunities.yard}"), REVIEWED, "Review of 2026-11-02: no longer confirmed: The yard"),
    (REVIEWED, signed("confirmed: {p1-c: insights.gone}"), "Review of 2026-11-02: confirmed: insights.gone"),
    (
        f"{BASE}risks: {{a: {{what: It rains}}}}\n",
        f"{BASE}risks: {{a: {{what: It rains, status: closed}}}}\n",
        "It rains: now closed, before open",
    ),
    (
        f"{BASE}insights: {{a: {{what: Grow, kind: goal}}}}\n",
        f"{BASE}insights: {{a: {{what: Grow, kind: goal, confirmed: true}}}}\n",
        "Grow: confirmed unknown → yes",
    ),
]


@pytest.mark.parametrize(("before", "after", "sentence"), SENTENCES, ids=[row[2] for row in SENTENCES])
def test_a_change_is_told_in_a_sentence(before: str, after: str, sentence: str):
    assert one(before, after).sentence == sentence


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(contact("roles: [sponsor, user]"), contact("roles: [user, sponsor]"), id="words in a list"),
        pytest.param(contact("influences: [otto, seat]"), contact("influences: [seat, otto]"), id="ids in a list"),
        pytest.param(contact("stance: neutral"), contact("relationship: {}, stance: neutral"), id="a section that says nothing"),
        pytest.param(deal("value: 100"), deal("value: 1_00.00"), id="an amount written otherwise"),
        pytest.param(deal("value: 1"), deal("value: 1, status: potential"), id="what holds anyway"),
        pytest.param("team: {a: {name: A}, b: {name: B}}", "team: {b: {name: B}, a: {name: A}}", id="entries in another order"),
    ],
)
def test_what_means_the_same_is_no_change(before: str, after: str):
    assert changes(before, after) == ()


def test_a_change_is_complete():
    found = one(contact("roles: [sponsor]"), contact("roles: [sponsor, user]"))
    assert (found.pointer, found.kind, found.before, found.after) == (
        ("contacts", "lena", "roles"),
        "changed",
        ("sponsor",),
        ("sponsor", "user"),
    )
    found = one(BASE, deal("value: 10, close_date: 2026-12-01, buying_roles: {lena: {}}"))
    assert (found.pointer, found.kind, found.before) == (("opportunities", "cranes"), "added", None)
    assert found.after == {
        "name": "All cranes",
        "status": "potential",
        "value": Decimal(10),
        "close_date": date(2026, 12, 1),
        "buying_roles": {"lena": {}},
    }


def test_another_id_is_another_entry():
    before, after = contact("stance: neutral"), contact("stance: neutral").replace("lena:", "lena-vos:")
    assert {(change.pointer, change.kind) for change in changes(before, after)} == {
        (("contacts", "lena"), "removed"),
        (("contacts", "lena-vos"), "added"),
    }


def test_what_is_most_telling_comes_first_entry_by_entry():
    before = f"""{contact("stance: neutral, notes: A")}opportunities:
  a: {{name: Notes, notes: A}}
  b: {{name: Worth, value: 1, notes: A}}
  c: {{name: Stage, stage: proposal, value: 1}}
  d: {{name: Date, close_date: 2026-12-01}}
  e: {{name: Gone}}
objectives: {{o: {{category: revenue, what: Do, strategies: {{s: {{what: S, actions: {{x: {{what: X}}}}}}}}}}}}
"""
    after = f"""{contact("stance: supportive, notes: B")}opportunities:
  a: {{name: Notes, notes: B}}
  b: {{name: Worth, value: 2, notes: B}}
  c: {{name: Stage, stage: negotiation, value: 2}}
  d: {{name: Date, close_date: 2026-12-02}}
objectives: {{o: {{category: revenue, what: Do, strategies: {{s: {{what: S, actions: {{x: {{what: X, done: 2026-11-01}}}}}}}}}}}}
"""
    groups = grouped(changes(before, after))
    assert [(group.section, group.id, group.entry) for group in groups] == [
        ("contacts", "lena", "Lena Vos"),
        ("opportunities", "c", "Stage"),
        ("opportunities", "b", "Worth"),
        ("opportunities", "d", "Date"),
        ("objectives", "o", "Do"),
        ("opportunities", "e", "Gone"),
        ("opportunities", "a", "Notes"),
    ]
    assert [change.pointer[-1] for change in groups[0].changes] == ["stance", "notes"]
    assert [change.phrase for change in groups[5].changes] == ["opportunity removed"]


def test_a_status_is_implied_by_the_day_on_which_it_was_done():
    found = changes(action("status: in_progress"), action("status: done, done: 2026-11-20"))
    assert {change.pointer[-1]: change.is_implied for change in found} == {"status": True, "done": False}
    assert one(action("status: in_progress"), action("status: done")).is_implied is False


def test_amounts_of_two_currencies_are_not_compared():
    (worth, _) = differences(
        plan("profile: {name: A, currency: SEK}\nopportunities: {a: {name: B, value: 100}}\n"),
        plan("profile: {name: A, currency: EUR}\nopportunities: {a: {name: B, value: 10}}\n"),
        CONFIG,
    )
    assert worth.sentence == "B: value 100 SEK → 10 EUR"


def test_dates_are_written_as_asked():
    before, after = (plan(f"profile: {{name: A, ends: 2026-{month}-01}}") for month in ("11", "12"))
    (found,) = differences(before, after, CONFIG, "{:%d.%m.}".format)
    assert found.sentence == "A: ends 01.11. → 01.12. (30 days later)"


def test_every_amount_of_the_model_is_money_a_share_or_of_a_measure():
    """An amount whose name is not listed would be told without its currency."""
    found = {
        name
        for section in sections()
        for name, hint in get_type_hints(section).items()
        if Decimal in (hint, *get_args(hint)) and name in section.model_fields
    }
    assert found == MONEY | SHARES | {"target", "current"}


def test_only_the_plan_itself_makes_a_section_say_something():
    """A section that is left out is compared as an empty one, so none may have a value of its own to start with."""
    left_out = [
        inner
        for section in sections()
        for _, _, form in fields_of(section)
        for inner in [form.section]
        if inner is not None and not any(info.is_required() for info in inner.model_fields.values())
    ]
    assert len(left_out) > 5
    assert all(plain(inner()) == {} for inner in left_out)


def removable(data: Any, pointer: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Pointers to what a plan can do without."""
    for key, value in data.items() if isinstance(data, dict) else ():
        place = (*pointer, key)
        if is_plan(without(document(), place)):
            yield place
        yield from removable(value, place)


def without(data: Any, pointer: tuple[str, ...]) -> Any:
    inside = data
    for step in pointer[:-1]:
        inside = inside.get(step, {})
    inside.pop(pointer[-1], None)
    return data


def is_plan(data: Any) -> bool:
    try:
        Plan.model_validate(data)
    except ValueError:
        return False
    return True


def document() -> Any:
    return deepcopy(_document())


@cache
def _document() -> Any:
    return parse(FULL.read_text("utf-8")).data


REMOVABLE = tuple(removable(document()))


def shuffled(data: Any, random: Any) -> Any:
    """The same with keys in another order."""
    if not isinstance(data, dict):
        return data
    keys = list(data)
    random.shuffle(keys)
    return {key: shuffled(data[key], random) for key in keys}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """The plan with every field, with some things left out and lists the other way round."""
    data = document()
    for place in draw(st.lists(st.sampled_from(REMOVABLE), max_size=12)):
        data = without(data, place)
    if draw(st.booleans()):
        data = reversed_lists(data)
    data = shuffled(data, draw(st.randoms(use_true_random=False)))
    return Plan.model_validate(data)


def reversed_lists(data: Any) -> Any:
    if isinstance(data, list):
        return [reversed_lists(one) for one in reversed(data)]
    return {key: reversed_lists(value) for key, value in data.items()} if isinstance(data, dict) else data


def meaning(value: Any, kind: Any = Plan) -> Any:
    """Plain data with sets for the lists whose order says nothing, found from the annotations alone."""
    if hasattr(kind, "__metadata__"):
        kind = kind.__origin__
    inside = [one for one in get_args(kind) if one not in (type(None), ...)]
    if isinstance(kind, type) and issubclass(kind, Section):
        hints = get_type_hints(kind, include_extras=True)
        names = {info.alias or name: name for name, info in kind.model_fields.items()}
        return {key: meaning(one, hints[names[key]]) for key, one in value.items()}
    if get_origin(kind) is dict:
        return {key: meaning(one, inside[1]) for key, one in value.items()}
    if get_origin(kind) is tuple:
        is_text = "strip_whitespace=True" in repr(inside[0]) or (isinstance(inside[0], type) and issubclass(inside[0], Section))
        return [meaning(one, inside[0]) for one in value] if is_text else set(value)
    return meaning(value, inside[0]) if inside and isinstance(value, dict | tuple) else value


def applied(data: Any, found: tuple[Change, ...]) -> Any:
    """Plain data after changes."""
    data = deepcopy(data)
    for change in found:
        *way, last = change.pointer
        inside = data
        for step, after in zip(way, [*way[1:], last], strict=True):
            if isinstance(inside, dict) and step not in inside:
                inside[step] = [] if isinstance(after, int) else {}
            inside = inside[step]
        if change.after is None:
            inside.pop(last)
        else:
            inside[last] = change.after
    return data


def without_nothing(data: Any, depth: int = 0) -> Any:
    """Data without the sections that say nothing, as `plain` leaves them out."""
    if isinstance(data, dict):
        kept = {key: without_nothing(value, depth + 1) for key, value in data.items()}
        return {key: value for key, value in kept.items() if value not in ({}, (), [])}
    return [without_nothing(one, depth + 1) for one in data] if isinstance(data, list | tuple) else data


@settings(max_examples=25)
@given(plans())
def test_a_plan_does_not_differ_from_itself(one: Plan):
    assert differences(one, one, CONFIG) == ()


@settings(max_examples=25)
@given(plans(), plans())
def test_what_changed_makes_the_one_of_the_other(before: Plan, after: Plan):
    result = applied(plain(before), differences(before, after, CONFIG))
    assert meaning(without_nothing(result)) == meaning(without_nothing(plain(after)))


@settings(max_examples=25)
@given(plans(), plans())
def test_back_is_the_same_the_other_way_round(before: Plan, after: Plan):
    there, back = differences(before, after, CONFIG), differences(after, before, CONFIG)
    assert {str((one.pointer, one.before, one.after)) for one in there} == {str((one.pointer, one.after, one.before)) for one in back}
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(one.pointer, one.kind) for one in there} == {(one.pointer, turned[one.kind]) for one in back}


@settings(max_examples=25)
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_keys_says_nothing(one: Plan, random: Any):
    data = document()
    for place in random.sample(REMOVABLE, 5):
        data = without(data, place)
    straight, mixed = Plan.model_validate(data), Plan.model_validate(shuffled(data, random))
    assert differences(straight, mixed, CONFIG) == ()
    assert differences(one, straight, CONFIG) == differences(one, mixed, CONFIG)
    assert differences(straight, one, CONFIG) == differences(mixed, one, CONFIG)


@settings(max_examples=25)
@given(plans(), plans())
def test_changes_come_in_groups_without_losing_any(before: Plan, after: Plan):
    found = differences(before, after, CONFIG)
    groups = grouped(found)
    assert tuple(change for group in groups for change in group.changes) == found
    assert len({(group.section, group.id) for group in groups}) == len(groups)
    most = [group.changes[0].importance for group in groups]
    assert most == sorted(most, reverse=True)
    assert all(change.sentence for change in found)
