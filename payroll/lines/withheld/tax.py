"""Income tax by cumulative withholding, for everyone with a labour relation."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from payroll.figures import CATEGORY as TAX_CATEGORY
from payroll.figures import Figure, taxed_as_labour, taxed_as_wages
from payroll.lines.earned import allowances
from payroll.lines.line import Dated, Formula, LineKind, Operand, Yuan
from payroll.lines.sheet import Sheet
from payroll.lines.withheld.bonus_tax import annual_bonus_tax
from payroll.lines.withheld.housing_fund import EMPLOYEE, EMPLOYER, TAXED, taxed
from payroll.money import Column, Mask
from payroll.policy import Resolved
from payroll.policy.units import Bracket
from payroll.rules import income_tax as rules
from payroll.rules import settlement
from payroll.worker import ANNUAL

RELIEF = "income_tax.disabled_relief_rate"
AMOUNT, CAP = "income_tax.disabled_relief_amount", "income_tax.disabled_relief_cap"
CATEGORY = TAX_CATEGORY.parameter
OF_LABOUR = ("least_cost", "cost_share", "brackets")


def income_tax(sheet: Sheet) -> None:
    """Add cumulative taxable income and the tax to withhold, and say what is not determined."""
    people = sheet.people
    year = _Year.of(sheet)
    apart, annual = allowances.apart(people), people.allowances_of(*ANNUAL)
    pay = sheet.amounts("gross") + taxed(sheet, EMPLOYER)
    income = pay - apart
    _taxable(sheet, year, income)
    due = _tax_due(sheet, sheet.amounts("taxable_income"))
    withheld = people.of_people.withheld_before
    relief = _relief(sheet, due)
    _withheld(sheet, due, relief, withheld)
    _warn(sheet, due, np.maximum(due - relief, 0) < withheld)
    with_wages = np.zeros_like(annual)
    if annual.any():
        # Both ways are shown: the month's tax without the bonus of the year, and with all of it.
        less, more = (_month_of(sheet, year, pay - left) for left in (annual, 0 * annual))
        with_wages = more - less
    annual_bonus_tax(sheet, with_wages)


WAGES, LABOUR = 1, 2
"""The formulas for cumulative withholding and for labour remuneration, after the one for none."""


def _withheld(sheet: Sheet, due: Column, relief: Column, withheld: Column) -> None:
    people = sheet.people
    wages, labour = taxed_as_wages(people), taxed_as_labour(people)
    amounts = np.where(wages, rules.tax_this_month(due, relief, withheld), 0)
    operands: dict[str, Operand] = {
        "taxable": Yuan(sheet.amounts("taxable_income")),
        "due": Yuan(due),
        "relief": Yuan(relief),
        "withheld": Yuan(withheld),
    }
    figures = [sheet.figures["income_tax.brackets"], sheet.figures[RELIEF]]
    if labour.any():
        least, share, table = (sheet.figures[f"income_tax.labour_{it}"] for it in OF_LABOUR)
        gross = sheet.amounts("gross")
        taxable = np.where(labour, rules.labour_remuneration(gross, least.fen, share.rate), 0)
        amounts = np.where(labour, _on_table(table, taxable), amounts)
        operands |= {
            "gross": Yuan(gross),
            "of_labour": Yuan(taxable),
            "least": Dated(least),
            "share": Dated(share),
            "table": Dated(table),
        }
    others = (sheet.figures[name] for name in (CATEGORY, AMOUNT, CAP))
    figures += [figure for figure in others if figure.found]
    sheet.add(
        "income_tax",
        amounts,
        rules.tax_this_month,
        Formula(
            "未定：服务协议报酬的税目由支付单位确定，本表未扣税",
            "undetermined: the payer must classify pay under a service agreement; none withheld",
        ),
        Formula(
            "累计应纳税所得额 {taxable} 按预扣率表为 {due} − 累计减免 {relief} − 已扣 {withheld}",
            "on {taxable} the table gives {due} − relief {relief} − withheld {withheld}",
        ),
        Formula(
            "劳务报酬 {gross}，减除费用 {least} 或 {share}（取大者）后 {of_labour}，"
            "按预扣率表二（{table}）",
            "labour remuneration {gross} less the larger of {least} and {share}: {of_labour}, by"
            " the second table ({table})",
        ),
        variant=np.where(wages, WAGES, np.where(labour, LABOUR, 0)),
        operands=operands,
        figures=figures,
        inputs=("taxable_income", "tax_year.relief_fen", "tax_year.withheld_fen"),
        applies=np.ones(len(people), np.bool_),
    )


@dataclass(frozen=True)
class _Year:
    """What is taken off the year's income, in fen."""

    exempt: Column
    standard: Column
    insurance: Column

    @classmethod
    def of(cls, sheet: Sheet) -> "_Year":
        people, each = sheet.people, sheet.people.of_people
        monthly, yearly = (
            sheet.figures[f"income_tax.basic_{per}"] for per in ("monthly", "yearly")
        )
        shares = [line.amounts for line in sheet.of_kind(LineKind.EMPLOYEE_SHARE)]
        latest = np.maximum(each.paid_through, people.month.month)
        months = rules.months_deducted(
            np.maximum(each.months_employed, 1), latest, each.first_job == 1
        )
        whole_year = each.whole_year_deduction.astype(np.int64)
        return cls(
            exempt=each.exempt_before + allowances.exempt(people),
            standard=rules.standard_deduction(months, monthly.fen, yearly.fen, whole_year),
            insurance=each.insurance_before
            + settlement.total(shares, len(people))
            - taxed(sheet, EMPLOYEE),
        )

    def taxable(self, sheet: Sheet, income: Column) -> Column:
        """Return the taxable income of the year with an income of this month."""
        each = sheet.people.of_people
        return rules.cumulative_taxable(
            each.income_before + income,
            self.exempt,
            self.standard,
            self.insurance,
            each.special_additional,
            each.other_deductions,
        )


def _month_of(sheet: Sheet, year: _Year, income: Column) -> Column:
    """Return the tax that an income of this month would withhold."""
    due = _tax_due(sheet, year.taxable(sheet, income))
    withheld = sheet.people.of_people.withheld_before
    return rules.tax_this_month(due, _relief(sheet, due), withheld)


def _taxable(sheet: Sheet, year: _Year, income: Column) -> None:
    people, each = sheet.people, sheet.people.of_people
    monthly, yearly = (sheet.figures[f"income_tax.basic_{per}"] for per in ("monthly", "yearly"))
    whole_year = each.whole_year_deduction.astype(np.int64)
    first = (each.first_job == 1) & ~each.whole_year_deduction
    wages = taxed_as_wages(people)
    sheet.add(
        "taxable_income",
        np.where(wages, year.taxable(sheet, income), 0),
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
                (
                    (
                        "减除费用 {standard}（{monthly} × 截至本月的月数，当年首次取得工资薪金，"
                        "公告2020年第13号）"
                    ),
                    "standard {standard} ({monthly} a month from January, first job of the year)",
                ),
            )
        ),
        variant=whole_year + 2 * first + 3 * (year.exempt > 0),
        operands={
            "income": Yuan(each.income_before + income),
            "exempt": Yuan(year.exempt),
            "standard": Yuan(year.standard),
            "monthly": Dated(monthly),
            "yearly": Dated(yearly),
            "insurance": Yuan(year.insurance),
            "special": Yuan(each.special_additional),
            "other": Yuan(each.other_deductions),
        },
        inputs=(
            "gross",
            "tax_year",
            *TAXED.values(),
            *(line.code for line in sheet.of_kind(LineKind.EMPLOYEE_SHARE)),
        ),
        applies=wages,
    )


def _formula(less_exempt: tuple[str, str], basic: tuple[str, str]) -> Formula:
    return Formula(
        f"累计收入 {{income}}{less_exempt[0]} − {basic[0]} − 个人保险 {{insurance}} "
        "− 专项附加扣除 {special} − 其他 {other}，不低于零",
        f"income {{income}}{less_exempt[1]} − {basic[1]} − insurance {{insurance}} "
        "− special {special} − other {other}, not below nil",
    )


def _tax_due(sheet: Sheet, taxable: Column) -> Column:
    """Return the tax on the year so far."""
    return _on_table(sheet.figures["income_tax.brackets"], taxable)


def _on_table(table: Figure, taxable: Column) -> Column:
    """Return the tax on amounts, table by table: places share one table, but may differ."""
    due = np.zeros_like(taxable)
    for row, found in enumerate(table.found):
        here = table.row == row
        due[here] = rules.tax_on(taxable[here], _brackets(found))
    return due


def _relief(sheet: Sheet, due: Column) -> Column:
    """Return the relief the tax office determined, or else the province's share, where known."""
    people = sheet.people
    determined = np.maximum(people.of_people.relief, 0)
    share, amount, cap = (sheet.figures[name] for name in (RELIEF, AMOUNT, CAP))
    by_place = rules.relief_of_place(
        rules.disabled_relief(due, share.rate, people.of_people.disabled),
        share.is_known,
        due,
        amount.fen,  # nil for whoever it does not concern
        cap.fen,
        cap.is_known,
    )
    return np.where(_undetermined(sheet), by_place, determined)


def _undetermined(sheet: Sheet) -> Mask:
    return sheet.people.of_people.relief < 0


def _brackets(found: Resolved) -> tuple[Bracket, ...]:
    brackets: tuple[Bracket, ...] = found.value
    return brackets


def _warn(sheet: Sheet, due: Column, overpaid: Mask) -> None:
    people, each = sheet.people, sheet.people.of_people
    wages = taxed_as_wages(people)
    no_rate = ~(sheet.figures[RELIEF].is_known | sheet.figures[AMOUNT].is_known)
    sheet.warn(
        "disabled_relief_unknown",
        wages & each.disabled & (due > 0) & _undetermined(sheet) & no_rate,
        "残疾人个人所得税减免幅度由各省规定，本库未知，本表未予减免；请向主管税务机关核定后填入",
        "relief for disabled persons is set by the province and unknown here: none was applied",
    )
    sheet.warn(
        "tax_overpaid",
        wages & overpaid,
        "本年累计已扣税款多于应扣，本月不扣；多扣部分在年度汇算时退",
        "more was withheld than is due: nothing this month, the rest at the yearly settlement",
    )
    this_year = each.joined > date(people.month.year, 1, 31).toordinal()
    sheet.warn(
        "first_job_not_asked",
        wages & this_year & (each.first_job < 0) & (sheet.amounts("income_tax") > 0),
        "本年入职并扣了税，是否当年首次取得工资薪金没有填写；如是，减除费用自1月起累计"
        "（公告2020年第13号），请核实并留存依据",
        "joined this year and taxed, but nobody said whether it is the first wage of the year: if"
        " so, the standard deduction counts from January; ask, and keep the evidence",
    )
    sheet.warn(
        "agreement_tax_undetermined",
        ~wages & ~taxed_as_labour(people) & (sheet.amounts("gross") > 0),
        "服务协议报酬的个人所得税税目未定，本表未扣税；支付单位须自行确定并申报",
        "how pay under a service agreement is taxed is undetermined: the payer must decide",
    )
