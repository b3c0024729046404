"""Objects are found inside what encloses them: ids of two homes and two inspections, mixed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from payroll import Policy
from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.bodies.homes import find_home
from rukang.migrations.registry import METADATA
from rukang.pay import calculate_run, find_run
from tests.api.asking import Asked
from tests.api.house import PASSWORD, House, furnished, inspection_of, records_of
from tests.api.test_walk import api_operations, page_operations
from tests.databases import KINDS
from tests.demo import LOCAL_POLICY

WHO = ("administrator", "everywhere")
"""Callers for whom each id is good by itself."""

PASSED_BY = {"access_token"}
"""Tables that a refusal may write into."""


class Twins:
    """A house of two homes with the same in each, and two inspections in the first."""

    def __init__(self, house: House, sets: Mapping[str, Mapping[str, Any]]) -> None:
        self.house = house
        self.sets = sets

    def mixed(self, names: list[str]) -> Iterator[dict[str, Any]]:
        """Yield values for some parameters, taken from more than one set."""
        # What stands beside is of the same home, so it is another's only within an inspection.
        sets = [name for name in self.sets if name != "beside" or "inspection_id" in names]
        for taken in itertools.product(sets, repeat=len(names)):
            if len(set(taken)) > 1:
                yield {name: self.sets[of][name] for name, of in zip(names, taken, strict=True)}

    def own(self, names: list[str]) -> Iterator[dict[str, Any]]:
        """Yield values for some parameters that belong together, each once."""
        given = [{name: values[name] for name in names} for values in self.sets.values()]
        yield from (values for at, values in enumerate(given) if values not in given[:at])

    def rows(self) -> dict[str, list[Any]]:
        """Return everything that is stored."""
        with self.house.database.engine.connect() as connection:
            return {
                name: sorted(map(tuple, connection.execute(select(table))), key=repr)
                for name, table in METADATA.tables.items()
                if name not in PASSED_BY
            }


@pytest.fixture(scope="module", params=KINDS)
def twins(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Twins]:
    """The house with its second home furnished like the first."""
    with furnished(request.param, tmp_path_factory.mktemp("twins")) as house:
        yield Twins(house, _sets(house))


def _sets(house: House) -> dict[str, dict[str, Any]]:
    database = house.database
    with database.session() as session:
        first, second = find_home(session, "ZP001"), find_home(session, "BC001")
        beside = inspection_of(session, first)
        theirs = records_of(session, second, people="Y")
        grants = [Grant(Role.OFFICER), Grant(Role.INSPECTOR), Grant(Role.CLERK)]
        create_account(session, "everywhere@example.org", "示例", PASSWORD, grants)
    calculate_run(database, theirs["run_id"], Policy.load(local=[LOCAL_POLICY]))
    with database.session() as session:
        theirs["payslip_id"] = find_run(session, theirs["run_id"]).payslips[0].id
    ours = {**house.ids, "code": "ZP001", "resident_code": "R01", "person_code": "R01"}
    return {
        "ours": ours,
        "beside": {**ours, **beside},
        "theirs": {**theirs, "code": "BC001", "resident_code": "YR01", "person_code": "YR01"},
    }


@pytest.fixture(scope="module")
def serving(twins: Twins) -> Iterator[TestClient]:
    """The application of the twins."""
    with twins.house.client() as client:
        yield client


def _operations(client: TestClient, twins: Twins) -> list[tuple[Asked, list[str]]]:
    """Return every operation and page whose address names more than one record."""
    known = twins.sets["ours"].keys()
    found = []
    for call in [*api_operations(client, twins.house.ids), *page_operations(twins.house.ids)]:
        names = [name for name in known if name in call.path]
        if len(names) > 1:
            found.append((call, names))
    return found


@pytest.mark.parametrize("who", WHO)
def test_mixed_ids_find_nothing_and_change_nothing(
    twins: Twins, serving: TestClient, who: str
) -> None:
    """Ids of two homes or inspections, each good by itself, are absent together (404)."""
    client, before = twins.house.visitor(serving, who), twins.rows()
    operations = _operations(serving, twins)
    assert len(operations) >= 12
    for call, names in operations:
        for values in twins.mixed(names):
            assert call.aimed(values).send(client).status_code in {404, 403}, (call, values)
            if who == "administrator":
                assert call.aimed(values).send(client).status_code == 404, (call, values)
    assert twins.rows() == before


def test_ids_that_belong_together_are_found(twins: Twins, serving: TestClient) -> None:
    """The walk above would prove nothing with ids that lead nowhere."""
    client = twins.house.visitor(serving, "administrator")
    operations = sorted(_operations(serving, twins), key=lambda item: item[0].method == "DELETE")
    for call, names in operations:
        if call.template.endswith("/remove"):
            continue  # a page takes away what the operation after it could not find any more
        for values in twins.own(names):
            assert call.aimed(values).send(client).status_code != 404, (call, values)
