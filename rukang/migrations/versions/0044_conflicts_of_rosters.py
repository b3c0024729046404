"""A month without a roster keeps which rules collide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of months so far nobody looked."""
    with op.batch_alter_table("roster_plan") as table:
        table.add_column(sa.Column("conflicts", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("roster_plan") as table:
        table.drop_column("conflicts")
