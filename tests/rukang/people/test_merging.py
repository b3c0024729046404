"""Two files that are one person: asked about, merged, and taken apart again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.database import audit
from rukang.base.errors import ConflictError, InvalidError
from rukang.doors import privacy
from rukang.doors.privacy.export import trail_of
from rukang.migrations.registry import METADATA
from rukang.people import (
    GONE,
    Basis,
    IdentifierKind,
    Pair,
    Person,
    PersonMerge,
    Purpose,
    Resident,
    add_guardian,
    add_identifier,
    duplicates_query,
    files_of,
    find_person,
    give_consent,
    guardians_of,
    leads_to,
    merge,
    obstacles,
    pairs,
    say_two_people,
    unmerge,
)
from tests.factories import a_home, a_person, a_resident, some_marks
from tests.rukang.people.test_file import a_child

WHY = "家属确认是同一人"
NAME, BORN = "示例同名", date(1980, 5, 5)


def _two_files(session: Session) -> tuple[Person, Person]:
    """Store a person twice: in two homes, once with a citizen ID, once with a guardian and stay."""
    one = a_person(session, NAME, BORN)
    a_resident(session, a_home(session, "ZP001"), person=one, left_on=date(2025, 6, 30))
    other = a_child(session, BORN, NAME)
    home = a_home(session, "BC001", "371602")
    stay = Resident(home_id=home.id, person=other, code="R07", service="日间照料")
    stay.joined_on = date(2025, 7, 1)
    session.add(stay)
    session.flush()
    some_marks(session, stay, [date(2026, 10, 9)])
    guardian = add_guardian(session, other, "示例父", "父亲", Basis.ADULT, date(2025, 7, 1))
    give_consent(session, other, Purpose.PHOTO, date(2025, 7, 1), guardian=guardian)
    add_identifier(session, other, IdentifierKind.RESIDENCE_PERMIT, "JZ000001")
    return one, other


def _pointers(session: Session) -> Mapping[tuple[str, str, int], int | None]:
    """Return where every row of every table points, of those that point at persons."""
    session.flush()
    found: dict[tuple[str, str, int], int | None] = {}
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == "person" for key in column.foreign_keys):
                rows = session.connection().execute(select(table.c.id, column))
                found |= {(table.name, column.name, row): to for row, to in rows}
    return {key: to for key, to in found.items() if key[0] not in ("person_merge", "two_people")}


def test_files_of_one_name_and_birth_are_asked_about_until_somebody_says(
    empty_database: Database,
) -> None:
    """Another name, or birth, is nobody's double; what is said is not asked again."""
    with empty_database.session() as session:
        one, other = _two_files(session)
        a_child(session, date(1980, 5, 6), NAME)
        a_child(session, BORN, "示例异名")
        assert pairs(session, session.execute(duplicates_query())) == [Pair(one, other)]
        assert leads_to(session, other.id) == other.id
        say_two_people(session, other, one, "双胞胎邻居，已核对")
        assert session.execute(duplicates_query()).all() == []
        merge(session, one, other, WHY)
        assert session.execute(duplicates_query()).all() == []


def test_a_manager_is_asked_about_the_files_he_may_see_alone(empty_database: Database) -> None:
    """One of the two is of another home: there is nothing to ask him."""
    with empty_database.session() as session:
        _two_files(session)
    seen = {}
    for grant in (Grant(Role.OFFICER, region="371600"), Grant(Role.OFFICER, region="371681")):
        with empty_database.session(Caller("c", (grant,)), Permission.PERSON_ANSWER) as session:
            seen[grant.region] = len(session.execute(duplicates_query()).all())
    assert seen == {"371600": 1, "371681": 0}


def test_everything_leads_to_the_kept_file_and_back_again(empty_database: Database) -> None:
    """Exactly what was moved goes back; what came to the kept file since stays with it."""
    with empty_database.session() as session:
        one, other = _two_files(session)
        before = _pointers(session)
        record = merge(session, one, other, WHY)
        assert set(_pointers(session).values()) <= {one.id, None}
        assert files_of(session, one.id) == [one.id, other.id]
        assert find_person(session, str(other.id)) is one
        assert [stay.code for stay in session.scalars(select(Resident))] == ["R01", "R07"]
        assert [guardian.name for guardian in guardians_of(session, one)] == ["示例父"]
        assert len(one.identifiers) == 3
        since = add_identifier(session, one, IdentifierKind.PASSPORT, "E0000001")
        unmerge(session, record, "核对后是两个人")
        after = dict(_pointers(session))
        assert after.pop(("identifier", "person_id", since.id)) == one.id
        assert after == before
        assert session.execute(duplicates_query()).all() == []
        with pytest.raises(ConflictError):
            unmerge(session, record, WHY)
    with empty_database.session() as session:
        assert audit.verify(session).fault is None


@pytest.mark.parametrize("first", [0, 1])
def test_a_chain_of_merges_is_taken_apart_in_any_order(
    empty_database: Database, first: int
) -> None:
    """C into B, B into A: whichever is undone first, each file gets its own back in the end."""
    with empty_database.session() as session:
        a, b, c = (a_child(session, BORN, name) for name in ("甲示例", "乙示例", "丙示例"))
        for number, person in enumerate((a, b, c)):
            add_identifier(session, person, IdentifierKind.PASSPORT, f"E000000{number}")
        before = _pointers(session)
        records = [merge(session, b, c, WHY), merge(session, a, b, WHY)]
        assert set(_pointers(session).values()) == {a.id}
        assert leads_to(session, c.id) == a.id
        with pytest.raises(ConflictError, match="merged into another before"):
            merge(session, a, c, WHY)
        for record in (records[first], records[1 - first]):
            unmerge(session, record, "核对后是两个人")
        assert _pointers(session) == before


def test_files_that_cannot_be_one_are_refused_with_every_reason(empty_database: Database) -> None:
    """Two citizen IDs, the same file, an erased one; and without a reason nothing is done."""
    with empty_database.session() as session:
        one, other, child = a_person(session), a_person(session), a_child(session)
        assert [found.en for found in obstacles(session, one, child)] == []
        with pytest.raises(ConflictError, match="each holds a citizen ID"):
            merge(session, one, other, WHY)
        with pytest.raises(ConflictError, match="both numbers are one file"):
            merge(session, one, one, WHY)
        with pytest.raises(InvalidError, match="reason"):
            merge(session, one, child, " ")
        child.name = GONE
        with pytest.raises(ConflictError, match="erased"):
            merge(session, one, child, WHY)


def test_the_trail_goes_with_whom_a_record_belongs_to(empty_database: Database) -> None:
    """Written while they were one, an entry about a stay is its person's after they are two."""
    with empty_database.session() as session:
        one, other = _two_files(session)
    with replace(
        empty_database, clock=lambda: datetime(2026, 11, 3, tzinfo=UTC)
    ).session() as session:
        record = merge(
            session, session.get_one(Person, one.id), session.get_one(Person, other.id), WHY
        )
        stay = session.scalars(select(Resident).where(Resident.code == "R07")).one()
        session.flush()
        stay.left_on = date(2026, 10, 31)
    with empty_database.session() as session:
        kept = session.get_one(Person, one.id)
        assert _left(session, kept) == ["2026-10-31"]
        before = {entry.id for entry in trail_of(session, kept)}
        assert any(entry.person_id == other.id for entry in trail_of(session, kept))
    with replace(
        empty_database, clock=lambda: datetime(2026, 11, 4, tzinfo=UTC)
    ).session() as session:
        unmerge(session, session.get_one(PersonMerge, record.id), "核对后是两个人")
    with empty_database.session() as session:
        kept, merged = session.get_one(Person, one.id), session.get_one(Person, other.id)
        assert (_left(session, kept), _left(session, merged)) == ([], ["2026-10-31"])
        theirs = [{entry.id for entry in trail_of(session, each)} for each in (kept, merged)]
        assert before <= theirs[0] | theirs[1]
        assert not theirs[0] & theirs[1]


def _on(database: Database, day: int) -> Database:
    return replace(database, clock=lambda: datetime(2026, 11, day, tzinfo=UTC))


def _left(session: Session, person: Person) -> list[str]:
    found = audit.opened(session, trail_of(session, person))
    changes = [entry.after or {} for entry in found if entry.entry.action == "update"]
    return [change["left_on"] for change in changes if "left_on" in change]


def test_an_erasure_erases_every_file_of_the_person(empty_database: Database) -> None:
    """Names and numbers of both are gone, both keys are destroyed, and so again after a restore."""
    with empty_database.session() as session:
        one, other = _two_files(session)
        for stay in session.scalars(select(Resident)):
            stay.left_on = date(2026, 6, 30)
        merge(session, one, other, WHY)
    found = privacy.erase(empty_database, other.id, "本人申请", privacy.load_periods())
    assert (found.person_id, found.done) == (one.id, True)
    records = {each["person_id"]: each["done_at"] for each in empty_database.person_keys.erasures()}
    assert set(records) == {one.id, other.id}
    assert None not in records.values()
    with empty_database.session() as session:
        names = [person.name for person in session.scalars(select(Person).order_by(Person.id))]
        assert names == [GONE, GONE]
        assert audit.verify(session).fault is None
    with empty_database.engine.connect() as connection:
        for table in METADATA.tables:
            rows = str(connection.execute(text(f'SELECT * FROM "{table}"')).all())  # noqa: S608
            assert NAME not in rows
            assert "示例父" not in rows
