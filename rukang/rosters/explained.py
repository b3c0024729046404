"""What a roster's cost is made of, and how fairly its burdens are shared: for every door."""

from __future__ import annotations

from dataclasses import dataclass

import rostering
from rukang.base.words import Bilingual
from rukang.rosters.records import RosterPlan
from rukang.rosters.service import roster_of


@dataclass(frozen=True)
class Explained:
    """What pays for what, and what everybody carries against what is fair, in sentences."""

    costs: tuple[Bilingual, ...]
    fairness: tuple[Bilingual, ...]


def explained(plan: RosterPlan) -> Explained:
    """Return where a roster's cost comes from and how fair it is.

    Raises
    ------
    ConflictError
        If the plan has no roster.
    """
    problem, roster = roster_of(plan)
    costs, shared = rostering.cost_by(problem, roster), rostering.fairness(problem, roster)
    return Explained(tuple(costs.sentences(problem)), tuple(shared.sentences(problem)))
