"""What decides a star, and what a changed edition would do to many homes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from rukang.base.definitions import Text
from rukang.engines.rating.criteria.criterion import Criterion
from rukang.engines.rating.criteria.edition import Edition
from rukang.engines.rating.improving.options import options
from rukang.engines.rating.sheets.sheet import Answer, ScoreSheet, State
from rukang.engines.rating.stars.score import rate

CHUNK = 200
"""Sheets a process takes at a time."""


@dataclass(frozen=True)
class Deciding:
    """A criterion on which the star hangs: what it would be at its best, and if it were not met."""

    criterion: str
    title: Text
    star: int | None
    at_best: int | None
    not_met: int | None

    @property
    def words(self) -> Text:
        """Return it in a sentence."""
        stars = (self.star, self.at_best, self.not_met)
        now, best, lost = ("—" if star is None else star for star in stars)
        return Text(
            zh=f"{self.criterion}「{self.title.zh}」：现为 {now} 星；做到最好 {best} 星，"
            f"不符合则 {lost} 星",
            en=f"{self.criterion} “{self.title.en}”: star {now} now; {best} at its best, {lost} if"
            " it were not met",
        )


def deciding(edition: Edition, sheet: ScoreSheet) -> tuple[Deciding, ...]:
    """Return the criteria each of which alone could change the star, in the edition's order.

    What cannot be mended stays as it is when it is taken at its best (an accident has happened).
    """
    star = rate(edition, sheet).star
    answers = {answer.criterion: answer for answer in sheet.answers}
    found = (
        _deciding(edition, sheet, star, item, answers.get(item.id) or _nothing(item))
        for item in edition.criteria.values()
    )
    return tuple(one for one in found if one.at_best != star or one.not_met != star)


def _deciding(
    edition: Edition, sheet: ScoreSheet, star: int | None, item: Criterion, now: Answer
) -> Deciding:
    best = options(item, now)[-1].answer
    lost = Answer(criterion=item.id, state=State.NOT_MET)
    unmoved = now.state is State.NOT_APPLICABLE
    return Deciding(
        criterion=item.id,
        title=item.title,
        star=star,
        at_best=rate(edition, sheet.with_answers([best])).star,
        not_met=star if unmoved else rate(edition, sheet.with_answers([lost])).star,
    )


def _nothing(item: Criterion) -> Answer:
    return Answer(criterion=item.id, state=State.NO_DATA)


@dataclass(frozen=True)
class Shift:
    """How stars move under a changed edition: how many from which to which, and which homes.

    A star of None could not be given.
    """

    moves: Mapping[tuple[int | None, int | None], int]
    moved: tuple[str, ...]

    @property
    def words(self) -> tuple[Text, ...]:
        """Return the moves in sentences, those that stay first."""
        return tuple(_move(*pair, times) for pair, times in self.moves.items())


def _move(before: int | None, after: int | None, times: int) -> Text:
    was, now = ("—" if star is None else star for star in (before, after))
    if before == after:
        return Text(zh=f"{times} 家仍为 {was} 星", en=f"{times} homes keep star {was}")
    return Text(
        zh=f"{times} 家由 {was} 星变为 {now} 星", en=f"{times} homes go from star {was} to {now}"
    )


def shift(
    before: Edition, after: Edition, sheets: Sequence[ScoreSheet], processes: int = 1
) -> Shift:
    """Return how a change of an edition would move the stars of many homes.

    Parameters
    ----------
    before, after
        The edition as it is and as it would be, with the same id: a threshold, a band, a cap
        changed. For other criteria see `carry_over`.
    processes
        How many to rate with.

    Raises
    ------
    SheetError
        If a sheet does not fit one of the editions.
    """
    was = list(rate_all(before, sheets, processes))
    now = list(rate_all(after, sheets, processes))
    pairs = Counter(zip(was, now, strict=True))
    in_order = sorted(pairs.items(), key=lambda pair: (pair[0][0] != pair[0][1], -pair[1]))
    moved = (s.home for s, a, b in zip(sheets, was, now, strict=True) if a != b)
    return Shift(dict(in_order), tuple(moved))


def rate_all(
    edition: Edition, sheets: Iterable[ScoreSheet], processes: int = 1
) -> Iterator[int | None]:
    """Return the star of every sheet, in order; a whole province in a minute or so.

    Only stars come back: with their reasons, carrying results between processes would take longer
    than rating.

    Raises
    ------
    SheetError
        If a sheet holds answers the edition does not allow.
    """
    if processes == 1:
        yield from (_star(edition, sheet) for sheet in sheets)
        return
    # Spawned: a fork would copy the open connections of whoever asks.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        # As JSON: unpickling a sheet takes longer than rating it.
        texts = (sheet.model_dump_json() for sheet in sheets)
        yield from pool.map(partial(_star_of_text, edition), texts, chunksize=CHUNK)


def _star_of_text(edition: Edition, text: str) -> int | None:
    return _star(edition, ScoreSheet.model_validate_json(text))


def _star(edition: Edition, sheet: ScoreSheet) -> int | None:
    return rate(edition, sheet).star
