"""The housing fund of both sides: by base and rate or as entered, and what of it is taxed."""

from dataclasses import replace

import numpy as np

from payroll.figures import NOBODY, taxed_as_wages
from payroll.lines.line import Dated, Formula, Share, Yuan
from payroll.lines.sheet import Sheet
from payroll.money import Column, Mask
from payroll.policy import places
from payroll.rules import housing_fund as rules

EMPLOYEE, EMPLOYER = "housing_fund_employee", "housing_fund_employer"
TAXED = {EMPLOYEE: "housing_fund_taxed_employee", EMPLOYER: "housing_fund_taxed_employer"}
"""The lines that hold what of each side's contribution is taxed."""
AVERAGE = "housing_fund.average_wage"


def housing_fund(sheet: Sheet) -> None:
    """Add both contributions and what of them is above the exempt limit."""
    _refuse(sheet)
    for code in TAXED:
        _contribution(sheet, code)
    _taxed(sheet)


def taxed(sheet: Sheet, code: str) -> Column:
    """Return what of one side's contribution is taxed, in fen."""
    return sheet.amounts(TAXED[code])


def _rate(sheet: Sheet, code: str) -> Column:
    rate: Column = getattr(sheet.people.of_people, f"{code}_rate")
    return rate


def _contribution(sheet: Sheet, code: str) -> None:
    """Add one side's contribution; an amount entered for the month stands before base and rate."""
    each = sheet.people.of_people
    entered: Column = getattr(each, code)
    base, rate = np.maximum(each.housing_fund_base, 0), np.maximum(_rate(sheet, code), 0)
    by_rate = (each.housing_fund_base >= 0) & (entered == 0)
    own, of_insurance = (
        sheet.figures[name] for name in ("housing_fund.rounding", "insurance.rounding")
    )
    # Only those reckoned by rate show a rounding, and only the one that holds for them.
    own, general = (
        replace(figure, row=np.where(by_rate & here, figure.row, NOBODY))
        for figure, here in ((own, own.is_known), (of_insurance, ~own.is_known))
    )
    roundings = np.where(
        own.is_known, own.roundings, np.where(general.is_known, general.roundings, NOBODY)
    )
    sheet.add(
        code,
        rules.contribution(entered, base, rate, roundings, by_rate),
        rules.contribution,
        Formula("由单位办理，按单位填报", "handled by the employer, as entered"),
        Formula("公积金基数 {base} × {rate}，{general}", "fund base {base} × {rate}, {general}"),
        Formula("公积金基数 {base} × {rate}，{own}", "fund base {base} × {rate}, {own}"),
        variant=by_rate.astype(np.int64) + (by_rate & own.is_known),
        operands={
            "base": Yuan(base),
            "rate": Share(rate, rules.MILLION),
            **({"general": Dated(general), "own": Dated(own)} if by_rate.any() else {}),
        },
        inputs=(f"{code}_fen", "housing_fund_base_fen", f"{code}_rate"),
    )


def _refuse(sheet: Sheet) -> None:
    """Refuse a base without rates, rates without a base, and rates that no fund knows."""
    each = sheet.people.of_people
    has_base = each.housing_fund_base >= 0
    floor, cap = (sheet.figures[f"housing_fund.rate_{end}"] for end in ("floor", "cap"))
    for code in TAXED:
        rate = _rate(sheet, code)
        sheet.refuse(
            f"{code}_rate",
            has_base != (rate >= 0),
            "公积金基数和单位、个人两个比例须一起填写；不按比例的请只填每月金额",
            "the fund's base and both rates belong together; without them enter the month's amount",
        )
        for low, high in sorted({(f.value, c.value) for f in floor.found for c in cap.found}):
            lowest, highest = int(low * rules.MILLION), int(high * rules.MILLION)
            here = _is(floor.row, [it.value == low for it in floor.found]) & _is(
                cap.row, [it.value == high for it in cap.found]
            )
            sheet.refuse(
                f"{code}_rate",
                here & has_base & (rate >= 0) & ((rate < lowest) | (rate > highest)),
                f"公积金缴存比例应在 {low:.0%} 至 {high:.0%} 之间"
                f"（{floor.found[0].document}、{cap.found[0].document}）；请核对比例，"
                "经批准低于下限的请在本地政策文件中写明",
                f"the fund's rate lies between {low:.0%} and {high:.0%}: check it, or state an"
                " approved lower one in a local file",
            )


def _is(row: Column, of_found: list[bool]) -> Mask:
    return np.array([*of_found, False], np.bool_)[row]


def _taxed(sheet: Sheet) -> None:
    """Add what is above the exempt limit, and ask for the average wage where nobody knows it."""
    people, wages = sheet.people, taxed_as_wages(sheet.people)
    average, multiple, share = (
        sheet.figures[f"housing_fund.{name}"]
        for name in ("average_wage", "exempt_multiple", "exempt_rate")
    )
    limit = np.zeros(len(people), np.int64)
    if average.found:
        limit = rules.exempt_limit(average.fen, multiple.hundredths, share.rate)
    for code, line in TAXED.items():
        contribution = sheet.amounts(code)
        sheet.add(
            line,
            rules.taxed_part(contribution, limit, average.is_known & wages),
            rules.taxed_part,
            Formula(
                "缴存 {paid} − 免税限额 {limit}（{average} × {multiple} × {share}），计入应税收入",
                "contribution {paid} − exempt limit {limit} ({average} × {multiple} × {share}),"
                " taxed",
            ),
            operands={
                "paid": Yuan(contribution),
                "limit": Yuan(limit),
                "average": Dated(average),
                "multiple": Dated(multiple),
                "share": Dated(share),
            },
            inputs=(code,),
        )
    paid = (sheet.amounts(EMPLOYEE) > 0) | (sheet.amounts(EMPLOYER) > 0)
    at = people.work_places.row[people.last_spell]
    for row, place in enumerate(people.work_places.values):
        where = f"{places.name(place)}（{place}）"
        sheet.warn(
            "housing_fund_average_unknown",
            wages & paid & ~average.is_known & (at == row),
            f"不知道工作地上一年度职工月平均工资（{AVERAGE}）：{where}，{people.month.first}；"
            "无法判断公积金是否超过免税限额（月平均工资三倍的 12 %），本月暂未对超额部分计税，"
            "请向统计或公积金部门核实后在本地政策文件中补充",
            f"last year's average wage ({AVERAGE}) is unknown at {place} on {people.month.first}:"
            " whether the fund is above the exempt limit cannot be told, nothing of it was taxed;"
            " ask the fund or the statistics office and supply it in a local file",
        )
