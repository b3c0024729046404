"""A body closes only when every person, roster, month, receivable and inspection has a place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError
from rukang.bodies import BodyKind, State, register_body, state_on, take_charge
from rukang.bodies.homes import Home
from rukang.cases import act, check_cases, events_of, find_case, offered_moves, read_case
from rukang.casework import Happened
from rukang.doors.closing import (
    CLOSE,
    ENDS,
    OF_A_HOME,
    begin_closing,
    close_body,
    closing_of,
    what_holds,
)
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


def _full(session: Session, **where: str) -> Home:
    """Return a home with something of every kind that holds it."""
    home = a_home(session, **where)
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
        assert len(held) == sum(map(len, OF_A_HOME.values())) + 1
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


def test_the_course_of_closing_begins_with_what_is_left(empty_database: Database) -> None:
    """Of an empty home nothing but the last step is; beginning it twice is one case."""
    with empty_database.session() as session:
        home, full = a_home(session), _full(session, code="BC001", county="371602")
        file = begin_closing(session, home)
        assert read_case(session, file)[0].responsible == {CLOSE: "place:371681"}
        assert begin_closing(session, home).id == file.id
        full_case = begin_closing(session, full)
        assert set(read_case(session, full_case)[0].responsible) == set(OF_A_HOME)
        assert state_on(session, home, TODAY) is State.OPEN
        assert not list(check_cases(session))


@pytest.mark.parametrize("step", list(OF_A_HOME))
def test_a_step_ends_when_the_records_say_so(empty_database: Database, step: str) -> None:
    """Until then it is refused with the names of what is left for it, and of nothing else."""
    with empty_database.session() as session:
        home = _full(session)
        file = begin_closing(session, home)
        left, other = what_holds(session, home, TODAY, step), what_holds(session, home, TODAY)
        with pytest.raises(ConflictError) as refused:
            act(session, file, Happened.DONE, {"step": step, "outcome": "done"}, ends=ENDS)
        assert left
        assert all(one.zh in refused.value.zh for one in left)
        assert not any(one.zh in refused.value.zh for one in other if one not in left)
        assert step in read_case(session, file)[0].responsible


def test_a_step_whose_last_record_went_elsewhere_is_done(empty_database: Database) -> None:
    """And the others stay with whom they were."""
    with empty_database.session() as session:
        home = a_home(session)
        resident = a_resident(session, home)
        file = begin_closing(session, home)
        assert set(read_case(session, file)[0].responsible) == {"people"}
        resident.left_on = TODAY
        session.flush()
        act(session, file, Happened.DONE, {"step": "people", "outcome": "done"}, ends=ENDS)
        assert set(read_case(session, file)[0].responsible) == {CLOSE}


def test_a_body_is_closed_by_the_last_step_alone(empty_database: Database) -> None:
    """By hand like any step of a case, with its reason; told twice it is refused."""
    with empty_database.session() as session:
        home = a_home(session)
        file = begin_closing(session, home)
        (done,) = (one for one in offered_moves(session, file, ENDS) if one.kind is Happened.DONE)
        assert done.step == CLOSE
        assert not [one for one in offered_moves(session, file) if one.kind is Happened.DONE]
        given = {"step": CLOSE, "outcome": "done", "reason": "并入他处" * 100}
        with pytest.raises(ConflictError, match="自动登记"):
            act(session, file, Happened.DONE, given)
        act(session, file, Happened.DONE, given, ends=ENDS)
        assert state_on(session, home, TODAY) is State.CLOSED
        assert (file.ended_on, file.endings) == (TODAY, "closed")
        assert closing_of(session, home) is None
        with pytest.raises((ConflictError, InvalidError)):
            act(session, file, Happened.DONE, given, ends=ENDS)
        with pytest.raises(ConflictError, match="已关闭"):
            begin_closing(session, home)
        assert not list(check_cases(session))


def test_what_comes_back_after_its_step_holds_the_last(empty_database: Database) -> None:
    """The last step looks at everything again; the body stays open."""
    with empty_database.session() as session:
        home = a_home(session)
        file = begin_closing(session, home)
        a_resident(session, home)
        given = {"step": CLOSE, "outcome": "done"}
        with pytest.raises(ConflictError, match="R01"):
            act(session, file, Happened.DONE, given, ends=ENDS)
        assert state_on(session, home, TODAY) is State.OPEN


@pytest.mark.parametrize(("role", "done"), [(Role.OFFICER, True), (Role.INSPECTOR, False)])
def test_who_keeps_no_register_ends_no_closing(
    empty_database: Database, role: Role, done: bool
) -> None:
    """Acting for the office of the place is not enough for the last step."""
    with empty_database.session() as session:
        home = a_home(session)
        case_id, home_id = begin_closing(session, home).id, home.id
    who = empty_database.acting_as(Caller("o@example.org", (Grant(role, region="371681"),)))
    given = {"step": CLOSE, "outcome": "done"}
    with who.session(permission=Permission.CASE_HANDLE) as session:
        file = find_case(session, case_id)
        if done:
            act(session, file, Happened.DONE, given, ends=ENDS)
        else:
            with pytest.raises(NotAllowedError):
                act(session, file, Happened.DONE, given, ends=ENDS)
    with empty_database.session() as session:
        closed = state_on(session, session.get_one(Home, home_id), TODAY) is State.CLOSED
    assert closed is done


def test_closing_at_once_goes_through_the_course(empty_database: Database) -> None:
    """Begun or not, the body's own act ends what is left of it, in one; of any kind of body."""
    with empty_database.session() as session:
        home = a_home(session)
        values = {"name": "示例公司", "county": "371681", "address": "示例路 1 号"}
        values |= {"legal_person": "示例", "uscc": "91371681000000000A"}
        company = register_body(session, BodyKind.COMPANY, "GS001", values)
        begun = begin_closing(session, home)
        session.info["clock"] = lambda: NOW + 5 * DAY
        for body in (home, company):
            close_body(session, body, TODAY + DAY, "停办")
            assert state_on(session, body, TODAY + DAY) is State.CLOSED
        assert begun.ended_on is not None
        last = events_of(session, begun)[-1]
        assert (last.step, last.reason) == (CLOSE, "停办")
        assert not list(check_cases(session))


def test_a_closing_that_was_called_off_can_begin_again(empty_database: Database) -> None:
    """The case of before stays, ended; the home has another one."""
    with empty_database.session() as session:
        home = a_home(session)
        first = begin_closing(session, home)
        act(session, first, Happened.WITHDRAWN, {"reason": "不再关闭"}, ends=ENDS)
        assert closing_of(session, home) is None
        second = begin_closing(session, home)
        assert second.id != first.id
        assert first.ended_on == TODAY
