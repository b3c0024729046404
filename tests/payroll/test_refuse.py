"""Months that cannot be right are refused with every reason, and the right ones are not."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from payroll import (
    Allowance,
    Arrear,
    Deduction,
    Insurance,
    Kind,
    Leave,
    LeaveKind,
    Month,
    Overtime,
    PartTime,
    Piece,
    Policy,
    RefusedInput,
    Share,
    TaxYear,
    UnknownFigure,
    WorkerMonth,
    compute,
    compute_each,
)
from tests.demo import LOCAL_POLICY

Build = Callable[..., WorkerMonth]
LIEU = "overtime.lieu_hours"
AN_HOUR = Overtime(workday_hours=Decimal(1))
PART_TIME: dict[str, Any] = {
    "kind": Kind.PART_TIME,
    "agreed_wage_fen": None,
    "hourly_wage_fen": 2200,
    "hours": Decimal(80),
    "scheduled_days": Decimal(0),
    "paid_days": Decimal(0),
    "insured": frozenset(),
    "part_time": PartTime(
        average_day_hours=Decimal(4), longest_week_hours=Decimal(24), pay_cycle_days=15
    ),
}


@pytest.mark.parametrize(("fen", "refused"), [(80_000, False), (80_001, True)])
def test_a_deduction_is_a_fifth_at_most(
    quota_worker: Build, demo: Policy, october: Month, fen: int, refused: bool
) -> None:
    """Of 4000 yuan 800 may be kept, and not a fen more (工资支付暂行规定 art. 16)."""
    deductions = (Deduction(name="赔偿", amount_fen=fen),)
    worker = quota_worker(agreed_wage_fen=400_000, deductions=deductions)
    if not refused:
        assert compute(october, [worker], demo).payslip(0).amount_fen("deductions") == fen
        return
    with pytest.raises(RefusedInput, match="20 %"):
        compute(october, [worker], demo)


GONE: dict[str, Any] = {
    "left": date(2026, 9, 30),
    "paid_days": Decimal(0),
    "insured": frozenset(),
    "arrears": (Arrear(month=date(2026, 8, 1), line="monthly_wage", amount_fen=10_000),),
}


def test_who_has_left_is_paid_what_earlier_months_owe(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """And nothing else: no wage, no insurance, no minimum, no question why not insured."""
    slip = compute(october, [quota_worker(**GONE)], demo).payslip(0)
    assert (slip.gross_fen, slip.net_fen) == (10_000, 10_000)
    assert slip.amount_fen("minimum_top_up") == 0
    assert "not_fully_insured" not in {code for code, _ in slip.warnings}


@pytest.mark.parametrize(
    "changes",
    [
        {"arrears": ()},
        {"paid_days": Decimal(1)},
        {"insured": frozenset({Insurance.PENSION})},
        {"allowances": (Allowance(name="岗位津贴", amount_fen=100),)},
        {"deductions": (Deduction(name="工装", amount_fen=100),)},
        {"housing_fund_employee_fen": 100},
        {"accident_insurance_fen": 100},
        {"joined": date(2026, 10, 1)},
    ],
)
def test_who_has_left_has_nothing_of_the_month_itself(
    quota_worker: Build, demo: Policy, october: Month, changes: dict[str, Any]
) -> None:
    """A day, an insurance, an allowance, a deduction of a month after leaving is a slip."""
    with pytest.raises(RefusedInput) as refused:
        compute(october, [quota_worker(**(GONE | changes))], demo)
    assert "left" in {problem.field for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"joined": date(2026, 11, 1)}, "joined"),
        ({"left": date(2026, 9, 30)}, "left"),
        ({"scheduled_days": Decimal(0), "paid_days": Decimal(0)}, "scheduled_days"),
        ({"paid_days": Decimal(20)}, "paid_days"),
        ({"paid_days": Decimal(21), "unpaid_days": Decimal(1)}, "paid_days"),
        ({"agreed_wage_fen": None}, "agreed_wage_fen"),
        (
            {"agreed_wage_fen": None, "overtime": Overtime(workday_hours=Decimal(1))},
            "overtime",
        ),
        (
            {
                "agreed_wage_fen": None,
                "overtime": Overtime(rest_day_hours=Decimal(8), lieu_hours=Decimal(7)),
                "pieces": (Piece(item="包装", quantity=Decimal(10), rate_fen=Decimal(40)),),
            },
            "overtime",
        ),
        ({"kind": Kind.ASSISTED_AGREEMENT}, "insured"),
        ({"declared_base_fen": None}, "declared_base_fen"),
        ({"injury_rate": None}, "injury_rate"),
        ({"tax_year": None}, "tax_year"),
        ({"tax_year": TaxYear(months_employed=11)}, "tax_year"),
        ({"tax_year": TaxYear(months_employed=12, paid_through=11)}, "tax_year"),
        ({"deductions": (Deduction(name="赔偿", amount_fen=1),)}, "deductions"),
        (
            {
                "agreed_wage_fen": 500000,
                "deductions": (Deduction(name="赔偿", amount_fen=100001),),
            },
            "deductions",
        ),
        (
            {
                "agreed_wage_fen": 900000,
                "paid_days": Decimal(1),
                "unpaid_days": Decimal(20),
                "declared_base_fen": 900000,
                "deductions": (Deduction(name="赔偿", amount_fen=1),),
            },
            "deductions",
        ),
        ({"agreed_wage_fen": 500000, "advance_recovered_fen": 1}, "advance_recovered_fen"),
        ({"left": date(2026, 10, 31), "advance_recovered_fen": 1}, "advance_recovered_fen"),
        ({"leave": (Leave(kind=LeaveKind.ANNUAL, days=Decimal(22)),)}, "leave"),
        ({"leave": (Leave(kind=LeaveKind.UNPAID, days=Decimal(1)),)}, "leave"),
        ({"overtime": Overtime(rest_day_hours=Decimal(1), lieu_hours=Decimal(2))}, LIEU),
        ({"hourly_wage_fen": 100, "hours": Decimal("744"), "overtime": AN_HOUR}, "hours"),
        ({"injury_rate": None, "injury_class": 1, "injury_float": Decimal("0.5")}, "injury_float"),
        (
            {"declared_base_fen": None, "declared_bases": {Insurance.PENSION: 1}},
            "declared_base_fen",
        ),
    ],
)
def test_refused(
    quota_worker: Build, demo: Policy, october: Month, changes: dict[str, Any], field: str
) -> None:
    """Each impossible month is refused, naming the person and the field, in both languages."""
    with pytest.raises(RefusedInput) as refused:
        compute(october, [quota_worker(**changes)], demo)
    assert field in {problem.field for problem in refused.value.problems}
    assert all(
        problem.worker == "R01" and problem.zh and problem.en for problem in refused.value.problems
    )


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"joined": date(2026, 10, 31), "paid_days": Decimal(8)},
        {"left": date(2026, 10, 31)},
        {"paid_days": Decimal(2), "unpaid_days": Decimal(19)},
        {
            "left": date(2026, 10, 31),
            "agreed_wage_fen": 221001,
            "advance_recovered_fen": 1,
        },
        {"tax_year": TaxYear(months_employed=11, paid_through=11)},
        {"paid_days": Decimal("10.5"), "unpaid_days": Decimal("10.5")},
        {"agreed_wage_fen": 500000, "deductions": (Deduction(name="赔偿", amount_fen=100000),)},
        {"insured": frozenset(), "declared_base_fen": None, "injury_rate": None},
        {"leave": (Leave(kind=LeaveKind.ANNUAL, days=Decimal(21)),)},
        {"overtime": Overtime(rest_day_hours=Decimal(2), lieu_hours=Decimal(2))},
        {"hourly_wage_fen": 100, "hours": Decimal("743"), "overtime": AN_HOUR},
        {"injury_rate": None, "injury_class": 2, "injury_float": Decimal("0.5")},
        {"declared_base_fen": None, "declared_bases": dict.fromkeys(Insurance, 221000)},
    ],
)
def test_accepted(
    quota_worker: Build, demo: Policy, october: Month, changes: dict[str, Any]
) -> None:
    """The months next to the refused ones are computed."""
    assert compute(october, [quota_worker(**changes)], demo).totals.people == 1


def test_all_problems_at_once(quota_worker: Build, demo: Policy, october: Month) -> None:
    """Every problem of every person is listed, and a person given twice is one of them."""
    people = [quota_worker(declared_base_fen=None), quota_worker(tax_year=None)]
    with pytest.raises(RefusedInput) as refused:
        compute(october, people, demo)
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"id", "declared_base_fen", "tax_year"}


def test_same_person_at_two_employers_is_accepted(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """A person may have one record with each of two employers."""
    people = [quota_worker(), quota_worker(employer="B")]
    payroll = compute(october, people, demo)
    assert {name: item.people for name, item in payroll.totals_by_employer.items()} == {
        "A": 1,
        "B": 1,
    }


def test_a_contract_and_an_agreement_with_one_employer_are_two_jobs(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """Each has its record; the same job twice is still refused, and nobody else with it."""
    contract = quota_worker(left=date(2026, 10, 14), paid_days=Decimal(9))
    agreement = WorkerMonth(
        id=contract.id,
        name=contract.name,
        kind=Kind.ASSISTED_AGREEMENT,
        employer=contract.employer,
        work_place="371681",
        joined=date(2026, 10, 15),
        pieces=(Piece(item="纸盒", quantity=100, rate_fen=35),),
    )
    # 9 × 2210 ÷ 21.75 = 914.48; 100 × 0.35 = 35.00
    both = compute(october, [contract, agreement], demo)
    assert both.amounts("gross").tolist() == [914_48, 35_00]
    each = compute_each(october, [contract, agreement, agreement], demo)
    assert (each.computed, sorted(each.refused)) == ((0,), [1, 2])


@pytest.mark.parametrize(
    "changes",
    [
        {"agreed_wage_fen": 2210.5},
        {"agreed_wage_fen": -1},
        {"paid_days": Decimal("1.005")},
        {"work_place": "邹平"},
        {"wage": 1},
        {"id": ""},
    ],
)
def test_model_refuses(quota_worker: Build, changes: dict[str, Any]) -> None:
    """Floats for money, negative amounts, thousandths of a day and unknown fields are refused."""
    with pytest.raises(ValidationError):
        quota_worker(**changes)


def test_unknown_figures_are_listed_together(
    quota_worker: Build, policy: Policy, october: Month
) -> None:
    """Without local figures, everything Binzhou lacks is named in one error, with a snippet."""
    with pytest.raises(UnknownFigure) as unknown:
        compute(october, [quota_worker()], policy)
    assert {item.parameter.id for item in unknown.value.missing} == {
        "insurance.medical.employer_rate",
        "insurance.medical.employer_fixed",
        "insurance.medical.employee_fixed",
        "insurance.unemployment.employer_rate",
        "insurance.unemployment.employee_rate",
    }


def test_unneeded_figures_may_be_unknown(
    quota_worker: Build, policy: Policy, october: Month
) -> None:
    """A person without medical or unemployment insurance needs none of their rates."""
    worker = quota_worker(insured=frozenset({"pension", "injury"}))
    assert compute(october, [worker], policy).totals.people == 1


def test_nobody_is_a_payroll_too(demo: Policy, october: Month) -> None:
    """A month without people has empty lines and nil totals."""
    payroll = compute(october, [], demo)
    assert (len(payroll), payroll.totals.gross_fen) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hourly_wage_fen": None}, "hourly_wage_fen"),
        ({"part_time": None}, "part_time"),
        ({"overtime": AN_HOUR}, "overtime"),
        ({"tax_year": None}, "tax_year"),
        (
            {
                "scheduled_days": Decimal(1),
                "leave": (Leave(kind=LeaveKind.SICK, days=Decimal(1)),),
            },
            "leave",
        ),
    ],
)
def test_part_time_refused(
    quota_worker: Build, demo: Policy, october: Month, changes: dict[str, Any], field: str
) -> None:
    """What part-time work cannot have, or cannot be without, is refused by name."""
    with pytest.raises(RefusedInput) as refused:
        compute(october, [quota_worker(**(PART_TIME | changes))], demo)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_part_time_accepted(quota_worker: Build, demo: Policy, october: Month) -> None:
    """The record the refused ones were made from is itself accepted."""
    assert compute(october, [quota_worker(**PART_TIME)], demo).totals.net_fen == 176000


def test_sick_leave_without_a_rule_names_the_parameter(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """Neither place nor employer has a share: the error names it; with either it is computed."""
    sick = quota_worker(paid_days=Decimal(20), leave=(Leave(kind=LeaveKind.SICK, days=Decimal(1)),))
    with pytest.raises(UnknownFigure, match=r"leave\.sick_pay_share"):
        compute(october, [sick], demo)
    own = sick.model_copy(update={"sick_pay_share": Decimal("0.8")})
    assert compute(october, [own], demo).amounts("sick_pay")[0] > 0


def test_a_long_refusal_tells_the_first_and_keeps_all(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """A message of a million lines helps nobody; the list of problems is whole."""
    people = [quota_worker(id=f"R{n}", declared_base_fen=None) for n in range(150)]
    with pytest.raises(RefusedInput, match="and 50 more") as refused:
        compute(october, people, demo)
    assert len(refused.value.problems) == 150


@pytest.mark.parametrize(
    "wrong",
    [
        {"average_day_hours": Decimal("24.01")},
        {"longest_week_hours": Decimal("168.01")},
        {"pay_cycle_days": 0},
        {"pay_cycle_days": 32},
        {"average_day_hours": Decimal(-1)},
    ],
)
def test_hours_that_no_day_or_week_has_are_refused(wrong: dict[str, Any]) -> None:
    """A day has 24 hours and a week 168; exactly those are accepted."""
    right = {
        "average_day_hours": Decimal(24),
        "longest_week_hours": Decimal(168),
        "pay_cycle_days": 31,
    }
    assert PartTime.model_validate(right)
    with pytest.raises(ValidationError):
        PartTime.model_validate(right | wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"before": 2, "own": 2, "of": 3},
        {"before": 0, "own": 0, "of": 0},
        {"before": -1, "own": 1, "of": 3},
    ],
)
def test_a_share_of_more_than_the_whole_is_refused(wrong: dict[str, int]) -> None:
    """Or a team would be paid more than it earned."""
    assert Share(before=2, own=1, of=3)
    with pytest.raises(ValidationError):
        Share.model_validate(wrong)


SHARE = """\
document: 示例，非官方
date: 2026-01-01
figures:
  - {parameter: wage.advance_recovery_share, place: 371681, from: 2026-01-01, value: 0.2}
"""


@pytest.mark.parametrize(("fen", "refused"), [(80_000, None), (80_001, "比例"), (179_001, "最低")])
def test_a_recovery_keeps_to_the_place_s_share_and_the_minimum(
    quota_worker: Build, october: Month, tmp_path: Path, fen: int, refused: str | None
) -> None:
    """Of 4000 a fifth is 800; above the minimum there are 1790."""
    path = tmp_path / "share.yaml"
    path.write_text(SHARE, encoding="utf-8")
    policy = Policy.load([LOCAL_POLICY, path])
    worker = quota_worker(agreed_wage_fen=400_000, advance_recovered_fen=fen)
    if refused is None:
        # 4000 − 463.91 − 800
        assert compute(october, [worker], policy).payslip(0).net_fen == 400_000 - 46_391 - fen
        return
    with pytest.raises(RefusedInput, match=refused):
        compute(october, [worker], policy)


def test_who_has_left_settles_an_advance_with_pay_of_earlier_months(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """There is no wage and no minimum any more: all that is owed may go against it, and no more."""
    gone = quota_worker(**(GONE | {"advance_recovered_fen": 10_000}))
    slip = compute(october, [gone], demo).payslip(0)
    assert (slip.gross_fen, slip.net_fen) == (10_000, 0)
    too_much = gone.model_copy(update={"advance_recovered_fen": 10_001})
    with pytest.raises(RefusedInput, match="收回"):
        compute(october, [too_much], demo)


def test_one_person_never_stops_the_others(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """Everybody else is computed, each alone as among many; who is not is told with the reasons."""
    people = [
        quota_worker(id="A"),
        quota_worker(id="B", declared_base_fen=None),
        quota_worker(id="C", insured_place="110000"),
        quota_worker(id="D"),
        quota_worker(id="D"),
        quota_worker(id="E", deductions=(Deduction(name="赔偿", amount_fen=1),)),
        quota_worker(id="F", paid_days=Decimal(0), unpaid_days=Decimal(21)),
    ]
    each = compute_each(october, people, demo)
    assert each.computed == (0, 6)
    assert sorted(each.refused) == [1, 2, 3, 4, 5]
    assert "declared_base_fen" in each.refused[1][0].zh
    assert "110000" in each.refused[2][0].en
    assert "写进本地政策文件" in each.refused[2][0].zh
    assert "2 次" in each.refused[3][0].zh == each.refused[4][0].zh
    assert "最低工资" in each.refused[5][0].zh
    assert each.payroll.digest() == compute(october, [people[0], people[6]], demo).digest()


def test_a_settled_month_is_not_refused_for_what_was_kept_from_it(
    quota_worker: Build, demo: Policy, october: Month
) -> None:
    """A deduction that was right then stands when the days turn out to have been missed."""
    away = quota_worker(
        paid_days=Decimal(0),
        unpaid_days=Decimal(21),
        deductions=(Deduction(name="赔偿", amount_fen=20_000),),
    )
    assert compute_each(october, [away], demo).computed == ()
    slip = compute_each(october, [away], demo, settled=True).payroll.payslip(0)
    # 463.91 of own shares and 200.00 that were kept
    assert (slip.amount_fen("advance"), slip.net_fen) == (66_391, 0)


def test_nobody_left_is_an_empty_month(quota_worker: Build, demo: Policy, october: Month) -> None:
    """Where all are refused there is a month without people, and every reason."""
    each = compute_each(october, [quota_worker(tax_year=None)], demo)
    assert (len(each.payroll), list(each.refused)) == (0, [0])
