"""Repairing a published roster."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering import Fixed, Request, Roster, Rule, Unavailable, check
from rostering.changes import changed, changes_between
from rostering.repair.local import worth
from rostering.repair.task import task
from tests.patience import repair
from tests.rostering.repair.homes import people, published, week


def away(staff: str, *days: int) -> tuple[Unavailable, ...]:
    """Return an absence."""
    return tuple(Unavailable(staff=staff, day=day) for day in days)


def test_an_absence_is_filled_with_one_change() -> None:
    """Somebody who is off takes the shift; nothing else moves, and no rule is broken."""
    problem = week()
    found = repair(problem, published(problem), absences=away("A", 1))
    assert (found.violations, found.count, found.is_best) == ((), 1, True)
    forced, taken = sorted(found.changes, key=lambda change: change.becomes or "")
    assert (forced.staff, forced.day, forced.becomes) == ("A", 1, None)
    assert (taken.day, taken.becomes) == (1, "早")
    said = [sentence.zh for sentence in found.sentences()]
    assert said[0] == "改动 1 处，另有 1 处因缺勤空出"
    assert "王宁 10月6日（周二）：早班 → 休息（缺勤）" in said
    assert said[-1] == "满足全部硬性规则"


def test_two_moves_where_one_is_not_enough() -> None:
    """If everybody free would exceed their hours, somebody gives a shift away for it."""
    problem = week(staff=people(min_rest_minutes=660, max_minutes=1800))
    roster = published(problem)
    tired = changed(roster, {("C", 0): None, ("D", 0): None})
    limits = {"C": 1350, "D": 1350}
    staff = tuple(
        p.model_copy(update={"max_minutes": limits.get(p.id, 1800)}) for p in problem.staff
    )
    problem = week(staff=staff)
    found = repair(problem, tired, absences=away("A", 1))
    assert found.violations == ()
    assert found.count == 3


def test_locked_days_stay() -> None:
    """No cell before ``locked_until`` changes, whatever it costs."""
    problem = week(staff=people(max_minutes=1800))
    roster = published(problem)
    found = repair(problem, roster, absences=away("C", 4, 5, 6), locked_until=4)
    assert all(change.day >= 4 for change in found.changes)


@given(
    absent=st.sets(st.tuples(st.sampled_from("ABCD"), st.integers(3, 6)), max_size=4),
    max_changes=st.integers(0, 3),
)
@settings(max_examples=12, deadline=None)
def test_promises_hold_whatever_happens(absent: set[tuple[str, int]], max_changes: int) -> None:
    """Locked days stay, the absent are off, changes stay few, and what is broken is told."""
    problem = week()
    roster = published(problem)
    absences = tuple(Unavailable(staff=staff, day=day) for staff, day in sorted(absent))
    found = repair(
        problem,
        roster,
        absences=absences,
        locked_until=3,
        max_changes=max_changes,
        iterations=200,
    )
    assert all(found.roster.shift(staff, day) is None for staff, day in absent)
    assert found.roster.by_staff["A"][:3] == roster.by_staff["A"][:3]
    assert found.count <= max_changes
    assert found.changes == tuple(
        sorted(changes_between(roster, found.roster), key=lambda c: (c.day, c.staff))
    )
    assert found.violations == tuple(check(found.problem, found.roster))


def test_a_pinned_roster_still_returns() -> None:
    """With every day locked the roster comes back as it was, with what it breaks."""
    problem = week()
    broken = changed(published(problem), {("A", 0): None})
    found = repair(problem, broken, locked_until=7)
    assert (found.roster, found.changes) == (broken, ())
    assert [item.rule for item in found.violations] == [Rule.COVER_MINIMUM]
    pins = tuple(
        Fixed(staff=staff, day=day, shift=shift)
        for staff, row in broken.by_staff.items()
        for day, shift in enumerate(row)
    )
    assert repair(week(fixed=pins), broken).roster == broken


def test_a_pin_gives_way_to_an_absence() -> None:
    """Whoever is absent does not come, pinned or not."""
    problem = week(fixed=(Fixed(staff="A", day=1, shift="早"),))
    found = repair(problem, published(problem), absences=away("A", 1))
    assert found.violations == ()
    assert found.roster.shift("A", 1) is None


def test_no_change_allowed_leaves_the_shift_open() -> None:
    """With no change allowed an absence leaves a gap, which is said."""
    problem = week()
    found = repair(problem, published(problem), absences=away("A", 1), max_changes=0)
    assert found.count == 0
    assert [item.rule for item in found.violations] == [Rule.COVER_MINIMUM]
    assert "仍违反 10月6日（周二） 早班：0 人，至少需要 1 人" in found.sentences()[-1].zh


def test_a_wish_worth_more_than_its_changes_is_granted() -> None:
    """A new wish for a day off is granted if it is dearer than the two changes, else refused."""
    problem = week()

    def granted(weight: int) -> bool:
        wish = Request(staff="A", day=2, wanted=False, weight=weight)
        return repair(problem, published(problem), requests=(wish,)).roster.shift("A", 2) is None

    assert granted(50)
    assert not granted(15)


def test_nothing_to_do_is_proven_best() -> None:
    """A roster that costs nothing and needs no change cannot be bettered."""
    problem = week()
    found = repair(problem, published(problem))
    assert (found.changes, found.is_best) == ((), True)


def test_cancelled_at_once_returns_the_published() -> None:
    """A repair cancelled before it began returns the roster without the absent."""
    problem = week()
    found = repair(problem, published(problem), absences=away("A", 1), cancel=lambda: True)
    assert [change.becomes for change in found.changes] == [None]


def test_same_iterations_same_repair() -> None:
    """A repair hands its iterations on to the solver, which ends by them."""
    problem = week()
    first, again = (
        repair(problem, published(problem), absences=away("A", 1), iterations=100) for _ in range(2)
    )
    assert (first.roster, first.is_best) == (again.roster, again.is_best)


@pytest.mark.parametrize("day", [0, 7])
def test_absences_that_cannot_be_are_refused(day: int) -> None:
    """A locked day, or one outside the period, is refused with the reason."""
    problem = week()
    with pytest.raises(ValueError, match=str(day)):
        repair(problem, published(problem), absences=away("A", day), locked_until=1)


def test_changes_are_paid_and_counted() -> None:
    """Worth counts excess changes first, then broken rules, then cost with changes."""
    problem = week()
    roster = published(problem)
    to_do = task(
        problem,
        roster,
        absences=away("A", 1),
        requests=(),
        locked_until=0,
        max_changes=0,
        change_weight=10,
    )
    assert worth(to_do, to_do.begin) == (0, 30_000, 100)  # nobody is left on that shift
    filled: Roster = changed(to_do.begin, {("C", 1): "早"})
    assert worth(to_do, filled) == (1, 0, 10)
