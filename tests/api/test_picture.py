"""The city's picture over HTTP and as a page: for those who oversee, of their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from httpx import Client

from tests.api.house import House, furnished
from tests.api.registered import COUNTY, register_three
from tests.databases import KINDS

Visit = Callable[[str | None], Client]

pytestmark = pytest.mark.usefixtures("registered")
PICTURE = "/api/v1/picture"
ASKED = {"region": COUNTY, "on": "2026-10-15", "since": "2026-09-15"}
AGREEMENT = f"{PICTURE}/agreement/example-2026"


@pytest.fixture(scope="module", params=KINDS)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house of its own: the picture counts whatever others inspect."""
    with furnished(request.param, tmp_path_factory.mktemp("picture")) as house:
        yield house


@pytest.fixture(scope="module")
def registered(house: House) -> House:
    """The house with three more homes, which are on the register."""
    register_three(house)
    return house


@pytest.fixture(scope="module")
def running(house: House) -> Iterator[TestClient]:
    """Its application, started."""
    with house.client() as client:
        yield client


def test_the_inspector_of_the_city_sees_its_counties(visit: Visit) -> None:
    """Stars now and before, by county and edition, and what changed."""
    found = visit("inspector").get(PICTURE, params=ASKED).raise_for_status().json()
    assert found == {
        "on": "2026-10-15", "since": "2026-09-15", "homes": 3,
        "by_star": {"3": 1, "2": 1, "1": 1}, "before": {"3": 1, "2": 2},
        "by_county": {COUNTY: {"3": 1, "2": 1, "1": 1}},
        "by_edition": {"tiny": {"3": 1, "2": 1, "1": 1}},
        "changes": [{"before": 2, "after": 1, "homes": 1}],
        "events": {"lowered": 1},
    }  # fmt: skip


def test_it_is_compared_with_a_year_before(visit: Visit) -> None:
    """Where nothing else is asked; a leap day with the last of February."""
    client = visit("inspector")
    assert client.get(PICTURE).json()["since"] == "2025-11-02"
    assert client.get(PICTURE, params={"on": "2028-02-29"}).json()["since"] == "2027-02-28"


@pytest.mark.parametrize(
    ("who", "counties"),
    [
        ("inspector", {"371681", "371602", COUNTY}),
        ("officer", {"371681"}),
        ("manager", {"371681"}),
        ("elsewhere", {"371602"}),
    ],
)
def test_each_sees_the_picture_of_its_places(visit: Visit, who: str, counties: set[str]) -> None:
    """A region, or one home; the choice of places likewise."""
    assert set(visit(who).get(PICTURE).json()["by_county"]) == counties
    page = visit(who).get("/picture").text
    assert ("博兴县" in page) == (COUNTY in counties)


@pytest.mark.parametrize(
    "path",
    ["", "/failings", "/late", "/agreement/example-2026", "/agreement/example-2026/inspectors"],
)
def test_it_is_not_for_everybody(visit: Visit, path: str) -> None:
    """Nor for the clerk."""
    assert visit(None).get(f"{PICTURE}{path}").status_code == 401
    assert visit("clerk").get(f"{PICTURE}{path}").status_code == 403
    assert visit("clerk").get("/picture").status_code == 403


def test_a_place_of_others_is_refused(visit: Visit) -> None:
    """As one without homes, with the officer's own places."""
    answer = visit("officer").get(PICTURE, params=ASKED)
    assert answer.status_code == 422
    assert "371681" in answer.json()["detail_zh"]


@pytest.mark.parametrize("path", [PICTURE, "/picture"])
@pytest.mark.parametrize(
    "asked",
    [
        {"on": "2026-13-01"},
        {"on": "0001-01-01"},
        {"since": "9999-12-31"},
        {"on": "2026-10-15", "since": "2026-10-15"},
        {"region": "1"},
    ],
)
def test_what_cannot_be_asked_is_refused(visit: Visit, path: str, asked: dict[str, str]) -> None:
    """Days out of bounds, or compared with no earlier day."""
    assert visit("inspector").get(path, params=asked).status_code == 422


def test_a_form_with_nothing_filled_in_is_today(visit: Visit) -> None:
    """Blank fields are none."""
    page = visit("inspector").get("/picture?on=&since=&region=")
    assert page.status_code == 200
    assert 'value="2026-11-02"' in page.text
    assert 'value="2025-11-02"' in page.text


def test_failings_are_counted_by_home(visit: Visit) -> None:
    """One of three did not earn S2 and T1 in full; nothing before they were rated."""
    client = visit("inspector")
    found = client.get(f"{PICTURE}/failings", params=ASKED).json()
    counts = {one["criterion"]: one["homes"] for one in found}
    assert counts == {"S2": 1, "T1": 1}
    before = {"region": COUNTY, "on": "2026-08-31"}
    assert client.get(f"{PICTURE}/failings", params=before).json() == []


def test_what_is_late_names_the_home_and_the_day(visit: Visit) -> None:
    """The mending of the first home was due on 1 October, and next inspections after a year."""
    client = visit("inspector")
    late = client.get(f"{PICTURE}/late", params={"region": "371681"}).json()["items"]
    assert [(one["matter"], one["home"], one["due_on"]) for one in late] == [
        ("mending", "ZP001", "2026-10-01")
    ]
    later = client.get(f"{PICTURE}/late", params={"region": COUNTY, "on": "2027-09-02"}).json()
    revisits = later["items"]
    assert {one["matter"] for one in revisits} == {"revisit"}
    assert len(revisits) == 3
    before = client.get(f"{PICTURE}/late", params={"region": COUNTY, "on": "2027-09-01"}).json()
    assert (before["items"], before["total"]) == ([], 0)


def test_agreement_is_of_criteria_for_all_and_of_inspectors_for_the_officer(visit: Visit) -> None:
    """How single inspectors judge is for who decides on ratings."""
    (found,) = visit("inspector").get(AGREEMENT).json()
    assert (found["criterion"], found["homes"], found["same"]) == ("B1", 1, 0)
    leans = visit("officer").get(f"{AGREEMENT}/inspectors").json()
    above = {one["inspector"]: one["points_above"] for one in leans}
    assert above == {"示例评定员甲": 1.0, "示例评定员乙": -1.0}
    for who in ("inspector", "manager"):
        assert visit(who).get(f"{AGREEMENT}/inspectors").status_code == 403
        assert "示例评定员乙" not in visit(who).get("/picture").text
    assert "示例评定员乙" in visit("officer").get("/picture").text


def test_an_edition_nobody_judged_under_is_absent(visit: Visit) -> None:
    """With those somebody did; where none can be seen, none is named."""
    answer = visit("inspector").get(f"{PICTURE}/agreement/tiny")
    assert (answer.status_code, "example-2026" in answer.text) == (404, True)
    assert "示例" not in visit("elsewhere").get(AGREEMENT).text


def test_the_page_says_how_to_read_agreement(visit: Visit) -> None:
    """In words, where there is any; charts are beside figures and silent."""
    page = visit("officer").get("/picture").text
    assert "1 为每次都一致" in page
    assert page.count("<svg") == page.count('aria-hidden="true">') > 0
    assert "1 为每次都一致" not in visit("elsewhere").get("/picture").text


@pytest.mark.parametrize(("who", "offered"), [("officer", True), ("clerk", False), (None, False)])
def test_the_picture_is_offered_to_who_may_see_it(
    visit: Visit, who: str | None, offered: bool
) -> None:
    """In the head of every page."""
    assert ('href="/picture"' in visit(who).get("/register").text) == offered
