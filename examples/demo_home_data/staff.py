"""Twenty-four invented members of staff, the shift types and ratios of the home."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from demo_home_data.home import DAYS, MONTH
from demo_home_data.numbers import citizen_id

# Code, name, sex, birth year, post, skills, qualified, hours system, weekly hours, weekends.
STAFF = """
S01 顾惠兰 女 1983 护士 护士、护理 是 标准工时 40 4
S02 秦书涵 女 1992 护士 护士、护理 是 标准工时 40 4
S03 贺玉珍 女 1976 护理员 护理 是 标准工时 40 4
S04 龚建民 男 1980 护理员 护理 是 标准工时 40 4
S05 尹春丽 女 1985 护理员 护理 是 标准工时 40 4
S06 段文静 女 1990 护理员 护理 是 标准工时 40 4
S07 毛雅楠 女 1995 护理员 护理 是 标准工时 40 4
S08 邱卫东 男 1978 护理员 护理 是 标准工时 40 4
S09 侯淑芬 女 1979 护理员 护理 否 标准工时 40 4
S10 白若溪 女 1998 护理员 护理 否 标准工时 40 4
S11 江海涛 男 1988 护理员 护理 是 标准工时 40 4
S12 史明远 男 1975 工坊指导 工坊 是 标准工时 40 3
S13 龙秀云 女 1982 工坊指导 工坊、护理 是 标准工时 40 4
S14 邵志宏 男 1987 工坊指导 工坊 是 标准工时 40 3
S15 孟凡星 女 1993 工坊指导 工坊 否 标准工时 40 3
S16 万彩霞 女 1984 工坊指导 工坊、护理 是 标准工时 40 4
S17 雷鸣远 男 1991 工坊指导 工坊 否 标准工时 40 3
S18 常欣悦 女 1996 工坊指导 工坊 是 标准工时 40 3
S19 武长河 男 1974 夜间照护 夜护、护理 是 综合计算工时 40 5
S20 康桂芝 女 1977 夜间照护 夜护、护理 是 综合计算工时 40 5
S21 施立新 男 1981 夜间照护 夜护、护理 是 综合计算工时 40 5
S22 牛素梅 女 1986 夜间照护 夜护、护理 否 综合计算工时 40 5
S23 严小曼 女 1989 护理员（半日） 护理 是 非全日制 20 4
S24 陶静宜 女 1994 护理员（半日） 护理 否 非全日制 20 4
""".strip().splitlines()

NURSING = "S07"
"""Nursing a child under one: no night work and no overtime (国务院令第619号, article 9)."""

SHIFTS = [
    # Code, name, skill, start, end, minutes on duty, minutes paid, night.
    ("早", "早班", "护理", time(7), time(15), 480, 480, "否"),
    ("护", "护士班", "护士", time(8), time(16, 30), 510, 480, "否"),
    ("白", "白班", "护理", time(8, 30), time(17), 510, 480, "否"),
    ("工", "工坊班", "工坊", time(8, 30), time(17), 510, 480, "否"),
    ("半", "半日班", "护理", time(8, 30), time(12, 30), 240, 240, "否"),
    ("中", "中班", "护理", time(13), time(21), 480, 480, "否"),
    ("夜", "夜班", "夜护", time(21), time(7), 600, 600, "是"),
]

RATIOS = [
    # Shift, heads it serves, heads for each, never fewer than.
    ("早", "日间照料", 20, 1),
    ("护", "日间照料", 80, 1),
    ("白", "日间照料", 12, 1),
    ("半", "日间照料", 40, 0),
    ("中", "日间照料", 20, 1),
    ("工", "工坊", 10, 2),
    ("夜", "夜间", 6, 1),
]

LEAVE = [
    ("S02", 26, 28, "培训"),
    ("S05", 14, 16, "年休假"),
    ("S11", 20, 22, "年休假"),
    ("S15", 20, 22, "事假"),
    ("S21", 8, 10, "年休假"),
    ("S24", 12, 12, "事假"),
]

WISHES = [
    ("S03", 17, None, "不想上", 5),
    ("S03", 18, None, "不想上", 5),
    ("S04", 9, "早", "想上", 3),
    ("S06", 24, None, "不想上", 4),
    ("S07", 13, "中", "不想上", 6),
    ("S07", 20, "中", "不想上", 6),
    ("S08", 11, None, "不想上", 4),
    ("S09", 30, "早", "想上", 2),
    ("S10", 31, None, "不想上", 5),
    ("S12", 31, None, "不想上", 3),
    ("S14", 12, "工", "想上", 2),
    ("S18", 17, None, "不想上", 4),
    ("S19", 5, "夜", "想上", 3),
    ("S20", 16, "夜", "不想上", 5),
    ("S22", 25, None, "不想上", 4),
    ("S23", 19, "半", "想上", 2),
    # More wishes for a day off than the day allows: some cannot be granted.
    ("S13", 31, None, "不想上", 4),
    ("S14", 31, None, "不想上", 4),
    ("S15", 31, None, "不想上", 3),
    ("S17", 31, None, "不想上", 5),
    ("S18", 31, None, "不想上", 3),
    ("S19", 31, None, "不想上", 6),
    ("S20", 31, None, "不想上", 4),
    ("S21", 31, None, "不想上", 5),
]

# The last seven days of September, from the 24th to the 30th; the 25th to the 27th were holidays.
LAST_WEEK = {
    "S01": "护护..护护.", "S02": "..护护..护", "S03": "早..早早早.", "S04": "早早..早早早",
    "S05": "白...白白白", "S06": "白.白.白白白", "S07": "白...白白白", "S08": "中中..中中中",
    "S09": "中.中.中中中", "S10": ".白.白..白", "S11": "..早中..早", "S12": "工...工.工",
    "S13": "工...工工.", "S14": "工...工工工", "S15": "工...工工工", "S16": "工...工工工",
    "S17": "工...工工工", "S18": "....工工工", "S19": "夜...夜..", "S20": ".夜夜....",
    "S21": ".夜...夜.", "S22": "..夜夜..夜", "S23": "半...半半.", "S24": "...半..半",
}  # fmt: skip


def staff_rows() -> list[dict[str, Any]]:
    """Return the rows of 员工与合同."""
    rows = []
    for number, line in enumerate(STAFF):
        code, name, sex, year, post, skills, qualified, system, hours, weekends = line.split()
        born_on = date(int(year), 1 + number % 12, 1 + number)
        rows.append(
            {
                "编号": code,
                "姓名": name,
                "性别": sex,
                "身份证号": citizen_id("371681", born_on),
                "岗位": post,
                "可任岗位": skills,
                "持证": qualified,
                "工时制度": system,
                "周工时（小时）": Decimal(hours),
                "最多连续工作天数": 6,
                "每月最多周末数": int(weekends),
                "可排夜班": "是" if "夜护" in skills else "否",
                "孕期满七个月或哺乳期": "是" if code == NURSING else "否",
                "合同开始": date(2022 + number % 4, 5, 1),
            }
        )
    return rows


def table(names: list[str], rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Return tuples as rows under headers."""
    return [dict(zip(names, row, strict=True)) for row in rows]


def leave_rows() -> list[dict[str, Any]]:
    """Return the rows of 休假."""
    return [
        {
            "员工编号": code,
            "开始日期": MONTH.replace(day=first),
            "结束日期": MONTH.replace(day=last),
            "类别": kind,
        }
        for code, first, last, kind in LEAVE
    ]


def wish_rows() -> list[dict[str, Any]]:
    """Return the rows of 意愿."""
    return [
        {
            "员工编号": code,
            "日期": DAYS[day - 1],
            "班次": shift,
            "意愿": wish,
            "程度": weight,
        }
        for code, day, shift, wish, weight in WISHES
    ]


def week_rows() -> list[dict[str, Any]]:
    """Return the rows of 上周班表."""
    names = {line.split()[0]: line.split()[1] for line in STAFF}
    return [
        {"员工编号": code, "姓名": names[code]}
        | {f"9月{24 + n}日": shift for n, shift in enumerate(week) if shift != "."}
        for code, week in LAST_WEEK.items()
    ]
