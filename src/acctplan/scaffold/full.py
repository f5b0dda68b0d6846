"""Every section of a plan, explained. What is not yet known stands as a comment, ready to be uncommented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.scaffold.starter import SCHEMA_LINE, goals, profile, team

if TYPE_CHECKING:
    from acctplan.scaffold.starter import Answers


def full_plan(answers: Answers) -> str:
    """The text of a plan with every section and every field. Valid as it stands, and with its examples uncommented."""
    return f"""{SCHEMA_LINE}
#
# An account plan with every section. Uncomment what you need, delete the rest: only the customer's name is required.
# Whatever is referred to elsewhere has a short id: lower-case letters, digits and hyphens.
acctplan: 1                                  # version of this format

# Who the customer is. What lets you act as an adviser: how they earn money, what moves their markets, what they aim at.
{profile(answers)}
{_PROFILE}
# What drives the customer: a goal feels a pressure, an initiative answers it, an obstacle stands in its way.
{_INSIGHTS}
# Our side.
{team(answers)}
{_REST.replace("  FY0000: {goal: }", goals(answers)).replace("FY0000", answers.years[0])}"""


_PROFILE = """\
#   plan_type: expansion                     # acquisition | expansion | retention
#   level: working                           # start | working | review: how much check expects; left out: what it has grown to
#   fiscal_year_starts: 1                    # month in which our fiscal year starts; left out: the book's
#   crm: {salesforce: 0015g00000XyZabAAF}    # ids elsewhere; imports match on them
#   source: Salesforce                       # where this is from, and on which day it was so; imports keep it
#   as_of: 2026-09-30
#   industry: Chilled and frozen food
#   website: https://customer.example
#   headquarters: Utrecht, NL
#   employees: 5_200
#   ownership: public                        # public | private | subsidiary | government | other
#   ticker: CUST
#   background: >
#     How they came to be what they are, and how they make money, in three sentences.
#   target_markets: [Benelux supermarkets, DACH food service]
#   product_lines: [Ready meals, Dairy desserts]
#   market_dynamics:
#     opportunities: [What helps them]
#     threats: [What hurts them]
#   revenue_history:                         # the customer's own figures, with where they are from
#     2025: {revenue: 904_000_000, net_income: 35_100_000, source: annual report 2025}
#   revenue_objectives:
#     2028: {revenue: 1_100_000_000, source: capital markets day, as_of: 2026-02-11}
#   mutual_value:                            # the charter: why both sides should want this
#     field_of_play: Where we meet
#     value_we_bring: What only we can do for them
#     how_they_gain: What that is worth to them
#     what_we_gain: What it is worth to us
#     shared: true                           # agreed with the customer: it goes into their edition
"""

_INSIGHTS = """\
# insights:
#   cut-write-offs:
#     kind: goal                             # goal | pressure | initiative | obstacle
#     what: Cut write-offs from 3 % to 2 % of revenue by 2028
#     owner: jane-doe                        # whose goal it is: an id in `contacts`
#     source: capital markets day
#     as_of: 2026-02-11
#     confirmed: true                        # did the customer tell us that?
#     shared: true                           # agreed with the customer: it goes into their edition
#     leads_to: [one-platform]               # other insights
#   one-platform:
#     kind: initiative
#     what: One platform for all plants
#     answered_by: [first-project]           # opportunities
#   plant-autonomy:
#     kind: obstacle
#     what: Plants choose their own systems
#     blocks: [one-platform]
"""

_REST = """\
#   alex-roe: {name: Alex Roe, role: Solution engineer, email: alex@ours.example, phone: +1 555 0100}

# The parts of the customer that buy.
# units:
#   group: {name: Group functions}
#   logistics: {name: Logistics, parent: group, target: true, notes: Runs all cold stores}

# What we could sell here. Usually kept once for all plans, in acctplan.toml.
# solutions:
#   platform: {name: Monitoring platform, notes: Since 2024}

# The people at the customer: who decides, where each of them stands, how well we know them.
# contacts:
#   jane-doe:
#     name: Jane Doe                         # left out: a seat whose holder we do not know yet
#     title: CFO
#     unit: group
#     roles: [decision_maker]                # decision_maker | sponsor | evaluator | influencer | purchaser | user
#     stance: neutral                        # supportive | neutral | negative; left out is unknown, which is not neutral
#     influence: high                        # high | medium | low
#     coverage: brief                        # none | brief | multiple | in_depth: how well we know them
#     relationship: {now: vendor, target: problem_solver, with: alex-roe, every_months: 6}
#     # vendor | credible_source | problem_solver | trusted_advisor
#     email: jane.doe@customer.example
#     phone: +1 555 0101
#     crm: {salesforce: 0035g00000AbCdeAAB}
#     source: Salesforce                     # where this is from, and on which day it was so
#     as_of: 2026-09-30
#     last_contact: 2026-09-30
#     personal_agenda: What is in it for her
#     notes: Came from a competitor in 2024
#   john-poe:
#     name: John Poe
#     title: VP Logistics
#     unit: logistics
#     reports_to: jane-doe
#     influences: [jane-doe]                 # informal lines, beside reports_to

# Who else sells here.
# competitors:
#   rival: {name: Rival, threat: high, strengths: [Installed in two plants], weaknesses: [No audit trail], notes: New owner}

# What each unit has of each solution, and from whom. A cell left out is unknown.
# white_space:
#   logistics:
#     platform: {status: competitor, competitor: rival, spend: 240_000, contract_ends: 2027-03-31, notes: Renewed once}
#     # ours | competitor | in_house | open | blocked (with a reason) | not_needed
#   group:
#     platform: {status: blocked, reason: No budget before 2028}

# What we could win. `acctplan rank` says which to pursue, and why.
# opportunities:
#   first-project:
#     name: Monitoring platform for the cold stores
#     status: open                           # potential | open | won | lost | dropped
#     stage: proposal                        # a stage named in acctplan.toml
#     stage_since: 2026-09-15                # the day on which it came to this stage
#     probability: 0.5                       # left out: the stage's own
#     kind: cross_sell                       # new | cross_sell | up_sell | renewal
#     unit: logistics
#     solution: platform
#     value: 420_000
#     margin: 0.38
#     close_date: 2027-01-31
#     effort_days: 45                        # what it will cost us to pursue
#     owner: alex-roe
#     crm: {salesforce: 0065g00000AbCdeAAB}
#     source: Salesforce                     # where this is from, and on which day it was so
#     as_of: 2026-09-30
#     need: What they need it for, in their words
#     approach: How we want to win it
#     customer_impact: What it changes for them, in figures
#     importance: {customer: 5, us: 4}       # 1 (little) to 5 (vital), on both sides
#     buying_roles:                          # for this opportunity; what is left out comes from the contact
#       jane-doe: {role: decision_maker, stance: neutral, coverage: brief}
#     decision_criteria:
#       - {what: Works with what is installed, mandatory: true, held_by: [john-poe], position: better}   # better | equal | worse
#     competition:
#       position: ahead                      # sole | ahead | level | behind | locked_out
#       competitors: [rival]
#       incumbent: rival
#       strategy: Sell the audit trail, which they lack
#     penetration: How to reach the decision maker
#     scorecards:                            # answers by scorecard and question: acctplan score first-project --ask
#       meddpicc:
#         metrics: {answer: 2, evidence: What John told us, as_of: 2026-10-01, competitors: {rival: 1}}   # 0 to 3, or '?'
#       tas:
#         project: {answer: '+'}             # '+', '-' or '?'
#     leads_to: [roll-out]                   # opportunities that this one opens
#     next_step: Business case with John's team
#     next_step_due: 2026-12-04
#     shared: true                           # the customer's edition has its name, need and impact; never money or people's parts
#     closed_because: Why it was won, lost or dropped
#     notes: Anything else
#   roll-out: {name: Roll-out to the plants, status: potential}

# What we want to reach, how, and who does what by when. Every potential opportunity needs a business_development objective,
# every open one a revenue objective; each objective an owner, a date and at least two dated, owned actions.
# objectives:
#   win-first-project:
#     category: revenue                      # marketing | business_development | revenue | cross_account
#     what: Win the first project this fiscal year
#     type: partnering                       # partnering | relationship | research | customer_success
#     opportunities: [first-project]
#     contacts: [jane-doe]
#     owner: alex-roe
#     due: 2027-01-31
#     status: in_progress                    # not_started | in_progress | deferred | achieved | cancelled
#     priority: high                         # high | medium | low
#     relevance: Why the customer should care
#     measure: {metric: revenue, target: 420_000, current: 0}
#     shared: true                           # the customer's edition has it, with those of its actions that are shared
#     strategies:
#       prove-the-case:
#         what: Prove the case in one plant
#         actions:
#           pilot-report: {what: Pilot report, owner: alex-roe, due: 2026-12-04, status: in_progress, shared: true, notes: With John's team}
#           see-cfo: {what: See Jane with the report, owner: alex-roe, due: 2026-12-15, contact: jane-doe}
#     notes: Anything else

# Ours, by fiscal period: FY2026, FY2026-H1, FY2026-Q3 or FY2026-M07.
revenue:
  FY0000: {goal: }
#   FY0000-Q1: {goal: 60_000, actual: 64_200}

# Relationship management meetings: regular, with somebody who decides, about both sides' business.
meetings:
  every_months: 3
#   with: [jane-doe, john-poe]
#   next: 2026-12-10
#   held:
#     2026-09-10:
#       attended: [john-poe, alex-roe]
#       ours: {expectations_met: true, notes: How they see the last months}
#       theirs: {purchasing: below, notes: What they bought against plan}   # above | as_planned | below
#       finances: {overdue_invoices: 0, notes: Paid to terms}
#       news_from_us: [What is new with us]
#       news_from_them: [What is new with them]
#       ideas: [What we could do together]
#       goals: [What we agreed to reach]
#       actions:
#         site-visit: {what: Visit the new site, owner: alex-roe, due: 2026-10-15, status: done, done: 2026-10-12}
#       notes: Anything else

# risks:
#   plant-it: {what: Plant IT blocks it, likelihood: high, impact: high, response: They join the pilot, owner: alex-roe, status: open}

# What we still have to ask: acctplan questions lists it, acctplan interview notes what you do not know yet.
# questions:
#   how-john-sees-it:
#     what: How does John see this?
#     about: contacts.john-poe.stance        # what it would fill in
#     contact: jane-doe                      # whom to ask
#     asked: 2026-10-01
#     status: open                           # open | answered
#     answer: He would start with one plant

# The manager's reviews of this plan.
# reviews:
#   2026-10-01:                                         # acctplan review PLAN --sign "…" writes this
#     by: alex-roe
#     verdict: approved                                 # approved | changes_wanted
#     notes: Get to the CFO before year end
#     fingerprint: p1-0a1b2c3d4e5f6071                  # of what was reviewed: what changed since shows as not yet reviewed
#     confirmed: {p1-7160f5e4d3c2b1a0: opportunities.example}  # acctplan review PLAN --confirm opportunities.example
"""
