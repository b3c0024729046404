"""What the home asks of each employer: wages, shares and premiums, person by person."""

from __future__ import annotations

from payroll import LineKind, yuan
from rukang.documents import Cell, Sheet
from rukang.pay.documents.month import Paid, PaidMonth

NAME = 28
"""Characters of an employer's name in that of a sheet, which Excel keeps below 31."""

FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
"""Characters that Excel does not allow there."""


def invoices(month: PaidMonth) -> list[Sheet]:
    """Return a sheet for each employer: gross, shares, premium and full cost, with the sums."""
    by_employer: dict[int, list[Paid]] = {}
    for paid in month.people:
        by_employer.setdefault(paid.record.employment.employer_id, []).append(paid)
    return [_invoice(month, at, group) for at, group in enumerate(by_employer.values(), start=1)]


def _invoice(month: PaidMonth, number: int, group: list[Paid]) -> Sheet:
    employer = group[0].employer
    rows = [(paid.slip.worker, paid.slip.name, *_amounts([paid])) for paid in group]
    total = (f"合计 {len(group)} 人", "", *_amounts(group))
    columns = ["编号", "姓名", "应发工资", "单位缴费和保险", "应付合计", "其中实发"]
    name = f"{number} {employer.translate(FORBIDDEN)}"[:NAME]
    return Sheet(name, columns, [*rows, total], f"{month.title}用工费用结算单：{employer}（元）")


def _amounts(group: list[Paid]) -> tuple[Cell, ...]:
    records = [paid.record for paid in group]
    shares = sum(
        line.amount_fen
        for paid in group
        for line in paid.slip.lines
        if line.kind is LineKind.EMPLOYER_COST
    )
    return (
        yuan(sum(record.gross_fen for record in records)),
        yuan(shares),
        yuan(sum(record.employer_cost_fen for record in records)),
        yuan(sum(record.net_fen for record in records)),
    )
