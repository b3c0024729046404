"""A home's records of a month as the inputs of the wage rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
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
    Policy,
    Spell,
    UnknownFigure,
    WorkerMonth,
)
from payroll.figures import CATEGORY
from payroll.policy import Name
from payroll.policy.units import TaxCategory
from rukang.base.clock import days_of_month
from rukang.base.database import spans
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.care.attendance import HoursWorked
from rukang.pay.month.days import MonthDays, Schedule, month_days, schedule_of
from rukang.pay.month.month_records import MonthRecords, month_records
from rukang.pay.month.pieces import NOTHING_MADE, pieces_of
from rukang.pay.store.records import ALLOWANCES, PayItem, PayItemKind
from rukang.pay.year.tax_years import YearSoFar, year_so_far
from rukang.pay.year.two_homes import of_two_homes
from rukang.work import employment as terms
from rukang.work.employment import Employment, EmploymentKind, Job

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
TAX_CATEGORY = {
    terms.AgreementTax.LABOUR: TaxCategory.LABOUR,
    terms.AgreementTax.WAGES: TaxCategory.WAGES,
    terms.AgreementTax.UNDECIDED: TaxCategory.UNDECIDED,
}


def employments_of(session: Session, home: Home, month: date) -> Sequence[Employment]:
    """Return the employments of a home that touch a month, by resident and employer."""
    days = days_of_month(month)
    found = session.scalars(
        select(Employment)
        .where(Employment.home_id == home.id)
        .where(spans.overlap(Employment.started_on, Employment.ended_on, days[0], days[-1]))
        # What was to begin after somebody's death ends before it begins.
        .where(or_(Employment.ended_on.is_(None), Employment.ended_on >= Employment.started_on))
    )
    return sorted(found, key=lambda of: (of.resident.code, of.employer.uscc, of.started_on))


Pairs = list[tuple[Employment, WorkerMonth]]
"""Each job of a month with its inputs."""

Missing = dict[int, list[Name]]
"""Why jobs cannot be computed, by the id of their last record of the month."""


@dataclass
class Gathered:
    """A month's jobs with their inputs, and the jobs whose records are not whole, with what lacks.

    ``works`` are the last records of all jobs, by their ids.
    """

    pairs: Pairs = field(default_factory=list)
    works: dict[int, Employment] = field(default_factory=dict)
    missing: Missing = field(default_factory=dict)


def workers_of(session: Session, home: Home, month: date, policy: Policy) -> Pairs:
    """Return each job of the month with its inputs, ready for ``payroll.compute``.

    Raises
    ------
    InvalidError
        If records are missing; every gap of every person is named (`gather`).
    """
    found = gather(session, home, month, policy)
    if found.missing:
        raise incomplete(found.works, found.missing)
    return found.pairs


def incomplete(works: Mapping[int, Employment], missing: Missing) -> InvalidError:
    """Return the refusal of a month in which these jobs cannot be computed."""
    who = {at: f"{works[at].resident.code} {works[at].resident.person.name}" for at in missing}
    return InvalidError(
        "工资无法计算，记录不全："
        + "；".join(f"{who[at]} {why.zh}" for at, reasons in missing.items() for why in reasons),
        "Wages cannot be computed, records are missing: "
        + "; ".join(f"{who[at]} {why.en}" for at, reasons in missing.items() for why in reasons),
    )


def gather(
    session: Session, home: Home, month: date, policy: Policy, *, through: date | None = None
) -> Gathered:
    """Return each job of the month with its inputs, and of whom records are missing.

    Where the terms of a job change within the month, its last record stands for it, and the
    records before are the earlier spells. Missing are a scheduled day without any mark, a month of
    the tax year, or which of two employments something belongs to: one person never stops the
    others.

    Parameters
    ----------
    through
        A day of the month: then the jobs are those of part-time work alone, with what is recorded
        of days up to it.

    Raises
    ------
    InvalidError
        If the days off of that year are not arranged yet.
    """
    schedule = schedule_of(policy, home.county, month)
    category = agreement_category(policy, home.county, month)
    works = employments_of(session, home, month)
    if through is not None:
        works = [work for work in works if work.started_on <= through]
    records, year = month_records(session, home, month, works), year_so_far(session, home, month)
    if through is not None:
        works = [work for work in works if work.kind is EmploymentKind.PART_TIME]
        records = records.until(through)
    jobs: dict[Job, list[_Month]] = defaultdict(list)
    for work in works:
        jobs[work.job].append(_Month(work, schedule, records))
    found = Gathered()
    for *earlier, own in jobs.values():
        months = (*earlier, own)
        own.category = own.category or category
        gaps = [*records.undecided.get(own.work.resident_id, ())]
        gaps += _gaps(own, [of.days for of in months], year.missing(own.work))
        gaps += of_two_homes(session, home, own.work, year)
        found.works[own.work.id] = own.work
        if any(of.work.kind is not own.work.kind for of in earlier):
            gaps = [_two_kinds(own.work)]
        try:
            worker = _worker(home, own, year, month, earlier)
        except ValidationError as problem:
            gaps += _unfit(problem)
        if gaps:
            found.missing[own.work.id] = gaps
            continue
        between = _between([of.work for of in months], schedule)
        found.pairs.append((own.work, worker.model_copy(update={"between_days": between})))
    return found


def _unfit(problem: ValidationError) -> list[Name]:
    """Return what of somebody's records no month can hold, field by field."""
    return [
        Name(zh=f"{field} 的数不合适：{each['msg']}", en=f"{field} does not fit: {each['msg']}")
        for each in problem.errors()
        for field in [".".join(map(str, each["loc"]))]
    ]


def _between(works: Sequence[Employment], schedule: Schedule) -> Decimal:
    """Return the scheduled days between records of a job on which none of them held."""
    if works[0].kind is not EmploymentKind.CONTRACT:
        return Decimal(0)
    ends = [work.ended_on or schedule.days[-1] for work in works]
    days = (day for day in schedule.scheduled if works[0].started_on <= day <= max(ends))
    return Decimal(sum(not any(work.held(day, day) for work in works) for day in days))


def agreement_category(policy: Policy, place: str, month: date) -> TaxCategory | None:
    """Return how a place taxes agreements that do not say it themselves, None if nobody knows."""
    try:
        found: TaxCategory = policy.value(CATEGORY.parameter, place, month).value
    except UnknownFigure:
        return None
    return found


def _two_kinds(work: Employment) -> Name:
    zh = (
        f"本月在 {work.employer.name} 既有劳动合同又有非全日制，不能算在一张工资条上；"
        "请从月初起变更用工形式"
    )
    en = (
        "both under contract and part-time with one employer this month, which makes no single"
        " payslip: let the change begin with a month"
    )
    return Name(zh=zh, en=en)


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
                | _fund(None)
            ),
        )
        for job, items in arrears.items()
        if job in ended
    ]


class _Month:
    """One employment's records of the month."""

    def __init__(self, work: Employment, schedule: Schedule, records: MonthRecords) -> None:
        self.work = work
        self.category = TAX_CATEGORY.get(work.agreement_tax) if work.agreement_tax else None
        self.hours = records.hours.get(work.id, [])
        self.pieces = pieces_of(work, records.pieces.get(work.id, []), self.hours, schedule)
        self.items = records.items.get(work.id, [])
        self.days = month_days(
            schedule,
            records.marks[work.resident_id],
            work.started_on,
            work.ended_on,
            hours=self.hours,
            sick_pay_in_full=work.employer.sick_pay_share is None,
            by_pieces=work.by_pieces,
        )
        holidays = sum(work.held(day, day) for day in schedule.statutory)
        if work.by_pieces and not self.pieces and self.days.paid <= holidays:
            self.pieces = NOTHING_MADE

    @property
    def as_wages(self) -> bool:
        """Whether the pay is taxed as wages, by the kind of work or as an agreement is declared."""
        is_agreement = self.work.kind is EmploymentKind.AGREEMENT
        return not is_agreement or self.category is TaxCategory.WAGES

    def sum_of(self, kind: PayItemKind) -> int:
        """Return the month's amounts of a kind, in fen."""
        return sum(item.amount_fen for item in self.items if item.kind is kind)


def _worker(
    home: Home, own: _Month, year: YearSoFar, month: date, earlier: Sequence[_Month] = ()
) -> WorkerMonth:
    work, all_terms = own.work, [of.work for of in (*earlier, own)]
    insured = any(of.insured_in(month) for of in all_terms)
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
        pieces=own.pieces,
        allowances=tuple(_allowance(item) for item in own.items if item.kind.is_allowance),
        deductions=tuple(
            Deduction(name=item.name, amount_fen=item.amount_fen)
            for item in own.items
            if item.kind is PayItemKind.DEDUCTION
        ),
        insured=INSURED[work.kind] if insured else frozenset(),
        housing_fund_employee_fen=own.sum_of(PayItemKind.FUND_OWN),
        housing_fund_employer_fen=own.sum_of(PayItemKind.FUND_EMPLOYER),
        **_fund(work),
        injury_rate_document=work.employer.rate_document,
        disabled=True,
        earlier=tuple(Spell(work_place=home.county, **_spell(of)) for of in earlier),
        **_terms(own, year, [made for of in (*earlier, own) for made in of.hours]),
        **_spell(own),
    )


def _fund(work: Employment | None) -> dict[str, Any]:
    """Return base and rates of the housing fund, none without a job or a base."""
    has_base = work is not None and work.fund_base_fen is not None
    return {
        "housing_fund_base_fen": work.fund_base_fen if work and has_base else None,
        "housing_fund_employee_rate": work.fund_own_rate if work and has_base else None,
        "housing_fund_employer_rate": work.fund_employer_rate if work and has_base else None,
    }


def _spell(own: _Month) -> dict[str, Any]:
    """Return what was worked under one set of terms, and for what wage."""
    work = own.work
    if work.kind is EmploymentKind.PART_TIME:
        hours = sum((of.normal for of in own.hours), Decimal(0))
        return {"hourly_wage_fen": work.hourly_wage_fen, "hours": hours}
    if work.kind is EmploymentKind.AGREEMENT:
        return {}
    return {
        "agreed_wage_fen": None if work.by_pieces else work.monthly_wage_fen,
        "paid_days": own.days.paid,
        "unpaid_days": own.days.unpaid,
        "leave": own.days.leave,
        "overtime": own.days.overtime,
    }


def _terms(own: _Month, year: YearSoFar, hours: Sequence[HoursWorked]) -> dict[str, Any]:
    """Return what depends on the kind of work; ``hours`` are those of the whole month."""
    work = own.work
    if work.kind is EmploymentKind.AGREEMENT:
        of_tax: dict[str, Any] = {}
        if work.agreement_tax:
            of_tax["agreement_tax"] = TAX_CATEGORY[work.agreement_tax]
        if own.as_wages:
            of_tax |= {"tax_year": year.of(work)}
        return {"accident_insurance_fen": work.employer.accident_premium_fen} | of_tax
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


def _allowance(item: PayItem) -> Allowance:
    return Allowance(
        name=item.name or str(item.kind),
        amount_fen=item.amount_fen,
        kind=ALLOWANCES[item.kind],
        taxable=item.taxable,
    )


def _gaps(own: _Month, spells: Sequence[MonthDays], unpaid: list[int]) -> list[Name]:
    work = own.work
    if not own.as_wages:
        return []
    found = []
    unrecorded = [gap.name for days in spells for gap in days.unrecorded]
    if unrecorded and work.kind is EmploymentKind.CONTRACT:
        which = "、".join(name.zh for name in unrecorded)
        dates = ", ".join(name.en for name in unrecorded)
        found.append(Name(zh=f"无考勤记录：{which}", en=f"has no attendance record on {dates}"))
    if unpaid:
        which = "、".join(f"{month}月" for month in unpaid)
        zh = (
            f"缺 {which} 的年度累计，这几个月也没有算出工资；请先计算该月，"
            "或登记年度累计，确实没有工资的写明原因不计入"
        )
        en = (
            f"has neither totals of the year nor a computed wage for the months {unpaid}: compute"
            " them first, enter totals, or leave the person out of them with a reason"
        )
        found.append(Name(zh=zh, en=en))
    return found
