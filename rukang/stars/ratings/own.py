"""Editions of an installation's own: a folder of documents, and those put in force.

The folder (`Settings.editions`) holds YAML documents that somebody wrote or sent in. Nobody is
rated by a document in the folder. Whoever decides on stars puts one in force: its wording is kept
in the database and stands there whatever becomes of the file. Names are those that documents bear
inside; a file that is sent in is named by its content's digest, so that nothing a caller names
becomes a path (docs/decisions/0012).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from rostering.sheets.masking import shown
from rukang.base.access.caller import Caller, caller_in, leading
from rukang.base.access.roles import Permission
from rukang.base.database import context
from rukang.base.database.locking import lock_all
from rukang.base.definitions import Fault
from rukang.base.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from rukang.engines.rating.criteria.edition import Edition
from rukang.engines.rating.files.read import (
    EditionError,
    editions,
    examine,
    load_edition,
    outlines,
    ports,
    unknown_edition,
    unknown_words,
)
from rukang.stars.ratings.records import EditionText, OwnEdition

DIGITS = 24
"""Of the digest by which a file that is sent in is named."""

NATION = "CN"


@dataclass(frozen=True)
class InFolder:
    """A document in the folder.

    Parameters
    ----------
    file
        Its name there.
    edition
        What it says; none where its form is wrong.
    faults
        Everything that has to be mended before it can be put in force.
    """

    file: str
    edition: Edition | None
    faults: tuple[Fault, ...]


def in_folder(folder: Path) -> list[InFolder]:
    """Return the documents of the folder, by file name; none where there is no folder yet."""
    if not folder.is_dir():
        return []
    return [_read(path) for path in sorted(folder.glob("*.yaml")) if path.is_file()]


def add_edition(session: Session, folder: Path, text: str) -> Edition:
    """Put a document into the folder; one of the same id that is not in force makes way.

    Raises
    ------
    EditionError
        With every fault of the document; nothing is put into the folder then.
    ConflictError
        If the id is that of an edition that is shipped here or was put in force.
    """
    edition, faults = examine(text)
    if edition is None or faults:
        raise EditionError.of("评定标准 / edition", faults)
    _refuse_taken(session, edition.id)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}.yaml"
    older = [d.file for d in in_folder(folder) if d.edition and d.edition.id == edition.id]
    unfinished = folder / f"{name}.part"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(folder / name)
    for file in older:
        if file != name:
            (folder / file).unlink(missing_ok=True)
    return edition


def put_in_force(session: Session, folder: Path, name: str) -> OwnEdition:
    """Put a document of the folder in force, as it is worded now.

    From then on the homes of its place are rated under it while it is valid; where others are in
    force besides, the officer who opens an inspection chooses.

    Raises
    ------
    NotFoundError
        If the folder has no such document.
    EditionError
        If it has faults.
    NotAllowedError
        If its place is not one whose stars the caller decides on.
    ConflictError
        If it is in force already, or was, or two documents bear its id.
    """
    edition = _only(in_folder(folder), name)
    lock_all(session, OwnEdition)
    _refuse_taken(session, name)
    _refuse_elsewhere(caller_in(session), edition)
    own = _decided(session, edition)
    session.flush()
    return own


def retire(session: Session, name: str, last_on: date, why: str) -> OwnEdition:
    """Let no home be rated under an edition after a day; what was begun before goes on.

    One that is shipped here can be retired like an own one, so that an example does not stand in
    the way of what was put in force.

    Raises
    ------
    NotFoundError
        If no such edition is shipped or was put in force here.
    NotAllowedError
        If its place is not one whose stars the caller decides on.
    ConflictError
        If it was retired already.
    InvalidError
        If no reason is given.
    """
    lock_all(session, OwnEdition)
    edition = edition_named(session, name)
    _refuse_elsewhere(caller_in(session), edition)
    kept = {own.edition: own for own in own_editions(session)}
    own = kept.get(name) or _decided(session, edition)
    if own.last_on is not None:
        raise ConflictError(
            f"{name} 已停用，最后一天是 {own.last_on}。",
            f"{name} was retired already; its last day is {own.last_on}.",
        )
    if not why.strip():
        raise InvalidError("请写明停用的原因。", "Say why it is retired.")
    own.last_on, own.retired_why = last_on, why.strip()
    own.retired_at, own.retired_by = context.now(session), context.actor(session)
    session.flush()
    return own


def decides_on(caller: Caller, edition: Edition) -> bool:
    """Say whether an edition is meant for nothing but places whose stars a caller decides on."""
    scope = caller.scope(Permission.RATING_DECIDE)
    within = edition.place not in (None, NATION) and any(
        str(edition.place).startswith(leading(region)) for region in scope.regions
    )
    return scope.everything or within


def own_editions(session: Session) -> Sequence[OwnEdition]:
    """Return the editions that were ever put in force here, by id."""
    return session.scalars(select(OwnEdition).order_by(OwnEdition.edition)).all()


def edition_named(session: Session, name: str) -> Edition:
    """Return an edition that is shipped or was ever put in force here.

    Raises
    ------
    NotFoundError
        If there is none of that id.
    """
    known = sorted({*editions(), *(own.edition for own in own_editions(session))})
    if name not in known:
        raise NotFoundError(*unknown_words(name, known))
    return find_edition(session, name)


def own_on(session: Session, on: date) -> tuple[list[Edition], set[str]]:
    """Return the editions decided here under which homes may be rated on a day.

    With them the ids of all that were decided on, those retired among them.
    """
    kept = own_editions(session)
    going = [own for own in kept if own.last_on is None or on <= own.last_on]
    return [edition_in(own.text) for own in going], {own.edition for own in kept}


def edition_ids(session: Session, on: date) -> list[str]:
    """Return the ids of the editions a sheet may name on a day: those shipped and the own ones."""
    own, decided = own_on(session, on)
    return sorted({*editions()} - decided | {edition.id for edition in own})


def find_edition(session: Session, name: str) -> Edition:
    """Return an edition that is shipped or was ever put in force here, to read what it says.

    Raises
    ------
    EditionError
        If there is neither.
    """
    own = {one.edition: one for one in own_editions(session)}
    if name in own:
        return edition_in(own[name].text)
    if name not in (*editions(), *outlines()):
        raise unknown_edition(name, sorted({*editions(), *own}))
    return load_edition(name)


def edition_in(text: EditionText) -> Edition:
    """Return the edition of a wording that is kept."""
    return Edition.model_validate(text.content)


def store_edition(session: Session, edition: Edition) -> EditionText:
    """Return an edition's wording as stored: once, however many inspections go by it."""
    content = edition.model_dump(mode="json")
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    query = select(EditionText).where(EditionText.digest == digest)
    if (kept := session.scalar(query)) is not None:
        return kept
    lock_all(session, EditionText)
    if (kept := session.scalar(query)) is None:
        kept = EditionText(edition=edition.id, digest=digest, content=content)
        session.add(kept)
        session.flush()
    return kept


def _only(documents: Sequence[InFolder], name: str) -> Edition:
    """Return the edition of an id from the folder, which has to have it once and without faults."""
    found = [(one, one.edition) for one in documents if one.edition and one.edition.id == name]
    if not found:
        known = sorted({one.edition.id for one in documents if one.edition})
        raise NotFoundError(*unknown_words(name, known))
    if len(found) > 1:
        files = "、".join(one.file for one, _ in found)
        raise ConflictError(
            f"文件夹中有 {len(found)} 份文件的编号都是 {name}（{files}），请只留一份。",
            f"{len(found)} files of the folder have the id {name} ({files}); leave one.",
        )
    ((document, edition),) = found
    if document.faults:
        raise EditionError.of(name, document.faults)
    return edition


def _decided(session: Session, edition: Edition) -> OwnEdition:
    own = OwnEdition(
        edition=edition.id,
        text=store_edition(session, edition),
        put_in_force_at=context.now(session),
        put_in_force_by=context.actor(session),
    )
    session.add(own)
    return own


def _read(path: Path) -> InFolder:
    try:
        edition, faults = examine(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = type(error).__name__
        zh, en = f"打不开（{why}）；须为 UTF-8 文本", f"cannot be read ({why}); UTF-8 is expected"
        return InFolder(path.name, None, (Fault(zh=zh, en=en),))
    return InFolder(path.name, edition, tuple(faults))


def _refuse_taken(session: Session, name: str) -> None:
    """Refuse an id that stands for something else already: a published edition never changes."""
    if name in (*editions(), *ports(), *outlines()):
        raise ConflictError(
            f"{shown(name)} 是本软件自带标准的编号，请换一个。",
            f"{shown(name)} is the id of an edition shipped here; take another.",
        )
    if any(own.edition == name for own in own_editions(session)):
        raise ConflictError(
            f"{shown(name)} 已经施行过，文字不能再改；修改后请用新的编号。",
            f"{shown(name)} was put in force already and never changes; give the new text a new"
            " id.",
        )


def _refuse_elsewhere(caller: Caller, edition: Edition) -> None:
    """Refuse an edition meant for more than the places whose stars somebody decides on."""
    if not decides_on(caller, edition):
        place = edition.place or NATION
        raise NotAllowedError(
            f"{edition.id} 适用于 {place}，超出您决定星级的范围；请由该地残联办理，或把 place "
            "改为您的区划代码。",
            f"{edition.id} is meant for {place}, which is beyond where you decide on stars; ask the"
            " federation there, or name your own division as its place.",
        )
