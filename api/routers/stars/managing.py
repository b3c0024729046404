"""What follows a star: mending, signs that ask for a review, a star that is lowered."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from api.access import RatingRead
from api.fields import HomeCode
from rukang.base.definitions import Text
from rukang.bodies.homes import find_home
from rukang.stars.inspections import (
    EditionNamed,
    edition_for,
    editions_for,
    signs,
    today,
)

router = APIRouter(tags=["inspections"])


class SignView(BaseModel):
    """Something that asks for a review: the edition's rule, how often, and where it was read."""

    rule: str
    title: Text
    count: int
    evidence: Text


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
