"""What earlier months leave to settle: the difference between what was paid and what is due.

A locked month never changes. When a rate arrives late, or a record is corrected, the month is
computed again with what is known now, and the difference for every line goes into the next open
month as an `Arrear` of its own month. What was settled so before counts as paid: nothing is paid
twice, and settling in any order ends where paying right would have.

Income tax is no part of it: pay is taxed in the month in which it is paid (个人所得税法实施条例,
withholding by cumulative income), so that an arrear simply enters that month's income.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from payroll.lines.arrears import SETTLED
from payroll.lines.catalogue import CATALOGUE
from payroll.lines.line import LineKind
from payroll.month import Month
from payroll.payslips.payslip import Payslip
from payroll.worker import Arrear


def paid_lines(own: Payslip, later: Iterable[Arrear]) -> Counter[str]:
    """Return what has been paid of a month, line by line in fen.

    Parameters
    ----------
    own
        The payslip of the month itself.
    later
        What later months have settled for this month already; other months' are passed over.
    """
    paid = Counter({code: own.amount_fen(code) for code in SETTLED})
    for arrear in later:
        if arrear.month == own.month.first:
            paid[arrear.line] += arrear.amount_fen
    return paid


def difference(month: Month, paid: Mapping[str, int], due: Payslip | None) -> tuple[Arrear, ...]:
    """Return what a month leaves to settle: due now, less what has been paid, line by line.

    Parameters
    ----------
    month
        The month that was computed again.
    paid
        Fen by line, from `paid_lines`.
    due
        The payslip as the month should have been; None if there should have been none.
    """
    return tuple(
        Arrear(month=month.first, line=code, amount_fen=amount)
        for code in SETTLED
        if (amount := (due.amount_fen(code) if due else 0) - paid.get(code, 0))
    )


def within(arrears: Iterable[Arrear], most_fen: int) -> tuple[Arrear, ...]:
    """Return arrears that recover no more than an amount on the whole: of pay, and by deductions.

    The newest recoveries are left out first, the last of them in part. What is left out is not
    paid back, so that the next month finds it again.

    Parameters
    ----------
    most_fen
        What may be kept from the wage, such as a fifth of it (工资支付暂行规定 art. 16).
    """
    ordered = sorted(arrears, key=lambda item: item.month)
    too_much = max(-sum(map(to_worker, ordered)) - most_fen, 0)
    kept = []
    for arrear in reversed(ordered):
        if (taken := -to_worker(arrear)) > 0:
            left_out = min(taken, too_much)
            too_much -= left_out
            nearer_nil = left_out if arrear.amount_fen < 0 else -left_out
            arrear = arrear.model_copy(update={"amount_fen": arrear.amount_fen + nearer_nil})
        kept.append(arrear)
    return tuple(arrear for arrear in reversed(kept) if arrear.amount_fen)


def to_worker(arrear: Arrear) -> int:
    """Return what an arrear gives the worker, below nil if it takes; shares are neither."""
    match CATALOGUE[arrear.line][0]:
        case LineKind.EARNING:
            return arrear.amount_fen
        case LineKind.DEDUCTION:
            return -arrear.amount_fen
        case _:
            return 0
