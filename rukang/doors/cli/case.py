"""``rukang case``: cases listed, shown and told on, what is late, courses, and checks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from rostering.sheets.masking import shown
from rukang.base.database import context
from rukang.base.errors import ConflictError, InvalidError
from rukang.bodies.homes import find_home
from rukang.cases import (
    ACTS,
    Opening,
    Wanted,
    act,
    add_course,
    cases_query,
    check_cases,
    courses,
    find_case,
    late_page,
    letter_of,
    move_words,
    offered_moves,
    open_case,
    read_case,
    rebuild_cases,
    seen_case,
    untimed_query,
)
from rukang.casework import Happened
from rukang.doors.cli.common import Data, console, day_of, say, signed
from rukang.doors.closing import ENDS

app = typer.Typer(no_args_is_help=True, add_completion=False)

MOST = 200
"""Lines of a list; the total is told."""

Number = Annotated[int, typer.Argument(help="案件编号 / number of the case")]
Course = Annotated[str | None, typer.Option(help="流程 / course")]
PerhapsHome = Annotated[str | None, typer.Option("--home", metavar="CODE", help="机构 / home")]
OnDay = Annotated[
    date | None,
    typer.Option("--on", parser=day_of, metavar="YYYY-MM-DD", help="哪一天，默认今天 / which day"),
]
WhyLate = Annotated[str | None, typer.Option(help="补记理由 / why recorded late")]
Papers = Annotated[list[str] | None, typer.Option("--paper", help="材料，可多次 / papers")]


@app.command("list")
def list_all(course: Course = None, home: PerhapsHome = None, data: Data = None) -> None:
    """列出没有结束的案件 / list the cases that are open."""
    _, database = signed(data)
    table = Table("编号 case", "流程 course", "机构 home", "立案 opened", "地点 place")
    with database.session() as session:
        of = find_home(session, home) if home else None
        for file in session.scalars(cases_query(course, of, ended=False).limit(MOST)):
            where = file.home.code if file.home else "—"
            table.add_row(str(file.id), file.edition, where, f"{file.opened_on}", file.place)
    console.print(table)


@app.command()
def show(case: Number, data: Data = None) -> None:
    """一个案件：步骤、期限的算法、经过、下一步 / a case with its clocks, timeline and moves."""
    _, database = signed(data)
    with database.session() as session:
        file = find_case(session, case)
        seen = seen_case(session, file)
        say(f"{seen.title}（{seen.edition}）{seen.home or seen.place}　{seen.opened_on}")
        for step in seen.steps:
            outcome = f" → {step.outcome}" if step.outcome else ""
            say(f"  {step.step} {step.title}：{step.state_title}，{step.organ_title}{outcome}")
        for clock in seen.clocks:
            say(f"  {_clock(clock)}")
        for event in seen.timeline:
            words = "，".join(str(one) for one in (event.step, event.outcome, event.reason) if one)
            say(f"  {event.seq}. {event.on} {event.kind_title} {words}（{event.actor}）")
        now, _ = read_case(session, file)
        for move in offered_moves(session, file, ENDS):
            hindered = f"（{move.hindered}）" if move.hindered else ""
            outcome = f" --outcome {move.outcome}" if move.outcome else ""
            words = f"{move_words(now, move)}{hindered}"
            say(f"  ▸ {move.kind} --step {move.step}{outcome} {words}")


@app.command()
def late(
    on: OnDay = None,
    course: Course = None,
    region: Annotated[str, typer.Option(help="区划代码 / division code")] = "",
    holder: Annotated[str | None, typer.Option(help="承办单位 / organ, home:ZP001")] = None,
    data: Data = None,
) -> None:
    """逾期：哪个案件、谁、哪里、几天 / what is late, of whom, where, for how many days."""
    _, database = signed(data)
    wanted = Wanted(course, holder, region)
    table = Table("案件 case", "事项 step", "谁 of whom", "机构 home", "期限 due", "天 days")
    with database.session() as session:
        found, total = late_page(session, on or context.today(session), wanted, MOST)
        untimed = len(session.scalars(untimed_query(wanted).limit(MOST)).all())
    for one in found:
        mark = f" {one.provisional}" if one.provisional else ""
        table.add_row(
            str(one.case_id), f"{one.title.zh}·{one.step_title.zh}", one.holder_title.zh,
            one.home or one.place, f"{one.due}{mark}", str(one.days),
        )  # fmt: skip
    console.print(table)
    say(
        f"{total} 件逾期 late；{untimed} 件期限不明，不算按期 / without a known term: never in time"
    )


@app.command("open")
def open_one(
    course: Annotated[str, typer.Argument(help="流程 / course")],
    organ: Annotated[str, typer.Option(help="立案单位，如 home:ZP001 / who opens it")],
    place: Annotated[str, typer.Option(help="区划代码 / division code")],
    home: PerhapsHome = None,
    role: Annotated[
        list[str] | None, typer.Option(help="角色=单位，可多次 / ROLE=ORGAN, any number")
    ] = None,
    on: OnDay = None,
    why_late: WhyLate = None,
    paper: Papers = None,
    data: Data = None,
) -> None:
    """立案 / open a case."""
    _, database = signed(data)
    organs = dict(_parted(one) for one in role or ())
    with database.session() as session:
        of = find_home(session, home) if home else None
        opening = Opening(
            course, place, organ, organs, of, on=on, backdated=why_late, papers=tuple(paper or ())
        )
        file = open_case(session, opening)
        say(f"✓ {file.id} {file.edition}")


@app.command("tell")
def tell_one(
    case: Number,
    kind: Annotated[str, typer.Argument(help="事件，见 rukang case show / event")],
    step: Annotated[str | None, typer.Option(help="步骤 / step")] = None,
    outcome: Annotated[str | None, typer.Option(help="结果 / outcome")] = None,
    reason: Annotated[str | None, typer.Option(help="理由 / reason")] = None,
    to: Annotated[str | None, typer.Option(help="移交给 / organ it is offered to")] = None,
    paper: Papers = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", help="其他，如 checker=邮箱 / others, NAME=VALUE"),
    ] = None,
    on: OnDay = None,
    why_late: WhyLate = None,
    data: Data = None,
) -> None:
    """办理：办结一步、移交、接收、退回、暂停、恢复、更正 / tell what happened."""
    _, database = signed(data)
    told: dict[str, Any] = {"step": step, "outcome": outcome, "reason": reason, "to": to}
    told |= {"papers": tuple(paper or ()), "backdated": why_late}
    told |= dict(_parted(one) for one in given or ())
    with database.session() as session:
        now = act(session, find_case(session, case), _kind(kind), told, on, ENDS)
        for name, organ in now.responsible.items():
            say(f"  {name}：{organ}")
        say("✓ 已结束 ended" if now.ended else "✓")


@app.command()
def letter(
    case: Number,
    step: Annotated[str, typer.Argument(help="步骤 / step")],
    out: Annotated[Path, typer.Option("--out", help="写入的文件 / file to write")],
    data: Data = None,
) -> None:
    """写出文书，可打印的网页 / write a letter as a page to print."""
    _, database = signed(data)
    with database.session() as session:
        out.write_text(letter_of(session, find_case(session, case), step), encoding="utf-8")
    say(f"  → {out}")


@app.command("courses")
def list_courses(data: Data = None) -> None:
    """列出流程的各版本 / list the editions of courses."""
    _, database = signed(data)
    with database.session() as session:
        for name, one in sorted(courses(session).items()):
            say(f"{name} {one.title} {one.place} {one.valid_from} – {one.valid_to or '…'}")


@app.command("add-course")
def add_one_course(
    file: Annotated[Path, typer.Argument(help="流程文件（YAML） / the file, in YAML")],
    data: Data = None,
) -> None:
    """加一个自己的流程，发布后不再改 / add a course; once published it never changes."""
    _, database = signed(data)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InvalidError(
            f"{file} 打不开（{type(error).__name__}），须为 UTF-8 文本。",
            f"{file} cannot be read ({type(error).__name__}); UTF-8 is expected.",
        ) from error
    with database.session() as session:
        say(f"✓ {add_course(session, text).id}")


@app.command()
def check(data: Data = None) -> None:
    """核对：由事件重算，与所存逐案比较 / replay every case and compare it with what is stored."""
    _, database = signed(data)
    with database.session() as session:
        faults = list(check_cases(session))
    for one in faults:
        say(f"✗ {one.case_id or ''} {one.zh} / {one.en}")
    if faults:
        raise ConflictError(
            f"{len(faults)} 处不符；可用 `rukang case rebuild` 由事件重写。",
            f"{len(faults)} faults; `rukang case rebuild` writes them anew from the events.",
        )
    say("✓ 与事件一致 as the events give")


@app.command()
def rebuild(data: Data = None) -> None:
    """由事件重写步骤和期限 / write steps and clocks of every case anew from its events."""
    _, database = signed(data)
    with database.session() as session:
        say(f"✓ {rebuild_cases(session)} 件 cases")


def _clock(clock: Any) -> str:
    if clock.due is None:
        known = "已暂停 stopped" if clock.stopped else "没有已知期限 no term known"
        return f"{clock.step} {clock.of_title}：{known}，{clock.age} 天 days"
    counted = " ".join(f"{one.day:%m-%d}={one.number or one.why.zh}" for one in clock.days)
    late = "，逾期 late" if clock.late else ""
    mark = f"，{clock.provisional}" if clock.provisional else ""
    return f"{clock.step} {clock.of_title}：{clock.due}{late}{mark}　{counted}"


def _parted(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InvalidError(f"{shown(text)} 请写成 名称=值。", f"Write {shown(text)} as NAME=VALUE.")
    return name, value


def _kind(name: str) -> Happened:
    found = next((one for one in ACTS if one.value == name), None)
    if found is None:
        known = "、".join(f"{one.value}（{one.zh}）" for one in ACTS)
        raise InvalidError(f"没有事件 {shown(name)}，可用：{known}。",
                           f"There is no event {shown(name)}.")  # fmt: skip
    return found
