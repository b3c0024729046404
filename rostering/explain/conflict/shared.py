"""Statements of the rules between people who work at the same time."""

from __future__ import annotations

from collections.abc import Iterator

from rostering.changes import Sentence
from rostering.explain.conflict.statement import Statement
from rostering.explain.conflict.words import about, dated, name_of
from rostering.problem import Problem
from rostering.rule import Rule


def company(problem: Problem) -> Iterator[Statement]:
    """State who may not work alone, person by person."""
    for item in problem.company:
        if item.weight is None:
            by = "、".join(name_of(problem, staff) for staff in item.by)
            zh = f"上班时须有{by or '别人'}同在" + (f"（{item.name}）" if item.name else "")
            en = f"works only with {by or 'somebody else'} present"
            for staff in item.staff or [person.id for person in problem.staff]:
                said = about(problem, staff, None, zh, en)
                part = item.model_copy(update={"staff": (staff,)})
                yield Statement(Rule.COMPANY, staff, None, said, "company", part)


def apart_together(problem: Problem) -> Iterator[Statement]:
    """State who is kept apart, and who has to work together."""
    for apart in problem.apart:
        if apart.weight is None:
            names = "、".join(name_of(problem, staff) for staff in apart.staff)
            said = Sentence(f"{names}不能同时上班", f"{names} are kept apart")
            yield Statement(Rule.APART, None, None, said, "apart", apart)
    for pair in problem.together:
        if pair.weight is None:
            names = "、".join(name_of(problem, staff) for staff in pair.staff)
            said = Sentence(f"{names}同班", f"{names} work together")
            yield Statement(Rule.TOGETHER, None, None, said, "together", pair)


def key_workers(problem: Problem) -> Iterator[Statement]:
    """State each day on which a resident's key worker has to be present."""
    for item in problem.key_workers:
        names = "、".join(name_of(problem, staff) for staff in item.staff)
        for day in item.days if item.weight is None else ():
            zh = f"{item.resident} 的责任照护人（{names}）须有一人在岗"
            en = f"a key worker of {item.resident} ({names}) has to be present"
            said = dated(problem, day, zh, en)
            part = item.model_copy(update={"days": (day,)})
            yield Statement(Rule.KEY_WORKER, None, day, said, "key_workers", part)
