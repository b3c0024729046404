"""A person's file: identifiers, disability, guardians and consents, each rule both ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from rukang.base.access import Database
from rukang.base.errors import ConflictError, InvalidError, RukangError
from rukang.people import (
    Basis,
    IdentifierKind,
    Person,
    Purpose,
    Sex,
    add_guardian,
    add_identifier,
    certificate_of,
    consents_of,
    end_disability,
    end_guardian,
    give_consent,
    guardians_of,
    has_consented,
    holder_of,
    record_assessment,
    record_certificate,
    withdraw_consent,
    withdraw_identifier,
)
from tests.factories import a_certificate, a_citizen_id, a_person, own_number

BORN = date(2026, 8, 2)
"""Three months before the clock of the tests, 2 November 2026."""
GROWN_UP = date(2008, 11, 2)
PASSPORT = IdentifierKind.PASSPORT


def a_child(session: Session, born_on: date = BORN, name: str = "示例婴儿") -> Person:
    """Return a stored person without any identifier."""
    person = Person(name=name, sex=Sex.FEMALE, born_on=born_on)
    session.add(person)
    session.flush()
    return person


def test_a_child_of_three_months_has_no_identifier_until_one_is_given(
    empty_database: Database,
) -> None:
    """Then the citizen ID is found by its number, sealed, and again withdrawn."""
    number = a_citizen_id(BORN)
    with empty_database.session() as session:
        child = a_child(session)
        assert (child.citizen_id, child.identifiers) == (None, [])
        given = add_identifier(session, child, IdentifierKind.CITIZEN_ID, number)
        assert holder_of(session, IdentifierKind.CITIZEN_ID, number) is child
        assert number not in given.number.cipher
        assert empty_database.vault.open(own_number(child)) == number
        withdraw_identifier(session, given, date(2026, 11, 1))
        assert holder_of(session, IdentifierKind.CITIZEN_ID, number) is None
        assert child.citizen_id is None
        with pytest.raises(ConflictError, match="withdrawn"):
            withdraw_identifier(session, given, date(2026, 11, 2))


def test_one_number_names_one_person_until_it_is_withdrawn(empty_database: Database) -> None:
    """Another file is refused it, without a word of whose it is; afterwards it may have it."""
    with empty_database.session() as session:
        one, other = a_person(session, "示例甲"), a_person(session, "示例乙")
        held = add_identifier(session, one, PASSPORT, "e1234 5678")
        with pytest.raises(ConflictError, match="Another file") as refused:
            add_identifier(session, other, PASSPORT, "E12345678")
        assert "示例甲" not in str(refused.value)
        withdraw_identifier(session, held, date(2026, 11, 1))
        add_identifier(session, other, PASSPORT, "E12345678")
        assert holder_of(session, PASSPORT, "E12345678") is other


def _second_citizen_id(session: Session) -> None:
    person = a_person(session, born_on=date(1999, 12, 12))
    add_identifier(session, person, IdentifierKind.CITIZEN_ID, a_citizen_id(date(1999, 12, 12)))


def _another_birth(session: Session) -> None:
    child = a_child(session)
    add_identifier(session, child, IdentifierKind.CITIZEN_ID, a_citizen_id(date(2020, 1, 1)))


def _turned_round(session: Session) -> None:
    days = {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 31)}
    add_identifier(session, a_child(session), PASSPORT, "E12345678", **days)  # type: ignore[arg-type]


def _no_number(session: Session) -> None:
    add_identifier(session, a_child(session), PASSPORT, "E1")


def _certificate_alone(session: Session) -> None:
    add_identifier(session, a_person(session), IdentifierKind.CERTIFICATE, "1")


def _foreign_certificate(session: Session) -> None:
    number = a_citizen_id(date(1970, 1, 1)) + "52"
    record_certificate(session, a_person(session), number, date(2026, 1, 1))


def _no_such_grade(session: Session) -> None:
    record_assessment(session, a_child(session), 5, 5, date(2026, 9, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        _second_citizen_id,
        _another_birth,
        _turned_round,
        _no_number,
        _certificate_alone,
        _foreign_certificate,
        _no_such_grade,
    ],
)
def test_wrong_numbers_are_refused_in_both_languages(
    empty_database: Database, wrong: Callable[[Session], None]
) -> None:
    """What was given, why it fails and how to mend it; never the number in full."""
    with empty_database.session() as session, pytest.raises(RukangError) as refused:
        wrong(session)
    assert refused.value.zh
    assert refused.value.en
    assert a_citizen_id(date(1970, 1, 1)) not in str(refused.value)


def test_a_later_assessment_leaves_earlier_days_as_they_were(empty_database: Database) -> None:
    """Grade 2 to the end of May, 3 from June; one entered later for March takes its own days."""
    with empty_database.session() as session:
        person = a_person(session)
        a_certificate(session, person, 2)
        number = empty_database.vault.open(own_number(person))
        record_certificate(session, person, number + "53", date(2026, 6, 1))
        assert _grades(person) == [2, 2, 2, 3]
        record_assessment(session, person, 5, 4, date(2026, 3, 1))
        assert _grades(person) == [2, 4, 4, 3]
        assert certificate_of(person, date(2026, 6, 1)).withdrawn_on is None
        stands = person.disability_on(date(2026, 6, 1))
        assert stands is not None
        end_disability(session, stands, date(2026, 10, 31))
        assert person.disability_on(date(2026, 11, 1)) is None
        assert _grades(person) == [2, 4, 4, 3]


def _grades(person: Person) -> list[int]:
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1)]
    stand = [person.disability_on(day) for day in days]
    return [one.grade for one in stand if one is not None]


@pytest.mark.parametrize(
    ("basis", "born_on", "fits"),
    [
        (Basis.MINOR, BORN, True),
        (Basis.MINOR, GROWN_UP, False),
        (Basis.ADULT, GROWN_UP, True),
        (Basis.ADULT, BORN, False),
        (Basis.CHOSEN, BORN, False),
        (Basis.APPOINTED, BORN, True),
        (Basis.APPOINTED, GROWN_UP, True),
    ],
)
def test_a_basis_fits_the_age(
    empty_database: Database, basis: Basis, born_on: date, fits: bool
) -> None:
    """Article 27 is for minors, 28 and 33 for adults, on the very day of the birthday."""
    with empty_database.session() as session:
        ward = a_child(session, born_on)
        if not fits:
            with pytest.raises(InvalidError, match="article"):
                add_guardian(session, ward, "示例母", "母亲", basis, date(2026, 11, 2))
            return
        made = add_guardian(session, ward, "示例母", "母亲", basis, date(2026, 11, 2))
        assert made.valid_to == (date(2044, 8, 1) if basis is Basis.MINOR else None)


def test_guardians_are_those_of_a_day(empty_database: Database) -> None:
    """The first and the last day count; a guardian is somebody else, and of age."""
    with empty_database.session() as session:
        ward, mother = a_child(session), a_person(session, "示例母", date(1995, 1, 1))
        first, last = date(2026, 9, 1), date(2026, 9, 30)
        made = add_guardian(session, ward, mother.name, "母亲", Basis.MINOR, first, guardian=mother)
        end_guardian(session, made, last)
        found = [len(guardians_of(session, ward, day)) for day in (first, last, date(2026, 10, 1))]
        assert found == [1, 1, 0]
        for wrong in (ward, a_child(session, date(2010, 1, 1))):
            with pytest.raises(InvalidError):
                add_guardian(session, ward, "x", "x", Basis.AGREED, first, guardian=wrong)
        with pytest.raises(InvalidError, match="before"):
            end_guardian(session, made, date(2026, 8, 31))


def test_a_consent_counts_from_its_day_until_it_is_withdrawn(empty_database: Database) -> None:
    """For its purpose and unit alone; the day of withdrawal does not count any more."""
    given, taken = date(2026, 10, 1), date(2026, 10, 20)
    with empty_database.session() as session:
        person = a_person(session)
        photo = give_consent(session, person, Purpose.PHOTO, given)
        give_consent(session, person, Purpose.SHARING, given, told_to="示例医院")
        with pytest.raises(ConflictError):
            give_consent(session, person, Purpose.PHOTO, taken)
        withdraw_consent(session, photo, taken)
        days = [date(2026, 9, 30), given, date(2026, 10, 19), taken]
        counted = [has_consented(session, person, Purpose.PHOTO, day) for day in days]
        assert counted == [False, True, True, False]
        assert has_consented(session, person, Purpose.SHARING, given, "示例医院")
        assert not has_consented(session, person, Purpose.SHARING, given, "另一医院")
        with pytest.raises(ConflictError):
            withdraw_consent(session, photo, taken)
        give_consent(session, person, Purpose.PHOTO, taken)
        assert [one.withdrawn_on for one in consents_of(session, person)] == [taken, None, None]


def test_who_may_consent(empty_database: Database) -> None:
    """Under fourteen a guardian of that day, on a stated basis; at fourteen the person."""
    day = date(2026, 11, 2)
    with empty_database.session() as session:
        child, grown = a_child(session), a_child(session, date(2012, 11, 2), "示例少年")
        give_consent(session, grown, Purpose.OUTING, day)
        with pytest.raises(InvalidError, match="fourteen"):
            give_consent(session, child, Purpose.OUTING, day)
        call = add_guardian(session, child, "示例姑", "姑姑", Basis.UNKNOWN, BORN)
        mother = add_guardian(session, child, "示例母", "母亲", Basis.MINOR, BORN)
        for wrong, whose in ((call, child), (mother, grown)):
            with pytest.raises(InvalidError, match="no guardian"):
                give_consent(session, whose, Purpose.CARE, day, guardian=wrong)
        assert give_consent(session, child, Purpose.CARE, day, guardian=mother).guardian is mother
        for told_to, purpose in (("", Purpose.SHARING), ("示例医院", Purpose.CARE)):
            with pytest.raises(InvalidError, match="unit"):
                give_consent(session, grown, purpose, day, told_to=told_to)
        with pytest.raises(InvalidError, match="between"):
            give_consent(session, grown, Purpose.CARE, date(2026, 11, 3))
