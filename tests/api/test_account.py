"""One's own account: password, sessions, second factor, by page and by API; and password links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from fastapi.testclient import TestClient
from httpx import Client
from sqlalchemy import delete, select

from api.app import create_app
from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account, find_account, make_link
from rukang.base.access.accounts.second_factor import STEP_SECONDS, take_code
from rukang.base.access.records import (
    FamiliarPlace,
    PasswordLink,
    RecoveryCode,
    SecondFactor,
    SignInTally,
)
from rukang.base.database.audit import AuditEntry
from tests.api.house import PASSWORD, Clock, House

Visit = Callable[[str | None], Client]
HERE = {"Origin": "http://testserver"}
NEW = "violin 拖鞋 turnip 竹筐"


@pytest.fixture
def clock() -> Clock:
    """The clock of the application below."""
    return Clock()


class Person:
    """Somebody with an account of their own."""

    def __init__(self, house: House, client: Client) -> None:
        self.client = client
        self.house = house
        self.email = f"own{next(_numbers)}@example.org"
        with house.database.session() as session:
            create_account(session, self.email, "示例人", PASSWORD, [Grant(Role.CLERK, home_id=1)])

    def sign_in(self, password: str = PASSWORD, code: str = "") -> int:
        """Sign in on the page; return the status: 303 is success."""
        form = {"username": self.email, "password": password, "code": code}
        return self.client.post("/sign-in", data=form, headers=HERE).status_code

    def token(self, password: str = PASSWORD, code: str = "") -> dict[str, str]:
        """Return the headers of a program that is signed in."""
        form = {"username": self.email, "password": password, "code": code}
        program = self.house.visitor(self.client, None)
        answer = program.post("/api/v1/tokens", data=form).raise_for_status().json()
        return {"Authorization": f"Bearer {answer['access_token']}"}

    def post(self, path: str, **form: str) -> tuple[int, str]:
        """Send a form of the page; return status and text."""
        answer = self.client.post(path, data=form, headers=HERE)
        return answer.status_code, answer.text


_numbers = iter(range(10_000))
ME = "/api/v1/account"


@pytest.fixture
def person(house: House, clock: Clock) -> Iterator[Person]:
    """Somebody with an account, in a browser, on a server whose clock can be turned."""
    with house.client(clock) as client:
        yield Person(house, client)
    with house.database.engine.begin() as connection:
        connection.execute(delete(SignInTally))
        connection.execute(delete(FamiliarPlace))


def _codes(secret: str, clock: Clock) -> str:
    return pyotp.TOTP(secret).at(clock.now)


def _enrol(person: Person, clock: Clock) -> tuple[str, list[str]]:
    """Turn the second factor on by the page; return the secret and the recovery codes."""
    assert person.sign_in() == 303
    assert person.post("/account/second-factor", password=PASSWORD)[0] == 303
    page = person.client.get("/account").text
    assert "<svg" in page
    assert "style=" not in page
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret
    status, text = person.post("/account/second-factor/confirm", code=_codes(secret[1], clock))
    assert status == 200
    return secret[1], re.findall(r"<code>((?:[A-Z2-7]{4}-){3}[A-Z2-7]{4})</code>", text)


def test_the_password_is_changed_with_the_old_one_only(person: Person) -> None:
    """On the page: every other session ends, this one goes on, the new password counts."""
    program = person.token()
    assert person.sign_in() == 303
    status, text = person.post("/account/password", old="wrong wrong wrong", new=NEW)
    assert (status, "邮箱或密码不正确" in text) == (401, True)
    status, text = person.post("/account/password", old=PASSWORD, new="zhangsan2024")
    assert (status, "拼音姓名" in text, "zhangsan2024" in text) == (422, True, False)
    assert person.post("/account/password", old=PASSWORD, new=NEW)[0] == 303
    assert person.client.get("/account").status_code == 200
    assert person.house.visitor(person.client, None).get(ME, headers=program).status_code == 401
    assert person.sign_in() == 401
    assert person.sign_in(NEW) == 303


def test_a_program_changes_the_password_too(person: Person) -> None:
    """Its own token goes on."""
    program, other = person.token(), person.token()
    wrong = {"old": "wrong wrong wrong", "new": NEW}
    assert person.client.post(f"{ME}/password", json=wrong, headers=program).status_code == 401
    right = {"old": PASSWORD, "new": NEW}
    assert person.client.post(f"{ME}/password", json=right, headers=program).status_code == 204
    assert person.client.get(ME, headers=program).status_code == 200
    assert person.client.get(ME, headers=other).status_code == 401


def test_guessing_the_old_password_is_stopped(person: Person) -> None:
    """Whoever found a browser open cannot try passwords there without end."""
    assert person.sign_in() == 303
    statuses = [person.post("/account/password", old="guess", new=NEW)[0] for _ in range(15)]
    assert statuses[-1] == 429


def test_sessions_are_listed_and_ended(person: Person, visit: Visit) -> None:
    """One, or all others; nobody else's."""
    first, second = person.token(), person.token()
    listed = person.client.get(f"{ME}/sessions", headers=first).json()
    assert [each["current"] for each in listed].count(True) == 1
    other = next(each["id"] for each in listed if not each["current"])
    assert visit("manager").delete(f"{ME}/sessions/{other}").status_code == 404
    assert person.client.delete(f"{ME}/sessions/{other}", headers=first).status_code == 204
    assert person.client.get(ME, headers=second).status_code == 401
    third = person.token()
    assert person.sign_in() == 303
    assert person.client.get("/account").text.count("/end") == 3
    assert person.post("/account/sessions/end")[0] == 303
    page = person.house.visitor(person.client, None)
    assert page.get(ME, headers=third).status_code == 401
    assert person.client.get("/account").status_code == 200


def test_a_second_factor_is_asked_for_once_it_is_on(person: Person, clock: Clock) -> None:
    """On the page and for programs; a code works once, in one step beside the present one too."""
    secret, codes = _enrol(person, clock)
    assert len(codes) == 10
    assert person.sign_in() == 401
    assert person.sign_in(code=_codes(secret, clock)) == 401, "the code that confirmed it"
    clock.turn(timedelta(seconds=STEP_SECONDS))
    late = _codes(secret, clock)
    clock.turn(timedelta(seconds=STEP_SECONDS))
    assert person.sign_in(code=late) == 303
    assert person.sign_in(code=late) == 401
    assert person.token(code=_codes(secret, clock))
    clock.turn(timedelta(minutes=20))
    assert person.sign_in(code=late) == 401
    assert person.token(code=codes[0].lower())
    assert person.sign_in(code=codes[0]) == 401
    assert person.sign_in(code=codes[1]) == 303
    assert "还剩 8 个" in person.client.get("/account").text


def test_a_wrong_password_is_told_before_a_code_is_asked_for(person: Person, clock: Clock) -> None:
    """The word about the code tells that the password is right, so it needs the right one."""
    _enrol(person, clock)
    form = {"username": person.email, "password": "wrong wrong wrong", "code": "000000"}
    assert "邮箱或密码不正确" in person.client.post("/sign-in", data=form, headers=HERE).text
    form["password"] = PASSWORD
    assert "两步验证" in person.client.post("/sign-in", data=form, headers=HERE).text


def test_of_two_at_once_with_one_code_one_gets_in(person: Person, clock: Clock) -> None:
    """By the telephone's code and by a recovery code."""
    secret, codes = _enrol(person, clock)
    clock.turn(timedelta(seconds=STEP_SECONDS))
    database = person.house.settings.open(clock)
    with database.session() as session:
        account = find_account(session, person.email).id
    for code in (_codes(secret, clock), codes[0]):
        with ThreadPoolExecutor(6) as pool:
            taken = list(pool.map(lambda _, c=code: take_code(database, account, c), range(6)))
        assert taken.count(True) == 1
    database.close()


def test_neither_secret_nor_codes_lie_in_clear(person: Person, clock: Clock) -> None:
    """Nor in the audit trail."""
    secret, codes = _enrol(person, clock)
    with person.house.database.session() as session:
        kept = repr(
            [
                *session.execute(select(SecondFactor.totp_cipher)),
                *session.execute(select(RecoveryCode.digest)),
                *session.execute(select(AuditEntry.before, AuditEntry.after)),
            ]
        )
    assert secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_the_second_factor_is_removed_with_password_and_code(person: Person, clock: Clock) -> None:
    """Then the password is enough again, and the recovery codes are gone."""
    _, codes = _enrol(person, clock)
    assert person.post("/account/second-factor/remove", password=PASSWORD, code="123")[0] == 401
    remove = {"password": PASSWORD, "code": codes[0]}
    assert person.post("/account/second-factor/remove", **remove)[0] == 303
    assert person.sign_in() == 303


def test_a_role_may_be_bound_to_a_second_factor(house: House, clock: Clock) -> None:
    """Until it is on, the account sees its own page and nothing else."""
    settings = replace(house.settings, second_factor_roles=frozenset({Role.CLERK}))
    with TestClient(create_app(settings, clock), follow_redirects=False) as client:
        person = Person(house, client)
        assert person.sign_in() == 303
        for path in ("/", "/homes/ZP001", "/api/v1/homes"):
            assert client.get(path).status_code == 403
        assert "须先启用两步验证" in client.get("/account").text
        _enrol(person, clock)
        assert client.get("/").status_code == 200


def test_a_password_link_works_once_and_for_a_while(person: Person, clock: Clock) -> None:
    """On the page; a refused password leaves it good, and sessions from before end."""
    program = person.token()
    with person.house.database.session() as session:
        account = find_account(session, person.email)
        token = make_link(session, account, timedelta(hours=2))
        assert token not in set(session.scalars(select(PasswordLink.digest)))
    assert person.email in person.client.get("/password/new", params={"token": token}).text
    weak = {"token": token, "password": "rukang2026!"}
    assert person.post("/password/new", **weak)[0] == 422
    assert person.post("/password/new", token=token, password=NEW)[0] == 303
    assert person.client.get(ME, headers=program).status_code == 401
    assert person.post("/password/new", token=token, password=NEW)[0] == 404
    assert person.sign_in(NEW) == 303
    with person.house.database.session() as session:
        account = find_account(session, person.email)
        token = make_link(session, account, timedelta(hours=2))
    clock.turn(timedelta(hours=2))
    assert person.client.get("/password/new", params={"token": token}).status_code == 404
