"""Add a figure to a user's local file, leaving what stands there, comments included, as it is."""

from io import StringIO
from pathlib import Path
from shutil import copymode
from tempfile import NamedTemporaryFile
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from payroll.policy.local import LocalFigure, read_local
from payroll.policy.parameter import Parameter
from payroll.policy.reading import PolicyFileError


def supply(path: Path, parameters: dict[str, Parameter], *figures: LocalFigure) -> None:
    """Append figures to a local file, or begin the file; the file is whole before and after.

    Nothing that stands in the file is changed: a figure of a later date corrects an earlier one
    for the days that both cover.

    Parameters
    ----------
    figures
        Each with document and date of its own; its value as text, the way YAML writes it:
        ``0.085``, ``true``, ``{1: 2400, 2: 2210}``.

    Raises
    ------
    PolicyFileError
        When the figure does not fit its parameter, is there already, or the file cannot be read.
    """
    writer = YAML()
    writer.preserve_quotes = True
    writer.width = 1000  # no line that stands is folded anew
    writer.representer.ignore_aliases = lambda _: True  # a day given twice is written twice
    writer.indent(mapping=2, sequence=4, offset=2)
    try:
        file: Any = writer.load(path.read_text(encoding="utf-8")) if path.exists() else None
        given = [writer.load(str(figure.value)) for figure in figures]
    except YAMLError as problem:
        raise PolicyFileError(f"{path}：{problem}") from problem
    first = figures[0]
    file = file or {"document": first.document, "date": first.date, "figures": []}
    for figure, value in zip(figures, given, strict=True):
        file["figures"].append(_row(figure, value))
    text = StringIO()
    writer.dump(file, text)
    _replace(path, text.getvalue(), parameters)


def _row(figure: LocalFigure, value: Any) -> dict[str, Any]:
    """Return a figure as the file holds it, without what is not given."""
    row = {
        "parameter": figure.parameter,
        "place": DoubleQuotedScalarString(figure.place),
        "from": figure.first,
        "to": figure.last,
        "value": value,
        "document": figure.document,
        "date": figure.date,
        "note": figure.note,
    }
    return {key: item for key, item in row.items() if item is not None}


def _replace(path: Path, text: str, parameters: dict[str, Parameter]) -> None:
    """Put a text in the place of a local file, once it has been read back without complaint."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as draft:
        draft.write(text)
    try:
        read_local(Path(draft.name), parameters)
        if path.exists():
            copymode(path, draft.name)
        Path(draft.name).replace(path)
    except PolicyFileError as problem:
        raise PolicyFileError(str(problem).replace(draft.name, str(path))) from problem
    finally:
        Path(draft.name).unlink(missing_ok=True)
