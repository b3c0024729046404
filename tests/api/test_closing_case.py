"""A home closed step by step, as a case: what is left is named, the last step closes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from httpx import Client, Response
from sqlalchemy import select

from rukang.bodies import State, find_body, state_on
from rukang.people import Resident
from tests.api.house import Clock, House
from tests.factories import a_home, a_resident

OFFICE = "place:371681"
ON = "/api/v1/cases"


@pytest.fixture
def officer(own_house: House) -> Iterator[Client]:
    """An officer of the place of a home with one resident."""
    with own_house.database.session() as session:
        a_resident(session, a_home(session, code="ZP077", uscc="91371681000000000A"), code="R77")
    with own_house.client() as client:
        yield own_house.visitor(client, "officer")


def _done(officer: Client, case: int, step: str) -> Response:
    told = {"kind": "done", "step": step, "outcome": "done", "reason": "并入他处"}
    return officer.post(f"{ON}/{case}/events", json=told)


def test_a_home_is_closed_by_the_last_step_of_its_case(officer: Client, own_house: House) -> None:
    """Opened like any case; a step is refused while something is left for it, and names it."""
    given = {"course": "closing", "organ": OFFICE, "place": "371681", "home": "ZP077"}
    opened = officer.post(ON, json=given | {"organs": {"body": OFFICE, "federation": OFFICE}})
    assert opened.status_code == 201, opened.text
    case = opened.json()["id"]
    refused = _done(officer, case, "people")
    assert refused.status_code == 409
    assert "R77" in refused.json()["detail_zh"]
    for step in ("rosters", "wages", "receivables", "inspections"):
        assert _done(officer, case, step).status_code == 201
    with own_house.database.session() as session:
        home = find_body(session, "ZP077")
        resident = session.scalars(select(Resident).where(Resident.home_id == home.id)).one()
        resident.left_on = Clock().now.date()
    assert _done(officer, case, "people").status_code == 201
    seen = _done(officer, case, "close")
    assert (seen.status_code, seen.json()["endings"][0]["zh"]) == (201, "已关闭")
    with own_house.database.session() as session:
        home = find_body(session, "ZP077")
        assert state_on(session, home, Clock().now.date()) is State.CLOSED
    assert _done(officer, case, "close").status_code == 409


def test_a_closing_begins_on_the_page_of_the_body(officer: Client) -> None:
    """What holds the body is named beside it; begun twice it is the same case, which is shown."""
    page = officer.get("/bodies/ZP077").text
    assert "R77" in page
    assert 'action="/bodies/ZP077/closing-case"' in page
    begun = [officer.post("/bodies/ZP077/closing-case") for _ in range(2)]
    assert {answer.status_code for answer in begun} == {303}
    (there,) = {answer.headers["location"] for answer in begun}
    page = officer.get("/bodies/ZP077").text
    assert f'href="{there}"' in page
    assert 'action="/bodies/ZP077/closing-case"' not in page
    assert officer.get(there).status_code == 200
    again = officer.post("/api/v1/bodies/ZP077/closing-case")
    assert (again.status_code, f"/cases/{again.json()['id']}") == (201, there)


def test_who_does_not_keep_the_register_begins_no_closing(own_house: House) -> None:
    """Neither by page nor by API, nor for a body of another place."""
    with own_house.client() as client:
        manager = own_house.visitor(client, "manager")
        assert manager.post("/api/v1/bodies/ZP001/closing-case").status_code == 403
        assert "closing-case" not in manager.get("/bodies/ZP001").text
        officer = own_house.visitor(client, "officer")
        assert officer.post("/api/v1/bodies/BC001/closing-case").status_code == 404
