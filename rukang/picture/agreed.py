"""How far inspectors agreed in some time, over every home both judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rukang.errors import NotFoundError
from rukang.homes import Home
from rukang.inspections.records import DoubleScore, EditionText, Inspection
from rukang.rating import Agreement, Edition, Scored, agreement
from rukang.register import within


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
            within(region),
        )
        .group_by(*columns)
    )
    # A later wording of the edition may have fewer criteria; what it dropped is not told.
    rows = session.execute(query)
    return agreement(edition, (Scored(*row) for row in rows if row[0] in edition.criteria))
