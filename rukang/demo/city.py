"""What an invented city consists of: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

OFFICER = "officer@example.org"


@dataclass(frozen=True)
class Incident:
    """Something invented that happens to a home some days after its star is published.

    The star is lowered by ``lowered_by`` at once, or removed where that is None, and a review
    follows. ``section`` is judged so much worse by it; ``strikes`` is a criterion that is no longer
    met. A ``mistaken`` one is first entered as a star too much, and corrected.
    """

    after_days: int
    words: str
    section: str
    lowered_by: int | None = 1
    strikes: str = ""
    mistaken: bool = False


@dataclass(frozen=True)
class InventedHome:
    """A home, and how good it truly is.

    Parameters
    ----------
    number
        Its place in the city, from 0; with the seed it fixes every chance of the home's life.
    quality
        By section, from 0 to 1, on the first day.
    drift
        What each section gains in a year.
    contracts
        Whether it has workers with a labour contract; criteria on them do not apply otherwise.
    diligence
        The share of what it has to mend that it mends in time.
    returns
        Whether it asks for another inspection when one is due; the star of one that does not
        lapses.
    withdraws
        Whether it takes its application back.
    """

    number: int
    code: str
    name: str
    county: str
    address: str
    latitude: Decimal
    longitude: Decimal
    capacity: int
    served: int
    floor_area: int
    opened_on: date
    opening_days: tuple[int, ...]
    services: tuple[str, ...]
    applies_on: date
    quality: Mapping[str, float]
    drift: Mapping[str, float]
    contracts: bool
    diligence: float
    returns: bool = True
    withdraws: bool = False
    incident: Incident | None = None

    @property
    def manager(self) -> str:
        """Return the address of who answers for the home."""
        return f"manager.{self.code.lower()}@example.org"


@dataclass(frozen=True)
class InventedInspector:
    """An inspector, and how much better (or worse) than it is a home seems to them."""

    email: str
    name: str
    latitude: Decimal
    longitude: Decimal
    skills: tuple[str, ...]
    most_days: int
    away: tuple[date, ...]
    leniency: float


@dataclass(frozen=True)
class DeclaredInterest:
    """Why an inspector stays away from a home; an open end is still so."""

    home: str
    email: str
    words: str
    since: date
    until: date | None


@dataclass(frozen=True)
class City:
    """Everybody and everything of the invented city, the same for the same seed."""

    seed: int
    homes: tuple[InventedHome, ...]
    inspectors: tuple[InventedInspector, ...]
    interests: tuple[DeclaredInterest, ...]
