"""A changed roster is a new version that names the one before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; rosters so far replace none."""
    with op.batch_alter_table("roster_plan") as table:
        table.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_roster_plan_replaces_id_roster_plan"), "roster_plan", ["replaces_id"], ["id"]
        )


def downgrade() -> None:
    """Take it away; versions before become rosters that were stopped, as the older one knows."""
    op.execute("UPDATE roster_plan SET state = 'stopped' WHERE state = 'replaced'")
    with op.batch_alter_table("roster_plan") as table:
        table.drop_constraint(op.f("fk_roster_plan_replaces_id_roster_plan"), type_="foreignkey")
        table.drop_column("replaces_id")
