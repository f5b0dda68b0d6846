from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from acctplan import config
from acctplan.config import Config, parse, parsing
from acctplan.errors import UserError
from acctplan.model.opportunities import Kind, Status
from acctplan.model.people import BuyingRole
from acctplan.model.profile import Ownership
from paths import ROOT

SEE = "see the commented file that `acctplan init` writes"


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(UserError) as caught:
        parse(text)
    assert caught.value.__cause__ is None
    return caught.value.message, caught.value.hint


# What stands when nothing is said


@pytest.mark.parametrize("text", ["", "# nothing\n", "[ranking]\n[limits]\n[ranking.weights]\n"])
def test_nothing_said_is_all_defaults(text: str):
    assert parse(text) == Config()


def test_the_defaults():
    settings = Config()
    assert (settings.currency, settings.plans, settings.check.level) == ("EUR", "plans", "auto")
    assert (settings.solutions, settings.rates) == ({}, {})
    assert {name: stage.probability for name, stage in settings.stages.items()} == {
        "prospecting": Decimal("0.10"),
        "qualification": Decimal("0.10"),
        "needs-analysis": Decimal("0.20"),
        "value-proposition": Decimal("0.50"),
        "decision-makers": Decimal("0.60"),
        "perception-analysis": Decimal("0.70"),
        "proposal": Decimal("0.75"),
        "negotiation": Decimal("0.90"),
    }
    assert settings.stages["proposal"].salesforce == ("Proposal/Price Quote",)
    assert settings.ranking.weights.by_name == {
        "value": 20,
        "access": 20,
        "stage": 15,
        "competition": 15,
        "importance_to_customer": 10,
        "importance_to_us": 10,
        "lead_in": 10,
    }
    assert settings.ranking.assumed_margin == Decimal("0.4")
    assert settings.ranking.value_scale[0] == (Decimal(0), 0.0)
    assert settings.ranking.value_scale[-1] == (Decimal(2_500_000), 1.0)
    assert (settings.revenue.win_rate, settings.revenue.fiscal_year_starts) == (Decimal("0.4"), 1)
    assert (settings.limits.contact_days, settings.limits.meeting_months) == (90, 3)


def test_two_configurations_share_nothing_that_can_change():
    assert Config().stages is not Config().stages


def test_everything_can_be_said():
    settings = parse(
        """
currency = "CHF"
plans = "accounts/key"

[stages.talk]
probability = 0.15
salesforce = ["Prospecting", "Qualification"]

[stages.offer]
probability = 0.7

[solutions]
sensors = {name = "Sensors"}
audit.name = "Audit"

[rates]
EUR = {rate = 0.9312, as_of = 2026-10-30}
USD = {rate = 1, as_of = 2026-10-30}

[ranking]
assumed_margin = 0.25
value_scale = [
  [0, 0],
  [100_000.50, 0.5],
  [1_000_000, 1],
]
weights = {value = 1, access = 0.5}

[limits]
contact_days = 30
meeting_months = 6

[check]
level = "review"
ignore = ["contacts/unknown-stance", "profile"]

[[check.waivers]]
rule = "contacts"
reason = "They buy through a portal"
plan = "acme"
until = 2026-12-31
"""
    )
    assert (settings.currency, settings.plans, settings.check.level) == ("CHF", "accounts/key", "review")
    assert {name: stage.probability for name, stage in settings.stages.items()} == {"talk": Decimal("0.15"), "offer": Decimal("0.7")}
    assert settings.stages["talk"].salesforce == ("Prospecting", "Qualification")
    assert {name: solution.name for name, solution in settings.solutions.items()} == {"sensors": "Sensors", "audit": "Audit"}
    assert settings.rates["EUR"].as_of == date(2026, 10, 30)
    assert settings.ranking.value_scale == ((Decimal(0), 0.0), (Decimal("100000.50"), 0.5), (Decimal(1_000_000), 1.0))
    assert (settings.ranking.weights.value, settings.ranking.weights.access, settings.ranking.weights.stage) == (1, 0.5, 15)
    assert settings.ranking.assumed_margin == Decimal("0.25")
    assert (settings.limits.contact_days, settings.limits.meeting_months) == (30, 6)
    assert settings.check.ignore == ("contacts/unknown-stance", "profile")
    (waiver,) = settings.check.waivers
    assert (waiver.rule, waiver.plan, waiver.at, waiver.until) == ("contacts", "acme", None, date(2026, 12, 31))


def test_fractions_are_exact():
    assert parse("[rates]\nUSD = {rate = 0.1, as_of = 2026-01-31}\n").rates["USD"].rate == Decimal("0.1")


def test_the_configuration_of_the_repository_is_sound():
    text = (ROOT / "acctplan.toml").read_text(encoding="utf-8")
    assert parse(text).stages


def test_a_configuration_cannot_be_changed():
    with pytest.raises(ValidationError):
        Config().currency = "CHF"


# Rates


RATES = parse("currency = 'CHF'\n[rates]\nEUR = {rate = 0.9312, as_of = 2026-10-30}\n")


@pytest.mark.parametrize(("currency", "rate"), [(None, 1), ("CHF", 1), ("EUR", Decimal("0.9312"))])
def test_what_a_unit_of_a_currency_is_worth(currency: str | None, rate: Decimal):
    assert RATES.rate(currency) == rate


def test_a_currency_without_a_rate_is_an_error_and_never_1():
    with pytest.raises(UserError) as caught:
        RATES.rate("USD")
    assert caught.value.message == "no rate from USD to CHF"
    assert caught.value.hint.startswith("in acctplan.toml, under [rates], write USD = {rate = ")
    assert caught.value.hint.endswith("what 1 USD is worth in CHF")
    parse("[rates]\nUSD = {rate = 1.1, as_of = 2026-12-31}\n")


# What is refused

RULE = "a rule or a family of rules, such as contacts/not-contacted or contacts"
WAIVER = "[[check.waivers]]\nrule = 'a'\nreason = 'R'\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("currency = 'EURO'", "acctplan.toml:1: currency should be a currency code, such as EUR"),
        ("currency = 'eur'", "acctplan.toml:1: currency should be a currency code, such as EUR"),
        ("currency = 3", "acctplan.toml:1: currency should be text in quotes"),
        # check
        ("check.level = 'high'", "acctplan.toml:1: check.level should be 'auto', 'start', 'working' or 'review'"),
        ("[check]\nignore = ['Contacts']", f"acctplan.toml:2: check.ignore.0 should be {RULE}"),
        ("[check]\nselect = ['a/b/c']", f"acctplan.toml:2: check.select.0 should be {RULE}"),
        ("[check.severities]\ncontacts = 'bad'", "acctplan.toml:2: check.severities.contacts should be 'error', 'warning' or 'advice'"),
        ("[check.severities]\n'A B' = 'error'", f"acctplan.toml:1: check.severities.A B should be {RULE}"),
        ("[[check.waivers]]\nrule = 'a'", "acctplan.toml:1: check.waivers.0.reason is missing"),
        ("[[check.waivers]]\nrule = 'a'\nreason = ''", "acctplan.toml:3: check.waivers.0.reason should not be empty"),
        (WAIVER + WAIVER + "until = 'never'\n", "acctplan.toml:7: check.waivers.1.until should be a date, like 2026-12-31"),
        *((f"plans = '{folder}'", "acctplan.toml:1: plans should be a folder below this file, such as plans") for folder in (
            "", ".", "..", "/etc", "../other", "a/../../b", "a//b", ".git", "a/.git", "C:plans", "C:\\plans", "a\\b")),
        # stages
        ("stages = {}", "acctplan.toml:1: stages has too few entries: at least 1"),
        ("stages = 3", "acctplan.toml:1: stages should be a table"),
        ("[stages]\na = 3", "acctplan.toml:2: stages.a should be a table"),
        ("[stages.First]\nprobability = 0.1", "acctplan.toml:1: stages.First should be an id: lower-case letters, digits and hyphens"),
        ("[stages.a]", "acctplan.toml:1: stages.a.probability is missing"),
        ("[stages.a]\nprobability = 10", "acctplan.toml:2: stages.a.probability should be at most 1"),
        ("[stages.a]\nprobability = -0.1", "acctplan.toml:2: stages.a.probability should be at least 0"),
        ("[stages.a]\nprobability = 'high'", "acctplan.toml:2: stages.a.probability should be a number"),
        ("[stages.a]\nprobability = nan", "acctplan.toml:2: stages.a.probability should be a number"),
        ("[stages.a]\nprobability = true", "acctplan.toml:2: stages.a.probability should be a number"),
        ("[stages.a]\nprobability = 0.1\nsalesforce = 'A'", "acctplan.toml:3: stages.a.salesforce should be a list"),
        ("[stages.a]\nprobability = 0.1\nsalesforce = [\n'A',\n3,\n]", "acctplan.toml:3: stages.a.salesforce.1 should be text in quotes"),
        # solutions
        ("[solutions]\nA = {name = 'A'}", "acctplan.toml:2: solutions.A should be an id: lower-case letters, digits and hyphens"),
        ("[solutions.a]\nname = 3", "acctplan.toml:2: solutions.a.name should be text in quotes"),
        ("[solutions]\na = {}", "acctplan.toml:2: solutions.a.name is missing"),
        # rates
        ("[rates]\nUSD = {rate = 0, as_of = 2026-01-01}", "acctplan.toml:2: rates.USD.rate should be at least 0.000000001"),
        ("[rates]\nUSD = {rate = -1, as_of = 2026-01-01}", "acctplan.toml:2: rates.USD.rate should be at least 0.000000001"),
        ("[rates]\nUSD = {rate = inf, as_of = 2026-01-01}", "acctplan.toml:2: rates.USD.rate should be a number"),
        ("[rates]\nUSD = {rate = 1}", "acctplan.toml:2: rates.USD.as_of is missing"),
        ("[rates]\nUSD = {rate = 1, as_of = 'today'}", "acctplan.toml:2: rates.USD.as_of should be a date, like 2026-12-31"),
        ("[rates]\nUSD = {rate = 1, as_of = 2026-01-01T10:00:00}", "acctplan.toml:2: rates.USD.as_of should be a date, like 2026-12-31"),
        ("[rates]\nUSD = {rate = 1, as_of = [2026]}", "acctplan.toml:2: rates.USD.as_of should be a date, like 2026-12-31"),
        ("[rates]\nusd = {rate = 1, as_of = 2026-01-01}", "acctplan.toml:2: rates.usd should be a currency code, such as EUR"),
        # ranking
        ("ranking = 1", "acctplan.toml:1: ranking should be a table"),
        ("[ranking]\nassumed_margin = 40", "acctplan.toml:2: ranking.assumed_margin should be at most 1"),
        ("[ranking.weights]\nvalue = -1", "acctplan.toml:2: ranking.weights.value should be at least 0"),
        ("[ranking.weights]\nvalue = nan", "acctplan.toml:2: ranking.weights.value should be a number"),
        ("[ranking.weights]\nvalue = inf", "acctplan.toml:2: ranking.weights.value should be a number"),
        ("[ranking.weights]\nvalue = 'a'", "acctplan.toml:2: ranking.weights.value should be a number"),
        ("[ranking.weights]\nvalue = []", "acctplan.toml:2: ranking.weights.value should be a number"),
        ("[ranking]\nvalue_scale = 1", "acctplan.toml:2: ranking.value_scale should be a list"),
        ("[ranking]\nvalue_scale = [[0, 0]]", "acctplan.toml:2: ranking.value_scale has too few entries: at least 2"),
        ("[ranking]\nvalue_scale = [[0], [1, 1]]", "acctplan.toml:2: ranking.value_scale.0.1 is missing"),
        ("[ranking]\nvalue_scale = [[0, 0, 0], [1, 1]]", "acctplan.toml:2: ranking.value_scale.0 has too many entries: at most 2"),
        ("[ranking]\nvalue_scale = [[0, 0], [1, 2]]", "acctplan.toml:2: ranking.value_scale.1.1 should be at most 1"),
        ("[ranking]\nvalue_scale = [[0, -1], [1, 1]]", "acctplan.toml:2: ranking.value_scale.0.1 should be at least 0"),
        ("[ranking]\nvalue_scale = [[0, 0], [1, nan], [2, 1]]", "acctplan.toml:2: ranking.value_scale.1.1 should be a number"),
        ("[ranking]\nvalue_scale = [[0, 0], [inf, 1]]", "acctplan.toml:2: ranking.value_scale.1.0 should be a number"),
        # revenue
        ("[revenue]\nwin_rate = 0", "acctplan.toml:2: revenue.win_rate should be at least 0.01"),
        ("[revenue]\nwin_rate = 40", "acctplan.toml:2: revenue.win_rate should be at most 1"),
        ("[revenue]\nfiscal_year_starts = 0", "acctplan.toml:2: revenue.fiscal_year_starts should be at least 1"),
        ("[revenue]\nfiscal_year_starts = 13", "acctplan.toml:2: revenue.fiscal_year_starts should be at most 12"),
        ("[revenue]\nfiscal_year_starts = 4.0", "acctplan.toml:2: revenue.fiscal_year_starts should be a whole number"),
        # limits
        ("[limits]\ncontact_days = 0", "acctplan.toml:2: limits.contact_days should be at least 1"),
        ("[limits]\ncontact_days = 4000", "acctplan.toml:2: limits.contact_days should be at most 3650"),
        ("[limits]\ncontact_days = 1.5", "acctplan.toml:2: limits.contact_days should be a whole number"),
        ("[limits]\ncontact_days = '90'", "acctplan.toml:2: limits.contact_days should be a whole number"),
        ("[limits]\ncontact_days = true", "acctplan.toml:2: limits.contact_days should be a whole number"),
        ("[limits]\nmeeting_months = 25", "acctplan.toml:2: limits.meeting_months should be at most 24"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be(text: str, message: str):
    assert refused(text) == (message, SEE)


@pytest.mark.parametrize(
    ("scale", "sound"),
    [
        ("[[0, 0], [1, 1]]", True),
        ("[[0, 0.5], [1, 0.5], [2, 1]]", True),
        ("[[-5, 0], [5, 1]]", True),
        ("[[0, 0], [0, 1]]", False),
        ("[[1, 0], [0, 1]]", False),
        ("[[0, 1], [1, 0]]", False),
        ("[[0, 0], [2, 0.5], [1, 1]]", False),
    ],
)
def test_the_scale_of_values_rises(scale: str, *, sound: bool):
    text = f"[ranking]\nvalue_scale = {scale}\n"
    if sound:
        assert parse(text)
    else:
        message = "acctplan.toml:2: ranking.value_scale must rise from anchor to anchor: [[0, 0], [50_000, 0.3], [1_000_000, 1]]"
        assert refused(text) == (message, SEE)


FALL = "must fall from band to band, down to 0: [[0.67, 'good'], [0.34, 'fair'], [0, 'poor']]"
FIT = "[scorecards.fit]\nname = 'Fit'\n[scorecards.fit.questions.a]\nask = 'A?'\n"
"""The least that a scorecard says, and an open table of its only question."""


def test_a_scorecard_of_the_book_s_own():
    card = parse(FIT + "weight = 0.5\ngate = true\nneeded = [[0.5, 1], [0.75, 3]]\n").scorecards["fit"]
    assert (card.name, card.answers, card.marks) == ("Fit", "signs", ("+", "-", "?"))
    question = card.questions["a"]
    assert (question.ask, question.weight, question.gate, question.part) == ("A?", 0.5, True, None)
    assert question.needed == ((Decimal("0.5"), 1), (Decimal("0.75"), 3))
    assert [word for _, word in card.bands] == ["good", "fair", "poor"]


def test_the_shipped_scorecards_are_there_and_a_book_can_replace_them():
    assert list(parse(FIT).cards) == ["meddpicc", "tas", "fit"]
    assert parse(FIT.replace("fit", "tas")).cards["tas"].name == "Fit"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FIT.replace("fit", "factors"), "acctplan.toml:1: scorecards cannot name one factors: that is the card which is read off the plan"),
        ("[scorecards.fit]\nname = 'Fit'", "acctplan.toml:1: scorecards.fit.questions is missing"),
        ("[scorecards.fit]\nname = 'Fit'\nquestions = {}", "acctplan.toml:3: scorecards.fit.questions has too few entries: at least 1"),
        (FIT + "weight = 0", "acctplan.toml:3: scorecards.fit.questions must have at least one question with a weight above 0"),
        (FIT + "needed = [[0.5, 4]]", "acctplan.toml:5: scorecards.fit.questions.a.needed.0.1 should be at most 3"),
        (FIT + "needed = [[50, 2]]", "acctplan.toml:5: scorecards.fit.questions.a.needed.0.0 should be at most 1"),
        (
            FIT + "grades = ['no', 'yes']",
            "acctplan.toml:5: scorecards.fit.questions.a.grades must say what each of 0, 1, 2 and 3 means: four texts",
        ),
        (
            FIT + "grades = ['a', 'b', 'c', 'd']",
            "acctplan.toml:1: scorecards.fit has grades in words, so it needs answers = 'grades'",
        ),
        *(
            (
                FIT.replace("name", f"bands = {bands}\nname"),
                f"acctplan.toml:2: scorecards.fit.bands {FALL}",
            )
            for bands in (
                "[[0.5, 'good']]",
                "[[0.5, 'a'], [0.5, 'b'], [0, 'c']]",
                "[[0, 'a'], [0.5, 'b'], [0, 'c']]",
                "[[0, 'a'], [0, 'b']]",
            )
        ),
        (FIT.replace("name", "bands = []\nname"), "acctplan.toml:2: scorecards.fit.bands has too few entries: at least 1"),
        (
            "[ranking.weights.scorecards]\nfit = 10",
            "acctplan.toml:1: ranking weighs a scorecard fit that there is not: meddpicc, tas",
        ),
        (
            FIT + "[ranking.weight_sets.hunting.scorecards]\nfti = 10",
            "acctplan.toml:5: ranking weighs a scorecard fti that there is not: meddpicc, tas, fit",
        ),
        (
            "[ranking.weights.scorecards]\nfactors = 10",
            "acctplan.toml:1: ranking weighs a scorecard factors that there is not: meddpicc, tas",
        ),
    ],
)
def test_a_scorecard_that_cannot_be(text: str, message: str):
    assert refused(text) == (message, SEE)


def test_what_is_wrong_with_a_scorecard_is_told_before_that_it_is_weighed():
    weighed = FIT + "weight = -1\n[ranking.weights.scorecards]\nfit = 1\n"
    assert refused(weighed)[0] == "acctplan.toml:5: scorecards.fit.questions.a.weight should be at least 0"


def test_a_scorecard_is_weighed_as_a_whole_and_in_sets_of_weights():
    settings = parse(
        FIT + "[ranking]\nweight_sets.hunting = {value = 30, scorecards = {fit = 5}}\n[ranking.weights.scorecards]\ntas = 10\n"
    )
    assert settings.ranking.weights.by_name["tas"] == 10
    hunting = settings.ranking.weight_sets["hunting"].by_name
    assert (hunting["value"], hunting["access"], hunting["fit"], hunting["tas"]) == (30, 20, 5, 10)


def test_a_set_of_weights_changes_what_it_names_and_leaves_the_rest_as_the_book_has_it():
    ranking = parse("[ranking.weights]\naccess = 7\nvalue = 3\n[ranking.weight_sets.hunting]\nvalue = 30\n").ranking
    hunting = ranking.weight_sets["hunting"]
    assert (hunting.value, hunting.access, hunting.stage) == (30, 7, 15)
    assert ranking.weights.value == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[ranking.weights]\nvalue = 5\n[ranking.weight_sets]\nhunting = 3",
            "acctplan.toml:4: ranking.weight_sets.hunting should be a table",
        ),
        (
            "[ranking.weights]\nvalue = 5\n[ranking.weight_sets.a]\nvalue = -1",
            "acctplan.toml:4: ranking.weight_sets.a.value should be at least 0",
        ),
        ("[ranking]\nweights = 3\nweight_sets.a = {}", "acctplan.toml:2: ranking.weights should be a table"),
        ("[ranking]\nweights = {scorecards = 3}\nweight_sets.a = {}", "acctplan.toml:2: ranking.weights.scorecards should be a table"),
        ("ranking = 3", "acctplan.toml:1: ranking should be a table"),
    ],
)
def test_sets_of_weights_that_cannot_be(text: str, message: str):
    assert refused(text)[0] == message


COMMENTED = "[rates]\nSEK = {{rate = 0.09, as_of = 2026-10-30}}\n# [ranking]\n{}\n# [ranking.weights]\n{}\n"
MOVE = "move it there"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            COMMENTED.format("weight_sets = {hunting = {lead_in = 20}}", ""),
            "acctplan.toml:4: 'weight_sets' belongs under [ranking]",
            'take the "# " off the line "# [ranking]" above it as well',
        ),
        (
            COMMENTED.format("assumed_margin = 0.3", ""),
            "acctplan.toml:4: 'assumed_margin' belongs under [ranking]",
            'take the "# " off the line "# [ranking]" above it as well',
        ),
        (
            COMMENTED.format("", "scorecards = {meddpicc = 3}"),
            "acctplan.toml:6: 'scorecards' belongs under [ranking.weights]",
            'take the "# " off the line "# [ranking.weights]" above it as well',
        ),
        ("[solutions]\nlevel = 'auto'", "acctplan.toml:2: 'level' belongs under [check]", MOVE),
        ("[limits]\nlead_in = 3", "acctplan.toml:2: 'lead_in' belongs under [ranking.weights]", MOVE),
        ("[stages.a]\nprobability = 0.1\ncurrency = 'EUR'", "acctplan.toml:3: 'currency' belongs above the first [table]", MOVE),
        ("[solutions]\nvalue = {nam = 'x'}", "acctplan.toml:2: unknown key solutions.value.nam", "did you mean name?"),
        ("[check]\nscorecards = {}", "acctplan.toml:2: unknown key check.scorecards", SEE),  # there are two such tables
        ("[ranking.weights]\nvalues = 3", "acctplan.toml:2: unknown key ranking.weights.values", "did you mean value?"),
    ],
)
def test_a_setting_in_the_wrong_table_is_told_where_it_belongs(text: str, message: str, hint: str):
    assert refused(text) == (message, hint)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[rates]\n[check]\n\n[rates]\n", "acctplan.toml: [rates] stands twice, lines 1 and 4"),
        ("[ranking.weights]\n[check]\n[ ranking . weights ] # again\n", "acctplan.toml: [ranking.weights] stands twice, lines 1 and 3"),
    ],
)
def test_a_table_that_stands_twice_is_said_with_both_lines(text: str, message: str):
    assert refused(text) == (message, "move the lines together")


def test_what_is_said_twice_in_another_way_is_told_as_toml_has_it():
    assert refused("rates = {}\n[rates]\n")[1] == "see https://toml.io for the format"


def test_at_least_one_thing_must_count():
    names = [name for name in config.Weights.model_fields if name != "scorecards"]
    nothing = "[ranking.weights]\n" + "".join(f"{name} = 0\n" for name in names)
    assert refused(nothing) == ("acctplan.toml:1: ranking.weights must have at least one weight above 0", SEE)
    assert parse(nothing.replace("lead_in = 0", "lead_in = 0.1")).ranking.weights.lead_in == 0.1


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("curency = 'EUR'", "acctplan.toml:1: unknown key curency", "did you mean currency?"),
        ("zzz = 1", "acctplan.toml:1: unknown key zzz", SEE),
        ("[ranking]\nweight = 1", "acctplan.toml:2: unknown key ranking.weight", "did you mean weights?"),
        ("[ranking.weights]\nvalues = 1", "acctplan.toml:2: unknown key ranking.weights.values", "did you mean value?"),
        ("[limit]\ncontact_days = 1", "acctplan.toml:1: unknown key limit", "did you mean limits?"),
        ("[limits]\ncontact-days = 1", "acctplan.toml:2: unknown key limits.contact-days", "did you mean contact_days?"),
        ("[stages.rate]\nprobability=1\nsalesforc = 3", "acctplan.toml:3: unknown key stages.rate.salesforc", "did you mean salesforce?"),
        ("[stages.probability]\nprobability = 1\nx = []", "acctplan.toml:3: unknown key stages.probability.x", SEE),
        ("[rates.USD]\nrate = 1\nasof = 2026-01-01", "acctplan.toml:3: unknown key rates.USD.asof", "did you mean as_of?"),
        (WAIVER + "untill = 2026-01-31", "acctplan.toml:4: unknown key check.waivers.0.untill", "did you mean until?"),
        ("[solutions]\na = {name = 'A', nmae = 'B'}", "acctplan.toml:2: unknown key solutions.a.nmae", "did you mean name?"),
    ],
)  # fmt: skip
def test_a_setting_that_there_is_not(text: str, message: str, hint: str):
    assert refused(text) == (message, hint)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # the same key stands in several tables
        ("[stages.a]\nprobability = 0.1\n\n[stages.b]\nprobability = 2\n", 5),
        ("stages.a.probability = 0.1\nstages.b.probability = 2\n", 2),
        ("[stages]\na.probability = 0.1\nb.probability = 2\n", 3),
        ("[stages]\na = {probability = 0.1}\nb = {probability = 2}\n", 3),
        ("[stages]\n\n[stages.a] # first\nprobability = 0.1\n[ stages . b ]\n  probability  =  2\n", 6),
        ("[stages.'a']\nprobability = 0.1\n[\"stages\".\"b\"]\n'probability' = 2\n", 4),
        ("[stages.a]\r\nprobability = 0.1\r\n[stages.b]\r\nprobability = 2\r\n", 4),
        ("# probability = 3\n[stages.b]\nsalesforce = [\n  'probability = 3',\n  ]\nprobability = 2\n", 6),
        ("ranking.value_scale = [\n  [0, 0],\n  [1, 1],\n]\nlimits.contact_days = 1\n[stages.b]\nprobability = 2\n", 7),
        ("stages = {b = {probability = 2}}", 1),
    ],
)
def test_the_line_of_a_setting(text: str, line: int):
    assert refused(text)[0] == f"acctplan.toml:{line}: stages.b.probability should be at most 1"


def test_a_key_in_no_plain_letters_has_no_line():
    assert refused('"curr\\u0065ncy" = 3') == ("acctplan.toml: currency should be text in quotes", SEE)


def test_an_unknown_key_is_told_before_what_is_missing_for_it():
    assert refused("[stages.a]\nprobabilty = 0.1\n") == (
        "acctplan.toml:2: unknown key stages.a.probabilty",
        "did you mean probability?",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("currency = EUR", "acctplan.toml: Invalid value (at line 1, column 12)"),
        ("a = 1\na = 2\n", "acctplan.toml: Cannot overwrite a value (at line 2, column 6)"),
        ("[rates]\nUSD = {rate = 1, as_of = 2026-02-30}", "acctplan.toml: Invalid date or datetime (at line 2, column 26)"),
    ],
)
def test_what_is_not_toml(text: str, message: str):
    assert refused(text) == (message, "see https://toml.io for the format")


@pytest.mark.parametrize("value", ["[" * 100_000, "9" * 5_000, "1e99999999999999999999"])
def test_what_is_too_much_for_a_reader_of_toml(value: str):
    assert refused(f"currency = {value}") == ("acctplan.toml: a number is too long, or brackets are nested too deep", SEE)


def test_the_file_is_called_by_its_name():
    with pytest.raises(UserError, match=r"^elsewhere/acctplan\.toml:1: unknown key a$"):
        parse("a = 1", "elsewhere/acctplan.toml")
    with pytest.raises(UserError, match=r"^elsewhere/acctplan\.toml: Invalid"):
        parse("a = ", "elsewhere/acctplan.toml")


@given(st.text())
def test_any_text_is_a_configuration_or_refused(text: str):
    with suppress(UserError):
        parse(text)


WORDS = st.sampled_from([*Config.model_fields, "probability", "rate", "as_of", "weights", "value_scale", "name", "a", "USD"])
VALUES = st.sampled_from(["1", "0.5", "'EUR'", "true", "[]", "{}", "[[0, 0], [1, 1]]", "2026-01-31", "nan", "-1", "10:00:00", "{a = 1}"])


@given(st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=3), VALUES), max_size=3))
def test_any_settings_are_a_configuration_or_refused_(settings: list[tuple[list[str], str]]):
    with suppress(UserError):
        parse("".join(f"{'.'.join(keys)} = {value}\n" for keys, value in settings))


def patterns(schema: Any) -> set[str]:
    """Every pattern in a JSON Schema."""
    if isinstance(schema, list):
        return set().union(*map(patterns, schema))
    if not isinstance(schema, dict):
        return set()
    own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
    return own.union(schema.get("patternProperties", ()), *map(patterns, schema.values()))


def test_every_pattern_has_its_words():
    assert patterns(Config.model_json_schema()) <= parsing.PATTERNS.keys()


VALUES_OF_ALL_KINDS = [
    "1",
    "-1",
    "0.5",
    "'A B'",
    "''",
    "true",
    "[]",
    "[1]",
    "['A B']",
    "{}",
    "{A = 1}",
    "[[]]",
    "[{}]",
    "2026-01-31",
    "nan",
]


TABLES = {
    "check.": config.Checks,
    "limits.": config.Limits,
    "ranking.": config.Ranking,
    "revenue.": config.RevenueSettings,
    "ranking.weights.": config.Weights,
    "ranking.weights.scorecards.": ("x", "A", "tas"),
    "ranking.weight_sets.": ("x", "A"),
    "ranking.weight_sets.x.": config.Weights,
    "scorecards.": ("x", "A", "factors"),
    "scorecards.x.": config.Scorecard,
    "scorecards.x.questions.": ("x", "A"),
    "scorecards.x.questions.y.": config.Question,
    "stages.x.": config.Stage,
    "solutions.x.": config.SolutionSettings,
    "rates.USD.": config.Rate,
    "import.": ("x", "A"),
    "import.x.": config.ImportSettings,
    "import.x.stages.": ("x", "A"),
    "import.x.roles.": ("x", "A"),
    "import.x.columns.": ("x", "A"),
    "import.x.constants.": ("x", "A"),
    "check.severities.": ("x", "A"),
    "stages.": ("x", "A"),
    "solutions.": ("x", "A"),
    "rates.": ("x", "USD"),
    "": Config,
}
SETTINGS = [table + name for table, model in TABLES.items() for name in getattr(model, "model_fields", model)]


@pytest.mark.parametrize("setting", SETTINGS)
def test_whatever_is_wrong_with_a_setting_is_told_in_our_words(setting: str):
    for value in VALUES_OF_ALL_KINDS:
        try:
            parse(f"{setting} = {value}")
        except UserError as error:
            message = error.message
            assert message.startswith("acctplan.toml:1: ")
            assert "cannot be used" not in message


def test_every_setting_is_documented_and_closed():
    def tables(model: type[BaseModel]) -> list[type[BaseModel]]:
        return [child for direct in model.__subclasses__() for child in (direct, *tables(direct))]

    found: list[Any] = tables(config.Settings)
    assert Config in found
    for table in found:
        assert table.__doc__
        assert table.model_config["extra"] == "forbid"
        assert table.model_config["frozen"]


# Settings that would take long, or do harm later


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('plans = "a\\u0000b"', "acctplan.toml:1: plans should be a folder below this file, such as plans"),
        ('plans = "a/b\\u0085"', "acctplan.toml:1: plans should be a folder below this file, such as plans"),
        (f'plans = "{"a" * 201}"', "acctplan.toml:1: plans should have at most 200 characters"),
        ("[rates]\nUSD = {rate = 1e999999, as_of = 2026-01-01}", "acctplan.toml:2: rates.USD.rate should be at most 1000000000"),
        (
            "[rates]\nUSD = {rate = 0.1234567890123, as_of = 2026-01-01}",
            "acctplan.toml:2: rates.USD.rate should have at most 12 decimal places",
        ),
        ("[ranking]\nassumed_margin = 1e-999999", "acctplan.toml:2: ranking.assumed_margin should have at most 12 decimal places"),
        (
            "[ranking]\nvalue_scale = [[0, 0], [1e999999, 1]]",
            "acctplan.toml:2: ranking.value_scale.1.0 should be at most 1000000000000000",
        ),
        ("[check]\n" + '[[check.waivers]]\nrule = "contacts"\nreason = "x"\n' * 1001, "has too many entries: at most 1000"),
        ("\na" + ".a" * 100_000 + " = 1", "acctplan.toml:2: more than 1,000 dots in a line"),
        ("a" + ".a" * (128 << 10) + " = 1", "acctplan.toml: more than 262,144 characters"),
    ],
    ids=lambda text: text[:40],
)
def test_what_is_out_of_all_bounds(text: str, told: str):
    assert refused(text)[0].endswith(told)


def test_as_notepad_saves_it():
    assert parse('\ufeffcurrency = "SEK"\r\n').currency == "SEK"


# What the words of a CRM mean


def test_what_a_crms_words_mean():
    settings = parse('[import.x]\nstages = {"Signed" = "won", "Talk" = "proposal"}\n[import.x.roles]\n"Boss" = "decision_maker"\n')
    assert settings.imports["x"].stages == {"Signed": "won", "Talk": "proposal"}
    assert settings.imports["x"].roles == {"Boss": "decision_maker"}


def test_a_word_can_only_mean_a_stage_that_there_is():
    text = "[stages.talk]\nprobability = 0.1\n[import.x.stages]\nA = 'talking'\n"
    assert refused(text)[0] == ("acctplan.toml:3: import takes A for talking, which is no stage: talk, potential, open, won, lost, dropped")


def test_the_words_that_others_can_mean_are_those_of_a_plan():
    fields = config.ImportSettings.model_fields
    meanings = {name: set(get_args(get_args(fields[name].annotation)[1])) for name in ("statuses", "kinds", "roles", "ownerships")}
    plain = {"statuses": Status, "kinds": Kind, "roles": BuyingRole, "ownerships": Ownership}
    assert meanings == {name: {*get_args(words), ""} for name, words in plain.items()}
