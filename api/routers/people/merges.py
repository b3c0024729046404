"""Files of one name and birth that are asked about, and the merges on record."""

from __future__ import annotations

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import select

from api.access import PersonAnswer
from api.fields import View
from api.paging import Page, WantedPage, page_of, rows_of
from rukang.people import Pair, Person, PersonMerge, Sex, duplicates_query, pairs

router = APIRouter(tags=["people"])


class ShortView(View):
    """What tells two files of one name and birth apart; the number is masked."""

    person_id: int
    name: str
    sex: Sex
    born_on: date
    citizen_id: str

    @classmethod
    def of(cls, person: Person) -> ShortView:
        """Return it of a person."""
        own = {name: getattr(person, name) for name in ("name", "sex", "born_on")}
        return cls(person_id=person.id, citizen_id=str(person.citizen_id or ""), **own)


class PairView(BaseModel):
    """Two files that may be one person."""

    one: ShortView
    other: ShortView

    @classmethod
    def of(cls, pair: Pair) -> PairView:
        """Return it of a pair."""
        return cls(one=ShortView.of(pair.one), other=ShortView.of(pair.other))


class MergeView(View):
    """A merge on record; ``moved`` counts the rows that were moved."""

    id: int
    kept_id: int
    merged_id: int
    reason: str
    merged_by: str
    merged_at: datetime
    moved: int
    undone_at: datetime | None
    undone_by: str | None
    undone_reason: str | None

    @classmethod
    def of(cls, record: PersonMerge) -> MergeView:
        """Return it of a record."""
        own = {name: getattr(record, name) for name in cls.model_fields}
        rows = (ids for columns in record.moved.values() for ids in columns.values())
        return cls(**own | {"moved": sum(map(len, rows))})


@router.get("/duplicates", summary="可能重复的档案 Files that may be one person")
def list_duplicates(session: PersonAnswer, wanted: WantedPage) -> Page[PairView]:
    """Return pairs of files of one name and birth that nobody was asked about yet, by name."""
    rows, total = rows_of(session, duplicates_query(), wanted.page, wanted.size)
    found = [PairView.of(pair) for pair in pairs(session, rows)]
    return Page(items=found, page=wanted.page, size=wanted.size, total=total)


@router.get("/merges", summary="合并记录 Merges")
def list_merges(session: PersonAnswer, wanted: WantedPage) -> Page[MergeView]:
    """Return the merges on record, undone ones too, newest first."""
    query = select(PersonMerge).order_by(PersonMerge.id.desc())
    return page_of(session, query, wanted, MergeView.of)
