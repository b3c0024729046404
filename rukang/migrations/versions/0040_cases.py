"""Cases: events that are only added, and what is read out of them.

Complaints, what is to be mended and objections that are there already get their cases, with the
events their records tell of.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files
from typing import Any

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
    _open_cases()


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


Row = dict[str, Any]
LATE = "升级时补立 from the record kept before"
BY = "system"
BINZHOU = timezone(timedelta(hours=8))


def _open_cases() -> None:
    """Open the cases of the records there are, with the events these tell of."""
    made = [*_complaints(), *_corrections(), *_objections()]
    taken: set[int] = set()
    for course in sorted({case["course"] for case, _, _ in made}):
        text = files("rukang.cases").joinpath(f"courses/{course}.yaml").read_text(encoding="utf-8")
        kept = {
            "name": f"{course}@1",
            "digest": hashlib.sha256(text.encode()).hexdigest(),
            "content": text,
            "kept_at": datetime.now(UTC),
            "kept_by": BY,
        }
        _insert("course_text", [kept])
    for case, events, steps in made:
        while (drawn := secrets.randbelow(2**31 - 1) + 1) in taken:
            pass
        taken.add(drawn)
        live = next((step for step in steps if step["state"] == "ready"), None)
        _insert("case_file", [{**case, "id": drawn, "seq": len(events)}])
        _insert("case_event", [{"case_id": drawn, **event} for event in events])
        _insert("case_step", [{"case_id": drawn, **_plain(step)} for step in steps])
        if live is not None:
            _insert("case_clock", [{"case_id": drawn, **live["clock"]}])
            _insert("case_part", [{"case_id": drawn, **live["part"]}])


def _complaints() -> Iterator[tuple[Row, list[Row], list[Row]]]:
    query = sa.text(
        "SELECT c.id, c.received_on, c.upheld, c.closed_on, h.id, h.code, h.county"
        " FROM complaint c JOIN home h ON h.id = c.home_id ORDER BY c.id"
    ).columns(*_dates("received_on", "closed_on", at=(1, 3), of=7))
    for row, received, upheld, closed, home, code, county in op.get_bind().execute(query):
        if received > _today():
            continue
        closed = None if closed is None or closed > _today() else max(closed, received)
        organ, ending = f"home:{code}", "upheld" if upheld else "not_upheld"
        events = [_opened("complaint", received, organ, {"home": organ})]
        step = _step("handle", organ, received, home, county)
        if closed is not None:
            events.append(_done(2, "handle", ending, closed, organ))
            step |= _over(ending, closed)
        case = _case("complaint", row, home, county, received, closed, ending)
        yield case, events, [step]


def _corrections() -> Iterator[tuple[Row, list[Row], list[Row]]]:
    query = sa.text(
        "SELECT a.id, i.closed_on, a.due_on, a.reported_on, a.confirmed_on, h.id, h.code, h.county"
        " FROM corrective_action a JOIN home h ON h.id = a.home_id"
        " JOIN inspection i ON i.id = a.inspection_id ORDER BY a.id"
    ).columns(*_dates("closed_on", "due_on", "reported_on", "confirmed_on", at=(1, 2, 3, 4), of=8))
    for row, published, due, reported, confirmed, home, code, county in op.get_bind().execute(
        query
    ):
        known = (published, reported, confirmed, _today())
        on = min(day for day in known if day is not None)
        ours, office = f"home:{code}", f"place:{county}"
        events = [
            _opened("correction", on, office, {"home": ours, "federation": office}),
            _event(2, "day_set", on, office, {"name": "correct_by", "day": due.isoformat()}),
        ]
        mend = _step("mend", ours, on, home, county, until=due, escalates=True)
        steps = [mend]
        mended = _past(reported or confirmed, on)
        if mended is not None:
            outcome = "reported" if reported else "seen"
            events.append(_done(3, "mend", outcome, mended, ours))
            mend |= _over(outcome, mended)
            confirm = _step("confirm", office, mended, None, county, until=due)
            steps.append(confirm)
            if confirmed is not None:
                confirmed = max(confirmed, mended)
                events.append(_done(4, "confirm", "mended", confirmed, office))
                confirm |= _over("mended", confirmed)
        ended = confirmed if mended is not None else None
        yield _case("correction", row, home, county, on, ended, "mended"), events, steps


def _objections() -> Iterator[tuple[Row, list[Row], list[Row]]]:
    query = sa.text(
        "SELECT o.id, o.made_on, o.decided_on, i.closed_on, o.upheld, o.decision, o.decided_by,"
        " h.id, h.code, h.county, i.stage"
        " FROM objection o JOIN home h ON h.id = o.home_id"
        " JOIN inspection i ON i.id = o.inspection_id ORDER BY o.id"
    ).columns(*_dates("made_on", "decided_on", "closed_on", at=(1, 2, 3), of=11))
    for row, made, decided, closed, upheld, words, by, home, code, county, stage in (
        op.get_bind().execute(query)
    ):  # fmt: skip
        made, ours, office = min(made, _today()), f"home:{code}", f"place:{county}"
        events = [_opened("objection", made, ours, {"federation": office})]
        step = _step("decide", office, made, None, county)
        ended, ending = None, ""
        if upheld is not None:
            ended, ending = _past(decided, made) or made, "upheld" if upheld else "rejected"
            said = {"reason": words or LATE, "actor": by or BY}
            events.append(_done(2, "decide", ending, ended, office, **said))
            step |= _over(ending, ended)
        elif stage == "withdrawn":
            ended, ending = _past(closed, made) or made, "voided"
            events.append(_event(2, "voided", ended, office, {}, reason="评定已撤回"))
            step |= {"state": "cancelled", "finished": ended}
        yield _case("objection", row, home, county, made, ended, ending), events, [step]


def _dates(*names: str, at: tuple[int, ...], of: int) -> list[sa.ColumnClause[Any]]:
    """Return the columns of a query, those that are days typed as such."""
    days = dict(zip(at, names, strict=True))
    return [sa.column(days.get(n, f"c{n}"), sa.Date() if n in days else None) for n in range(of)]


def _today() -> date:
    return datetime.now(BINZHOU).date()


def _past(day: date | None, first: date) -> date | None:
    """Return a day within what has been since another one."""
    return None if day is None else min(max(day, first), _today())


def _case(
    course: str, row: int, home: int, county: str, on: date, ended: date | None, ending: str
) -> Row:
    return {
        "course": course,
        "place": county,
        "home_id": home,
        "person_id": None,
        "subject_kind": course,
        "subject_id": row,
        "facts": {},
        "edition": f"{course}@1",
        "opened_on": on,
        "ended_on": ended,
        "endings": ending if ended is not None else "",
    }


def _event(
    seq: int, kind: str, on: date, organ: str, data: Row, actor: str = BY, reason: str = ""
) -> Row:
    words = {"backdated": LATE, **({"reason": reason} if reason else {})}
    return {
        "seq": seq,
        "at": datetime.now(UTC),
        "on": on,
        "actor": actor,
        "organ": organ,
        "kind": kind,
        "data": {**data, "worded": {"self": sorted(words)}},
        "words": {"self": words},
    }


def _opened(course: str, on: date, organ: str, organs: dict[str, str]) -> Row:
    return _event(1, "opened", on, organ, {"course": f"{course}@1", "organs": organs})


def _done(seq: int, step: str, outcome: str, on: date, organ: str, **said: str) -> Row:
    return _event(seq, "done", on, organ, {"step": step, "outcome": outcome}, **said)


def _step(
    name: str,
    organ: str,
    entered: date,
    home: int | None,
    county: str,
    *,
    until: date | None = None,
    escalates: bool = False,
) -> Row:
    """Return a step that is ready, with the clock and the part that go with it while it is."""
    run = {"started": entered.isoformat(), "until": until.isoformat()} if until else None
    return {
        "step": name,
        "round": 1,
        "state": "ready",
        "organ": organ,
        "offered_to": None,
        "assignee": None,
        "entered": entered,
        "finished": None,
        "outcome": None,
        "clock": {
            "step": name,
            "of": "term",
            "holder": organ,
            "started": entered,
            "escalates": escalates,
            "run": json.dumps(run, separators=(",", ":")) if run else None,
        },
        "part": {"organ": organ, "home_id": home, "place": county},
    }


def _over(outcome: str, on: date) -> Row:
    return {"state": "done", "outcome": outcome, "finished": on}


def _plain(step: Row) -> Row:
    return {name: value for name, value in step.items() if name not in {"clock", "part"}}


def _insert(name: str, rows: list[Row]) -> None:
    table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())
    op.bulk_insert(table, rows)


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
