"""The yearly certificate: the locked runs and the totals before them, a page for each worker."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payroll import Policy
from rukang import pay
from rukang.base.access import Database
from rukang.base.calendar import Calendar
from rukang.base.clock import days_of_month
from rukang.base.database.context import as_actor
from rukang.base.errors import NotFoundError
from rukang.bodies.homes import Home
from tests.conftest import NOW
from tests.demo import LOCAL_POLICY
from tests.factories import (
    OCTOBER,
    a_home,
    a_resident,
    a_tax_year,
    an_agreement,
    an_employer,
    an_employment,
    some_marks,
)
from tests.wages import lock

NOVEMBER = date(2026, 11, 1)
POLICY = Policy.load([LOCAL_POLICY])


@pytest.fixture
def home_id(empty_database: Database) -> int:
    """R01 with tax to pay in October and November, R02 under an agreement."""
    with empty_database.session() as session:
        home, employer = a_home(session), an_employer(session)
        resident = a_resident(session, home)
        work = an_employment(session, resident, employer, monthly_wage_fen=1_200_000)
        a_tax_year(session, work, income_fen=10_800_000, tax_fen=162_448)
        days = [*days_of_month(OCTOBER), *days_of_month(NOVEMBER)]
        some_marks(session, resident, [day for day in days if Calendar().kind_of(day).works])
        an_agreement(session, a_resident(session, home, "R02"), employer)
        return home.id


def _pay(database: Database, home_id: int, month: date, *, locked: bool = True) -> None:
    with database.session() as session:
        run_id = pay.request_run(
            as_actor(session, "专员"), session.get_one(Home, home_id), month
        ).id
    pay.calculate_run(database, run_id, POLICY)
    if locked:
        lock(database, run_id)


def test_the_year_is_the_totals_on_file_and_the_locked_months(
    empty_database: Database, home_id: int, tmp_path: Path
) -> None:
    """Through October; November is not locked; an agreement is not taxed as wages."""
    _pay(empty_database, home_id, OCTOBER)
    _pay(empty_database, home_id, NOVEMBER, locked=False)
    with empty_database.session() as session:
        (one,) = pay.certificates(session, session.get_one(Home, home_id), 2026, POLICY)
        written = pay.write_certificates([one], tmp_path / "out.pdf", NOW)
        october = one.slips[0]
        assert [slip.run.month for slip in one.slips] == [OCTOBER]
        assert (str(one.whole.through), one.whole.months_employed) == ("2026-10", 10)
        assert one.whole.income_fen == 10_800_000 + 1_200_000
        assert one.whole.insurance_fen == 417_519 + october.employee_shares_fen
        assert one.whole.withheld_fen == 162_448 + october.tax_fen
        assert one.whole.withheld_too_much_fen == 0
        assert not one.whole.relief_known
    assert written.read_bytes().startswith(b"%PDF")


def test_a_year_without_locked_wages_has_no_certificate(
    empty_database: Database, home_id: int
) -> None:
    """Said with home and year."""
    with empty_database.session() as session:
        home = session.get_one(Home, home_id)
        with pytest.raises(NotFoundError, match="2026 年没有已锁定的工资"):
            pay.certificates(session, home, 2026, POLICY)
