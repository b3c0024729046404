"""Under which edition a home is rated: place and day decide, and no name opens a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from httpx import Client, Response

from rukang.engines.rating import outlines, ports
from tests.api.house import House

Visit = Callable[[str | None], Client]

DUE = {"due_on": "2026-12-01"}
SHEET = {"home": "ZP001", "on": "2026-10-02"}


def _signs(visit: Visit, edition: str) -> Response:
    return visit("officer").get("/api/v1/homes/ZP001/signs", params={"edition": edition})


def _applied(visit: Visit, edition: str) -> Response:
    body = {"edition": edition, **DUE}
    return visit("manager").post("/api/v1/homes/ZP001/applications", json=body)


def _opened(visit: Visit, edition: str) -> Response:
    body = {"edition": edition, "reason": "due", **DUE}
    return visit("officer").post("/api/v1/homes/ZP001/inspections", json=body)


def _rated(visit: Visit, edition: str) -> Response:
    body = {"edition": edition, **SHEET}
    return visit("inspector").post("/api/v1/homes/ZP001/ratings", json=body)


def _form(visit: Visit, edition: str) -> Response:
    form = {"edition": edition, **DUE}
    return visit("manager").post("/homes/ZP001/applications", data=form)


DOORS = pytest.mark.parametrize("door", [_signs, _applied, _opened, _rated, _form])


@DOORS
def test_no_name_of_an_edition_opens_a_file(
    visit: Visit, house: House, door: Callable[[Visit, str], Response]
) -> None:
    """The keys, however they are named, are refused like any name that does not exist."""
    file = house.settings.key_file
    keys = file.read_text().split()
    for name in (str(file), os.path.relpath(file), f"../{file.name}", file.as_uri()):
        answer = door(visit, name)
        assert answer.status_code == 422
        assert not any(key in answer.text for key in keys)


@DOORS
@pytest.mark.parametrize("name", [*ports(), *outlines(), "example-2025", "example-2999"])
def test_only_editions_meant_for_the_home_and_the_day_are_taken(
    visit: Visit, door: Callable[[Visit, str], Response], name: str
) -> None:
    """No port of another field, no outline, none of another year."""
    answer = door(visit, name)
    assert answer.status_code == 422
    assert "example-2026" in answer.text


def test_a_home_is_rated_under_what_is_in_force(visit: Visit) -> None:
    """It does not name an edition, and gets that of its place and day."""
    opened = visit("manager").post("/api/v1/homes/ZP001/applications", json=DUE)
    assert opened.status_code == 201, opened.text
    assert opened.json()["edition"] == "example-2026"
    path = f"/api/v1/inspections/{opened.json()['id']}/withdrawal"
    assert visit("officer").post(path, json={"note": "核对"}).status_code == 200


def test_a_file_that_is_missing_is_refused_in_the_same_words(visit: Visit, tmp_path: Path) -> None:
    """What is refused says nothing of which files there are."""
    there, absent = tmp_path / "a.yaml", tmp_path / "b.yaml"
    there.write_text("id: a", encoding="utf-8")
    bodies = [_signs(visit, str(one)).text.replace(str(one)[:40], "") for one in (there, absent)]
    assert bodies[0] == bodies[1]
