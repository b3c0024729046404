"""What a home's records say of the measured criteria."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from payroll import Policy
from rukang import pay
from rukang.base.access import Database
from rukang.bodies.homes import Home, find_home
from rukang.care.attendance import Presence
from rukang.engines.rating import Answer, Edition, Measure, ScoreSheet, State, load_edition
from rukang.stars.measured import measured
from rukang.stars.ratings.records import RatingRecord
from rukang.stars.ratings.service import fill_measured, find_rating, list_ratings, store_rating
from tests.demo import LOCAL_POLICY
from tests.factories import (
    a_home,
    a_member_of_staff,
    a_resident,
    a_tax_year,
    an_employer,
    an_employment,
    some_marks,
)
from tests.rukang.engines.rating.tiny import document

MONTH = date(2026, 10, 1)
WORKDAYS = [date(2026, 10, d) for d in (8, 9, 10, *range(12, 17), *range(19, 24), *range(26, 31))]


@pytest.fixture
def database(empty_database: Database) -> Database:
    """One home: two workers paid and insured, one of three staff not qualified."""
    with empty_database.session() as session:
        home, employer = a_home(session), an_employer(session)
        for number, qualified in enumerate((True, True, False)):
            a_member_of_staff(session, home, code=f"S{number}", qualified=qualified)
        for code, kinds in {"R1": {}, "R2": {"PERSONAL_LEAVE": date(2026, 10, 20)}}.items():
            resident = a_resident(session, home, code=code)
            a_tax_year(session, an_employment(session, resident, employer))
            some_marks(session, resident, WORKDAYS, **kinds)
    return empty_database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """An open session on it."""
    with database.session() as session:
        yield session


@pytest.fixture
def home(session: Session) -> Home:
    """The home."""
    return find_home(session, "ZP001")


def _paid(database: Database) -> None:
    with database.session() as session:
        run = pay.request_run(session, find_home(session, "ZP001"), MONTH)
    pay.calculate_run(database, run.id, Policy.load([LOCAL_POLICY]))


def test_shares_are_hits_over_all_rounded_down(session: Session, home: Home) -> None:
    """Two of three qualified, 35 of 36 days attended; never rounded up to a threshold."""
    found = measured(session, home, MONTH)
    assert found[Measure.QUALIFIED_STAFF_SHARE].value == Decimal("0.666")
    assert found[Measure.ATTENDANCE_RATE].value == Decimal("0.972")
    assert found[Measure.ATTENDANCE_RATE].evidence.startswith("2026-10 考勤 attendance：35/36；")
    assert found[Measure.OPENING_DAYS].value == 18
    assert found[Measure.CONTRACTS_SHARE].value == 1


def test_without_records_a_measure_is_left_out(session: Session, home: Home) -> None:
    """No wage run, no roster: no figure, rather than a nil."""
    found = measured(session, home, MONTH)
    assert Measure.INSURED_SHARE not in found
    assert Measure.REST_RULE_BREACHES not in found
    assert measured(session, a_home(session, code="NEU"), MONTH) == {}


def test_wages_and_insurance_come_from_the_wage_run(database: Database) -> None:
    """Everybody at the minimum and insured in all five."""
    _paid(database)
    with database.session() as session:
        found = measured(session, find_home(session, "ZP001"), MONTH)
    assert found[Measure.WAGES_AT_OR_ABOVE_MINIMUM_SHARE].value == 1
    assert found[Measure.INSURED_SHARE].value == 1


def test_somebody_not_insured_is_counted(database: Database) -> None:
    """One of two is insured only from the next month on."""
    with database.session() as session:
        resident = a_resident(session, find_home(session, "ZP001"), code="R3")
        late = an_employment(
            session, resident, an_employer(session), insured_from=date(2026, 11, 1)
        )
        a_tax_year(session, late)
        some_marks(session, resident, WORKDAYS)
    _paid(database)
    with database.session() as session:
        found = measured(session, find_home(session, "ZP001"), MONTH)
    assert found[Measure.INSURED_SHARE].value == Decimal("0.666")


def test_rest_days_do_not_count_as_missed(session: Session, home: Home) -> None:
    """A mark of rest or holiday is no day on which somebody was expected."""
    resident = a_resident(session, home, code="R9")
    some_marks(session, resident, [], REST=date(2026, 10, 11), HOLIDAY=date(2026, 10, 5))
    assert measured(session, home, MONTH)[Measure.ATTENDANCE_RATE].value == Decimal("0.972")


def test_half_a_day_counts_half(session: Session, home: Home) -> None:
    """35 of 36, then half of a day and half of a half day expected: 36 of 37.5."""
    halves = {
        date(2026, 10, 20): (Presence.PRESENT, Presence.PERSONAL_LEAVE),
        date(2026, 10, 21): (Presence.PRESENT, Presence.REST),
    }
    some_marks(session, a_resident(session, home, code="R9"), [], halves)
    found = measured(session, home, MONTH)[Measure.ATTENDANCE_RATE]
    assert found.value == Decimal("0.96")
    assert "：36/37.5；" in found.evidence


def _sheet() -> ScoreSheet:
    yes = Answer(criterion="P2", state=State.MET, value=Decimal(1), evidence="自填")
    return ScoreSheet(home="ZP001", edition="example-2026", on=date(2026, 10, 30), answers=(yes,))


def test_a_record_outweighs_the_sheet(session: Session, home: Home) -> None:
    """What the inspector wrote for a measured criterion gives way to the record."""
    edition = load_edition("example-2026")
    filled = fill_measured(session, home, edition, _sheet(), MONTH)
    answers = {answer.criterion: answer for answer in filled.answers}
    measure = {c.id: c.measure for c in edition.criteria.values()}
    assert measure["P2"] is Measure.QUALIFIED_STAFF_SHARE
    assert answers["P2"].value == Decimal("0.666")
    assert "员工名册" in answers["P2"].evidence


def test_each_criterion_is_read_over_its_own_window(session: Session, home: Home) -> None:
    """The same measure over one month and over two: each answer says its window."""
    plain = document()
    one, two = plain["sections"][1]["criteria"][:2]
    two |= {"scorer": "measured", "measure": "contracts_share", "window_months": 2}
    one["measure"] = "contracts_share"
    edition = Edition.model_validate(plain)
    sheet = _sheet().model_copy(update={"edition": edition.id})
    filled = fill_measured(session, home, edition, sheet, MONTH)
    evidence = {answer.criterion: answer.evidence for answer in filled.answers}
    assert evidence["T1"].startswith("2026-10 用工关系 employments：2/2；")
    assert evidence["T2"].startswith("2026-09 至 2026-10 用工关系 employments：4/4；")
    assert evidence["P2"] == "自填"


def test_a_rating_is_kept_once_with_sheet_result_and_hash(session: Session, home: Home) -> None:
    """The same sheet under the same edition is the same rating."""
    edition = load_edition("example-2026")
    first = store_rating(session, home, edition, _sheet())
    again = store_rating(session, home, edition, _sheet())
    assert first.id == again.id
    assert find_rating(session, first.id).sheet["home"] == "ZP001"
    assert len(first.digest) == 64
    assert list(list_ratings(session, home)) == [first]
    assert len(session.scalars(select(RatingRecord)).all()) == 1
