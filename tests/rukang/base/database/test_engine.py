"""Engines keep what they are given to themselves."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from rukang.base.access import Database
from rukang.base.database.passing import in_words
from rukang.base.errors import ConflictError
from rukang.bodies import Body
from rukang.people import Person, Sex
from tests.factories import a_home, a_person, own_number


def test_a_failed_statement_says_nothing_about_people(empty_database: Database) -> None:
    """Errors reach logs and the pages of failed jobs: no name, no number, no cipher in them."""
    with empty_database.session() as session:
        person = a_person(session, "示例甲")
    twice = Person(
        name="示例甲", sex=Sex.FEMALE, born_on=person.born_on, citizen_id=own_number(person)
    )
    with pytest.raises(IntegrityError) as caught, empty_database.session() as session:
        session.add(twice)
    said = str(caught.value)
    for value in (person.name, own_number(person).cipher, own_number(person).masked):
        assert value not in said


def test_what_another_stored_at_the_same_instant_is_told_in_words(empty_database: Database) -> None:
    """Of its like there may be one: a conflict. Another fault of the data stays a fault."""
    with empty_database.session() as session:
        a_home(session)
    with pytest.raises(IntegrityError) as twice, empty_database.session() as session:
        a_home(session)
    told = in_words(twice.value)
    assert isinstance(told, ConflictError)
    assert "没有保存任何内容" in told.zh
    with pytest.raises(IntegrityError) as nowhere, empty_database.engine.begin() as connection:
        connection.execute(insert(Body.__table__).values(code=None))
    assert in_words(nowhere.value) is None
