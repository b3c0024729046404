"""The import sheet of the income-tax withholding client.

自然人电子税务局（扣缴端）, sheet 正常工资薪金收入: 24 columns, amounts in yuan. Contracts
and part-time work are wages; no official text was found on how pay under an assisted-employment
agreement is taxed, so those people are left out and named in the summary.
"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from payroll import TaxYear, WorkerMonth, yuan
from rukang.employment import EmploymentKind
from rukang.pay.records import PayRun, PayslipRecord
from rukang.pay.stored import inputs_of, payslip_of
from rukang.people import open_number

SHEET = "正常工资薪金收入"
COLUMNS = (
    "工号",
    "*姓名",
    "*证件类型",
    "*证件号码",
    "本期收入",
    "本期免税收入",
    "基本养老保险费",
    "基本医疗保险费",
    "失业保险费",
    "住房公积金",
    "累计子女教育",
    "累计继续教育",
    "累计住房贷款利息",
    "累计住房租金",
    "累计赡养老人",
    "累计3岁以下婴幼儿照护",
    "累计个人养老金",
    "企业(职业)年金",
    "商业健康保险",
    "税延养老保险",
    "其他",
    "准予扣除的捐赠额",
    "减免税额",
    "备注",
)
SHARES = {
    "基本养老保险费": ("pension_employee",),
    "基本医疗保险费": ("medical_employee", "medical_employee_fixed", "maternity_employee"),
    "失业保险费": ("unemployment_employee",),
    "住房公积金": ("housing_fund_employee",),
}
"""Which of the worker's shares stand in which column; together they are all that tax deducts."""
CITIZEN_ID = "居民身份证"
REASON = "个税扣缴申报 income-tax return"

Cell = str | Decimal | None


def tax_rows(session: Session, run: PayRun) -> list[tuple[Cell, ...]]:
    """Return the sheet's rows; each citizen ID is opened with an entry in the audit trail.

    Shares settled for earlier months stand with those of this month, as tax deducts both now.
    What the sheet asks for by kind but the records hold as one sum is told in the remark.
    """
    return [
        _row(session, record, worker)
        for record, worker in inputs_of(run)
        if record.employment.kind is not EmploymentKind.AGREEMENT
    ]


def _row(session: Session, record: PayslipRecord, worker: WorkerMonth) -> tuple[Cell, ...]:
    person, slip = record.employment.resident.person, payslip_of(record)
    exempt = sum(item.amount_fen for item in worker.allowances if not item.taxable)
    known: dict[str, Cell] = {
        "工号": slip.worker,
        "*姓名": slip.name,
        "*证件类型": CITIZEN_ID,
        "*证件号码": open_number(session, person, "citizen_id", REASON),
        "本期收入": yuan(slip.gross_fen),
        "本期免税收入": yuan(exempt) if exempt else None,
        "备注": _remark(worker.tax_year),
    }
    for column, lines in SHARES.items():
        fen = sum(slip.amount_fen(line) for line in lines)
        settled = sum(item.amount_fen for item in worker.arrears if item.line in lines)
        known[column] = yuan(fen + settled) if fen or settled else None
    return tuple(known.get(column) for column in COLUMNS)


def _remark(year: TaxYear | None) -> str | None:
    if year is None:
        return None
    sums = (
        ("专项附加扣除", year.special_additional_fen),
        ("其他扣除", year.other_deductions_fen),
        ("减免税额", year.relief_fen or 0),
    )
    told = [f"累计{name} {yuan(fen)} 元" for name, fen in sums if fen]
    return f"计税时含{'、'.join(told)}，请在扣缴端按项目填报" if told else None
