"""What people owe their employers (advances, pay that was too much), with its age."""

from __future__ import annotations

from sqlalchemy.orm import Session

from payroll import yuan
from payroll.policy import Name
from rukang.base.database import context
from rukang.base.papers import Cell, Sheet
from rukang.pay.documents.month import PaidMonth
from rukang.pay.owed.ledger import Receivable, receivables
from rukang.work.employment import Job

COLUMNS = (
    "编号 Code",
    "姓名 Name",
    "用工单位 Employer",
    "最早月份 Since",
    "账龄（月） Age, months",
    "垫付 Advanced",
    "多发 Overpaid",
    "未还 Open",
    "待复核免除 Waivers to confirm",
    "书面同意 Consent",
    "离职 Left",
)


def advances(session: Session, month: PaidMonth) -> list[Sheet]:
    """Return 应收款: who owes what of locked months, since when; no sheet if nobody."""
    owing = _owing(session, month)
    if not owing:
        return []
    today = context.today(session)
    rows: list[tuple[Cell, ...]] = [
        (
            item.work.resident.code,
            item.work.resident.person.name,
            item.work.employer.name,
            f"{item.since:%Y-%m}" if item.since else "",
            item.age_months(today),
            yuan(sum(lot.amount_fen for lot in item.lots if not lot.line)),
            yuan(sum(lot.amount_fen for lot in item.overpaid)),
            yuan(item.open_fen),
            yuan(sum(entry.amount_fen for entry in item.pending)),
            item.consent_on,
            item.work.ended_on,
        )
        for item in owing
    ]
    lots = [lot for item in owing for lot in item.lots]
    advanced = sum(lot.amount_fen for lot in lots if not lot.line)
    overpaid = sum(lot.amount_fen for lot in lots if lot.line)
    left = sum(item.open_fen for item in owing)
    total: tuple[Cell, ...] = (
        *("合计 Total", "", "", "", None),
        *(yuan(advanced), yuan(overpaid), yuan(left), None, None, None),
    )
    return [Sheet("应收款", COLUMNS, [*rows, total], f"{month.title}应收款未还（元） Receivables")]


def open_by_job(session: Session, month: PaidMonth) -> dict[Job, Name]:
    """Return what the people of a month owe of locked months, in words for their payslips."""
    return {
        item.work.job: Name(
            zh=f"以前月份{_what(item).zh}还有 {yuan(item.open_fen)} 元未还"
            f"（最早 {item.since:%Y-%m}）",
            en=f"{_what(item).en} before: {yuan(item.open_fen)} are still to be repaid, the"
            f" oldest of {item.since:%Y-%m}",
        )
        for item in _owing(session, month)
    }


def _what(item: Receivable) -> Name:
    """Return what somebody owes, in words."""
    advanced = Name(zh="单位垫付的个人保险", en="own shares advanced")
    overpaid = Name(zh="多发的工资", en="pay that was too much")
    if item.advanced_fen == item.open_fen:
        return advanced
    if not item.advanced_fen:
        return overpaid
    return Name(zh=f"{advanced.zh}和{overpaid.zh}", en=f"{advanced.en} and {overpaid.en}")


def _owing(session: Session, month: PaidMonth) -> list[Receivable]:
    found = (item for home in month.homes for item in receivables(session, home))
    payer = month.payer.id if month.payer else None
    return [item for item in found if item.open_fen and payer in (None, item.work.employer_id)]
