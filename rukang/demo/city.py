"""What an invented city consists of, and where it stands: values only.

Division codes are those of GB/T 2260. Latitude and longitude (degrees) are rough middles of each
county; the homes around them, their names and addresses are invented.
"""

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


CITY = "371600"


@dataclass(frozen=True)
class County:
    """A county; ``prefix`` begins the codes of its homes."""

    code: str
    name: str
    prefix: str
    latitude: float
    longitude: float


COUNTIES = (
    County("371602", "滨城区", "BC", 37.43, 118.02),
    County("371603", "沾化区", "ZH", 37.70, 118.10),
    County("371621", "惠民县", "HM", 37.49, 117.51),
    County("371622", "阳信县", "YX", 37.64, 117.58),
    County("371623", "无棣县", "WD", 37.77, 117.62),
    County("371625", "博兴县", "BX", 37.15, 118.11),
    County("371681", "邹平市", "ZP", 36.87, 117.74),
)

SERVICES = (
    "日间照料",
    "辅助性就业",
    "社区康复",
    "助残业务受理",
    "文体活动",
    "心理辅导",
    "技能培训",
)
