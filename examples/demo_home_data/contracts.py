"""Labour contracts with three companies, agreements with the home, and the tax year so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from demo_home_data.home import HOME, A, B, C
from demo_home_data.numbers import account
from demo_home_data.residents import NEWCOMERS, Person

SHARES = Decimal("463.91")
"""Own pension, medical and unemployment of a month on the floor: 360.32 + 90.08 + 13.51 yuan.

What the companies withheld in each month from January to September 2026 (8 %, 2 % and 0.3 % of
4504 yuan, the floor of 2025 carried on); demonstration figures.
"""

PAY_DAY = 15
"""Day of the following month on which a month's wage is due; a demonstration figure."""

WAGES = [2210, 2210, 2260, 2300, 2210, 2350, 2400, 2210, 2500, 2280, 2650, 2800]
STARTS = [
    date(2023, 7, 1), date(2024, 3, 1), date(2024, 9, 1), date(2022, 6, 1), date(2025, 6, 1),
    date(2023, 11, 1), date(2026, 4, 1), date(2024, 1, 1), date(2025, 9, 1), date(2023, 4, 1),
]  # fmt: skip


@dataclass(frozen=True)
class Contract:
    """A labour contract: amounts in yuan a month."""

    person: Person
    employer: str
    started_on: date
    wage: Decimal
    base: Decimal


def contracts(people: list[Person]) -> list[Contract]:
    """Return the 36 contracts: 14 with A, 12 with B, 10 with C."""
    quota = [person for person in people if person.service == "按比例就业"]
    return [_contract(number, person) for number, person in enumerate(quota, 1)]


def _contract(number: int, person: Person) -> Contract:
    employer = B if number == 5 or 16 <= number <= 26 else C if number > 26 else A
    if person.code == "R01":  # the worked example of docs/worked-example.md
        wage = Decimal("2210.00")
        return Contract(person, employer, date(2025, 3, 1), wage, wage)
    if person.code in NEWCOMERS:
        wage = Decimal("2400.00" if person.code == "R05" else "2260.00")
        return Contract(person, employer, NEWCOMERS[person.code], wage, wage)
    wage = Decimal(WAGES[number % len(WAGES)]).quantize(Decimal("0.01"))
    started_on = max(STARTS[number % len(STARTS)], _next_month(person.joined_on))
    # Last year's average where the whole year was worked: nine months at the old minimum wage.
    whole_year = started_on <= date(2025, 1, 1)
    base = ((wage - 200) * 9 + wage * 3) / 12 if whole_year else wage
    return Contract(person, employer, started_on, wage, base.quantize(Decimal("0.01")))


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def work_rows(people: list[Person]) -> list[dict[str, Any]]:
    """Return the rows of 用工关系: contracts, then agreements."""
    serial = {person.code: number for number, person in enumerate(people, 1)}
    rows = [
        {
            "人员编号": work.person.code,
            "姓名": work.person.name,
            "统一社会信用代码": work.employer,
            "用工形式": "劳动合同",
            "开始日期": work.started_on,
            "月工资（元）": work.wage,
            "申报基数（元）": work.base,
            "参保起始月": _insured_from(work),
        }
        for work in contracts(people)
    ] + [
        {
            "人员编号": person.code,
            "姓名": person.name,
            "统一社会信用代码": HOME,
            "用工形式": "辅助性就业协议",
            "开始日期": _next_month(person.joined_on),
        }
        for person in people
        if person.service == "辅助性就业"
    ]
    for row in rows:
        row |= {"次月发薪日": PAY_DAY}
        row |= {"开户银行": "示例银行邹平支行", "银行账号": account(serial[row["人员编号"]])}
    return rows


def _insured_from(work: Contract) -> str:
    # R33 joined on 19 October: insured from November, within the 30 days the law gives.
    month = date(2026, 11, 1) if work.person.code == "R33" else work.started_on
    return f"{month:%Y-%m}"


def to_date_rows(people: list[Person], through: int = 9) -> list[dict[str, Any]]:
    """Return the rows of 年度累计: from January through a month of 2026."""
    return [
        {
            "人员编号": work.person.code,
            "统一社会信用代码": work.employer,
            "截至月份": f"2026-{through:02d}",
            "任职月数": months,
            "累计收入（元）": work.wage * months,
            "累计个人社保（元）": SHARES * months,
            "累计专项附加扣除（元）": 0,
            "累计已扣税（元）": 0,
            "上年满12个月且收入不超6万": "是" if work.started_on <= date(2025, 1, 1) else "否",
        }
        for work in contracts(people)
        if (months := _months(work.started_on, through)) > 0
    ]


def _months(started_on: date, through: int) -> int:
    """Return the months employed from January 2026 through a month."""
    return through + 1 - max(started_on.month if started_on.year == 2026 else 1, 1)
