"""Inspectors may contradict a report or a record, and an objection may put a figure right.

No answer written before contradicts anything, and no objection decided before put a figure right.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both; nothing was contradicted before."""
    op.add_column(
        "sheet_answer",
        sa.Column("contradicts", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("objection", sa.Column("facts", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop both; the answers stay as answers."""
    op.drop_column("objection", "facts")
    op.drop_column("sheet_answer", "contradicts")
