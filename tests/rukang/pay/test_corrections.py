"""A locked month corrected in whatever a run reads, and what the next month makes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import payroll
from payroll import Month, Policy, WorkerMonth
from rukang import pay
from rukang.base.database.context import as_actor
from rukang.base.errors import InvalidError
from rukang.bodies.homes import Home
from rukang.pay import EntryKind, PayItemKind, field_of
from rukang.pay.documents.invoices import invoice
from rukang.pay.documents.month import paid_month
from rukang.pay.owed.corrections import CORRECTABLE, FIXED, IN_WORDS
from rukang.pay.store.records import PayItem, ReceivableEntry
from rukang.pay.store.stored import corrected, inputs_of
from rukang.work.employment import Employment
from tests.demo import LOCAL_POLICY
from tests.pdf import pages_of
from tests.rukang.pay.test_settle import AUGUST, END, JULY, JUNE, SEPTEMBER, Office, office

__all__ = ["office"]

ELSEWHERE = """\
document: 示例，非官方：另一个县的医保单位费率和最低工资档次、收回垫付的上限
date: 2026-01-01
figures:
  - {parameter: insurance.medical.employer_rate, place: 371602, from: 2026-01-01, value: 0.06}
  - {parameter: minimum_wage.tier, place: 371602, from: 2026-01-01, value: 1}
  - {parameter: wage.advance_recovery_share, place: 371681, from: 2026-01-01, value: 0.2}
"""
HOURLY = {
    "kind": "part_time",
    "agreed_wage_fen": None,
    "hourly_wage_fen": 2500,
    "hours": "60",
    "scheduled_days": "0",
    "paid_days": "0",
    "insured": ["injury"],
    "part_time": {"average_day_hours": "4", "longest_week_hours": "20", "pay_cycle_days": 15},
}
SICK = {"paid_days": "20", "leave": [{"kind": "sick", "days": "2"}], "sick_pay_share": "0.8"}
CLASSED = {"injury_rate": None, "injury_class": 1}
FUND = {
    "housing_fund_base_fen": 400_000,
    "housing_fund_employee_rate": "0.05",
    "housing_fund_employer_rate": "0.05",
}
Change = dict[str, Any]
SAMPLES: dict[str, tuple[Change, Change]] = {
    "work_place": ({"agreed_wage_fen": 100_000}, {"work_place": "371602"}),
    "agreed_wage_fen": ({}, {"agreed_wage_fen": 470_000}),
    "hourly_wage_fen": (HOURLY, {"hourly_wage_fen": 3000}),
    "hours": (HOURLY, {"hours": "61"}),
    "paid_days": ({"joined": "2026-06-03"}, {"paid_days": "20"}),
    "unpaid_days": ({}, {"paid_days": "20", "unpaid_days": "2"}),
    "leave": ({}, SICK),
    "overtime": ({}, {"overtime": {"workday_hours": "4"}}),
    "kind": ({}, HOURLY),
    "insured_place": ({}, {"insured_place": "371602"}),
    "joined": ({}, {"joined": "2026-06-15", "paid_days": "12"}),
    "left": ({}, {"left": "2026-06-12", "paid_days": "9"}),
    "day_count": ({"joined": "2026-06-15", "paid_days": "12"}, {"day_count": "scheduled"}),
    "scheduled_days": (
        {"day_count": "scheduled"},
        {"scheduled_days": "23", "unpaid_days": "1"},
    ),
    "between_days": ({}, {"between_days": "2", "paid_days": "20"}),
    "earlier": (
        {},
        {
            "earlier": [
                {"work_place": "371681", "agreed_wage_fen": 400_000, "paid_days": "10"},
            ],
            "paid_days": "12",
        },
    ),
    "pieces": ({}, {"pieces": [{"item": "纸盒", "quantity": "100", "rate_fen": "50"}]}),
    "allowances": ({}, {"allowances": [{"name": "餐补", "amount_fen": 10_000, "kind": "meal"}]}),
    "deductions": ({}, {"deductions": [{"name": "借款", "amount_fen": 10_000}]}),
    "advance_recovered_fen": ({"advance_recovered_fen": 500}, {"advance_recovered_fen": 0}),
    "sick_pay_share": (SICK, {"sick_pay_share": "0.9"}),
    "insured": ({}, {"insured": ["injury"]}),
    "declared_base_fen": ({}, {"declared_base_fen": 500_000}),
    "declared_bases": ({}, {"declared_bases": {"pension": 500_000}}),
    "injury_rate": ({}, {"injury_rate": "0.009"}),
    "injury_class": (CLASSED, {"injury_class": 3}),
    "injury_float": (CLASSED, {"injury_float": "1.2"}),
    "accident_insurance_fen": ({}, {"accident_insurance_fen": 500}),
    "housing_fund_employee_fen": ({}, {"housing_fund_employee_fen": 5000}),
    "housing_fund_employer_fen": ({}, {"housing_fund_employer_fen": 5000}),
    "housing_fund_base_fen": (FUND, {"housing_fund_base_fen": 500_000}),
    "housing_fund_employee_rate": (FUND, {"housing_fund_employee_rate": "0.06"}),
    "housing_fund_employer_rate": (FUND, {"housing_fund_employer_rate": "0.06"}),
}
"""By field: what else the month is, and a right value for the field, with which pay is another."""

TOLD_ONLY = {"part_time", "injury_rate_document"}
"""Fields that are kept with the month and told on it, and move no amount."""


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """Return the example's figures, with a rate of another county."""
    path = tmp_path_factory.mktemp("policy") / "elsewhere.yaml"
    path.write_text(ELSEWHERE, encoding="utf-8")
    return Policy.load([LOCAL_POLICY, path])


def a_june() -> WorkerMonth:
    """Return a whole June at 4600 yuan, as a run reads it."""
    return WorkerMonth.model_validate(
        {
            "id": "R02",
            "name": "甲",
            "kind": "labour_contract",
            "employer": "滨州某某有限公司",
            "work_place": "371681",
            "insured_place": "371681",
            "joined": "2025-01-01",
            "day_count": "21.75",
            "scheduled_days": "22",
            "paid_days": "22",
            "agreed_wage_fen": 460_000,
            "insured": ["pension", "medical", "unemployment", "injury", "maternity"],
            "declared_base_fen": 460_000,
            "injury_rate": "0.002",
            "tax_year": {"months_employed": 6},
            "disabled": True,
        }
    )


def test_the_list_of_fields_is_that_of_the_program() -> None:
    """Whoever adds a field to the month has to say here what its correction does."""
    fields = set(WorkerMonth.model_fields)
    assert fields == SAMPLES.keys() | TOLD_ONLY | FIXED.keys()
    assert SAMPLES.keys() | TOLD_ONLY == CORRECTABLE
    assert set(IN_WORDS.values()) <= CORRECTABLE


@pytest.mark.parametrize("field", sorted(SAMPLES))
def test_each_field_corrected_leaves_something_to_settle(field: str, policy: Policy) -> None:
    """What a run reads and pays by is settled: the difference of the month is not nil."""
    month, (otherwise, change) = Month(2026, 6), SAMPLES[field]
    assert field in change
    paid, right = corrected(a_june(), otherwise), corrected(a_june(), otherwise | change)
    slips = []
    for worker in (paid, right):
        each = payroll.compute_each(month, [worker], policy, settled=True)
        assert not each.refused
        slips.append(each.payroll.payslip(0))
    assert payroll.difference(month, payroll.paid_lines(slips[0], ()), slips[1])


@pytest.mark.parametrize("field", sorted(TOLD_ONLY))
def test_what_moves_no_amount_is_named_as_such(field: str, policy: Policy) -> None:
    """Such fields are kept with the month, and change no line that is settled."""
    change: Change = {
        "part_time": {**HOURLY["part_time"], "longest_week_hours": "30"},  # type: ignore[dict-item]
        "injury_rate_document": "人社核定〔2026〕1号",
    }
    worker = corrected(a_june(), HOURLY)
    right = corrected(worker, {field: change[field]})
    slips = [payroll.compute(Month(2026, 6), [each], policy).payslip(0) for each in (worker, right)]
    assert payroll.difference(Month(2026, 6), payroll.paid_lines(slips[0], ()), slips[1]) == ()


def _deduct(office: Office, who: str, amount_fen: int, month: date = JUNE) -> None:
    with office.database.session() as session:
        work = session.get_one(Employment, office.works[who])
        session.add(
            PayItem(
                home_id=work.home_id,
                resident_id=work.resident_id,
                employer_id=work.employer_id,
                month=month,
                kind=PayItemKind.DEDUCTION,
                name="借款",
                amount_fen=amount_fen,
                taxable=True,
            )
        )


def _correct(office: Office, run_id: int, who: str, **to: str) -> None:
    with office.database.session() as session:
        run = pay.find_run(session, run_id)
        changes = dict(field_of(name, value) for name, value in to.items())
        pay.correct(as_actor(session, "工资专员"), run, office.works[who], changes, "扣错了")


def test_a_deduction_that_was_too_high_is_given_back(office: Office, tmp_path: Path) -> None:
    """300.00 were kept of June and 50.00 was right: July pays 250.00 more, untaxed, once."""
    _deduct(office, "R02", 30_000)
    june = office.pay(JUNE, END[JUNE])
    _correct(office, june, "R02", 扣款="借款 50.00")
    july = office.pay(JULY, END[JULY])
    assert office.arrears(july) == {"R02": {"06 deduction": -25_000}}
    # 4600 − own shares 4600 × 10.3 % = 473.80; 5000 a month are free of tax
    assert office.amounts(june, "net")["R02"] == 460_000 - 47_380 - 30_000
    assert office.amounts(july, "net")["R02"] == 460_000 - 47_380 + 25_000
    assert office.amounts(july, "gross")["R02"] == 460_000
    assert office.arrears(office.pay(AUGUST, END[JULY])) == {}
    with office.database.session() as session:
        run = pay.find_run(session, july)
        pay.write_documents(session, run, tmp_path / "wages")
    easy = pages_of((tmp_path / "wages" / "payslips-easy-read.pdf").read_bytes())[1]
    assert "以前多扣的，这次还你\n250.00 元" in easy


def test_a_deduction_that_was_too_low_is_kept_in_bounds(office: Office) -> None:
    """1000.00 more of June: a fifth of 4600 is 920.00 in July, the other 80.00 in August.

    R01 earns the minimum: nothing may be kept, the difference waits and is told.
    """
    june = office.pay(JUNE, END[JUNE])
    _correct(office, june, "R02", 扣款="借款 1000.00")
    _correct(office, june, "R01", 扣款="借款:30.00")
    july = office.pay(JULY, END[JULY])
    assert office.arrears(july) == {"R02": {"06 deduction": 92_000}}
    assert office.amounts(july, "net")["R02"] == 460_000 - 47_380 - 92_000
    assert "差额未结清的 2 人：R01、R02；" in office.note(july)
    august = office.pay(AUGUST, END[JULY])
    assert office.arrears(august) == {"R02": {"06 deduction": 8_000}}
    assert office.arrears(office.pay(SEPTEMBER, END[JULY])) == {}


def test_pay_owed_and_a_deduction_missed_stand_against_each_other(office: Office) -> None:
    """Overtime of June at 158.62 was not paid, and 150.00 not kept: R01's minimum is not touched.

    By hand: 2210 ÷ (21.75 × 8) = 12.7011…, × 1.5 × 8 hours = 152.41 yuan.
    """
    june = office.pay(JUNE, END[JUNE])
    _correct(office, june, "R01", overtime='{"workday_hours": "8"}', 扣款="借款 150.00")
    july = office.pay(JULY, END[JULY])
    assert office.arrears(july) == {"R01": {"06 earning": 15_241, "06 deduction": 15_000}}


def test_a_leaver_s_deduction_waits_and_what_was_kept_too_much_is_paid(office: Office) -> None:
    """There is no wage to keep it from; what is owed is paid without one."""
    _deduct(office, "R02", 30_000)
    june = office.pay(JUNE, END[JUNE])
    office.pay(JULY, END[JULY])
    with office.database.session() as session:
        for who in ("R02", "R03"):
            session.get_one(Employment, office.works[who]).ended_on = END[JULY]
    _correct(office, june, "R02", 扣款="无")
    _correct(office, june, "R03", 扣款="借款 100")
    august = office.pay(AUGUST, END[JULY])
    assert office.arrears(august) == {"R02": {"06 deduction": -30_000}}
    assert office.amounts(august, "net")["R02"] == 30_000
    assert "R03" in office.note(august)


def test_a_recovery_that_was_wrong_is_given_back_and_open_again(
    office: Office, policy: Policy
) -> None:
    """R02 owed 200.00 advanced in May: June kept it, wrongly; July gives it back, and it is open.

    The employer is asked for it: its cost, and 200.00.
    """
    office.policy = policy
    with office.database.session() as session:
        work = office.works["R02"]
        home = session.get_one(Home, session.get_one(Employment, work).home_id)
        session.add(
            ReceivableEntry(
                home_id=home.id,
                employment_id=work,
                kind=EntryKind.ADVANCE,
                amount_fen=20_000,
                day=date(2026, 5, 1),
                note="五月垫付",
                at=session.info["clock"](),
                by="工资专员",
            )
        )
        pay.record_consent(
            as_actor(session, "工资专员"), home, work, date(2026, 5, 5), "书面同意书"
        )
    june = office.pay(JUNE, END[JUNE])
    assert office.amounts(june, "advance_recovered")["R02"] == 20_000
    with pytest.raises(InvalidError, match="只能改少"):
        _correct(office, june, "R02", 收回垫付="300.00")
    _correct(office, june, "R02", 收回垫付="0")
    july = office.pay(JULY, END[JULY])
    assert office.arrears(july) == {"R02": {"06 deduction": -20_000}}
    with office.database.session() as session:
        run = pay.find_run(session, july)
        owed = pay.receivable_of(session, session.get_one(Home, run.home_id), work)
        assert owed.open_fen == 20_000
        assert [(e.kind, e.amount_fen) for e in owed.entries if e.run_id] == [
            (EntryKind.RECOVERY, 20_000),
            (EntryKind.RECOVERY, -20_000),
        ]
        month = paid_month(session, run)
        rows = {row[1]: row for row in invoice(month).rows}
        cost = next(p.record.employer_cost_fen for p in month.people if p.worker.id == "R02")
    assert rows["R02"][-3:-1] == (payroll.yuan(-20_000), payroll.yuan(cost + 20_000))


def test_what_was_exempt_is_made_up_by_the_next_month(office: Office) -> None:
    """An allowance of June was taxed and is exempt: no pay to settle, and the year has it."""
    june = office.pay(JUNE, END[JUNE])
    exempt = '[{"name": "补贴", "amount_fen": 10000, "taxable": false}]'
    _correct(office, june, "R02", allowances=exempt)
    july = office.pay(JULY, END[JULY])
    with office.database.session() as session:
        worker = next(w for _, w in inputs_of(pay.find_run(session, july)) if w.id == "R02")
    assert worker.tax_year is not None
    assert worker.tax_year.exempt_fen == 10_000


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ({"扣款": "借款"}, "名称 金额"),
        ({"扣款": "借款 五十"}, "应为元"),
        ({"paid_days": "20"}, "这个月不成立"),
        ({"kind": "assisted_agreement"}, "两份用工"),
        ({"disabled": "false"}, "下一月补正"),
        ({"agreement_tax": "wages"}, "更正申报"),
        (
            {"allowances": '[{"name":"奖","amount_fen":1,"kind":"annual_bonus_apart"}]'},
            "全年奖金",
        ),
    ],
)
def test_a_correction_that_cannot_be_settled_is_refused(
    office: Office, to: dict[str, str], message: str
) -> None:
    """Each says why, and what is done instead; nothing is kept."""
    june = office.pay(JUNE, END[JUNE])
    with pytest.raises(InvalidError, match=message):
        _correct(office, june, "R02", **to)
    assert office.arrears(office.pay(JULY, END[JULY])) == {}


def test_deductions_are_written_in_words() -> None:
    """Names and amounts, one after the other, or none."""
    assert field_of("扣款", "伙食费 120.00、工装：30") == (
        "deductions",
        [{"name": "伙食费", "amount_fen": 12_000}, {"name": "工装", "amount_fen": 3_000}],
    )
    assert field_of("扣款", "无") == ("deductions", [])
