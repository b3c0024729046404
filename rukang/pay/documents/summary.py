"""The month at a glance: what each employer pays, on which doubtful figures, with what to mind."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from payroll import LineKind, yuan
from rukang.base.papers import Cell, Column, Sheet
from rukang.pay.documents.figures import unconfirmed
from rukang.pay.documents.month import Paid, PaidMonth
from rukang.pay.documents.notes import grouped, notes_of

NAMED = 12
"""People or employers whom a sentence about many names; the register of wages has them all."""


def employers(month: PaidMonth) -> Sheet:
    """Return 汇总: people and sums per employer, and over all."""
    by_employer: dict[int, list[Paid]] = {}
    for paid in month.people:
        by_employer.setdefault(paid.record.employment.employer_id, []).append(paid)
    advanced = any(paid.record.advance_fen for paid in month.people)
    columns = [
        "用工单位 Employer",
        "人数 People",
        "应发 Gross",
        "个人缴费 Employee shares",
        "个人所得税 Tax",
        "其他扣款 Deductions",
        *(["单位垫付 Advance"] if advanced else []),
        "实发 Net",
        "单位缴费 Employer shares",
        "用工总成本 Full cost",
    ]
    rows = [(group[0].employer, *_sums(group, advanced)) for group in by_employer.values()]
    total = ("合计 Total", *_sums(month.people, advanced))
    return Sheet("汇总", columns, [*rows, total], f"{month.title}工资汇总（元） Summary, yuan")


def doubtful_figures(month: PaidMonth) -> Sheet:
    """Return 非官方数值: every figure used that no official text confirms."""
    columns: list[Column | str] = [
        "名称 Figure",
        Column("数值 Value", 20),
        "地区 Place",
        "起始 From",
        Column("文件 Document", 40, wrap=True),
        Column("出处 Source", 40, wrap=True),
        Column("效力 Standing", 44, wrap=True),
        "暂行 Provisional",
        Column("说明 Note", 48, wrap=True),
    ]
    found = unconfirmed(paid.slip for paid in month.people).values()
    rows = [
        (
            *(each.name, each.value, each.place, each.since, each.document, each.source),
            *(each.standing, "是 yes" if each.provisional else "否 no", each.note),
        )
        for each in found
    ]
    return Sheet(
        "非官方数值", columns, rows, "本月用到的非官方数值 Figures used that are not official"
    )


def notes(session: Session, month: PaidMonth) -> Sheet:
    """Return 提示: what to mind, each sentence once with how many and whom it concerns.

    What concerns few people stands first; of many the first are named.
    """
    columns: list[Column | str] = [
        "人数 People",
        Column("提示", 60, wrap=True),
        Column("Note", 60, wrap=True),
        Column("编号 Codes", 40, wrap=True),
        Column("用工单位 Employers", 40, wrap=True),
    ]
    rows = [
        (
            len(group.people),
            group.text.zh,
            group.text.en,
            _some(paid.slip.worker for paid in group.people),
            _some(paid.employer for paid in group.people),
        )
        for group in grouped(notes_of(session, month))
    ]
    return Sheet("提示", columns, rows, f"{month.title}工资提示 What to mind")


def _some(names: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(names))
    more = len(distinct) - NAMED
    return "、".join(distinct[:NAMED]) + (f" 等，另 {more} / and {more} more" if more > 0 else "")


def _sums(group: list[Paid] | tuple[Paid, ...], advanced: bool) -> tuple[Cell, ...]:
    records = [paid.record for paid in group]
    employer_shares = sum(
        line.amount_fen
        for paid in group
        for line in paid.slip.lines
        if line.kind is LineKind.EMPLOYER_COST
    )
    return (
        len(records),
        yuan(sum(record.gross_fen for record in records)),
        yuan(sum(record.employee_shares_fen for record in records)),
        yuan(sum(record.tax_fen for record in records)),
        yuan(sum(record.deductions_fen for record in records)),
        *([yuan(sum(record.advance_fen for record in records))] if advanced else []),
        yuan(sum(record.net_fen for record in records)),
        yuan(employer_shares),
        yuan(sum(record.employer_cost_fen for record in records)),
    )
