"""The settings of a new book: every one explained, each at its default, ready to be uncommented."""

from __future__ import annotations


def settings_file(currency: str) -> str:
    """The text of a new acctplan.toml.

    Args:
        currency: the book's own, ISO 4217.
    """
    return _SETTINGS.replace('currency = "EUR"', f'currency = "{currency}"')


_SETTINGS = """\
# The settings of this book of business: what all its plans share.
#
# A line that starts with "# " and a name shows the setting's normal value: take the "# " away and change it where your
# book differs.

# The currency of totals and rankings over several plans. Each plan may be in its own; see [rates].
currency = "EUR"

# The folder of the plans, one YAML file per account, below the folder of this file.
# plans = "plans"


# What you sell. Kept here once, so that every plan can use the ids and two plans mean the same thing by them.
# A plan can add its own under `solutions`.

[solutions]
# first-product = {name = "What it is called"}


# The steps of your sales process, in order. `probability` is how likely it is that an opportunity in this stage
# is won, 0 to 1; a plan can give an opportunity its own. `salesforce` lists the names that Salesforce has for the
# stage, so that an import knows where a deal belongs. Name one stage, below [stages], and you name them all: these are
# then gone.

# [stages]
# prospecting = {probability = 0.10, salesforce = ["Prospecting"]}
# qualification = {probability = 0.10, salesforce = ["Qualification"]}
# needs-analysis = {probability = 0.20, salesforce = ["Needs Analysis"]}
# value-proposition = {probability = 0.50, salesforce = ["Value Proposition"]}
# decision-makers = {probability = 0.60, salesforce = ["Id. Decision Makers"]}
# perception-analysis = {probability = 0.70, salesforce = ["Perception Analysis"]}
# proposal = {probability = 0.75, salesforce = ["Proposal/Price Quote"]}
# negotiation = {probability = 0.90, salesforce = ["Negotiation/Review"]}


# What the words of a CRM mean here, for imports: those that are not its usual ones. `acctplan import` lists the words
# that it does not know. Capitals, blanks and signs are of no matter.

[import]
# salesforce.stages = {"Legal" = "negotiation", "Signed" = "won"}    # to your stages, or to won, lost or dropped
# salesforce.statuses = {"On hold" = "dropped"}                      # potential, open, won, lost or dropped
# salesforce.kinds = {"Replacement" = "up_sell"}                     # new, cross_sell, up_sell or renewal
# salesforce.ownerships = {"Listed" = "public"}                      # public, private, subsidiary, government or other
# salesforce.roles = {"Gatekeeper" = "influencer"}
# decision_maker, sponsor, evaluator, influencer, purchaser or user
#
# A table of somebody's own is imported once it is said what its columns mean: `acctplan import --map FILE` proposes that,
# asks, and writes it here. Of a CRM that acctplan knows, `columns` says what headers in another language mean.
# our-crm.name = "Our CRM"                                           # what plans call it where something is from
# our-crm.columns = {"Customer" = "account.name", "Deal" = "opportunity.name", "Size" = "opportunity.value"}
# our-crm.constants = {"opportunity.currency" = "USD"}               # what holds for every row
# our-crm.date_format = "d/m/y"                                      # or m/d/y, y/m/d: where dates do not tell it
# pipedrive.columns = {"Deal - Titel" = "Deal - Title"}


# What one unit of another currency is worth in the book's currency, and the day on which you looked it up.
# Needed for each currency that a plan is in, other than the book's own.

[rates]
# XXX = {rate = 1.25, as_of = 2026-12-31}


# Sets of questions for `acctplan score`, beside those that it comes with (acctplan score --cards). Answers are "signs"
# (+ and -) or "grades" (0 to 3, each of which `grades` may put in words). A plain no to a `gate` decides against the
# opportunity. `needed` says from which probability on the answer has to be at least 1, 2 or 3 (+ is 3). `part` is a
# heading. `bands` are words for a share of the points.

[scorecards]
# fit.name = "Does it suit us?"
# fit.answers = "signs"
# fit.questions.near = {ask = "Is the site within two hours of ours?", part = "Can we do it?", gate = true}
# fit.questions.people = {ask = "Have we the people for it?", part = "Can we do it?", weight = 2, needed = [[0.5, 3]]}
# fit.bands = [[0.67, "good"], [0.34, "fair"], [0, "poor"]]
# safety.name = "Is it safe to do?"
# safety.answers = "grades"
# safety.questions.site = {ask = "Is the site safe?", grades = ["no", "with much work", "with some work", "as it is"]}


# How opportunities are ranked.

[ranking]

# The margin of an opportunity that names none, 0 to 1. The ranking says wherever it had to assume it.
# assumed_margin = 0.4

# How good an amount is, from 0 to 1. The amount is value x margin, in the book's currency; between two points the line
# is straight. Move the points to your own size of business: here a margin of 250,000 is worth 0.6.
# value_scale = [[0, 0.0], [10_000, 0.1], [50_000, 0.3], [250_000, 0.6], [1_000_000, 0.9], [2_500_000, 1.0]]

# How much each question counts. Only the proportions matter; 0 leaves a question out.

[ranking.weights]
# value = 20                     # how much money is in it for us
# access = 20                    # how well we know who decides, and whether they want us
# stage = 15                     # how likely it is that we win
# competition = 15               # how we stand against the others
# importance_to_customer = 10    # what it means to them
# importance_to_us = 10          # what it means to us, beside the money
# lead_in = 10                   # what it opens the door to
# scorecards = {}                # scorecards that join in, each with a weight that its questions share: {meddpicc = 30}

# Other weights by name, each of which changes what it names and leaves the rest as above: acctplan rank --weights hunting

[ranking.weight_sets]
# hunting = {importance_to_us = 25, lead_in = 25, competition = 10}
# defending = {access = 30, competition = 25, importance_to_customer = 20, lead_in = 0}


# What goals and forecasts are worked out with.

[revenue]

# How many of the opportunities that are closed were won, 0.01 to 1. Assumed of each account until five of its own are
# won or lost. The pipeline that it takes to close a gap is gap / win rate: at 0.4, two and a half times the gap.
# win_rate = 0.4

# The month in which your fiscal year starts, 1 to 12, for plans that do not say (`profile.fiscal_year_starts`).
# fiscal_year_starts = 1


# After how long something is late.

[limits]

# A key player should hear from you at least this often, in days. Key players are those who decide, those who speak
# for you, and everybody of high influence.
# contact_days = 90

# Months between two relationship meetings, for a plan that does not say (`meetings.every_months`).
# meeting_months = 3

# A fact with a date (`as_of`) should be looked up again after this many days.
# fact_days = 365

# Your manager should review each plan at least this often, in days.
# review_days = 90

# How many days before a competitor's contract ends there should be an opportunity.
# contract_days = 180

# An open opportunity should not stay in one stage for longer than so many days.
# stage_days = 120

# An account is at risk where its forecast is less than this share of the goal of the fiscal year, 0 to 1.
# at_risk_below = 0.8


# What `acctplan check` looks at.

[check]

# How much it expects of a plan:
#   "start"    the ten-minute plan: what they want, who decides, the best opportunity and its next step,
#              the next meeting, the revenue goal
#   "working"  a plan that somebody works with every week
#   "review"   a plan that is ready to be shown to your manager
#   "auto"     what the plan itself says (`profile.level`), else what it has grown to
# level = "auto"

# Only these rules or families, such as "contacts"; none named: all. `acctplan explain` lists them.
# select = []

# Not these.
# ignore = []

# Another severity for a rule or a family.
# severities = {"contacts/unknown-stance" = "warning"}

# Findings that you live with, each with a reason, and until when.
# waivers = [
#   {rule = "contacts/unknown-stance", plan = "meridian", at = "contacts.lena-vos", until = 2026-12-31, reason = "we meet her then"},
# ]
"""
