"""The five insurances: the base, then every share of worker and employer."""

import numpy as np

from payroll.figures import Figure, injury_rates
from payroll.lines.line import Dated, Formula, Yuan
from payroll.lines.sheet import Sheet
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
    """Add the contribution base and all shares, and warn where the cover is incomplete."""
    _base(sheet)
    for code, insurance, parameter in BY_RATE:
        _by_rate(sheet, code, insurance, sheet.figures[parameter])
    _by_rate(sheet, "injury_employer", Insurance.INJURY, injury_rates(sheet.people))
    for code, parameter in FIXED:
        _fixed(sheet, code, sheet.figures[parameter])
    _accident_insurance(sheet)
    _warn(sheet)


def _base(sheet: Sheet) -> None:
    declared = sheet.people.declared_base
    floor, cap = sheet.figures["insurance.base.floor"], sheet.figures["insurance.base.cap"]
    insured = sheet.people.any_insurance
    base = rules.contribution_base(declared, floor.fen, cap.fen)
    sheet.add(
        "contribution_base",
        np.where(insured, base, 0),
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
        inputs=("declared_base_fen",),
        applies=insured,
    )


def _by_rate(sheet: Sheet, code: str, insurance: Insurance, rate: Figure) -> None:
    base = sheet.amounts("contribution_base")
    rounding = sheet.figures["insurance.rounding"]
    insured = sheet.people.insured[insurance]
    sheet.add(
        code,
        rules.contribution(base, rate.rate, rounding.roundings, insured),
        rules.contribution,
        Formula("缴费基数 {base} × {rate}，{rounding}", "base {base} × {rate}, {rounding}"),
        operands={"base": Yuan(base), "rate": Dated(rate), "rounding": Dated(rounding)},
        inputs=("contribution_base", "insured"),
        applies=insured,
    )


def _fixed(sheet: Sheet, code: str, amount: Figure) -> None:
    insured = sheet.people.insured[Insurance.MEDICAL]
    sheet.add(
        code,
        rules.fixed_contribution(amount.fen, insured),
        rules.fixed_contribution,
        Formula("每月固定 {amount}", "fixed {amount} a month"),
        operands={"amount": Dated(amount)},
        inputs=("insured",),
        applies=insured,
    )


def _accident_insurance(sheet: Sheet) -> None:
    sheet.add(
        "accident_insurance",
        sheet.people.accident_insurance,
        rules.fixed_contribution,
        Formula("由单位为本人投保，按单位填报", "taken out by the employer, as entered"),
        inputs=("accident_insurance_fen",),
    )


def _warn(sheet: Sheet) -> None:
    people = sheet.people
    sheet.warn(
        "not_fully_insured",
        people.contract & ~people.all_insurances,
        "本月五险没有全部缴纳；用工之日起三十日内应办理参保登记（社会保险法第五十八条）",
        "not all five insurances are paid this month; registration is due within 30 days",
    )
    floor = sheet.figures["insurance.base.floor"]
    provisional = [figure.provisional for figure in floor.found]
    sheet.warn(
        "provisional_base",
        np.array([*provisional, False], np.bool_)[floor.row],
        "本年缴费基数上下限尚未公布，暂按上年执行；公布后须补差",
        "this year's base limits are not published: last year's, to be settled later",
    )
