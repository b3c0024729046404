"""Signing in and out, tokens that end, lock-out, and other sites' requests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from httpx import Client
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import delete, event, select

from api.auth import COOKIE, DEVICE_COOKIE
from api.gate.line import Line
from rukang.base.access.accounts import HASHES, guessing
from rukang.base.access.accounts.guessing import FROM_NETWORK
from rukang.base.access.accounts.sessions import LIFETIME
from rukang.base.access.records import AccessToken, Account, FamiliarPlace, SignInTally
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


@pytest.mark.parametrize("email", ["unknown@example.org", "", "a\0b@example.org", "manager"])
def test_unknown_addresses_are_refused_like_wrong_passwords(visit: Visit, email: str) -> None:
    """The answer tells nobody which addresses have accounts."""
    answer = visit(None).post("/api/v1/tokens", data=_form(email))
    assert answer.status_code in {401, 422}


def test_there_is_no_way_to_register(visit: Visit) -> None:
    """Accounts are made by command."""
    for path in ("/register", "/auth/register", "/api/v1/register", "/api/v1/account"):
        assert visit("administrator").post(path, json=_form()).status_code in {404, 405}


@pytest.fixture
def no_failures(house: House) -> Iterator[None]:
    """Counts that begin at nothing and leave nothing to other tests."""
    _forget(house)
    yield
    _forget(house)


def _forget(house: House) -> None:
    with house.database.engine.begin() as connection:
        connection.execute(delete(SignInTally))
        connection.execute(delete(FamiliarPlace))


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


class Watched:
    """The real hashers, with every hash noted: in which thread it was computed."""

    def __init__(self, real: PasswordHash) -> None:
        self._real = real
        self.threads: list[str] = []

    def hash(self, password: str) -> str:
        """Compute a hash."""
        self.threads.append(threading.current_thread().name)
        return self._real.hash(password)

    def verify_and_update(self, password: str, hashed: str) -> tuple[bool, str | None]:
        """Compute a hash and compare it."""
        self.threads.append(threading.current_thread().name)
        return self._real.verify_and_update(password, hashed)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Notes the hashes that sign-in computes."""
    watched = Watched(HASHES)
    monkeypatch.setattr("rukang.base.access.accounts.sign_in.HASHES", watched)
    return watched


@pytest.mark.usefixtures("no_failures")
def test_every_sign_in_costs_one_hash_out_of_the_event_loop(visit: Visit, watched: Watched) -> None:
    """Known, unknown or closed: the same work, in a thread kept for it."""
    client = visit(None)
    for email in ("clerk@example.org", "unknown@example.org", "manager"):
        before = len(watched.threads)
        client.post("/api/v1/tokens", data=_form(email, "wrong wrong wrong"))
        client.post("/sign-in", data=_form(email, "wrong wrong wrong"), headers=HERE)
        assert len(watched.threads) == before + 2, email
    assert all(name.startswith("password") for name in watched.threads)


@pytest.mark.usefixtures("no_failures")
def test_who_has_to_wait_costs_no_hash(visit: Visit, watched: Watched) -> None:
    """Even the right password waits; the answer says how long."""
    client = visit(None)
    form = _form("second@example.org", "guess")
    codes = [client.post("/api/v1/tokens", data=form).status_code for _ in range(12)]
    assert codes == [401] * FROM_NETWORK.free + [429] * (12 - FROM_NETWORK.free)
    locked = client.post("/api/v1/tokens", data=_form("second@example.org"))
    assert locked.status_code == 429
    assert 0 < int(locked.headers["retry-after"]) <= FROM_NETWORK.longest.total_seconds()
    assert len(watched.threads) == FROM_NETWORK.free
    assert sign_in(client, "clerk@example.org")


@pytest.mark.usefixtures("no_failures")
def test_made_up_accounts_stop_nobody_at_the_same_address(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty strangers' names, hashed at little cost, then a right password from there."""
    cheap = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    monkeypatch.setattr("rukang.base.access.accounts.sign_in.HASHES", cheap)
    client = visit(None)
    for number in range(60):
        answer = client.post("/api/v1/tokens", data=_form(f"made-up-{number}@example.org", "x"))
        assert answer.status_code == 401
    assert sign_in(client, "manager@example.org")


@pytest.mark.usefixtures("no_failures")
def test_a_second_server_knows_the_failures(house: House) -> None:
    """And so does the same one after a restart."""
    with house.client() as one:
        for _ in range(FROM_NETWORK.free):
            one.post("/api/v1/tokens", data=_form("second@example.org", "guess"))
    with house.client() as other:
        answer = other.post("/api/v1/tokens", data=_form("second@example.org"))
    assert answer.status_code == 429


@pytest.mark.usefixtures("no_failures")
def test_a_known_browser_is_let_in_while_strangers_guess(visit: Visit, house: House) -> None:
    """By its device cookie; one that was not given out here is replaced."""
    client = visit(None)
    planted = {**HERE, "Cookie": f"{DEVICE_COOKIE}=planted"}
    assert client.post("/sign-in", data=_form(), headers=planted).status_code == 303
    device = client.cookies[DEVICE_COOKIE]
    assert device != "planted"
    email = "manager@example.org"
    for n in range(30):
        with suppress(guessing.LockedOutError):
            guessing.begin(house.database, email, 1, guessing.Place(f"203.0.113.{n}"))
    assert guessing.begin(house.database, email, 1, guessing.Place("100.64.0.9", device))
    with pytest.raises(guessing.LockedOutError):
        guessing.begin(house.database, email, 1, guessing.Place("100.64.0.9", "planted"))


def test_a_full_line_says_so(house: House) -> None:
    """With a moment to come back, and nothing computed for who has no place."""
    with house.client() as client:
        client.app.state.line = Line(places=0)  # type: ignore[attr-defined]
        answer = client.post("/api/v1/tokens", data=_form())
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


def test_a_network_takes_no_more_than_its_share_of_the_line() -> None:
    """Somebody from elsewhere still finds a place, and places come free again."""

    async def crowd() -> list[str]:
        line, gate = Line(workers=1, places=4, places_of_network=2), threading.Event()
        networks = ["office", "office", "office", "home", "home", "cafe"]
        asked = [asyncio.ensure_future(line.run(network, gate.wait)) for network in networks]
        await asyncio.sleep(0)
        gate.set()
        ends = await asyncio.gather(*asked, return_exceptions=True)
        assert await line.run("cafe", lambda: True)
        return [type(end).__name__ for end in ends]

    assert asyncio.run(crowd()) == [
        "bool",
        "bool",
        "LineFullError",
        "bool",
        "bool",
        "LineFullError",
    ]


@pytest.mark.usefixtures("no_failures")
def test_a_new_sign_in_ends_the_old_session_of_the_browser(visit: Visit) -> None:
    """Whoever has copied the old cookie is out."""
    client = visit(None)
    _sign_in_by_form(client)
    old = client.cookies[COOKIE]
    _sign_in_by_form(client)
    assert client.cookies[COOKIE] != old
    assert visit(None).get(ME, headers=_bearer(old)).status_code == 401


def test_a_browser_left_alone_is_signed_out_and_a_program_is_not(house: House) -> None:
    """Requests in between keep it; the moment of the last one is written once a minute at most."""
    clock = Clock()
    idle = house.settings.idle
    with house.client(clock=clock) as client:
        _sign_in_by_form(client)
        program = _bearer(sign_in(house.visitor(client, None), "clerk@example.org"))
        for _ in range(3):
            clock.turn(idle - timedelta(minutes=2))
            assert client.get("/").status_code == 200
        written: list[str] = []
        engine = client.app.state.accounts.sync_engine  # type: ignore[attr-defined]
        event.listen(engine, "before_cursor_execute", lambda *say: written.append(say[2]))
        clock.turn(timedelta(seconds=59))
        for _ in range(5):
            assert client.get("/").status_code == 200
        assert written
        assert not [statement for statement in written if "UPDATE" in statement]
        clock.turn(idle)
        assert client.get("/").status_code == 303
        assert house.visitor(client, None).get(ME, headers=program).status_code == 200
