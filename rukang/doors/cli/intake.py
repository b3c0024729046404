"""``rukang import``: workbooks into the records."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from rostering.sheets.masking import masked
from rukang.base.errors import InvalidError
from rukang.base.words import Text
from rukang.doors.cli.common import Data, say, signed
from rukang.doors.handlers import policy_of
from rukang.doors.intake import Imported, NotAllImportedError, import_workbooks, in_words
from rukang.doors.intake.kinds import RATING


def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILES...", help="工作簿或目录 / workbooks or folders")
    ],
    home: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="只接受这个机构的工作簿 / refuse any other home's"),
    ] = None,
    preview: Annotated[
        bool,
        typer.Option("--dry-run", help="只说会改什么，不存 / say what would change, store nothing"),
    ] = False,
    data: Data = None,
) -> None:
    """导入工作簿：有一处错则整份不存 / take in workbooks, each stored whole or not at all."""
    here, database = signed(data)
    try:
        done = import_workbooks(
            database, files, home_code=home, policy=policy_of(here), preview=preview
        )
    except NotAllImportedError as error:
        _say_all(error.done)
        raise
    if not done:
        where = "、".join(masked(str(file)) for file in files)
        raise InvalidError(
            f"{where} 里没有 .xlsx 工作簿，请核对路径。", "No workbooks there; check the path."
        )
    _say_all(done)


def _say_all(done: Iterable[Imported]) -> None:
    for imported in done:
        say(f"✓ {masked(imported.path.name)}：{outcome(imported)}")


def outcome(imported: Imported) -> str:
    """Return what became of a workbook, in words."""
    if imported.changes and not imported.stored:
        told = list(in_words(imported.changes)) or [Text(zh="没有不同", en="nothing differs")]
        return "\n    ".join(["没有存，会改 / not stored, would change", *map(str, told)])
    if imported.stored:
        return f"已存入 {imported.rows} 行 / rows stored"
    if imported.kind == RATING.title:
        return "检查无误；用 rukang rate 评星时保存 / sound; stored when rated by `rukang rate`"
    return "已导入过，内容未变，没有重复存入 / imported before and unchanged, not stored again"
