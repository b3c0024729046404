"""What every part of a problem has in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PositiveInt

Identifier = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """A frozen piece of a problem that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Limit(Part):
    """A rule for some people, or for everybody, that must hold or has a price.

    Parameters
    ----------
    staff
        Ids of the people it binds; empty for everybody.
    weight
        What one unit of breaking it costs; None makes it hard.
    """

    staff: tuple[str, ...] = ()
    weight: PositiveInt | None = None
