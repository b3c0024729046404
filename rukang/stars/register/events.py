"""Entering what happened to a star; each entry says in public words why."""

from __future__ import annotations

from datetime import date

import pendulum
from sqlalchemy import select
from sqlalchemy.orm import Session

from rukang.base.database import context
from rukang.base.database.context import today
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import Home, lock_home
from rukang.engines.rating import Edition, Rating, State
from rukang.stars.interests import refuse_barred
from rukang.stars.ratings.records import RatingRecord
from rukang.stars.register.order import held_on, in_order
from rukang.stars.register.records import (
    LONGEST_WORDS,
    MOST_STARS,
    EventKind,
    RatingLoss,
    StarEvent,
)


def grant(
    session: Session, home: Home, rating: RatingRecord, edition: Edition, on: date, words: str = ""
) -> StarEvent:
    """Enter the star of a published rating, for as long as its edition lets a star hold.

    A rating that reaches no star is entered too: it ends the star before it. What was entered for
    a later day stands.

    Raises
    ------
    ConflictError
        If the rating gave no result because data were missing, or is entered already.
    """
    if rating.star is None:
        raise ConflictError(
            f"{home.name} 的评定缺少数据，没有结果，不能登记。",
            f"The rating of {home.name} has no result, because data were missing.",
        )
    lock_home(session, home.id)
    if session.scalar(select(StarEvent.id).where(StarEvent.rating_id == rating.id).limit(1)):
        raise ConflictError(
            f"评定 {rating.id} 已登记；如有差错，请更正那条登记。",
            f"Rating {rating.id} is entered already; if it is wrong, correct that entry.",
        )
    periods = edition.periods
    _store_losses(session, rating)
    return _enter(
        session,
        StarEvent(
            home_id=home.id,
            kind=EventKind.GRANTED,
            star=rating.star,
            edition=rating.edition,
            effective_on=on,
            valid_until=last_day(on, periods.validity_months),
            revisit_on=last_day(on, periods.revisit_months),
            rating_id=rating.id,
            words=words,
        ),
    )


def last_day(first: date, months: int) -> date:
    """Return the last day of a term of months that begins on a day: its like, months on.

    The day on which it begins is not counted, and a month that has no such day ends the term with
    its own last one: 24 months from 31 August 2026 end on 31 August 2028, from 29 February 2024 on
    28 February 2026 (docs/decisions/0023).

    References
    ----------
    民法典 (Civil Code), articles 201 and 202.
    """
    found = pendulum.date(first.year, first.month, first.day).add(months=months)
    return date(found.year, found.month, found.day)


def lower(session: Session, home: Home, star: int, on: date, words: str) -> StarEvent:
    """Enter that a home holds a lower star from a day on, until the higher one would have ended.

    What was entered for a later day stands.

    Raises
    ------
    ConflictError
        If the home holds no higher star on that day.
    InvalidError
        If there is no such star, or no reason is given.
    """
    reason = _reason(words)
    _require_star(star)
    lock_home(session, home.id)
    held = _held(session, home, on)
    if held is None or held.star <= star:
        now = held.star if held else 0
        raise ConflictError(
            f"{home.name} 在 {on} 是 {now} 星，不能降为 {star} 星。",
            f"{home.name} holds {now} stars on {on}; it cannot be lowered to {star}.",
        )
    kind = EventKind.LOWERED if star else EventKind.REMOVED
    return _enter(session, _after(held, kind, star, on, reason))


def remove(session: Session, home: Home, on: date, words: str) -> StarEvent:
    """Enter that a home holds no star from a day on.

    Raises
    ------
    ConflictError, InvalidError
        As `lower`.
    """
    return lower(session, home, 0, on, words)


def correct(session: Session, event: StarEvent, star: int, words: str) -> StarEvent:
    """Enter what should have been entered; the mistaken entry stays to be seen.

    Raises
    ------
    ConflictError
        If the entry was corrected already.
    InvalidError
        If there is no such star, it is the one entered, or no reason is given.
    """
    reason = _reason(words)
    _require_star(star)
    lock_home(session, event.home_id)
    if session.scalar(select(StarEvent.id).where(StarEvent.corrects_id == event.id)):
        raise ConflictError(
            f"登记 {event.id} 已更正过；请更正那条更正。",
            f"Entry {event.id} was corrected already; correct that correction.",
        )
    if star == event.star:
        raise InvalidError(
            f"登记 {event.id} 本来就是 {star} 星，无需更正。",
            f"Entry {event.id} says {star} stars already; there is nothing to correct.",
        )
    right = _after(event, EventKind.CORRECTED, star, event.effective_on, reason)
    right.corrects_id = event.id
    return _enter(session, right)


def _store_losses(session: Session, rating: RatingRecord) -> None:
    """Keep what a rating did not earn."""
    session.add_all(
        RatingLoss(
            home_id=rating.home_id,
            rating_id=rating.id,
            edition=rating.edition,
            criterion=item.id,
            title_zh=item.title.zh,
            title_en=item.title.en,
            lost=item.points - item.earned,
            points=item.points,
        )
        for item in Rating.model_validate(rating.result).criteria.values()
        if item.state is not State.NOT_APPLICABLE and not item.in_full
    )


def _after(event: StarEvent, kind: EventKind, star: int, on: date, words: str) -> StarEvent:
    """Return an entry that goes on from another, under its edition and for its time."""
    return StarEvent(
        home_id=event.home_id,
        kind=kind,
        star=star,
        edition=event.edition,
        effective_on=on,
        valid_until=event.valid_until,
        revisit_on=event.revisit_on,
        rating_id=event.rating_id,
        words=words,
    )


def _held(session: Session, home: Home, on: date) -> StarEvent | None:
    query = select(StarEvent).where(StarEvent.home_id == home.id, held_on(on))
    return session.scalar(query)


def _enter(session: Session, event: StarEvent) -> StarEvent:
    """Keep an entry of a home that is held, and say anew which entry takes over from which.

    Raises
    ------
    NotAllowedError
        If who enters it is barred from the home.
    """
    home = session.get_one(Home, event.home_id)
    refuse_barred(session, home, context.actor(session), today(session))
    event.recorded_at = context.now(session)
    session.add(event)
    session.flush()
    entries = in_order(session, event.home_id)
    for one, following in zip(entries, [*entries[1:], None], strict=True):
        replaced_on = following.effective_on if following else None
        if one.replaced_on != replaced_on:
            one.replaced_on = replaced_on
    session.flush()
    return event


def _require_star(star: int) -> None:
    if not 0 <= star <= MOST_STARS:
        raise InvalidError(
            f"星级 {star} 不存在；请填 0（无星级）至 {MOST_STARS}。",
            f"There is no star {star}; give 0 (none) to {MOST_STARS}.",
        )


def _reason(words: str) -> str:
    """Return the public reason, which has to be there and to fit."""
    reason = words.strip()
    if not reason:
        raise InvalidError(
            "请写明原因；它会公布，不要写人名。",
            "Say why; the reason is public, so name no person.",
        )
    if len(reason) > LONGEST_WORDS:
        raise InvalidError(
            f"原因有 {len(reason)} 字，最多 {LONGEST_WORDS} 字。",
            f"The reason has {len(reason)} characters, at most {LONGEST_WORDS} fit.",
        )
    return reason
