"""What is owed to somebody who died: it goes to the heirs' payee, and to nobody while unknown.

A month that was locked before the death was known holds days after it. The next run reckons what
was right; what is not paid out yet is then paid by so much less (`to_withhold`), and what was paid
out stays a receivable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.clock import days_of_month
from rukang.bodies.homes import Home
from rukang.pay.owed.after_end import end_unknown_to
from rukang.pay.owed.ledger import Key, Lot, receivables
from rukang.pay.store.records import (
    FINAL,
    EntryKind,
    Payment,
    PaymentState,
    PayRun,
    PayslipRecord,
    PayStep,
    ReceivableEntry,
    RunState,
)
from rukang.pay.store.stored import employed_in, inputs_of, payslip_of
from rukang.people import Death, deaths

SETTLED = frozenset({RunState.PAID, RunState.RECONCILED, RunState.DECLARED})


@dataclass(frozen=True)
class OwedToHeirs:
    """A payslip of somebody who died that is not paid yet, in fen, and the record of the death.

    ``is_in_part``: it was computed before the death was known and holds days after it; what of it
    is owed is reckoned with the next run, and nothing is sent before.
    """

    payslip: PayslipRecord
    month: date
    death: Death
    amount_fen: int
    is_in_part: bool


def owed_to_heirs(session: Session, home: Home) -> list[OwedToHeirs]:
    """Return what is owed for people who died and is not paid yet, oldest month first."""
    dead = deaths(session)
    if not dead:
        return []
    query = select(PayRun).where(PayRun.home_id == home.id, PayRun.state.not_in(SETTLED))
    paid = _paid(session, home)
    found = []
    for run in session.scalars(query.order_by(PayRun.month)):
        if not run.state.has_payslips or not any(_death(dead, slip) for slip in run.payslips):
            continue
        amounts = due(session, run.payslips)
        waits = _unreckoned(session, run.payslips, dead)
        for slip in run.payslips:
            death = _death(dead, slip)
            if death and slip.id in amounts and slip.id not in paid:
                item = OwedToHeirs(slip, run.month, death, amounts[slip.id], slip.id in waits)
                found.append(item)
    return found


def _paid(session: Session, home: Home) -> set[int]:
    query = select(Payment.payslip_id).where(
        Payment.home_id == home.id, Payment.state == PaymentState.PAID
    )
    return set(session.scalars(query))


def due(session: Session, slips: Iterable[PayslipRecord]) -> dict[int, int]:
    """Return what is to be paid on payslips, in fen by their ids; those with nothing are left out.

    Of months that began after a death only those that hold nothing but what earlier months owe:
    a wage of days after it, locked before the death was known, is owed to nobody.
    """
    positive = [slip for slip in slips if slip.due_fen > 0]
    if not positive:
        return {}
    dead = deaths(session)
    amounts = {slip.id: slip.due_fen for slip in positive}
    # What was withheld comes with a later month, should the death be taken back.
    withheld = _withheld(session, positive)
    kept = {employment_id for employment_id, _ in withheld}
    late = [slip for slip in positive if _death(dead, slip) or slip.employment_id in kept]
    if not late:
        return amounts
    months = _months(session, late)
    for slip in late:
        amounts[slip.id] -= withheld[slip.employment_id, months[slip.run_id]]
        if amounts[slip.id] <= 0 or _of_days_after(slip, _death(dead, slip), months):
            del amounts[slip.id]
    return amounts


def _months(session: Session, slips: Iterable[PayslipRecord]) -> dict[int, date]:
    """Return the months of payslips by their runs.

    Past the session: whoever acts for one employer sees its payslips and no run.
    """
    runs = PayRun.__table__.c
    query = select(runs.id, runs.month).where(runs.id.in_({slip.run_id for slip in slips}))
    return {row.id: row.month for row in session.connection().execute(query)}


def _withheld(session: Session, slips: Iterable[PayslipRecord]) -> Counter[tuple[int, date]]:
    """Return what is kept from payslips that were not paid out, by employment and month."""
    found: Counter[tuple[int, date]] = Counter()
    query = select(ReceivableEntry).where(
        ReceivableEntry.employment_id.in_({slip.employment_id for slip in slips}),
        ReceivableEntry.kind == EntryKind.WITHHELD,
    )
    for entry in session.scalars(query):
        found[entry.employment_id, entry.lot[0]] += entry.amount_fen
    return found


def _of_days_after(slip: PayslipRecord, death: Death | None, months: Mapping[int, date]) -> bool:
    if death is None or months[slip.run_id] <= death.died_on:
        return False
    return payslip_of(slip).amount_fen("arrears") < slip.gross_fen


def to_bank(session: Session, slips: Iterable[PayslipRecord]) -> list[PayslipRecord]:
    """Return what can go to the bank.

    Of somebody who died, only where the payee is known, and what is owed has been reckoned.
    """
    slips = list(slips)
    amounts = due(session, slips)
    dead = deaths(session) if amounts else {}
    waits = _unreckoned(session, slips, dead)
    return [
        slip
        for slip in slips
        if slip.id in amounts
        and ((death := _death(dead, slip)) is None or (death.payee and slip.id not in waits))
    ]


def _unreckoned(
    session: Session, slips: Iterable[PayslipRecord], dead: Mapping[int, Death]
) -> set[int]:
    """Return the payslips that hold days after a death and that no later run has reckoned yet."""
    late = [slip for slip in slips if _death(dead, slip)] if dead else []
    months = _months(session, late) if late else {}
    found = set()
    for slip in late:
        death, month = dead[slip.employment.resident.person_id], months[slip.run_id]
        if death.died_on < month or death.died_on >= days_of_month(month)[-1]:
            continue
        run = session.get(PayRun, slip.run_id)
        own = {} if run is None else {record.id: worker for record, worker in inputs_of(run)}
        knew = slip.id in own and end_unknown_to(own[slip.id], death.died_on, month) is None
        if not knew and not _reckoned_since(session, slip, month, death):
            found.add(slip.id)
    return found


def _reckoned_since(session: Session, slip: PayslipRecord, month: date, death: Death) -> bool:
    """Return whether a later run, locked by now, was calculated when the death was on record.

    A run in which the job goes on did not know of it, whatever the clocks say.
    """
    runs, steps = PayRun.__table__.c, PayStep.__table__.c
    query = (
        select(runs.id)
        .join_from(PayRun.__table__, PayStep.__table__, steps.run_id == runs.id)
        .where(
            runs.home_id == slip.home_id,
            runs.month > month,
            runs.state.in_(FINAL),
            steps.state == RunState.CALCULATED,
            steps.at >= death.recorded_at,
        )
    )
    later = session.connection().execute(query).scalars().all()
    return any(
        (run := session.get(PayRun, run_id)) is None or not _goes_on(run, slip, death)
        for run_id in later
    )


def _goes_on(run: PayRun, slip: PayslipRecord, death: Death) -> bool:
    return any(
        record.employment.job == slip.employment.job
        and end_unknown_to(worker, death.died_on, run.month) is not None
        for record, worker in employed_in(run)
    )


@dataclass(frozen=True)
class ToWithhold:
    """What of an unpaid payslip of somebody who died is not owed: of which lot, in fen."""

    employment_id: int
    amount_fen: int
    lot: Key


def to_withhold(session: Session, home: Home) -> Iterator[ToWithhold]:
    """Yield what was too much in months of people who died, and has not been paid out.

    What is on its way through the bank, or paid, stays a receivable.
    """
    dead = deaths(session)
    open_lots = {
        item.work.job: [lot for lot in item.overpaid if lot.open_fen]
        for item in (receivables(session, home) if dead else [])
        if item.work.resident.person_id in dead
    }
    months = {lot.month for lots in open_lots.values() for lot in lots}
    query = select(PayRun).where(
        PayRun.home_id == home.id, PayRun.month.in_(months), PayRun.state == RunState.LOCKED
    )
    runs = session.scalars(query.order_by(PayRun.month)).all() if months else []
    states = (PaymentState.SENT, PaymentState.PAID)
    sent = select(Payment.payslip_id).where(Payment.home_id == home.id, Payment.state.in_(states))
    gone = set(session.scalars(sent)) if runs else set()
    for run in runs:
        for slip in run.payslips:
            lots = [lot for lot in open_lots.get(slip.employment.job, ()) if lot.month == run.month]
            if lots and slip.id not in gone:
                yield from _kept_from(session, slip, lots)


def _kept_from(session: Session, slip: PayslipRecord, lots: Sequence[Lot]) -> Iterator[ToWithhold]:
    withheld = _withheld(session, [slip])
    left = slip.due_fen - withheld[slip.employment_id, lots[0].month]
    for lot in lots:
        amount = min(lot.open_fen, left)
        left -= amount
        if amount > 0:
            yield ToWithhold(slip.employment_id, amount, (lot.month, lot.line))


def _death(dead: Mapping[int, Death], slip: PayslipRecord) -> Death | None:
    return dead.get(slip.employment.resident.person_id)
