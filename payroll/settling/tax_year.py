"""The tax year as one month hands it to the next."""

from collections.abc import Iterable

from payroll.lines.line import LineKind
from payroll.lines.withheld.housing_fund import EMPLOYEE, EMPLOYER, TAXED
from payroll.payslips.payslip import Payslip
from payroll.policy import Name
from payroll.worker import Allowance, AllowanceKind, TaxYear, WorkerMonth


def taxed_apart_fen(allowances: Iterable[Allowance]) -> int:
    """Return the annual bonuses among a month's pay that are taxed apart from its wages, in fen."""
    return sum(
        item.amount_fen
        for item in allowances
        if item.kind is AllowanceKind.ANNUAL_BONUS_APART and item.taxable
    )


def fund_taxed_fen(slip: Payslip) -> tuple[int, int]:
    """Return what of the housing fund is above the exempt limit, own and employer's, in fen."""
    own, employer = (slip.amount_fen(TAXED[side]) for side in (EMPLOYEE, EMPLOYER))
    return own, employer


def year_with(year: TaxYear, worker: WorkerMonth, slip: Payslip) -> TaxYear:
    """Return a tax year with what a payslip pays and withholds, its months as they were.

    Of two wages of one month from one payer the second is taxed with the first.
    """
    shares = sum(line.amount_fen for line in slip.lines if line.kind is LineKind.EMPLOYEE_SHARE)
    apart = taxed_apart_fen(worker.allowances)
    own_fund, employer_fund = fund_taxed_fen(slip)
    exempt = sum(item.amount_fen for item in worker.allowances if not item.taxable)
    return year.model_copy(
        update={
            "income_fen": year.income_fen + slip.gross_fen - apart + employer_fund,
            "exempt_fen": year.exempt_fen + exempt,
            "insurance_fen": year.insurance_fen + shares - own_fund,
            "withheld_fen": year.withheld_fen + slip.amount_fen("income_tax"),
            "bonus_apart_fen": year.bonus_apart_fen + apart,
        }
    )


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
            Name(zh=f"{worker.id}：{slip.month} 之后没有可续的年度累计", en="no year to go on with")
        )
    after = year_with(year, worker, slip)
    return after.model_copy(update={"months_employed": year.months_employed + 1})
