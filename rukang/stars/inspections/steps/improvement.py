"""What would raise a home's star, from a rating that is kept."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.errors import InvalidError
from rukang.engines.rating import (
    Deciding,
    Edition,
    Effort,
    Improvement,
    ScoreSheet,
    deciding,
    improve,
)
from rukang.stars.inspections.editions import edition_of
from rukang.stars.inspections.records import Inspection
from rukang.stars.ratings.own import edition_in, find_edition
from rukang.stars.ratings.records import EditionText, RatingRecord


def improvement_of(
    session: Session,
    rating: RatingRecord,
    efforts: Mapping[str, Effort] | None = None,
    within_days: int | None = None,
) -> Improvement:
    """Return the cheapest changes to the next star, under the edition the rating went by.

    Parameters
    ----------
    efforts, within_days
        Costs and lead times the home enters, and the longest it wants to wait.

    Raises
    ------
    InvalidError
        If an effort is entered for a criterion the edition does not have.
    """
    edition = rated_by(session, rating)
    if unknown := sorted(set(efforts or {}) - set(edition.criteria)):
        raise InvalidError(
            f"标准中没有指标 {'、'.join(unknown)}。",
            f"The edition has no criterion {', '.join(unknown)}.",
        )
    return improve(edition, ScoreSheet.model_validate(rating.sheet), efforts, within_days)


def decisive_of(session: Session, rating: RatingRecord) -> tuple[Deciding, ...]:
    """Return the criteria on each of which alone the star of a kept rating hangs."""
    return deciding(rated_by(session, rating), ScoreSheet.model_validate(rating.sheet))


def rated_by(session: Session, rating: RatingRecord) -> Edition:
    """Return the edition of a rating as it was worded then; of old ones, as it is shipped."""
    text = select(EditionText).where(EditionText.digest == rating.edition_digest)
    if rating.edition_digest and (kept := session.scalar(text)):
        return edition_in(kept)
    inspection = session.scalars(
        select(Inspection).where(Inspection.rating_id == rating.id).limit(1)
    ).first()
    return edition_of(inspection) if inspection else find_edition(session, rating.edition)
