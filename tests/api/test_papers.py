"""The papers of a roster and of a month of wages, handed out over the API and linked on pages."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from httpx import Client
from openpyxl import load_workbook
from sqlalchemy import func, select

from rukang.base.database.audit.records import AuditEntry
from tests.api.house import House

Visit = Callable[[str | None], Client]

BEGINS = {"roster.xlsx": b"PK", "roster.ics": b"BEGIN:VCALENDAR", "roster.html": b"<!doctype html>"}


def _roster(house: House, paper: str) -> str:
    return f"/api/v1/rosters/{house.ids['roster_id']}/papers/{paper}"


@pytest.mark.parametrize("paper", BEGINS)
def test_a_manager_takes_a_roster_home(visit: Visit, house: House, paper: str) -> None:
    """As a workbook, for a calendar, and to print; under a name that says home and month."""
    answer = visit("manager").get(_roster(house, paper))
    assert answer.status_code == 200
    assert answer.content.lower().startswith(BEGINS[paper].lower())
    assert "ZP001-2026-10" in answer.headers["content-disposition"]
    if paper == "roster.xlsx":
        cells = [c.value for row in load_workbook(BytesIO(answer.content)).active for c in row]
        assert any("员工S01" in str(cell) for cell in cells)
    else:
        assert "员工S01" in answer.text


@pytest.mark.parametrize(("who", "status"), [("elsewhere", 404), ("clerk", 403), (None, 401)])
def test_nobody_else_gets_it(visit: Visit, house: House, who: str | None, status: int) -> None:
    """Neither another home's manager nor who works on wages."""
    assert visit(who).get(_roster(house, "roster.xlsx")).status_code == status


def test_only_papers_there_are_can_be_asked_for(visit: Visit, house: House) -> None:
    """A name is looked up in a closed list."""
    assert visit("manager").get(_roster(house, "keys.txt")).status_code == 422


def test_the_clerk_takes_a_month_of_papers(visit: Visit, house: House) -> None:
    """Every paper once, with full numbers, which leaves a trace."""
    where = f"/api/v1/payroll-runs/{house.ids['run_id']}/papers.zip"
    before = _entries(house)
    answer = visit("clerk").get(where)
    assert answer.status_code == 200
    names = ZipFile(BytesIO(answer.content)).namelist()
    assert {"payslips.pdf", "payslips.xlsx", "bank-list.xlsx", "summary.xlsx"} < set(names)
    assert len(names) == len(set(names)) == 8
    assert _entries(house) > before
    assert visit("manager").get(where).status_code == 403
    assert visit("elsewhere").get(where).status_code == 403


def _entries(house: House) -> int:
    with house.database.session() as session:
        return session.scalars(select(func.count()).select_from(AuditEntry)).one()


def test_pages_lead_to_them(visit: Visit, house: House) -> None:
    """Each for those who may open it."""
    page = visit("manager").get(f"/rosters/{house.ids['roster_id']}").text
    assert all(_roster(house, paper) in page for paper in BEGINS)
    run = f"/payroll-runs/{house.ids['run_id']}"
    assert "papers.zip" in visit("clerk").get(run).text
    assert "papers.zip" not in visit("manager").get(run).text
