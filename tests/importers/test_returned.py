"""Edits in an exported workbook, brought back into plans: what people changed and nothing else, and never a plan that is wrong."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from acctplan.errors import UserError
from acctplan.importers import returned
from acctplan.importers.returned import FIELDS, bring_back, is_ours, plan_names, read
from acctplan.importers.returned.values import value
from acctplan.importers.returned.workbook import Cell
from acctplan.tables import Column
from acctplan.tables.workbooks import LONGEST, MARK, held
from workbooks import added, column, edited, exported, opened, row, saved, source, written

if TYPE_CHECKING:
    import openpyxl

    from acctplan.importers.returned import Brought
    from acctplan.tables import Source

PLAN = """\
profile: {name: Acme, starts: 2026-01-01, ends: 2026-12-31, currency: EUR}   # the big one
units: {west: {name: West, target: true}}
team: {ines: {name: Ines Carvalho}, mats: {name: Mats}}
contacts:
  lena-vos: {name: Lena Vos, title: CFO, stance: neutral, last_contact: 2026-05-01, roles: [sponsor],
    relationship: {now: vendor}, unit: west}
  karl: {name: Karl, notes: "one\\ntwo"}
opportunities:
  sensors: {name: Sensors, status: open, value: 420_000.50, probability: 0.4, owner: ines}  # ask Lena
  pumps:
    name: Pumps
objectives:
  grow: {category: revenue, what: Grow, measure: {metric: Orders, target: 5}, strategies: {show: {what: Show it}}}
meetings: {held: {2026-06-01: {notes: All well}}}
revenue: {FY2026-Q1: {goal: 100}}
"""


def back(content: bytes, now: Source | None = None, preferred: tuple[str, ...] = ()) -> Brought:
    """What a workbook brings back into the plan that it was made of, or into what that has become."""
    return bring_back(read("plans.xlsx", content), now or source(acme=PLAN), preferred)


def text(brought: Brought) -> str:
    """The plan as it would be."""
    return brought.plans["acme"].read().text


def reasons(brought: Brought) -> list[tuple[str, str]]:
    """What was left out: where, and why."""
    return [(str(one.cell), one.reason) for one in brought.skipped]


@pytest.fixture(scope="module")
def content() -> bytes:
    """The plan's workbook."""
    return exported(source(acme=PLAN))


def nothing(brought: Brought) -> bool:
    """Whether there is nothing to do and nothing to say."""
    return not any(
        (brought.plans, brought.changed, brought.added, brought.same, brought.conflicts, brought.skipped, brought.gone, brought.notes)
    )


def test_what_nobody_edited_changes_nothing(content: bytes, full_plan: str):
    assert nothing(back(content))
    full = source(castellan=full_plan.replace("currency: CHF", "currency: EUR"), bare="profile: {name: Bare}\n")
    assert nothing(bring_back(read("x.xlsx", exported(full)), full))


def test_saving_it_elsewhere_changes_nothing(content: bytes):
    assert nothing(back(saved(content)))


def test_a_workbook_of_ours_is_known_by_its_mark(content: bytes):
    assert is_ours(content)
    assert is_ours(saved(content))
    assert not is_ours(edited(content, lambda book: book.remove(book[MARK])))
    assert not is_ours(b"PK\x03\x04 and no more")
    assert not is_ours(b"Id,Name\r\n")
    assert plan_names(read("x", content)) == {"acme"}


@pytest.mark.parametrize(
    ("title", "identifier", "heading", "typed", "line"),
    [
        ("Contacts", "lena-vos", "Title", "COO", "title: COO"),
        ("Contacts", "lena-vos", "Stance", "supportive", "stance: supportive"),
        ("Contacts", "lena-vos", "Last contact", date(2026, 11, 3), "last_contact: 2026-11-03"),
        ("Contacts", "lena-vos", "Last contact", "3 Nov 2026", "last_contact: 2026-11-03"),
        ("Contacts", "lena-vos", "Roles", "sponsor, user", "roles: [sponsor, user]"),
        ("Contacts", "lena-vos", "Relationship now", "trusted_advisor", "relationship: {now: trusted_advisor}"),
        ("Contacts", "karl", "Reports to", "Lena Vos", "reports_to: lena-vos"),
        ("Contacts", "karl", "Notes", "one\ntwo\nthree", 'notes: "one\\ntwo\\nthree"'),
        ("Opportunities", "sensors", "Value", 1250.5, "value: 1250.5"),
        ("Opportunities", "sensors", "Value", "1,250,000.75", "value: 1_250_000.75"),
        ("Opportunities", "sensors", "Probability", "75 %", "probability: 0.75"),
        ("Opportunities", "sensors", "Owner", "mats", "owner: mats"),
        ("Opportunities", "pumps", "Status", "won", "    status: won"),
        ("Units", "west", "Target", "no", "target: false"),
        ("Units", "west", "Target", False, "target: false"),
        ("Accounts", "acme", "Industry", "=1+1", "industry: '=1+1'"),
        ("Accounts", "acme", "Employees", 5200, "employees: 5200"),
        ("Objectives", "grow", "Target", 7, "target: 7"),
        ("Meetings", "2026-06-01", "Notes", "Very well", "notes: Very well"),
        ("Revenue", "FY2026-Q1", "Actual", -3.25, "actual: -3.25"),
    ],
)
def test_an_edited_cell_is_an_edit(content: bytes, title: str, identifier: str, heading: str, typed: object, line: str):
    def edit(book: openpyxl.Workbook) -> None:
        book[title].cell(row(book[title], identifier), column(book[title], heading)).value = typed

    brought = back(edited(content, edit))
    (change,) = brought.changed
    assert reasons(brought) == []
    assert line in text(brought)
    before, after = PLAN.splitlines(), text(brought).splitlines()
    assert sum(one not in after for one in before) <= 1
    assert "# the big one" in text(brought)
    assert change.cell.sheet == title
    again = back(edited(content, edit), bring(brought))
    assert (again.plans, again.same, again.conflicts) == ({}, 1, ())


def bring(brought: Brought) -> Source:
    """The plan as it would be, to bring a workbook back into it again."""
    return source(acme=text(brought))


@given(st.text(min_size=1))
@settings(max_examples=40, deadline=None)
@example("=1+1\r\n- no: yes # or not")
def test_whatever_is_typed_is_what_the_plan_says_then(content: bytes, typed: str):
    brought = back(written(content, "Contacts", "karl", Notes=held(typed)))
    expected = held(typed).strip() or None
    if brought.changed:
        standing = source(acme=text(brought)).accounts[0].plan.contacts["karl"].notes
        assert (brought.changed[0].now, standing) == (expected, expected)
    else:
        assert brought.skipped or expected == "one\ntwo"


@pytest.mark.parametrize(
    ("title", "identifier", "heading", "gone"),
    [
        ("Contacts", "lena-vos", "Title", "title"),
        ("Contacts", "lena-vos", "Roles", "roles"),
        ("Contacts", "lena-vos", "Relationship now", "relationship"),
        ("Opportunities", "sensors", "Status", "status"),
    ],
)
def test_an_emptied_cell_takes_the_field_out(content: bytes, title: str, identifier: str, heading: str, gone: str):
    given = written(content, title, identifier, **{heading: None})
    brought = back(given)
    line = next(line for line in text(brought).splitlines() if f"  {identifier}: {{" in line)
    assert f"{gone}:" not in line
    again = back(given, bring(brought))
    assert (again.plans, again.same, again.conflicts, again.skipped) == ({}, 1, (), ())


def test_a_part_goes_when_all_of_it_is_emptied(content: bytes):
    brought = back(written(content, "Objectives", "grow", Measure=None, Target=None))
    assert "measure" not in text(brought)
    assert len(brought.changed) == 2
    refused = back(written(content, "Objectives", "grow", Measure=None))
    assert refused.plans == {}
    assert refused.skipped[0].reason.startswith("the plan would not be right: ")


def test_a_part_stays_where_another_field_of_it_comes():
    plan = "profile: {name: Acme}\ncontacts: {karl: {name: Karl, relationship: {target: vendor}}}\n"
    given = written(exported(source(acme=plan)), "Contacts", "karl", Relationship_now="vendor", Relationship_target=None)
    assert text(back(given, source(acme=plan))) == plan.replace("target", "now")


def test_columns_may_be_moved_and_rows_sorted_and_filtered(content: bytes):
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Contacts"]
        lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
        lines = [line[::-1] for line in (lines[0], *lines[:0:-1])]
        sheet.delete_rows(1, sheet.max_row)
        for line in ([], ["Our contacts"], *lines):
            sheet.append(line)
        titles = [cell.value for cell in sheet[3 if sheet["A2"].value else 2]]
        at = titles.index("Title") + 1
        found = next(number for number in range(1, sheet.max_row + 1) if "lena-vos" in [cell.value for cell in sheet[number]])
        sheet.cell(found, at).value = "COO"
        sheet.row_dimensions[found].hidden = True

    brought = back(edited(content, edit))
    assert [(one.pointer, one.now) for one in brought.changed] == [(("contacts", "lena-vos", "title"), "COO")]


def test_three_words_against_each_other(content: bytes):
    given = written(content, "Contacts", "lena-vos", Title="COO")
    same, moved = source(acme=PLAN.replace("CFO", "COO")), source(acme=PLAN.replace("CFO", "Chair"))
    assert (back(given, same).plans, back(given, same).same) == ({}, 1)
    conflict = back(given, moved)
    (one,) = conflict.conflicts
    assert (conflict.plans, one.says, one.edited, one.field) == ({}, "Chair", "COO", "title")
    assert "title: COO" in text(back(given, moved, preferred=("title",)))
    assert back(given, moved, preferred=("name",)).plans == {}


def test_what_changed_in_the_plan_alone_stays(content: bytes):
    assert nothing(back(content, source(acme=PLAN.replace("CFO", "Chair"))))


@pytest.mark.parametrize(
    ("title", "cells", "lines"),
    [
        ("Contacts", {"Name": "Åsa Öberg", "Title": "CEO", "Unit": "West"}, ["  aasa-oeberg:", "unit: west", "title: CEO"]),
        ("Contacts", {"Name": "Jo", "Id": "jo-2"}, ["jo-2: {name: Jo}"]),
        ("Opportunities", {"Name": "Valves", "Value": 20_000, "Close date": date(2026, 12, 1)}, ["valves:", "value: 20_000", "2026-12-01"]),
        ("Insights", {"What": "Cut energy", "Kind": "goal"}, ["cut-energy: {kind: goal, what: Cut energy}"]),
        ("Competitors", {"Name": "Halsen"}, ["halsen: {name: Halsen}"]),
        ("Risks", {"What": "Lena leaves"}, ["lena-leaves: {what: Lena leaves}"]),
        ("Units", {"Name": "East"}, ["east: {name: East}"]),
        ("Team", {"Name": "Bo"}, ["bo: {name: Bo}"]),
        ("Objectives", {"What": "Be known", "Category": "marketing"}, ["be-known: {category: marketing, what: Be known}"]),
        ("Actions", {"What": "Call", "Objective": "grow", "Owner": "Mats"}, ["actions: {call: {what: Call, owner: mats}}"]),
        ("Actions", {"What": "Call", "Meeting": date(2026, 6, 1)}, ["actions: {call: {what: Call}}"]),
        ("Buying roles", {"Opportunity": "Sensors", "Contact": "karl", "Role": "user"}, ["buying_roles: {karl: {role: user}}"]),
        ("Revenue", {"Period": "FY2026-Q2", "Goal": 5}, ["FY2026-Q2: {goal: 5}"]),
        ("Meetings", {"Day": date(2026, 7, 1), "Notes": "Short"}, ["2026-07-01: {notes: Short}"]),
        ("Questions", {"What": "Who signs?"}, ["who-signs: {what: 'Who signs?'}"]),
    ],
)
@pytest.mark.parametrize("named", [{"Plan": "acme"}, {"Account": "acme"}])
def test_a_new_row_is_a_new_entry_and_is_so_once(
    content: bytes, title: str, cells: dict[str, Any], lines: list[str], named: dict[str, str]
):
    given = added(content, title, **named, **cells)
    brought = back(given)
    assert reasons(brought) == []
    assert len(brought.added) == 1
    for line in lines:
        assert line in text(brought)
    again = back(given, bring(brought))
    assert (again.plans, again.same, again.skipped) == ({}, 1, ())


def test_white_space_is_added_by_unit_and_solution():
    text_ = PLAN + "solutions: {pumps: {name: Pumps}}\n"
    given = added(exported(source(acme=text_)), "White space", Plan="acme", Unit="west", Solution="Pumps", Status="ours")
    brought = back(given, source(acme=text_))
    assert "pumps: {status: ours}" in text(brought)


@pytest.mark.parametrize(
    ("title", "cells", "reason"),
    [
        ("Contacts", {"Name": "Jo"}, "a new row has to say of which plan it is"),
        ("Contacts", {"Plan": "nova", "Name": "Jo"}, "this book has no plan nova without errors, or several of that name"),
        ("Contacts", {"Account": "Nova", "Name": "Jo"}, "no plans are about Nova"),
        ("Contacts", {"Plan": "acme", "Name": "???"}, "an id cannot be made for it"),
        ("Contacts", {"Plan": "acme", "Name": "Jo", "Id": "No Id"}, "an id cannot be made for it"),
        ("Contacts", {"Plan": "acme", "Name": "Lena Vos"}, "the plan has contacts.lena-vos already, and it says something else"),
        ("Actions", {"Plan": "acme", "What": "Call"}, "it does not say where it belongs"),
        ("Actions", {"Plan": "acme", "What": "Call", "Objective": "nope"}, "the objective nope has no strategy yet"),
        (
            "Actions",
            {"Plan": "acme", "What": "Call", "Meeting": "2026-06-02"},
            "the plan would not be right: the plan has no meetings.held.2026-06-02",
        ),
        ("Buying roles", {"Plan": "acme", "Contact": "karl"}, "it does not say where it belongs"),
        (
            "Buying roles",
            {"Plan": "acme", "Opportunity": "x", "Contact": "karl"},
            "the plan would not be right: the plan has no opportunities.x",
        ),
        ("Opportunities", {"Plan": "acme", "Name": "Valves", "Value": "a lot"}, "Value is not a number"),
        ("Accounts", {"Plan": "acme", "Name": "Nova"}, "rows cannot be added to this sheet"),
    ],
)
def test_a_new_row_that_cannot_be_one(content: bytes, title: str, cells: dict[str, Any], reason: str):
    given = added(content, title, **cells)
    if title == "Contacts" and cells.get("Name") == "Lena Vos":
        given = added(content, title, **cells, Title="Another")
    brought = back(given)
    assert brought.plans == {}
    assert [said for _, said in reasons(brought)] == [reason]


def test_new_rows_may_name_each_other(content: bytes):
    given = added(content, "Buying roles", Plan="acme", Opportunity="valves", Contact="jo", Role="user")
    given = added(added(given, "Opportunities", Plan="acme", Name="Valves"), "Contacts", Plan="acme", Name="Jo")
    brought = back(given)
    assert reasons(brought) == []
    assert len(brought.added) == 3
    assert "jo: {role: user}" in text(brought)


@pytest.mark.parametrize(
    ("title", "identifier", "heading", "typed", "reason"),
    [
        ("Contacts", "karl", "Stance", "hostile", "the plan would not be right: 'stance' cannot be 'hostile'"),
        ("Contacts", "karl", "Reports to", "nobody", "the plan would not be right: 'nobody' is not in contacts"),
        ("Contacts", "karl", "Last contact", "03/04/26", "Last contact is a date that can be read in two ways; write 2026-12-31"),
        ("Contacts", "karl", "Last contact", "soon", "Last contact is not a date"),
        ("Contacts", "karl", "Title", "a\u202eb", "Title has characters that nobody can see"),
        ("Opportunities", "sensors", "Value", "much", "Value is not a number"),
        ("Opportunities", "sensors", "Value", "1,234", "Value can be read as thousands or as decimals"),
        ("Opportunities", "sensors", "Effort days", 1.5, "Effort days is not a whole number"),
        ("Opportunities", "sensors", "Score", 99, "Score is worked out: it is not brought back"),
        ("Opportunities", "sensors", "Id", "other", "Id says where the row belongs, which cannot be changed here"),
        ("Units", "west", "Target", "perhaps", "Target is neither yes nor no"),
        ("Opportunities", "pumps", "Name", None, "the plan would not be right: 'name' is missing"),
    ],
)
def test_a_bad_cell_is_left_out_and_the_others_go_on(content: bytes, title: str, identifier: str, heading: str, typed: object, reason: str):
    good = written(content, "Team", "mats", Role="Sales")
    brought = back(written(good, title, identifier, **{heading: typed}))
    ((where, said),) = reasons(brought)
    assert said.startswith(reason)
    sheet = opened(content)[title]
    assert where == f"{title}, cell {sheet.cell(row(sheet, identifier), column(sheet, heading)).coordinate}"
    assert [one.now for one in brought.changed] == ["Sales"]
    assert "{name: Mats, role: Sales}" in text(brought)


def test_one_bad_cell_among_many_costs_only_itself():
    people = "".join(f"  p{number}: {{name: P{number}}}\n" for number in range(60))
    plan = f"profile: {{name: Acme}}\ncontacts:\n{people}"

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Contacts"]
        for number in range(60):
            line = row(sheet, f"p{number}")
            sheet.cell(line, column(sheet, "Title")).value = f"T{number}"
            if number % 20 == 7:
                sheet.cell(line, column(sheet, "Influence")).value = "enormous"

    brought = back(edited(exported(source(acme=plan)), edit), source(acme=plan))
    assert (len(brought.changed), len(brought.skipped)) == (60, 3)


def test_a_circle_is_refused_though_neither_end_is_wrong_alone(content: bytes):
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Contacts"]
        at = column(sheet, "Reports to")
        sheet.cell(row(sheet, "karl"), at).value = "lena-vos"
        sheet.cell(row(sheet, "lena-vos"), at).value = "karl"

    brought = back(edited(content, edit))
    assert (len(brought.changed), len(brought.skipped)) == (1, 1)


def test_a_deleted_row_is_told_and_stays(content: bytes):
    brought = back(edited(content, lambda book: book["Contacts"].delete_rows(row(book["Contacts"], "karl"))))
    assert brought.plans == {}
    assert [tuple(one) for one in brought.gone] == [("Contacts", "acme", "contacts.karl")]


def test_a_copied_row_is_not_taken_for_the_one_it_was_copied_from(content: bytes):
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Contacts"]
        sheet.append([cell.value for cell in sheet[row(sheet, "karl")]])
        sheet.cell(row(sheet, "karl"), column(sheet, "Name")).value = "Karla"

    brought = back(edited(content, edit))
    assert brought.plans == {}
    assert [said for _, said in reasons(brought)] == ["2 rows are contacts.karl"]


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        ({"acme": PLAN.replace("karl", "carl")}, "the plan has no contacts.karl any more"),
        ({"other": PLAN}, "this book has no plan acme without errors, or several of that name"),
    ],
)
def test_what_the_plans_no_longer_have_cannot_be_edited(content: bytes, now: dict[str, str], reason: str):
    brought = back(written(content, "Contacts", "karl", Title="CEO"), source(**now))
    assert brought.plans == {}
    assert [said for _, said in reasons(brought)] == [reason]


@pytest.mark.parametrize("said", ["x" * (LONGEST + 5), "a\\u0001b"])
def test_a_text_that_a_cell_cannot_hold_is_not_edited(said: str):
    plan = f'profile: {{name: Acme, background: "{said}", industry: Steel}}\n'
    given = exported(source(acme=plan))
    assert nothing(back(given, source(acme=plan)))
    brought = back(written(given, "Accounts", "acme", Background="Short", Industry="Paper"), source(acme=plan))
    assert [said for _, said in reasons(brought)] == ["Background is longer than a cell can hold, or has characters that it cannot"]
    assert "industry: Paper" in text(brought)


def test_columns_and_sheets_that_are_gone_or_new_are_told(content: bytes):
    def edit(book: openpyxl.Workbook) -> None:
        contacts = book["Contacts"]
        contacts.cell(1, column(contacts, "Title")).value = "Job"
        team = book["Team"]
        team.delete_cols(column(team, "Place in the plan"))
        book.remove(book["Risks"])
        book.create_sheet("Ideas").append(["one"])

    brought = back(edited(content, edit))
    assert brought.plans == {}
    assert brought.notes == (
        "Contacts: the column Job is not one of ours, and was not read",
        "the sheet Risks is gone, or has another name: nothing of it was read",
        "Team: without the columns Plan and Place in the plan nobody can tell what is meant; nothing of it was read",
        "the sheet Ideas is not one of ours: it was not read",
    )


@pytest.mark.parametrize(
    "edit",
    [
        lambda book: book.remove(book["_contacts"]),
        lambda book: book["_contacts"].delete_cols(1, 60),
        lambda book: book["_contacts"].delete_rows(1),
        lambda book: setattr(book["_opportunities"]["E2"], "value", "what"),
        lambda book: setattr(book[MARK]["B1"], "value", "99"),
    ],
)
def test_damaged_hidden_sheets_are_refused(content: bytes, edit: Any):
    with pytest.raises(UserError, match=r"made by another version|no longer in it|cannot be read"):
        read("plans.xlsx", edited(content, edit))


def test_a_hostile_workbook_is_refused_before_it_takes_memory(content: bytes):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            xml = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                xml = xml.replace(b"</sheetData>", cell)
            new.writestr(name, xml)
    with pytest.raises(UserError, match="more cells than can be read"):
        read("plans.xlsx", out.getvalue())
    with pytest.raises(UserError, match="damaged"):
        read("plans.xlsx", content[:-200])


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        (5.0, "text", "5"),
        (True, "text", "yes"),
        ("  ", "text", None),
        (0.1, "decimal", Decimal("0.1")),
        ("12345678901234567890.12", "decimal", Decimal("12345678901234567890.12")),
        ("-5", "decimal", Decimal(-5)),
        (3.0, "integer", 3),
        ("46000", "date", date(2025, 12, 9)),
        ("YES", "boolean", True),
        (0.0, "boolean", False),
    ],
)
def test_cells_are_read_as_their_column_asks(cell: Any, kind: Any, expected: object):
    assert value(cell, Column("x", kind)) == expected


@pytest.mark.parametrize(("at", "address"), [(0, "A7"), (25, "Z7"), (26, "AA7"), (701, "ZZ7"), (702, "AAA7"), (-1, None)])
def test_cells_are_called_what_a_spreadsheet_calls_them(at: int, address: str | None):
    assert Cell("Team", 7, at).address == address


def test_the_summary_says_what_was_done_and_what_was_not(content: bytes):
    given = added(written(content, "Contacts", "lena-vos", Title="COO", Stance="odd"), "Team", Plan="acme", Name="Bo")
    brought = back(given, source(acme=PLAN))
    lines = returned.summary(brought)
    assert lines[:-2] == [
        "Changed: 1 cell in 1 plan",
        "  acme",
        "    contacts.lena-vos.title: CFO → COO (Contacts, cell C2)",
        "New: 1 entry in 1 plan",
        "  acme",
        "    team.bo (Team, row 4)",
        "Left out: 1",
    ]
    data = returned.as_data(brought, {"acme": "plans/acme.yaml"})
    assert data["plans"] == [{"path": "plans/acme.yaml", "changed": 1, "added": 1}]
    assert data["changed"][0] == {
        "plan": "plans/acme.yaml",
        "sheet": "Contacts",
        "row": 2,
        "cell": "C2",
        "pointer": "contacts.lena-vos.title",
        "was": "CFO",
        "now": "COO",
    }
    assert {"title", "value", "close_date"} <= set(FIELDS)


def test_long_lists_are_folded():
    people = "".join(f"  p{number}: {{name: P{number}}}\n" for number in range(60))
    plan = f"profile: {{name: Acme}}\ncontacts:\n{people}"

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["Contacts"]
        for number in range(60):
            sheet.cell(row(sheet, f"p{number}"), column(sheet, "Title")).value = "Head"
            sheet.cell(row(sheet, f"p{number}"), column(sheet, "Stance")).value = "odd"

    lines = returned.summary(back(edited(exported(source(acme=plan)), edit), source(acme=plan)))
    assert "  and 40 more" in lines
    assert any(line.startswith("  Contacts, cell F2; ") and " and 55 more: the plan would not be right" in line for line in lines)


@pytest.mark.parametrize(
    ("title", "identifier", "cells", "result"),
    [
        ("Contacts", "lena-vos", {"Stance": "Negative"}, "stance: negative"),
        ("Contacts", "lena-vos", {"Coverage": " In depth "}, "coverage: in_depth"),
        ("Contacts", "lena-vos", {"Coverage": "IN-DEPTH"}, "coverage: in_depth"),
        ("Contacts", "lena-vos", {"Roles": "Sponsor, Decision Maker"}, "roles: [sponsor, decision_maker]"),
        ("Opportunities", "sensors", {"Status": "WON"}, "status: won"),
    ],
)
def test_choices_may_be_written_as_people_do(content: bytes, title: str, identifier: str, cells: dict[str, Any], result: str):
    brought = back(written(content, title, identifier, **cells))
    assert reasons(brought) == []
    assert result in text(brought)


def test_choices_that_the_plan_has_already_are_no_edits(content: bytes):
    brought = back(written(content, "Contacts", "lena-vos", Stance="Neutral", Roles="SPONSOR"))
    assert (brought.plans, brought.conflicts, brought.skipped) == ({}, (), ())


def test_a_new_row_has_choices_as_people_write_them(content: bytes):
    brought = back(added(content, "Contacts", Plan="acme", Name="Jo", Stance="Negative", Roles="User, Decision maker"))
    assert reasons(brought) == []
    assert "stance: negative" in text(brought)
    assert "roles: [user, decision_maker]" in text(brought)


ACTION = "strategies: {show: {what: Show it, actions: {visit: {what: Visit%s}}}}"


@pytest.mark.parametrize(
    ("before", "cells", "is_told"),
    [
        ("", {"Status": "Done"}, True),
        ("", {"Status": "done", "Done": date(2026, 11, 2)}, False),
        (", done: 2026-11-02", {"Status": "done"}, False),
        ("", {"Status": "deferred"}, False),
    ],
)
def test_what_is_done_without_a_day_is_told(before: str, cells: dict[str, Any], is_told: bool):
    now = source(acme=PLAN.replace("strategies: {show: {what: Show it}}", ACTION % before))
    brought = back(written(exported(now), "Actions", "visit", **cells), now)
    assert "status: " in text(brought)
    told = [note for note in brought.notes if "done, but not since when" in note]
    assert bool(told) is is_told
    assert all(note.endswith("acctplan set acme objectives.grow.strategies.show.actions.visit.done DAY") for note in told)
