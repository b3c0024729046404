"""Answers and figures as people type them: on the command line, and in a form's rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rostering.sheets.masking import shown
from rukang.base.errors import InvalidError
from rukang.engines.rating import Answer, Edition, State
from rukang.numbers.written import read_number
from rukang.stars.inspections.sheet.writing import Given

UNKNOWN = "unknown"
"""What is typed of a figure that could not be found out."""


def answer_of(
    edition: Edition,
    criterion: str,
    state: str,
    value: str | None,
    note: str,
    *,
    contradicts: bool = False,
) -> Answer:
    """Return an answer; a value is a number unless the criterion has options.

    Raises
    ------
    InvalidError
        If there is no such criterion or state, or the value is no answer to it.
    """
    known = edition.criteria
    if criterion not in known:
        raise InvalidError(
            f"没有指标 {shown(criterion)}；现有：{'、'.join(known)}。",
            f"There is no criterion {shown(criterion)}; there are {', '.join(known)}.",
        )
    if state not in set(State):
        raise InvalidError(
            f"{criterion} 的结果应为 {'、'.join(State)} 之一，读到 {shown(state)}。",
            f"What was found of {criterion} is one of {', '.join(State)}; found {shown(state)}.",
        )
    is_word = value is None or known[criterion].kind == "choice"
    found = value if is_word else number_of(str(value))
    return Given(criterion, State(state), found, note, contradicts).as_answer()


def figure_of(value: str) -> Decimal | None:
    """Return a figure of the home; None for one that is unknown.

    Raises
    ------
    InvalidError
        If it is no number.
    """
    return None if value.strip() == UNKNOWN else number_of(value)


def number_of(text: str) -> Decimal:
    """Return a number.

    Raises
    ------
    InvalidError
        If it is none.
    """
    try:
        return read_number(text)
    except ValueError as error:
        raise InvalidError(
            f"{shown(text)} 不是数字，如 1260 或 0.85。",
            f"{shown(text)} is no number such as 1260 or 0.85.",
        ) from error


def put_right_by(
    edition: Edition,
    answers: tuple[Sequence[str], Sequence[str], Sequence[str]],
    facts: tuple[Sequence[str], Sequence[str]],
    why: str,
) -> tuple[list[Answer], dict[str, Decimal | None]]:
    """Return what a form's rows put right: answers to criteria, and figures of the home.

    Parameters
    ----------
    answers
        Columns of criteria, states and values; a row without a criterion is empty.
    facts
        Columns of keys and figures; likewise.

    Raises
    ------
    InvalidError
        If no row is filled, one cannot be read, or a column has more rows than another.
    """
    rows = _filled(answers)
    right = [answer_of(edition, name, state, value or None, why) for name, state, value in rows]
    figures = {key: figure_of(value) for key, value in _filled(facts)}
    if not right and not figures:
        raise InvalidError(
            "异议成立须写明改正哪一项；一项也不改，请驳回。",
            "An objection is upheld with what puts things right; with nothing to change, reject"
            " it.",
        )
    return right, figures


def _filled(columns: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the rows of some columns that have something in the first of them."""
    lengths = {len(column) for column in columns}
    if len(lengths) > 1:
        raise InvalidError(
            f"各栏的行数不一致（{'、'.join(map(str, sorted(lengths)))}），请逐行填写。",
            f"The columns have different numbers of rows ({', '.join(map(str, sorted(lengths)))}).",
        )
    return [row for row in zip(*columns, strict=True) if row[0]]
