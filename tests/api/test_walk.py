"""Every route of the OpenAPI document, and every page, called by those who may not see the home."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from fastapi.routing import APIRoute
from httpx import Client, Response

from api.pages import PAGES
from tests.api.house import SECRET_WORDS, House

Visit = Callable[[str | None], Client]

BODIES: dict[str, dict[str, Any]] = {
    "reveal_number": {"number": "citizen_id", "reason": "核对"},
    "create_roster": {"month": "2026-11"},
    "create_payroll_run": {"month": "2026-11"},
    "approve_payroll_run": {},
    "advance_payroll_run": {"to": "locked"},
    "reopen_payroll_run": {"reason": "核对"},
    "correct_payroll_run": {"payslip_id": 1, "changes": {"paid_days": "1"}, "reason": "核对"},
    "apply_for_rating": {"edition": "example-2026", "due_on": "2026-12-01"},
    "create_inspection": {"edition": "example-2026", "due_on": "2026-12-01", "reason": "due"},
    "check_desk": {"accepted": True},
    "plan_one_visit": {"day": "2026-11-11", "inspectors": ["a@example.org", "b@example.org"]},
    "name_third": {"inspector": "a@example.org"},
    "moderate_one": {},
    "propose_one": {},
    "publish_one": {},
    "withdraw_one": {"note": "核对"},
    "create_objection": {"words": "核对"},
    "decide_objection": {"decision": "核对"},
    "report_action": {"words": "核对"},
    "show_improvement": {},
    "lower_star": {"star": 0, "words": "核对"},
    "create_interest": {"inspector": "a@example.org", "words": "核对", "since": "2026-11-01"},
    "put_answer": {"state": "met", "written_at": "2026-11-02T01:00:00Z"},
    "put_facts": {},
    "announce_file": {"criterion": "B1", "name": "a.png", "size": 9, "sha256": "0" * 64},
    "submit_sheet": {"answers": {}},
    "create_rating": {"home": "ZP001", "edition": "example-2026", "on": "2026-10-02"},
}
PLACES: dict[str, Any] = {"code": "ZP001", "line": "net", "edition": "example-2026"}

OPEN = {"create_token", "list_register", "show_summary", "show_registered"}
"""Operations anonymous callers may try; they are tested by themselves."""

OWN = {
    "show_account",
    "list_my_homes",
    "list_rating_editions",
    "revoke_token",
    "list_all_inspections",
    "show_picture",
    "list_failings",
    "list_late",
}
"""Operations about no home in particular: they answer, with nothing of the first home."""

EVERYBODYS = {
    "/sign-in",
    "/docs",
    "/inspections/sheet-worker.js",
    "/register",
    "/register.csv",
    "/register/{code}",
}
"""Pages and scripts that are about nobody, or tested by themselves."""

OWN_PAGES = {"/", "/sign-out", "/inspections", "/picture"}
"""Pages about no home in particular."""

OF_OTHERS = {
    "advance_run",
    "reopen_run",
    "accept_report",
    "give_back_report",
    "plan_here",
    "name_third_here",
    "moderate_here",
    "propose_here",
    "reject_objection",
    "publish_here",
    "withdraw_here",
    "confirm_mending",
    "all_plans",
    "one_plan",
    "apply_one_plan",
    "papers",
}
"""Pages that no manager may post to, in whichever home."""

FORM = {
    "month": "2026-11",
    "edition": "example-2026",
    "due_on": "2026-12-01",
    "day": "2026-11-11",
    "since": "2026-11-11",
    "inspector": "a@example.org",
    "inspector_1": "a@example.org",
    "inspector_2": "b@example.org",
    "words": "核对",
    "decision": "核对",
}
"""Whatever a form asks; what it does not ask is not read."""

FILES = {"take_sheet_workbook": {"workbook": ("评分表.xlsx", b"PK")}}


class Call(NamedTuple):
    """One operation aimed at the first home."""

    name: str
    method: str
    path: str


def _calls(client: Client, house: House) -> list[Call]:
    places = {"resident_code": "R01", "criterion": "B1", "number": 0, **PLACES, **house.ids}
    document = client.get("/api/v1/openapi.json").json()
    return [
        Call(operation["operationId"], method.upper(), path.format(**places))
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if operation["operationId"] not in OPEN
    ]


def _ask(client: Client, call: Call) -> Response:
    if call.name == "put_part":
        return client.request(call.method, call.path, content=b"\x89PNG")
    return client.request(call.method, call.path, json=BODIES.get(call.name))


def _pages(house: House) -> list[Call]:
    places = {**PLACES, **house.ids}
    return [
        Call(route.name, method, route.path.format(**places))
        for page in PAGES
        for route in page.router.routes
        if isinstance(route, APIRoute) and route.path not in EVERYBODYS
        for method in sorted(route.methods)
    ]


def test_the_walk_meets_every_feature(visit: Visit, house: House) -> None:
    """The walks below would prove nothing on an empty document."""
    client = visit(None)
    assert len(_calls(client, house)) >= 20
    assert len(_pages(house)) >= 8


def test_anonymous_callers_get_401_everywhere(visit: Visit, house: House) -> None:
    """As a problem document that names the way in."""
    client = visit(None)
    for call in _calls(client, house):
        answer = _ask(client, call)
        assert answer.status_code == 401, call
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"


def test_anonymous_visitors_are_led_to_the_sign_in_form(visit: Visit, house: House) -> None:
    """Every page, reading or changing."""
    client = visit(None)
    for call in _pages(house):
        answer = client.request(call.method, call.path, data=FORM, files=FILES.get(call.name))
        assert answer.status_code == 303, call
        assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("who", ["elsewhere", "nobody"])
def test_the_manager_of_another_home_gets_nothing(visit: Visit, house: House, who: str) -> None:
    """Refused, absent or empty; never a word of the first home."""
    client = visit(who)
    for call in _calls(client, house):
        if call.name == "revoke_token":
            continue
        answer = _ask(client, call)
        assert call.name in OWN or answer.status_code in {403, 404}, (call, answer.text)
        asked_for = answer.text.replace(call.path, "").replace("'ZP001'", "")
        assert not any(word in asked_for for word in SECRET_WORDS), (call, answer.text)


def test_the_manager_of_another_home_sees_no_page_of_it(visit: Visit, house: House) -> None:
    """Nor may a page change anything there."""
    client = visit("elsewhere")
    for call in _pages(house):
        if call.path in OWN_PAGES:
            continue
        answer = client.request(call.method, call.path, data=FORM, files=FILES.get(call.name))
        assert answer.status_code == (403 if call.name in OF_OTHERS else 404), call
        asked_for = answer.text.replace(call.path, "").replace("&#39;ZP001&#39;", "")
        assert not any(word in asked_for for word in SECRET_WORDS), (call, answer.text)
    assert not any("ZP001" in client.get(path).text for path in ("/", "/inspections"))


@pytest.mark.parametrize(
    ("who", "forbidden"),
    [
        (
            "manager",
            {"reveal_number", "create_payroll_run", "advance_payroll_run", "create_rating"},
        ),
        ("officer", {"approve_payroll_run", "correct_payroll_run", "reopen_payroll_run"}),
        ("clerk", {"create_roster", "publish_roster", "show_roster", "list_home_ratings"}),
        ("inspector", {"list_home_residents", "show_payslip", "show_roster", "show_job"}),
        ("officer", {"list_home_staff", "create_roster", "reveal_number", "cancel_job"}),
    ],
)
def test_a_role_without_the_permission_gets_403(
    visit: Visit, house: House, who: str, forbidden: set[str]
) -> None:
    """Even in the home where the role is held."""
    client = visit(who)
    calls = {call.name: call for call in _calls(client, house)}
    for name in forbidden:
        answer = _ask(client, calls[name])
        assert answer.status_code == 403, name


def test_those_who_may_read_do(visit: Visit, house: House) -> None:
    """Every reading operation and page answers the administrator: the walks aim at real records."""
    client = visit("administrator")
    for call in [*_calls(client, house), *_pages(house)]:
        if call.method == "GET":
            answer = client.get(call.path)
            assert answer.status_code == 200, (call, answer.text)
