"""What a digest covers, version by version: none of them ever changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import pytest

from payroll import DIGEST_VERSIONS, NEWEST_DIGEST, Arrear, Month, Policy, WorkerMonth, compute
from payroll.columns import Columns
from payroll.payslips.fingerprint import fingerprints
from tests.demo import LOCAL_POLICY
from tests.rukang.base.database.old_house import KEPT

OCTOBER = Month(2026, 10)
POLICY = Policy.load(local=[LOCAL_POLICY])

ARREARS = (
    Arrear(month=date(2026, 9, 1), line="monthly_wage", amount_fen=1234),
    Arrear(month=date(2026, 9, 1), line="pension_employee", amount_fen=99),
    Arrear(month=date(2026, 8, 1), line="injury_employer", amount_fen=7),
)

MADE_THEN = {
    1: "b23068f60e127a3193dc0e68eee42bdc407e066d10aed6f8a54acb456be43da9",
    2: "ba0ac31d1f7e219e77240a94aee8b54904c1dfde4ce4fb587cdaaec0642e7d6e",
    3: "5e1d4970293eb2998c838484fd1d30dd5da45c41a2a056a28488386068ebeb76",
    4: "f33be515205132cbedcd806539b4402e34c13aed65842002db7b8dece09c7544",
}
"""Digests that programs of the day made of the old house's month (commits 9980be3, 1816f4b,
1e510a4, 5a178ff), from 2 on with the arrears above."""


@pytest.mark.parametrize("version", DIGEST_VERSIONS)
def test_a_digest_of_any_version_is_what_the_program_of_its_day_made(version: int) -> None:
    """Columns, lines and figures as they were hashed then; the newest one is pinned as well.

    If the newest fails here, something that a digest covers has changed: declare a new version.
    """
    worker = WorkerMonth.model_validate(KEPT["rows"]["pay_run"][0]["inputs"][0])
    arrears = ARREARS if version > 1 else ()
    month = compute(OCTOBER, [worker.model_copy(update={"arrears": arrears})], POLICY)
    assert month.digest(version) == MADE_THEN[version]


def test_no_two_versions_cover_the_same(quota_worker: Callable[..., WorkerMonth]) -> None:
    """A digest fits one version alone; the newest is what is made now."""
    month = compute(OCTOBER, [quota_worker()], POLICY)
    assert len({month.digest(version) for version in DIGEST_VERSIONS}) == len(DIGEST_VERSIONS)
    assert month.digest() == month.digest(NEWEST_DIGEST)


@pytest.mark.parametrize("version", [1, 2])
def test_what_a_version_lacks_cannot_be_slipped_in(version: int) -> None:
    """A column that came later counts as soon as somebody has something in it."""
    plain = dict(KEPT["rows"]["pay_run"][0]["inputs"][0])
    more = {**plain, "tax_year": {**plain["tax_year"], "paid_through": 9}}
    digests = {
        compute(OCTOBER, [WorkerMonth.model_validate(one)], POLICY).digest(version)
        for one in (plain, more)
    }
    assert len(digests) == 2


def test_every_column_is_covered(quota_worker: Callable[..., WorkerMonth]) -> None:
    """What the tables hold now is in the newest version, name by name.

    A column that comes is one of its table's `LATER`; any other change is a new version in
    `payroll.payslips.fingerprint`: say there what the one before lacks, and pin the new one above
    and here.
    """
    names = [name for name, _ in fingerprints(Columns.of(OCTOBER, [quota_worker()]))]
    named = hashlib.sha256("\n".join(names).encode()).hexdigest()
    assert (NEWEST_DIGEST, len(names), named[:16]) == (4, 78, "f3dc3182ae6943be")
