"""The last insured month of an employment, where insurance ends while work goes on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; everybody insured so far goes on being so."""
    op.add_column("employment", sa.Column("insured_to", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("employment", "insured_to")
