"""What becomes of an invented city: stars from scores alone, and every rule of the work kept."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from rukang.base.calendar import Calendar
from rukang.bodies.homes import find_home
from rukang.demo import invent
from rukang.engines.rating import Rating, ScoreSheet, rate
from rukang.stars.inspections import (
    Inspection,
    Part,
    Reason,
    Stage,
    edition_of,
    list_inspections,
)
from rukang.stars.inspections.records import CorrectiveAction, InspectionStep, Objection
from rukang.stars.ratings.records import RatingRecord
from rukang.stars.register import EventKind, StarEvent, history, summary
from tests.rukang.demo.conftest import FIRST, LAST, Enacted, enacted

DAYS = [date(2025, 4, 1), date(2025, 12, 31), date(2026, 6, 30), LAST]


def test_stars_come_from_scores_alone(small: Enacted) -> None:
    """Rating each kept sheet again gives the star that was entered, and the very same result."""
    granted = _events(small, EventKind.GRANTED)
    for event in granted:
        inspection = small.session.scalars(
            select(Inspection).where(Inspection.rating_id == event.rating_id)
        ).one()
        assert inspection.rating is not None
        again = rate(edition_of(inspection), ScoreSheet.model_validate(inspection.rating.sheet))
        assert (again.star, again.digest()) == (event.star, inspection.rating.digest)
        assert event.edition == inspection.edition_text.edition
    assert {event.edition for event in granted} == {"example-2025", "example-2026"}


def test_a_result_read_back_is_the_same(small: Enacted) -> None:
    """The content hash of a stored result is the one kept with it."""
    records = small.session.scalars(select(RatingRecord)).all()
    assert records
    for record in records:
        assert Rating.model_validate(record.result).digest() == record.digest


@pytest.mark.parametrize("day", DAYS)
def test_the_briefing_is_a_count_of_the_events(small: Enacted, day: date) -> None:
    """Counting by hand the last event of each home by a day gives the line of that day."""
    last: dict[int, StarEvent] = {}
    for event in sorted(_events(small), key=lambda one: (one.effective_on, one.id)):
        if event.effective_on <= day:
            last[event.home_id] = event
    held = Counter(e.star for e in last.values() if e.star and e.valid_until >= day)
    assert summary(small.session, day).by_star == dict(held)


def test_every_stage_and_reason_appears(small: Enacted) -> None:
    """Inspections pass through every stage; one is withdrawn, one given back, some are reviews."""
    steps = small.session.scalars(select(InspectionStep)).all()
    assert {step.after for step in steps} == set(Stage)
    assert (Stage.SELF_REPORTED, Stage.OPENED) in {(step.before, step.after) for step in steps}
    reasons = {inspection.reason for inspection in list_inspections(small.session)}
    assert reasons == {Reason.APPLICATION, Reason.DUE, Reason.REVIEW}


def test_some_are_still_under_way(small: Enacted) -> None:
    """The last day comes in the middle of the work."""
    assert any(not one.stage.closed for one in list_inspections(small.session))


def test_nobody_inspects_where_they_are_barred(small: Enacted) -> None:
    """Homes with somebody barred are visited too, and never by them while it lasts."""
    kept = 0
    for inspection in list_inspections(small.session):
        on = inspection.visit_on
        inspectors = {s.filled_by for s in inspection.sheets if s.part is not Part.SELF}
        for one in small.city.interests:
            if on and one.home == inspection.home.code and (one.until is None or on <= one.until):
                assert one.email not in inspectors
                kept += 1
    assert kept


def test_visits_are_on_working_days_of_the_home(small: Enacted) -> None:
    """Every visit is on a working day on which the home is open, and by its due day."""
    visited = [one for one in list_inspections(small.session) if one.visit_on]
    for inspection in visited:
        assert inspection.visit_on is not None
        assert Calendar().kind_of(inspection.visit_on).works
        assert inspection.visit_on.isoweekday() in inspection.home.opening_days
        assert inspection.visit_on <= inspection.due_on
        assert edition_of(inspection).in_force(inspection.visit_on)
    assert len(visited) > len(small.city.homes)


def test_inspectors_go_no_more_than_they_can(small: Enacted) -> None:
    """Nobody visits twice on a day, more days a week than they can, or while they are away."""
    limits = {one.email: one for one in small.city.inspectors}
    goes = [
        (sheet.filled_by, inspection.visit_on)
        for inspection in list_inspections(small.session)
        for sheet in inspection.sheets
        if sheet.part in {Part.FIRST, Part.SECOND} and inspection.visit_on
    ]
    weeks = Counter((email, day.isocalendar()[:2]) for email, day in goes)
    assert len(set(goes)) == len(goes)
    assert all(times <= limits[email].most_days for (email, _), times in weeks.items())
    assert all(day not in limits[email].away for email, day in goes)


def test_what_happens_to_stars(small: Enacted) -> None:
    """One star lapses; some are lowered, removed and corrected, and a review follows each."""
    kinds = Counter(event.kind for event in _events(small))
    assert all(kinds[kind] for kind in EventKind)
    lapsed = history(small.session, find_home(small.session, small.city.homes[1].code))
    assert [(told.kind, told.until < LAST) for told in lapsed if told.until] == [
        (EventKind.GRANTED, True)
    ]
    for home in small.city.homes:
        held = history(small.session, find_home(small.session, home.code))
        assert not held or held[0].kind is EventKind.GRANTED


def test_objections_are_upheld_and_rejected(small: Enacted) -> None:
    """Homes object; what was put right by an upheld objection is in the kept sheet."""
    objections = small.session.scalars(select(Objection)).all()
    assert {one.upheld for one in objections} >= {True, False}
    for one in objections:
        inspection = small.session.get_one(Inspection, one.inspection_id)
        if one.upheld and inspection.rating:
            answers = {a["criterion"]: a for a in inspection.rating.sheet["answers"]}
            assert all(answers[c["criterion"]] == c for c in one.changes or [])


def test_homes_mend_or_are_late(small: Enacted) -> None:
    """Some of what has to be mended is reported and confirmed, some is left."""
    actions = small.session.scalars(select(CorrectiveAction)).all()
    done = [one for one in actions if one.confirmed_on]
    assert 0 < len(done) < len(actions)
    assert all(one.reported_on and one.reported_on < (one.confirmed_on or FIRST) for one in done)


def test_the_same_seed_is_the_same_city(tmp_path: Path) -> None:
    """Enacted twice, the results are the same to the last character; another seed differs."""
    first, again, other = (_digests(tmp_path, seed) for seed in (3, 3, 4))
    assert first
    assert first == again
    assert first != other


def _digests(folder: Path, seed: int) -> list[str]:
    last = date(2025, 9, 30)
    for session in enacted("sqlite", folder, invent(seed, FIRST, LAST, 6), last):
        return list(session.scalars(select(RatingRecord.digest).order_by(RatingRecord.id)))
    raise AssertionError


def _events(small: Enacted, *kinds: EventKind) -> list[StarEvent]:
    query = select(StarEvent).where(StarEvent.kind.in_(kinds or list(EventKind)))
    return list(small.session.scalars(query))
