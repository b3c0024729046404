"""The rules of a home by family: each function returns parts of a problem that the plan keeps.

A hard rule is either kept by the way the plan is made (:mod:`benchmarks.homes.plan`), or its limit
is widened to what the plan does. To leave a family out, or add one, change :data:`FAMILIES`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.homes.people import (
    CARE,
    DAY,
    EARLY,
    HOUR,
    LATE,
    NIGHT,
    NURSE,
    NURSING,
    SPLIT,
    SUBSTITUTES,
)
from benchmarks.homes.plan import NIGHTS_RUNNING, PAST, Plan
from rostering import Cover, Fixed, History, Request, Unavailable
from rostering.parts import (
    Apart,
    Choice,
    Company,
    CountLimit,
    Fairness,
    FairOver,
    Forbidden,
    KeyWorker,
    Pattern,
    PatternKind,
    Reach,
    Rotation,
    RunLimit,
    RunOf,
    Sex,
    Span,
    Together,
    WeekendLimit,
)

Parts = dict[str, tuple[Any, ...]]

NATIONAL_DAYS = (0, 1, 2)
MAKE_UP_DAYS = (9,)
DAYS_OFF = (4, 5, 6)
"""Of a period that begins on 1 October 2026: the holiday, what is worked and what is off for it."""


def cover(plan: Plan) -> Parts:
    """Heads of every shift: as wanted, at least one less, never more than the plan has."""
    items = []
    for day in range(plan.days.stop):
        for shift, wanted in plan.wanted(day).items():
            least = max(min(wanted, 1), wanted - 1) if shift != NIGHT else wanted
            minimum = min(least, plan.heads(day, shift))
            items.append(Cover(day=day, shift=shift, minimum=minimum, wanted=wanted))
    return {"cover": tuple(items)}


def women(plan: Plan) -> Parts:
    """Personal care: a woman on every early and every late shift."""
    female = {person.id for person in plan.people if person.sex is Sex.FEMALE}
    items = []
    for day in range(plan.days.stop):
        for shift in (EARLY, LATE):
            there = any(plan.shifts.get((who, day)) == shift for who in female)
            cover = {"day": day, "shift": shift, "skill": CARE, "sex": Sex.FEMALE}
            items.append(Cover(**cover, minimum=int(there), wanted=1, over_weight=0))
    return {"cover": tuple(items)}


def experienced(plan: Plan) -> Parts:
    """Somebody experienced through every night, by the clock."""
    able = {person.id for person in plan.people if person.is_experienced}
    span = Span(start=22 * HOUR, minutes=8 * HOUR)
    there = [any(plan.shifts.get((who, d)) == NIGHT for who in able) for d in range(plan.days.stop)]
    items = (
        Cover(day=day, span=span, experienced=True, minimum=int(yes), wanted=1, over_weight=0)
        for day, yes in enumerate(there)
    )
    return {"cover": tuple(items)}


def noon(plan: Plan) -> Parts:
    """Carers enough over noon, whatever their shifts are called."""
    span = Span(start=11 * HOUR, minutes=90)
    days = range(plan.days.stop)
    wanted = (sum(plan.wanted(d)[s] for s in (EARLY, DAY, NURSING)) for d in days)
    return {
        "cover": tuple(
            Cover(day=d, span=span, skill=CARE, wanted=heads, under_weight=20, over_weight=0)
            for d, heads in enumerate(wanted)
        )
    }


def absences(plan: Plan) -> Parts:
    """Leave, pins, and shifts that some cannot work on some days; all as the plan has them."""
    days = range(plan.days.stop)
    leave = [Unavailable(staff=p.id, day=d) for p in plan.people for d in sorted(p.leave)]
    lessons = [
        Forbidden(staff=person.id, day=day, shift=LATE)
        for person in plan.people[3::10]
        for day in days
        if plan.weekday(day) == 2 and plan.shifts.get((person.id, day)) != LATE
    ]
    pinned = [
        Fixed(staff=person.id, day=day, shift=plan.shifts.get((person.id, day)))
        for person in plan.people[6::12]
        for day in (int(plan.rng.integers(plan.days.stop)),)
    ]
    return {"unavailable": tuple(leave), "forbidden": tuple(lessons), "fixed": tuple(pinned)}


def history(plan: Plan) -> Parts:
    """Two weeks before the period, planned by the same rules."""
    rows = (History(staff=p.id, shifts=tuple(plan.past(p.id)[-PAST:])) for p in plan.people)
    return {"history": tuple(rows)}


def wishes(plan: Plan) -> Parts:
    """Two wishes a person: mostly a day off or a shift not to work, some shifts to work."""
    found: dict[tuple[str, int], Request] = {}
    for person in plan.people:
        for _ in range(2):
            day, draw = int(plan.rng.integers(plan.days.stop)), plan.luck()
            shift = None if draw < 0.5 else str(plan.rng.choice(person.shifts()))
            if day not in person.leave:
                weight = int(plan.rng.choice([1, 2, 5]))
                wish = {"staff": person.id, "day": day, "shift": shift, "weight": weight}
                found[person.id, day] = Request(**wish, wanted=draw > 0.85)
    return {"requests": tuple(found.values())}


def choices(plan: Plan) -> Parts:
    """One of several Sundays off; a promise where the plan grants it, a wish elsewhere."""
    sundays = tuple(day for day in range(plan.days.stop) if plan.weekday(day) == 6)
    items = []
    for person in plan.people[::4]:
        granted = any((person.id, day) not in plan.shifts for day in sundays)
        weight = None if granted else 5
        items.append(Choice(staff=person.id, days=sundays, wanted=False, weight=weight))
    return {"choices": tuple(items) if sundays else ()}


def nights(_plan: Plan) -> Parts:
    """Nights: three in a row at most, none alone between days off, two days off after them."""
    off, work = PatternKind.OFF, PatternKind.WORK
    return {
        "runs": (RunLimit(of=RunOf.NIGHTS, maximum=NIGHTS_RUNNING),),
        "patterns": (
            Pattern(cells=(off, (NIGHT,), off), name="单个夜班"),
            Pattern(cells=((NIGHT,), off, work), name="夜班后休息两天"),
        ),
        "rotations": (Rotation(order=((EARLY, SPLIT, DAY), (LATE,), (NIGHT,)), weight=1),),
    }


def runs(plan: Plan) -> Parts:
    """Rather two days of work or more; late shifts in a row; six shifts a week."""
    longest = max(_longest(plan, person.id, LATE) for person in plan.people)
    return {
        "runs": (
            RunLimit(of=RunOf.WORK, minimum=2, weight=2),
            RunLimit(of=RunOf.SHIFTS, shifts=(LATE,), maximum=max(4, longest)),
        ),
        "counts": (CountLimit(reach=Reach.WEEK, maximum=6),),
    }


def weekends(plan: Plan) -> Parts:
    """Weekends: not too many in a row, and rather whole."""
    most = max(_weekends_running(plan, person.id) for person in plan.people)
    return {
        "weekend_limits": (
            WeekendLimit(max_consecutive=max(3, most)),
            WeekendLimit(complete=True, weight=2),
        )
    }


def fairness(plan: Plan) -> Parts:
    """Nights, weekends, holidays and refused wishes shared fairly, with the year so far."""
    shares = {p.id: 60 for p in plan.people if p.contract == "part"}
    able = tuple(p.id for p in plan.people if NIGHT in p.shifts() and p.mentor is None)
    past = {person.id: int(plan.rng.integers(4)) for person in plan.people}
    nightly = {who: past[who] for who in able}
    return {
        "fairness": (
            Fairness(over=FairOver.NIGHTS, staff=able, past=nightly, weight=2),
            Fairness(over=FairOver.WEEKENDS, past=past, shares=shares),
            Fairness(over=FairOver.HOLIDAYS, shares=shares, weight=2),
            Fairness(over=FairOver.REFUSALS, past=past),
        ),
        "holidays": tuple(day for day in NATIONAL_DAYS if day < plan.days.stop),
        "make_up_days": tuple(day for day in MAKE_UP_DAYS if day < plan.days.stop),
        "days_off": tuple(day for day in DAYS_OFF if day < plan.days.stop),
    }


def teams(plan: Plan) -> Parts:
    """Trainees with their mentor, nobody alone at night, people apart, and mates together."""
    trainees = [
        Company(staff=(p.id,), by=(p.mentor,), same_shift=True, name="带教")
        for p in plan.people
        if p.mentor
    ]
    alone = any(plan.heads(day, NIGHT) == 1 for day in range(plan.days.stop))
    two = Company(shifts=(NIGHT,), weight=10 if alone else None, name="夜班不单独")
    pairs = {tuple(sorted((p.id, p.apart))) for p in plan.people if p.apart}
    carers = [p.id for p in plan.people if p.skill == CARE and not p.apart]
    mates = [(a, b) for a, b in zip(carers[::6], carers[3::6], strict=False)]
    return {
        "company": (*trainees, *([two] if plan.nights() > 1 else [])),
        "apart": tuple(Apart(staff=(a, b)) for a, b in sorted(pairs)),
        "together": tuple(Together(staff=pair) for pair in mates),
    }


def key_workers(plan: Plan) -> Parts:
    """Key workers present on a resident's days: a must on the plan's days, a wish on others."""
    carers = [person.id for person in plan.people if person.skill in (CARE, NURSE)]
    items = []
    for number in range(max(1, len(plan.people) // 12)):
        staff = tuple(carers[(3 * number + n) % len(carers)] for n in range(3))
        days = [d for d in range(plan.days.stop) if plan.weekday(d) in (number % 3, number % 3 + 2)]
        kept = tuple(d for d in days if any((who, d) in plan.shifts for who in staff))
        other = tuple(d for d in days if d not in kept)
        about = {"resident": f"R{number + 1:02}", "staff": staff}
        items += [KeyWorker(**about, days=kept)] if kept else []
        items += [KeyWorker(**about, days=other, weight=10)] if other else []
    return {"key_workers": tuple(items)}


FAMILIES: tuple[Callable[[Plan], Parts], ...] = (
    cover,
    women,
    experienced,
    noon,
    absences,
    history,
    wishes,
    choices,
    nights,
    runs,
    weekends,
    fairness,
    teams,
    key_workers,
)


def all_parts(plan: Plan) -> dict[str, Any]:
    """Return what every family says, joined by field."""
    joined: dict[str, Any] = {"substitutes": SUBSTITUTES}
    for family in FAMILIES:
        for field, items in family(plan).items():
            joined[field] = (*joined.get(field, ()), *items)
    return joined


def _longest(plan: Plan, person: str, shift: str) -> int:
    """Return the longest run of a shift type, history included."""
    longest = length = 0
    for day in plan.days:
        length = length + 1 if plan.shifts.get((person, day)) == shift else 0
        longest = max(longest, length)
    return longest


def _weekends_running(plan: Plan, person: str) -> int:
    """Return the most weekends in a row with work, make-up workdays counted as well."""
    longest = length = 0
    for day in plan.days:
        if plan.weekday(day) == 5:
            worked = any((person, d) in plan.shifts for d in (day, day + 1))
            length = length + 1 if worked else 0
            longest = max(longest, length)
    return longest
