"""Opening an inspection: on application, when it is due, or because something happened."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from rukang.base.database.context import actor, today
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies import require_not_closed
from rukang.bodies.homes import Home, lock_home
from rukang.engines.rating import Edition
from rukang.stars.inspections.editions import store_edition
from rukang.stars.inspections.life import under_way, write_step
from rukang.stars.inspections.records import Inspection, Part, Reason, ReviewCause, Stage
from rukang.stars.inspections.steps.assignment import start_sheet
from rukang.stars.interests import refuse_barred


def open_inspection(
    session: Session,
    home: Home,
    edition: Edition,
    reason: Reason,
    due_on: date,
    words: str = "",
) -> Inspection:
    """Open an inspection of a home under an edition.

    Parameters
    ----------
    due_on
        The last day for the visit.
    words
        Why; the words of a review are kept where the home never sees them.

    Raises
    ------
    ConflictError
        If an inspection of the home is under way (a review only waits for another review), or the
        home is closed.
    NotAllowedError
        If who opens it is barred from the home.
    InvalidError
        If the edition is not in force, the due day is past, or a review gives no reason.
    """
    refuse_barred(session, home, actor(session), today(session))
    return _open(session, home, edition, reason, due_on, words)


def apply_for(
    session: Session,
    home: Home,
    edition: Edition,
    due_on: date,
    name: str,
    words: str = "",
) -> Inspection:
    """Open an inspection on a home's own application, with a sheet for who applies.

    Raises
    ------
    ConflictError, InvalidError
        As `open_inspection`.
    """
    inspection = _open(session, home, edition, Reason.APPLICATION, due_on, words)
    start_sheet(session, inspection, Part.SELF, actor(session), name)
    return inspection


def _open(
    session: Session,
    home: Home,
    edition: Edition,
    reason: Reason,
    due_on: date,
    words: str,
) -> Inspection:
    lock_home(session, home.id)
    now = today(session)
    require_not_closed(session, home, now)
    _refuse_second(session, home, reason)
    _refuse_unfit(edition, reason, due_on, words, now)
    # What caused a review may be a complainant's words: neither record nor step holds them.
    told = "" if reason.unannounced else words.strip()
    inspection = Inspection(
        home_id=home.id,
        reason=reason,
        words=told,
        stage=Stage.OPENED,
        edition_text_id=store_edition(session, edition).id,
        opened_on=now,
        due_on=due_on,
    )
    session.add(inspection)
    session.flush()
    if reason.unannounced:
        cause = words.strip()
        session.add(ReviewCause(home_id=home.id, inspection_id=inspection.id, words=cause))
    write_step(session, inspection, None, told)
    return inspection


def _refuse_second(session: Session, home: Home, reason: Reason) -> None:
    if found := under_way(session, home.id, unannounced=reason.unannounced):
        raise ConflictError(
            f"{home.name} 的评定 {found.id}（{found.opened_on} 开始）尚未结束，不能再开一次；"
            "请先完成或撤回它。",
            f"Inspection {found.id} of {home.name} is under way since {found.opened_on}; finish"
            " or withdraw it first.",
        )


def _refuse_unfit(edition: Edition, reason: Reason, due_on: date, words: str, now: date) -> None:
    if not edition.in_force(now):
        until = edition.valid_to or "—"
        raise InvalidError(
            f"{edition.id} 在 {now} 不在有效期内（{edition.valid_from} 至 {until}）。",
            f"{edition.id} is not in force on {now} ({edition.valid_from} to {until}).",
        )
    if due_on < now:
        raise InvalidError(
            f"完成期限 {due_on} 早于今天 {now}。",
            f"The visit would be due on {due_on}, before today {now}.",
        )
    if reason is Reason.REVIEW and not words.strip():
        raise InvalidError("请写明复核的起因。", "Say what the review is about.")
