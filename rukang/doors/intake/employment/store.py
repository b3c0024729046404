"""Keeping 04-用工单位: employers by code, employments by person, employer and first day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from rukang.base.clock import days_of_month, overlap
from rukang.base.database.keep import keep, sealed
from rukang.doors.intake.employment.rows import EmployerRow, EmploymentRow, ToDateRow
from rukang.forms import FromWorkbook
from rukang.numbers import bank_account, uscc
from rukang.people import Death, Resident, deaths, until
from rukang.work.employment import Employer, Employment, TaxToDate


def keep_employers(intake: FromWorkbook, rows: Iterable[EmployerRow]) -> dict[str, Employer]:
    """Keep employers and return them by code."""
    found = {employer.uscc: employer for employer in intake.session.scalars(select(Employer))}
    kept = {}
    for row in rows:
        code = uscc.compact(row.uscc)
        kept[code] = keep(intake.session, Employer, found.get(code), row.kept())
    return kept


def keep_employments(
    intake: FromWorkbook,
    rows: Iterable[EmploymentRow],
    residents: Mapping[str, Resident],
    employers: Mapping[str, Employer],
) -> list[Employment]:
    """Keep employments; those of the home that the workbook does not name stay as they are."""
    intake.session.flush()
    query = select(Employment).where(Employment.home_id == intake.home_id)
    found = defaultdict(list)
    for work in intake.session.scalars(query):
        found[work.resident_id, work.employer_id].append(work)
    kept, dead = [], deaths(intake.session)
    # In order of time: terms have to end before others with the same employer can begin.
    for row in sorted(rows, key=lambda row: row.started_on):
        resident, employer = residents[row.resident], employers[uscc.compact(row.uscc)]
        before = _same_work(row, found[resident.id, employer.id])
        kept.append(_keep_employment(intake, before, row, (resident, employer), dead))
    intake.session.flush()
    return kept


def _same_work(row: EmploymentRow, found: Iterable[Employment]) -> Employment | None:
    """Return the employment that a row is about among those with the same employer.

    The one that began on the same day; or one that holds at the same time, whose first day is
    then corrected, because nobody is employed twice at once by one employer.
    """
    known = {work.started_on: work for work in found}
    overlapping = (
        work
        for work in known.values()
        if overlap(row.started_on, row.ended_on, work.started_on, work.ended_on)
    )
    return known.get(row.started_on) or next(overlapping, None)


def keep_to_date(
    intake: FromWorkbook, rows: Iterable[ToDateRow], employments: Iterable[Employment]
) -> None:
    """Keep the totals of the year by employment and month."""
    # A person hired again by the same employer within the year goes on with one row of totals.
    latest = {
        (work.resident.code, work.employer.uscc): work
        for work in sorted(employments, key=lambda work: work.started_on)
    }
    query = select(TaxToDate).where(TaxToDate.home_id == intake.home_id)
    found = {(year.employment_id, year.through): year for year in intake.session.scalars(query)}
    for row in rows:
        work = latest[row.resident, uscc.compact(row.uscc)]
        through = days_of_month(row.through)[-1]
        values = row.model_dump(exclude={"resident", "uscc"}) | {
            "home_id": intake.home_id,
            "employment": work,
            "through": through,
        }
        keep(intake.session, TaxToDate, found.get((work.id, through)), values)


def _keep_employment(
    intake: FromWorkbook,
    found: Employment | None,
    row: EmploymentRow,
    who: tuple[Resident, Employer],
    dead: Mapping[int, Death],
) -> Employment:
    resident, employer = who
    number = bank_account.compact(row.account)
    before = found.account if found else None
    values = row.model_dump(exclude={"resident", "name", "uscc", "account"}) | {
        "home_id": intake.home_id,
        "resident": resident,
        "employer": employer,
        "ended_on": until(dead, resident.person, row.ended_on),
        "monthly_wage_fen": row.monthly_wage_fen or 0,
        "declared_base_fen": row.declared_base_fen or 0,
        "account": sealed(intake.session, before, number, bank_account.mask(number)),
    }
    return keep(intake.session, Employment, found, values)
