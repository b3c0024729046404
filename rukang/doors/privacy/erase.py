"""Erasing a person: refused with day and article while something has to be kept, done when not.

In three steps, each of which can be repeated: the records are blanked or deleted (with entries in
the trail, sealed under the person's key), the key is destroyed, the erasure is recorded as done. A
process killed in between goes on with the next call. The record of it lies with the keys, apart
from the database, so that a database restored from an older backup can be told again.

References
----------
个人信息保护法 art. 47 (erasure), art. 50 (requests are answered, refusals give reasons).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import structlog
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from rukang.base.access import SYSTEM, Caller, Database
from rukang.base.access.records import AccountRole
from rukang.base.clock import in_shanghai
from rukang.base.database import audit, context
from rukang.base.database.base import Base
from rukang.base.database.sealing.keys import SessionVault
from rukang.base.database.sealing.person_keys import PersonKeys
from rukang.base.errors import InvalidError, OperatorFileError
from rukang.base.jobs import by_worker
from rukang.base.settings import Settings
from rukang.cases.records import CaseEvent, CaseFile
from rukang.cases.store import ERASED
from rukang.doors.privacy.export import records_of, require_reason
from rukang.doors.privacy.retention import Kept, Period, kept_for, load_periods
from rukang.pay import PartPayment, PayCorrection, Payment, PayMissing, ReceivableEntry
from rukang.people import (
    GONE,
    NO_DAY,
    Disability,
    Guardian,
    Identifier,
    Person,
    PersonMerge,
    Sex,
    Staff,
    TwoPeople,
    files_of,
    leads_to,
)
from rukang.rosters.records import ConfirmedShift, RosterPlan

log = structlog.get_logger()


@dataclass(frozen=True)
class Erasure:
    """An erasure as it stands: what is kept until when, and whether it is done."""

    person_id: int
    due_on: date
    kept: list[Kept]
    done: bool


def _blank_person(session: Session, person: Person) -> None:
    for role in session.scalars(select(AccountRole).where(AccountRole.person_id == person.id)):
        session.delete(role)
    person.name, person.born_on = GONE, NO_DAY


def _blank_identifier(session: Session, identifier: Identifier) -> None:
    identifier.issuer = ""
    identifier.valid_from = identifier.valid_to = None
    number = f"erased {identifier.person_id}/{identifier.id}"
    identifier.number = _sealed(session, identifier.number, number)


def _blank_disability(_: Session, disability: Disability) -> None:
    disability.category = disability.grade = 0


def _blank_merge(_: Session, merge: PersonMerge) -> None:
    merge.reason = GONE
    merge.undone_reason = merge.undone_reason and GONE


def _blank_employment(session: Session, work: Any) -> None:
    work.bank, work.first_job_evidence = GONE, ""
    work.account = _sealed(session, work.account, f"erased {work.id}")


def _blank_staff(_: Session, staff: Staff) -> None:
    staff.protected, staff.working_since = False, None


def _blank_confirmed(_: Session, shift: ConfirmedShift) -> None:
    shift.note = ""


def _blank_correction(_: Session, correction: PayCorrection) -> None:
    correction.reason = GONE


def _blank_missing(_: Session, missing: PayMissing) -> None:
    missing.reasons, missing.left_out = [], missing.left_out and GONE


def _blank_entry(_: Session, entry: ReceivableEntry) -> None:
    entry.note = GONE


def _blank_payment(_: Session, payment: Payment | PartPayment) -> None:
    payment.message = ""


def _blank_case(_: Session, case: CaseFile) -> None:
    case.facts = {}


def _blank_event(_: Session, event: CaseEvent) -> None:
    event.words = dict(ERASED) if event.words else event.words


def _delete(session: Session, record: Base) -> None:
    session.delete(record)


def _keep(_: Session, record: Base) -> None:
    """Leave a record: without name, birth, number and health it tells of nobody."""


def _sealed(session: Session, before: Any, number: str) -> Any:
    # Sealed again only once: what is blank stays as it is, so that repeating changes nothing.
    if before.masked == GONE:
        return before
    return SessionVault.of(session).seal(number, GONE)


TREATMENT: dict[str, Callable[[Session, Any], None]] = {
    "person": _blank_person,
    "death": _delete,
    "staff": _blank_staff,
    "resident": _keep,
    "identifier": _blank_identifier,
    "disability": _blank_disability,
    "guardian": _delete,
    "consent": _delete,
    "person_merge": _blank_merge,
    "two_people": _delete,
    "employment": _blank_employment,
    "tax_to_date": _delete,
    "attendance_day": _delete,
    "leave_day": _delete,
    "wish": _delete,
    "hours_worked": _keep,
    "piece_work": _keep,
    "team_member": _keep,
    "worked_shift": _keep,
    "confirmed_shift": _blank_confirmed,
    "training": _keep,
    "charge": _keep,
    "payslip": _keep,
    "pay_item": _keep,
    "pay_correction": _blank_correction,
    "pay_missing": _blank_missing,
    "receivable_entry": _blank_entry,
    "payment": _blank_payment,
    "part_payment": _blank_payment,
    "case_file": _blank_case,
    "case_event": _blank_event,
    "paper": _keep,
}
"""What is done with the records about a person, by table; a test demands every table."""


def erase(
    database: Database, person_id: int, reason: str, periods: Mapping[str, Period]
) -> Erasure:
    """Erase a person now, or record that it is asked for and when it will be done.

    Raises
    ------
    InvalidError
        If no reason is given, or how long something has to be kept is not known yet.
    """
    require_reason(reason)
    before = database.person_keys.erasure_of(person_id)
    if before is not None and before["done_at"] is not None:
        return Erasure(person_id, in_shanghai(before["done_at"]).date(), [], done=True)
    with database.session() as session:
        person = session.get_one(Person, person_id)
        now = context.now(session)
        kept = kept_for(session, person, periods)
        open_ = [one for one in kept if one.until is None]
        if open_:
            raise InvalidError(
                "现在不能删除：" + "；".join(one.zh for one in open_) + "。",
                "It cannot be erased yet: " + "; ".join(one.en for one in open_) + ".",
            )
        audit.note(session, "erase_asked", person, {"reason": reason})
        files = files_of(session, person_id)
    due = due_on(kept, in_shanghai(now).date())
    for number in files:
        database.person_keys.ask_erasure(
            {
                "person_id": number,
                "asked_by": database.caller.name,
                "asked_at": now,
                "reason": reason,
                "due_on": due,
                "kept": _plain(kept),
            }
        )
    return _brought_on(database, person_id, periods)


def due_on(kept: list[Kept], today: date) -> date:
    """Return the first day on which nothing has to be kept any more, today at the earliest."""
    days = [one.until + timedelta(days=1) for one in kept if one.until is not None]
    return max([today, *days])


def _plain(kept: list[Kept]) -> list[dict[str, str]]:
    return [{"kind": one.kind, "until": str(one.until), "zh": one.zh, "en": one.en} for one in kept]


def carry_out_due(database: Database, periods: Mapping[str, Period]) -> list[Erasure]:
    """Carry out the erasures whose day has come; return how each that was open stands now.

    What has to be kept is asked anew, so that nothing is erased that a record made since keeps.
    """
    waiting = [one for one in database.person_keys.erasures() if one["done_at"] is None]
    return [_brought_on(_for(database, one), one["person_id"], periods) for one in waiting]


def _for(database: Database, record: Mapping[str, Any]) -> Database:
    """Return the database for who asked, where nobody else acts: the trail names them."""
    if database.caller != SYSTEM:
        return database
    return database.acting_as(Caller(by_worker(record["asked_by"]), SYSTEM.grants))


def every_day(settings: Settings) -> Callable[[Database], None]:
    """Return what a worker does once a day: carry out the erasures that are due.

    It may be repeated, and be done by several workers at once. A retention file that cannot be
    read lets nothing be erased; it is told in the log, and tried again on the next day.
    """

    def carry_out(database: Database) -> None:
        try:
            found = carry_out_due(database, load_periods(settings.retention))
        except OperatorFileError as error:
            log.warning("no erasure is carried out", because=error.en)
            return
        done = sum(one.done for one in found)
        if found:
            log.info("erasures", carried_out=done, waiting=len(found) - done)

    return carry_out


def replay_erasures(database: Database) -> int:
    """Erase again what was erased after a restored backup was made; return how many people.

    To be called after every restore, before the database is served. It can be repeated.
    """
    done = [one for one in database.person_keys.erasures() if one["done_at"] is not None]
    for one in done:
        _blank(database, one["person_id"])
        database.person_keys.destroy(one["person_id"], one["done_at"])
    return len(done)


def _brought_on(database: Database, person_id: int, periods: Mapping[str, Period]) -> Erasure:
    """Carry an erasure out if its day has come; records made since may have moved the day."""
    keys = database.person_keys
    with database.session() as session:
        today = context.today(session)
        person_id = leads_to(session, asked := person_id)
        files = files_of(session, person_id)
        person = session.get(Person, person_id)
        kept = [] if person is None else kept_for(session, person, periods)
    _ask_for_all(keys, asked, files)
    if kept:
        due = due_on(kept, today)
        for number in files:
            keys.change_erasure(number, {"due_on": due, "kept": _plain(kept)})
        return Erasure(person_id, due, kept, done=False)
    blanked = _blank(database, person_id)
    now = database.clock()
    for number in files:
        keys.destroy(number, now)
        keys.change_erasure(number, {"done_at": now, "erased": blanked})
    return Erasure(person_id, today, [], done=True)


def _ask_for_all(keys: PersonKeys, asked: int, files: list[int]) -> None:
    """Record what was asked of one file for all that were merged since: they are one person."""
    record = keys.erasure_of(asked)
    if record is not None:
        same = {name: of for name, of in record.items() if name != "id"}
        for number in files:
            keys.ask_erasure({**same, "person_id": number})


def _blank(database: Database, person_id: int) -> dict[str, int]:
    """Blank or delete the records about a person; return how many there are, by table.

    Files merged into theirs are the person's too; of others only what names the person.
    """
    with database.session() as session:
        person = session.get(Person, person_id)
        if person is None:
            _hold_the_number(session, person_id)
            return {}
        records = records_of(session, person)
        _out_of_rosters(session, person, records.get(Staff, []))
        # From the end of each chain: what points at others goes before them.
        for kind, found in reversed(records.items()):
            for record in found:
                TREATMENT[kind.__tablename__](session, record)
        _out_of_other_files(session, files_of(session, person_id))
        audit.note(session, "erase", person, {})
        return {kind.__tablename__: len(found) for kind, found in records.items() if found}


def _out_of_other_files(session: Session, files: list[int]) -> None:
    """Take a person's name out of the files of those whose guardian they are or were."""
    for guardian in session.scalars(select(Guardian).where(Guardian.guardian_id.in_(files))):
        guardian.name, guardian.phone = GONE, ""
    for said in session.scalars(select(TwoPeople).where(TwoPeople.second_id.in_(files))):
        session.delete(said)


def _out_of_rosters(session: Session, person: Person, contracts: list[Staff]) -> None:
    """Take a member of staff's name out of the problems that rosters were solved from."""
    homes = {staff.home_id for staff in contracts}
    if not homes or person.name == GONE:
        return
    for plan in session.scalars(select(RosterPlan).where(RosterPlan.home_id.in_(homes))):
        plan.problem = _without(plan.problem, person.name)
        plan.findings = _without(plan.findings, person.name)
        plan.conflicts = _without(plan.conflicts, person.name)


def _without(content: Any, name: str) -> Any:
    if isinstance(content, dict):
        return {key: _without(value, name) for key, value in content.items()}
    if isinstance(content, list):
        return [_without(value, name) for value in content]
    return content.replace(name, GONE) if isinstance(content, str) else content


def _hold_the_number(session: Session, person_id: int) -> None:
    """Put a blank person where a restored database has none: the number is not given again.

    The key of that number is destroyed, and somebody else under it would be taken for erased.
    """
    blank = Person(id=person_id, name=GONE, sex=Sex.FEMALE, born_on=NO_DAY)
    blank.citizen_id = SessionVault.of(session).seal(f"erased {person_id}", GONE)
    session.add(blank)
    session.flush()
    if session.connection().dialect.name == "postgresql":
        session.execute(
            text(
                "SELECT setval(pg_get_serial_sequence('person', 'id'),"
                " (SELECT max(id) FROM person))"
            )
        )


__all__ = [
    "TREATMENT",
    "Erasure",
    "carry_out_due",
    "due_on",
    "erase",
    "every_day",
    "replay_erasures",
]
