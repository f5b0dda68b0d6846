"""`acctplan import`: files in, plans out, and nothing that a person wrote is lost."""

from __future__ import annotations

import json

import pytest

from acctplan.book import Book
from acctplan.errors import UserError

ACCOUNTS = "Id,Name,Industry\n001A000000aaaaaIAA,Meridian Foods,Food\n001A000000bbbbbIAA,Halden Rail,Rail\n"
CONTACTS = (
    "Id,AccountId,FirstName,LastName,Title,ReportsToId\n"
    "003A000000aaaaaIAA,001A000000aaaaaIAA,Lena,Vos,CFO,003A000000bbbbbIAA\n"
    "003A000000bbbbbIAA,001A000000aaaaaIAA,Henk,de Boer,CEO,\n"
)
DEALS = (
    "Id,AccountId,Name,StageName,Amount,CloseDate\n"
    "006A000000aaaaaIAA,001A000000aaaaaIAA,Cold stores,Proposal/Price Quote,420000,2027-01-31\n"
)


@pytest.fixture(autouse=True)
def _export(tmp_path):
    (tmp_path / "acctplan.toml").touch()
    for name, text in {"Account.csv": ACCOUNTS, "Contact.csv": CONTACTS, "Opportunity.csv": DEALS}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")


FILES = ("Account.csv", "Contact.csv", "Opportunity.csv")


def test_an_empty_book_gets_a_plan_an_account(run, tmp_path):
    answer = run("import", "salesforce", *FILES)
    assert answer.status == 0
    assert sorted(path.name for path in (tmp_path / "plans").iterdir()) == ["halden-rail.yaml", "meridian-foods.yaml"]
    text = (tmp_path / "plans" / "meridian-foods.yaml").read_text(encoding="utf-8")
    assert all(words in text for words in ("reports_to: henk-de-boer", "stage: proposal", "value: 420_000"))
    assert "wrote 2 plans" in answer.err


def test_a_second_run_changes_nothing(run, tmp_path):
    run("import", "salesforce", *FILES)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "plans").iterdir()}
    answer = run("import", "salesforce", *FILES)
    assert "nothing to write: the plans have it all" in answer.err
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "plans").iterdir()} == before


def test_human_words_stay_and_what_only_the_crm_changed_comes(run, tmp_path):
    run("import", "salesforce", *FILES)
    path = tmp_path / "plans" / "meridian-foods.yaml"
    text = path.read_text(encoding="utf-8").replace("value: 420_000", "value: 500_000  # she said so").replace("    title: CFO\n", "")
    path.write_text(text, encoding="utf-8")
    answer = run("import", "salesforce", *FILES)
    after = path.read_text(encoding="utf-8")
    assert after == text
    kept = "Changed in the plan by a person, and it stays so: 2 fields (acctplan drift shows them)"
    assert kept in answer.err.splitlines()
    assert answer.err.splitlines()[-1] == "nothing to write: the plans have it all"
    (tmp_path / "Opportunity.csv").write_text(DEALS.replace("420000", "430000").replace("2027-01-31", "2027-02-28"), encoding="utf-8")
    answer = run("import", "salesforce", *FILES)
    line = "  plans/meridian-foods.yaml: opportunities.cold-stores.value: plan 500_000, Salesforce 430_000 (Opportunity.csv, row 2)"
    assert line in answer.err.splitlines()
    assert answer.err.splitlines()[-1].startswith("wrote 1 plan")
    after = path.read_text(encoding="utf-8")
    assert "value: 500_000  # she said so" in after
    assert "close_date: 2027-02-28" in after
    run("import", "salesforce", *FILES, "--prefer", "crm:value")
    assert "value: 430_000  # she said so" in path.read_text(encoding="utf-8")


def test_without_a_memory_what_is_missing_is_filled_in_and_what_differs_stays(run, tmp_path):
    run("import", *FILES)
    path = tmp_path / "plans" / "meridian-foods.yaml"
    text = path.read_text(encoding="utf-8").replace("value: 420_000", "value: 500_000").replace("    title: CFO\n", "")
    path.write_text(text, encoding="utf-8")
    for memory in (tmp_path / ".acctplan").rglob("*.json"):
        memory.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    answer = run("import", *FILES)
    after = path.read_text(encoding="utf-8")
    assert ("value: 500_000" in after, "title: CFO" in after) == (True, True)
    assert "which says what Salesforce said last, cannot be read" in answer.err
    assert "cannot be read" not in run("import", *FILES).err


def test_diff_writes_nothing(run, tmp_path):
    answer = run("import", "salesforce", *FILES, "--diff")
    assert not (tmp_path / "plans").exists()
    assert "+++ b/plans/meridian-foods.yaml\n" in answer.out
    assert "New plans: 2\n  plans/meridian-foods.yaml: Meridian Foods, 2 contacts, 1 opportunity\n" in answer.err
    assert answer.err.splitlines()[-1] == "nothing was written: leave out --diff to write 2 plans"


def test_what_would_be_written_as_data(run, tmp_path):
    answer = run("import", "salesforce", *FILES, "--diff", "--json")
    data = json.loads(answer.out)
    assert not (tmp_path / "plans").exists()
    assert [one["path"] for one in data["would_write"]] == ["plans/meridian-foods.yaml", "plans/halden-rail.yaml"]
    assert "\n+    reports_to: henk-de-boer" in data["would_write"][0]["diff"]
    assert (answer.status, data["counts"]["new"]) == (0, 5)
    assert answer.err == "nothing was written: leave out --diff to write 2 plans\n"
    assert "would_write" not in json.loads(run("import", "salesforce", *FILES, "--json").out)


def test_a_diff_without_a_difference_says_so(run):
    run("import", "salesforce", *FILES)
    answer = run("import", "salesforce", *FILES, "--diff")
    assert (answer.out, answer.err.splitlines()[-1]) == ("", "nothing to write: the plans have it all")


@pytest.mark.parametrize("options", [[], ["--diff"]], ids=["write", "diff"])
def test_where_every_row_was_left_out_it_says_so_and_ends_with_1(run, tmp_path, options):
    answer = run("import", "salesforce", "Opportunity.csv", *options)
    assert (answer.status, answer.err.splitlines()[-1]) == (1, "nothing was written: 1 row was left out, see above")
    ways = "import the file of accounts too, make plans with --new, or name theirs with --plan"
    reason = f"its account is in no plan and in none of these files; {ways}"
    assert f"  opportunity: {reason} (Opportunity.csv, row 2)" in answer.err.splitlines()
    assert not (tmp_path / "plans").exists()


def test_where_every_row_was_left_out_the_data_says_which(run):
    answer = run("import", "salesforce", "Opportunity.csv", "--json")
    assert (answer.status, answer.err) == (1, "nothing was written: 1 row was left out, see the data\n")
    assert len(json.loads(answer.out)["skipped"]) == 1


ONE_TABLE = (
    "Customer,Contact,Title,Deal,Value,Currency\nHalden Rail,Ann Lee,CFO,Signals,100,EUR\n"
    "Halden Rail AB,Bo Ek,CEO,Tracks,200,EUR\nNorrland Timber,Cy Dal,CFO,Saws,5,EUR\n"
)
COLUMNS = (
    "[import.own.columns]\n"
    'Customer = "account.name"\nContact = "contact.name"\nTitle = "contact.title"\nDeal = "opportunity.name"\nValue = "opportunity.value"\n'
    'Currency = "opportunity.currency"\n'
)


def test_accounts_that_rows_only_name_get_a_plan_where_that_is_wanted(run, tmp_path, plan):
    (tmp_path / "acctplan.toml").write_text(COLUMNS, encoding="utf-8")
    (tmp_path / "deals.csv").write_text(ONE_TABLE, encoding="utf-8")
    path = plan("profile: {name: Norrland Timber}\n", "norrland")
    answer = run("import", "deals.csv")
    assert "import the file of accounts too, make plans with --new, or name theirs with --plan (deals.csv, rows 2, 3)" in answer.err
    answer = run("import", "deals.csv", "--new")
    assert answer.status == 0, answer.err
    assert sorted(each.name for each in (tmp_path / "plans").iterdir()) == ["halden-rail.yaml", "norrland.yaml"]
    text = (tmp_path / "plans" / "halden-rail.yaml").read_text(encoding="utf-8")
    assert all(name in text for name in ("signals:", "tracks:", "ann-lee:"))
    assert "saws:" in path.read_text(encoding="utf-8")
    assert "nothing to write: the plans have it all" in run("import", "deals.csv", "--new").err


def test_an_account_that_rows_name_by_its_id_gets_one_plan_with_the_id(run, tmp_path):
    header = "Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Organization - ID,Organization - Name\n"
    rows = "1,Signals,100,EUR,7,Halden Rail\n2,Tracks,200,EUR,7,Halden Railways\n3,Saws,5,EUR,8,\n"
    (tmp_path / "deals.csv").write_text(header + rows, encoding="utf-8")
    answer = run("import", "pipedrive", "deals.csv", "--new")
    (path,) = (tmp_path / "plans").iterdir()
    text = path.read_text(encoding="utf-8")
    assert (path.name, "crm: {pipedrive: '7'}" in text, "tracks:" in text) == ("halden-rail.yaml", True, True), answer.err


CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ann,Lee,,,Halden Rail,CFO,01 Feb 2024\nBo,Ek,,,Norrland Timber,CEO,01 Feb 2024\n"
)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "LinkedIn names every company that anybody works at: --new would make a plan for each\n  say which are accounts of yours"),
        (("--plan", "acme"), "--plan says whose the rows are, and --new makes plans for others"),
    ],
)
def test_a_list_of_people_makes_no_plans_by_the_hundred(run, tmp_path, plan, options, message):
    plan("profile: {name: Acme}\n")
    (tmp_path / "Connections.csv").write_text(CONNECTIONS, encoding="utf-8")
    answer = run("import", "Connections.csv", "--new", *options)
    assert (answer.status, message in answer.err) == (2, True), answer.err
    assert run("import", "Connections.csv", "--new", "--account", "Halden Rail").status == 0
    assert sorted(each.name for each in (tmp_path / "plans").iterdir()) == ["acme.yaml", "halden-rail.yaml"]


def test_rows_that_were_not_asked_for_are_nothing_to_worry_about(run):
    run("import", "salesforce", *FILES)
    answer = run("import", "salesforce", *FILES, "--account", "Halden Rail")
    assert (answer.status, answer.err.splitlines()[-1]) == (0, "nothing to write: the plans have it all")


def test_a_file_without_rows(run, tmp_path):
    (tmp_path / "Account.csv").write_text("Id,Name\n", encoding="utf-8")
    answer = run("import", "salesforce", "Account.csv")
    assert (answer.status, answer.err.splitlines()[-1]) == (0, "nothing to write: the files hold no rows")


def test_the_next_period_gets_the_data_and_the_last_one_stays(run, tmp_path):
    run("import", "salesforce", *FILES)
    run("new", "--from", "meridian-foods", "--starts", "2027-01-01")
    old = (tmp_path / "plans" / "meridian-foods.yaml").read_bytes()
    (tmp_path / "Contact.csv").write_text(CONTACTS.replace("Lena,Vos,CFO", "Lena,Vos,COO"), encoding="utf-8")
    answer = run("import", "salesforce", *FILES, "--prefer", "crm:title")
    assert (tmp_path / "plans" / "meridian-foods.yaml").read_bytes() == old
    assert "title: COO" in (tmp_path / "plans" / "meridian-foods-2027.yaml").read_text(encoding="utf-8")
    assert "plans/meridian-foods.yaml: of an earlier period and left alone" in answer.err


@pytest.mark.parametrize("command", [["import", "salesforce", *FILES], ["import", "salesforce", *FILES, "--diff"], ["new", "Acme"]])
def test_outside_a_book_nothing_is_written(run, tmp_path, command):
    (tmp_path / "acctplan.toml").unlink()
    refused = (2, "", "acctplan: this is no book of plans\n  cd into your book, or start one here: acctplan init\n")
    assert run(*command) == refused
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    (tmp_path / "plans").mkdir()
    assert run(*command).status == 0


def test_from_a_folder_inside_the_book_it_is_written_to_the_book(run, tmp_path, monkeypatch):
    (tmp_path / "exports").mkdir()
    monkeypatch.chdir(tmp_path / "exports")
    run("import", "salesforce", "../Account.csv")
    assert len(list((tmp_path / "plans").iterdir())) == 2
    assert "nothing to write" in run("import", "salesforce", "../Account.csv").err
    monkeypatch.chdir(tmp_path / "plans")
    assert "nothing to write" in run("import", "salesforce", "../Account.csv").err


def test_only_what_writes_waits_for_others_who_write(run, monkeypatch):
    def busy(_):
        raise UserError("another acctplan command is writing to this book", "wait")

    monkeypatch.setattr(Book, "lock", busy)
    assert run("import", "salesforce", *FILES).status == 2
    assert run("import", "salesforce", *FILES, "--diff").status == 0


def test_one_account(run, tmp_path):
    run("import", "salesforce", *FILES, "--account", "Halden Rail")
    assert [path.name for path in (tmp_path / "plans").iterdir()] == ["halden-rail.yaml"]


def test_json_on_standard_output_talk_on_standard_error(run):
    answer = run("import", "salesforce", *FILES, "--json")
    assert json.loads(answer.out)["counts"] == {"new": 5, "changed": 0, "same": 0, "kept": 0, "conflict": 0, "unsure": 0, "skipped": 0}
    assert "wrote 2 plans" in answer.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.csv",), "nowhere.csv: cannot be read: no such file or directory"),
        ((*FILES, "--account", "Meridan Foods"), "did you mean Meridian Foods?"),
        ((*FILES, "--prefer", "crm:valu"), "did you mean value?"),
        ((*FILES, "--prefer", "salesforce"), "whose word goes first is crm or plan"),
        ((*FILES, "--match", "Lena Vos"), "a name and what it is are wanted"),
        ((*FILES, "--match", "Lena Fos=new"), "--match: nothing in these files is called Lena Fos"),
        ((*FILES, "--plan", "nowhere"), "nowhere"),
        ((), "no files of Salesforce were named"),
    ],
)
def test_bad_requests(run, arguments, message):
    answer = run("import", "salesforce", *arguments)
    assert (answer.status, message in answer.err) == (2, True)


def test_where_files_are_from_is_told_by_their_columns(run, tmp_path):
    assert run("import", *FILES).status == 0
    assert len(list((tmp_path / "plans").iterdir())) == 2
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    answer = run("import", "other.csv")
    assert (answer.status, "nobody knows where other.csv is from: its columns are a, b" in answer.err) == (2, True)
    assert "did you mean salesforce?" in run("import", "salesfroce").err
    assert "nothing to import from that is called so\n  did you mean hubspot?" in run("import", "hubspt", "other.csv").err
    assert "nowhere.csv: cannot be read" in run("import", "nowhere.csv", "other.csv").err


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", '{"records":[', "a.json: line 1, column 13: this is no JSON: expecting value"),
        ("a.txt", '{"records":[', "a.txt: line 1, column 13: this is no JSON: expecting value"),
        ("a.json", "[]", "a.json is from: it holds no records\n  JSON is read of Salesforce"),
        ("a.json", '{"a":1}', "a.json is from: it holds no records\n  JSON is read of Salesforce"),
        ("a.json", '[{"a":1}]', "a.json is from: its records do not say what they are\n  JSON is read of Salesforce"),
        ("a.zip", "PK\5\6" + 18 * "\0", "a.zip is an empty ZIP archive"),
    ],
)
def test_a_file_that_nobody_knows_is_named_with_what_is_wrong_with_it(run, tmp_path, name, text, message):
    (tmp_path / name).write_text(text, encoding="utf-8")
    answer = run("import", name)
    assert (answer.status, message in answer.err) == (2, True), answer.err
    assert name in run("import", "salesforce", name).err


def test_several_files_that_nobody_knows_are_named_each(run, tmp_path):
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    (tmp_path / "b.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    message = "nobody knows where these files are from: a.json (it holds no records), b.csv (its columns are a, b)"
    assert message in run("import", "a.json", "b.csv").err


def test_what_somebody_has_decided_is_done_and_remembered(run, tmp_path):
    (tmp_path / "plans").mkdir()
    path = tmp_path / "plans" / "meridian.yaml"
    path.write_text("profile: {name: Meridian Foods}\ncontacts:\n  lena: {name: Lena Voss}\n", encoding="utf-8")
    answer = run("import", *FILES)
    assert "  contact Lena Vos of plans/meridian.yaml: it may be one that there is (Contact.csv, row 2)" in answer.err.splitlines()
    assert "    --match 003A000000aaaaaIAA=lena (Lena Voss), or --match 003A000000aaaaaIAA=new" in answer.err.splitlines()
    assert "title: CFO" not in path.read_text(encoding="utf-8")
    run("import", *FILES, "--match", "Lena Vos=lena")
    assert "title: CFO" in path.read_text(encoding="utf-8")
    assert run("drift", *FILES).status == 1


def test_what_was_taken_out_of_a_plan_does_not_come_back(run, tmp_path):
    run("import", *FILES)
    path = tmp_path / "plans" / "meridian-foods.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("opportunities:")], encoding="utf-8")
    before = path.read_bytes()
    answer = run("import", *FILES)
    assert path.read_bytes() == before
    line = "opportunity: opportunities.cold-stores was taken out of plans/meridian-foods.yaml; it stays out (Opportunity.csv, row 2)"
    assert f"  {line}" in answer.err.splitlines()
    run("import", *FILES, "--match", "Cold stores=new")
    assert "cold-stores:" in path.read_text(encoding="utf-8")


def test_the_imported_book_can_be_checked_and_ranked(run):
    run("import", "salesforce", *FILES)
    assert run("check", "--fail-on", "error").status == 0
    assert "cold-stores" in run("rank").out


def test_numbers_with_dozens_of_decimals_do_not_cost_the_account(run, tmp_path):
    row = "006A000000aaaaaIAA,001A000000aaaaaIAA,Cold stores,Prospecting,999999999999999.123456789012345,33.33333333333333333333333333\n"
    path = tmp_path / "Opportunity.csv"
    path.write_text("Id,AccountId,Name,StageName,Amount,Probability\n" + row, encoding="utf-8")
    assert run("import", "salesforce", "Account.csv", "Opportunity.csv").status == 0
    text = (tmp_path / "plans" / "meridian-foods.yaml").read_text(encoding="utf-8")
    assert "value: 999_999_999_999_999.1235\n" in text
    assert "probability: 0.333333\n" in text
    assert "nothing to write" in run("import", "salesforce", "Account.csv", "Opportunity.csv").err


class TestFixOfSeveralPlans:
    """`check --fix` writes plan by plan."""

    def test_one_that_cannot_be_written_does_not_stop_the_others(self, run, tmp_path):
        (tmp_path / "plans").mkdir()
        paths = [tmp_path / "plans" / name for name in ("a.yaml", "b.yaml", "c.yaml")]
        for path in paths:
            path.write_text("profile: {name: X}\ncontacts:\n  ann: {name: A, stance: Neutral}\n", encoding="utf-8")
        paths[1].chmod(0o444)
        answer = run("check", "--fix")
        assert ["stance: neutral" in path.read_text(encoding="utf-8") for path in paths] == [True, False, True]
        said = answer.err.splitlines()
        assert said[:2] == ["mended plans/a.yaml", "  line 3: stance Neutral → neutral"]
        assert "mended plans/c.yaml" in said
        assert not any(line.startswith("mended plans/b.yaml") for line in said)
        assert any(line.startswith("could not mend plans/b.yaml: ") for line in said)
        assert answer.status == 1


def test_headers_in_another_language_are_known_by_the_settings(run, tmp_path):
    (tmp_path / "Deals.csv").write_text(
        "Geschäft - Titel,Geschäft - Wert,Geschäft - Status,Organisation\nCold stores,5000,Offen,Halden Rail\n", encoding="utf-8"
    )
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "halden.yaml").write_text("profile: {name: Halden Rail}\n", encoding="utf-8")
    assert "nobody knows where Deals.csv is from" in run("import", "Deals.csv").err
    refused = run("import", "pipedrive", "Deals.csv")
    assert "none of these files is" in refused.err
    assert 'below [import.pipedrive.columns] of acctplan.toml: "Geschäft - Titel" = "…"\n' in refused.err
    (tmp_path / "acctplan.toml").write_text(
        '[import.pipedrive.columns]\n"Geschäft - Titel" = "Deal - Title"\n"Geschäft - Wert" = "Deal - Value"\n'
        '"Geschäft - Status" = "Deal - Status"\n"Organisation" = "Organization"\n[import.pipedrive.statuses]\n"Offen" = "open"\n',
        encoding="utf-8",
    )
    assert run("import", "Deals.csv").status == 0
    assert "value: 5000" in (tmp_path / "plans" / "halden.yaml").read_text(encoding="utf-8")


WORDS = (
    "Id,AccountId,Name,StageName,Type,Amount,CloseDate\n"
    "006A000000aaaaaIAA,001A000000aaaaaIAA,Cold stores,Legal,Standard,420000,2027-01-31\n"
)


def test_words_that_say_nothing_can_be_silenced(run, tmp_path):
    (tmp_path / "Account.csv").write_text("Id,Name,Ownership\n001A000000aaaaaIAA,Meridian Foods,Guild\n", encoding="utf-8")
    (tmp_path / "Opportunity.csv").write_text(WORDS, encoding="utf-8")
    roles = "Id,OpportunityId,ContactId,Role\n00KA000000aaaaaIAA,006A000000aaaaaIAA,003A000000aaaaaIAA,Other\n"
    (tmp_path / "OpportunityContactRole.csv").write_text(roles, encoding="utf-8")
    files = (*FILES, "OpportunityContactRole.csv")
    asked = run("import", *files, "--diff")
    for table, word in (("stages", "Legal"), ("kinds", "Standard"), ("roles", "Other"), ("ownerships", "Guild")):
        assert f"  [import.salesforce.{table}]\n" in asked.err
        assert f'  "{word}" = "…"  # row 2\n' in asked.err
    assert '  # each is one of public, private, subsidiary, government, other, or "" if it says nothing\n' in asked.err
    settings = '[import.salesforce]\nstages = {Legal = ""}\nkinds = {Standard = ""}\nroles = {Other = ""}\nownerships = {Guild = ""}\n'
    (tmp_path / "acctplan.toml").write_text(settings, encoding="utf-8")
    silent = run("import", *files)
    assert (silent.status, "Words of Salesforce" in silent.err, "names no currency" in silent.err) == (0, False, True), silent.err
    text = (tmp_path / "plans" / "meridian-foods.yaml").read_text(encoding="utf-8")
    assert not any(each in text for each in ("stage:", "kind:", "role:", "ownership:"))
    assert "status: open" in text
    (tmp_path / "acctplan.toml").write_text(settings.replace('Guild = ""', 'Guild = "private"'), encoding="utf-8")
    run("import", *files)
    assert "ownership: private" in (tmp_path / "plans" / "meridian-foods.yaml").read_text(encoding="utf-8")


def test_a_status_that_says_nothing_leaves_it_to_the_stage(run, tmp_path):
    (tmp_path / "deals.csv").write_text("A,D,S,P\nHalden Rail,Signals,Active,Won\nHalden Rail,Tracks,Active,\n", encoding="utf-8")
    columns = (
        '[import.own.columns]\nA = "account.name"\nD = "opportunity.name"\nS = "opportunity.status"\nP = "opportunity.stage"\n'
        '[import.own.statuses]\nActive = ""\n'
    )
    (tmp_path / "acctplan.toml").write_text(columns, encoding="utf-8")
    answer = run("import", "deals.csv", "--new")
    text = (tmp_path / "plans" / "halden-rail.yaml").read_text(encoding="utf-8")
    assert [text.count(each) for each in ("status: won", "status: open")] == [1, 1]
    assert "the status" not in answer.err, answer.err


def test_files_of_one_name_are_called_by_where_they_differ(run, tmp_path):
    for folder in ("east", "west"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Account.csv").write_text(ACCOUNTS, encoding="utf-8")
    answer = run("import", tmp_path / "east/Account.csv", "west/Account.csv")
    assert "  account: its id stands in east/Account.csv already (west/Account.csv, rows 2, 3)" in answer.err.splitlines()


@pytest.mark.parametrize("columns", [60, 80])
def test_on_a_terminal_lines_are_broken_between_words_and_what_is_to_be_copied_is_not(run, tmp_path, terminal, columns):
    stage = "Waiting for the signatures of both of their boards of directors"
    (tmp_path / "Opportunity.csv").write_text(DEALS.replace("Proposal/Price Quote", stage), encoding="utf-8")
    terminal(columns)
    lines = run("import", *FILES, "--diff").err.splitlines()
    assert f'  "{stage}" = "…"  # row 2' in lines
    talk = [line for line in lines if not line.lstrip().startswith(('"', "[", "#")) and "\x1b" not in line]
    assert max(map(len, talk)) <= columns
    assert "Words of Salesforce that no plan knows; say in acctplan.toml what they mean, then import again:" not in lines


def test_figures_that_name_another_company_are_the_plans_that_was_named(run, tmp_path):
    def fact(year: int, value: int) -> dict[str, object]:
        filed = {"accn": f"0000000077-{year}-000001", "fy": year, "fp": "FY", "form": "10-K", "filed": f"{year + 1}-02-20"}
        return {"start": f"{year}-01-01", "end": f"{year}-12-31", "val": value, **filed}

    figures = {"Revenues": {"units": {"USD": [fact(2024, 900), fact(2025, 1000)]}}}
    said = {"cik": 77, "entityName": "Global Holdings Corp", "facts": {"us-gaap": figures}}
    (tmp_path / "CIK0000000077.json").write_text(json.dumps(said), encoding="utf-8")
    (tmp_path / "plans").mkdir()
    path = tmp_path / "plans" / "meridian.yaml"
    path.write_text("profile:\n  name: Meridian Foods\n  currency: USD\n", encoding="utf-8")
    assert "import the company's submissions too" in run("import", "CIK0000000077.json").err
    answer = run("import", "CIK0000000077.json", "--plan", "meridian")
    assert "  plans/meridian.yaml: 2 years' figures added" in answer.err.splitlines()
    assert "revenue: 1000" in path.read_text(encoding="utf-8")


def test_a_bar_is_shown_to_people_only(run, plan, tmp_path, terminal):
    assert "reading the plans" not in run("import", *FILES, "--diff").err
    for number in range(40):
        plan(f"profile: {{name: Account {number}}}\n", f"account-{number}")
    terminal(80)
    assert "reading the plans" in run("import", *FILES, "--diff").err
