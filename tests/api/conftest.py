"""Fixtures of the API's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi.testclient import TestClient

from rukang.settings import Settings
from tests.api.house import House, furnish
from tests.databases import KINDS, fresh_url


@pytest.fixture(scope="session", params=KINDS)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A furnished house on SQLite and on PostgreSQL; tests only add to it."""
    folder = tmp_path_factory.mktemp("house")
    with fresh_url(request.param, folder) as url:
        furnished = furnish(Settings(folder, url))
        yield furnished
        furnished.database.close()


@pytest.fixture
def visit(house: House) -> Iterator[Callable[[str | None], TestClient]]:
    """Opens clients, signed in as an account of the house or as nobody."""
    with ExitStack() as stack:
        yield lambda who=None: stack.enter_context(house.client(who))
