"""What would raise a star: the cheapest set of changes to the next one, with its proof.

For each criterion one answer is chosen among the present one and the better ones. Costs are the
edition's efforts (1 where it names none); among equally cheap sets the one that asks for the
fewest points is taken. Facts of the home, such as its capacity, are taken as given. The proposal
is rated again before it is returned.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from rukang.base.definitions import Strict, Text
from rukang.engines.rating.criteria.criterion import Criterion, Effort
from rukang.engines.rating.criteria.edition import Combine, Edition
from rukang.engines.rating.improving.improve_model import cheapest
from rukang.engines.rating.improving.options import Option, options
from rukang.engines.rating.sheets.sheet import Answer, ScoreSheet, State
from rukang.engines.rating.stars.points import shown
from rukang.engines.rating.stars.rating import PathStep, Rating
from rukang.engines.rating.stars.score import rate


class Change(Strict):
    """One criterion to mend: the answer to reach, the points it brings and what it takes."""

    answer: Answer
    gain: Decimal
    cost: int
    lead_days: int | None
    words: Text


class Improvement(Strict):
    """The way to the next star.

    Parameters
    ----------
    target
        The star aimed at; none when the home has the highest.
    reached
        The star the home gets with all changes; none when nothing suffices.
    changes
        The cheapest changes, in the order of the edition.
    lead_days
        Days until the slowest change shows, of those of which it is known.
    words
        The whole in sentences, also when nothing suffices.
    """

    target: int | None
    reached: int | None = None
    total: Decimal | None = None
    cost: int = 0
    lead_days: int | None = None
    changes: tuple[Change, ...] = ()
    words: tuple[Text, ...]


def improve(
    edition: Edition,
    sheet: ScoreSheet,
    efforts: Mapping[str, Effort] | None = None,
    within_days: int | None = None,
) -> Improvement:
    """Return the cheapest changes that give at least the next star, or why none do.

    Parameters
    ----------
    efforts
        Costs and lead times the home itself enters, by criterion; the edition's stand elsewhere.
    within_days
        Leave out what takes longer, where it is known how long it takes.

    Raises
    ------
    ValueError
        If an effort is entered for a criterion the edition does not have.
    """
    edition = _with_efforts(edition, efforts or {}, within_days)
    rating = rate(edition, sheet)
    if rating.star is None:
        return Improvement(target=None, words=tuple(_supply(rating)))
    if rating.star >= edition.top_star:
        return Improvement(target=None, words=(_AT_THE_TOP,))
    target = min(star.star for star in edition.stars if star.star > rating.star)
    choices = _choices(edition, sheet)
    chosen = cheapest(edition, choices, sheet.facts, target)
    if chosen is None:
        return Improvement(target=target, words=tuple(_blocked(edition, sheet, choices, target)))
    return _proposal(edition, sheet, target, choices, chosen)


def _with_efforts(
    edition: Edition, efforts: Mapping[str, Effort], within_days: int | None
) -> Edition:
    """Return the edition with the home's own efforts, what takes too long being impossible."""
    if unknown := sorted(set(efforts) - set(edition.criteria)):
        raise ValueError(
            f"标准中没有指标 {'、'.join(unknown)} / the edition has no criterion "
            f"{', '.join(unknown)}"
        )
    if not efforts and within_days is None:
        return edition
    sections = tuple(
        part.model_copy(
            update={
                "criteria": tuple(
                    item.model_copy(
                        update={"effort": _in_time(efforts.get(item.id, item.effort), within_days)}
                    )
                    for item in part.criteria
                )
            }
        )
        for part in edition.sections
    )
    # Not `model_copy`: it would take the cached criteria along, with their old efforts.
    fields = {name: getattr(edition, name) for name in Edition.model_fields}
    return Edition(**{**fields, "sections": sections})


def _in_time(effort: Effort, within_days: int | None) -> Effort:
    late = within_days is not None and (effort.lead_days or 0) > within_days
    return effort.model_copy(update={"possible": False}) if late else effort


def apply_changes(sheet: ScoreSheet, improvement: Improvement) -> ScoreSheet:
    """Return the sheet as it would be with every change made."""
    return sheet.with_answers(change.answer for change in improvement.changes)


def _choices(edition: Edition, sheet: ScoreSheet) -> dict[str, list[Option]]:
    """Return the options of every criterion, the present answer first."""
    answers = {answer.criterion: answer for answer in sheet.answers}
    found = {
        name: options(item, answers.get(name) or Answer(criterion=name, state=State.NO_DATA))
        for name, item in edition.criteria.items()
    }
    fixed = {
        item.id
        for part in edition.sections
        for item in part.criteria
        if not edition.combine is part.combine is Combine.SUM
    }
    # Where shares are averaged what applies stays as it is: else a share is a ratio of two choices.
    return {
        name: [one for one in some if one.score.applicable == some[0].score.applicable]
        if name in fixed
        else some
        for name, some in found.items()
    }


def _proposal(
    edition: Edition,
    sheet: ScoreSheet,
    target: int,
    choices: dict[str, list[Option]],
    chosen: dict[str, Option],
) -> Improvement:
    """Put the chosen answers into sentences and rate the sheet with them."""
    changes = tuple(
        _change(edition.criteria[name], choices[name][0], option)
        for name, option in chosen.items()
        if option is not choices[name][0]
    )
    cost = sum(change.cost for change in changes)
    draft = Improvement(target=target, changes=changes, words=())
    after = rate(edition, apply_changes(sheet, draft))
    if after.star is None or after.star < target:
        raise RuntimeError(
            f"建议方案重新评定为 {after.star} 星，低于 {target} 星，请报告此缺陷 / the proposal "
            f"rates {after.star}, below {target}; please report this defect"
        )
    heading = Text(
        zh=f"要达到 {target} 星，最省力的做法（共 {len(changes)} 项，合计投入 {cost}，"
        f"总分到 {after.total}）：",
        en=f"the least effort for star {target} ({len(changes)} changes, effort {cost}, "
        f"total {after.total}):",
    )
    return Improvement(
        target=target,
        reached=after.star,
        total=after.total,
        cost=cost,
        lead_days=max((c.lead_days for c in changes if c.lead_days is not None), default=None),
        changes=changes,
        words=(heading, *(change.words for change in changes)),
    )


def _change(item: Criterion, now: Option, then: Option) -> Change:
    """Word one change."""
    goal = shown(item, then.answer)
    days = item.effort.lead_days
    wait = Text(zh=f"，约需 {days} 天", en=f", about {days} days") if days else Text(zh="", en="")
    before, after = now.score.earned, then.score.earned
    return Change(
        answer=then.answer,
        gain=after - before,
        cost=item.effort.cost,
        lead_days=days,
        words=Text(
            zh=f"{item.id} {item.title.zh}：达到“{goal.zh}”，{before} 分提高到 {after} 分{wait.zh}",
            en=f"{item.id} {item.title.en}: reach “{goal.en}”, from {before} to {after} points"
            f"{wait.en}",
        ),
    )


_AT_THE_TOP = Text(zh="已是最高星级。", en="This is the highest star.")


def _supply(rating: Rating) -> list[Text]:
    """Say which answers are needed before anything else: those insisted on, else any unknown."""
    unknown = [item for item in rating.criteria.values() if item.state is State.NO_DATA]
    return [
        Text(
            zh=f"请先补充「{item.id} {item.title.zh}」的数据。",
            en=f"First supply the data on “{item.id} {item.title.en}”.",
        )
        for item in rating.missing or unknown
    ]


def _blocked(
    edition: Edition, sheet: ScoreSheet, choices: dict[str, list[Option]], target: int
) -> list[Text]:
    """Say what still stands in the way with everything else at its best."""
    best = rate(edition, sheet.with_answers(found[-1].answer for found in choices.values()))
    heading = Text(
        zh=f"其他指标全部改进后也达不到 {target} 星，因为：",
        en=f"Even with every other criterion at its best, star {target} is out of reach, because:",
    )
    return [heading, *(step.words for step in best.path if _hinders(step, target))]


def _hinders(step: PathStep, target: int) -> bool:
    """Say whether a failed veto, floor, cap or step, or the target's threshold, blocks it."""
    other_star = step.rule.endswith("★") and step.rule != f"{target}★"
    below = step.star is None or step.star < target
    return not step.holds and below and not other_star and step.rule != "="
