"""Invented incidents, complaints, training and a survey of the home's month."""

from __future__ import annotations

from datetime import date
from typing import Any

from demo_home_data.home import MONTH
from demo_home_data.staff import STAFF

# Code, day, kind, grave, whether the home is answerable, what happened.
INCIDENTS = [
    ("E2610-01", 13, "跌倒", "否", "否", "一名园友在走廊滑倒，没有受伤，已通知监护人（虚构）"),
    ("E2610-02", 21, "用药差错", "否", "是", "午间给药晚一小时，已报告护士并重做交接表（虚构）"),
]

# Code, day received, about, words, whether it proved right, day closed.
COMPLAINTS = [
    ("T2610-01", 10, "照护", "家属反映接送时等候过久（虚构）", "是", 16),
    ("T2610-02", 27, "其他", "家属希望增加文体活动（虚构）", None, None),
]

# Topic, day, hours, who took part.
TRAINING = [
    ("应急疏散演练", 14, 2, "S01 S03 S04 S06 S08 S12 S13 S14 S16 S18"),
    ("失能照护基本技能", 26, 8, "S02 S09 S10"),
    ("失能照护基本技能", 27, 8, "S02 S09 S10"),
]

SURVEY_DAY, ASKED, ANSWERED, SATISFIED = 28, 60, 52, 47


def incident_rows() -> list[dict[str, Any]]:
    """Return the rows of 事件."""
    return [
        {
            "编号": code,
            "日期": _on(day),
            "类别": kind,
            "严重": grave,
            "机构有责任": by_fault,
            "经过": words,
        }
        for code, day, kind, grave, by_fault, words in INCIDENTS
    ]


def complaint_rows() -> list[dict[str, Any]]:
    """Return the rows of 投诉."""
    return [
        {
            "编号": code,
            "收到日期": _on(day),
            "事项": about,
            "内容": words,
            "属实": upheld,
            "办结日期": closed and _on(closed),
        }
        for code, day, about, words, upheld, closed in COMPLAINTS
    ]


def training_rows() -> list[dict[str, Any]]:
    """Return the rows of 培训."""
    names = {line.split()[0]: line.split()[1] for line in STAFF}
    return [
        {
            "员工编号": code,
            "姓名": names[code],
            "日期": _on(day),
            "培训内容": topic,
            "小时": hours,
        }
        for topic, day, hours, codes in TRAINING
        for code in codes.split()
    ]


def survey_rows() -> list[dict[str, Any]]:
    """Return the row of 满意度."""
    return [
        {
            "调查日期": _on(SURVEY_DAY),
            "发出份数": ASKED,
            "收回份数": ANSWERED,
            "满意份数": SATISFIED,
        }
    ]


def _on(day: int) -> date:
    return MONTH.replace(day=day)
