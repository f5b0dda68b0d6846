"""Charts in Mermaid: every line is of a known kind, and no text of a plan is more than a label.

The grammar here is stricter than Mermaid's: of what means anything to Mermaid, Markdown or HTML, a label has nothing.
"""

from __future__ import annotations

import re
import string
from datetime import date, timedelta
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctplan.analysis.signs import COVERAGE, INFLUENCE, STANCE
from acctplan.render import mermaid, plan_view, render
from acctplan.render.mermaid import LONGEST, MOST_INFORMAL, MOST_LINES, label, opportunity_matrix, org_chart, pictures, timeline
from acctplan.render.pictures.opportunity_matrix import Range, Spot
from acctplan.render.pictures.org_chart import Seat
from acctplan.render.pictures.timeline import Event, Step, Track
from acctplan.render.view.words import ACTION
from hostile import naughty
from pages import BOOK, CONFIG, FULL, SAMPLES, TODAY, loaded, plan

MARKS = [
    'x"]; click p_a "javascript:alert(1)"',
    'x"]\nclick p_a call alert()',
    '%%{init: {"securityLevel": "loose"}}%%',
    "---\nconfig:\n---",
    "```\n# out",
    "direction LR",
    "Head of direction  TB, x",
    "Direction BT",
    "#quot;] #35; #lt;b#gt;",
    "\N{LATIN SMALL LIGATURE FL}°°60\N{PILCROW SIGN}ß \N{LATIN SMALL LIGATURE FL}°lt\N{PILCROW SIGN}ß",
    "`**bold**`",
    "$$x^2$$",
    "fa:fa-car",
    "x@{ shape: x }",
    "x: crit, 2026-01-01, 1d",
    "2026-01-01",
    "end",
    "section x",
    "title x",
    "dateFormat X",
    "click x",
    ":::",
    "-->",
    "<br>- x",
    "1. x",
    "12) x",
    "- x",
    "+ x",
    "www.x.example",
    "100%% %",
    "\\n \\u0022",
]

LETTER = r"(?:[A-Za-z0-9'(),./+!?%-]|[^\x00-\x7f\N{PILCROW SIGN}\N{LATIN SMALL LIGATURE FL}])"
WORDS = rf"{LETTER}+(?: {LETTER}+)*"
NODE = r"p_[a-z0-9_]+"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
SHARE = r"(?:1|0\.[0-9]{2})"
LINES = {
    "flowchart": [
        r'%%\{init: \{"flowchart": \{"curve": "linear", "nodeSpacing": 20, "rankSpacing": 40\}\}\}%%',
        r"flowchart (?:TB|LR)",
        r"    accTitle: Org chart",
        rf'    {NODE}\["{WORDS}(?:<br>{WORDS})*"\]:::(?:supportive|neutral|negative|unknown)',
        rf"    {NODE} (?:---|-\.->) {NODE}",
        r"    classDef [a-z]+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}",
        rf"    style {NODE} stroke:#5c6773,stroke-width:2px,stroke-dasharray:6 4",
    ],
    "gantt": [
        r'%%\{init: \{"gantt": \{"leftPadding": [0-9]+\}\}\}%%',
        r"gantt",
        r"    accTitle: Actions and meetings",
        r"    dateFormat YYYY-MM-DD",
        r"    axisFormat %b %Y",
        r"    todayMarker off",
        rf"    section {WORDS}",
        rf"    [!○◐»✓–?] {WORDS} \([a-z ]+\) :(?:crit, |done, )?{DAY}, 7d",
        rf"    (?:Objective due|Meeting held|Meeting planned) :milestone, {DAY}, 0d",
    ],
    "quadrantChart": [
        r"quadrantChart",
        r"    accTitle: Opportunities by attraction and position",
        r'    [xy]-axis "[A-Z][a-z ]+" --> "[A-Z][a-z ]+"',
        r'    quadrant-[1-4] "[A-Z][a-z ]+"',
        rf'    "[0-9]+": \[{SHARE}, {SHARE}\]',
    ],
}
TURNED = re.compile(r"direction\s+(?:TB|BT|RL|LR|TD)", re.IGNORECASE)


def kinds(chart: str) -> list[int]:
    """Of each line of a chart, which kind it is; each is of exactly one."""
    known = next(known for name, known in LINES.items() if re.search(rf"^{name}\b", chart, re.MULTILINE))
    found = []
    for line in chart.split("\n"):
        matching = [number for number, kind in enumerate(known) if re.fullmatch(kind, line)]
        assert len(matching) == 1, line
        assert not TURNED.search(line)
        assert "%%" not in line.removeprefix("%%{init: ").removesuffix("}%%")
        found += matching
    return found


def seat(identifier, above=None, *, name="benign", title="benign", stance=None, influences=()):
    return Seat(identifier, above, name, title, "user", STANCE[stance], INFLUENCE[None], COVERAGE[None], tuple(influences))


def step(what="benign", due=TODAY, done=None, status="not_started", *, is_late=False):
    return Step(what, "Ann", due, done, ACTION["late" if is_late else status], is_late, status != "done")


def spot(rank, position=(0.5, 0.5), attraction=(0.5, 0.5)):
    return Spot(rank, "benign", Range(*position), Range(*attraction), None, "value unknown")


def people(words):
    return org_chart([seat("a", name=words, title=words), seat("b", "a", name=None, title=words, influences=["a"])])


def actions(words):
    return timeline([Track(words, TODAY, (step(words), step(words, is_late=True)))], [Event(TODAY, "held")])


@pytest.mark.parametrize("draw", [people, actions])
def test_no_text_is_more_than_a_label(draw):
    expected = kinds(draw("benign"))
    for text in [*MARKS, *naughty()]:
        assert kinds(draw(text)) == expected, text


@given(
    st.text(alphabet=st.sampled_from("ab1 \\`*_{}[]<>()#+-.!|~&;@:/=$^\"'%?\n\N{LATIN SMALL LIGATURE FL}\u202e\u200b\ud800"), min_size=1)
)
def test_no_mixture_of_marks_is_more_than_a_label(text):
    assert not re.search(r"[^A-Za-z0-9 \'(),./+!?%\x80-\U0010ffff-]|%%|\s\s", label(text))


@given(st.text(alphabet=string.printable, max_size=LONGEST).filter(str.strip))
def test_a_label_reads_as_the_text(text):
    shown = normalize("NFKC", label(text)).replace("\N{ZERO WIDTH NON-JOINER}", "")
    assert shown == " ".join(re.sub(r"[\x0b\x0c]", "\n", text).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zoë Müller-Łukasz 漢字 (CFO), R/D", "Zoë Müller-Łukasz 漢字 (CFO), R/D"),
        ("Cut it by 4 % - or 3.1%!", "Cut it by 4 % - or 3.1%!"),
        ("-5 or +5", "-5 or +5"),
        ('C# & "Co"', "C\uff03 \uff06 \uff02Co\uff02"),
        ("+ more", "\uff0b more"),
        ("1. first", "1\uff0e first"),
        ("in 2026. Then", "in 2026. Then"),
        ("www.x.example", "www\uff0ex.example"),
        ("two\n  lines", "two lines"),
        ("Direction LR", "Direction\N{ZERO WIDTH NON-JOINER} LR"),
        ("\u202eturned", "\uff1cU+202E\uff1eturned"),
        ("\ufeffNo\u200b\u00ad-one", "No-one"),
        ("\U0001f468\u200d\U0001f33e", "\U0001f468\u200d\U0001f33e"),
        ("\u200b \u2060", "\ufffd"),
        ("\ue000 \u0378", "\ufffd \ufffd"),
        ("100%%%", "100\uff05\uff05%"),
        ("x" * 41, "x" * 39 + "…"),
        ("x" * 38 + "e\u0301e\u0301", "x" * 38 + "…"),
        ("word " * 8 + "word", "word " * 7 + "word…"),
    ],
)
def test_a_label_stays_as_near_to_the_text_as_it_can(text, expected):
    assert label(text) == expected


@pytest.mark.parametrize(("path", "config"), [*((path, BOOK) for path in SAMPLES), (FULL, CONFIG)])
def test_charts_of_plans_are_well_formed(path, config):
    drawn = pictures(plan_view(loaded(path, config).plan, config, TODAY).charts)
    for picture in filter(None, drawn.values()):
        opened, *chart, closed = picture.split("\n")
        assert (opened, closed) == ("```mermaid", "```")
        kinds("\n".join(chart))


def test_people_have_a_box_each_and_lines_between_them():
    chart = org_chart(
        [
            seat("a", name="Ann", title=None, stance="supportive"),
            seat("b-c", "a", name=None, title="CFO"),
            seat("b", "b-c", stance="negative", influences=["a"]),
        ]
    )
    boxes = """
    p_a["Ann<br>user<br>\uff0b supportive"]:::supportive
    p_b_c["? holder not known<br>CFO<br>user<br>? unknown"]:::unknown
    p_b["benign<br>benign<br>user<br>✕ negative"]:::negative
    p_a --- p_b_c
    p_b_c --- p_b
    p_b -.-> p_a
"""
    assert boxes in chart
    assert chart.endswith("\n    style p_b_c stroke:#5c6773,stroke-width:2px,stroke-dasharray:6 4")


def test_every_stance_has_a_colour():
    for stance, sign in STANCE.items():
        chart = org_chart([seat("a"), seat("b", "a", stance=stance)])
        assert f":::{sign.key}" in chart
        assert f"classDef {sign.key} fill:#" in chart


@pytest.mark.parametrize(("reports", "direction"), [(5, "TB"), (6, "LR")])
def test_many_reports_stand_below_each_other(reports, direction):
    seats = [seat("top"), *(seat(f"n{number}", "top") for number in range(reports))]
    assert f"\nflowchart {direction}\n" in org_chart(seats)


def test_too_many_informal_lines_are_left_to_the_words():
    seats = [seat("top"), *(seat(f"n{number}", "top", influences=["top"]) for number in range(MOST_INFORMAL))]
    assert org_chart(seats).count("-.->") == MOST_INFORMAL
    chart = org_chart([*seats, seat("one-more", "top", influences=["top"])])
    assert "-.->" not in chart
    assert chart.count(" --- ") == MOST_INFORMAL + 1


@pytest.mark.parametrize("seats", [[], [seat("a")], [seat("a"), seat("b")]])
def test_people_without_lines_are_no_chart(seats):
    assert org_chart(seats) == ""


def test_a_chart_has_no_more_lines_than_mermaid_draws():
    seats = [seat("top"), *(seat(f"n{number}", "top") for number in range(MOST_LINES))]
    assert org_chart(seats).count(" --- ") == MOST_LINES
    assert org_chart([*seats, seat("one-more", "top")]) == ""


def contacts(count, name):
    people = "".join(f"\n  c{number}: {{name: {name}, reports_to: top}}" for number in range(count))
    return plan(f"profile: {{name: X}}\ncontacts:\n  top: {{name: Top}}{people}")


def test_a_chart_that_mermaid_would_not_draw_is_a_list():
    wide = "\U0001f600" * LONGEST  # two characters each, as Mermaid counts
    for of in (contacts(MOST_LINES + 1, "Ann"), contacts(MOST_LINES - 50, wide)):
        page = render(plan_view(of, CONFIG, TODAY), "md")
        assert "mermaid" not in page
        assert "\n- **Top** · ? unknown\n  - **" in page
    assert "mermaid" in render(plan_view(contacts(300, "Ann"), CONFIG, TODAY), "md")
    assert mermaid.MOST_CHARACTERS == 50_000


def test_actions_stand_by_objective_at_the_day_they_are_due_or_were_done():
    day = date(2026, 3, 10)
    steps = (
        step("Late", due=day, is_late=True),
        step("Done", due=day, done=day + timedelta(days=2), status="done"),
        step("Done, nobody noted when", due=day, status="done"),
        step("Begun", due=day, status="in_progress"),
        step("Of no day", due=None),
    )
    events = [Event(day, "held"), Event(day + timedelta(days=90), "planned")]
    assert timeline([Track("Win it", day, steps), Track("Of no day", None, (step(due=None),)), Track("Due", day, ())], events).endswith(
        """
    section Win it
    ! Late (late) :crit, 2026-03-04, 7d
    ✓ Done (done) :done, 2026-03-06, 7d
    ✓ Done, nobody noted when (done) :done, 2026-03-04, 7d
    ◐ Begun (in progress) :2026-03-04, 7d
    Objective due :milestone, 2026-03-10, 0d
    section Due
    Objective due :milestone, 2026-03-10, 0d
    section Relationship meetings
    Meeting held :milestone, 2026-03-10, 0d
    Meeting planned :milestone, 2026-06-08, 0d"""
    )


def test_actions_without_days_are_no_chart():
    assert timeline([Track("Win it", TODAY, (step(due=None),))], [Event(TODAY, "held")]) == ""
    assert timeline([], [Event(TODAY, "held")]) == ""


def test_the_first_day_there_is_can_be_drawn():
    assert "0001-01-01, 7d" in timeline([Track("Old", None, (step(due=date.min),))], [])


def test_opportunities_stand_where_they_are_known_to_be():
    half_known = [spot(3, attraction=(0.2, 0.9)), spot(4, position=(0.2, 0.9))]
    chart = opportunity_matrix([spot(1, (0.0, 0.0), (1.0, 1.0)), *half_known, spot(5, (0.996, 0.996), (0.123, 0.123))])
    assert [line for line in chart.split("\n") if "[" in line] == ['    "1": [0.00, 1]', '    "5": [1, 0.12]']
    kinds(chart)
    assert opportunity_matrix([spot(1), *half_known]) == ""


def changed(before, after):
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_one_more_person_changes_no_other_line():
    seats = [seat("a"), seat("b", "a"), seat("c", "b")]
    gone, come = changed(org_chart(seats), org_chart([seat("z", "a"), *seats]))
    assert gone == []
    assert come == ['    p_z["benign<br>benign<br>user<br>? unknown"]:::unknown', "    p_a --- p_z"]


def test_another_day_moves_one_bar():
    def drawn(due):
        return timeline([Track("Win it", None, (step("One"), step("Other", due=due)))], [])

    gone, come = changed(drawn(date(2026, 1, 10)), drawn(date(2031, 1, 10)))
    assert (gone, come) == (["    ○ Other (not started) :2026-01-04, 7d"], ["    ○ Other (not started) :2031-01-04, 7d"])
