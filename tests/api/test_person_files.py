"""A person's file over the web: entered and ended alike by API and page, seen with the person."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from httpx import Client

from tests.api.house import House, furnished
from tests.databases import KINDS

Visit = Callable[[str], Client]
FILE = "/homes/ZP001/people/R01/file"
API = f"/api/v1{FILE}"
PASSPORT = {"kind": "护照", "number": "E12345678"}


@pytest.fixture(scope="module", params=KINDS)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house of its own: the tests add to a file."""
    with furnished(request.param, tmp_path_factory.mktemp("files")) as house:
        yield house


@pytest.fixture
def visit(house: House) -> Iterator[Visit]:
    """Opens clients of the house."""
    with house.client() as running:
        yield lambda who: house.visitor(running, who)


def test_what_is_entered_is_answered_with_the_file_and_ended(visit: Visit) -> None:
    """The number masked; each entry ends by its own step, once, within its own file."""
    manager = visit("manager")
    made = manager.post(f"{API}/identifiers", json=PASSPORT)
    assert made.status_code == 201
    assert PASSPORT["number"] not in made.text
    (passport,) = (of for of in made.json()["identifiers"] if of["kind"] == "护照")
    assert passport["number"] == "E1*****78"
    elsewhere = API.replace("R01", "R02")
    end = f"identifiers/{passport['id']}/end"
    until = {"on": "2026-10-01"}
    assert manager.post(f"{elsewhere}/{end}", json=until).status_code == 404
    ended = manager.post(f"{API}/{end}", json=until)
    assert ended.status_code == 200
    (passport,) = (of for of in ended.json()["identifiers"] if of["kind"] == "护照")
    assert passport["withdrawn_on"] == until["on"]
    assert manager.post(f"{API}/{end}", json=until).status_code == 409
    graded = {"category": 5, "grade": 3, "valid_from": "2026-10-01"}
    (*_, newest) = manager.post(f"{API}/assessments", json=graded).json()["disabilities"]
    assert (newest["category"], newest["grade"]) == (5, 3)
    last = {"on": "2026-10-31"}
    said = manager.post(f"{API}/disabilities/{newest['id']}/end", json=last).json()
    assert said["disabilities"][-1]["valid_to"] == last["on"]


def test_a_guardian_consents_and_may_withdraw(visit: Visit) -> None:
    """Offered by name on the page once the basis is known; somebody else's guardian is refused."""
    manager = visit("manager")
    told = {"name": "示例姐", "relation": "姐姐", "basis": "指定监护", "valid_from": "2026-01-01"}
    (*_, guardian) = manager.post(f"{API}/guardians", json=told).json()["guardians"]
    assert guardian["article"] == 31
    assert "示例姐</option>" in manager.get(FILE).text
    consent = {"purpose": "外出活动", "on": "2026-02-01", "guardian_id": guardian["id"]}
    other = API.replace("R01", "R02")
    refused = manager.post(f"{other}/consents", json=consent)
    assert (refused.status_code, "no guardian of theirs" in refused.text) == (422, True)
    form = {**consent, "guardian_id": str(guardian["id"]), "told_to": "", "paper": ""}
    given = manager.post(f"{FILE}/consents", data=form)
    assert (given.status_code, given.headers["location"]) == (303, FILE)
    (*_, kept) = manager.get(API).json()["consents"]
    assert kept["guardian_id"] == guardian["id"]
    end = f"{FILE}/consents/{kept['id']}/end"
    assert f'action="{end}"' in manager.get(FILE).text
    assert manager.post(end, data={"on": "2026-02-02"}).status_code == 303
    assert f'action="{end}"' not in manager.get(FILE).text


def test_a_refused_form_comes_back_without_its_number(visit: Visit) -> None:
    """With what is wrong and everything else that was typed."""
    manager = visit("manager")
    typed = {"kind": "居民身份证", "number": "371681199001010007", "issuer": "示例分局"}
    again = manager.post(f"{FILE}/identifiers", data=typed)
    assert again.status_code in {409, 422}
    assert "示例分局" in again.text
    assert typed["number"] not in again.text
    empty = manager.post(f"{FILE}/identifiers", data={"kind": "护照", "number": " "})
    assert (empty.status_code, 'aria-invalid="true"' in empty.text) == (422, True)
    at_once = manager.post(f"{API}/identifiers", json={**typed, "number": "1" * 41})
    assert (at_once.status_code, "1" * 41 not in at_once.text) == (422, True)


@pytest.mark.parametrize("who", ["elsewhere", "stranger", "carer", "officer", "clerk"])
def test_a_file_is_kept_by_those_who_may_change_the_person(visit: Visit, who: str) -> None:
    """Others neither read nor enter anything, nor learn whether there is somebody."""
    client = visit(who)
    for code in ("R01", "R99"):
        place = API.replace("R01", code)
        found = {
            client.get(place).status_code,
            client.post(f"{place}/identifiers", json=PASSPORT).status_code,
            client.post(place.removeprefix("/api/v1") + "/identifiers", data=PASSPORT).status_code,
        }
        assert found <= {403, 404}
        assert len(found) == 1
