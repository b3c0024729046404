"""Pay that was too much becomes a receivable: of which month and line an entry is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; entries so far are of advances, and runs so far left nothing in ledgers."""
    op.add_column("receivable_entry", sa.Column("of_month", sa.Date(), nullable=True))
    op.add_column("receivable_entry", sa.Column("line", sa.String(40), nullable=True))
    op.add_column("pay_run", sa.Column("waiting", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take them away, with the entries that the version before cannot read."""
    op.execute("DELETE FROM receivable_entry WHERE line IS NOT NULL")
    op.drop_column("pay_run", "waiting")
    op.drop_column("receivable_entry", "line")
    op.drop_column("receivable_entry", "of_month")
