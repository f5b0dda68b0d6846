"""Plans for the benchmarks: made up, varied, valid, and the same again for the same seed.

    python benchmarks/generate.py FOLDER --plans 2000 --seed 1 --with-problems 0.1

writes a book: FOLDER/acctplan.toml and FOLDER/plans/*.yaml, each of 200 to 300 lines and about 6 to 7 KB, with every
section of the format. A share of them can be given one schema problem each.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FIRST_DAY = date(2026, 1, 1)
INDENT = "  "


def _words(text: str) -> list[str]:
    return text.split()


GIVEN_NAMES = _words(
    "Amira Lena Tom Sara Henk Petra Jonas Zoë Chloé Erik Karl Maria Wei Aiko Ravi Fatima Omar Ingrid Paolo Nuria Bram Elif Dmitri Jan Ines "
    "Grace Noor Hugo Yuki Anna Peter Priya Sven Clara Mateo Olga Femke"
)
FAMILY_NAMES = _words(
    "Vos Bakker Smit Haddad Weber Lind Müller Nowak Garcia Rossi Tanaka Chen Patel Okafor Jensen Dubois Silva Novák Ivanova Kim "
    "Svensson Costa Maes Peeters Koch Brandt Fischer Moreau Lopez Berg Larsen Meyer Keller Conti Sato Wolff"
)
COMPANY_NAMES = _words(
    "Meridian Halden Brightwater Corvus Almere Tessel Nordhav Pinelake Solvane Quarry Estrada Lumen Kestrel Oakmere Varga Delmont"
)
COMPANY_KINDS = _words(
    "Foods Logistics Pharma Retail Energy Chemicals Dairy Motors Textiles Brewing Ports Media Paper Optics Rail Insurance"
)
INDUSTRIES = (
    "Chilled and frozen food",
    "Contract logistics",
    "Generic medicine",
    "Grocery retail",
    "Power and heat",
    "Speciality chemicals",
)
CITIES = ("Utrecht, NL", "Ghent, BE", "Oslo, NO", "Lyon, FR", "Köln, DE", "Turin, IT", "Bilbao, ES", "Leeds, GB")
MARKETS = ("Benelux supermarkets", "DACH food service", "Nordic hospitals", "Iberian discounters", "Baltic ports", "UK wholesale")
PRODUCTS = ("Ready meals", "Dairy desserts", "Frozen vegetables", "Cold transport", "Sterile packs", "Private label")
COMPETITORS = ("Frostline", "Coldspan", "Veritrace", "Northgauge", "Sensorik", "Tracewell", "Arcto", "Logfield")
UNITS = ("Retail brands", "Logistics", "Plants north", "Plants south", "Export", "Research", "Purchasing", "Food service")
SOLUTIONS = ("Monitoring platform", "Sensor network", "Audit service", "Alarm desk", "Data archive", "Training")
TITLES = (
    "CEO",
    "CFO",
    "VP Logistics",
    "Head of plant IT",
    "Category buyer",
    "Quality director",
    "Plant manager",
    "Head of purchasing",
    "COO",
)
STAGES = (
    "prospecting",
    "qualification",
    "needs-analysis",
    "value-proposition",
    "decision-makers",
    "perception-analysis",
    "proposal",
    "negotiation",
)
VERBS = ("Cut", "Prove", "Map", "Win", "Renew", "Secure", "Replace", "Move", "Open", "Raise", "Defend", "Price")
NOUNS = ("write-offs", "evidence", "a contract", "recall costs", "audits", "alarms", "spare parts", "the roll-out")
PLACES = ("in Utrecht", "per plant", "in storage", "for retail", "by lot", "in the north", "by June", "for all")
SOURCES = ("annual report", "capital markets day", "trade press", "talk with the CFO")
COMMENTS = ("ask in spring", "last review", "not confirmed", "see the minutes", "estimate", "agreed by phone")


class Flow(dict[str, Any]):
    """A mapping to be written on one line."""


class Folded(str):
    """A text to be written as a folded block."""

    __slots__ = ()


class Problem(NamedTuple):
    """A slip to put into a valid plan: what to look for, what to write instead."""

    name: str
    old: str
    new: str


PROBLEMS = (
    Problem("an unknown field", "plan_type:", "plan_typ:"),
    Problem("a day that does not exist", "starts: 2026-", "starts: 2026-13-"),
    Problem("a value that is not in the list", "category: revenue", "category: revenues"),
    Problem("an amount with a sign", "value: ", "value: EUR "),
    Problem("a missing field", "    kind: goal", "    # kind: goal"),
    Problem("a word for a number", "every_months: ", "every_months: about "),
    Problem("an id that is nowhere", "account_manager: ", "account_manager: not-"),
)


class _Writer:
    """Writes plan data as people do: some entries on one line, comments here and there."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def plan(self, title: str, data: dict[str, Any]) -> str:
        lines = [f"# Account plan: {title}", "acctplan: 1"]
        for section, entries in data.items():
            lines.append("")
            lines.extend(self._entry(section, entries, ""))
        return "\n".join(lines) + "\n"

    def _entry(self, key: str, value: Any, indent: str) -> Iterator[str]:
        if isinstance(value, Flow):
            yield f"{indent}{key}: {_inline(value)}"
        elif isinstance(value, dict):
            yield f"{indent}{key}:"
            for name, inner in value.items():
                yield from self._entry(name, inner, indent + INDENT)
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            yield f"{indent}{key}: {_inline(value)}"
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            for item in value:
                yield f"{indent}{INDENT}- {_inline(item)}"
        elif isinstance(value, Folded):
            yield f"{indent}{key}: >"
            for line in value.splitlines():
                yield f"{indent}{INDENT}{line}"
        else:
            comment = f"  # {self._random.choice(COMMENTS)}" if self._random.random() < 0.06 else ""
            yield f"{indent}{key}: {_scalar(value)}{comment}"


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    return f'"{value}"' if "," in str(value) else _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value:_}"
    text = str(value)
    return f'"{text}"' if ": " in text or text.startswith(("'", "@", "[", "{")) else text


def _slug(text: str) -> str:
    plain = text.casefold().translate(str.maketrans("ëéüá", "eeua"))
    return "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in plain).split())


class _Account:
    """One made-up account: picks its own people, units and opportunities, and refers only to those."""

    def __init__(self, number: int, random: Random) -> None:
        self._random = random
        self.name = f"{random.choice(COMPANY_NAMES)} {random.choice(COMPANY_KINDS)} {number}"
        people = random.sample([f"{given} {family}" for given in GIVEN_NAMES for family in FAMILY_NAMES], 7)
        self._team = {_slug(person): person for person in people[:3]}
        self._contacts = {_slug(person): person for person in people[3 : 3 + random.randint(3, 4)]}
        self._units = {_slug(unit): unit for unit in random.sample(UNITS, 2)}
        self._solutions = {_slug(solution): solution for solution in random.sample(SOLUTIONS, 2)}
        self._competitors = {_slug(name): name for name in random.sample(COMPETITORS, 2)}
        self._opportunities = [
            f"{_slug(random.choice(SOLUTIONS))}-{place}" for place in random.sample(sorted(self._units), random.randint(1, 2))
        ]
        self._insights = [_slug(noun) for noun in random.sample(NOUNS, 4)]

    def data(self) -> dict[str, Any]:
        """Every section of the format."""
        random = self._random
        return {
            "profile": self._profile(),
            "insights": {key: self._insight(key) for key in self._insights},
            "team": {
                key: Flow(name=name, role=random.choice(("Account manager", "Solution engineer", "Sponsor")))
                for key, name in self._team.items()
            },
            "units": {"group": Flow(name="Group functions")}
            | {key: Flow(name=name, parent="group", target=random.random() < 0.7) for key, name in self._units.items()},
            "solutions": {key: Flow(name=name) for key, name in self._solutions.items()},
            "contacts": {key: self._contact(key) for key in self._contacts},
            "competitors": {key: self._competitor(name) for key, name in self._competitors.items()},
            "white_space": {
                unit: {solution: self._cell() for solution in random.sample(sorted(self._solutions), random.randint(1, 2))}
                for unit in self._units
            },
            "opportunities": {key: self._opportunity(key) for key in self._opportunities},
            "objectives": {f"objective-{number}": self._objective(number) for number in range(1, 3)},
            "revenue": self._revenue(),
            "meetings": self._meetings(),
            "risks": {"first-risk": self._risk()},
            "reviews": {self._day(200, 270): {"by": self._one(self._team), "verdict": "approved", "notes": self._phrase()}},
        }

    def _one(self, choices: Iterable[str]) -> str:
        return self._random.choice(list(choices))

    def _some(self, choices: Iterable[str], at_most: int = 2) -> list[str]:
        pool = list(choices)
        return self._random.sample(pool, min(len(pool), self._random.randint(1, at_most)))

    def _day(self, first: int = 0, last: int = 600) -> str:
        return str(FIRST_DAY + timedelta(days=self._random.randint(first, last)))

    def _amount(self) -> int:
        return self._random.randint(4, 240) * 5_000

    def _phrase(self) -> str:
        words = f"{self._one(VERBS)} {self._one(NOUNS)} {self._one(PLACES)}"
        return f"{words}: {self._one(SOURCES)}" if self._random.random() < 0.04 else words

    def _crm(self, prefix: str) -> Flow:
        return Flow(salesforce=prefix + "".join(self._random.choices("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkm23456789", k=15)))

    def _profile(self) -> dict[str, Any]:
        random = self._random
        revenue = random.randint(20, 900)
        return {
            "name": self.name,
            "account_manager": self._one(self._team),
            "plan_type": random.choice(("acquisition", "expansion", "retention")),
            "starts": f"2026-{random.randint(1, 9):02}-01",
            "ends": f"2027-{random.randint(1, 9):02}-28",
            "currency": random.choice(("EUR", "EUR", "EUR", "USD", "GBP")),
            "fiscal_year_starts": random.randint(1, 12),
            "crm": self._crm("001"),
            "industry": random.choice(INDUSTRIES),
            "website": f"https://{_slug(self.name)}.example",
            "headquarters": random.choice(CITIES),
            "employees": random.randint(80, 20_000),
            "ownership": random.choice(("public", "private", "subsidiary")),
            "background": Folded(
                f"{self._phrase()}. Grew by buying others; the plants\nstill run on {random.randint(2, 9)} different systems."
            ),
            "target_markets": self._some(MARKETS),
            "product_lines": self._some(PRODUCTS, 3),
            "market_dynamics": {"opportunities": [self._phrase()], "threats": [self._phrase()]},
            "revenue_history": {
                str(year): Flow(revenue=(revenue + year - 2023) * 1_000_000, net_income=revenue * 30_000) for year in range(2023, 2026)
            },
            "revenue_objectives": {"2028": Flow(revenue=revenue * 1_200_000, source=random.choice(SOURCES))},
            "mutual_value": {"field_of_play": self._phrase(), "value_we_bring": self._phrase(), "what_we_gain": "A reference"},
        }

    def _insight(self, key: str) -> dict[str, Any]:
        kind = ("goal", "pressure", "initiative", "obstacle")[self._insights.index(key)]
        insight = {"kind": kind, "what": self._phrase(), "owner": self._one(self._contacts)}
        if kind == "goal":
            return insight | {"source": self._one(SOURCES), "as_of": self._day(0, 200), "confirmed": True}
        if kind == "pressure":
            return insight | {"leads_to": [self._insights[2]]}
        if kind == "initiative":
            return insight | {"confirmed": self._random.random() < 0.5, "answered_by": self._some(self._opportunities)}
        return insight | {"blocks": [self._insights[2]]}

    def _contact(self, key: str) -> dict[str, Any]:
        random, keys = self._random, list(self._contacts)
        position = keys.index(key)
        contact: dict[str, Any] = {"name": self._contacts[key], "title": random.choice(TITLES), "unit": self._one(["group", *self._units])}
        if position:
            contact["reports_to"] = random.choice(keys[:position])
        contact["roles"] = self._some(("decision_maker", "sponsor", "evaluator", "influencer", "purchaser", "user"))
        if random.random() < 0.8:
            contact["stance"] = random.choice(("supportive", "neutral", "negative"))
        contact["influence"] = random.choice(("high", "medium", "low"))
        contact["coverage"] = random.choice(("none", "brief", "multiple", "in_depth"))
        if random.random() < 0.6:
            contact["relationship"] = Flow(now="vendor", target=random.choice(("credible_source", "problem_solver")))
            contact["relationship"]["with"] = self._one(self._team)
        contact["email"] = f"{key}@customer.example"
        if random.random() < 0.7:
            contact["last_contact"] = self._day(100, 320)
        if random.random() < 0.4:
            contact["personal_agenda"] = self._phrase()
        return contact

    def _competitor(self, name: str) -> dict[str, Any]:
        threat = self._random.choice(("high", "medium", "low"))
        return {"name": name, "threat": threat, "strengths": [self._phrase()], "weaknesses": ["No audit trail"]}

    def _cell(self) -> Flow:
        status = self._random.choice(("ours", "competitor", "in_house", "open", "blocked"))
        cell = Flow(status=status)
        if status == "competitor":
            cell["competitor"] = self._one(self._competitors)
        if status == "blocked":
            cell["reason"] = self._phrase()
        if status in ("ours", "competitor"):
            cell |= {"spend": self._amount(), "contract_ends": self._day(300, 900)}
        return Flow(cell)

    def _opportunity(self, key: str) -> dict[str, Any]:
        random = self._random
        opportunity: dict[str, Any] = {
            "name": self._phrase(),
            "status": "potential" if random.random() < 0.2 else "open",
            "stage": random.choice(STAGES),
            "kind": random.choice(("new", "cross_sell", "up_sell", "renewal")),
            "unit": self._one(self._units),
            "solution": self._one(self._solutions),
            "value": self._amount(),
            "margin": f"0.{random.randint(15, 60)}",
            "close_date": self._day(250, 500),
            "effort_days": random.randint(5, 90),
            "owner": self._one(self._team),
            "crm": self._crm("006"),
            "need": self._phrase(),
            "importance": Flow(customer=random.randint(1, 5), us=random.randint(1, 5)),
            "buying_roles": {
                contact: Flow(role=random.choice(("decision_maker", "sponsor", "evaluator"))) for contact in self._some(self._contacts, 3)
            },
            "decision_criteria": [Flow(what=self._phrase(), mandatory=True)],
            "competition": {"position": random.choice(("ahead", "level", "behind")), "competitors": self._some(self._competitors)},
            "next_step": self._phrase(),
            "next_step_due": self._day(250, 360),
        }
        if random.random() < 0.4:
            opportunity["probability"] = f"0.{random.randint(1, 9)}"
        if random.random() < 0.5:
            opportunity["approach"] = self._phrase()
        position = self._opportunities.index(key)
        if position and random.random() < 0.5:
            opportunity["leads_to"] = [self._opportunities[0]]
        return opportunity

    def _objective(self, number: int) -> dict[str, Any]:
        return {
            "category": "revenue" if number == 1 else self._one(("business_development", "cross_account", "marketing")),
            "what": self._phrase(),
            "opportunities": self._some(self._opportunities),
            "owner": self._one(self._team),
            "due": self._day(300, 500),
            "status": self._one(("not_started", "in_progress")),
            "priority": self._one(("high", "medium", "low")),
            "measure": Flow(metric="revenue", target=self._amount()),
            "strategies": {
                "first-way": {
                    "what": self._phrase(),
                    "actions": {f"step-{step}": self._action() for step in range(1, self._random.randint(2, 3))},
                }
            },
        }

    def _action(self) -> Flow:
        action = Flow(what=self._phrase(), owner=self._one(self._team), due=self._day(250, 400))
        if self._random.random() < 0.4:
            action["status"] = self._one(("in_progress", "deferred"))
        return action

    def _revenue(self) -> dict[str, Any]:
        goals = [self._random.randint(4, 90) * 5_000 for _ in range(4)]
        revenue = {f"FY2026-Q{quarter}": Flow(goal=goal) for quarter, goal in enumerate(goals, 1)}
        for quarter in ("FY2026-Q1", "FY2026-Q2"):
            revenue[quarter]["actual"] = self._random.randint(20, 450) * 1_000
        return revenue

    def _meetings(self) -> dict[str, Any]:
        return {
            "every_months": self._random.randint(1, 6),
            "with": self._some(self._contacts),
            "next": self._day(280, 400),
            "held": {
                self._day(150, 270): {
                    "attended": self._some(self._contacts),
                    "ours": Flow(expectations_met=True, notes=self._phrase()),
                    "theirs": Flow(purchasing="below", notes=self._phrase()),
                    "finances": Flow(overdue_invoices=0, notes="Paid to terms"),
                    "news_from_them": [self._phrase()],
                    "ideas": [self._phrase()],
                    "actions": {"follow-up": self._action()},
                }
            },
        }

    def _risk(self) -> dict[str, Any]:
        grades = ("high", "medium", "low")
        return {"what": self._phrase(), "likelihood": self._one(grades), "impact": self._one(grades), "response": self._phrase()}


def plan(number: int, seed: int = 1) -> str:
    """The text of a valid plan: the same for the same number and seed."""
    random = Random(f"{seed}/{number}")
    account = _Account(number, random)
    return _Writer(random).plan(account.name, account.data())


def with_problem(text: str, number: int) -> str:
    """A valid plan's text with one schema problem; which one goes by the number."""
    _, old, new = PROBLEMS[number % len(PROBLEMS)]
    assert old in text
    return text.replace(old, new, 1)


def texts(plans: int, seed: int = 1, problem_share: float = 0.0) -> Sequence[str]:
    """The texts of many plans, a share of them with one schema problem each, spread evenly."""
    made = []
    for number in range(plans):
        text = plan(number, seed)
        has_problem = int((number + 1) * problem_share) > int(number * problem_share)
        made.append(with_problem(text, number) if has_problem else text)
    return made


def write_book(folder: Path, plans: int, seed: int = 1, problem_share: float = 0.0) -> list[Path]:
    """Write a book of plans; the paths of the plans."""
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    (folder / "acctplan.toml").write_text(
        "# A generated book.\n[rates]\nUSD = {rate = 0.9, as_of = 2026-01-31}\nGBP = {rate = 1.2, as_of = 2026-01-31}\n"
    )
    paths = []
    for number, text in enumerate(texts(plans, seed, problem_share)):
        path = folder / "plans" / f"account-{number:05}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a book of generated plans.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--with-problems", type=float, default=0.0, metavar="SHARE", help="share of plans with one schema problem, 0 to 1")
    options = parser.parse_args()
    written = write_book(options.folder, options.plans, options.seed, options.with_problems)
    print(f"{len(written)} plans in {options.folder}")


if __name__ == "__main__":
    main()
