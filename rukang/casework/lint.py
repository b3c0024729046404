"""Check that a course makes sense: what strict types alone cannot see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rostering.sheets.masking import shown
from rukang.base.definitions import Remark, Text, Where, nearest
from rukang.casework.course import (
    OBJECTION,
    Course,
    Join,
    Kind,
    Step,
    Term,
    is_month_day,
    parted,
)
from rukang.casework.graph import MOST_STATES, Explored, circle, explore


def lint(course: Course) -> list[Remark]:
    """Return every fault of a course with its place; an empty list means it can be used.

    Checked: names that are named exist, and are used; joins say what they wait for, can be met and
    wait for nothing twice; steps begin in some way and wait in no circle; each outcome leads to a
    step or an ending, and no way is over without an ending; terms have a source in force and a
    consequence that fits; publicity can be objected to; adverse decisions have a remedy.
    """
    order = [*_references(course), *_joins(course)]
    return [
        *order,
        *_names_within_steps(course),
        *_terms(course),
        *_kinds_of_steps(course),
        *_unused(course),
        *(() if order else _ways(course)),
    ]


def _references(course: Course) -> Iterator[Remark]:
    """Say which step or outcome is named and is not there."""
    for name, step in course.steps.items():
        for place, reference in enumerate(step.after):
            yield from _reference(course, reference, ("steps", name, "after", place))
    for reference, ending in course.ends.items():
        yield from _reference(course, reference, ("ends", reference))
        yield from _known("endings", course.endings, ending, ("ends", reference))


def _reference(course: Course, reference: str, where: Where) -> Iterator[Remark]:
    name, outcome = parted(reference)
    yield from _known("steps", course.steps, name, where)
    if name in course.steps and outcome is not None:
        yield from _known(f"{name}.outcomes", course.steps[name].results, outcome, where)


def _names_within_steps(course: Course) -> Iterator[Remark]:
    """Say which role, paper, letter or remedy is named and is not there."""
    for name, step in course.steps.items():
        at: Where = ("steps", name)
        yield from _known("roles", course.roles, step.who, (*at, "who"))
        if step.hand_over is not None:
            yield from _known("roles", course.roles, step.hand_over.to, (*at, "hand_over", "to"))
        for place, paper in enumerate(step.papers):
            yield from _known("papers", course.papers, paper, (*at, "papers", place))
        if step.letter is not None:
            yield from _known("letters", course.letters, step.letter, (*at, "letter"))
        for key, outcome in step.outcomes.items():
            if outcome.remedy is not None:
                where = (*at, "outcomes", key, "remedy")
                yield from _known("remedies", course.remedies, outcome.remedy, where)
    for name, remedy in course.remedies.items():
        yield from _known("roles", course.roles, remedy.to, ("remedies", name, "to"))


def _known(kind: str, known: Iterable[str], name: str, where: Where) -> Iterator[Remark]:
    names = list(known)
    if name in names:
        return
    near = nearest(name, names)
    zh, en = (f"；是不是 {near}？", f"; did you mean {near}?") if near else ("", "")
    there = ", ".join(names) or "-"
    yield Remark(
        where,
        Text(
            zh=f"{kind} 中没有 {shown(name)}（现有：{there}）{zh}",
            en=f"there is no {shown(name)} among {kind} ({there}){en}",
        ),
    )


def _joins(course: Course) -> Iterator[Remark]:
    """Say which join is not said, or waits for the same twice."""
    for name, step in course.steps.items():
        if len(step.after) > 1 and step.join is None:
            yield Remark(
                ("steps", name, "after"),
                Text(
                    zh=f"{name} 之前有 {len(step.after)} 项，请用 join 写明要等 all（全部）、"
                    "any（其一）还是 all_live（仍可能发生的全部）",
                    en=f"{name} waits for {len(step.after)}; say with join whether for all, any or"
                    " all_live",
                ),
            )
        if len(step.after) < 2 and step.join is not None:
            yield Remark(
                ("steps", name, "join"),
                Text(
                    zh=f"{name} 之前不足两项，请删去 join",
                    en=f"{name} waits for fewer than two; remove join",
                ),
            )
        for place, reference in enumerate(step.after):
            if reference in step.after[:place] or (
                "." in reference and parted(reference)[0] in step.after
            ):
                yield Remark(
                    ("steps", name, "after", place),
                    Text(
                        zh=f"{reference} 重复，请删去",
                        en=f"{reference} is waited for already; remove it",
                    ),
                )


def _terms(course: Course) -> Iterator[Remark]:
    """Say which term has no source in force, or a consequence that does not fit."""
    for name, step in course.steps.items():
        for path, term in step.terms:
            outcomes = step.results if path[0] != "hand_over" else ()
            yield from _term(course, term, ("steps", name, *path), outcomes)
        yield from _promised(step, ("steps", name, "promised"))
    if course.supplement is not None:
        yield from _term(course, course.supplement, ("supplement",), ())
    for name, remedy in course.remedies.items():
        yield from _term(course, remedy.window, ("remedies", name, "window"), ())


def _term(course: Course, term: Term, where: Where, outcomes: tuple[str, ...]) -> Iterator[Remark]:
    yield from _source(course, term, where)
    if term.on_expiry.ends_step and not outcomes:
        yield Remark(
            (*where, "on_expiry"),
            Text(
                zh="此期限不能使步骤办结，on_expiry 只能写 list 或 escalate",
                en=f"{term.on_expiry} would end"
                " a step, which this term cannot; write list or escalate",
            ),
        )
    elif term.on_expiry.ends_step and term.outcome is None:
        yield Remark(
            (*where, "on_expiry"),
            Text(
                zh=f"on_expiry: {term.on_expiry} 须用 outcome 写明视为哪一结果",
                en=f"on_expiry: {term.on_expiry} needs an outcome: what the step then ends with",
            ),
        )
    elif term.on_expiry.ends_step and term.outcome is not None:
        yield from _known("outcomes", outcomes, term.outcome, (*where, "outcome"))
    elif term.outcome is not None:
        yield Remark(
            (*where, "outcome"),
            Text(
                zh=f"on_expiry: {term.on_expiry} 不使步骤办结，请删去 outcome",
                en=f"on_expiry: {term.on_expiry} ends nothing; remove outcome",
            ),
        )
    if term.extension is not None and term.budget is None:
        yield Remark(
            (*where, "extension"),
            Text(zh="没有写明期限，不能延长", en="a term that names no budget cannot be extended"),
        )


def _source(course: Course, term: Term, where: Where) -> Iterator[Remark]:
    if term.source is None:
        if not (term.unknown or term.until):
            yield Remark(
                where,
                Text(
                    zh="期限没有依据，请用 source 写明 sources 中的一项；查不到请写 unknown: true",
                    en="the"
                    " term has no source; name one of sources, or write unknown: true if not found",
                ),
            )
        return
    yield from _known("sources", course.sources, term.source, (*where, "source"))
    source = course.sources.get(term.source)
    if source is not None and source.valid_from and source.valid_from > course.valid_from:
        yield Remark(
            (*where, "source"),
            Text(
                zh=f"{term.source} 自 {source.valid_from} 起施行，晚于本版本 {course.valid_from}",
                en=f"{term.source} is in force from {source.valid_from}, after this edition begins"
                f" ({course.valid_from})",
            ),
        )


def _promised(step: Step, where: Where) -> Iterator[Remark]:
    """Say where more was promised than law gives, in the same unit."""
    if step.promised is None or step.term is None:
        return
    law, own = step.term.budget, step.promised.budget
    if law and own and law.unit is own.unit and own.amount > law.amount:
        yield Remark(
            where,
            Text(
                zh=f"承诺期限 {own.amount} 长于法定期限 {law.amount}",
                en=f"the promised term ({own.amount}) is longer than that of law ({law.amount})",
            ),
        )
    if step.promised.on_expiry.ends_step:
        yield Remark(
            (*where, "on_expiry"),
            Text(
                zh="承诺期限只能写 list 或 escalate",
                en="a promised term lists or escalates, it ends no step",
            ),
        )


def _kinds_of_steps(course: Course) -> Iterator[Remark]:
    """Say what a publicity, a decision, a hand-over or a window lacks."""
    for name, step in course.steps.items():
        at: Where = ("steps", name)
        if step.kind is Kind.PUBLICITY and OBJECTION not in step.results:
            yield Remark(
                at,
                Text(
                    zh=f"公示 {name} 缺少结果 objection（有异议）",
                    en=f"the publicity {name} has no outcome objection",
                ),
            )
        yield from _remedies(step, at)
        if step.hand_over is not None and step.hand_over.to == step.who:
            yield Remark(
                (*at, "hand_over", "to"),
                Text(
                    zh=f"{name} 不能移交给自己（{step.who}）",
                    en=f"{name} would be handed over to {step.who}, whose it is already",
                ),
            )
        if step.window is not None and not all(map(is_month_day, step.window)):
            yield Remark(
                (*at, "window"),
                Text(
                    zh='没有这一天，请写成 ["03-01", "10-31"]',
                    en='there is no such day; write it like ["03-01", "10-31"]',
                ),
            )


def _remedies(step: Step, at: Where) -> Iterator[Remark]:
    if step.kind is not Kind.DECISION:
        return
    for key, outcome in step.outcomes.items():
        if outcome.adverse and outcome.remedy is None:
            yield Remark(
                (*at, "outcomes", key),
                Text(
                    zh=f"不利决定 {key} 缺少救济途径，请写 remedy",
                    en=f"the adverse decision {key} has no remedy; name one of remedies",
                ),
            )


def _unused(course: Course) -> Iterator[Remark]:
    """Say which name nobody uses: it is misspelt elsewhere, or too much."""
    steps = course.steps.values()
    handed = {step.hand_over.to for step in steps if step.hand_over}
    used: dict[str, set[str | None]] = {
        "roles": {*(s.who for s in steps), *handed, *(r.to for r in course.remedies.values())},
        "papers": {paper for step in steps for paper in step.papers},
        "letters": {step.letter for step in steps},
        "remedies": {one.remedy for step in steps for one in step.outcomes.values()},
        "endings": set(course.ends.values()),
        "sources": {term.source for term in _all_terms(course)},
    }
    for kind, names in used.items():
        for name in getattr(course, kind):
            if name not in names:
                yield Remark(
                    (kind, name),
                    Text(
                        zh=f"{kind} 中的 {shown(name)} 没有用到，请删去或改正",
                        en=f"{shown(name)} among {kind}"
                        " is never used; remove it, or mend the name where it is meant",
                    ),
                )


def _all_terms(course: Course) -> Iterator[Term]:
    for step in course.steps.values():
        yield from (term for _, term in step.terms)
    yield from (remedy.window for remedy in course.remedies.values())
    if course.supplement is not None:
        yield course.supplement


def _ways(course: Course) -> Iterator[Remark]:
    """Say what the ways through the course show; asked when every step and join is known."""
    if around := circle(course):
        yield Remark(
            ("steps", around[0], "after"),
            Text(
                zh=f"步骤互相等待：{' → '.join(around)}；重办请用退回重办，不要用箭头",
                en=f"steps wait for"
                f" each other: {' → '.join(around)}; to do a step again, reopen it",
            ),
        )
        return
    found = explore(course)
    if not found.complete:
        yield Remark(
            ("steps",),
            Text(
                zh=f"并行分支超过 {MOST_STATES} 种情形，请拆成几个流程",
                en=f"parallel branches lead to more than {MOST_STATES} states; split the course",
            ),
        )
        return
    yield from _never(course, found)
    yield from _dead_ends(course, found)
    if found.endless is not None:
        way = " → ".join(f"{name}.{outcome}" for name, outcome in found.endless)
        yield Remark(
            ("ends",),
            Text(zh=f"这样办完没有结局：{way}", en=f"this way is over without an ending: {way}"),
        )


def _never(course: Course, found: Explored) -> Iterator[Remark]:
    """Say which step never begins, and whether its join is to blame."""
    seen = found.seen | {(name, None) for name in found.begun}
    for name, step in course.steps.items():
        if name in found.begun:
            continue
        if step.join is Join.ALL and all(one in seen for one in step.inputs):
            both = ", ".join(step.after)
            yield Remark(
                ("steps", name, "join"),
                Text(
                    zh=f"{name} 的各项不会同时发生：{both}；是不是 any？",
                    en=f"what {name} waits for never comes together: {both}; did you mean any?",
                ),
            )
        else:
            yield Remark(
                ("steps", name), Text(zh=f"{name} 永远不会开始", en=f"{name} never begins")
            )


def _dead_ends(course: Course, found: Explored) -> Iterator[Remark]:
    """Say which outcome leads nowhere."""
    awaited = {one for step in course.steps.values() for one in step.inputs}
    for name, outcome in sorted(found.seen):
        if not {(name, outcome), (name, None)} & awaited and not course.ending(name, outcome):
            where: Where = ("steps", name)
            if course.steps[name].outcomes:
                where = (*where, "outcomes", outcome)
            yield Remark(
                where,
                Text(
                    zh=f"{name}.{outcome} 之后无人办理，请在某步 after 中写明，或写入 ends",
                    en=f"nobody"
                    f" handles {name}.{outcome}; name it in the after of a step, or in ends",
                ),
            )
