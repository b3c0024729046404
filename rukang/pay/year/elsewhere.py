"""What an employer pays in other homes to the people of one home: tax counts it as one wage.

Tax on wages is withheld by the payer from what it has paid a person in the year, so a second job
with the same employer has no standard deduction of its own. Records of other homes are read past
the session and belong to none: whoever pays wages in one home has to count them, and sees no more
of them than the sums and which home it is.

References
----------
国家税务总局公告2018年第61号第六条
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import WorkerMonth
from payroll.policy import Name
from rukang.base.clock import days_of_month
from rukang.base.errors import ConflictError
from rukang.bodies.homes import Home, lock_home
from rukang.pay.store.records import FINAL, PayItem, PayRun, PayslipRecord, PayStep, RunState
from rukang.pay.store.stored import corrected, corrections_of, homes_named, is_wage, past_session
from rukang.people import Person, Resident
from rukang.work.employment import Employment, EmploymentKind, TaxToDate

Payee = tuple[int, int]
"""A person and an employer, by their ids: who withholds from whom."""

Slip = tuple[PayslipRecord, WorkerMonth]


def payee_of(work: Employment) -> Payee:
    """Return who is paid by whom."""
    return work.resident.person_id, work.employer_id


@dataclass
class Elsewhere:
    """One person's work for one employer in other homes.

    ``paid`` are the locked payslips of a year with their inputs as corrected since, ``starts`` its
    totals on file, ``stated`` what its months state for tax.
    """

    works: list[Employment] = field(default_factory=list)
    paid: list[Slip] = field(default_factory=list)
    starts: list[TaxToDate] = field(default_factory=list)
    stated: list[PayItem] = field(default_factory=list)


def elsewhere(session: Session, home: Home, year: int) -> dict[Payee, Elsewhere]:
    """Return the work in other homes of everybody whose employer here employs them there too."""
    session.flush()  # what follows is read past the session
    here = session.scalars(select(Employment).where(Employment.home_id == home.id))
    people = {payee_of(work): work.resident.person for work in here}
    found: dict[Payee, Elsewhere] = defaultdict(Elsewhere)
    works = {}
    for work in _works(session, home, people):
        works[work.id] = work
        found[payee_of(work)].works.append(work)
    if not works:
        return {}
    for slip, worker in _paid(session, works, year):
        found[payee_of(slip.employment)].paid.append((slip, worker))
    totals = TaxToDate.__table__.c
    of_year = totals.through.between(date(year, 1, 1), date(year, 12, 31))
    for row in _rows(session, TaxToDate, totals.employment_id.in_(works), of_year):
        work = works[row["employment_id"]]
        found[payee_of(work)].starts.append(TaxToDate(**row, employment=work))
    items = PayItem.__table__.c
    residents = {work.resident_id: work for work in works.values()}
    of_year = items.month.between(date(year, 1, 1), date(year, 12, 31))
    for row in _rows(session, PayItem, items.resident_id.in_(residents), of_year):
        person = residents[row["resident_id"]].resident.person_id
        for payee, own in found.items():
            if payee[0] == person and row["employer_id"] in (None, payee[1]):
                own.stated.append(PayItem(**row))
    return dict(found)


def _works(session: Session, home: Home, people: dict[Payee, Person]) -> Iterable[Employment]:
    """Yield the same people's work for the same employers in other homes, bound to no session."""
    works, residents = Employment.__table__.c, Resident.__table__.c
    query = (
        select(Employment.__table__, residents.person_id, residents.code)
        .join(Resident.__table__, residents.id == works.resident_id)
        .where(works.home_id != home.id)
        .where(residents.person_id.in_({person for person, _ in people}))
        .order_by(works.started_on, works.id)
    )
    for found in session.connection().execute(query).mappings():
        row = dict(found)
        person = people.get((row.pop("person_id"), row["employer_id"]))
        code = row.pop("code")
        if person is not None:
            resident = Resident(
                id=row["resident_id"],
                home_id=row["home_id"],
                person_id=person.id,
                code=code,
                person=person,
            )
            yield Employment(**row, resident=resident)


def _paid(session: Session, works: dict[int, Employment], year: int) -> list[Slip]:
    """Return the locked payslips of a year with their inputs, month by month."""
    runs, slips = PayRun.__table__.c, PayslipRecord.__table__.c
    query = (
        select(PayslipRecord.__table__, runs.month, runs.state)
        .join(PayRun.__table__, runs.id == slips.run_id)
        .where(slips.employment_id.in_(works), runs.state.in_(FINAL))
        .where(runs.month.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(runs.month, slips.id)
    )
    found = []
    for read in session.connection().execute(query).mappings():
        row = dict(read)
        run = PayRun(
            id=row["run_id"],
            home_id=row["home_id"],
            month=row.pop("month"),
            state=row.pop("state"),
        )
        found.append(PayslipRecord(**row, run=run, employment=works[row["employment_id"]]))
    frozen = past_session(session, {slip.run_id for slip in found})
    changes = {run_id: corrections_of(session, run_id) for run_id in {s.run_id for s in found}}
    return [
        (slip, corrected(frozen[slip.id][1], changes[slip.run_id][slip.employment_id]))
        for slip in found
    ]


def _rows(session: Session, record: Any, *where: Any) -> list[dict[str, Any]]:
    query = select(record.__table__).where(*where)
    return [dict(row) for row in session.connection().execute(query).mappings()]


@dataclass(frozen=True)
class Beside:
    """Wages of another home beside those of a run: whose, where, and whether they are counted.

    ``locked`` says whether the other month is locked, ``counted`` whether one of both was locked
    before the other was calculated and so is counted in it; ``late`` whether any month of the year
    was locked there only since this run was calculated.
    """

    work: Employment
    home: Home
    locked: bool
    counted: bool
    late: bool

    def words(self, here: Home) -> Name:
        """Return what of it is not counted, naming both homes."""
        there = f"{self.home.code} {self.home.name}"
        both = f"{here.code} {here.name} 和 {there} 同月都发工资；{there} 的工资"
        en = f"paid in {here.code} and in {self.home.code}, whose wages"
        if self.locked:
            return Name(
                zh=f"{both}在本批计算之后锁定，没有计入本批的累计；请退回本批重新计算",
                en=f"{en} were locked after this run was calculated: calculate it anew",
            )
        return Name(
            zh=f"{both}还没有锁定，没有计入本批的累计，由后锁定的一批按合计扣税",
            en=f"{en} are not locked yet: whichever is locked later is taxed on both",
        )


def beside(session: Session, run: PayRun) -> dict[Payee, list[Beside]]:
    """Return who of a run is paid by the same employer in other homes too in that month."""
    days = days_of_month(run.month)
    works = [
        work
        for own in elsewhere(session, session.get_one(Home, run.home_id), run.month.year).values()
        for work in own.works
        if work.held(days[0], days[-1]) and _for_wages(work, own)
    ]
    if not works:
        return {}
    ids = {work.home_id for work in works}
    homes, steps = homes_named(session, ids), _steps(session, {*ids, run.home_id}, run.month.year)
    calculated, locked = (
        steps.get((run.home_id, run.month, state))
        for state in (RunState.CALCULATED, RunState.LOCKED)
    )
    found: dict[Payee, list[Beside]] = defaultdict(list)
    for work in {(payee_of(work), work.home_id): work for work in works}.values():
        there = {key[1:]: step for key, step in steps.items() if key[0] == work.home_id}
        at = there.get((run.month, RunState.LOCKED))
        found[payee_of(work)].append(
            Beside(
                work,
                homes[work.home_id],
                locked=at is not None,
                counted=_before(at, calculated)
                or _before(locked, there.get((run.month, RunState.CALCULATED))),
                late=any(
                    _before(calculated, step)
                    for (_, state), step in there.items()
                    if state is RunState.LOCKED
                ),
            )
        )
    return dict(found)


def _before(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one < other


def _for_wages(work: Employment, own: Elsewhere) -> bool:
    """Return whether work is paid by wages: an agreement where a payslip was taxed as such."""
    if work.kind is not EmploymentKind.AGREEMENT:
        return True
    return any(is_wage(slip) for slip, _ in own.paid if slip.employment is work)


def _steps(
    session: Session, homes: Collection[int], year: int
) -> dict[tuple[int, date, RunState], int]:
    """Return by home, month and state the newest step that calculated or locked a run."""
    runs, steps = PayRun.__table__.c, PayStep.__table__.c
    query = (
        select(runs.home_id, runs.month, steps.state, steps.id)
        .join(PayStep.__table__, steps.run_id == runs.id)
        .where(runs.home_id.in_(homes))
        .where(steps.state.in_((RunState.CALCULATED, RunState.LOCKED)))
        .where(runs.month.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(steps.id)
    )
    return {tuple(row)[:3]: row.id for row in session.connection().execute(query)}


def refuse_uncounted(session: Session, run: PayRun) -> None:
    """Refuse to lock a run that was calculated before wages of the same payers were locked.

    Tax is withheld in the order in which wages are locked: the later month counts the earlier.

    Raises
    ------
    ConflictError
        Naming who, and both homes.
    """
    here = session.get_one(Home, run.home_id)
    others = beside(session, run)
    late = [
        (record.employment.resident.code, record.employment.employer.name, item.home)
        for record in run.payslips
        for item in others.get(payee_of(record.employment), ())
        if item.late
    ]
    if late:
        zh = "；".join(f"{code}（{payer}，{home.code} {home.name}）" for code, payer, home in late)
        en = "; ".join(f"{code} ({payer}, {home.code})" for code, payer, home in late)
        raise ConflictError(
            f"同一单位在 {here.code} {here.name} 和另一机构都发工资，另一机构的工资在本批计算之后"
            f"锁定，个人所得税须按合计扣：{zh}。请退回本批重新计算。",
            f"One employer pays in {here.code} and in another home whose wages were locked after"
            f" this run was calculated, and tax is withheld on the sum: {en}. Take this run back"
            " and calculate it anew.",
        )


def lock_payers(session: Session, run: PayRun) -> None:
    """Hold the homes in which people of a run are paid by the same employers, and its own.

    In one order everywhere, so that two homes that lock at once wait for each other.
    """
    home = session.get_one(Home, run.home_id)
    found = elsewhere(session, home, run.month.year).values()
    for home_id in sorted({home.id, *(work.home_id for own in found for work in own.works)}):
        lock_home(session, home_id)
