"""The rows of a blank score sheet, and how a filled cell becomes an answer.

A workbook writer lays out `blank_rows`; a reader hands each cell of the answer column to
`answer_from_cell`. Both speak Chinese first and take English as well.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from rukang.base.definitions import Strict, Text
from rukang.engines.rating.criteria.criterion import Choice, Criterion, Share, YesNo
from rukang.engines.rating.criteria.edition import Edition
from rukang.engines.rating.sheets.sheet import Answer, State
from rukang.engines.rating.sheets.sheet_check import allowed_values
from rukang.numbers.written import read_number

Cell = str | int | float | Decimal | bool | None

YES = frozenset({"是", "符合", "有", "yes", "true", "y"})
NO = frozenset({"否", "不符合", "无", "没有", "no", "false", "n"})
NOT_APPLICABLE = frozenset({"不适用", "not applicable", "n/a"})
NO_DATA = frozenset({"", "无数据", "no data"})


class BlankRow(Strict):
    """What a blank sheet shows of one criterion, beside the empty answer and evidence columns."""

    criterion: str
    section: Text
    title: Text
    kind: str
    points: Decimal
    allowed: Text
    evidence: Text
    scorer: str
    choices: tuple[str, ...]


def blank_rows(edition: Edition) -> list[BlankRow]:
    """Return one row for each criterion, in the order of the edition.

    `choices` holds what a drop-down list should offer; it is empty where a number is typed.
    """
    return [
        BlankRow(
            criterion=item.id,
            section=section.title,
            title=item.title,
            kind=item.kind,
            points=item.points,
            allowed=_allowed(item),
            evidence=item.evidence,
            scorer=item.scorer.value,
            choices=_choices(item),
        )
        for section in edition.sections
        for item in section.criteria
    ]


def answer_from_cell(
    item: Criterion, cell: Cell, evidence: str = "", inspector: str = ""
) -> Answer:
    """Return the answer a cell holds; `check_sheet` then says whether the edition allows it.

    Parameters
    ----------
    item
        The criterion of the row.
    cell
        是/否, an option by its label or key, a number, a share also as 95%, 不适用 or 无数据; an
        empty cell is no data.
    evidence, inspector
        The texts beside it.

    Raises
    ------
    ValueError
        The cell says neither, or 不适用 without a reason in the evidence.
    """
    state, value = _read(item, cell)
    if state is State.NOT_APPLICABLE and not evidence.strip():
        raise ValueError(
            Text(
                zh=f"{item.id}: 填“不适用”时应在依据栏说明理由",
                en="say in the evidence column why it does not apply",
            )
        )
    return Answer(
        criterion=item.id, state=state, value=value, evidence=evidence, inspector=inspector
    )


def _read(item: Criterion, cell: Cell) -> tuple[State, Decimal | str | None]:
    """Return the state and value a cell holds."""
    word = _word(cell)
    if word in NO_DATA:
        return State.NO_DATA, None
    if word in NOT_APPLICABLE:
        return State.NOT_APPLICABLE, None
    if isinstance(item, Choice):
        return State.MET, _option(item, word)
    if word in NO:
        return State.NOT_MET, None
    if isinstance(item, YesNo):
        if word in YES:
            return State.MET, None
        raise _unreadable(item, cell)
    return State.MET, _number(item, cell, word)


def _word(cell: Cell) -> str:
    """Return a cell as a word without spaces round it, in small letters."""
    return "" if cell is None else str(cell).strip().lower()


def _option(item: Choice, word: str) -> str:
    """Return the key of the option a word names."""
    for option in item.options:
        if word in {option.key.lower(), option.label.zh.lower(), option.label.en.lower()}:
            return option.key
    raise _unreadable(item, word)


def _number(item: Criterion, cell: Cell, word: str) -> Decimal:
    """Return the number a cell holds; a share may be written as a percentage."""
    percent = isinstance(item, Share) and word.endswith(("%", "％"))
    written = word.rstrip("%％ ") if percent else word
    try:
        value = read_number(written) if isinstance(cell, str) else Decimal(written)
    except (ValueError, InvalidOperation) as error:
        raise _unreadable(item, cell) from error
    return value / 100 if percent else value


def _unreadable(item: Criterion, cell: Cell) -> ValueError:
    """Return the error for a cell that is no answer to its criterion."""
    allowed = _allowed(item)
    return ValueError(
        Text(
            zh=f"{item.id}: “{cell}”不是有效答案，应填{allowed.zh}",
            en=f"“{cell}” is no answer; expected {allowed.en}",
        )
    )


def _allowed(item: Criterion) -> Text:
    """Say every answer a criterion allows, states included."""
    values = allowed_values(item)
    states = [Text(zh="无数据", en="no data")]
    if item.may_not_apply:
        states.append(Text(zh="不适用（须说明理由）", en="not applicable (say why)"))
    return Text(
        zh=f"{values.zh}；{'；'.join(state.zh for state in states)}",
        en=f"{values.en}; {'; '.join(state.en for state in states)}",
    )


def _choices(item: Criterion) -> tuple[str, ...]:
    """Return what a drop-down list offers."""
    match item:
        case YesNo():
            words = ["是", "否"]
        case Choice(options=options):
            words = [option.label.zh for option in options]
        case _:
            return ()
    return (*words, "无数据", *(["不适用"] if item.may_not_apply else []))
