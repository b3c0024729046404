"""Fixtures of the API's tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Client

from tests.api.house import House, furnished
from tests.api.registered import register_three
from tests.databases import KINDS
from tests.demo import LOCAL_POLICY


@pytest.fixture(scope="session", params=KINDS)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A furnished house on SQLite and on PostgreSQL; tests only add to it."""
    with furnished(request.param, tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(params=KINDS)
def own_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house for one test, with the example's local figures installed."""
    with furnished(request.param, tmp_path) as house:
        shutil.copy(LOCAL_POLICY, house.settings.local_policy)
        yield house


@pytest.fixture(scope="session")
def registered(house: House) -> House:
    """The house with three more homes, which are on the register."""
    register_three(house)
    return house


@pytest.fixture(scope="session")
def running(house: House) -> Iterator[TestClient]:
    """The house's application, started; most tests share it."""
    with house.client() as client:
        yield client


@pytest.fixture
def visit(house: House, running: TestClient) -> Callable[[str | None], Client]:
    """Opens clients, signed in as an account of the house or as nobody."""
    return partial(house.visitor, running)
