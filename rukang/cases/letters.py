"""Letters of a case: the course's words with what was decided, as a page to print."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from rostering.sheets.masking import shown
from rukang.base.database import context
from rukang.base.definitions import Text
from rukang.base.errors import ConflictError, NotFoundError
from rukang.base.papers import environment
from rukang.cases.organs import organs
from rukang.cases.records import CaseFile
from rukang.cases.store import read_case
from rukang.casework import State, Step
from rukang.casework.clock import clocks, remedy_clock

TEMPLATES = Path(__file__).parent / "templates"


def letter_of(session: Session, file: CaseFile, step: str) -> str:
    """Return the letter that goes with a step as a self-contained page (HTML).

    It carries the outcome, its reason, the due day while the step is open, and the remedy with
    its last day once it was delivered.

    Raises
    ------
    NotFoundError
        If the case has no such step, or no letter goes with it.
    ConflictError
        If the step has not begun.
    """
    now, rules = read_case(session, file)
    known = now.course.steps.get(step)
    if known is None or known.letter is None:
        there = "、".join(name for name, one in now.course.steps.items() if one.letter) or "—"
        raise NotFoundError(
            f"{shown(step)} 没有文书，有文书的步骤：{there}。",
            f"No letter goes with {shown(step)}; with these one does: {there}.",
        )
    state = now.steps[step]
    if state.organ is None or state.state is State.WAITING:
        raise ConflictError(f"{known.zh}还没有开始，没有文书。", f"{known.en} has not begun.")
    letter, organ = now.course.letters[known.letter], organs(session, [state.organ])[state.organ]
    due = next((one for one in clocks(now, rules) if one.step == step and one.due), None)
    outcome = known.result(state.outcome) if state.outcome else None
    remedy = now.course.remedies.get(outcome.remedy or "") if outcome else None
    window = remedy_clock(now, state, rules) if remedy else None
    return (
        environment(TEMPLATES)
        .get_template("letter.html")
        .render(
            letter=letter,
            file=file,
            course=now.course,
            step=_words(known),
            organ=organ,
            outcome=outcome,
            reason=state.reason,
            finished=state.finished,
            due=due,
            remedy=remedy,
            window=window,
            made_on=context.today(session),
        )
    )


def _words(step: Step) -> Text:
    return Text(zh=step.zh, en=step.en)
