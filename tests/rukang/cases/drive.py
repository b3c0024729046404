"""Cases of the store driven on by moves, with organs that are places, on a day of choice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.cases import CaseFile, Opening, Told, add_course, open_case, read_case, tell
from rukang.casework import Event, Happened, Move, Projection, moves
from tests.rukang.casework.tiny import COURSES, LATER, MONDAY, NINE, TINY

TOWN, COUNTY, EXPERT, CITY = (f"place:37168100{n}" for n in range(4))
ROLES = {"town": TOWN, "county": COUNTY, "expert": EXPERT, "city": CITY}
PLACE = "371681"
HAPPENED = {one.value: one for one in Happened}


def add_all(session: Session) -> None:
    """Add the small course, its next edition and the nine."""
    nine = [(COURSES / f"{name}.yaml").read_text(encoding="utf-8") for name in NINE]
    for text in (TINY, LATER, *nine):
        add_course(session, text)


@dataclass
class Driven:
    """A case of the store; `tell` adds an event on its day."""

    database: Database
    course: str = "permit"
    organs: dict[str, str] = field(default_factory=lambda: dict(ROLES))
    day: date = MONDAY
    case_id: int = 0

    def __post_init__(self) -> None:
        with self.session() as session:
            opening = Opening(
                course=self.course, place=PLACE, organ=TOWN, organs=self.organs, on=self.day
            )
            self.case_id = open_case(session, opening).id

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a session at noon of the case's day."""
        noon = datetime.combine(self.day, time(4), tzinfo=UTC)
        with replace(self.database, clock=lambda: noon).session() as session:
            yield session

    def file(self, session: Session) -> CaseFile:
        """Return the case as stored."""
        return session.scalars(select(CaseFile).where(CaseFile.id == self.case_id)).one()

    @property
    def now(self) -> Projection:
        """Where the case stands."""
        with self.session() as session:
            return read_case(session, self.file(session))[0]

    def moves(self) -> list[Move]:
        """Return what may happen today."""
        with self.session() as session:
            now, rules = read_case(session, self.file(session))
            return moves(now, rules, self.day)

    def tell(self, kind: str, step: str | None = None, **given: Any) -> Projection:
        """Add an event of the responsible organ."""
        with self.session() as session:
            file = self.file(session)
            now, _ = read_case(session, file)
            own = now.steps[step].organ if step is not None and step in now.steps else None
            organ = given.pop("organ", own or TOWN)
            if step:
                given["step"] = step
            return tell(session, file, Told(HAPPENED[kind], organ, given=given))

    def add(self, event: Event) -> Projection:
        """Add an event that was made for it."""
        given = event.model_dump(exclude_defaults=True)
        for name in ("seq", "at", "on", "organ", "kind"):
            given.pop(name, None)
        with self.session() as session:
            return tell(session, self.file(session), Told(event.kind, event.organ, event.on, given))


def later(day: date, days: int) -> date:
    """Return a later day."""
    return day + timedelta(days=days)
