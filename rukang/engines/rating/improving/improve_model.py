"""The exact model behind `improve`: choose one option for each criterion at the least cost.

Points are integer tenths, so the model is exact. With x[c, o] = 1 when criterion c takes option o,
earned E = Σ earned·x and applicable P = Σ applicable·x. For a base star b the threshold
E · points ≥ at_least(b) · P and its requirements are hard; a floor, cap or step has a binary z
that may be 1 only if its requirement holds, and the star after it is bounded from above by what
it allows. Every adjustment is non-decreasing in the star before it, so bounds from above suffice.
A step may end below the least star, which holds then: a binary k chooses which bound counts,

    after ≤ star + down + (up - down) · z - down · k,   after ≤ least + (top - least) · (1 - k).

A requirement made of others has a binary for each of these, of which so many have to be 1; negated
(`none_of`) it is pushed down to the plain ones. An averaged section sums shares, on the least
common denominator; one that goes by its lowest criterion asks it of each. The total of an averaged
edition is the mean of section shares. Wherever shares are added, what applies stays as it is, so
that they are linear.
A table chooses a cell whose two ratings hold; as no better rating has a lower star, the best is
chosen.

The result must reach the target. Each base star is solved for, and the least star without any
threshold, from which steps may rise; the cheapest wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

import highspy
import pulp

from rostering.exact.highs import prepare_highs
from rukang.engines.rating.criteria.edition import (
    AllOf,
    AnyOf,
    Cap,
    Combine,
    CriterionRequirement,
    Edition,
    FactRequirement,
    Least,
    RatingRequirement,
    Requirement,
    Section,
    SectionRequirement,
    Star,
    Step,
    Table,
    counted,
)
from rukang.engines.rating.improving.options import Option
from rukang.engines.rating.stars.ladder import criterion_fails, criterion_holds

Choices = Mapping[str, list[Option]]

ROUNDING = 1e-9
"""The mean of shares is in floating point; what it proposes is rated again, exactly."""

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
        self.binaries = 0
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
        start = self.edition.start
        if start is not None:
            self._require(SectionRequirement(section=start, at_least=base.at_least), 1)
            names: Iterable[str] = [item.id for item in self.edition.section_by_id[start].criteria]
        else:
            names = self.choices
            self._total(base.at_least)
        if base.at_least:
            # Of nothing applicable the score is nothing, though 0 ≥ 0 holds above.
            self.problem += self._sums(names)[1] >= 1
        for requirement in self.edition.required_for(base):
            self._require(requirement, 1)

    def _total(self, least: Decimal) -> None:
        """Hold the total to some points."""
        if self.edition.combine is Combine.SUM:
            pairs = [self._points(part) for part in self.edition.sections]
            earned = pulp.lpSum(pair[0] for pair in pairs)
            applicable = pulp.lpSum(pair[1] for pair in pairs)
            self.problem += _tenths(self.edition.points) * earned >= _tenths(least) * applicable
            return
        shares = [
            share for part in self.edition.sections if (share := self._share(part)) is not None
        ]
        if shares:
            wanted = Fraction(least) / Fraction(self.edition.points) * len(shares)
            self.problem += pulp.lpSum(shares) >= float(wanted) - ROUNDING

    def _points(self, part: Section) -> tuple[Any, Any]:
        """Return what a section earns and what it could, in tenths.

        Of a section that is no sum it is whole tenths of its share, rounded down.
        """
        if part.combine is Combine.SUM:
            return self._sums([item.id for item in part.criteria])
        share = self._share(part)
        if share is None:
            return 0, 0
        whole = _tenths(part.points)
        earned = self.problem.add_variable(f"earned_{part.id}", 0, whole, pulp.LpInteger)
        self.problem += earned <= whole * share + ROUNDING
        return earned, whole

    def _share(self, part: Section) -> Any:
        """Return the share of a section, linear as what applies is given; none where nothing is."""
        scores = {
            item.id: self.choices[item.id][0].score
            for item in part.criteria
            if self.choices[item.id][0].score.applicable
        }
        if not scores:
            return None
        if part.combine is Combine.SUM:
            whole = sum((_tenths(score.applicable) for score in scores.values()), 0)
            return self._sums(scores)[0] / whole
        shares = [
            pulp.lpSum(
                float(Fraction(option.score.earned) / Fraction(option.score.applicable)) * pick
                for option, pick in zip(self.choices[name], self.picks[name], strict=True)
            )
            for name in scores
        ]
        if part.combine is Combine.AVERAGE:
            return pulp.lpSum(shares) / len(shares)
        lowest = self.problem.add_variable(f"lowest_{part.id}", 0, 1)
        for share in shares:
            self.problem += lowest <= share
        return lowest

    def _star(self, base: int, target: int) -> None:
        """Follow floors, caps and steps from the base star to the target."""
        top, least = self.edition.top_star, self.edition.least_star
        star = pulp.LpAffineExpression() + base
        for index, (requirement, rule) in enumerate(_adjustments(self.edition)):
            after = self.problem.add_variable(f"s_{index}", least, top, pulp.LpInteger)
            if isinstance(rule, Table):
                self._table(rule, after)
                star = after
                continue
            holds = self._binary()
            self._require(requirement, holds)
            if isinstance(rule, Least):
                # 1 where the bound from below counts: it may only if its requirement holds.
                lifted = self._binary()
                self.problem += lifted <= holds
                self.problem += after <= star + top * lifted
                self.problem += after <= rule.min_star + top * (1 - lifted)
            elif isinstance(rule, int):
                self.problem += after <= star
                self.problem += after <= rule + top * holds
            else:
                down, up = rule
                # 1 where the step would fall below the least star, which holds then.
                kept = self._binary()
                self.problem += after <= star + down + (up - down) * holds - down * kept
                self.problem += after <= least + (top - least) * (1 - kept)
            star = after
        self.problem += star >= target

    def _table(self, rule: Table, after: pulp.LpVariable) -> None:
        """Choose a cell of a table whose two ratings hold."""
        chosen, least = [], self.edition.least_star
        worth = pulp.LpAffineExpression()
        for row, stars in enumerate(rule.stars):
            for column, star in enumerate(stars):
                cell = self._binary()
                chosen.append(cell)
                worth += max(star, least) * cell
                for section, level in ((rule.rows, row), (rule.columns, column)):
                    if level:
                        self._require(RatingRequirement(rating_of=section, at_least=level), cell)
        self.problem += pulp.lpSum(chosen) == 1
        self.problem += after <= worth

    def _binary(self) -> pulp.LpVariable:
        self.binaries += 1
        return self.problem.add_variable(f"z_{self.binaries}", cat=pulp.LpBinary)

    def _require(
        self, requirement: Requirement, holds: pulp.LpVariable | int, *, negated: bool = False
    ) -> None:
        """Let `holds` be 1 only if the requirement is met, or negated: known not to be met."""
        if (found := counted(requirement)) is not None:
            count, parts, flipped = found
            wanted = len(parts) - count + 1 if negated else count
            each = [self._binary() for _ in parts]
            for part, one in zip(parts, each, strict=True):
                self._require(part, one, negated=negated != flipped)
            self.problem += pulp.lpSum(each) >= wanted * holds
            return
        match requirement:
            case FactRequirement(fact=key, at_least=least):
                met = key in self.facts and (self.facts[key] >= least) != negated
                self.problem += pulp.LpAffineExpression() + int(met) >= holds
            case CriterionRequirement(criterion=name):
                rule = criterion_fails if negated else criterion_holds
                meeting = [
                    pick
                    for option, pick in zip(self.choices[name], self.picks[name], strict=True)
                    if rule(requirement, option.score)
                ]
                self.problem += pulp.lpSum(meeting) >= holds
            case SectionRequirement():
                self._section(requirement, holds, negated)
            case RatingRequirement(rating_of=name, at_least=least_level):
                self._require(_spelt_out(self.edition, name, least_level), holds, negated=negated)

    def _section(
        self, requirement: SectionRequirement, holds: pulp.LpVariable | int, negated: bool
    ) -> None:
        """Hold a section to a share of what applies, or below it."""
        part = self.edition.section_by_id[requirement.section]
        above, below = _ratio(requirement, part)
        if part.combine is Combine.LOWEST:
            self._lowest(part, Fraction(above, below), holds, negated)
            return
        if part.combine is Combine.SUM:
            earned, applicable = self._sums([item.id for item in part.criteria])
            whole = _tenths(part.points)
        else:
            earned, applicable, whole = self._shares(part)
        if negated:
            most = below * whole + 1
            self.problem += below * earned - above * applicable <= most - 1 - most * holds
        else:
            most = above * whole
            self.problem += below * earned - above * applicable >= most * holds - most

    def _shares(self, part: Section) -> tuple[Any, Any, int]:
        """Return the sum of shares, and of criteria that apply, on the least denominator."""
        unit = lcm(*(_tenths(item.points) for item in part.criteria if item.points))
        pairs = [
            (option.score, pick)
            for item in part.criteria
            for option, pick in zip(self.choices[item.id], self.picks[item.id], strict=True)
            if option.score.applicable
        ]
        earned = pulp.lpSum(
            _tenths(score.earned) * unit // _tenths(score.applicable) * pick
            for score, pick in pairs
        )
        return earned, pulp.lpSum(unit * pick for _, pick in pairs), unit * len(part.criteria)

    def _lowest(
        self, part: Section, least: Fraction, holds: pulp.LpVariable | int, negated: bool
    ) -> None:
        """Ask the least share of every criterion, or that one is below it."""
        below = []
        for item in part.criteria:
            options = list(zip(self.choices[item.id], self.picks[item.id], strict=True))
            falling = [pick for option, pick in options if _is_below(option, least)]
            if negated:
                below += falling
            else:
                self.problem += pulp.lpSum(falling) <= 1 - holds
        if negated:
            self.problem += pulp.lpSum(below) >= holds

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


def _is_below(option: Option, least: Fraction) -> bool:
    score = option.score
    return bool(score.applicable) and Fraction(score.earned) < least * Fraction(score.applicable)


def _spelt_out(edition: Edition, name: str, least: int) -> Requirement:
    """Return the rating of a section as what its levels ask: one of those high enough holds."""
    levels = [level for level in edition.section_by_id[name].levels if level.level >= least]
    return AnyOf(
        any_of=tuple(
            AllOf(all_of=(SectionRequirement(section=name, at_least=one.at_least), *one.requires))
            for one in levels
        )
    )


def _ratio(requirement: SectionRequirement, part: Section) -> tuple[int, int]:
    """Return the least part of a section's points as numerator and denominator."""
    if requirement.share is not None:
        return requirement.share.as_integer_ratio()
    return _tenths(requirement.at_least or Decimal(0)), _tenths(part.points)


Effect = int | tuple[int, int] | Least | Table
"""A limit; a step if not met and if met; a bound from below; or a table, which asks for nothing."""

ALWAYS = AllOf.model_construct(all_of=())


def _adjustments(edition: Edition) -> Iterator[tuple[Requirement, Effect]]:
    """Return each requirement with what it does to the star."""
    for section in edition.sections:
        if section.floor is not None:
            need = SectionRequirement(section=section.id, share=section.floor.share)
            yield need, section.floor.max_star
    for rule in edition.rules:
        match rule:
            case Cap():
                yield rule.requires, rule.max_star
            case Step():
                yield rule.requires, (rule.if_not_met, rule.if_met)
            case Least():
                yield rule.requires, rule
            case Table():
                yield ALWAYS, rule


def _picked(variables: list[pulp.LpVariable]) -> int:
    """Return the place of the variable that is 1, whatever the solver's tolerance."""
    return max(range(len(variables)), key=lambda place: float(variables[place].value() or 0))


def _tenths(points: Decimal) -> int:
    """Return points as integer tenths."""
    return int(points * 10)
