"""Find the figure that holds at a place on a day, or say plainly that it is unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from payroll.given import GivenTypeError, one
from payroll.money import fen
from payroll.policy.load import read_parameters
from payroll.policy.local import read_local
from payroll.policy.parameter import Entry, Name, Parameter, Restated, Standing
from payroll.policy.places import chain
from payroll.policy.unknown import Missing, UnknownFigure


@dataclass(frozen=True)
class Resolved:
    """A figure as found: its value and everything needed to prove or doubt it."""

    parameter: str
    name: Name
    unit: str
    value: Any
    place: str
    valid_from: date
    valid_to: date | None
    document: str
    article: str | None
    source: str
    standing: Standing
    checked: date
    known_from: date | None = None
    note: str | None = None
    provisional: bool = False
    via: "Resolved | None" = None
    """The figure that chose among tiers, where there was one."""
    was: Restated | None = field(default=None, repr=False, compare=False)

    @property
    def as_sealed(self) -> "Resolved":
        """Return the figure as digests have it: with what was said of it before a correction."""
        if self.was is None:
            return self
        said = {name: getattr(self.was, name) for name in type(self.was).model_fields}
        said["source"] = self.was.source or self.source
        return replace(self, was=None, **said)

    @property
    def key(self) -> tuple[object, ...]:
        """Return what tells this figure from others: where and since when, and the tier chosen."""
        return (self.parameter, self.place, self.valid_from, self.via and self.via.value)

    @property
    def fen(self) -> int:
        """Return a value in yuan as fen."""
        return fen(self.value)

    @property
    def confirmed(self) -> bool:
        """Return whether this figure, and the tier that chose it, stand in an official text."""
        chosen_surely = self.via is None or self.via.confirmed
        return self.standing is Standing.OFFICIAL and not self.provisional and chosen_surely


@dataclass(frozen=True)
class Policy:
    """The dated rule base: the parameters beside the code and a user's own figures."""

    parameters: dict[str, Parameter]
    local: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, local: Sequence[str | Path] = ()) -> "Policy":
        """Read the parameter files and, over them, local files in the order given.

        Raises
        ------
        GivenTypeError
            When one path is given in place of a list.
        PolicyFileError
            When a file is not there, or not of the right shape.
        """
        if isinstance(local, str | Path):
            raise GivenTypeError("本地文件", "local files", str(local), '["local-policy.yaml"]')
        parameters = read_parameters()
        own: dict[str, tuple[Entry, ...]] = {}
        for path in local:
            for parameter, entries in read_local(Path(path), parameters).items():
                own[parameter] = entries + own.get(parameter, ())
        return cls(parameters, own)

    def as_known_on(self, day: date) -> "Policy":
        """Return the rule base as it stood on a day, without what became known later.

        A figure that was replaced since has no end yet, unless its end was stated from the
        start. What is declared unknown stays so.
        """
        parameters = {
            declared.id: declared.model_copy(update={"values": _as_known(declared, day)})
            for declared in self.parameters.values()
        }
        local = {
            parameter: tuple(entry for entry in entries if entry.known_by(day))
            for parameter, entries in self.local.items()
        }
        return Policy(parameters, local)

    def value(self, parameter: str, place: str, on: date) -> Resolved:
        """Return the figure that holds at a place on a day.

        The narrowest place that has a figure wins; at the same place a local figure wins, and
        of several local ones that which became known last, as it corrects the others. A
        place where the figure was looked for and not found stops the walk: nothing broader is
        used in its stead, except a figure the user supplies.

        Raises
        ------
        GivenTypeError
            When parameter, place or day is of another type.
        UnknownFigure
            When there is none, naming parameter, place and day, and how to supply it.
        LookupError
            When no parameter has this id.
        """
        one(parameter, str, "参数", "parameter", '"minimum_wage.monthly"')
        one(place, str, "地区", "place", '"371681"')
        one(on, date, "日期", "day", "date(2026, 10, 1)")
        declared = self._declared(parameter)
        entry, provisional = self._find(declared, place, on)
        via = self._chooser(declared, entry, place, on)
        return _resolved(declared, entry, provisional, via)

    def _declared(self, parameter: str) -> Parameter:
        if parameter not in self.parameters:
            family = parameter.split(".")[0]
            near = ", ".join(name for name in self.parameters if name.startswith(family))
            raise LookupError(
                f"没有名为 {parameter} 的参数；相近的有：{near or '无'} / no such parameter"
            )
        return self.parameters[parameter]

    def _find(self, declared: Parameter, place: str, on: date) -> tuple[Entry, bool]:
        stopped: Name | None = None
        for code in chain(place):
            entries = _newest_first(_at(code, self.local.get(declared.id, ())))
            if stopped is None:
                entries += _at(code, declared.values)
            if found := next((entry for entry in entries if entry.covers(on)), None):
                return found, False
            if declared.carries_forward and (last := _last_year(entries, on)):
                return last, True
            unknowns = (unknown for unknown in declared.unknown if unknown.place == code)
            stopped = stopped or next((item.why for item in unknowns if item.covers(on)), None)
        raise UnknownFigure([Missing(declared, place, on, stopped)])

    def _chooser(self, declared: Parameter, entry: Entry, place: str, on: date) -> Resolved | None:
        if declared.keyed_by is None or len(entry.value) == 1:
            return None
        return self.value(declared.keyed_by, place, on)


def _at(place: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.place == place)


def _newest_first(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return entries by the day they became known, the last first; on one day as they stand."""
    return tuple(sorted(entries, key=lambda e: e.known_from or e.first, reverse=True))


def _as_known(declared: Parameter, day: date) -> tuple[Entry, ...]:
    known = [entry for entry in declared.values if entry.known_by(day)]
    if declared.ends == "as_stated":
        return tuple(known)
    later = {(e.place, e.first) for e in declared.values if not e.known_by(day)}
    return tuple(
        entry.model_copy(update={"last": None})
        if entry.last and (entry.place, entry.last + timedelta(days=1)) in later
        else entry
        for entry in known
    )


def _last_year(entries: tuple[Entry, ...], on: date) -> Entry | None:
    """Return the newest figure that ended, at the earliest, in the year before."""
    ended = [entry for entry in entries if entry.last and on.year - 1 <= entry.last.year <= on.year]
    return max((entry for entry in ended if entry.first <= on), key=lambda e: e.first, default=None)


def _resolved(
    declared: Parameter, entry: Entry, provisional: bool, via: Resolved | None
) -> Resolved:
    value = entry.value
    if declared.keyed_by is not None:
        value = value[via.value] if via else next(iter(value.values()))
    return Resolved(
        parameter=declared.id,
        name=declared.name,
        unit=declared.unit,
        value=value,
        place=entry.place,
        valid_from=entry.first,
        valid_to=entry.last,
        document=entry.document,
        article=entry.article,
        source=entry.source,
        standing=entry.standing,
        checked=entry.checked,
        known_from=entry.known_from,
        note=entry.note,
        provisional=provisional,
        via=via,
        was=entry.was,
    )
