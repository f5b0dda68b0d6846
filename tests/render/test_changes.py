"""What changed since an earlier state, on a page."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import cycle

import html5lib
import pytest

from acctplan.analysis.reviewing import unreviewed
from acctplan.render import plan_view, render
from acctplan.render.text import clean
from acctplan.render.view import plain
from hostile import naughty, with_texts
from pages import CONFIG, FULL, TODAY, elements, loaded, plan, skeleton

BEFORE = plan("profile: {name: Acme, currency: EUR}\ncontacts: {lena: {name: Lena Vos, stance: neutral, email: a@b.example}}\n")
AFTER = plan("""\
profile: {name: Acme, currency: EUR}
contacts: {lena: {name: Lena Vos, stance: supportive, last_contact: 2026-11-20}}
opportunities: {cranes: {name: All cranes, value: 1_000}}
""")
SINCE = date(2026, 10, 1)
NAME = plan("profile: {name: Castellan Hospitals}")


def test_a_view_says_what_changed_entry_by_entry():
    values = plain(plan_view(AFTER, CONFIG, TODAY, (SINCE, BEFORE)))["changes"]
    changed, new, gone = (
        {"key": key, "word": word, "symbol": symbol}
        for key, word, symbol in (("changed", "changed", "~"), ("added", "new", "+"), ("removed", "gone", "–"))
    )
    assert values == {
        "since": "2026-10-01",
        "count": 4,
        "entries": [
            {
                "section": "contacts",
                "id": "lena",
                "name": "Lena Vos",
                "is_whole": False,
                "changes": [
                    {"kind": changed, "words": "neutral → supportive"},
                    {"kind": new, "words": "last contact now 20 Nov 2026"},
                    {"kind": gone, "words": "email taken out, was a@b.example"},
                ],
            },
            {
                "section": "opportunities",
                "id": "cranes",
                "name": "All cranes",
                "is_whole": True,
                "changes": [{"kind": new, "words": "new opportunity: All cranes (1,000 EUR)"}],
            },
        ],
        "suspects": [],
    }


def test_without_an_earlier_state_there_is_nothing_to_say():
    view = plan_view(AFTER, CONFIG, TODAY)
    assert view.changes is None
    assert "What changed" not in render(view, "html") + render(view, "md")


def test_a_page_that_nothing_changed_on_says_so():
    view = plan_view(AFTER, CONFIG, TODAY, (SINCE, AFTER))
    for format_name in ("html", "md"):
        assert "Nothing changed since 1 Oct 2026." in render(view, format_name)


RELYING = """\
profile: {{name: Acme}}
team: {{ines: {{name: Ines}}}}
contacts: {{lena: {{name: Lena Vos, stance: {stance}}}}}
opportunities: {{cranes: {{name: All cranes, buying_roles: {{lena: {{}}}}}}}}
reviews: {{2026-10-01: {{by: ines, confirmed: {{{confirmed}}}}}}}
"""


def test_what_relied_on_a_change_may_no_longer_hold_until_it_is_confirmed():
    before, after = plan(RELYING.format(stance="neutral", confirmed="")), plan(RELYING.format(stance="negative", confirmed=""))
    view = plan_view(after, CONFIG, TODAY, (SINCE, before))
    assert view.changes is not None
    (suspect,) = view.changes.suspects
    assert (suspect.name, suspect.why) == ("All cranes", "relies on Lena Vos: stance neutral → negative")
    assert "May no longer hold:\n\n- **All cranes**: relies on Lena Vos: stance neutral → negative\n" in render(view, "md")
    assert "relies on Lena Vos: stance neutral → negative" in render(view, "html")
    (key,) = [one.key for one in unreviewed(before, after, CONFIG, None).suspects]
    told = plan(RELYING.format(stance="negative", confirmed=f"{key}: opportunities.cranes"))
    view = plan_view(told, CONFIG, TODAY, (SINCE, before))
    assert view.changes is not None
    assert (view.changes.suspects, view.changes.count) == ((), 1)


def test_markdown_lists_what_changed():
    page = render(plan_view(AFTER, CONFIG, TODAY, (SINCE, BEFORE)), "md")
    expected = r"""## What changed

4 changes since 1 Oct 2026, the most telling first.

- **Lena Vos**
  - neutral → supportive
  - last contact now 20 Nov 2026
  - email taken out, was a\@b\.example
- new opportunity: All cranes (1,000 EUR)
"""
    assert expected in page


def test_html_lists_what_changed():
    page = render(plan_view(AFTER, CONFIG, TODAY, (SINCE, BEFORE)), "html")
    (found,) = [text for tag, attributes, text in elements(page) if tag == "ul" and "changes" in attributes.get("class", "")]
    assert found.split("\n")[1:3] == [
        "Lena Vos~ neutral → supportive+ last contact now 20 Nov 2026– email taken out, was a@b.example",
        "+ new opportunity: All cranes (1,000 EUR)",
    ]


@pytest.mark.parametrize("is_before", [True, False])
def test_no_text_of_either_state_is_more_than_text(is_before: bool):
    full = loaded(FULL).plan
    assert full is not None

    def page(texts) -> str:
        states = with_texts(full, texts), NAME
        before, after = states if is_before else states[::-1]
        return render(plan_view(after, CONFIG, TODAY, (SINCE, before)), "html")

    expected = skeleton(page(lambda: "benign"))
    texts = [text for text in naughty() if len(clean(text)) < 20]
    shown = page(partial(next, cycle(texts)))
    assert skeleton(shown) == expected
    assert "<script" not in shown
    assert html5lib.parse(shown) is not None
