"""A city's or province's picture, for those who oversee its homes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import pendulum
from fastapi import APIRouter, Depends, Path, Query

from api.access import RatingDecide, RatingRead
from api.fields import View
from api.paging import Page, WantedPage, page_in
from api.routers.stars.register import DayOrBlank, OnDay, Place
from rukang.base.definitions import Text
from rukang.stars.inspections import today
from rukang.stars.picture import Matter, agreed, failings, judged_edition, late, picture
from rukang.stars.register import EventKind, require_place

router = APIRouter(prefix="/picture", tags=["picture"])

Since = Annotated[
    DayOrBlank, Query(description="与哪天相比，默认一年前 Compared with, a year before")
]
EditionId = Annotated[str, Path(pattern=r"^[\w.-]{1,40}$", description="评定标准 Edition")]


@dataclass(frozen=True)
class Asked:
    """Of which day, compared with which, and where; a division code, or empty for everywhere."""

    on: date
    since: date
    region: str


def asked_of(
    session: RatingRead, on: OnDay = None, since: Since = None, region: Place = ""
) -> Asked:
    """Return what is asked; today and a year before where nothing is said."""
    require_place(session, region)
    day = on or today(session)
    before = pendulum.date(day.year, day.month, day.day).subtract(years=1)
    return Asked(day, since or date(before.year, before.month, before.day), region)


AskedOf = Annotated[Asked, Depends(asked_of)]


class ChangeView(View):
    """How many homes went from one star to another; 0 is none."""

    before: int
    after: int
    homes: int


class PictureView(View):
    """Homes by star (0 is none): now and before, by county, by edition; and what changed."""

    on: date
    since: date
    homes: int
    by_star: dict[int, int]
    before: dict[int, int]
    by_county: dict[str, dict[int, int]]
    by_edition: dict[str, dict[int, int]]
    changes: list[ChangeView]
    events: dict[EventKind, int]


class FailingView(View):
    """A criterion and how many homes did not earn it in full."""

    edition: str
    criterion: str
    title: Text
    homes: int


class LateView(View):
    """Something of one home that should have happened by a day."""

    matter: Matter
    home: str
    name: str
    county: str
    due_on: date


class AgreementView(View):
    """How far two inspectors agreed on a criterion; kappa and alpha are null where undefined."""

    criterion: str
    title: Text
    homes: int
    same: int
    kappa: float | None
    alpha: float | None


class LeanView(View):
    """How many points an inspector gives above the others, on average."""

    inspector: str
    judgements: int
    same: int
    points_above: float


@router.get("", response_model=PictureView, summary="全市情况 The city's picture")
def show_picture(session: RatingRead, asked: AskedOf) -> Any:
    """Return stars by county and edition on a day, and what changed since another."""
    return picture(session, asked.on, asked.since, asked.region)


@router.get("/failings", response_model=list[FailingView], summary="常见失分 Failings")
def list_failings(session: RatingRead, asked: AskedOf) -> Any:
    """Return what homes most often did not earn, by the ratings that stand on a day."""
    return failings(session, asked.on, asked.region)


@router.get("/late", summary="逾期事项 What is late")
def list_late(session: RatingRead, asked: AskedOf, wanted: WantedPage) -> Page[LateView]:
    """Return what should have been done before a day and is not yet, the longest first."""
    return page_in(late(session, asked.on, asked.region), wanted, LateView.model_validate)


@router.get(
    "/agreement/{edition}", response_model=list[AgreementView], summary="评分一致性 Agreement"
)
def show_agreement(session: RatingRead, edition: EditionId, asked: AskedOf) -> Any:
    """Return how far inspectors agreed on each criterion of an edition."""
    judged = judged_edition(session, edition)
    return agreed(session, judged, asked.since, asked.on, asked.region).criteria


@router.get(
    "/agreement/{edition}/inspectors",
    response_model=list[LeanView],
    summary="各评定员的尺度 How each inspector judges",
)
def show_leans(session: RatingDecide, edition: EditionId, asked: AskedOf) -> Any:
    """Return how each inspector judges beside the others; for those who decide on ratings."""
    judged = judged_edition(session, edition)
    return agreed(session, judged, asked.since, asked.on, asked.region).inspectors
