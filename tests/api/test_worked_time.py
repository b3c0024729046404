"""Worked time over the API: confirmed as planned, corrected, and summed up by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Client
from sqlalchemy import select

from rukang.people import Staff
from rukang.rosters import WorkedShift
from tests.api.house import House, furnished
from tests.databases import KINDS

Visit = Callable[[str | None], Client]


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house in which everybody had a day shift planned on 12 and 13 October."""
    with furnished(request.param, tmp_path) as house:
        with house.database.session() as session:
            for member in session.scalars(select(Staff)):
                session.add_all(
                    WorkedShift(
                        home_id=member.home_id,
                        staff_id=member.id,
                        day=date(2026, 10, day),
                        shift_code="白",
                    )
                    for day in (12, 13)
                )
        yield house


@pytest.fixture
def running(house: House) -> Iterator[TestClient]:
    """Its application, started."""
    with house.client() as client:
        yield client


def test_worked_time_is_confirmed_and_summed(visit: Visit) -> None:
    """A manager confirms a day and corrects one person's; a stranger does neither."""
    manager = visit("manager")
    where = "/api/v1/homes/ZP001/worked-time"
    day = {"first": "2026-10-12", "last": "2026-10-12"}
    assert visit(None).post(f"{where}/as-planned", json=day).status_code == 401
    confirmed = manager.post(f"{where}/as-planned", json=day).json()["confirmed"]
    assert confirmed > 0
    assert manager.post(f"{where}/as-planned", json=day).json() == {"confirmed": 0}
    rows = manager.get(where, params={"month": "2026-10"}).json()["rows"]
    assert len(rows) == confirmed
    code = rows[0]["code"]
    assert (rows[0]["planned"], rows[0]["worked"], rows[0]["unconfirmed"]) == (960, 480, 1)
    one = {"staff": code, "day": "2026-10-13", "shift": "白", "minutes": 540, "note": "加班"}
    kept = manager.post(f"{where}/shifts", json=one).json()
    assert (kept["minutes"], kept["planned_minutes"]) == (540, 480)
    assert kept["confirmed_by"] == "manager@example.org"
    told = manager.get(where, params={"month": "2026-10"}).json()
    assert told["counted"] == ["workday", "rest_day", "holiday"]
    assert "289号" in told["counted_rule"]
    row = told["rows"][0]
    assert (row["limited"], row["overtime_limit"], row["over_limit"]) == (60, 2160, 0)
    assert (row["worked"], row["difference"], row["overtime"]["workday"]) == (1020, 60, 60)
    assert row["annual_leave"]["entitled"] is None
    future = {**one, "day": "2099-01-01"}
    assert manager.post(f"{where}/shifts", json=future).status_code == 422
