"""Is the job real? What an inspector, and an honest employer, wants to know of a month's wages.

Each finding names the person, the rule, and the evidence in the records. A finding is a question
to be answered, not a judgement.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import (
    Insurance,
    Kind,
    Month,
    Policy,
    Resolved,
    UnknownFigure,
    WorkerMonth,
    yuan,
)
from payroll.policy import Name
from payroll.retirement import Age, Ages, ages
from rukang.base.clock import days_of_month
from rukang.base.database.find import on_days
from rukang.base.database.sealing.keys import SessionVault
from rukang.bodies.homes import Home
from rukang.care.attendance import HoursWorked, Presence, days_marked
from rukang.pay.month.workers import employments_of
from rukang.pay.store.records import PayRun, PayslipRecord
from rukang.pay.store.shipped import shipped
from rukang.pay.store.stored import employed_in, payslip_of
from rukang.pay.year.elsewhere import Beside, Payee, beside, payee_of
from rukang.people import Sex
from rukang.work.employment import Employment, EmploymentKind, Job

MINUTES = 60


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
    OLD_ENOUGH = "old_enough"
    NOT_RETIRED = "not_retired"
    ONE_MINIMUM = "one_minimum"
    LIEU_IN_HOURS = "lieu_in_hours"
    PAID_IN_PARTS = "paid_in_parts"
    TAXED_TOGETHER = "taxed_together"


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
    Rule.OLD_ENOUGH: Name(zh="已满最低就业年龄", en="old enough to work"),
    Rule.NOT_RETIRED: Name(zh="未过法定退休年龄", en="not beyond the retirement age"),
    Rule.ONE_MINIMUM: Name(
        zh="单位和机构所在地的最低工资相同", en="one minimum wage at employer and home"
    ),
    Rule.LIEU_IN_HOURS: Name(
        zh="补休有对应的休息日加班小时", en="time off in lieu stands in the hours"
    ),
    Rule.PAID_IN_PARTS: Name(
        zh="非全日制的工资最长十五日一结", en="part-time wages are paid every fifteen days"
    ),
    Rule.TAXED_TOGETHER: Name(
        zh="同一单位在几个机构发的工资合并扣税",
        en="wages of one payer in several homes taxed as one",
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
    accounts: Sequence[str]
    """Of each of the works, a digest that equal accounts share."""
    pairs: Sequence[tuple[PayslipRecord, WorkerMonth]]
    present: dict[int, Decimal]
    """Days on which each resident was at the home."""
    began: dict[Job, date]
    policy: Policy
    county: str
    lieu: dict[int, Decimal]
    """Days in lieu of each resident that no hours account for."""
    home: Home
    beside: Mapping[Payee, Sequence[Beside]]
    """Whom the same employers pay in other homes too."""

    @property
    def first(self) -> date:
        return self.run.month

    @property
    def last(self) -> date:
        return days_of_month(self.run.month)[-1]


def findings(
    session: Session, home: Home, run: PayRun, policy: Policy | None = None
) -> tuple[Finding, ...]:
    """Return everything that makes a job of a calculated month look not real, rule by rule.

    Who left before the month and is only paid what was owed has no job to be asked about.

    Parameters
    ----------
    policy
        The dated figures that ages and minimum wages are read from; the shipped ones if not
        given.
    """
    policy = policy or shipped()
    works = employments_of(session, home, run.month)
    identity = SessionVault.of(session).identity
    month = _Month(
        run,
        works,
        [identity(work.account) for work in works],
        employed_in(run),
        days_marked(session, [home.id], run.month, Presence.PRESENT),
        _began(session, home),
        policy,
        home.county,
        _lieu(session, home, run, policy),
        home,
        beside(session, run),
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
        insured = (work.insured_in(month.first) for work in (one, other))
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
        stands = work.resident.person.disability_on(month.last)
        certificate = None if stands is None else stands.certificate
        if certificate is None:
            yield _finding(
                Rule.CERTIFICATE_VALID,
                work,
                f"{month.last} 没有残疾人证在册",
                f"no certificate is on record for {month.last}",
            )
        elif (until := certificate.valid_to) is not None and until < month.last:
            yield _finding(
                Rule.CERTIFICATE_VALID,
                work,
                f"残疾人证 {until} 到期",
                f"the certificate ended on {until}",
            )


def _account_of_one(month: _Month) -> Iterator[Finding]:
    by_account = defaultdict(list)
    for account, work in zip(month.accounts, month.works, strict=True):
        by_account[account].append(work)
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


def _old_enough(month: _Month) -> Iterator[Finding]:
    for work, known in _ages(month):
        if known.in_month(_engine_month(month)) is Age.TOO_YOUNG:
            yield _finding(
                Rule.OLD_ENOUGH,
                work,
                f"{known.works_from} 才满最低就业年龄（劳动法第十五条）",
                f"the least age for work is reached on {known.works_from}",
            )


def _not_retired(month: _Month) -> Iterator[Finding]:
    for work, known in _ages(month):
        age = known.in_month(_engine_month(month))
        if work.kind is EmploymentKind.AGREEMENT or age not in (Age.RETIRED, Age.PERHAPS_RETIRED):
            continue
        reached = max(at for at in known.retires if at < _engine_month(month))
        least = month.policy.value("age.pension_least_months", month.county, reached.first).value
        asked = age is Age.PERHAPS_RETIRED
        yield _finding(
            Rule.NOT_RETIRED,
            work,
            f"{'原五十周岁退休的，' if asked else ''}{reached} 已到法定退休年龄；"
            f"{'岗位未记录，请核实；' if asked else ''}请核实是否已享受养老保险待遇、"
            f"缴费满 {least} 个月没有",
            f"{'if the original age is 50, ' if asked else ''}the retirement age was reached in"
            f" {reached}: ask about the pension and the {least} months of contributions",
        )


def _one_minimum(month: _Month) -> Iterator[Finding]:
    employers = {work.employer_id: work.employer for work in month.works}
    for employer in employers.values():
        here, there = (_minimum(month, place) for place in (month.county, employer.county))
        if here is not None and there is not None and here.fen != there.fen:
            yield Finding(
                Rule.ONE_MINIMUM,
                "",
                "",
                employer.name,
                Name(
                    zh=f"机构所在地 {yuan(here.fen)} 元，单位登记地 {yuan(there.fen)} 元；"
                    "工资按机构所在地比，退税限额按登记地算，请核实各项优惠按哪一地",
                    en=f"{yuan(here.fen)} yuan at the home, {yuan(there.fen)} where the employer is"
                    " registered: ask by which place each relief is tested",
                ),
            )


def _minimum(month: _Month, place: str) -> Resolved | None:
    try:
        return month.policy.value("minimum_wage.monthly", place, month.first)
    except UnknownFigure:
        return None


def _lieu_in_hours(month: _Month) -> Iterator[Finding]:
    for record, _ in month.pairs:
        days = month.lieu.get(record.employment.resident_id, 0)
        if days > 0:
            extra = yuan(payslip_of(record).amount_fen("overtime_rest_day"))
            yield _finding(
                Rule.LIEU_IN_HOURS,
                record.employment,
                f"补休 {days} 天在工时表里没有对应的补休小时，本月另付了休息日加班 {extra} 元；"
                "如补休抵这次加班，请在工时表填“其中补休小时”，两样不能同时给",
                f"{days} days in lieu stand in no hours, and {extra} yuan were paid for rest days:"
                " if the time off makes up for them, enter the hours in lieu",
            )


def _paid_in_parts(month: _Month) -> Iterator[Finding]:
    for record, worker in month.pairs:
        work = record.employment
        if worker.part_time is None:
            continue
        parameter = "working_time.part_time.pay_cycle_days"
        most = month.policy.value(parameter, month.county, month.first).value
        cycle = worker.part_time.pay_cycle_days
        if cycle > most:
            yield _finding(
                Rule.PAID_IN_PARTS,
                work,
                f"约定 {cycle} 天一结，最长 {most} 天（劳动合同法第七十二条）",
                f"a pay cycle of {cycle} days was agreed, {most} at most",
            )
            continue
        settled = {part.last for part in record.parts}
        begun, ended = worker.joined, worker.left or month.last
        open_ = [
            last
            for first, last in _engine_month(month).parts(cycle)[:-1]
            if last not in settled and begun <= last and first <= ended
        ]
        if open_ and record.net_fen > 0:
            which = "、".join(map(str, open_))
            yield _finding(
                Rule.PAID_IN_PARTS,
                work,
                f"截至 {which} 的工资没有按期结算，随整月发放",
                f"what was earned up to {which} was not paid then, but with the whole month",
            )


def _ages(month: _Month) -> Iterator[tuple[Employment, Ages]]:
    for work in {work.job: work for work in month.works}.values():
        person = work.resident.person
        is_man = person.sex is Sex.MALE
        yield work, ages(person.born_on, is_man, month.policy, month.county, month.first)


def _engine_month(month: _Month) -> Month:
    return Month(month.first.year, month.first.month)


def _taxed_together(month: _Month) -> Iterator[Finding]:
    for record, worker in month.pairs:
        for other in month.beside.get(payee_of(record.employment), ()):
            if worker.tax_year is not None and not other.counted:
                words = other.words(month.home)
                yield _finding(Rule.TAXED_TOGETHER, record.employment, words.zh, words.en)


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
    _old_enough,
    _not_retired,
    _one_minimum,
    _lieu_in_hours,
    _paid_in_parts,
    _taxed_together,
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


def _lieu(session: Session, home: Home, run: PayRun, policy: Policy) -> dict[int, Decimal]:
    """Return each resident's days marked as time off in lieu that no hours account for."""
    days = days_of_month(run.month)
    daily = policy.value("working_time.daily_minutes", home.county, run.month).value
    left = days_marked(session, [home.id], run.month, Presence.IN_LIEU)
    for of in session.scalars(on_days(HoursWorked, home.id, days)):
        if of.resident_id in left:
            left[of.resident_id] -= of.lieu * MINUTES / daily
    return left
