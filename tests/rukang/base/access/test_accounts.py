"""Accounts and their grants."""

from __future__ import annotations

import pytest
from fastapi_users.password import PasswordHelper
from sqlalchemy import select

from rukang.base.access import Caller, Database, Grant, Role
from rukang.base.access.accounts import caller_of, create_account, grant
from rukang.base.access.records import Account
from rukang.base.database.audit import AuditEntry
from rukang.base.errors import ConflictError, InvalidError

GOOD = "梨树 bridge 七点半"


def test_an_account_is_a_caller_with_its_grants(empty_database: Database) -> None:
    """The address in lower case becomes the caller's name; a role given twice is held once."""
    officer = Grant(Role.OFFICER, region="371600")
    with empty_database.session() as session:
        create_account(session, " Clerk@Example.org ", "示例人", GOOD, [officer])
    with empty_database.session() as session:
        account = session.scalars(select(Account)).one()
        grant(session, account, officer)
        grant(session, account, Grant(Role.CLERK))
        assert caller_of(account) == Caller("clerk@example.org", (officer, Grant(Role.CLERK)))


def test_the_hash_is_one_fastapi_users_accepts(empty_database: Database) -> None:
    """Sign-in checks the hash with fastapi-users' own helper."""
    with empty_database.session() as session:
        account = create_account(session, "a@example.org", "示例人", GOOD, [])
    helper = PasswordHelper()
    assert helper.verify_and_update(GOOD, account.hashed_password) == (True, None)
    assert not helper.verify_and_update(GOOD + "!", account.hashed_password)[0]


def test_making_an_account_is_audited_without_the_hash(empty_database: Database) -> None:
    """Who was let in is on record, the password in no form."""
    with empty_database.session() as session:
        create_account(session, "a@example.org", "示例人", GOOD, [Grant(Role.CLERK)])
    with empty_database.session() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[1:]
    assert [entry.table for entry in entries] == ["account", "account_role"]
    assert "hashed_password" not in (entries[0].after or {})


def test_an_address_has_one_account(empty_database: Database) -> None:
    """Whatever the case it is written in."""
    with empty_database.session() as session:
        create_account(session, "a@example.org", "示例人", GOOD, [])
    with pytest.raises(ConflictError, match=r"a@example\.org"), empty_database.session() as session:
        create_account(session, "A@EXAMPLE.ORG", "示例人", GOOD, [])


@pytest.mark.parametrize("address", ["", "nobody", "a@", "a b@example.org"])
def test_what_is_no_address_is_refused(empty_database: Database, address: str) -> None:
    """The message shows what was given and how an address looks."""
    with (
        pytest.raises(InvalidError, match=r"name@example\.org"),
        empty_database.session() as session,
    ):
        create_account(session, address, "示例人", GOOD, [])
