"""Wage runs: asked for once, calculated once, kept with everything they were made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer, selectinload

import payroll
from payroll import NEWEST_DIGEST, LineKind, Month, Payroll, Payslip, Policy
from rukang.base.access import Database
from rukang.base.clock import require_month
from rukang.base.database import context
from rukang.base.database.find import find, find_in
from rukang.bodies import require_not_closed
from rukang.bodies.homes import Home, lock_home
from rukang.pay.month.missing import note_missing
from rukang.pay.month.workers import Gathered, Missing, Pairs, gather, incomplete, leavers_of
from rukang.pay.owed.entries import Recoveries, recoverable
from rukang.pay.owed.ledger import newest_works, receivables
from rukang.pay.owed.overpaid import Waits, changes, waiting
from rukang.pay.paying.parts import join_parts
from rukang.pay.run.left_open import left_open
from rukang.pay.run.life import reach
from rukang.pay.run.settle import Owed, Settlement, bearable, payable, settlement
from rukang.pay.store.nameless import without_name, without_names
from rukang.pay.store.records import PayRun, PayslipRecord, RunState
from rukang.pay.year.elsewhere import payee_of
from rukang.work.employment import Employment


def request_run(session: Session, home: Home, month: date) -> PayRun:
    """Return the home's run of a month, made if there is none: asking twice is asking once.

    Whoever asks answers for the inputs.

    Raises
    ------
    InvalidError
        If the month is out of bounds.
    ConflictError
        If the home was closed before the month.
    """
    require_month(month)
    require_not_closed(session, home, month)
    lock_home(session, home.id)
    query = select(PayRun).where(PayRun.home_id == home.id, PayRun.month == month)
    run = session.scalar(query)
    if run is None:
        run = PayRun(
            home_id=home.id,
            month=month,
            state=RunState.DRAFT,
            requested_at=context.now(session),
        )
        session.add(run)
        session.flush()
        reach(session, run, RunState.DRAFT)
    return run


def runs_query(home: Home) -> Select[tuple[PayRun]]:
    """Return the query of a home's runs with their steps, newest month first, without inputs."""
    query = select(PayRun).where(PayRun.home_id == home.id).order_by(PayRun.month.desc())
    return query.options(defer(PayRun.inputs), selectinload(PayRun.steps))


def list_runs(session: Session, home: Home) -> Sequence[PayRun]:
    """Return a home's runs, newest month first."""
    return session.scalars(runs_query(home)).all()


def payslips_query(run: PayRun) -> Select[tuple[PayslipRecord]]:
    """Return the query of a run's payslips in their order, totals only."""
    query = select(PayslipRecord).where(PayslipRecord.run_id == run.id)
    return query.order_by(PayslipRecord.id).options(defer(PayslipRecord.slip))


def find_payslip(session: Session, run: PayRun, payslip_id: int) -> PayslipRecord:
    """Return a payslip of a run.

    Raises
    ------
    NotFoundError
        If the run has none of that id.
    """
    inside = PayslipRecord.run_id == run.id
    return find_in(session, PayslipRecord, inside, payslip_id, "工资条", "payslip")


def find_run(session: Session, run_id: int) -> PayRun:
    """Return a run.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    return find(session, PayRun, run_id, "工资批次", "wage run")


def calculate_run(
    database: Database, run_id: int, policy: Policy, known_on: date | None = None
) -> None:
    """Calculate a draft and keep inputs, payslips and digest, all in one transaction.

    What locked months leave to settle is part of it; what it leaves open itself is told in its
    step. Whoever cannot be computed is listed with the reasons (`PayRun.missing`), and keeps
    nobody else from it. A run that is calculated already is left as it is, so that a job started
    again after a crash does no harm.

    Parameters
    ----------
    known_on
        The day by whose knowledge of the figures it is computed; today if not given.

    Raises
    ------
    NotFoundError
        If there is no such run.
    InvalidError
        If records of the month are missing of everybody.
    payroll.UnknownFigure, payroll.RefusedInput
        If a figure is unknown, or a month cannot be right, for everybody.
    """
    with database.session() as session:
        run = find_run(session, run_id)
        lock_home(session, run.home_id)
        session.refresh(run)
        if run.state is not RunState.DRAFT:
            return
        known = known_on or context.today(session)
        policy = policy.as_known_on(known)
        home = session.get_one(Home, run.home_id)
        earlier = settlement(session, home, run.month, policy)
        month = _computed(session, home, run, policy, earlier)
        run.known_on, run.waiting = known, month.waiting
        note_missing(session, run, month.missing)
        settled = {work.job: worker.arrears for work, worker in month.pairs}
        unsettled = [job for job, items in earlier.owed.items() if items != settled.get(job)]
        note = left_open(
            session, run, {*unsettled, *earlier.unknown}, month.recoveries, len(month.missing)
        )
        _store(session, run, month.pairs, month.result, note)


@dataclass(frozen=True)
class _Computed:
    """A month as it was computed: jobs with inputs, the result in their order, who is missing.

    ``waiting`` is what the run changes in the ledgers of pay that was too much.
    """

    pairs: Pairs
    result: Payroll
    missing: Missing
    recoveries: Recoveries
    waiting: list[dict[str, Any]]


def _computed(
    session: Session, home: Home, run: PayRun, policy: Policy, earlier: Settlement
) -> _Computed:
    """Compute a month without arrears, then with as much of them as each wage can bear.

    Who has left is paid what earlier months owe. Of what the employer advanced before, each wage
    gives back what the place's rule lets it. Nobody stops the others, but a month in which nobody
    can be computed is none.

    Raises
    ------
    InvalidError, payroll.UnknownFigure, payroll.RefusedInput
        If nobody can be computed, with every reason.
    """
    month, arrears = run.month, earlier.owed
    found = gather(session, home, month, policy)
    out = {item.employment.job for item in run.missing if item.left_out is not None}
    pairs = [(work, worker) for work, worker in found.pairs if work.job not in out]
    missing = {at: why for at, why in found.missing.items() if found.works[at].job not in out}
    pairs, result = _of_each(month, pairs, policy, missing)
    if missing and not pairs:
        _refuse(month, found, missing, policy)
    here = {work.job for work in found.works.values()}
    owed_to_leavers = {
        job: items
        for job, all_items in arrears.items()
        if job not in here and (items := payable(all_items))
    }
    settling = leavers_of(session, home, month, policy, owed_to_leavers)
    recoveries = Recoveries.of(session, home, month, policy)
    if settling or {work.job for work, _ in pairs} & (arrears.keys() | recoveries.open.keys()):
        for person, (work, worker) in enumerate(pairs):
            own = bearable(arrears.get(work.job, ()), result.payslip(person), policy, home.county)
            settling.append((work, worker.model_copy(update={"arrears": own})))
        settling.sort(key=lambda pair: (pair[0].resident.code, pair[0].employer.uscc))
        pairs, result = _of_each(month, settling, policy, missing)
        waits = waiting(arrears, _kept(pairs))
        recovering = _with_recoveries(home, pairs, result, policy, recoveries, waits)
        if recovering != pairs:
            pairs, result = _of_each(month, recovering, policy, missing)
    ledgers = {item.work.job: item for item in receivables(session, home)}
    waits = waiting(arrears, _kept(pairs))
    changed = changes(newest_works(session, home), ledgers, waits, month, earlier.unknown)
    return _Computed(pairs, result, missing, recoveries, changed)


def _kept(pairs: Pairs) -> Owed:
    """Return the arrears that a month settles, by job."""
    return {work.job: worker.arrears for work, worker in pairs}


def _of_each(month: date, pairs: Pairs, policy: Policy, missing: Missing) -> tuple[Pairs, Payroll]:
    """Return those who can be computed with their month; note why the others cannot.

    Whoever is paid twice by one employer is taxed on both together: a second wage counts the first.
    """
    each = payroll.compute_each(_month(month), [worker for _, worker in pairs], policy)
    missing.update({pairs[at][0].id: list(why) for at, why in each.refused.items()})
    computed, result = [pairs[at] for at in each.computed], each.payroll
    for before, at in _paid_twice(computed):
        (_, first), (work, second) = computed[before], computed[at]
        if first.tax_year is None or second.tax_year is None:
            continue
        year = payroll.year_with(first.tax_year, first, result.payslip(before))
        taxed = second.tax_year.model_copy(update={name: getattr(year, name) for name in SUMS})
        computed[at] = work, second.model_copy(update={"tax_year": taxed})
        result = payroll.compute(_month(month), [own for _, own in computed], policy)
    return computed, result


SUMS = ("income_fen", "exempt_fen", "insurance_fen", "withheld_fen", "bonus_apart_fen")
"""What a tax year adds up over its wages."""


def _paid_twice(pairs: Pairs) -> Iterator[tuple[int, int]]:
    """Yield the places of wages that one employer pays one person, each with the one before."""
    found = defaultdict(list)
    for at, (work, worker) in enumerate(pairs):
        if worker.tax_year is not None:
            found[payee_of(work)].append(at)
    for places in found.values():
        yield from pairwise(places)


def _refuse(month: date, found: Gathered, missing: Missing, policy: Policy) -> None:
    """Raise the reasons for which nobody of a month can be computed, in the words of each kind."""
    workers = [worker for work, worker in found.pairs if work.id in missing]
    if workers and not found.missing:
        payroll.compute(_month(month), workers, policy)
    raise incomplete(found.works, missing)


def _with_recoveries(
    home: Home,
    pairs: Pairs,
    result: Payroll,
    policy: Policy,
    recoveries: Recoveries,
    waits: Waits,
) -> Pairs:
    """Return the month's inputs with what each wage gives back of an advance.

    The last one gives back what waits of earlier pay as well, where the worker consented.
    """
    found = []
    for person, (work, worker) in enumerate(pairs):
        owed = recoveries.open.get(work.job, 0)
        leaving = worker.left is not None and worker.left <= result.month.last
        if leaving and work.job in recoveries.consented:
            owed += sum(waits.get(work.job, {}).values())
        if owed:
            room = recoverable(result.payslip(person), worker, policy, home.county)
            worker = worker.model_copy(update={"advance_recovered_fen": min(owed, room)})
        found.append((work, worker))
    return found


def _month(first: date) -> Month:
    return Month(first.year, first.month)


def _store(session: Session, run: PayRun, pairs: Pairs, result: Payroll, note: str) -> None:
    result = without_names(result)
    run.inputs = [without_name(worker).model_dump(mode="json") for _, worker in pairs]
    run.digest, run.digest_version, run.nameless = result.digest(), NEWEST_DIGEST, True
    slips = [_record(run, work, result, person) for person, (work, _) in enumerate(pairs)]
    session.add_all(slips)
    session.flush()
    join_parts(session, run, slips)
    reach(session, run, RunState.CALCULATED, note)


def _record(run: PayRun, work: Employment, result: Payroll, person: int) -> PayslipRecord:
    slip = result.payslip(person)
    return PayslipRecord(
        home_id=run.home_id,
        run_id=run.id,
        employment_id=work.id,
        slip=payroll.to_plain(slip),
        gross_fen=slip.gross_fen,
        employee_shares_fen=_sum(slip, LineKind.EMPLOYEE_SHARE),
        tax_fen=_sum(slip, LineKind.TAX),
        deductions_fen=_sum(slip, LineKind.DEDUCTION),
        net_fen=slip.net_fen,
        employer_cost_fen=slip.employer_total_fen,
    )


def _sum(slip: Payslip, kind: LineKind) -> int:
    return sum(line.amount_fen for line in slip.lines if line.kind is kind)
