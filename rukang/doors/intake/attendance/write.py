"""05-出勤与计件 as the records have it: to look at, to go on filling, to import again.

A month without records gives the sheets to fill, with everybody served in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import yuan
from rukang.base.clock import days_of_month
from rukang.base.database.find import on_days
from rukang.base.papers.cells import Cell
from rukang.base.papers.xlsx import Column, Sheet, write_workbook
from rukang.bodies.homes import Home
from rukang.care.attendance import HoursWorked, PieceWork, attendance_of
from rukang.doors.intake.attendance.rows import (
    ATTENDANCE,
    HOURS,
    ITEMS,
    PIECES,
    HoursRow,
    ItemRow,
    NamedRow,
    PieceRow,
)
from rukang.doors.intake.form import FORM, Form
from rukang.doors.intake.teams.rows import MEMBERS, TEAMS, MemberRow, TeamRow
from rukang.pay import PayItem
from rukang.people import Resident
from rukang.work.employment import Employer
from rukang.work.teams import TeamMember, TeamWork

FORMATS = {
    "单价（元/件）": "0.00##",
    "正常小时": "0.##",
    "加班小时": "0.##",
    "其中补休小时": "0.##",
    "份额": "0.##",
}
"""Numbers that are no amounts of yuan."""

Rows = list[Sequence[Cell]]


def write_month(session: Session, home: Home, month: date, path: Path) -> Path:
    """Write a home's month as workbook 05 and return its path."""
    named = _Named(session, home)
    pieces = select(PieceWork).where(PieceWork.home_id == home.id, PieceWork.month == month)
    items = select(PayItem).where(PayItem.home_id == home.id, PayItem.month == month)
    made = select(TeamWork).where(TeamWork.home_id == home.id, TeamWork.month == month)
    members = (
        select(TeamMember)
        .where(TeamMember.home_id == home.id, TeamMember.month == month)
        .order_by(TeamMember.id)
    )
    hours = on_days(HoursWorked, home.id, days_of_month(month))
    sheets = [
        Sheet(FORM, _columns(Form), [[home.code, f"{month:%Y-%m}"]]),
        _attendance(session, home, month),
        _sheet(PIECES, PieceRow, map(named.piece, session.scalars(pieces.order_by(PieceWork.id)))),
        _sheet(HOURS, HoursRow, map(named.hours, session.scalars(hours))),
        _sheet(ITEMS, ItemRow, map(named.item, session.scalars(items.order_by(PayItem.id)))),
        _sheet(TEAMS, TeamRow, map(_made, session.scalars(made.order_by(TeamWork.id)))),
        _sheet(MEMBERS, MemberRow, map(named.member, session.scalars(members))),
    ]
    return write_workbook(path, sheets, session.info["clock"]())


def file_name(home: Home, month: date) -> str:
    """Return what the workbook of a home's month is called."""
    return f"05-出勤与计件-{home.code}-{month:%Y-%m}.xlsx"


def _attendance(session: Session, home: Home, month: date) -> Sheet:
    days = days_of_month(month)
    columns: list[Column | str] = [*_columns(NamedRow), *(str(day.day) for day in days)]
    rows: Rows = [
        [row.code, row.name, *(_written(row.marks.get(day)) for day in days)]
        for row in attendance_of(session, home, month)
    ]
    return Sheet(ATTENDANCE, columns, rows, fixed=2)


def _written(marks: object) -> str | None:
    return None if marks is None else str(marks)


def _sheet(name: str, model: type[BaseModel], rows: Iterator[Sequence[Cell]]) -> Sheet:
    return Sheet(name, _columns(model), list(rows), fixed=2)


def _columns(model: type[BaseModel]) -> list[Column]:
    headers = [field.alias or name for name, field in model.model_fields.items()]
    return [Column(header, number_format=FORMATS.get(header)) for header in headers]


def _made(of: TeamWork) -> Sequence[Cell]:
    faults = yuan(of.quality_deduction_fen)
    return (of.team, of.item, of.quantity, of.rate, of.day, of.made_during, faults)


class _Named:
    """Rows of a home with the codes and names of whom they are about, and of which employer."""

    def __init__(self, session: Session, home: Home) -> None:
        residents = session.scalars(select(Resident).where(Resident.home_id == home.id))
        self._people = {of.id: (of.code, of.person.name) for of in residents}
        self._employers = {of.id: of.uscc for of in session.scalars(select(Employer))}

    def piece(self, of: PieceWork) -> Sequence[Cell]:
        """Return the row of pieces made."""
        faults = yuan(of.quality_deduction_fen)
        return (*self._people[of.resident_id], of.item, of.quantity, of.rate, of.day, faults)

    def hours(self, of: HoursWorked) -> Sequence[Cell]:
        """Return the row of hours worked."""
        hours = (of.normal, of.overtime, of.lieu)
        return (*self._people[of.resident_id], of.day, *hours, self._payer(of.employer_id))

    def item(self, of: PayItem) -> Sequence[Cell]:
        """Return the row of another amount."""
        amount = (yuan(of.amount_fen), "否" if of.taxable else "是")
        who, payer = self._people[of.resident_id], self._payer(of.employer_id)
        return (*who, of.kind, of.name, *amount, payer)

    def member(self, of: TeamMember) -> Sequence[Cell]:
        """Return the row of a member of a team."""
        return (of.team, *self._people[of.resident_id], of.weight)

    def _payer(self, employer_id: int | None) -> str | None:
        return None if employer_id is None else self._employers[employer_id]
