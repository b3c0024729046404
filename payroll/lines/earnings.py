"""What a person earns: time, pieces, overtime, allowances."""

from decimal import Decimal

import numpy as np

from payroll.columns import hundredths
from payroll.lines.line import Dated, Formula, Hundredths, Words, Yuan, plain
from payroll.lines.sheet import Sheet
from payroll.money import Column, yuan
from payroll.rules import piece_pay, settlement, time_wage
from payroll.worker import AllowanceKind, WorkerMonth

OVERTIME = ("workday", "rest_day", "holiday")


def earnings(sheet: Sheet) -> None:
    """Add what the person earns before any top-up."""
    _monthly_wage(sheet)
    _piece_pay(sheet)
    for day in OVERTIME:
        _overtime(sheet, day)
    _allowances(sheet)


def _monthly_wage(sheet: Sheet) -> None:
    people = sheet.people
    days = sheet.figures["working_time.paid_days"]
    sheet.add(
        "monthly_wage",
        prorate(sheet, people.agreed_wage),
        time_wage.prorated,
        Formula(
            "约定月工资 {wage} × 计薪 {paid} 天 ÷ 应出勤 {scheduled} 天",
            "agreed wage {wage} × {paid} paid days ÷ {scheduled} scheduled days",
        ),
        Formula(
            "约定月工资 {wage} − {wage} ÷ {days} × 本人原因缺勤 {unpaid} 天",
            "agreed wage {wage} − {wage} ÷ {days} × {unpaid} days missed",
        ),
        Formula(
            "约定月工资 {wage} ÷ {days} × 计薪 {paid} 天，不超过月工资",
            "agreed wage {wage} ÷ {days} × {paid} paid days, at most the wage",
        ),
        variant=way(sheet),
        operands={
            "wage": Yuan(people.agreed_wage),
            "paid": Hundredths(people.paid_days),
            "unpaid": Hundredths(people.unpaid_days),
            "scheduled": Hundredths(people.scheduled_days),
            "days": Dated(days),
        },
        inputs=("agreed_wage_fen", "scheduled_days", "paid_days", "unpaid_days", "day_count"),
        applies=people.monthly_paid,
    )


def _piece_pay(sheet: Sheet) -> None:
    workers = sheet.people.workers
    pieces = [(person, piece) for person, w in enumerate(workers) for piece in w.pieces]
    person = np.array([person for person, _ in pieces], np.int64)
    amounts = piece_pay.piece_pay(
        np.array([hundredths(piece.quantity) for _, piece in pieces], np.int64),
        np.array([hundredths(piece.rate_fen) for _, piece in pieces], np.int64),
    )
    sheet.add(
        "piece_pay",
        piece_pay.sum_by_person(person, amounts, len(workers)),
        piece_pay.piece_pay,
        Formula("{pieces}", "{pieces}"),
        operands={"pieces": Words(lambda person: _piece_list(workers[person]))},
        inputs=("pieces",),
        applies=np.fromiter((bool(w.pieces) for w in workers), np.bool_, len(workers)),
    )


def _overtime(sheet: Sheet, day: str) -> None:
    people = sheet.people
    hours: Column = getattr(people, f"{day}_hours")
    multiple = sheet.figures[f"working_time.overtime.{day}_multiple"]
    days = sheet.figures["working_time.paid_days"]
    minutes = sheet.figures["working_time.daily_minutes"]
    sheet.add(
        f"overtime_{day}",
        time_wage.overtime_pay(
            people.agreed_wage, hours, multiple.hundredths, days.hundredths, minutes.whole
        ),
        time_wage.overtime_pay,
        Formula(
            "约定月工资 {wage} ÷ （{days} × {minutes} 分钟 ÷ 60） × {hours} 小时 × {multiple}",
            "agreed wage {wage} ÷ ({days} × {minutes} minutes ÷ 60) × {hours} hours × {multiple}",
        ),
        operands={
            "wage": Yuan(people.agreed_wage),
            "days": Dated(days),
            "minutes": Dated(minutes),
            "hours": Hundredths(hours),
            "multiple": Dated(multiple),
        },
        inputs=("agreed_wage_fen", f"overtime.{day}_hours"),
    )


def _allowances(sheet: Sheet) -> None:
    workers = sheet.people.workers
    sheet.add(
        "allowances",
        np.array([sum(a.amount_fen for a in w.allowances) for w in workers], np.int64),
        settlement.total,
        Formula("{allowances}", "{allowances}"),
        operands={"allowances": Words(lambda person: _allowance_list(workers[person]))},
        inputs=("allowances",),
    )


def way(sheet: Sheet) -> Column:
    """Return by which way each person's days become pay."""
    people = sheet.people
    return time_wage.basis(people.by_schedule, people.whole_month, people.paid_days)


def prorate(sheet: Sheet, amount: Column) -> Column:
    """Return the part of a monthly amount that each person's days earn."""
    people = sheet.people
    days_a_month = sheet.figures["working_time.paid_days"].hundredths
    return time_wage.prorated(
        amount,
        way(sheet),
        people.scheduled_days,
        people.paid_days,
        people.unpaid_days,
        days_a_month,
    )


def counted_allowances(sheet: Sheet) -> Column:
    """Return the allowances that each person's place counts for the minimum wage."""
    excluded = sheet.figures["minimum_wage.excluded"]

    def counted(person: int, worker: WorkerMonth) -> int:
        rule = excluded.at(person)
        left_out: tuple[str, ...] = rule.value if rule else tuple(AllowanceKind)
        return sum(item.amount_fen for item in worker.allowances if item.kind not in left_out)

    return np.array([counted(i, w) for i, w in enumerate(sheet.people.workers)], np.int64)


def _piece_list(worker: WorkerMonth) -> str:
    return " + ".join(
        f"{piece.item} {plain(piece.quantity)} × {_rate_text(piece.rate_fen)}"
        for piece in worker.pieces
    )


def _rate_text(rate_fen: Decimal) -> str:
    exact = rate_fen.scaleb(-2)
    return f"{exact:.2f}" if rate_fen == int(rate_fen) else plain(exact)


def _allowance_list(worker: WorkerMonth) -> str:
    return " + ".join(f"{item.name} {yuan(item.amount_fen)}" for item in worker.allowances)
