"""Long lists, a page at a time, cut by the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

Item = TypeVar("Item")
Record = TypeVar("Record")

LARGEST = 200
"""Most records of one page."""

A_PAGE = 50
"""Records of a page where nothing else is asked."""

LAST_PAGE = 10_000

PageNumber = Annotated[int, Query(ge=1, le=LAST_PAGE, description="第几页 Page, from 1")]


class Page(BaseModel, Generic[Item]):
    """A part of a list: ``page`` counts from 1, ``total`` is the length of the whole."""

    items: list[Item]
    page: int
    size: int
    total: int


class Paging(BaseModel):
    """Which part of a list is asked for."""

    page: int = Query(1, ge=1, le=100_000, description="第几页 Page, from 1")
    size: int = Query(A_PAGE, ge=1, le=LARGEST, description="每页条数 Records a page")


WantedPage = Annotated[Paging, Query()]


def page_of(
    session: Session,
    query: Select[tuple[Record]],
    wanted: Paging,
    view: Callable[[Record], Item],
) -> Page[Item]:
    """Return one page of what a query finds in its order; beyond the end a page is empty."""
    total = _count(session, query)
    found = _cut(session, query, wanted.page, wanted.size)
    return Page(items=list(map(view, found)), page=wanted.page, size=wanted.size, total=total)


def page_in(
    records: Sequence[Record], wanted: Paging, view: Callable[[Record], Item]
) -> Page[Item]:
    """Return one page of a list that is reckoned whole, because no query can cut it."""
    begin = (wanted.page - 1) * wanted.size
    items = [view(record) for record in records[begin : begin + wanted.size]]
    return Page(items=items, page=wanted.page, size=wanted.size, total=len(records))


def rows_of(
    session: Session, query: Select[Any], page: int, size: int = A_PAGE
) -> tuple[Sequence[Row[Any]], int]:
    """Return the rows of one page of a query of several columns, and how many there are in all."""
    rows = session.execute(query.limit(size).offset((page - 1) * size)).all()
    return rows, _count(session, query)


@dataclass(frozen=True)
class Leaf(Generic[Record]):
    """A part of a list as a web page shows it: the ``page``-th of ``pages``, from 1."""

    items: Sequence[Record]
    page: int
    pages: int
    total: int


def leaf_of(session: Session, query: Select[tuple[Record]], page: int) -> Leaf[Record]:
    """Return the leaf of a list that a web page shows."""
    total = _count(session, query)
    return Leaf(_cut(session, query, page, A_PAGE), page, _pages(total), total)


def leaf_from(items: Sequence[Record], page: int, total: int) -> Leaf[Record]:
    """Return a leaf of items made from the rows of its page."""
    return Leaf(items, page, _pages(total), total)


def leaf_in(records: Sequence[Record], page: int) -> Leaf[Record]:
    """Return the leaf of a list that is reckoned whole, because no query can cut it."""
    begin = (page - 1) * A_PAGE
    return Leaf(records[begin : begin + A_PAGE], page, _pages(len(records)), len(records))


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def _cut(session: Session, query: Select[tuple[Record]], page: int, size: int) -> Sequence[Record]:
    return session.scalars(query.limit(size).offset((page - 1) * size)).all()


def _pages(total: int) -> int:
    return max(1, -(-total // A_PAGE))
