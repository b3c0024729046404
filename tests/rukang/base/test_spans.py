"""Spans of days, of values and of columns, and divisions by their codes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import Date, Integer, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from rukang.base import spans
from rukang.base.database import spans as columns
from rukang.base.divisions import leading, lies_in

DAYS = [date(2026, 1, 1) + timedelta(days=day) for day in range(4)]
ENDS = [None, *DAYS]
SPANS = [(first, last) for first, last in product(DAYS, ENDS) if last is None or last >= first]


class Base(DeclarativeBase):
    """Of this file's table alone."""


class Stay(Base):
    """A span in a table."""

    __tablename__ = "stay"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date | None] = mapped_column(Date)


@pytest.fixture(scope="module")
def stays() -> Session:
    """Every span of four days, in a database."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    session = Session(engine)
    session.add_all([Stay(first=first, last=last) for first, last in SPANS])
    session.flush()
    return session


def _days(first: date, last: date | None) -> set[date]:
    return {day for day in DAYS if first <= day <= (last or date.max)}


@pytest.mark.parametrize("day", DAYS)
def test_a_span_holds_on_its_days(stays: Session, day: date) -> None:
    expected = {(first, last) for first, last in SPANS if day in _days(first, last)}
    assert {span for span in SPANS if spans.holds(*span, day)} == expected
    found = stays.scalars(select(Stay).where(columns.holds(Stay.first, Stay.last, day)))
    assert {(stay.first, stay.last) for stay in found} == expected


@pytest.mark.parametrize("other", SPANS)
def test_spans_overlap_that_share_a_day(stays: Session, other: tuple[date, date | None]) -> None:
    expected = {span for span in SPANS if _days(*span) & _days(*other)}
    assert {span for span in SPANS if spans.overlap(*span, *other)} == expected
    found = stays.scalars(select(Stay).where(columns.overlap(Stay.first, Stay.last, *other)))
    assert {(stay.first, stay.last) for stay in found} == expected


@pytest.mark.parametrize(
    ("place", "shared"),
    [
        ("370000", "37"),
        ("371600", "3716"),
        ("371681", "371681"),
        ("371620", "371620"),
        ("371681001", "371681001"),
        ("371681000000", "371681"),
        ("371681001000", "371681001"),
        ("371681001200", "371681001200"),
        ("", ""),
    ],
)
def test_a_division_is_named_by_its_leading_digits(place: str, shared: str) -> None:
    assert leading(place) == shared


@pytest.mark.parametrize(
    ("place", "within", "lies"),
    [
        ("371681", "371600", True),
        ("371681", "371681", True),
        ("371681001000", "371681", True),
        ("371600", "371681", False),
        ("371621", "371620", False),
        ("370102", "371600", False),
        ("371681", "", True),
    ],
)
def test_divisions_lie_in_one_another(place: str, within: str, lies: bool) -> None:
    assert lies_in(place, within) is lies
