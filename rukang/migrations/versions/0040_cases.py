"""Cases: events that are only added, and what is read out of them.

Complaints, what is to be mended and objections that are there already get their cases, with the
events their records tell of.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

APPEND_ONLY = "case_event is append-only"
ERASED = '{"erased": true}'
FIXED = ("id", "case_id", "seq", "at", '"on"', "actor", "organ", "kind")


def upgrade() -> None:
    """Make the tables and guard the events."""
    _make_tables()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _make_tables() -> None:
    op.create_table(
        "course_text",
        _id(),
        sa.Column("name", sa.String(121), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by", sa.String(320), nullable=False),
        _key("course_text"),
        sa.UniqueConstraint("name", name=op.f("uq_course_text_name")),
    )
    op.create_table(
        "case_file",
        _id(),
        sa.Column("course", sa.String(60), nullable=False),
        sa.Column("place", sa.String(12), nullable=False),
        _to("case_file", "home_id", "home", nullable=True),
        _to("case_file", "person_id", "person", nullable=True),
        sa.Column("subject_kind", sa.String(40), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("edition", sa.String(121), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("endings", sa.String(400), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        _key("case_file"),
        sa.UniqueConstraint(
            "subject_kind", "subject_id", name=op.f("uq_case_file_subject_kind_subject_id")
        ),
    )
    op.create_index("ix_case_file_course_opened_on", "case_file", ["course", "opened_on"])
    _index("case_file", "place", "home_id", "person_id", "ended_on")
    op.create_table(
        "case_event",
        _id(),
        _to("case_event", "case_id", "case_file"),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(320), nullable=False),
        sa.Column("organ", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        _key("case_event"),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_case_event_case_id_seq")),
    )
    op.create_table(
        "case_step",
        _id(),
        _to("case_step", "case_id", "case_file"),
        sa.Column("step", sa.String(60), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("organ", sa.String(120), nullable=True),
        sa.Column("offered_to", sa.String(120), nullable=True),
        sa.Column("assignee", sa.String(320), nullable=True),
        sa.Column("entered", sa.Date(), nullable=True),
        sa.Column("finished", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(60), nullable=True),
        _key("case_step"),
        sa.UniqueConstraint("case_id", "step", name=op.f("uq_case_step_case_id_step")),
    )
    op.create_index("ix_case_step_organ_state", "case_step", ["organ", "state"])
    op.create_table(
        "case_clock",
        _id(),
        _to("case_clock", "case_id", "case_file"),
        sa.Column("step", sa.String(60), nullable=False),
        sa.Column("of", sa.String(20), nullable=False),
        sa.Column("holder", sa.String(120), nullable=False),
        sa.Column("started", sa.Date(), nullable=False),
        sa.Column("escalates", sa.Boolean(), nullable=False),
        sa.Column("run", sa.Text(), nullable=True),
        _key("case_clock"),
    )
    _index("case_clock", "case_id", "holder")
    op.create_table(
        "case_part",
        _id(),
        _to("case_part", "case_id", "case_file"),
        sa.Column("organ", sa.String(120), nullable=False),
        _to("case_part", "home_id", "home", nullable=True),
        sa.Column("place", sa.String(12), nullable=False),
        _key("case_part"),
        sa.UniqueConstraint("case_id", "organ", name=op.f("uq_case_part_case_id_organ")),
    )
    _index("case_part", "home_id", "place")
    op.create_table(
        "paper",
        _id(),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("place", sa.String(12), nullable=False),
        _to("paper", "home_id", "home", nullable=True),
        _to("paper", "person_id", "person", nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("rejected_on", sa.Date(), nullable=True),
        _key("paper"),
    )
    _index("paper", "place", "home_id", "person_id")
    op.create_table(
        "case_paper",
        _id(),
        _to("case_paper", "case_id", "case_file"),
        sa.Column("name", sa.String(60), nullable=False),
        _to("case_paper", "paper_id", "paper"),
        _key("case_paper"),
        sa.UniqueConstraint("case_id", "name", name=op.f("uq_case_paper_case_id_name")),
    )
    _index("case_paper", "paper_id")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _to(table: str, column: str, other: str, *, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{other}.id", name=op.f(f"fk_{table}_{column}_{other}"))
    return sa.Column(column, sa.Integer(), key, nullable=nullable)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _guard_postgresql() -> None:
    same = " AND ".join(f"NEW.{name} = OLD.{name}" for name in FIXED)
    op.execute(
        "CREATE FUNCTION refuse_case_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' AND {same} AND NEW.data::text = OLD.data::text "
        f"AND NEW.words::text = '{ERASED}' THEN RETURN NEW; END IF; "
        f"RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER case_event_append_only BEFORE UPDATE OR DELETE ON case_event "
        "FOR EACH ROW EXECUTE FUNCTION refuse_case_change()"
    )
    op.execute(
        "CREATE TRIGGER case_event_no_truncate BEFORE TRUNCATE ON case_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_case_change()"
    )


def _guard_sqlite() -> None:
    # A row that REPLACE takes the place of is deleted, in some ways without its delete trigger.
    taken = (
        "EXISTS (SELECT 1 FROM case_event WHERE id = NEW.id "
        "OR (case_id = NEW.case_id AND seq = NEW.seq))"
    )
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in (*FIXED, "data"))
    guards = {
        "replace": ("INSERT", taken),
        "update": ("UPDATE", f"NOT ({same} AND NEW.words = '{ERASED}')"),
        "delete": ("DELETE", "1"),
    }
    for name, (change, when) in guards.items():
        op.execute(
            f"CREATE TRIGGER case_event_no_{name} BEFORE {change} ON case_event WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        )


def downgrade() -> None:
    """Take the cases away; complaints, objections and what is to be mended keep their records."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER case_event_append_only ON case_event")
        op.execute("DROP TRIGGER case_event_no_truncate ON case_event")
        op.execute("DROP FUNCTION refuse_case_change()")
    else:
        for change in ("replace", "update", "delete"):
            op.execute(f"DROP TRIGGER case_event_no_{change}")
    for table in (
        "case_paper", "paper", "case_part", "case_clock", "case_step", "case_event", "case_file",
        "course_text",
    ):  # fmt: skip
        op.drop_table(table)
