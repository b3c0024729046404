"""What a person earns before any top-up."""

from payroll.lines.earned.allowances import allowances
from payroll.lines.earned.leave import leave_pay
from payroll.lines.earned.pieces import piece_pay
from payroll.lines.earned.time import OVERTIME, hourly_wage, monthly_wage, overtime
from payroll.lines.sheet import Sheet


def earnings(sheet: Sheet) -> None:
    """Add every earning, in the order of the payslip."""
    monthly_wage(sheet)
    hourly_wage(sheet)
    piece_pay(sheet)
    for day in OVERTIME:
        overtime(sheet, day)
    leave_pay(sheet)
    allowances(sheet)
