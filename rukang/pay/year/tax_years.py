"""The tax year of everybody so far: the totals on file, and what locked runs added.

A year is that of a person with an employer (`elsewhere.Payee`): whoever works for one
employer in two homes, or under a contract and an agreement, has one standard deduction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

import payroll
from payroll import TaxYear, WorkerMonth
from payroll.policy.places import NATION
from payroll.settling.tax_year import fund_taxed_fen, taxed_apart_fen
from rukang.base.clock import days_of_month
from rukang.bodies.homes import Home
from rukang.pay.store.records import FINAL, PayItem, PayItemKind, PayMissing, PayRun, PayslipRecord
from rukang.pay.store.shipped import shipped
from rukang.pay.store.stored import corrected, corrections_of, inputs_of, is_wage
from rukang.pay.year.elsewhere import Elsewhere, Payee, Slip, elsewhere, payee_of
from rukang.work.employment import Employment, EmploymentKind, Job, TaxToDate


@dataclass(frozen=True)
class YearSoFar:
    """What is known of a calendar year before a month is paid.

    By who is paid by whom: ``works`` the records, of other homes too, ``starts`` the newest totals
    on file, ``paid`` what locked runs added, of which ``exempt`` says by payslip how much is free
    of tax, as it has been corrected since; ``stated``, the special additional deductions of single
    months and the relief granted so far; ``unclear``, where totals on file contradict each other.
    ``computed`` are by job the months of which a run holds the wage, locked or not, or leaves it
    out with a reason; the draft of a run that failed is not a month. ``low_last_year`` are those
    whose wage was withheld from in all twelve months of last year and stayed within the yearly
    deduction.
    """

    month: date
    works: dict[Payee, list[Employment]]
    starts: dict[Payee, TaxToDate]
    paid: dict[Payee, list[Slip]]
    stated: dict[Payee, list[PayItem]]
    computed: dict[Job, frozenset[int]]
    exempt: dict[int, int]
    unclear: frozenset[Payee] = frozenset()
    low_last_year: frozenset[Payee] = frozenset()

    def of(self, work: Employment) -> TaxYear:
        """Return the tax year of a job's payer with this month as the latest.

        Locked runs count whether their month is earlier or later, and those of other homes in the
        same month too: tax is withheld in the order in which wages are paid.
        """
        start, paid = self.starts.get(payee_of(work)), self.paid_of(work)
        funds = [_fund_taxed(*pair) for pair in paid]
        latest = max([self.month.month, *(slip.run.month.month for slip, _ in paid)])
        months = self._held(work, self._first(work), latest)
        return TaxYear(
            months_employed=max((start.months if start else 0) + len(months), 1),
            income_fen=(start.income_fen if start else 0)
            + sum(slip.gross_fen - taxed_apart_fen(worker.allowances) for slip, worker in paid)
            + sum(employer for _, employer in funds),
            exempt_fen=sum(self.exempt[slip.id] for slip, _ in paid),
            insurance_fen=(start.insurance_fen if start else 0)
            + sum(slip.employee_shares_fen for slip, _ in paid)
            - sum(own for own, _ in funds),
            withheld_fen=(start.tax_fen if start else 0) + sum(_withheld(*pair) for pair in paid),
            special_additional_fen=(start.special_additional_fen if start else 0)
            + self._special(work, months),
            relief_fen=self._relief(work, latest),
            whole_year_deduction=bool(start and start.full_last_year)
            or payee_of(work) in self.low_last_year,
            first_job=self._first_job(work),
            bonus_apart_fen=sum(taxed_apart_fen(worker.allowances) for _, worker in paid),
            paid_through=latest if latest > self.month.month else None,
        )

    def paid_of(self, work: Employment) -> list[Slip]:
        """Return the locked wages of a job's payer that the totals on file do not contain."""
        first = self._first(work)
        return [
            (slip, worker)
            for slip, worker in self.paid.get(payee_of(work), ())
            if slip.run.month.month >= first and is_wage(slip)
        ]

    def _first_job(self, work: Employment) -> bool | None:
        """Return whether the job brought the first wage of the year, None if nobody was asked."""
        began = (of for of in self._records(work) if of.started_on.year == self.month.year)
        said = [of.first_job for of in began if of.first_job is not None]
        return any(said) if said else None

    def _special(self, work: Employment, months: list[int]) -> int:
        """Return the deductions entered for some months."""
        return sum(
            item.amount_fen
            for item in self._stated(work, PayItemKind.SPECIAL_ADDITIONAL)
            if item.month.month in months
        )

    def special_by_name(self, work: Employment) -> Counter[str]:
        """Return the deductions entered for the year up to this month, summed by their names."""
        months = self._held(work, self._first(work), self.month.month)
        found: Counter[str] = Counter()
        for item in self._stated(work, PayItemKind.SPECIAL_ADDITIONAL):
            if item.month.month in months:
                found[item.name] += item.amount_fen
        return found

    def relief_before(self, work: Employment) -> int:
        """Return the relief granted up to the month before this one, in fen."""
        return self._relief(work, self.month.month - 1) or 0

    def _relief(self, work: Employment, latest: int) -> int | None:
        """Return the relief granted so far: the newest one stated holds until the next.

        What was stated while somebody else employed the person is that employer's.
        """
        months = self._held(work, 1, latest)
        known = [
            item
            for item in self._stated(work, PayItemKind.RELIEF_TO_DATE)
            if item.month.month in months
        ]
        return max(known, key=lambda item: item.month).amount_fen if known else None

    def _stated(self, work: Employment, kind: PayItemKind) -> list[PayItem]:
        """Return what months state; what two homes state of one month counts once, the larger."""
        found: dict[tuple[date, str], PayItem] = {}
        for item in self.stated.get(payee_of(work), ()):
            known = found.get((item.month, item.name))
            if item.kind is kind and (known is None or item.amount_fen > known.amount_fen):
                found[item.month, item.name] = item
        return list(found.values())

    def insured_elsewhere(self, work: Employment) -> list[Employment]:
        """Return the work in other homes that the same employer insures this month too."""
        days = days_of_month(self.month)
        return [
            of
            for of in self.works[payee_of(work)]
            if of.home_id != work.home_id
            and of.kind is not EmploymentKind.AGREEMENT
            and of.held(days[0], days[-1])
            and of.insured_in(self.month)
        ]

    def missing(self, work: Employment) -> list[int]:
        """Return the months before this one that neither totals on file nor a run account for."""
        own = [of for of in self.works[payee_of(work)] if of.job == work.job]
        months = self._months(own, self._first(work), self.month.month - 1)
        known = self.computed.get(work.job, frozenset[int]())
        return [month for month in months if month not in known]

    def _held(self, work: Employment, first: int, last: int) -> list[int]:
        """Return the months of a range in which the person worked for the employer for wages."""
        paid = {slip.run.month.month for slip, _ in self.paid_of(work)}
        held = {*self._months(self._records(work), first, last), *paid}
        return [month for month in range(first, last + 1) if month in held]

    def _months(self, records: Sequence[Employment], first: int, last: int) -> list[int]:
        """Return the months of a range on some day of which any of the records held."""
        months = (days_of_month(date(self.month.year, m, 1)) for m in range(first, last + 1))
        return [
            days[0].month for days in months if any(of.held(days[0], days[-1]) for of in records)
        ]

    def _records(self, work: Employment) -> list[Employment]:
        """Return the records of a job, and of labour relations with the same employer."""
        return [
            of
            for of in self.works[payee_of(work)]
            if of.kind is not EmploymentKind.AGREEMENT or of.job == work.job
        ]

    def _first(self, work: Employment) -> int:
        """Return the first month that the totals on file do not contain."""
        start = self.starts.get(payee_of(work))
        return start.through.month + 1 if start else 1


def year_so_far(
    session: Session, home: Home, month: date, *, with_month: bool = False
) -> YearSoFar:
    """Return what records say of the year before a month is paid, or with it.

    Of everybody who works for the same employer in other homes, theirs are part of it.
    """
    others = elsewhere(session, home, month.year)
    works, stated = _works(session, home), _stated(session, home, month)
    paid: dict[Payee, list[Slip]] = defaultdict(list)
    exempt = {}
    for run in _runs(session, home, month):
        if run.state.is_final and (with_month or run.month != month):
            changes = corrections_of(session, run.id)
            for slip, worker in inputs_of(run):
                paid[payee_of(slip.employment)].append((slip, worker))
                exempt[slip.id] = _exempt(corrected(worker, changes[slip.employment_id]))
    for payee, own in others.items():
        works[payee] += own.works
        stated[payee] += [item for item in own.stated if item.kind in STATED]
        paid[payee] = sorted(paid[payee] + own.paid, key=lambda pair: pair[0].run.month)
        exempt |= {slip.id: _exempt(worker) for slip, worker in own.paid}
    starts, unclear = _starts(session, home, month.year, month, others)
    return YearSoFar(
        month=month,
        works=works,
        starts=starts,
        paid=paid,
        stated=stated,
        computed=_computed(session, home, month),
        exempt=exempt,
        unclear=unclear,
        low_last_year=low_in(session, home, month.year - 1),
    )


def low_in(session: Session, home: Home, year: int) -> frozenset[Payee]:
    """Return who had a wage in all twelve months of a year and at most 60 000 yuan in it.

    The totals on file count up to their month, locked runs from then on, of other homes too. Income
    is all pay, exempt and bonuses too.

    References
    ----------
    国家税务总局公告2020年第19号
    """
    others = elsewhere(session, home, year)
    starts, _ = _starts(session, home, year, date(year + 1, 1, 1), others)
    income = {payee: start.income_fen for payee, start in starts.items()}
    months = {
        payee: set(range(1, start.through.month + 1))
        if start.months == start.through.month
        else set()
        for payee, start in starts.items()
    }
    paid = [(payee_of(slip.employment), slip) for slip in _slips_of(session, home, year)]
    paid += [(payee, slip) for payee, own in others.items() for slip, _ in own.paid]
    for payee, slip in paid:
        month, start = slip.run.month.month, starts.get(payee)
        if (start is None or month > start.through.month) and is_wage(slip):
            income[payee] = income.get(payee, 0) + slip.gross_fen
            months.setdefault(payee, set()).add(month)
    most = shipped().value("income_tax.basic_yearly", NATION, date(year + 1, 1, 1)).fen
    whole = set(range(1, 13))
    return frozenset(
        payee for payee, held in months.items() if held == whole and income[payee] <= most
    )


def _slips_of(session: Session, home: Home, year: int) -> Sequence[PayslipRecord]:
    """Return the locked payslips of a year."""
    within = PayRun.month.between(date(year, 1, 1), date(year, 12, 31))
    query = select(PayslipRecord).join(PayRun, PayRun.id == PayslipRecord.run_id)
    return session.scalars(
        query.where(PayRun.home_id == home.id, within, PayRun.state.in_(FINAL))
    ).all()


def _computed(session: Session, home: Home, month: date) -> dict[Job, frozenset[int]]:
    """Return the months of the year in which each job has a payslip, or is left out of the run."""
    first, last = date(month.year, 1, 1), date(month.year, 12, 31)
    paid = select(PayslipRecord.employment_id, PayslipRecord.run_id)
    left_out = select(PayMissing.employment_id, PayMissing.run_id).where(
        PayMissing.left_out.is_not(None)
    )
    months: dict[Job, set[int]] = defaultdict(set)
    for of in (paid.subquery(), left_out.subquery()):
        query = (
            select(PayRun.month, Employment.resident_id, Employment.employer_id, Employment.kind)
            .join(of, of.c.run_id == PayRun.id)
            .join(Employment, Employment.id == of.c.employment_id)
            .where(PayRun.home_id == home.id, PayRun.month.between(first, last))
        )
        for at, resident, employer, kind in session.execute(query):
            months[resident, employer, kind is not EmploymentKind.AGREEMENT].add(at.month)
    return {job: frozenset(found) for job, found in months.items()}


def _works(session: Session, home: Home) -> dict[Payee, list[Employment]]:
    found: dict[Payee, list[Employment]] = defaultdict(list)
    for work in session.scalars(select(Employment).where(Employment.home_id == home.id)):
        found[payee_of(work)].append(work)
    return found


def _runs(session: Session, home: Home, month: date) -> Sequence[PayRun]:
    first, last = date(month.year, 1, 1), date(month.year, 12, 31)
    query = select(PayRun).where(PayRun.home_id == home.id, PayRun.month.between(first, last))
    return session.scalars(query.order_by(PayRun.month)).all()


STATED = (PayItemKind.SPECIAL_ADDITIONAL, PayItemKind.RELIEF_TO_DATE)
"""What months state for tax alone."""


def _stated(session: Session, home: Home, month: date) -> dict[Payee, list[PayItem]]:
    """Return what the months of the year state for tax, by who is paid by whom."""
    year = (date(month.year, 1, 1), date(month.year, 12, 31))
    query = select(PayItem).where(
        PayItem.home_id == home.id, PayItem.kind.in_(STATED), PayItem.month.between(*year)
    )
    by_resident: dict[int, list[PayItem]] = defaultdict(list)
    for item in session.scalars(query):
        by_resident[item.resident_id].append(item)
    jobs = session.scalars(select(Employment).where(Employment.home_id == home.id))
    found: dict[Payee, list[PayItem]] = defaultdict(list)
    for work in {(work.resident_id, work.employer_id): work for work in jobs}.values():
        found[payee_of(work)] += [
            item
            for item in by_resident[work.resident_id]
            if item.employer_id in (None, work.employer_id)
        ]
    return found


def _starts(
    session: Session, home: Home, year: int, before: date, others: Mapping[Payee, Elsewhere]
) -> tuple[dict[Payee, TaxToDate], frozenset[Payee]]:
    """Return the newest totals on file of a year before a day, and whose contradict each other.

    Totals are the payer's whole, as its tax client shows them: where two homes, or a contract and
    an agreement, have other ones for the same month, nobody knows which is right.
    """
    query = (
        select(TaxToDate)
        .where(TaxToDate.home_id == home.id)
        .where(TaxToDate.through >= date(year, 1, 1), TaxToDate.through < before)
    )
    found: dict[Payee, list[TaxToDate]] = defaultdict(list)
    for total in session.scalars(query):
        found[payee_of(total.employment)].append(total)
    for payee, own in others.items():
        found[payee] += [total for total in own.starts if total.through < before]
    newest = {
        payee: max(totals, key=lambda total: (total.through, total.id))
        for payee, totals in found.items()
        if totals
    }
    unclear = (payee for payee, start in newest.items() if _contradict(found[payee], start.through))
    return newest, frozenset(unclear)


def _contradict(totals: Sequence[TaxToDate], through: date) -> bool:
    """Return whether the totals up to a month are others by home, or by contract and agreement."""
    said = {
        (total.home_id, total.employment.kind is EmploymentKind.AGREEMENT): _amounts(total)
        for total in totals
        if total.through == through
    }
    return len(set(said.values())) > 1


def _amounts(total: TaxToDate) -> tuple[int | bool, ...]:
    return (
        total.months,
        total.income_fen,
        total.insurance_fen,
        total.special_additional_fen,
        total.tax_fen,
        total.full_last_year,
    )


def _withheld(slip: PayslipRecord, worker: WorkerMonth) -> int:
    """Return the tax withheld on the month's wages, without that on a bonus taxed apart."""
    if not taxed_apart_fen(worker.allowances):
        return slip.tax_fen
    return payroll.from_plain(slip.slip).amount_fen("income_tax")


def _fund_taxed(slip: PayslipRecord, worker: WorkerMonth) -> tuple[int, int]:
    """Return what of the housing fund was taxed, own and employer's; only a fund is looked up."""
    entered = worker.housing_fund_employee_fen + worker.housing_fund_employer_fen
    if not entered and worker.housing_fund_base_fen is None:
        return 0, 0
    return fund_taxed_fen(payroll.from_plain(slip.slip))


def _exempt(worker: WorkerMonth) -> int:
    return sum(item.amount_fen for item in worker.allowances if not item.taxable)
