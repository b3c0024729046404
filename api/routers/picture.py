"""A city's or province's picture, for those who oversee its homes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from api.access import RatingRead
from api.fields import View
from api.routers.register import OnDay, Place
from rukang.errors import InvalidError
from rukang.inspections import today
from rukang.picture import agreed, failings, late, picture
from rukang.picture.late import Matter
from rukang.rating import Text, editions, load_edition
from rukang.register import EventKind, require_place

router = APIRouter(tags=["register"])

YEAR = timedelta(days=365)
Since = Annotated[date | None, Query(description="与哪天相比，默认一年前 Compared with")]
EditionId = Annotated[str, Path(max_length=40, description="评定标准 Edition")]


class ChangeView(View):
    """How many homes went from one star to another; 0 is none."""

    before: int
    after: int
    homes: int


class PictureView(View):
    """Homes by star (0 is none): in all, by county, by edition; and what changed."""

    on: date
    since: date
    homes: int
    by_star: dict[int, int]
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


class AgreedView(View):
    """Agreement by criterion and by inspector."""

    criteria: list[AgreementView]
    inspectors: list[LeanView]


@router.get("/picture", response_model=PictureView, summary="全市情况 The city's picture")
def show_picture(
    session: RatingRead, on: OnDay = None, since: Since = None, region: Place = ""
) -> Any:
    """Return stars by county and edition on a day, and what changed since another."""
    require_place(session, region)
    day = on or today(session)
    return picture(session, day, since or day - YEAR, region)


@router.get("/picture/failings", response_model=list[FailingView], summary="常见失分 Failings")
def list_failings(session: RatingRead, on: OnDay = None, region: Place = "") -> Any:
    """Return what homes most often did not earn, by the ratings that stand on a day."""
    return failings(session, on or today(session), region)


@router.get("/picture/late", response_model=list[LateView], summary="逾期事项 What is late")
def list_late(session: RatingRead, on: OnDay = None, region: Place = "") -> Any:
    """Return visits, publications and mending that are late, the longest first."""
    return late(session, on or today(session), region)


@router.get(
    "/picture/agreement/{edition}", response_model=AgreedView, summary="评分一致性 Agreement"
)
def show_agreement(
    session: RatingRead,
    edition: EditionId,
    on: OnDay = None,
    since: Since = None,
    region: Place = "",
) -> Any:
    """Return how far inspectors agreed under an edition."""
    if edition not in editions():
        raise InvalidError(
            f"没有评定标准 {edition!r}，现有：{'、'.join(editions())}。",
            f"There is no edition {edition!r}; there are {', '.join(editions())}.",
        )
    day = on or today(session)
    return agreed(session, load_edition(edition), since or day - YEAR, day, region)
