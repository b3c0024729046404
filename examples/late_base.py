"""A base published late: June and July paid as they were known, August settles the difference.

Run with ``python examples/late_base.py``; the person is invented, and the base of 2026 is an
example, not official. docs/arrears-example.md works the same figures out by hand.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from payroll import (
    Insurance,
    Kind,
    Month,
    Policy,
    TaxYear,
    WorkerMonth,
    compute,
    difference,
    explain,
    paid_lines,
    yuan,
)
from payroll.policy import LocalFigure, supply

LOCAL = Path(__file__).parent / "demo-home" / "local-policy.yaml"
PUBLISHED = date(2026, 8, 10)
JUNE, JULY, AUGUST = Month(2026, 6), Month(2026, 7), Month(2026, 8)

worker = WorkerMonth(
    id="R01",
    name="赵晓禾",
    kind=Kind.LABOUR_CONTRACT,
    employer="示例企业A",
    work_place="371681",
    joined=date(2025, 3, 1),
    agreed_wage_fen=221000,
    scheduled_days=Decimal(22),
    paid_days=Decimal(22),
    insured=frozenset(Insurance),
    declared_base_fen=221000,
    injury_rate=Decimal("0.004"),
    injury_rate_document="示例：单位工伤保险费率通知",
    tax_year=TaxYear(months_employed=6),
)


def with_late_base(folder: Path) -> Policy:
    """Return the rule base with the floor of 2026, known since its publication."""
    floor = LocalFigure(
        parameter="insurance.base.floor",
        place="370000",
        first=date(2026, 1, 1),
        value="4700",
        document="示例，非官方",
        date=PUBLISHED,
    )
    supply(folder / "late.yaml", Policy.load().parameters, floor)
    return Policy.load(local=[LOCAL, folder / "late.yaml"])


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        policy = with_late_base(Path(folder))
    arrears = []
    for month in (JUNE, JULY):
        paid = compute(month, [worker], policy.as_known_on(month.last)).payslip(0)
        due = compute(month, [worker], policy).payslip(0)
        print(f"{month}：基数 {yuan(paid.amount_fen('contribution_base'))} → "
              f"{yuan(due.amount_fen('contribution_base'))}")  # fmt: skip
        arrears += difference(month, paid_lines(paid, []), due)
    august = compute(AUGUST, [worker.model_copy(update={"arrears": tuple(arrears)})], policy)
    for code in ("arrears_employee_share", "arrears_employer_cost", "net"):
        print(explain(august.payslip(0), code).line.zh)
