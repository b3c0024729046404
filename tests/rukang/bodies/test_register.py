"""Bodies are registered once, and what is dated of them holds until the next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.database.audit import AuditEntry
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from rukang.bodies import (
    Body,
    BodyCapacity,
    BodyKind,
    BodyOperator,
    State,
    add_licence,
    bodies_query,
    enter_state,
    find_body,
    history,
    licences,
    possible_duplicates,
    record_closed,
    register_body,
    require_not_closed,
    set_capacity,
    set_operator,
    state_on,
    states_on,
)
from rukang.bodies.homes import Home
from rukang.bodies.service import NEXT
from rukang.pay import request_run
from rukang.rosters import request_roster
from tests.conftest import NOW
from tests.factories import a_home

TODAY = date(2026, 11, 2)
DAY = timedelta(days=1)
FACTS = {
    "name": "示例康复中心",
    "county": "371681",
    "address": "示例路 8 号",
    "legal_person": "示例康复中心",
    "uscc": "91371681MA3EXAMP0X",
}


def _a_body(session: Session, code: str = "FW001", **more: object) -> Body:
    facts = {**FACTS, "uscc": VALID} | {k: v for k, v in more.items() if k in FACTS}
    rest = {k: v for k, v in more.items() if k not in FACTS}
    return register_body(session, BodyKind.INSTITUTION, code, facts, **rest)  # type: ignore[arg-type]


VALID = "91371681000000000A"
"""Invented, with the right check character."""


def test_a_home_is_a_body_of_the_same_id(empty_database: Database) -> None:
    """Found as either; other bodies are none."""
    with empty_database.session() as session:
        home = a_home(session)
        other = _a_body(session)
        assert (home.kind, other.kind) == (BodyKind.HOME, BodyKind.INSTITUTION)
    with empty_database.session() as session:
        assert [type(one) for one in session.scalars(bodies_query())] == [Body, Home]
        assert find_body(session, "ZP001").id == session.scalars(select(Home.id)).one()
        assert [one.code for one in session.scalars(bodies_query(BodyKind.HOME))] == ["ZP001"]
        assert session.get(Home, find_body(session, "FW001").id) is None


def test_bodies_are_seen_in_ones_places(empty_database: Database) -> None:
    """By region, and by a grant over the body itself."""
    with empty_database.session() as session:
        a_home(session), a_home(session, code="BC001", county="371602")
        own = _a_body(session, "FW001", county="371602").id
        _a_body(session, "FW002", address="示例路 9 号")
    for grant, seen in (
        (Grant(Role.OFFICER, region="371602"), ["BC001", "FW001"]),
        (Grant(Role.CASE_HANDLER, home_id=own), ["FW001"]),
        (Grant(Role.MANAGER, home_id=1), ["ZP001"]),
        (Grant(Role.ADMINISTRATOR), ["BC001", "FW001", "FW002", "ZP001"]),
    ):
        caller = Caller("c", (grant,))
        with empty_database.session(caller, Permission.HOMES_READ) as session:
            assert [one.code for one in session.scalars(bodies_query())] == seen
            homes = [code for code in seen if code in {"BC001", "ZP001"}]
            assert sorted(session.scalars(select(Home.code))) == homes


def test_a_code_is_used_once_and_what_looks_the_same_is_asked_about(
    empty_database: Database,
) -> None:
    """By credit code and address, however it is spaced; said to be another, it is registered."""
    with empty_database.session() as session:
        first = _a_body(session)
        with pytest.raises(ConflictError, match="已被使用"):
            _a_body(session, address="别处")
        with pytest.raises(ConflictError, match=r"FW001 示例康复中心.*是另一家"):
            _a_body(session, "FW002", address=" 示例路8号 ")
        assert possible_duplicates(session) == []
        second = _a_body(session, "FW002", address=" 示例路8号 ", another=True)
        assert possible_duplicates(session) == [(first, second)]
        _a_body(session, "FW003", address="示例路 10 号")
        with pytest.raises(InvalidError, match="01-机构"):
            register_body(session, BodyKind.HOME, "ZP009", {**FACTS, "uscc": VALID})
        with pytest.raises(InvalidError, match="18 位"):
            _a_body(session, "FW004", uscc="9137")
        with pytest.raises(NotFoundError, match="FW009"):
            find_body(session, "FW009")


def test_an_officer_registers_in_ones_own_places(empty_database: Database) -> None:
    """And not in another county."""
    officer = Caller("o", (Grant(Role.OFFICER, region="371681"),))
    with empty_database.session(officer, Permission.BODIES_WRITE) as session:
        assert _a_body(session).id
        with pytest.raises(NotAllowedError, match="371602"):
            _a_body(session, "FW002", county="371602")


def test_states_follow_each_other_day_by_day(empty_database: Database) -> None:
    """Each holds until the next; without any a body is open; nothing before, nothing to come."""
    with empty_database.session() as session:
        home = a_home(session)
        assert state_on(session, home, date(2020, 1, 1)) is State.OPEN
        body = _a_body(session, state=State.PLANNED)
        assert state_on(session, body, TODAY) is State.PLANNED
        with pytest.raises(InvalidError, match="其后"):
            enter_state(session, body, State.BUILDING, TODAY)
        with pytest.raises(InvalidError, match="还没有到"):
            enter_state(session, home, State.SUSPENDED, TODAY + DAY)
        enter_state(session, home, State.SUSPENDED, TODAY - 9 * DAY, "装修")
        enter_state(session, home, State.OPEN, TODAY)
        assert state_on(session, home, TODAY - 10 * DAY) is State.OPEN
        assert state_on(session, home, TODAY - DAY) is State.SUSPENDED
        assert states_on(session, [home, body], TODAY) == {
            home.id: State.OPEN, body.id: State.PLANNED,
        }  # fmt: skip


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_only_what_follows_is_entered(
    empty_database: Database, before: State, after: State
) -> None:
    """Closing is a step of its own, and the end."""
    with empty_database.session() as session:
        body = _a_body(session, state=State.PLANNED if before is State.CLOSED else before)
        session.info["clock"] = lambda: NOW + 9 * DAY
        if before is State.CLOSED:
            record_closed(session, body, TODAY + DAY, "并入他处")
        day = TODAY + 2 * DAY
        if after is State.CLOSED:
            with pytest.raises(InvalidError, match="关闭机构"):
                enter_state(session, body, after, day)
            if before is not State.CLOSED:
                assert record_closed(session, body, day, "停办").state is State.CLOSED
        elif after in NEXT[before]:
            assert enter_state(session, body, after, day).state is after
        else:
            with pytest.raises(ConflictError, match=after.words.zh):
                enter_state(session, body, after, day)


def test_a_closed_home_has_no_new_month(empty_database: Database) -> None:
    """Neither roster nor wages; the month in which it closed, and those before, go on."""
    with empty_database.session() as session:
        home = a_home(session)
        record_closed(session, home, date(2026, 10, 15), "并入他处")
        for ask in (request_roster, request_run):
            assert ask(session, home, date(2026, 10, 1)).home_id == home.id
            with pytest.raises(ConflictError, match="已关闭"):
                ask(session, home, date(2026, 11, 1))
        require_not_closed(session, home, date(2026, 10, 14))
        with pytest.raises(ConflictError, match="closed on 2026-10-15"):
            require_not_closed(session, home, date(2026, 10, 15))


def test_capacity_and_operator_are_dated(empty_database: Database) -> None:
    """The home's own figure is the newest; both are in the audit trail."""
    with empty_database.session() as session:
        home = a_home(session)
        set_capacity(session, home, 60, TODAY - 9 * DAY)
        set_capacity(session, home, 300, TODAY)
        with pytest.raises(InvalidError, match="正整数"):
            set_capacity(session, home, 0, TODAY)
        with pytest.raises(InvalidError, match="其后"):
            set_capacity(session, home, 70, TODAY - DAY)
        assert home.capacity == 300
        kept = [(one.since, one.heads) for one in history(session, BodyCapacity, home)]
        assert kept == [(TODAY, 300), (TODAY - 9 * DAY, 60)]
        set_operator(session, home, "示例社工机构", VALID, TODAY)
        with pytest.raises(InvalidError, match="18 位"):
            set_operator(session, home, "示例社工机构", "1", TODAY)
        assert [one.name for one in history(session, BodyOperator, home)] == ["示例社工机构"]
    with empty_database.session() as session:
        tables = set(session.scalars(select(AuditEntry.table)))
    assert {"home", "body_capacity", "body_operator"} <= tables


def test_licences_end_in_order(empty_database: Database) -> None:
    """Those that end first come first; none twice, none that ends before it begins."""
    with empty_database.session() as session:
        home = a_home(session)
        one = {"number": "1", "issued_by": "示例局", "issued_on": date(2026, 1, 1)}
        add_licence(session, home, {**one, "kind": "食品经营许可证"})
        add_licence(session, home, {**one, "kind": "消防", "expires_on": date(2027, 1, 1)})
        add_licence(session, home, {**one, "kind": "备案", "expires_on": date(2026, 12, 1)})
        kinds = [licence.kind for licence in licences(session, home)]
        assert kinds == ["备案", "消防", "食品经营许可证"]
        with pytest.raises(ConflictError, match="已登记"):
            add_licence(session, home, {**one, "kind": "消防"})
        with pytest.raises(InvalidError, match="早于发证日"):
            add_licence(session, home, {**one, "kind": "其他", "expires_on": date(2025, 1, 1)})
