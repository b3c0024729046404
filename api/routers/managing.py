"""What follows a star: mending, signs that ask for a review, a star that is lowered."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.access import RatingAnswer, RatingDecide, RatingRead, RatingWrite, Visitor
from api.fields import HomeCode, RecordId, Words
from api.routers.inspection_views import ActionView, EditionNamed, Said
from rukang.base.definitions import Text
from rukang.bodies.homes import find_home
from rukang.stars.inspections import (
    confirm,
    edition_for,
    editions_for,
    find_action,
    find_inspection,
    report,
    signs,
    today,
)
from rukang.stars.register import lower

router = APIRouter(tags=["inspections"])


class SignView(BaseModel):
    """Something that asks for a review: the edition's rule, how often, and where it was read."""

    rule: str
    title: Text
    count: int
    evidence: Text


class Lowering(BaseModel):
    """The lower star, 0 for none, and the public reason, which names no person."""

    model_config = ConfigDict(extra="forbid")

    star: Annotated[int, Field(ge=0, le=9, strict=True)]
    words: Annotated[Words, Field(min_length=1, max_length=500)]


@router.post(
    "/inspections/{inspection_id}/actions/{action_id}/report",
    response_model=ActionView,
    summary="报告整改 Report mending",
)
def report_action(
    inspection_id: RecordId, action_id: RecordId, said: Said, session: RatingAnswer
) -> Any:
    """Say how something was mended."""
    inspection = find_inspection(session, inspection_id)
    action = find_action(session, inspection, action_id)
    report(session, inspection, action, said.words)
    return action


@router.post(
    "/inspections/{inspection_id}/actions/{action_id}/confirmation",
    response_model=ActionView,
    summary="确认整改 Confirm mending",
)
def confirm_action(
    inspection_id: RecordId, action_id: RecordId, session: RatingWrite, visit: Visitor
) -> Any:
    """Keep that an inspector saw it mended."""
    inspection = find_inspection(session, inspection_id)
    action = find_action(session, inspection, action_id)
    confirm(session, inspection, action, visit.caller.name)
    return action


@router.get("/homes/{code}/signs", summary="动态管理提示 What asks for a review")
def list_signs(
    code: HomeCode, session: RatingRead, edition: EditionNamed | None = None
) -> list[SignView]:
    """Return what happened in a home that asks for a review of its star, by what is in force."""
    home, now = find_home(session, code), today(session)
    by = [edition_for(home, now, edition)] if edition else editions_for(home, now)
    return [
        SignView(rule=one.rule.id, title=one.rule.title, count=one.count, evidence=one.evidence)
        for found in by
        for one in signs(session, home, found, now)
    ]


@router.post("/homes/{code}/lowering", status_code=204, summary="降星或摘星 Lower or remove a star")
def lower_star(code: HomeCode, said: Lowering, session: RatingDecide) -> None:
    """Enter a lower star on the register from today on, with its public reason."""
    lower(session, find_home(session, code), said.star, today(session), said.words)
