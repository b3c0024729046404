"""Read the parameter files that lie beside this code."""

from functools import cache
from pathlib import Path

from pydantic import ValidationError

from payroll.policy.parameter import Parameter, ParameterFile
from payroll.policy.reading import PolicyFileError, read_yaml

PARAMETERS = Path(__file__).with_name("parameters")


def read_parameters(folder: Path = PARAMETERS) -> dict[str, Parameter]:
    """Return every parameter of a folder by its id.

    Raises
    ------
    PolicyFileError
        When a file does not have the shape of ``schema.json``, or an id is given twice.
    """
    # What lies beside the code changes with the code alone: it is read once.
    return dict(_shipped()) if folder == PARAMETERS else _read(folder)


@cache
def _shipped() -> dict[str, Parameter]:
    return _read(PARAMETERS)


def _read(folder: Path) -> dict[str, Parameter]:
    parameters: dict[str, Parameter] = {}
    for path in sorted(folder.rglob("*.yaml")):
        for parameter in read_file(path).parameters:
            if parameter.id in parameters:
                zh, en = f"参数 {parameter.id} 重复", f"parameter {parameter.id} is given twice"
                raise PolicyFileError.saying(zh, en, path)
            parameters[parameter.id] = parameter
    return parameters


def read_file(path: Path) -> ParameterFile:
    """Return one parameter file.

    Raises
    ------
    PolicyFileError
        With the file and every key or value that is wrong.
    """
    try:
        return ParameterFile.model_validate(read_yaml(path))
    except ValidationError as problem:
        raise PolicyFileError.of(path, problem) from problem
