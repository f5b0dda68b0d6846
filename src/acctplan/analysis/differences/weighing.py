"""How telling a difference is: who changed their mind first, then stages, amounts, dates, what was done, what is new; then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctplan.analysis.differences.comparing import ENTRIES

if TYPE_CHECKING:
    from acctplan.analysis.differences.comparing import Difference

STANCE, STAGE, AMOUNT, DATE, DONE, OPPORTUNITY, ENTRY, JUDGEMENT, TEXT, DETAIL = 100, 90, 80, 70, 60, 50, 40, 30, 20, 10
_FIELDS = {
    **dict.fromkeys(("stance",), STANCE),
    **dict.fromkeys(("stage", "verdict"), STAGE),
    **dict.fromkeys(("value", "goal", "actual"), AMOUNT),
    **dict.fromkeys(("close_date", "next_step_due", "due", "next", "contract_ends", "starts", "ends"), DATE),
    **dict.fromkeys(("done",), DONE),
    **dict.fromkeys(
        (
            *("coverage", "influence", "influences", "roles", "role", "now", "position", "incumbent", "probability", "margin", "spend"),
            *("likelihood", "impact", "threat", "next_step", "last_contact", "confirmed", "answer", "expectations_met", "purchasing"),
            *("customer", "us", "status", "name", "owner", "account_manager", "plan_type", "target", "leads_to", "answered_by"),
        ),
        JUDGEMENT,
    ),
    **dict.fromkeys(("crm", "email", "phone", "notes", "website", "source", "as_of", "shared", "ticker"), DETAIL),
    **dict.fromkeys(("acctplan", "fingerprint"), DETAIL),
}
_CLOSED = ("done", "achieved")


def importance(difference: Difference) -> int:
    """How telling a difference is, 100 for most."""
    pointer, form = difference.pointer, difference.form
    if form.section is not None or form.is_mapping:
        return OPPORTUNITY if pointer[0] == "opportunities" and _is_entry(difference) else ENTRY
    field = str(pointer[-1])
    if field == "status":
        return _of_status(difference)
    if pointer[-2:-1] == ("crm",):
        return DETAIL
    return _FIELDS.get(field, TEXT)


def _of_status(difference: Difference) -> int:
    """The status of an opportunity is a stage of it, and that of an action or objective says what was done."""
    if _is_entry(difference, deeper=1) and difference.pointer[0] == "opportunities":
        return STAGE
    return DONE if {difference.before, difference.after} & set(_CLOSED) else JUDGEMENT


def _is_entry(difference: Difference, *, deeper: int = 0) -> bool:
    return len(difference.pointer) == 2 + deeper and difference.pointer[0] in ENTRIES
