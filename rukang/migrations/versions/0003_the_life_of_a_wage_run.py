"""Wage runs have a life with steps and corrections; locked ones cannot change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rukang.base.database.types import UtcDateTime

# ruff: noqa: S608 - the statements are built from the constants of this file alone

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FINAL = "('locked', 'paid', 'reconciled', 'declared')"
REFUSAL = "a locked wage run never changes"
STATES = ("draft", "calculated", "approved", "locked", "paid", "reconciled", "declared")


def upgrade() -> None:
    """Add steps, corrections and the day of knowledge; let the database guard locked runs."""
    with op.batch_alter_table("pay_run") as batch:
        batch.add_column(sa.Column("known_on", sa.Date(), nullable=True))
    op.execute("UPDATE pay_run SET state = 'draft' WHERE state = 'requested'")
    op.create_table(
        "pay_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column(
            "state", sa.Enum(*STATES, name="runstate", native_enum=False, length=20), nullable=False
        ),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_pay_step_home_id")),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_pay_step_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_step")),
    )
    op.create_index(op.f("ix_pay_step_home_id"), "pay_step", ["home_id"])
    op.create_index(op.f("ix_pay_step_run_id"), "pay_step", ["run_id"])
    op.create_table(
        "pay_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("employment_id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["home.id"], name=op.f("fk_pay_correction_home_id")),
        sa.ForeignKeyConstraint(["run_id"], ["pay_run.id"], name=op.f("fk_pay_correction_run_id")),
        sa.ForeignKeyConstraint(
            ["employment_id"], ["employment.id"], name=op.f("fk_pay_correction_employment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_correction")),
    )
    for column in ("home_id", "run_id", "employment_id"):
        op.create_index(op.f(f"ix_pay_correction_{column}"), "pay_correction", [column])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_locked_run() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF OLD.state IN {FINAL} AND (TG_OP = 'DELETE' OR NEW.state NOT IN {FINAL} "
        "OR NEW.inputs::text IS DISTINCT FROM OLD.inputs::text "
        "OR NEW.digest IS DISTINCT FROM OLD.digest OR NEW.month <> OLD.month "
        "OR NEW.known_on IS DISTINCT FROM OLD.known_on) "
        f"THEN RAISE EXCEPTION '{REFUSAL}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER pay_run_locked BEFORE UPDATE OR DELETE ON pay_run "
        "FOR EACH ROW EXECUTE FUNCTION refuse_locked_run()"
    )
    op.execute(
        "CREATE FUNCTION refuse_locked_payslip() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE run integer; BEGIN "
        "IF TG_OP = 'INSERT' THEN run := NEW.run_id; ELSE run := OLD.run_id; END IF; "
        f"IF EXISTS (SELECT 1 FROM pay_run WHERE id = run AND state IN {FINAL}) "
        f"THEN RAISE EXCEPTION '{REFUSAL}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER payslip_locked BEFORE INSERT OR UPDATE OR DELETE ON payslip "
        "FOR EACH ROW EXECUTE FUNCTION refuse_locked_payslip()"
    )


def _guard_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    op.execute(
        "CREATE TRIGGER pay_run_locked_update BEFORE UPDATE ON pay_run "
        f"WHEN OLD.state IN {FINAL} AND (NEW.state NOT IN {FINAL} "
        "OR NEW.inputs IS NOT OLD.inputs OR NEW.digest IS NOT OLD.digest "
        f"OR NEW.month IS NOT OLD.month OR NEW.known_on IS NOT OLD.known_on) {refuse}"
    )
    op.execute(
        "CREATE TRIGGER pay_run_locked_delete BEFORE DELETE ON pay_run "
        f"WHEN OLD.state IN {FINAL} {refuse}"
    )
    for change, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER payslip_locked_{change.lower()} BEFORE {change} ON payslip "
            f"WHEN (SELECT state FROM pay_run WHERE id = {row}.run_id) IN {FINAL} {refuse}"
        )


def downgrade() -> None:
    """Take guard, steps, corrections and the day of knowledge away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER pay_run_locked ON pay_run")
        op.execute("DROP TRIGGER payslip_locked ON payslip")
        op.execute("DROP FUNCTION refuse_locked_run()")
        op.execute("DROP FUNCTION refuse_locked_payslip()")
    else:
        for name in ("pay_run_locked_update", "pay_run_locked_delete"):
            op.execute(f"DROP TRIGGER {name}")
        for change in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER payslip_locked_{change}")
    op.drop_table("pay_correction")
    op.drop_table("pay_step")
    op.execute("UPDATE pay_run SET state = 'requested' WHERE state = 'draft'")
    op.execute("UPDATE pay_run SET state = 'calculated' WHERE state <> 'requested'")
    with op.batch_alter_table("pay_run") as batch:
        batch.drop_column("known_on")
