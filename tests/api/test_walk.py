"""Every route of the OpenAPI document, and every page, called by those who may not see the home."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from httpx import Client

from tests.api.asking import PLACES, Asked, document_of_pages, requests_of
from tests.api.house import SECRET_WORDS, House

Visit = Callable[[str | None], Client]

OPEN = {"create_token", "list_register", "show_summary", "show_registered"}
"""Operations anonymous callers may try; they are tested by themselves."""

OWN = {
    "show_calendar",
    "show_account",
    "list_my_homes",
    "list_bodies",
    "list_rating_editions",
    "show_rating_edition",
    "revoke_token",
    "change_password",
    "list_my_sessions",
    "end_my_other_sessions",
    "end_my_session",
    "begin_my_second_factor",
    "confirm_my_second_factor",
    "remove_my_second_factor",
    "list_all_inspections",
    "show_picture",
    "list_failings",
    "list_late",
    "list_cases",
    "list_late_cases",
    "list_cases_without_term",
    "list_courses",
    "show_late_fee",
}
"""Operations about no home in particular: they answer, with nothing of the first home."""

OF_A_PERSON = {
    "list_own_payslips", "show_own_payslip", "explain_own_line", "list_own_shifts", "list_own_days",
}  # fmt: skip
"""Operations over a person's own records, for accounts of persons alone (`test_own.py`)."""

EVERYBODYS = {
    "/sign-in",
    "/password/new",
    "/docs",
    "/inspections/sheet-worker.js",
    "/register",
    "/register.csv",
    "/register/{code}",
}
"""Pages and scripts that are about nobody, or tested by themselves."""

OWN_PAGES = {
    "/calendar/2026",
    "/",
    "/bodies",
    "/sign-out",
    "/inspections",
    "/picture",
    "/cases",
    "/cases/late",
    "/late-fees",
    "/account",
    "/account/password",
    "/account/sessions/end",
    "/account/sessions/999999/end",
    "/account/second-factor",
    "/account/second-factor/confirm",
    "/account/second-factor/remove",
}
"""Pages about no home in particular."""

NOWHERE = {"code": "ZP999", "person_code": "R99", "resident_code": "R99"}
NO_ID = 999_999
"""A home, people and an id that are nowhere."""


def api_operations(client: Client, ids: Mapping[str, int]) -> list[Asked]:
    """Return a request for every operation of the document, about these records."""
    document = client.get("/api/v1/openapi.json").json()
    made = requests_of(document, {**PLACES, **ids})
    return [asked.short() for asked, _ in made if asked.name not in OPEN]


def page_operations(ids: Mapping[str, int]) -> list[Asked]:
    """Return a request for every page and form likewise."""
    made = requests_of(document_of_pages(), {**PLACES, **ids})
    return [asked.short() for asked, _ in made if asked.template not in EVERYBODYS]


def test_the_walk_meets_every_feature(visit: Visit, house: House) -> None:
    """The walks below would prove nothing on an empty document."""
    client = visit(None)
    assert len(api_operations(client, house.ids)) >= 20
    assert len(page_operations(house.ids)) >= 8


def test_anonymous_callers_get_401_everywhere(visit: Visit, house: House) -> None:
    """As a problem document that names the way in."""
    client = visit(None)
    for call in api_operations(client, house.ids):
        answer = call.send(client)
        assert answer.status_code == 401, call
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"


def test_anonymous_visitors_are_led_to_the_sign_in_form(visit: Visit, house: House) -> None:
    """Every page, reading or changing."""
    client = visit(None)
    for call in page_operations(house.ids):
        answer = call.send(client)
        assert answer.status_code == 303, call
        assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("who", ["elsewhere", "nobody", "stranger", "carer"])
def test_the_manager_of_another_home_gets_nothing(visit: Visit, house: House, who: str) -> None:
    """Refused, absent or empty; never a word of the first home."""
    client = visit(who)
    for call in api_operations(client, house.ids):
        if call.name == "revoke_token":
            continue
        answer = call.send(client)
        assert call.name in OWN | OF_A_PERSON or answer.status_code in {403, 404}, (
            call,
            answer.text,
        )
        asked_for = answer.text.replace(call.address, "").replace("'ZP001'", "")
        assert not any(word in asked_for for word in SECRET_WORDS), (call, answer.text)


@pytest.mark.parametrize("who", ["elsewhere", "stranger", "carer"])
def test_the_manager_of_another_home_sees_no_page_of_it(
    visit: Visit, house: House, who: str
) -> None:
    """Nor may a page change anything there, nor say that it is there at all."""
    client = visit(who)
    for call in page_operations(house.ids):
        if call.address in OWN_PAGES:
            continue
        answer = call.send(client)
        assert answer.status_code in {403, 404}, call
        nowhere = call.aimed({name: NOWHERE.get(name, NO_ID) for name in call.path})
        assert nowhere.send(client).status_code == answer.status_code, call
        asked_for = answer.text.replace(call.address, "").replace("&#39;ZP001&#39;", "")
        assert not any(word in asked_for for word in SECRET_WORDS), (call, answer.text)
    assert not any("ZP001" in client.get(path).text for path in ("/", "/inspections"))


@pytest.mark.parametrize(
    ("who", "forbidden"),
    [
        (
            "manager",
            {"reveal_number", "run_home", "step_run", "create_rating"},
        ),
        ("officer", {"approve_run", "correct_payslip", "reopen_run"}),
        ("clerk", {"solve_home", "publish_roster", "show_roster", "list_home_ratings"}),
        *(
            (who, {"show_standing", "export_person", "erase_person", "list_erasures"})
            for who in ("clerk", "manager", "inspector")
        ),
        ("inspector", {"list_home_residents", "show_payslip", "show_roster", "show_job"}),
        ("officer", {"list_home_staff", "solve_home", "reveal_number", "cancel_job"}),
    ],
)
def test_a_role_without_the_permission_gets_403(
    visit: Visit, house: House, who: str, forbidden: set[str]
) -> None:
    """Even in the home where the role is held."""
    client = visit(who)
    calls = {call.name: call for call in api_operations(client, house.ids)}
    for name in forbidden:
        answer = calls[name].send(client)
        assert answer.status_code == 403, name


def test_those_who_may_read_do(visit: Visit, house: House) -> None:
    """Every reading operation and page answers the administrator: the walks aim at real records."""
    client = visit("administrator")
    for call in [*api_operations(client, house.ids), *page_operations(house.ids)]:
        if call.method == "GET" and call.name not in OF_A_PERSON:
            answer = call.send(client)
            assert answer.status_code == 200, (call, answer.text)
