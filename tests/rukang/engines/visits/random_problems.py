"""Small random rounds in which rules meet: few people, few days, skills, conflicts, closed days."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from rukang.engines.visits import Inspector, Place, PlanProblem, Prices, VisitHome
from tests.rukang.engines.visits.tiny import FRIDAY, MONDAY, home, inspector

SKILLS = ("消防", "财务")


def days(last: date) -> list[date]:
    """Return the days from Monday on."""
    return [date.fromordinal(n) for n in range(MONDAY.toordinal(), last.toordinal() + 1)]


def places() -> st.SearchStrategy[Place]:
    """Return places of which some are near each other and some a long way off."""
    return st.sampled_from(
        [Place(latitude=37.4 + north, longitude=118.0) for north in (0.0, 0.1, 0.2, 0.6)]
    )


@st.composite
def homes(draw: st.DrawFn, code: str, last: date) -> VisitHome:
    """Return a home with some of everything that can be asked of a visit."""
    known = st.sampled_from(days(last))
    first, due = sorted([draw(known), draw(known)])
    return home(
        code,
        place=draw(places()),
        minutes=draw(st.sampled_from([60, 120, 240])),
        needs=frozenset(draw(st.sampled_from([(), (), ("消防",), ("财务",)]))),
        not_before=draw(st.sampled_from([None, None, first])),
        due=draw(st.sampled_from([None, None, due])),
        closed=draw(st.frozensets(known, max_size=1)),
        surprise=draw(st.booleans()),
        last_visit=draw(st.sampled_from([None, date(2025, 11, 11), date(2025, 11, 12)])),
    )


@st.composite
def people(draw: st.DrawFn, code: str, codes: str, last: date) -> Inspector:
    """Return an inspector with some of everything."""
    some_homes = st.frozensets(st.sampled_from(list(codes)), max_size=1)
    return inspector(
        code,
        base=draw(places()),
        skills=draw(st.sampled_from([frozenset(SKILLS), *(frozenset({one}) for one in SKILLS)])),
        away=draw(st.frozensets(st.sampled_from(days(last)), max_size=2)),
        most_days_a_week=draw(st.integers(1, 3)),
        barred=draw(some_homes),
        last_visited=draw(some_homes),
    )


@st.composite
def problems(
    draw: st.DrawFn, most_homes: int = 5, most_people: int = 4, last: date = FRIDAY
) -> PlanProblem:
    """Return a small round of at least one home and three inspectors."""
    codes = "ABCDEFGH"[: draw(st.integers(1, most_homes))]
    staff = "WXYZ"[: draw(st.integers(3, most_people))]
    return PlanProblem(
        homes=tuple(draw(homes(code, last)) for code in codes),
        inspectors=tuple(draw(people(code, codes, last)) for code in staff),
        first=MONDAY,
        last=last,
        day_minutes=draw(st.sampled_from([300, 480])),
        prices=Prices(seen_last_time=draw(st.sampled_from([0, 60]))),
    )
