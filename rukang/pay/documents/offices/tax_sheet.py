"""The import sheet of the income-tax withholding client.

自然人电子税务局（扣缴端）, sheet 正常工资薪金收入, amounts in yuan. Its columns are those of
``income_tax.import_columns``: 29 of the current client, or the 24 of older ones where a place's
``income_tax.import_layout`` says so. Contracts and part-time work are wages; no official text was
found on how pay under an assisted-employment agreement is taxed: such people stand here only where
the payer declares their pay as wages, the others are left out and named in the summary. A bonus
taxed apart has a sheet of its own in the client and is told in the remark. A person and payer have
one row, in however many homes the work is done: income and shares are the sums of all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from payroll import Policy, yuan
from payroll.settling.tax_year import fund_taxed_fen, taxed_apart_fen
from rukang.base.papers import Sheet
from rukang.pay.documents.month import Paid, PaidMonth
from rukang.pay.store.stored import is_wage
from rukang.pay.year.tax_years import YearSoFar, year_so_far
from rukang.people import open_number

SHEET = "正常工资薪金收入"
COLUMNS = "income_tax.import_columns"
NATION = "CN"
FUND = "住房公积金"
SHARES = {
    "基本养老保险费": ("pension_employee",),
    "基本医疗保险费": ("medical_employee", "medical_employee_fixed", "maternity_employee"),
    "失业保险费": ("unemployment_employee",),
    FUND: ("housing_fund_employee",),
}
"""Which of the worker's shares stand in which column; together they are all that tax deducts."""
SPECIAL = {
    "子女教育": "累计子女教育",
    "继续教育": "累计继续教育",
    "住房贷款利息": "累计住房贷款利息",
    "住房租金": "累计住房租金",
    "赡养老人": "累计赡养老人",
    "3岁以下婴幼儿照护": "累计3岁以下婴幼儿照护",
    "个人养老金": "累计个人养老金",
}
"""Names of special additional deductions in the workbook, and the columns of their sums."""
RELIEF = "减免税额"
CITIZEN_ID = "居民身份证"
REASON = "个税扣缴申报 income-tax return"

Cell = str | Decimal | None


def tax_columns(policy: Policy, month: PaidMonth) -> tuple[str, ...]:
    """Return the columns that the client of the payer's place reads.

    Raises
    ------
    payroll.UnknownFigure
        If none are known for the month.
    """
    place = month.payer.county if month.payer else NATION
    columns: tuple[str, ...] = policy.value(COLUMNS, place, month.month).value
    return columns


def tax_sheet(session: Session, month: PaidMonth, policy: Policy) -> Sheet:
    """Return the sheet; each citizen ID is opened with an entry in the audit trail."""
    columns = tax_columns(policy, month)
    return Sheet(SHEET, columns, tax_rows(session, month, columns))


def tax_rows(
    session: Session, month: PaidMonth, columns: tuple[str, ...]
) -> list[tuple[Cell, ...]]:
    """Return the sheet's rows, one of each person and payer, in however many homes they work.

    Shares settled for earlier months stand with those of this month, as tax deducts both now.
    Special deductions stand under the kind by which the workbook names them, summed over the year,
    and relief with what this month adds to it; what the records hold only as one sum is told in
    the remark.
    """
    years = {home.id: year_so_far(session, home, month.month) for home in month.homes}
    wages = ([paid for paid in own if is_wage(paid.record)] for own in month.together())
    return [_row(session, own, years[own[0].home.id], columns) for own in wages if own]


def _row(
    session: Session, own: Sequence[Paid], year: YearSoFar, columns: tuple[str, ...]
) -> tuple[Cell, ...]:
    person, slip = own[0].record.employment.resident.person, own[0].slip
    income = sum(_income(paid) for paid in own)
    allowances = (item for paid in own for item in paid.worker.allowances)
    exempt = sum(item.amount_fen for item in allowances if not item.taxable)
    known: dict[str, Cell] = {
        "工号": slip.worker,
        "*姓名": slip.name,
        "*证件类型": CITIZEN_ID,
        "*证件号码": open_number(session, person, "citizen_id", REASON),
        "本期收入": yuan(income),
        "本期免税收入": yuan(exempt) if exempt else None,
    }
    for column in SHARES:
        deducted = [_deducted(paid, column) for paid in own]
        known[column] = yuan(sum(map(sum, deducted))) if any(map(any, deducted)) else None
    return tuple((known | _stated(own, year)).get(column) for column in columns)


def _income(paid: Paid) -> int:
    _, employer_fund = fund_taxed_fen(paid.slip)
    return paid.slip.gross_fen - taxed_apart_fen(paid.worker.allowances) + employer_fund


def _deducted(paid: Paid, column: str) -> tuple[int, int]:
    """Return a column's own share of the month, and of earlier months settled with it, in fen."""
    lines = SHARES[column]
    fen = sum(paid.slip.amount_fen(line) for line in lines)
    if column == FUND:  # what is above the exempt limit is not deducted
        fen -= fund_taxed_fen(paid.slip)[0]
    return fen, sum(item.amount_fen for item in paid.worker.arrears if item.line in lines)


def _stated(own: Sequence[Paid], year: YearSoFar) -> dict[str, Cell]:
    """Return the cells of what the person or the tax office stated for the year."""
    years = [paid.worker.tax_year for paid in own if paid.worker.tax_year is not None]
    if not years:
        return {}
    # Each has what was stated when it was computed: the last of them has all.
    taxed, work = max(years, key=lambda of: of.special_additional_fen), own[0].record.employment
    kinds = _by_kind(year.special_by_name(work), taxed.special_additional_fen)
    rest = taxed.special_additional_fen - sum(kinds.values())
    relief = max(of.relief_fen or 0 for of in years)
    added = relief - min(year.relief_before(work), relief)
    sums = (
        ("专项附加扣除", rest),
        ("其他扣除", taxed.other_deductions_fen),
    )
    told = [f"累计{name} {yuan(fen)} 元" for name, fen in sums if fen]
    apart = sum(taxed_apart_fen(paid.worker.allowances) for paid in own)
    remarks = [f"计税时含{'、'.join(told)}，请在扣缴端按项目填报"] if told else []
    if relief:
        remarks.append(f"累计减免税额 {yuan(relief)} 元，本月增加的在“{RELIEF}”列")
    if apart:
        remarks.append(
            f"另有全年一次性奖金 {yuan(apart)} 元单独计税，请在“全年一次性奖金收入”表填报"
        )
    return {
        **{column: yuan(fen) for column, fen in kinds.items()},
        RELIEF: yuan(added) if added else None,
        "备注": "；".join(remarks) or None,
    }


def _by_kind(by_name: Counter[str], in_all: int) -> dict[str, int]:
    """Return the sums by column; none of them if records changed since tax was computed."""
    kinds = {SPECIAL[name]: fen for name, fen in by_name.items() if name in SPECIAL and fen}
    return kinds if sum(kinds.values()) <= in_all else {}
