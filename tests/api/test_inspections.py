"""An inspection over HTTP, from the application to the register, and what is refused on the way."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from httpx import Client, Response
from sqlalchemy import select

from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.access.records import Account
from rukang.bodies.homes import find_home
from rukang.engines.rating import Edition, Scorer, load_edition
from rukang.stars.inspections import Inspector
from rukang.stars.register import StarEvent
from tests.api.house import PASSWORD, Clock, House, a_token
from tests.factories import a_home

EDITION = load_edition("example-2026")
OTHERS = ("inspector", "second", "officer", "elsewhere")
MOMENT = "2026-11-02T01:20:00Z"
_numbers = itertools.count(700)


@dataclass
class Office:
    """A home of its own with its manager, two inspectors, and a clock to turn."""

    house: House
    running: TestClient
    clock: Clock
    code: str
    clients: dict[str, Client] = field(default_factory=dict)

    def sign_in(self) -> None:
        """Sign everybody in, as of what the clock shows."""
        people = {"manager": self.code} | {n: n for n in OTHERS}
        with self.house.database.session() as session:
            for name, address in people.items():
                email = f"{address}@example.org".lower()
                account = session.scalars(select(Account).where(Account.email == email)).one()
                token = a_token(session, account, self.clock.now)
                self.clients[name] = Client(
                    transport=self.running._transport,
                    base_url=self.running.base_url,
                    headers={"Authorization": f"Bearer {token}"},
                )

    def ask(self, who: str, method: str, path: str, **body: Any) -> Response:
        """Send a request as somebody."""
        return self.clients[who].request(method, f"/api/v1{path}", json=body or None)

    def name_sheet(self, who: str, number: int) -> None:
        """Let somebody's requests name their account and their sheet of an inspection."""
        named = {
            "Rukang-Account": self.done(who, "GET", "/account")["id"],
            "Rukang-Sheet": self.done(who, "GET", f"/inspections/{number}/sheet")["id"],
        }
        self.clients[who].headers.update({name: str(value) for name, value in named.items()})

    def done(self, who: str, method: str, path: str, **body: Any) -> Any:
        """Send a request that has to succeed, and return what it says."""
        answer = self.ask(who, method, path, **body)
        assert answer.status_code in {200, 201}, (path, answer.text)
        return answer.json()


def entry(**said: Any) -> dict[str, Any]:
    """Return an entry as a device sends it."""
    return {"entry": str(uuid4()), "written_at": MOMENT, **said}


@pytest.fixture
def office(house: House) -> Iterator[Office]:
    """A fresh home, so that tests of one house do not meet."""
    clock, code = Clock(), f"ZP{next(_numbers)}"
    with house.database.session() as session:
        home = a_home(session, code=code)
        manager = [Grant(Role.MANAGER, home.id)]
        create_account(session, f"{code}@example.org", "示例园长", PASSWORD, manager)
        for name in ("inspector", "second"):
            email = f"{name}@example.org"
            if session.scalar(select(Inspector.id).where(Inspector.email == email)) is None:
                session.add(
                    Inspector(
                        email=email, name=f"示例{name}", region="371600", skills=[], most_days=3,
                        away=[], latitude=Decimal("37.4"), longitude=Decimal("117.9"),
                    )
                )  # fmt: skip
    with house.client(clock) as running:
        found = Office(house, running, clock, code)
        found.sign_in()
        yield found


def _best(edition: Edition, scorers: set[Scorer]) -> dict[str, dict[str, Any]]:
    """Return the best answer to every criterion of some scorers."""
    found: dict[str, dict[str, Any]] = {}
    for item in edition.criteria.values():
        if item.scorer in scorers:
            best = {
                "yes_no": None, "deduction": "0", "share": "1",
                "choice": lambda i: max(i.options, key=lambda o: o.points).key,
                "judged": lambda i: str(i.anchors[-1].level),
                "bands": lambda i: str(i.bands[0].limit),
            }[item.kind]  # fmt: skip
            value = best(item) if callable(best) else best
            found[item.id] = {"state": "met", "value": value}
    return found


def _fill(office: Office, who: str, number: int, answers: dict[str, dict[str, Any]]) -> None:
    path = f"/inspections/{number}/sheet"
    office.name_sheet(who, number)
    for name, answer in answers.items():
        taken = office.done(who, "PUT", f"{path}/answers/{name}", **entry(**answer))
        assert taken["arrival"] == "kept"
    figures = {"people_served": "40", "months_running": "30", "capacity": "60"}
    for key in office.done(who, "GET", path)["asked_facts"]:
        office.done(who, "PUT", f"{path}/facts/{key}", **entry(value=figures[key]))
    sheet = office.done(who, "GET", path)
    seen = {one["criterion"]: one["sequence"] for one in sheet["answers"]}
    facts = {one["key"]: one["sequence"] for one in sheet["facts"]}
    assert office.done(who, "POST", f"{path}/submission", answers=seen, facts=facts)["submitted_at"]


def _applied(office: Office) -> int:
    opened = office.done(
        "manager", "POST", f"/homes/{office.code}/applications",
        edition=EDITION.id, due_on="2026-11-30",
    )  # fmt: skip
    return int(opened["id"])


def _proposed(office: Office) -> int:
    """Take an inspection to its proposal, everybody doing their part."""
    number = _applied(office)
    _fill(office, "manager", number, _best(EDITION, {Scorer.INSPECTOR, Scorer.SELF_REPORT}))
    office.done("officer", "POST", f"/inspections/{number}/desk-check")
    office.done(
        "officer", "POST", f"/inspections/{number}/visit",
        day="2026-11-02", inspectors=["inspector@example.org", "second@example.org"],
    )  # fmt: skip
    judged = _best(EDITION, {Scorer.INSPECTOR})
    _fill(office, "inspector", number, judged | _best(EDITION, {Scorer.MEASURED}))
    _fill(office, "second", number, judged)
    office.done("officer", "POST", f"/inspections/{number}/moderation", note="")
    proposed = office.done("officer", "POST", f"/inspections/{number}/proposal", note="")
    assert proposed["objections_until"] == "2026-11-09"
    return number


def test_an_officer_upholds_an_objection_on_the_page(office: Office) -> None:
    """With what puts things right; with nothing it is refused. Then the result is proposed anew."""
    number = _proposed(office)
    page, officer = f"/inspections/{number}", office.clients["officer"]
    said = office.clients["manager"].post(f"{page}/objections", data={"words": "示例异议"})
    assert said.status_code == 303
    (objection,) = office.done("officer", "GET", page)["objections"]
    path = f"{page}/objections/{objection['id']}/decision"
    assert path in officer.get(page).text
    assert path not in office.clients["manager"].get(page).text
    rows = {"upheld": "true", "criterion": ["", "", ""], "state": ["met"] * 3, "value": [""] * 3}
    empty = officer.post(path, data={"decision": "属实", **rows, "fact": "", "figure": ""})
    assert (empty.status_code, "请驳回" in empty.text) == (422, True)
    right = {**rows, "fact": "capacity", "figure": "55"}
    assert office.clients["manager"].post(path, data={"decision": "x", **right}).status_code == 403
    assert officer.post(path, data={"decision": "属实", **right}).status_code == 303
    upheld = office.done("officer", "GET", page)
    assert (upheld["stage"], upheld["objections"][0]["upheld"]) == ("moderated", True)


def test_an_officer_opens_and_lowers_on_the_page_of_a_home(office: Office) -> None:
    """And chooses the edition there; a home is offered neither, and a star it has not is kept."""
    page, officer = f"/homes/{office.code}", office.clients["officer"]
    asked = {"reason": "due", "edition": EDITION.id, "due_on": "2026-11-30", "words": ""}
    assert f"{page}/inspections" in officer.get(page).text
    assert f"{page}/inspections" not in office.clients["manager"].get(page).text
    assert office.clients["manager"].post(f"{page}/inspections", data=asked).status_code == 403
    opened = officer.post(f"{page}/inspections", data=asked)
    assert opened.status_code == 303
    assert officer.get(opened.headers["location"]).status_code == 200
    again = officer.post(f"{page}/inspections", data=asked)
    assert (again.status_code, "尚未结束" in again.text) == (409, True)
    no_cause = officer.post(f"{page}/inspections", data=asked | {"reason": "review"})
    assert (no_cause.status_code, "复核的起因" in no_cause.text) == (422, True)
    none = officer.post(f"{page}/lowering", data={"star": "0", "words": "示例"})
    assert (none.status_code, "不能降为" in none.text) == (409, True)
    by_home = office.clients["manager"].post(f"{page}/lowering", data={"star": "0", "words": "x"})
    assert by_home.status_code == 403


def test_from_application_to_register(office: Office) -> None:
    """Everybody does their part; the star on the register is that of the scores."""
    number = _proposed(office)
    early = office.ask("officer", "POST", f"/inspections/{number}/publication", note="")
    assert early.status_code == 409
    assert "2026-11-09" in early.json()["detail_zh"]
    office.clock.turn(timedelta(days=8))
    office.sign_in()  # tokens do not last so long
    late = office.ask("manager", "POST", f"/inspections/{number}/objections", words="示例异议")
    assert late.status_code == 409
    assert "异议期" in late.json()["detail_zh"]
    published = office.done("officer", "POST", f"/inspections/{number}/publication", note="")
    assert [step["after"] for step in published["steps"]][-1] == "published"
    with office.house.database.session() as session:
        home = find_home(session, office.code)
        event = session.scalars(select(StarEvent).where(StarEvent.home_id == home.id)).one()
        assert event.rating_id == published["rating_id"]
        assert event.star == 5


def test_a_second_application_is_refused_with_the_first(office: Office) -> None:
    """409 and the number of the one under way."""
    number = _applied(office)
    again = office.ask(
        "manager", "POST", f"/homes/{office.code}/applications",
        edition=EDITION.id, due_on="2026-11-30",
    )  # fmt: skip
    assert again.status_code == 409
    assert f"评定 {number}" in again.json()["detail_zh"]


def test_nobody_sees_anothers_sheet_or_decides_without_leave(office: Office) -> None:
    """The inspector has no sheet yet; the manager does not decide; another home sees nothing."""
    number = _applied(office)
    assert office.ask("inspector", "GET", f"/inspections/{number}/sheet").status_code == 404
    assert office.ask("elsewhere", "GET", f"/inspections/{number}").status_code == 404
    for path in ("desk-check", "moderation", "proposal", "publication", "withdrawal"):
        refused = office.ask("manager", "POST", f"/inspections/{number}/{path}", accepted=True)
        assert refused.status_code == 403, path
    assert (
        office.ask("officer", "PUT", f"/inspections/{number}/sheet/facts/capacity").status_code
        == 403
    )


@pytest.mark.parametrize(
    ("day", "message"),
    [("2026-11-07", "周末"), ("2026-11-01", "已过"), ("2026-12-01", "晚于期限")],
)
def test_a_visit_on_an_impossible_day_is_refused(office: Office, day: str, message: str) -> None:
    """422 with the reason, in both languages."""
    opened = office.done(
        "officer", "POST", f"/homes/{office.code}/inspections",
        edition=EDITION.id, due_on="2026-11-30", reason="review", words="示例复核",
    )  # fmt: skip
    pair = ["inspector@example.org", "second@example.org"]
    refused = office.ask(
        "officer", "POST", f"/inspections/{opened['id']}/visit", day=day, inspectors=pair
    )
    assert refused.status_code == 422
    assert message in refused.json()["detail_zh"]
    assert "cannot be visited" in refused.json()["detail"]


def test_an_answer_out_of_scale_names_what_fits(office: Office) -> None:
    """422; a criterion that is unknown is refused as well."""
    number = _applied(office)
    office.name_sheet("manager", number)
    path = f"/inspections/{number}/sheet/answers"
    wrong = office.ask("manager", "PUT", f"{path}/B3", **entry(state="met", value=9))
    assert wrong.status_code == 422
    assert "轮椅" in wrong.json()["detail_zh"]
    unknown = office.ask("manager", "PUT", f"{path}/Z9", **entry(state="met"))
    assert unknown.status_code == 422


def test_a_request_that_names_another_account_or_sheet_is_refused(office: Office) -> None:
    """On a shared phone nothing goes into somebody else's sheet; what is not named neither."""
    number = _applied(office)
    path = f"/inspections/{number}/sheet/answers/B1"
    headers = office.clients["manager"].headers
    unnamed = office.ask("manager", "PUT", path, **entry(state="met"))
    assert (unnamed.status_code, unnamed.headers["rukang-answer"]) == (403, "1")
    office.name_sheet("manager", number)
    for name, status, words in (
        ("Rukang-Account", 403, "另一个账号填写"),
        ("Rukang-Sheet", 409, "您在这次评定中的评分表是"),
    ):
        right = headers[name]
        headers[name] = str(int(right) + 1)
        for method, where in (("PUT", path), ("GET", f"/inspections/{number}/sheet")):
            body = entry(state="met") if method == "PUT" else {}
            refused = office.ask("manager", method, where, **body)
            assert refused.status_code == status
            assert words in refused.json()["detail_zh"]
        headers[name] = right
    assert office.done("manager", "GET", f"/inspections/{number}/sheet")["answers"] == []


def test_a_file_of_another_kind_is_refused(office: Office) -> None:
    """By its first bytes; it can be taken off again."""
    number = _applied(office)
    office.name_sheet("manager", number)
    content = b"MZ" + bytes(50)
    awaited = office.done(
        "manager", "POST", f"/inspections/{number}/sheet/evidence",
        criterion="B1", name="照片.jpg", size=len(content), sha256="0" * 64,
    )  # fmt: skip
    client = office.clients["manager"]
    path = f"/api/v1/evidence/{awaited['id']}"
    refused = client.put(f"{path}/parts/0", content=content)
    assert refused.status_code == 422
    assert "JPEG" in refused.json()["detail"]
    assert client.delete(path).status_code == 204
    assert office.done("manager", "GET", f"/inspections/{number}/sheet")["evidence"] == []


def test_a_star_is_lowered_with_a_reason_by_who_may(office: Office) -> None:
    """A home without a star has none to lower; without leave or reason nothing happens."""
    path = f"/homes/{office.code}/lowering"
    refused = office.ask("officer", "POST", path, star=0, words="示例原因")
    assert refused.status_code == 409
    assert office.ask("officer", "POST", path, star=0, words="").status_code == 422
    assert office.ask("manager", "POST", path, star=0, words="示例原因").status_code == 403
    assert office.done("officer", "GET", f"/homes/{office.code}/signs") == []


def test_what_would_raise_a_star_by_the_homes_own_costs(house: House, office: Office) -> None:
    """The sheet of the house has no data where the edition insists: it says what to supply."""
    path = f"/ratings/{house.ids['rating_id']}/improvement"
    found = office.done("officer", "POST", path, efforts={"B1": {"cost": 9}}, within_days=30)
    assert "请先补充" in found["words"][0]["zh"]
    unknown = office.ask("officer", "POST", path, efforts={"Z9": {"cost": 1}})
    assert unknown.status_code == 422
    assert "Z9" in unknown.json()["detail_zh"]
