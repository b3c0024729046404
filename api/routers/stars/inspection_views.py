"""What answers tell of an inspection, and what several of its steps are given."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.fields import View
from rukang.stars.inspections import Reason, Stage, words_of
from rukang.stars.inspections.records import Inspection


class StepView(View):
    """One step: from which stage to which, when and by whom."""

    before: Stage | None
    after: Stage
    at: datetime
    by: str
    note: str


class ObjectionView(View):
    """What was said against a proposal; ``upheld`` is null while undecided."""

    id: int
    made_on: date
    by: str
    words: str
    upheld: bool | None
    decided_on: date | None
    decision: str | None


class ActionView(View):
    """What has to be mended, by when, and whether somebody saw it mended."""

    id: int
    criterion: str
    words: str
    due_on: date
    reported_on: date | None
    reported: str | None
    confirmed_on: date | None


class InspectionView(View):
    """An inspection in a list."""

    id: int
    home: str
    reason: Reason
    stage: Stage
    edition: str
    opened_on: date
    due_on: date
    visit_on: date | None
    objections_until: date | None
    publish_by: date | None
    limits_provisional: bool
    closed_on: date | None
    rating_id: int | None


class InspectionDetail(InspectionView):
    """An inspection with its steps, objections and what is to be mended."""

    words: str
    steps: list[StepView]
    objections: list[ObjectionView]
    actions: list[ActionView]


def _fields(view: type[BaseModel], inspection: Inspection) -> dict[str, Any]:
    """Return the fields of a view, with the codes of home and edition; not the words."""
    own = view.model_fields.keys() - {"home", "edition", "words"}
    return {
        **{name: getattr(inspection, name) for name in own},
        "home": inspection.home.code,
        "edition": inspection.edition_text.edition,
    }


def view_of(session: Session, inspection: Inspection) -> dict[str, Any]:
    """Return everything an answer tells of an inspection."""
    return {
        **_fields(InspectionDetail, inspection),
        "words": words_of(session, inspection),
    }


def listed(inspection: Inspection) -> InspectionView:
    """Return what a list tells of an inspection."""
    return InspectionView(**_fields(InspectionView, inspection))
