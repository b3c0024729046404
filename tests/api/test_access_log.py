"""The access log: patterns of routes, never what stands in an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from api.app import create_app
from tests.api.house import Clock, House

LINE = {"event", "log_level", "method", "route", "status", "account", "milliseconds"}


def _lines(house: House, asked: list[tuple[str, str]], *, on: bool) -> list[dict[str, Any]]:
    app = create_app(replace(house.settings, access_log=on), Clock())
    bearer = {"Authorization": f"Bearer {house.token('administrator')}"}
    with TestClient(app, headers=bearer) as client, capture_logs() as logged:
        for method, path in asked:
            client.request(method, path)
    return [dict(line) for line in logged if line["event"] == "request"]


def test_a_line_has_the_pattern_of_its_route_and_no_address(house: House) -> None:
    """Whatever is asked: a list, a page, somebody absent, no route at all, a refused method."""
    number = "370000199001010002"
    asked = [
        ("GET", "/api/v1/homes/ZP001/residents?page=1"),
        ("GET", "/homes/ZP001"),
        ("GET", f"/api/v1/homes/{number}/staff"),
        ("GET", f"/nowhere/{number}"),
        ("DELETE", "/api/v1/homes/ZP001"),
        ("GET", "/static/icon.svg"),
    ]
    lines = _lines(house, asked, on=True)
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/api/v1/homes/{code}/residents", 200),
        ("GET", "/homes/{code}", 200),
        ("GET", "/api/v1/homes/{code}/staff", 404),
        ("GET", None, 404),
        ("DELETE", "/api/v1/homes/{code}", 405),
        ("GET", None, 200),
    ]
    assert all(set(line) == LINE for line in lines)
    assert {line["account"] for line in lines[:3]} == {house.ids["account_id"]}
    assert "ZP001" not in str(lines)
    assert number not in str(lines)


def test_it_is_off_unless_asked_for(house: House) -> None:
    """As a setting of the installation."""
    assert _lines(house, [("GET", "/homes/ZP001")], on=False) == []
