"""HubSpot's columns: of its own exports, of its API, and of warehouses that are filled from it (`property_...`)."""

from __future__ import annotations

from acctplan.importers.entities import Entity


def _property(*names: str) -> tuple[str, ...]:
    """What the API, and then a warehouse, calls a property."""
    return (*names, *(f"property_{name}" for name in names))


_RECORD = ("Record ID", "hs_object_id")
_DELETED = {"deleted": ("is_deleted", "_fivetran_deleted")}
_MODIFIED = {"modified": ("Last Modified Date", *_property("hs_lastmodifieddate"))}
_COMPANY = {
    "company_id": (
        *("Associated Company IDs (Primary)", "Primary Associated Company ID", "Associated Company IDs", "Associated Company ID(s)"),
        *("Associated Company ID", *_property("associatedcompanyid")),
    ),
    "company": ("Associated Company (Primary)", "Primary Company", "Associated Company", "Company Name", *_property("company")),
    "company_domain": ("Associated Company Domain", "Company Domain Name"),
}
_CONTACT = {
    "contact_id": ("Associated Contact IDs", "Associated Contact ID(s)", "Associated Contact ID"),
    "contact": ("Associated Contact", "Associated Contacts"),
    "contact_email": ("Associated Contact Email", "Associated Contact Emails"),
}
_ONLY_OF_CONTACTS = (
    *("Contact owner", "Lifecycle Stage", "Lead Status", "Associated Company", "Associated Company Domain"),
    *_COMPANY["company_id"],
)
_OTHERS = ("Account Name", "Account Name.id", "Created By.id", "Modified By.id", "Company Name.id", "Company Owner.id", "Contact Owner.id")
"""Of Zoho CRM."""
_SEPARATOR = ";"
_BELONGS = "it only says what belongs to what, and was read for that"
_NO_PLACE = "a plan has no place for what it says"

ENTITIES = (
    Entity(
        name="Deals",
        kind="opportunity",
        telling=(
            ("Deal Name", *_property("dealname")),
            (*("Deal Stage", "Deal owner", "Close Date", "Pipeline"), *_property("dealstage", "closedate"), "deal_pipeline_stage_id"),
        ),
        never=("Closing Date", "Contact Name.id", *_OTHERS),
        separator=_SEPARATOR,
        columns={
            "id": (*_RECORD, "Record ID - Deal", "Deal ID", "deal_id"),
            **_DELETED,
            **_MODIFIED,
            "name": ("Deal Name", *_property("dealname")),
            **_COMPANY,
            **_CONTACT,
            "stage": ("Deal Stage", *_property("dealstage"), "deal_pipeline_stage_id"),
            "pipeline": ("Pipeline",),
            "is_won": ("Is Closed Won", *_property("hs_is_closed_won")),
            "is_lost": ("Is Closed Lost", *_property("hs_is_closed_lost")),
            "probability": ("Deal Probability", *_property("hs_deal_stage_probability")),
            "kind": ("Deal Type", *_property("dealtype")),
            "value": ("Amount", *_property("amount")),
            "currency": ("Currency", *_property("deal_currency_code")),
            "close": ("Close Date", *_property("closedate")),
            "next_step": ("Next Step", *_property("hs_next_step")),
            "because": ("Closed Lost Reason", "Closed Won Reason", *_property("closed_lost_reason", "closed_won_reason")),
            "description": ("Deal Description", "Description", *_property("description")),
        },
    ),
    Entity(
        name="Stage history",
        kind="stage_change",
        telling=(("deal_id",), ("date_entered",), ("value",)),
        columns={"deal_id": ("deal_id",), "stage": ("value",), "day": ("date_entered",)},
    ),
    Entity(
        name="Associations of deals and contacts",
        kind="role",
        telling=(("deal_id",), ("contact_id",)),
        columns={"deal_id": ("deal_id",), "contact_id": ("contact_id",)},
    ),
    Entity(
        name="Engagements",
        kind="activity",
        telling=(("engagement_id",), ("property_hs_timestamp", "start_time")),
        never=("contact_id", "company_id", "deal_id"),
        columns={
            "id": ("engagement_id",),
            **_DELETED,
            "type": ("type",),
            "subject": ("property_hs_email_subject", "property_hs_call_title", "property_hs_meeting_title", "title"),
            "day": ("property_hs_timestamp", "start_time"),
            "state": ("meeting_outcome", "property_hs_meeting_outcome", "property_hs_email_status"),
        },
    ),
    Entity(
        name="Activities",
        kind="activity",
        telling=(
            ("Activity Type", "Call Title", "Call/Meeting Title/Subject", "Meeting Name", "Email Subject"),
            ("Activity Date", "Meeting Start Time", "Send Date"),
            ("Activity ID", "Activity Owner", "Activity assigned to", *_CONTACT["contact_id"], *_CONTACT["contact_email"]),
        ),
        never=("Regarding", *_OTHERS),
        separator=_SEPARATOR,
        columns={
            "type": ("Activity Type",),
            "day": ("Activity Date", "Meeting Start Time", "Send Date"),
            "subject": ("Call/Meeting Title/Subject", "Call Title", "Meeting Name", "Email Subject"),
            "state": ("Call Outcome", "Meeting Outcome", "Task Status"),
            **_CONTACT,
            **_COMPANY,
        },
    ),
    Entity(
        name="Contacts",
        kind="contact",
        telling=(
            ("First Name", "Last Name", *_property("firstname", "lastname")),
            (*_RECORD, "Record ID - Contact", "Contact ID", "property_firstname", "property_lastname"),
            (*_RECORD, "Record ID - Contact", "property_email", *_ONLY_OF_CONTACTS),
            ("Email", *_property("email"), *_ONLY_OF_CONTACTS),
        ),
        never=(*("Deal Name", "Lead Owner", "Topic", "AccountId", "Account ID"), *_OTHERS),
        separator=_SEPARATOR,
        columns={
            "id": (*_RECORD, "Record ID - Contact", "Contact ID", "id"),
            **_DELETED,
            **_MODIFIED,
            "first_name": ("First Name", *_property("firstname")),
            "last_name": ("Last Name", *_property("lastname")),
            **_COMPANY,
            "title": ("Job Title", *_property("jobtitle")),
            "email": ("Email", *_property("email")),
            "phone": ("Phone Number", "Mobile Phone Number", *_property("phone", "mobilephone")),
            "last_contact": ("Last Contacted", "Last Activity Date", *_property("notes_last_contacted")),
        },
        reasons={"Buying Role": "it names no deal; write it as one of the contact's roles in the plan"},
    ),
    Entity(
        name="Companies",
        kind="account",
        telling=(
            ("Company name", "property_name"),
            ("Company Domain Name", "Company owner", "Record ID", "Record ID - Company", "property_name"),
            ("Company name", "id"),
        ),
        never=(*("Deal Name", "First Name", "Last Name", "Email", "Contact owner", "Topic", "Subject"), *_OTHERS),
        columns={
            "id": (*_RECORD, "Record ID - Company", "Company ID", "id"),
            **_DELETED,
            **_MODIFIED,
            "name": ("Company name", "property_name"),
            "currency": ("Currency",),
            "industry": ("Industry", "property_industry"),
            "website": ("Website", "Website URL", "Company Domain Name", "property_website", "property_domain"),
            "city": ("City", "property_city"),
            "state": ("State/Region", "property_state"),
            "country": ("Country/Region", "Country", "property_country"),
            "employees": ("Number of Employees", "property_numberofemployees"),
            "description": ("Description", "property_description"),
        },
        reasons=dict.fromkeys(
            ("Annual Revenue", "property_annualrevenue"), "it does not say of which year; write it in the plan's revenue_history"
        ),
    ),
    *(
        Entity(name, None, {column: (column,) for column in columns}, telling=tuple((column,) for column in columns), why_none=why)
        for name, columns, why in (
            ("Companies of deals", ("deal_id", "company_id"), _BELONGS),
            ("Companies of contacts", ("contact_id", "company_id"), _BELONGS),
            ("Contacts of engagements", ("engagement_id", "contact_id"), _BELONGS),
            ("Companies of engagements", ("engagement_id", "company_id"), _BELONGS),
            ("Kinds of engagements", ("id", "type", "portal_id"), "it only says what is a call and what a meeting, and was read for that"),
            ("Pipeline stages", ("stage_id", "label", "pipeline_id"), "it only says what stages are called, and was read for that"),
            ("Deals of engagements", ("engagement_id", "deal_id"), _NO_PLACE),
            ("Pipelines", ("pipeline_id", "label", "display_order"), _NO_PLACE),
        )
    ),
)
