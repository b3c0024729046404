"""Pay of parts of a month, settled before the month is over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rukang.base.errors import ConflictError

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

STATES = ("sent", "paid", "failed")


def upgrade() -> None:
    """Nothing was paid in parts so far."""
    op.create_table(
        "part_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("employment_id", sa.Integer(), nullable=False),
        sa.Column("payslip_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="paymentstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("message", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"]),
        sa.ForeignKeyConstraint(["employment_id"], ["employment.id"]),
        sa.ForeignKeyConstraint(["payslip_id"], ["payslip.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("employment_id", "last"),
    )
    for column in ("home_id", "employment_id", "payslip_id", "month"):
        op.create_index(f"ix_part_payment_{column}", "part_payment", [column])


def downgrade() -> None:
    """Refuse while parts are on record: the earlier program would pay them a second time.

    Raises
    ------
    ConflictError
        Naming how many there are.
    """
    count = op.get_bind().scalar(sa.text("SELECT count(*) FROM part_payment"))
    if count:
        raise ConflictError(
            f"已有 {count} 期分期工资，旧版本会再付一次，不能退回旧版本。",
            f"{count} parts of months were paid; the earlier program would pay them again.",
        )
    op.drop_table("part_payment")
