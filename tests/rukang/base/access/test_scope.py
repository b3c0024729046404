"""Sessions see only the homes and regions of their caller."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.access.scope import seeing_all
from rukang.base.database.base import Base, OfHome
from rukang.bodies import OfBody
from rukang.bodies.homes import Home
from rukang.people import Person, Staff
from rukang.rosters import LeaveDay
from rukang.stars.inspections import Inspection, Reason, Stage
from rukang.stars.ratings.records import EditionText
from tests.factories import a_home, a_member_of_staff

IMPORTING_LATE = """
import sys
from cryptography.fernet import Fernet
from sqlalchemy import select
from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.database.sealing.vault import Vault
from rukang.bodies.homes import Home

database = Database(sys.argv[1], Vault([Fernet.generate_key().decode()]))
manager = Caller("m", (Grant(Role.MANAGER, home_id=1),))
with database.session(manager, Permission.PEOPLE_READ) as session:
    session.scalars(select(Home.code)).all()
    from rukang.rosters.records import LeaveDay
    print(session.scalars(select(LeaveDay.home_id)).all())
"""

HOMES = {"ZP001": "371681", "BC001": "371602", "JN001": "370102"}


@pytest.fixture
def three_homes(empty_database: Database) -> Database:
    """Homes in 邹平, 滨城 and another city, each with one member of staff."""
    with empty_database.session() as session:
        for code, county in HOMES.items():
            a_member_of_staff(session, a_home(session, code=code, county=county))
    return empty_database


def _seen(database: Database, caller: Caller, permission: Permission) -> list[str]:
    with database.session(caller, permission) as session:
        return sorted(session.scalars(select(Home.code)))


@pytest.mark.parametrize(
    ("grant", "codes"),
    [
        (Grant(Role.MANAGER, home_id=1), ["ZP001"]),
        (Grant(Role.OFFICER, region="371681"), ["ZP001"]),
        (Grant(Role.OFFICER, region="371600"), ["BC001", "ZP001"]),
        (Grant(Role.OFFICER, region="370000"), ["BC001", "JN001", "ZP001"]),
        (Grant(Role.ADMINISTRATOR), ["BC001", "JN001", "ZP001"]),
    ],
)
def test_a_grant_opens_its_home_or_region(
    three_homes: Database, grant: Grant, codes: list[str]
) -> None:
    """A home, a county, a city, a province, or everything."""
    assert _seen(three_homes, Caller("c", (grant,)), Permission.HOMES_READ) == codes


def test_a_session_sees_everything_for_a_while_alone(three_homes: Database) -> None:
    """What is done to a record as a whole; afterwards, failed or not, it is narrow as before."""
    manager = Caller("m", (Grant(Role.MANAGER, home_id=1),))
    codes = select(Home.code).order_by(Home.code)
    with three_homes.session(manager, Permission.HOMES_READ) as session:
        with seeing_all(session):
            assert session.scalars(codes).all() == ["BC001", "JN001", "ZP001"]
            with seeing_all(session):  # what is done within may ask for the same
                pass
            assert session.scalars(codes).all() == ["BC001", "JN001", "ZP001"]
        assert session.scalars(codes).all() == ["ZP001"]
        with pytest.raises(NoResultFound), seeing_all(session):
            session.get_one(Home, 999)
        assert session.scalars(codes).all() == ["ZP001"]


def test_without_the_permission_nothing_is_seen(three_homes: Database) -> None:
    """A role opens only what it is for; no grant opens nothing."""
    inspector = Caller("i", (Grant(Role.INSPECTOR, home_id=1),))
    assert _seen(three_homes, inspector, Permission.HOMES_READ) == ["ZP001"]
    assert _seen(three_homes, inspector, Permission.PAY_READ) == []
    assert _seen(three_homes, Caller("nobody"), Permission.HOMES_READ) == []


def test_people_counts_and_lookups_are_narrowed_too(three_homes: Database) -> None:
    """Not only lists: identity lookups, joins and counts."""
    manager = Caller("m", (Grant(Role.MANAGER, home_id=1),))
    with three_homes.session(manager, Permission.PEOPLE_WRITE) as session:
        assert session.scalar(select(func.count(Staff.id))) == 1
        assert session.get(Staff, 2) is None
        assert len(session.scalars(select(Person)).all()) == 1
        joined = select(Home.code).join(Staff, Staff.home_id == Home.id)
        assert session.scalars(joined).all() == ["ZP001"]


def test_a_room_imported_while_the_session_is_open_is_narrowed_too(three_homes: Database) -> None:
    """In a process of its own, since this one has imported every room."""
    with three_homes.session() as session:
        for staff in session.scalars(select(Staff)).all():
            day = date(2026, 10, 1)
            session.add(LeaveDay(home_id=staff.home_id, staff_id=staff.id, day=day, kind="年休假"))
    command = [sys.executable, "-c", IMPORTING_LATE, three_homes.url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[1]"


def test_every_table_that_is_not_common_belongs_to_a_home() -> None:
    """A new table is scoped unless it is listed here, with a reason."""
    common = {
        "body",  # narrowed by its own id or county
        "home",  # a body
        "person",  # narrowed through staff and residents
        "death",  # narrowed through the person, like the next six
        "identifier",
        "disability",
        "guardian",
        "consent",
        "person_merge",  # of the file kept
        "two_people",  # of both
        "employer",  # narrowed through employments
        "account",  # read only while signing in, and by administrators
        "account_role",
        "access_token",
        "second_factor",  # of accounts, like the next four
        "recovery_code",
        "password_link",
        "familiar_place",
        "sign_in_tally",
        "audit_entry",  # no service reads it out to callers
        "audit_head",  # one row, about no home
        "edition_text",  # documents of criteria, about no home
        "own_edition",  # which of them are in force here
        "pay_files",  # shown to whoever ordered them, under the grants of the moment
        "pay_file",  # of an order
        "inspector",  # the federation's people, about no home
        "sealing_key",  # fingerprints of the installation's keys
        "course_text",  # texts of procedures, about no home
        "case_file",  # narrowed by home and place, and to whom has a part (tests of cases)
        "case_event",  # with their case, like the next four
        "case_step",
        "case_clock",
        "case_part",
        "case_paper",
        "paper",  # narrowed by home and place
        "visit_plan",  # shown to whoever may see every home in it
    }
    free = {
        m.class_.__tablename__
        for m in Base.registry.mappers
        if not issubclass(m.class_, (OfHome, OfBody))
    }
    assert free == common


def test_a_home_loaded_beside_its_records_is_narrowed_too(three_homes: Database) -> None:
    """A join that loads the home along with a record gives it another name."""
    with three_homes.session() as session:
        text = EditionText(edition="tiny", digest="x", content={})
        session.add(text)
        session.flush()
        session.add_all(
            Inspection(
                home_id=home_id, reason=Reason.DUE, words="", stage=Stage.OPENED,
                edition_text_id=text.id, opened_on=date(2026, 1, 1), due_on=date(2026, 2, 1),
            )
            for home_id in (1, 2)
        )  # fmt: skip
    for grant in (Grant(Role.MANAGER, home_id=1), Grant(Role.OFFICER, region="371681")):
        with three_homes.session(Caller("c", (grant,)), Permission.RATING_READ) as session:
            query = select(Inspection).options(joinedload(Inspection.home))
            assert [one.home.code for one in session.scalars(query)] == ["ZP001"]
