"""The hash of what is kept of a piece of evidence, beside the hash of what was sent.

Pictures are kept without what a camera wrote into them. Those kept before have no such hash: they
lie as they came, sealed, and are made bare whenever they are opened.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the hash; of what is kept as it came there is none."""
    op.add_column("evidence", sa.Column("kept_sha256", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Drop it; the pictures stay bare, and the hash of what was sent stands alone again."""
    op.drop_column("evidence", "kept_sha256")
