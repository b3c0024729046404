"""What workers, staff and guardians read of one person, and that they read of nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from httpx import Client
from sqlalchemy import select

from rukang.base.access.records import Account
from rukang.base.database.audit import AuditEntry
from rukang.pay import PayRun, RunState
from rukang.pay.store.records import PayslipRecord
from rukang.people import Resident, Staff
from rukang.rosters import ConfirmedShift, WorkedShift
from tests.api.asking import PLACES, document_of_pages, requests_of
from tests.api.house import Clock, House, furnished
from tests.api.test_walk import EVERYBODYS, OF_A_PERSON, OWN, OWN_PAGES, api_operations
from tests.databases import KINDS

Visit = Callable[[str], Client]
SHIFT_DAY = date(2026, 10, 6)


@pytest.fixture(scope="module", params=KINDS)
def locked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house whose month is locked, with a shift of every member of staff, one of it confirmed."""
    with furnished(request.param, tmp_path_factory.mktemp("own")) as house:
        with house.database.session() as session:
            for staff in session.scalars(select(Staff).where(Staff.home_id == 1)):
                of = {"home_id": 1, "staff_id": staff.id, "day": SHIFT_DAY}
                session.add(WorkedShift(**of, shift_code="白"))
                if staff.code == "S01":
                    session.add(
                        ConfirmedShift(
                            **of, planned_code="白", planned_minutes=480, planned_after_midnight=0,
                            shift_code="白", minutes=450, minutes_after_midnight=0, note="",
                            confirmed_by="manager@example.org", confirmed_at=Clock().now,
                        )
                    )  # fmt: skip
        yield house


def _lock(house: House) -> None:
    with house.database.session() as session:
        session.get_one(PayRun, house.ids["run_id"]).state = RunState.LOCKED


@pytest.fixture
def visit(locked: House) -> Iterator[Visit]:
    """Opens clients of the house."""
    with locked.client() as running:
        yield lambda who: locked.visitor(running, who)


def _names(house: House) -> dict[str, str]:
    with house.database.session() as session:
        people = [*session.scalars(select(Resident)), *session.scalars(select(Staff))]
        return {one.code: one.person.name for one in people if one.home_id == 1}


def test_a_payslip_is_seen_once_its_month_is_locked(locked: House, visit: Visit) -> None:
    """By the worker and the guardian of each person, their own; with every line and its sources."""
    names = _names(locked)
    worker, guardian = visit("worker"), visit("guardian")
    assert worker.get("/api/v1/own/payslips").json()["items"] == []
    with locked.database.session() as session:
        slip = session.scalars(select(PayslipRecord.id).order_by(PayslipRecord.id)).first()
    assert worker.get(f"/api/v1/own/payslips/{slip}").status_code == 404
    _lock(locked)
    for client, code in ((worker, "R01"), (guardian, "R02")):
        (item,) = client.get("/api/v1/own/payslips").json()["items"]
        assert (item["name"], item["month"]) == (names[code], "2026-10")
        shown = client.get(f"/api/v1/own/payslips/{item['id']}").json()
        assert (shown["net"], shown["name"]) == (item["net"], names[code])
        line = shown["lines"][0]["code"]
        told = client.get(f"/api/v1/own/payslips/{item['id']}/lines/{line}")
        assert told.status_code == 200
        for other in (worker, guardian):
            if other is not client:
                found = other.get(f"/api/v1/own/payslips/{item['id']}")
                assert found.status_code == 404


def test_reading_a_payslip_is_logged(locked: House, visit: Visit) -> None:
    """With who read it: a guardian reads somebody else's."""
    _lock(locked)
    item = visit("guardian").get("/api/v1/own/payslips").json()["items"][0]
    visit("guardian").get(f"/api/v1/own/payslips/{item['id']}")
    with locked.database.session() as session:
        query = select(AuditEntry).where(AuditEntry.actor == "guardian@example.org")
        seen = session.scalars(query.where(AuditEntry.record_id == item["id"])).all()
    assert [(entry.action, entry.table) for entry in seen[-1:]] == [("view", "payslip")]


def test_shifts_are_ones_own_with_home_times_and_worked_minutes(
    locked: House, visit: Visit
) -> None:
    """Published, and as worked once confirmed; no shift of a colleague."""
    (shift,) = visit("staff").get("/api/v1/own/shifts?month=2026-10").json()
    assert shift == {
        "name": _names(locked)["S01"],
        "home": "如康家园示例站 ZP001",
        "day": "2026-10-06",
        "planned": {"code": "白", "name": "白班", "start": 480, "minutes": 480},
        "worked": "白",
        "minutes": 450,
    }
    assert visit("staff").get("/api/v1/own/shifts?month=2026-09").json() == []
    assert visit("worker").get("/api/v1/own/shifts?month=2026-10").json() == []


def test_days_are_ones_own(locked: House, visit: Visit) -> None:
    """Of the worker, and for the guardian of the person they stand for."""
    names = _names(locked)
    for who, code in (("worker", "R01"), ("guardian", "R02")):
        days = visit(who).get("/api/v1/own/days?month=2026-10").json()
        assert {day["name"] for day in days} == {names[code]}
        assert days[0]["marks"] == {"morning": "出", "afternoon": "出"}
        assert len({day["day"] for day in days}) == len(days)
    assert visit("staff").get("/api/v1/own/days?month=2026-10").json() == []


@pytest.mark.parametrize("who", ["worker", "guardian", "staff"])
def test_nothing_of_anybody_else_opens(locked: House, visit: Visit, who: str) -> None:
    """No operation and no page of the home does, and no answer names another of its people."""
    _lock(locked)
    own = {"worker": "R01", "guardian": "R02", "staff": "S01"}[who]
    others = {name for code, name in _names(locked).items() if code != own} | {"梁园长"}
    client = visit(who)
    ids = {**locked.ids, "own_payslip_id": 1}
    for call in api_operations(client, ids):
        if call.name == "revoke_token":
            continue
        answer = call.send(client)
        assert call.name in OWN | OF_A_PERSON or answer.status_code in {403, 404}, call
        assert not any(name in answer.text for name in others), (call, answer.text)
    for call, _ in requests_of(document_of_pages(), {**PLACES, **ids}):
        asked = call.short()
        if asked.template in EVERYBODYS or asked.address in OWN_PAGES:
            continue
        answer = asked.send(client)
        assert answer.status_code in {403, 404}, asked
        assert not any(name in answer.text for name in others), (asked, answer.text)


def test_who_holds_no_role_over_a_person_has_no_own_records(visit: Visit) -> None:
    """Not even the administrator: reading somebody's payslip is another permission."""
    for who in ("administrator", "manager", "carer", "nobody"):
        assert visit(who).get("/api/v1/own/payslips").status_code == 403


def test_an_administrator_links_an_account_to_a_person(locked: House, visit: Visit) -> None:
    """By API, and takes the link away; nobody else may, nor a person be named who is none."""
    administrator = visit("administrator")
    with locked.database.session() as session:
        account = session.scalars(
            select(Account.id).where(Account.email == "nobody@example.org")
        ).one()
    address = f"/api/v1/accounts/{account}/roles"
    given = {"role": "worker", "person": "ZP001/R03"}
    assert visit("manager").post(address, json=given).status_code == 403
    assert administrator.post(address, json=given | {"person": "ZP001/R99"}).status_code == 404
    assert administrator.post(address, json=given | {"home": "ZP001"}).status_code == 422
    assert administrator.post(address, json={"role": "worker", "home": "ZP001"}).status_code == 422
    made = administrator.post(address, json=given)
    assert made.status_code == 201
    assert [role["role"] for role in made.json()["roles"]] == ["worker"]
    days = visit("nobody").get("/api/v1/own/days?month=2026-10").json()
    assert {day["name"] for day in days} == {_names(locked)["R03"]}
    taken = administrator.post(f"{address}/removal", json=given)
    assert taken.json()["roles"] == []
    assert visit("nobody").get("/api/v1/own/days?month=2026-10").status_code == 403
    listed = administrator.get("/api/v1/accounts?size=200").json()["items"]
    assert {"email": "nobody@example.org", "roles": []}.items() <= next(
        one for one in listed if one["id"] == account
    ).items()
    names = [one["role"] for one in administrator.get("/api/v1/accounts/roles").json()]
    assert "guardian" in names
    assert "public" not in names
