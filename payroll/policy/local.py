"""A user's own figures: one file with the document and date behind each of them."""

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from payroll.policy.parameter import Entry, Parameter, Span, Standing, Strict, neighbours, overlap
from payroll.policy.reading import PolicyFileError, read_yaml
from payroll.policy.units import read_value


class LocalFigure(Span):
    """One figure as the clerk writes it down."""

    parameter: str
    value: Any
    document: str | None = None
    note: str | None = None


class LocalFile(Strict):
    """A local policy file: which document, of which day, gives which figures."""

    document: str = Field(min_length=1)
    date: date
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
        f"{parameter}：{later.place} 在 {later.first} 有两个数值，请给前一个写上 to / two values"
        for parameter, entries in by_parameter.items()
        for earlier, later in neighbours(entries)
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
    return Entry(
        place=figure.place,
        first=figure.first,
        last=figure.last,
        value=read_value(declared.unit, declared.keyed_by is not None, figure.value),
        document=figure.document or file.document,
        source=path.name,
        standing=Standing.LOCAL,
        known_from=file.date,
        checked=file.date,
        note=figure.note,
    )
