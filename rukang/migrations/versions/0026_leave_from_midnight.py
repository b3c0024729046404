"""A home says whether no night may run into a day of leave; all homes begin with yes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give every home the switch, on."""
    op.add_column(
        "home",
        sa.Column("leave_from_midnight", sa.Boolean(), nullable=False, server_default=sa.true()),
    )


def downgrade() -> None:
    """Take the switch away; rosters keep what they were solved with."""
    op.drop_column("home", "leave_from_midnight")
