"""An inspection taken as far as a test needs it, by invented people, with the clock turned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.base.access.records import Account
from rukang.base.database.context import as_actor
from rukang.bodies.homes import Home
from rukang.engines.rating import Edition
from rukang.stars.inspections import (
    Inspection,
    Inspector,
    Part,
    Reason,
    Stage,
    asked_of,
    desk_check,
    moderate,
    open_inspection,
    optional_of,
    own_sheet,
    plan_visit,
    propose,
    publish,
    save_answer,
    save_facts,
    seen_of,
    start_sheet,
    submit,
    under_way,
)
from tests.factories import a_home
from tests.rukang.engines.rating.tiny import TINY_EDITION, answer

MANAGER = "manager@example.org"
OFFICER = "officer@example.org"
FIRST, SECOND, THIRD = (f"inspector{n}@example.org" for n in (1, 2, 3))
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday
VISIT = date(2026, 3, 18)  # a Wednesday
DUE = date(2026, 4, 30)
SELF_ANSWERS: dict[str, Any] = {
    "S1": True, "S2": "a", "S3": 2, "T2": 0, "T3": 2, "T4": True,
}  # fmt: skip
ANSWERS: dict[str, Any] = SELF_ANSWERS | {"S3": 3}


@dataclass
class Turned:
    """A clock that tests turn."""

    now: datetime = START

    def __call__(self) -> datetime:
        """Return the moment it shows."""
        return self.now

    def to(self, day: date) -> None:
        """Turn it to the morning of a day in Binzhou."""
        self.now = datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC)


@dataclass
class Round:
    """One session with a home and its inspectors."""

    session: Session
    clock: Turned
    home: Home
    inspectors: list[Inspector] = field(default_factory=list)
    edition: Edition = TINY_EDITION

    @property
    def home_inspection(self) -> Inspection:
        """The inspection of the home that is under way."""
        found = under_way(self.session, self.home.id)
        assert found is not None
        return found

    def as_(self, email: str) -> Session:
        """Return the session with somebody acting in it."""
        return as_actor(self.session, email)

    def opened(self, reason: Reason = Reason.APPLICATION, words: str = "") -> Inspection:
        """Return an inspection just opened."""
        return open_inspection(
            self.as_(OFFICER),
            self.home,
            self.edition,
            reason,
            DUE,
            words or "申请评定",
        )

    def reported(self) -> Inspection:
        """Return one of which the home has reported."""
        inspection = self.opened()
        start_sheet(self.session, inspection, Part.SELF, MANAGER, "示例园长")
        self.filled(inspection, MANAGER, SELF_ANSWERS)
        return inspection

    def checked(self) -> Inspection:
        """Return one of which the home's report is accepted."""
        inspection = self.reported()
        desk_check(self.as_(OFFICER), inspection, accepted=True)
        return inspection

    def planned(self) -> Inspection:
        """Return one with a day and a pair."""
        inspection = self.checked()
        plan_visit(self.as_(OFFICER), inspection, VISIT, self.inspectors[:2])
        self.clock.to(VISIT)
        return inspection

    def visited(self, **second: Any) -> Inspection:
        """Return one that both have scored; the second differs where given."""
        inspection = self.planned()
        self.filled(inspection, FIRST, ANSWERS)
        self.filled(inspection, SECOND, ANSWERS | second)
        return inspection

    def moderated(self, **second: Any) -> Inspection:
        """Return one whose two sheets are settled."""
        inspection = self.visited(**second)
        moderate(self.as_(OFFICER), inspection)
        return inspection

    def proposed(self, **second: Any) -> Inspection:
        """Return one with a proposed result."""
        inspection = self.moderated(**second)
        propose(self.as_(OFFICER), inspection)
        return inspection

    def published(self, **second: Any) -> Inspection:
        """Return one that is published, on the day after objections ended."""
        inspection = self.proposed(**second)
        assert inspection.objections_until is not None
        self.clock.to(inspection.objections_until + timedelta(days=1))
        publish(self.as_(OFFICER), inspection)
        assert inspection.stage is Stage.PUBLISHED
        return inspection

    def filled(self, inspection: Inspection, email: str, answers: Mapping[str, Any]) -> Inspection:
        """Fill and submit somebody's sheet."""
        sheet = own_sheet(self.session, inspection, email)
        asked = {*asked_of(sheet, self.edition), *optional_of(sheet, self.edition)}
        for name, raw in answers.items():
            if name not in asked and name in ANSWERS:
                continue  # of the usual answers only what this sheet asks
            save_answer(self.session, sheet, answer(name, raw), self.clock())
        if sheet.part is not Part.THIRD:
            save_facts(self.session, sheet, {"capacity": Decimal(40)})
        submit(self.as_(email), sheet, seen_of(sheet))
        return inspection


@contextmanager
def a_round(empty: Database) -> Iterator[Round]:
    """Yield a home with three inspectors, at the start of March 2026."""
    clock = Turned()
    database = Database(empty.url, empty.vault, clock, empty.calendar)
    try:
        with database.session() as session:
            yield Round(session, clock, a_home(session), _inspectors(session))
    finally:
        database.close()


def _inspectors(session: Session) -> list[Inspector]:
    found = [
        Inspector(
            email=email,
            name=f"评定员{sign}",
            region="371600",
            latitude=Decimal("37.38"),
            longitude=Decimal("117.97"),
            skills=["康复"],
            most_days=3,
            away=[],
        )
        for email, sign in zip((FIRST, SECOND, THIRD), "甲乙丙", strict=True)
    ]
    session.add_all(found)
    session.add_all(
        Account(email=email, name="示例", hashed_password="!", roles=[])
        for email in (OFFICER, *(one.email for one in found))
    )
    session.flush()
    return found
