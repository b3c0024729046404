"""Quality records of a home, and the agreed pay day of an employment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KINDS = ("跌倒", "用药差错", "受伤", "噎食", "走失", "火情", "其他")
ABOUT = ("照护", "工资", "安全", "未开放", "其他")


def upgrade() -> None:
    """Add the tables and the pay day."""
    op.add_column("employment", sa.Column("pay_day", sa.Integer(), nullable=True))
    _of_home(
        "reported_month",
        sa.Column("month", sa.Date(), nullable=False),
        sa.UniqueConstraint("home_id", "month", name=op.f("uq_reported_month_home_id_month")),
    )
    _of_home(
        "incident",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", _one_of("incidentkind", KINDS), nullable=False),
        sa.Column("grave", sa.Boolean(), nullable=False),
        sa.Column("by_fault", sa.Boolean(), nullable=True),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("home_id", "code", name=op.f("uq_incident_home_id_code")),
    )
    _of_home(
        "complaint",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("about", _one_of("complaintabout", ABOUT), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("home_id", "code", name=op.f("uq_complaint_home_id_code")),
    )
    _of_home(
        "training",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hours", sa.String(40), nullable=False),
        sa.Column("topic", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_training_staff_id")),
        sa.UniqueConstraint(
            "staff_id", "day", "topic", name=op.f("uq_training_staff_id_day_topic")
        ),
    )
    _of_home(
        "survey",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=False),
        sa.UniqueConstraint("home_id", "held_on", name=op.f("uq_survey_home_id_held_on")),
    )
    op.create_index(op.f("ix_incident_day"), "incident", ["day"])
    op.create_index(op.f("ix_complaint_received_on"), "complaint", ["received_on"])
    op.create_index(op.f("ix_training_day"), "training", ["day"])
    op.create_index(op.f("ix_training_staff_id"), "training", ["staff_id"])
    op.create_index(op.f("ix_survey_held_on"), "survey", ["held_on"])


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=20)


def _of_home(table: str, *rest: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        *rest,
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f(f"fk_{table}_home_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_home_id"), table, ["home_id"])


def downgrade() -> None:
    """Take them away, with everything recorded in them."""
    for table in ("survey", "training", "complaint", "incident", "reported_month"):
        op.drop_table(table)
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.drop_column("employment", "pay_day")
