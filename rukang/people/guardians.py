"""Guardians of a person: on which basis, since when, and how to reach them.

References
----------
民法典 art. 17 (majority), 27 to 33 (who is guardian), 1189 (duties entrusted to somebody else).
Articles 29, 30 and 32 are cited from memory, the others from the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from rukang.base.database.about import through
from rukang.base.database.base import Base
from rukang.base.database.types import one_of
from rukang.base.errors import InvalidError
from rukang.base.words import Worded
from rukang.forms import Derived, Field, column
from rukang.people.ages import ADULT, birthday
from rukang.people.records import OfPerson, Person


class Basis(Worded):
    """By what somebody is guardian; the words name the article of 民法典."""

    MINOR = "法定监护（未成年人）", "By law (of a minor)"
    ADULT = "法定监护（成年人）", "By law (of an adult)"
    WILL = "遗嘱指定", "Named in a will"
    AGREED = "协议监护", "By agreement of those entitled"
    APPOINTED = "指定监护", "Appointed"
    PUBLIC = "民政或居村委会监护", "Civil affairs or neighbourhood committee"
    CHOSEN = "意定监护", "Chosen beforehand in writing"
    ENTRUSTED = "委托监护", "Entrusted"
    UNKNOWN = "未写明", "Not stated"


ARTICLES: dict[Basis, int | None] = {
    Basis.MINOR: 27,
    Basis.ADULT: 28,
    Basis.WILL: 29,
    Basis.AGREED: 30,
    Basis.APPOINTED: 31,
    Basis.PUBLIC: 32,
    Basis.CHOSEN: 33,
    Basis.ENTRUSTED: 1189,
    Basis.UNKNOWN: None,
}
"""The article of 民法典 that a basis rests on; none of somebody to call, whose basis is unknown."""

OF_ADULTS = {Basis.ADULT, Basis.CHOSEN}
"""Only adults are under guardianship by these."""


class Guardian(OfPerson, Base):
    """Somebody to call about a person, and if the basis is stated, their guardian.

    ``guardian_id`` is the guardian's own file, where there is one; ``valid_from`` and ``valid_to``
    are inclusive, None if not known or open.
    """

    __tablename__ = "guardian"
    whom = through("person_id", before=("resident_id", "resident"))

    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    ward = Derived(
        Field("人员编号", "code of the resident", "入园人员的编号"), str, lambda of: of.person_id
    )
    name: Mapped[str] = column(Field("姓名", "name"), String(60))
    relation: Mapped[str] = column(Field("关系", "relation", "如母亲、社区监护人"), String(20))
    phone: Mapped[str] = column(
        Field("电话", "telephone", "数字和连字符", pattern=r"^[0-9][0-9-]{5,18}$"), String(20)
    )
    basis: Mapped[Basis] = mapped_column(one_of(Basis), default=Basis.UNKNOWN)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    person: Mapped[Person] = relationship(foreign_keys="Guardian.person_id")
    guardian: Mapped[Person | None] = relationship(foreign_keys="Guardian.guardian_id")

    @property
    def article(self) -> int | None:
        """The article of 民法典 that the basis rests on."""
        return ARTICLES[self.basis]

    def stands_on(self, day: date) -> bool:
        """Return whether they are guardian, or to be called, on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


def guardians_of(session: Session, person: Person, day: date | None = None) -> Sequence[Guardian]:
    """Return the guardians of a person, those of a day or of all time, in the order of entry."""
    query = select(Guardian).where(Guardian.person_id == person.id).order_by(Guardian.id)
    if day is not None:
        query = query.where(
            or_(Guardian.valid_from.is_(None), Guardian.valid_from <= day),
            or_(Guardian.valid_to.is_(None), Guardian.valid_to >= day),
        )
    return session.scalars(query).all()


def add_guardian(
    session: Session,
    person: Person,
    name: str,
    relation: str,
    basis: Basis,
    valid_from: date,
    *,
    valid_to: date | None = None,
    phone: str = "",
    guardian: Person | None = None,
) -> Guardian:
    """Record a guardian of a person; guardianship of a minor ends with majority by itself.

    Parameters
    ----------
    guardian
        The guardian's own file, if they have one.

    Raises
    ------
    InvalidError
        If the days are turned round, the basis does not fit the person's age, or the guardian is
        the person, or a minor.
    """
    if valid_to is not None and valid_to < valid_from:
        raise _turned_round(valid_from, valid_to)
    _require_fitting_age(person, basis, valid_from)
    if guardian is not None:
        _require_able(person, guardian, valid_from)
    if basis is Basis.MINOR:
        last = birthday(person.born_on, ADULT) - timedelta(days=1)
        valid_to = min(valid_to or last, last)
    made = Guardian(
        person_id=person.id,
        guardian_id=None if guardian is None else guardian.id,
        name=name,
        relation=relation,
        phone=phone,
        basis=basis,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    session.add(made)
    session.flush()
    return made


def end_guardian(session: Session, guardian: Guardian, on: date) -> None:
    """Record the last day on which somebody is guardian.

    Raises
    ------
    InvalidError
        If it lies before their first day.
    """
    if guardian.valid_from is not None and on < guardian.valid_from:
        raise _turned_round(guardian.valid_from, on)
    guardian.valid_to = on
    session.flush()


def _turned_round(first: date, last: date) -> InvalidError:
    return InvalidError(
        f"结束日期 {last} 早于开始日期 {first}，请核对两个日期。",
        f"The last day {last} is before the first, {first}; check both.",
    )


def _require_fitting_age(person: Person, basis: Basis, on: date) -> None:
    grown_up = birthday(person.born_on, ADULT)
    if basis is Basis.MINOR and on >= grown_up:
        raise InvalidError(
            f"此人 {grown_up} 已满十八周岁，不能按民法典第二十七条设未成年人的监护；"
            "成年人的监护依第二十八条、第三十一条或第三十三条。",
            f"They came of age on {grown_up}: article 27 is for minors; guardianship of adults"
            " rests on article 28, 31 or 33.",
        )
    if basis in OF_ADULTS and on < grown_up:
        raise InvalidError(
            f"此人到 {grown_up} 才满十八周岁，民法典第{ARTICLES[basis]}条只用于成年人；"
            "未成年人的监护依第二十七条或第三十一条。",
            f"They come of age on {grown_up}: article {ARTICLES[basis]} is for adults;"
            " guardianship of minors rests on article 27 or 31.",
        )


def _require_able(person: Person, guardian: Person, on: date) -> None:
    if guardian.id == person.id:
        raise InvalidError(
            "监护人和被监护人是同一人，请核对编号。",
            "Guardian and ward are the same person; check the number.",
        )
    if on < birthday(guardian.born_on, ADULT):
        raise InvalidError(
            f"监护人到 {birthday(guardian.born_on, ADULT)} 才满十八周岁，不能担任监护人。",
            f"The guardian comes of age on {birthday(guardian.born_on, ADULT)} only.",
        )
