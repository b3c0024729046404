"""Files that may be one person, over the web: merged, told apart, undone; by whose office it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from httpx import Client
from sqlalchemy.orm import Session

from rukang.bodies.homes import Home, find_home
from rukang.people import Person, Resident, ServiceKind, Sex
from tests.api.house import House, furnished
from tests.databases import KINDS

Visit = Callable[[str], Client]
WHY = {"reason": "家属确认是同一人"}


@pytest.fixture(scope="module", params=KINDS)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house with three files of one name and birth, the third known in another county too."""
    with furnished(request.param, tmp_path_factory.mktemp("merges")) as house:
        with house.database.session() as session:
            home, beyond = find_home(session, "ZP001"), find_home(session, "BC001")
            _file(session, (home, "M01"))
            _file(session, (home, "M02"))
            _file(session, (home, "M03"), (beyond, "M04"))
        yield house


def _file(session: Session, *stays: tuple[Home, str]) -> None:
    person = Person(name="示例同名", sex=Sex.MALE, born_on=date(1980, 5, 5))
    session.add_all(
        Resident(
            home_id=home.id, person=person, code=code, service=ServiceKind.DAY_CARE,
            joined_on=date(2025, 7, 1),
        )
        for home, code in stays
    )  # fmt: skip
    session.flush()


@pytest.fixture
def visit(house: House) -> Iterator[Visit]:
    """Opens clients of the house."""
    with house.client() as running:
        yield lambda who: house.visitor(running, who)


def test_two_files_are_merged_and_taken_apart_on_pages(visit: Visit) -> None:
    """One button a way, naming the file that is kept; undone, nobody is asked again."""
    officer = visit("officer")
    pairs = officer.get("/api/v1/duplicates").json()["items"]
    assert len(pairs) == 3
    kept, merged = (pairs[0][which]["person_id"] for which in ("one", "other"))
    assert f"把档案 {merged} 并入 {kept}" in officer.get("/duplicates").text
    form = {"kept": f"{kept}", "merged": f"{merged}"}
    again = officer.post("/duplicates/merge", data={**form, "reason": "x"})
    assert (again.status_code, f'value="{merged}"' in again.text) == (422, True)
    done = officer.post("/duplicates/merge", data={**form, **WHY})
    assert (done.status_code, done.headers["location"]) == (303, "/merges")
    newest = officer.get("/api/v1/merges").json()["items"][0]
    assert (newest["kept_id"], newest["merged_id"], newest["moved"]) == (kept, merged, 1)
    undo = f"/merges/{newest['id']}/undo"
    assert f'action="{undo}"' in officer.get("/merges").text
    undone = officer.post(undo, data=WHY)
    assert (undone.status_code, undone.headers["location"]) == (303, "/merges")
    assert f'action="{undo}"' not in officer.get("/merges").text
    assert officer.post(f"/api/v1{undo}", json=WHY).status_code == 409
    assert len(officer.get("/api/v1/duplicates").json()["items"]) == 2


def test_a_file_that_another_county_holds_too_is_not_the_officers(visit: Visit) -> None:
    """Nothing of it changes, whichever way; who sees every home merges, under the own name."""
    officer, administrator = visit("officer"), visit("administrator")
    before = administrator.get("/api/v1/merges").json()["total"]
    for kept, merged in (("M01", "M03"), ("M03", "M01")):
        given = {"kept": f"ZP001/{kept}", "merged": f"ZP001/{merged}", **WHY}
        refused = officer.post("/api/v1/duplicates/merge", json=given)
        assert (refused.status_code, "Homes that are not yours" in refused.text) == (403, True)
    apart = {"one": "ZP001/M01", "other": "ZP001/M03", **WHY}
    assert officer.post("/api/v1/duplicates/apart", json=apart).status_code == 403
    assert administrator.get("/api/v1/merges").json()["total"] == before
    made = administrator.post("/api/v1/duplicates/merge", json=given)
    assert (made.status_code, made.json()["merged_by"]) == (201, "administrator@example.org")
    theirs = officer.post(f"/api/v1/merges/{made.json()['id']}/undo", json=WHY)
    assert theirs.status_code == 403
    undone = administrator.post(f"/api/v1/merges/{made.json()['id']}/undo", json=WHY)
    assert (undone.status_code, undone.json()["undone_by"]) == (200, "administrator@example.org")
    assert administrator.post("/api/v1/duplicates/apart", json=apart).status_code == 204
