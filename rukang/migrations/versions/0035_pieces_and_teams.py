"""Contracts that pay by pieces alone, and what teams made with their members' weights."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

BASES = ("月薪", "计件")
MULTIPLES = {"正常": "1", "工作日加班": "1.5", "休息日加班": "2", "法定休假日加班": "3"}


def upgrade() -> None:
    """Add them; every contract so far pays by the month, and every piece was made alone."""
    op.add_column(
        "employment",
        sa.Column(
            "pay_basis",
            sa.Enum(*BASES, name="paybasis", native_enum=False, length=20),
            nullable=True,
        ),
    )
    _of_a_month(
        "team_work",
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column(
            "made_during",
            sa.Enum(*MULTIPLES, name="madeduring", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("quality_deduction_fen", sa.Integer(), nullable=False),
        sa.Column("rate", sa.String(40), nullable=False),
        sa.UniqueConstraint("home_id", "month", "team", "item", "day", "made_during"),
    )
    _of_a_month(
        "team_member",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"]),
        sa.UniqueConstraint("home_id", "month", "team", "resident_id"),
    )
    op.create_index("ix_team_member_resident_id", "team_member", ["resident_id"])


def downgrade() -> None:
    """Take them away; a share of a team becomes an allowance, which the earlier program pays."""
    _shares_as_allowances()
    op.drop_table("team_member")
    op.drop_table("team_work")
    op.drop_column("employment", "pay_basis")


def _of_a_month(table: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("team", sa.String(60), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["home_id"], ["home.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("home_id", "month"):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _shares_as_allowances() -> None:
    work, member, item, resident = (
        sa.table(name, *map(sa.column, columns.split()))
        for name, columns in (
            ("team_work", "home_id month team made_during quantity quality_deduction_fen rate"),
            ("team_member", "home_id month team resident_id weight"),
            ("pay_item", "home_id resident_id employer_id month kind name amount_fen taxable"),
            ("resident", "id code"),
        )
    )
    bind = op.get_bind()
    teams = defaultdict(list)
    members = sa.select(member).join(resident, resident.c.id == member.c.resident_id)
    for row in bind.execute(members.order_by(resident.c.code)):
        teams[row.home_id, row.month, row.team].append(row)
    owed: dict[tuple[int, object, int], int] = defaultdict(int)
    for row in bind.execute(sa.select(work)):
        fen = _fen(Decimal(row.rate) * row.quantity * 100 * Decimal(MULTIPLES[row.made_during]))
        left = max(fen - row.quality_deduction_fen, 0)
        own = teams[row.home_id, row.month, row.team]
        whole, before = sum(Decimal(each.weight) for each in own), Decimal(0)
        for each in own:
            after = before + Decimal(each.weight)
            part = _fen(left * after / whole) - _fen(left * before / whole)
            owed[row.home_id, row.month, each.resident_id] += part
            before = after
    for (home, month, who), fen in owed.items():
        if fen:
            values = {"home_id": home, "resident_id": who, "employer_id": None, "month": month}
            kind = {"kind": "一般津贴", "name": "集体计件", "amount_fen": fen, "taxable": True}
            bind.execute(item.insert().values(**values, **kind))


def _fen(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
