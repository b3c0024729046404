"""What goes to the insurance office: bases and shares declared, and who joins and leaves.

The office's own import template was not found (fact ``fmt.sicheet``); the columns are those that
its forms ask for, to be copied from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy.orm import Session

from payroll import Payslip, yuan
from rukang.base.clock import days_of_month
from rukang.base.papers import Cell, Column, Sheet
from rukang.pay.documents.month import Paid, PaidMonth
from rukang.people import open_number
from rukang.work.employment import Employment, EmploymentKind

REASON = "社会保险申报 insurance declaration"

SHARES = (
    ("养老（单位）", "pension_employer"),
    ("养老（个人）", "pension_employee"),
    ("医疗含生育（单位）", "medical_employer"),
    ("医疗（个人）", "medical_employee"),
    ("失业（单位）", "unemployment_employer"),
    ("失业（个人）", "unemployment_employee"),
    ("工伤（单位）", "injury_employer"),
    ("补缴以前月份（单位）", "arrears_employer_cost"),
    ("补缴以前月份（个人）", "arrears_employee_share"),
)


def declaration(session: Session, month: PaidMonth) -> Sheet:
    """Return 缴费申报: whoever pays or settles a share, both bases, and the sums.

    A person has one row by payer and place of insurance, in however many homes the work is done.
    """
    together = month.together(lambda paid: paid.worker.insured_place)
    rows = [_declared(session, own) for own in map(_insured, together) if own]
    insured = _insured(month.people)
    sums = [sum(paid.slip.amount_fen(code) for paid in insured) for _, code in SHARES]
    total = ("合计", "", "", None, None, *(yuan(fen) for fen in sums))
    columns: list[Column | str] = [
        "用工单位",
        "姓名",
        "身份证号",
        "申报基数",
        "缴费基数",
        *(name for name, _ in SHARES),
    ]
    return Sheet("缴费申报", columns, [*rows, total], f"{month.title}社会保险缴费申报（元）")


def _insured(people: Iterable[Paid]) -> list[Paid]:
    """Return who pays or settles a share, who pays one first."""
    found = [paid for paid in people if any(_share(paid.slip, code) for _, code in SHARES)]
    return sorted(found, key=lambda paid: paid.slip.amount_fen("contribution_base") == 0)


def _declared(session: Session, own: Sequence[Paid]) -> tuple[Cell, ...]:
    """Return a person's row; an employer insures in one home, and may settle shares in others."""
    work, slip = own[0].record.employment, own[0].slip
    return (
        own[0].employer,
        slip.name,
        open_number(session, work.resident.person, "citizen_id", REASON),
        yuan(work.declared_base_fen),
        yuan(slip.amount_fen("contribution_base")),
        *(yuan(sum(_share(paid.slip, code) for paid in own)) for _, code in SHARES),
    )


def _share(slip: Payslip, code: str) -> int:
    """Return a share with what is fixed beside the rate."""
    return slip.amount_fen(code) + slip.amount_fen(f"{code}_fixed")


def movements(session: Session, month: PaidMonth) -> Sheet:
    """Return 增减员: who is insured from this month on, and who leaves in it."""
    rows = [
        (
            kind,
            work.employer.name,
            work.resident.person.name,
            open_number(session, work.resident.person, "citizen_id", REASON),
            work.started_on,
            work.ended_on,
            yuan(work.declared_base_fen),
        )
        for kind, work in _moving(month)
    ]
    columns = ["增减", "用工单位", "姓名", "身份证号", "用工起始", "用工终止", "申报基数"]
    return Sheet("增减员", columns, rows, f"{month.title}社会保险增减员")


def _moving(month: PaidMonth) -> Iterator[tuple[str, Employment]]:
    days = days_of_month(month.month)
    works = [paid.record.employment for paid in month.people]
    for work in works:
        if work.kind is not EmploymentKind.AGREEMENT and work.insured_from is not None:
            if days[0] <= work.insured_from <= days[-1]:
                yield "增加", work
            left = work.ended_on is not None and days[0] <= work.ended_on <= days[-1]
            if left or work.insured_to == days[0]:
                yield "减少", work
