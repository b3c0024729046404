"""Compute a month's wages: the whole of it on one page."""

from collections.abc import Sequence

from payroll.columns import Columns
from payroll.figures import resolve
from payroll.lines.arrears import arrears
from payroll.lines.catalogue import CATALOGUE
from payroll.lines.contributions import contributions
from payroll.lines.earnings import earnings
from payroll.lines.limits import limits
from payroll.lines.minimum import gross, minimum_wage
from payroll.lines.payout import deductions, employer_total, net
from payroll.lines.sheet import Sheet
from payroll.lines.tax import income_tax
from payroll.month import Month
from payroll.policy import Policy
from payroll.refuse import problems, refuse
from payroll.result import Payroll
from payroll.worker import WorkerMonth

STEPS = (
    earnings,
    contributions,  # before the minimum: some places put own insurance on top of it
    minimum_wage,
    arrears,
    gross,
    income_tax,
    deductions,
    net,
    employer_total,
    limits,
)


def compute(month: Month, workers: Sequence[WorkerMonth] | Columns, policy: Policy) -> Payroll:
    """Return everyone's wages of a month, each line traceable to rule, figure and input.

    The same inputs and policy always give the same result to the bit. Dated figures are those
    that hold on the first day of the month; tax is withheld as of the same month.

    Parameters
    ----------
    month
        The month worked and paid.
    workers
        One record per person and employer, or their columns; their order is kept.
    policy
        The dated rule base, with the user's own figures.

    Raises
    ------
    RefusedInput
        When a month cannot be right, naming every problem of every person.
    UnknownFigure
        When figures are not known, naming each parameter, place and day.
    """
    people = workers if isinstance(workers, Columns) else Columns.of(month, workers)
    refuse(problems(people))
    sheet = Sheet(people, resolve(policy, people))
    for step in STEPS:
        step(sheet)
    refuse(sheet.problems)
    lines = tuple(sheet.lines[code] for code in CATALOGUE if code in sheet.lines)
    return Payroll(month, people, lines, tuple(sheet.warnings))
