"""A wage run says which version of the digest it was sealed under.

Runs from before say none: their digest fits one version alone, which is found when it is asked for.
The guards of locked runs need no word of it, because the names of what is covered are part of what
is hashed: a digest under another version is another digest.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the version, said of no run yet."""
    op.add_column("pay_run", sa.Column("digest_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it away; it is found again by trying."""
    op.drop_column("pay_run", "digest_version")
