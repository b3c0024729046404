"""A month's attendance by API and page: half days, the workbook, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from httpx import Client
from openpyxl import load_workbook
from sqlalchemy import select

from rukang.care.attendance import Presence
from rukang.people import Resident
from tests.api.house import House
from tests.factories import some_marks

Visit = Callable[[str | None], Client]

WHERE = "/api/v1/homes/ZP001/attendance"
MONTH = {"month": "2026-08"}
TUESDAY = date(2026, 8, 18)


def test_a_half_day_is_shown(house: House, visit: Visit) -> None:
    """By halves, in the days of each mark, and as one pair on the page and in the workbook."""
    with house.database.session() as session:
        resident = session.scalars(select(Resident).where(Resident.code == "R01")).one()
        halves = {TUESDAY: (Presence.PRESENT, Presence.PERSONAL_LEAVE)}
        some_marks(session, resident, [date(2026, 8, 17)], halves)
    manager = visit("manager")
    row = manager.get(WHERE, params=MONTH).json()["rows"][0]
    assert (row["code"], row["days"]) == ("R01", {"出": "1.5", "事": "0.5"})
    halves = {"day": "2026-08-18", "morning": "出", "afternoon": "事"}
    assert halves in row["marks"]
    page = manager.get("/homes/ZP001/attendance", params=MONTH).text
    assert ">出/事</td>" in page
    assert "事 0.5" in page
    for path in (f"{WHERE}-workbook", "/homes/ZP001/attendance-workbook"):
        answer = manager.get(path, params=MONTH)
        assert "05-%E5%87%BA%E5%8B%A4" in answer.headers["content-disposition"]
        sheet = load_workbook(BytesIO(answer.content))["考勤"]
        assert sheet["T1"].value == "18"
        assert sheet["T2"].value == "出/事"


def test_last_month_is_shown_where_none_is_asked_for(visit: Visit) -> None:
    """And a month that is none is refused in words."""
    manager = visit("manager")
    assert "2026 年 10 月" in manager.get("/homes/ZP001/attendance").text
    assert manager.get("/homes/ZP001/attendance", params={"month": "2026-13"}).status_code == 422
    assert manager.get(WHERE, params={"month": "2026-13"}).status_code == 422


@pytest.mark.parametrize("place", [WHERE, f"{WHERE}-workbook", "/homes/ZP001/attendance"])
def test_attendance_is_for_the_homes_own_people(visit: Visit, place: str) -> None:
    """Not for who looks from outside, nor for another home's manager."""
    for name, status in (("officer", 403), ("inspector", 403), ("elsewhere", 404)):
        assert visit(name).get(place, params=MONTH).status_code == status, name
    assert visit("clerk").get(place, params=MONTH).status_code == 200
