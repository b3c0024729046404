"""Pieces may be of one day, and less for faults."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OLD, NEW = "uq_piece_work_resident_id_month_item", "uq_piece_work_resident_id_month_item_day"


def upgrade() -> None:
    """Add the day and the deduction; the day tells rows of one item apart."""
    with op.batch_alter_table("piece_work") as batch:
        batch.add_column(sa.Column("day", sa.Date(), nullable=True))
        batch.add_column(
            sa.Column("quality_deduction_fen", sa.Integer(), nullable=False, server_default="0")
        )
        batch.drop_constraint(op.f(OLD), type_="unique")
        batch.create_unique_constraint(op.f(NEW), ["resident_id", "month", "item", "day"])
    with op.batch_alter_table("piece_work") as batch:
        batch.alter_column("quality_deduction_fen", server_default=None)


def downgrade() -> None:
    """Take them away; rows of single days would stand in each other's way."""
    op.execute("DELETE FROM piece_work WHERE day IS NOT NULL")
    with op.batch_alter_table("piece_work") as batch:
        batch.drop_constraint(op.f(NEW), type_="unique")
        batch.create_unique_constraint(op.f(OLD), ["resident_id", "month", "item"])
        batch.drop_column("quality_deduction_fen")
        batch.drop_column("day")
