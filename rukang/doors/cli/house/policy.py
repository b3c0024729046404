"""``rukang policy``: look at the figures, compare them, supply one, check the files."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from payroll.policy import (
    LocalFigure,
    Overview,
    Policy,
    Resolved,
    difference,
    lint,
    overview,
    stale,
    supply,
)
from rukang.base.calendar import DAYS_OFF, MAKE_UP, Calendar, calendar_in
from rukang.base.clock import in_shanghai, utc_now
from rukang.base.errors import InvalidError
from rukang.base.settings import settings
from rukang.doors.cli.common import Data, Local, day_of, opened, say
from rukang.doors.cli.house.calendar import tell
from rukang.doors.handlers import policy_of

FOR_REFERENCE = "只供查阅，计算不用 / to be looked up, no rule reads it"

app = typer.Typer(no_args_is_help=True, add_completion=False)
Place = Annotated[str, typer.Option(metavar="CODE", help="区划代码，如 371681 / division code")]

On = Annotated[
    date | None,
    typer.Option(
        parser=day_of, metavar="YYYY-MM-DD", help="哪一天 / the day", show_default="今天 today"
    ),
]

Known = Annotated[
    date | None,
    typer.Option(
        "--known",
        parser=day_of,
        metavar="YYYY-MM-DD",
        help="按哪一天所知 / as it was known on this day",
        show_default="现在所知 now",
    ),
]


@app.command("list")
def list_parameters() -> None:
    """列出全部参数 / list every parameter."""
    for parameter in Policy.load().parameters.values():
        words = f"{parameter.id}  {parameter.name.zh} / {parameter.name.en}（{parameter.unit}）"
        say(words + (f" · {FOR_REFERENCE}" if parameter.for_reference else ""))


@app.command()
def show(
    parameter: Annotated[
        str | None, typer.Argument(help="参数编号，不写则全部 / id, or nothing for all")
    ] = None,
    place: Place = "371681",
    on: On = None,
    known: Known = None,
    local: Local = None,
    data: Data = None,
) -> None:
    """查某地某日的数值与依据，未知的也列出 / figures, their documents, and what is unknown."""
    policy = _policy(data, local, known)
    if parameter is None:
        _print_all(overview(policy, place, on or _today()))
    elif parameter in policy.parameters:
        _print(policy.value(parameter, place, on or _today()), policy)
    else:
        near = get_close_matches(parameter, policy.parameters) or ["rukang policy list"]
        raise InvalidError(
            f"没有参数 {parameter!r}；请看 {'、'.join(near)}。",
            f"No such parameter; see {', '.join(near)}.",
        )


@app.command()
def diff(
    on: Annotated[date, typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="前一天 / one day")],
    place: Place = "371681",
    known: Known = None,
    with_on: Annotated[
        date | None,
        typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="另一天 / the other day"),
    ] = None,
    with_place: Annotated[
        str | None, typer.Option(metavar="CODE", help="另一地 / the other place")
    ] = None,
    with_known: Annotated[
        date | None,
        typer.Option(
            parser=day_of, metavar="YYYY-MM-DD", help="另一天所知 / as known on another day"
        ),
    ] = None,
    local: Local = None,
    data: Data = None,
) -> None:
    """比较两天、两地或两天所知的数值 / compare two days, two places, or what was known."""
    before = overview(_policy(data, local, known), place, on)
    after = overview(_policy(data, local, with_known or known), with_place or place, with_on or on)
    changes = difference(before, after)
    for change in changes:
        say(f"{change.parameter}：{_in_short(change.before)} → {_in_short(change.after)}")
    say(f"{len(changes)} 处不同 / differences")


@app.command("stale")
def show_stale(
    place: Place = "371681", on: On = None, local: Local = None, data: Data = None
) -> None:
    """列出该再核对的数值 / figures to look at again."""
    found = stale(_policy(data, local), place, on or _today())
    for item in found:
        say(f"{item.figure.parameter} = {_in_short(item.figure)}：{item.why.zh} / {item.why.en}")
    say(f"{len(found)} 项 / figures")


@app.command()
def add(
    parameter: Annotated[str, typer.Argument(help="参数编号 / id, from policy list")],
    value: Annotated[str, typer.Argument(help="数值，如 0.085 / the figure")],
    first: Annotated[
        date, typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD", help="起始日 / first day")
    ],
    document: Annotated[str, typer.Option(help="文件名称和文号 / title and number of the notice")],
    known: Annotated[
        date,
        typer.Option(
            "--date", parser=day_of, metavar="YYYY-MM-DD", help="文件公布日 / day of publication"
        ),
    ],
    place: Place = "371681",
    last: Annotated[
        date | None,
        typer.Option(
            "--to", parser=day_of, metavar="YYYY-MM-DD", help="最后一日（含） / last day, inclusive"
        ),
    ] = None,
    note: Annotated[str | None, typer.Option(help="说明 / a note")] = None,
    data: Data = None,
) -> None:
    """把一个数值写进本单位的政策文件 / write a figure into the installation's local file."""
    here = settings(data)
    figure = LocalFigure(
        parameter=parameter,
        place=place,
        first=first,
        last=last,
        value=value,
        document=document,
        date=known,
        note=note,
    )
    before = calendar_in(here.local_policy)
    supply(here.local_policy, Policy.load().parameters, figure)
    policy = policy_of(here)
    _print(policy.value(parameter, place, first), policy)
    say(f"→ {here.local_policy}")
    if parameter in (DAYS_OFF, MAKE_UP):
        _tell_calendar(data, before, calendar_in(here.local_policy), first.year)


def _tell_calendar(data: Path | None, before: Calendar, after: Calendar, year: int) -> None:
    """Say what a year's days off change, or what is lacking before they count."""
    if year in after.supplied:
        tell(opened(data)[1], before, after, year)
        return
    say(
        f"{year} 年的 {DAYS_OFF} 和 {MAKE_UP} 两项（全国，CN）齐了才生效 / the calendar of {year}"
        " counts once both are supplied for CN"
    )


@app.command("lint")
def lint_files(local: Local = None, data: Data = None) -> None:
    """检查政策文件和本地文件的键名、区间和来源 / check the files and the local ones."""
    findings = lint()
    for finding in findings:
        say(f"✗ {finding}")
    say(f"{len(findings)} 处问题 / problems")
    if not findings:
        _policy(data, local)  # a local file that cannot be used is told as an error
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


def _policy(data: Path | None, local: list[Path] | None, known: date | None = None) -> Policy:
    """Load the rule base with the installation's own figures, as known now or on a day."""
    policy = policy_of(settings(data), local)
    return policy.as_known_on(known) if known else policy


def _print_all(found: Overview) -> None:
    for figure in found.known:
        say(f"{figure.parameter} = {_in_short(figure)}")
        say(f"    {_document(figure)}；来源 source：{figure.source}")
    for gap in found.unknown:
        why = f"：{gap.why.zh} / {gap.why.en}" if gap.why else ""
        say(f"{gap.parameter.id}：未知 / unknown（{gap.parameter.name.zh}）{why}")
    say(f"{len(found.known)} 项已知 / known，{len(found.unknown)} 项未知 / unknown")


LONGEST = 48
"""Characters of a figure in a list of all; ``policy show PARAMETER`` prints the whole of it."""


def _in_short(figure: Resolved | None) -> str:
    if figure is None:
        return "未知 unknown"
    value = in_text(figure.value)
    short = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    return f"{short} {figure.unit}（{_standing(figure)}）"


def _document(figure: Resolved) -> str:
    return " ".join(filter(None, [figure.document, figure.article]))


def _standing(figure: Resolved) -> str:
    return figure.standing.value + ("（暂按上期 provisional）" if figure.provisional else "")


def _print(figure: Resolved, policy: Policy) -> None:
    via = figure.via
    for_reference = policy.parameters[figure.parameter].for_reference
    until = figure.valid_to or "未见终止 no end seen"
    rows = {
        "参数 parameter": figure.parameter,
        "名称 name": f"{figure.name.zh} / {figure.name.en}",
        "数值 value": f"{in_text(figure.value)} {figure.unit}",
        "适用地 place": figure.place,
        "有效期 valid": f"{figure.valid_from} – {until}",
        "依据 document": _document(figure),
        "得知 known since": figure.known_from,
        "来源 source": figure.source,
        "效力 standing": _standing(figure),
        "说明 note": figure.note,
        "用途 use": FOR_REFERENCE if for_reference else None,
        "经由 via": via and f"{via.name.zh} = {via.value} ({via.standing})",
    }
    for name, text in rows.items():
        if text:
            say(f"{name}：{text}")
