"""The tax year as one month hands it to the next."""

from payroll.lines.line import LineKind
from payroll.payslip import Payslip
from payroll.worker import TaxYear, WorkerMonth


def year_after(worker: WorkerMonth, slip: Payslip) -> TaxYear:
    """Return the year so far for the month after a payslip of the same calendar year.

    The special additional deductions and the relief granted stay as they were: they are stated
    anew each month, from the person's own declaration.

    Raises
    ------
    ValueError
        If the worker has no tax year, or December has been paid.
    """
    year = worker.tax_year
    if year is None or slip.month.month == 12:
        raise ValueError(
            f"{worker.id}：{slip.month} 之后没有可续的年度累计 / no year to go on with"
        )
    shares = sum(line.amount_fen for line in slip.lines if line.kind is LineKind.EMPLOYEE_SHARE)
    exempt = sum(item.amount_fen for item in worker.allowances if not item.taxable)
    return year.model_copy(
        update={
            "months_employed": year.months_employed + 1,
            "income_fen": year.income_fen + slip.gross_fen,
            "exempt_fen": year.exempt_fen + exempt,
            "insurance_fen": year.insurance_fen + shares,
            "withheld_fen": year.withheld_fen + slip.amount_fen("income_tax"),
        }
    )
