"""A body answers for a person from a day on, until the next one does: always exactly one."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st

from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.database.sealing.vault import Vault
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies import charges_query, in_charge, take_charge
from tests.conftest import NOW
from tests.databases import migrated_url
from tests.factories import a_home, a_resident

TODAY = date(2026, 11, 2)
DAY = timedelta(days=1)


def test_a_hand_over_leaves_no_gap(empty_database: Database) -> None:
    """The body before answers until the day before; nobody does before the first."""
    with empty_database.session() as session:
        one, two = a_home(session), a_home(session, code="BC001", county="371602")
        person = a_resident(session, one).person_id
        assert in_charge(session, person, TODAY) is None
        take_charge(session, person, one, TODAY - 5 * DAY)
        take_charge(session, person, two, TODAY - DAY)
        on = {n: in_charge(session, person, TODAY - n * DAY) for n in (6, 5, 2, 1, 0)}
        assert on == {6: None, 5: one.id, 2: one.id, 1: two.id, 0: two.id}
        assert [c.body_id for c in session.scalars(charges_query(one, TODAY - 2 * DAY))] == [one.id]
        assert session.scalars(charges_query(one, TODAY)).all() == []
        assert [c.person_id for c in session.scalars(charges_query(two, TODAY))] == [person]


def test_what_makes_no_hand_over_is_refused(empty_database: Database) -> None:
    """A day to come, one before the last, or to who answers already."""
    with empty_database.session() as session:
        one, two = a_home(session), a_home(session, code="BC001", county="371602")
        person = a_resident(session, one).person_id
        take_charge(session, person, one, TODAY - DAY)
        with pytest.raises(InvalidError, match="还没有到"):
            take_charge(session, person, two, TODAY + DAY)
        for early in (TODAY - DAY, TODAY - 9 * DAY):
            with pytest.raises(InvalidError, match="其后"):
                take_charge(session, person, two, early)
        with pytest.raises(ConflictError, match="已由"):
            take_charge(session, person, one, TODAY)


def test_the_body_before_need_not_be_seen(empty_database: Database) -> None:
    """Whoever takes over may not see who answered before, and leaves neither gap nor overlap."""
    with empty_database.session() as session:
        one, two = a_home(session), a_home(session, code="BC001", county="371602")
        person = a_resident(session, one).person_id
        take_charge(session, person, one, TODAY - DAY)
    taker = Caller("t", (Grant(Role.OFFICER, region="371602"),))
    with empty_database.session(taker, Permission.BODIES_WRITE) as session:
        assert session.scalars(charges_query(one, TODAY)).all() == []
        take_charge(session, person, two, TODAY)
        assert in_charge(session, person, TODAY - DAY) == one.id
    giver = Caller("g", (Grant(Role.OFFICER, region="371681"),))
    with empty_database.session(giver, Permission.BODIES_WRITE) as session:
        assert session.scalars(charges_query(one, TODAY)).all() == []
        assert len(session.scalars(charges_query(one, TODAY - DAY)).all()) == 1


@settings(max_examples=15)
@given(moves=st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=8))
def test_on_every_day_exactly_one_answers(moves: list[tuple[int, bool]]) -> None:
    """Whatever is asked for in whatever order: against a day-by-day list of who answers."""
    with (
        tempfile.TemporaryDirectory() as folder,
        migrated_url("sqlite", Path(folder)) as url,
        Database(url, Vault([Fernet.generate_key().decode()]), lambda: NOW).session() as session,
    ):
        homes = (a_home(session), a_home(session, code="BC001", county="371602"))
        person = a_resident(session, homes[0]).person_id
        days = [TODAY - n * DAY for n in range(12, -1, -1)]
        answers: dict[date, int | None] = dict.fromkeys(days)
        last = -1
        for at, other in moves:
            home = homes[other]
            fits = at > last and at < len(days) and answers[days[at]] != home.id
            if not fits:
                if at < len(days):
                    with pytest.raises((InvalidError, ConflictError)):
                        take_charge(session, person, home, days[at])
                continue
            take_charge(session, person, home, days[at])
            last = at
            answers.update(dict.fromkeys(days[at:], home.id))
        for day in days:
            assert in_charge(session, person, day) == answers[day]
            seen = [h.id for h in homes if session.scalars(charges_query(h, day)).all()]
            assert seen == [one for one in [answers[day]] if one is not None]
