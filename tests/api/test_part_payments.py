"""Part-time work paid twice a month, over the API and on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Client
from sqlalchemy import select

from payroll import Policy
from rukang import pay
from rukang.base.database.context import as_actor
from rukang.care.attendance import HoursWorked
from rukang.people import Resident
from rukang.work.employment import Employment, EmploymentKind
from tests.api.house import House, furnished
from tests.demo import LOCAL_POLICY

Visit = Callable[[str | None], Client]
WHERE = "/homes/ZP001/part-payments"
HALF = {"month": "2026-10", "through": "2026-10-15"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house whose R03 works by the hour, eight hours on the 12th and the 20th, for 22.00."""
    with furnished("sqlite", tmp_path) as house:
        with house.database.session() as session:
            run = pay.find_run(session, house.ids["run_id"])
            pay.reopen(as_actor(session, "clerk@example.org"), run, "改为非全日制")
            who = session.scalars(select(Resident).where(Resident.code == "R03")).one()
            work = session.scalars(select(Employment).filter_by(resident_id=who.id)).one()
            work.kind, work.monthly_wage_fen = EmploymentKind.PART_TIME, 0
            work.hourly_wage_fen, work.pay_cycle_days = 2200, 15
            for day in (12, 20):
                hours = HoursWorked(
                    day=date(2026, 10, day),
                    normal=Decimal(8),
                    overtime=Decimal(0),
                    lieu=Decimal(0),
                )
                hours.home_id, hours.resident_id = who.home_id, who.id
                session.add(hours)
        yield house


@pytest.fixture
def running(house: House) -> Iterator[TestClient]:
    """Its application, started."""
    with house.client() as client:
        yield client


def test_half_a_month_over_the_api(visit: Visit, house: House) -> None:
    """8 h × 22.00 = 176.00 to the 15th, as much with the month; a manager may look and not pay."""
    clerk, manager, api = visit("clerk"), visit("manager"), f"/api/v1{WHERE}"
    assert manager.post(api, json=HALF).status_code == 403
    settled = clerk.post(api, json=HALF).json()
    assert settled["missing"] == []
    (part,) = settled["parts"]
    assert (part["amount"], part["first"], part["last"]) == ("176.00", "2026-10-01", "2026-10-15")
    assert clerk.post(api, json=HALF).json()["parts"] == []
    failed = clerk.post(f"{api}/{part['id']}/answer", json={"paid": False, "message": "账号有误"})
    assert (failed.json()["state"], failed.json()["message"]) == ("failed", "账号有误")
    (again,) = clerk.post(api, json=HALF).json()["parts"]
    assert again["state"] == "sent"
    assert clerk.post(f"{api}/{part['id']}/answer", json={"paid": True}).json()["state"] == "paid"
    assert clerk.post(f"{api}/{part['id']}/answer", json={"paid": False}).status_code == 409
    assert clerk.post(f"{api}/999/answer", json={"paid": True}).status_code == 404
    pay.calculate_run(house.database, house.ids["run_id"], Policy.load([LOCAL_POLICY]))
    assert clerk.post(api, json=HALF).status_code == 409
    runs = f"/api/v1/payroll-runs/{house.ids['run_id']}/payslips"
    found = {slip["resident"]: slip["id"] for slip in clerk.get(runs).json()["items"]}
    slip = clerk.get(f"{runs}/{found['R03']}").json()
    assert (slip["net"], slip["due"]) == ("352.00", "176.00")
    assert [item["amount"] for item in slip["parts"]] == ["176.00"]
    page = clerk.get(f"/payroll-runs/{house.ids['run_id']}/payslips/{found['R03']}").text
    assert "分几次支付" in page
    (listed,) = manager.get(api, params={"month": "2026-10"}).json()["items"]
    assert listed["resident"] == "R03"


def test_half_a_month_on_the_page(visit: Visit, house: House) -> None:
    """Settle, see, answer; a day to come is told in words, a stranger is sent to sign in."""
    clerk = visit("clerk")
    assert "还没有结算" in clerk.get(f"{WHERE}?month=2026-10").text
    page = clerk.post(WHERE, data=HALF).text
    assert "176.00" in page
    (part,) = clerk.get(f"/api/v1{WHERE}", params={"month": "2026-10"}).json()["items"]
    answered = clerk.post(f"{WHERE}/{part['id']}/answer", data={"outcome": "true"})
    assert answered.status_code == 303
    assert "2026-10-15" in clerk.get(answered.headers["location"]).text
    (part,) = clerk.get(f"/api/v1{WHERE}", params={"month": "2026-10"}).json()["items"]
    assert part["state"] == "paid"
    late = clerk.post(WHERE, data={"month": "2026-10", "through": "2026-11-15"})
    assert (late.status_code, "之内" in late.text) == (422, True)
    assert clerk.get("/homes/ZP001").text.count(WHERE) == 1
