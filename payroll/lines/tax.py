"""Income tax by cumulative withholding, for everyone with a labour relation."""

import numpy as np

from payroll.lines import allowances
from payroll.lines.line import Dated, Formula, LineKind, Yuan
from payroll.lines.sheet import Sheet
from payroll.money import Column, Mask
from payroll.policy import Resolved
from payroll.policy.units import Bracket
from payroll.rules import income_tax as rules
from payroll.rules import settlement

RELIEF = "income_tax.disabled_relief_rate"


def income_tax(sheet: Sheet) -> None:
    """Add cumulative taxable income and the tax to withhold, and say what is not determined."""
    _taxable(sheet)
    people = sheet.people
    due = _tax_due(sheet)
    withheld = people.of_people.withheld_before
    relief = _relief(sheet, due)
    taxable = Yuan(sheet.amounts("taxable_income"))
    sheet.add(
        "income_tax",
        np.where(people.employed, rules.tax_this_month(due, relief, withheld), 0),
        rules.tax_this_month,
        Formula(
            "未定：服务协议报酬的税目由支付单位确定，本表未扣税",
            "undetermined: the payer must classify pay under a service agreement; none withheld",
        ),
        Formula(
            "累计应纳税所得额 {taxable} 按预扣率表为 {due} − 累计减免 {relief} − 已扣 {withheld}",
            "on {taxable} the table gives {due} − relief {relief} − withheld {withheld}",
        ),
        variant=people.employed.astype(np.int64),
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
    each = people.of_people
    whole_year = each.whole_year_deduction.astype(np.int64)
    shares = sheet.of_kind(LineKind.EMPLOYEE_SHARE)
    income = each.income_before + sheet.amounts("gross")
    exempt = each.exempt_before + allowances.exempt(people)
    insurance = each.insurance_before + settlement.total(
        [line.amounts for line in shares], len(people)
    )
    special, other = each.special_additional, each.other_deductions
    months = np.maximum(each.months_employed, 1)
    standard = rules.standard_deduction(months, monthly.fen, yearly.fen, whole_year)
    taxable = rules.cumulative_taxable(income, exempt, standard, insurance, special, other)
    sheet.add(
        "taxable_income",
        np.where(people.employed, taxable, 0),
        rules.cumulative_taxable,
        *(
            _formula(less_exempt, basic)
            for less_exempt in (("", ""), (" − 免税收入 {exempt}", " − exempt {exempt}"))
            for basic in (
                (
                    "减除费用 {standard}（{monthly} × 任职月数）",
                    "standard {standard} ({monthly} a month)",
                ),
                ("全年减除费用 {yearly}", "the whole year's {yearly}"),
            )
        ),
        variant=whole_year + 2 * (exempt > 0),
        operands={
            "income": Yuan(income),
            "exempt": Yuan(exempt),
            "standard": Yuan(standard),
            "monthly": Dated(monthly),
            "yearly": Dated(yearly),
            "insurance": Yuan(insurance),
            "special": Yuan(special),
            "other": Yuan(other),
        },
        inputs=("gross", "tax_year", *(line.code for line in shares)),
        applies=people.employed,
    )


def _formula(less_exempt: tuple[str, str], basic: tuple[str, str]) -> Formula:
    return Formula(
        f"累计收入 {{income}}{less_exempt[0]} − {basic[0]} − 个人保险 {{insurance}} "
        "− 专项附加扣除 {special} − 其他 {other}，不低于零",
        f"income {{income}}{less_exempt[1]} − {basic[1]} − insurance {{insurance}} "
        "− special {special} − other {other}, not below nil",
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
    determined = np.maximum(people.of_people.relief, 0)
    by_rate = rules.disabled_relief(due, sheet.figures[RELIEF].rate, people.of_people.disabled)
    return np.where(_undetermined(sheet), by_rate, determined)


def _undetermined(sheet: Sheet) -> Mask:
    return sheet.people.of_people.relief < 0


def _brackets(found: Resolved) -> tuple[Bracket, ...]:
    brackets: tuple[Bracket, ...] = found.value
    return brackets


def _warn(sheet: Sheet, due: Column, overpaid: Mask) -> None:
    people = sheet.people
    no_rate = ~sheet.figures[RELIEF].is_known
    sheet.warn(
        "disabled_relief_unknown",
        people.employed & people.of_people.disabled & (due > 0) & _undetermined(sheet) & no_rate,
        "残疾人个人所得税减免幅度由各省规定，本库未知，本表未予减免；请向主管税务机关核定后填入",
        "relief for disabled persons is set by the province and unknown here: none was applied",
    )
    sheet.warn(
        "tax_overpaid",
        people.employed & overpaid,
        "本年累计已扣税款多于应扣，本月不扣；多扣部分在年度汇算时退",
        "more was withheld than is due: nothing this month, the rest at the yearly settlement",
    )
    sheet.warn(
        "agreement_tax_undetermined",
        ~people.employed & (sheet.amounts("gross") > 0),
        "服务协议报酬的个人所得税税目未定，本表未扣税；支付单位须自行确定并申报",
        "how pay under a service agreement is taxed is undetermined: the payer must decide",
    )
