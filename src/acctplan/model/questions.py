"""What we still have to ask: noted where somebody did not know."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from acctplan.model.fields import ContactId, Day, Section, Text


class Question(Section):
    """A question that is to be asked, or was: of the customer where it names a contact or is about them, else of ourselves."""

    what: Annotated[Text, Field(description="As it is asked aloud.")]
    about: Annotated[Text | None, Field(description="What it would fill in, such as contacts.jane-doe.stance.")] = None
    contact: Annotated[ContactId | None, Field(description="Whom to ask: an id in `contacts`.")] = None
    asked: Annotated[Day | None, Field(description="The day it was noted.")] = None
    status: Literal["open", "answered"] = "open"
    answer: Text | None = None
