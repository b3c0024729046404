"""One payslip, explained: a worker under the quota model in 邹平市, October 2026.

Run with ``python examples/one_payslip.py``; the person is invented.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from payroll import (
    DayCount,
    Insurance,
    Kind,
    Month,
    Policy,
    TaxYear,
    WorkerMonth,
    compute,
    fen,
)

LOCAL = Path(__file__).parent / "demo-home" / "local-policy.yaml"

worker = WorkerMonth(
    id="R01",
    name="赵晓禾",
    kind=Kind.LABOUR_CONTRACT,
    employer="示例企业A",
    work_place="371681",
    joined=date(2025, 3, 1),
    day_count=DayCount.PAID_DAYS,
    agreed_wage_fen=fen("2210.00"),
    scheduled_days=Decimal(21),
    paid_days=Decimal(21),
    insured=frozenset(Insurance),
    declared_base_fen=fen("2210.00"),
    injury_rate=Decimal("0.004"),
    injury_rate_document="示例：单位工伤保险费率通知",
    tax_year=TaxYear(months_employed=10, income_fen=fen("19890.00"), insurance_fen=fen("4175.19")),
    disabled=True,
)

if __name__ == "__main__":
    payroll = compute(Month(2026, 10), [worker], Policy.load(local=[LOCAL]))
    print(payroll.payslip(0).text())
