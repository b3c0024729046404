"""A review comes unannounced: the home's whole world, with and without a planned one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Client, Response

from rukang.base.access import Database, Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.database.context import as_actor
from rukang.base.settings import Settings
from rukang.bodies.homes import find_home
from rukang.engines.rating import load_edition
from rukang.stars.inspections import (
    Inspector,
    Reason,
    open_inspection,
    own_sheet,
    plan_visit,
    save_facts,
)
from rukang.stars.inspections.records import InspectionSheet
from rukang.stars.register import EventKind, StarEvent
from tests.api.asking import Asked
from tests.api.house import HOSTS, PASSWORD, Clock, House, furnished, visit_plan_of
from tests.api.test_walk import api_operations, page_operations
from tests.databases import KINDS, copy_of, written_out

CAUSE = "示例来信人反映护理员打人"
VISIT = date(2026, 11, 11)
ABSENT = 2**31 - 2
HOME_EYES = {
    "manager": [],
    "clerk": [],
    "both": [Grant(Role.MANAGER, home_id=1), Grant(Role.INSPECTOR, region="371600")],
    "chief": [Grant(Role.MANAGER, home_id=1), Grant(Role.OFFICER, region="371600")],
    "owner": [Grant(Role.MANAGER, region="371600"), Grant(Role.ADMINISTRATOR)],
}
"""Accounts of the home, also such as hold other roles besides; the first two are the house's."""

SEATS = ("inspector", "second")


@dataclass
class World:
    """One of two worlds that differ in nothing but a review."""

    house: House
    running: TestClient
    review: int | None = None

    def client(self, who: str) -> Client:
        """Return a client signed in as somebody."""
        return self.house.visitor(self.running, who)


def _world(settings: Settings, ids: dict[str, int]) -> House:
    return House(settings, settings.open(Clock()), dict(ids))


@pytest.fixture(scope="module", params=KINDS)
def worlds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, World]]:
    """Two worlds on copies of one database: without a review, and with one that is planned."""
    folder = tmp_path_factory.mktemp("worlds")
    with ExitStack() as stack:
        house = stack.enter_context(furnished(request.param, folder))
        url = house.settings.database_url
        _prepare(house)
        house.database.close()
        written_out(url)
        found = []
        for _ in range(2):
            copied = stack.enter_context(copy_of(request.param, url, folder))
            one = _world(Settings(folder, copied, hosts=HOSTS), house.ids)
            stack.callback(one.database.close)
            found.append(one)
        review = _plan_review(found[1].database)
        running = [stack.enter_context(one.client()) for one in found]
        yield World(found[0], running[0], review), World(found[1], running[1], review)


def _prepare(house: House) -> None:
    """Give the home its accounts and a visit that is overdue, and the region its inspectors."""
    with house.database.session() as session:
        session.add(
            StarEvent(
                home_id=1, kind=EventKind.GRANTED, star=3, edition="example-2025", words="",
                effective_on=date(2025, 1, 1), valid_until=date(2026, 12, 31),
                revisit_on=date(2026, 10, 1), recorded_at=Clock().now,
                rating_id=house.ids["rating_id"],
            )
        )  # fmt: skip
        for name, grants in HOME_EYES.items():
            if grants:
                email = f"{name}@example.org"
                create_account(session, email, "示例", PASSWORD, grants)
        session.add_all(
            Inspector(
                email=f"{name}@example.org", name=f"示例{name}", region="371600", skills=[],
                most_days=3, away=[], latitude=0, longitude=0,
            )
            for name in SEATS
        )  # fmt: skip


def _plan_review(database: Database) -> int:
    """Open a review of the home because of a complaint, and set its day and pair."""
    with database.session() as session:
        home, by = find_home(session, "ZP001"), "officer@example.org"
        edition = load_edition("example-2026")
        due = VISIT + timedelta(days=30)
        review = open_inspection(as_actor(session, by), home, edition, Reason.REVIEW, due, CAUSE)
        pair = [
            session.query(Inspector).filter_by(email=f"{name}@example.org").one() for name in SEATS
        ]
        plan_visit(as_actor(session, by), review, VISIT, pair)
        visit_plan_of(session, home, surprise=True)
        return review.id


def _told(answer: Response) -> tuple[int, bytes, dict[str, str]]:
    # A packed file carries the moment it was packed.
    body = b"" if answer.content.startswith(b"PK") else answer.content
    return answer.status_code, body, dict(answer.headers)


def _calls(world: World) -> list[Asked]:
    """Return every operation and page: on what the home knows, on the review, on nothing."""
    ids, known = world.house.ids, world.house.ids["inspection_id"]
    assert world.review is not None
    return [
        call.aimed({**call.path, **ids, "inspection_id": number})
        for call in [*api_operations(world.running, ids), *page_operations(ids)]
        for number in ((known, world.review, ABSENT) if "inspection_id" in call.path else (known,))
    ]


@pytest.mark.drawn
@pytest.mark.parametrize("who", HOME_EYES)
def test_reading_tells_nothing_of_a_planned_review(worlds: tuple[World, World], who: str) -> None:
    """Every list, count, number, page and status is the same byte by byte."""
    without, with_one = worlds
    calls = [call for call in _calls(without) if call.method == "GET"]
    calls.append(Asked("papers", "GET", f"/visit-plans/{without.house.ids['plan_id'] + 1}", {}))
    assert len(calls) >= 40
    clients = without.client(who), with_one.client(who)
    for call in calls:
        one, other = (_told(call.send(client)) for client in clients)
        assert one == other, call
        assert one[0] < 500, call


def test_the_walk_would_tell(worlds: tuple[World, World]) -> None:
    """Whoever oversees the home sees the difference, so there is one."""
    without, with_one = worlds
    path = f"/api/v1/inspections/{with_one.review}"
    for who in ("officer", "inspector", "administrator"):
        assert without.client(who).get(path).status_code == 404
        seen = with_one.client(who).get(path)
        assert seen.status_code == 200
        assert seen.json()["words"] == CAUSE


@pytest.mark.drawn
def test_writing_tells_nothing_of_a_planned_review(worlds: tuple[World, World]) -> None:
    """The same calls in the same order get the same answers, drawn ids and moments aside."""
    without, with_one = worlds
    for who in ("manager", "clerk", "both"):
        clients = without.client(who), with_one.client(who)
        for call in _calls(without):
            if call.method == "GET" or call.name in {"revoke_token", "sign_out"}:
                continue
            one, other = (call.send(client) for client in clients)
            assert one.status_code == other.status_code, call
            assert _undrawn(one) == _undrawn(other), call
    listed = [w.client("manager").get("/api/v1/inspections").json() for w in worlds]
    assert len(_items(listed[0])) == len(_items(listed[1])) == 2, "the application was taken"


@pytest.mark.drawn
def test_from_the_first_writing_the_home_sees_the_visit_and_never_its_cause(
    worlds: tuple[World, World],
) -> None:
    """On its day, not before; what the complainant said is nowhere, in no answer of any call."""
    _, world = worlds
    path, clock = f"/api/v1/inspections/{world.review}", Clock()
    clock.turn(timedelta(days=9))
    assert world.client("manager").get(path).status_code == 404
    later = Database(world.house.database.url, world.house.database.vault, clock)
    with later.session() as session:
        sheet = session.query(InspectionSheet).filter_by(inspection_id=world.review).first()
        assert sheet is not None
        own = own_sheet(session, sheet.inspection, sheet.filled_by)
        save_facts(session, own, {})
    later.close()
    for who in HOME_EYES:
        client = world.client(who)
        assert client.get(path).status_code == (403 if who == "clerk" else 200)
        for call in _calls(world):
            if call.method == "GET":
                assert CAUSE not in call.send(client).text, (who, call)
    assert world.client("officer").get(path).json()["words"] == CAUSE


def _items(listed: Any) -> list[Any]:
    return list(listed["items"] if isinstance(listed, dict) else listed)


def _undrawn(answer: Response) -> str:
    return re.sub(r"\d+", "#", answer.text + answer.headers.get("location", ""))
