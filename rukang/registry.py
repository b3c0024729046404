"""Every table of the house, gathered for migrations and for whoever needs them all loaded."""

from __future__ import annotations

from rukang.access import records as access
from rukang.attendance import records as attendance
from rukang.database import audit, keys
from rukang.database.base import Base
from rukang.employment import records as employment
from rukang.homes import records as homes
from rukang.inspections import records as inspections
from rukang.intake import records as intake
from rukang.jobs import records as jobs
from rukang.pay import records as pay
from rukang.people import records as people
from rukang.quality import records as quality
from rukang.rating import records as rating
from rukang.register import records as register
from rukang.rosters import records as rosters
from rukang.teams import records as teams

ROOMS = (
    homes,
    people,
    employment,
    attendance,
    teams,
    quality,
    rosters,
    pay,
    rating,
    register,
    inspections,
    access,
    intake,
    jobs,
    audit,
    keys,
)

METADATA = Base.metadata
"""All tables; complete because the rooms above are imported."""
