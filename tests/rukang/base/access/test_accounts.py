"""Accounts and their grants."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi_users.password import PasswordHelper
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from rukang.base.access import Caller, Database, Grant, Reach, Role
from rukang.base.access.accounts import caller_of, create_account, grant, refuse_reach
from rukang.base.access.records import Account, AccountRole
from rukang.base.access.roles import OWN
from rukang.base.database.audit import AuditEntry
from rukang.base.errors import ConflictError, InvalidError
from tests.factories import a_home, a_resident

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


@pytest.mark.parametrize("role", Role)
def test_a_role_is_held_over_what_it_is_for(empty_database: Database, role: Role) -> None:
    """And over nothing else; the refusal says in both languages over what it is."""
    overs: tuple[dict[str, Any], ...] = (
        {}, {"home_id": 1}, {"region": "371600"}, {"employer_id": 1}, {"person_id": 1},
    )  # fmt: skip
    grants = [Grant(role, **over) for over in overs]
    assert {given.reach for given in grants} >= role.reaches
    for given in grants:
        if given.reach in role.reaches:
            refuse_reach(given)
            continue
        with pytest.raises(InvalidError) as refused:
            refuse_reach(given)
        assert all(reach.words.zh in refused.value.zh for reach in role.reaches)
        assert all(reach.words.en in refused.value.en for reach in role.reaches)


@pytest.mark.parametrize("role", Role)
def test_a_role_says_what_it_is(role: Role) -> None:
    """A name that fits its column, two words, a permission; `public` is none of an account."""
    assert Role(role.value) is role
    assert len(role.value) <= AccountRole.__table__.c.role.type.length  # type: ignore[attr-defined]
    assert role.zh
    assert role.en
    assert role.permissions
    assert role.reaches
    assert role.value != "public"


def test_own_records_are_nobody_elses() -> None:
    """Who holds a role over persons reads what is on record of them, and nothing beyond."""
    for role in Role:
        personal = bool(role.reaches & {Reach.OWN, Reach.PERSON})
        assert personal is bool(role.permissions & OWN)
        assert role.permissions <= OWN or not personal


def test_an_account_is_one_persons(empty_database: Database) -> None:
    """Two roles of one person, not of two; and nobody is their own guardian."""
    with empty_database.session() as session:
        home = a_home(session)
        one, other = (a_resident(session, home, code).person_id for code in ("R01", "R02"))
        own = [Grant(Role.WORKER, person_id=one), Grant(Role.STAFF, person_id=one)]
        account = create_account(session, "w@example.org", "示例人", GOOD, own)
        with pytest.raises(InvalidError, match="one person's"):
            grant(session, account, Grant(Role.WORKER, person_id=other))
        with pytest.raises(InvalidError, match="own guardian"):
            grant(session, account, Grant(Role.GUARDIAN, person_id=one))
        grant(session, account, Grant(Role.GUARDIAN, person_id=other))
        assert len(caller_of(account).grants) == 3


def test_a_role_that_is_none_is_kept_out_of_the_database(empty_database: Database) -> None:
    """The column is plain text; the closed list is that of the program."""
    with empty_database.session() as session:
        account = create_account(session, "a@example.org", "示例人", GOOD, [])
        account.roles.append(AccountRole(role="public"))
        with pytest.raises(StatementError, match="public"):
            session.flush()
        session.expunge_all()
