"""Write the workbooks of the invented demonstration home: October, and the summer before it.

``examples/demo-home`` holds October 2026; ``examples/demo-home-summer`` the employers and the
attendance of June to September, for docs/arrears-example.md. The same script writes the same files:
seed and dates are fixed. Run it from anywhere, with other folders if you like::

    python examples/build_demo_home.py [folder [summer-folder]]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from demo_home_data import days, quality, scores, staff
from demo_home_data.contracts import to_date_rows, work_rows
from demo_home_data.home import EMPLOYERS, MONTH, REGISTER, SUMMER, form
from demo_home_data.residents import guardian_rows, resident_rows, residents
from demo_home_data.workbook import Row, Sheet, headers, write

from rostering.sheets import SheetRow
from rukang.care.attendance import Presence
from rukang.care.quality import ComplaintAbout, IncidentKind
from rukang.care.quality.forms import COMPLAINTS, INCIDENTS, SURVEYS, TRAINING
from rukang.doors.intake import people
from rukang.doors.intake import staff as duty
from rukang.doors.intake.answers import score_sheet
from rukang.doors.intake.employment import forms as employment
from rukang.doors.intake.form import FORM as FORM_SHEET
from rukang.doors.intake.form import Form
from rukang.doors.intake.homes import HOMES
from rukang.doors.intake.months import attendance, teams
from rukang.forms import Form as Declared
from rukang.work.employment import PayBasis
from rukang.work.teams import MadeDuring

FOLDER = Path(__file__).parent / "demo-home"
SUMMER_FOLDER = Path(__file__).parent / "demo-home-summer"
SEED = 20261001

PEOPLE = residents(random.Random(SEED))  # noqa: S311 - invented data, no secret

SHARES_NOTE = "个人社保每月 463.91 元 = 360.32 + 90.08 + 13.51（示例）。"
YES_NO = ("是", "否")
FORM_PAGE = Sheet(FORM_SHEET, headers(Form), [form(MONTH)])


def main(folder: Path = FOLDER, summer: Path = SUMMER_FOLDER) -> None:
    """Write October's seven workbooks into a folder, those of the summer into another."""
    folder.mkdir(exist_ok=True)
    summer.mkdir(exist_ok=True)
    write_register(folder)
    write_people(folder)
    write_staff(folder)
    write_employment(folder / "04-用工单位.xlsx")
    write_attendance(folder / "05-出勤与计件.xlsx")
    write_scores(folder)
    write_quality(folder)
    write_employment(summer / "04-用工单位.xlsx", SUMMER[0])
    for month in SUMMER:
        write_attendance(summer / f"05-出勤与计件-{month:%Y-%m}.xlsx", month)


def write_register(folder: Path) -> None:
    """Write 01-机构."""
    pages = [_page(HOMES, [REGISTER])]
    write(folder / "01-机构.xlsx", pages, ["地址、面积、容量均为示例数。"])


def write_people(folder: Path) -> None:
    """Write 02-人员."""
    kinds = {"性别": ("女", "男"), "服务类别": ("按比例就业", "辅助性就业", "日间照料")}
    pages = [
        FORM_PAGE,
        _page(people.RESIDENTS, resident_rows(PEOPLE), 2, kinds),
        _page(people.GUARDIANS, guardian_rows(PEOPLE)),
    ]
    write(folder / "02-人员.xlsx", pages, ["残疾人证号 = 身份证号 + 类别 1 位 + 等级 1 位。"])


def write_staff(folder: Path) -> None:
    """Write 03-员工与排班."""
    yes_no = dict.fromkeys(("持证", "可排夜班", "孕期满七个月或哺乳期", "夜班"), YES_NO)
    shifts = staff.table(headers(duty.SHIFTS.row), staff.SHIFTS)
    ratios = staff.table(headers(duty.RATIOS.row), staff.RATIOS)
    expected = days.expected_rows(PEOPLE)
    pages = [
        FORM_PAGE,
        _page(duty.STAFF, staff.staff_rows(), 2, yes_no),
        _page(duty.SHIFTS, shifts, 2, yes_no),
        _page(duty.RATIOS, ratios),
        _page(duty.LEAVE, staff.leave_rows()),
        _page(duty.WISHES, staff.wish_rows(), 1, {"意愿": ("想上", "不想上")}),
        _page(duty.LAST_WEEK, staff.week_rows(), 2),
        _page(duty.EXPECTED, expected),
    ]
    notes = [
        "照护配比是本机构自己的设定（示例），不是官方标准；官方配比未见公布。",
        "预计出勤的“日间照料”是当日在园需要生活照料的人数（含喘息服务），“工坊”是在工坊劳动的人数。",
        "10 月 22 日为家属开放日，需要照料的人数较多。",
        "上周班表为 2026-09-24 至 09-30；9 月 25 至 27 日为中秋节假期。休息留空。",
        "时长为在岗分钟数（含休息），计薪时长不含休息；夜班次日结束。",
    ]
    write(folder / "03-员工与排班.xlsx", pages, notes)


def write_employment(path: Path, month: date = MONTH) -> None:
    """Write 04-用工单位, with the totals of the year before a month."""
    kinds = {
        "用工形式": ("劳动合同", "非全日制", "辅助性就业协议"),
        "日工资折算": ("21.75", "应出勤天数"),
        "计酬方式": [*PayBasis],
    }
    works, totals = work_rows(PEOPLE), to_date_rows(PEOPLE, month.month - 1)
    pages = [
        Sheet(FORM_SHEET, headers(Form), [form(month)]),
        _page(employment.EMPLOYERS, EMPLOYERS, 2, kinds),
        _page(employment.EMPLOYMENTS, works, 2, kinds),
        _page(employment.TO_DATE, totals),
    ]
    notes = [
        "工伤保险费率、意外险、工资和申报基数均为示例数；真实费率以单位的核定通知为准。",
        f"年度累计为 2026 年 1 至 {month.month - 1} 月；{SHARES_NOTE}",
    ]
    write(path, pages, notes)


def write_attendance(path: Path, month: date = MONTH) -> None:
    """Write 05-出勤与计件."""
    rng = random.Random(SEED if month == MONTH else f"{SEED} {month}")  # noqa: S311 - no secret
    marks = {str(day): [mark.value for mark in Presence] for day in range(1, 32)}
    attended = days.attendance_rows(rng, PEOPLE, month)
    pages = [
        Sheet(FORM_SHEET, headers(Form), [form(month)]),
        # Two marks, such as 出/事, are no choice of the list and have to be accepted all the same.
        _page(attendance.ATTENDANCE, attended, 2, marks, strict=False),
        _page(attendance.PIECES, days.piece_rows(rng, PEOPLE), 2),
        _page(teams.TEAMS, [], choices={"时段": [*MadeDuring]}),
        _page(teams.MEMBERS, []),
        _page(attendance.HOURS, [], 2),
        _page(attendance.ITEMS, [], 2, {"免税": YES_NO}),
    ]
    notes = [
        "记号：出 出勤，年 年休假，病 病假，工 工伤停工，事 事假，旷 旷工，假 法定假，休 休息。",
        "上午、下午不同的写两个记号，用 / 分开：出/事 是上午出勤、下午事假。",
        "婚 婚假，丧 丧假，产 产假，补 补休。空格表示没有记录，不等于缺勤。计件单价为示例数。",
        "集体计件、集体计件成员、工时、津贴与扣款各表本月没有内容。",
    ]
    write(path, pages, notes)


def write_scores(folder: Path) -> None:
    """Write 06-星级评定."""
    pages = [
        Sheet(score_sheet.HEADING, headers(score_sheet.HeadingRow), [scores.HEADING]),
        _sheet(score_sheet.FACTS, score_sheet.FactRow, scores.fact_rows()),
        _sheet(score_sheet.SCORES, score_sheet.ScoreRow, scores.score_rows(), 3),
    ]
    notes = ["评定标准 example-2026 是本地示例，非官方；分值、分档和星级条件均为示例。"]
    write(folder / "06-星级评定.xlsx", pages, notes)


def write_quality(folder: Path) -> None:
    """Write 07-质量记录."""
    told = dict.fromkeys(("严重", "机构有责任", "属实"), YES_NO)
    kinds = {"类别": [kind.value for kind in IncidentKind]} | told
    about = {"事项": [about.value for about in ComplaintAbout]} | told
    incidents, complaints = quality.incident_rows(), quality.complaint_rows()
    pages = [
        FORM_PAGE,
        _page(INCIDENTS, incidents, 2, kinds),
        _page(COMPLAINTS, complaints, 2, about),
        _page(TRAINING, quality.training_rows(), 2),
        _page(SURVEYS, quality.survey_rows()),
    ]
    notes = [
        "没有事件、投诉、培训或调查的月份也要导入：空表表示“本月没有”，没有导入表示“不知道”。",
        "经过和内容不写任何人的姓名。办结的投诉填“属实”和“办结日期”，没有办结的留空。",
    ]
    write(folder / "07-质量记录.xlsx", pages, notes)


def _page(
    form: Declared,
    rows: list[Row],
    frozen: int = 1,
    choices: Mapping[str, Sequence[str]] | None = None,
    *,
    strict: bool = True,
) -> Sheet:
    return Sheet(form.sheet, headers(form.row_of(MONTH)), rows, frozen, choices, strict)


def _sheet(
    name: str,
    model: type[SheetRow],
    rows: list[Row],
    frozen: int = 1,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> Sheet:
    return Sheet(name, headers(model), rows, frozen, choices)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
