"""`acctplan contacts`: the org chart, our team by key players, the warm path and the buying group."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from acctplan.report.visible import columns as wide_as

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

TODAY = ("--today", "2026-11-21")
PORT = "brannhaven-terminals"
ACME = """\
profile: {name: Acme}
team: {amira: {name: Amira}}
units: {plant: {name: Plant}}
contacts:
  lena-vos: {name: Lena Vos, title: CFO, roles: [decision_maker], stance: neutral, influence: high, coverage: none}
  tom-bakker: {name: Tom Bakker, reports_to: lena-vos, stance: supportive, coverage: in_depth, last_contact: 2026-01-31,
    influences: [lena-vos]}
  plant-manager: {title: Plant manager, unit: plant, reports_to: lena-vos, roles: [decision_maker]}
  lone: {name: Łone Wolf, roles: [sponsor]}
opportunities: {pilot: {name: Pilot line, status: open, buying_roles: {lena-vos: {}, lone: {}}}}
"""
VIEWS = pytest.mark.parametrize(
    "view",
    [[], ["--key"], ["--unit", "container"], ["--coverage"], ["--path-to", "ruth-ebeling"], ["--for", "crane-rollout"]],
    ids=lambda view: " ".join(view) or "chart",
)


@pytest.fixture
def read(run: Run, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, plan: Callable[..., Path]) -> Callable[..., str]:
    """What a person reads in a terminal of 100 columns about a plan of that text."""

    def read(*arguments: str, text: str = ACME, columns: int = 100) -> str:
        plan(text)
        monkeypatch.setenv("NO_COLOR", "1")
        terminal(columns)
        out = run("contacts", "acme", *arguments, *TODAY).out
        return "".join(f"{line.rstrip()}\n" for line in out.splitlines())  # a table fills its lines up

    return read


def answer(run: Run, *arguments: str) -> dict[str, Any]:
    return json.loads(run("contacts", *arguments, *TODAY, "--json").out)


def rows(run: Run, *arguments: str) -> list[dict[str, str]]:
    titles, *lines = [line.split("\t") for line in run("contacts", *arguments, *TODAY).out.splitlines()]
    return [dict(zip(titles, line, strict=True)) for line in lines]


def test_the_chart_as_people_read_it(read: Callable[..., str]):
    assert (
        read()
        == """\
Acme

Lena Vos, CFO
│  ★ key player, decision maker, ○ neutral, ▲ high influence, ○○○ no coverage,
│  ? unknown: last contact
├─ Tom Bakker
│     + supportive, ●●● in depth coverage, ! last contact 2026-01-31: 294 days ago,
│     ? unknown: influence
│     ⇢ influences Lena Vos
└─ vacant: Plant manager · Plant
      ★ key player, decision maker
Łone Wolf
   ★ key player, sponsor, ? unknown: stance, influence, coverage, last contact

4 contacts, 1 vacant seat among them
0 of 3 key players covered with a known stance (0 %)
○ Still to cover: Lena Vos, vacant: Plant manager, Łone Wolf
! Nobody here is known to be against us. Ask who would rather have somebody else
! Single-threaded: we know only Tom Bakker
! Single-threaded in 'Pilot line': we know nobody

Unit, with those below it  Contacts  Covered
──────────────────────────────────────────────────
Plant                             1  0 of 1 (0 %)
"""
    )


def test_who_is_against_us_is_named(read: Callable[..., str]):
    text = ACME.replace("stance: supportive, coverage: in_depth", "stance: negative").replace("lone: {}", "lone: {stance: negative}")
    assert "✕ Against us: Tom Bakker\n✕ Against us in 'Pilot line': Łone Wolf\n" in read(text=text)


def test_key_players_alone_stand_below_those_who_are_not(read: Callable[..., str]):
    text = ACME.replace("influence: high, coverage: none", "coverage: none").replace("roles: [decision_maker], stance", "stance")
    lines = read("--key", text=text).splitlines()
    assert lines[2:7] == [
        "Lena Vos, CFO",
        "└─ vacant: Plant manager · Plant",
        "      ★ key player, decision maker",
        "Łone Wolf",
        "   ★ key player, sponsor, ? unknown: stance, influence, coverage, last contact",
    ]


def test_a_unit_alone_has_its_people_below_those_above(read: Callable[..., str]):
    assert "Lena Vos, CFO\n└─ vacant: Plant manager · Plant\n" in read("--unit", "plant")
    assert "Tom Bakker" not in read("--unit", "plant")


def test_a_unit_is_named_where_it_is_not_that_of_the_one_above(read: Callable[..., str]):
    text = ACME.replace("title: CFO,", "title: CFO, unit: plant,")
    assert ("Lena Vos, CFO · Plant\n" in read(text=text), "vacant: Plant manager\n" in read(text=text)) == (True, True)


def test_many_people_are_counted_where_a_sentence_names_them(read: Callable[..., str]):
    people = "".join(f"  c{number}: {{name: N{number}, influence: high, stance: negative, coverage: brief}}\n" for number in range(8))
    out = read(text=f"profile: {{name: Acme}}\ncontacts:\n{people}")
    assert "Still to cover: N0, N1, N2, N3, N4, N5 and 2 more\n" in out
    assert "Against us: N0, N1, N2, N3, N4, N5 and 2 more\n" in out


def test_where_the_guides_end_it_is_said_to_whom_somebody_reports(read: Callable[..., str]):
    chain = "".join(f"  c{number}: {{name: N{number}, reports_to: c{number - 1}}}\n" for number in range(1, 60))
    out = read(text=f"profile: {{name: Acme}}\ncontacts:\n  c0: {{name: N0}}\n{chain}", columns=80)
    assert re.findall(r"↑ reports to (N\d+)\n", out) == [f"N{number}" for number in range(8, 59)]


NAMES = [
    "山田太郎 株式会社代表取締役社長",
    "שלום עליכם בן־גוריון",
    "Wolfeschlegelsteinhausenbergerdorff-" * 4,
    "[red]Bold[/red] \\u202e :smile: \\e[31m",
]


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
@pytest.mark.parametrize("view", [[], ["--coverage"], ["--path-to", "c0"], ["--for", "deal"]], ids=" ".join)
def test_no_name_and_no_depth_breaks_a_line(read: Callable[..., str], view: list[str], columns: int):
    people = "".join(
        f'  c{number}: {{name: "{NAMES[number % 4]} {number}", title: Vice president of a great deal, influence: high'
        f"{f', reports_to: c{number - 1}' if number else ''}, influences: [c0], stance: supportive, coverage: brief}}\n"
        for number in range(24)
    )
    text = (
        f'profile: {{name: "{NAMES[2]}"}}\ncontacts:\n{people}opportunities: {{deal: {{name: "{NAMES[2]}", buying_roles: {{c1: {{}}}}}}}}\n'
    )
    out = read(*view, text=text, columns=columns)
    assert [one for one in out if not one.isprintable() and one != "\n"] == []
    fitting = [line for line in out.splitlines() if columns >= 80 or "│" in line or "─ " in line]
    assert max(map(wide_as, fitting), default=0) <= columns


def test_our_team_is_a_matrix_where_it_has_room_and_a_list_where_not(
    run: Run, book: Path, terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(140)
    wide = run("contacts", PORT, "--coverage", *TODAY).out
    terminal(80)
    narrow = run("contacts", PORT, "--coverage", *TODAY).out
    assert re.search(r"Key player +Ines Carvalho +Gesa Thomsen *\n", wide)
    assert re.search(r"\nTobias Renner +vendor → problem solver *\n", wide)
    assert "Ines Carvalho, Account manager · 3 key players\n" in narrow
    assert "  Tobias Renner: vendor → problem solver\n" in narrow
    for out in (wide, narrow):
        assert out.endswith(
            "! Held by nobody of us: 2 key players\n  vacant: Terminal manager inland\n  Anselm Vogt, Chair of the works council\n"
            "Without a key player: Bram Koster, Yusuf Demir\n"
        )


@pytest.mark.parametrize(
    ("relationship", "said"),
    [
        ("{now: vendor, target: trusted_advisor, with: amira}", "Lena Vos: vendor → trusted advisor"),
        ("{now: vendor, target: vendor, with: amira}", "Lena Vos: vendor, as wanted"),
        ("{target: credible_source, with: amira}", "Lena Vos: unknown → credible source"),
        ("{now: vendor, with: amira}", "Lena Vos: vendor → no target"),
        ("{now: vendor}", "Lena Vos, CFO (vendor → no target)"),
    ],
)
def test_what_we_are_and_want_to_be(read: Callable[..., str], relationship: str, said: str):
    assert f"  {said}\n" in read("--coverage", text=ACME.replace("coverage: none", f"relationship: {relationship}"), columns=40)


def test_whoever_is_known_needs_no_introduction_and_that_comes_first(run: Run, book: Path, terminal: Callable[[int], None]):
    terminal(200)
    lines = run("contacts", PORT, "--path-to", "ruth-ebeling", *TODAY).out
    plain = re.sub(r"\x1b\[[0-9;]*m", "", lines).splitlines()
    assert plain == [
        "How to reach Ruth Ebeling",
        "Managing director",
        "",
        "We know Ruth Ebeling already: ●○○ brief coverage, ○ neutral, last contact 2026-09-16 (66 days ago), held by Gesa Thomsen.",
        "Who else can open the door:",
        "",
        "1. Dorothea Lang (+ supportive, ●●● in depth) → influences → Ruth Ebeling",
        "2. Karsten Moll (+ supportive, ●●○ multiple) → reports to → Ruth Ebeling",
    ]


def test_a_way_names_every_line_between_two_people(read: Callable[..., str]):
    assert read("--path-to", "lena-vos").endswith("1. Tom Bakker (+ supportive, ●●● in depth) → reports to and influences → Lena Vos\n")
    assert "→ Lena Vos (○ neutral, ○○○ not covered) → manages → vacant: Plant manager\n" in read("--path-to", "plant-manager", columns=160)


def test_more_ways_than_are_listed_are_counted(read: Callable[..., str]):
    friends = "".join(f"  c{number}: {{name: N{number}, stance: supportive, coverage: brief, influences: [top]}}\n" for number in range(6))
    out = read("--path-to", "top", text=f"profile: {{name: Acme}}\ncontacts:\n  top: {{name: Top}}\n{friends}")
    assert out.endswith("4. N3 (+ supportive, ●○○ brief) → influences → Top\n   and 2 more ways as short\n")


def test_where_nobody_can_introduce_us_it_is_said_what_is_missing(run: Run, read: Callable[..., str], plan: Callable[..., Path]):
    assert read("--path-to", "lone").splitlines()[5:] == [
        "! Nobody can introduce us to Łone Wolf yet: no line leads there from who is for us (Tom Bakker)",
        "· The plan draws no line to Łone Wolf. Add reports_to, or influences of whoever has their ear",
    ]
    neutral = ACME.replace("stance: supportive", "stance: neutral")
    assert read("--path-to", "plant-manager", text=neutral).splitlines()[5:] == [
        "! Nobody can introduce us to vacant: Plant manager yet: nobody else whom we cover is known to be for",
        "  us",
        "· Ask next, 2 steps from vacant: Plant manager: Tom Bakker (○ neutral)",
    ]
    planned = ACME + (
        "objectives: {o: {category: revenue, what: Win Łone over, contacts: [lone], due: 2027-01-31, "
        "strategies: {s: {what: S, actions: {a: {what: Lunch, contact: lone}, b: {what: Done, contact: lone, status: done}}}}}}\n"
    )
    known = planned.replace("name: Łone Wolf,", "name: Łone Wolf, influences: [tom-bakker],")
    assert read("--path-to", "lone", text=known).splitlines()[6:] == [
        "· Planned already: Win Łone over, by 2027-01-31 (line 11)",
        "· Planned already: Lunch (line 11)",
        "· Ask next, one step from Łone Wolf: Tom Bakker (+ supportive)",
    ]
    plan(known)
    assert [one["what"] for one in answer(run, "acme", "--path-to", "lone")["planned"]] == ["Win Łone over", "Lunch"]


def test_what_is_missing_is_said_to_whoever_pipes_too(run: Run, plan: Callable[..., Path]):
    plan(ACME)
    found = run("contacts", "acme", "--path-to", "lone")
    assert (found.status, found.out.count("\n")) == (0, 1)
    assert found.err.startswith("Nobody can introduce us to Łone Wolf yet: no line leads there")


def test_the_buying_group_as_people_read_it(read: Callable[..., str]):
    criteria = (
        "decision_criteria: [{what: Price, mandatory: true, held_by: [lena-vos, tom-bakker], position: worse}, {what: Speed}], buying_roles"
    )
    assert (
        read("--for", "Pilot line", text=ACME.replace("buying_roles", criteria))
        == """\
Pilot line
open, value unknown · Acme

2 people have a part in it
0 of 2 key players covered with a known stance (0 %)

Role            Who        Stance     Coverage   Influence  Key player  Criteria
─────────────────────────────────────────────────────────────────────────────────
decision maker  Lena Vos   ○ neutral  ○○○ none   ▲ high     ! not yet   no. 1
sponsor         Łone Wolf  ? unknown  ? unknown  ? unknown  ! not yet   -

No.  They decide by  We are     Held by
─────────────────────────────────────────────────────
  1  Price (a must)  ▼ worse    Lena Vos, Tom Bakker
  2  Speed           ? unknown  ? nobody named

! Nobody is named as evaluator, influencer, purchaser or user
? Stance unknown: Łone Wolf
! Nobody in it is known to be against us. Ask who would rather have somebody else
! Single-threaded: we know nobody who has a part in it
! Tom Bakker holds criterion no. 1 and has no part in it

We do not know Lena Vos, the decision maker: ○○○ no coverage. Who can introduce us:
1. Tom Bakker (+ supportive, ●●● in depth) → reports to and influences → Lena Vos

No way yet to Łone Wolf. What would help: acctplan contacts acme --path-to lone
"""
    )


UNDECIDED = """\
profile: {name: Acme}
contacts:
  boss: {name: Bo Boss, roles: [decision_maker]}
  tom: {name: Tom, reports_to: boss, stance: supportive, coverage: in_depth}
  eva: {name: Eva, roles: [sponsor], stance: supportive, coverage: multiple}
opportunities: {pilot: {name: Pilot, status: open, buying_roles: {eva: {}}}}
"""


def test_without_a_decision_maker_no_share_is_said_but_who_decides_elsewhere(run: Run, read: Callable[..., str], plan: Callable[..., Path]):
    out = read("--for", "pilot", text=UNDECIDED)
    assert "%" not in out
    assert "1 of 1 key player covered with a known stance, and nobody is named as the decision maker\n" in out
    assert "! No decision maker is named. Bo Boss decides at Acme: here too? Tom can introduce you\n" in out
    found = answer(run, "acme", "--for", "pilot")
    assert (found["coverage"]["percent"], found["has_decision_maker"]) == (None, False)
    assert [one["contact"] for one in found["decision_makers_elsewhere"]] == ["boss"]
    two = UNDECIDED.replace("  eva:", "  ceo: {name: Cleo, roles: [decision_maker]}\n  eva:")
    out = " ".join(read("--for", "pilot", text=two).split())
    assert "No decision maker is named. These decide at Acme: Bo Boss (Tom can introduce you), Cleo. Here too?" in out
    nobody = UNDECIDED.replace(", roles: [decision_maker]", "")
    assert "! No decision maker is named. Ask who decides" in read("--for", "pilot", text=nobody)


def test_without_a_plan_the_plans_are_listed(run: Run, book: Path, terminal: Callable[[int], None]):
    assert run("contacts", *TODAY).out.splitlines() == [
        "plan\taccount\tcontacts\tkey_players_covered",
        "brannhaven-terminals\tBrannhaven Terminals\t12\t4 of 8 (50 %)",
        "stadtwerke-auenfurt\tStadtwerke Auenfurt\t2\t0 of 1 (0 %)",
        "tallmo-bruk\tTallmo Bruk\t5\t1 of 3 (33 %)",
    ]
    assert [one["contacts"] for one in json.loads(run("contacts", "--json", *TODAY).out)["plans"]] == [12, 2, 5]
    assert run("contacts", "--key").err.startswith("acctplan: of which plan?\n")
    (book / "plans" / "broken.yaml").write_text("profile: [", encoding="utf-8")
    assert run("contacts").status == 1
    terminal(80)
    assert "acctplan contacts brannhaven-terminals" in run("contacts", *TODAY).err


def test_a_group_without_anybody_says_what_to_do(read: Callable[..., str]):
    out = read("--for", "pilot", text=ACME.replace("{lena-vos: {}, lone: {}}", "{}"))
    assert out.endswith("! Nobody is named in it. Add its people under buying_roles\n")


@pytest.mark.parametrize("wanted", ["lena-vos", "Lena Vos", "lena  VOS", "plant manager", "łone wolf", "tóm bakker"])
def test_a_contact_may_be_named_by_id_or_name(run: Run, plan: Callable[..., Path], wanted: str):
    plan(ACME)
    expected = {"l": "lena-vos", "p": "plant-manager", "ł": "lone", "t": "tom-bakker"}[wanted[0].casefold()]
    assert answer(run, "acme", "--path-to", wanted)["contact"] == expected


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--path-to", "lena-voss"], "no contact lena-voss", "did you mean lena-vos?"),
        (["--path-to", "Tom Baker"], "no contact Tom Baker", "did you mean tom-bakker?"),
        (["--path-to", "Quirijn Achterburg"], "no contact Quirijn Achterburg", "did you mean x9?"),
        (["--path-to", "xyz"], "no contact xyz", "give the id, or the name in full"),
        (["--path-to", "Double"], "'Double' is the name of 2", "give the id: d1 or d2"),
        (["--for", "pilto"], "no opportunity pilto", "did you mean pilot?"),
        (["--unit", "plnt"], "no unit plnt", "did you mean plant?"),
        (["--coverage", "--for", "pilot"], "--coverage and --for are different answers", "ask for one at a time"),
        (["--for", "pilot", "--key"], "--key does not go with --for", "leave out --key: --for looks at the whole plan"),
    ],
)
def test_what_cannot_be_answered_is_two_lines_and_2(run: Run, plan: Callable[..., Path], arguments: list[str], message: str, hint: str):
    plan(ACME.replace("  lone:", "  x9: {name: Quirijn Achterberg}\n  d1: {name: Double}\n  d2: {name: double}\n  lone:"))
    assert run("contacts", "acme", *arguments) == (2, "", f"acctplan: {message}\n  {hint}\n")


def test_a_plan_without_units_says_so(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\n")
    assert run("contacts", "acme", "--unit", "plant") == (2, "", "acctplan: no unit plant\n  the plan names no unit yet\n")


def test_a_plan_without_contacts_has_the_titles_alone(run: Run, plan: Callable[..., Path]):
    plan("profile: {name: Acme}\n")
    found = run("contacts", "acme")
    assert found.out.startswith("contact\tname\ttitle\t")
    assert (found.status, found.out.count("\n"), found.err) == (0, 1, "nobody to show: the plan names no such contacts\n")


@VIEWS
def test_piped_every_view_is_a_table_in_full(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, view: list[str]):
    monkeypatch.setenv("COLUMNS", "20")
    found = run("contacts", PORT, *view, *TODAY)
    lines = [line.split("\t") for line in found.out.splitlines()]
    assert len({len(line) for line in lines}) == 1
    assert all(re.fullmatch("[a-z_]+", title) for title in lines[0])
    assert len(set(lines[0])) == len(lines[0])
    assert len(lines) >= 3
    assert (found.status, found.err) == (0, "")


@VIEWS
def test_every_view_is_coloured_for_people_only(run: Run, book: Path, terminal: Callable[[int], None], view: list[str]):
    assert "\x1b" not in run("contacts", PORT, *view, *TODAY).out
    terminal(100)
    assert "\x1b" in run("contacts", PORT, *view, *TODAY).out


@VIEWS
def test_every_view_is_there_for_programs_with_lines(run: Run, book: Path, view: list[str]):
    said = answer(run, PORT, *view)
    assert (said["version"], said["account"], said["today"]) == (1, "Brannhaven Terminals", "2026-11-21")
    text = (book / "plans" / f"{PORT}.yaml").read_text("utf-8").splitlines()
    found = list(pointed_at(said))
    assert found
    for pointer, line in found:
        last = next(step for step in reversed(pointer.split(".")) if not step.isdigit())
        assert ("what:" if last == "decision_criteria" else last) in "".join(text[line - 2 : line])


def pointed_at(value: Any) -> list[tuple[str, int]]:
    """Every pointer in an answer, with its line."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    here = [(value["pointer"], value["line"])] if isinstance(value, dict) and "pointer" in value else []
    return here + [found for one in inside for found in pointed_at(one)]


def test_the_chart_for_programs_has_every_figure_with_whom_it_counts(run: Run, book: Path):
    said = answer(run, PORT)
    assert [one["contact"] for one in said["contacts"] if one["vacant"]] == ["inland-manager"]
    assert said["totals"]["coverage"] == {
        "covered": 4,
        "of": 8,
        "percent": 50,
        "key_players": [
            *("ruth-ebeling", "karsten-moll", "dorothea-lang", "tobias-renner", "marta-wisniewska", "inland-manager"),
            *("anselm-vogt", "claire-dumont"),
        ],
        "covered_key_players": ["karsten-moll", "dorothea-lang", "marta-wisniewska", "anselm-vogt"],
    }
    assert said["opponents"] == [
        {"contact": "uwe-stahmer", "opportunity": None},
        {"contact": "imke-rasch", "opportunity": "bulk-full-service"},
    ]
    assert {one["unit"]: (one["contacts"], one["coverage"]["of"]) for one in said["units"]} == {
        "group": (12, 8),
        "container": (2, 1),
        "bulk": (1, 1),
        "inland": (1, 1),
    }


def test_piped_and_json_say_the_same(run: Run, book: Path):
    piped, said = rows(run, PORT), answer(run, PORT)["contacts"]
    assert [(row["contact"], row["stance"], row["days_since_contact"], row["line"]) for row in piped] == [
        (one["contact"], one["stance"] or "", str(one["days_since_contact"] or ""), str(one["line"])) for one in said
    ]


def test_the_buying_group_for_programs_has_its_paths(run: Run, book: Path):
    said = answer(run, PORT, "--for", "crane-rollout")
    assert said["coverage"]["percent"] == 50
    assert (said["missing_roles"], said["unknown_stances"], said["opponents"]) == (["user"], ["claire-dumont"], ["uwe-stahmer"])
    assert said["outsiders"] == [{"contact": "anselm-vogt", "criteria": [3]}]
    path = said["paths"][0]
    assert (path["contact"], path["steps"], path["ways"][0]["ask"]) == ("tobias-renner", 1, "karsten-moll")


def test_a_plan_with_errors_is_not_shown(run: Run, plan: Callable[..., Path]):
    plan("profile: {nmae: Acme}\n")
    found = run("contacts", "acme")
    assert (found.status, found.out) == (2, "")


def test_without_key_players_a_person_is_told_what_would_make_one(
    run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
):
    plan("profile: {name: Acme}\nunits: {plant: {name: Plant}}\ncontacts: {a: {name: Ann, unit: plant}, b: {name: Ben}}\n")
    monkeypatch.setenv("NO_COLOR", "1")
    terminal(100)
    chart = run("contacts", "acme")
    assert "no key players: nobody is known to decide, to speak for us or to have high influence\n" in chart.out
    assert re.search(r"\nPlant +1 +- *\n$", chart.out)
    assert "roles: [decision_maker]" in chart.err
    assert run("contacts", "acme", "--coverage").err.startswith("no key players: ")


def test_whoever_is_for_us_and_not_covered_is_a_place_to_start(read: Callable[..., str]):
    text = ACME.replace("coverage: in_depth, last_contact: 2026-01-31,", "").replace("influence: high, coverage: none", "coverage: none")
    assert "· Ask next, for us and not covered as far as the plan says: Tom Bakker\n" in read("--path-to", "lena-vos", text=text)


def test_what_is_unknown_of_somebody_on_the_way_is_said(read: Callable[..., str]):
    text = ACME.replace("stance: neutral, influence: high, coverage: none", "influence: high")
    assert "→ Lena Vos (? stance unknown, ? coverage unknown) →" in read("--path-to", "plant-manager", text=text, columns=160)


def test_no_unit_of_the_plan_is_listed_where_nobody_is_in_one(read: Callable[..., str]):
    assert "Unit, with those below it" not in read(text=ACME.replace("unit: plant, ", ""))


@pytest.mark.parametrize("text", ["profile: {name: Acme}\n", "profile: {name: Acme}\ncontacts: {a: {name: Ann}}\n"])
def test_nobody_to_show_is_said_on_a_terminal_too(run: Run, plan: Callable[..., Path], terminal: Callable[[int], None], text: str):
    plan(text)
    terminal(80)
    found = run("contacts", "acme", "--key")
    assert found.status == 0
    assert "nobody to show: the plan names no such contacts\n" in found.err
