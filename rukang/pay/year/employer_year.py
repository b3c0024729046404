"""A year of an employer: what its books state, and its disabled people from locked wage runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from payroll import Payslip, WorkerMonth, fen
from payroll.employer import DisabledPerson, EmployerYear, PersonMonth
from payroll.money import rounded
from payroll.policy.reading import PolicyFileError, read_yaml
from rukang.base.clock import days_of_month
from rukang.base.errors import InvalidError
from rukang.pay.store.records import FINAL, Payment, PaymentState, PayRun
from rukang.pay.store.stored import employed_in, payslip_of
from rukang.people import Sex
from rukang.work.employment import Employer, Employment, find_employer

OPEN_END = 120
"""Months that a contract without an end counts as: longer than any condition asks."""

SEVERE = 2
"""Grades 1 and 2 are severe."""

Yuan = Annotated[Decimal, Field(ge=0, decimal_places=2)]


class Books(BaseModel):
    """What only the employer's books know of a year; money in yuan, lists from January on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uscc: str
    year: int
    staff: Annotated[tuple[Decimal, ...], Field(min_length=12, max_length=12)]
    wages: Yuan
    is_enterprise: bool = True
    vat_paid: Annotated[tuple[Yuan, ...], Field(min_length=12, max_length=12)] = (Decimal(0),) * 12
    eligible_revenue_share: Decimal = Decimal(0)
    credit_grade: str = ""
    is_massage: bool = False
    has_facilities: bool = False


def read_books(path: Path) -> Books:
    """Return what a file states of an employer's year.

    Raises
    ------
    InvalidError
        With the file and every key or value that is wrong.
    """
    try:
        return Books.model_validate(read_yaml(path))
    except PolicyFileError as problem:
        raise InvalidError(str(problem), f"{path} cannot be read.") from problem
    except (OSError, ValidationError) as problem:
        found = (
            PolicyFileError.of(path, problem) if isinstance(problem, ValidationError) else problem
        )
        raise InvalidError(str(found), f"{path} cannot be used.") from problem


def employer_year(session: Session, books: Books) -> EmployerYear:
    """Return an employer's year, its disabled people as every locked run of it paid them.

    A person of two homes counts once, with the months of both.

    Raises
    ------
    NotFoundError
        If no employer has that number.
    """
    employer = find_employer(session, books.uscc)
    return EmployerYear(
        name=employer.name,
        place=employer.county,
        year=books.year,
        is_enterprise=books.is_enterprise,
        staff=books.staff,
        wages_fen=fen(books.wages),
        people=tuple(_people(session, employer, books.year)),
        vat_paid_fen=tuple(fen(amount) for amount in books.vat_paid),
        eligible_revenue_share=books.eligible_revenue_share,
        credit_grade=books.credit_grade,
        is_massage=books.is_massage,
        has_facilities=books.has_facilities,
    )


def _people(session: Session, employer: Employer, year: int) -> list[DisabledPerson]:
    months: dict[int, dict[int, PersonMonth]] = defaultdict(dict)
    works: dict[int, Employment] = {}
    began: dict[int, date] = {}
    runs = select(PayRun).where(PayRun.state.in_(FINAL), extract("year", PayRun.month) == year)
    for run in session.scalars(runs.order_by(PayRun.month)):
        unpaid = _unpaid(session, run)
        for record, worker in employed_in(run):
            work = record.employment
            if work.employer_id == employer.id:
                person = work.resident.person_id
                works[person] = work
                began[person] = min(began.get(person, work.started_on), worker.joined)
                slip = payslip_of(record)
                months[person][run.month.month] = PersonMonth(
                    month=run.month.month,
                    wage_fen=record.gross_fen,
                    through_bank=bool(work.bank.strip()) and record.id not in unpaid,
                    insured=worker.insured,
                    **_tested(slip, worker),
                )
    return [
        person
        for key, work in works.items()
        for person in _as_assessed(work, began[key], year, list(months[key].values()))
    ]


def _tested(slip: Payslip, worker: WorkerMonth) -> dict[str, Any]:
    """Return what the pay run held against the minimum wage, and where.

    Of somebody who joined or left within the month the minimum is that of the days employed; days
    missed then do not lower it.
    """
    lines = {line.code for line in slip.lines}
    if "countable_wage" not in lines:
        return {"place": worker.work_place}
    held = slip.amount_fen("countable_wage") + slip.amount_fen("minimum_top_up")
    found: dict[str, Any] = {"place": worker.work_place, "countable_fen": held}
    first, last = slip.month.first, slip.month.last
    paid, employed = (
        sum((getattr(spell, days) for spell in worker.spells), Decimal(0))
        for days in ("paid_days", "employed_days")
    )
    if (worker.joined > first or (worker.left or last) < last) and paid:
        due = slip.amount_fen("applicable_minimum")
        found["minimum_fen"] = rounded(due * Fraction(employed) / Fraction(paid))
    return found


def _unpaid(session: Session, run: PayRun) -> set[int]:
    query = select(Payment.payslip_id).where(
        Payment.run_id == run.id, Payment.state == PaymentState.FAILED
    )
    return set(session.scalars(query))


def _as_assessed(
    work: Employment, began: date, year: int, months: list[PersonMonth]
) -> Iterator[DisabledPerson]:
    """Yield a person with the months of each assessment that stood in them; most have one.

    Months without a certificate are left out: who has none is no disabled employee by law.
    """
    person, stood = work.resident.person, defaultdict(list)
    for month in months:
        last = days_of_month(date(year, month.month, 1))[-1]
        stands = person.disability_on(last)
        if stands is not None and stands.certificate is not None:
            stood[stands].append(month)
    for stands, its_months in stood.items():
        yield DisabledPerson(
            id=work.resident.code,
            name=person.name,
            severe=stands.grade <= SEVERE,
            contract_months=_months(began, work.ended_on),
            months=tuple(its_months),
            certificate_to=stands.certificate.valid_to if stands.certificate else None,
            born_on=person.born_on,
            is_man=person.sex is Sex.MALE,
        )


def _months(began: date, ended: date | None) -> int:
    """Return the whole months of a contract; from the first of January to the last of December 12.

    The last day is part of it, so the count is to the day after.
    """
    if ended is None:
        return OPEN_END
    start, after = began, ended + timedelta(days=1)
    months = 12 * (after.year - start.year) + after.month - start.month
    return months - (after.day < start.day)
