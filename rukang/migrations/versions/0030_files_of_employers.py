"""Wage clerks of an employer, and the files of a month that a job wrote for employers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a role be held for an employer, and add orders of files with the sealed files."""
    with op.batch_alter_table("account_role") as table:
        table.add_column(sa.Column("employer_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_account_role_employer_id"), "employer", ["employer_id"], ["id"]
        )
    op.create_table(
        "pay_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("each", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.String(200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_files")),
    )
    op.create_index(op.f("ix_pay_files_asked_by"), "pay_files", ["asked_by"])
    op.create_table(
        "pay_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("files_id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("homes", sa.JSON(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_cipher", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["files_id"], ["pay_files.id"], name=op.f("fk_pay_file_files_id")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_pay_file_employer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_file")),
    )
    op.create_index(op.f("ix_pay_file_files_id"), "pay_file", ["files_id"])


def downgrade() -> None:
    """Take files and orders away, which can be written anew, and roles held for an employer.

    The earlier program would take such a role for one held everywhere.
    """
    op.drop_index(op.f("ix_pay_file_files_id"), "pay_file")
    op.drop_table("pay_file")
    op.drop_index(op.f("ix_pay_files_asked_by"), "pay_files")
    op.drop_table("pay_files")
    op.execute("DELETE FROM account_role WHERE employer_id IS NOT NULL")
    with op.batch_alter_table("account_role") as table:
        table.drop_constraint(op.f("fk_account_role_employer_id"), type_="foreignkey")
        table.drop_column("employer_id")
