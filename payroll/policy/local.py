"""A user's own figures: one file with the document and date behind each of them."""

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from payroll.policy.parameter import Entry, Parameter, Span, Standing, Strict, neighbours, overlap
from payroll.policy.reading import PolicyFileError, lines_of, read_yaml
from payroll.policy.units import read_value, words_of

Day = date
"""The type of a day, where a field is itself called date."""


MOST = 3
"""Reasons told of one value; a list that is wrong throughout has many."""


class LocalFigure(Span):
    """One figure as the clerk writes it down.

    ``document`` and ``date`` are those of the file where not given. A figure of a later date
    corrects an earlier one for the days that both cover; neither has to be changed for it.
    """

    parameter: str
    value: Any
    document: str | None = None
    date: Day | None = None
    note: str | None = None


class LocalFile(Strict):
    """A local policy file: which document, known since which day, gives which figures."""

    document: str = Field(min_length=1)
    date: Day
    figures: tuple[LocalFigure, ...] = Field(min_length=1)


def read_local(path: Path, parameters: dict[str, Parameter]) -> dict[str, tuple[Entry, ...]]:
    """Return a local file's figures by parameter, all with the standing ``local``.

    Raises
    ------
    PolicyFileError
        When a key, a parameter or a value in the file is not what it must be; it names the file,
        the line and the parameter.
    """
    try:
        return _read(path, parameters)
    except PolicyFileError as problem:
        problem.file = path
        raise


def _read(path: Path, parameters: dict[str, Parameter]) -> dict[str, tuple[Entry, ...]]:
    try:
        file = LocalFile.model_validate(read_yaml(path))
    except ValidationError as problem:
        raise PolicyFileError.of(path, problem) from problem
    entries = [
        (figure.parameter, _entry(path, at, file, figure, parameters))
        for at, figure in enumerate(file.figures)
    ]
    by_parameter: dict[str, tuple[Entry, ...]] = {}
    for parameter, entry in entries:
        by_parameter[parameter] = (*by_parameter.get(parameter, ()), entry)
    _refuse_overlaps(path, by_parameter)
    return by_parameter


def _refuse_overlaps(path: Path, by_parameter: dict[str, tuple[Entry, ...]]) -> None:
    twice = [
        (parameter, later.place, later.first, _until(earlier, later))
        for parameter, entries in by_parameter.items()
        for known in {entry.known_from for entry in entries}
        for earlier, later in neighbours(e for e in entries if e.known_from == known)
        if overlap(earlier, later)
    ]
    if not twice:
        return
    zh = "；".join(
        f"{parameter} 在 {place} 自 {first} {f'至 {last} ' if last else '起'}有两个数值"
        for parameter, place, first, last in twice
    )
    en = "; ".join(
        f"{parameter} has two values at {place} from {first}{f' to {last}' if last else ' on'}"
        for parameter, place, first, last in twice
    )
    raise _wrong(
        path,
        f"{zh}；请给前一个写上 to，或给更正的一个写上得知日期 date",
        f"{en}: end the first with to, or give the correction the date since which it is known",
    )


def _until(earlier: Span, later: Span) -> date | None:
    """Return the last day that both of two spans cover, None if neither ends."""
    ends = [span.last for span in (earlier, later) if span.last is not None]
    return min(ends, default=None)


def _wrong(path: Path, zh: str, en: str, quoted: str = "") -> PolicyFileError:
    """Return the refusal of a file; what is quoted from it is not told to everybody."""
    problem = PolicyFileError(f"{path}：{zh}{quoted} / {en}")
    problem.told = zh, en
    return problem


def _line(path: Path, at: int, key: str) -> int:
    lines = lines_of(path, "figures")[at]
    return lines.get(key, lines[""])


def _entry(
    path: Path,
    at: int,
    file: LocalFile,
    figure: LocalFigure,
    parameters: dict[str, Parameter],
) -> Entry:
    if figure.parameter not in parameters:
        line = _line(path, at, "parameter")
        raise _wrong(
            path,
            f"第 {line} 行：没有名为 {figure.parameter} 的参数，请核对拼写",
            f"line {line}: no parameter is called {figure.parameter}",
        )
    declared = parameters[figure.parameter]
    try:
        value = read_value(declared.unit, declared.keyed_by is not None, figure.value)
    except ValidationError as problem:
        reasons = "; ".join(error["msg"] for error in problem.errors()[:MOST])
        line = _line(path, at, "value")
        zh, en = words_of(declared.unit, declared.keyed_by is not None)
        raise _wrong(
            path,
            f"第 {line} 行 {figure.parameter}（{figure.place}，{figure.first} 起）的数值"
            f"不合它的单位 {declared.unit}，应为{zh}",
            f"line {line}, {figure.parameter} ({figure.place}, from {figure.first}): the value does"
            f" not fit its unit {declared.unit}, which is {en} ({reasons})",
            f"；读到 {figure.value}",
        ) from problem
    return Entry(
        place=figure.place,
        first=figure.first,
        last=figure.last,
        value=value,
        document=figure.document or file.document,
        source=path.name,
        standing=Standing.LOCAL,
        known_from=figure.date or file.date,
        checked=figure.date or file.date,
        note=figure.note,
    )
