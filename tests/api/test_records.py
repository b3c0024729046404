"""Quality records over API and pages: entered, changed, listed, taken away, as workbooks."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from httpx import Client
from openpyxl import load_workbook

Visit = Callable[[str | None], Client]

HOME = "/api/v1/homes/ZP001"
OCTOBER = {"month": "2026-10"}
GIVEN: dict[str, dict[str, Any]] = {
    "incidents": {
        "code": "E-1",
        "day": "2026-10-05",
        "kind": "跌倒",
        "grave": False,
        "words": "一名园友滑倒",
    },
    "complaints": {"code": "T-1", "received_on": "2026-10-05", "about": "照护", "words": "等候"},
    "training": {"staff": "S01", "day": "2026-10-05", "topic": "急救", "hours": "1.5"},
    "surveys": {"held_on": "2026-10-05", "asked": 3, "answered": 2, "satisfied": 1},
}


@pytest.mark.parametrize("form", GIVEN)
def test_a_record_lives_its_life(visit: Visit, form: str) -> None:
    """Entered, shown, listed in its month, changed, taken away."""
    manager, where = visit("manager"), f"{HOME}/{form}"
    made = manager.post(where, json=GIVEN[form])
    assert made.status_code == 201
    one = f"{where}/{made.json()['id']}"
    assert manager.get(one).json() == made.json()
    assert GIVEN[form].items() <= made.json().items()
    assert made.json() in manager.get(where, params=OCTOBER).json()["items"]
    assert made.json() not in manager.get(where, params={"month": "2026-09"}).json()["items"]
    day = next(name for name in GIVEN[form] if name in ("day", "received_on", "held_on"))
    changed = manager.put(one, json=GIVEN[form] | {day: "2026-10-06"})
    assert (changed.status_code, changed.json()[day]) == (200, "2026-10-06")
    assert manager.delete(one).status_code == 204
    assert manager.get(one).status_code == 404


@pytest.mark.parametrize("form", GIVEN)
def test_strangers_neither_see_nor_write(visit: Visit, form: str) -> None:
    """Another home's manager finds nothing; a clerk reads; nobody else comes in."""
    made = visit("manager").post(f"{HOME}/{form}", json=GIVEN[form]).json()
    one = f"{HOME}/{form}/{made['id']}"
    for request in ("get", "delete"):
        assert getattr(visit("elsewhere"), request)(one).status_code == 404
        assert getattr(visit(None), request)(one).status_code == 401
    elsewhere = f"/api/v1/homes/BC001/{form}/{made['id']}"
    assert visit("elsewhere").delete(elsewhere).status_code == 404
    assert visit("clerk").get(one).status_code == 200
    assert visit("clerk").put(one, json=GIVEN[form]).status_code == 403
    assert visit("manager").delete(one).status_code == 204


@pytest.mark.parametrize("method", ["post", "put"])
def test_a_refusal_names_the_field(visit: Visit, method: str) -> None:
    """What no schema can say is told with its header and both languages."""
    manager, where = visit("manager"), f"{HOME}/surveys"
    if method == "put":
        where += f"/{manager.post(where, json=GIVEN['surveys']).json()['id']}"
    wrong = GIVEN["surveys"] | {"answered": 4}
    refused = getattr(manager, method)(where, json=wrong)
    assert refused.status_code == 422
    assert "收回份数" in str(refused.json())
    if method == "put":
        manager.delete(where)


def test_pages_offer_the_same(visit: Visit) -> None:
    """A form shows what is wrong beside the field and keeps what was given; then it is listed."""
    manager, where = visit("manager"), "/homes/ZP001/records/incidents"
    assert where in manager.get("/homes/ZP001").text
    assert 'name="words"' in manager.get(f"{where}/new").text
    given = GIVEN["incidents"] | {"code": "E-9", "grave": "true", "day": "2026-12-01"}
    refused = manager.post(where, data=given)
    assert refused.status_code == 422
    assert "还没有到" in refused.text
    assert "yet to come" in refused.text
    assert 'value="E-9"' in refused.text
    assert 'value="true" selected' in refused.text
    entered = manager.post(where, data=given | {"day": "2026-10-05"}, follow_redirects=False)
    assert (entered.status_code, entered.headers["location"]) == (303, f"{where}?month=2026-10")
    listed = manager.get(where, params=OCTOBER).text
    assert "E-9" in listed
    record = listed.split("E-9")[0].split(f'href="{where}/')[-1].split('"')[0]
    assert 'value="2026-10-05"' in manager.get(f"{where}/{record}").text
    assert "必填" in manager.post(f"{where}/{record}", data={}).text
    assert "E-9" not in visit("elsewhere").get(where, params=OCTOBER).text
    reader = visit("clerk").get(where, params=OCTOBER).text
    assert "E-9" in reader
    assert f"{where}/new" not in reader
    manager.post(f"{where}/{record}/remove")
    assert "E-9" not in manager.get(where, params=OCTOBER).text


def test_the_workbook_comes_filled_or_blank(visit: Visit) -> None:
    """From the page and by API alike."""
    manager = visit("manager")
    made = manager.post(f"{HOME}/incidents", json=GIVEN["incidents"] | {"code": "E-7"}).json()
    for address in (f"{HOME}/quality-workbook", "/homes/ZP001/quality-workbook"):
        filled = load_workbook(BytesIO(manager.get(address, params=OCTOBER).content))
        blank = manager.get(address, params=OCTOBER | {"blank": True})
        assert "E-7" in {row[0] for row in filled["事件"].values}
        assert load_workbook(BytesIO(blank.content))["事件"].max_row == 1
        assert "quality" not in blank.headers["content-disposition"]
    manager.delete(f"{HOME}/incidents/{made['id']}")


def test_a_complaint_is_closed_where_it_is_shown(visit: Visit) -> None:
    """By API and page alike; once closed, the page offers it no more."""
    manager, where = visit("manager"), f"{HOME}/complaints"
    made = manager.post(where, json=GIVEN["complaints"]).json()
    one, page = f"{where}/{made['id']}", f"/homes/ZP001/records/complaints/{made['id']}"
    closing = {"upheld": True, "closed_on": "2026-10-09"}
    form = f"/homes/ZP001/complaints/{made['id']}/closing"
    assert form in manager.get(page).text
    early = manager.post(f"{one}/closing", json=closing | {"closed_on": "2026-10-04"})
    assert (early.status_code, "早于收到日期" in early.text) == (422, True)
    assert "早于收到日期" in manager.post(form, data=closing | {"closed_on": "2026-10-04"}).text
    assert manager.get(one).json()["closed_on"] is None
    assert visit("clerk").post(f"{one}/closing", json=closing).status_code == 403
    closed = manager.post(form, data=closing | {"upheld": "true"})
    assert (closed.status_code, closed.headers["location"]) == (303, page)
    assert closing.items() <= manager.get(one).json().items()
    assert form not in manager.get(page).text
    manager.delete(one)
