"""Names, proxies, headers and words: what every answer has, whoever makes it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Client
from structlog.testing import capture_logs

from api.app import LARGEST_BODY, create_app
from api.auth import COOKIE
from api.gate.headers import HEADERS
from rukang.base.access import Permission, Role
from rukang.base.settings import Settings, settings
from rukang.doors.upkeep import init
from tests.api.house import PASSWORD, ROLES, Clock, House, furnished
from tests.api.test_walk import api_operations, page_operations
from tests.databases import KINDS

Visit = Callable[[str | None], Client]
FORM_OF_SIGN_IN = {"username": "clerk@example.org", "password": PASSWORD}


@pytest.fixture(scope="module", params=KINDS)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house of its own: asking for everything as everybody changes whatever it can."""
    with furnished(request.param, tmp_path_factory.mktemp("hosts")) as house:
        yield house


@pytest.fixture(scope="module")
def running(house: House) -> Iterator[TestClient]:
    """Its application, started."""
    with house.client() as client:
        yield client


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("testserver", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("testserver.", 200),
        ("evil.example", 400),
        ("testserver.evil.example", 400),
        ("evil.example:testserver", 400),
        ("", 400),
    ],
)
def test_only_our_own_names_are_answered(visit: Visit, host: str, status: int) -> None:
    """A made-up host is refused in plain words, also where a redirect would carry it on."""
    for path in ("/sign-in", "/static/rukang.css", "/api/v1/openapi.json"):
        assert visit(None).get(path, headers={"Host": host}).status_code == status
    answer = visit(None).get("/register/", headers={"Host": host}, follow_redirects=False)
    assert "evil" not in answer.headers.get("location", "")
    assert "evil" not in answer.text


def test_every_answer_carries_the_security_headers(visit: Visit, house: House) -> None:
    """Those of the framework, of the size limit, of a failure and of static files too."""
    large = b"x" * (LARGEST_BODY + 1)
    client = visit("manager")
    answers = {
        200: client.get("/"),
        303: visit(None).get("/homes/ZP001"),
        400: client.get("/", headers={"Host": "evil.example"}),
        401: visit(None).get("/api/v1/homes"),
        403: client.post("/api/v1/homes/ZP001/payroll-runs", json={"month": "2026-11"}),
        404: client.get("/static/nothing.css"),
        405: client.put("/api/v1/homes"),
        413: client.post("/api/v1/tokens", content=large),
        422: client.get("/api/v1/homes/ZP001/staff?size=0"),
    }
    with TestClient(house.client().app, raise_server_exceptions=False) as broken:
        broken.app.state.line = None  # type: ignore[attr-defined]
        answers[500] = broken.post("/api/v1/tokens", data=FORM_OF_SIGN_IN)
    for status, answer in answers.items():
        assert answer.status_code == status
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (status, name)
        assert "cache-control" in answer.headers


def _behind(house: House, peer: str, *proxies: str, subdomains: bool = False) -> TestClient:
    here = replace(house.settings, proxies=proxies, hsts_subdomains=subdomains)
    return TestClient(create_app(here, Clock()), follow_redirects=False, client=(peer, 50000))


FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


def test_forwarded_headers_count_from_named_proxies_only(house: House) -> None:
    """Any other local program may write what it likes into them."""
    for peer, proxies, tls in (
        ("127.0.0.1", (), False),
        ("127.0.0.1", ("10.0.0.1",), False),
        ("10.0.0.1", ("10.0.0.1",), True),
        ("10.0.0.77", ("10.0.0.0/24",), True),
    ):
        with _behind(house, peer, *proxies) as client, capture_logs() as logged:
            client.get("/sign-in")
            wrong = {**FORM_OF_SIGN_IN, "username": f"{peer}{tls}@example.org"}
            answer = client.post("/api/v1/tokens", data=wrong, headers=FORWARDED)
        assert ("strict-transport-security" in answer.headers) is tls
        network = next(each["network"] for each in logged if each["event"] == "sign-in refused")
        assert (network == "203.0.113.9") is tls


def test_behind_tls_the_cookie_is_bound_to_this_host(house: House) -> None:
    """Another host, or plain HTTP, can neither set nor overwrite it."""
    origin = {"Origin": "https://testserver"}
    with _behind(house, "10.0.0.1", "10.0.0.1", subdomains=True) as client:
        headers = {**FORWARDED, **origin}
        answer = client.post("/sign-in", data=FORM_OF_SIGN_IN, headers=headers)
        cookies = answer.headers.get_list("set-cookie")
        assert answer.status_code == 303
        assert all(c.startswith("__Host-") and "Secure" in c and "Path=/" in c for c in cookies)
        assert not any("domain=" in c.lower() for c in cookies)
        assert "includeSubDomains" in answer.headers["strict-transport-security"]
        token = cookies[0].partition("=")[2].partition(";")[0]
        for name, status in ((f"__Host-{COOKIE}", 200), (COOKIE, 303)):
            client.cookies.clear()
            sent = {**FORWARDED, "Cookie": f"{name}={token}"}
            assert client.get("/", headers=sent).status_code == status


def test_the_origin_counts_with_its_scheme(visit: Visit) -> None:
    """What somebody in between serves over plain HTTP is another site."""
    for origin in ("https://testserver", "http://testserver:81", "//testserver", "testserver"):
        answer = visit(None).post("/sign-in", data=FORM_OF_SIGN_IN, headers={"Origin": origin})
        assert answer.status_code == 403, origin


@pytest.mark.drawn
@pytest.mark.parametrize("who", [None, *ROLES, "nobody"])
def test_no_refusal_names_a_permission_or_a_command(
    visit: Visit, house: House, who: str | None
) -> None:
    """Every route and page, asked by every role, as it is and about a home that does not exist."""
    client = visit(who)
    words = [permission.value for permission in Permission if ":" in permission.value]
    refusals = 0
    for call in [*api_operations(client, house.ids), *page_operations(house.ids)]:
        if call.name in {"revoke_token", "sign_out"}:
            continue
        for asked in (call, call.aimed({"code": "ZP999"})):
            answer = asked.send(client)
            if answer.status_code >= 400:
                refusals += 1
                assert not [word for word in words if word in answer.text], (asked, answer.text)
                assert "rukang " not in answer.text.replace("/static/rukang", ""), asked
    assert refusals > (0 if who == "administrator" else 10)


def test_every_permission_has_words() -> None:
    """A refusal under a new one would fail otherwise."""
    assert all(of.words.zh for of in Permission)


def test_refusals_are_logged_without_personal_data(visit: Visit) -> None:
    """Who and which route, and nothing of what was asked for."""
    with capture_logs() as logged:
        visit(None).get("/api/v1/homes/ZP001/staff?secret=1")
        visit("elsewhere").get("/api/v1/homes/ZP001/staff?secret=1")
        visit("clerk").post("/api/v1/homes/ZP001/rosters", json={"month": "2026-12"})
    refused = [each for each in logged if each["event"] == "refused"]
    assert [each["status"] for each in refused] == [401, 404, 403]
    assert [bool(each["account"]) for each in refused] == [False, True, True]
    assert all("{code}" in each["route"] for each in refused)
    assert "ZP001" not in repr(refused)
    assert "secret" not in repr(refused)
    assert "example.org" not in repr(refused)


def test_settings_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with its default, and in words where one cannot be used."""
    monkeypatch.delenv("RUKANG_DATABASE_URL", raising=False)
    plain = settings(tmp_path)
    assert plain.hosts == Settings.hosts
    assert plain.proxies == ()
    for name, value in {
        "RUKANG_HOSTS": "rukang.example.org, 192.0.2.1",
        "RUKANG_PROXIES": "192.0.2.2,10.0.0.0/8",
        "RUKANG_HSTS_SUBDOMAINS": "on",
        "RUKANG_IDLE_MINUTES": "30",
        "RUKANG_SECOND_FACTOR": "officer,clerk",
    }.items():
        monkeypatch.setenv(name, value)
    given = settings(tmp_path)
    assert given.hosts == ("rukang.example.org", "192.0.2.1")
    assert given.proxies == ("192.0.2.2", "10.0.0.0/8")
    assert (given.hsts_subdomains, given.idle.total_seconds()) == (True, 1800)
    assert given.second_factor_roles == {Role.OFFICER, Role.CLERK}
    for name, value in (("RUKANG_IDLE_MINUTES", "soon"), ("RUKANG_SECOND_FACTOR", "king")):
        with monkeypatch.context() as patched:
            patched.setenv(name, value)
            with pytest.raises(Exception, match=name):
                settings(tmp_path)


def test_serving_beyond_this_machine_warns(tmp_path: Path) -> None:
    """Before anything is answered, with what to do about it."""
    data = tmp_path / "rukang-data"
    init(Settings(data, f"sqlite:///{data / 'rukang.sqlite'}")).close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    command = [sys.executable, "-c", SERVE, "--host", EVERYWHERE, "--port", str(port)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "TLS" in done.stderr
    assert "RUKANG_PROXIES" in done.stderr
    assert "RUKANG_HOSTS" in done.stderr


EVERYWHERE = "0.0.0.0"  # noqa: S104

SERVE = """
import sys, uvicorn
uvicorn.run = lambda *_, **how: sys.exit(how["proxy_headers"])
from rukang.__main__ import main
sys.argv[1:] = ["serve", *sys.argv[1:]]
main()
"""
"""The command as it is, ending where the server would begin."""
