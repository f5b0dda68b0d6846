from __future__ import annotations

from datetime import date

import pytest

from acctplan.errors import UserError
from acctplan.importers.days import date_order, day, is_day_number, possible_orders


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2024-06-14", None, date(2024, 6, 14)),
        ("2024-06-04", "mdy", date(2024, 6, 4)),
        ("2024/06/14", None, date(2024, 6, 14)),
        ("2017-08-04T09:09:50.000+0000", None, date(2017, 8, 4)),
        ("2022-12-02 00:10:41", None, date(2022, 12, 2)),
        ("10/20/2016", "mdy", date(2016, 10, 20)),
        ("5/2/2024 7:42", "mdy", date(2024, 5, 2)),
        ("5/2/2024 7:42", "dmy", date(2024, 2, 5)),
        ("02/23/26 08:55 PM", "mdy", date(2026, 2, 23)),
        ("26/02/03", "ymd", date(2026, 2, 3)),
        ("01/02/68", "dmy", date(2068, 2, 1)),
        ("01/02/69", "dmy", date(1969, 2, 1)),
        ("07/07/24", None, date(2024, 7, 7)),
        ("30.09.2026", None, date(2026, 9, 30)),
        ("03.09.2026", "mdy", date(2026, 9, 3)),
        ("15 Jan 2023", None, date(2023, 1, 15)),
        ("15-Jan-23", None, date(2023, 1, 15)),
        ("January 15, 2023", None, date(2023, 1, 15)),
        ("1 march 2024", None, date(2024, 3, 1)),
        ("45631", None, date(2024, 12, 5)),
        ("45631.75", None, date(2024, 12, 5)),
        ("20000", "mdy", date(1954, 10, 3)),
        ("72999", None, date(2099, 11, 10)),
        ("19800322", None, date(1980, 3, 22)),
        ("2019-11-11 17:23:34.123", None, date(2019, 11, 11)),
    ],
)
def test_dates_as_exports_write_them(text, order, expected):
    assert day(text, order) == expected


@pytest.mark.parametrize("text", ["2026-02-30", "31/02/2024", "2024-13-01", "0000-01-01", "15 Foo 2023", "2024-00-10", "20241301", "1/2/3"])
def test_dates_that_do_not_exist_are_refused(text):
    with pytest.raises(ValueError, match="is not a date that exists"):
        day(text, "dmy")


@pytest.mark.parametrize(
    "text", ["1234", "99999", "18991231", "soon", "2024-06", "2024-06-14x", "02/03/24 later", "Q3 2024", "2024-6-1-2", "1/2-24"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"is not a date$"):
        day(text)


def test_a_birthday_without_its_year_is_no_date():
    with pytest.raises(ValueError, match="has no year"):
        day("--0203")


@pytest.mark.parametrize(("text", "is_number"), [("45631", True), (" 45631.5 ", True), ("19999", False), ("73000", False), ("2024", False)])
def test_what_excel_keeps_instead_of_a_date(text, is_number):
    assert is_day_number(text) is is_number


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("02/03/24", {"dmy", "mdy"}),
        ("31/03/24", {"dmy"}),
        ("03/31/24", {"mdy"}),
        ("03/03/24", set()),
        ("31/31/24", set()),
        ("2024/02/03", set()),
        ("02.03.2024", set()),
        ("2 Mar 2024", set()),
        ("", set()),
    ],
)
def test_in_which_orders_a_date_can_be_read(text, orders):
    assert possible_orders(text) == orders


@pytest.mark.parametrize(
    ("written", "order"), [("d/m/y", "dmy"), ("m/d/y", "mdy"), ("y-m-d", "ymd"), ("DD.MM.YYYY", "dmy"), ("MM/DD/YY", "mdy"), ("dmy", "dmy")]
)
def test_formats_as_people_write_them(written, order):
    assert date_order(written) == order


@pytest.mark.parametrize("written", ["", "d/m", "y/d/m", "iso"])
def test_a_format_that_says_no_order_is_refused(written):
    with pytest.raises(UserError, match="order of day, month and year"):
        date_order(written)
