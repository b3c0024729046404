"""A database that goes away under a running web server, and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from rukang.base.settings import Settings, limits
from rukang.rosters.service import TIME_LIMIT
from tests.api.house import HOSTS, Clock, House, furnish
from tests.postgres import binaries, temporary_server

ROSTERS = "/api/v1/homes/ZP001/rosters"


@pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed")
def test_requests_after_a_restart_are_answered_and_meanwhile_refused_in_words(
    tmp_path: Path,
) -> None:
    """Both engines ask a connection before they use it: no request meets a stale one."""
    with temporary_server() as server:
        house = furnish(Settings(tmp_path, server.url, hosts=HOSTS))
        with house.client(Clock()) as client:
            visitor = house.visitor(client, "manager")
            places = ["/api/v1/homes", ROSTERS, "/api/v1/register", "/homes/ZP001"]
            assert {visitor.get(place).status_code for place in places} == {200}
            server.stop()
            refused = [visitor.get(place) for place in places]
            assert {answer.status_code for answer in refused} == {503}
            assert all(answer.headers["Retry-After"] for answer in refused)
            assert "out of reach" in refused[0].json()["detail"]
            server.start()
            assert {visitor.get(place).status_code for place in places * 2} == {200}
        house.database.close()


def test_a_manager_cannot_queue_years_of_rosters(own_house: House) -> None:
    """The refusal names what is queued; nothing of a refused request is kept."""
    months = [f"{year}-{month:02d}" for year in (2027, 2028) for month in range(1, 13)]
    with own_house.client() as client:
        visitor = own_house.visitor(client, "manager")
        before = len(visitor.get(ROSTERS).json()["items"])
        answers = [visitor.post(ROSTERS, json={"month": month}) for month in months]
        taken = [answer for answer in answers if answer.status_code == 202]
        refused = [answer for answer in answers if answer.status_code == 429]
        kept = len(visitor.get(ROSTERS).json()["items"]) - before
        by_page = visitor.post("/homes/ZP001/rosters", data={"month": "2027-01"})
    assert len(taken) + len(refused) == len(months)
    # One job of the house's own stands in the queue already.
    assert len(taken) == kept == limits().home_jobs - 1
    assert f"排班任务 {taken[0].json()['id']}" in refused[0].json()["detail_zh"]
    assert by_page.status_code == 429
    assert "取消不需要的" in by_page.text


@pytest.mark.parametrize("month", ["0001-01", "1900-01", "9999-12", "2100-01"])
@pytest.mark.parametrize("kind", ["rosters", "payroll-runs"])
def test_months_out_of_bounds_are_refused(own_house: House, month: str, kind: str) -> None:
    """Before anything is kept or queued."""
    with own_house.client() as client:
        visitor = own_house.visitor(client, "manager" if kind == "rosters" else "clerk")
        answer = visitor.post(f"/api/v1/homes/ZP001/{kind}", json={"month": month})
    assert answer.status_code == 422
    assert "2000-01" in answer.text


def test_a_solve_beyond_the_installations_limit_is_refused(own_house: House) -> None:
    """With what was asked for and what is allowed."""
    longest = limits().solve_seconds
    with own_house.client() as client:
        visitor = own_house.visitor(client, "manager")
        asked = {"month": "2027-01", "time_limit": longest + 1}
        answer = visitor.post(ROSTERS, json=asked)
    assert answer.status_code == 422
    assert str(longest) in answer.json()["detail"]
    assert longest > TIME_LIMIT
