"""A round of visits to plan: homes, inspectors, days, and what each wish is worth.

Days are inclusive and are working days of the Chinese calendar; times are minutes. What is asked of
a single visit is hard; prices weigh what remains. All prices and the two figures behind the travel
estimate are examples, not official.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import cached_property

from pydantic import Field, InstanceOf, model_validator
from pydantic.json_schema import SkipJsonSchema

from rukang.base.calendar import Calendar, Name
from rukang.engines.visits.asked.parts import Frozen, Inspector, Prices, VisitHome
from rukang.engines.visits.asked.travel import Place, minutes_between

A_DAY = 24 * 60


class PlanProblem(Frozen):
    """What a plan is asked for.

    Parameters
    ----------
    first, last
        Days of the round, ends included.
    day_minutes
        Longest day of an inspector, from base to base.
    day_start
        When whoever has the longer way to the first home sets out.
    near_minutes
        Homes at most so far apart may be visited on one day, two at most.
    detour, speed_kmh
        Road over great circle, and speed on it, behind the estimate of travel.
    travel
        Known minutes between codes of homes and inspectors, either way; they replace the estimate.
    calendar
        Which days are working days. Never kept with the problem: a year's notice may come later.
    """

    homes: tuple[VisitHome, ...]
    inspectors: tuple[Inspector, ...]
    first: date
    last: date
    day_minutes: int = Field(default=480, gt=0)
    day_start: time = time(8, 30)
    near_minutes: int = Field(default=30, ge=0)
    detour: float = Field(default=1.3, ge=1)
    speed_kmh: float = Field(default=50.0, gt=0)
    travel: Mapping[tuple[str, str], int] = {}
    prices: Prices = Prices()
    calendar: SkipJsonSchema[InstanceOf[Calendar]] = Field(default=Calendar(), exclude=True)

    @model_validator(mode="after")
    def _is_sound(self) -> PlanProblem:
        if self.last < self.first:
            zh = f"最后一天 {self.last} 早于第一天 {self.first}，请改正日期"
            raise ValueError(f"{zh} / the last day {self.last} is before the first, {self.first}")
        minutes = self.day_start.hour * 60 + self.day_start.minute + self.day_minutes
        if minutes >= A_DAY:
            zh = f"{self.day_start:%H:%M} 起 {self.day_minutes} 分钟会超过午夜，请改短"
            en = f"{self.day_minutes} minutes from {self.day_start:%H:%M} pass midnight; shorten it"
            raise ValueError(f"{zh} / {en}")
        codes = [home.code for home in self.homes]
        codes += [inspector.code for inspector in self.inspectors]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            named = ", ".join(twice)
            raise ValueError(f"编号重复：{named}，请逐一区分 / codes given twice: {named}")
        for (one, other), minutes in self.travel.items():
            if minutes < 0 or self.travel.get((other, one), minutes) != minutes:
                zh = f"{one} 与 {other} 之间的路程须为非负数，往返一致"
                en = f"travel between {one} and {other} must not be negative, nor differ by way"
                raise ValueError(f"{zh} / {en}")
        return self

    @property
    def calendar_mark(self) -> Name | None:
        """Return what must stand beside a plan whose days are not arranged yet."""
        return self.calendar.mark([self.first, self.last])

    @cached_property
    def home_by_code(self) -> dict[str, VisitHome]:
        """Return the homes by code."""
        return {home.code: home for home in self.homes}

    @cached_property
    def inspector_by_code(self) -> dict[str, Inspector]:
        """Return the inspectors by code."""
        return {inspector.code: inspector for inspector in self.inspectors}

    @cached_property
    def _places(self) -> dict[str, Place]:
        homes = {home.code: home.place for home in self.homes}
        return homes | {inspector.code: inspector.base for inspector in self.inspectors}

    @cached_property
    def _estimates(self) -> dict[tuple[str, str], int]:
        return {}

    def minutes_between(self, one: str, other: str) -> int:
        """Return the travel minutes between two codes, as given or estimated."""
        given = self.travel.get((one, other), self.travel.get((other, one)))
        if given is not None:
            return given
        if (one, other) not in self._estimates:
            self._estimates[one, other] = minutes_between(
                self._places[one], self._places[other], self.detour, self.speed_kmh
            )
        return self._estimates[one, other]

    def without(self, inspector: str, from_: date) -> PlanProblem:
        """Return the problem with an inspector away from a day to the end.

        Raises
        ------
        KeyError
            If there is no such inspector.
        """
        gone = self.inspector_by_code[inspector]
        ordinals = range(from_.toordinal(), self.last.toordinal() + 1)
        away = gone.away | {date.fromordinal(number) for number in ordinals}
        changed = gone.model_copy(update={"away": away})
        rest = tuple(changed if item is gone else item for item in self.inspectors)
        return self.model_copy(update={"inspectors": rest})
