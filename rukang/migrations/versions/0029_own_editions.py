"""Editions of an installation's own are put in force; a rating names the wording it went by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and the column, which ratings given before leave empty."""
    op.create_table(
        "own_edition",
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("edition_text_id", sa.Integer(), nullable=False),
        sa.Column("put_in_force_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_in_force_by", sa.String(length=200), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.String(length=200), nullable=True),
        sa.Column("retired_why", sa.String(length=400), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_text_id"],
            ["edition_text.id"],
            name=op.f("fk_own_edition_edition_text_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_edition")),
        sa.UniqueConstraint("edition", name=op.f("uq_own_edition_edition")),
    )
    op.create_index(op.f("ix_own_edition_edition_text_id"), "own_edition", ["edition_text_id"])
    op.add_column("rating", sa.Column("edition_digest", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Take both away: wordings stay where inspections keep them."""
    op.drop_column("rating", "edition_digest")
    op.drop_index(op.f("ix_own_edition_edition_text_id"), "own_edition")
    op.drop_table("own_edition")
