"""Signing in and out, tokens that end, lock-out, and other sites' requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from httpx import Client
from sqlalchemy import select

from api.auth import COOKIE, LIFETIME
from api.lockout import PER_ACCOUNT, WINDOW
from rukang.access.records import AccessToken, Account
from tests.api.house import PASSWORD, Clock, House, sign_in

Visit = Callable[[str | None], Client]
ME = "/api/v1/account"
HERE = {"Origin": "http://testserver"}


def _form(email: str = "manager@example.org", password: str = PASSWORD) -> dict[str, str]:
    return {"username": email, "password": password}


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_opens_and_its_end_closes(visit: Visit) -> None:
    """Signing out revokes this token; another of the same account goes on."""
    client = visit(None)
    first, second = (sign_in(client, "clerk@example.org") for _ in range(2))
    assert client.get(ME, headers=_bearer(first)).json()["email"] == "clerk@example.org"
    assert client.delete("/api/v1/tokens/current", headers=_bearer(first)).status_code == 204
    assert client.get(ME, headers=_bearer(first)).status_code == 401
    assert client.get(ME, headers=_bearer(second)).status_code == 200


def test_only_the_digest_is_stored(visit: Visit, house: House) -> None:
    """Whoever reads the table cannot sign in with it."""
    client = visit(None)
    token = sign_in(client, "clerk@example.org")
    with house.database.session() as session:
        digests = set(session.scalars(select(AccessToken.digest)))
    assert token not in digests
    assert all(client.get(ME, headers=_bearer(d)).status_code == 401 for d in digests)


def test_a_token_is_void_after_its_lifetime(house: House) -> None:
    """And the next signing in sweeps it out."""
    clock = Clock()
    with house.client(clock=clock) as client:
        token = sign_in(client, "clerk@example.org")
        clock.turn(LIFETIME - timedelta(seconds=1))
        assert client.get(ME, headers=_bearer(token)).status_code == 200
        clock.turn(timedelta(seconds=1))
        assert client.get(ME, headers=_bearer(token)).status_code == 401


def test_a_closed_account_is_out_at_once(visit: Visit, house: House) -> None:
    """Its tokens stop, and signing in says no more than for a wrong password."""
    client = visit(None)
    token = sign_in(client, "nobody@example.org")
    _set_active(house, "nobody@example.org", active=False)
    assert client.get(ME, headers=_bearer(token)).status_code == 401
    refused = client.post("/api/v1/tokens", data=_form("nobody@example.org"))
    wrong = client.post("/api/v1/tokens", data=_form("nobody@example.org", "wrong wrong"))
    _set_active(house, "nobody@example.org", active=True)
    assert refused.json() == wrong.json()
    assert refused.status_code == 401


def _set_active(house: House, email: str, *, active: bool) -> None:
    with house.database.session() as session:
        session.scalars(select(Account).where(Account.email == email)).one().is_active = active


@pytest.mark.parametrize("email", ["stranger@example.org", "", "a\0b@example.org", "manager"])
def test_unknown_addresses_are_refused_like_wrong_passwords(visit: Visit, email: str) -> None:
    """The answer tells nobody which addresses have accounts."""
    answer = visit(None).post("/api/v1/tokens", data=_form(email))
    assert answer.status_code in {401, 422}


def test_there_is_no_way_to_register(visit: Visit) -> None:
    """Accounts are made by command."""
    for path in ("/register", "/auth/register", "/api/v1/register", "/api/v1/account"):
        assert visit("administrator").post(path, json=_form()).status_code in {404, 405}


def test_guessing_is_stopped_and_forgiven_after_a_while(house: House) -> None:
    """Even the right password waits then; other accounts do not."""
    clock = Clock()
    with house.client(clock=clock) as client:
        for _ in range(PER_ACCOUNT):
            assert client.post("/api/v1/tokens", data=_form(password="guess")).status_code == 401
        locked = client.post("/api/v1/tokens", data=_form())
        assert locked.status_code == 429
        assert 0 < int(locked.headers["retry-after"]) <= WINDOW.total_seconds() + 1
        assert sign_in(client, "clerk@example.org")
        clock.turn(WINDOW)
        assert sign_in(client, "manager@example.org")


def test_success_forgets_earlier_slips(house: House) -> None:
    """Four slips, success, four slips: nobody is locked out for typing badly."""
    with house.client() as client:
        for _ in range(2):
            for _ in range(PER_ACCOUNT - 1):
                client.post("/api/v1/tokens", data=_form(password="slip"))
            assert sign_in(client, "manager@example.org")


def _sign_in_by_form(client: Client, next_page: str = "/") -> None:
    answer = client.post("/sign-in", data={**_form(), "next": next_page}, headers=HERE)
    assert answer.status_code == 303, answer.text


def test_the_browser_gets_a_cookie_scripts_cannot_read(visit: Visit) -> None:
    """HttpOnly and SameSite always, Secure over https; signing out ends the token too."""
    client = visit(None)
    answer = client.post("/sign-in", data=_form(), headers=HERE)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    token = client.cookies[COOKIE]
    assert client.get("/").status_code == 200
    assert client.post("/sign-out", headers=HERE).status_code == 303
    assert client.get(ME, headers=_bearer(token)).status_code == 401


def test_over_https_the_cookie_is_secure(house: House) -> None:
    """And browsers are told to stay with https."""
    with house.client() as client:
        client.base_url = "https://testserver"  # type: ignore[assignment]
        origin = {"Origin": "https://testserver"}
        answer = client.post("/sign-in", data=_form(), headers=origin)
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


def test_a_wrong_password_shows_the_form_again(visit: Visit) -> None:
    """With the address kept and the password not."""
    answer = visit(None).post("/sign-in", data=_form(password="wrong wrong"), headers=HERE)
    assert answer.status_code == 401
    assert "manager@example.org" in answer.text
    assert "wrong wrong" not in answer.text
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("wanted", "location"),
    [
        ("/homes/ZP001", "/homes/ZP001"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\t/evil.example", "/"),
    ],
)
def test_after_signing_in_one_stays_here(visit: Visit, wanted: str, location: str) -> None:
    """The address to go on to comes from outside and may not lead elsewhere."""
    data = {**_form(), "next": wanted}
    answer = visit(None).post("/sign-in", data=data, headers=HERE)
    assert answer.headers["location"] == location


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_another_sites_page_changes_nothing_with_our_cookie(
    visit: Visit, headers: dict[str, str]
) -> None:
    """On pages and in the API alike, nor may it sign somebody in."""
    client = visit(None)
    assert client.post("/sign-in", data=_form(), headers=headers).status_code == 403
    _sign_in_by_form(client)
    body = {"month": "2026-11"}
    assert client.post("/api/v1/homes/ZP001/rosters", json=body, headers=headers).status_code == 403
    assert client.post("/homes/ZP001/rosters", data=body, headers=headers).status_code == 403
    assert client.post("/sign-out", headers=headers).status_code == 403
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("headers", [HERE, {"Sec-Fetch-Site": "same-origin"}])
def test_our_own_pages_may_change_things(visit: Visit, headers: dict[str, str]) -> None:
    """By either sign of where they come from."""
    client = visit(None)
    _sign_in_by_form(client)
    answer = client.post("/homes/ZP001/rosters", data={"month": "2026-12"}, headers=headers)
    assert answer.headers["location"].startswith("/jobs/")


def test_a_program_with_a_token_needs_no_origin(visit: Visit) -> None:
    """It has no cookie another site could use."""
    answer = visit("manager").post("/api/v1/homes/ZP001/rosters", json={"month": "2026-12"})
    assert answer.status_code == 202


def test_every_answer_carries_the_security_headers(visit: Visit) -> None:
    """Personal data stays out of caches; only static files may be kept."""
    client = visit("manager")
    for path in ("/", "/api/v1/homes", "/homes/ZP001", "/api/v1/nowhere"):
        headers = client.get(path).headers
        assert "'unsafe-inline'" not in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
    assert "max-age" in client.get("/static/rukang.css").headers["cache-control"]
