"""The figures behind the wages that no official text confirms, and how to say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from payroll import Payslip, Resolved, Standing
from payroll.lines.line import value_text
from payroll.policy.places import name as place_name

EXAMPLE = "示例数值，非官方 / local example, not official"
EXAMPLE_WORD = "示例"
"""A document whose name holds this word is a demonstration, not a notice."""

PROVISIONAL = "暂按上年 / last year's for now"

ENGLISH = {
    Standing.OFFICIAL: "official text",
    Standing.SECONDARY: "second-hand",
    Standing.INFERRED: "figure inferred, text not seen",
    Standing.RECALLED: "figure from memory, text not seen",
    Standing.LOCAL: "supplied locally",
}

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Doubtful:
    """A figure that is not confirmed, ready to be printed; ``standing`` says what it rests on."""

    name: str
    value: str
    place: str
    since: str
    document: str
    source: str
    standing: str
    provisional: bool
    note: str


def unconfirmed(slips: Iterable[Payslip]) -> dict[Key, Doubtful]:
    """Return every figure used that is not confirmed, once, in order of first use.

    Work-injury rates differ between employers at one place, so the value is part of the key.
    """
    return {key(figure): doubtful(figure) for slip in slips for figure in slip.unconfirmed}


def key(figure: Resolved) -> Key:
    """Return what tells a figure from others."""
    return (figure.parameter, f"{figure.place} {figure.valid_from}", f"{figure.value}")


def doubtful(figure: Resolved) -> Doubtful:
    """Return a figure in words."""
    return Doubtful(
        name=figure.name.zh,
        value=value_text(figure, "zh"),
        place=place_name(figure.place),
        since=figure.valid_from.isoformat(),
        document=f"{figure.document}{figure.article or ''}",
        source=figure.source,
        standing=standing(figure),
        provisional=figure.provisional,
        note=figure.note or "",
    )


def standing(figure: Resolved) -> str:
    """Return what a figure rests on, and what chose it where that is the doubtful part."""
    parts = [_standing(figure)]
    if figure.provisional:
        parts.append(PROVISIONAL)
    if figure.via is not None and not figure.via.confirmed:
        parts.append(f"{figure.via.name.zh}：{_standing(figure.via)}")
    return "；".join(parts)


def is_example(figure: Resolved) -> bool:
    """Return whether a local figure says of itself that it is only an example."""
    return figure.standing is Standing.LOCAL and EXAMPLE_WORD in figure.document


def _standing(figure: Resolved) -> str:
    if is_example(figure):
        return EXAMPLE
    return f"{figure.standing.zh} / {ENGLISH[figure.standing]}"
