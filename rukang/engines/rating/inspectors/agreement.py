"""How far inspectors agree: Cohen's kappa for two, Krippendorff's alpha for any number.

Both are exact fractions. Our own, because the library for alpha is under a licence this project
cannot take, and those for kappa bring far more than a formula.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import Literal, TypeVar

from rukang.base.definitions import Text
from rukang.engines.rating.criteria.criterion import Criterion, Scorer
from rukang.engines.rating.criteria.edition import Edition
from rukang.engines.rating.sheets.sheet import JUDGED, Answer, ScoreSheet, State
from rukang.engines.rating.stars.points import earn

Weights = Literal["none", "linear", "quadratic"]
Metric = Literal["nominal", "interval"]


def cohen_kappa(
    pairs: Sequence[tuple[Decimal, Decimal]], weights: Weights = "none"
) -> Fraction | None:
    """Return the agreement of two inspectors beyond chance: 1 is perfect, 0 what chance gives.

    Parameters
    ----------
    pairs
        What the two said of each thing.
    weights
        Whether being far apart counts more: not at all, by the distance, or by its square.

    Returns
    -------
    Fraction | None
        None where chance alone would make them agree: nothing was judged, or always the same.

    References
    ----------
    J. Cohen, "A coefficient of agreement for nominal scales", 1960; weighted kappa, 1968.
    """
    return _kappa(Counter(pairs), _DISTANCES[weights])


def _kappa(pairs: Counter[Pair], apart: Apart) -> Fraction | None:
    """Return kappa of pairs that are counted, so that many homes cost no more than few."""
    firsts: Counter[Decimal] = Counter()
    seconds: Counter[Decimal] = Counter()
    for (a, b), times in pairs.items():
        firsts[a] += times
        seconds[b] += times
    count = pairs.total()
    observed = sum((apart(a, b) * times for (a, b), times in pairs.items()), Fraction(0))
    by_chance = sum(
        (apart(a, b) * many * more for a, many in firsts.items() for b, more in seconds.items()),
        Fraction(0),
    )
    return 1 - observed * count / by_chance if by_chance else None


def krippendorff_alpha(
    units: Iterable[Sequence[Decimal]], metric: Metric = "interval"
) -> Fraction | None:
    """Return the agreement of any number of inspectors, who need not all have judged everything.

    Parameters
    ----------
    units
        For each thing judged, what was said of it; fewer than two judgements say nothing.
    metric
        Whether values only differ, or differ by the square of their distance.

    Returns
    -------
    Fraction | None
        None where there is nothing to compare, or all values are the same.

    References
    ----------
    K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011.
    """
    judged = Counter(tuple(sorted(values)) for values in units if len(values) > 1)
    return _alpha(judged, _DISTANCES["none" if metric == "nominal" else "quadratic"])


def _alpha(units: Mapping[Unit, int], apart: Apart) -> Fraction | None:
    """Return alpha of units that are counted by what was said of them."""
    together: Counter[Decimal] = Counter()
    observed = Fraction(0)
    for values, times in units.items():
        observed += _sum_apart(Counter(values), apart) * times / (len(values) - 1)
        for value in values:
            together[value] += times
    expected = _sum_apart(together, apart)
    return 1 - observed * (together.total() - 1) / expected if expected else None


Apart = Callable[[Decimal, Decimal], Fraction]
Pair = tuple[Decimal, Decimal]
Unit = TypeVar("Unit", bound=tuple[Decimal, ...])

_DISTANCES: dict[Weights, Apart] = {
    "none": lambda a, b: Fraction(a != b),
    "linear": lambda a, b: abs(Fraction(a) - Fraction(b)),
    "quadratic": lambda a, b: (Fraction(a) - Fraction(b)) ** 2,
}


def _sum_apart(counts: Counter[Decimal], apart: Apart) -> Fraction:
    """Return the distances of all ordered pairs."""
    return sum(
        (apart(a, b) * counts[a] * counts[b] for a, b in permutations(counts, 2)), Fraction(0)
    )


@dataclass(frozen=True)
class CriterionAgreement:
    """How far two inspectors agreed on a criterion over all homes they both judged."""

    criterion: str
    title: Text
    homes: int
    same: int
    kappa: Fraction | None
    alpha: Fraction | None


@dataclass(frozen=True)
class InspectorLean:
    """How an inspector judges beside the others: points above (or below) them, on average."""

    inspector: str
    judgements: int
    same: int
    points_above: Fraction


@dataclass(frozen=True)
class Agreement:
    """The agreement of a round: by criterion in the edition's order, by inspector by name."""

    criteria: tuple[CriterionAgreement, ...]
    inspectors: tuple[InspectorLean, ...]


@dataclass(frozen=True)
class Scored:
    """The points two inspectors gave a criterion, how often; 1 or 0 of one without points."""

    criterion: str
    first_by: str
    second_by: str
    first: Decimal
    second: Decimal
    times: int = 1


def agreement(edition: Edition, scored: Iterable[Scored]) -> Agreement:
    """Return how far pairs of inspectors agreed on what they judged apart.

    Kappa and alpha are those of the points, or of met and not met where there are none (kappa
    unweighted, alpha by the square of the distance).

    Parameters
    ----------
    scored
        What `scored` returns for the two sheets of each home.
    """
    pairs: dict[str, Counter[Pair]] = defaultdict(Counter)
    above: dict[str, Counter[Decimal]] = defaultdict(Counter)
    for one in scored:
        pairs[one.criterion][one.first, one.second] += one.times
        if edition.criteria[one.criterion].points:
            above[one.first_by][one.first - one.second] += one.times
            above[one.second_by][one.second - one.first] += one.times
    return counted(edition, pairs, above)


def counted(
    edition: Edition,
    pairs: Mapping[str, Counter[Pair]],
    above: Mapping[str, Counter[Decimal]],
) -> Agreement:
    """Return the agreement of what is counted already, as a database counts it.

    Parameters
    ----------
    pairs
        By criterion, what the two gave and how often.
    above
        By inspector, how many points above the other, and how often.
    """
    return Agreement(
        criteria=tuple(
            _of_criterion(item, judged)
            for name, item in edition.criteria.items()
            if (judged := pairs.get(name))
        ),
        inspectors=tuple(_lean(name, points) for name, points in sorted(above.items())),
    )


def _of_criterion(item: Criterion, judged: Counter[Pair]) -> CriterionAgreement:
    return CriterionAgreement(
        criterion=item.id,
        title=item.title,
        homes=judged.total(),
        same=sum(times for (one, other), times in judged.items() if one == other),
        kappa=_kappa(judged, _DISTANCES["none"]),
        alpha=_alpha(judged, _DISTANCES["quadratic"]),
    )


def _lean(name: str, above: Counter[Decimal]) -> InspectorLean:
    total = sum((Fraction(points) * times for points, times in above.items()), Fraction(0))
    return InspectorLean(name, above.total(), above[Decimal(0)], total / above.total())


def scored(edition: Edition, first: ScoreSheet, second: ScoreSheet) -> Iterator[Scored]:
    """Return what two inspectors gave the criteria of which both said whether they are met."""
    answers = [
        {answer.criterion: answer for answer in sheet.answers if answer.state in JUDGED}
        for sheet in (first, second)
    ]
    for name, item in edition.criteria.items():
        if item.scorer is Scorer.INSPECTOR and all(name in sheet for sheet in answers):
            one, other = (sheet[name] for sheet in answers)
            yield Scored(
                criterion=name,
                first_by=one.inspector or "、".join(first.inspectors),
                second_by=other.inspector or "、".join(second.inspectors),
                first=_value(item, one),
                second=_value(item, other),
            )


def _value(item: Criterion, answer: Answer) -> Decimal:
    """Return the points of an answer; of a criterion without points whether it is met."""
    return earn(item, answer) if item.points else Decimal(answer.state is State.MET)
