"""The buying group of an opportunity: who is in it, how we stand with them there, and who is missing."""

from __future__ import annotations

import pytest

from acctplan.analysis.relationships.buying_group import BuyingGroup, Outsider, buying_group
from acctplan.config import Config
from acctplan.loader import load

ACME = """
profile: {name: Acme}
contacts:
  lena: {name: Lena, roles: [decision_maker], stance: neutral, coverage: brief, influence: low}
  tom: {name: Tom, roles: [user, sponsor], stance: supportive, coverage: in_depth, reports_to: lena}
  sara: {name: Sara, stance: negative, coverage: multiple}
  wim: {name: Wim, influence: high, last_contact: 2026-11-01}
  els: {name: Els, stance: supportive, coverage: brief, influences: [lena]}
opportunities:
  pilot:
    name: Pilot
    status: open
    buying_roles: {wim: {}, sara: {role: evaluator, stance: neutral}, tom: {}, lena: {stance: supportive}}
    decision_criteria:
      - {what: Price, held_by: [lena, els], position: worse}
      - {what: Speed, position: better}
      - {what: Safety, held_by: [lena]}
  study: {name: Study, buying_roles: {tom: {role: user}, lena: {role: influencer}}}
  empty: {name: Empty}
"""


def group(opportunity: str = "pilot", text: str = ACME) -> BuyingGroup:
    loaded = load(text, "plan.yaml", Config())
    assert loaded.plan is not None, loaded.diagnostics
    return buying_group(loaded.plan, opportunity)


def test_people_come_by_role_whoever_decides_first_and_those_without_a_role_last():
    assert [(member.id, member.roles) for member in group().members] == [
        ("lena", ("decision_maker",)),
        ("tom", ("sponsor", "user")),
        ("sara", ("evaluator",)),
        ("wim", ()),
    ]


def test_what_an_opportunity_leaves_out_comes_from_the_contact():
    assert {member.id: (member.stance, member.coverage) for member in group().members} == {
        "lena": ("supportive", "brief"),
        "tom": ("supportive", "in_depth"),
        "sara": ("neutral", "multiple"),
        "wim": (None, None),
    }


def test_key_players_are_so_by_their_role_in_this_opportunity():
    assert group().coverage.key_players == ("lena", "tom", "wim")
    assert group("study").coverage.key_players == ()


def test_coverage_counts_stance_and_coverage_in_this_opportunity():
    assert (group().coverage.covered, group().coverage.percent) == (("tom",), 33)
    better = ACME.replace("lena: {stance: supportive}", "lena: {coverage: multiple}")
    assert group(text=better).coverage.covered == ("lena", "tom")


def test_roles_that_nobody_has_are_missing():
    assert group().missing_roles == ("influencer", "purchaser")
    assert len(group("empty").missing_roles) == 6


def test_unknown_stances_and_opponents_are_those_in_this_opportunity():
    assert (group().unknown_stances, group().opponents) == (("wim",), ())
    assert group(text=ACME.replace("evaluator, stance: neutral", "evaluator")).opponents == ("sara",)


@pytest.mark.parametrize(
    ("change", "is_single_threaded"),
    [
        (("x", "x"), False),
        (("{wim: {}, sara: {role: evaluator, stance: neutral}, tom: {}, lena: {stance: supportive}}", "{tom: {}}"), True),
    ],
)
def test_a_group_of_which_we_know_one_is_single_threaded(change: tuple[str, str], is_single_threaded: bool):
    assert group(text=ACME.replace(*change)).is_single_threaded is is_single_threaded


def test_a_last_contact_is_enough_to_know_somebody():
    assert group().known == ("lena", "tom", "sara", "wim")


def test_everybody_has_the_criteria_that_they_hold():
    assert {member.id: member.criteria for member in group().members if member.criteria} == {"lena": (0, 2)}


def test_who_holds_a_criterion_and_has_no_part_is_told():
    assert group().outsiders == (Outsider("els", (0,)),)


def test_there_is_a_way_to_whoever_decides_and_is_not_covered_well():
    path = group().paths[0]
    assert (path.contact, [way.start for way in path.ways]) == ("lena", ["tom", "els"])
    assert "lena" not in {
        path.contact for path in group(text=ACME.replace("lena: {stance: supportive}", "lena: {coverage: multiple}")).paths
    }


def test_there_is_a_path_to_everybody_whom_we_do_not_cover_well():
    found = group()
    assert {path.contact for path in found.paths} == {
        member.id for member in found.members if member.coverage not in ("multiple", "in_depth")
    }


def test_a_way_looks_at_stances_in_this_opportunity():
    path = group(text=ACME.replace("tom: {}, lena", "tom: {stance: neutral}, lena")).paths[0]
    assert [way.start for way in path.ways] == ["els"]


def test_an_opportunity_without_people_has_an_empty_group():
    found = group("empty")
    assert (found.members, found.coverage.percent, found.paths, found.is_single_threaded) == ((), None, (), True)
