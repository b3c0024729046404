"""What people ask for: single days, and one of several days."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.check.breach import About, Breach
from rostering.check.facts import Facts
from rostering.parts import Choice, Request
from rostering.rule import Rule


def requests(facts: Facts) -> Iterator[Breach]:
    """Price refused requests."""
    for item in facts.problem.requests:
        if not is_granted(facts, item, item.day):
            zh, en = _wish(facts, item)
            said = f"希望{zh}，未满足", f"wishes {en}, refused"
            yield facts.breach(
                Rule.REQUEST, item.staff, item.day, 1, said, weight=item.weight, shift=item.shift
            )


def choices(facts: Facts) -> Iterator[Breach]:
    """Find wishes for one of several days that are granted on none; told on the first."""
    for number, item in enumerate(facts.problem.choices):
        if not any(is_granted(facts, item, day) for day in item.days):
            zh, en = _wish(facts, item)
            days = "、".join(facts.dates[day][0] for day in item.days)
            said = (
                f"希望在 {days} 中至少一天{zh}，未满足",
                f"wishes {en} on one of {len(item.days)} days, refused",
            )
            about: About = {"weight": item.weight, "where": ("choices", number)}
            yield facts.breach(
                Rule.CHOICE, item.staff, item.days[0], 1, said, **about, shift=item.shift
            )


def is_granted(facts: Facts, item: Request | Choice, day: int) -> bool:
    """Return whether a wish is granted on a day."""
    given = facts.roster.shift(item.staff, day)
    has_it = given is not None if item.shift is None else given == item.shift
    return has_it == item.wanted


def _wish(facts: Facts, item: Request | Choice) -> tuple[str, str]:
    if item.shift is None:
        return ("上班", "to work") if item.wanted else ("休息", "a day off")
    label = facts.label(item.shift)
    return (f"上{label}", item.shift) if item.wanted else (f"不上{label}", f"not {item.shift}")
