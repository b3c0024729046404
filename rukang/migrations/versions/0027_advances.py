"""Who is not in a wage run and why, and the ledger of own shares that employers advance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rukang.base.database.types import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KINDS = ("advance", "consent", "recovery", "settlement", "payment", "waiver")


def upgrade() -> None:
    """Add the tables of people missing from runs and of receivables."""
    op.create_table(
        "pay_missing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("employment_id", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.String(500), nullable=True),
        sa.Column("by", sa.String(200), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=True),
        *_keys("pay_missing", run_id="pay_run", employment_id="employment"),
        sa.UniqueConstraint(
            "run_id", "employment_id", name=op.f("uq_pay_missing_run_id_employment_id")
        ),
    )
    op.create_table(
        "receivable_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("employment_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="entrykind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("confirmed_by", sa.String(200), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        *_keys("receivable_entry", run_id="pay_run", employment_id="employment"),
    )
    for table in ("pay_missing", "receivable_entry"):
        for column in ("home_id", "run_id", "employment_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    """Take both tables away."""
    op.drop_table("receivable_entry")
    op.drop_table("pay_missing")


def _keys(table: str, **columns: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in {"home_id": "home", **columns}.items()
        ),
    ]
