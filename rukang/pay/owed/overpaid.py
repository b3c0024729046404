"""Pay of locked months that turned out too much, and that no wage could give back yet.

A wage gives it back among its arrears, as far as a deduction may go and the minimum wage lets it
(`settle.bearable`). What waits is a receivable from the moment its run is locked: listed with its
age, given back by later wages, repaid, settled at leaving, or waived by two persons. What
is repaid counts as given back, what is waived is not asked for again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from payroll import Arrear, LineKind, to_worker
from payroll.lines.catalogue import CATALOGUE
from rukang.base.clock import days_of_month
from rukang.pay.owed.ledger import Key, Receivable
from rukang.pay.store.records import EntryKind, PayRun
from rukang.pay.store.stored import inputs_of
from rukang.work.employment import Employment, Job

Arrears = Mapping[Job, Sequence[Arrear]]
Waits = Mapping[Job, Counter[Key]]
"""What waits to be given back, by job, month and line, in fen."""


def to_return(arrears: Iterable[Arrear]) -> Counter[Key]:
    """Return what of earlier months is to be given back among arrears, by month and line.

    A recovery that turns out too small is none of it: its advance is still open.
    """
    found: Counter[Key] = Counter()
    for arrear in arrears:
        if arrear.line != "advance_recovered" and to_worker(arrear) < 0:
            found[arrear.month, arrear.line] -= to_worker(arrear)
    return found


def without_waived(arrears: Iterable[Arrear], owed: Receivable) -> tuple[Arrear, ...]:
    """Return arrears that do not ask again for what was waived."""
    waived = Counter({(lot.month, lot.line): lot.waived_fen for lot in owed.overpaid})
    found = []
    for arrear in arrears:
        let_off = min(waived[arrear.month, arrear.line], max(-to_worker(arrear), 0))
        amount = arrear.amount_fen + (let_off if arrear.amount_fen < 0 else -let_off)
        if amount:
            found.append(arrear.model_copy(update={"amount_fen": amount}))
    return tuple(found)


def waiting(owed: Arrears, kept: Arrears) -> Waits:
    """Return what is to be given back and is not kept from this month's wages."""
    return {
        job: waits
        for job, arrears in owed.items()
        if (waits := to_return(arrears) - to_return(kept.get(job, ())))
    }


def changes(
    works: Mapping[Job, Employment],
    ledgers: Mapping[Job, Receivable],
    waits: Waits,
    month: date,
    unknown: Collection[Job],
) -> list[dict[str, Any]]:
    """Return by how much what waits differs from the ledgers, for `PayRun.waiting`.

    Parameters
    ----------
    works
        The newest record of every job.
    month
        The month of the run, which settles the months before it.
    unknown
        Jobs of which a month cannot be reckoned: their ledgers stay as they are.
    """
    found = []
    for job in sorted({*waits, *ledgers} - set(unknown)):
        lots = ledgers[job].overpaid if job in ledgers else ()
        known = {(lot.month, lot.line): lot.open_fen for lot in lots if lot.month < month}
        now = waits.get(job, Counter())
        for key in sorted({*known, *now}):
            if amount := now[key] - known.get(key, 0):
                of_month, line = key
                found.append(
                    {
                        "employment_id": works[job].id,
                        "month": of_month.isoformat(),
                        "line": line,
                        "amount_fen": amount,
                    }
                )
    return found


@dataclass(frozen=True)
class ToEnter:
    """An entry that a run makes when it is locked: of which lot, in fen, and why."""

    employment_id: int
    kind: EntryKind
    amount_fen: int
    lot: Key
    note: str

    @property
    def ends(self) -> bool:
        """Whether it makes the lot smaller."""
        return self.kind is not EntryKind.OVERPAID or self.amount_fen < 0


def to_enter(run: PayRun, jobs: Mapping[int, Job]) -> Iterator[ToEnter]:
    """Yield what locking a run enters of pay that was too much.

    What no longer waits was kept from the run's wages, or is not owed after all.

    Parameters
    ----------
    jobs
        The jobs of the employments named in `PayRun.waiting`.
    """
    kept: dict[Job, Counter[Key]] = defaultdict(Counter)
    kinds: dict[Job, EntryKind] = {}
    for record, worker in inputs_of(run):
        job, last = record.employment.job, days_of_month(run.month)[-1]
        kept[job] += to_return(worker.arrears)
        left = worker.left is not None and worker.left <= last
        kinds[job] = EntryKind.SETTLEMENT if left else EntryKind.RECOVERY
    for item in run.waiting or ():
        at, amount = item["employment_id"], item["amount_fen"]
        lot = (date.fromisoformat(item["month"]), item["line"])
        name = CATALOGUE[lot[1]][1].zh
        back = max(min(-amount, kept[jobs[at]][lot]), 0)
        if back:
            note = f"{run.month:%Y-%m} 工资批次收回 {lot[0]:%Y-%m} {name}"
            yield ToEnter(at, kinds[jobs[at]], back, lot, note)
        if amount + back:
            too_much = "少扣" if CATALOGUE[lot[1]][0] is LineKind.DEDUCTION else "多发"
            why = too_much if amount > 0 else f"更正以后不再{too_much}"
            note = f"{run.month:%Y-%m} 工资批次核出 {lot[0]:%Y-%m} {name}{why}"
            yield ToEnter(at, EntryKind.OVERPAID, amount + back, lot, note)
