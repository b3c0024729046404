"""Bodies: a home is one kind; their dated states, capacity, operators, licences and charges."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

FACTS = {
    "code": sa.String(20),
    "name": sa.String(100),
    "county": sa.String(6),
    "address": sa.String(200),
    "legal_person": sa.String(100),
    "uscc": sa.String(18),
}
"""What stood in `home` and is a body's."""

DATED: dict[str, dict[str, sa.types.TypeEngine[Any]]] = {
    "body_state": {"state": sa.String(20), "words": sa.String(200)},
    "body_capacity": {"heads": sa.Integer()},
    "body_operator": {"name": sa.String(100), "uscc": sa.String(18)},
}
"""What changes of a body from a day on."""


def upgrade() -> None:
    """Let every home be a body of the same id, with what it shares with other bodies there."""
    bodies = op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        *(sa.Column(name, type_, nullable=False) for name, type_ in FACTS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("code", name=op.f("uq_body_code")),
    )
    op.create_index(op.f("ix_body_county"), "body", ["county"])
    homes = _table("home")
    kept = sa.select(homes.c.id, sa.literal("home"), *(homes.c[name] for name in FACTS))
    op.execute(bodies.insert().from_select(["id", "kind", *FACTS], kept))
    _count_on("body")
    with op.batch_alter_table("home") as table:
        table.drop_constraint(op.f("uq_home_code"), type_="unique")
        table.drop_index(op.f("ix_home_county"))
        for name in FACTS:
            table.drop_column(name)
        table.create_foreign_key(op.f("fk_home_id"), "body", ["id"], ["id"])
    _let_roles_refer_to("body")
    _make_dated()


def downgrade() -> None:
    """Give homes back what is theirs; other bodies, and what is dated of all, go.

    Roles held over another body go with it: the earlier program has no such home.
    """
    for name in ("charge", "body_licence", *DATED):
        op.drop_table(name)
    bodies, homes, roles = _table("body"), _table("home", "id"), _table("account_role", "home_id")
    op.execute(roles.delete().where(roles.c.home_id.not_in(sa.select(homes.c.id))))
    _let_roles_refer_to("home")
    with op.batch_alter_table("home") as table:
        table.drop_constraint(op.f("fk_home_id"), type_="foreignkey")
        for name, type_ in FACTS.items():
            table.add_column(sa.Column(name, type_, nullable=True))
    homes = _table("home", "id", *FACTS)
    theirs = {name: sa.select(bodies.c[name]).where(bodies.c.id == homes.c.id).scalar_subquery()
              for name in FACTS}  # fmt: skip
    op.execute(homes.update().values(theirs))
    with op.batch_alter_table("home") as table:
        for name, type_ in FACTS.items():
            table.alter_column(name, existing_type=type_, nullable=False)
        table.create_unique_constraint(op.f("uq_home_code"), ["code"])
        table.create_index(op.f("ix_home_county"), ["county"])
    op.drop_index(op.f("ix_body_county"), "body")
    op.drop_table("body")


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns or ("id", *FACTS)))


def _let_roles_refer_to(table_name: str) -> None:
    with op.batch_alter_table("account_role") as table:
        table.drop_constraint(op.f("fk_account_role_home_id"), type_="foreignkey")
        table.create_foreign_key(op.f("fk_account_role_home_id"), table_name, ["home_id"], ["id"])


def _make_dated() -> None:
    for name, columns in DATED.items():
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("body_id", sa.Integer(), nullable=False),
            sa.Column("since", sa.Date(), nullable=False),
            *(sa.Column(column, type_, nullable=False) for column, type_ in columns.items()),
            sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f(f"fk_{name}_body_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
            sa.UniqueConstraint("body_id", "since", name=op.f(f"uq_{name}_body_id_since")),
        )
        op.create_index(op.f(f"ix_{name}_body_id"), name, ["body_id"])
    op.create_table(
        "body_licence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("issued_by", sa.String(100), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_licence_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_licence")),
        sa.UniqueConstraint(
            "body_id", "kind", "number", name=op.f("uq_body_licence_body_id_kind_number")
        ),
    )
    op.create_index(op.f("ix_body_licence_body_id"), "body_licence", ["body_id"])
    op.create_table(
        "charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_charge_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_charge_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge")),
        sa.UniqueConstraint("person_id", "since", name=op.f("uq_charge_person_id_since")),
    )
    op.create_index(op.f("ix_charge_body_id"), "charge", ["body_id"])
    op.create_index(op.f("ix_charge_person_id"), "charge", ["person_id"])


def _count_on(table: str) -> None:
    """Let PostgreSQL number the next body after those that came with their numbers."""
    if op.get_bind().dialect.name == "postgresql":
        newest = sa.select(sa.func.max(sa.table(table, sa.column("id")).c.id)).scalar_subquery()
        op.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table, "id"), newest)))
