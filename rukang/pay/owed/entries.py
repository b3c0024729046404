"""What is entered in the ledgers of what people owe their employers (`ledger`).

An advance is entered when its run is locked, and so is what a run recovers. What is repaid apart,
the worker's written consent to recovery, and a waiver are entered by hand; a waiver counts once a
second person has confirmed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from payroll import Payslip, Policy, UnknownFigure, WorkerMonth, yuan
from rukang.base.clock import days_of_month
from rukang.base.database import context
from rukang.base.database.find import find, find_in
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError
from rukang.bodies.homes import Home, lock_home
from rukang.pay.owed.heirs import to_withhold
from rukang.pay.owed.ledger import Receivable, receivable_of, receivables
from rukang.pay.owed.overpaid import to_enter
from rukang.pay.store.records import EntryKind, PayRun, ReceivableEntry
from rukang.pay.store.stored import inputs_of
from rukang.work.employment import Employment, Job

SHARE = "wage.advance_recovery_share"


def record_consent(
    session: Session, home: Home, employment_id: int, on: date, note: str
) -> ReceivableEntry:
    """Note the worker's written consent to recovery from the wage; ``note`` names the paper.

    Raises
    ------
    InvalidError
        If the paper is not named, or the day is to come.
    """
    _require(note, "请写明本人书面同意的文件。", "Name the paper of the worker's consent.")
    _require_past(session, on)
    return _enter(session, home, employment_id, EntryKind.CONSENT, 0, on, note)


def record_payment(
    session: Session, home: Home, employment_id: int, amount_fen: int, on: date, note: str
) -> ReceivableEntry:
    """Note that somebody repaid an advance apart from the wage; ``note`` says how.

    Raises
    ------
    InvalidError
        If it is more than is owed, nothing, of a day to come, or it is not said how.
    """
    _require(note, "请写明怎样归还（现金、转账及凭证）。", "Say how it was repaid.")
    _require_past(session, on)
    lock_home(session, home.id)
    _require_open(receivable_of(session, home, employment_id).open_fen, amount_fen)
    return _enter(session, home, employment_id, EntryKind.PAYMENT, amount_fen, on, note)


def propose_waiver(
    session: Session, home: Home, employment_id: int, amount_fen: int, reason: str
) -> ReceivableEntry:
    """Propose that an advance need not be repaid; it counts once somebody else confirms it.

    Raises
    ------
    InvalidError
        If no reason is given, or it is more than is owed beside other waivers proposed.
    """
    _require(reason, "请写明免除的原因。", "Say why the advance is waived.")
    lock_home(session, home.id)
    known = receivable_of(session, home, employment_id)
    pending = sum(entry.amount_fen for entry in known.pending)
    _require_open(known.open_fen - pending, amount_fen)
    today = _today(session)
    return _enter(session, home, employment_id, EntryKind.WAIVER, amount_fen, today, reason)


def confirm_waiver(session: Session, owed: Receivable, entry_id: int) -> ReceivableEntry:
    """Confirm a waiver of a ledger that another person proposed.

    Raises
    ------
    NotFoundError
        If the ledger has no such waiver.
    NotAllowedError
        If who confirms is who proposed it.
    ConflictError
        If it is confirmed already, or more than is still owed.
    """
    home = session.get_one(Home, owed.work.home_id)
    lock_home(session, home.id)
    inside = ReceivableEntry.id.in_([entry.id for entry in owed.entries]) & (
        ReceivableEntry.kind == EntryKind.WAIVER
    )
    entry = find_in(session, ReceivableEntry, inside, entry_id, "免除", "waiver")
    session.refresh(entry)
    if not entry.is_pending:
        raise ConflictError("这笔免除已经复核过。", "This waiver is confirmed already.")
    by = context.actor(session)
    if by == entry.by:
        raise NotAllowedError(
            f"{by} 提出了这笔免除，须由另一人复核。",
            f"{by} proposed this waiver; a second person has to confirm it.",
        )
    left = receivable_of(session, home, entry.employment_id).open_fen
    if entry.amount_fen > left:
        raise ConflictError(
            f"免除 {yuan(entry.amount_fen)} 元，现在只欠 {yuan(left)} 元；请重新提出。",
            f"The waiver is of {yuan(entry.amount_fen)}, only {yuan(left)} are owed now.",
        )
    entry.confirmed_by, entry.confirmed_at = by, context.now(session)
    session.flush()
    return entry


def enter_run(session: Session, run: PayRun) -> None:
    """Enter what a run that was just locked advances, recovers, and leaves to be given back.

    A recovery that was corrected is given back below nil: its advance is open again.

    Raises
    ------
    ConflictError
        If something was repaid or waived since the run was calculated, so that it would be taken
        twice.
    """
    home = find(session, Home, run.home_id, "机构", "home")
    _enter_overpaid(session, home, run)
    open_fen = {item.work.job: item.open_fen for item in receivables(session, home)}
    for record, worker in inputs_of(run):
        left = worker.left is not None and worker.left <= days_of_month(run.month)[-1]
        recovered = EntryKind.SETTLEMENT if left else EntryKind.RECOVERY
        if recovered_fen(worker) > open_fen.get(record.employment.job, 0):
            raise _changed_since(record.employment)
        for kind, amount in (
            (EntryKind.ADVANCE, record.advance_fen + record.overpaid_fen),
            (recovered, recovered_fen(worker)),
        ):
            if amount:
                note = f"{run.month:%Y-%m} 工资批次"
                if kind is EntryKind.ADVANCE and record.overpaid_fen:
                    note += f"，其中分期已付超过实发 {yuan(record.overpaid_fen)} 元"
                work = record.employment_id
                entry = _enter(session, home, work, kind, amount, run.month, note)
                entry.run_id = run.id
    for kept in to_withhold(session, home):
        note = f"{kept.lot[0]:%Y-%m} 工资没有发放，不应付的部分不再发"
        kind, day = EntryKind.WITHHELD, run.month
        entry = _enter(session, home, kept.employment_id, kind, kept.amount_fen, day, note)
        entry.run_id, (entry.of_month, entry.line) = run.id, kept.lot
    session.flush()


def _enter_overpaid(session: Session, home: Home, run: PayRun) -> None:
    named = {item["employment_id"] for item in run.waiting or ()}
    if not named:
        return
    works = {at: session.get_one(Employment, at) for at in named}
    ledgers = {item.work.job: item for item in receivables(session, home)}
    for item in to_enter(run, {at: work.job for at, work in works.items()}):
        work = works[item.employment_id]
        lots = ledgers[work.job].overpaid if work.job in ledgers else ()
        left = sum(lot.open_fen for lot in lots if (lot.month, lot.line) == item.lot)
        if item.ends and abs(item.amount_fen) > left:
            raise _changed_since(work)
        entry = _enter(session, home, work.id, item.kind, item.amount_fen, run.month, item.note)
        entry.run_id, (entry.of_month, entry.line) = run.id, item.lot
    session.flush()


def _changed_since(work: Employment) -> ConflictError:
    code = work.resident.code
    return ConflictError(
        f"{code} 的应收款在计算以后又有归还或免除，会收两次；请退回草稿，重新计算。",
        f"Something that {code} owes was repaid or waived since the calculation and would be taken"
        " twice: take the run back and calculate it anew.",
    )


@dataclass(frozen=True)
class Recoveries:
    """What may be recovered from this month's wages, and what has to wait for an answer.

    ``open`` is what was advanced, by job, with the worker's consent, ``consented`` whose consent
    is on record; ``share_known`` says whether the place has a rule of how much of a wage may be
    kept.
    """

    open: dict[Job, int]
    consented: frozenset[Job]
    without_consent: tuple[Receivable, ...]
    share_known: bool

    @classmethod
    def of(cls, session: Session, home: Home, month: date, policy: Policy) -> Recoveries:
        """Return what is open of a home before a month is paid."""
        known = receivables(session, home)
        owing = [item for item in known if item.advanced_fen]
        return cls(
            {item.work.job: item.advanced_fen for item in owing if item.consent_on is not None},
            frozenset(item.work.job for item in known if item.consent_on is not None),
            tuple(item for item in owing if item.consent_on is None),
            share_of(policy, home.county, month) is not None,
        )


def share_of(policy: Policy, place: str, month: date) -> Decimal | None:
    """Return the share of a wage that a place lets be kept for an advance; None if unknown."""
    try:
        share: Decimal = policy.value(SHARE, place, month).value
    except UnknownFigure:
        return None
    return share


def recoverable(without: Payslip, worker: WorkerMonth, policy: Policy, place: str) -> int:
    """Return how much of a wage may be kept for an advance, in fen.

    Never what the minimum wage protects, and while later wages are to come the place's share of
    gross at most: nothing where that share is unknown. With the last wage only the minimum is
    kept; to who has left before the month, pay of earlier months is owed, which has none.

    Parameters
    ----------
    without
        The month's payslip without recovery.
    """
    above = (
        without.amount_fen("countable_wage")
        + without.amount_fen("minimum_top_up")
        + without.amount_fen("arrears")
        - without.amount_fen("deductions")
        - without.amount_fen("arrears_deductions")
        - without.amount_fen("applicable_minimum")
    )
    month = without.month
    gone = worker.left is not None and worker.left < month.first
    leaving = worker.left is not None and worker.left <= month.last
    room = [without.net_fen, without.net_fen if gone else above]
    if not leaving:
        share = share_of(policy, place, month.first)
        room.append(0 if share is None else int(without.gross_fen * share))
    return max(min(room), 0)


def _enter(
    session: Session,
    home: Home,
    employment_id: int,
    kind: EntryKind,
    amount_fen: int,
    on: date,
    note: str,
) -> ReceivableEntry:
    lock_home(session, home.id)
    inside = Employment.home_id == home.id
    work = find_in(session, Employment, inside, employment_id, "用工关系", "employment")
    entry = ReceivableEntry(
        home_id=home.id,
        employment_id=work.id,
        run_id=None,
        kind=kind,
        amount_fen=amount_fen,
        day=on,
        note=note,
        at=context.now(session),
        by=context.actor(session),
    )
    session.add(entry)
    session.flush()
    return entry


def _require(text: str, zh: str, en: str) -> None:
    if not text.strip():
        raise InvalidError(zh, en)


def _require_open(open_fen: int, amount_fen: int) -> None:
    if not 0 < amount_fen <= open_fen:
        raise InvalidError(
            f"金额 {yuan(amount_fen)} 元不合适：应大于零，且不超过未还的 {yuan(open_fen)} 元。",
            f"{yuan(amount_fen)} yuan: above nil and at most the {yuan(open_fen)} that are owed.",
        )


def _require_past(session: Session, on: date) -> None:
    if on > _today(session):
        raise InvalidError(f"{on} 还没有到。", f"{on} is still to come.")


def _today(session: Session) -> date:
    return context.today(session)


def recovered_fen(worker: WorkerMonth) -> int:
    """Return what a month recovers of advances, less what it gives back of earlier recoveries."""
    corrected = (item.amount_fen for item in worker.arrears if item.line == "advance_recovered")
    return worker.advance_recovered_fen + sum(corrected)
