"""The texts of a plan, and the words that should not stand in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from acctplan.config import Config
from acctplan.diagnostic import format_pointer
from acctplan.loader import load
from acctplan.rules import Context, Level, run
from acctplan.rules.plan import left_over_words
from acctplan.rules.texts import SHAREABLE, Mark, marked, shareable, texts, written
from acctplan.scaffold.full import full_plan
from acctplan.scaffold.starter import Answers, starter_plan

if TYPE_CHECKING:
    from acctplan.model import Plan

CONFIG = Config()
ANSWERS = Answers(name="Acme", starts=date(2026, 1, 1), currency="EUR")


def plan(text: str) -> Plan:
    loaded = load(text, "plan.yaml", CONFIG)
    assert loaded.plan is not None
    return loaded.plan


def pointers(found) -> dict[str, str]:
    return {format_pointer(pointer): text for pointer, text in found}


def test_every_text_is_found_with_its_place_and_nothing_else():
    found = texts(
        plan("""
profile: {name: Acme, employees: 12, starts: 2026-01-01, product_lines: [Meals, Soups]}
team: {amira: {name: Amira Haddad}}
contacts: {lena: {title: CFO, relationship: {now: vendor, with: amira}}}
meetings: {with: [lena], held: {2026-09-10: {goals: [Decide in May]}}}
""")
    )
    assert pointers(found) == {
        "profile.name": "Acme",
        "profile.product_lines.0": "Meals",
        "profile.product_lines.1": "Soups",
        "team.amira.name": "Amira Haddad",
        "contacts.lena.title": "CFO",
        "contacts.lena.relationship.now": "vendor",
        "contacts.lena.relationship.with": "amira",
        "meetings.with.0": "lena",
        "meetings.held.2026-09-10.goals.0": "Decide in May",
    }


SHARED = """
profile:
  name: ours
  background: ours
  mutual_value: {field_of_play: shared 1, value_we_bring: shared 2, how_they_gain: shared 3, what_we_gain: shared 4}
insights: {exit: {kind: goal, what: shared 5, source: ours}}
opportunities: {pilot: {name: ours, need: shared 6, customer_impact: shared 7, approach: ours, notes: ours}}
objectives:
  win: {category: revenue, what: shared 8, relevance: shared 9, notes: ours, strategies: {ask: {what: ours, actions: {a: {what: ours}}}}}
meetings:
  held:
    2026-09-10:
      news_from_us: [shared 10]
      news_from_them: [ours]
      ideas: [shared 11, shared 12]
      goals: [shared 13]
      actions: {call: {what: shared 14, notes: ours}}
      notes: ours
risks: {merger: {what: ours, response: ours}}
"""


def test_a_customer_may_see_what_both_sides_work_with_and_no_more():
    assert list(pointers(shareable(plan(SHARED))).values()) == [
        f"shared {number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)
    ]


@pytest.mark.parametrize("way", SHAREABLE, ids=format_pointer)
def test_every_shareable_field_is_one_of_the_model(way: tuple[str, ...]):
    found = [pointer for pointer, _ in shareable(plan(SHARED))]
    assert any(len(pointer) == len(way) and all(step in ("*", at) for step, at in zip(way, pointer, strict=True)) for pointer in found)


def test_a_plan_without_shareable_texts_has_none():
    assert list(shareable(plan("profile: {name: Acme}\nmeetings: {}\n"))) == []


def test_texts_are_looked_through_only_where_a_mark_can_stand_in_them():
    marks = [Mark("todo", r"\bTODO\b", "first"), Mark("call", r"call", "second")]
    found = [(("a",), "TODO: call"), (("b",), "call"), (("c",), "todo")]
    assert [(pointer, text, mark.means) for pointer, text, mark in marked(found, marks, b"todo: call")] == [
        (("a",), "TODO: call", "first"),
        (("b",), "call", "second"),
    ]
    assert list(marked(found, marks, b"nothing of the kind")) == []


def test_all_that_is_written_is_searched_in_lower_case():
    everything = written(plan("profile: {name: ACME Große, background: 'Password: x'}\n"))
    assert b"acme" in everything
    assert b"password: x" in everything


@pytest.mark.parametrize("words", ["Our best opportunity", "What helps them", "What hurts them", "Where we meet", "Anything else"])
def test_what_the_templates_say_is_left_over_where_it_was_not_replaced(words: str):
    assert words in starter_plan(ANSWERS) + full_plan(ANSWERS)
    loaded = load(f"profile: {{name: Acme, background: {words}}}\n", "plan.yaml", CONFIG)
    assert run(loaded, [left_over_words], Context(CONFIG, date(2026, 11, 21)), Level.WORKING).diagnostics
