"""`acctplan import --map`: what the columns of a table mean is proposed, asked for, and kept."""

from __future__ import annotations

import pytest

from acctplan.config import parse
from terminals import answer, end, spawn

PIPELINE = (
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
    "A1,Moses Frase,Plus,Cancity,Won,2016-10-20,2017-03-01,1054\nB2,Darcel Schlecht,Pro,Isdom,Prospecting,2016-10-25,,\n"
)
ACCOUNTS = "account,sector,employees\nCancity,retail,2822\nIsdom,medical,495\n"
SETTINGS = '# ours\ncurrency = "USD"  # stays\n'
NAMED = ("--set", "product=opportunity.name")


@pytest.fixture(autouse=True)
def _files(tmp_path):
    for name, text in {"acctplan.toml": SETTINGS, "pipeline.csv": PIPELINE, "accounts.csv": ACCOUNTS}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")


@pytest.fixture
def settings(tmp_path):
    return lambda: (tmp_path / "acctplan.toml").read_text(encoding="utf-8")


def test_a_file_that_nobody_knows_is_imported_once_its_columns_are_explained(run, tmp_path, settings):
    unknown = run("import", "pipeline.csv")
    assert (unknown.status, "acctplan import --map FILE" in unknown.err) == (2, True)
    made = run("import", "--map", "pipeline.csv", "--as", "maven", *NAMED)
    assert (made.status, made.err.splitlines()) == (
        0,
        ["wrote acctplan.toml", "to see what it brings: acctplan import maven pipeline.csv --diff"],
    )
    assert "product\tPlus\topportunity.name\tyou say so" in made.out.splitlines()
    assert (
        "sales_agent\tMoses Frase\tnothing\tit says who of yours it belongs to; a plan names that in its profile" in made.out.splitlines()
    )
    assert run("import", "--map", "accounts.csv", "--as", "maven").status == 0
    assert settings().startswith(SETTINGS)
    assert parse(settings()).imports["maven"].columns == {
        "opportunity_id": "opportunity.id",
        "product": "opportunity.name",
        "account": "account.name",
        "deal_stage": "opportunity.stage",
        "close_date": "opportunity.close_date",
        "close_value": "opportunity.value",
        "sector": "account.industry",
        "employees": "account.employees",
    }
    for words in (("pipeline.csv", "accounts.csv"), ("csv", "pipeline.csv", "accounts.csv"), ("maven", "pipeline.csv", "accounts.csv")):
        answered = run("import", *words)
        assert answered.status == 0, answered.err
    assert sorted(path.name for path in (tmp_path / "plans").iterdir()) == ["cancity.yaml", "isdom.yaml"]
    assert "crm: {maven: A1}" in (tmp_path / "plans" / "cancity.yaml").read_text(encoding="utf-8")
    assert "nothing to write" in answered.err
    assert run("drift", "maven", "pipeline.csv", "accounts.csv").status == 0


def test_diff_shows_the_settings_and_writes_nothing(run, settings):
    answered = run("import", "--map", "pipeline.csv", *NAMED, "--diff")
    assert "+[import.pipeline.columns]\n" in answered.out
    assert (settings(), answered.err) == (SETTINGS, "nothing was written: leave out --diff to write acctplan.toml\n")


def test_a_second_time_there_is_nothing_to_write(run, settings):
    run("import", "--map", "accounts.csv")
    before = settings()
    assert run("import", "--map", "accounts.csv").err.startswith("nothing to write: it is all there\n")
    assert settings() == before


def test_what_is_kept_of_a_source_counts_as_said(run, settings, tmp_path):
    assert run("import", "--map", "pipeline.csv", "--as", "maven", *NAMED, "--set", "opportunity_id=-").status == 0
    (tmp_path / "pipeline.csv").write_text(PIPELINE.replace("sales_agent", "Opportunity Name"), encoding="utf-8")
    again = run("import", "--map", "pipeline.csv", "--as", "maven")
    assert again.status == 0, again.err
    assert "product\tPlus\topportunity.name\tacctplan.toml says so" in again.out.splitlines()
    assert "Opportunity Name\tMoses Frase\tnothing\tproduct says opportunity.name already" in again.out.splitlines()
    assert parse(settings()).imports["maven"].columns["opportunity_id"] == "opportunity.id"


def test_the_order_of_dates_that_is_kept_counts_as_said(run, tmp_path):
    (tmp_path / "deals.csv").write_text("Deal,Stage,Close date\nCold,Prospecting,02/03/2027\n", encoding="utf-8")
    assert run("import", "--map", "deals.csv", "--date-format", "d/m/y").status == 0
    assert run("import", "--map", "deals.csv").status == 0


def test_on_a_terminal_what_is_kept_is_not_asked_again(run, tmp_path):
    assert run("import", "--map", "accounts.csv", "--as", "maven", "--set", "employees=-").status == 0
    child = spawn(tmp_path, "import", "--map", "accounts.csv", "--as", "maven")
    answer(child, "employees? [account.employees]", "-")
    assert end(child)[0] == 0


def test_without_settings_they_are_made(run, tmp_path, settings):
    (tmp_path / "acctplan.toml").unlink()
    (tmp_path / "plans").mkdir()
    assert run("import", "--map", "accounts.csv", "--as", "own-list").status == 0
    assert parse(settings()).imports["own-list"].columns["sector"] == "account.industry"


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (
            ("pipeline.csv",),
            "no column is sure to be opportunity.name, and without it",
            "say which it is: --set 'product=opportunity.name'",
        ),
        (("pipeline.csv", *NAMED, "--set", "acount=-"), "--set acount=-: pipeline.csv has no column acount", "did you mean account?"),
        (("pipeline.csv", "--set", "product=opportunity.nam"), "there is no field opportunity.nam", "did you mean opportunity.name?"),
        (("pipeline.csv", "--set", "product"), "--set product: a column and its field are wanted", "such as --set"),
        (
            ("pipeline.csv", *NAMED, "--set", "engage_date=opportunity.close_date"),
            "engage_date and close_date are both taken for opportunity.close_date",
            "leave one out: --set 'close_date=-'",
        ),
        (("accounts.csv", "pipeline.csv"), "--map looks at one file at a time, and 2 were named", "acctplan import --map FILE"),
        (("accounts.csv", "--as", "salesforce"), "salesforce is the name of a source that acctplan knows", "--as NAME"),
        (("accounts.csv", "--as", "csv"), "csv is the name of a source that acctplan knows", "--as NAME"),
        (("accounts.csv", "--as", "Our CRM"), "--as Our CRM: a name of lower-case letters", "such as --as our-crm"),
        (("none.csv",), "none.csv: cannot be read: ", "check the path"),
    ],
)
def test_what_cannot_be_kept_is_refused(run, settings, arguments, message, hint):
    answered = run("import", "--map", *arguments)
    assert (answered.status, message in answered.err, hint in answered.err) == (2, True, True), answered.err
    assert settings() == SETTINGS


def test_dates_that_do_not_tell_their_order_are_asked_for(run, tmp_path, settings):
    (tmp_path / "deals.csv").write_text("Deal,Stage,Close date\nCold,Prospecting,02/03/2027\n", encoding="utf-8")
    refused = run("import", "--map", "deals.csv")
    assert (refused.status, "--date-format d/m/y" in refused.err) == (2, True)
    assert run("import", "--map", "deals.csv", "--date-format", "d/m/y").status == 0
    assert parse(settings()).imports["deals"].date_format == "d/m/y"


@pytest.mark.parametrize(("options", "day"), [((), "2027-03-02"), (("--date-format", "m/d/y"), "2027-02-03")])
@pytest.mark.parametrize(
    ("settings_text", "header"),
    [
        ('[import.salesforce]\ndate_format = "d/m/y"\n', "Account Name,Opportunity Name,Stage,Close Date"),
        (
            (
                '[import.x]\ndate_format = "d/m/y"\n'
                '[import.x.columns]\nA = "account.name"\nB = "opportunity.name"\nD = "opportunity.close_date"\n'
            ),
            "A,B,C,D",
        ),
    ],
    ids=["a CRM that is known", "a source of one's own"],
)
def test_the_settings_say_the_order_of_dates_and_whoever_types_goes_first(run, tmp_path, settings_text, header, options, day):
    (tmp_path / "acctplan.toml").write_text(settings_text, encoding="utf-8")
    (tmp_path / "deals.csv").write_text(f"{header}\nAcme,Cold,Prospecting,02/03/2027\n", encoding="utf-8")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "acme.yaml").write_text("acctplan: 1\nprofile: {name: Acme}\n", encoding="utf-8")
    assert run("import", "deals.csv", *options).status == 0
    assert f"close_date: {day}" in (tmp_path / "plans" / "acme.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [("--as", "x"), NAMED])
def test_what_only_a_map_takes_is_refused_without_one(run, options):
    answered = run("import", "accounts.csv", *options)
    assert (answered.status, "go with --map" in answered.err) == (2, True)


def test_a_crm_that_is_known_goes_before_a_source_of_ones_own(run, tmp_path):
    (tmp_path / "acctplan.toml").write_text('[import.x.columns]\nName = "account.name"\nIndustry = "account.industry"\n', encoding="utf-8")
    (tmp_path / "Account.csv").write_text("Id,Name,Industry\n001A000000aaaaaIAA,Acme,Food\n", encoding="utf-8")
    assert run("import", "Account.csv").status == 0
    assert "crm: {salesforce: 001A000000aaaaaIAA}" in (tmp_path / "plans" / "acme.yaml").read_text(encoding="utf-8")


def test_a_field_in_the_settings_that_there_is_not_is_told(run, tmp_path):
    (tmp_path / "acctplan.toml").write_text('[import.x.columns]\naccount = "account.nmae"\n', encoding="utf-8")
    answered = run("import", "accounts.csv")
    assert (answered.status, "there is no field account.nmae" in answered.err) == (2, True)


def test_headers_in_another_language_are_read_as_the_settings_say(run, tmp_path):
    (tmp_path / "Deals.csv").write_text("Deal - Titel,Organisation\nCold,Acme\n", encoding="utf-8")
    text = '[import.pipedrive.columns]\n"Deal - Titel" = "Deal - Title"\nOrganisation = "Organization"\n'
    (tmp_path / "acctplan.toml").write_text(text, encoding="utf-8")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "acme.yaml").write_text("acctplan: 1\nprofile: {name: Acme}\n", encoding="utf-8")
    answered = run("import", "pipedrive", "Deals.csv")
    assert answered.status == 0, answered.err
    assert "name: Cold" in (tmp_path / "plans" / "acme.yaml").read_text(encoding="utf-8")


def test_on_a_terminal_each_column_is_asked_for(tmp_path, settings):
    child = spawn(tmp_path, "import", "--map", "pipeline.csv", "--as", "maven")
    child.expect_exact("Enter takes what is proposed")
    child.expect_exact("opportunity_id: A1; B2. The header says so.")
    answer(child, "opportunity_id? [opportunity.id]", "")
    answer(child, "sales_agent? [nothing]", "")
    answer(child, "product? [opportunity.name]", "oportunity.name")
    child.expect_exact("no field oportunity.name; did you mean opportunity.name?")
    answer(child, "product? [opportunity.name]", "opportunity.name")
    for column in ("account", "deal_stage", "engage_date"):
        answer(child, f"{column}? [", "")
    answer(child, "close_date? [", "-")
    answer(child, "close_value? [", "")
    assert end(child)[0] == 0
    assert list(parse(settings()).imports["maven"].columns) == ["opportunity_id", "product", "account", "deal_stage", "close_value"]
