"""A running assessment goes over to a new edition: what stays, what has to be asked anew."""

from __future__ import annotations

from dataclasses import dataclass

from rukang.base.definitions import Text
from rukang.engines.rating.criteria.criterion import Criterion
from rukang.engines.rating.criteria.edition import Edition
from rukang.engines.rating.sheets.sheet import Answer, ScoreSheet

WORTH_ONLY = {"points", "source", "effort", "no_data", "evidence"}
"""Fields that change what an answer is worth, or what is said of it, and not what was asked."""

SCALES = {"options", "anchors", "bands"}
"""Lists of which only the points may differ."""


@dataclass(frozen=True)
class CarriedOver:
    """The sheet under the new edition, and what became of each criterion; ids in order.

    ``words`` is the report, a sentence for each thing that changed.
    """

    sheet: ScoreSheet
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    opened: tuple[str, ...]
    words: tuple[Text, ...]


def carry_over(sheet: ScoreSheet, old: Edition, new: Edition) -> CarriedOver:
    """Return a sheet filled under one edition as far as it holds under another.

    An answer stays where the same was asked in the same way, even if it is worth other points now.
    Where criterion, kind or scale differ it is dropped and has to be given anew; so has what is
    new.

    Raises
    ------
    ValueError
        If the sheet was not filled for the old edition.
    """
    if sheet.edition != old.id:
        raise ValueError(
            f"评分表按 {sheet.edition} 填写，不是 {old.id} / the sheet was filled for "
            f"{sheet.edition}, not for {old.id}"
        )
    stays = {name for name in old.criteria if _same(old.criteria[name], new.criteria.get(name))}
    kept = [answer for answer in sheet.answers if answer.criterion in stays]
    dropped = [answer for answer in sheet.answers if answer.criterion not in stays]
    answered = {answer.criterion for answer in kept}
    opened = tuple(name for name in new.criteria if name not in answered)
    facts = {fact.key for fact in new.facts}
    over = sheet.model_copy(
        update={
            "edition": new.id,
            "answers": tuple(kept),
            "facts": {key: value for key, value in sheet.facts.items() if key in facts},
        }
    )
    return CarriedOver(
        sheet=over,
        kept=tuple(answer.criterion for answer in kept),
        dropped=tuple(answer.criterion for answer in dropped),
        opened=opened,
        words=(
            Text(
                zh=f"{old.id} → {new.id}：保留 {len(kept)} 项，作废 {len(dropped)} 项",
                en=f"{old.id} → {new.id}: {len(kept)} answers stay, {len(dropped)} are dropped",
            ),
            *(_dropped(answer, old, new) for answer in dropped),
            *(_opened(name, old, new) for name in opened),
            *_facts(sheet, old, new),
        ),
    )


def _same(old: Criterion, new: Criterion | None) -> bool:
    """Say whether the same is asked, so that an answer to the one answers the other."""
    return new is not None and _asked(old) == _asked(new)


def _asked(item: Criterion) -> dict[str, object]:
    fields = item.model_dump(exclude=WORTH_ONLY)
    for name in SCALES & fields.keys():
        fields[name] = [{k: v for k, v in one.items() if k != "points"} for one in fields[name]]
    return fields


def _dropped(answer: Answer, old: Edition, new: Edition) -> Text:
    title = old.criteria[answer.criterion].title
    if answer.criterion not in new.criteria:
        return Text(
            zh=f"{answer.criterion}「{title.zh}」：新标准没有这一项，答案作废",
            en=f"{answer.criterion} “{title.en}”: not in the new edition, its answer is dropped",
        )
    return Text(
        zh=f"{answer.criterion}「{title.zh}」：问法或分档有变，请重新评定",
        en=f"{answer.criterion} “{title.en}”: asked or scaled otherwise, judge it anew",
    )


def _opened(name: str, old: Edition, new: Edition) -> Text:
    title = new.criteria[name].title
    if name not in old.criteria:
        return Text(zh=f"{name}「{title.zh}」：新增，待评", en=f"{name} “{title.en}”: new, open")
    return Text(zh=f"{name}「{title.zh}」：待评", en=f"{name} “{title.en}”: open")


def _facts(sheet: ScoreSheet, old: Edition, new: Edition) -> list[Text]:
    """Tell of figures that are asked no more, and of those that are new."""
    before = {fact.key: fact.title for fact in old.facts}
    after = {fact.key: fact.title for fact in new.facts}
    gone = [title for key, title in before.items() if key in sheet.facts and key not in after]
    come = [title for key, title in after.items() if key not in before]
    return [
        *(Text(zh=f"{t.zh}：不再要求", en=f"{t.en}: no longer asked") for t in gone),
        *(Text(zh=f"{t.zh}：新增，待填", en=f"{t.en}: new, to be filled") for t in come),
    ]
