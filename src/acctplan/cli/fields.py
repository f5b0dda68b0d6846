"""The fields of entries, for a Tab: it may not wait for the model to be imported. A test keeps them as the model has them."""

from __future__ import annotations

FIELDS = {
    "insights": (
        "kind=goal|pressure|initiative|obstacle what owner@contacts source as_of confirmed=true|false shared=true|false "
        "leads_to@insights blocks@insights answered_by@opportunities"
    ),
    "team": ("name role email phone"),
    "units": ("name parent@units target=true|false notes"),
    "solutions": ("name notes"),
    "contacts": (
        "name title unit@units reports_to@contacts influences@contacts "
        "roles=decision_maker|sponsor|evaluator|influencer|purchaser|user stance=supportive|neutral|negative influence=high|medium|low "
        "coverage=none|brief|multiple|in_depth relationship email phone crm source as_of last_contact personal_agenda notes"
    ),
    "competitors": ("name threat=high|medium|low strengths weaknesses notes"),
    "opportunities": (
        "name status=potential|open|won|lost|dropped stage stage_since probability kind=new|cross_sell|up_sell|renewal unit@units "
        "solution@solutions value margin close_date effort_days owner@team crm source as_of need approach customer_impact importance "
        "buying_roles decision_criteria competition penetration scorecards leads_to@opportunities next_step next_step_due "
        "closed_because shared=true|false notes"
    ),
    "buying_roles": (
        "role=decision_maker|sponsor|evaluator|influencer|purchaser|user stance=supportive|neutral|negative "
        "coverage=none|brief|multiple|in_depth"
    ),
    "objectives": (
        "category=marketing|business_development|revenue|cross_account what type=partnering|relationship|research|customer_success "
        "opportunities@opportunities contacts@contacts owner@team due status=not_started|in_progress|deferred|achieved|cancelled "
        "priority=high|medium|low relevance measure strategies shared=true|false notes"
    ),
    "strategies": ("what actions"),
    "actions": ("what owner@team due status=not_started|in_progress|deferred|done|cancelled done contact@contacts shared=true|false notes"),
    "risks": ("what likelihood=high|medium|low impact=high|medium|low response owner@team status=open|closed"),
    "questions": ("what about contact@contacts asked status=open|answered answer"),
}
"""By section, its fields apart by blanks: `field=a|b` where these may be said, `field@section` where entries of that section may."""


def fields_of(section: str) -> list[str]:
    """The names of the fields of a section's entries; none of one that has no such entries."""
    return [field.partition("=")[0].partition("@")[0] for field in FIELDS.get(section, "").split()]


def words_of(section: str, field: str) -> list[str]:
    """What may be said for a field, where that is one of some words."""
    return next((one.partition("=")[2].split("|") for one in FIELDS.get(section, "").split() if one.startswith(f"{field}=")), [])


def refers_to(section: str, field: str) -> str | None:
    """The section whose entries a field names; None where it holds something else."""
    return next((one.partition("@")[2] for one in FIELDS.get(section, "").split() if one.startswith(f"{field}@")), None)
