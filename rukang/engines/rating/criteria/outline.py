"""A scheme of which only the structure is known: what it has, and what would have to be supplied.

Whatever was not found is written as ``unknown``; nobody is rated under it until somebody who has
the document writes an edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PositiveInt

from rukang.base.definitions import Strict, Text
from rukang.engines.rating.criteria.criterion import Id, Points
from rukang.engines.rating.criteria.edition import Fact, Standing

Unknown = Literal["unknown"]


class OutlineSection(Strict):
    """A part by its title; of its criteria none is known."""

    id: Id
    title: Text
    points: Points | Unknown
    criteria: Unknown


class Gate(Strict):
    """A figure of the home that a star asks for; how much of it may be unknown."""

    fact: str
    at_least: Decimal | Unknown


class OutlineStar(Strict):
    """A star, its threshold where it is known, and who approves it."""

    star: PositiveInt
    at_least: Points | Unknown
    approver: Text
    requires: tuple[Gate, ...] = ()


class Outline(Strict):
    """The structure of a rating scheme, with its standing and where it was seen."""

    id: str
    title: Text
    issuer: Text
    document: Text
    source: Text
    valid_from: date | Unknown
    valid_to: date | None = None
    standing: Standing
    label: Text
    points: Points | Unknown
    facts: tuple[Fact, ...] = ()
    sections: Annotated[tuple[OutlineSection, ...], Field(min_length=1)]
    stars: Annotated[tuple[OutlineStar, ...], Field(min_length=1)]

    def missing(self) -> tuple[Text, ...]:
        """Return everything that is not known, in the order of the document."""
        return tuple(_missing(self))


def _missing(outline: Outline) -> Iterator[Text]:
    if outline.valid_from == "unknown":
        yield Text(zh="生效日期", en="the day from which it is valid")
    if outline.points == "unknown":
        yield Text(zh="总分", en="the points in all")
    for section in outline.sections:
        title = section.title
        if section.points == "unknown":
            yield Text(zh=f"「{title.zh}」的分值", en=f"the points of “{title.en}”")
        yield Text(zh=f"「{title.zh}」的指标和评分办法", en=f"criteria and scoring of “{title.en}”")
    yield from _missing_of_stars(outline)


def _missing_of_stars(outline: Outline) -> Iterator[Text]:
    facts = {fact.key: fact.title for fact in outline.facts}
    for star in outline.stars:
        if star.at_least == "unknown":
            yield Text(zh=f"{star.star} 星的分数线", en=f"the threshold of star {star.star}")
        for gate in star.requires:
            if gate.at_least == "unknown":
                fact = facts[gate.fact]
                yield Text(
                    zh=f"{star.star} 星对{fact.zh}的要求",
                    en=f"the {fact.en} that star {star.star} asks for",
                )
