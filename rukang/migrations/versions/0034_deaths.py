"""The day on which somebody died, and to whom what is owed goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nobody is on record as having died."""
    op.create_table(
        "death",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("died_on", sa.Date(), nullable=False),
        sa.Column("payee", sa.String(60), nullable=False),
        sa.Column("bank", sa.String(60), nullable=False),
        sa.Column("account_cipher", sa.String(300), nullable=False),
        sa.Column("account_lookup", sa.String(64), nullable=False),
        sa.Column("account_masked", sa.String(24), nullable=False),
        sa.Column("ends", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(320), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_death_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_death")),
        sa.UniqueConstraint("person_id", name=op.f("uq_death_person_id")),
    )
    op.create_index(op.f("ix_death_account_lookup"), "death", ["account_lookup"])


def downgrade() -> None:
    """Take it away; what ended with a death stays ended."""
    op.drop_index(op.f("ix_death_account_lookup"), "death")
    op.drop_table("death")
