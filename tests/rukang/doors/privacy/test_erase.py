"""Erasing a person: refused with day and article, done when the day comes, and replayed."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from payroll import Policy
from rukang import pay
from rukang.base.access import Database, Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.access.records import AccountRole
from rukang.base.database import audit
from rukang.base.database.about import about_of, tables
from rukang.base.database.audit import AuditEntry, Seal
from rukang.base.database.context import as_actor
from rukang.base.errors import InvalidError, NotFoundError, OperatorFileError
from rukang.base.settings import Settings
from rukang.bodies import in_charge, take_charge
from rukang.bodies.homes import find_home
from rukang.care.attendance import AttendanceDay
from rukang.doors import privacy
from rukang.doors.privacy.erase import GONE, TREATMENT, _blank
from rukang.pay import RunState
from rukang.people import Disability, Guardian, Person, Resident, find_person
from rukang.rosters.records import LeaveDay
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_member_of_staff,
    a_plan,
    a_resident,
    an_october,
    own_number,
    some_marks,
)

POLICY = Policy.load([LOCAL_POLICY])
OCTOBER_END = date(2026, 10, 31)
LATER = datetime(2029, 1, 2, 1, 0, tzinfo=UTC)
WHY = "本人申请"


def _periods(tmp_path: Path) -> dict[str, privacy.Period]:
    own = tmp_path / "retention.yaml"
    own.write_text("insurance: {years: 2, document: 示例规定, article: 第一条}\n", encoding="utf-8")
    return privacy.load_periods(own)


def _a_leaver(database: Database, name: str = "绝密姓名") -> int:
    """Store a resident who left long ago, with a guardian and a sick day; return the person."""
    with database.session() as session:
        home = a_home(session)
        resident = a_resident(session, home, left_on=date(2026, 6, 30))
        resident.person.name = name
        some_marks(session, resident, [date(2026, 6, 9)], SICK_LEAVE=date(2026, 6, 10))
        guardian = {"name": "绝密家长", "relation": "父", "phone": "13900000000"}
        session.add(Guardian(person_id=resident.person_id, **guardian))
        return resident.person_id


def _at(database: Database, moment: datetime) -> Database:
    return replace(database, clock=lambda: moment)


def test_every_table_about_a_person_has_a_treatment() -> None:
    """A new table cannot be forgotten by an erasure."""
    about_people = {name for name, kind in tables().items() if about_of(kind).via is not None}
    assert set(TREATMENT) == about_people


def test_a_person_of_whom_nothing_is_kept_is_erased_at_once(empty_database: Database) -> None:
    """No name, birth, number, guardian or health is left anywhere, and the chain verifies."""
    person_id = _a_leaver(empty_database)
    with empty_database.session() as session:
        number = empty_database.vault.open(own_number(session.get_one(Person, person_id)))
    found = privacy.erase(empty_database, person_id, WHY, privacy.load_periods())
    assert found.done
    with empty_database.session() as session:
        person = session.get_one(Person, person_id)
        assert (person.name, str(person.citizen_id)) == (GONE, GONE)
        assert number not in empty_database.vault.open(own_number(person))
        assert session.scalars(select(Guardian)).all() == []
        assert session.scalars(select(AttendanceDay)).all() == []
        assert session.scalars(select(Disability)).one().category == 0
        assert audit.verify(session).fault is None
        query = select(AuditEntry).where(AuditEntry.person_id == person_id)
        entries = audit.opened(session, session.scalars(query))
        assert {entry.seal for entry in entries} == {Seal.DESTROYED}
    with empty_database.engine.connect() as connection:
        for table in tables():
            rows = str(connection.execute(text(f'SELECT * FROM "{table}"')).all())  # noqa: S608
            assert "绝密" not in rows
    (record,) = empty_database.person_keys.erasures()
    assert (record["reason"], record["asked_by"]) == (WHY, "system")
    assert record["erased"]["guardian"] == 1


def test_roles_over_an_erased_person_are_taken_away(empty_database: Database) -> None:
    """From the worker's own account and the guardian's; which body answered for them stays."""
    person_id = _a_leaver(empty_database)
    with empty_database.session() as session:
        take_charge(session, person_id, find_home(session, "ZP001"), date(2026, 6, 1))
        for role in (Role.WORKER, Role.GUARDIAN, Role.MANAGER):
            grant = Grant(role, person_id=person_id) if role.personal else Grant(role, home_id=1)
            create_account(session, f"{role}@example.org", "示例", "梨树 bridge 七点半", [grant])
    assert privacy.erase(empty_database, person_id, WHY, privacy.load_periods()).done
    with empty_database.session() as session:
        assert [role.role for role in session.scalars(select(AccountRole))] == [Role.MANAGER]
        assert in_charge(session, person_id, date(2026, 7, 1)) == 1
        assert audit.verify(session).fault is None


def test_wages_are_kept_and_erased_when_their_day_comes(
    empty_database: Database, tmp_path: Path
) -> None:
    """Refused with days and articles; done two years later; the locked run verifies after it."""
    periods = _periods(tmp_path)
    with empty_database.session() as session:
        run_id = an_october(session).id
    pay.calculate_run(empty_database, run_id, POLICY)
    for state in (RunState.APPROVED, RunState.LOCKED):
        with empty_database.session() as session:
            pay.advance(as_actor(session, "另一人"), pay.find_run(session, run_id), state)
    with empty_database.session() as session:
        run = pay.find_run(session, run_id)
        work = run.payslips[0].employment
        person_id, name = work.resident.person_id, work.resident.person.name
    with pytest.raises(InvalidError, match="没有记录离开日期"):
        privacy.erase(empty_database, person_id, WHY, periods)
    with empty_database.session() as session:
        resident = session.get_one(Resident, work.resident_id)
        resident.left_on = OCTOBER_END
        session.get_one(type(work), work.id).ended_on = OCTOBER_END
    with pytest.raises(InvalidError, match=r"期限未知.*retention.yaml"):
        privacy.erase(empty_database, person_id, WHY, privacy.load_periods())
    waiting = privacy.erase(empty_database, person_id, WHY, periods)
    assert (waiting.done, waiting.due_on) == (False, date(2028, 11, 1))
    words = "".join(kept.zh for kept in waiting.kept)
    for article in ("工资支付暂行规定", "第六条", "劳动合同法", "第五十条", "示例规定"):
        assert article in words
    assert [one.done for one in privacy.carry_out_due(empty_database, periods)] == [False]
    later = _at(empty_database, LATER)
    assert [one.done for one in privacy.carry_out_due(later, periods)] == [True]
    assert privacy.carry_out_due(later, periods) == []
    with later.session() as session:
        run = pay.find_run(session, run_id)
        assert pay.is_reproduced(run, POLICY)
        names = {pay.payslip_of(slip).name for slip in run.payslips}
        assert GONE in names
        assert name not in names
        assert audit.verify(session).fault is None
    later.close()


@pytest.mark.parametrize("steps", [1, 2])
def test_an_erasure_killed_between_its_steps_is_finished(
    empty_database: Database, steps: int
) -> None:
    """Blanked, or blanked and without a key, but not recorded as done: the next call goes on."""
    person_id = _a_leaver(empty_database)
    keys = empty_database.person_keys
    record = {"person_id": person_id, "asked_by": "a@example.org", "reason": WHY, "kept": []}
    now = empty_database.clock()
    keys.ask_erasure({**record, "asked_at": now, "due_on": date(2026, 11, 2)})
    _blank(empty_database, person_id)
    if steps > 1:
        keys.destroy(person_id, now)
    for _ in range(2):
        privacy.carry_out_due(empty_database, privacy.load_periods())
    (done,) = keys.erasures()
    assert done["done_at"] is not None
    assert keys.existing(empty_database.vault, [person_id]) == {person_id: None}
    with empty_database.session() as session:
        assert session.get_one(Person, person_id).name == GONE
        assert audit.verify(session).fault is None


def test_erasures_are_replayed_on_a_restored_database(tmp_path: Path) -> None:
    """A copy from before knows the person again, until it is told; also one from before they came.

    On SQLite, where a backup is a file.
    """
    from cryptography.fernet import Fernet

    from rukang import migrations
    from rukang.base.database.sealing.vault import Vault
    from tests.conftest import NOW

    file = tmp_path / "rukang.sqlite"
    vault = Vault([Fernet.generate_key().decode()])

    def opened() -> Database:
        return Database(f"sqlite:///{file}", vault, lambda: NOW)

    database = opened()
    migrations.upgrade(database.engine)
    database.close()
    shutil.copy(file, tmp_path / "empty")
    database = opened()
    person_id = _a_leaver(database)
    database.close()
    shutil.copy(file, tmp_path / "full")
    database = opened()
    privacy.erase(database, person_id, WHY, privacy.load_periods())
    database.close()
    for backup in ("full", "empty"):
        for left in tmp_path.glob("rukang.sqlite*"):
            left.unlink()
        shutil.copy(tmp_path / backup, file)
        database = opened()
        with database.session() as session:
            person = session.get(Person, person_id)
            assert (person and person.name) == ("绝密姓名" if backup == "full" else None)
        for _ in range(2):
            assert privacy.replay_erasures(database) == 1
        with database.session() as session:
            assert session.get_one(Person, person_id).name == GONE
            assert session.scalars(select(Guardian)).all() == []
            assert audit.verify(session).fault is None
            query = select(AuditEntry).where(AuditEntry.person_id == person_id)
            seals = {entry.seal for entry in audit.opened(session, session.scalars(query))}
            assert seals == {Seal.DESTROYED}
        database.close()


def test_a_number_held_for_an_erased_person_is_not_given_again(empty_database: Database) -> None:
    """Restored without the erased person, the database makes new people under other numbers."""
    empty_database.person_keys.destroy(7, empty_database.clock())
    now = empty_database.clock()
    record = {"asked_by": "a@example.org", "reason": WHY, "kept": [], "asked_at": now}
    due = {"due_on": date(2026, 1, 1), "done_at": now}
    empty_database.person_keys.ask_erasure({"person_id": 7, **record, **due})
    assert privacy.replay_erasures(empty_database) == 1
    assert _a_leaver(empty_database) == 8


def test_staff_go_out_of_rosters_and_leave(empty_database: Database) -> None:
    """Names in problems of rosters and days of leave go with the person; their code stays."""
    with empty_database.session() as session:
        home = a_home(session)
        staff = a_member_of_staff(session, home, contract_to=date(2024, 6, 30))
        name = staff.person.name
        day = date(2024, 6, 9)
        session.add(LeaveDay(home_id=home.id, staff_id=staff.id, day=day, kind="病假"))
        plan = a_plan(session, home, date(2024, 6, 1))
        plan.problem = {"staff": [{"id": "S01", "name": name}], "note": f"{name}病假"}
        plan.conflicts = [{"zh": "冲突", "rules": [{"zh": f"{name} 休假"}]}]
        person_id, plan_id = staff.person_id, plan.id
    assert privacy.erase(empty_database, person_id, WHY, privacy.load_periods()).done
    with empty_database.session() as session:
        plan = session.get_one(type(plan), plan_id)
        assert name not in json.dumps([plan.problem, plan.conflicts], ensure_ascii=False)
        assert "S01" in json.dumps(plan.problem)
        assert session.scalars(select(LeaveDay)).all() == []


def test_all_that_is_held_is_handed_out_and_logged(
    empty_database: Database, tmp_path: Path
) -> None:
    """Records of every table with numbers in clear, and the trail; each opened number logged."""
    person_id = _a_leaver(empty_database)
    with empty_database.session() as session:
        person = find_person(session, "ZP001/R01")
        assert person.id == person_id
        written = privacy.export_person(session, person, tmp_path / "out", WHY)
        number = empty_database.vault.open(own_number(person))
    held = json.loads(written[0].read_text(encoding="utf-8"))["held"]
    assert [one["number"] for one in held["identifier"]] == [number, number + "52"]
    assert held["guardian"][0]["name"] == "绝密家长"
    assert len(held["attendance_day"]) == 2
    assert {entry["table"] for entry in held["audit_entry"]} >= {"person", "guardian"}
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    with empty_database.session() as session:
        query = select(AuditEntry.action).where(AuditEntry.action.in_(("export", "read")))
        actions = list(session.scalars(query))
    assert (actions.count("export"), actions.count("read")) == (1, 2)


@pytest.mark.parametrize("named", ["99", "ZP001/R99", "名字", "1" * 40])
def test_who_is_not_there_is_named(empty_database: Database, named: str) -> None:
    """A number or code that nobody has is refused in words."""
    with empty_database.session() as session:
        a_home(session)
        with pytest.raises(NotFoundError, match="没有"):
            find_person(session, named)


@pytest.mark.parametrize(
    "own", ["wages: {years: two}", "other: {years: 1, document: x}", "[", "wages: {years: 2}\nx"]
)
def test_a_file_of_periods_that_cannot_be_right_is_refused(tmp_path: Path, own: str) -> None:
    """With what it should say; nothing of the file is repeated."""
    file = tmp_path / "retention.yaml"
    file.write_text(own, encoding="utf-8")
    with pytest.raises(OperatorFileError, match="document"):
        privacy.load_periods(file)


def test_a_worker_carries_out_what_is_due_and_nothing_else(
    empty_database: Database, tmp_path: Path
) -> None:
    """Every day, in the name of who asked; twice is once; what is kept stays, whatever its day."""
    here = Settings(tmp_path, empty_database.url)
    person_id = _a_leaver(empty_database)
    with empty_database.session() as session:
        home = find_home(session, "ZP001")
        served = a_resident(session, home, "R02", left_on=None).person_id
    keys, now = empty_database.person_keys, empty_database.clock()
    record = {"asked_by": "officer@example.org", "asked_at": now, "reason": WHY, "kept": []}
    for number in (person_id, served):
        keys.ask_erasure({**record, "person_id": number, "due_on": date(2026, 1, 1)})
    here.retention.write_text("wages: {years: x}", encoding="utf-8")
    privacy.every_day(here)(empty_database)
    assert [one["done_at"] for one in keys.erasures()] == [None, None]
    here.retention.unlink()
    for _ in range(2):
        privacy.every_day(here)(empty_database)
    done = {one["person_id"]: one["done_at"] is not None for one in keys.erasures()}
    assert done == {person_id: True, served: False}
    with empty_database.session() as session:
        assert session.get_one(Person, person_id).name == GONE
        assert session.get_one(Person, served).name != GONE
        query = select(AuditEntry.actor).where(AuditEntry.action == "erase")
        assert session.scalars(query).all() == ["officer@example.org (worker)"]
