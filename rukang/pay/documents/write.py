"""Writing every document of a wage run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from payroll import Policy
from rukang.base.database import context
from rukang.base.errors import ConflictError
from rukang.base.papers import Sheet, private_files, write_workbook
from rukang.pay.documents import summary
from rukang.pay.documents.advances import advances
from rukang.pay.documents.invoices import invoices
from rukang.pay.documents.month import PaidMonth, paid_month
from rukang.pay.documents.notes import notes_of
from rukang.pay.documents.offices import bank_list, insurance_sheets
from rukang.pay.documents.offices.tax_sheet import tax_sheet
from rukang.pay.documents.payslips import payslip_sheets
from rukang.pay.documents.payslips.easy_read import write_easy_read
from rukang.pay.documents.payslips.payslip_pdf import write_payslips
from rukang.pay.store.records import PayRun, PayslipRecord
from rukang.people import deaths


def write_documents(
    session: Session, run: PayRun, folder: Path, policy: Policy | None = None
) -> list[Path]:
    """Write payslips, lists, declarations, invoices and summary of a run; return their paths.

    Accounts and citizen IDs are opened with entries in the audit trail; the files are readable by
    their owner only, and replace older ones only once all of them are written.

    Parameters
    ----------
    policy
        The rule base that knows the columns of the tax office's sheet; the package's own figures
        if not given.

    Raises
    ------
    ConflictError
        If the run is not calculated yet.
    NotAllowedError
        If the session was not opened with the permission to read numbers.
    """
    if not run.state.has_payslips:
        raise ConflictError(
            f"工资批次 {run.id} 还没有计算，请先计算再写文件。",
            f"Wage run {run.id} is not calculated; calculate it before writing its documents.",
        )
    month = paid_month(session, run)
    with private_files(folder) as draft:
        written = [
            write_payslips(month, notes_of(session, month), draft / "payslips.pdf"),
            write_easy_read(run, month, draft / "payslips-easy-read.pdf", deaths(session)),
            *(
                write_workbook(draft / name, sheets, month.made_at)
                for name, sheets in _workbooks(session, run, month, policy or Policy.load()).items()
            ),
        ]
    return [folder / path.name for path in written]


def _workbooks(
    session: Session, run: PayRun, month: PaidMonth, policy: Policy
) -> dict[str, list[Sheet]]:
    return {
        "payslips.xlsx": [payslip_sheets.register(month), payslip_sheets.explanations(month)],
        "bank-list.xlsx": bank_list.bank_sheets(session, run.payslips),
        "income-tax-import.xlsx": [tax_sheet(session, month, policy)],
        "insurance.xlsx": [
            insurance_sheets.declaration(session, month),
            insurance_sheets.movements(session, month),
        ],
        "employer-invoices.xlsx": invoices(month),
        "summary.xlsx": [
            summary.employers(month),
            summary.doubtful_figures(month),
            summary.notes(session, month),
            *advances(session, month),
        ],
    }


def write_bank_list(session: Session, records: Sequence[PayslipRecord], path: Path) -> Path:
    """Write the list of some payments for the bank, and return its path.

    Raises
    ------
    NotAllowedError
        If the session was not opened with the permission to read numbers.
    """
    sheets = bank_list.bank_sheets(session, records)
    with private_files(path.parent) as draft:
        write_workbook(draft / path.name, sheets, context.now(session))
    return path
