"""A home's records of a month as the inputs of the wage rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

import payroll
from payroll import DayCount, Insurance, Kind, Piece, Policy, WorkerMonth
from rukang import employment as terms
from rukang.attendance import AttendanceDay, PieceWork, Presence
from rukang.clock import days_of_month
from rukang.database.find import on_days
from rukang.employment import Employment, EmploymentKind
from rukang.errors import InvalidError
from rukang.homes import Home
from rukang.pay.days import MonthDays, Schedule, month_days, schedule_of
from rukang.pay.tax_years import YearSoFar, year_so_far
from rukang.people import Resident

DAY_COUNT = {
    terms.DayCount.PAID_DAYS: DayCount.PAID_DAYS,
    terms.DayCount.SCHEDULED: DayCount.SCHEDULED,
}
FEN = 100


def employments_of(session: Session, home: Home, month: date) -> Sequence[Employment]:
    """Return the employments of a home that touch a month, by resident and employer."""
    days = days_of_month(month)
    found = session.scalars(
        select(Employment)
        .where(Employment.home_id == home.id, Employment.started_on <= days[-1])
        .where(or_(Employment.ended_on.is_(None), Employment.ended_on >= days[0]))
    )
    return sorted(found, key=lambda work: (work.resident.code, work.employer.uscc))


def workers_of(
    session: Session, home: Home, month: date, policy: Policy
) -> list[tuple[Employment, WorkerMonth]]:
    """Return each employment of the month with its inputs, ready for ``payroll.compute``.

    Raises
    ------
    InvalidError
        If records are missing: a scheduled day without any mark, the tax year so far, or which of
        two employers the pieces were made for. Every gap of every person is named.
    """
    schedule = schedule_of(policy, home.county, month)
    marks, pieces = _marks(session, home, schedule), _pieces(session, home, month)
    year = year_so_far(session, home, month)
    works = employments_of(session, home, month)
    pairs, gaps = [], _unassigned(works, pieces)
    for work in works:
        days = month_days(schedule, marks[work.resident_id], work.started_on, work.ended_on)
        gaps += _gaps(work, days, year.missing(work))
        made = pieces[work.resident_id] if _paid_by(works, work.resident_id) == [work] else []
        pairs.append((work, _worker(home, work, days, made, year, month)))
    if gaps:
        raise InvalidError(
            "工资无法计算，记录不全：" + "；".join(zh for zh, _ in gaps),
            "Wages cannot be computed, records are missing: " + "; ".join(en for _, en in gaps),
        )
    return pairs


def _paid_by(works: Sequence[Employment], resident_id: int) -> list[Employment]:
    """Return the employments that a resident's pieces of the month may have been made in.

    Pieces name no employer. With an agreement of assisted employment, which pays by the piece,
    beside a contract they are the agreement's.
    """
    own = [work for work in works if work.resident_id == resident_id]
    agreements = [work for work in own if work.kind is EmploymentKind.AGREEMENT]
    return agreements or own


def _unassigned(
    works: Sequence[Employment], pieces: dict[int, list[Piece]]
) -> list[tuple[str, str]]:
    """Return who has pieces that could be of more than one employment: never paid twice."""
    unclear = {w.resident_id: w.resident for w in works if len(_paid_by(works, w.resident_id)) > 1}
    return [_undecided(who) for resident, who in unclear.items() if pieces.get(resident)]


def _undecided(who: Resident) -> tuple[str, str]:
    zh = (
        f"{who.code} {who.person.name} 本月有多份用工关系，无法判断计件属于哪家单位；"
        "请更正用工日期，或从计件表中删去并由单位另行发放"
    )
    en = (
        f"{who.code} {who.person.name} has several employments this month, and whose the pieces"
        " are is not known: correct the dates, or take the pieces out and pay them apart"
    )
    return zh, en


def _worker(
    home: Home,
    work: Employment,
    days: MonthDays,
    pieces: list[Piece],
    year: YearSoFar,
    month: date,
) -> WorkerMonth:
    contract = work.kind is EmploymentKind.CONTRACT
    insured = contract and work.insured_from is not None and work.insured_from <= month
    return WorkerMonth(
        id=work.resident.code,
        name=work.resident.person.name,
        kind=Kind.LABOUR_CONTRACT if contract else Kind.ASSISTED_AGREEMENT,
        employer=work.employer.name,
        work_place=home.county,
        insured_place=work.employer.insured_place,
        joined=work.started_on,
        left=work.ended_on,
        day_count=DAY_COUNT[work.employer.day_count],
        agreed_wage_fen=work.monthly_wage_fen if contract else None,
        scheduled_days=days.scheduled if contract else Decimal(0),
        paid_days=days.paid if contract else Decimal(0),
        unpaid_days=days.unpaid if contract else Decimal(0),
        overtime=days.overtime if contract else payroll.Overtime(),
        pieces=tuple(pieces),
        insured=frozenset(Insurance) if insured else frozenset(),
        declared_base_fen=work.declared_base_fen if contract else None,
        injury_rate=work.employer.injury_rate if contract else None,
        injury_rate_document=work.employer.rate_document,
        accident_insurance_fen=0 if contract else work.employer.accident_premium_fen,
        tax_year=year.of(work) if contract else None,
        disabled=True,
    )


def _gaps(work: Employment, days: MonthDays, unpaid: list[int]) -> list[tuple[str, str]]:
    if work.kind is EmploymentKind.AGREEMENT:
        return []
    who, found = f"{work.resident.code} {work.resident.person.name}", []
    if days.unrecorded:
        which = "、".join(f"{day.month}月{day.day}日" for day in days.unrecorded)
        dates = ", ".join(day.isoformat() for day in days.unrecorded)
        found.append((f"{who} 无考勤记录：{which}", f"{who} has no attendance record on {dates}"))
    if unpaid:
        which = "、".join(f"{month}月" for month in unpaid)
        found.append(
            (
                f"{who} 缺 {which} 的年度累计，这几个月也没有工资批次",
                f"{who} has neither totals of the year nor a run for the months {unpaid}",
            )
        )
    return found


def _marks(session: Session, home: Home, schedule: Schedule) -> dict[int, dict[date, Presence]]:
    query = on_days(AttendanceDay, home.id, schedule.days)
    marks: dict[int, dict[date, Presence]] = defaultdict(dict)
    for mark in session.scalars(query):
        marks[mark.resident_id][mark.day] = mark.presence
    return marks


def _pieces(session: Session, home: Home, month: date) -> dict[int, list[Piece]]:
    query = select(PieceWork).where(PieceWork.home_id == home.id, PieceWork.month == month)
    pieces: dict[int, list[Piece]] = defaultdict(list)
    for made in session.scalars(query.order_by(PieceWork.id)):
        piece = Piece(
            item=made.item,
            quantity=Decimal(made.quantity),
            rate_fen=made.rate * FEN,
            quality_deduction_fen=made.quality_deduction_fen,
        )
        pieces[made.resident_id].append(piece)
    return pieces
