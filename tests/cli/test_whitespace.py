"""`acctplan whitespace`: one plan, one solution, the whole book."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer, Run

TODAY = ("--today", "2026-11-21")
UNITS = "units: {shop: {name: Shop, target: true}, works: {name: Works}}\n"
OWN = "solutions: {audit: {name: Audit}, oil: {name: Oil}}\n"


def said(run: Run, *arguments: str) -> dict[str, Any]:
    return json.loads(run("whitespace", *arguments, *TODAY, "--json").out)


def rows(run: Run, *arguments: str) -> list[dict[str, str]]:
    titles, *lines = [line.split("\t") for line in run("whitespace", *arguments, *TODAY).out.splitlines()]
    return [dict(zip(titles, line, strict=True)) for line in lines]


@pytest.fixture
def people(terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, run: Run) -> Callable[..., Answer]:
    """What people are told, on a terminal of some width."""

    def people(columns: int, *arguments: str) -> Answer:
        monkeypatch.setenv("NO_COLOR", "1")
        terminal(columns)
        return run("whitespace", *arguments, *TODAY)

    return people


# For programs.


def test_piped_there_is_a_line_for_each_unit_and_solution_and_the_same_in_json(run: Run, book: Path):
    piped, cells = rows(run, "brannhaven-terminals"), said(run, "brannhaven-terminals")["cells"]
    assert len(piped) == len(cells) == 4 * 6
    for row, cell in zip(piped, cells, strict=True):
        assert (row["unit"], row["solution"], row["status"], row["pointer"]) == (
            cell["unit"],
            cell["solution"],
            cell["status"],
            cell["pointer"],
        )
        assert (row["spend"] or None, row["contract_ends"] or None) == (cell["spend"], cell["contract_ends"])
        assert row["white_space_rank"] == str(cell["white_space_rank"] or "")
        assert row["score"] == ("" if cell["score"] is None else f"{cell['score']:.2f}")
        assert [row[f"{term['factor']}_points"] for term in cell["terms"]] == [
            "" if term["value"] is None else f"{term['points']:.2f}" for term in cell["terms"]
        ]


def test_json_has_the_wallet_and_the_terms_with_their_lines(run: Run, book: Path):
    found = said(run, "brannhaven-terminals")
    (plan,) = found["plans"]
    assert plan["wallet"] == {"ours": "232000", "known": "1628000", "share": "0.1425", "cells_with_unknown_spend": 1}
    assert plan["units"][1]["wallet"] == {"ours": "36000", "known": "976000", "share": "0.0369", "cells_with_unknown_spend": 1}
    assert (plan["white_space"], plan["unknown"]) == (2, 13)
    first = next(cell for cell in found["cells"] if cell["white_space_rank"] == 1)
    assert (first["unit"], first["solution"]) == ("bulk", "monitoring")
    assert sum(term["points"] for term in first["terms"]) == pytest.approx(first["score"])
    text = (book / "plans/brannhaven-terminals.yaml").read_text("utf-8").splitlines()
    assert text[first["line"] - 1].strip().startswith("monitoring: {status: open")
    assert text[first["terms"][0]["line"] - 1].strip().startswith("bulk: {name: Bulk terminal")


def test_amounts_are_in_the_book_s_currency_too(run: Run, book: Path):
    (oil,) = [cell for cell in said(run)["cells"] if cell["unit"] == "pulp" and cell["solution"] == "oil"]
    assert (oil["spend"], oil["currency"], oil["book_spend"], oil["ends_soon"]) == ("850000", "SEK", "76925.0000", True)
    assert "line" not in oil  # of several plans the texts are not read again


def test_what_was_lost_before_is_told(run: Run, book: Path):
    (spares,) = [row for row in rows(run) if row["unit"] == "inland" and row["solution"] == "spares"]
    assert (spares["tried_before"], spares["competitor"]) == ("inland-spares (lost)", "Dornbach Instandhaltung")


def test_the_book_is_rolled_up_by_solution(run: Run, book: Path):
    found = {row["solution"]: row for row in said(run)["solutions"]}
    assert list(found) == ["monitoring", "oil", "overhaul", "full-service", "spares", "energy"]
    oil = found["oil"]
    assert oil["ours"] == {"accounts": 1, "places": 1, "spend": "32000", "plans": ["plans/brannhaven-terminals.yaml"]}
    assert oil["competitor"]["spend"] == "76925.0000"
    assert [found["energy"][part]["places"] for part in ("open", "ruled_out", "pursued", "white", "unknown")] == [1, 1, 2, 0, 5]
    # An opportunity that names no unit is one over the account as a whole.
    assert "plans/stadtwerke-auenfurt.yaml" in found["energy"]["pursued"]["plans"]


def test_one_solution_leaves_the_others_out(run: Run, book: Path):
    found = said(run, "--solution", "oil")
    assert [row["solution"] for row in found["solutions"]] == ["oil"]
    assert {cell["solution"] for cell in found["cells"]} == {row["solution"] for row in rows(run, "--solution", "oil")} == {"oil"}
    assert [(one["plan"], one["white_space_rank"]) for one in found["best"]] == [("plans/tallmo-bruk.yaml", 1)]


def test_a_solution_that_nobody_has_is_a_slip(run: Run, book: Path):
    assert run("whitespace", "--solution", "monitorin") == (2, "", "acctplan: no solution 'monitorin'\n  did you mean monitoring?\n")
    answer = run("whitespace", "--solution", "zzz")
    assert answer.err == "acctplan: no solution 'zzz'\n  one of energy, full-service, monitoring, oil, overhaul, spares\n"


def test_a_plan_with_errors_is_left_out_and_the_answer_ends_with_1(run: Run, plan: Callable[..., Path]):
    plan(f"profile: {{name: Acme}}\n{UNITS}{OWN}")
    plan("profile: {nmae: Broken}\n", "broken")
    answer = run("whitespace")
    assert answer.status == 1
    assert answer.err.startswith("plans/broken.yaml: left out, it has errors: acctplan check plans/broken.yaml\n")
    assert answer.out.count("\n") == 1 + 4


# For people.


def test_a_wide_terminal_has_words_in_its_cells(people: Callable[..., Answer], book: Path):
    lines = people(120, "brannhaven-terminals").out.splitlines()
    assert lines[0] == "Brannhaven Terminals, amounts in EUR a year"
    first = next(line for line in lines if line.startswith("  Bulk terminal"))
    assert re.split(r"  +", first.strip()) == ["Bulk terminal", "○ open", "● ours", "● ours", "✕ competitor", "? unknown", "? unknown"]
    text = " ".join("\n".join(lines).split())
    assert "● ours, ✕ competitor, ⌂ in house, ○ open, ■ blocked, – not needed, ? unknown, ★ target unit" in text
    assert "! contract over, or ends within 180 days" in text
    assert "Our share of wallet: 14 % (232,000 of 1,628,000 EUR a year that we know of; the spend of 1 cell is unknown)" in text
    assert "13 cells unknown: ask Container terminal (target): Spare parts on consignment Bulk terminal (target)" in text


def test_a_narrow_terminal_has_symbols_and_a_block_for_each_unit(people: Callable[..., Answer], book: Path):
    text = " ".join(people(80, "brannhaven-terminals").out.split())
    assert "Bulk terminal ★ ○ ●!+ ●+ ✕+ ? ?" in text
    assert "Full-ser… Full-service maintenance contract" in text
    assert "Bulk terminal (target unit, ours 31 % of 626 k)" in text
    assert "● ours: Oil analysis and lubrication; 32,000 EUR a year; contract ends ! 2026-12-31; ◐ open: Oil analysis for" in text
    assert "■ blocked: Gearbox and motor overhaul; because: Part of Halsen's full service until the end of 2027" in text


def test_an_opportunity_without_a_unit_lies_over_the_account_as_a_whole(people: Callable[..., Answer], plan: Callable[..., Path]):
    cells = "white_space: {shop: {oil: {status: ours, spend: 5}}, works: {audit: {status: in_house}}}\n"
    plan(f"profile: {{name: Acme}}\n{UNITS}{OWN}{cells}opportunities: {{a: {{name: A, solution: oil}}}}\n")
    lines = [re.split(r"  +", line.strip()) for line in people(120, "acme").out.splitlines()]
    place = lines.index(["The account as a whole", "? unknown"])
    assert lines[place + 1] == ["+ 1 potential"]
    assert ["Works", "⌂ in house", "? unknown"] in lines
    assert "The account as a ?+ whole" in " ".join(people(40, "acme").out.split())
    assert "no spend known, 1 unknown" in " ".join(people(40, "acme").out.split())


def large() -> str:
    """Fifteen units by twelve solutions, all with long names."""
    units = "".join(f"  u{n}: {{name: Division for very long named things number {n}}}\n" for n in range(15))
    solutions = "".join(f"  s{n}: {{name: Überwachung of all that can be overseen {n}}}\n" for n in range(12))
    statuses = ("ours", "competitor", "in_house", "open", "not_needed")
    cells = "".join(
        f"  u{n}: {{{', '.join(f's{m}: {{status: {statuses[(n * m) % 5]}, spend: {n + m}_000}}' for m in range(12))}}}\n" for n in range(15)
    )
    return f"profile: {{name: Large}}\nunits:\n{units}solutions:\n{solutions}white_space:\n{cells}"


WIDE = 240


@pytest.mark.parametrize("columns", [40, 80, 100, 160, WIDE])
def test_a_matrix_fits_its_terminal_whatever_its_size(people: Callable[..., Answer], plan: Callable[..., Path], columns: int):
    plan(large())
    lines = people(columns, "acme").out.splitlines()
    assert max(map(len, lines)) <= columns
    text = re.sub(r"\s", "", "".join(lines))
    # Beside cells of words names are broken over lines that stand side by side.
    whole = [*(f"ofallthatcanbeoverseen{number}" for number in range(12)), *(f"verylongnamedthingsnumber{number}" for number in range(15))]
    assert columns == WIDE or [name for name in whole if name not in text] == []


def test_the_best_cells_say_why(people: Callable[..., Answer], book: Path):
    text = " ".join(people(120, "tallmo-bruk").out.split())
    assert "1. 850 k SEK 64.1 … 74.1 Oil analysis and lubrication · Pulp line" in text
    assert "target unit (50 of 50); 850,000 SEK (about 76,925 EUR) a year with Tvärån Teknik" in text
    assert "contract ends 2027-02-28, in 99 days (10 of 10)" in text
    assert "(? of 10)" in text


def test_the_money_comes_first(people: Callable[..., Answer], run: Run, book: Path):
    out = people(100).out
    assert out.startswith("3 places to sell into, 103 k EUR a year known\n")
    assert re.search(r"\n 2\. 76\.9 k EUR  64\.1 … 74\.1  Oil analysis", out)
    found = json.loads(run("whitespace", "--json", *TODAY).out)["white_space"]
    assert (found["places"], round(float(found["known_spend"]))) == (3, 102925)


@pytest.mark.parametrize("limit", [1, 2])
def test_piped_it_may_be_the_best_alone(run: Run, book: Path, limit: int):
    _, *lines = [line.split("\t") for line in run("whitespace", "-n", limit, *TODAY).out.splitlines()]
    assert [line[:6:2] for line in lines] == [
        ["plans/brannhaven-terminals.yaml", "bulk", "yes"],
        ["plans/tallmo-bruk.yaml", "pulp", "yes"],
    ][:limit]
    found = json.loads(run("whitespace", "-n", limit, "--json", *TODAY).out)
    assert (len(found["best"]), len(found["cells"])) == (limit, limit)


def test_no_word_is_broken_in_the_grid(people: Callable[..., Answer], plan: Callable[..., Path]):
    plan(
        "profile: {name: Acme}\nsolutions: {a: {name: Kontinuierliche Zustandsüberwachung}, b: {name: Oil}}\n"
        "units: {u: {name: Instandhaltungsgesellschaft Nordwest}}\n"
        "competitors: {c: {name: Schwingungsüberwachungsgesellschaft}}\n"
        "white_space: {u: {a: {status: competitor, competitor: c}, b: {status: ours}}}\n"
    )
    out = people(60).out
    assert "Kontinuierliche" in out
    assert "Zustandsüberwachung" in out
    assert "Schwingungsüberwachu…" in out
    assert "Instandhaltungs" not in [line.strip() for line in out.splitlines()]
    assert "Instandhaltungs…" in out


def test_the_list_may_be_short(people: Callable[..., Answer], book: Path):
    answer = people(120, "-n", "1")
    assert " 1. " in answer.out
    assert " 2. " not in answer.out
    assert "and 2 more: -n 3" in answer.err


def test_the_book_says_who_has_it_and_who_could_still_buy_it(people: Callable[..., Answer], book: Path):
    lines = people(200).out.splitlines()
    start = lines.index("Oil analysis and lubrication (oil)")
    assert lines[start + 1 : start + 7] == [
        "  ● ours: 1, 32 k · Brannhaven Terminals (Bulk terminal): ends ! 2026-12-31",
        "  ✕ competitor: 1, 76.9 k · Tallmo Bruk (Pulp line): Tvärån Teknik, ends ! 2027-02-28",
        "  ⌂ in house: 2 · Brannhaven Terminals (Container terminal); Tallmo Bruk (Board machine KM2)",
        "  ◐ pursued already: 1 · Brannhaven Terminals (Bulk terminal)",
        "  ▶ white space: 1 · Tallmo Bruk (Pulp line)",
        "  ? unknown: 4 in 3 accounts, ask",
    ]


def test_one_solution_has_a_line_for_each_unit(people: Callable[..., Answer], book: Path):
    answer = people(200, "--solution", "oil")
    lines = answer.out.splitlines()
    assert lines[1] == "1 ours, 1 a competitor's, 2 in house, 4 unknown; white space 1, with an opportunity 1"
    assert re.split(r"  +", lines[5].strip()) == [
        "Tallmo Bruk",
        "Pulp line",
        "✕ competitor: Tvärån Teknik",
        "76,925 EUR (850,000 SEK)",
        "! 2027-02-28",
        "-",
    ]
    assert "The account as a whole" in answer.out
    assert answer.err == "\n! contract over, or ends within 180 days\n"


@pytest.mark.parametrize(
    ("sections", "first"),
    [
        ("", "name the parts of the customer that buy under `units`, then what each has under `white_space`"),
        (UNITS, "name what you sell under [solutions] in acctplan.toml, or under `solutions` in the plan"),
        (UNITS + OWN, "write what the units have under `white_space`, target units first"),
        (f"{UNITS}{OWN}white_space: {{shop: {{oil: {{status: ours}}}}}}\n", "ask about the 3 unknown cells, target units first"),
        (
            "units: {shop: {name: Shop}}\nsolutions: {oil: {name: Oil}}\nwhite_space: {shop: {oil: {status: ours}}}\n",
            "; to see what it is worth and when, add `spend` and `contract_ends` to the cells under `white_space`",
        ),
    ],
)
def test_a_plan_without_white_space_says_what_to_do_first(run: Run, plan: Callable[..., Path], sections: str, first: str):
    plan(f"profile: {{name: Acme}}\n{sections}")
    answer = run("whitespace", "acme")
    assert answer.status == 0
    assert answer.err.startswith("no white space")
    assert first in answer.err


def test_a_book_that_says_little_names_a_plan_to_begin_with(people: Callable[..., Answer], book: Path):
    assert "1 plan says nothing of what units have. What to do first: acctplan whitespace stadtwerke-auenfurt\n" in people(120).err


def test_a_book_with_nothing_to_sell_says_so(people: Callable[..., Answer], plan: Callable[..., Path]):
    plan("profile: {name: One}\n", "one")
    plan("profile: {name: Two}\n", "two")
    answer = people(120)
    assert (answer.status, answer.out) == (0, "")
    assert "there is nothing to sell: name your solutions under [solutions] in acctplan.toml\n" in answer.err


def test_a_solution_of_which_nothing_is_known_takes_no_room(people: Callable[..., Answer], plan: Callable[..., Path]):
    for name in ("one", "two"):
        plan(f"profile: {{name: {name}}}\n{UNITS}{OWN}white_space: {{shop: {{oil: {{status: open}}}}}}\n", name)
    out = people(120).out
    assert "Nothing known of: Audit\n" in out
    assert "  ? unknown: 2 in 2 accounts, ask\n" in out


def test_a_line_names_a_few_units_and_counts_the_rest(people: Callable[..., Answer], plan: Callable[..., Path]):
    for number in range(8):
        plan(f"profile: {{name: A{number}}}\n{UNITS}{OWN}white_space: {{shop: {{oil: {{status: open}}}}}}\n", f"a{number}")
    assert "  ○ open: 8 · A0 (Shop); A1 (Shop); A2 (Shop); A3 (Shop); A4 (Shop); 3 more\n" in people(200).out


@pytest.mark.parametrize("arguments", [["acme"], [], ["--solution", "oil"], ["--json"]])
@pytest.mark.parametrize("columns", [0, 60, 300])
def test_plan_text_does_nothing_to_a_terminal(
    run: Run, plan: Callable[..., Path], people: Callable[..., Answer], arguments: list[str], columns: int
):
    hostile = '"[red]x[/red] \\e[31m \\u202e \\t \\n =cmd"'
    plan(
        f"profile: {{name: {hostile}}}\nunits: {{shop: {{name: {hostile}}}}}\nsolutions: {{oil: {{name: {hostile}}}, gas: {{name: Gas}}}}\n"
        f"competitors: {{c: {{name: {hostile}}}}}\ncontacts: {{b: {{name: {hostile}, unit: shop, influence: high, stance: supportive}}}}\n"
        f"white_space: {{shop: {{oil: {{status: competitor, competitor: c, notes: {hostile}, reason: {hostile}}}}}}}\n"
        f"opportunities: {{a: {{name: {hostile}, unit: shop, solution: oil, status: lost}},\n"
        f"  b: {{name: {hostile}, unit: shop, solution: gas}}}}\n"
    )
    plan("profile: {name: Other}\n", "other")
    answer = people(columns, *arguments) if columns else run("whitespace", *arguments)
    assert [one for one in answer.out + answer.err if not one.isprintable() and one not in "\n\t"] == []
    assert "[red]x[/red]" in answer.out
