"""Under which edition a home is rated, and its wording when an inspection was opened under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import object_session

from rostering.sheets.masking import shown
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import Home
from rukang.engines.rating import Edition, editions, load_edition
from rukang.stars.inspections.records import Inspection
from rukang.stars.ratings.own import edition_in, own_on, store_edition

__all__ = [
    "chosen",
    "edition_for",
    "edition_in_force",
    "edition_of",
    "editions_for",
    "store_edition",
]


def editions_for(home: Home, on: date) -> list[Edition]:
    """Return the editions that are meant for homes of a home's place on a day.

    Those shipped here, and the installation's own that are in force where the home is recorded.
    """
    session = object_session(home)
    own, decided = ([], set[str]()) if session is None else own_on(session, on)
    shelf = (*(load_edition(name) for name in editions() if name not in decided), *own)
    return [edition for edition in shelf if edition.serves(home.county, on)]


def edition_for(home: Home, on: date, asked: str | None = None) -> Edition:
    """Return the edition a home is rated under on a day: its place and the day decide.

    Parameters
    ----------
    asked
        The id somebody named, looked up among those meant for the home; may be left out where
        there is but one.

    Raises
    ------
    InvalidError
        If there is none, if another than those was asked for, or if one of several has to be named.
    """
    return chosen(editions_for(home, on), home, on, asked)


def edition_in_force(home: Home, on: date, asked: str | None = None) -> Edition:
    """Return the edition a home is rated under on a day, for the home itself, which never chooses.

    Raises
    ------
    ConflictError
        If several are in force: an officer opens the inspection and decides under which.
    InvalidError
        As `edition_for`.
    """
    meant = editions_for(home, on)
    if len(meant) > 1:
        known = "、".join(one.id for one in meant)
        raise ConflictError(
            f"{home.name} 在 {on} 同时适用 {known}，由残联发起评定并决定按哪一个；请与残联联系。",
            f"Several editions are in force for {home.name} on {on} ({known}); ask the federation"
            " to open the inspection, which decides under which.",
        )
    return chosen(meant, home, on, asked)


def chosen(meant: Sequence[Edition], home: Home, on: date, asked: str | None) -> Edition:
    """Return the one edition of those meant for a home on a day that was asked for, if any was."""
    known = {edition.id: edition for edition in meant}
    if not known:
        raise InvalidError(
            f"{on} 没有适用于 {home.name}（{home.county}）的评定标准。",
            f"No edition is in force on {on} for {home.name} ({home.county}).",
        )
    if asked is None and len(known) == 1:
        return next(iter(known.values()))
    if asked in known:
        return known[asked]
    zh = "请指明其中一个" if asked is None else f"不能按 {shown(asked)} 评定"
    en = "name one of them" if asked is None else f"it cannot be rated by {shown(asked)}"
    raise InvalidError(
        f"{home.name} 在 {on} 适用的评定标准是 {'、'.join(known)}；{zh}。",
        f"On {on} {home.name} is rated under {', '.join(known)}; {en}.",
    )


def edition_of(inspection: Inspection) -> Edition:
    """Return the edition an inspection goes by, worded as it was when it was opened."""
    return edition_in(inspection.edition_text)
