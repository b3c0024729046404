"""Is the job real? What an inspector, and an honest employer, wants to know of a month's wages.

Each finding names the person, the rule, and the evidence in the records. A finding is a question
to be answered, not a judgement.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import Insurance, Kind, WorkerMonth, yuan
from payroll.policy import Name
from rukang.attendance import AttendanceDay, Presence
from rukang.clock import days_of_month
from rukang.employment import Employment, EmploymentKind, Job
from rukang.homes import Home
from rukang.pay.records import PayRun, PayslipRecord
from rukang.pay.stored import employed_in, payslip_of
from rukang.pay.workers import employments_of


class Rule(enum.StrEnum):
    """What is asked of every job."""

    ATTENDED = "attended"
    ONE_FULL_TIME_JOB = "one_full_time_job"
    INSURED_ONCE = "insured_once"
    FULLY_INSURED = "fully_insured"
    MINIMUM_WAGE = "minimum_wage"
    YEAR_OF_CONTRACT = "year_of_contract"
    THROUGH_BANK = "through_bank"
    CERTIFICATE_VALID = "certificate_valid"
    ACCOUNT_OF_ONE = "account_of_one"
    COMPANY_IS_THERE = "company_is_there"


RULES = {
    Rule.ATTENDED: Name(zh="发了工资，应有出勤", en="paid, so there should be attendance"),
    Rule.ONE_FULL_TIME_JOB: Name(
        zh="同一个月只有一份全日制劳动合同", en="one full-time contract in a month"
    ),
    Rule.INSURED_ONCE: Name(zh="同一个月只由一家单位参加五险", en="insured by one employer"),
    Rule.FULLY_INSURED: Name(zh="劳动合同职工五险齐全", en="all five insurances under a contract"),
    Rule.MINIMUM_WAGE: Name(zh="约定的报酬达到最低工资", en="what is agreed reaches the minimum"),
    Rule.YEAR_OF_CONTRACT: Name(zh="合同或协议满一年", en="a contract of a year"),
    Rule.THROUGH_BANK: Name(zh="工资通过银行支付", en="wages through a bank"),
    Rule.CERTIFICATE_VALID: Name(zh="残疾人证在有效期内", en="the certificate is valid"),
    Rule.ACCOUNT_OF_ONE: Name(zh="一个账号只属于一个人", en="an account belongs to one person"),
    Rule.COMPANY_IS_THERE: Name(
        zh="单位的职工应在机构出现过", en="a company's workers appear at the home"
    ),
}
"""Each rule in words."""


@dataclass(frozen=True)
class Finding:
    """A rule that a job seems not to keep: who, at which employer, and what the records say."""

    rule: Rule
    person: str
    name: str
    employer: str
    evidence: Name


@dataclass(frozen=True)
class _Month:
    """A calculated month as the checks see it."""

    run: PayRun
    works: Sequence[Employment]
    pairs: Sequence[tuple[PayslipRecord, WorkerMonth]]
    present: dict[int, int]
    began: dict[Job, date]

    @property
    def first(self) -> date:
        return self.run.month

    @property
    def last(self) -> date:
        return days_of_month(self.run.month)[-1]


def findings(session: Session, home: Home, run: PayRun) -> tuple[Finding, ...]:
    """Return everything that makes a job of a calculated month look not real, rule by rule.

    Who left before the month and is only paid what was owed has no job to be asked about.
    """
    works = employments_of(session, home, run.month)
    month = _Month(
        run, works, employed_in(run), _present(session, home, run), _began(session, home)
    )
    return tuple(finding for check in CHECKS for finding in check(month))


def _attended(month: _Month) -> Iterator[Finding]:
    for record, _ in month.pairs:
        work = record.employment
        if record.net_fen > 0 and not month.present.get(work.resident_id):
            yield _finding(
                Rule.ATTENDED,
                work,
                f"实发 {yuan(record.net_fen)} 元，本月没有一天出勤记录",
                f"{yuan(record.net_fen)} yuan paid, not one day of attendance",
            )


def _one_full_time_job(month: _Month) -> Iterator[Finding]:
    for one, other in _of_same_person(month):
        if one.kind is other.kind is EmploymentKind.CONTRACT and one.held(
            other.started_on, other.ended_on or date.max
        ):
            yield _finding(
                Rule.ONE_FULL_TIME_JOB,
                one,
                f"同月还有 {other.employer.name} 的劳动合同（{other.started_on} 起）",
                f"also under contract with {other.employer.name} since {other.started_on}",
            )


def _insured_once(month: _Month) -> Iterator[Finding]:
    for one, other in _of_same_person(month):
        insured = (work.insured_from and work.insured_from <= month.last for work in (one, other))
        if one.employer_id != other.employer_id and all(insured):
            yield _finding(
                Rule.INSURED_ONCE,
                one,
                f"{one.employer.name} 和 {other.employer.name} 同月都参保",
                f"insured by {one.employer.name} and {other.employer.name} in one month",
            )


def _fully_insured(month: _Month) -> Iterator[Finding]:
    for record, worker in month.pairs:
        lacking = [insurance for insurance in Insurance if insurance not in worker.insured]
        if worker.kind is Kind.LABOUR_CONTRACT and lacking:
            yield _finding(
                Rule.FULLY_INSURED,
                record.employment,
                "本月未参加：" + "、".join(insurance.zh for insurance in lacking),
                "not insured this month: " + ", ".join(lacking),
            )


def _minimum_wage(month: _Month) -> Iterator[Finding]:
    for record, _ in month.pairs:
        top_up = payslip_of(record).amount_fen("minimum_top_up")
        if top_up:
            yield _finding(
                Rule.MINIMUM_WAGE,
                record.employment,
                f"补足 {yuan(top_up)} 元后才达到最低工资",
                f"reaches the minimum only with a top-up of {yuan(top_up)} yuan",
            )


def _year_of_contract(month: _Month) -> Iterator[Finding]:
    for work in {work.job: work for work in month.works}.values():
        started, ended = month.began[work.job], work.ended_on
        if ended is not None and (ended - started).days + 1 < DAYS_OF_A_YEAR:
            yield _finding(
                Rule.YEAR_OF_CONTRACT,
                work,
                f"{started} 至 {ended}，不满一年",
                f"{started} to {ended}, less than a year",
            )


def _through_bank(month: _Month) -> Iterator[Finding]:
    for record, _ in month.pairs:
        if record.net_fen > 0 and not record.employment.bank.strip():
            yield _finding(
                Rule.THROUGH_BANK,
                record.employment,
                "没有开户行，工资没有通过银行支付的依据",
                "no bank is on file: nothing shows that the wage goes through one",
            )


def _certificate_valid(month: _Month) -> Iterator[Finding]:
    for work in month.works:
        until = work.resident.certificate_to
        if until is not None and until < month.last:
            yield _finding(
                Rule.CERTIFICATE_VALID,
                work,
                f"残疾人证 {until} 到期",
                f"the certificate ended on {until}",
            )


def _account_of_one(month: _Month) -> Iterator[Finding]:
    by_account = defaultdict(list)
    for work in month.works:
        by_account[work.account.lookup].append(work)
    for works in by_account.values():
        people = {work.resident_id: work for work in works}
        if len(people) > 1:
            names = "、".join(work.resident.code for work in people.values())
            for work in people.values():
                yield _finding(
                    Rule.ACCOUNT_OF_ONE,
                    work,
                    f"账号 {work.account.masked} 属于 {names}",
                    f"account {work.account.masked} belongs to {names}",
                )


def _company_is_there(month: _Month) -> Iterator[Finding]:
    by_employer: dict[int, list[Employment]] = defaultdict(list)
    for work in month.works:
        if work.kind is EmploymentKind.CONTRACT:
            by_employer[work.employer_id].append(work)
    for works in by_employer.values():
        if not any(month.present.get(work.resident_id) for work in works):
            yield Finding(
                Rule.COMPANY_IS_THERE,
                "",
                "",
                works[0].employer.name,
                Name(
                    zh=f"{len(works)} 名职工本月没有人在机构出勤",
                    en=f"none of {len(works)} workers was at the home this month",
                ),
            )


CHECKS = (
    _attended,
    _one_full_time_job,
    _insured_once,
    _fully_insured,
    _minimum_wage,
    _year_of_contract,
    _through_bank,
    _certificate_valid,
    _account_of_one,
    _company_is_there,
)

DAYS_OF_A_YEAR = 365


def _finding(rule: Rule, work: Employment, zh: str, en: str) -> Finding:
    resident = work.resident
    return Finding(
        rule, resident.code, resident.person.name, work.employer.name, Name(zh=zh, en=en)
    )


def _of_same_person(month: _Month) -> Iterator[tuple[Employment, Employment]]:
    by_person: dict[int, list[Employment]] = defaultdict(list)
    for work in month.works:
        by_person[work.resident_id].append(work)
    for works in by_person.values():
        yield from combinations(works, 2)


def _began(session: Session, home: Home) -> dict[Job, date]:
    """Return when each job began: terms that change within it end no contract."""
    query = select(Employment).where(Employment.home_id == home.id)
    newest_first = session.scalars(query.order_by(Employment.started_on.desc()))
    return {work.job: work.started_on for work in newest_first}


def _present(session: Session, home: Home, run: PayRun) -> dict[int, int]:
    """Return the days on which each resident was at the home."""
    days = days_of_month(run.month)
    query = select(AttendanceDay.resident_id).where(
        AttendanceDay.home_id == home.id,
        AttendanceDay.day.between(days[0], days[-1]),
        AttendanceDay.presence == Presence.PRESENT,
    )
    counted: dict[int, int] = defaultdict(int)
    for resident in session.scalars(query):
        counted[resident] += 1
    return counted
