"""What each feature answers to those who may ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from httpx import Client
from sqlalchemy import select

from rukang.base.database import audit
from rukang.base.database.audit import AuditEntry
from rukang.base.database.context import as_actor
from rukang.numbers import citizen_id
from rukang.pay import RunState, find_run
from rukang.pay.run.life import reach
from tests.api.house import RESIDENTS, STAFF, House

Visit = Callable[[str | None], Client]
HOME = "/api/v1/homes/ZP001"


def test_each_sees_its_homes(visit: Visit) -> None:
    """A manager one, a regional inspector both."""
    codes = {
        who: [home["code"] for home in visit(who).get("/api/v1/homes").json()["items"]]
        for who in ("manager", "inspector", "officer")
    }
    assert codes == {"manager": ["ZP001"], "inspector": ["BC001", "ZP001"], "officer": ["ZP001"]}


@pytest.mark.parametrize(("people", "total"), [("staff", STAFF), ("residents", RESIDENTS)])
def test_people_come_in_pages(visit: Visit, people: str, total: int) -> None:
    """Pages cover the list once, in order; beyond the end they are empty."""
    client = visit("manager")
    pages = [
        client.get(f"{HOME}/{people}", params={"page": n, "size": 2}).json() for n in (1, 2, 3)
    ]
    codes = [item["code"] for page in pages for item in page["items"]]
    assert codes == sorted(set(codes))
    assert len(codes) == total
    assert {page["total"] for page in pages} == {total}
    assert pages[2]["items"] == []


def test_people_are_those_of_the_day(visit: Visit) -> None:
    """Before anybody came the lists are empty."""
    answer = visit("manager").get(f"{HOME}/residents", params={"on": "2024-12-31"})
    assert answer.json()["items"] == []


def test_lists_show_masked_numbers_only(visit: Visit) -> None:
    """No list carries a full number."""
    for path in (f"{HOME}/residents", f"{HOME}/staff"):
        for item in visit("clerk").get(path).json()["items"]:
            assert "*" in item["citizen_id"]
            assert not citizen_id.is_valid(item["citizen_id"])


@pytest.mark.parametrize("kind", ["citizen_id", "certificate"])
def test_reading_a_number_is_on_record(visit: Visit, house: House, kind: str) -> None:
    """Who, which record and why; the number itself is not in the trail."""
    reason = f"银行退回，核对证件 {kind}"
    body = {"number": kind, "reason": reason}
    answer = visit("clerk").post(f"{HOME}/residents/R02/number", json=body)
    number = answer.json()["number"]
    assert citizen_id.is_valid(number[:18])
    with house.database.session() as session:
        query = select(AuditEntry).where(AuditEntry.action == "read")
        reads = audit.opened(session, session.scalars(query))
    field = {"citizen_id": "citizen_id", "certificate": "number"}[kind]
    entry = next(entry for entry in reads if entry.after == {"field": field, "reason": reason})
    assert entry.entry.actor == "clerk@example.org"
    assert number not in str(entry.after)


def test_reading_a_number_needs_a_reason(visit: Visit) -> None:
    """Blanks are none."""
    body = {"number": "citizen_id", "reason": "   "}
    answer = visit("clerk").post(f"{HOME}/residents/R01/number", json=body)
    assert answer.status_code == 422
    assert "事由" in answer.json()["detail_zh"]


def test_a_roster_is_asked_for_and_followed(visit: Visit) -> None:
    """202 with the job's place; cancelling it is on record as its end."""
    client = visit("manager")
    asked = client.post(f"{HOME}/rosters", json={"month": "2027-01", "time_limit": 60})
    assert asked.status_code == 202
    job = client.get(asked.headers["location"]).json()
    assert (job["state"], job["asked_by"]) == ("queued", "manager@example.org")
    roster = client.get(f"/api/v1/rosters/{job['subject_id']}").json()
    assert (roster["month"], roster["state"]) == ("2027-01", "requested")
    assert client.post(f"/api/v1/jobs/{job['id']}/cancel").json()["state"] == "cancelled"


def test_cancelling_is_on_record(visit: Visit, house: House) -> None:
    """With who did it."""
    client = visit("manager")
    job = client.post(f"{HOME}/rosters", json={"month": "2027-02"}).json()
    client.post(f"/api/v1/jobs/{job['id']}/cancel")
    with house.database.session() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "cancel")).all()
    assert (job["id"], "manager@example.org") in {(e.record_id, e.actor) for e in entries}


def test_wages_asked_for_twice_are_one_run_and_one_job(visit: Visit) -> None:
    """A double click costs nothing."""
    client = visit("clerk")
    first, second = (
        client.post(f"{HOME}/payroll-runs", json={"month": "2026-09"}).json() for _ in range(2)
    )
    assert first == second


def test_who_asked_for_the_wages_cannot_approve_them(visit: Visit, house: House) -> None:
    """The clerk may approve, but not the clerk's own run."""
    client = visit("clerk")
    client.post(f"{HOME}/payroll-runs", json={"month": "2026-09"})
    run = client.get(f"{HOME}/payroll-runs").json()["items"]
    mine = next(item for item in run if item["month"] == "2026-09")
    with house.database.session() as session:
        reach(as_actor(session, "system"), find_run(session, mine["id"]), RunState.CALCULATED)
    refused = client.post(f"/api/v1/payroll-runs/{mine['id']}/approve", json={})
    assert (refused.status_code, "另一人" in refused.text) == (403, True)
    taken_back = client.post(
        f"/api/v1/payroll-runs/{mine['id']}/reopen", json={"reason": "补录考勤"}
    )
    assert taken_back.json()["state"] == "draft"


def test_a_roster_is_a_table(visit: Visit, house: House) -> None:
    """One cell a day for everybody, and the cover beside what was wanted."""
    table = visit("officer").get(f"/api/v1/rosters/{house.ids['roster_id']}/table").json()
    assert [len(row["cells"]) for row in table["rows"]] == [31] * STAFF
    assert len(table["days"]) == 31
    day = next(row for row in table["cover"] if row["shift"] == "白")
    assert day["wanted"][5] == 3


def test_a_payslip_adds_up_and_explains_itself(visit: Visit, house: House) -> None:
    """Money is text with two decimals; each line has its reckoning."""
    client, run = visit("clerk"), f"/api/v1/payroll-runs/{house.ids['run_id']}"
    listed = client.get(f"{run}/payslips").json()["items"]
    assert len(listed) == RESIDENTS
    slip = client.get(f"{run}/payslips/{listed[0]['id']}").json()
    assert {key: slip[key] for key in listed[0]} == listed[0]
    amounts = {line["code"]: line["amount"] for line in slip["lines"]}
    assert (slip["gross"], slip["net"]) == (amounts["gross"], amounts["net"])
    assert all(line["zh"] and line["en"] and line["rule"] for line in slip["lines"])
    assert slip["unconfirmed"]
    assert {note["code"] for note in slip["warnings"]} >= {"provisional_base"}
    assert all(note["zh"] and note["en"] for note in slip["warnings"])


def test_a_payslip_of_another_run_is_absent(visit: Visit, house: House) -> None:
    """The two ids have to belong together."""
    path = f"/api/v1/payroll-runs/{house.ids['run_id']}/payslips/99999"
    assert visit("clerk").get(path).status_code == 404


def test_a_rating_is_kept_once_and_read_with_its_path(visit: Visit) -> None:
    """The same sheet twice is one rating."""
    client = visit("inspector")
    sheet = {"home": "ZP001", "edition": "example-2026", "on": "2026-10-20"}
    first, second = (client.post(f"{HOME}/ratings", json=sheet) for _ in range(2))
    assert (first.status_code, first.json()) == (201, second.json())
    rating = client.get(f"/api/v1/ratings/{first.json()['id']}").json()
    assert rating["path"]
    assert rating["label"]["zh"] == "本地示例，非官方"
