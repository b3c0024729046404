"""What the home asks of each employer: wages, shares and premiums, person by person."""

from __future__ import annotations

from payroll import LineKind, yuan
from rukang.base.papers import Cell, Sheet
from rukang.pay.documents.month import Paid, PaidMonth
from rukang.pay.owed.entries import recovered_fen

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
    advanced = _has_advances(group)
    rows = [(paid.slip.worker, paid.slip.name, *_amounts([paid], advanced)) for paid in group]
    total = (f"合计 {len(group)} 人", "", *_amounts(group, advanced))
    columns = ["编号", "姓名", *_columns(advanced)]
    name = f"{number} {employer.translate(FORBIDDEN)}"[:NAME]
    return Sheet(name, columns, [*rows, total], f"{month.title}用工费用结算单：{employer}（元）")


def invoice(month: PaidMonth) -> Sheet:
    """Return the sheet of one payer's month, home by home, with the sums below."""
    people = list(month.people)
    advanced = _has_advances(people)
    columns = ["机构", "编号", "姓名", *_columns(advanced)]
    rows = [
        (paid.home.name, paid.slip.worker, paid.slip.name, *_amounts([paid], advanced))
        for paid in people
    ]
    total = (f"合计 {len(rows)} 人", "", "", *_amounts(people, advanced))
    return Sheet("结算单", columns, [*rows, total], f"{month.title}用工费用结算单（元）")


def _has_advances(group: list[Paid]) -> bool:
    """Return whether own shares are advanced or recovered: then the money asked for is another."""
    return any(paid.record.advance_fen or recovered_fen(paid.worker) for paid in group)


def _columns(advanced: bool) -> list[str]:
    between = ["单位垫付", "收回垫付"] if advanced else []
    return ["应发工资", "单位缴费和保险", *between, "应付合计", "其中实发"]


def _amounts(group: list[Paid], advanced: bool) -> tuple[Cell, ...]:
    """Return the sums of a group; what is advanced is paid now beside the cost of the work."""
    records = [paid.record for paid in group]
    shares = sum(
        line.amount_fen
        for paid in group
        for line in paid.slip.lines
        if line.kind is LineKind.EMPLOYER_COST
    )
    advance = sum(record.advance_fen for record in records)
    recovered = sum(recovered_fen(paid.worker) for paid in group)
    cost = sum(record.employer_cost_fen for record in records)
    return (
        yuan(sum(record.gross_fen for record in records)),
        yuan(shares),
        *((yuan(advance), yuan(recovered)) if advanced else ()),
        yuan(cost + advance - recovered),
        yuan(sum(record.net_fen for record in records)),
    )
