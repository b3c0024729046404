"""Income tax by cumulative withholding, for people under a labour contract."""

import numpy as np

from payroll.figures import NOBODY
from payroll.lines.line import Dated, Formula, LineKind, Yuan
from payroll.lines.sheet import Sheet
from payroll.money import Column, Mask
from payroll.policy import Resolved
from payroll.policy.units import Bracket
from payroll.rules import income_tax as rules

RELIEF = "income_tax.disabled_relief_rate"


def income_tax(sheet: Sheet) -> None:
    """Add cumulative taxable income and the tax to withhold, and say what is not determined."""
    _taxable(sheet)
    people = sheet.people
    due = _tax_due(sheet)
    withheld = people.tax_year(lambda year: year.withheld_fen)
    relief = _relief(sheet, due)
    taxable = Yuan(sheet.amounts("taxable_income"))
    sheet.add(
        "income_tax",
        np.where(people.contract, rules.tax_this_month(due, relief, withheld), 0),
        rules.tax_this_month,
        Formula(
            "未定：服务协议报酬的税目由支付单位确定，本表未扣税",
            "undetermined: the payer must classify pay under a service agreement; none withheld",
        ),
        Formula(
            "累计应纳税所得额 {taxable} 按预扣率表为 {due} − 累计减免 {relief} − 已扣 {withheld}",
            "on {taxable} the table gives {due} − relief {relief} − withheld {withheld}",
        ),
        variant=people.contract.astype(np.int64),
        operands={
            "taxable": taxable,
            "due": Yuan(due),
            "relief": Yuan(relief),
            "withheld": Yuan(withheld),
        },
        figures=(sheet.figures["income_tax.brackets"], sheet.figures[RELIEF]),
        inputs=("taxable_income", "tax_year.relief_fen", "tax_year.withheld_fen"),
        applies=np.ones(len(people), np.bool_),
    )
    _warn(sheet, due, np.maximum(due - relief, 0) < withheld)


def _taxable(sheet: Sheet) -> None:
    people = sheet.people
    monthly, yearly = (sheet.figures[f"income_tax.basic_{per}"] for per in ("monthly", "yearly"))
    whole_year = people.tax_year(lambda year: year.whole_year_deduction)
    shares = sheet.of_kind(LineKind.EMPLOYEE_SHARE)
    income = people.tax_year(lambda year: year.income_fen) + sheet.amounts("gross")
    insurance = people.tax_year(lambda year: year.insurance_fen) + sum(
        line.amounts for line in shares
    )
    special = people.tax_year(lambda year: year.special_additional_fen)
    other = people.tax_year(lambda year: year.other_deductions_fen)
    months = people.tax_year(lambda year: year.months_employed)
    standard = rules.standard_deduction(months, monthly.fen, yearly.fen, whole_year)
    taxable = rules.cumulative_taxable(income, standard, insurance, special, other)
    sheet.add(
        "taxable_income",
        np.where(people.contract, taxable, 0),
        rules.cumulative_taxable,
        Formula(
            "累计收入 {income} − 减除费用 {standard}（{monthly} × 任职月数）− 个人保险 {insurance} "
            "− 专项附加扣除 {special} − 其他 {other}，不低于零",
            "income {income} − standard {standard} ({monthly} a month) − insurance {insurance} "
            "− special {special} − other {other}, not below nil",
        ),
        Formula(
            "累计收入 {income} − 全年减除费用 {yearly} − 个人保险 {insurance} "
            "− 专项附加扣除 {special} − 其他 {other}，不低于零",
            "income {income} − the whole year's {yearly} − insurance {insurance} "
            "− special {special} − other {other}, not below nil",
        ),
        variant=whole_year,
        operands={
            "income": Yuan(income),
            "standard": Yuan(standard),
            "monthly": Dated(monthly),
            "yearly": Dated(yearly),
            "insurance": Yuan(insurance),
            "special": Yuan(special),
            "other": Yuan(other),
        },
        inputs=("gross", "tax_year", *(line.code for line in shares)),
        applies=people.contract,
    )


def _tax_due(sheet: Sheet) -> Column:
    """Return the tax on the year so far, table by table: places share one table, but may differ."""
    table = sheet.figures["income_tax.brackets"]
    taxable = sheet.amounts("taxable_income")
    due = np.zeros_like(taxable)
    for row, found in enumerate(table.found):
        here = table.row == row
        due[here] = rules.tax_on(taxable[here], _brackets(found))
    return due


def _relief(sheet: Sheet, due: Column) -> Column:
    """Return the relief the tax office determined, or else the province's share, where known."""
    people = sheet.people
    determined = people.tax_year(lambda year: year.relief_fen or 0)
    by_rate = rules.disabled_relief(due, sheet.figures[RELIEF].rate, people.disabled)
    return np.where(_undetermined(sheet), by_rate, determined)


def _undetermined(sheet: Sheet) -> Mask:
    undetermined: Mask = sheet.people.tax_year(lambda year: year.relief_fen is None) == 1
    return undetermined


def _brackets(found: Resolved) -> tuple[Bracket, ...]:
    brackets: tuple[Bracket, ...] = found.value
    return brackets


def _warn(sheet: Sheet, due: Column, overpaid: Mask) -> None:
    people = sheet.people
    no_rate = sheet.figures[RELIEF].row == NOBODY
    sheet.warn(
        "disabled_relief_unknown",
        people.contract & people.disabled & (due > 0) & _undetermined(sheet) & no_rate,
        "残疾人个人所得税减免幅度由各省规定，本库未知，本表未予减免；请向主管税务机关核定后填入",
        "relief for disabled persons is set by the province and unknown here: none was applied",
    )
    sheet.warn(
        "tax_overpaid",
        people.contract & overpaid,
        "本年累计已扣税款多于应扣，本月不扣；多扣部分在年度汇算时退",
        "more was withheld than is due: nothing this month, the rest at the yearly settlement",
    )
    sheet.warn(
        "agreement_tax_undetermined",
        ~people.contract & (sheet.amounts("gross") > 0),
        "服务协议报酬的个人所得税税目未定，本表未扣税；支付单位须自行确定并申报",
        "how pay under a service agreement is taxed is undetermined: the payer must decide",
    )
