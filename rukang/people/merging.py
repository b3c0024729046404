"""Two files that are one person: asked about, merged, and taken apart again.

Everything that points at the one file leads to the other afterwards. What was moved is recorded
row by row, so that taking the files apart gives back exactly that: what came to the kept file since
stays with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    Row,
    Select,
    String,
    and_,
    inspect,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from rukang.base.database import context
from rukang.base.database.about import tables, through
from rukang.base.database.base import Base, Seen
from rukang.base.database.locking import lock_all
from rukang.base.database.types import UtcDateTime
from rukang.base.errors import ConflictError, InvalidError
from rukang.base.papers.cells import display_width
from rukang.people.records import GONE, Death, Person, people_seen
from rukang.people.service import SHORTEST_REASON

Moved = dict[str, dict[str, list[int]]]
"""By table and column, the ids of the rows whose column led to the merged file."""

OF_FILES = ("person_merge", "two_people")
"""Tables that tell of the files themselves, which is not moved."""


class PersonMerge(Base):
    """That two files are one person: the one kept, the one merged into it, and what was moved."""

    __tablename__ = "person_merge"
    whom = through("kept_id")
    __table_args__ = (
        Index(
            "uq_person_merge_merged_id",
            "merged_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(500))
    moved: Mapped[Moved] = mapped_column(JSON)
    merged_by: Mapped[str] = mapped_column(String(320))
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_reason: Mapped[str | None] = mapped_column(String(500))
    undone_by: Mapped[str | None] = mapped_column(String(320))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kept: Mapped[Person] = relationship(foreign_keys="PersonMerge.kept_id")
    merged: Mapped[Person] = relationship(foreign_keys="PersonMerge.merged_id")

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which a merge is seen: with the person it led to."""
        return cls.kept_id.in_(people_seen(seen))


class TwoPeople(Base):
    """That two files of one name and birth are two people, so that nobody asks again."""

    __tablename__ = "two_people"
    whom = through("first_id")
    __table_args__ = (Index("uq_two_people", "first_id", "second_id", unique=True),)

    first_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    said_by: Mapped[str] = mapped_column(String(320))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @classmethod
    def seen_within(cls, seen: Seen) -> ColumnElement[bool]:
        """Return the condition under which it is seen: with both people."""
        people = people_seen(seen)
        return and_(cls.first_id.in_(people), cls.second_id.in_(people))


@dataclass(frozen=True)
class Pair:
    """Two files of one name and birth, the older one first."""

    one: Person
    other: Person


@dataclass(frozen=True)
class Obstacle:
    """Why two files cannot be merged as they stand, in words."""

    zh: str
    en: str


def duplicates_query() -> Select[tuple[Person, int]]:
    """Return the query of files and the numbers of others that have the same name and birth.

    Of both the session may see, and nobody has said yet whether they are one person.
    """
    # Of the table, since a session narrows a class, and not what else it is called in a statement.
    other = Person.__table__.alias("other")
    merges, apart = PersonMerge.__table__.c, TwoPeople.__table__.c
    gone = select(merges.merged_id).where(merges.undone_at.is_(None))
    asked = select(apart.id).where(apart.first_id == Person.id, apart.second_id == other.c.id)
    seen = select(Person.id).correlate(None)
    same = and_(other.c.name == Person.name, other.c.born_on == Person.born_on)
    return (
        select(Person, other.c.id)
        .join(other, and_(same, Person.id < other.c.id))
        .where(other.c.id.in_(seen), Person.id.not_in(gone), other.c.id.not_in(gone))
        .where(~asked.exists(), Person.name != GONE)
        .order_by(Person.name, Person.id, other.c.id)
    )


def pairs(session: Session, found: Iterable[Row[tuple[Person, int]]]) -> list[Pair]:
    """Return found duplicates with both files, however many in one statement."""
    rows = [tuple(row) for row in found]
    query = select(Person).where(Person.id.in_([other for _, other in rows]))
    others = {person.id: person for person in session.scalars(query)}
    return [Pair(person, others[other]) for person, other in rows]


def leads_to(session: Session, person_id: int) -> int:
    """Return the file that a file leads to today: itself, unless it was merged into another."""
    columns = PersonMerge.__table__.c
    while True:
        query = select(columns.kept_id).where(
            columns.merged_id == person_id, columns.undone_at.is_(None)
        )
        # Of the connection: a merge is found whoever may see the file.
        found = session.connection().scalar(query)
        if found is None:
            return person_id
        person_id = found


def files_of(session: Session, person_id: int) -> list[int]:
    """Return the file of a person and those merged into it, the file itself first."""
    columns = PersonMerge.__table__.c
    found = [person_id]
    for number in found:
        query = select(columns.merged_id).where(
            columns.kept_id == number, columns.undone_at.is_(None)
        )
        found += session.connection().scalars(query.order_by(columns.id))
    return found


def obstacles(session: Session, kept: Person, merged: Person) -> list[Obstacle]:
    """Return why two files cannot be merged as they stand; nothing if they can."""
    return [Obstacle(*words) for words in _obstacles(session, kept, merged)]


def merge(session: Session, kept: Person, merged: Person, reason: str) -> PersonMerge:
    """Let everything that points at the one file lead to the other; return the record of it.

    The session has to see every home. Locked wage runs hold no person and stay as they are.

    Raises
    ------
    ConflictError
        If the files cannot be one person as they stand, with every reason.
    InvalidError
        If no reason is given.
    """
    _require_reason(reason)
    lock_all(session, PersonMerge)
    if found := obstacles(session, kept, merged):
        raise ConflictError(
            "两份档案现在不能合并：" + "；".join(one.zh for one in found) + "。",
            "The two files cannot be merged: " + "; ".join(one.en for one in found) + ".",
        )
    for said in _said_apart(session, kept, merged):
        session.delete(said)
    record = PersonMerge(
        kept_id=kept.id,
        merged_id=merged.id,
        reason=reason,
        moved=_moved(session, merged.id, kept.id),
        merged_by=context.actor(session),
        merged_at=context.now(session),
    )
    session.add(record)
    _read_anew(session, record)
    return record


def unmerge(session: Session, record: PersonMerge, reason: str) -> None:
    """Take two files apart: what the merge moved leads to the merged file again, nothing else.

    Rows deleted since, or moved by somebody since, stay as they are. The two files are on record
    as two people afterwards.

    Raises
    ------
    ConflictError
        If they were taken apart before.
    InvalidError
        If no reason is given.
    """
    _require_reason(reason)
    lock_all(session, PersonMerge)
    if record.undone_at is not None:
        raise ConflictError(
            "这次合并已经撤销。", "This merge was undone before; the files are two."
        )
    holder = leads_to(session, record.kept_id)
    classes = tables()
    for table, columns in record.moved.items():
        for column, ids in columns.items():
            _lead(session, _rows(session, classes[table], column, holder, ids), column, record)
    record.undone_reason, record.undone_by = reason, context.actor(session)
    record.undone_at = context.now(session)
    _read_anew(session, record)
    say_two_people(session, record.kept, record.merged, reason)


def say_two_people(session: Session, one: Person, other: Person, reason: str) -> TwoPeople:
    """Record that two files of one name and birth are two people; nobody asks about them again.

    Raises
    ------
    InvalidError
        If no reason is given, or it is one file.
    """
    _require_reason(reason)
    if one.id == other.id:
        raise InvalidError("两个编号是同一份档案。", "Both numbers are one file.")
    found = _said_apart(session, one, other)
    if found:
        return found[0]
    first, second = sorted((one.id, other.id))
    said = TwoPeople(
        first_id=first,
        second_id=second,
        reason=reason,
        said_by=context.actor(session),
        said_at=context.now(session),
    )
    session.add(said)
    session.flush()
    return said


def merges_of(session: Session, person: Person) -> list[PersonMerge]:
    """Return the merges that a file took part in, undone ones too, oldest first."""
    taken = or_(PersonMerge.kept_id == person.id, PersonMerge.merged_id == person.id)
    return list(session.scalars(select(PersonMerge).where(taken).order_by(PersonMerge.id)))


def pointing_at(session: Session, person_id: int) -> Moved:
    """Return the rows of every table that point at a file, by table and column."""
    found: Moved = {}
    for kind, column in _pointers(session):
        columns = kind.__table__.c
        ids = session.connection().scalars(
            select(columns.id).where(columns[column] == person_id).order_by(columns.id)
        )
        if rows := list(ids):
            found.setdefault(kind.__tablename__, {})[column] = rows
    return found


def _pointers(session: Session) -> Iterator[tuple[type[Base], str]]:
    """Yield every class of records and column that refers to a person.

    Raises
    ------
    RuntimeError
        If the database has one that no room loaded here knows: its rows would be left behind.
    """
    classes = tables()
    keys = inspect(session.connection()).get_multi_foreign_keys()
    for (_, table), foreign in sorted(keys.items(), key=lambda item: item[0][1]):
        for key in foreign:
            if key["referred_table"] != Person.__tablename__ or table in OF_FILES:
                continue
            if table not in classes:
                raise RuntimeError(f"Table {table} refers to persons and is not loaded here.")
            yield classes[table], key["constrained_columns"][0]


def _moved(session: Session, merged_id: int, kept_id: int) -> Moved:
    session.flush()
    moved = pointing_at(session, merged_id)
    classes = tables()
    for table, columns in moved.items():
        for column, ids in columns.items():
            for row in _rows(session, classes[table], column, merged_id, ids):
                setattr(row, column, kept_id)
    return moved


def _rows(
    session: Session, kind: type[Base], column: str, holder: int, ids: list[int]
) -> list[Any]:
    """Return those of some rows that point at a file."""
    found: list[Any] = []
    for start in range(0, len(ids), AT_ONCE):
        some: Any = kind
        query = select(some).where(some.id.in_(ids[start : start + AT_ONCE]))
        found += session.scalars(query.where(getattr(some, column) == holder)).unique()
    return found


AT_ONCE = 500
"""Rows of one statement."""


def _read_anew(session: Session, record: PersonMerge) -> None:
    """Let whatever was read before the merge be read again, the files at once."""
    session.flush()
    session.expire_all()
    for one in (record, record.kept, record.merged):
        session.refresh(one)


def _lead(session: Session, rows: list[Any], column: str, record: PersonMerge) -> None:
    for row in rows:
        setattr(row, column, record.merged_id)
    session.flush()


def _obstacles(session: Session, kept: Person, merged: Person) -> Iterator[tuple[str, str]]:
    if kept.id == merged.id:
        yield "两个编号是同一份档案", "both numbers are one file"
        return
    for person in (kept, merged):
        if leads_to(session, person.id) != person.id:
            yield (
                f"档案 {person.id} 已并入另一份档案",
                f"file {person.id} was merged into another before",
            )
        if person.name == GONE:
            yield f"档案 {person.id} 已删除", f"file {person.id} is erased"
    if kept.citizen_id is not None and merged.citizen_id is not None:
        both = f"{kept.citizen_id}, {merged.citizen_id}"
        yield (
            f"两份档案各有一个居民身份证号（{both}），如有一个录错请先注销",
            f"each holds a citizen ID ({both}); if one is wrong, withdraw it first",
        )
    dead = session.scalars(select(Death).where(Death.person_id.in_((kept.id, merged.id)))).all()
    if len(dead) > 1:
        yield "两份档案各有一项去世登记，请先撤销一项", "each has a death; take one back first"


def _said_apart(session: Session, one: Person, other: Person) -> list[TwoPeople]:
    first, second = sorted((one.id, other.id))
    pair = TwoPeople.first_id == first, TwoPeople.second_id == second
    return list(session.scalars(select(TwoPeople).where(*pair)))


def _require_reason(reason: str) -> None:
    if display_width(reason.strip()) < SHORTEST_REASON or len(reason) > LONGEST_REASON:
        raise InvalidError(
            f"请写明事由（至多 {LONGEST_REASON} 字），如“家属确认是同一人”。",
            f"State the reason, {SHORTEST_REASON} letters at least, {LONGEST_REASON} at most.",
        )


LONGEST_REASON = 500
"""Characters of a reason that its record holds."""
