"""``rukang policy``: look at the figures and check the files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from payroll.policy import Policy, Resolved, lint, overview
from rukang.clock import in_shanghai, utc_now
from rukang.cli.common import Data, console
from rukang.settings import settings
from rukang.work import policy_of

app = typer.Typer(
    help="工资与工时政策数据。The figures of wages and working time.", no_args_is_help=True
)
Local = Annotated[
    Path | None, typer.Option("--local", help="本地政策文件。A local policy file.", exists=True)
]


@app.command("list")
def list_parameters() -> None:
    """列出全部参数。List every parameter."""
    table = Table("参数 parameter", "名称", "name", "单位 unit")
    for parameter in Policy.load().parameters.values():
        table.add_row(parameter.id, parameter.name.zh, parameter.name.en, parameter.unit)
    console.print(table)


@app.command()
def show(
    parameter: str,
    place: Annotated[str, typer.Option(help="区划代码。Division code.")] = "371681",
    on: Annotated[str, typer.Option(help="日期 YYYY-MM-DD（默认今天）。The day.")] = "",
    local: Local = None,
    data: Data = None,
) -> None:
    """查一个参数在某地某日的数值与依据。Show a figure with its document and standing."""
    day = _day(on)
    policy = policy_of(settings(data), local)
    if parameter not in policy.parameters:
        raise typer.BadParameter(
            f"没有参数 {parameter!r}，请用 `rukang policy list` 查看。"
            f" No parameter {parameter!r}; see `rukang policy list`."
        )
    _print(policy.value(parameter, place, day))


@app.command("overview")
def show_overview(
    place: Annotated[str, typer.Option(help="区划代码。Division code.")] = "371681",
    on: Annotated[str, typer.Option(help="日期 YYYY-MM-DD（默认今天）。The day.")] = "",
    local: Local = None,
    data: Data = None,
) -> None:
    """列出某地某日全部已知和未知的数值。Every figure known and unknown at a place on a day."""
    found = overview(policy_of(settings(data), local), place, _day(on))
    table = Table("参数 parameter", "数值 value", "效力 standing", "依据 document")
    for figure in found.known:
        table.add_row(figure.parameter, str(figure.value), _standing(figure), figure.document)
    for gap in found.unknown:
        table.add_row(gap.parameter.id, "—", "[red]未知 unknown[/]", gap.parameter.name.zh)
    console.print(table)


@app.command("lint")
def lint_files() -> None:
    """检查政策文件：键名、区间重叠与空缺、来源。Check the parameter files."""
    findings = lint()
    for finding in findings:
        console.print(f"✗ {finding}", markup=False)
    console.print(f"{len(findings)} 处问题 problems")
    raise typer.Exit(bool(findings))


def _standing(figure: Resolved) -> str:
    return figure.standing.value + ("（暂按上期 provisional）" if figure.provisional else "")


def _day(text: str) -> date:
    if not text:
        return in_shanghai(utc_now()).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"日期 {text!r} 请写成 2026-10-01 这样。Write the day {text!r} like 2026-10-01."
        ) from error


def _print(figure: Resolved) -> None:
    table = Table(show_header=False)
    table.add_row("参数 parameter", f"{figure.parameter}  {figure.name.zh} / {figure.name.en}")
    table.add_row("数值 value", f"{figure.value} {figure.unit}")
    table.add_row("适用地 place", figure.place)
    until = figure.valid_to or "未见终止 no end seen"
    table.add_row("有效期 valid", f"{figure.valid_from} – {until}")
    table.add_row("依据 document", " ".join(filter(None, [figure.document, figure.article])))
    table.add_row("来源 source", figure.source)
    table.add_row("效力 standing", _standing(figure))
    if figure.via:
        table.add_row(
            "经由 via", f"{figure.via.name.zh} = {figure.via.value} ({figure.via.standing})"
        )
    console.print(table)
