"""Part-time work, sick pay by the employer's rule, hours, allowances and deductions of a month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ITEMS = (
    "一般津贴", "中夜班津贴", "高温低温津贴", "有毒有害津贴", "福利费", "伙食补贴", "交通补贴",
    "住房补贴", "扣款", "公积金个人", "公积金单位", "专项附加扣除", "累计减免税额",
)  # fmt: skip


def upgrade() -> None:
    """Add the terms and the two tables of a month."""
    op.add_column("employer", sa.Column("sick_pay_share", sa.String(40), nullable=True))
    op.add_column("employment", sa.Column("hourly_wage_fen", sa.Integer(), nullable=True))
    op.add_column("employment", sa.Column("pay_cycle_days", sa.Integer(), nullable=True))
    _of_a_month(
        "hours_worked",
        "day",
        sa.Column("normal", sa.String(40), nullable=False),
        sa.Column("overtime", sa.String(40), nullable=False),
        sa.Column("lieu", sa.String(40), nullable=False),
        sa.UniqueConstraint(
            "resident_id", "day", "employer_id",
            name=op.f("uq_hours_worked_resident_id_day_employer_id"),
        ),
    )  # fmt: skip
    _of_a_month(
        "pay_item",
        "month",
        sa.Column(
            "kind",
            sa.Enum(*ITEMS, name="payitemkind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("taxable", sa.Boolean(), nullable=False),
        sa.UniqueConstraint(
            "resident_id", "month", "employer_id", "kind", "name",
            name=op.f("uq_pay_item_resident_id_month_employer_id_kind_name"),
        ),
    )  # fmt: skip


def _of_a_month(table: str, when: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column(when, sa.Date(), nullable=False),
        *rest,
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f(f"fk_{table}_home_id")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f(f"fk_{table}_resident_id")
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f(f"fk_{table}_employer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("home_id", "resident_id", when):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    """Take them away; part-time work and further marks are unknown to what was before."""
    op.drop_table("pay_item")
    op.drop_table("hours_worked")
    # Not in batches: SQLite would make the tables anew, and others refer to them.
    op.drop_column("employment", "pay_cycle_days")
    op.drop_column("employment", "hourly_wage_fen")
    op.drop_column("employer", "sick_pay_share")
