"""Everything the rule base says about a place on a day, and everything it does not know."""

from dataclasses import dataclass
from datetime import date

from payroll.policy.lookup import Policy, Resolved
from payroll.policy.unknown import Missing, UnknownFigure


@dataclass(frozen=True)
class Overview:
    """The figures that hold at a place on a day, and those nobody has supplied."""

    known: tuple[Resolved, ...]
    unknown: tuple[Missing, ...]


def overview(policy: Policy, place: str, on: date) -> Overview:
    """Return every parameter at a place on a day, known or unknown, in order of their ids."""
    known: list[Resolved] = []
    unknown: list[Missing] = []
    for parameter in sorted(policy.parameters):
        try:
            known.append(policy.value(parameter, place, on))
        except UnknownFigure as missing:
            unknown.extend(missing.missing)
    return Overview(tuple(known), tuple(unknown))
