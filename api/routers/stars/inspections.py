"""An inspection from its opening to the visit, one operation for each step."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.access import RatingDecide, RatingRead
from api.fields import RecordId
from api.paging import Page, WantedPage, page_of
from api.routers.stars.inspection_views import (
    InspectionDetail,
    InspectionView,
    listed,
    view_of,
)
from rukang.base.definitions import Text
from rukang.stars.inspections import (
    Stage,
    find_inspection,
    inspections_query,
    to_replace,
)

router = APIRouter(tags=["inspections"])


class Replacement(BaseModel):
    """An inspector who is barred by now, and why: somebody else has to take their sheet."""

    inspector: str
    reason: Text


@router.get("/inspections", summary="评定列表 Inspections")
def list_all_inspections(
    session: RatingRead,
    wanted: WantedPage,
    stage: Annotated[Stage | None, Query()] = None,
    home: Annotated[str | None, Query(max_length=20)] = None,
) -> Page[InspectionView]:
    """Return the inspections of the caller's places, the newest first."""
    return page_of(session, inspections_query(stage, home), wanted, listed)


@router.get(
    "/inspections/{inspection_id}",
    response_model=InspectionDetail,
    summary="一次评定 One inspection",
)
def show_inspection(inspection_id: RecordId, session: RatingRead) -> Any:
    """Return an inspection with its steps."""
    return view_of(session, find_inspection(session, inspection_id))


@router.get(
    "/inspections/{inspection_id}/replacements", summary="须换的评定员 Inspectors to replace"
)
def list_replacements(inspection_id: RecordId, session: RatingDecide) -> list[Replacement]:
    """Return who was sent and may not go any more; plan the visit anew with somebody else."""
    barred = to_replace(session, find_inspection(session, inspection_id))
    return [
        Replacement(inspector=email, reason=Text(zh=why.zh, en=why.en))
        for email, why in barred.items()
    ]
