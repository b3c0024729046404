"""The life of a home over the invented time: inspections, mending, what happens to its star."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle

from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.base.database.context import as_actor
from rukang.base.errors import InvalidError
from rukang.bodies.homes import find_home
from rukang.demo.agenda import Days
from rukang.demo.case import Case
from rukang.demo.chance import chance
from rukang.demo.city import OFFICER, City, Incident, InventedHome
from rukang.demo.diary import Diary
from rukang.demo.seeing import Truth
from rukang.demo.steps import take_step
from rukang.engines.rating import Edition
from rukang.stars.inspections import (
    Inspection,
    Reason,
    Stage,
    confirm,
    edition_of,
    find_inspection,
    open_inspection,
    report,
)
from rukang.stars.inspections.records import CorrectiveAction
from rukang.stars.interests import barred_from
from rukang.stars.register import StarEvent, correct, history, last_day, lower

DUE_DAYS = 75
"""Days from opening to the last day of the visit."""

SOON = 2
"""Days until a mistake is noticed; a review is opened after three times as many."""

BEFORE_DUE = 45
"""Days before the next visit is due that it is opened."""

LATE_DAYS = 75
"""Inspections opened so many days before the end stay at a stage each, so that all are seen."""

OPEN_STAGES = [stage for stage in reversed(Stage) if not stage.closed]
"""From the last before publication to the first."""


@dataclass
class World:
    """What all lives of the city share."""

    city: City
    editions: Sequence[Edition]
    last: date
    diary: Diary
    stays: Iterator[Stage] = field(default_factory=lambda: cycle(OPEN_STAGES))

    def edition_for(self, day: date) -> tuple[Edition, date]:
        """Return an edition that is in force long enough for a visit, and the day to open on.

        Raises
        ------
        InvalidError
            If no edition is.
        """
        for edition in sorted(self.editions, key=lambda one: one.valid_from):
            opens_on = max(day, edition.valid_from)
            if edition.in_force(opens_on + timedelta(days=DUE_DAYS)):
                return edition, opens_on
        raise InvalidError(
            f"{day} 之后没有足够长的有效评定标准，请补充下一版。",
            f"No edition is in force for {DUE_DAYS} days from {day}; add the next one.",
        )

    def stays_at(self, day: date, reason: Reason) -> Stage | None:
        """Return the stage at which an inspection opened on a day stays until the end."""
        late = self.last - day <= timedelta(days=LATE_DAYS)
        return next(self.stays) if late and reason is not Reason.REVIEW else None


def life(world: World, home: InventedHome, since: date) -> Days[None]:
    """Return the life of a home: apply, be inspected, mend, and again when it is due."""
    truth = Truth(world.city.seed, home, since)
    session = yield home.applies_on
    closed = yield from _inspected(world, truth, session, Reason.APPLICATION)
    while closed and closed.stage is Stage.PUBLISHED and closed.closed_on:
        published = closed.closed_on
        yield from _mended(world, truth, closed)
        if home.incident and not truth.hurt:
            session = yield published + timedelta(days=home.incident.after_days)
            closed = yield from _reviewed(world, truth, session, home.incident)
            continue
        if not home.returns:
            return
        session = yield _due(published, edition_of(closed)) - timedelta(days=BEFORE_DUE)
        closed = yield from _inspected(world, truth, session, Reason.DUE)


def _inspected(
    world: World, truth: Truth, session: Session, reason: Reason, words: str = ""
) -> Days[Inspection | None]:
    """Take an inspection from its opening to its end; None is one that is still under way."""
    edition, opens_on = world.edition_for(_today(session))
    if opens_on > _today(session):
        session = yield opens_on
    today = _today(session)
    home = find_home(session, truth.home.code)
    due_on = today + timedelta(days=DUE_DAYS)
    inspection = open_inspection(as_actor(session, OFFICER), home, edition, reason, due_on, words)
    case = _case(world, truth, inspection, today)
    on = case.later(today, 4, 12)
    while not inspection.stage.closed and inspection.stage is not case.until:
        session = yield on
        inspection = find_inspection(session, inspection.id)
        on = take_step(session, case, inspection, _today(session))
    return inspection if inspection.stage.closed else None


def _case(world: World, truth: Truth, inspection: Inspection, today: date) -> Case:
    return Case(
        truth=truth,
        diary=world.diary,
        inspectors={one.email: one for one in world.city.inspectors},
        dice=chance(world.city.seed, truth.home.code, today.toordinal()),
        until=world.stays_at(today, inspection.reason),
    )


def _mended(world: World, truth: Truth, closed: Inspection) -> Days[None]:
    """Let a home mend what it has to, as far as it is diligent, and an inspector see it."""
    if not closed.actions or not closed.closed_on:
        return
    dice = chance(world.city.seed, truth.home.code, "mending", closed.opened_on.toordinal())
    done = [one.id for one in closed.actions if dice.random() < truth.home.diligence]
    session = yield closed.closed_on + timedelta(days=int(dice.integers(15, 40)))
    inspection = find_inspection(session, closed.id)
    for action in _actions(session, closed.id, done):
        report(
            as_actor(session, truth.home.manager), inspection, action, "示例：已整改，附照片说明"
        )
    session = yield _today(session) + timedelta(days=int(dice.integers(3, 9)))
    inspection = find_inspection(session, closed.id)
    emails = [one.email for one in world.city.inspectors]
    barred = barred_from(session, inspection.home, emails, _today(session))
    seen_by = next(email for email in emails if email not in barred)
    for action in _actions(session, closed.id, done):
        confirm(as_actor(session, seen_by), inspection, action)
        truth.mended.add(action.criterion)


def _reviewed(
    world: World, truth: Truth, session: Session, incident: Incident
) -> Days[Inspection | None]:
    """Lower or remove the star at once, and review the home."""
    truth.hurt, truth.struck = incident.section, incident.strikes
    today = _today(session)
    held = history(session, find_home(session, truth.home.code))[0].star
    if held:
        yield from _lowered(session, truth.home, held, incident)
    session = yield today + timedelta(days=3 * SOON)
    closed = yield from _inspected(world, truth, session, Reason.REVIEW, incident.words)
    truth.struck = ""
    return closed


def _lowered(session: Session, home: InventedHome, held: int, incident: Incident) -> Days[None]:
    """Enter a lower star at once; where that was a star too much, correct the entry."""
    right = 0 if incident.lowered_by is None else max(0, held - incident.lowered_by)
    entered = max(0, right - 1) if incident.mistaken else right
    as_actor(session, OFFICER)
    event = lower(session, find_home(session, home.code), entered, _today(session), incident.words)
    if entered != right:
        session = yield _today(session) + timedelta(days=SOON)
        mistaken = session.get_one(StarEvent, event.id)
        correct(as_actor(session, OFFICER), mistaken, right, "示例：登记时多降了一星，予以更正")


def _actions(session: Session, inspection_id: int, wanted: list[int]) -> list[CorrectiveAction]:
    found = find_inspection(session, inspection_id).actions
    return [action for action in found if action.id in wanted]


def _due(published: date, edition: Edition) -> date:
    return last_day(published, edition.periods.revisit_months)


def _today(session: Session) -> date:
    return context.today(session)
