"""What a cover asks for: which shifts of which days it counts, of whom, and how to call it."""

from __future__ import annotations

from rostering.days import DAY_MINUTES, clock
from rostering.parts import Cover, ShiftType, Staff
from rostering.problem import Problem
from rostering.roster import Roster
from rostering.sentence import Sentence


def heads(problem: Problem, roster: Roster, item: Cover) -> int:
    """Count the shifts of people that a cover counts in a roster; past days included."""
    choices = [(day, shift.id) for day, shift in counting(problem, item)]
    asked = (person for person in problem.staff if is_asked(problem, person, item))
    return sum(held(problem, roster, p.id, d) == s for p in asked for d, s in choices)


def held(problem: Problem, roster: Roster, staff: str, day: int) -> str | None:
    """Return what somebody works on a day, in the history for days before the period."""
    return roster.shift(staff, day) if day >= 0 else worked_before(problem, staff, day)


def worked_before(problem: Problem, staff: str, day: int) -> str | None:
    """Return what somebody worked on a day before the period, which is negative."""
    past = problem.history_by_staff[staff]
    return past[day] if len(past) >= -day else None


def is_asked(problem: Problem, person: Staff, item: Cover) -> bool:
    """Return whether a person is of the kind that a cover counts: skill, sex, experience."""
    skilled = item.skill is None or problem.holds(person, item.skill)
    of_sex = item.sex is None or person.sex == item.sex
    return skilled and of_sex and (person.is_experienced or not item.experienced)


def counting(problem: Problem, item: Cover) -> list[tuple[int, ShiftType]]:
    """Return the days and shift types whose heads a cover counts."""
    at_place = [s for s in problem.shift_types if item.place is None or s.place == item.place]
    if item.span is None:
        return [(item.day, shift) for shift in at_place if shift.id == item.shift]
    ends = (s.start + s.minutes for s in at_place if s.start is not None)
    far = max((end - 1 for end in ends), default=0) // DAY_MINUTES
    days = range(item.day, item.day - far - 1, -1)
    return [(day, s) for day in days for s in at_place if _spans(s, item, item.day - day)]


def _spans(shift: ShiftType, item: Cover, days_later: int) -> bool:
    if item.span is None or shift.start is None:
        return False
    begin = item.span.start + days_later * DAY_MINUTES
    pieces = [(piece.start, piece.minutes) for piece in shift.spans]
    if not pieces:
        pieces = [(shift.start, shift.minutes)]
    return any(b <= begin and begin + item.span.minutes <= b + m for b, m in pieces)


def cover_name(problem: Problem, item: Cover) -> Sentence:
    """Return what to call a cover: its shift or span, and whom it counts."""
    if item.shift is not None:
        zh, en = problem.shift_by_id[item.shift].name or item.shift, item.shift
    else:
        zh = en = clock_span(item)
    kinds_zh = [*filter(None, (item.skill, item.place, _sex(item, "男", "女")))]
    kinds_en = [*filter(None, (item.skill, item.place, _sex(item, "men", "women")))]
    if item.experienced:
        kinds_zh, kinds_en = [*kinds_zh, "有经验"], [*kinds_en, "experienced"]
    if not kinds_zh:
        return Sentence(zh, en)
    return Sentence(f"{zh}（{'、'.join(kinds_zh)}）", f"{en} ({', '.join(kinds_en)})")


def _sex(item: Cover, male: str, female: str) -> str:
    return "" if item.sex is None else {"male": male, "female": female}[item.sex.value]


def clock_span(item: Cover) -> str:
    """Return the span of a cover by the clock: 07:00–09:30."""
    if item.span is None:
        return ""
    end = item.span.start + item.span.minutes
    return f"{clock(item.span.start)}–{clock(end)}"
