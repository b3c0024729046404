"""Workbooks over API and page: handed out, looked at before they are stored, and stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from httpx import Client
from openpyxl import load_workbook

from rukang.doors.intake.kinds import BOOKS

Visit = Callable[[str | None], Client]

API, PAGE = "/api/v1/homes/ZP001", "/homes/ZP001"
MONTH = {"month": "2026-09"}
READER = {"employment": "clerk"}
BYTES = {"Content-Type": "application/octet-stream"}


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("blank", [False, True])
def test_every_workbook_is_handed_out(visit: Visit, name: str, blank: bool) -> None:
    """To who may see it, over API and page; its sheets are those that are read."""
    reader = visit(READER.get(name, "manager"))
    for where in (API, PAGE):
        answer = reader.get(f"{where}/{name}-workbook", params=MONTH | {"blank": blank})
        assert answer.status_code == 200
        sheets = load_workbook(BytesIO(answer.content)).sheetnames
        assert set(BOOKS[name].sheets) < set(sheets)
    assert visit("elsewhere").get(f"{API}/{name}-workbook", params=MONTH).status_code in {
        403,
        404,
    }


def _surveys(visit: Visit, month: int) -> bytes:
    """A workbook of quality records with one survey."""
    blank = visit("manager").get(
        f"{API}/quality-workbook", params={"month": f"2026-{month:02}", "blank": True}
    )
    book, content = load_workbook(BytesIO(blank.content)), BytesIO()
    book["满意度"].append([datetime(2026, month, 5), 30, 20, 10])  # noqa: DTZ001
    book.save(content)
    return content.getvalue()


def test_a_preview_stores_nothing_and_the_import_does(visit: Visit) -> None:
    """What would be added is counted; afterwards it is there, and the same file changes nothing."""
    manager, content = visit("manager"), _surveys(visit, 9)
    seen = manager.post(
        f"{API}/workbooks", params={"preview": True}, content=content, headers=BYTES
    )
    assert seen.status_code == 200, seen.text
    assert not seen.json()["stored"]
    assert seen.json()["changes"]["满意度"] == {"added": 1, "changed": 0, "removed": 0}
    assert not manager.get(f"{API}/surveys", params=MONTH).json()["items"]
    done = manager.post(f"{API}/workbooks", content=content, headers=BYTES)
    assert (done.json()["stored"], done.json()["rows"]) == (True, 1)
    assert len(manager.get(f"{API}/surveys", params=MONTH).json()["items"]) == 1
    again = manager.post(f"{API}/workbooks", content=content, headers=BYTES)
    assert not again.json()["stored"]


def test_the_page_shows_what_would_change(visit: Visit) -> None:
    """In words, sheet by sheet, and what is wrong with a file that is none."""
    manager, content = visit("manager"), _surveys(visit, 8)
    assert "07-质量记录" in manager.get(f"{PAGE}/workbooks", params=MONTH).text
    form = {"workbook": ("07.xlsx", content)}
    seen = manager.post(f"{PAGE}/workbooks", files=form, data={"preview": "true"})
    assert "满意度：改 0 条，增 1 条，删 0 条" in seen.text
    bad = manager.post(f"{PAGE}/workbooks", files={"workbook": ("07.xlsx", b"nothing")})
    assert bad.status_code == 422
    assert "不是可读的 .xlsx 工作簿" in bad.text


@pytest.mark.parametrize(("name", "status"), [("elsewhere", 404), ("inspector", 422)])
def test_who_may_not_imports_nothing(visit: Visit, name: str, status: int) -> None:
    """Neither another home's manager nor somebody without the permission."""
    answer = visit(name).post(f"{API}/workbooks", content=_surveys(visit, 7), headers=BYTES)
    assert answer.status_code == status
    assert not visit("manager").get(f"{API}/surveys", params={"month": "2026-07"}).json()["items"]
