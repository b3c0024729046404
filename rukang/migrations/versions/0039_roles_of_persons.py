"""Roles over one person's records; nobody signed in is the public."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

KNOWN_BEFORE = ("manager", "clerk", "inspector", "officer", "administrator")


def upgrade() -> None:
    """Let a role be held over a person, and take away the one that let see what everybody sees."""
    op.execute("DELETE FROM account_role WHERE role = 'public'")
    with op.batch_alter_table("account_role") as table:
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_account_role_person_id"), "person", ["person_id"], ["id"])
        table.create_index(op.f("ix_account_role_person_id"), ["person_id"])


def downgrade() -> None:
    """Take away the roles that the earlier program does not know, or would hold for everywhere.

    It gives a wage clerk alone something for an employer.
    """
    roles = sa.table("account_role", sa.column("role"), sa.column("person_id"))
    strange = roles.c.role.not_in(KNOWN_BEFORE) | roles.c.person_id.is_not(None)
    op.execute(roles.delete().where(strange))
    with op.batch_alter_table("account_role") as table:
        table.drop_index(op.f("ix_account_role_person_id"))
        table.drop_constraint(op.f("fk_account_role_person_id"), type_="foreignkey")
        table.drop_column("person_id")
