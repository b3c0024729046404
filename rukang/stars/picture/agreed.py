"""How far inspectors agreed in some time, over every home both judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from rukang.base.errors import NotFoundError
from rukang.bodies.homes import Home
from rukang.engines.rating import Agreement, Edition, counted
from rukang.engines.rating.inspectors.agreement import Pair
from rukang.stars.inspections.records import DoubleScore, Inspection
from rukang.stars.ratings.records import EditionText
from rukang.stars.register import within


def judged_editions(session: Session) -> Sequence[str]:
    """Return the ids of the editions under which two inspectors judged, the latest first."""
    latest = func.max(DoubleScore.scored_on)
    query = select(DoubleScore.edition).group_by(DoubleScore.edition)
    return session.scalars(query.order_by(latest.desc(), DoubleScore.edition)).all()


def judged_edition(session: Session, edition: str) -> Edition:
    """Return an edition in its latest wording among those two inspectors judged under.

    Raises
    ------
    NotFoundError
        If nobody judged under it.
    """
    query = (
        select(EditionText)
        .join(Inspection, Inspection.edition_text_id == EditionText.id)
        .join(DoubleScore, DoubleScore.inspection_id == Inspection.id)
        .where(EditionText.edition == edition)
        .order_by(EditionText.id.desc())
    )
    kept = session.scalars(query.limit(1)).first()
    if kept is None:
        known = judged_editions(session)
        raise NotFoundError(
            f"没有按标准 {edition!r} 的双人评分，现有：{'、'.join(known) or '（尚无）'}。",
            f"Nothing was judged by two under the edition {edition!r}; there is"
            f" {', '.join(known) or 'none yet'}.",
        )
    return Edition.model_validate(kept.content)


def agreed(
    session: Session, edition: Edition, first: date, last: date, region: str = ""
) -> Agreement:
    """Return the agreement of inspectors under an edition from one day to another, inclusive.

    Counted by the database; of a later wording's missing criteria nothing is told.
    """
    judged = (
        DoubleScore.edition == edition.id,
        DoubleScore.scored_on.between(first, last),
        DoubleScore.criterion.in_(edition.criteria),
        within(region),
    )
    with_points = [name for name, item in edition.criteria.items() if item.points]
    return counted(
        edition,
        _pairs(session, judged),
        _above(session, (*judged, DoubleScore.criterion.in_(with_points))),
    )


Conditions = tuple[ColumnElement[bool], ...]


def _pairs(session: Session, conditions: Conditions) -> dict[str, Counter[Pair]]:
    found: dict[str, Counter[Pair]] = defaultdict(Counter)
    columns = (DoubleScore.criterion, DoubleScore.first, DoubleScore.second)
    for criterion, one, other, times in session.execute(_counted(columns, conditions)):
        found[criterion][one, other] += times
    return found


def _above(session: Session, conditions: Conditions) -> dict[str, Counter[Decimal]]:
    """Return by inspector how many points above the other, each being first or second."""
    found: dict[str, Counter[Decimal]] = defaultdict(Counter)
    given = (DoubleScore.first, DoubleScore.second)
    for name, one, other, times in session.execute(
        _counted((DoubleScore.first_by, *given), conditions)
    ):
        found[name][one - other] += times
    for name, one, other, times in session.execute(
        _counted((DoubleScore.second_by, *given), conditions)
    ):
        found[name][other - one] += times
    return found


def _counted(columns: tuple[Any, ...], conditions: Conditions) -> Select[Any]:
    query = select(*columns, func.count()).join(Home, Home.id == DoubleScore.home_id)
    return query.where(*conditions).group_by(*columns)
