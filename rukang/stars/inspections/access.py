"""Who may read which sheet of an inspection.

Inspectors score apart, so each sees only their own sheet until both are in; a home sees its own
report, and the inspectors' sheets once the inspection is closed. Whoever has a conflict of interest
with the home sees none.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

from sqlalchemy.orm import Session

from rukang.base.access import Caller, Permission
from rukang.base.database.context import today
from rukang.bodies.homes import Home
from rukang.stars.inspections.records import Inspection, InspectionSheet, Part, Stage
from rukang.stars.interests import barred

SCORED = frozenset(
    {Stage.VISITED, Stage.MODERATED, Stage.PROPOSED, Stage.PUBLISHED, Stage.WITHDRAWN}
)
"""Stages at which both sheets are in, or none is awaited any more."""


class Eyes(enum.StrEnum):
    """Whose eyes look at a sheet; those of somebody barred see none."""

    HOME = "home"
    INSPECTOR = "inspector"
    OFFICER = "officer"
    BARRED = "barred"


def eyes_of(session: Session, caller: Caller, home: Home) -> Eyes:
    """Return whose eyes a caller's are at a home.

    Whoever belongs to it has the home's, whatever other roles they hold; then counts a conflict of
    interest, then the highest role.
    """
    if caller.belongs_to.covers(home.id, home.county):
        return Eyes.HOME
    if barred(session, home, caller.name, today(session)):
        return Eyes.BARRED
    if caller.scope(Permission.RATING_DECIDE).covers(home.id, home.county):
        return Eyes.OFFICER
    if caller.scope(Permission.RATING_WRITE).covers(home.id, home.county):
        return Eyes.INSPECTOR
    return Eyes.HOME


def readable(inspection: Inspection, email: str, eyes: Eyes) -> Sequence[InspectionSheet]:
    """Return the sheets somebody may read now."""
    if eyes is Eyes.BARRED:
        return []
    return [one for one in inspection.sheets if _may_read(one, inspection, email, eyes)]


def _may_read(sheet: InspectionSheet, inspection: Inspection, email: str, eyes: Eyes) -> bool:
    if sheet.filled_by == email:
        return True
    if eyes is Eyes.HOME:
        return sheet.part is Part.SELF or inspection.stage.closed
    if sheet.part is Part.SELF:
        return sheet.submitted_at is not None
    done = sheet.submitted_at is not None or sheet.part.has_left
    return inspection.stage in SCORED and done
