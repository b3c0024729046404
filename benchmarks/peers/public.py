"""What the peers' models know: the rules of the Curtois and Qu instances, nothing else."""

from __future__ import annotations

from rostering import Problem, Staff

PARTS = {"name", "start", "days", "shift_types", "staff", "cover", "requests", "unavailable"}
LIMITS = {
    "id",
    "name",
    "skills",
    "shift_limits",
    "min_minutes",
    "max_minutes",
    "max_consecutive_days",
    "min_consecutive_days",
    "min_consecutive_days_off",
    "max_weekends",
}


def insist_on_public_rules(problem: Problem) -> None:
    """Refuse a problem with rules that the peers' models leave out.

    Raises
    ------
    ValueError
        Naming what the problem uses beyond them.
    """
    used = {name for name in problem.model_fields_set - PARTS if getattr(problem, name)}
    used |= {f"staff.{name}" for person in problem.staff for name in _limits(person) - LIMITS}
    used |= {f"shift_types.{name}" for name in ("skill", "is_night") if _has(problem, name)}
    if used:
        raise ValueError(
            f"peers know the public instances only; here are {', '.join(sorted(used))}"
        )


def may_work(problem: Problem, person: Staff) -> list[str]:
    """Return the shift types whose limit for a person is not 0."""
    return [s.id for s in problem.shift_types if person.shift_limits.get(s.id, 1) > 0]


def _limits(person: Staff) -> set[str]:
    return {name for name in person.model_fields_set if getattr(person, name)}


def _has(problem: Problem, name: str) -> bool:
    return any(getattr(shift, name) for shift in problem.shift_types)
