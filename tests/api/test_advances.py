"""Who is not in a run, and advances by employers, over the API and on the run's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Client
from sqlalchemy import select

from payroll import Policy
from rukang import pay
from rukang.base.database.context import as_actor
from rukang.bodies.homes import Home
from rukang.care.attendance import AttendanceDay, DayMarks, Presence
from rukang.people import Resident
from rukang.work.employment import Employment
from tests.api.house import House, furnished
from tests.databases import KINDS
from tests.demo import LOCAL_POLICY

Visit = Callable[[str | None], Client]


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house in which R02 has no attendance and R03 was on leave on all days but the holidays."""
    with furnished(request.param, tmp_path) as house:
        with house.database.session() as session:
            codes = {item.id: item.code for item in session.scalars(select(Resident))}
            for mark in session.scalars(select(AttendanceDay)):
                if codes[mark.resident_id] == "R02":
                    session.delete(mark)
                elif codes[mark.resident_id] == "R03":
                    mark.marks = DayMarks.whole(Presence.PERSONAL_LEAVE)
            for work in session.scalars(select(Employment)):
                house.ids[codes[work.resident_id]] = work.id
            run = pay.find_run(session, house.ids["run_id"])
            pay.reopen(as_actor(session, "clerk@example.org"), run, "更正考勤")
        pay.calculate_run(house.database, house.ids["run_id"], Policy.load([LOCAL_POLICY]))
        yield house


@pytest.fixture
def running(house: House) -> Iterator[TestClient]:
    """Its application, started."""
    with house.client() as client:
        yield client


def test_who_is_missing_is_listed_left_out_and_taken_in(visit: Visit, house: House) -> None:
    """The run waits for R02 before it is locked; a manager may look and not decide."""
    clerk, manager = visit("clerk"), visit("manager")
    page = f"/payroll-runs/{house.ids['run_id']}"
    run = f"/api/v1{page}"
    (missing,) = clerk.get(f"{run}/missing").json()["items"]
    assert (missing["resident"], missing["left_out"]) == ("R02", None)
    assert "无考勤记录" in missing["reasons"][0]["zh"]
    one = f"{run}/missing/{house.ids['R02']}"
    assert "无考勤记录" in clerk.get(page).text
    assert f'action="{page}/missing/{house.ids["R02"]}/leave-out"' in clerk.get(page).text
    assert manager.post(f"{run}/approve", json={}).status_code == 200
    refused = clerk.post(f"{run}/steps", json={"to": "locked"})
    assert (refused.status_code, "R02" in refused.text) == (409, True)
    assert manager.post(f"{one}/leave-out", json={"reason": "停工"}).status_code == 403
    assert clerk.post(f"{one}/leave-out", json={"reason": " "}).status_code == 422
    there = f"{run}/missing/{house.ids['R01']}"
    assert clerk.post(f"{there}/leave-out", json={"reason": "停工"}).status_code == 409
    out = clerk.post(f"{one}/leave-out", json={"reason": "停工"}).json()
    assert (out["left_out"], out["by"]) == ("停工", "clerk@example.org")
    again = clerk.post(f"{one}/take-in").json()
    assert again["left_out"] is None
    shown = clerk.post(f"{page}/missing/{house.ids['R02']}/leave-out", data={"reason": "停工两周"})
    assert shown.status_code == 303
    assert "停工两周" in clerk.get(page).text
    assert clerk.post(f"{run}/steps", json={"to": "locked"}).json()["state"] == "locked"


def test_an_advance_is_shown_repaid_and_waived(visit: Visit, house: House) -> None:
    """R03 has the statutory days of October alone: what is advanced is listed and ends."""
    clerk, manager = visit("clerk"), visit("manager")
    run = f"/api/v1/payroll-runs/{house.ids['run_id']}"
    slips = clerk.get(f"{run}/payslips").json()["items"]
    advance = {slip["resident"]: slip["advance"] for slip in slips}
    # 3 statutory days and 0.75 of a month of 21: 2210 ÷ 21.75 × 3.75 = 381.03; 463.91 − 381.03
    assert advance == {"R01": "0.00", "R03": "82.88"}
    clerk.post(f"{run}/missing/{house.ids['R02']}/leave-out", json={"reason": "停工"})
    manager.post(f"{run}/approve", json={})
    clerk.post(f"{run}/steps", json={"to": "locked"})
    (owed,) = clerk.get("/api/v1/homes/ZP001/receivables").json()["items"]
    assert (owed["resident"], owed["open"], owed["age_months"]) == ("R03", "82.88", 1)
    lot = {"month": "2026-10", "line": "", "amount": "82.88", "open": "82.88"}
    assert owed["lots"] == [lot]
    page = clerk.get(f"/payroll-runs/{house.ids['run_id']}").text
    assert "应收款，尚未归还" in page
    assert "82.88" in page
    of = f"/api/v1/homes/ZP001/receivables/{owed['employment_id']}"
    consent = {"day": "2026-11-01", "note": "书面同意书"}
    assert clerk.post(f"{of}/consents", json=consent).status_code == 201
    repaid = {"amount": "80.00", "day": "2026-11-02", "note": "现金"}
    assert manager.post(f"{of}/payments", json=repaid).status_code == 403
    assert clerk.post(f"{of}/payments", json=repaid | {"amount": "82.89"}).status_code == 422
    assert clerk.post(f"{of}/payments", json=repaid).json()["amount"] == "80.00"
    waived = {"amount": "2.88", "reason": "困难"}
    entry = clerk.post(f"{of}/waivers", json=waived).json()
    confirm = f"{of}/waivers/{entry['id']}/confirm"
    assert clerk.post(confirm).status_code == 403
    assert manager.post(confirm).json()["confirmed_by"] == "manager@example.org"
    other = f"/api/v1/homes/ZP001/receivables/{house.ids['R01']}/waivers/{entry['id']}/confirm"
    assert manager.post(other).status_code == 404
    (owed,) = clerk.get("/api/v1/homes/ZP001/receivables").json()["items"]
    assert (owed["open"], owed["consent_on"]) == ("0.00", "2026-11-01")


def test_the_clerk_ends_a_receivable_on_its_page(visit: Visit, house: House) -> None:
    """Consent, a repayment of 80.00, a waiver of 2.88 that somebody else confirms: 82.88 in all."""
    clerk, manager = visit("clerk"), visit("manager")
    run = f"/api/v1/payroll-runs/{house.ids['run_id']}"
    clerk.post(f"{run}/missing/{house.ids['R02']}/leave-out", json={"reason": "停工"})
    assert "没有应收款" in clerk.get("/homes/ZP001/receivables").text
    manager.post(f"{run}/approve", json={})
    clerk.post(f"{run}/steps", json={"to": "locked"})
    listed = clerk.get("/homes/ZP001/receivables").text
    ledger = f"/homes/ZP001/receivables/{house.ids['R03']}"
    assert f'href="{ledger}"' in listed
    assert '<td data-label="账龄（月） Age (months)">1</td>' in listed
    assert ledger in clerk.get(f"/payroll-runs/{house.ids['run_id']}").text
    page = clerk.get(ledger).text
    assert all(f'action="{ledger}/{form}"' in page for form in ("payments", "consents", "waivers"))
    assert "/payments" not in manager.get(ledger).text
    repaid = {"amount": "80.00", "day": "2026-11-02", "note": "现金"}
    assert manager.post(f"{ledger}/payments", data=repaid).status_code == 403
    for wrong in ({"amount": "八十"}, {"amount": "82.89"}, {"day": "2026-11-03"}, {"note": " "}):
        refused = clerk.post(f"{ledger}/payments", data=repaid | wrong)
        assert (refused.status_code, "没有办理" in refused.text) == (422, True), wrong
    assert clerk.post(f"{ledger}/payments", data=repaid).headers["location"] == ledger
    consent = {"day": "2026-11-01", "note": "书面同意书"}
    assert clerk.post(f"{ledger}/consents", data=consent).status_code == 303
    waived = {"amount": "2.88", "reason": "困难"}
    assert clerk.post(f"{ledger}/waivers", data=waived).status_code == 303
    with house.database.session() as session:
        (home,) = session.scalars(select(Home).where(Home.code == "ZP001"))
        entry = pay.receivable_of(session, home, house.ids["R03"]).pending[0].id
    confirm = f"{ledger}/waivers/{entry}/confirm"
    assert confirm not in clerk.get(ledger).text
    assert "待另一人复核" in clerk.get(ledger).text
    assert clerk.post(confirm).status_code == 403
    assert f'action="{confirm}"' in manager.get(ledger).text
    assert manager.post(confirm).status_code == 303
    assert manager.post(confirm).status_code == 409
    done = clerk.get(ledger).text
    assert "manager@example.org" in done
    assert "/payments" not in done


def test_what_was_paid_after_an_end_is_listed(visit: Visit, house: House) -> None:
    """R01's job turns out to have ended in September, when October is locked."""
    clerk, manager = visit("clerk"), visit("manager")
    run = f"/api/v1/payroll-runs/{house.ids['run_id']}"
    clerk.post(f"{run}/missing/{house.ids['R02']}/leave-out", json={"reason": "停工"})
    manager.post(f"{run}/approve", json={})
    clerk.post(f"{run}/steps", json={"to": "locked"})
    assert clerk.get("/api/v1/homes/ZP001/paid-after-end").json()["items"] == []
    with house.database.session() as session:
        session.get_one(Employment, house.ids["R01"]).ended_on = date(2026, 9, 30)
    (paid,) = clerk.get("/api/v1/homes/ZP001/paid-after-end").json()["items"]
    # 2210 − 463.91
    assert (paid["resident"], paid["month"], paid["net"]) == ("R01", "2026-10", "1746.09")
    assert (paid["ended_on"], paid["is_in_part"]) == ("2026-09-30", False)
    assert "2026-09-30" in clerk.get("/homes/ZP001/receivables").text
