"""Refusals are problem documents, whoever makes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from httpx import Client

from api.app import LARGEST_BODY
from api.headers import HEADERS
from tests.api.house import House

Visit = Callable[[str | None], Client]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/homes/ZP999", None, 404),
        ("GET", "/nowhere", None, 404),
        ("PUT", "/homes", None, 405),
        ("GET", "/homes/ZP001/staff?size=0", None, 422),
        ("GET", "/rosters/99999999999", None, 422),
        ("POST", "/homes/ZP001/rosters", {"month": "2026年10月"}, 422),
        ("POST", "/homes/ZP001/rosters", {"month": 202610}, 422),
        ("POST", "/homes/ZP001/ratings", {"home": "ZP001", "edition": "/etc/passwd"}, 422),
    ],
)
def test_a_refusal_is_a_problem_document(
    visit: Visit, method: str, path: str, body: object, status: int
) -> None:
    """Ours, the framework's and the validation's look alike."""
    answer = visit("administrator").request(method, f"/api/v1{path}", json=body)
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["instance"] == f"/api/v1{path}".partition("?")[0]
    assert all(problem[key] for key in ("type", "title", "detail", "detail_zh"))


def test_a_validation_problem_names_fields_but_repeats_nothing_sent(visit: Visit) -> None:
    """What was sent may be somebody's number."""
    answer = visit("clerk").post(
        "/api/v1/homes/ZP001/residents/R01/number", json={"number": "37168119800101000X"}
    )
    assert {fault["where"] for fault in answer.json()["errors"]} == {"body.number", "body.reason"}
    assert "37168119800101000X" not in answer.text


def test_a_body_too_large_is_refused(visit: Visit) -> None:
    """By the framework, before it is read into memory: the one refusal in plain text."""
    answer = visit(None).post("/api/v1/tokens", content=b"x" * (LARGEST_BODY + 1))
    assert answer.status_code == 413


def test_an_edition_outside_the_shelf_is_refused(visit: Visit) -> None:
    """An edition is an id; a path from outside opens no file."""
    sheet = {"home": "ZP001", "edition": "/etc/hostname", "on": "2026-10-01"}
    answer = visit("inspector").post("/api/v1/homes/ZP001/ratings", json=sheet)
    assert answer.status_code == 422
    assert "example-2026" in answer.json()["detail"]


def test_a_sheet_of_another_home_is_refused(visit: Visit) -> None:
    """A rating is kept only for the home its sheet is about."""
    sheet = {"home": "BC001", "edition": "example-2026", "on": "2026-10-01"}
    answer = visit("inspector").post("/api/v1/homes/ZP001/ratings", json=sheet)
    assert "BC001" in answer.json()["detail_zh"]


def test_what_fails_unexpectedly_shows_nothing_of_its_inside(house: House) -> None:
    """The words are ours, the details stay in the log, the headers are there all the same."""
    broken = TestClient(house.client().app, raise_server_exceptions=False)
    with broken:
        broken.app.state.attempts = None  # type: ignore[attr-defined]
        answer = broken.post("/api/v1/tokens", data={"username": "a@example.org", "password": "b"})
    assert answer.status_code == 500
    assert answer.json()["title"] == "系统出错"
    assert "NoneType" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
