"""A score sheet: what was found about each criterion, by whom and on what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from rostering.sheets.masking import shown
from rukang.base.definitions import Strict, Text
from rukang.engines.rating.criteria.edition import Edition
from rukang.engines.rating.criteria.measure import Measure, Measurement


def _exact(value: Any) -> Any:
    """Turn a binary number into the decimal it is written as."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


class State(StrEnum):
    """What is known about a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"


JUDGED = frozenset({State.MET, State.NOT_MET})
"""States that say something of a criterion's points; the others leave it out or open."""


def refuse_misfit(state: State, value: Decimal | str | None, reason: str) -> None:
    """Refuse a value beside a state that has none, and a criterion left out without a reason.

    Raises
    ------
    ValueError
        With what does not go together.
    """
    if state is not State.MET and value is not None:
        raise ValueError(
            Text(
                zh=f"状态为 {state} 时不填数值",
                en=f"a value goes with the state met only, not with {state}",
            )
        )
    if state is State.NOT_APPLICABLE and not reason.strip():
        raise ValueError(
            Text(zh="不适用应说明理由", en="say in the evidence why it does not apply")
        )


class Answer(Strict):
    """The answer to one criterion.

    Parameters
    ----------
    criterion
        Id of the criterion.
    state
        `met` carries a value for every kind but yes_no; the value may still earn nothing.
        `not_met` earns nothing and needs no value.
    value
        The option's key, the number, or the judged level.
    evidence
        What was seen; required for `not_applicable`, where it gives the reason.
    inspector
        Who answered.
    contradicts
        That it holds against what the home says of itself or the records say; `evidence` says why.
    """

    criterion: str
    state: State
    value: Annotated[Decimal | str | None, BeforeValidator(_exact)] = None
    evidence: str = ""
    inspector: str = ""
    contradicts: bool = False

    @model_validator(mode="after")
    def _contradicts_with_a_reason(self) -> Self:
        if self.contradicts and (self.state is State.NO_DATA or not self.evidence.strip()):
            raise ValueError(
                Text(
                    zh=f"{shown(self.criterion)}: 推翻自评或记录，须有查明的结果和理由",
                    en="to contradict a report or a record, say what was found and why",
                )
            )
        return self

    @model_validator(mode="after")
    def _value_goes_with_state(self) -> Self:
        try:
            refuse_misfit(self.state, self.value, self.evidence)
        except ValueError as error:
            raise ValueError(f"{shown(self.criterion)}: {error}") from error
        return self


class ScoreSheet(Strict):
    """The answers about one home on one day, under one edition.

    Parameters
    ----------
    home, home_name
        Code and name of the home.
    edition
        Id of the edition the sheet was filled for.
    on
        Day of the inspection.
    inspectors
        Names of those who inspected.
    facts
        Figures of the home the edition asks for, by key (capacity, months running …).
    answers
        At most one for each criterion; a criterion without an answer counts as no data.
    """

    home: Annotated[str, Field(min_length=1)]
    home_name: str = ""
    edition: str
    on: date
    inspectors: tuple[str, ...] = ()
    facts: dict[str, Annotated[Decimal, BeforeValidator(_exact)]] = Field(default_factory=dict)
    answers: tuple[Answer, ...] = ()

    @model_validator(mode="after")
    def _one_answer_each(self) -> Self:
        seen: set[str] = set()
        for answer in self.answers:
            if answer.criterion in seen:
                raise ValueError(
                    Text(
                        zh=f"{shown(answer.criterion)}: 重复作答", en="answered twice on one sheet"
                    )
                )
            seen.add(answer.criterion)
        return self

    def with_answers(self, answers: Iterable[Answer]) -> ScoreSheet:
        """Return the sheet with these answers in place of any to the same criteria."""
        merged = {answer.criterion: answer for answer in self.answers}
        merged |= {answer.criterion: answer for answer in answers}
        return self.model_copy(update={"answers": tuple(merged.values())})

    def with_measurements(
        self, edition: Edition, measurements: Mapping[Measure, Measurement]
    ) -> ScoreSheet:
        """Return the sheet with measured criteria answered from the records."""
        return self.with_answers(
            Answer(
                criterion=item.id,
                state=State.MET,
                value=measurements[item.measure].value,
                evidence=measurements[item.measure].evidence,
            )
            for item in edition.criteria.values()
            if item.measure is not None and item.measure in measurements
        )
