"""What should have happened by a day: visits, the next inspection, publications, mending."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from rukang.base.definitions import Text
from rukang.bodies.homes import Home
from rukang.cases import Wanted, late_query
from rukang.stars.inspections.cases import CORRECTION
from rukang.stars.inspections.records import Inspection, Stage
from rukang.stars.register import StarEvent, within
from rukang.stars.register.order import last_on


class Matter(enum.StrEnum):
    """What is late."""

    VISIT = "visit"
    REVISIT = "revisit"
    PUBLICATION = "publication"
    MENDING = "mending"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _MATTERS[self]


_MATTERS = {
    Matter.VISIT: Text(zh="上门逾期", en="visit overdue"),
    Matter.REVISIT: Text(zh="到期未复评", en="next inspection overdue"),
    Matter.PUBLICATION: Text(zh="公布逾期", en="publication overdue"),
    Matter.MENDING: Text(zh="整改逾期", en="mending overdue"),
}

BEFORE_VISIT = (Stage.OPENED, Stage.SELF_REPORTED, Stage.DESK_CHECKED, Stage.PLANNED)


@dataclass(frozen=True)
class Late:
    """Something of one home that should have happened by ``due_on``."""

    matter: Matter
    home: str
    name: str
    county: str
    due_on: date


def late(session: Session, on: date, region: str = "") -> Sequence[Late]:
    """Return all that should have been done before a day and is not, the longest first.

    What is done is read from the records as they are now, so this tells of today or of a day to
    come; of a day gone by it tells what has still not been done.
    """
    found = [
        *_visits(session, on, region),
        *_revisits(session, on, region),
        *_publications(session, on, region),
        *_mendings(session, on, region),
    ]
    return sorted(found, key=lambda item: (item.due_on, item.home, item.matter))


def _visits(session: Session, on: date, region: str) -> Iterator[Late]:
    query = (
        select(Home.code, Home.name, Home.county, Inspection.due_on)
        .join(Home, Home.id == Inspection.home_id)
        .where(Inspection.due_on < on, Inspection.stage.in_(BEFORE_VISIT), within(region))
    )
    yield from (Late(Matter.VISIT, *row) for row in session.execute(query))


def _revisits(session: Session, on: date, region: str) -> Iterator[Late]:
    """Homes whose next inspection is due and not under way, also when the star has run out."""
    under_way = select(Inspection.home_id).where(Inspection.closed_on.is_(None))
    query = (
        select(Home.code, Home.name, Home.county, StarEvent.revisit_on)
        .join(Home, Home.id == StarEvent.home_id)
        .where(
            last_on(on),
            StarEvent.revisit_on < on,
            Home.id.not_in(under_way),
            within(region),
        )
    )
    yield from (Late(Matter.REVISIT, *row) for row in session.execute(query))


def _publications(session: Session, on: date, region: str) -> Iterator[Late]:
    """Proposed results whose time is over; workdays are counted, so not by the database."""
    query = (
        select(Home.code, Home.name, Home.county, Inspection)
        .join(Home, Home.id == Inspection.home_id)
        .options(joinedload(Inspection.edition_text))
        .where(Inspection.stage == Stage.PROPOSED, within(region))
    )
    for code, name, county, inspection in session.execute(query):
        if (by := inspection.publish_by) is not None and by < on:
            yield Late(Matter.PUBLICATION, code, name, county, by)


def _mendings(session: Session, on: date, region: str) -> Iterator[Late]:
    """Homes with something late to mend, once for each due day."""
    query, _ = late_query(session, on, Wanted(course=CORRECTION, region=region))
    late = query.subquery()
    rows = select(late.c.code, late.c.name, late.c.place, late.c.due).distinct()
    for code, name, county, due in session.execute(rows):
        yield Late(Matter.MENDING, code, name, county, date.fromisoformat(due))
