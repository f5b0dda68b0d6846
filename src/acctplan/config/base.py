"""What every table of settings is made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
CURRENCY = r"^[A-Z]{3}$"
FOLDER = r"^[^/\\:.\x00-\x1f\x7f-\x9f][^/\\:\x00-\x1f\x7f-\x9f]*(?:/[^/\\:.\x00-\x1f\x7f-\x9f][^/\\:\x00-\x1f\x7f-\x9f]*)*/?$"
RULE = r"^[a-z-]+(?:/[a-z-]+)?$"
Id = Annotated[str, Field(pattern=ID)]
PLACES = 12
Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=PLACES)]
Anchor = Annotated[Decimal, Field(ge=-(10**15), le=10**15, decimal_places=PLACES)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Reading = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Currency = Annotated[str, Field(pattern=CURRENCY)]
Days = Annotated[int, Field(strict=True, ge=1, le=3650)]


class Settings(BaseModel):
    """A table of settings: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
