"""What is late, of whom, where: as the engine says of each case, in one query of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

from rukang.base.access import Caller, Database, Grant, Permission, Role
from rukang.base.calendar import Arrangement, Calendar
from rukang.cases import Opening, Wanted, late_page, open_case, read_case, untimed_query
from rukang.casework import late
from tests import factories as make
from tests.rukang.cases.drive import COUNTY, EXPERT, ROLES, TOWN, Driven, add_all, later
from tests.rukang.cases.test_walk import drawn
from tests.rukang.casework.tiny import MONDAY


@pytest.fixture
def case(empty_database: Database) -> Driven:
    """A case of the small course, opened on Monday 7 September and accepted at once."""
    with empty_database.session() as session:
        add_all(session)
    driven = Driven(empty_database)
    driven.tell("paper_added", papers=("form", "photo"))
    driven.tell("done", "accept", outcome="ok")
    return driven


def found(
    database: Database, on: date, wanted: Wanted | None = None
) -> list[tuple[str, str, date]]:
    """Return step, holder and due day of what is late."""
    with database.session() as session:
        rows, total = late_page(session, on, wanted or Wanted(), 100)
        assert total == len(rows)
        return [(f"{one.step}.{one.of}", one.holder, one.due) for one in rows]


def test_due_on_the_last_day_is_not_late(case: Driven) -> None:
    """Four workdays promised from the 7th end on the 11th; ten by law on the 20th, made up."""
    promised = ("visit.promised", COUNTY, date(2026, 9, 11))
    assert found(case.database, date(2026, 9, 11)) == []
    assert found(case.database, date(2026, 9, 12)) == [promised]
    term = ("visit.term", COUNTY, date(2026, 9, 20))
    assert found(case.database, date(2026, 9, 21)) == [promised, term]


def test_a_stop_after_the_due_day_hides_nothing(case: Driven) -> None:
    """Stopped on the 25th, when it had been late since the 21st: it stays in the list."""
    case.day = date(2026, 9, 25)
    case.tell("suspended", "visit", ground="applicant_away", reason="外出 away")
    due = {day for name, _, day in found(case.database, date(2026, 10, 9)) if name == "visit.term"}
    assert due == {date(2026, 9, 20)}


def test_a_stop_before_the_due_day_takes_it_out_until_it_goes_on(case: Driven) -> None:
    """And the days it stood still are added."""
    case.day = date(2026, 9, 8)
    case.tell("suspended", "visit", ground="applicant_away", reason="外出 away")
    assert found(case.database, date(2026, 12, 1)) == []
    case.day = date(2026, 9, 14)
    case.tell("resumed", "visit")
    assert ("visit.promised", COUNTY, date(2026, 9, 17)) in found(case.database, date(2026, 12, 1))


def test_an_offer_is_late_of_whom_it_is_offered_to(case: Driven) -> None:
    """Two workdays to answer; the step itself stays the sender's."""
    case.tell("offered", "advice", to=EXPERT)
    late_offers = found(case.database, date(2026, 9, 10), Wanted(holder=EXPERT))
    assert late_offers == [("advice.offer", EXPERT, date(2026, 9, 9))]
    assert case.now.responsible["advice"] == COUNTY


def test_a_holiday_announced_later_moves_what_is_late(case: Driven) -> None:
    """No due day is stored: the next reading counts by the calendar of its moment."""
    before = found(case.database, date(2026, 9, 12))
    off = frozenset({date(2026, 9, 9), date(2026, 9, 10)})
    year = Arrangement(2026, off, frozenset())
    moved = replace(case.database, calendar=lambda: Calendar({2026: year}))
    assert before
    assert found(moved, date(2026, 9, 12)) == []


def test_a_step_without_a_known_term_is_shown_by_its_age(case: Driven) -> None:
    """The advice has none: never in time, never late."""
    with case.session() as session:
        assert [one.id for one in session.scalars(untimed_query(Wanted()))] == [case.case_id]
    case.tell("offered", "advice", to=EXPERT)
    case.tell("offer_accepted", "advice", organ=EXPERT)
    case.tell("done", "advice", outcome="bad")
    with case.session() as session:
        assert session.scalars(untimed_query(Wanted())).all() == []


def test_the_list_is_what_the_engine_says_of_each_case(case: Driven) -> None:
    """Of random cases on random days: the same steps, holders and due days, in order."""
    random = Random(5)  # noqa: S311
    cases = [case]
    for _ in range(5):
        name = random.choice(["permit", "child-found", "two-subsidies"])
        other = Driven(case.database, name, ROLES if name == "permit" else {})
        cases.append(other)
        for _ in range(random.randrange(14)):
            other.day = later(other.day, random.choice((0, 1, 3)))
            told = drawn(other, random)
            if told is not None:
                kind, given = told
                other.tell(kind, given.pop("step", None), **given)
    for _ in range(12):
        on = MONDAY + timedelta(days=random.randrange(1, 120))
        expected = []
        for one in cases:
            with one.session() as session:
                now, rules = read_case(session, one.file(session))
                expected += [
                    (f"{each.step}.{each.of}", each.holder, each.due)
                    for each in late(now, rules, on)
                ]
        actual = found(case.database, on)
        assert sorted(actual) == sorted(expected)
        assert [due for *_, due in actual] == sorted(due for *_, due in actual)


def test_pages_are_cut_by_the_database(case: Driven) -> None:
    """As many statements for a long page as for a short one; pages fit together."""
    for _ in range(7):
        Driven(case.database)
    on, counts = date(2026, 12, 1), []
    with case.database.session() as session:
        every, total = late_page(session, on, Wanted(), 100)
        assert total == len(every) == 9
        for size in (2, 8):
            statements: list[str] = []
            bind = session.connection()
            event.listen(bind, "before_cursor_execute", lambda *a, s=statements: s.append(a[2]))
            pages = [late_page(session, on, Wanted(), size, begin)[0] for begin in (0, size)]
            assert [*pages[0], *pages[1]] == list(every)[: 2 * size]
            counts.append(len(statements))
    assert counts[0] == counts[1]


def test_who_sees_what_is_late(empty_database: Database) -> None:
    """A home its own, an office its region's and what it is offered, a stranger nothing."""
    with empty_database.session() as session:
        add_all(session)
        home = make.a_home(session)
        other = make.a_home(session, "BC001", county="371602")
        common: dict[str, Any] = {"course": "permit", "organ": TOWN, "organs": ROLES, "on": MONDAY}
        common["backdated"] = "补记 recorded late"
        mine = open_case(session, Opening(**common, place=home.county, home=home)).id
        theirs = open_case(session, Opening(**common, place="371602", home=other)).id
        assert mine != theirs
    grants = {
        "manager": (Grant(Role.MANAGER, home_id=home.id), {mine}),
        "county": (Grant(Role.OFFICER, region="371681"), {mine, theirs}),
        "neighbour": (Grant(Role.OFFICER, region="371602"), {theirs}),
        "city": (Grant(Role.OFFICER, region="371600"), {mine, theirs}),
        "stranger": (Grant(Role.OFFICER, region="370102"), set()),
        "employer": (Grant(Role.CLERK, employer_id=1), set()),
    }
    for name, (grant, ids) in grants.items():
        caller = Caller(name, (grant,))
        permission = Permission.CASE_READ
        with empty_database.session(caller, permission) as session:
            rows, total = late_page(session, date(2026, 12, 1), Wanted(), 50)
            assert {one.case_id for one in rows} == ids, name
            assert total == len(rows)
    with empty_database.session() as session:
        rows, _ = late_page(session, date(2026, 12, 1), Wanted(region="371602"), 50)
        assert {one.case_id for one in rows} == {theirs}
        assert rows[0].home == "BC001"
        assert rows[0].holder_title.zh == "371681000 残联"


def test_an_offer_opens_a_case_to_whom_it_is_made(empty_database: Database) -> None:
    """An office elsewhere sees the case from the offer on, and no longer once it declined."""
    with empty_database.session() as session:
        add_all(session)
    case = Driven(empty_database)
    case.tell("paper_added", papers=("form", "photo"))
    case.tell("done", "accept", outcome="ok")
    elsewhere = Caller("e", (Grant(Role.OFFICER, region="370102"),))

    def seen() -> int:
        with case.database.session(elsewhere, Permission.CASE_READ) as session:
            return late_page(session, date(2026, 12, 1), Wanted(), 50)[1]

    assert seen() == 0
    case.tell("offered", "advice", to="place:370102")
    assert seen() > 0
    case.tell("offer_declined", "advice", organ="place:370102", reason="不归我们 not ours")
    assert seen() == 0
