"""Identifiers, disability, guardians and consents are the person's; files can be merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

CITIZEN_ID, CERTIFICATE, UNKNOWN = "居民身份证", "残疾人证", "未写明"
SEALED = ("cipher", "lookup", "masked")

PERSON: list[sa.Column[Any]] = [
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("sex", sa.String(20), nullable=False),
    sa.Column("born_on", sa.Date(), nullable=False),
]

Row = dict[str, Any]


def upgrade() -> None:
    """Give every number a row of its own, and what residents stated to the person."""
    _make_identifiers()
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "INSERT INTO identifier (person_id, kind, number_cipher, number_lookup, number_masked,"
            " issuer) SELECT id, :kind, citizen_id_cipher, citizen_id_lookup, citizen_id_masked, ''"
            " FROM person ORDER BY id"
        ),
        {"kind": CITIZEN_ID},
    )
    for stays in _stays().values():
        _keep_assessments(stays)
    guardians = _rows(
        "SELECT guardian.id, resident.person_id, name, relation, phone FROM guardian"
        " JOIN resident ON resident.id = guardian.resident_id ORDER BY guardian.id"
    )
    _drop_guardians("home_id", "resident_id")
    _make_guardians()
    _insert("guardian", [{**row, "basis": UNKNOWN} for row in guardians])
    _make_consents()
    _make_merges()
    op.drop_index("ix_resident_certificate_lookup", "resident")
    for name in ("category", "grade", *_columns("certificate"), "certificate_to"):
        op.drop_column("resident", name)
    _without_citizen_ids()
    op.create_index("ix_person_name_born_on", "person", ["name", "born_on"])


def downgrade() -> None:
    """Put them back; guardians go with the latest stay, those of nobody served are lost.

    Raises
    ------
    RuntimeError
        If somebody has no citizen ID, or a resident no certificate: the version before knows only
        people who have.
    """
    citizens = _rows(
        "SELECT person_id, number_cipher, number_lookup, number_masked FROM identifier"
        " WHERE kind = :kind AND withdrawn_on IS NULL",
        kind=CITIZEN_ID,
    )
    _require_all("SELECT id FROM person", {row["person_id"] for row in citizens}, "citizen ID")
    stays = list(_as_stated())
    _require_all("SELECT id FROM resident", {row["id"] for row in stays}, "certificate")
    guardians = _rows(
        "SELECT guardian.id, resident.id AS resident_id, resident.home_id, name, relation, phone"
        " FROM guardian JOIN resident ON resident.id = (SELECT id FROM resident AS stay"
        " WHERE stay.person_id = guardian.person_id ORDER BY joined_on DESC, id DESC LIMIT 1)"
        " ORDER BY guardian.id"
    )
    for table in ("two_people", "person_merge", "consent"):
        op.drop_table(table)
    _drop_guardians("person_id", "guardian_id")
    op.drop_table("disability")
    op.drop_table("identifier")
    _make_guardians_of_residents()
    _insert("guardian", guardians)
    _state_with_residents(stays)
    op.drop_index("ix_person_name_born_on", "person")
    _with_citizen_ids(citizens)


def _make_identifiers() -> None:
    op.create_table(
        "identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("number_cipher", sa.String(300), nullable=False),
        sa.Column("number_lookup", sa.String(64), nullable=False),
        sa.Column("number_masked", sa.String(40), nullable=False),
        sa.Column("issuer", sa.String(60), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        _of_person("identifier"),
        sa.PrimaryKeyConstraint("id", name="pk_identifier"),
    )
    op.create_index("ix_identifier_person_id", "identifier", ["person_id"])
    op.create_index("ix_identifier_number_lookup", "identifier", ["number_lookup"])
    _unique_while(
        "uq_identifier_kind_number_lookup",
        "identifier",
        ["kind", "number_lookup"],
        "withdrawn_on IS NULL",
    )
    op.create_table(
        "disability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        _of_person("disability"),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["identifier.id"], name="fk_disability_certificate_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_disability"),
    )
    op.create_index("ix_disability_person_id", "disability", ["person_id"])
    op.create_index("ix_disability_certificate_id", "disability", ["certificate_id"])


def _make_guardians() -> None:
    op.create_table(
        "guardian",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("relation", sa.String(20), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("basis", sa.String(20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        _of_person("guardian"),
        sa.ForeignKeyConstraint(["guardian_id"], ["person.id"], name="fk_guardian_guardian_id"),
        sa.PrimaryKeyConstraint("id", name="pk_guardian"),
    )
    op.create_index("ix_guardian_person_id", "guardian", ["person_id"])
    op.create_index("ix_guardian_guardian_id", "guardian", ["guardian_id"])


def _make_guardians_of_residents() -> None:
    op.create_table(
        "guardian",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("relation", sa.String(20), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name="fk_guardian_home_id"),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name="fk_guardian_resident_id"),
        sa.PrimaryKeyConstraint("id", name="pk_guardian"),
    )
    op.create_index("ix_guardian_home_id", "guardian", ["home_id"])
    op.create_index("ix_guardian_resident_id", "guardian", ["resident_id"])


def _drop_guardians(*indexed: str) -> None:
    for name in indexed:
        op.drop_index(f"ix_guardian_{name}", "guardian")
    op.drop_table("guardian")


def _make_consents() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("told_to", sa.String(100), nullable=False),
        sa.Column("paper", sa.String(200), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(320), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _of_person("consent"),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name="fk_consent_guardian_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_person_id", "consent", ["person_id"])
    op.create_index("ix_consent_guardian_id", "consent", ["guardian_id"])


def _make_merges() -> None:
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("merged_by", sa.String(320), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_reason", sa.String(500), nullable=True),
        sa.Column("undone_by", sa.String(320), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name="fk_person_merge_kept_id"),
        sa.ForeignKeyConstraint(["merged_id"], ["person.id"], name="fk_person_merge_merged_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person_merge"),
    )
    op.create_index("ix_person_merge_kept_id", "person_merge", ["kept_id"])
    _unique_while("uq_person_merge_merged_id", "person_merge", ["merged_id"], "undone_at IS NULL")
    op.create_table(
        "two_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("said_by", sa.String(320), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["person.id"], name="fk_two_people_first_id"),
        sa.ForeignKeyConstraint(["second_id"], ["person.id"], name="fk_two_people_second_id"),
        sa.PrimaryKeyConstraint("id", name="pk_two_people"),
    )
    op.create_index("ix_two_people_second_id", "two_people", ["second_id"])
    op.create_index("uq_two_people", "two_people", ["first_id", "second_id"], unique=True)


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id")


def _unique_while(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def _columns(number: str) -> list[str]:
    return [f"{number}_{part}" for part in SEALED]


def _rows(query: str, **given: str) -> list[Row]:
    found = op.get_bind().execute(sa.text(query), given).mappings()
    return [{str(name): value for name, value in row.items()} for row in found]


def _day(value: Any) -> date | None:
    """Return a day that a statement in text brought, which SQLite gives as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _stays() -> dict[int, list[Row]]:
    """Return the residents of each person with their certificates, in the order they joined."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in _rows(
        "SELECT person_id, category, grade, certificate_cipher, certificate_lookup,"
        " certificate_masked, certificate_to, joined_on FROM resident"
        " ORDER BY person_id, joined_on, id"
    ):
        days = {name: _day(row[name]) for name in ("certificate_to", "joined_on")}
        found[row["person_id"]].append({**row, **days})
    return found


def _keep_assessments(stays: list[Row]) -> None:
    """Keep what one person's stays stated: a later one that differs stands from its first day."""
    stated = ("category", "grade", "certificate_lookup", "certificate_to")
    spans: list[tuple[Row, date | None]] = []
    for stay in stays:
        if not spans or any(stay[name] != spans[-1][0][name] for name in stated):
            spans.append((stay, stay["joined_on"] if spans else None))
    # Of stays that joined on one day the last counts: nothing can stand for no day.
    begins = [begin for _, begin in spans[1:]]
    for (stay, begin), end in zip(spans, [*begins, None], strict=True):
        if end is not None and end == begin:
            continue
        certificate = _insert_one(
            "identifier",
            {
                "person_id": stay["person_id"],
                "kind": CERTIFICATE,
                **{f"number_{part}": stay[f"certificate_{part}"] for part in SEALED},
                "issuer": "",
                "valid_to": stay["certificate_to"],
                "withdrawn_on": end,
            },
        )
        _insert_one(
            "disability",
            {
                "person_id": stay["person_id"],
                "category": stay["category"],
                "grade": stay["grade"],
                "certificate_id": certificate,
                "valid_from": begin,
                "valid_to": None if end is None else end - timedelta(days=1),
            },
        )


def _as_stated() -> Iterator[Row]:
    """Yield what every resident has to state: what stood on the last day of the stay."""
    assessed: dict[int, list[Row]] = defaultdict(list)
    for row in _rows(
        "SELECT disability.person_id, category, grade, disability.valid_from,"
        " identifier.valid_to AS certificate_to, number_cipher AS certificate_cipher,"
        " number_lookup AS certificate_lookup, number_masked AS certificate_masked"
        " FROM disability JOIN identifier ON identifier.id = disability.certificate_id"
    ):
        days = {name: _day(row[name]) for name in ("certificate_to", "valid_from")}
        assessed[row["person_id"]].append({**row, **days})
    for stay in _rows("SELECT id, person_id, left_on FROM resident"):
        last = _day(stay["left_on"]) or date.max
        known = [
            one for one in assessed[stay["person_id"]] if (one["valid_from"] or date.min) <= last
        ]
        if known:
            stands = max(known, key=lambda one: one["valid_from"] or date.min)
            yield {**stands, "id": stay["id"]}


def _require_all(query: str, having: set[int], what: str) -> None:
    lacking = {row["id"] for row in _rows(query)} - having
    if lacking:
        raise RuntimeError(
            f"{len(lacking)} have no {what} in force (children, merged files); the version"
            " before cannot keep them. Record it, or take the files apart, and try again."
        )


def _state_with_residents(stays: list[Row]) -> None:
    stated: list[sa.Column[Any]] = [
        sa.Column("category", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("grade", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("certificate_cipher", sa.String(300), nullable=False, server_default=""),
        sa.Column("certificate_lookup", sa.String(64), nullable=False, server_default=""),
        sa.Column("certificate_masked", sa.String(24), nullable=False, server_default=""),
        sa.Column("certificate_to", sa.Date(), nullable=True),
    ]
    for column in stated:
        op.add_column("resident", column)
    table = sa.table("resident", sa.column("id"), *(sa.column(c.name, c.type) for c in stated))
    for stay in stays:
        values = {column.name: stay[column.name] for column in stated}
        op.execute(sa.update(table).where(table.c.id == stay["id"]).values(values))
    op.create_index("ix_resident_certificate_lookup", "resident", ["certificate_lookup"])


def _without_citizen_ids() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _remake_person(PERSON, [], _rows("SELECT id, name, sex, born_on FROM person"))
        return
    for name in _columns("citizen_id"):
        op.drop_column("person", name)


def _with_citizen_ids(citizens: list[Row]) -> None:
    number: list[sa.Column[Any]] = [
        sa.Column("citizen_id_cipher", sa.String(300), nullable=False, server_default=""),
        sa.Column("citizen_id_lookup", sa.String(64), nullable=True),
        sa.Column("citizen_id_masked", sa.String(20), nullable=False, server_default=""),
    ]
    values = {
        row["person_id"]: {f"citizen_id_{part}": row[f"number_{part}"] for part in SEALED}
        for row in citizens
    }
    if op.get_bind().dialect.name == "sqlite":
        people = _rows("SELECT id, name, sex, born_on FROM person")
        columns = [*PERSON, *(sa.Column(c.name, c.type, nullable=False) for c in number)]
        unique = sa.UniqueConstraint("citizen_id_lookup", name="uq_person_citizen_id_lookup")
        _remake_person(columns, [unique], [{**row, **values[row["id"]]} for row in people])
        return
    for column in number:
        op.add_column("person", column)
    table = sa.table("person", sa.column("id"), *(sa.column(c.name, c.type) for c in number))
    for person, own in values.items():
        op.execute(sa.update(table).where(table.c.id == person).values(own))
    op.alter_column("person", "citizen_id_lookup", nullable=False)
    op.create_unique_constraint("uq_person_citizen_id_lookup", "person", ["citizen_id_lookup"])


def _remake_person(
    columns: list[sa.Column[Any]], constraints: list[sa.Constraint], people: list[Row]
) -> None:
    """Make the table anew on SQLite, which drops no column that is unique.

    Rows of other tables refer to it all the while: that they do so rightly is asked at the end,
    when the people are back under their numbers. (Renaming a new table would not count as that.)
    """
    op.execute("PRAGMA defer_foreign_keys=ON")
    op.drop_table("person")
    made = [sa.Column(c.name, c.type, nullable=c.nullable) for c in columns]
    key = sa.PrimaryKeyConstraint("id", name="pk_person")
    op.create_table("person", *made, key, *constraints)
    _insert("person", people)


def _insert(name: str, rows: list[Row]) -> None:
    """Put rows in with their numbers, and let PostgreSQL number the next one after them."""
    if not rows:
        return
    connection = op.get_bind()
    table = sa.table(name, *(sa.column(column) for column in rows[0]))
    connection.execute(sa.insert(table), rows)
    if connection.dialect.name == "postgresql":
        sequence = f"pg_get_serial_sequence('{name}', 'id')"
        op.execute(f"SELECT setval({sequence}, (SELECT max(id) FROM {name}))")  # noqa: S608


def _insert_one(name: str, row: Row) -> int:
    """Put a row in and return its number."""
    table = sa.table(name, sa.column("id"), *(sa.column(column) for column in row))
    found = op.get_bind().execute(sa.insert(table).values(row).returning(table.c.id))
    return int(found.scalar_one())
