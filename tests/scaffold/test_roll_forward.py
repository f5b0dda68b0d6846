"""Last period's plan as the start of the next one."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acctplan.config import Config, parse
from acctplan.document import parse as read
from acctplan.edit import RefusedError
from acctplan.loader import load
from acctplan.scaffold import roll_forward
from paths import DATA, ROOT

if TYPE_CHECKING:
    from acctplan.document import Document
    from acctplan.loader import Loaded

STARTS = date(2027, 1, 1)
CONFIG = parse((ROOT / "acctplan.toml").read_text("utf-8"))
SAMPLES = {file.stem: (file.read_text("utf-8"), CONFIG) for file in sorted((ROOT / "plans").glob("*.yaml"))}
SAMPLES["full-plan"] = ((DATA / "full-plan.yaml").read_text("utf-8"), Config())
EVERY_SAMPLE = pytest.mark.parametrize("sample", SAMPLES)


def loaded(text: str, config: Config | None = None) -> Loaded:
    return load(text, "plans/meridian.yaml", config or Config())


def rolled(text: str, starts: date = STARTS, name: str | None = None, config: Config | None = None) -> str:
    before = loaded(text, config)
    assert before.diagnostics == ()
    assert before.document is not None
    assert before.plan is not None
    return roll_forward(before.document, before.plan, starts, config or Config(), name)


def errors(found: Loaded) -> list[str]:
    return [f"{one.location.line}: {one.message}" for one in found.diagnostics if one.rule != "plan/marked-for-review"]


def marks(text: str) -> list[str]:
    """What each mark stands above: the start of the first line below that is no comment."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#") or "# review: " in line]
    starts = [line.partition(":")[0] for line in lines]
    return [
        next(start for start in starts[number:] if "#" not in start) for number, start in enumerate(starts) if start.endswith("# review")
    ]


def comments(text: str) -> list[str]:
    return [comment.text for comment in read(text).comments() if not comment.text.startswith("# review: ")]


@cache
def rolled_sample(sample: str) -> str:
    text, config = SAMPLES[sample]
    return rolled(text, config=config)


@EVERY_SAMPLE
def test_a_sample_plan_rolls_into_a_plan_without_errors(sample: str):
    config = SAMPLES[sample][1]
    found = loaded(rolled_sample(sample), config)
    assert errors(found) == []
    assert found.plan is not None
    assert (found.plan.profile.starts, found.plan.profile.ends) == (date(2027, 1, 1), date(2027, 12, 31))


@EVERY_SAMPLE
def test_nothing_that_is_over_comes_along(sample: str):
    config = SAMPLES[sample][1]
    plan = loaded(rolled_sample(sample), config).plan
    assert plan is not None
    assert [key for key, one in plan.opportunities.items() if not one.is_live] == []
    assert [key for key, one in plan.objectives.items() if not one.is_open] == []
    strategies = [strategy for one in plan.objectives.values() for strategy in one.strategies.values()]
    assert [key for strategy in strategies for key, action in strategy.actions.items() if not action.is_open] == []
    assert [key for key, risk in plan.risks.items() if risk.status == "closed"] == []
    assert plan.reviews == {}
    assert not plan.meetings or len(plan.meetings.held) <= 1
    assert {period[:6] for period in plan.revenue} == {"FY2027"}


@EVERY_SAMPLE
def test_everything_that_goes_on_comes_along_as_it_was(sample: str):
    assert read(rolled_sample(sample)).data == expected(read(SAMPLES[sample][0]).data, STARTS)


@EVERY_SAMPLE
def test_comments_stay_but_for_those_on_lines_that_are_left_behind(sample: str):
    before, after = SAMPLES[sample][0], rolled_sample(sample)
    kept = set(comments(after))
    assert comments(after) == [comment for comment in comments(before) if comment in kept]
    gone = set(before.splitlines()) - set(after.splitlines())
    assert [comment for comment in comments(before) if comment not in kept and not any(line.endswith(comment) for line in gone)] == []
    assert before.splitlines()[0] == after.splitlines()[0]


@EVERY_SAMPLE
def test_every_entry_that_comes_along_is_marked(sample: str):
    after = rolled_sample(sample)
    assert sorted(marks(after)) == sorted(to_be_marked(read(SAMPLES[sample][0]), read(after).data))


def test_a_second_roll_does_not_mark_twice():
    once = rolled_sample("tallmo-bruk")
    before = loaded(once, CONFIG)
    assert before.document is not None
    assert before.plan is not None
    assert marks(roll_forward(before.document, before.plan, date(2028, 1, 1), CONFIG)) == marks(once)


def test_entries_inside_braces_share_a_mark_above_their_section():
    after = rolled("profile: {name: Acme}\ncontacts: {a: {name: A}, b: {name: B}, c: {title: C}}\nrisks: {r: {what: R}, s: {what: S}}\n")
    assert marks(after) == ["profile", "contacts", "contacts", "risks", "revenue"]  # one for people, one for seats
    assert errors(loaded(after)) == []


def test_the_name_may_change():
    assert loaded(rolled("profile:\n  name: Acme  # since 1990\n", name='Acme "Neu": AG')).plan.profile.name == 'Acme "Neu": AG'  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("fiscal_year_starts", "starts", "periods"),
    [
        ("", date(2027, 1, 1), ["FY2027-Q1", "FY2027-Q2"]),
        ("  fiscal_year_starts: 4\n", date(2027, 4, 1), ["FY2027-Q1", "FY2027-Q2"]),
        ("  fiscal_year_starts: 4\n", date(2027, 1, 1), ["FY2027-Q1", "FY2027-Q2"]),
        ("", date(2027, 4, 1), ["FY2027-Q2", "FY2028-Q1"]),
    ],
)
def test_revenue_is_asked_for_by_the_periods_of_the_fiscal_years_that_the_new_period_touches(
    fiscal_year_starts: str, starts: date, periods: list[str]
):
    text = f"profile:\n  name: Acme\n{fiscal_year_starts}revenue:\n  FY2025-Q1: {{goal: 5, actual: 4}}\n  FY2025-Q2: {{goal: 6}}\n"
    assert read(rolled(text, starts)).data["revenue"] == {period: {"goal": None} for period in periods}  # type: ignore[index, call-overload]


def test_a_plan_that_does_not_say_when_its_fiscal_year_starts_follows_the_book():
    text = "profile: {name: Acme}\nrevenue:\n  FY2025-Q1: {goal: 5}\n"
    after = rolled(text, date(2027, 1, 1), config=parse("revenue.fiscal_year_starts = 4"))
    assert read(after).data["revenue"] == {"FY2027-Q1": {"goal": None}}  # type: ignore[index, call-overload]


def test_goals_that_are_set_for_the_new_period_stay():
    text = "profile: {name: Acme}\nrevenue:\n  FY2026: {goal: 5, actual: 4}\n  FY2027: {goal: 7}  # agreed in May\n"
    assert "\n  FY2027: {goal: 7}  # agreed in May\n" in rolled(text)


def test_a_plan_without_revenue_is_asked_for_a_goal():
    assert read(rolled("profile: {name: Acme}\n")).data["revenue"] == {"FY2027": {"goal": None}}  # type: ignore[index, call-overload]


@pytest.mark.parametrize(("planned", "kept"), [("2026-12-31", False), ("2027-01-01", True)])
def test_the_next_meeting_stays_if_it_lies_in_the_new_period(planned: str, kept: bool):
    after = loaded(rolled(f"profile: {{name: Acme}}\nmeetings:\n  every_months: 3\n  next: {planned}\n")).plan
    assert after is not None
    assert after.meetings is not None
    assert (after.meetings.next is not None) == kept


def test_the_last_meeting_stays_as_it_was_held():
    held = "      actions:\n        a: {what: A, status: done, done: 2026-06-01}\n"
    text = f"profile: {{name: Acme}}\nmeetings:\n  held:\n    2026-01-02:\n      notes: First\n    2026-05-02:\n{held}"
    goals = "# review: the goals of the new period; what was sold stays in the old plan\nrevenue:\n  FY2027: {goal: null}\n"
    assert rolled(text).endswith(f"    2026-05-02:\n{held}{goals}")


def test_line_ends_and_byte_order_mark_stay():
    after = rolled("\ufeffprofile:\r\n  name: Acme\r\n  starts: 2026-01-01\r\ncontacts:\r\n  a: {name: A}\r\n")
    assert after.startswith("\ufeff")
    assert after.count("\n") == after.count("\r\n")
    assert errors(loaded(after)) == []


def test_a_plan_with_no_line_for_a_mark_is_refused():
    with pytest.raises(RefusedError) as refused:
        rolled("{profile: {name: Secret}}\n")
    assert "Secret" not in refused.value.message + refused.value.hint
    assert refused.value.hint == "change it by hand, on line 1"


# Any plan.


def expected(data: Any, starts: date) -> Any:
    """What a plan says once it is rolled forward, worked out on the data."""
    new = deepcopy(data)
    new["profile"] |= {"starts": starts.isoformat(), "ends": f"{starts.year}-12-31"}
    closed = {key for key, one in (data.get("opportunities") or {}).items() if one.get("status") in ("won", "lost", "dropped")}
    leave_out(new.get("opportunities"), closed)
    leave_out(
        new.get("objectives"),
        [key for key, one in (data.get("objectives") or {}).items() if one.get("status") in ("achieved", "cancelled")],
    )
    leave_out(new.get("risks"), [key for key, one in (data.get("risks") or {}).items() if one.get("status") == "closed"])
    for section, field in (("opportunities", "leads_to"), ("insights", "answered_by"), ("objectives", "opportunities")):
        for entry in (new.get(section) or {}).values():
            if field in entry:
                entry[field] = [key for key in entry[field] if key not in closed]
    for objective in (new.get("objectives") or {}).values():
        for strategy in (objective.get("strategies") or {}).values():
            actions = strategy.get("actions") or {}
            leave_out(actions, [key for key, one in actions.items() if one.get("status") in ("done", "cancelled") or "done" in one])
    if new.get("meetings"):
        leave_out(new["meetings"].get("held"), sorted(new["meetings"].get("held") or ())[:-1])
        if new["meetings"].get("next", "9") < starts.isoformat():
            del new["meetings"]["next"]
    if new.get("reviews"):
        del new["reviews"]
    kinds = dict.fromkeys(period[6:] for period in (data.get("revenue") or {"FY0000": {}}))
    old = data.get("revenue") or {}
    new["revenue"] = {f"FY{starts.year}{kind}": old.get(f"FY{starts.year}{kind}", {"goal": None}) for kind in kinds}
    return new


def leave_out(entries: Any, keys: Any) -> None:
    for key in keys:
        del entries[key]


IDS = ["a", "b-2", "c3"]
some_ids = st.lists(st.sampled_from(IDS), unique=True, max_size=3)


def some(entry: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(dict.fromkeys(IDS, entry))


actions = st.dictionaries(
    st.sampled_from(IDS),
    st.fixed_dictionaries(
        {"what": st.just("Do it")},
        optional={"status": st.sampled_from(["done", "cancelled", "in_progress"]), "done": st.just("2026-02-03")},
    ),
)
plans = st.fixed_dictionaries(
    {
        "profile": st.fixed_dictionaries(
            {"name": st.just("Acme")}, optional={"starts": st.just("2026-01-01"), "ends": st.just("2026-12-31")}
        ),
        "opportunities": some(
            st.fixed_dictionaries(
                {"name": st.just("An opportunity")},
                optional={"status": st.sampled_from(["potential", "open", "won", "lost", "dropped"]), "notes": st.just("Line: one # two")},
            )
        ),
        "contacts": some(st.fixed_dictionaries({}, optional={"name": st.just("Ann Poe"), "title": st.just("CFO")})),
    },
    optional={
        "insights": some(st.fixed_dictionaries({"kind": st.just("goal"), "what": st.just("Grow")}, optional={"answered_by": some_ids})),
        "objectives": some(
            st.fixed_dictionaries(
                {"category": st.just("revenue"), "what": st.just("Win")},
                optional={
                    "status": st.sampled_from(["in_progress", "achieved", "cancelled"]),
                    "opportunities": some_ids,
                    "strategies": some(st.fixed_dictionaries({"what": st.just("So")}, optional={"actions": actions})),
                },
            )
        ),
        "risks": some(st.fixed_dictionaries({"what": st.just("Ice")}, optional={"status": st.sampled_from(["open", "closed"])})),
        "revenue": st.dictionaries(
            st.sampled_from(["FY2026", "FY2026-Q1", "FY2027-Q1", "FY2026-M02"]), st.fixed_dictionaries({"goal": st.just("5_000")})
        ),
        "meetings": st.fixed_dictionaries(
            {},
            optional={
                "with": some_ids,
                "next": st.sampled_from(["2026-12-01", "2027-03-01"]),
                "held": st.dictionaries(
                    st.sampled_from(["2025-01-02", "2026-03-04", "2026-02-03"]), st.fixed_dictionaries({"notes": st.just("Good")})
                ),
            },
        ),
        "reviews": st.dictionaries(st.sampled_from(["2025-01-02", "2026-03-04"]), st.fixed_dictionaries({"by": st.just("amira")})),
    },
)


@st.composite
def written(draw: st.DrawFn) -> str:
    """A plan as people write them: sections in lines or in braces, with comments."""
    data = {**draw(plans), "team": {"amira": {"name": "Amira"}}}

    def flow(value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(flow, value)) + "]"
        return f'"{value}"' if ":" in value else value

    def block(value: dict[str, Any], indent: str) -> list[str]:
        lines = []
        for key, item in value.items():
            remark = draw(st.sampled_from(["", "", "", "  # a remark"]))
            if draw(st.booleans()) and draw(st.booleans()):
                lines.append(f"{indent}# about {key}")
            if isinstance(item, dict) and item and (not indent or draw(st.booleans())):
                lines += [f"{indent}{key}:{remark}", *block(item, indent + "  ")]
            elif isinstance(item, list) and item and draw(st.booleans()):
                lines += [f"{indent}{key}:{remark}", *(f"{indent}  - {one}" for one in item)]
            else:
                lines.append(f"{indent}{key}: {flow(item)}{remark}")
            if not indent and draw(st.booleans()):
                lines.append("")
        return lines

    return "\n".join(block(data, "")) + "\n"


@settings(max_examples=80)
@given(written())
def test_any_plan_rolls_into_one_that_loads_and_says_what_goes_on(text: str):
    after = rolled(text)
    found = loaded(after)
    assert errors(found) == []
    assert found.plan is not None
    assert read(after).data == expected(read(text).data, STARTS)
    assert set(marks(after)) == set(to_be_marked(read(text), read(after).data))


def to_be_marked(before: Document, after: Any) -> list[str]:
    """The starts of the lines below which something asks to be thought through."""
    wanted = ["profile", "revenue"]
    for section in ("insights", "contacts", "white_space", "opportunities", "objectives", "risks"):
        in_braces = getattr(before.node((section,)), "flow", False)
        wanted += [section if in_braces else f"  {key}" for key in after.get(section) or ()]
    return wanted
