"""Scorecards: what an answer is worth, what is still open, and what must hold for any card and any answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from acctplan.analysis import ranking, scorecards
from acctplan.config import DERIVED, SHIPPED, Config, Question, Scorecard, Weights
from acctplan.model import Plan

if TYPE_CHECKING:
    from acctplan.analysis.scorecards import Result

CARD = Scorecard(
    name="Does it suit us?",
    answers="grades",
    questions={
        "need": Question(ask="Do they need it?", weight=2, needed=((0.5, 1), (0.75, 2))),
        "people": Question(ask="Have we the people?", gate=True, grades=("none", "a few", "most", "all")),
        "safe": Question(ask="Is it safe?"),
    },
)
CONFIG = Config(scorecards={"fit": CARD, "yes-no": Scorecard(name="Yes or no", questions={"one": Question(ask="Is it?", gate=True)})})


def plan(answers: dict[str, Any], card: str = "fit", **more: Any) -> Plan:
    opportunity = {"name": "Monitoring", "scorecards": {card: answers}, **more}
    data = {"profile": {"name": "Acme"}, "competitors": {"rival": {"name": "Rival"}}, "opportunities": {"o": opportunity}}
    return Plan.model_validate(data)


def scored(answers: dict[str, str], competitor: str | None = None, **more: Any) -> Result:
    written = {key: {"answer": "?", "competitors": {"rival": mark}} if competitor else {"answer": mark} for key, mark in answers.items()}
    return scorecards.result(plan(written, **more), "o", "fit", CONFIG, competitor)


def test_answers_are_worth_their_share_of_the_weights():
    found = scored({"need": "2", "safe": "3"})
    assert [(term.question, term.out_of, round(term.points, 3), term.value) for term in found.terms] == [
        ("need", 50, 33.333, 2 / 3),
        ("people", 25, 0, None),
        ("safe", 25, 25, 1),
    ]
    assert (round(found.points, 3), round(found.ceiling, 3), found.known) == (58.333, 83.333, 75)
    assert (found.answered, len(found.terms)) == (2, 3)
    assert (found.band, found.possible, found.is_settled) == ("good", ("fair", "good"), False)


@pytest.mark.parametrize(
    ("answers", "band", "possible"),
    [
        ({}, None, ("poor", "fair", "good")),
        ({"need": "?", "safe": "?"}, None, ("poor", "fair", "good")),
        ({"need": "0"}, "poor", ("poor", "fair")),
        ({"need": "3"}, "good", ("fair", "good")),
        ({"need": "1", "people": "1", "safe": "1"}, "poor", ("poor",)),
        ({"need": "3", "people": "3"}, "good", ("good",)),
    ],
)
def test_the_band_is_that_of_what_is_known(answers: dict[str, str], band: str | None, possible: tuple[str, ...]):
    found = scored(answers)
    assert (found.band, found.possible, found.is_settled) == (band, possible, len(possible) == 1)


def test_a_band_begins_at_its_own_share():
    thirds = Scorecard(name="A", answers="grades", questions={"a": Question(ask="?")}, bands=((2 / 3, "high"), (0, "low")))
    found = scorecards.result(plan({"a": {"answer": "2"}}, "thirds"), "o", "thirds", Config(scorecards={"thirds": thirds}))
    assert found.band == "high"


@pytest.mark.parametrize(("mark", "fails"), [("0", True), ("1", False), ("3", False), ("?", False), (None, False)])
def test_a_plain_no_to_a_gate_decides(mark: str | None, *, fails: bool):
    found = scored({"people": mark} if mark else {})
    assert [term.question for term in found.gates_failed] == (["people"] if fails else [])


def test_a_plain_no_elsewhere_decides_nothing():
    assert scored({"need": "0"}).gates_failed == ()


def test_a_minus_fails_a_gate():
    found = scorecards.result(plan({"one": {"answer": "-"}}, "yes-no"), "o", "yes-no", CONFIG)
    assert [(term.question, term.words) for term in found.gates_failed] == [("one", "no")]


@pytest.mark.parametrize(
    ("standing", "mark", "least", "misses"),
    [
        ({}, None, None, False),
        ({"stage": "prospecting"}, None, None, False),
        ({"stage": "value-proposition"}, None, 1, True),
        ({"stage": "value-proposition"}, "?", 1, True),
        ({"stage": "value-proposition"}, "0", 1, True),
        ({"stage": "value-proposition"}, "1", 1, False),
        ({"stage": "proposal"}, "1", 2, True),
        ({"stage": "proposal"}, "2", 2, False),
        ({"stage": "proposal", "probability": "0.3"}, "1", None, False),
        ({"probability": "0.80"}, "1", 2, True),
    ],
)
def test_what_is_needed_depends_on_how_likely_it_is(standing: dict[str, str], mark: str | None, least: int | None, *, misses: bool):
    found = scored({"need": mark} if mark else {}, **standing)
    assert found.terms[0].least == least
    assert [term.question for term in found.minima_missed] == (["need"] if misses else [])


def test_what_is_open_comes_with_the_most_valuable_first():
    assert [term.question for term in scored({}).open] == ["people", "need", "safe"]
    assert [term.question for term in scored({"people": "1", "safe": "?"}).open] == ["need", "safe"]
    meddpicc = scorecards.result(plan({}, stage="value-proposition"), "o", "meddpicc", Config())
    due = [term.question for term in meddpicc.terms if term.least]
    assert [term.question for term in meddpicc.open] == [*due, "paper-process"]


def test_the_same_for_those_we_stand_against():
    found = scored({"need": "2", "people": "0"}, "rival", stage="proposal")
    assert (found.competitor, round(found.points, 3), found.answered) == ("rival", 33.333, 2)
    assert (found.gates_failed, found.minima_missed) == ((), ())  # both are about us
    assert found.terms[0].pointer == ("opportunities", "o", "scorecards", "fit", "need", "competitors", "rival")
    assert scored({"need": "2", "people": "0"}, "rival").open == found.open


def test_our_answers_are_not_theirs():
    account = plan({"need": {"answer": "3", "evidence": "Seen", "competitors": {"rival": "1"}}})
    ours, theirs = (scorecards.result(account, "o", "fit", CONFIG, who).terms[0] for who in (None, "rival"))
    assert (ours.mark, ours.evidence, ours.words) == ("3", "Seen", "settled")
    assert (theirs.mark, theirs.evidence, theirs.words) == ("1", None, "little")
    assert scorecards.competitors(account.opportunities["o"], "fit") == ("rival",)
    assert scorecards.competitors(account.opportunities["o"], "meddpicc") == ()


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({}, ("opportunities", "o")),
        ({"scorecards": {"tas": {"event": {"answer": "+"}}}}, ("opportunities", "o", "scorecards")),
        ({"scorecards": {"fit": {"safe": {"answer": "1"}}}}, ("opportunities", "o", "scorecards", "fit")),
        ({"scorecards": {"fit": {"need": {"answer": "1"}}}}, ("opportunities", "o", "scorecards", "fit", "need", "answer")),
    ],
)
def test_a_term_points_to_what_it_was_read_from(data: dict[str, Any], pointer: tuple[str, ...]):
    account = Plan.model_validate({"profile": {"name": "Acme"}, "opportunities": {"o": {"name": "O", **data}}})
    assert scorecards.result(account, "o", "fit", CONFIG).terms[0].pointer == pointer


@pytest.mark.parametrize(("mark", "words"), [("0", "none"), ("2", "most"), ("?", "unknown"), (None, "not answered")])
def test_a_grade_is_said_in_the_question_s_own_words(mark: str | None, words: str):
    assert scored({"people": mark} if mark else {}).terms[1].words == words


# The factors as a card


def test_the_factors_are_read_off_the_plan():
    account = plan({}, value="420_000", importance={"customer": "5"})
    (score,) = ranking.rank([("acme", account)], CONFIG)
    found = scorecards.result(account, "o", DERIVED, CONFIG)
    assert (found.points, found.ceiling) == (score.score, score.ceiling)
    assert [(term.question, term.value, term.pointer) for term in found.terms] == [
        (term.factor, term.value, term.pointer) for term in score.terms
    ]
    assert [term.mark for term in found.terms] == [None] * 7
    assert found.open


def test_the_factors_are_seven_however_scorecards_are_weighed():
    nothing = {name: 0 for name in Weights.model_fields if name != "scorecards"}
    config = Config.model_validate({"ranking": {"weights": {**nothing, "scorecards": {"tas": 10}}}})
    found = scorecards.result(plan({}), "o", DERIVED, config)
    assert [term.question for term in found.terms] == list(nothing)
    assert sum(term.out_of for term in found.terms) == pytest.approx(100)


def test_the_factors_are_ours_alone():
    with pytest.raises(ValueError, match="about us"):
        scorecards.result(plan({}), "o", DERIVED, CONFIG, "rival")


# Which cards are in use


def test_a_card_is_in_use_where_it_is_answered_or_counts():
    opportunity = plan({"need": {"answer": "?"}}).opportunities["o"]
    assert scorecards.in_use(opportunity, CONFIG) == ("fit",)
    counts = CONFIG.model_copy(
        update={"ranking": CONFIG.ranking.model_copy(update={"weights": Weights(scorecards={"tas": 1, "yes-no": 0})})}
    )
    assert scorecards.in_use(opportunity, counts) == ("tas", "fit")


# In the ranking


def test_a_scorecard_joins_the_ranking_as_its_questions():
    account = plan({"need": {"answer": "3", "evidence": "They said so"}, "people": {"answer": "0"}})
    weights = Weights(scorecards={"fit": 100})  # as much as the seven factors together
    (score,) = ranking.rank([("acme", account)], CONFIG, weights)
    (without,) = ranking.rank([("acme", account)], CONFIG)
    terms = {term.factor: term for term in score.terms}
    assert [(terms[name].out_of, terms[name].points) for name in ("fit.need", "fit.people", "fit.safe")] == [(25, 25), (12.5, 0), (12.5, 0)]
    assert terms["fit.need"].reason == "3, settled: They said so"
    assert terms["fit.people"].reason == "0, none: no evidence noted"
    assert (terms["fit.safe"].value, terms["fit.safe"].reason) == (None, "not answered")
    assert score.score == pytest.approx(without.score / 2 + 25)
    assert score.ceiling == pytest.approx(without.ceiling / 2 + 37.5)


@given(answers=st.dictionaries(st.sampled_from(["need", "people", "safe"]), st.sampled_from("?0123")))
def test_a_scorecard_counts_in_the_ranking_for_what_it_says_alone(answers: dict[str, str]):
    account = plan({key: {"answer": mark} for key, mark in answers.items()})
    nothing = {name: 0 for name in Weights.model_fields if name != "scorecards"}
    (score,) = ranking.rank([("acme", account)], CONFIG, Weights.model_validate({**nothing, "scorecards": {"fit": 7}}))
    found = scorecards.result(account, "o", "fit", CONFIG)
    assert (score.score, score.ceiling) == (pytest.approx(found.points), pytest.approx(found.ceiling))


# What holds for every card and every answer

MARKS = {"signs": "-+", "grades": "0123"}
WEIGHTS = st.sampled_from([0, 0.001, 1, 3, 1e308])


@st.composite
def cards(draw: st.DrawFn) -> Scorecard:
    answers = draw(st.sampled_from(sorted(MARKS)))
    count = draw(st.integers(1, 6))
    questions = {
        f"q{number}": {"ask": "?", "weight": draw(WEIGHTS), "gate": draw(st.booleans()), "needed": draw(st.sampled_from([[], [[0, 2]]]))}
        for number in range(count)
    }
    assume(any(question["weight"] for question in questions.values()))
    bands = draw(st.lists(st.floats(0.01, 1), max_size=4, unique=True).map(lambda shares: [*sorted(shares, reverse=True), 0]))
    named = [(share, f"band {number}") for number, share in enumerate(bands)]
    return Scorecard.model_validate({"name": "A card", "answers": answers, "questions": questions, "bands": named})


@st.composite
def answered(draw: st.DrawFn) -> tuple[Scorecard, dict[str, str]]:
    card = draw(cards())
    return card, draw(st.dictionaries(st.sampled_from(list(card.questions)), st.sampled_from(card.marks)))


def of(card: Scorecard, answers: dict[str, str]) -> Result:
    written = {key: {"answer": mark} for key, mark in answers.items()}
    return scorecards.result(plan(written, "drawn", probability="0.5"), "o", "drawn", Config(scorecards={"drawn": card}))


@given(answered())
def test_points_and_ceiling_are_out_of_a_hundred(case: tuple[Scorecard, dict[str, str]]):
    found = of(*case)
    assert 0 <= found.points <= found.ceiling <= 100
    assert sum(term.points for term in found.terms) == pytest.approx(found.points)
    assert sum(term.out_of for term in found.terms) == pytest.approx(100)
    assert found.ceiling - found.points == pytest.approx(100 - found.known)
    assert found.answered + len(found.open) == len(found.terms)
    assert (found.band is None) == (found.known < 50)
    assert found.band is None or found.band in found.possible


@given(answered())
def test_to_answer_that_it_is_unknown_changes_nothing(case: tuple[Scorecard, dict[str, str]]):
    card, answers = case
    silent = {key: mark for key, mark in answers.items() if mark != "?"}
    said = of(card, dict.fromkeys(card.questions, "?") | silent)
    never = of(card, silent)
    for attribute in ("points", "ceiling", "known", "band", "possible", "answered"):
        assert getattr(said, attribute) == getattr(never, attribute)
    for attribute in ("open", "gates_failed", "minima_missed"):
        assert [term.question for term in getattr(said, attribute)] == [term.question for term in getattr(never, attribute)]


@given(answered(), st.data())
def test_a_better_answer_never_lowers(case: tuple[Scorecard, dict[str, str]], data: st.DataObject):
    card, answers = case
    known = [key for key, mark in answers.items() if mark != "?"]
    assume(known)
    question = data.draw(st.sampled_from(known))
    marks = MARKS[card.answers]
    better = marks[data.draw(st.integers(marks.index(answers[question]), len(marks) - 1))]
    before, after = of(card, answers), of(card, answers | {question: better})
    order = [word for _, word in reversed(card.bands)]
    assert (after.points, after.ceiling) >= (before.points, before.ceiling)
    assert after.ceiling >= before.ceiling
    assert before.band is None or after.band is None or order.index(after.band) >= order.index(before.band)
    assert {term.question for term in after.gates_failed} <= {term.question for term in before.gates_failed}
    assert {term.question for term in after.minima_missed} <= {term.question for term in before.minima_missed}


@given(answered(), st.data())
def test_to_find_out_never_leads_beyond_what_was_possible(case: tuple[Scorecard, dict[str, str]], data: st.DataObject):
    card, answers = case
    before = of(card, answers)
    assume(before.open)
    question = data.draw(st.sampled_from(before.open)).question
    after = of(card, answers | {question: data.draw(st.sampled_from(MARKS[card.answers]))})
    assert before.points <= after.points
    assert after.ceiling <= before.ceiling
    assert set(after.possible) <= set(before.possible)


# The cards that are shipped


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_card_is_complete(name: str):
    card = SHIPPED[name]
    for question in card.questions.values():
        assert question.ask.endswith("?")
        assert len(question.grades) == (4 if card.answers == "grades" else 0)
        assert len(set(question.grades)) == len(question.grades)
    parts = [question.part for question in card.questions.values()]
    assert parts == sorted(parts, key=parts.index)  # questions of one part stand together


def test_the_shipped_cards():
    assert list(SHIPPED) == ["meddpicc", "tas"]
    assert list(SHIPPED["meddpicc"].questions) == [
        "metrics",
        "economic-buyer",
        "decision-criteria",
        "decision-process",
        "paper-process",
        "identify-pain",
        "champion",
        "competition",
    ]
    assert list(dict.fromkeys(question.part for question in SHIPPED["tas"].questions.values())) == [
        "Is there an opportunity?",
        "Can we compete?",
        "Can we win?",
        "Is it worth winning?",
    ]


@pytest.mark.parametrize(
    ("answers", "card", "against"),
    [
        ({"people": {"answer": "0"}, "need": {"answer": "0"}}, "fit", [("fit", "people")]),
        ({"people": {"answer": "1"}}, "fit", []),
        ({"people": {"answer": "?"}}, "fit", []),
        ({"people": {"answer": "3", "competitors": {"rival": "0"}}}, "fit", []),
        ({"one": {"answer": "-"}}, "yes-no", [("yes-no", "one")]),
        ({}, "fit", []),
    ],
)
def test_a_plain_no_to_a_gate_decides_against_an_opportunity(answers: dict[str, Any], card: str, against: list[tuple[str, str]]):
    found = scorecards.decided_against(plan(answers, card), "o", CONFIG)
    assert [(one.card, one.term.question) for one in found] == against
