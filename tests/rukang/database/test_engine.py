"""Engines keep what they are given to themselves."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from rukang.access import Database
from rukang.people import Person, Sex
from tests.factories import a_person


def test_a_failed_statement_says_nothing_about_people(empty_database: Database) -> None:
    """Errors reach logs and the pages of failed jobs: no name, no number, no cipher in them."""
    with empty_database.session() as session:
        person = a_person(session, "示例甲")
    twice = Person(
        name="示例甲", sex=Sex.FEMALE, born_on=person.born_on, citizen_id=person.citizen_id
    )
    with pytest.raises(IntegrityError) as caught, empty_database.session() as session:
        session.add(twice)
    said = str(caught.value)
    for value in (person.name, person.citizen_id.cipher, person.citizen_id.masked):
        assert value not in said
