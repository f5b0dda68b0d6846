"""vCards of every version, as phones and mail programs write them."""

from __future__ import annotations

from datetime import date

import pytest
from exports import Book, whats
from hypothesis import example, given
from hypothesis import strategies as st

from acctplan.errors import UserError
from acctplan.importers import ALL, Options, Outcome
from acctplan.importers.records import NOBODY, Link
from paths import shared

(IMPORTER,) = [each for each in ALL if each.system.key == "vcard"]
TODAY = date(2026, 6, 1)


def card(*lines, version="3.0", name="Lena Vos"):
    """The text of a card; `name` None: the lines say."""
    named = [] if name is None else [f"FN:{name}"]
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *named, *lines, "END:VCARD", ""])


def extract(*contents, today=TODAY):
    files = [(f"cards-{number}.vcf", each.encode() if isinstance(each, str) else each) for number, each in enumerate(contents, 1)]
    return IMPORTER.extract(files, Options(today=today))


def contact(*lines, **terms):
    (only,) = extract(card(*lines, **terms)).contacts
    return only


@pytest.mark.parametrize(
    "start",
    [
        b"BEGIN:VCARD\r\n",
        b"begin:vcard\n",
        b"BEGIN:vCard\r",
        b"\xef\xbb\xbfBEGIN:VCARD\r\n",
        b"\n\n BEGIN : VCARD \n",
        "BEGIN:VCARD\n".encode("utf-16"),
        "BEGIN:VCARD\n".encode("utf-16-be"),
    ],
)
def test_a_card_is_told_by_its_first_line(start):
    assert IMPORTER.sniff("any", start)


@pytest.mark.parametrize(
    "start", [b"", b"BEGIN:VCALENDAR\n", b"BEGIN:VCARDS\n", b"First Name,Last Name\n", b'{"cik": 1}', b"\xff\xfe", b"\0\0"]
)
def test_other_files_are_not_taken_for_one(start):
    assert not IMPORTER.sniff("cards.vcf", start)
    assert IMPORTER.identify(("BEGIN", "VCARD"), "cards.vcf") is None
    with pytest.raises(UserError):
        extract(start)


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_version_line_end_and_encoding(version, end, encoding):
    text = card(
        "N:Łęcka;Anna;;;", "ORG:Meridian Foods;Plant 4", "TITLE:Head of IT", "NOTE:Müller knows", version=version, name="Anna Łęcka"
    )
    (anna,) = extract(text.replace("\r\n", end).encode(encoding)).contacts
    assert (anna.name, anna.title, anna.notes) == ("Anna Łęcka", "Head of IT", "Müller knows")
    assert (anna.account, anna.id, anna.source.row) == (Link(name="Meridian Foods"), None, 1)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:Vos;Lena;Maria;Dr.;"], "Lena Maria Vos"),
        (["FN:Dr. Lena Vos", "N:Vos;Lena;;;"], "Dr. Lena Vos"),
        (["FN:", "N:Vos;;;;"], "Vos"),
        (["FN:Vos, Lena"], "Vos, Lena"),
        (["FN:Vos\\, Lena"], "Vos, Lena"),
        (["FN:  Lena\tVos "], "Lena Vos"),
        (["item1.FN:Lena Vos"], "Lena Vos"),
        (["fn;language=en:Lena Vos"], "Lena Vos"),
        (["N:Richter\\, James;John"], "John Richter, James"),
        (["N:van der Vos;Lena,Anna;Maria,Eva"], "Lena,Anna Maria Eva van der Vos"),
    ],
)
def test_names(lines, name):
    assert contact(*lines, name=None).name == name


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["EMAIL:a@x.example"], "it has no name"),
        (["FN:", "N:;;;;"], "it has no name"),
        (["FN:Board", "KIND:group", "MEMBER:urn:uuid:1"], "it is a list of people, not a person"),
        (["FN:Board", "X-ADDRESSBOOKSERVER-KIND:group"], "it is a list of people, not a person"),
        (["FN:Meridian", "ORG:Meridian", "X-ABShowAs:COMPANY"], "it is a company's card, not a person's"),
        (["FN:Meridian", "KIND:org"], "it is a company's card, not a person's"),
    ],
)
def test_cards_of_nobody_are_skipped(lines, reason):
    found = extract(card(*lines, name=None) + card())
    assert [(skipped.source.row, skipped.reason) for skipped in found.skipped] == [(1, reason)]
    assert [each.source.row for each in found.contacts] == [2]
    assert found.files[0].rows == 2


@pytest.mark.parametrize(
    ("version", "lines", "notes"),
    [
        ("3.0", ["NOTE:one\\ntwo\\, three\\; four \\\\ five", " and six"], "one\ntwo, three; four \\ fiveand six"),
        ("4.0", ["NOTE:one\\Ntwo", "\t three"], "one\ntwo three"),
        ("3.0", ['NOTE:He said \\"yes\\", http\\://x.example'], 'He said "yes", http://x.example'),
        ("3.0", ["NOTE:C:\\temp"], "C:\\temp"),
        ("3.0", ["NO", " TE:folded name"], "folded name"),
        ("3.0", ["NOTE:a;b;c"], "a;b;c"),
        ("3.0", ["NOTE:one", "NOTE:two", "NOTE:"], "one\n\ntwo"),
        ("2.1", ["NOTE:C:\\new; and\\; more", " folded at a blank"], "C:\\new; and; more folded at a blank"),
        ("2.1", ["NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=", "two =3D 2"], "one\ntwo = 2"),
        ("2.1", ["NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BC=", "ller; =C3=", "=A9t=C3=A9"], "Müller; été"),
        ("2.1", ["NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller"], "Müller"),
        ("2.1", ["NOTE;ENCODING=QUOTED-PRINTABLE:cut off="], "cut off"),
        ("2.1", ["NOTE;CHARSET=no-such;ENCODING=QUOTED-PRINTABLE:M=C3=BCller"], "Müller"),
        ("2.1", ["NOTE;CHARSET=punycode;ENCODING=QUOTED-PRINTABLE:M=C3=BCller"], "Müller"),
        ("2.1", ["NOTE;CHARSET=unicode_escape;ENCODING=QUOTED-PRINTABLE:=5Cx41"], "\\x41"),
        ("3.0", ["NOTE;ENCODING=QUOTED-PRINTABLE:M=C3=BCller"], "Müller"),
        ("4.0", ['NOTE;X="a:b;c":said'], "said"),
        ("4.0", ["NOTE;X=^'a^n^^:said"], "said"),
        ("4.0", ['NOTE;X="never closed:said'], "said"),
    ],
)
def test_escapes_folds_and_quoted_printable(version, lines, notes):
    assert contact(*lines, version=version).notes == notes


def test_text_in_an_encoding_that_a_line_says():
    latin = card("TITLE;CHARSET=ISO-8859-1:Geschäftsführer", "NOTE:Größe", version="2.1", name="Jörg").encode("latin-1")
    found = extract(latin)
    assert (found.contacts[0].name, found.contacts[0].title, found.contacts[0].notes) == ("Jörg", "Geschäftsführer", "Größe")
    assert whats(found) == ["some letters are neither in the encoding that the card says nor in UTF-8"]


def test_in_utf_16_no_line_is_in_an_encoding_of_its_own():
    (only,) = extract(card("TITLE;CHARSET=ISO-8859-1:Geschäftsführer", version="2.1").encode("utf-16")).contacts
    assert only.title == "Geschäftsführer"


def test_utf_8_that_was_cut_inside_a_letter_loses_that_letter():
    (only,) = extract(card("NOTE:äöü").encode().replace("ü".encode(), b"\xc3")).contacts
    assert only.notes == "äö\ufffd"


@pytest.mark.parametrize(
    "photo",
    [
        ["PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", " SkZJ:RgAB=="],
        ["PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ", " SkZJRgAB==", ""],
        ["PHOTO;JPEG;ENCODING=BASE64:/9j/4AAQ", "SkZJRgAB==", "SkZJRgAB=="],
        ["PHOTO;BASE64:", "  /9j/4AAQ", "  SkZJRgAB=="],
        ["PHOTO:data:image/jpeg;base64,/9j/4AAQ"],
        ["LOGO;VALUE=uri:https://x.example/logo.png"],
    ],
)
def test_pictures_are_passed_over(photo):
    found = extract(card(*photo, "TITLE:Head of IT", version="2.1"))
    assert [(each.name, each.title) for each in found.contacts] == [("Lena Vos", "Head of IT")]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("lines", "email"),
    [
        (["EMAIL:a@x.example"], "a@x.example"),
        (["EMAIL;TYPE=HOME:a@x.example", "EMAIL;TYPE=WORK:b@x.example"], "b@x.example"),
        (["EMAIL;TYPE=INTERNET,HOME,PREF:a@x.example", "EMAIL;TYPE=INTERNET:b@x.example"], "b@x.example"),
        (["EMAIL;INTERNET:a@x.example", "EMAIL;PREF;INTERNET:b@x.example"], "b@x.example"),
        (["EMAIL;PREF=2:a@x.example", "EMAIL;PREF=1:b@x.example"], "b@x.example"),
        (["EMAIL;PREF=none:a@x.example", "EMAIL;PREF=100:b@x.example"], "b@x.example"),
        (["EMAIL:", "EMAIL: mailto:b@x.example"], "b@x.example"),
        (["EMAIL;TYPE=HOME:a@x.example"], "a@x.example"),
        ([], None),
    ],
)
def test_of_several_e_mails_that_of_work(lines, email):
    assert contact(*lines).email == email


@pytest.mark.parametrize(
    ("lines", "phone"),
    [
        (["TEL;TYPE=HOME:1", "TEL;TYPE=CELL:2", "TEL;TYPE=WORK:3"], "3"),
        (["TEL;WORK;FAX:1", "TEL;CELL:2"], "2"),
        (["TEL;TYPE=PAGER:1"], None),
        (["item1.TEL:1", "item1.X-ABLabel:_$!<AssistantPhone>!$_", "TEL:2"], "2"),
        (['TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-656-9254;ext=102'], "+1-418-656-9254 ext. 102"),
        (["TEL;VALUE=uri:tel:%2B49-30-1"], "+49-30-1"),
        (["TEL;TYPE=work:+49 (30) 123-4"], "+49 (30) 123-4"),
        (["TEL: - "], None),
    ],
)
def test_of_several_numbers_that_of_work_and_never_a_fax(lines, phone):
    assert contact(*lines).phone == phone


def test_more_than_a_plan_takes_is_noted_once_a_card():
    found = extract(card("EMAIL:a@x.example", "EMAIL:b@x.example", "TEL:1", "TEL:1"))
    assert whats(found) == ["a card has several e-mails, and a plan one: that of work, or else the preferred one, was taken"]


@pytest.mark.parametrize(
    ("lines", "account"),
    [
        (["ORG:Meridian Foods;Plant 4;Line 2"], Link(name="Meridian Foods")),
        (["ORG:Meridian\\; Foods\\, Inc."], Link(name="Meridian; Foods, Inc.")),
        (["ORG;ENCODING=QUOTED-PRINTABLE:Meridian=3B Foods;Plant"], Link(name="Meridian; Foods")),
        (["ORG:Old", "ORG;TYPE=work:Meridian"], Link(name="Meridian")),
        (["EMAIL:lena@Meridian.example"], Link(domain="meridian.example")),
        (["ORG:Meridian", "EMAIL;TYPE=work:lena@meridian.example"], Link(name="Meridian", domain="meridian.example")),
        (["ORG:Meridian", "EMAIL;TYPE=home:lena@vos.example"], Link(name="Meridian")),
        (["EMAIL:lena@gmail.com"], NOBODY),
        (["EMAIL:lena@yahoo.co.uk"], NOBODY),
        (["ORG:;Plant 4"], NOBODY),
        (["URL:https://www.meridian.example"], NOBODY),
        ([], NOBODY),
    ],
)
def test_whose_contact_it_is(lines, account):
    assert contact(*lines, version="2.1").account == account


@pytest.mark.parametrize(
    ("lines", "title"),
    [(["TITLE:CFO", "ROLE:Finance"], "CFO"), (["ROLE:Finance"], "Finance"), (["TITLE:", "ROLE:Finance"], "Finance"), ([], None)],
)
def test_titles(lines, title):
    assert contact(*lines).title == title


@pytest.mark.parametrize(
    ("lines", "manager"),
    [
        (["X-MS-MANAGER:Tom Ward"], Link(name="Tom Ward")),
        (["X-EVOLUTION-MANAGER:Tom Ward"], Link(name="Tom Ward")),
        (["item1.X-ABRELATEDNAMES;type=pref:Tom Ward", "item1.X-ABLabel:_$!<Manager>!$_"], Link(name="Tom Ward")),
        (["item1.X-ABLabel:Manager", "item1.X-ABRELATEDNAMES:Tom Ward"], Link(name="Tom Ward")),
        (["item1.X-ABRELATEDNAMES:Tom Ward", "item1.X-ABLabel:_$!<Assistant>!$_"], None),
        (["X-ABRELATEDNAMES:Tom Ward"], None),
        (["X-MS-ASSISTANT:Tom Ward"], None),
        (["RELATED;TYPE=manager;VALUE=text:Tom Ward"], Link(name="Tom Ward")),
        (["RELATED;TYPE=x-manager:mailto:tom%40x.example"], Link(email="tom@x.example")),
        (["RELATED;TYPE=manager:urn:uuid:f81d4fae"], Link(name="Eva Brandt")),
        (["RELATED;TYPE=manager:urn:uuid:nobody"], None),
        (["RELATED;TYPE=co-worker;VALUE=text:Tom Ward"], None),
    ],
)
def test_whom_somebody_reports_to(lines, manager):
    lena, _ = extract(card(*lines, version="4.0") + card("UID:f81d4fae", name="Eva Brandt")).contacts
    assert lena.reports_to == manager


@pytest.mark.parametrize(
    ("rev", "as_of"),
    [
        ("2024-03-05T13:32:54Z", date(2024, 3, 5)),
        ("20240305T131933Z", date(2024, 3, 5)),
        ("2024-03-05", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("2024-02-30", None),
        ("yesterday", None),
        ("--0305", None),
        ("2030-01-01", None),
    ],
)
def test_the_day_of_a_card(rev, as_of):
    found = extract(card(f"REV:{rev}"))
    assert found.contacts[0].as_of == as_of
    assert bool(found.notes) == (as_of is None)


def test_an_assistant_s_card_inside_a_card_is_not_a_contact():
    inner = ["AGENT:", "BEGIN:VCARD", "VERSION:2.1", "FN:Assistant", "TITLE:Assistant", "END:VCARD"]
    found = extract(card(*inner, "TITLE:CFO", version="2.1") + card(name="Tom Ward"))
    assert [(each.name, each.title) for each in found.contacts] == [("Lena Vos", "CFO"), ("Tom Ward", None)]


def test_a_card_that_was_cut_off_is_read_as_far_as_it_goes():
    cut = card("TITLE:CFO").replace("END:VCARD\r\n", "")
    found = extract(cut + card(name="Tom Ward") + cut)
    assert [(each.name, each.title) for each in found.contacts] == [("Lena Vos", "CFO"), ("Tom Ward", None), ("Lena Vos", "CFO")]
    assert whats(found) == ["the card has no end; what there is of it was read"] * 2


def test_a_line_that_is_too_long_for_words_costs_nothing_else():
    found = extract(card("NOTE:" + "x" * (1 << 20) + "x", "TITLE:CFO"), card("ORG:" + ";" * 1000))
    assert [(each.title, each.notes) for each in found.contacts] == [("CFO", None), (None, None)]


def test_lines_that_cannot_be_read_cost_nothing_else():
    found = extract(card("no colon", "b@d name:x", "TITLE:CFO", "<html>"))
    assert found.contacts[0].title == "CFO"
    assert whats(found) == ["some lines of the card cannot be read; left out"]


def test_what_is_not_read_is_counted():
    found = extract(card("BDAY:--0203", "ADR:;;Street;City", "X-OWN:1", "ORG:Meridian;Plant 4") + card("ADR:x", "ADR:y"))
    assert [(column.name, column.filled) for column in found.unused] == [("BDAY", 1), ("ADR", 2), ("ORG (department)", 1)]


def test_one_file_of_several_is_no_card():
    found = extract(card(), "Name,Title\nLena,CFO\n")
    assert [(file.kind, bool(file.reason)) for file in found.files] == [("contact", False), (None, True)]


def test_a_file_that_goes_on_as_something_else_is_refused():
    with pytest.raises(UserError, match="UTF-16"):
        extract(card().encode("utf-16") + b"\x00\xd8")


LINES = st.sampled_from(
    [
        *(
            "BEGIN:VCARD",
            "END:VCARD",
            "VERSION:2.1",
            "VERSION:4.0",
            "FN:Lena",
            "N:;;",
            " folded",
            "\tfolded",
            "",
            ":",
            ";:",
            "AGENT:",
            "REV:1",
        ),
        *("NOTE;ENCODING=QUOTED-PRINTABLE:=C3=", "=B", "PHOTO;BASE64:", "item1.X-ABLabel:_$!<Manager>!$_", "item1.X-ABRELATEDNAMES:x", '"'),
        *(
            "FN;CHARSET=utf-16:x",
            "FN;CHARSET=iso-2022-jp:\x1b$B",
            "RELATED;TYPE=manager:mailto:",
            "EMAIL:@",
            "TEL:tel:;ext=",
            "ORG:;",
            "ORG:\\",
        ),
    ]
)


@example(b"\\")
@given(st.one_of(st.binary(max_size=200), st.lists(LINES, max_size=30).map(lambda lines: "\n".join(lines).encode())))
def test_damage_is_never_worse_than_a_refusal(damage):
    text = card("ORG:Meridian", "NOTE;ENCODING=QUOTED-PRINTABLE:a=", "b").encode()
    for broken in (damage, b"BEGIN:VCARD\n" + damage, text[:60] + damage + text[60:]):
        try:
            found = extract(broken)
        except UserError:
            continue
        assert sum(file.rows for file in found.files) == len(found.contacts) + len(found.skipped)


def test_a_second_import_changes_nothing():
    book = Book({"plans/meridian.yaml": "acctplan: 1\n\nprofile:\n  name: Meridian Foods\n"})
    export = extract(
        card("ORG:Meridian Foods GmbH", "TITLE:CIO", "X-MS-MANAGER:Tom Ward", "REV:2026-01-02")
        + card("ORG:Meridian Foods", name="Tom Ward")
    )
    assert book.bring_in(export, today=TODAY).counts[Outcome.NEW] == 2
    contacts = book.data("plans/meridian.yaml")["contacts"]
    assert contacts["lena-vos"]["reports_to"] == "tom-ward"
    assert contacts["lena-vos"]["title"] == "CIO"
    before = dict(book.texts)
    assert book.bring_in(export, today=TODAY).counts[Outcome.SAME] == 2
    assert book.texts == before


def test_a_card_without_a_company_is_of_the_plan_that_is_named():
    book = Book({"plans/meridian.yaml": "acctplan: 1\n\nprofile:\n  name: Meridian Foods\n"})
    export = extract(card("EMAIL:lena@gmail.com"))
    assert book.bring_in(export).counts[Outcome.SKIPPED] == 1
    assert book.bring_in(export, plan="plans/meridian.yaml").counts[Outcome.NEW] == 1


@pytest.fixture(scope="module")
def samples():
    files = sorted(shared("data", "vcard-ez-vcard").glob("*.vcf"))
    return len(files), IMPORTER.extract([(path.name, path.read_bytes()) for path in files], Options())


def test_cards_that_other_programs_wrote(samples):
    count, found = samples
    rows = {file.name: file.rows for file in found.files}
    assert (count, sum(rows.values())) == (13, 19)
    assert (rows["John_Doe_ANDROID.vcf"], rows["rfc2426-example.vcf"]) == (6, 2)
    assert [(skipped.source.file, skipped.source.row) for skipped in found.skipped] == [
        ("John_Doe_ANDROID.vcf", 1),
        ("John_Doe_ANDROID.vcf", 2),
    ]
    assert not any("cannot be read" in note.what or "no end" in note.what for note in found.notes)


def test_reporting_lines_that_other_programs_wrote(samples):
    managers = {each.source.file: each.reports_to.name for each in samples[1].contacts if each.reports_to}
    assert managers == {"John_Doe_EVOLUTION.vcf": "Big Blue", "John_Doe_MS_OUTLOOK.vcf": "Big Blue", "gmail-single2.vcf": "Name11"}


@pytest.mark.parametrize(
    ("file", "name", "company", "email", "phone"),
    [
        ("John_Doe_GMAIL.vcf", "Mr. John Richter, James Doe Sr.", "IBM", "john.doe@ibm.com", "905-555-1234"),
        ("John_Doe_MAC_ADDRESS_BOOK.vcf", "Mr. John Richter,James Doe Sr.", "IBM", "john.doe@ibm.com", "905-777-1234"),
        ("John_Doe_MS_OUTLOOK.vcf", "Mr. John Richter James Doe Sr.", "IBM", "john.doe@ibm.cm", "(905) 555-1234"),
        ("issue114.vcf", "Dummy, Dummy", "Dummy GmbH", "dummy.dummy@dummy.com", "+49 9876 54321"),
        ("rfc6350-example.vcf", "Simon Perreault", "Viagenie", "simon.perreault@viagenie.ca", "+1-418-656-9254 ext. 102"),
    ],
)
def test_people_that_other_programs_wrote(samples, file, name, company, email, phone):
    (one,) = [each for each in samples[1].contacts if each.source.file == file]
    assert (one.name, one.account.name, one.email, one.phone) == (name, company, email, phone)
