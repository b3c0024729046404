"""What no record can hold is refused in words, at one place or by one type, never by a failure."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from httpx import Client
from pydantic import TypeAdapter

from api.fields import Coordinate, Moment
from tests.api.house import House

Visit = Callable[[str | None], Client]

SHEET = "/api/v1/inspections/{inspection_id}/sheet"
ENTRY = {"entry": "00000000-0000-4000-8000-000000000018", "written_at": "2026-11-02T01:00:00Z"}
FILE = {"criterion": "B1", "name": "a.png", "size": 9, "sha256": "0" * 64}

REFUSED: list[tuple[str, str, Any]] = [
    ("PUT", f"{SHEET}/answers/B1", {"state": "not_met", "value": "2", **ENTRY}),
    ("PUT", f"{SHEET}/answers/B1", {"state": "no_data", "value": 2, **ENTRY}),
    ("PUT", f"{SHEET}/answers/B1", {"state": "not_applicable", **ENTRY}),
    ("PUT", f"{SHEET}/answers/B1", {"state": "met", "value": "9" * 200, **ENTRY}),
    ("PUT", f"{SHEET}/facts/capacity", {"value": "1e999999", **ENTRY}),
    ("PUT", f"{SHEET}/facts/capacity", {"value": "1e-400", **ENTRY}),
    ("PUT", f"{SHEET}/facts/capacity", {"value": "NaN", **ENTRY}),
    ("PUT", f"{SHEET}/facts/capacity", {"value": "Infinity", **ENTRY}),
    ("PUT", f"{SHEET}/facts/capacity", {"value": "-1", **ENTRY}),
    ("PUT", f"{SHEET}/facts/" + "x" * 5000, {"value": "1", **ENTRY}),
    ("POST", f"{SHEET}/evidence", {**FILE, "latitude": "1e400"}),
    ("POST", "/api/v1/homes/ZP001/rosters", {"month": "0001-01"}),
    ("POST", "/api/v1/homes/ZP001/rosters", {"month": "9999-12"}),
    ("POST", "/api/v1/homes/ZP001/payroll-runs", {"month": "1900-01"}),
    ("POST", "/api/v1/homes/ZP001/applications", {"due_on": "9999-12-31"}),
    ("GET", "/api/v1/homes/ZP001/signs?edition=" + "x" * 5000, None),
    ("GET", "/api/v1/inspections/" + "9" * 5000, None),
]


def _filling(visit: Visit) -> Client:
    """Return the administrator's client, which says whose entries it sends."""
    client = visit("administrator")
    client.headers["Rukang-Account"] = str(client.get("/api/v1/account").json()["id"])
    return client


@pytest.mark.parametrize(("method", "path", "body"), REFUSED)
def test_values_no_record_can_hold_are_refused(
    visit: Visit, house: House, method: str, path: str, body: Any
) -> None:
    """With 422, a problem that names the field, and no more of it than forty characters."""
    client = _filling(visit)
    answer = client.request(method, path.format(**house.ids), json=body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.text) < 2000


@pytest.mark.parametrize("half", ["\x00", "\ud800"])
@pytest.mark.parametrize("body", [{"words": "a{}b"}, {"words": "a", "x{}": 1}, {"words": ["{}"]}])
def test_characters_no_database_stores_are_refused_in_json(
    visit: Visit, house: House, half: str, body: dict[str, Any]
) -> None:
    """In a value, a key or deeper; whatever the route asks for."""
    text = str(body).replace("'", '"').replace("{}", f"\\u{ord(half):04x}")
    for path in (f"/api/v1/inspections/{house.ids['inspection_id']}/objections", "/api/v1/tokens"):
        answer = visit("manager").post(
            path, content=text.encode(), headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 422
        assert "NUL" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("GET", "/api/v1/inspections?home=%00", {}),
        ("GET", "/api/v1/homes/a%00b", {}),
        ("GET", "/register?text=%00", {}),
        ("POST", "/homes/ZP001/applications", {"data": {"due_on": "2026-12-01", "words": "\x00"}}),
        ("POST", "/sign-in", {"data": {"username": "a\x00", "password": "b"}}),
    ],
)
def test_characters_no_database_stores_are_refused_elsewhere(
    visit: Visit, method: str, path: str, sent: dict[str, Any]
) -> None:
    """In an address, a query or a form's field."""
    headers = {"Origin": "http://testserver"}
    answer = visit("manager").request(method, path, headers=headers, **sent)
    assert answer.status_code == 422, answer.text
    assert "NUL" in answer.text


def test_nul_in_a_file_is_no_text(visit: Visit, house: House) -> None:
    """A photograph has many; only text is looked at."""
    path = f"/api/v1/evidence/{house.ids['evidence_id']}/parts/0"
    answer = _filling(visit).put(
        path, content=b"\x00" * 9, headers={"Content-Type": "application/octet-stream"}
    )
    assert "NUL" not in answer.text


def test_a_position_is_kept_to_a_metre() -> None:
    """A device may send two hundred digits of one."""
    position: Decimal = TypeAdapter(Coordinate).validate_python("37." + "1" * 200)
    assert position == Decimal("37.11111")


def test_a_moment_keeps_its_instant() -> None:
    """Whatever the offset it was written with."""
    moment = TypeAdapter(Moment).validate_python("2026-11-02T09:00:00+08:00")
    assert moment.isoformat() == "2026-11-02T01:00:00+00:00"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0001-01-01T00:00:00+14:00", "2000-01-01T00:00:00+00:00"),
        ("1970-01-01T00:00:00Z", "2000-01-01T00:00:00+00:00"),
        ("9999-12-31T23:59:59-14:00", "2099-12-31T00:00:00+00:00"),
    ],
)
def test_a_moment_of_a_wrong_clock_is_kept_as_the_nearest(written: str, kept: str) -> None:
    """A photograph is not lost because its device's clock was never set."""
    assert TypeAdapter(Moment).validate_python(written).isoformat() == kept


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_moments_of_a_wrong_clock_are_no_failure(visit: Visit, house: House, at: str) -> None:
    """Neither an entry's nor a photograph's."""
    path = SHEET.format(**house.ids)
    client = _filling(visit)
    entry, file = {**ENTRY, "state": "met", "written_at": at}, {**FILE, "taken_at": at}
    for answer in (
        client.put(f"{path}/answers/B1", json=entry),
        client.post(f"{path}/evidence", json=file),
    ):
        assert answer.status_code < 500, answer.text
