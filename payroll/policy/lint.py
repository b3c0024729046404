"""Check the rule base as a whole: overlaps, gaps, loose ends."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from payroll.policy.load import PARAMETERS, read_file
from payroll.policy.parameter import Parameter, neighbours, overlap
from payroll.policy.reading import PolicyFileError


@dataclass(frozen=True)
class Finding:
    """Something wrong in a parameter file."""

    file: Path
    parameter: str
    message: str


def lint(folder: Path = PARAMETERS) -> list[Finding]:
    """Return everything wrong with the parameter files of a folder; empty when all is well.

    Found are: files of the wrong shape (unknown key, missing source, value that does not fit its
    unit), parameters given twice, tiers chosen by a parameter that does not exist, figures that
    overlap at one place, and gaps between figures that are not declared unknown.
    """
    findings: list[Finding] = []
    owners: dict[str, tuple[Path, Parameter]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        try:
            file = read_file(path)
        except PolicyFileError as problem:
            findings.append(Finding(path, "", str(problem)))
            continue
        for parameter in file.parameters:
            if parameter.id in owners:
                findings.append(Finding(path, parameter.id, "参数重复 / parameter given twice"))
            owners[parameter.id] = (path, parameter)
    for path, parameter in owners.values():
        messages = (*_loose_ends(parameter, owners.keys()), *_overlaps_and_gaps(parameter))
        findings.extend(Finding(path, parameter.id, message) for message in messages)
    return findings


def _loose_ends(parameter: Parameter, known: Collection[str]) -> Iterator[str]:
    if parameter.keyed_by is not None and parameter.keyed_by not in known:
        yield f"keyed_by 指向不存在的参数 {parameter.keyed_by} / no such parameter"
    for entry in parameter.values:
        if parameter.carries_forward and entry.known_from is None:
            yield (
                f"{entry.place}：{entry.first} 起的数值没有得知日期 known_from，顺延的参数须写明 / "
                "a figure that carries forward needs the day since which it is known"
            )
    if not parameter.values and not parameter.unknown:
        yield "既没有数值，也没有注明未知 / neither a value nor declared unknown"


def _overlaps_and_gaps(parameter: Parameter) -> Iterator[str]:
    for earlier, later in neighbours((*parameter.values, *parameter.unknown)):
        if overlap(earlier, later):
            yield (
                f"{later.place}：{later.first} 起的条目与 {earlier.first} 起的条目重叠 / "
                "entries overlap"
            )
        elif earlier.last and later.first > earlier.last + timedelta(days=1):
            yield (
                f"{later.place}：{earlier.last} 之后到 {later.first} 之前没有数值，"
                "也没有注明未知 / gap not declared unknown"
            )
