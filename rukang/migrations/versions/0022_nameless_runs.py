"""Wage runs are frozen without names: who is paid is read from the person.

Runs calculated before lose their names when the database is next opened by a command
(`rukang.pay.take_names_out`), because their digests have to be computed anew. The guards of locked
runs let that happen once for each.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# ruff: noqa: S608 - the statements are built from the constants of this file alone

revision = "0022"
down_revision = "0011"
branch_labels = None
depends_on = None

FINAL = "('locked', 'paid', 'reconciled', 'declared')"
REFUSAL = "a locked wage run never changes"
FIGURES = (
    "id",
    "home_id",
    "run_id",
    "employment_id",
    "gross_fen",
    "employee_shares_fen",
    "tax_fen",
    "deductions_fen",
    "net_fen",
    "employer_cost_fen",
)


def upgrade() -> None:
    """Say of each run whether it is without names, and let those with names lose them once."""
    op.add_column(
        "pay_run", sa.Column("nameless", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute("UPDATE pay_run SET nameless = true WHERE inputs IS NULL")
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql(once=True)
    else:
        _guard_sqlite(once=True)


def downgrade() -> None:
    """Guard as before; runs that lost their names have the codes of residents in their place."""
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql(once=False)
    else:
        _guard_sqlite(once=False)
    op.drop_column("pay_run", "nameless")


def _guard_postgresql(*, once: bool) -> None:
    losing = (
        "IF TG_OP = 'UPDATE' THEN IF NEW.nameless AND NOT OLD.nameless AND NEW.state = OLD.state "
        "AND NEW.month = OLD.month AND NEW.known_on IS NOT DISTINCT FROM OLD.known_on "
        "THEN RETURN NEW; END IF; "
        f"IF OLD.nameless AND NOT NEW.nameless AND OLD.state IN {FINAL} "
        f"THEN RAISE EXCEPTION '{REFUSAL}'; END IF; END IF; "
    )
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_locked_run() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {losing if once else ''}"
        f"IF OLD.state IN {FINAL} AND (TG_OP = 'DELETE' OR NEW.state NOT IN {FINAL} "
        "OR NEW.inputs::text IS DISTINCT FROM OLD.inputs::text "
        "OR NEW.digest IS DISTINCT FROM OLD.digest OR NEW.month <> OLD.month "
        "OR NEW.known_on IS DISTINCT FROM OLD.known_on) "
        f"THEN RAISE EXCEPTION '{REFUSAL}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    same = " AND ".join(f"NEW.{column} = OLD.{column}" for column in FIGURES)
    losing = (
        f"IF TG_OP = 'UPDATE' THEN IF {same} AND EXISTS "
        "(SELECT 1 FROM pay_run WHERE id = OLD.run_id AND NOT nameless) "
        "THEN RETURN NEW; END IF; END IF; "
    )
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_locked_payslip() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"DECLARE run integer; BEGIN {losing if once else ''}"
        "IF TG_OP = 'INSERT' THEN run := NEW.run_id; ELSE run := OLD.run_id; END IF; "
        f"IF EXISTS (SELECT 1 FROM pay_run WHERE id = run AND state IN {FINAL}) "
        f"THEN RAISE EXCEPTION '{REFUSAL}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    moving = "NEW.run_id <> OLD.run_id AND " if once else ""
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_moving_locked() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN IF TG_TABLE_NAME = 'pay_run' THEN "
        f"IF OLD.state IN {FINAL} AND (NEW.id <> OLD.id OR NEW.home_id <> OLD.home_id) "
        f"THEN RAISE EXCEPTION '{REFUSAL}'; END IF; "
        f"ELSIF {moving}EXISTS (SELECT 1 FROM pay_run WHERE id = NEW.run_id AND state IN {FINAL}) "
        f"THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW; END $$"
    )


def _guard_sqlite(*, once: bool) -> None:
    def guard(name: str, table: str, when: str) -> None:
        op.execute(f"DROP TRIGGER {name}")
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )

    losing = (
        "(NEW.nameless AND NOT OLD.nameless AND NEW.state IS OLD.state "
        "AND NEW.month IS OLD.month AND NEW.known_on IS OLD.known_on)"
    )
    changed = (
        f"(NEW.state NOT IN {FINAL} "
        "OR NEW.inputs IS NOT OLD.inputs OR NEW.digest IS NOT OLD.digest "
        "OR NEW.month IS NOT OLD.month OR NEW.known_on IS NOT OLD.known_on{more})"
    )
    back = changed.format(more=" OR NEW.nameless IS NOT OLD.nameless" if once else "")
    unless = f" AND NOT {losing}" if once else ""
    guard("pay_run_locked_update", "pay_run", f"OLD.state IN {FINAL} AND {back}{unless}")
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in FIGURES)
    named = "NOT (SELECT nameless FROM pay_run WHERE id = OLD.run_id)"
    unless = f" AND NOT ({same} AND {named})" if once else ""
    locked = "(SELECT state FROM pay_run WHERE id = {row}.run_id) IN " + FINAL
    guard("payslip_locked_update", "payslip", locked.format(row="OLD") + unless)
    taken = (
        "EXISTS (SELECT 1 FROM payslip p JOIN pay_run r ON r.id = p.run_id "
        f"WHERE r.state IN {FINAL} AND (p.id = NEW.id "
        "OR (p.run_id = NEW.run_id AND p.employment_id = NEW.employment_id)) AND p.id <> OLD.id)"
    )
    moving = "NEW.run_id IS NOT OLD.run_id AND " if once else ""
    into = f"({moving}{locked.format(row='NEW')})"
    guard("payslip_locked_moved", "payslip", f"{into} OR {taken}")
