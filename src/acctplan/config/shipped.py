"""The scorecards that come with acctplan. A book's own of the same id takes the place of one of these."""

from __future__ import annotations

from decimal import Decimal

from acctplan.config.scorecards import Question, Scorecard

_EARLY, _HALFWAY, _LATE = Decimal("0.2"), Decimal("0.5"), Decimal("0.75")
"""Probabilities from which on answers are needed: when they have told us their needs, when they compare, when they have our price."""

_MEDDPICC = Scorecard(
    name="MEDDPICC: do we know what decides this?",
    answers="grades",
    bands=((0.75, "strong"), (0.5, "workable"), (0.25, "weak"), (0.0, "not qualified")),
    questions={
        "metrics": Question(
            ask="Metrics: what is it worth to them, in figures?",
            grades=(
                "no figure at all",
                "our own estimate",
                "they gave us the figures",
                "who decides uses the figure as their own",
            ),
            needed=((_HALFWAY, 1), (_LATE, 2)),
        ),
        "economic-buyer": Question(
            ask="Economic buyer: who can say yes and release the money?",
            grades=(
                "we do not know who it is",
                "we know the name, but have not met",
                "we met, and know what they want from it",
                "they told us that they want to buy it from us",
            ),
            needed=((_HALFWAY, 1), (_LATE, 2)),
        ),
        "decision-criteria": Question(
            ask="Decision criteria: what will they decide by?",
            grades=(
                "we know none of them",
                "we guess, or know some",
                "they gave us all, and how much each counts",
                "we helped to set them, and they fit us",
            ),
            needed=((_HALFWAY, 2),),
        ),
        "decision-process": Question(
            ask="Decision process: who does what by when until they choose?",
            grades=(
                "we do not know the steps",
                "we know some steps, without dates",
                "they told us each step, with names and dates",
                "we agreed a plan with them, and it is kept",
            ),
            needed=((_HALFWAY, 1), (_LATE, 2)),
        ),
        "paper-process": Question(
            ask="Paper process: how does a choice become a signed order?",
            grades=(
                "we do not know what it takes",
                "we know who signs",
                "we know every step: purchasing, legal, security, and how long each takes",
                "it is under way, and on time",
            ),
            needed=((_LATE, 2),),
        ),
        "identify-pain": Question(
            ask="Identified pain: what hurts them so much that they must act?",
            grades=(
                "nothing that we know of",
                "we believe that something hurts",
                "they told us what hurts and what it costs them",
                "who decides says that it must be solved, and by when",
            ),
            needed=((_EARLY, 1), (_HALFWAY, 2)),
        ),
        "champion": Question(
            ask="Champion: who sells for us when we are not in the room?",
            grades=(
                "nobody",
                "somebody likes us, but has no say",
                "somebody with a say wants us, for reasons of their own",
                "they proved it: they took us to who decides, or told us what others would not",
            ),
            needed=((_HALFWAY, 2),),
        ),
        "competition": Question(
            ask="Competition: do we know who else is in it, and how to beat them?",
            grades=(
                "we do not know who else is in it",
                "we know who, or that they may do nothing",
                "we know how each stands, and what they will say against us",
                "the customer told us that we are ahead, and why",
            ),
            needed=((_HALFWAY, 1), (_LATE, 2)),
        ),
    },
)

_OPPORTUNITY, _COMPETE, _WIN, _WORTH = "Is there an opportunity?", "Can we compete?", "Can we win?", "Is it worth winning?"

_TAS = Scorecard(
    name="Four questions before we pursue it",
    questions={
        "project": Question(part=_OPPORTUNITY, ask="Have they set out to do something, with somebody in charge of it?", gate=True),
        "business": Question(part=_OPPORTUNITY, ask="Do we understand how they earn money, and what this does for it?"),
        "finances": Question(part=_OPPORTUNITY, ask="Do they do well enough to carry it through?"),
        "funds": Question(part=_OPPORTUNITY, ask="Is there money for it, or do we know how they will find it?"),
        "event": Question(part=_OPPORTUNITY, ask="Must they act by a certain day, and does it hurt them if they do not?"),
        "criteria": Question(part=_COMPETE, ask="Do we know what they will decide by, and does it suit us?"),
        "fit": Question(part=_COMPETE, ask="Does what we have do what they need, as it is?"),
        "resources": Question(part=_COMPETE, ask="Do we have the people and the time to win it?"),
        "relationship": Question(part=_COMPETE, ask="Are we closer to them than the others are?"),
        "value": Question(part=_COMPETE, ask="Do we bring them something that nobody else can, and do they say so?"),
        "support": Question(part=_WIN, ask="Does somebody inside want us to win, and act for it?"),
        "executives": Question(part=_WIN, ask="Do the people at the top believe us?"),
        "culture": Question(part=_WIN, ask="Do they like to work the way that we work?"),
        "unspoken": Question(part=_WIN, ask="Do we know what counts for them beside the written criteria, and does it suit us?"),
        "politics": Question(part=_WIN, ask="Are those who want us the ones who get their way?"),
        "revenue": Question(part=_WORTH, ask="Does it bring enough this year?"),
        "future": Question(part=_WORTH, ask="Does more follow from it?"),
        "profit": Question(part=_WORTH, ask="Do we earn enough on it?"),
        "risk": Question(part=_WORTH, ask="Can we deliver it without putting much at risk?"),
        "strategy": Question(part=_WORTH, ask="Does it take us where we want to go?"),
    },
)

SHIPPED: dict[str, Scorecard] = {"meddpicc": _MEDDPICC, "tas": _TAS}
