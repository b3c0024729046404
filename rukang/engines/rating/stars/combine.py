"""How the points of a section and the total follow from their parts, exactly.

Shares are fractions; points are rounded down to a tenth at the end, once, so that an average of
averages is that of the exact ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from rukang.engines.rating.criteria.edition import Combine, Edition, Section
from rukang.engines.rating.stars.points import on_scale, tenths
from rukang.engines.rating.stars.rating import CriterionScore, SectionScore

NOTHING = Decimal("0.0")


def section_points(section: Section, scores: Sequence[CriterionScore]) -> tuple[Decimal, Decimal]:
    """Return what a section earned and what it could have earned."""
    if section.combine is Combine.SUM:
        return _sums(scores)
    share = share_of(section, scores)
    if share is None:
        return NOTHING, NOTHING
    return points_of(share, section.points), tenths(section.points)


def share_of(section: Section, scores: Sequence[CriterionScore]) -> Fraction | None:
    """Return the share that a section earned of what applies; none where nothing does."""
    if section.combine is Combine.SUM:
        earned, applicable = _sums(scores)
        return Fraction(earned) / Fraction(applicable) if applicable else None
    shares = [Fraction(one.earned) / Fraction(one.applicable) for one in scores if one.applicable]
    if not shares:
        return None
    return min(shares) if section.combine is Combine.LOWEST else mean(shares)


def total_points(edition: Edition, sections: Sequence[SectionScore]) -> Decimal:
    """Return the total on the scale of the edition."""
    if edition.combine is Combine.SUM:
        earned, applicable = _sums(sections)
        return on_scale(earned, applicable, edition.points)
    found = (share_of(edition.section_by_id[part.id], part.criteria) for part in sections)
    shares = [share for share in found if share is not None]
    return points_of(mean(shares), edition.points) if shares else NOTHING


def points_of(share: Fraction, points: Decimal) -> Decimal:
    """Return a share of some points, rounded down to a tenth."""
    return Decimal(int(share * Fraction(points) * 10)) / 10


def mean(shares: Sequence[Fraction]) -> Fraction:
    """Return the exact mean."""
    return sum(shares, Fraction(0)) / len(shares)


def _sums(parts: Iterable[CriterionScore | SectionScore]) -> tuple[Decimal, Decimal]:
    known = list(parts)
    earned = sum((part.earned for part in known), NOTHING)
    return earned, sum((part.applicable for part in known), NOTHING)
