"""Numbers of lines in the place of codes: they look like codes until the list changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from rostering.sheets import Located, WorkbookReader

FEWEST = 3
"""Rows from which on 1, 2, 3 … is no chance."""


def check_serials(
    book: WorkbookReader, rows: Sequence[Located[Any]], known: Collection[str]
) -> None:
    """Note codes that merely count the lines, unless the home has long used them for its people.

    Parameters
    ----------
    known
        Codes that stand in the records already; whose they are is checked person by person.
    """
    codes = [row.value.code for row in rows]
    counted = [str(number) for number in range(1, len(codes) + 1)]
    if len(codes) < FEWEST or codes != counted or set(codes) <= set(known):
        return
    book.report(
        rows[0],
        "编号",
        zh="这一列是 1、2、3……，像是序号：名单一变，同一个数就是另一个人；"
        "请给每人一个固定不变的编号，例如 R01",
        en="1, 2, 3 … look like numbers of lines: once the list changes each is somebody else's;"
        " give everybody a lasting code such as R01",
    )
