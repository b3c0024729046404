"""Asked for over HTTP, done by the worker beside the application, read over HTTP."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from rukang import migrations
from rukang.errors import ConflictError
from rukang.settings import Settings
from tests.api.house import Clock, House, furnish
from tests.databases import KINDS, fresh_url
from tests.demo import LOCAL_POLICY

DEADLINE_SECONDS = 60


@pytest.fixture(params=KINDS)
def own_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house for one test, with the example's local figures installed."""
    with fresh_url(request.param, tmp_path) as url:
        settings = Settings(tmp_path, url)
        shutil.copy(LOCAL_POLICY, settings.local_policy)
        house = furnish(settings)
        yield house
        house.database.close()


def _finished(client: TestClient, place: str) -> dict[str, Any]:
    until = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(place).json()
        if job["state"] in {"done", "failed"}:
            return job
        time.sleep(0.1)
    raise AssertionError(f"{place} did not finish in {DEADLINE_SECONDS} s")


def test_jobs_end_with_a_result_or_a_reason(own_house: House) -> None:
    """October has every record; September lacks attendance, and the job says whose."""
    app = create_app(own_house.settings, Clock(), with_worker=True)
    bearer = {"Authorization": f"Bearer {own_house.tokens['clerk']}"}
    runs = "/api/v1/homes/ZP001/payroll-runs"
    with TestClient(app, headers=bearer) as client:
        asked = [client.post(runs, json={"month": month}) for month in ("2026-10", "2026-09")]
        october, september = (_finished(client, a.headers["location"]) for a in asked)
        run = client.get(f"/api/v1/payroll-runs/{october['subject_id']}").json()
    assert (october["state"], run["state"]) == ("done", "calculated")
    assert september["state"] == "failed"
    assert "无考勤记录" in september["message"]


def test_a_database_of_an_older_version_is_not_served(tmp_path: Path) -> None:
    """The refusal says what to run."""
    settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'old.sqlite'}")
    with closing(settings.open()) as database:
        migrations.upgrade(database.engine, "0001")
    with pytest.raises(ConflictError, match="rukang db init"), TestClient(create_app(settings)):
        pass
