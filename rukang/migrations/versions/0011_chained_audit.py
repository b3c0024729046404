"""The audit trail is a chain, and what guards it and locked wages holds against REPLACE too.

Entries written before follow the first link when the database is next opened with its keys
(`rukang.base.database.audit.link_written_before`): a migration has none.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from rukang.base.database.audit.chain import digest_of, genesis
from rukang.base.database.types import UtcDateTime

# ruff: noqa: S608 - the statements are built from the constants of this file alone

revision = "0011"
down_revision = "0012"
branch_labels = None
depends_on = None

APPEND_ONLY = "audit_entry is append-only"
LOCKED = "a locked wage run never changes"
FINAL = "('locked', 'paid', 'reconciled', 'declared')"

ADDED = ("number", "person_id", "sealed", "digest")


def upgrade() -> None:
    """Add the chain, found it, and put guards in place that no statement passes by."""
    _drop_old_guard()
    op.add_column("audit_entry", sa.Column("number", sa.BigInteger(), nullable=True))
    op.add_column("audit_entry", sa.Column("person_id", sa.Integer(), nullable=True))
    op.add_column("audit_entry", sa.Column("sealed", sa.Text(), nullable=True))
    op.add_column("audit_entry", sa.Column("digest", sa.String(64), nullable=True))
    op.create_index(op.f("ix_audit_entry_number"), "audit_entry", ["number"], unique=True)
    op.create_index(op.f("ix_audit_entry_person_id"), "audit_entry", ["person_id"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("installation", sa.String(36), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    _found()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _found() -> None:
    """Write the first link: whose chain it is, and how many entries were written before it."""
    connection = op.get_bind()
    written = connection.scalar(sa.text("SELECT count(*) FROM audit_entry"))
    installation, now = str(uuid.uuid4()), datetime.now(UTC)
    link = {
        "number": 1,
        "at": now,
        "actor": "system",
        "action": "found",
        "table": "audit_head",
        "record_id": 1,
        "person_id": None,
        "before": None,
        "after": {"installation": installation, "written_before": written},
        "sealed": None,
    }
    digest = digest_of(genesis(installation), link)
    types = {"at": UtcDateTime(timezone=True), "before": sa.JSON(), "after": sa.JSON()}
    names = [*link, "digest"]
    entries = sa.table("audit_entry", *(sa.column(n, types.get(n)) for n in names))
    connection.execute(sa.insert(entries).values({**link, "digest": digest}))
    head = {"id": 1, "installation": installation, "number": 1, "digest": digest, "at": now}
    table = sa.table("audit_head", *(sa.column(n, types.get(n)) for n in head))
    connection.execute(sa.insert(table).values(head))


def _drop_old_guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entry_append_only ON audit_entry")
    else:
        for change in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_entry_no_{change}")


def _guard_postgresql() -> None:
    # An entry without a number was written before the chain: it gets one, once.
    op.execute(
        "CREATE FUNCTION refuse_chain_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'INSERT' AND NEW.number IS NOT NULL THEN RETURN NEW; END IF; "
        "IF TG_OP = 'UPDATE' THEN "
        "IF OLD.number IS NULL AND NEW.number IS NOT NULL THEN RETURN NEW; END IF; END IF; "
        f"RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_append_only BEFORE INSERT OR UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_chain_change()"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )
    op.execute(
        "CREATE FUNCTION refuse_moving_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_TABLE_NAME = 'pay_run' THEN "
        f"IF OLD.state IN {FINAL} AND (NEW.id <> OLD.id OR NEW.home_id <> OLD.home_id) "
        f"THEN RAISE EXCEPTION '{LOCKED}'; END IF; "
        f"ELSIF EXISTS (SELECT 1 FROM pay_run WHERE id = NEW.run_id AND state IN {FINAL}) "
        f"THEN RAISE EXCEPTION '{LOCKED}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_emptying_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS (SELECT 1 FROM pay_run WHERE state IN {FINAL}) "
        f"THEN RAISE EXCEPTION '{LOCKED}'; END IF; RETURN NULL; END $$"
    )
    for table in ("pay_run", "payslip"):
        op.execute(
            f"CREATE TRIGGER {table}_locked_moved BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_moving_locked()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_locked_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_emptying_locked()"
        )


def _guard_sqlite() -> None:
    # A row that REPLACE takes the place of is deleted without its delete trigger.
    def guard(name: str, change: str, table: str, when: str, refusal: str) -> None:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )

    taken = "EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id OR number = NEW.number)"
    guard(
        "audit_entry_no_replace",
        "INSERT",
        "audit_entry",
        f"NEW.number IS NULL OR {taken}",
        APPEND_ONLY,
    )
    once = "OLD.number IS NULL AND NEW.number IS NOT NULL AND NEW.id = OLD.id"
    guard(
        "audit_entry_no_update",
        "UPDATE",
        "audit_entry",
        f"NOT ({once}) OR EXISTS (SELECT 1 FROM audit_entry WHERE number = NEW.number)",
        APPEND_ONLY,
    )
    guard("audit_entry_no_delete", "DELETE", "audit_entry", "1", APPEND_ONLY)
    run = (
        f"EXISTS (SELECT 1 FROM pay_run r WHERE r.state IN {FINAL} AND "
        "(r.id = NEW.id OR (r.home_id = NEW.home_id AND r.month = NEW.month)){other})"
    )
    slip = (
        "EXISTS (SELECT 1 FROM payslip p JOIN pay_run r ON r.id = p.run_id "
        f"WHERE r.state IN {FINAL} AND (p.id = NEW.id "
        "OR (p.run_id = NEW.run_id AND p.employment_id = NEW.employment_id)){other})"
    )
    moved = f"OLD.state IN {FINAL} AND (NEW.id IS NOT OLD.id OR NEW.home_id IS NOT OLD.home_id)"
    into = f"(SELECT state FROM pay_run WHERE id = NEW.run_id) IN {FINAL}"
    guard("pay_run_locked_replace", "INSERT", "pay_run", run.format(other=""), LOCKED)
    guard("payslip_locked_replace", "INSERT", "payslip", slip.format(other=""), LOCKED)
    other_run, other_slip = " AND r.id <> OLD.id", " AND p.id <> OLD.id"
    guard(
        "pay_run_locked_moved",
        "UPDATE",
        "pay_run",
        f"({moved}) OR {run.format(other=other_run)}",
        LOCKED,
    )
    guard(
        "payslip_locked_moved",
        "UPDATE",
        "payslip",
        f"({into}) OR {slip.format(other=other_slip)}",
        LOCKED,
    )


def downgrade() -> None:
    """Take the chain and the further guards away; what was sealed in the trail is lost."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        _unguard_postgresql()
    else:
        _unguard_sqlite()
    op.execute("DELETE FROM audit_entry WHERE action = 'found'")
    op.drop_table("audit_head")
    op.drop_index(op.f("ix_audit_entry_person_id"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_number"), table_name="audit_entry")
    for column in ADDED:
        op.drop_column("audit_entry", column)
    if postgresql:
        op.execute(
            "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_entry_no_{change.lower()} BEFORE {change} ON audit_entry "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        )


def _unguard_postgresql() -> None:
    for table in ("pay_run", "payslip"):
        op.execute(f"DROP TRIGGER {table}_locked_moved ON {table}")
        op.execute(f"DROP TRIGGER {table}_locked_truncate ON {table}")
    for trigger in ("append_only", "no_truncate"):
        op.execute(f"DROP TRIGGER audit_entry_{trigger} ON audit_entry")
    for function in ("chain_change", "moving_locked", "emptying_locked"):
        op.execute(f"DROP FUNCTION refuse_{function}()")


def _unguard_sqlite() -> None:
    for table in ("pay_run", "payslip"):
        op.execute(f"DROP TRIGGER {table}_locked_replace")
        op.execute(f"DROP TRIGGER {table}_locked_moved")
    for change in ("replace", "update", "delete"):
        op.execute(f"DROP TRIGGER audit_entry_no_{change}")
