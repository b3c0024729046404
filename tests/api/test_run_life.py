"""A wage run's life over the API and on its page.

A step cannot be taken back, so each test here has a house of its own instead of the shared one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Client

from tests.api.house import RESIDENTS, House, furnished
from tests.databases import KINDS

Visit = Callable[[str | None], Client]


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house for one test."""
    with furnished(request.param, tmp_path) as house:
        yield house


@pytest.fixture
def running(house: House) -> Iterator[TestClient]:
    """Its application, started."""
    with house.client() as client:
        yield client


def test_a_run_is_approved_by_a_second_person_and_locked(visit: Visit, house: House) -> None:
    """Who asked for it cannot approve it; steps, changes and corrections tell the rest."""
    path = f"/api/v1/payroll-runs/{house.ids['run_id']}"
    clerk, manager = visit("clerk"), visit("manager")
    assert clerk.post(f"{path}/steps", json={"to": "locked"}).status_code == 409
    approved = manager.post(f"{path}/approve", json={"note": "已核对"}).json()
    assert (approved["state"], approved["steps"][-1]["by"]) == ("approved", "manager@example.org")
    assert approved["steps"][-1]["note"] == "已核对"
    assert clerk.post(f"{path}/steps", json={"to": "locked"}).json()["state"] == "locked"
    assert clerk.post(f"{path}/reopen", json={"reason": "错了"}).status_code == 409
    wrong = {"reason": "补记", "changes": {"name": "别人"}}
    there = f"{path}/payslips/{house.ids['payslip_id']}/corrections"
    assert clerk.post(there, json=wrong).status_code == 422
    right = wrong | {"changes": {"paid_days": "20", "unpaid_days": "1"}}
    kept = clerk.post(there, json=right)
    assert (kept.status_code, kept.json()["by"]) == (201, "clerk@example.org")
    year = clerk.get(f"{path}/payslips/{house.ids['payslip_id']}/year-after").json()
    # Nine months on file at 2210 each, October at 2210; the count is November's.
    assert (year["months_employed"], year["income"]) == (11, "22100.00")
    changes = clerk.get(f"{path}/variance").json()
    assert len(changes) == RESIDENTS
    assert {change["net_before"] for change in changes} == {None}


def test_a_run_is_led_through_its_life_on_its_page(visit: Visit, house: House) -> None:
    """Every step is offered to who may take it, with room for a word on it."""
    manager, clerk, path = visit("manager"), visit("clerk"), f"/payroll-runs/{house.ids['run_id']}"
    assert f'action="{path}/approve"' in manager.get(path).text
    manager.post(f"{path}/approve", data={"note": "已核对花名册"})
    shown = manager.get(path).text
    assert "已核对花名册" in shown
    assert f'action="{path}/steps"' not in shown
    for state in ("locked", "paid", "reconciled", "declared"):
        assert f'name="to" value="{state}"' in clerk.get(path).text
        clerk.post(f"{path}/steps", data={"to": state, "note": f"现金 {state}"})
        assert f"现金 {state}" in clerk.get(path).text
    assert f'action="{path}/steps"' not in clerk.get(path).text


def test_a_run_is_not_called_paid_without_a_word_on_how(visit: Visit, house: House) -> None:
    """Nothing went through the bank: the page says so beside the field, and refuses."""
    manager, clerk, path = visit("manager"), visit("clerk"), f"/payroll-runs/{house.ids['run_id']}"
    manager.post(f"{path}/approve")
    clerk.post(f"{path}/steps", data={"to": "locked"})
    assert "请写明怎样发放" in clerk.get(path).text
    refused = clerk.post(f"{path}/steps", data={"to": "paid", "note": " "})
    assert (refused.status_code, "say how" in refused.text) == (409, True)


def test_a_month_is_asked_for_on_the_home_s_page(visit: Visit, house: House) -> None:
    """By who works on wages there, once; nobody else is offered it, or can."""
    where = "/homes/ZP001/payroll-runs"
    clerk, manager = visit("clerk"), visit("manager")
    assert f'action="{where}"' in clerk.get("/homes/ZP001").text
    assert f'action="{where}"' not in manager.get("/homes/ZP001").text
    asked = [clerk.post(where, data={"month": "2026-11"}) for _ in range(2)]
    assert {answer.status_code for answer in asked} == {303}
    assert len({answer.headers["location"] for answer in asked}) == 1
    assert manager.post(where, data={"month": "2026-11"}).status_code == 403
    assert visit("elsewhere").post(where, data={"month": "2026-11"}).status_code == 403
    assert clerk.post(where, data={"month": "9999-01"}).status_code == 422
