"""Is the job real? Each rule kept by an honest home, and broken by one thing alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from payroll import Policy
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.bodies.homes import Home
from rukang.care.attendance import AttendanceDay, DayMarks, HoursWorked, Presence
from rukang.pay.month.findings import RULES, Rule, findings
from rukang.people import Resident, Sex, certificate_of
from rukang.work.employment import Employment
from tests.demo import LOCAL_POLICY
from tests.factories import (
    OCTOBER,
    a_home,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
)

POLICY = Policy.load([LOCAL_POLICY])
WORKED = [day for day in days_of_month(OCTOBER) if Calendar().kind_of(day).works]

Spoil = Callable[[Session, Resident, Employment], None]


def _found(
    database: Database, spoil: Spoil | None, presence: Presence = Presence.PRESENT
) -> set[Rule]:
    """Calculate October of two people at two employers, the first one's job spoilt."""
    with database.session() as session:
        home = a_home(session)
        works = []
        for code in ("R01", "R02"):
            resident = a_resident(session, home, code)
            employer = an_employer(session, f"示例{code}有限公司")
            work = an_employment(session, resident, employer)
            a_tax_year(session, work)
            some_marks(session, resident, WORKED)
            works.append((resident, work))
        for mark in session.query(AttendanceDay).filter_by(resident_id=works[0][0].id):
            mark.marks = DayMarks.whole(presence)
        if spoil is not None:
            spoil(session, *works[0])
        run_id = pay.request_run(session, home, OCTOBER).id
    pay.calculate_run(database, run_id, POLICY)
    with database.session() as session:
        run = pay.find_run(session, run_id)
        found = findings(session, session.get_one(Home, run.home_id), run)
    for finding in found:
        assert finding.evidence.zh
        assert finding.evidence.en
    return {finding.rule for finding in found}


def test_an_honest_home_has_no_finding(empty_database: Database) -> None:
    """Two people at two employers, attending, insured, with certificates and accounts."""
    assert _found(empty_database, None) == set()


def test_paid_leave_of_a_whole_month_is_asked_about(empty_database: Database) -> None:
    """Nobody of the company was there; the wage was paid."""
    rules = _found(empty_database, None, Presence.ANNUAL_LEAVE)
    assert rules == {Rule.ATTENDED, Rule.COMPANY_IS_THERE}


def _second_contract(session: Session, resident: Resident, work: Employment) -> None:
    other = an_employment(
        session, resident, an_employer(session, "另一家有限公司"), insured_from=None
    )
    a_tax_year(session, other)


def _insured_twice(session: Session, resident: Resident, work: Employment) -> None:
    a_tax_year(session, an_employment(session, resident, an_employer(session, "另一家有限公司")))


def _not_insured(session: Session, resident: Resident, work: Employment) -> None:
    work.insured_from = None


def _below_minimum(session: Session, resident: Resident, work: Employment) -> None:
    work.monthly_wage_fen = 200_000


def _short_contract(session: Session, resident: Resident, work: Employment) -> None:
    work.started_on, work.ended_on = date(2026, 1, 1), date(2026, 12, 30)


def _no_bank(session: Session, resident: Resident, work: Employment) -> None:
    work.bank = " "


def _old_certificate(session: Session, resident: Resident, work: Employment) -> None:
    certificate_of(resident.person, date(2026, 10, 1)).valid_to = date(2026, 10, 30)


def _too_young(session: Session, resident: Resident, work: Employment) -> None:
    resident.person.born_on = date(2010, 10, 2)


def _retired(session: Session, resident: Resident, work: Employment) -> None:
    resident.person.born_on, resident.person.sex = date(1966, 1, 5), Sex.MALE


def _perhaps_retired(session: Session, resident: Resident, work: Employment) -> None:
    resident.person.born_on, resident.person.sex = date(1973, 1, 5), Sex.FEMALE


def _of_another_tier(session: Session, resident: Resident, work: Employment) -> None:
    work.employer.county = "371621"


def _lieu_without_hours(session: Session, resident: Resident, work: Employment) -> None:
    """A Saturday worked and the Monday after taken off: 2210 ÷ 21.75 × 200 % = 203.22 more."""
    marks = session.query(AttendanceDay).filter_by(resident_id=resident.id)
    monday = marks.filter_by(day=date(2026, 10, 19)).one()
    monday.marks = DayMarks.whole(Presence.IN_LIEU)
    some_marks(session, resident, [date(2026, 10, 17)])


def _lieu_in_hours(session: Session, resident: Resident, work: Employment) -> None:
    _lieu_without_hours(session, resident, work)
    session.add(
        HoursWorked(
            home_id=resident.home_id,
            resident_id=resident.id,
            day=date(2026, 10, 17),
            normal=Decimal(0),
            overtime=Decimal(8),
            lieu=Decimal(8),
        )
    )


def _shared_account(session: Session, resident: Resident, work: Employment) -> None:
    other = session.query(Employment).filter(Employment.id != work.id).one()
    work.account = other.account


@pytest.mark.parametrize(
    ("spoil", "rules"),
    [
        (_second_contract, {Rule.ONE_FULL_TIME_JOB, Rule.FULLY_INSURED}),
        (_insured_twice, {Rule.ONE_FULL_TIME_JOB, Rule.INSURED_ONCE}),
        (_not_insured, {Rule.FULLY_INSURED}),
        (_below_minimum, {Rule.MINIMUM_WAGE}),
        (_short_contract, {Rule.YEAR_OF_CONTRACT}),
        (_no_bank, {Rule.THROUGH_BANK}),
        (_old_certificate, {Rule.CERTIFICATE_VALID}),
        (_shared_account, {Rule.ACCOUNT_OF_ONE}),
        (_too_young, {Rule.OLD_ENOUGH}),
        (_retired, {Rule.NOT_RETIRED}),
        (_perhaps_retired, {Rule.NOT_RETIRED}),
        (_of_another_tier, {Rule.ONE_MINIMUM}),
        (_lieu_without_hours, {Rule.LIEU_IN_HOURS}),
        (_lieu_in_hours, set()),
    ],
)
def test_each_rule_can_be_broken_alone(
    empty_database: Database, spoil: Spoil, rules: set[Rule]
) -> None:
    """What was spoilt is found, and nothing else."""
    assert _found(empty_database, spoil) == rules


def test_a_whole_year_of_contract_is_enough(empty_database: Database) -> None:
    """The first of January to the last of December."""

    def whole(session: Session, resident: Resident, work: Employment) -> None:
        work.started_on, work.ended_on = date(2026, 1, 1), date(2026, 12, 31)

    assert _found(empty_database, whole) == set()


def test_every_rule_has_words() -> None:
    """In both languages."""
    assert set(RULES) == set(Rule)


@pytest.mark.parametrize(
    ("spoil", "gross"), [(_lieu_without_hours, 241_322), (_lieu_in_hours, 221_000)]
)
def test_a_day_in_lieu_is_paid_once_with_its_hours(
    empty_database: Database, spoil: Spoil, gross: int
) -> None:
    """A Saturday and a day in lieu: 2413.22 and a question, or with the hours 2210.00."""
    _found(empty_database, spoil)
    with empty_database.session() as session:
        (run,) = pay.list_runs(session, session.query(Home).one())
        assert run.payslips[0].gross_fen == gross
