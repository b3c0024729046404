"""Shifts confirmed after they were worked, and since when staff have worked in life."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is confirmed yet, and nobody was asked since when they have worked."""
    op.add_column("staff", sa.Column("working_since", sa.Date(), nullable=True))
    op.create_table(
        "confirmed_shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("planned_code", sa.String(10), nullable=True),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("planned_after_midnight", sa.Integer(), nullable=False),
        sa.Column("shift_code", sa.String(10), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("minutes_after_midnight", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("confirmed_by", sa.String(320), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"]),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("staff_id", "day"),
    )
    for column in ("home_id", "staff_id", "day"):
        op.create_index(f"ix_confirmed_shift_{column}", "confirmed_shift", [column])


def downgrade() -> None:
    """Take both away; the earlier program knows only what was planned."""
    op.drop_table("confirmed_shift")
    op.drop_column("staff", "working_since")
