"""Identifiers and disability go from residents to persons and back, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from rukang import migrations
from rukang.base.database.engine import make_engine
from tests.databases import KINDS, fresh_url
from tests.rukang.base.database.old_house import fill, rows_of

BEFORE, AFTER = "0040", "0041"
RESIDENTS = (
    "SELECT id, person_id, category, grade, certificate_cipher, certificate_lookup,"
    " certificate_masked, certificate_to FROM resident ORDER BY id"
)
CITIZENS = (
    "SELECT id, name, citizen_id_cipher, citizen_id_lookup, citizen_id_masked"
    " FROM person ORDER BY id"
)
GUARDIANS = "SELECT id, home_id, resident_id, name, relation, phone FROM guardian ORDER BY id"
ASSESSED = (
    "SELECT category, grade, valid_from, valid_to, withdrawn_on FROM (SELECT disability.id AS d,"
    " category, grade, disability.valid_from, disability.valid_to, withdrawn_on FROM disability"
    " JOIN identifier ON identifier.id = certificate_id WHERE disability.person_id = :person)"
    " AS assessed ORDER BY d"
)


def _read(engine: Engine, query: str, **given: Any) -> Sequence[Any]:
    with engine.begin() as connection:
        return connection.execute(text(query), given).all()


def _write(engine: Engine, statement: str, **given: Any) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement), given)


def _a_second_stay(engine: Engine) -> int:
    """Let the first resident come back in 2027 with another grade; return the person."""
    _write(
        engine,
        "INSERT INTO resident (home_id, person_id, code, service, category, grade,"
        " certificate_cipher, certificate_lookup, certificate_masked, certificate_to, joined_on)"
        " SELECT home_id, person_id, 'R99', service, category, 4, 'another', 'other', '3716**54',"
        " :until, :joined FROM resident ORDER BY id LIMIT 1",
        until=date(2037, 1, 31),
        joined=date(2027, 2, 1),
    )
    ((person,),) = _read(engine, "SELECT person_id FROM resident WHERE code = 'R99'")
    first = "UPDATE resident SET left_on = :left WHERE person_id = :person AND code <> 'R99'"
    _write(engine, first, left=date(2026, 12, 31), person=person)
    return int(person)


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_and_guardian_moves_to_its_person_and_back(kind: str, tmp_path: Path) -> None:
    """Rows are counted before and after, and each resident states again what it stated."""
    with fresh_url(kind, tmp_path) as url:
        engine = make_engine(url)
        fill(engine, BEFORE)
        person = _a_second_stay(engine)
        before = [_read(engine, query) for query in (RESIDENTS, CITIZENS, GUARDIANS)]
        counts = rows_of(engine)
        assert min(len(rows) for rows in before) > 0
        migrations.upgrade(engine, AFTER)
        after = rows_of(engine)
        assert {name: after[name] for name in counts} == counts
        assert after["identifier"] == len(before[1]) + len(before[0])
        assert after["disability"] == len(before[0])
        first, second = _read(engine, ASSESSED, person=person)
        days = [str(day) for day in (first.valid_from, first.valid_to, first.withdrawn_on)]
        assert days == ["None", "2027-01-31", "2027-02-01"]
        days = [str(day) for day in (second.valid_from, second.valid_to, second.withdrawn_on)]
        assert days == ["2027-02-01", "None", "None"]
        assert (first.grade, second.grade) == (before[0][0].grade, 4)
        migrations.downgrade(engine, BEFORE)
        again = [_read(engine, query) for query in (RESIDENTS, CITIZENS)]
        assert again == before[:2]
        named = [(row.id, row.name, row.relation, row.phone) for row in before[2]]
        guardians = _read(engine, GUARDIANS)
        assert [(row.id, row.name, row.relation, row.phone) for row in guardians] == named
        assert rows_of(engine) == counts
        migrations.upgrade(engine)
        migrations.check(engine)
        engine.dispose()


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_no_citizen_id_keeps_the_version_before_away(kind: str, tmp_path: Path) -> None:
    """Nobody is lost on the way down: it stops before anything is changed."""
    with fresh_url(kind, tmp_path) as url:
        engine = make_engine(url)
        fill(engine, AFTER)
        _write(
            engine,
            "INSERT INTO person (name, sex, born_on) VALUES ('示例婴儿', '女', :born)",
            born=date(2026, 8, 30),
        )
        before = rows_of(engine)
        with pytest.raises(RuntimeError, match="1 have no citizen ID"):
            migrations.downgrade(engine, BEFORE)
        assert (migrations.current(engine), rows_of(engine)) == (AFTER, before)
        engine.dispose()
