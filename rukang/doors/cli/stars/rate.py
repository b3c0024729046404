"""``rukang rate``: score a sheet and write the report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rukang.base.access import Database
from rukang.bodies.homes import find_home
from rukang.doors.cli.common import Data, Out, console, edition_named, say, say_paths, signed
from rukang.doors.cli.console.progress import steps
from rukang.doors.intake import read_score_sheet
from rukang.engines.rating import Edition, improve, rate, write_report
from rukang.stars.ratings.service import fill_measured, store_rating


def rate_home(
    sheet: Annotated[Path, typer.Argument(help="填好的评分表工作簿 / the filled score sheet")],
    edition: Annotated[
        str, typer.Option(help="评定标准 / id or YAML file of criteria")
    ] = "example-2026",
    from_records: Annotated[
        bool,
        typer.Option(
            "--records/--sheet-only",
            help="实测项取自记录 / measured from records",
        ),
    ] = True,
    out: Out = Path("rating"),
    data: Data = None,
) -> None:
    """按评定标准给一个机构评星，写出报告 / rate a home, write the report."""
    _, database = signed(data)
    rate_sheet(database, sheet, edition_named(edition, data), out, from_records=from_records)


def rate_sheet(
    database: Database, sheet: Path, edition: Edition, out: Path, *, from_records: bool = True
) -> None:
    """Rate a filled sheet, keep the rating, write its report and say what would raise the star."""
    with steps(console, "星级评定 rating", 3) as step:
        filled = read_score_sheet(sheet, edition)
        with database.session() as session:
            home = find_home(session, filled.home)
            if from_records:
                filled = fill_measured(session, home, edition, filled, filled.on.replace(day=1))
            store_rating(session, home, edition, filled)
        step()
        result, better = rate(edition, filled), improve(edition, filled)
        step()
        out.mkdir(parents=True, exist_ok=True)
        report = write_report(result, out / "report.html", better)
        step()
    star, label = result.star_words, edition.label
    say(f"  {star.zh} / {star.en}，总分 total {result.total}（{label.zh} / {label.en}）")
    for sentence in better.words:
        say(f"    {sentence.zh} / {sentence.en}")
    say_paths([report])
