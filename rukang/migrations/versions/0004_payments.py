"""Payments through the bank."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rukang.base.database.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATES = ("sent", "paid", "failed")


def upgrade() -> None:
    """Add the table of payments."""
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("payslip_id", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="paymentstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("message", sa.String(200), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_payment_home_id")),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_payment_run_id")),
        sa.ForeignKeyConstraint(["payslip_id"], ["payslip.id"], name=op.f("fk_payment_payslip_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("payslip_id", name=op.f("uq_payment_payslip_id")),
    )
    op.create_index(op.f("ix_payment_home_id"), "payment", ["home_id"])
    op.create_index(op.f("ix_payment_run_id"), "payment", ["run_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("payment")
