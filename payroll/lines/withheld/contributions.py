"""The five insurances: the base, then every share of worker and employer."""

from decimal import Decimal

import numpy as np

from payroll.figures import Figure
from payroll.injury import injury_rates
from payroll.lines.line import Dated, Formula, Yuan
from payroll.lines.sheet import Sheet
from payroll.lines.withheld.housing_fund import housing_fund
from payroll.money import Column, Mask
from payroll.rules import contributions as rules
from payroll.worker import Insurance

BY_RATE = (
    ("pension_employee", Insurance.PENSION, "insurance.pension.employee_rate"),
    ("medical_employee", Insurance.MEDICAL, "insurance.medical.employee_rate"),
    ("unemployment_employee", Insurance.UNEMPLOYMENT, "insurance.unemployment.employee_rate"),
    ("maternity_employee", Insurance.MATERNITY, "insurance.maternity.employee_rate"),
    ("pension_employer", Insurance.PENSION, "insurance.pension.employer_rate"),
    ("medical_employer", Insurance.MEDICAL, "insurance.medical.employer_rate"),
    ("unemployment_employer", Insurance.UNEMPLOYMENT, "insurance.unemployment.employer_rate"),
)
FIXED = (
    ("medical_employee_fixed", "insurance.medical.employee_fixed"),
    ("medical_employer_fixed", "insurance.medical.employer_fixed"),
)


def contributions(sheet: Sheet) -> None:
    """Add the contribution bases and all shares, and warn where the cover is incomplete."""
    each = sheet.people.of_people
    _base(sheet, "contribution_base", each.declared_base, sheet.people.any_insurance)
    for insurance in Insurance:
        own = each.own_base(insurance)
        if (own >= 0).any():
            _base(sheet, f"{insurance}_base", own, (own >= 0) & each.insured(insurance))
    for code, insurance, parameter in BY_RATE:
        _by_rate(sheet, code, insurance, sheet.figures[parameter])
    _refuse_float(sheet)
    rates = injury_rates(sheet.people, sheet.figures)
    _by_rate(sheet, "injury_employer", Insurance.INJURY, rates)
    for code, parameter in FIXED:
        _fixed(sheet, code, sheet.figures[parameter])
    _as_entered(sheet)
    housing_fund(sheet)
    _warn(sheet)


def _base(sheet: Sheet, code: str, stated: Column, applies: Mask) -> None:
    declared = np.maximum(stated, 0)
    floor, cap = sheet.figures["insurance.base.floor"], sheet.figures["insurance.base.cap"]
    base = rules.contribution_base(declared, floor.fen, cap.fen)
    sheet.add(
        code,
        np.where(applies, base, 0),
        rules.contribution_base,
        Formula("申报基数 {declared}，在上下限之内", "declared base {declared}, within the limits"),
        Formula(
            "申报基数 {declared} 低于下限，按下限 {floor}",
            "declared base {declared} is below the floor: the floor {floor}",
        ),
        Formula(
            "申报基数 {declared} 高于上限，按上限 {cap}",
            "declared base {declared} is above the cap: the cap {cap}",
        ),
        variant=rules.base_decided_by(declared, floor.fen, cap.fen),
        operands={"declared": Yuan(declared), "floor": Dated(floor), "cap": Dated(cap)},
        inputs=("declared_base_fen", "declared_bases"),
        applies=applies,
    )


def _base_of(sheet: Sheet, insurance: Insurance) -> Column:
    """Return everyone's base of an insurance: its own where one is declared."""
    common = sheet.amounts("contribution_base")
    own = sheet.lines.get(f"{insurance}_base")
    return common if own is None else np.where(own.applies, own.amounts, common)


def _by_rate(sheet: Sheet, code: str, insurance: Insurance, rate: Figure) -> None:
    base = _base_of(sheet, insurance)
    rounding = sheet.figures["insurance.rounding"]
    insured = sheet.people.of_people.insured(insurance)
    sheet.add(
        code,
        rules.contribution(base, rate.rate, rounding.roundings, insured),
        rules.contribution,
        Formula("缴费基数 {base} × {rate}，{rounding}", "base {base} × {rate}, {rounding}"),
        operands={"base": Yuan(base), "rate": Dated(rate), "rounding": Dated(rounding)},
        inputs=("contribution_base", "insured"),
        applies=insured,
    )


def _refuse_float(sheet: Sheet) -> None:
    """Refuse a floating step that the employer's class of risk does not know."""
    each, steps = sheet.people.of_people, sheet.figures["insurance.injury.float_steps"]
    known = np.ones(len(sheet.people), np.bool_)
    for person in np.flatnonzero(steps.is_known).tolist():
        allowed = steps.of(person)[0].value[int(each.injury_class[person])]
        known[person] = Decimal(int(each.injury_float[person])) / 100 in allowed
    sheet.refuse(
        "injury_float",
        ~known,
        "该行业类别没有这个浮动档次，请核对社保经办机构的核定通知",
        "the class of risk does not know this floating step; see the notice",
    )


def _fixed(sheet: Sheet, code: str, amount: Figure) -> None:
    insured = sheet.people.of_people.medical
    sheet.add(
        code,
        rules.fixed_contribution(amount.fen, insured),
        rules.fixed_contribution,
        Formula("每月固定 {amount}", "fixed {amount} a month"),
        operands={"amount": Dated(amount)},
        inputs=("insured",),
        applies=insured,
    )


def _as_entered(sheet: Sheet) -> None:
    """Add what no rule computes: accident insurance, as entered."""
    sheet.add(
        "accident_insurance",
        sheet.people.of_people.accident_insurance,
        rules.fixed_contribution,
        Formula("由单位办理，按单位填报", "handled by the employer, as entered"),
        inputs=("accident_insurance_fen",),
    )


def _warn(sheet: Sheet) -> None:
    people = sheet.people
    due = sheet.figures["insurance.registration_days"]
    lacking = people.contract & ~people.all_insurances & ~people.gone
    for row, found in enumerate(due.found):
        sheet.warn(
            "not_fully_insured",
            lacking & (due.row == row),
            f"本月五险没有全部缴纳；用工之日起 {found.value} 日内应办理参保登记"
            f"（{found.document}{found.article or ''}）",
            "not all five insurances are paid this month; registration is due within"
            f" {found.value} days",
        )
    floor = sheet.figures["insurance.base.floor"]
    provisional = [figure.provisional for figure in floor.found]
    sheet.warn(
        "provisional_base",
        np.array([*provisional, False], np.bool_)[floor.row],
        "本年缴费基数上下限尚未公布，暂按上年执行；公布后须补差",
        "this year's base limits are not published: last year's, to be settled later",
    )
