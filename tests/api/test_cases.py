"""Cases over the API and on pages: opened, told on, handed over, and who may do what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from httpx import Client

from rukang.cases import add_course, case_of, check_cases
from tests.api.house import House
from tests.rukang.casework.tiny import TINY

Visit = Callable[[str | None], Client]
CASES = "/api/v1/cases"
COUNTY, ELSEWHERE = "place:371681", "place:371602"


@pytest.fixture(scope="module")
def course(house: House) -> None:
    """The small course, added to the house."""
    with house.database.session() as session:
        add_course(session, TINY)


def _opened(officer: Client) -> int:
    given = {
        "course": "permit", "organ": COUNTY, "place": "371681", "home": "ZP001",
        "organs": dict.fromkeys(("town", "county", "city"), COUNTY), "papers": ["form", "photo"],
    }  # fmt: skip
    answer = officer.post(CASES, json=given)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


@pytest.mark.usefixtures("course")
def test_a_case_is_told_on_and_handed_over(house: House, visit: Visit) -> None:
    """Responsibility moves with the acceptance only; clocks and moves are shown in both tongues."""
    officer, administrator = visit("officer"), visit("administrator")
    case = f"{CASES}/{_opened(officer)}"
    told = {"kind": "done", "step": "accept", "outcome": "ok"}
    assert officer.post(f"{case}/events", json=told).status_code == 201
    offered = {"kind": "offered", "step": "advice", "to": ELSEWHERE}
    seen = officer.post(f"{case}/events", json=offered).json()
    advice = next(one for one in seen["steps"] if one["step"] == "advice")
    assert (advice["organ"], advice["state"]) == (COUNTY, "offered")
    accepted = {"kind": "offer_accepted", "step": "advice"}
    assert officer.post(f"{case}/events", json=accepted).status_code == 403
    seen = administrator.post(f"{case}/events", json=accepted).json()
    advice = next(one for one in seen["steps"] if one["step"] == "advice")
    assert (advice["organ"], advice["state"]) == (ELSEWHERE, "ready")
    clock = next(one for one in seen["clocks"] if (one["step"], one["of"]) == ("visit", "term"))
    assert [one["number"] for one in clock["days"]][-1] == 10
    assert [one["kind_title"]["zh"] for one in seen["timeline"]][:2] == ["立案", "收到材料"]
    with house.database.session() as session:
        assert list(check_cases(session)) == []


@pytest.mark.usefixtures("course")
def test_refusals_say_why(visit: Visit) -> None:
    """A wrong organ, an unknown step or account, what cannot happen, a home of others."""
    officer, manager = visit("officer"), visit("manager")
    case = f"{CASES}/{_opened(officer)}/events"
    for who, told, status, words in (
        (manager, {"kind": "done", "step": "accept", "outcome": "ok"}, 403, "does not act for it"),
        (officer, {"kind": "done", "step": "decide", "outcome": "granted"}, 409, "not begun"),
        (officer, {"kind": "done", "step": "none"}, 404, "No such step"),
        (officer, {"kind": "done", "step": "accept"}, 422, "needs outcome"),
        (
            officer,
            {"kind": "assigned", "step": "accept", "person": "x@y.z"},
            403,
            "no open account",
        ),
        (officer, {"kind": "resumed", "step": "accept"}, 409, "not stopped"),
        (officer, {"kind": "opened"}, 422, "opened"),
    ):
        answer = who.post(case, json=told)
        assert (answer.status_code, words in answer.text) == (status, True), answer.text
    elsewhere = {"course": "permit", "organ": ELSEWHERE, "place": "371602"}
    assert officer.post(CASES, json=elsewhere).status_code == 403
    beyond = {"course": "permit", "organ": COUNTY, "place": "371602"}
    assert officer.post(CASES, json=beyond).status_code == 422


def test_what_a_record_tells_is_not_told_by_hand(house: House, visit: Visit) -> None:
    """Mending is confirmed in its inspection, which asks for more than an outcome."""
    case = f"{CASES}/{house.ids['case_id']}"
    officer = visit("officer")
    told = {"kind": "done", "step": "mend", "outcome": "seen"}
    answer = officer.post(f"{case}/events", json=told)
    assert (answer.status_code, "told by the records" in answer.text) == (409, True)
    assert officer.post(f"{case}/events", json={"kind": "withdrawn"}).status_code == 409
    noted = {"kind": "noted", "reason": "已电话提醒"}
    assert officer.post(f"{case}/events", json=noted).status_code == 201
    seen = officer.get(case).json()
    assert {one["kind"] for one in seen["moves"]} <= {"assigned", "released"}
    assert "整改通知书" in officer.get(f"{case}/letters/mend").text


def test_what_is_late_is_paged_and_scoped(house: House, visit: Visit) -> None:
    """The due day of the house's action is over; another home's manager sees nothing of it."""
    officer = visit("officer")
    asked = f"{CASES}/late?course=correction&on=2026-11-20"
    found = officer.get(asked).json()
    assert house.ids["case_id"] in {one["case_id"] for one in found["items"]}
    assert {one["home"] for one in found["items"]} == {"ZP001"}
    assert visit("elsewhere").get(asked).json()["total"] == 0
    assert visit("clerk").get(asked).status_code == 403
    untimed = officer.get(f"{CASES}/without-term?course=objection").json()
    assert untimed["total"] >= 1


@pytest.mark.usefixtures("course")
def test_pages_show_and_tell(house: House, visit: Visit) -> None:
    """The list, a case with forms for what may be done, and a form sent in; escaped."""
    officer = visit("officer")
    number = _opened(officer)
    page = officer.get(f"/cases/{number}").text
    for words in ("怎样计算", "可以办理", 'value="supplement_asked"', "受理"):
        assert words in page
    told = {"kind": "done", "step": "accept", "outcome": "refused", "reason": "<b>缺件</b>"}
    answer = officer.post(f"/cases/{number}/events", data=told)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{number}")
    assert "&lt;b&gt;缺件" in officer.get(f"/cases/{number}").text
    assert f"/cases/{number}" in officer.get("/cases").text
    late = officer.get("/cases/late?on=2026-11-20").text
    assert f"/cases/{house.ids['case_id']}" in late
    with house.database.session() as session:
        assert case_of(session, "correction", house.ids["action_id"]) is not None
    tell = {"kind": "done", "step": "tell", "outcome": "done"}
    assert officer.post(f"/cases/{number}/events", data=tell).status_code == 303
    letter = officer.get(f"/cases/{number}/letters/tell").text
    assert "不予许可告知书" in letter
    assert officer.post(f"/cases/{number}/events", data={"kind": "x", "on": "y"}).status_code == 422
