"""``rukang account``: who may sign in, from making an account to closing it."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from rukang.base.access import Database, Permission
from rukang.base.access.accounts import HASHES, caller_of, find_account, set_password_by_link
from rukang.base.access.accounts.sessions import open_session
from rukang.base.access.records import AccessToken, PasswordLink, SessionKind
from rukang.base.database.audit import AuditEntry
from rukang.base.settings import Settings
from rukang.doors.upkeep import bring_up
from rukang.work.employment import Employer
from tests.rukang.doors.cli.conftest import Rukang, Said

PASSWORD = "four words in a row"
Make = Callable[..., Said]


@pytest.fixture
def make(rukang: Rukang, home: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes accounts, with the password on standard input."""

    def made(*words: str, command: tuple[str, ...] = ("account", "make")) -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
        return rukang(*command, *words, "--name", "示例人", "--password-file", "-")

    return made


@pytest.fixture
def database(home: Path) -> Database:
    """The installation's database, beside the commands."""
    return bring_up(Settings(home, f"sqlite:///{home / 'rukang.sqlite'}"))


def test_an_account_has_a_role_in_a_place(make: Make) -> None:
    """The administrator is bound to no place; everybody else to a home or a region."""
    assert make("a@example.org", "--role", "administrator").code == 0
    assert make("m@example.org", "--home", "ZP001").code == 0
    assert "须写明范围" in make("n@example.org").err
    assert "只能写一个" in make("n@example.org", "--home", "ZP001", "--region", "371600").err
    assert "6 位数字" in make("n@example.org", "--region", "邹平").err
    assert "没有编号为" in make("n@example.org", "--home", "ZP999").err
    assert "已有账号" in make("m@example.org", "--home", "ZP001").err
    assert make("o@example.org", "--home", "ZP001", command=("db", "account")).code == 0


def test_a_wage_clerk_acts_for_an_employer(make: Make, rukang: Rukang, database: Database) -> None:
    """By its credit code, listed with it, taken away again; other roles are not given so."""
    with database.session() as session:
        uscc = session.scalars(select(Employer.uscc)).first()
    assert uscc
    assert make("e@example.org", "--role", "clerk", "--employer", uscc).code == 0
    assert (
        "范围不能是“用工单位”" in make("f@example.org", "--role", "manager", "--employer", uscc).err
    )
    assert (
        "没有统一社会信用代码" in make("g@example.org", "--role", "clerk", "--employer", "9X").err
    )
    both = ("--role", "clerk", "--employer", uscc, "--home", "ZP001")
    assert "只能写一个" in make("h@example.org", *both).err
    with database.session() as session:
        held = caller_of(find_account(session, "e@example.org")).scope(Permission.PAY_WRITE)
        assert (len(held.employer_ids), held.home_ids, held.everything) == (1, frozenset(), False)
    taken = ("account", "revoke-role", "e@example.org", "--role", "clerk", "--employer", uscc)
    assert rukang(*taken).code == 0
    with database.session() as session:
        assert caller_of(find_account(session, "e@example.org")).grants == ()


def test_no_command_takes_a_password_as_a_word(rukang: Rukang, home: Path) -> None:
    """Others on the machine can read the words of a command."""
    for command in (("account", "make"), ("db", "account")):
        words = (*command, "a@example.org", "--home", "ZP001", "--name", "示例人")
        refused = rukang(*words, "--password", PASSWORD)
        assert refused.code == 2
        assert PASSWORD not in refused.err


def test_a_bad_password_is_refused_without_being_shown(
    rukang: Rukang, home: Path, tmp_path: Path
) -> None:
    """From a file, as a script gives it."""
    file = tmp_path / "password.txt"
    file.write_text("zhangsan2024\n")
    words = ("account", "make", "a@example.org", "--home", "ZP001", "--name", "示例人")
    refused = rukang(*words, "--password-file", file)
    assert refused.code == 1
    assert "拼音姓名" in refused.err
    assert "zhangsan2024" not in refused.err
    file.write_text("")
    assert "没有读到密码" in rukang(*words, "--password-file", file).err


def test_a_closed_account_is_signed_out_and_opens_again(
    rukang: Rukang, make: Make, database: Database
) -> None:
    """Sessions end at once and do not come back."""
    make("a@example.org", "--role", "administrator")
    make("m@example.org", "--home", "ZP001")
    _sign_in(database, "m@example.org")
    assert "127.0.0.1" in rukang("account", "sessions", "m@example.org").out
    assert rukang("account", "close", "m@example.org").code == 0
    assert _sessions(database) == 0
    assert "closed" in rukang("account", "list").out
    assert rukang("account", "reopen", "m@example.org").code == 0
    assert _sessions(database) == 0
    assert "closed" not in rukang("account", "list").out


def test_the_last_administrator_stays(rukang: Rukang, make: Make) -> None:
    """Closed or without the role, nobody could let anybody in."""
    make("a@example.org", "--role", "administrator")
    administrator = ("--role", "administrator")
    assert "唯一可用的管理员" in rukang("account", "close", "a@example.org").err
    assert "唯一" in rukang("account", "revoke-role", "a@example.org", *administrator).err
    make("b@example.org", *administrator)
    assert rukang("account", "revoke-role", "a@example.org", *administrator).code == 0
    assert "唯一" in rukang("account", "close", "b@example.org").err


def test_roles_are_given_and_taken(rukang: Rukang, make: Make) -> None:
    """Each in its place; one that is not held is told."""
    make("m@example.org", "--home", "ZP001")
    clerk = ("--role", "clerk", "--region", "371681")
    assert rukang("account", "grant", "m@example.org", *clerk).code == 0
    assert "clerk 371681" in rukang("account", "list").out
    assert rukang("account", "revoke-role", "m@example.org", *clerk).code == 0
    assert "clerk 371681" not in rukang("account", "list").out
    assert (
        "没有工资专员（clerk）角色" in rukang("account", "revoke-role", "m@example.org", *clerk).err
    )
    assert "没有邮箱为" in rukang("account", "grant", "x@example.org", *clerk).err


def test_a_link_sets_a_password_once(rukang: Rukang, make: Make, database: Database) -> None:
    """The newest one; the sessions from before end, and only a digest is kept."""
    make("m@example.org", "--home", "ZP001")
    _sign_in(database, "m@example.org")
    first, token = (
        _token(rukang("account", "reset", "m@example.org", "--site", "https://x.example"))
        for _ in range(2)
    )
    with database.session() as session:
        assert token not in set(session.scalars(select(PasswordLink.digest)))
    for spent, works in ((first, False), (token, True), (token, False)):
        with database.session() as session:
            if works:
                set_password_by_link(session, spent, "five words in one row")
            else:
                with pytest.raises(Exception, match="已用过或已过期"):
                    set_password_by_link(session, spent, "five words in one row")
    with database.session() as session:
        account = find_account(session, "m@example.org")
        assert HASHES.verify("five words in one row", account.hashed_password)
    assert _sessions(database) == 0


def test_an_account_may_be_made_with_a_link(rukang: Rukang, home: Path, database: Database) -> None:
    """Nobody but the person knows the password then."""
    words = ("account", "make", "n@example.org", "--home", "ZP001", "--name", "示例人", "--link")
    token = _token(rukang(*words))
    with database.session() as session:
        assert find_account(session, "n@example.org").hashed_password == ""
        set_password_by_link(session, token, PASSWORD)


def test_sessions_of_others_are_ended(rukang: Rukang, make: Make, database: Database) -> None:
    """All of one account; how many is told."""
    make("m@example.org", "--home", "ZP001")
    make("n@example.org", "--home", "ZP001")
    for email in ("m@example.org", "m@example.org", "n@example.org"):
        _sign_in(database, email)
    assert "2 处登录" in rukang("account", "end-sessions", "m@example.org").out
    assert _sessions(database) == 1


def _sign_in(database: Database, email: str) -> None:
    with database.session() as session:
        open_session(session, find_account(session, email), SessionKind.BROWSER, "127.0.0.1")


def _sessions(database: Database) -> int:
    with database.session() as session:
        return len(session.scalars(select(AccessToken.id)).all())


def _token(said: Said) -> str:
    found = re.search(r"/password/new\?token=(\S+)", said.out)
    assert found, said
    return found[1]


def test_who_closed_an_account_is_on_record(rukang: Rukang, make: Make, database: Database) -> None:
    """The account named with ``--as``; a stranger is refused."""
    make("a@example.org", "--role", "administrator")
    make("m@example.org", "--home", "ZP001")
    assert rukang("--as", "x@example.org", "account", "close", "m@example.org").code == 1
    assert rukang("--as", "a@example.org", "account", "close", "m@example.org").code == 0
    with database.session() as session:
        closed = select(AuditEntry.actor).where(
            AuditEntry.table == "account", AuditEntry.action == "update"
        )
        assert session.scalars(closed).all()[-1] == "a@example.org"
