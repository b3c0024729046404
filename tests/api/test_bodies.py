"""Bodies by API and on their pages: registered, changed, closed; by who keeps the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from httpx import Client

from rukang.bodies import Body, BodyKind
from tests.api.house import House, furnished
from tests.databases import KINDS

Visit = Callable[[str], Client]
BODY = {
    "code": "FW001",
    "kind": "institution",
    "name": "示例康复中心",
    "county": "371681",
    "address": "示例路 8 号",
    "legal_person": "示例康复中心",
    "uscc": "91371681000000000A",
}
TODAY = {"since": "2026-11-02"}


@pytest.fixture(scope="module", params=KINDS)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house of its own: the tests add bodies."""
    with furnished(request.param, tmp_path_factory.mktemp("bodies")) as house:
        yield house


@pytest.fixture
def visit(house: House) -> Iterator[Visit]:
    """Opens clients of the house."""
    with house.client() as running:
        yield lambda who: house.visitor(running, who)


def test_the_life_of_a_body_by_api(visit: Visit) -> None:
    """Registered as planned, opened, licensed, closed; each seen afterwards."""
    officer = visit("officer")
    made = officer.post("/api/v1/bodies", json={**BODY, "state": "planned"})
    assert (made.status_code, made.json()["state"]) == (201, "planned")
    assert officer.post("/api/v1/bodies", json=BODY).status_code == 409
    twin = {**BODY, "code": "FW002"}
    assert "another one" in officer.post("/api/v1/bodies", json=twin).json()["detail"]
    assert officer.post("/api/v1/bodies", json={**twin, "another": True}).status_code == 201
    elsewhere = {**BODY, "code": "FW003", "county": "371602", "address": "别处"}
    assert officer.post("/api/v1/bodies", json=elsewhere).status_code == 403
    address = "/api/v1/bodies/FW001"
    entered = officer.post(f"{address}/states", json={"state": "open", **TODAY})
    assert entered.status_code == 422, "one change a day"
    assert officer.post(f"{address}/capacities", json={"heads": 300, **TODAY}).status_code == 201
    run = {"name": "示例社工机构", "uscc": BODY["uscc"], **TODAY}
    assert officer.post(f"{address}/operators", json=run).status_code == 201
    licence = {"kind": "备案", "number": "1", "issued_by": "示例局", "issued_on": "2026-01-01"}
    assert officer.post(f"{address}/licences", json=licence).status_code == 201
    shown = officer.get(address).json()
    assert [one["heads"] for one in shown["capacities"]] == [300]
    assert [one["name"] for one in shown["operators"]] == ["示例社工机构"]
    assert [one["kind"] for one in shown["licences"]] == ["备案"]
    listed = officer.get("/api/v1/bodies?kind=institution").json()["items"]
    assert [one["code"] for one in listed] == ["FW001", "FW002"]
    assert officer.get(f"{address}/holds").json() == []


def test_a_home_is_not_closed_while_something_holds_it(visit: Visit) -> None:
    """The refusal names what does, as the list before does."""
    officer = visit("officer")
    held = officer.get("/api/v1/bodies/ZP001/holds").json()
    assert {one["count"] for one in held} >= {1, 3, 4}
    refused = officer.post("/api/v1/bodies/ZP001/closing", json={"words": "停办", **TODAY})
    assert refused.status_code == 409
    assert all(one["en"] in refused.json()["detail"] for one in held)


def test_who_keeps_no_register_changes_nothing(visit: Visit) -> None:
    """A manager sees the own home and no form; other homes are absent."""
    manager = visit("manager")
    assert manager.get("/api/v1/bodies/ZP001").status_code == 200
    assert manager.get("/api/v1/bodies/BC001").status_code == 404
    for step, given in (
        ("states", {"state": "suspended", **TODAY}), ("closing", {"words": "停办", **TODAY}),
    ):  # fmt: skip
        assert manager.post(f"/api/v1/bodies/ZP001/{step}", json=given).status_code == 403
    page = manager.get("/bodies/ZP001").text
    assert 'action="/bodies/ZP001/states"' not in page
    assert "registered" not in manager.get("/bodies").text.lower()


def test_the_pages_offer_what_the_api_does(visit: Visit) -> None:
    """The forms of a body, and back to it with what was entered; closed, none is left."""
    officer = visit("officer")
    given = {**BODY, "code": "MD001", "kind": "shop", "address": "示例路 20 号"}
    made = officer.post("/bodies", data=given)
    assert (made.status_code, made.headers["location"]) == (303, "/bodies/MD001")
    assert "MD001" in officer.get("/bodies?kind=shop").text
    steps = {
        "capacities": {"heads": "12", **TODAY},
        "operators": {"name": "示例社工机构", "uscc": BODY["uscc"], **TODAY},
        "licences": {
            "kind": "备案", "number": "7", "issued_by": "示例局", "issued_on": "2020-01-01",
            "expires_on": "2021-01-01",
        },
    }  # fmt: skip
    for step, form in steps.items():
        assert officer.post(f"/bodies/MD001/{step}", data=form).status_code == 303, step
    page = officer.get("/bodies/MD001").text
    for words in ("示例社工机构", "备案", "已到期", 'action="/bodies/MD001/closing"'):
        assert words in page
    late = officer.post("/bodies/MD001/states", data={"state": "suspended", **TODAY})
    assert late.status_code == 422
    taken = officer.post("/bodies/MD001/charges", data={"person": "ZP001/R01"})
    assert (taken.status_code, taken.headers["location"]) == (303, "/bodies/MD001")
    page = officer.get("/bodies/MD001").text
    assert "由其负责的人 1 项" in page
    assert 'action="/bodies/MD001/closing"' not in page
    assert (
        officer.post("/api/v1/bodies/MD001/charges", json={"person": "BC001/R01"}).status_code
        == 404
    )
    moved = {"person": "ZP001/R02", "since": "2026-11-01"}
    assert officer.post("/api/v1/bodies/MD001/charges", json=moved).status_code == 201
    assert "以下尚未另行安排或办结" in officer.get("/bodies/ZP001").text


def test_who_keeps_the_register_closes_what_nothing_holds(visit: Visit, house: House) -> None:
    """From the page; closed, it offers nothing any more."""
    with house.database.session() as session:
        given = {**BODY, "code": "MD009", "address": "示例路 9 号"}
        session.add(Body(**given | {"kind": BodyKind.SHOP}))
    officer = visit("officer")
    done = officer.post("/bodies/MD009/closing", data={"words": "停办", "since": ""})
    assert (done.status_code, done.headers["location"]) == (303, "/bodies/MD009")
    assert officer.get("/api/v1/bodies/MD009").json()["state"] == "closed"
    assert "<form" not in officer.get("/bodies/MD009").text.partition("<main")[2]
