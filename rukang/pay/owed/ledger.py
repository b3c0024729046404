"""The ledger of what people owe their employers: how it came about, what ended it, how old it is.

A ledger per job. Owed are own shares that the employer advanced (垫付), and pay of a locked month
that turned out too much (多发) and that later wages could not give back at once. Entries are only
added; what comes in ends the oldest lot first, unless it is of one lot.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import Arrear, LineKind
from payroll.lines.catalogue import CATALOGUE
from rukang.base.database.find import find_in
from rukang.bodies.homes import Home
from rukang.pay.store.records import EntryKind, ReceivableEntry
from rukang.work.employment import Employment, Job

Key = tuple[date, str]
"""What a lot is of: a month, and the line of it that was paid too much; no line is an advance."""


@dataclass(frozen=True)
class Lot:
    """What is owed of one month, in fen: as it came about, and what of it is still open.

    ``line`` is the line of that month that was paid too much, empty for an advance.
    ``returned_fen`` came in apart from later wages' arrears, ``waived_fen`` need not be returned.
    """

    month: date
    line: str
    amount_fen: int
    open_fen: int
    returned_fen: int = 0
    waived_fen: int = 0


@dataclass(frozen=True)
class Receivable:
    """What somebody owes an employer.

    ``work`` is the newest record of the job, ``consent_on`` the day of the worker's written consent
    to recovery from the wage.
    """

    work: Employment
    lots: tuple[Lot, ...]
    entries: tuple[ReceivableEntry, ...]
    consent_on: date | None

    @property
    def open_fen(self) -> int:
        """Return what is owed."""
        return sum(lot.open_fen for lot in self.lots)

    @property
    def advanced_fen(self) -> int:
        """Return what is owed for own shares that were advanced."""
        return sum(lot.open_fen for lot in self.lots if not lot.line)

    @property
    def overpaid(self) -> tuple[Lot, ...]:
        """Return the lots of pay that was too much."""
        return tuple(lot for lot in self.lots if lot.line)

    @property
    def pending(self) -> tuple[ReceivableEntry, ...]:
        """Return the waivers that no second person has confirmed yet."""
        return tuple(entry for entry in self.entries if entry.is_pending)

    @property
    def since(self) -> date | None:
        """Return the month of the oldest lot that is open."""
        return next((lot.month for lot in self.lots if lot.open_fen), None)

    @property
    def returned(self) -> tuple[Arrear, ...]:
        """Return what came in of pay that was too much, as arrears of its month."""
        return tuple(
            Arrear(
                month=lot.month,
                line=lot.line,
                # What a deduction lacked comes in as one more, pay that was too much as less.
                amount_fen=lot.returned_fen * (1 if _is_deduction(lot.line) else -1),
            )
            for lot in self.overpaid
            if lot.returned_fen
        )

    def age_months(self, on: date) -> int:
        """Return how many months the oldest open lot is old on a day; nil if none is."""
        since = self.since or on
        return max(12 * (on.year - since.year) + on.month - since.month, 0)


def receivables(session: Session, home: Home) -> list[Receivable]:
    """Return the ledgers of a home, also those that have ended, by resident and employer."""
    query = select(ReceivableEntry).where(ReceivableEntry.home_id == home.id)
    by_job: dict[Job, list[ReceivableEntry]] = defaultdict(list)
    for entry in session.scalars(query.order_by(ReceivableEntry.id)):
        by_job[entry.employment.job].append(entry)
    newest = newest_works(session, home)
    found = [folded(newest[job], entries) for job, entries in by_job.items()]
    return sorted(found, key=lambda item: (item.work.resident.code, item.work.employer.uscc))


def newest_works(session: Session, home: Home) -> dict[Job, Employment]:
    """Return the newest record of every job of a home."""
    query = select(Employment).where(Employment.home_id == home.id)
    return {
        work.job: work
        for work in session.scalars(query.order_by(Employment.started_on, Employment.id))
    }


def receivable_of(session: Session, home: Home, employment_id: int) -> Receivable:
    """Return the ledger of a job, empty where nothing was ever owed.

    Raises
    ------
    NotFoundError
        If the home has no such employment.
    """
    inside = Employment.home_id == home.id
    work = find_in(session, Employment, inside, employment_id, "用工关系", "employment")
    known = (item for item in receivables(session, home) if item.work.job == work.job)
    return next(known, folded(work, []))


def folded(work: Employment, entries: Sequence[ReceivableEntry]) -> Receivable:
    """Return a ledger from its entries, each taking effect in the order in which they did."""
    so_far, consent_on = _SoFar(), None
    for entry in sorted(entries, key=lambda one: (one.confirmed_at or one.at, one.id)):
        if entry.kind is EntryKind.CONSENT:
            consent_on = entry.day
        elif entry.kind in OWED:
            so_far.made[entry.lot] += entry.amount_fen
        elif entry.amount_fen < 0:
            so_far.reopen(-entry.amount_fen)
        elif not entry.is_pending:
            so_far.end(entry)
    return Receivable(work, tuple(so_far.lots()), tuple(entries), consent_on)


@dataclass
class _SoFar:
    """A ledger up to an entry, by lot in fen."""

    made: Counter[Key] = field(default_factory=Counter)
    ended: Counter[Key] = field(default_factory=Counter)
    returned: Counter[Key] = field(default_factory=Counter)
    waived: Counter[Key] = field(default_factory=Counter)

    def end(self, entry: ReceivableEntry) -> None:
        """Let an entry end lots that are open."""
        for key, amount in _ending(entry, self.made - self.ended):
            self.ended[key] += amount
            if entry.kind is EntryKind.WAIVER:
                self.waived[key] += amount
            elif not entry.is_by_arrears:
                self.returned[key] += amount

    def reopen(self, amount_fen: int) -> None:
        """Open advances again whose recovery was corrected, the newest first."""
        for key in sorted((key for key in self.ended if not key[1]), reverse=True):
            back = min(self.ended[key], amount_fen)
            self.ended[key] -= back
            amount_fen -= back

    def lots(self) -> Iterator[Lot]:
        """Yield the lots, oldest first; what was taken back whole is none."""
        for key in sorted(self.made):
            if amount := self.made[key]:
                left = amount - self.ended[key]
                yield Lot(*key, amount, left, self.returned[key], self.waived[key])


def _is_deduction(line: str) -> bool:
    return CATALOGUE[line][0] is LineKind.DEDUCTION


OWED = frozenset({EntryKind.ADVANCE, EntryKind.OVERPAID})
"""Entries by which something is owed; the others end it."""

FROM_WAGES = frozenset({EntryKind.RECOVERY, EntryKind.SETTLEMENT})


def _ending(entry: ReceivableEntry, left: Counter[Key]) -> Iterable[tuple[Key, int]]:
    """Return what an entry ends of the lots that are open.

    What names a line ends its own lot; what a wage gives back without one, the advances first.
    """
    order = sorted(left, key=lambda key: (entry.kind in FROM_WAGES and bool(key[1]), key))
    if entry.line:
        order = [entry.lot]
    amount = entry.amount_fen
    for key in order:
        taken = min(left[key], amount)
        amount -= taken
        yield key, taken
