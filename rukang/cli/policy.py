"""``rukang policy``: look at the figures and check the files."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from payroll.policy import Policy, Resolved, lint, overview
from rukang.cli.common import Data, Local, say
from rukang.clock import in_shanghai, utc_now
from rukang.errors import InvalidError
from rukang.settings import settings
from rukang.work import policy_of

app = typer.Typer(
    help="工资与工时的数值和依据 / figures of wages and working time", no_args_is_help=True
)
Place = Annotated[str, typer.Option(metavar="CODE", help="区划代码，如 371681 / division code")]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"日期 {text!r} 请写成 2026-10-01 这样 / write the day like 2026-10-01"
        ) from error


On = Annotated[
    date | None,
    typer.Option(
        parser=_day, metavar="YYYY-MM-DD", help="哪一天 / the day", show_default="今天 today"
    ),
]

LONGEST = 36
"""Characters of a figure in a list of all; ``policy show`` prints the whole of it."""


@app.command("list")
def list_parameters() -> None:
    """列出全部参数 / list every parameter."""
    for parameter in Policy.load().parameters.values():
        say(f"{parameter.id}  {parameter.name.zh} / {parameter.name.en}（{parameter.unit}）")


@app.command()
def show(
    parameter: Annotated[str, typer.Argument(help="参数编号 / id, from policy list")],
    place: Place = "371681",
    on: On = None,
    local: Local = None,
    data: Data = None,
) -> None:
    """查一个参数在某地某日的数值与依据 / a figure and its document."""
    policy = policy_of(settings(data), local)
    if parameter not in policy.parameters:
        near = get_close_matches(parameter, policy.parameters) or ["rukang policy list"]
        raise InvalidError(
            f"没有参数 {parameter!r}；请看 {'、'.join(near)}。",
            f"No such parameter; see {', '.join(near)}.",
        )
    _print(policy.value(parameter, place, on or _today()))


@app.command("overview")
def show_overview(
    place: Place = "371681", on: On = None, local: Local = None, data: Data = None
) -> None:
    """列出某地某日已知和未知的全部数值 / every figure known and unknown at a place on a day."""
    found = overview(policy_of(settings(data), local), place, on or _today())
    for figure in found.known:
        value = in_text(figure.value)
        short = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
        say(f"{figure.parameter} = {short}（{_standing(figure)}，{figure.document}）")
    for gap in found.unknown:
        say(f"{gap.parameter.id}：未知 / unknown（{gap.parameter.name.zh}）")


@app.command("lint")
def lint_files() -> None:
    """检查政策文件的键名、区间和来源 / check keys, spans and sources of the files."""
    findings = lint()
    for finding in findings:
        say(f"✗ {finding}")
    say(f"{len(findings)} 处问题 / problems")
    raise typer.Exit(bool(findings))


def in_text(value: Any) -> str:
    """Return a figure of any shape as one line."""
    match value:
        case bool():
            return "是 yes" if value else "否 no"
        case BaseModel():
            return " ".join(in_text(part) for _, part in value if part is not None)
        case dict():
            return "；".join(f"{key}: {in_text(part)}" for key, part in value.items())
        case tuple() | list():
            return "、".join(in_text(part) for part in value)
        case _:
            return str(value)


def _today() -> date:
    return in_shanghai(utc_now()).date()


def _standing(figure: Resolved) -> str:
    return figure.standing.value + ("（暂按上期 provisional）" if figure.provisional else "")


def _print(figure: Resolved) -> None:
    via = figure.via
    until = figure.valid_to or "未见终止 no end seen"
    rows = {
        "参数 parameter": figure.parameter,
        "名称 name": f"{figure.name.zh} / {figure.name.en}",
        "数值 value": f"{in_text(figure.value)} {figure.unit}",
        "适用地 place": figure.place,
        "有效期 valid": f"{figure.valid_from} – {until}",
        "依据 document": " ".join(filter(None, [figure.document, figure.article])),
        "来源 source": figure.source,
        "效力 standing": _standing(figure),
        "说明 note": figure.note,
        "经由 via": via and f"{via.name.zh} = {via.value} ({via.standing})",
    }
    for name, text in rows.items():
        if text:
            say(f"{name}：{text}")
