"""What cannot be in 02-人员: wrong numbers, doubled people, a person in two homes at once."""

from __future__ import annotations

from sqlalchemy import or_, select

from rostering.sheets import Located, unique
from rukang.base.clock import days_of_month
from rukang.doors.intake.numbers import CERTIFICATE, CITIZEN_ID, check_number
from rukang.doors.intake.people.identity import check_identity, each_once, lookups
from rukang.doors.intake.people.rows import RESIDENTS, GuardianRow, ResidentRow
from rukang.doors.intake.people.store import residents_of
from rukang.doors.intake.serials import check_serials
from rukang.forms import FromWorkbook
from rukang.forms.raw import column
from rukang.numbers import citizen_id, disability_certificate
from rukang.people import Identifier, IdentifierKind, Resident

LocatedResident = Located[ResidentRow]


def check_residents(intake: FromWorkbook, rows: list[LocatedResident]) -> None:
    """Note everything wrong with the residents of a workbook."""
    unique(intake.book, rows, "编号")
    each_once(intake, rows)
    known = residents_of(intake)
    check_serials(intake.book, rows, known)
    for row in rows:
        _check_numbers(intake, row)
        _check_dates(intake, row)
        kept = known.get(row.value.code)
        person = kept.person if kept else None
        check_identity(intake, row, person, row.value.name, row.value.citizen_id)
        _check_other_homes(intake, row)


def check_guardians(intake: FromWorkbook, rows: list[Located[GuardianRow]]) -> None:
    """Note guardians of nobody in the workbook."""
    codes = column(intake.book, RESIDENTS, "编号")
    for row in rows:
        if row.value.resident not in codes:
            intake.book.report(
                row,
                "人员编号",
                zh="“入园人员”表中没有这个编号；请核对编号",
                en="no row of 入园人员 has this code; correct the code",
            )


def _check_numbers(intake: FromWorkbook, row: LocatedResident) -> None:
    holder = check_number(intake.book, row, CITIZEN_ID, citizen_id.validate, row.value.citizen_id)
    check_number(
        intake.book,
        row,
        CERTIFICATE,
        lambda number: disability_certificate.validate(number, holder),
        row.value.certificate,
    )


def _check_dates(intake: FromWorkbook, row: LocatedResident) -> None:
    last = days_of_month(intake.month)[-1]
    if row.value.joined_on > last:
        intake.book.report(
            row,
            "入园日期",
            zh=f"晚于名册月份的最后一天 {last}；请改正日期，或登记在以后的名册里",
            en=f"after the last day {last} of the register's month: correct it, or enter it later",
        )
    left = row.value.left_on
    if left is not None and left < row.value.joined_on:
        intake.book.report(
            row,
            "离园日期",
            zh=f"早于入园日期 {row.value.joined_on}；请核对两个日期",
            en=f"before the joining date {row.value.joined_on}; check both",
        )


def _check_other_homes(intake: FromWorkbook, row: LocatedResident) -> None:
    value = row.value
    query = (
        select(Resident.id)
        .join(Identifier, Resident.person_id == Identifier.person_id)
        .where(Identifier.kind == IdentifierKind.CITIZEN_ID, Identifier.withdrawn_on.is_(None))
        .where(Identifier.number_lookup.in_(lookups(intake, value.citizen_id)))
        .where(Resident.home_id != intake.home_id)
        .where(or_(Resident.left_on.is_(None), Resident.left_on >= value.joined_on))
    )
    if value.left_on is not None:
        query = query.where(Resident.joined_on <= value.left_on)
    if intake.session.scalars(query).first() is not None:
        # Which home it is, is not for every caller to know.
        intake.book.report(
            row,
            "入园日期",
            zh="此人同一时间已在另一家机构在册；请先在原机构办理离园，或改正日期",
            en="already registered in another home at that time: leave there first, or correct"
            " the date",
        )
