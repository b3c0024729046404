"""Refuse months that cannot be right, with every problem of every person at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from payroll.columns import MADE_IN, Columns
from payroll.money import Column, Mask
from payroll.policy.units import TaxCategory
from payroll.worker import ANNUAL, OVERTIME_ZH, AllowanceKind, Insurance, MadeIn

HOURS_OF_A_MONTH = 24 * 31 * 100
"""No month has more hours, in hundredths."""


TOLD = 100
"""Problems written out in the message of a refusal; ``problems`` holds all of them."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with one person's month and how to mend it."""

    worker: str
    field: str
    zh: str
    en: str
    person: int = -1
    """The row of the person among the people computed, from 0."""

    def __str__(self) -> str:
        return f"{self.worker}（{self.field}）：{self.zh} / {self.en}"


class RefusedInput(ValueError):  # noqa: N818 - it names what happened
    """The month was not computed; every reason is listed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        told = [str(problem) for problem in self.problems[:TOLD]]
        if more := len(self.problems) - len(told):
            told.append(f"……另有 {more} 处 / and {more} more")
        super().__init__("\n".join(told))


def refuse(problems: Iterable[Problem]) -> None:
    """Raise if there is any problem.

    Raises
    ------
    RefusedInput
        Naming all of them.
    """
    if found := tuple(problems):
        raise RefusedInput(found)


def problems(people: Columns) -> Iterator[Problem]:
    """Find what is wrong with the inputs of a month, rule by rule for everyone at once."""
    checks = (_twice, _employment, _days, _leave, _hours, _pay, _insurance, _tax, _bonus, _arrears)
    for check in checks:
        yield from check(people)


Words = str | Callable[[int], str]
"""A sentence, or one for each person."""


def _each(people: Columns, who: Mask, field: str, zh: Words, en: str) -> Iterator[Problem]:
    for person in np.flatnonzero(who).tolist():
        words = zh if isinstance(zh, str) else zh(person)
        yield Problem(people.ids[person], field, words, en, person)


def jobs(people: Columns) -> list[tuple[str, int, bool]]:
    """Return who works for whom, and whether under a labour relation: a job has one record."""
    return list(
        zip(people.ids, people.employers.row.tolist(), people.employed.tolist(), strict=True)
    )


def _twice(people: Columns) -> Iterator[Problem]:
    keys = jobs(people)
    if len(set(keys)) == len(keys):
        return
    for key, times in Counter(keys).items():
        if times > 1:
            person, employer, _ = key
            name = people.employers.values[employer]
            words = f"在单位 {name} 下出现 {times} 次，只能有一条"
            yield Problem(person, "id", words, "listed twice", keys.index(key))


def _employment(people: Columns) -> Iterator[Problem]:
    each, month = people.of_people, people.month
    last = month.last.toordinal()

    def day(column: Column) -> Callable[[int], date]:
        return lambda person: date.fromordinal(int(column[person]))

    yield from _each(
        people,
        each.joined > last,
        "joined",
        lambda person: (
            f"{day(each.joined)(person)} 才入职，不应出现在 {month}；请核对入职日期或月份"
        ),
        f"joined after {month}; check the date or the month",
    )
    settles = people.sum_by_person(people.arrears, np.ones_like(people.arrears.person)) > 0
    yield from _each(
        people,
        (each.left < each.joined) | (people.gone & ~(settles & _nothing_else(people))),
        "left",
        lambda person: (
            f"{day(each.left)(person)} 已离职，不应出现在 {month}，也不能早于入职日；"
            "离职后只能结清以前月份的差额（arrears）"
        ),
        f"left before {month} or before joining; then only earlier months are settled",
    )


def _nothing_else(people: Columns) -> Mask:
    """Return whose record holds no work, pay or insurance of the month itself."""
    spells = people.spells
    each = people.of_people
    given = people.of_spells(spells.accounted_days + spells.hours) + each.accident_insurance
    given = given + each.housing_fund_employee + each.housing_fund_employer
    given = given + np.maximum(each.housing_fund_base, 0)
    for rows in (people.pieces, people.allowances, people.deductions):
        given = given + people.sum_by_person(rows, np.ones_like(rows.person))
    nothing: Mask = (given == 0) & ~people.any_insurance
    return nothing


def _days(people: Columns) -> Iterator[Problem]:
    each, spells = people.of_people, people.spells
    scheduled = each.scheduled_days
    accounted = people.of_spells(spells.accounted_days) + each.between_days
    by_time = people.contract | (people.of_spells(spells.wage) > 0)

    def count(column: Column, person: int) -> Decimal:
        return Decimal(int(column[person])) / 100

    def days(person: int) -> str:
        paid, absent = people.of_spells(spells.paid_days), people.of_spells(spells.absent_days)
        return (
            f"应出勤 {count(scheduled, person)}，计薪 {count(paid, person)}，"
            f"未按全薪计 {count(absent, person)}"
            + (
                f"，两段用工之间 {count(each.between_days, person)}"
                if each.between_days[person]
                else ""
            )
        )

    yield from _each(
        people,
        by_time & (scheduled == 0),
        "scheduled_days",
        "须填写应出勤天数，月工资和最低工资按它折算",
        "the scheduled days are needed to prorate wage and minimum",
    )
    stated = ~(by_time & (scheduled == 0))
    yield from _each(
        people,
        stated & (accounted > scheduled),
        "paid_days",
        lambda person: f"{days(person)}：合计超过应出勤",
        "more days than were scheduled",
    )
    yield from _each(
        people,
        stated & (accounted < scheduled) & people.here_at_both_ends,
        "paid_days",
        lambda person: (
            f"{days(person)}：还差 {count(scheduled - accounted, person)} 天没有记录；"
            "没有记录不等于缺勤，请补记"
        ),
        "days without a record; no record is not an absence",
    )


def _leave(people: Columns) -> Iterator[Problem]:
    spells = people.spells
    over = (spells.paid_leave_days > spells.paid_days) | (
        spells.unpaid_leave_days > spells.unpaid_days
    )
    yield from _each(
        people,
        people.of_spells(over.astype(np.int64)) > 0,
        "leave",
        "带薪的假应在计薪天数之内，事假应在本人原因缺勤天数之内；请核对各类假的天数",
        "paid leave is part of the paid days, unpaid leave part of the unpaid ones",
    )
    yield from _each(
        people,
        ~people.contract & (people.of_spells(spells.sick_days + spells.maternity_days) > 0),
        "leave",
        "只有全日制劳动合同才计病假、产假工资；请删去或更正用工形式",
        "sick and maternity pay belong to full-time contracts",
    )


def _hours(people: Columns) -> Iterator[Problem]:
    spells = people.spells
    extra = spells.workday_hours + spells.rest_day_hours + spells.holiday_hours
    yield from _each(
        people,
        people.of_spells(spells.hours + extra) > HOURS_OF_A_MONTH,
        "hours",
        "工时合计超过一个月的全部小时数",
        "more hours than a month has",
    )
    yield from _each(
        people,
        people.of_spells((spells.lieu_hours > spells.rest_day_hours).astype(np.int64)) > 0,
        "overtime.lieu_hours",
        "补休小时超过休息日加班小时；只有休息日加班可以补休（劳动法第四十四条）",
        "time off in lieu above the hours on rest days; only those can be made up so",
    )
    yield from _each(
        people,
        (people.of_spells(extra) > 0) & people.part_time,
        "overtime",
        "非全日制用工没有加班工资，请把全部小时填入 hours",
        "part-time work knows no overtime: all hours are normal ones",
    )


def _pay(people: Columns) -> Iterator[Problem]:
    spells = people.spells
    no_wage = (spells.agreed_wage < 0) & (spells.hourly_wage < 0)
    has_pieces = people.sum_by_person(people.pieces, np.ones_like(people.pieces.person)) > 0
    yield from _overtime_without_wage(people, no_wage)
    yield from _each(
        people,
        people.contract & ~has_pieces & (people.of_spells(spells.paid_days * no_wage) > 0),
        "agreed_wage_fen",
        "既无约定月工资或小时工资，也无计件记录；请至少填写一项，计件而没有做件的写一行数量 0",
        "neither an agreed wage nor pieces; who is paid by pieces and made none has a row of nil",
    )
    yield from _each(
        people,
        people.part_time & (people.of_spells((spells.hourly_wage < 0).astype(np.int64)) > 0),
        "hourly_wage_fen",
        "非全日制用工以小时计酬，须填写约定小时工资",
        "part-time work is paid by the hour: the agreed wage an hour is needed",
    )
    yield from _each(
        people,
        people.part_time & (people.of_people.average_day_hours < 0),
        "part_time",
        "非全日制用工须填写平均每日小时、最长一周小时和支付周期",
        "part-time work needs hours a day, hours a week and the pay cycle",
    )


def _overtime_without_wage(people: Columns, no_wage: Mask) -> Iterator[Problem]:
    """Find overtime without a wage by time, and without the pieces that were made in it."""
    spells, pieces = people.spells, people.pieces
    hours = {
        MadeIn.WORKDAY: spells.workday_hours,
        MadeIn.REST_DAY: spells.rest_day_hours - spells.lieu_hours,
        MadeIn.HOLIDAY: spells.holiday_hours,
    }
    for kind, zh in OVERTIME_ZH.items():
        then = (pieces.made_in == MADE_IN.index(kind)).astype(np.int64)
        made = people.sum_by_person(pieces, then) > 0
        yield from _each(
            people,
            ~people.part_time & ~made & (people.of_spells(hours[kind] * no_wage) > 0),
            "overtime",
            f"有{zh}，却没有约定月工资或小时工资可以折算；计件的请写明哪些件是在{zh}做的"
            "（件的日期，或时段 made_in）",
            "overtime needs an agreed wage; of pieces say which were made in it (made_in)",
        )


def _insurance(people: Columns) -> Iterator[Problem]:
    each = people.of_people
    yield from _each(
        people,
        people.any_insurance & ~people.employed,
        "insured",
        "服务协议没有劳动关系，不能由单位参加五险；意外险请填 accident_insurance_fen",
        "no labour relation: enter accident insurance instead",
    )
    without_base = np.zeros(len(people), np.bool_)
    for insurance in Insurance:
        without_base |= each.insured(insurance) & (each.own_base(insurance) < 0)
    yield from _each(
        people,
        without_base & (each.declared_base < 0),
        "declared_base_fen",
        "参保职工须填写申报基数（上年月平均工资；新职工为约定工资）",
        "an insured worker needs a declared base",
    )
    yield from _each(
        people,
        each.injury & (each.injury_rate < 0) & (each.injury_class < 0),
        "injury_rate",
        "须填写单位自己的工伤保险费率，或行业类别和浮动档次，见社保经办机构的核定通知",
        "the employer's own work-injury rate, or class and step, is needed, see its notice",
    )


def _tax(people: Columns) -> Iterator[Problem]:
    months, month = people.of_people.months_employed, people.month
    latest = np.maximum(people.of_people.paid_through, month.month)
    yield from _each(
        people,
        (people.employed | people.agreement_taxed_as(TaxCategory.WAGES)) & (months < 0),
        "tax_year",
        "按工资薪金计税的须填写本年累计数（任职月数、收入、已扣税等）",
        "the year so far is needed for cumulative withholding",
    )
    yield from _each(
        people,
        months > latest,
        "tax_year",
        lambda person: f"本年任职 {months[person]} 个月，超过了 {month}",
        "more months than the year has had",
    )


def _bonus(people: Columns) -> Iterator[Problem]:
    with_wages, apart = (people.allowances_of(kind) for kind in ANNUAL)
    before = people.of_people.bonus_apart_before
    yield from _each(
        people,
        (apart > 0) & (before > 0),
        "allowances",
        "本年已有一次全年一次性奖金单独计税，一年只能用一次（国税发〔2005〕9号）；请改为并入工资",
        "an annual bonus was taxed apart already this year, which is allowed once: tax it with the"
        " month's wages",
    )
    yield from _each(
        people,
        (apart > 0) & (with_wages > 0),
        "allowances",
        "同一个月的全年奖金既有并入工资又有单独计税；由本人选定一种",
        "annual bonuses of one month both with the wages and apart: the worker chooses one",
    )
    yield from _each(
        people,
        (people.allowances_of(AllowanceKind.ANNUAL_BONUS_APART) > 0)
        & ~people.employed
        & ~people.agreement_taxed_as(TaxCategory.WAGES),
        "allowances",
        "不是工资薪金所得，没有全年一次性奖金单独计税；请填为奖金或津贴",
        "not taxed as wages, so no bonus is taxed apart: enter it as bonus or allowance",
    )


def _arrears(people: Columns) -> Iterator[Problem]:
    late = people.arrears.month >= people.month.first.toordinal()
    yield from _each(
        people,
        people.sum_by_person(people.arrears, late.astype(np.int64)) > 0,
        "arrears",
        f"补发补缴只能是 {people.month} 以前的月份；本月的请直接更正本月的数",
        f"arrears are of months before {people.month}: correct this month itself",
    )
