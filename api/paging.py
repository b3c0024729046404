"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

Item = TypeVar("Item")
Record = TypeVar("Record")

LARGEST = 200
"""Most records of one page."""


class Page(BaseModel, Generic[Item]):
    """A part of a list: ``page`` counts from 1, ``total`` is the length of the whole."""

    items: list[Item]
    page: int
    size: int
    total: int


class Paging(BaseModel):
    """Which part of a list is asked for."""

    page: int = Query(1, ge=1, le=100_000, description="第几页 Page, from 1")
    size: int = Query(50, ge=1, le=LARGEST, description="每页条数 Records a page")


WantedPage = Annotated[Paging, Query()]


def page_of(
    records: Sequence[Record], wanted: Paging, view: Callable[[Record], Item]
) -> Page[Item]:
    """Return one page of a list whose order is settled; beyond the end a page is empty.

    Lists here are the people of one home, a few hundred at most, so the whole is read.
    """
    begin = (wanted.page - 1) * wanted.size
    items = [view(record) for record in records[begin : begin + wanted.size]]
    return Page(items=items, page=wanted.page, size=wanted.size, total=len(records))
