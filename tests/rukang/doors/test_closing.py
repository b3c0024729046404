"""A body closes only when every person, roster, month, receivable and inspection has a place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.base.errors import ConflictError
from rukang.bodies import State, state_on, take_charge
from rukang.bodies.homes import Home
from rukang.doors.closing import OF_A_HOME, close_body, what_holds
from rukang.pay import PayRun, RunState
from rukang.pay.store.records import EntryKind, ReceivableEntry
from rukang.rosters import RosterPlan, RosterState, WorkedShift
from rukang.stars.inspections import Stage
from tests.conftest import NOW
from tests.factories import (
    a_home,
    a_member_of_staff,
    a_resident,
    an_employer,
    an_employment,
    an_inspection,
)

TODAY = date(2026, 11, 2)
DAY = timedelta(days=1)


def _full(session: Session) -> Home:
    """Return a home with something of every kind that holds it."""
    home = a_home(session)
    resident, staff = a_resident(session, home), a_member_of_staff(session, home)
    work = an_employment(session, resident, an_employer(session))
    take_charge(session, resident.person_id, home, TODAY - 9 * DAY)
    month = date(2026, 12, 1)
    asked = {"home_id": home.id, "month": month, "requested_at": NOW}
    session.add(RosterPlan(**asked, state=RosterState.DRAFT, time_limit=1))
    session.add(WorkedShift(home_id=home.id, staff_id=staff.id, day=TODAY + DAY, shift_code="白"))
    session.add(PayRun(**asked, state=RunState.LOCKED))
    session.add(
        ReceivableEntry(
            home_id=home.id, employment_id=work.id, kind=EntryKind.ADVANCE, amount_fen=100,
            day=TODAY, note="", by="示例", at=NOW,
        )
    )  # fmt: skip
    an_inspection(session, home, Stage.PLANNED, TODAY)
    session.flush()
    return home


def test_everything_that_holds_a_home_is_named(empty_database: Database) -> None:
    """Each kind once, with its number; and closing is refused with all of it."""
    with empty_database.session() as session:
        home = _full(session)
        held = what_holds(session, home, TODAY)
        assert len(held) == len(OF_A_HOME) + 1
        assert all(one.count == 1 for one in held)
        with pytest.raises(ConflictError) as refused:
            close_body(session, home, TODAY, "停办")
        for one in held:
            assert one.zh in refused.value.zh
            assert one.en in refused.value.en
        assert "R01" in refused.value.zh
        assert "S01" in refused.value.zh
        assert state_on(session, home, TODAY) is State.OPEN


def test_an_empty_home_closes_for_good(empty_database: Database) -> None:
    """What has ended, is declared or went elsewhere holds nothing."""
    with empty_database.session() as session:
        home, other = a_home(session), a_home(session, code="BC001", county="371602")
        resident = a_resident(session, home, left_on=TODAY)
        a_member_of_staff(session, home, contract_to=TODAY)
        take_charge(session, resident.person_id, home, TODAY - 9 * DAY)
        session.add(
            PayRun(
                home_id=home.id, month=date(2026, 10, 1), state=RunState.DECLARED,
                requested_at=NOW,
            )
        )  # fmt: skip
        an_inspection(session, home, Stage.PUBLISHED, TODAY, closed_on=TODAY)
        (held,) = what_holds(session, home, TODAY)
        assert "由其负责的人" in held.zh
        take_charge(session, resident.person_id, other, TODAY)
        assert what_holds(session, home, TODAY) == []
        assert close_body(session, home, TODAY, "并入他处").state is State.CLOSED
        assert state_on(session, home, TODAY) is State.CLOSED
        assert state_on(session, home, TODAY - DAY) is State.OPEN
        session.info["clock"] = lambda: NOW + 5 * DAY
        with pytest.raises(ConflictError, match="关闭"):
            close_body(session, home, TODAY + DAY, "再关")
