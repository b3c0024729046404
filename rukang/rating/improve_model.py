"""The exact model behind `improve`: choose one option for each criterion at the least cost.

Points are integer tenths, so the model is exact. With x[c, o] = 1 when criterion c takes option o,
earned E = Σ earned·x and applicable P = Σ applicable·x. For a base star b the threshold
E · points ≥ at_least(b) · P and its requirements are hard; a floor, cap or step has a binary z
that may be 1 only if its requirement holds, and the star after it is bounded from above by what
it allows. Every adjustment is non-decreasing in the star before it, so bounds from above suffice.
A step may end below the least star, which holds then: a binary k chooses which bound counts,

    after ≤ star + down + (up - down) · z - down · k,   after ≤ least + (top - least) · (1 - k).

The result must reach the target. Each base star is solved for, and the least star without any
threshold, from which steps may rise; the cheapest wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import highspy
import pulp

from rostering.exact.highs import prepare_highs
from rukang.rating.edition import (
    Cap,
    CriterionRequirement,
    Edition,
    FactRequirement,
    Requirement,
    Rule,
    Section,
    SectionRequirement,
    Star,
)
from rukang.rating.ladder import criterion_holds
from rukang.rating.options import Option

Choices = Mapping[str, list[Option]]

_OUT_OF_REACH = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)


def cheapest(
    edition: Edition, choices: Choices, facts: Mapping[str, Decimal], target: int
) -> dict[str, Option] | None:
    """Return the cheapest option of every criterion that together reach `target`, or none."""
    found = [
        solved
        for base in (None, *edition.stars)
        if (solved := _Model(edition, choices, facts, base, target).solve()) is not None
    ]
    if not found:
        return None
    return min(found, key=lambda solved: solved[0])[1]


class _Model:
    """The model for one base star, or for the least star, which asks for nothing."""

    def __init__(
        self,
        edition: Edition,
        choices: Choices,
        facts: Mapping[str, Decimal],
        base: Star | None,
        target: int,
    ) -> None:
        self.edition, self.choices, self.facts = edition, choices, facts
        self.problem = pulp.LpProblem("next_star", pulp.LpMinimize)
        self.picks = {
            name: [
                self.problem.add_variable(f"x_{index}_{place}", cat=pulp.LpBinary)
                for place in range(len(found))
            ]
            for index, (name, found) in enumerate(choices.items())
        }
        self._one_option_each()
        self._vetoes()
        if base is not None:
            self._threshold(base)
        self._star(edition.least_star if base is None else base.star, target)
        self.problem.setObjective(self._objective())

    def solve(self) -> tuple[int, dict[str, Option]] | None:
        """Return the cost and the options chosen, or none when the base star is out of reach."""
        prepare_highs()
        solver = pulp.HiGHS(
            msg=False, threads=1, gapRel=0.0, gapAbs=0.0, mip_feasibility_tolerance=1e-9
        )
        self.problem.solve(solver)
        status = self.problem.solverModel.getModelStatus()
        if status in _OUT_OF_REACH:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended with {status}; please report this defect")
        chosen = {
            name: self.choices[name][_picked(variables)] for name, variables in self.picks.items()
        }
        return round(pulp.value(self.problem.objective)), chosen

    def _objective(self) -> pulp.LpAffineExpression:
        """Cost first; among equal costs the fewest tenths of points."""
        weight = 1 + sum(_tenths(item.points) for item in self.edition.criteria.values())
        return pulp.lpSum(
            (
                self.edition.criteria[name].effort.cost * weight
                + _tenths(option.score.earned - found[0].score.earned)
            )
            * pick
            for name, found in self.choices.items()
            for option, pick in zip(found[1:], self.picks[name][1:], strict=True)
        )

    def _one_option_each(self) -> None:
        """Give every criterion exactly one option."""
        for variables in self.picks.values():
            self.problem += pulp.lpSum(variables) == 1

    def _vetoes(self) -> None:
        """Let no veto strike."""
        for veto in self.edition.vetoes:
            self._require(veto.requires, 1)

    def _threshold(self, base: Star) -> None:
        """Hold the total to the base star's points, and the home to its requirements."""
        start = next((p for p in self.edition.sections if p.id == self.edition.start), None)
        names = self.choices if start is None else [item.id for item in start.criteria]
        points = self.edition.points if start is None else start.points
        earned, applicable = self._sums(names)
        self.problem += _tenths(points) * earned >= _tenths(base.at_least) * applicable
        if base.at_least:
            # Of nothing applicable the score is nothing, though 0 ≥ 0 holds above.
            self.problem += applicable >= 1
        for requirement in base.requires:
            self._require(requirement, 1)

    def _star(self, base: int, target: int) -> None:
        """Follow floors, caps and steps from the base star to the target."""
        top, least = self.edition.top_star, self.edition.least_star
        star = pulp.LpAffineExpression() + base
        for index, (requirement, rule) in enumerate(_adjustments(self.edition)):
            holds = self.problem.add_variable(f"z_{index}", cat=pulp.LpBinary)
            self._require(requirement, holds)
            after = self.problem.add_variable(f"s_{index}", least, top, pulp.LpInteger)
            if isinstance(rule, int):
                self.problem += after <= star
                self.problem += after <= rule + top * holds
            else:
                down, up = rule
                # 1 where the step would fall below the least star, which holds then.
                kept = self.problem.add_variable(f"k_{index}", cat=pulp.LpBinary)
                self.problem += after <= star + down + (up - down) * holds - down * kept
                self.problem += after <= least + (top - least) * (1 - kept)
            star = after
        self.problem += star >= target

    def _require(self, requirement: Requirement, holds: pulp.LpVariable | int) -> None:
        """Let `holds` be 1 only if the requirement is met."""
        match requirement:
            case FactRequirement(fact=key, at_least=least):
                met = int(key in self.facts and self.facts[key] >= least)
                self.problem += pulp.LpAffineExpression() + met >= holds
            case CriterionRequirement(criterion=name):
                meeting = [
                    pick
                    for option, pick in zip(self.choices[name], self.picks[name], strict=True)
                    if criterion_holds(requirement, option.score)
                ]
                self.problem += pulp.lpSum(meeting) >= holds
            case SectionRequirement(section=name):
                part = next(item for item in self.edition.sections if item.id == name)
                earned, applicable = self._sums([item.id for item in part.criteria])
                above, below = _ratio(requirement, part)
                most = above * _tenths(part.points)
                self.problem += below * earned - above * applicable >= most * holds - most

    def _sums(
        self, names: Iterable[str]
    ) -> tuple[pulp.LpAffineExpression, pulp.LpAffineExpression]:
        """Return what some criteria earn and what they could, in tenths."""
        pairs = [
            (option.score, pick)
            for name in names
            for option, pick in zip(self.choices[name], self.picks[name], strict=True)
        ]
        return (
            pulp.lpSum(_tenths(score.earned) * pick for score, pick in pairs),
            pulp.lpSum(_tenths(score.applicable) * pick for score, pick in pairs),
        )


def _ratio(requirement: SectionRequirement, part: Section) -> tuple[int, int]:
    """Return the least part of a section's points as numerator and denominator."""
    if requirement.share is not None:
        return requirement.share.as_integer_ratio()
    return _tenths(requirement.at_least or Decimal(0)), _tenths(part.points)


def _adjustments(edition: Edition) -> Iterator[tuple[Requirement, int | tuple[int, int]]]:
    """Return each requirement with its limit, or with its step if not met and if met."""
    for section in edition.sections:
        if section.floor is not None:
            need = SectionRequirement(section=section.id, share=section.floor.share)
            yield need, section.floor.max_star
    for rule in edition.rules:
        yield rule.requires, _effect(rule)


def _effect(rule: Rule) -> int | tuple[int, int]:
    """Return the limit of a cap or the two steps of a step."""
    return rule.max_star if isinstance(rule, Cap) else (rule.if_not_met, rule.if_met)


def _picked(variables: list[pulp.LpVariable]) -> int:
    """Return the place of the variable that is 1, whatever the solver's tolerance."""
    return max(range(len(variables)), key=lambda place: float(variables[place].value() or 0))


def _tenths(points: Decimal) -> int:
    """Return points as integer tenths."""
    return int(points * 10)
