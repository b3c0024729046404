"""The import sheet of the income-tax withholding client.

自然人电子税务局（扣缴端）, sheet 正常工资薪金收入: 24 columns, amounts in yuan. Only labour
contracts are wages; no official text was found on how pay under an assisted-employment agreement
is taxed, so those people are left out and named in the summary.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from payroll import Payslip, yuan
from rukang.employment import EmploymentKind
from rukang.pay.records import PayslipRecord
from rukang.pay.stored import payslip_of
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
CITIZEN_ID = "居民身份证"
REASON = "个税扣缴申报 income-tax return"

Cell = str | Decimal | None


def tax_rows(session: Session, records: Sequence[PayslipRecord]) -> list[tuple[Cell, ...]]:
    """Return the sheet's rows; each citizen ID is opened with an entry in the audit trail."""
    contracts = [r for r in records if r.employment.kind is EmploymentKind.CONTRACT]
    return [_row(session, record, payslip_of(record)) for record in contracts]


def _row(session: Session, record: PayslipRecord, slip: Payslip) -> tuple[Cell, ...]:
    person = record.employment.resident.person
    medical = slip.amount_fen("medical_employee") + slip.amount_fen("medical_employee_fixed")
    known: dict[str, Cell] = {
        "工号": slip.worker,
        "*姓名": slip.name,
        "*证件类型": CITIZEN_ID,
        "*证件号码": open_number(session, person, "citizen_id", REASON),
        "本期收入": yuan(slip.gross_fen),
        "基本养老保险费": yuan(slip.amount_fen("pension_employee")),
        "基本医疗保险费": yuan(medical),
        "失业保险费": yuan(slip.amount_fen("unemployment_employee")),
    }
    return tuple(known.get(column) for column in COLUMNS)
