"""A table is columns of one length; labels are words that many rows share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from payroll.money import LARGEST_FEN, Column


@dataclass(frozen=True)
class Labels:
    """Words that many rows share: the distinct ones and, per row, which of them."""

    values: tuple[str, ...]
    row: Column

    def __post_init__(self) -> None:
        if len(self.row) and not 0 <= self.row.min() <= self.row.max() < len(self.values):
            raise ValueError(
                f"标签的行须在 0 至 {len(self.values) - 1} 之间 / rows that name no label"
            )

    def __len__(self) -> int:
        return len(self.row)

    @classmethod
    def of(cls, words: Iterable[str]) -> Labels:
        """Gather the distinct words in order of first appearance."""
        rows: dict[str, int] = {}
        row = np.array([rows.setdefault(word, len(rows)) for word in words], np.int64)
        return cls(tuple(rows), row)

    @classmethod
    def same(cls, word: str, size: int) -> Labels:
        """Return one word for every row."""
        return cls((word,), np.zeros(size, np.int64))

    def at(self, row: int) -> str:
        """Return the word of one row."""
        return self.values[int(self.row[row])]


@dataclass(frozen=True)
class Table:
    """Columns of one length: whole numbers, or yes and no where a field is a mask."""

    FILL: ClassVar[Mapping[str, int | bool]] = {}
    """What stands in a column that is not given, where that is not nil or no."""

    WITHIN: ClassVar[Mapping[str, tuple[int, int]]] = {}
    """The least and the most a column may hold, where that is not nil (or what fills it, if less)
    and `LARGEST_FEN`, beyond which products could leave 64 bits."""

    LATER: ClassVar[frozenset[str]] = frozenset()
    """Columns that came after runs had been locked: where nobody has anything in one, it is no
    part of the fingerprint, so that those runs still verify. Where that does not do (a column goes,
    or means another thing), it is a new version of the digest (`payroll.payslips.fingerprint`)."""

    def __len__(self) -> int:
        return len(next(values for _, values in self.columns()))

    @classmethod
    def filled(cls, size: int, **given: ArrayLike) -> Self:
        """Return the table with the given columns.

        Raises
        ------
        ValueError
            If a column is not one of the table's, of another length, not of whole numbers, or
            holds one that cannot be: below nil where that means nothing, or too large.
        """
        kinds = {item.name: np.bool_ if item.type == "Mask" else np.int64 for item in fields(cls)}
        if unknown := given.keys() - kinds.keys():
            raise ValueError(
                f"没有列 {'、'.join(sorted(unknown))}；可用：{'、'.join(kinds)} / no such column"
            )
        return cls(
            **{
                name: cls._checked(name, size, given[name], kind)
                if name in given
                else np.full(size, cls.FILL.get(name, 0), kind)
                for name, kind in kinds.items()
            }
        )

    def columns(self) -> Iterator[tuple[str, NDArray[Any]]]:
        """Return every column with its name, in the order of declaration."""
        return ((item.name, getattr(self, item.name)) for item in fields(self))

    def in_use(self) -> Iterator[tuple[str, NDArray[Any]]]:
        """Return the columns without those of `LATER` in which nobody has anything."""
        return (
            (name, values)
            for name, values in self.columns()
            if name not in self.LATER or self.is_used(name)
        )

    def is_used(self, name: str) -> bool:
        """Return whether anybody has anything in a column."""
        return bool((getattr(self, name) != self.FILL.get(name, 0)).any())

    @classmethod
    def _checked(
        cls, name: str, size: int, given: ArrayLike, kind: type[np.generic]
    ) -> NDArray[Any]:
        values = np.asarray(given)
        if values.shape != (size,):
            raise ValueError(
                f"列 {name} 的形状是 {values.shape}，应为 ({size},) / not of this length"
            )
        if values.size and not np.can_cast(values.dtype, kind, "safe"):
            raise ValueError(
                f"列 {name} 的类型是 {values.dtype}，应为整数（分、百分之一）或是否 / "
                "neither whole numbers (fen, hundredths) nor yes and no"
            )
        low, high = cls.WITHIN.get(name, (min(cls.FILL.get(name, 0), 0), LARGEST_FEN))
        if values.size and (values.min() < low or values.max() > high):
            row = int(np.argmax((values < low) | (values > high)))
            raise ValueError(
                f"列 {name} 第 {row} 行（从 0 数起）是 {values[row]}，应在 {low} 至 {high} 之间 / "
                f"row {row} from 0 is not within {low} and {high}"
            )
        return values.astype(kind, copy=False)
