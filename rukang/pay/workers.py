"""A home's records of a month as the inputs of the wage rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from payroll import (
    Allowance,
    Arrear,
    DayCount,
    Deduction,
    Insurance,
    Kind,
    PartTime,
    Piece,
    Policy,
    Spell,
    WorkerMonth,
)
from rukang import employment as terms
from rukang.attendance import HoursWorked, PieceWork
from rukang.clock import days_of_month
from rukang.employment import Employment, EmploymentKind, Job
from rukang.errors import InvalidError
from rukang.homes import Home
from rukang.pay.days import MonthDays, Schedule, month_days, schedule_of
from rukang.pay.month_records import MonthRecords, month_records
from rukang.pay.records import ALLOWANCES, PayItem, PayItemKind
from rukang.pay.tax_years import YearSoFar, year_so_far

KINDS = {
    EmploymentKind.CONTRACT: Kind.LABOUR_CONTRACT,
    EmploymentKind.PART_TIME: Kind.PART_TIME,
    EmploymentKind.AGREEMENT: Kind.ASSISTED_AGREEMENT,
}
DAY_COUNT = {
    terms.DayCount.PAID_DAYS: DayCount.PAID_DAYS,
    terms.DayCount.SCHEDULED: DayCount.SCHEDULED,
}
INSURED = {
    EmploymentKind.CONTRACT: frozenset(Insurance),
    EmploymentKind.PART_TIME: frozenset({Insurance.INJURY}),
    EmploymentKind.AGREEMENT: frozenset[Insurance](),
}
"""What the employer pays for; part-time workers may join the others themselves
(社会保险法第十条、第二十三条)."""
FEN = 100


def employments_of(session: Session, home: Home, month: date) -> Sequence[Employment]:
    """Return the employments of a home that touch a month, by resident and employer."""
    days = days_of_month(month)
    found = session.scalars(
        select(Employment)
        .where(Employment.home_id == home.id, Employment.started_on <= days[-1])
        .where(or_(Employment.ended_on.is_(None), Employment.ended_on >= days[0]))
    )
    return sorted(found, key=lambda of: (of.resident.code, of.employer.uscc, of.started_on))


def workers_of(
    session: Session, home: Home, month: date, policy: Policy
) -> list[tuple[Employment, WorkerMonth]]:
    """Return each job of the month with its inputs, ready for ``payroll.compute``.

    Where the terms of a job change within the month, its last record stands for it, and the
    records before are the earlier spells.

    Raises
    ------
    InvalidError
        If records are missing: a scheduled day without any mark, the tax year so far, or which of
        two employments something belongs to. Every gap of every person is named.
    """
    schedule = schedule_of(policy, home.county, month)
    works = employments_of(session, home, month)
    records, year = month_records(session, home, month, works), year_so_far(session, home, month)
    jobs: dict[Job, list[_Month]] = defaultdict(list)
    for work in works:
        jobs[work.job].append(_Month(work, schedule, records))
    pairs, gaps = [], list(records.undecided)
    for *earlier, own in jobs.values():
        if any(of.work.kind is not own.work.kind for of in earlier):
            gaps.append(_two_kinds(own.work))
            continue
        gaps += _gaps(own.work, [of.days for of in (*earlier, own)], year.missing(own.work))
        pairs.append((own.work, _worker(home, own, year, month, earlier)))
    if gaps:
        raise InvalidError(
            "工资无法计算，记录不全：" + "；".join(zh for zh, _ in gaps),
            "Wages cannot be computed, records are missing: " + "; ".join(en for _, en in gaps),
        )
    return pairs


def _two_kinds(work: Employment) -> tuple[str, str]:
    who = f"{work.resident.code} {work.resident.person.name}"
    zh = (
        f"{who} 本月在 {work.employer.name} 既有劳动合同又有非全日制，不能算在一张工资条上；"
        "请从月初起变更用工形式"
    )
    en = (
        f"{who} is both under contract and part-time with one employer this month, which makes no"
        " single payslip: let the change begin with a month"
    )
    return zh, en


def leavers_of(
    session: Session,
    home: Home,
    month: date,
    policy: Policy,
    arrears: Mapping[Job, tuple[Arrear, ...]],
) -> list[tuple[Employment, WorkerMonth]]:
    """Return jobs that ended before the month, with what earlier months owe."""
    if not arrears:
        return []
    schedule, year = schedule_of(policy, home.county, month), year_so_far(session, home, month)
    query = select(Employment).where(Employment.home_id == home.id, Employment.ended_on < month)
    ended = {work.job: work for work in session.scalars(query.order_by(Employment.started_on))}
    nothing = MonthRecords(defaultdict(dict))
    return [
        (
            ended[job],
            _worker(home, _Month(ended[job], schedule, nothing), year, month).model_copy(
                update={"arrears": items, "insured": frozenset(), "accident_insurance_fen": 0}
            ),
        )
        for job, items in arrears.items()
        if job in ended
    ]


class _Month:
    """One employment's records of the month."""

    def __init__(self, work: Employment, schedule: Schedule, records: MonthRecords) -> None:
        self.work = work
        self.pieces = records.pieces.get(work.id, [])
        self.hours = records.hours.get(work.id, [])
        self.items = records.items.get(work.id, [])
        self.days = month_days(
            schedule,
            records.marks[work.resident_id],
            work.started_on,
            work.ended_on,
            hours=self.hours,
            sick_pay_in_full=work.employer.sick_pay_share is None,
        )

    def sum_of(self, kind: PayItemKind) -> int:
        """Return the month's amounts of a kind, in fen."""
        return sum(item.amount_fen for item in self.items if item.kind is kind)


def _worker(
    home: Home, own: _Month, year: YearSoFar, month: date, earlier: Sequence[_Month] = ()
) -> WorkerMonth:
    work, all_terms = own.work, [of.work for of in (*earlier, own)]
    insured = any(of.insured_from is not None and of.insured_from <= month for of in all_terms)
    return WorkerMonth(
        id=work.resident.code,
        name=work.resident.person.name,
        kind=KINDS[work.kind],
        employer=work.employer.name,
        work_place=home.county,
        insured_place=work.employer.insured_place,
        joined=all_terms[0].started_on,
        left=work.ended_on,
        day_count=DAY_COUNT[work.employer.day_count],
        pieces=tuple(_piece(made) for made in own.pieces),
        allowances=tuple(_allowance(item) for item in own.items if item.kind.is_allowance),
        deductions=tuple(
            Deduction(name=item.name, amount_fen=item.amount_fen)
            for item in own.items
            if item.kind is PayItemKind.DEDUCTION
        ),
        insured=INSURED[work.kind] if insured else frozenset(),
        housing_fund_employee_fen=own.sum_of(PayItemKind.FUND_OWN),
        housing_fund_employer_fen=own.sum_of(PayItemKind.FUND_EMPLOYER),
        injury_rate_document=work.employer.rate_document,
        disabled=True,
        earlier=tuple(Spell(work_place=home.county, **_spell(of)) for of in earlier),
        **_terms(own, year, [made for of in (*earlier, own) for made in of.hours]),
        **_spell(own),
    )


def _spell(own: _Month) -> dict[str, Any]:
    """Return what was worked under one set of terms, and for what wage."""
    work = own.work
    if work.kind is EmploymentKind.PART_TIME:
        hours = sum((of.normal for of in own.hours), Decimal(0))
        return {"hourly_wage_fen": work.hourly_wage_fen, "hours": hours}
    if work.kind is EmploymentKind.AGREEMENT:
        return {}
    return {
        "agreed_wage_fen": work.monthly_wage_fen,
        "paid_days": own.days.paid,
        "unpaid_days": own.days.unpaid,
        "leave": own.days.leave,
        "overtime": own.days.overtime,
    }


def _terms(own: _Month, year: YearSoFar, hours: Sequence[HoursWorked]) -> dict[str, Any]:
    """Return what depends on the kind of work; ``hours`` are those of the whole month."""
    work = own.work
    if work.kind is EmploymentKind.AGREEMENT:
        return {"accident_insurance_fen": work.employer.accident_premium_fen}
    relation = {
        "declared_base_fen": work.declared_base_fen or None,
        "injury_rate": work.employer.injury_rate,
        "tax_year": year.of(work),
    }
    if work.kind is EmploymentKind.PART_TIME:
        return relation | {"part_time": _part_time(work, hours)}
    return relation | {
        "scheduled_days": own.days.scheduled,
        "sick_pay_share": work.employer.sick_pay_share,
    }


def _part_time(work: Employment, hours: Sequence[HoursWorked]) -> PartTime:
    """Return what tells part-time work: hours a day worked, of the longest week, the pay cycle."""
    weeks: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for of in hours:
        weeks[of.day.isocalendar()[:2]] += of.normal
    days = {of.day for of in hours}
    average = sum(weeks.values(), Decimal(0)) / max(len(days), 1)
    return PartTime(
        average_day_hours=round(average, 2),
        longest_week_hours=max(weeks.values(), default=Decimal(0)),
        pay_cycle_days=work.pay_cycle_days or 0,
    )


def _piece(made: PieceWork) -> Piece:
    return Piece(
        item=made.item,
        quantity=Decimal(made.quantity),
        rate_fen=made.rate * FEN,
        quality_deduction_fen=made.quality_deduction_fen,
    )


def _allowance(item: PayItem) -> Allowance:
    return Allowance(
        name=item.name or str(item.kind),
        amount_fen=item.amount_fen,
        kind=ALLOWANCES[item.kind],
        taxable=item.taxable,
    )


def _gaps(
    work: Employment, spells: Sequence[MonthDays], unpaid: list[int]
) -> list[tuple[str, str]]:
    if work.kind is EmploymentKind.AGREEMENT:
        return []
    who, found = f"{work.resident.code} {work.resident.person.name}", []
    unrecorded = [day for days in spells for day in days.unrecorded]
    if unrecorded and work.kind is EmploymentKind.CONTRACT:
        which = "、".join(f"{day.month}月{day.day}日" for day in unrecorded)
        dates = ", ".join(day.isoformat() for day in unrecorded)
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
