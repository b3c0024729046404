"""Files of one name and birth: asked about, merged, and taken apart again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Request, status
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.access import PersonAnswer
from api.fields import RecordId, View
from api.paging import Page, WantedPage, page_of, rows_of
from api.routers.persons import Reason
from rukang.base.access import Caller
from rukang.base.access.caller import SYSTEM, caller_in
from rukang.base.database.find import find
from rukang.forms.kinds import Words
from rukang.people import (
    Pair,
    Person,
    PersonMerge,
    Sex,
    duplicates_query,
    find_person,
    merge,
    pairs,
    require_whole,
    say_two_people,
    unmerge,
)

router = APIRouter(tags=["people"])

Who = Annotated[
    Words,
    Field(min_length=1, max_length=41, pattern=r"^[\w/-]+$", examples=["ZP001/R01"]),
]
"""A person, by home and code, or by number."""


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


class MergeGiven(BaseModel):
    """Which file is kept, which is merged into it, and why they are one person."""

    model_config = ConfigDict(extra="forbid")

    kept: Who
    merged: Who
    reason: Annotated[Words, Field(min_length=1, max_length=500)]


class ApartGiven(BaseModel):
    """Which files are two people, and why."""

    model_config = ConfigDict(extra="forbid")

    one: Who
    other: Who
    reason: Annotated[Words, Field(min_length=1, max_length=500)]


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


@contextmanager
def whole(request: Request, session: Session, *people: Person) -> Iterator[Session]:
    """Yield a session that sees every home, to somebody whose office these people are.

    Raises
    ------
    NotAllowedError
        If homes that are not the caller's hold records on one of them too.
    """
    for person in people:
        require_whole(session, person)
    caller = caller_in(session)
    acting = request.app.state.database.acting_as(Caller(caller.name, SYSTEM.grants))
    with acting.session() as every:
        yield every


def merge_files(request: Request, session: Session, given: MergeGiven) -> MergeView:
    """Merge two files for a caller whose office both people are."""
    kept, merged = (find_person(session, named) for named in (given.kept, given.merged))
    with whole(request, session, kept, merged) as every:
        both = [every.get_one(Person, person.id) for person in (kept, merged)]
        return MergeView.of(merge(every, both[0], both[1], given.reason))


def tell_apart(request: Request, session: Session, given: ApartGiven) -> None:
    """Record that two files are two people, for a caller whose office both are."""
    people = [find_person(session, named) for named in (given.one, given.other)]
    with whole(request, session, *people) as every:
        one, other = (every.get_one(Person, person.id) for person in people)
        say_two_people(every, one, other, given.reason)


def undo_merge(request: Request, session: Session, merge_id: int, reason: str) -> MergeView:
    """Take two files apart, for a caller whose office the kept one is."""
    found = find(session, PersonMerge, merge_id, "合并记录", "merge")
    with whole(request, session, found.kept) as every:
        record = every.get_one(PersonMerge, found.id)
        unmerge(every, record, reason)
        return MergeView.of(record)


@router.get("/duplicates", summary="可能重复的档案 Files that may be one person")
def list_duplicates(session: PersonAnswer, wanted: WantedPage) -> Page[PairView]:
    """Return pairs of files of one name and birth that nobody was asked about yet, by name."""
    rows, total = rows_of(session, duplicates_query(), wanted.page, wanted.size)
    found = [PairView.of(pair) for pair in pairs(session, rows)]
    return Page(items=found, page=wanted.page, size=wanted.size, total=total)


@router.post(
    "/duplicates/merge", summary="合并档案 Merge two files", status_code=status.HTTP_201_CREATED
)
def merge_two(request: Request, given: MergeGiven, session: PersonAnswer) -> MergeView:
    """Let everything that points at the one file lead to the other; it can be undone."""
    return merge_files(request, session, given)


@router.post(
    "/duplicates/apart",
    summary="登记为两人 Say that they are two people",
    status_code=status.HTTP_204_NO_CONTENT,
)
def say_apart(request: Request, given: ApartGiven, session: PersonAnswer) -> None:
    """Record that two files of one name and birth are two people; nobody asks again."""
    tell_apart(request, session, given)


@router.get("/merges", summary="合并记录 Merges")
def list_merges(session: PersonAnswer, wanted: WantedPage) -> Page[MergeView]:
    """Return the merges on record, undone ones too, newest first."""
    query = select(PersonMerge).order_by(PersonMerge.id.desc())
    return page_of(session, query, wanted, MergeView.of)


@router.post("/merges/{merge_id}/undo", summary="撤销合并 Undo a merge")
def undo(request: Request, merge_id: RecordId, wanted: Reason, session: PersonAnswer) -> MergeView:
    """Take two files apart: exactly what was moved goes back."""
    return undo_merge(request, session, merge_id, wanted.reason)
