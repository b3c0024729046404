"""How far inspectors agreed in some time, over every home both judged."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.homes import Home
from rukang.inspections.records import DoubleScore
from rukang.rating import Agreement, Edition, Scored, agreement


def agreed(
    session: Session, edition: Edition, first: date, last: date, region: str = ""
) -> Agreement:
    """Return the agreement of inspectors under an edition from one day to another, inclusive."""
    columns = (
        DoubleScore.criterion,
        DoubleScore.first_by,
        DoubleScore.second_by,
        DoubleScore.first,
        DoubleScore.second,
    )
    query = (
        select(*columns, func.count())
        .join(Home, Home.id == DoubleScore.home_id)
        .where(
            DoubleScore.edition == edition.id,
            DoubleScore.scored_on.between(first, last),
            Home.county.startswith(region, autoescape=True),
        )
        .group_by(*columns)
    )
    # A later wording of the edition may have fewer criteria; what it dropped is not told.
    rows = session.execute(query)
    return agreement(edition, (Scored(*row) for row in rows if row[0] in edition.criteria))
