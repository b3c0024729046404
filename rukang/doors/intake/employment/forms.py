"""The sheets of 04-用工单位, and how their rows are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from rukang.base.spans import overlap
from rukang.doors.intake.employment.check import rates_by_document, shared_employers, terms, totals
from rukang.doors.intake.employment.minimum import at_least_the_minimum
from rukang.doors.intake.employment.overlap import one_contract_at_a_time
from rukang.forms import Book, Form, FromWorkbook, always
from rukang.people import Death, Resident, until
from rukang.work.employment import Employer, Employment, TaxToDate


def _all(taking: FromWorkbook) -> Sequence[Employer]:
    return taking.session.scalars(select(Employer)).all()


def _of_home(home_id: int) -> Any:
    """Return the condition under which an employer is one of a home's."""
    return Employer.id.in_(select(Employment.employer_id).where(Employment.home_id == home_id))


def _same_work(_: FromWorkbook, kept: Sequence[Employment], value: Any) -> Employment | None:
    """Return the employment that a row is about among those kept.

    The one with the same employer that began on the same day; or one that holds at the same time,
    whose first day is then corrected, because nobody is employed twice at once by one employer.
    """
    who = (value.resident, value.employer)
    known = {of.started_on: of for of in kept if (of.resident.code, of.employer.uscc) == who}
    overlapping = (
        work
        for work in known.values()
        if overlap(value.started_on, value.ended_on, work.started_on, work.ended_on)
    )
    return known.get(value.started_on) or next(overlapping, None)


def _until_death(taking: FromWorkbook, value: Any, _: Employment | None) -> Mapping[str, Any]:
    """Return the last day, which is never beyond a death."""
    person = taking.stored(Resident)[value.resident].person
    return {"ended_on": until(taking.stored(Death, "person_id"), person, value.ended_on)}


def _employment(taking: FromWorkbook, value: Any) -> Employment:
    """Return the employment that totals are of.

    Somebody hired again by the same employer within the year goes on with one row of totals.
    """
    who = (value.resident, value.employer)
    rows = (row.value for row in taking.sheets[EMPLOYMENTS])
    begun = max(of.started_on for of in rows if (of.resident, of.employer) == who)
    works: Collection[Employment] = taking.stored(Employment, "id").values()
    return next(
        of for of in works if (of.resident.code, of.employer.uscc, of.started_on) == (*who, begun)
    )


def _same_totals(taking: FromWorkbook, kept: Sequence[TaxToDate], value: Any) -> TaxToDate | None:
    work = _employment(taking, value)
    same = (of for of in kept if of.employment is work and of.through == value.through)
    return next(same, None)


def _its_employment(taking: FromWorkbook, value: Any, _: TaxToDate | None) -> Mapping[str, Any]:
    return {"employment": _employment(taking, value)}


EMPLOYERS = Form(
    Employer,
    "用工单位",
    "employers",
    "employers",
    ("uscc",),
    checks=(rates_by_document, shared_employers),
    note=(
        "单位同时在其他机构用工时，只有管理这些机构的人能更改其登记内容。",
        "Who employs people of several homes is changed by somebody who answers for all of them.",
    ),
    stays=always,
    there=_all,
    of_home=_of_home,
)
EMPLOYMENTS = Form(
    Employment,
    "用工关系",
    "employments",
    "employments",
    ("resident_id", "employer_id", "started_on"),
    checks=(terms, one_contract_at_a_time, at_least_the_minimum),
    stays=always,
    # Terms have to end before others with the same employer can begin.
    order="started_on",
    match=_same_work,
    values=_until_death,
)
TO_DATE = Form(
    TaxToDate,
    "年度累计",
    "the tax year so far",
    "tax-to-date",
    ("resident", "employer", "through"),
    checks=(totals,),
    optional=True,
    stays=always,
    match=_same_totals,
    values=_its_employment,
)

BOOK = Book("employment", "04-用工单位", (EMPLOYERS, EMPLOYMENTS, TO_DATE))
