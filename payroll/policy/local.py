"""A user's own figures: one file with the document and date behind each of them."""

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from payroll.policy.parameter import Entry, Parameter, Span, Standing, Strict, neighbours, overlap
from payroll.policy.reading import PolicyFileError, read_yaml
from payroll.policy.units import read_value

Day = date
"""The type of a day, where a field is itself called date."""


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
        When a key, a parameter or a value in the file is not what it must be.
    """
    try:
        file = LocalFile.model_validate(read_yaml(path))
        entries = [
            (figure.parameter, _entry(path, file, figure, parameters)) for figure in file.figures
        ]
    except ValidationError as problem:
        raise PolicyFileError.of(path, problem) from problem
    by_parameter: dict[str, tuple[Entry, ...]] = {}
    for parameter, entry in entries:
        by_parameter[parameter] = (*by_parameter.get(parameter, ()), entry)
    _refuse_overlaps(path, by_parameter)
    return by_parameter


def _refuse_overlaps(path: Path, by_parameter: dict[str, tuple[Entry, ...]]) -> None:
    twice = [
        f"{parameter}：{later.place} 在 {later.first} 有两个数值；请给前一个写上 to，"
        "或给更正的一个写上得知日期 date / two values: end the first, or date the correction"
        for parameter, entries in by_parameter.items()
        for known in {entry.known_from for entry in entries}
        for earlier, later in neighbours(e for e in entries if e.known_from == known)
        if overlap(earlier, later)
    ]
    if twice:
        raise PolicyFileError(f"{path}：" + "；".join(twice))


def _entry(
    path: Path, file: LocalFile, figure: LocalFigure, parameters: dict[str, Parameter]
) -> Entry:
    if figure.parameter not in parameters:
        raise PolicyFileError(
            f"{path}：没有名为 {figure.parameter} 的参数，请核对拼写 / "
            f"no parameter is called {figure.parameter}"
        )
    declared = parameters[figure.parameter]
    try:
        value = read_value(declared.unit, declared.keyed_by is not None, figure.value)
    except ValidationError as problem:
        reasons = "；".join(error["msg"] for error in problem.errors())
        raise PolicyFileError(
            f"{path}：{figure.parameter}（{figure.place}，{figure.first} 起）的数值 {figure.value} "
            f"不是合适的 {declared.unit} / does not fit its unit: {reasons}"
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
