"""Shares of teams over the API and on the run's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Client
from sqlalchemy import select

from rukang.people import Resident
from rukang.work.teams import MadeDuring, TeamMember, TeamWork
from tests.api.house import House, furnished
from tests.factories import OCTOBER

Visit = Callable[[str | None], Client]
WHERE = "/api/v1/homes/ZP001/team-shares"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house whose R02 and R03 made 100 boxes for 1.00 together, by 7.5 and 15 hours."""
    with furnished("sqlite", tmp_path) as house:
        with house.database.session() as session:
            people = {who.code: who for who in session.scalars(select(Resident))}
            common = {"home_id": people["R02"].home_id, "month": OCTOBER, "team": "一组"}
            work = TeamWork(
                **common,
                item="纸盒",
                day=None,
                made_during=MadeDuring.NORMAL,
                quantity=100,
                quality_deduction_fen=0,
                rate=Decimal("1.00"),
            )
            session.add(work)
            for code, weight in (("R02", "7.5"), ("R03", "15")):
                who = people[code].id
                session.add(TeamMember(**common, resident_id=who, weight=Decimal(weight)))
        yield house


@pytest.fixture
def running(house: House) -> Iterator[TestClient]:
    """Its application, started."""
    with house.client() as client:
        yield client


def test_shares_are_listed_to_who_may_see_wages(visit: Visit, house: House) -> None:
    """100.00 by 1 : 2 is 33.33 and 66.67; a stranger and another home's clerk see nothing."""
    (shared,) = visit("clerk").get(WHERE, params={"month": "2026-10"}).json()["items"]
    assert (shared["team"], shared["total"], shared["made_during"]) == ("一组", "100.00", "正常")
    amounts = [(member["resident"], member["amount"]) for member in shared["members"]]
    assert amounts == [("R02", "33.33"), ("R03", "66.67")]
    assert visit("clerk").get(WHERE, params={"month": "2026-09"}).json()["items"] == []
    assert visit(None).get(WHERE, params={"month": "2026-10"}).status_code == 401
    page = visit("clerk").get(f"/payroll-runs/{house.ids['run_id']}").text
    assert "集体计件分配" in page
    assert "66.67" in page
