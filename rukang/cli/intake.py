"""``rukang import``: workbooks into the records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rukang.cli.common import Data, console, opened
from rukang.intake import import_workbooks


def import_files(
    files: Annotated[list[Path], typer.Argument(help="工作簿。Workbooks.", exists=True)],
    home: Annotated[
        str | None, typer.Option(help="机构编号（只有一个机构时可省略）。Code of the home.")
    ] = None,
    data: Data = None,
) -> None:
    """导入工作簿：整份检查，有错则整份不存。Import workbooks, each whole or not at all."""
    _, database = opened(data)
    for imported in import_workbooks(database, files, home_code=home):
        what = f"{imported.rows} 行 rows" if imported.stored else "已导入过 stored before"
        console.print(f"✓ {imported.path.name}：{what}", markup=False)
