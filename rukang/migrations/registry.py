"""Every table of the house, gathered for migrations and for whoever needs them all loaded."""

from __future__ import annotations

from rukang import people
from rukang.base.access import records as access
from rukang.base.database import audit
from rukang.base.database.base import Base
from rukang.base.database.sealing import keys
from rukang.base.jobs import records as jobs
from rukang.bodies import records as bodies
from rukang.bodies.homes import records as homes
from rukang.care.attendance import records as attendance
from rukang.care.quality import records as quality
from rukang.cases import records as cases
from rukang.forms.workbooks import records as forms
from rukang.pay.store import records as pay
from rukang.rosters import records as rosters
from rukang.stars.inspections import records as inspections
from rukang.stars.ratings import records as rating
from rukang.stars.register import records as register
from rukang.work.employment import records as employment
from rukang.work.teams import records as teams

ROOMS = (
    bodies,
    homes,
    people,
    cases,
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
    forms,
    jobs,
    audit,
    keys,
)

METADATA = Base.metadata
"""All tables; complete because the rooms above are imported."""
