"""Measured criteria, read from a home's records over the windows of an edition."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache

from sqlalchemy.orm import Session

from payroll.policy import Policy
from rukang.bodies.homes import Home
from rukang.engines.rating.criteria.edition import Edition
from rukang.engines.rating.criteria.measure import Measure, Measurement
from rukang.stars.measures import READERS, Records, Window


def measured(
    session: Session,
    home: Home,
    last_month: date,
    windows: Mapping[Measure, int] | None = None,
    policy: Policy | None = None,
) -> dict[Measure, Measurement]:
    """Return what the records say up to the end of a month; what has no records is left out.

    Parameters
    ----------
    last_month
        Any day of the last month of every window.
    windows
        How many months each measure reads; one where nothing is said.
    policy
        The rule base; without it arrears, which are computed anew, are left out.
    """
    counts = windows or {}
    found = {
        measure: reader(Records(session, home, Window(last_month, counts.get(measure, 1)), policy))
        for measure, reader in READERS.items()
    }
    return {measure: value for measure, value in found.items() if value is not None}


def measured_criteria(
    session: Session,
    home: Home,
    edition: Edition,
    last_month: date,
    policy: Policy | None = None,
    only: Collection[str] | None = None,
) -> dict[str, Measurement]:
    """Return what the records say of each measured criterion, over its own window.

    Parameters are those of :func:`measured`; ``only`` these criteria are read where it is given.
    """

    @cache
    def read(measure: Measure, months: int) -> Measurement | None:
        return READERS[measure](Records(session, home, Window(last_month, months), policy))

    found = {
        item.id: read(item.measure, item.window_months)
        for item in edition.criteria.values()
        if item.measure is not None and (only is None or item.id in only)
    }
    return {criterion: value for criterion, value in found.items() if value is not None}
