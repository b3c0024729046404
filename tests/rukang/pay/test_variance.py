"""The changes since the month before, with their reasons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from payroll import Insurance, Kind, Month, Piece, Policy, TaxYear, WorkerMonth, compute
from payroll import to_plain as plain
from rukang.pay.store.records import PayRun, PayslipRecord, RunState
from rukang.pay.store.variance import variances
from rukang.people import Person, Resident
from rukang.work.employment import Employment
from tests.demo import LOCAL_POLICY

POLICY = Policy.load([LOCAL_POLICY])


def _worker(**changes: Any) -> WorkerMonth:
    given = {
        "id": "R01",
        "name": "赵晓禾",
        "kind": Kind.LABOUR_CONTRACT,
        "employer": "A",
        "work_place": "371681",
        "joined": date(2025, 3, 1),
        "agreed_wage_fen": 300_000,
        "scheduled_days": Decimal(21),
        "paid_days": Decimal(21),
        "insured": frozenset(Insurance),
        "declared_base_fen": 300_000,
        "injury_rate": Decimal("0.004"),
        "tax_year": TaxYear(months_employed=1),
    }
    return WorkerMonth.model_validate(given | changes)


def _run(month: Month, *workers: WorkerMonth, policy: Policy = POLICY) -> PayRun:
    """A calculated run that is in no database."""
    result = compute(month, workers, policy)
    run = PayRun(
        month=month.first,
        state=RunState.CALCULATED,
        inputs=[worker.model_dump(mode="json") for worker in workers],
    )
    for person, worker in enumerate(workers):
        slip = result.payslip(person)
        resident = Resident(code=worker.id, person=Person(name=worker.name))
        record = PayslipRecord(
            employment_id=int(worker.id[1:]),
            employment=Employment(resident=resident),
            slip=plain(slip),
            net_fen=slip.net_fen,
            employer_cost_fen=slip.employer_total_fen,
        )
        run.payslips.append(record)
    return run


SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def test_who_is_paid_the_same_is_not_listed() -> None:
    """Nothing to look at where nothing changed."""
    assert variances(_run(SEPTEMBER, _worker()), _run(OCTOBER, _worker())) == ()


def test_a_change_is_told_line_by_line_with_its_reason() -> None:
    """Two days missed and pieces made: both lines, both reasons, and the change of net pay."""
    now = _worker(
        paid_days=Decimal(19),
        unpaid_days=Decimal(2),
        pieces=(Piece(item="包装", quantity=Decimal(100), rate_fen=Decimal(100)),),
    )
    (found,) = variances(_run(SEPTEMBER, _worker()), _run(OCTOBER, now))
    assert [(line.name.zh, line.before_fen, line.now_fen) for line in found.lines] == [
        ("月工资", 300_000, 271_429),
        ("计件工资", 0, 10_000),
    ]
    assert [reason.zh for reason in found.reasons] == [
        "计薪天数 21 → 19",
        "本人原因缺勤 0 → 2",
        "计件 0 → 100",
    ]
    assert found.net_change_fen == -28_571 + 10_000
    assert all(reason.en for reason in found.reasons)


def test_a_new_base_of_the_fund_is_a_reason() -> None:
    """3000 × 8 % = 240.00, of 3500 280.00, on either side."""
    rates = dict.fromkeys(
        ("housing_fund_employee_rate", "housing_fund_employer_rate"), Decimal("0.08")
    )
    before, now = (_worker(housing_fund_base_fen=base, **rates) for base in (300_000, 350_000))
    (found,) = variances(_run(SEPTEMBER, before), _run(OCTOBER, now))
    assert [(line.name.zh, line.before_fen, line.now_fen) for line in found.lines] == [
        ("住房公积金（个人）", 240_00, 280_00),
        ("住房公积金（单位）", 240_00, 280_00),
    ]
    assert [reason.zh for reason in found.reasons] == ["公积金基数 3000.00 → 3500.00"]


def test_a_new_figure_is_a_reason() -> None:
    """Between September and October 2025 the minimum wage rose; the document is named."""
    before = _run(Month(2025, 9), _worker(insured=[], agreed_wage_fen=200_000))
    now = _run(Month(2025, 10), _worker(insured=[], agreed_wage_fen=200_000))
    (found,) = variances(before, now)
    assert "月最低工资标准 2010 → 2210（鲁政字〔2025〕140号）" in [r.zh for r in found.reasons]


def test_joiners_and_leavers_are_told() -> None:
    """Who has a payslip in one of the months only."""
    leaver = _worker(id="R02", left=date(2026, 9, 30))
    joiner = _worker(id="R03", joined=date(2026, 10, 1))
    found = {v.worker: v for v in variances(_run(SEPTEMBER, leaver), _run(OCTOBER, joiner))}
    assert found["R03"].reasons[0].zh == "本月新增（2026-10-01 入职）"
    assert found["R02"].reasons[0].zh == "本月没有工资条（2026-09-30 离职）"
    assert (found["R03"].net_before_fen, found["R02"].net_now_fen) == (None, None)


def test_in_the_first_month_everybody_is_new() -> None:
    """Without a run before."""
    assert [v.worker for v in variances(None, _run(OCTOBER, _worker()))] == ["R01"]
