"""Whatever somebody answers to whatever is asked: it fits and the plan is right, or it is said what is wanted."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acctplan import edit, loader
from acctplan.analysis.questions import missing
from acctplan.cli.interview.answering import answer, is_unknown, options, unknown
from acctplan.cli.interview.session import PLACEHOLDERS
from acctplan.config import Config, parse
from acctplan.errors import UserError
from acctplan.scaffold import Answers, starter_plan
from paths import ROOT

if TYPE_CHECKING:
    from acctplan.analysis.questions import Question
    from acctplan.loader import Loaded

TODAY = date(2026, 11, 21)
NEW = starter_plan(Answers("Acme", date(2026, 11, 1), "EUR", "ines", "Ines"))


@cache
def config() -> Config:
    return parse((ROOT / "acctplan.toml").read_text("utf-8"))


@cache
def plans() -> list[Loaded]:
    texts = [
        "profile: {name: Acme}\n",
        NEW,
        NEW.replace("    name:      ", "    name: Lena "),
        (ROOT / "plans" / "tallmo-bruk.yaml").read_text("utf-8"),
    ]
    return [loader.load(text, "acme.yaml", config()) for text in texts]


@cache
def questions() -> list[tuple[Loaded, Question]]:
    found = []
    for loaded in plans():
        assert loaded.plan is not None
        found += [(loaded, question) for question in missing(loaded.plan, config(), TODAY).questions]
    return found


SAID = st.one_of(
    st.sampled_from(
        ["1", "3", "99", "0", "-1", "done", "supportive", "+2w", "2026-12-31", "400k", "0.5", "Eva Sandell", "no", "[a, b]", "a: b", "# x"]
    ),
    st.text(min_size=1, max_size=20),
)


@given(number=st.integers(0, 500), said=SAID)
@settings(max_examples=150)
def test_an_answer_fits_or_says_what_is_wanted(number: int, said: str):
    loaded, question = questions()[number % len(questions())]
    if is_unknown(said):
        return
    try:
        edits = answer(question, said, loaded, TODAY).edits
        text = edit.apply(loaded.read(), edits).text
    except UserError as error:
        message = error.message
        assert message
        return
    after = loader.load(text, "acme.yaml", config())
    if after.plan is None:  # the loader refuses it, as it does for `acctplan set`
        assert question.kind in ("amount", "text", "list")
        return
    # A step that is late is settled by its new day alone.
    assert question.rule == "opportunities/next-step-overdue" or question.key not in [one.key for one in still(after)]


def still(loaded: Loaded) -> tuple[Question, ...]:
    """What is asked then."""
    assert loaded.plan is not None
    return missing(loaded.plan, config(), TODAY).questions


def test_not_to_know_is_an_answer_to_everything():
    for loaded, question in questions():
        text = edit.apply(loaded.read(), unknown(question, loaded, TODAY).edits).text
        after = loader.load(text, "acme.yaml", config())
        assert after.plan is not None, [one.message for one in after.diagnostics]
        (entry,) = [one for one in after.plan.questions.values() if one.about == question.key]
        assert (entry.what, entry.asked, entry.status) == (question.aloud or question.asks, TODAY, "open")
        assert question.key not in [one.key for one in still(after)]


def test_every_choice_is_an_answer_by_its_word():
    for loaded, question in questions():
        for choice in options(question, loaded.plan) if loaded.plan else ():
            text = edit.apply(loaded.read(), answer(question, choice.word, loaded, TODAY).edits).text
            assert loader.load(text, "acme.yaml", config()).plan is not None, (question.key, choice)


def test_a_new_plan_begins_with_these():
    loaded = loader.load(NEW, "acme.yaml", config())
    assert loaded.plan is not None
    assert [getattr(loaded.plan, section)[entry].name or "" for section, entry, _ in PLACEHOLDERS] == [
        unnamed for *_, unnamed in PLACEHOLDERS
    ]


@pytest.mark.parametrize("said", ["+2w", "2026-12-31", "2027-Q1"])
def test_a_day_is_no_answer_in_words(said: str):
    for loaded, question in questions():
        if question.kind in ("text", "entry"):
            with pytest.raises(UserError, match="is a day"):
                answer(question, said, loaded, TODAY)
