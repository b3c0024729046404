"""Base and rates of the housing fund per employment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

RATES = ("fund_own_rate", "fund_employer_rate")


def upgrade() -> None:
    """Add them; whoever has none goes on with amounts entered by month."""
    op.add_column("employment", sa.Column("fund_base_fen", sa.Integer(), nullable=True))
    for column in RATES:
        op.add_column("employment", sa.Column(column, sa.String(40), nullable=True))


def downgrade() -> None:
    """Take them away."""
    for column in (*reversed(RATES), "fund_base_fen"):
        op.drop_column("employment", column)
