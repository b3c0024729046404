"""Entries of score sheets in the order in which they arrive; what stands is taken over.

Revision ID: 0012
Revises: 0009
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and one entry for each answer and figure that stands."""
    entries = op.create_table(
        "sheet_entry",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column(
            "arrival",
            sa.Enum("kept", "conflict", "late", name="arrival", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("settled_by", sa.String(length=36), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_sheet_entry_home_id")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["inspection_sheet.id"], name=op.f("fk_sheet_entry_sheet_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_entry")),
        sa.UniqueConstraint("sheet_id", "entry", name=op.f("uq_sheet_entry_sheet_id_entry")),
        sa.UniqueConstraint("sheet_id", "sequence", name=op.f("uq_sheet_entry_sheet_id_sequence")),
    )
    op.create_index(op.f("ix_sheet_entry_home_id"), "sheet_entry", ["home_id"], unique=False)
    op.create_index(op.f("ix_sheet_entry_sheet_id"), "sheet_entry", ["sheet_id"], unique=False)
    _take_over(op.get_bind(), entries)


def downgrade() -> None:
    """Take the table away; what stands stays in the sheets, conflicts and late entries do not."""
    op.drop_index(op.f("ix_sheet_entry_sheet_id"), table_name="sheet_entry")
    op.drop_index(op.f("ix_sheet_entry_home_id"), table_name="sheet_entry")
    op.drop_table("sheet_entry")


def _take_over(connection: sa.Connection, entries: sa.Table) -> None:
    """Give each sheet one entry for what stands in each of its fields."""
    moment = sa.DateTime(timezone=True)
    plain = ("id", "home_id", "sheet_id", "criterion", "state", "value", "note")
    moments = (sa.column("written_at", moment), sa.column("received_at", moment))
    answers = sa.table("sheet_answer", *map(sa.column, plain), *moments)
    facts = sa.column("facts", sa.JSON())
    sheets = sa.table("inspection_sheet", sa.column("id"), sa.column("home_id"), facts)
    rows: list[dict[str, Any]] = []
    for one in connection.execute(sa.select(answers).order_by(answers.c.id)):
        value = {"state": one.state, "value": one.value, "note": one.note}
        when = (one.written_at, one.received_at)
        rows.append(_entry(one.home_id, one.sheet_id, one.criterion, value, when))
    now = datetime.now(UTC)
    for sheet in connection.execute(sa.select(sheets).order_by(sheets.c.id)):
        for key, text in (sheet.facts or {}).items():
            value = {"value": text}
            rows.append(_entry(sheet.home_id, sheet.id, f"fact:{key}", value, (now, now)))
    counted: Counter[int] = Counter()
    for row in rows:
        counted[row["sheet_id"]] += 1
        row["sequence"] = counted[row["sheet_id"]]
    if rows:
        connection.execute(sa.insert(entries), rows)


def _entry(
    home_id: int, sheet_id: int, field: str, value: dict[str, Any], when: tuple[datetime, datetime]
) -> dict[str, Any]:
    written_at, received_at = when
    return {
        "home_id": home_id,
        "sheet_id": sheet_id,
        "entry": str(uuid4()),
        "field": field,
        "base": 0,
        "arrival": "kept",
        "value": value,
        "written_at": written_at,
        "received_at": received_at,
    }
