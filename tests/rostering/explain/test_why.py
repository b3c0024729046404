"""Why a cell holds what it holds."""

from __future__ import annotations

import pytest

from rostering import Cover, Fixed, Problem, Request, Roster, Rule, Staff
from rostering.changes import changed, difference, recount
from rostering.explain import why
from tests.rostering.tiny import MONDAY, SHIFTS, cells, one


def two(**more: object) -> Problem:
    """Return two people of whom one is wanted early on both days."""
    people = (Staff(id="A", name="王宁"), Staff(id="B", name="李可", max_minutes=450))
    cover = tuple(Cover(day=day, shift="早", minimum=1, wanted=1) for day in (0, 1))
    given = {"start": MONDAY, "days": 2, "shift_types": SHIFTS, "staff": people, "cover": cover}
    return Problem.model_validate({**given, **more})


def test_every_alternative_is_recounted() -> None:
    """Each shift type and a day off is there, with exactly the difference of full recounts."""
    problem = one("早中.", requests=(Request(staff="A", day=1, shift="中", wanted=True, weight=7),))
    roster = Roster.from_rows(problem, [cells("早中.")])
    found = why(problem, roster, "A", 1)
    assert {choice.shift for choice in found.alternatives} == {None, "早", "夜"}
    for choice in found.alternatives:
        other = changed(roster, {("A", 1): choice.shift})
        assert choice.difference == difference(recount(problem, roster), recount(problem, other))
        assert choice.difference.by_rule[Rule.REQUEST] == 7


def test_those_that_break_nothing_come_first() -> None:
    """An alternative that breaks a rule comes after any that breaks none."""
    problem = one("早中", max_consecutive_days=1)
    roster = Roster.from_rows(problem, [cells("早.")])
    broken = [len(choice.difference.new) for choice in why(problem, roster, "A", 1).alternatives]
    assert broken == sorted(broken)
    assert broken[-1] == 1


def test_a_pin_is_what_the_cell_keeps() -> None:
    """What every other content would break is named as kept."""
    problem = one("早早", fixed=(Fixed(staff="A", day=0, shift="早"),))
    found = why(problem, Roster.from_rows(problem, [cells("早早")]), "A", 0)
    assert [item.rule for item in found.keeps] == [Rule.FIXED]
    assert why(problem, Roster.from_rows(problem, [cells("早早")]), "A", 1).keeps == ()


def test_others_who_could_take_the_shift() -> None:
    """Somebody with hours left can take a shift; somebody without breaks their limit."""
    problem = two()
    roster = Roster.from_rows(problem, [cells("早早"), cells("..")])
    (free,) = why(problem, roster, "A", 0).takers
    assert (free.taker, free.difference.new) == ("B", ())
    split = changed(roster, {("A", 0): None, ("B", 0): "早"})
    (tired,) = why(problem, split, "A", 1).takers
    assert [item.rule for item in tired.difference.new] == [Rule.MAX_MINUTES]
    assert "由李可上早班：会违反 李可：周期工时 15 小时，超过 7.5 小时" in tired.sentence.zh


def test_sentences_begin_with_the_cell_and_what_it_pays() -> None:
    """The first sentence names the cell; what it pays and breaks at present follows."""
    wish = Request(staff="A", day=0, wanted=False, weight=5)
    problem = two(requests=(wish,))
    found = why(problem, Roster.from_rows(problem, [cells("早."), cells("..")]), "A", 0)
    said = [str(sentence) for sentence in found.sentences(problem)]
    assert said[0] == "王宁 10月5日（周一）：早班 / 王宁 Mon 2026-10-05: 早"
    assert said[1].startswith("目前代价 5（未满足的意愿）：王宁 10月5日（周一）：希望休息")
    assert said[2].startswith("换成别的都会违反最少在岗人数")
    assert len(said) == 3 + 3 + 1


@pytest.mark.parametrize(("staff", "day"), [("C", 0), ("A", 2), ("A", -1)])
def test_unknown_cells_are_refused(staff: str, day: int) -> None:
    """A person or a day that is not of the problem is named."""
    with pytest.raises(ValueError, match=f"{staff if staff == 'C' else day}"):
        why(two(), Roster.of(two(), {}), staff, day)
