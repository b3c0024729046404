"""A wage against the minimum of the county in which the work is done, by the month or the hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from payroll.money import yuan
from payroll.policy import Resolved, UnknownFigure, places
from rostering.sheets import Located
from rukang.base.clock import days_of_month
from rukang.base.spans import overlap
from rukang.bodies.homes import Home
from rukang.forms import FromWorkbook
from rukang.work.employment import EmploymentKind

WAGES = {
    EmploymentKind.CONTRACT: ("月工资（元）", "minimum_wage.monthly"),
    EmploymentKind.PART_TIME: ("小时工资（元）", "minimum_wage.hourly"),
}
"""Which wage is held against which minimum."""


def at_least_the_minimum(taking: FromWorkbook, rows: Sequence[Located[Any]]) -> None:
    """Note work of the workbook's month below the minimum wage of the home's county.

    Work that ended before is not held against a later figure. Agreements of assisted employment
    have no floor in any text we have, so none is checked.
    """
    for kind, (header, parameter) in WAGES.items():
        works = [row for row in rows if _is_of(row.value, kind, taking.month)]
        if works:
            _check(taking, works, header, parameter)


def _check(taking: FromWorkbook, rows: Sequence[Located[Any]], header: str, parameter: str) -> None:
    county = taking.session.get_one(Home, taking.home_id).county
    try:
        floor = taking.policy().value(parameter, county, taking.month)
    except UnknownFigure as unknown:
        missing = unknown.missing[0].words
        told = f"无法核对最低工资：{missing.zh}"
        taking.book.add(told, missing.en, sheet=rows[0].sheet, header=header)
        return
    for row in rows:
        by_hour = row.value.kind is EmploymentKind.PART_TIME
        wage = row.value.hourly_wage_fen if by_hour else row.value.monthly_wage_fen
        if wage and wage < floor.fen:
            zh, en = below(floor, wage)
            taking.report(row, header, zh=zh, en=en)


def _is_of(work: Any, kind: EmploymentKind, month: date) -> bool:
    last = days_of_month(month)[-1]
    return work.kind is kind and overlap(work.started_on, work.ended_on, month, last)


def below(floor: Resolved, wage_fen: int) -> tuple[str, str]:
    """Return in Chinese and English that a wage is below a minimum, and how sure that figure is."""
    place = f"（{places.name(floor.via.place)}第 {floor.via.value} 档）" if floor.via else ""
    tier = f"；档次依据：{floor.via.standing.zh}" if floor.via else ""
    chosen = f", tier {floor.via.value}: {floor.via.standing}" if floor.via else ""
    missing = yuan(floor.fen - wage_fen)
    zh = (
        f"低于{floor.name.zh}{place} {yuan(floor.fen)} 元，差 {missing} 元"
        f"（{floor.document}，{floor.standing.zh}{tier}）；请与单位核对合同工资"
    )
    en = (
        f"below the {floor.name.en.lower()} of {yuan(floor.fen)} yuan by {missing}"
        f" ({floor.document}, {floor.standing}{chosen}); check the contract with the employer"
    )
    return zh, en
