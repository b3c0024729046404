"""``rukang rate``: score a sheet and write the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rukang.cli.common import Data, Out, console, opened
from rukang.homes import find_home
from rukang.intake import read_score_sheet
from rukang.rating import improve, load_edition, rate, write_report
from rukang.rating.service import fill_measured, keep_rating


def rate_home(
    sheet: Annotated[Path, typer.Argument(help="评分表工作簿。The filled sheet.", exists=True)],
    edition: Annotated[str, typer.Option(help="评定标准。The edition.")] = "example-2026",
    from_records: Annotated[
        bool, typer.Option("--records/--sheet-only", help="实测项取自系统记录。Use the records.")
    ] = True,
    out: Out = Path("rating"),
    data: Data = None,
) -> None:
    """按评定标准给一个机构评星，写出报告。Rate a home under an edition of criteria."""
    _, database = opened(data)
    criteria = load_edition(edition)
    filled = read_score_sheet(sheet, criteria)
    with database.session() as session:
        home = find_home(session, filled.home)
        if from_records:
            month = filled.on.replace(day=1)
            filled = fill_measured(session, home, criteria, filled, month)
        keep_rating(session, home, criteria, filled)
    result, better = rate(criteria, filled), improve(criteria, filled)
    console.print(f"{result.star_words.zh} {result.star_words.en}，总分 total {result.total}")
    for words in better.words:
        console.print(f"  {words.zh} / {words.en}", markup=False)
    out.mkdir(parents=True, exist_ok=True)
    console.print(f"→ {write_report(result, out / 'report.html', better)}")
