"""Every list is cut by the database: the statements of an answer do not grow with its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Client
from sqlalchemy import event, func, select

from payroll import Policy
from rukang.base.access.records import Interest
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.bodies.homes import find_home
from rukang.engines.rating import ScoreSheet, load_edition
from rukang.pay import PayRun, RunState, calculate_run, find_run, reopen
from rukang.rosters import request_roster
from rukang.stars.inspections.records import Inspection
from rukang.stars.ratings.service import store_rating
from tests.api.asking import Asked
from tests.api.house import MONTH, Clock, House, furnished, inspection_of, visit_plan_of
from tests.api.test_walk import api_operations, page_operations
from tests.databases import KINDS
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_member_of_staff,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
)

READERS = {"administrator": 40, "manager": 20, "officer": 15, "clerk": 10, "inspector": 10}
"""Who reads, and how many pages and operations answer at least."""

MORE = 12
PAGED = {"items", "page", "size", "total"}

WHOLE = {
    "list_rating_editions",  # documents shipped with the program
    "list_my_sessions",  # one's own, of the last twelve hours
    "list_replacements",  # at most the inspectors of one inspection
    "list_signs",  # at most one for each rule of an edition
    "list_failings",  # the ten most frequent
    "list_conflicts",  # at most five sets of rules of one roster
    "list_cover",  # at most one for each member of staff of one roster
    "list_body_holds",  # at most one for each kind of thing
    "list_roles",  # the roles there are
    "list_courses",  # documents, shipped and the house's own
    "list_own_shifts",  # a month of the persons of one account
    "list_own_days",
    "list_payroll_findings",  # reckoned over the workers of one run
    "show_payroll_variance",
    "show_agreement",  # one for each criterion of an edition
    "show_leans",  # one for each inspector of a region
}
"""Lists that are answered whole, with the reason why they stay short."""


@pytest.fixture(scope="module", params=KINDS)
def small(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house of its own: it grows during the test."""
    with furnished(request.param, tmp_path_factory.mktemp("small")) as house:
        yield house


def _more_workers(house: House) -> None:
    """Add workers to the first home, and calculate its wages anew."""
    run_id = house.ids["run_id"]
    days = [day for day in days_of_month(MONTH) if Calendar().kind_of(day).works]
    with house.database.session() as session:
        home, employer = find_home(session, "ZP001"), an_employer(session)
        for number in range(MORE):
            resident = a_resident(session, home, f"Q{number:02}")
            a_tax_year(session, an_employment(session, resident, employer))
            some_marks(session, resident, days)
            month = date(2025, number + 1, 1)
            session.add(
                PayRun(home_id=home.id, month=month, state=RunState.DRAFT, requested_at=Clock().now)
            )
            request_roster(session, home, month)
        reopen(as_actor(session, "clerk@example.org"), find_run(session, run_id), "示例")
    calculate_run(house.database, run_id, Policy.load(local=[LOCAL_POLICY]))
    with house.database.session() as session:
        house.ids["payslip_id"] = find_run(session, run_id).payslips[0].id


def _grow(house: House) -> None:
    """Add a dozen of everything that lists show."""
    _more_workers(house)
    with house.database.session() as session:
        home = find_home(session, "ZP001")
        for number in range(MORE):
            other = a_home(session, code=f"ZZ{number:03}", uscc=f"91371681MA3EXZ{number:02}0X")
            inspection_of(session, other)
            inspection_of(session, home)
            a_member_of_staff(session, home, f"Q{number:02}")
            visit_plan_of(session, home)
            day = date(2026, 3, 1) + timedelta(days=number)
            email = f"kin{number}@example.org"
            session.add(Interest(home_id=home.id, email=email, words="示例", held_from=day))
            edition = load_edition("example-2026")
            sheet = ScoreSheet(home=home.code, home_name=home.name, edition=edition.id, on=day)
            store_rating(session, home, edition, sheet)


@contextmanager
def _counted(running: TestClient) -> Iterator[list[str]]:
    """Yield the statements that the records' database is asked in the meantime."""
    asked: list[str] = []
    engine = running.app.state.database.engine  # type: ignore[attr-defined]

    def count(*args: Any) -> None:
        asked.append(args[2])

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", count)


def _readings(client: Client, house: House) -> list[Asked]:
    """Return every reading operation and page."""
    calls = [*api_operations(client, house.ids), *page_operations(house.ids)]
    return [call for call in calls if call.method == "GET"]


def _statements(running: TestClient, house: House) -> dict[tuple[str, str], int]:
    """Return how often the database is asked, by who reads and what."""
    counts = {}
    for who in READERS:
        client = house.visitor(running, who)
        for call in _readings(client, house):
            with _counted(running) as asked:
                answer = call.send(client)
            if answer.status_code == 200:
                counts[who, call.template] = len(asked)
    return counts


@pytest.mark.drawn
def test_statements_do_not_grow_with_the_rows(small: House) -> None:
    """Every operation and page asks the database as often with a dozen more rows of each kind."""
    with small.client() as running:
        before = _statements(running, small)
        for who, least in READERS.items():
            assert len([path for reader, path in before if reader == who]) >= least
        with small.database.session() as session:
            held = session.scalar(select(func.count(Inspection.id)))
        _grow(small)
        with small.database.session() as session:
            assert session.scalar(select(func.count(Inspection.id))) == (held or 0) + 2 * MORE
        after = _statements(running, small)
    grown = {each: (before[each], after[each]) for each in before if after[each] > before[each]}
    assert not grown


def test_every_list_is_paged(small: House) -> None:
    """By the document: what answers a list answers a page of it, of two hundred at most."""
    with small.client() as running:
        document = running.get("/api/v1/openapi.json").json()
    schemas = document["components"]["schemas"]
    paged = 0
    for path, operations in document["paths"].items():
        operation = operations.get("get")
        if operation is None or operation["operationId"] in WHOLE:
            continue
        schema = _answer(operation)
        assert schema.get("type") != "array", path
        properties = schemas.get(schema.get("$ref", "").rpartition("/")[2], {}).get(
            "properties", {}
        )
        if properties.keys() >= PAGED:
            paged += 1
            sizes = {one["name"]: one["schema"] for one in operation["parameters"]}
            assert sizes["size"]["maximum"] <= 200
    assert paged >= 10


def _answer(operation: dict[str, Any]) -> dict[str, Any]:
    found = operation["responses"]["200"].get("content", {}).get("application/json", {})
    return dict(found.get("schema", {}))


@pytest.mark.drawn
def test_pages_lead_to_the_next_and_back(small: House) -> None:
    """A leaf of a long list has links both ways, and together they show every row once."""
    with small.database.session() as session:
        held = session.scalar(select(func.count(Inspection.id))) or 0
        home = find_home(session, "BC001")
        for _ in range(110 - held):
            inspection_of(session, home)
    with small.client() as running:
        client = small.visitor(running, "administrator")
        first, second, third = (client.get(f"/inspections?page={n}").text for n in (1, 2, 3))
    assert 'rel="next" href="?page=2"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev" href="?page=1"' in second
    assert 'rel="next" href="?page=3"' in second
    assert 'rel="next"' not in third
    assert sum(page.count('<th scope="row">') for page in (first, second, third)) == max(held, 110)
