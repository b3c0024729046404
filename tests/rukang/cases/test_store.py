"""Events and what is read out of them: one transaction, only ever added, never another answer."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from rukang.base.access import Database
from rukang.base.database.audit import AuditEntry, opened, verify
from rukang.base.errors import ConflictError, InvalidError, NotFoundError
from rukang.cases import (
    Opening,
    Told,
    add_course,
    check_cases,
    events_of,
    follow,
    open_case,
    rebuild_cases,
    tell,
)
from rukang.cases.records import (
    CaseClock,
    CaseEvent,
    CaseFile,
    CasePaper,
    CaseStep,
    CourseText,
    Paper,
)
from rukang.cases.shelf import shipped
from rukang.cases.store import ERASED, GONE
from rukang.casework import CourseError, Happened, RefusedError
from rukang.doors import privacy
from tests import factories as make
from tests.rukang.cases.drive import COUNTY, EXPERT, PLACE, ROLES, TOWN, Driven, add_all, later
from tests.rukang.casework.tiny import MONDAY, TINY

H = Happened
EVENTS: Any = CaseEvent.__table__
STEPS: Any = CaseStep.__table__


@pytest.fixture
def case(empty_database: Database) -> Driven:
    """A case of the small course with its papers, accepted: two branches side by side."""
    with empty_database.session() as session:
        add_all(session)
    driven = Driven(empty_database)
    driven.tell("paper_added", papers=("form", "photo"))
    driven.tell("done", "accept", outcome="ok")
    return driven


def faults(database: Database) -> list[tuple[int, str]]:
    """Return what the check finds."""
    with database.session() as session:
        return [(one.case_id, one.en) for one in check_cases(session)]


def test_an_event_and_its_projection_are_stored_together(case: Driven) -> None:
    """Steps, the organ responsible, and the number of the last event."""
    with case.session() as session:
        file = case.file(session)
        assert file.seq == 3
        assert (file.edition, file.opened_on, file.ended_on) == ("permit@1", MONDAY, None)
        found = {one.step: (one.state.value, one.organ) for one in file.steps}
    assert found == {
        "accept": ("done", TOWN), "visit": ("ready", COUNTY), "advice": ("ready", COUNTY),
    }  # fmt: skip
    assert faults(case.database) == []


def test_what_is_refused_stores_nothing(case: Driven) -> None:
    """Neither the event nor one told beside it."""
    with pytest.raises(RefusedError, match="responsible for visit"):
        case.tell("done", "visit", outcome="fits", organ=TOWN, persons=("p2",), where="home")
    noted = Told(H.NOTED, COUNTY, given={"reason": "记事 noted"})
    wrong = Told(H.DONE, COUNTY, given={"step": "decide", "outcome": "granted"})
    with pytest.raises(RefusedError), case.session() as session:
        tell(session, case.file(session), noted, wrong)
    with case.session() as session:
        assert session.scalar(select(func.count(CaseEvent.id))) == 3
    assert faults(case.database) == []


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (Told(H.OFFERED, COUNTY, given={"step": "advice"}), "needs to"),
        (Told(H.OFFERED, COUNTY, given={"step": "advice", "to": "E1"}), "like home:ZP001"),
        (Told(H.NOTED, COUNTY, given={"reason": "记事", "why": "x"}), "no such field, remove it"),
        (Told(H.NOTED, "home:NO1", given={"reason": "记事"}), "There is no home"),
    ],
)
def test_what_an_event_lacks_is_told(case: Driven, told: Told, message: str) -> None:
    """A field of its kind, and an organ that is none."""
    with pytest.raises((InvalidError, NotFoundError), match=message), case.session() as session:
        tell(session, case.file(session), told)


def test_events_are_only_added(case: Driven) -> None:
    """The database itself refuses to change, delete or replace one."""
    table = EVENTS
    for statement in (
        update(table).values(organ="place:37"),
        update(table).values(words={"self": {"reason": "x"}}),
        update(table).values(seq=99).where(table.c.seq == 1),
        delete(table),
        text("UPDATE case_event SET data = '{}', words = '{\"erased\": true}'"),
    ):
        with (
            pytest.raises(DBAPIError, match="append-only"),
            case.database.engine.begin() as connection,
        ):
            connection.execute(statement)
    if case.database.engine.dialect.name == "sqlite":
        with case.database.engine.begin() as connection:
            row = dict(connection.execute(select(table).limit(1)).mappings().one())
            replacing = insert(table).prefix_with("OR REPLACE").values(row | {"organ": "x"})
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(replacing)
    with case.session() as session:
        assert len(events_of(session, case.file(session))) == 3


def test_a_projection_that_was_changed_is_found_and_made_again(case: Driven) -> None:
    """The check names the case and table; the events are enough to make it again."""
    with case.database.engine.begin() as connection:
        connection.execute(update(STEPS).values(organ="place:370000"))
        connection.execute(text("UPDATE case_file SET seq = 2"))
    assert faults(case.database) == [(case.case_id, "case_file、case_step differ from its events")]
    with case.session() as session:
        assert rebuild_cases(session) == 1
    assert faults(case.database) == []


def test_a_text_that_was_changed_is_found(case: Driven) -> None:
    """A course is kept with its digest."""
    with case.database.engine.begin() as connection:
        connection.execute(
            text("UPDATE course_text SET content = content || '#' WHERE name = 'permit@1'")
        )
    assert (0, "the text of permit@1 was changed") in faults(case.database)


def test_two_who_tell_at_once_do_not_get_one_number(case: Driven) -> None:
    """The number of an event is the database's to refuse, if nothing else does."""
    with case.session() as session:
        event = session.scalars(select(CaseEvent).where(CaseEvent.seq == 2)).one()
        twin = {c.key: getattr(event, c.key) for c in CaseEvent.__table__.columns if c.key != "id"}
    with pytest.raises(DBAPIError), case.database.engine.begin() as connection:
        connection.execute(insert(EVENTS).values(twin))


def test_a_correction_moves_what_is_counted(case: Driven) -> None:
    """Accepted on Monday, not Wednesday: the visit's clock runs from Monday."""
    other = Driven(case.database)
    other.tell("paper_added", papers=("form", "photo"))
    other.day = later(MONDAY, 2)
    other.tell("done", "accept", outcome="ok")
    started = select(CaseClock.started).where(
        CaseClock.case_id == other.case_id, CaseClock.step == "visit"
    )
    with other.session() as session:
        assert set(session.scalars(started)) == {other.day}
        file = other.file(session)
        wrong = events_of(session, file)[2]
        right = {**wrong.model_dump(exclude_defaults=True), "on": MONDAY, "backdated": "误记日期"}
        told = Told(H.CORRECTED, TOWN, given={"corrects": 3, "reason": "误记", "right": right})
        tell(session, file, told)
        assert set(session.scalars(started)) == {MONDAY}
    assert faults(case.database) == []


def test_a_correction_that_makes_later_events_impossible_is_refused(case: Driven) -> None:
    """And names the event that could not have happened."""
    case.tell("offered", "advice", to=EXPERT)
    with pytest.raises(RefusedError, match="As corrected: Event 4"):
        case.tell("corrected", corrects=3, reason="没有受理 not accepted")


KILLED = """
import os, sys
from datetime import UTC, datetime
from rukang.base.access import Database
from rukang.base.database.sealing.vault import Vault
from rukang.cases import CaseFile, Told, store
from rukang.casework import Happened
from sqlalchemy import select

url, key, case_id = sys.argv[1:]
moment = datetime(2026, 9, 8, 4, tzinfo=UTC)
database = Database(url, Vault([key]), lambda: moment)
store.project = lambda *_: os._exit(9)  # the event is flushed; what is read out of it is not
with database.session() as session:
    file = session.scalars(select(CaseFile).where(CaseFile.id == int(case_id))).one()
    store.tell(session, file, Told(Happened.NOTED, "place:371681001", given={"reason": "x y"}))
"""


def test_a_process_killed_between_event_and_projection_leaves_neither(case: Driven) -> None:
    """One transaction: afterwards the case is as before, and goes on."""
    key = Fernet.generate_key().decode()
    command = [sys.executable, "-c", KILLED, case.database.url, key, str(case.case_id)]
    assert subprocess.run(command, check=False).returncode == 9
    with case.session() as session:
        assert len(events_of(session, case.file(session))) == 3
    assert faults(case.database) == []
    assert case.tell("noted", reason="之后 afterwards").seq == 4


def test_the_edition_of_the_day_is_kept_with_its_text(case: Driven) -> None:
    """Cases of 2027 go by the next edition; the first goes on under its own."""
    driven = Driven(case.database, day=date(2027, 3, 1))
    assert driven.now.course.id == "permit@2"
    assert case.now.course.id == "permit@1"
    with case.session() as session:
        names = set(session.scalars(select(CourseText.name)))
    assert {"permit@1", "permit@2"} <= names


def test_a_course_that_does_not_fit_is_refused(empty_database: Database) -> None:
    """One with faults, one whose days overlap, one changed after it was published."""
    with empty_database.session() as session:
        add_course(session, TINY)
    for given, error, message in (
        (TINY.replace("who: town", "who: twon", 1), CourseError, "twon"),
        (TINY.replace('edition: "1"', 'edition: "1b"'), CourseError, "same days"),
        (TINY, ConflictError, "never changes"),
    ):
        with pytest.raises(error, match=message), empty_database.session() as session:
            add_course(session, given)


def test_an_edition_of_ones_own_keeps_what_the_house_ends(empty_database: Database) -> None:
    """A city may give complaints a term; it may not drop the step that closing one records."""
    text_ = shipped()["complaint@1"].replace('place: "00"', 'place: "371600"')
    term = "term: {workdays: 15, on_expiry: escalate, source: own}"
    own = text_.replace("term: {unknown: true, on_expiry: list}", term).replace(
        "roles:", "sources: {own: {zh: 本市规定, en: ours, standing: local}}\nroles:", 1
    )
    with (
        pytest.raises(InvalidError, match="lacks the step handle"),
        empty_database.session() as session,
    ):
        add_course(session, own.replace("handle", "answer").replace('"1"', '"bz"'))
    with empty_database.session() as session:
        add_course(session, own.replace('edition: "1"', 'edition: "bz"'))
        opening = Opening("complaint", "371681", "place:371681", {"home": "place:371681"})
        assert open_case(session, opening).edition == "complaint@bz"


def test_a_paper_that_is_there_is_not_asked_for_again(empty_database: Database) -> None:
    """It stands for the next case of the same person while it is valid and not rejected."""
    with empty_database.session() as session:
        add_all(session)
        person = make.a_person(session).id
        other = make.a_person(session).id
        common: dict[str, Any] = {
            "course": "permit",
            "place": PLACE,
            "organ": TOWN,
            "organs": ROLES,
        }
        one = open_case(session, Opening(**common, person_id=person, papers=("form", "photo")))
        again = open_case(session, Opening(**common, person_id=person))
        strange = open_case(session, Opening(**common, person_id=other))
        assert [event.kind for event in events_of(session, again)] == [H.OPENED, H.PAPER_ADDED]
        assert len(events_of(session, strange)) == 1
        used = select(CasePaper.paper_id).where(CasePaper.case_id.in_([one.id, again.id]))
        assert len(set(session.scalars(used))) == 2
        rejected = Told(H.PAPER_REJECTED, TOWN, given={"papers": ("photo",), "reason": "模糊"})
        tell(session, again, rejected)
        third = open_case(session, Opening(**common, person_id=person))
        assert events_of(session, third)[1].papers == ("form",)
        added = Told(H.PAPER_ADDED, TOWN, given={"papers": ("photo",)})
        tell(session, third, added, valid_to=date(2026, 11, 1))
        fourth = open_case(session, Opening(**common, person_id=person))
        assert events_of(session, fourth)[1].papers == ("form",)
        assert session.scalar(select(func.count(Paper.id))) == 3


def test_a_case_follows_a_record_that_is_corrected(empty_database: Database) -> None:
    """Other days, another outcome, open again: each is a correction, and nothing is lost."""
    home = "home:ZP001"
    opened_on = {"course": "complaint@1", "organs": {"home": home}}

    def wanted(first: date, closed: tuple[date, str] | None) -> list[Told]:
        opening = Told(H.OPENED, home, first, {**opened_on, "backdated": "补记 recorded late"})
        if closed is None:
            return [opening]
        last, outcome = closed
        given = {"step": "handle", "outcome": outcome, "backdated": "补记 recorded late"}
        return [opening, Told(H.DONE, home, last, given)]

    with empty_database.session() as session:
        make.a_home(session)
        file = open_case(
            session,
            Opening(
                "complaint", "371681", home, {"home": home}, on=date(2026, 10, 1),
                backdated="补记 recorded late",
            ),
        )  # fmt: skip
        october = [date(2026, 10, day) for day in range(1, 32)]
        for first, closed, events in (
            (october[0], None, 1),
            (october[0], (october[9], "upheld"), 2),
            (october[11], (october[19], "upheld"), 4),
            (october[11], (october[19], "not_upheld"), 5),
            (october[11], None, 6),
            (october[11], (october[29], "upheld"), 7),
        ):
            follow(session, file, wanted(first, closed))
            assert file.seq <= events
            assert len(events_of(session, file)) == events
            assert file.opened_on == first
            assert file.ended_on == (closed[0] if closed else None)
            assert file.endings == (closed[1] if closed else "")
        assert list(check_cases(session)) == []


def test_the_words_of_a_person_are_erased_and_the_case_still_reads(
    empty_database: Database,
) -> None:
    """Reasons go with the person; days, steps and organs stay, and replay as before."""
    with empty_database.session() as session:
        add_all(session)
        person = make.a_person(session).id
        opening = Opening(
            "permit", PLACE, TOWN, ROLES, person_id=person, papers=("form", "photo"),
            facts={"wish": "绝密愿望"},
        )  # fmt: skip
        file = open_case(session, opening)
        refused = {"step": "accept", "outcome": "refused", "reason": "绝密理由"}
        tell(session, file, Told(H.DONE, TOWN, given=refused))
        case_id = file.id
    with empty_database.session() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.table == "case_event"))
        shown = opened(session, entries)
        assert {one.entry.person_id for one in shown} == {person}
        assert "绝密理由" in str([one.after for one in shown])
    privacy.erase(empty_database, person, "本人申请", privacy.load_periods())
    with empty_database.session() as session:
        file = session.scalars(select(CaseFile).where(CaseFile.id == case_id)).one()
        assert file.facts == {}
        assert events_of(session, file)[-1].reason == GONE
        worded = select(CaseEvent.words).where(CaseEvent.seq == 3)
        assert session.scalars(worded).one() == ERASED
        assert list(check_cases(session)) == []
        assert verify(session).fault is None
    with empty_database.engine.connect() as connection:
        for table in ("case_event", "case_file", "audit_entry"):
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608
            assert "绝密" not in str(rows)


def test_of_a_case_of_a_home_the_trail_can_be_read(empty_database: Database) -> None:
    """It is about nobody: nothing of it is sealed under a key that nobody has."""
    with empty_database.session() as session:
        home = make.a_home(session)
        organ = "home:ZP001"
        open_case(session, Opening("complaint", home.county, organ, {"home": organ}, home))
    with empty_database.session() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.table == "case_event"))
        (shown,) = opened(session, entries)
        assert (shown.entry.sealed, shown.entry.person_id) == (None, None)
        assert shown.after is not None
        assert shown.after["organ"] == organ
