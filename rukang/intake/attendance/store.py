"""Keeping 05-出勤与计件: the month's attendance and pieces replace those kept before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from rukang.attendance import AttendanceDay, PieceWork
from rukang.clock import days_of_month
from rukang.database.find import on_days
from rukang.database.keep import settle
from rukang.intake.attendance.rows import NamedRow, PieceRow
from rukang.intake.form import Intake
from rukang.people import Resident


def keep_attendance(
    intake: Intake, rows: Iterable[NamedRow], residents: Mapping[str, Resident]
) -> None:
    """Replace the marks of the month."""
    days = days_of_month(intake.month)
    query = on_days(AttendanceDay, intake.home.id, days)
    found = {(mark.resident_id, mark.day): mark for mark in intake.session.scalars(query)}
    wanted = {
        (residents[row.resident].id, day): {
            "home_id": intake.home.id,
            "resident_id": residents[row.resident].id,
            "day": day,
            "presence": mark,
        }
        for row in rows
        for day in days
        if (mark := row.mark(day.day)) is not None
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
