"""What the wage rules are given when somebody has more than one employment in a month."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from payroll import Policy
from rukang.access import Database
from rukang.calendar import kind_of
from rukang.clock import days_of_month
from rukang.employment import Employment
from rukang.errors import InvalidError
from rukang.homes import Home
from rukang.pay.workers import workers_of
from rukang.people import Resident
from tests.factories import (
    OCTOBER,
    a_home,
    a_resident,
    a_tax_year,
    an_agreement,
    an_employer,
    an_employment,
    some_marks,
    some_pieces,
)

LAST, NEXT = date(2026, 10, 14), date(2026, 10, 15)


def _leaver(session: Session) -> tuple[Home, Resident, Employment]:
    """Return somebody whose contract ended in mid-October, with pieces made in that month."""
    home = a_home(session)
    resident = a_resident(session, home)
    contract = an_employment(session, resident, an_employer(session), ended_on=LAST)
    a_tax_year(session, contract)
    some_marks(session, resident, [day for day in days_of_month(OCTOBER) if kind_of(day).works])
    some_pieces(session, resident, OCTOBER, "纸盒折叠", 100, "0.35")
    return home, resident, contract


def test_pieces_of_an_only_employment_are_its_own(empty_database: Database) -> None:
    """A contract may have pieces beside the wage."""
    with empty_database.session() as session:
        home, _, _ = _leaver(session)
        ((_, worker),) = workers_of(session, home, OCTOBER, Policy.load())
        assert [piece.item for piece in worker.pieces] == ["纸盒折叠"]


def test_pieces_beside_a_contract_are_the_agreements(empty_database: Database) -> None:
    """Who goes from a contract to assisted employment is paid for the pieces once."""
    with empty_database.session() as session:
        home, resident, contract = _leaver(session)
        agreement = an_agreement(session, resident, an_employer(session, "示例工坊"))
        pairs = workers_of(session, home, OCTOBER, Policy.load())
        pieces = {work.id: len(worker.pieces) for work, worker in pairs}
        assert pieces == {contract.id: 0, agreement.id: 1}


def test_pieces_of_two_contracts_are_not_paid_twice(empty_database: Database) -> None:
    """Nobody knows for whom they were made, so the run says so instead of guessing."""
    with empty_database.session() as session:
        home, resident, _ = _leaver(session)
        an_employment(session, resident, an_employer(session, "示例另一家"), started_on=NEXT)
        with pytest.raises(InvalidError, match=r"R01 .*无法判断计件属于哪家单位"):
            workers_of(session, home, OCTOBER, Policy.load())
