"""Sessions that tell where they are used, second factors, password links, counted attempts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; sessions that are open count as a browser's, used when they were made."""
    with op.batch_alter_table("access_token") as table:
        table.add_column(
            sa.Column("kind", sa.String(length=20), nullable=False, server_default="browser")
        )
        table.add_column(
            sa.Column("network", sa.String(length=64), nullable=False, server_default="")
        )
        table.add_column(sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE access_token SET last_used_at = created_at")
    with op.batch_alter_table("access_token") as table:
        table.alter_column("kind", server_default=None)
        table.alter_column("network", server_default=None)
        table.alter_column("last_used_at", nullable=False)
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("totp_cipher", sa.String(length=500), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_step", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_second_factor_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("account_id", name=op.f("uq_second_factor_account_id")),
    )
    _of_digests("recovery_code", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    _of_digests(
        "password_link",
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_table(
        "sign_in_tally",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_tally")),
        sa.UniqueConstraint("key", name=op.f("uq_sign_in_tally_key")),
    )
    op.create_index(op.f("ix_sign_in_tally_last_at"), "sign_in_tally", ["last_at"])
    op.create_table(
        "familiar_place",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_familiar_place_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_familiar_place")),
        sa.UniqueConstraint("account_id", "place", name=op.f("uq_familiar_place_account_id_place")),
    )
    op.create_index(op.f("ix_familiar_place_place"), "familiar_place", ["place"])


def _of_digests(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        *columns,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{name}_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("digest", name=op.f(f"uq_{name}_digest")),
    )
    op.create_index(op.f(f"ix_{name}_account_id"), name, ["account_id"])


def downgrade() -> None:
    """Remove them; sessions stay open."""
    for table in (
        "familiar_place", "sign_in_tally", "password_link", "recovery_code", "second_factor",
    ):  # fmt: skip
        op.drop_table(table)
    with op.batch_alter_table("access_token") as batch:
        for column in ("kind", "network", "last_used_at"):
            batch.drop_column(column)
