"""Asked for over HTTP, done by the worker beside the application, read over HTTP."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.problems import FailedError
from rukang import migrations
from rukang.base.settings import Settings
from tests.api.house import ROLES, Clock, House
from tests.patience import wait_for


def _finished(client: TestClient, place: str) -> dict[str, Any]:
    job: dict[str, Any] = {}

    def is_finished() -> bool:
        job.update(client.get(place).json())
        return job["state"] in {"done", "failed"}

    wait_for(is_finished)
    return job


def test_jobs_end_with_a_result_or_a_reason(own_house: House) -> None:
    """October has every record; September lacks attendance, and the job says whose."""
    app = create_app(own_house.settings, Clock(), with_worker=True)
    bearer = {"Authorization": f"Bearer {own_house.token('clerk')}"}
    runs = "/api/v1/homes/ZP001/payroll-runs"
    with TestClient(app, headers=bearer) as client:
        # The house holds October calculated by nobody in particular; the clerk has it done anew.
        place = f"/api/v1/payroll-runs/{own_house.ids['run_id']}/reopen"
        client.post(place, json={"reason": "重新计算"}).raise_for_status()
        asked = [client.post(runs, json={"month": month}) for month in ("2026-10", "2026-09")]
        october, september = (_finished(client, a.headers["location"]) for a in asked)
        run = client.get(f"/api/v1/payroll-runs/{october['subject_id']}").json()
        again = client.post(runs, json={"month": "2026-10"}).json()
    assert (october["state"], run["state"]) == ("done", "calculated")
    by = [(step["state"], step["by"]) for step in run["steps"][-2:]]
    assert by == [
        ("draft", "clerk@example.org"),
        ("calculated", "clerk@example.org (worker)"),
    ]
    assert again["id"] == october["id"]
    assert september["state"] == "failed"
    assert "无考勤记录" in september["message"]


def test_files_of_employers_are_one_job_and_its_accounts_own(own_house: House) -> None:
    """Ordered, written, fetched; others of the same home find neither job nor file."""
    app = create_app(own_house.settings, Clock(), with_worker=True)
    bearer = {who: {"Authorization": f"Bearer {own_house.token(who)}"} for who in ROLES}
    with TestClient(app, headers=bearer["clerk"]) as client:
        asked = client.post("/api/v1/pay-files", json={"month": "2026-10"})
        job = _finished(client, asked.headers["location"])
        place = f"/api/v1/pay-files/{job['subject_id']}"
        order = client.get(place).json()
        content = f"{place}/files/{order['files'][0]['id']}/content"
        fetched = client.get(content)
        early = client.post("/api/v1/pay-files", json={"month": "2026-12"})
        refused = {
            who: {client.get(p, headers=bearer[who]).status_code for p in (place, content)}
            for who in ("administrator", "manager", "officer", "elsewhere")
        }
        jobs = {
            who: client.get(asked.headers["location"], headers=bearer[who]).status_code
            for who in ("administrator", "manager", "elsewhere")
        }
    assert (asked.status_code, job["state"], job["kind"]) == (202, "done", "write_pay_files")
    assert order["made_at"]
    assert {file["name"].split("/")[1] for file in order["files"]} == {
        *("bank-list.xlsx", "income-tax-import.xlsx", "insurance.xlsx", "invoice.xlsx"),
        "statement.xlsx",
    }
    assert fetched.content.startswith(b"PK")
    assert "attachment" in fetched.headers["content-disposition"]
    assert early.status_code == 409
    assert refused == {
        "administrator": {404}, "manager": {403}, "officer": {403}, "elsewhere": {403},
    }  # fmt: skip
    assert set(jobs.values()) == {404}


def test_a_database_of_an_older_version_is_not_served(tmp_path: Path) -> None:
    """The refusal says what to run."""
    settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'old.sqlite'}")
    settings.keys.make()
    with closing(settings.open()) as database:
        migrations.upgrade(database.engine, "0001")
    with pytest.raises(FailedError, match="rukang db init"), TestClient(create_app(settings)):
        pass
