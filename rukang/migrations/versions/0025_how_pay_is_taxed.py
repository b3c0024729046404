"""First jobs of the year and how an agreement's pay is taxed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

CATEGORIES = ("劳务报酬", "工资薪金", "未定")


def upgrade() -> None:
    """Add what nobody was asked yet."""
    op.add_column("employment", sa.Column("first_job", sa.Boolean(), nullable=True))
    op.add_column(
        "employment",
        sa.Column("first_job_evidence", sa.String(200), nullable=False, server_default=""),
    )
    op.add_column(
        "employment",
        sa.Column(
            "agreement_tax",
            sa.Enum(*CATEGORIES, name="agreementtax", native_enum=False, length=20),
            nullable=True,
        ),
    )


def downgrade() -> None:
    """Take them away; bonuses become allowances, which the earlier program knows."""
    op.execute(
        "UPDATE pay_item SET name = substr(kind || name, 1, 60), kind = '一般津贴' "
        "WHERE kind IN ('奖金', '全年奖金并入工资', '全年奖金单独计税')"
    )
    for column in ("agreement_tax", "first_job_evidence", "first_job"):
        op.drop_column("employment", column)
