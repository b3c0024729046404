"""The words of a line follow the way its amount was decided."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from payroll import (
    Allowance,
    DayCount,
    Deduction,
    Insurance,
    Kind,
    Leave,
    LeaveKind,
    MadeIn,
    Month,
    Piece,
    Policy,
    Share,
    Spell,
    TaxYear,
    WorkerMonth,
    compute,
)
from tests.demo import LOCAL_POLICY

Build = Callable[..., WorkerMonth]
SCHEDULED = DayCount.SCHEDULED
PART = {"joined": date(2026, 10, 15), "paid_days": Decimal(12)}
WHOLE_YEAR = TaxYear(months_employed=10, whole_year_deduction=True)
AGREEMENT = {
    "kind": Kind.ASSISTED_AGREEMENT,
    "insured": frozenset(),
    "agreed_wage_fen": None,
    "pieces": (Piece(item="穿线", quantity=Decimal("1.50"), rate_fen=Decimal("3.5")),),
}


FAULTY = Piece(
    item="包装",
    quantity=Decimal(10),
    rate_fen=Decimal(100),
    quality_deduction_fen=200,
    share=Share(before=0, own=1, of=4),
    made_in=MadeIn.REST_DAY,
)
SICK = {
    "agreed_wage_fen": 300000,
    "day_count": DayCount.SCHEDULED,
    "paid_days": Decimal(20),
    "leave": (Leave(kind=LeaveKind.SICK, days=Decimal(1)),),
    "sick_pay_share": Decimal("0.8"),
}
RISE = {
    "agreed_wage_fen": 300000,
    "day_count": DayCount.SCHEDULED,
    "work_place": "371623",
    "paid_days": Decimal(11),
    "earlier": (Spell(work_place="371681", agreed_wage_fen=200000, paid_days=Decimal(10)),),
}


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({}, "monthly_wage", "÷ 21.75 × 未按全薪计 0 天"),
        ({"day_count": SCHEDULED}, "monthly_wage", "× 计薪 21 天 ÷ 应出勤 21 天"),
        (PART, "monthly_wage", "÷ 21.75 × 计薪 12 天，不超过月工资"),
        (PART, "applicable_minimum", "÷ 21.75 × 计薪 12 天，不超过月最低工资"),
        ({"day_count": SCHEDULED}, "applicable_minimum", "× 计薪 21 天 ÷ 应出勤 21 天"),
        ({}, "contribution_base", "低于下限，按下限 4504.00"),
        ({"declared_base_fen": 450400}, "contribution_base", "在上下限之内"),
        (
            {"agreed_wage_fen": 500000, "declared_base_fen": 2251900},
            "contribution_base",
            "在上下限之内",
        ),
        (
            {"agreed_wage_fen": 500000, "declared_base_fen": 2251901},
            "contribution_base",
            "高于上限，按上限 22519.00",
        ),
        ({}, "countable_wage", "当地最低工资含个人保险"),
        ({}, "taxable_income", "（5000.00 × 任职月数）"),
        ({"tax_year": WHOLE_YEAR}, "taxable_income", "全年减除费用 60000.00"),
        ({}, "income_tax", "按预扣率表为 0.00"),
        (AGREEMENT, "income_tax", "未定"),
        (AGREEMENT, "piece_pay", "穿线 1.5 × 0.035"),
        ({"agreed_wage_fen": 200000}, "minimum_top_up", "最低工资 2210.00 − 2000.00"),
        ({"allowances": (Allowance(name="岗位", amount_fen=5),)}, "allowances", "岗位 0.05"),
        (
            {
                "agreed_wage_fen": 500000,
                "deductions": (Deduction(name="赔偿", amount_fen=100),),
            },
            "deductions",
            "赔偿 1.00，不超过应发的 20 %",
        ),
        (
            RISE,
            "monthly_wage",
            "2000.00 × 计薪 10 天 ÷ 应出勤 21 天 + 约定月工资 3000.00 × 计薪 11 天",
        ),
        (
            RISE | {"day_count": DayCount.PAID_DAYS},
            "monthly_wage",
            "2000.00 × 本段 10 天 ÷ 应出勤 21 天 − 2000.00 ÷ 21.75 × 未按全薪计 0 天 + ",
        ),
        (
            RISE,
            "applicable_minimum",
            "2210.00 × 计薪 10 天 ÷ 应出勤 21 天 + 月最低工资 2020.00 × 计薪 11 天",
        ),
        (SICK, "sick_pay", "3000.00 ÷ 21 × 病假 1 天 × 80 %"),
        (
            {
                "leave": (Leave(kind=LeaveKind.MATERNITY, days=Decimal(1)),),
                "paid_days": Decimal(20),
            },
            "maternity_pay",
            "产假 1 天由生育保险基金支付生育津贴",
        ),
        (
            {"pieces": (FAULTY,), "agreed_wage_fen": 300000},
            "piece_pay",
            "包装 10 × 1.00（休息日加班） − 质量扣减 2.00，集体计件占 1/4",
        ),
        (
            {"agreed_wage_fen": None, "hourly_wage_fen": 1500, "hours": Decimal("160.5")},
            "hourly_wage",
            "约定小时工资 15.00 × 160.5 小时",
        ),
        (
            {"declared_bases": {Insurance.PENSION: 600000}},
            "pension_base",
            "申报基数 6000.00，在上下限之内",
        ),
        (
            {"injury_rate": None, "injury_class": 2, "injury_float": Decimal("0.5")},
            "injury_employer",
            "第2类，浮动 50%",
        ),
        (
            {"tax_year": TaxYear(months_employed=10, exempt_fen=100)},
            "taxable_income",
            "− 免税收入 1.00 − 减除费用",
        ),
    ],
)
def test_words_follow_the_way(
    quota_worker: Build,
    demo: Policy,
    october: Month,
    changes: dict[str, Any],
    code: str,
    words: str,
) -> None:
    """Each way of deciding an amount has its own sentence, and only that one is shown."""
    slip = compute(october, [quota_worker(**changes)], demo).payslip(0)
    line = next(line for line in slip.lines if line.code == code)
    assert words in line.zh


def test_only_the_figures_of_the_shown_formula_are_cited(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """Where the floor decides, the cap is not among the figures of the line."""
    slip = compute(october, [quota_worker()], demo).payslip(0)
    base = next(line for line in slip.lines if line.code == "contribution_base")
    assert [figure.parameter for figure in base.figures] == ["insurance.base.floor"]


def test_a_change_of_place_cites_the_minimum_of_both(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """The line of the minimum names the county's tier before and after."""
    slip = compute(october, [quota_worker(**RISE)], demo).payslip(0)
    line = next(line for line in slip.lines if line.code == "applicable_minimum")
    monthly = [f for f in line.figures if f.parameter == "minimum_wage.monthly"]
    assert [figure.value for figure in monthly] == [2210, 2020]


def test_a_minimum_that_changes_within_the_month_is_said(demo: Policy, tmp_path: Path) -> None:
    """Both amounts and the day stand on the payslip, and both documents are cited."""
    path = tmp_path / "change.yaml"
    path.write_text(
        "document: 示例调整通知\ndate: 2026-09-30\nfigures:\n  - {parameter: minimum_wage.monthly,"
        " place: '371681', from: 2026-10-15, value: {2: 2300}}\n"
    )
    worker = WorkerMonth(
        id="T22", name="示例职工", kind=Kind.LABOUR_CONTRACT, employer="A", work_place="371681",
        joined=date(2026, 3, 1), scheduled_days=Decimal(21), paid_days=Decimal(21),
        agreed_wage_fen=230_000, tax_year=TaxYear(months_employed=8),
    )  # fmt: skip
    policy = Policy.load([LOCAL_POLICY, path])
    slip = compute(Month(2026, 10), [worker], policy).payslip(0)
    (line,) = (line for line in slip.lines if line.code == "applicable_minimum")
    assert "2259.35（10月15日前 2210.00，10月15日起 2300.00，按在职天数折合）" in line.zh
    assert "示例调整通知" in line.zh
    assert "2259.35 (2210.00 before 2026-10-15, 2300.00 from then on" in line.en
