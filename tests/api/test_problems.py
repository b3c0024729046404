"""Refusals are problem documents, whoever makes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Client
from structlog.testing import capture_logs

from api.app import LARGEST_BODY, LARGEST_FORM
from api.gate.headers import HEADERS
from api.pages import show_problem
from api.problems import add_handlers
from tests.api.house import House
from tests.factories import a_home

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
    """Before it is read into memory, in words like every other refusal; on a page by a page."""
    large = b"x" * (LARGEST_BODY + 1)
    answer = visit(None).post("/api/v1/tokens", content=large)
    assert answer.status_code == 413
    assert answer.json()["detail_zh"].startswith("内容太大")
    assert str(LARGEST_BODY) in answer.json()["detail"]
    page = visit(None).post("/sign-in", content=large)
    assert (page.status_code, "内容太大" in page.text) == (413, True)
    assert visit(None).post("/api/v1/tokens", content=large[1:]).status_code != 413


@pytest.mark.parametrize(
    "form",
    [
        {"data": {f"f{number}": "x" for number in range(LARGEST_FORM["max_fields"] + 1)}},
        {"files": [(f"f{number}", b"x") for number in range(LARGEST_FORM["max_files"] + 1)]},
        {"files": [], "data": {"username": "x" * (LARGEST_FORM["max_part_size"] + 1)}},
    ],
    ids=["fields", "files", "a field"],
)
def test_a_form_of_too_many_parts_is_refused(visit: Visit, form: dict[str, Any]) -> None:
    """Before anything is made of it: no form here has so many fields or files, or so long ones."""
    answer = visit(None).post("/api/v1/tokens", **form)
    assert answer.status_code == 400
    assert "aximum" in answer.json()["detail"]


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
    """The words are ours, the headers are there; a number leads to its place in the log."""
    with house.client() as broken, capture_logs() as logged:
        broken.app.state.line = None  # type: ignore[attr-defined]
        answer = broken.post("/api/v1/tokens", data={"username": "a@example.org", "password": "b"})
    assert answer.status_code == 500
    assert answer.json()["title"] == "系统出错"
    assert "NoneType" not in answer.text
    (entry,) = logged
    assert entry["number"] in answer.json()["detail"]
    assert "AttributeError" in entry["failure"]
    assert "auth.py" in entry["failure"]
    assert "NoneType" not in str(entry)
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_the_same_at_one_instant_is_a_conflict(house: House) -> None:
    """Whatever two people store at once, the second is told; the log has where, and no values."""
    app = FastAPI()
    add_handlers(app, show_problem)

    @app.get("/api/twice")
    def twice() -> None:
        with house.database.session() as session:
            a_home(session, "ZP077")
            a_home(session, "ZP077")

    with capture_logs() as logged:
        answer = TestClient(app).get("/api/twice")
    assert answer.status_code == 409
    assert "刚刚由另一人" in answer.json()["detail_zh"]
    (entry,) = [one for one in logged if one["event"] == "taken"]
    assert "IntegrityError" in entry["failure"]
    assert "ZP077" not in str(logged)
