"""What changed since the month before, person by person, and why: read before approving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import Kind, LineKind, Payslip, WorkerMonth, yuan
from payroll.lines.catalogue import CATALOGUE
from payroll.policy import Name, Resolved
from rukang.pay.store.records import PayRun, PayslipRecord, RunState
from rukang.pay.store.stored import inputs_of, payslip_of

COUNTED = {
    LineKind.EARNING,
    LineKind.EMPLOYEE_SHARE,
    LineKind.TAX,
    LineKind.DEDUCTION,
    LineKind.ADVANCE,
    LineKind.EMPLOYER_COST,
}
"""Kinds of lines whose change is told; the others are sums of these, or say how they came about."""


ARREARS = {
    LineKind.EARNING: ("补发以前月份工资", "pay of earlier months"),
    LineKind.EMPLOYEE_SHARE: ("补缴以前月份保险（个人）", "own shares of earlier months"),
    LineKind.EMPLOYER_COST: (
        "补缴以前月份保险（单位）",
        "the employer's shares of earlier months",
    ),
    LineKind.DEDUCTION: ("以前月份扣款差额", "deductions of earlier months"),
}


@dataclass(frozen=True)
class LineChange:
    """One line of a payslip before and now, in fen."""

    name: Name
    before_fen: int
    now_fen: int


@dataclass(frozen=True)
class Variance:
    """One person's change: totals before and now (None where there is no payslip), and reasons."""

    worker: str
    name: str
    employer: str
    net_before_fen: int | None
    net_now_fen: int | None
    lines: tuple[LineChange, ...]
    reasons: tuple[Name, ...]

    @property
    def net_change_fen(self) -> int:
        """Return by how much net pay changed."""
        return (self.net_now_fen or 0) - (self.net_before_fen or 0)


def month_before(session: Session, run: PayRun) -> PayRun | None:
    """Return the home's newest calculated run of an earlier month, if there is any."""
    query = (
        select(PayRun)
        .where(PayRun.home_id == run.home_id, PayRun.month < run.month)
        .where(PayRun.state != RunState.DRAFT)
        .order_by(PayRun.month.desc())
    )
    return session.scalars(query).first()


def variances(before: PayRun | None, now: PayRun) -> tuple[Variance, ...]:
    """Return everybody whose pay or cost differs from the run before, with the reasons.

    Without a run before, everybody is new.
    """
    old, new = (
        {_job(worker): (record, worker) for record, worker in _pairs(run)} for run in (before, now)
    )
    found = (_variance(old.get(key), new.get(key)) for key in dict.fromkeys([*new, *old]))
    return tuple(variance for variance in found if variance is not None)


_Pair = tuple[PayslipRecord, WorkerMonth]


def _job(worker: WorkerMonth) -> tuple[str, str, bool]:
    """Return who works for whom, and whether under a labour relation."""
    return worker.id, worker.employer, worker.kind is not Kind.ASSISTED_AGREEMENT


def _pairs(run: PayRun | None) -> list[_Pair]:
    return [] if run is None else inputs_of(run)


def _variance(old: _Pair | None, new: _Pair | None) -> Variance | None:
    record, worker = new or old or (None, None)
    if record is None or worker is None:
        return None
    slips = tuple(payslip_of(pair[0]) if pair else None for pair in (old, new))
    lines = tuple(_line_changes(*slips))
    if old and new and not lines:
        return None
    return Variance(
        worker=worker.id,
        name=worker.name,
        employer=worker.employer,
        net_before_fen=old and old[0].net_fen,
        net_now_fen=new and new[0].net_fen,
        lines=lines,
        reasons=tuple(_reasons(old, new, *slips)),
    )


def _line_changes(old: Payslip | None, new: Payslip | None) -> Iterator[LineChange]:
    before = {line.code: line for line in old.lines} if old else {}
    now = {line.code: line for line in new.lines} if new else {}
    for code in dict.fromkeys([*now, *before]):
        line = now.get(code) or before[code]
        amounts = [side[code].amount_fen if code in side else 0 for side in (before, now)]
        if line.kind in COUNTED and amounts[0] != amounts[1]:
            yield LineChange(line.name, *amounts)


def _reasons(
    old: _Pair | None, new: _Pair | None, before: Payslip | None, now: Payslip | None
) -> Iterator[Name]:
    if old is None and new is not None and (left := new[1].left) and left < new[0].run.month:
        yield Name(
            zh=f"{left} 离职，本月结清以前月份的差额",
            en=f"left {left}: earlier months are settled",
        )
    elif old is None and new is not None:
        yield Name(zh=f"本月新增（{new[1].joined} 入职）", en=f"new, joined {new[1].joined}")
    elif new is None and old is not None:
        left = old[1].left
        yield Name(
            zh=f"本月没有工资条（{left} 离职）" if left else "本月没有工资条",
            en=f"no payslip this month, left {left}" if left else "no payslip this month",
        )
    elif old is not None and new is not None and before is not None and now is not None:
        yield from _changed_inputs(old[1], new[1])
        yield from _changed_figures(before, now)


def _changed_inputs(old: WorkerMonth, new: WorkerMonth) -> Iterator[Name]:
    for zh, en, was, became in (
        ("月工资", "agreed wage", _yuan(old.agreed_wage_fen), _yuan(new.agreed_wage_fen)),
        ("应出勤天数", "scheduled days", old.scheduled_days, new.scheduled_days),
        ("计薪天数", "paid days", _days(old, "paid_days"), _days(new, "paid_days")),
        ("本人原因缺勤", "days missed", _days(old, "unpaid_days"), _days(new, "unpaid_days")),
        ("计件", "pieces", _pieces(old), _pieces(new)),
        ("加班小时", "overtime hours", _overtime(old), _overtime(new)),
        ("津贴", "allowances", _sum(old.allowances), _sum(new.allowances)),
        ("扣款", "deductions", _sum(old.deductions), _sum(new.deductions)),
        ("申报基数", "declared base", _yuan(old.declared_base_fen), _yuan(new.declared_base_fen)),
        (
            "公积金基数",
            "fund base",
            _yuan(old.housing_fund_base_fen),
            _yuan(new.housing_fund_base_fen),
        ),
        ("参保险种", "insurances", len(old.insured), len(new.insured)),
        *((zh, en, _arrears(old, kind), _arrears(new, kind)) for kind, (zh, en) in ARREARS.items()),
        ("工作地", "place of work", old.work_place, new.work_place),
    ):
        if was != became:
            yield Name(zh=f"{zh} {was} → {became}", en=f"{en} {was} → {became}")


def _changed_figures(before: Payslip, now: Payslip) -> Iterator[Name]:
    old, new = _figures(before), _figures(now)
    for parameter in dict.fromkeys([*new, *old]):
        was, became = old.get(parameter), new.get(parameter)
        if was and became and (was.value, was.provisional) != (became.value, became.provisional):
            yield Name(
                zh=f"{became.name.zh} {was.value} → {became.value}（{became.document}）",
                en=f"{became.name.en} {was.value} → {became.value}",
            )


def _figures(slip: Payslip) -> dict[str, Resolved]:
    return {figure.parameter: figure for line in slip.lines for figure in line.figures}


def _yuan(fen: int | None) -> Decimal | str:
    return "—" if fen is None else yuan(fen)


def _days(worker: WorkerMonth, field: str) -> Decimal:
    return sum((getattr(spell, field) for spell in worker.spells), Decimal(0))


def _pieces(worker: WorkerMonth) -> Decimal:
    return sum((piece.quantity for piece in worker.pieces), Decimal(0))


def _overtime(worker: WorkerMonth) -> Decimal:
    extra = (spell.overtime for spell in worker.spells)
    return sum((o.workday_hours + o.rest_day_hours + o.holiday_hours for o in extra), Decimal(0))


def _arrears(worker: WorkerMonth, kind: LineKind) -> Decimal:
    return _sum(tuple(item for item in worker.arrears if CATALOGUE[item.line][0] is kind))


def _sum(items: tuple[object, ...]) -> Decimal:
    return yuan(sum(getattr(item, "amount_fen", 0) for item in items))
