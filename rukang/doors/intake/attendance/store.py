"""Keeping 05-出勤与计件: what a month holds replaces what was kept of it before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from rukang.base.clock import days_of_month
from rukang.base.database.find import on_days
from rukang.base.database.keep import settle
from rukang.care.attendance import AttendanceDay, HoursWorked, PieceWork
from rukang.doors.intake.attendance.rows import HoursRow, ItemRow, MarksRow, PieceRow
from rukang.doors.intake.form import Intake
from rukang.numbers import uscc
from rukang.pay import PayItem
from rukang.people import Resident
from rukang.work.employment import Employer


def keep_attendance(
    intake: Intake, rows: Iterable[MarksRow], residents: Mapping[str, Resident]
) -> None:
    """Replace the marks of the month."""
    days = days_of_month(intake.month)
    query = on_days(AttendanceDay, intake.home.id, days)
    found = {(of.resident_id, of.day): of for of in intake.session.scalars(query)}
    wanted = {
        (residents[row.resident].id, day): {
            "home_id": intake.home.id,
            "resident_id": residents[row.resident].id,
            "day": day,
            "marks": marks,
        }
        for row in rows
        for day in days
        if (marks := row.of_day(day.day)) is not None
    }
    settle(intake.session, AttendanceDay, found, wanted)


def keep_pieces(
    intake: Intake, rows: Iterable[PieceRow], residents: Mapping[str, Resident]
) -> None:
    """Replace the pieces of the month."""
    query = select(PieceWork).where(
        PieceWork.home_id == intake.home.id, PieceWork.month == intake.month
    )
    found = {
        (piece.resident_id, piece.item, piece.day): piece for piece in intake.session.scalars(query)
    }
    wanted = {
        (residents[row.resident].id, row.item, row.day): {
            "home_id": intake.home.id,
            "resident_id": residents[row.resident].id,
            "month": intake.month,
            "item": row.item,
            "day": row.day,
            "quantity": row.quantity,
            "quality_deduction_fen": row.quality_deduction_fen,
            "rate": row.rate,
        }
        for row in rows
    }
    settle(intake.session, PieceWork, found, wanted)


def keep_hours(intake: Intake, rows: Iterable[HoursRow], residents: Mapping[str, Resident]) -> None:
    """Replace the hours of the month."""
    query = on_days(HoursWorked, intake.home.id, days_of_month(intake.month))
    found = {(of.resident_id, of.day, of.employer_id): of for of in intake.session.scalars(query)}
    employers = _employers(intake)
    wanted = {}
    for row in rows:
        resident, employer = residents[row.resident].id, _named(employers, row)
        wanted[resident, row.day, employer] = {
            "home_id": intake.home.id,
            "resident_id": resident,
            "employer_id": employer,
            **row.model_dump(include={"day", "normal", "overtime", "lieu"}),
        }
    settle(intake.session, HoursWorked, found, wanted)


def keep_items(intake: Intake, rows: Iterable[ItemRow], residents: Mapping[str, Resident]) -> None:
    """Replace the month's other amounts."""
    query = select(PayItem).where(PayItem.home_id == intake.home.id, PayItem.month == intake.month)
    found = {
        (of.resident_id, of.employer_id, of.kind, of.name): of
        for of in intake.session.scalars(query)
    }
    employers = _employers(intake)
    wanted = {}
    for row in rows:
        resident, employer = residents[row.resident].id, _named(employers, row)
        wanted[resident, employer, row.kind, row.item] = {
            "home_id": intake.home.id,
            "resident_id": resident,
            "employer_id": employer,
            "month": intake.month,
            "kind": row.kind,
            "name": row.item,
            "amount_fen": row.amount_fen,
            "taxable": not row.exempt,
        }
    settle(intake.session, PayItem, found, wanted)


def _employers(intake: Intake) -> dict[str, int]:
    return {employer.uscc: employer.id for employer in intake.session.scalars(select(Employer))}


def _named(employers: Mapping[str, int], row: HoursRow | ItemRow) -> int | None:
    """Return the employer that a row names, None where it names none."""
    return employers[uscc.compact(row.uscc)] if row.uscc else None
