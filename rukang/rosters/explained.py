"""What is told of a month's roster on every door: cost, fairness, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import rostering
from rukang.base.errors import ConflictError
from rukang.base.words import Bilingual
from rukang.rosters.records import Collision, RosterPlan, RosterState
from rukang.rosters.service import roster_of

KEEPS_ALL = frozenset({RosterState.DRAFT, RosterState.PUBLISHED, RosterState.REPLACED})
"""States of rosters that keep every hard rule."""


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


def conflicts_of(plan: RosterPlan) -> Sequence[Collision]:
    """Return the sets of rules that collide in a month; the first tells if none do.

    No two sets have a rule in common, so each of them has to give way somewhere.

    Raises
    ------
    ConflictError
        If the plan has not been solved, or nobody has looked for what collides.
    """
    if plan.conflicts is not None:
        return [Collision.model_validate(one) for one in plan.conflicts]
    if plan.state in KEEPS_ALL:
        return [Collision.of(rostering.Conflict(rostering.Verdict.POSSIBLE))]
    raise ConflictError(
        f"班表 {plan.id}（{plan.state.words.zh}）没有查过哪些规则相互冲突；"
        "请重新排班，排不出来时会一并查明。",
        f"Roster {plan.id} is {plan.state.words.en} and nobody looked for what collides; make it"
        " anew, and it is told where there is no roster.",
    )
