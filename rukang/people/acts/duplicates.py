"""What is done to files that may be one person: merged, told apart, taken apart again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from sqlalchemy.orm import Session

from rukang.base.access import Permission
from rukang.base.database.find import find
from rukang.base.words import Text
from rukang.forms import Act, Field, Given, Target
from rukang.forms.kinds import Said
from rukang.people.acts.files import Who
from rukang.people.finding import find_person, whole
from rukang.people.merging import Pair, PersonMerge, merge, say_two_people, unmerge


class MergeGiven(Given):
    """Which file is kept, which is merged into it, and why they are one person."""

    kept: Annotated[Who, Field("保留的档案", "File that is kept")]
    merged: Annotated[Who, Field("并入的档案", "File that is merged into it")]
    reason: Annotated[Said, Field("是同一人，事由", "They are one person, because")]


class ApartGiven(Given):
    """Which files are two people, and why."""

    one: Annotated[Who, Field("一份档案", "One file")]
    other: Annotated[Who, Field("另一份档案", "The other file")]
    reason: Annotated[Said, Field("是两个人，事由", "They are two people, because")]


class UndoGiven(Given):
    """Why files that were merged are not one person."""

    reason: Annotated[Said, Field("不是同一人，事由", "They are not one person, because")]


def _merge(one: PersonMerge) -> Text:
    undone = one.undone_at
    return Text(
        zh=f"{one.id}：{one.merged_id} → {one.kept_id}" + (f"，{undone:%F} 撤销" if undone else ""),
        en=f"undone {undone:%F}" if undone else "merged",
    )


DUPLICATES = Target(
    name="duplicates",
    words=Text(zh="可能重复的档案", en="files that may be one person"),
    collection="duplicates",
    find=lambda _: None,
    key=None,
)


MERGES = Target(
    name="merges",
    words=Text(zh="合并记录", en="merges"),
    collection="merges",
    find=lambda _: None,
    key=None,
)


MERGED = Target(
    name="merge",
    words=Text(zh="合并记录", en="merge"),
    collection="{merge_id}",
    find=lambda session, _, key: find(session, PersonMerge, key, "合并记录", "merge"),
    within=MERGES,
    line=_merge,
    has_page=False,
)


def _merge_two(session: Session, _: None, said: MergeGiven) -> PersonMerge:
    kept, merged = (find_person(session, named) for named in (said.kept, said.merged))
    with whole(session, kept, merged):
        return merge(session, kept, merged, said.reason)


def _tell_apart(session: Session, _: None, said: ApartGiven) -> None:
    one, other = (find_person(session, named) for named in (said.one, said.other))
    with whole(session, one, other):
        say_two_people(session, one, other, said.reason)


def _undo(session: Session, record: PersonMerge, said: UndoGiven) -> None:
    with whole(session, record.kept):
        unmerge(session, record, said.reason)


Choice = Callable[[Session, Pair | None], Sequence[tuple[str, Text]] | None]


def _the(which: str, words: Callable[[Pair], Text]) -> Choice:
    """Return one of a pair of files, which alone can be meant; the button says what is done."""

    def choose(_: Session, pair: Pair | None) -> Sequence[tuple[str, Text]] | None:
        return None if pair is None else [(str(getattr(pair, which).id), words(pair))]

    return choose


def _into(pair: Pair) -> Text:
    return Text(
        zh=f"把档案 {pair.other.id} 并入 {pair.one.id}",
        en=f"Merge file {pair.other.id} into {pair.one.id}",
    )


TWO_PEOPLE = Text(zh="登记为两人", en="Say that they are two people")


MERGE = Act(
    name="merge",
    on=DUPLICATES,
    path="merge",
    words=Text(zh="合并档案", en="Merge two files"),
    purpose=Text(
        zh="把后一份并入前一份；可以撤销",
        en="Let everything that points at the one file lead to the other; it can be undone.",
    ),
    permission=Permission.PERSON_ANSWER,
    given=MergeGiven,
    do=_merge_two,
    choices={"kept": _the("one", _into), "merged": _the("other", _into)},
    makes=MERGED,
    then=MERGES.path,
    aside=True,
    positional=("kept", "merged"),
)


APART = Act(
    name="apart",
    on=DUPLICATES,
    path="apart",
    words=TWO_PEOPLE,
    purpose=Text(
        zh="登记为两个人，不再询问",
        en="Record that two files of one name and birth are two people; nobody asks again.",
    ),
    permission=Permission.PERSON_ANSWER,
    given=ApartGiven,
    do=_tell_apart,
    choices={name: _the(name, lambda _: TWO_PEOPLE) for name in ("one", "other")},
    aside=True,
    positional=("one", "other"),
)


UNDO = Act(
    name="undo",
    on=MERGED,
    path="undo",
    words=Text(zh="撤销合并", en="Undo a merge"),
    purpose=Text(
        zh="撤销合并，移动的原样归还",
        en="Take two files apart: exactly what was moved goes back.",
    ),
    permission=Permission.PERSON_ANSWER,
    given=UndoGiven,
    do=_undo,
    offered=lambda record, _: record.undone_at is None,
    aside=True,
)


OF_DUPLICATES = (MERGE, APART, UNDO)
"""To files that may be one person, and to those that were merged."""
