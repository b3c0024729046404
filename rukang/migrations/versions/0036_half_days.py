"""Attendance by halves of a day: what was marked holds for the morning and the afternoon."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every day so far was marked whole: both halves alike."""
    op.add_column("attendance_day", sa.Column("afternoon", sa.String(20), nullable=True))
    op.execute("UPDATE attendance_day SET afternoon = presence")
    with op.batch_alter_table("attendance_day") as batch:
        batch.alter_column("presence", new_column_name="morning", existing_nullable=False)
        batch.alter_column("afternoon", nullable=False)


def downgrade() -> None:
    """Make days whole again; one of two marks is no record there, so that wages ask for it."""
    op.execute("DELETE FROM attendance_day WHERE morning <> afternoon")
    with op.batch_alter_table("attendance_day") as batch:
        batch.drop_column("afternoon")
        batch.alter_column("morning", new_column_name="presence", existing_nullable=False)
