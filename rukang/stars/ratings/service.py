"""Keeping ratings: sheet, result and content hash, as they were given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer

from payroll.policy import Policy
from rukang.base.database import context
from rukang.base.database.context import today
from rukang.base.database.find import find
from rukang.bodies.homes import Home
from rukang.engines.rating.criteria.edition import Edition
from rukang.engines.rating.sheets.sheet import Answer, ScoreSheet, State
from rukang.engines.rating.stars.score import rate
from rukang.stars.interests import refuse_barred
from rukang.stars.measured import measured_criteria
from rukang.stars.ratings.own import store_edition
from rukang.stars.ratings.records import RatingRecord


def fill_measured(
    session: Session,
    home: Home,
    edition: Edition,
    sheet: ScoreSheet,
    month: date,
    policy: Policy | None = None,
) -> ScoreSheet:
    """Return the sheet with the criteria that records can answer answered from the records.

    Each is read over its own window, which ends with ``month``. A record outweighs what the sheet
    says, unless that expressly contradicts the records; its evidence names where and over which
    months it was read. Without a policy arrears, which are computed anew, stay as the sheet has
    them.
    """
    found = measured_criteria(session, home, edition, month, policy)
    contradicted = {answer.criterion for answer in sheet.answers if answer.contradicts}
    return sheet.with_answers(
        Answer(criterion=criterion, state=State.MET, value=of.value, evidence=of.evidence)
        for criterion, of in found.items()
        if criterion not in contradicted
    )


def store_rating(session: Session, home: Home, edition: Edition, sheet: ScoreSheet) -> RatingRecord:
    """Rate a sheet and store it; the same sheet under the same edition is stored once.

    Raises
    ------
    SheetError
        If the sheet holds answers the edition does not allow.
    NotAllowedError
        If who files it is barred from the home.
    """
    refuse_barred(session, home, context.actor(session), today(session))
    result = rate(edition, sheet)
    digest = result.digest()
    query = select(RatingRecord).where(
        RatingRecord.home_id == home.id, RatingRecord.digest == digest
    )
    kept = session.scalar(query)
    if kept is None:
        kept = RatingRecord(
            home_id=home.id,
            edition=edition.id,
            rated_on=sheet.on,
            recorded_at=context.now(session),
            star=result.star,
            sheet=sheet.model_dump(mode="json"),
            result=result.model_dump(mode="json"),
            digest=digest,
            edition_digest=store_edition(session, edition).digest,
        )
        session.add(kept)
        session.flush()
    return kept


def ratings_query(home: Home) -> Select[tuple[RatingRecord]]:
    """Return the query of a home's ratings, newest first, without sheets and results."""
    query = select(RatingRecord).where(RatingRecord.home_id == home.id)
    heavy = (defer(RatingRecord.sheet), defer(RatingRecord.result))
    return query.order_by(RatingRecord.rated_on.desc(), RatingRecord.id.desc()).options(*heavy)


def list_ratings(session: Session, home: Home) -> Sequence[RatingRecord]:
    """Return a home's ratings, newest first."""
    return session.scalars(ratings_query(home)).all()


def find_rating(session: Session, rating_id: int) -> RatingRecord:
    """Return a rating.

    Raises
    ------
    NotFoundError
        If there is none that the session may see.
    """
    return find(session, RatingRecord, rating_id, "评定记录", "rating")
