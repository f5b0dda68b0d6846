"""How the fields of a plan are asked for, one by one: the question, why it matters, and the same asked of the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.amounts import currency_of
from acctplan.analysis.factors.answers import UNKNOWN, in_words
from acctplan.analysis.questions.base import NEW, Choice, Question, Topic, kind_at, theme
from acctplan.analysis.questions.whom import Informants
from acctplan.analysis.relationships import called, deciders

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from acctplan.config import Config
    from acctplan.diagnostic import Pointer
    from acctplan.model import Plan

STANCES = (
    Choice("supportive", "for us"),
    Choice("neutral", "neither for nor against"),
    Choice("negative", "against us, or for somebody else"),
)
COVERAGES = (
    Choice("none", "never met"),
    Choice("brief", "met once or twice"),
    Choice("multiple", "met several times"),
    Choice("in_depth", "we know each other well"),
)
POSITIONS = (
    Choice("sole", "nobody else competes"),
    Choice("ahead", "they would rather take us"),
    Choice("level", "open"),
    Choice("behind", "they would rather take somebody else"),
    Choice("locked_out", "we are not being considered"),
)
_TOPICS = {"competition.position": Topic.COMPETITION, "next_step": Topic.NEXT_STEP, "next_step_due": Topic.NEXT_STEP}
_GRADES = (Choice("1", "little"), Choice("2", ""), Choice("3", "some"), Choice("4", ""), Choice("5", "vital"))


class Asking:
    """The questions about one plan.

    Args:
        plan: the plan.
        config: the book's settings.
        today: the day it is.
    """

    def __init__(self, plan: Plan, config: Config, today: date) -> None:
        self.plan, self.config, self.today = plan, config, today
        self.customer = plan.profile.name
        self._informants = Informants(plan)

    def about(self, pointer: Pointer) -> Question | None:
        """How a value is asked for that a ranking would like to know; None where it is none that one asks for alone."""
        match pointer:
            case ("contacts", str(who), "stance" | "coverage" as field):
                return self._of_person(who, field)
            case ("opportunities", str(key), "buying_roles", str(who), "stance" | "coverage" as field):
                return self._of_person(who, field, key)
            case ("opportunities", str(key), "buying_roles", _, "role"):
                return self.decider(key)
            case ("opportunities", str(key), "scorecards", str(card), str(question), "answer"):
                return self.answer(key, card, question)
            case ("opportunities", str(key), *rest) if (asks := _OF_OPPORTUNITIES.get(tuple(rest))) is not None:
                return asks(self, key)
        return None

    # The customer.

    def goal(self) -> Question:
        """What they want."""
        return Question(
            topic=Topic.CUSTOMER,
            pointer=("insights",),
            asks=f"What does {self.customer} want to achieve this year? A goal of theirs, in their words.",
            why="Customers buy what helps them with their own goals.",
            kind="entry",
            rule="profile/nothing-drives-them",
            field="what",
            also=((("insights", NEW, "kind"), "goal"), (("insights", NEW, "as_of"), self.today)),
            aloud="What do you want to achieve in the next twelve months?",
            contact=self._informants.best(),
        )

    def owner_of_insight(self, key: str) -> Question:
        """Whose goal or pressure it is."""
        what = self.plan.insights[key].what
        return Question(
            topic=Topic.CUSTOMER,
            pointer=("insights", key, "owner"),
            asks=f"Who at {self.customer} is behind this: {what}",
            why="A goal without a name is nobody's: its owner is whom you help.",
            kind="id",
            rule="insights/no-owner",
            section="contacts",
            aloud=f"Who on your side drives this: {what}",
            contact=self._informants.best(),
        )

    # The people.

    def new_decider(self) -> Question:
        """Who decides, where nobody is known to."""
        return Question(
            topic=Topic.PEOPLE,
            pointer=("contacts",),
            asks=f"Who at {self.customer} decides? First and last name.",
            why="Somebody signs. Until you know who, you work for people who can say no but not yes.",
            kind="entry",
            rule="contacts/no-decision-maker",
            field="name",
            also=((("contacts", NEW, "roles"), ("decision_maker",)),),
            aloud="Who takes such a decision on your side?",
            contact=self._informants.best(),
        )

    def decider(self, key: str) -> Question:
        """Who decides on an opportunity."""
        opportunity = self.plan.opportunities[key]
        pointer = ("opportunities", key, "buying_roles")
        return Question(
            topic=Topic.PEOPLE,
            pointer=pointer,
            asks=f"Who decides on {opportunity.name}?",
            why="Whoever decides on the account need not decide on this deal.",
            kind="id",
            rule="opportunities/no-decision-maker",
            section="contacts",
            also=(((*pointer, NEW, "role"), "decision_maker"),),
            aloud=f"Who signs for {self._theme(key)}, and who has to agree before?",
            contact=self._informants.best(among=opportunity.buying_roles),
        )

    def name(self, who: str) -> Question:
        """Who sits on a seat."""
        contact = self.plan.contacts[who]
        decides = "decision_maker" in contact.roles
        seat = f"Who at {self.customer} is {contact.title}?" if contact.title else f"Who at {self.customer} decides?"
        return Question(
            topic=Topic.PEOPLE,
            pointer=("contacts", who, "name"),
            asks=f"{seat} First and last name.",
            why="Somebody signs. A name is the cheapest thing to find out." if decides else "The seat has a say, whoever sits on it.",
            kind="text",
            rule="contacts/empty-seat",
            aloud=f"Who is your {contact.title}?" if contact.title else "Who takes the decision on your side?",
            contact=self._informants.best(),
        )

    def title(self, who: str) -> Question:
        """What somebody does."""
        name = self.plan.contacts[who].name
        return Question(
            topic=Topic.PEOPLE,
            pointer=("contacts", who, "title"),
            asks=f"What is the title of {name}?" if name else f"What is the title of whoever decides at {self.customer}?",
            why="A title says what somebody answers for, and whom to ask if the name is not known.",
            kind="text",
            rule="contacts/empty-seat",
            aloud=f"What does {name} look after?" if name else "Which position takes the decision?",
            contact=self._informants.best([who]),
        )

    def stance(self, who: str, opportunity: str | None = None) -> Question:
        """Where somebody stands, in general or on an opportunity."""
        name = called(self.plan, who)
        place = () if opportunity is None else ("opportunities", opportunity, "buying_roles")
        on = "" if opportunity is None else f" on {self.plan.opportunities[opportunity].name}"
        return Question(
            topic=Topic.PEOPLE,
            pointer=(*(place or ("contacts",)), who, "stance"),
            asks=f"Where does {name} stand{on}?",
            why="Unknown is not neutral: whoever decides and is not known is the likeliest surprise of a deal.",
            kind="choice",
            rule="contacts/unknown-stance",
            choices=STANCES,
            aloud=f"How does {name} see {'what we do together' if opportunity is None else self._theme(opportunity)}?",
            contact=self._informants.best([who]),
        )

    def coverage(self, who: str, opportunity: str | None = None) -> Question:
        """How well we know somebody."""
        place = ("contacts",) if opportunity is None else ("opportunities", opportunity, "buying_roles")
        return Question(
            topic=Topic.PEOPLE,
            pointer=(*place, who, "coverage"),
            asks=f"How well do we know {called(self.plan, who)}?",
            why="Whoever hardly knows us judges us by what others say.",
            kind="choice",
            rule="contacts/key-player-unknown",
            choices=COVERAGES,
        )

    def last_contact(self, who: str) -> Question:
        """When we last spoke with somebody."""
        last = self.plan.contacts[who].last_contact
        noted = f" The plan says {last}." if last else ""
        return Question(
            topic=Topic.PEOPLE,
            pointer=("contacts", who, "last_contact"),
            asks=f"When did we last speak with {called(self.plan, who)}?{noted}",
            why="Support fades in silence, and everybody remembers their last talk as more recent than it was.",
            kind="day",
            rule="contacts/not-contacted" if last else "contacts/no-last-contact",
        )

    # What we could win.

    def new_opportunity(self) -> Question:
        """What there is to win, where nothing is known."""
        who = next(iter(self._deciders()), None)
        also = [] if who is None else [(("opportunities", NEW, "buying_roles", who, "role"), "decision_maker")]
        return Question(
            topic=Topic.OPPORTUNITY,
            pointer=("opportunities",),
            asks=f"What could {self.customer} buy from us next? Give our best idea a name.",
            why="A plan needs something to work towards. One good idea is enough to begin with.",
            kind="entry",
            rule="opportunities/none",
            field="name",
            also=((("opportunities", NEW, "status"), "potential"), *also),
            aloud="Where could we help you most next?",
            contact=self._informants.best(),
        )

    def name_of_opportunity(self, key: str) -> Question:
        """What to call the opportunity that a new plan begins with."""
        return Question(
            topic=Topic.OPPORTUNITY,
            pointer=("opportunities", key, "name"),
            asks=f"What could {self.customer} buy from us next? Give our best idea a name.",
            why="A plan needs something to work towards. One good idea is enough to begin with.",
            kind="text",
            rule="plan/left-over-words",
            aloud="Where could we help you most next?",
            contact=self._informants.best(),
        )

    def need(self, key: str) -> Question:
        """What they need it for."""
        return self._of_opportunity(
            key,
            "need",
            asks=f"What does {self.customer} need {self._name(key)} for?",
            why="Nobody pays for what they do not need: without a need there is no deal.",
            rule="opportunities/no-need",
            aloud=f"What should be different once {self._theme(key)} is done?",
        )

    def worth(self, key: str) -> Question:
        """What it is worth."""
        return self._of_opportunity(
            key,
            "value",
            asks=f"What is {self._name(key)} worth, in {currency_of(self.plan, self.config)}? A rough figure will do.",
            why="Without a value nothing can be ranked or forecast.",
            rule="opportunities/not-in-forecast",
            aloud=f"What have you set aside for {self._theme(key)}?",
        )

    def stage(self, key: str) -> Question:
        """How far along it is. A stage opens what was only potential."""
        opportunity = self.plan.opportunities[key]
        stages = tuple(Choice(name, f"{(stage.probability * 100).normalize():f} %") for name, stage in self.config.stages.items())
        return Question(
            topic=Topic.OPPORTUNITY,
            pointer=("opportunities", key, "stage"),
            asks=f"How far along is {opportunity.name}? Say ? if it is only an idea of ours so far.",
            why="The stage says how likely it is, and so what the forecast may count on.",
            kind="choice",
            rule="opportunities/not-in-forecast",
            choices=stages,
            also=() if opportunity.status == "open" else ((("opportunities", key, "status"), "open"),),
            aloud=f"How far are you with {self._theme(key)}, and what comes next?"
            if opportunity.status == "open"
            else f"Is {self._theme(key)} on your list, and for when?",
            contact=self._informants.best(among=opportunity.buying_roles),
        )

    def close_date(self, key: str) -> Question:
        """By when it could be decided."""
        passed = self.plan.opportunities[key].close_date
        late = passed is not None and passed < self.today
        return self._of_opportunity(
            key,
            "close_date",
            asks=f"{self._name(key)} should have closed on {passed}. By when now?"
            if late
            else f"By when could {self._name(key)} be decided?",
            why="A passed date is the most common reason why a forecast is wrong." if late else "Only what has a day counts in a period.",
            rule="opportunities/close-date-passed" if late else "opportunities/not-in-forecast",
            aloud=f"By when do you want to decide on {self._theme(key)}, and what has to happen before?",
        )

    def unit(self, key: str) -> Question:
        """Which part of the customer buys it."""
        return Question(
            topic=Topic.OPPORTUNITY,
            pointer=("opportunities", key, "unit"),
            asks=f"Which part of {self.customer} would buy {self._name(key)}?",
            why="The unit says whose budget it is, and who else has a say.",
            kind="id",
            rule="opportunities/not-placed",
            section="units",
            aloud=f"Which part of your house is {self._theme(key)} for?",
            contact=self._informants.best(among=self.plan.opportunities[key].buying_roles),
        )

    def importance_to_customer(self, key: str) -> Question:
        """How much it matters to them."""
        return self._of_opportunity(
            key,
            "importance.customer",
            asks=f"How much does {self._name(key)} matter to {self.customer}? 1 is little, 5 is vital.",
            why="What is vital for them finds its budget.",
            rule="opportunities/not-weighed",
            aloud=f"How important is {self._theme(key)} among all that you have to do this year?",
            choices=_GRADES,
        )

    def importance_to_us(self, key: str) -> Question:
        """How much it matters to us."""
        return self._of_opportunity(
            key,
            "importance.us",
            asks=f"How much does {self._name(key)} matter to us? 1 is little, 5 is vital.",
            why="Nobody can pursue everything: what matters most to us comes first.",
            rule="opportunities/not-weighed",
            choices=_GRADES,
        )

    def position(self, key: str) -> Question:
        """How we stand against the others."""
        return self._of_opportunity(
            key,
            "competition.position",
            asks=f"How do we stand against the others with {self._name(key)}?",
            why="Somebody else is nearly always there, if only the choice to do nothing.",
            rule="opportunities/no-position",
            aloud=f"Who else are you talking to about {self._theme(key)}, and what do they do well?",
            choices=POSITIONS,
        )

    def competitor(self, key: str) -> Question:
        """Who is ahead of us."""
        pointer = ("opportunities", key, "competition", "competitors")
        return Question(
            topic=Topic.COMPETITION,
            pointer=pointer,
            asks=f"Who is ahead of us with {self._name(key)}?",
            why="Whoever they would rather take has a name, and only against a name can we say what we do better.",
            kind="id",
            rule="opportunities/no-position",
            section="competitors",
            aloud=f"Who else are you talking to about {self._theme(key)}, and what do they do well?",
            contact=self._informants.best(among=self.plan.opportunities[key].buying_roles),
        )

    def answer(self, key: str, card: str, identifier: str) -> Question:
        """What a scorecard asks."""
        scorecard = self.config.cards[card]
        question = scorecard.questions[identifier]
        pointer = ("opportunities", key, "scorecards", card, identifier)
        marks = [mark for mark in scorecard.marks if mark != UNKNOWN]
        return Question(
            topic=Topic.OPPORTUNITY,
            pointer=(*pointer, "answer"),
            asks=f"{self._name(key)}: {question.ask}",
            why=f"{scorecard.name} counts in the ranking, and this question has no answer.",
            kind="choice",
            rule="opportunities/scorecard-minimum",
            choices=tuple(Choice(mark, in_words(question, mark)) for mark in marks),
            also=(((*pointer, "as_of"), self.today),),
        )

    # What happens next.

    def next_step(self, key: str) -> Question:
        """What happens next with an opportunity."""
        opportunity = self.plan.opportunities[key]
        due = opportunity.next_step_due
        late = opportunity.next_step is not None and due is not None and due < self.today
        was = f"{opportunity.name}: '{opportunity.next_step}' was due on {opportunity.next_step_due}. What is the next step now?"
        return self._of_opportunity(
            key,
            "next_step",
            asks=was if late else f"What is the next step with {opportunity.name}?",
            why="Either it was done and the plan does not say so, or the deal has stopped."
            if late
            else "A deal without a next step does not move, however good it looks.",
            rule="opportunities/next-step-overdue" if late else "opportunities/no-next-step",
            aloud=f"What should we do together next on {self._theme(key)}?",
        )

    def next_step_due(self, key: str) -> Question:
        """By when that should be."""
        opportunity = self.plan.opportunities[key]
        late = opportunity.next_step_due is not None and opportunity.next_step_due < self.today
        return self._of_opportunity(
            key,
            "next_step_due",
            asks=f"By when: {(opportunity.next_step or '').rstrip(' .?!')}?",
            why="The day that the plan gives is past." if late else "A step without a day is a wish.",
            rule="opportunities/next-step-overdue" if late else "opportunities/no-next-step",
            aloud=f"By when should we have taken the next step on {self._theme(key)}?",
        )

    # Who does what.

    def manager(self) -> Question:
        """Who answers for the account."""
        return Question(
            topic=Topic.WORK,
            pointer=("profile", "account_manager"),
            asks=f"Who of us answers for {self.customer}? The account manager's name.",
            why="A plan that belongs to everybody is carried out by nobody.",
            kind="id",
            rule="profile/no-account-manager",
            section="team",
        )

    def owner(self, pointer: Pointer, what: str, rule: str) -> Question:
        """Who of us sees to something."""
        return Question(
            topic=Topic.WORK,
            pointer=(*pointer, "owner"),
            asks=f"Who of us sees to this: {what}",
            why="What belongs to nobody in particular is not done.",
            kind="id",
            rule=rule,
            section="team",
        )

    def due(self, pointer: Pointer, what: str, rule: str) -> Question:
        """By when something should be reached or done."""
        return Question(
            topic=Topic.WORK,
            pointer=(*pointer, "due"),
            asks=f"By when: {what}",
            why="What has no day is done last.",
            kind="day",
            rule=rule,
        )

    def is_done(self, pointer: Pointer, what: str, due: date) -> Question:
        """What became of an action that is late."""
        return Question(
            topic=Topic.WORK,
            pointer=(*pointer, "due"),
            asks=f"'{what}' was due on {due}. Is it done, or by when will it be? Say done, or a day.",
            why="Either it is done and the plan does not say so, or somebody is waiting for it.",
            kind="done",
            rule="objectives/action-overdue",
        )

    def new_objective(self, key: str) -> Question:
        """What we want to reach with an opportunity."""
        opportunity = self.plan.opportunities[key]
        category = "revenue" if opportunity.status == "open" else "business_development"
        return Question(
            topic=Topic.WORK,
            pointer=("objectives",),
            about=("opportunities", key, "objective"),
            asks=f"What do we want to reach with {opportunity.name}, and by when? In one sentence.",
            why="An opportunity that serves no objective is one that nobody works on.",
            kind="entry",
            rule="objectives/no-objective",
            field="what",
            also=((("objectives", NEW, "category"), category), (("objectives", NEW, "opportunities"), (key,))),
        )

    def new_strategy(self, key: str) -> Question:
        """How an objective is reached."""
        return Question(
            topic=Topic.WORK,
            pointer=("objectives", key, "strategies"),
            asks=f"How do we reach this: {self.plan.objectives[key].what}",
            why="A goal without a way is a hope.",
            kind="entry",
            rule="objectives/not-actionable",
            field="what",
        )

    def new_action(self, key: str, strategy: str) -> Question:
        """The first thing to do."""
        return Question(
            topic=Topic.WORK,
            pointer=("objectives", key, "strategies", strategy, "actions"),
            asks=f"What is the first thing to do for this: {self.plan.objectives[key].strategies[strategy].what}",
            why="Plans are carried out one action at a time.",
            kind="entry",
            rule="objectives/not-actionable",
            field="what",
        )

    # The next meeting, and the goal.

    def meeting(self) -> Question:
        """The day of the next relationship meeting."""
        return Question(
            topic=Topic.MEETING,
            pointer=("meetings", "next"),
            asks=f"When do we sit down with {self.customer} next, to talk about how it goes for both sides?",
            why="A customer who only hears from us when there is something to sell knows it.",
            kind="day",
            rule="meetings/none-planned",
            aloud="When shall we sit down next, to look at how it goes for both of us?",
            contact=next((who for who in self._deciders() if self.plan.contacts[who].name), None) or self._informants.best(),
        )

    def revenue_goal(self, period: str) -> Question:
        """What we want to earn."""
        return Question(
            topic=Topic.REVENUE,
            pointer=("revenue", period, "goal"),
            asks=f"What do we want to earn with {self.customer} in {period}, in {currency_of(self.plan, self.config)}?",
            why="Without a goal there is no gap, and without a gap no reason to look for more.",
            kind="amount",
            rule="revenue/no-goal",
        )

    def _of_person(self, who: str, field: str, opportunity: str | None = None) -> Question | None:
        """Of a seat the first question is who sits on it, unless a note says what is known of that."""
        contact = self.plan.contacts.get(who)
        if contact is None or contact.name is None:
            return None if contact is None or contact.notes is not None else self.name(who)
        return self.stance(who, opportunity) if field == "stance" else self.coverage(who, opportunity)

    def _of_opportunity(
        self,
        key: str,
        field: str,
        *,
        asks: str,
        why: str,
        rule: str,
        aloud: str = "",
        choices: tuple[Choice, ...] = (),
    ) -> Question:
        pointer = ("opportunities", key, *field.split("."))
        return Question(
            topic=_TOPICS.get(field, Topic.OPPORTUNITY),
            pointer=pointer,
            asks=asks,
            why=why,
            kind="choice" if choices else kind_at(pointer),
            rule=rule,
            choices=choices,
            aloud=aloud,
            contact=self._informants.best(among=self.plan.opportunities[key].buying_roles) if aloud else None,
        )

    def _name(self, key: str) -> str:
        return self.plan.opportunities[key].name

    def _theme(self, key: str) -> str:
        return theme(self.plan, self.config, self.plan.opportunities[key])

    def _deciders(self) -> list[str]:
        """Who decides on the account, in the order of the plan; else on an opportunity."""
        general = [key for key, contact in self.plan.contacts.items() if "decision_maker" in contact.roles]
        live = (opportunity for opportunity in self.plan.opportunities.values() if opportunity.is_live)
        return general or [who for opportunity in live for who in deciders(self.plan, opportunity)]


_OF_OPPORTUNITIES: dict[tuple[str | int, ...], Callable[[Asking, str], Question]] = {
    ("value",): Asking.worth,
    ("stage",): Asking.stage,
    ("importance", "customer"): Asking.importance_to_customer,
    ("importance", "us"): Asking.importance_to_us,
    ("competition", "position"): Asking.position,
}
